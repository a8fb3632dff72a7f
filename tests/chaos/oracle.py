"""What was promised, written down before it is believed, and held against what became of it."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson


@dataclass(frozen=True)
class Promise:
    """An answer 202: this job exists. ``wanted`` is the end it may come to."""

    key: str
    job: str
    wanted: tuple[str, ...]


class Oracle:
    """A file of accepted answers, each on the disk before the next step is taken."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab")
        self.promises: dict[str, Promise] = {}
        self.broken: list[str] = []

    def accepted(self, key: str, job: str, wanted: tuple[str, ...]) -> None:
        known = self.promises.get(key)
        if known is not None and known.job != job:
            self.broken.append(f"the key {key} got the job {known.job} and then {job}")
        self.promises[key] = promise = Promise(key, job, wanted)
        self._file.write(orjson.dumps(vars(promise) | {"wanted": list(wanted)}) + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())


@dataclass
class Report:
    """What came of it all. Every list but ``killed`` and ``ends`` must be empty."""

    seed: int
    killed: Counter[str]
    accepted: int
    ends: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    corrupt: list[str] = field(default_factory=list)
    leftover: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    unreached: list[str] = field(default_factory=list)
    renders: int = 0
    took_s: float = 0.0

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.corrupt or self.leftover or self.orphans or self.unreached)

    def lines(self) -> list[str]:
        completed = max(1, self.ends["completed"])
        told: list[tuple[str, Any]] = [
            ("seed", self.seed),
            ("kills", f"{sum(self.killed.values())} ({', '.join(f'{n} {k}' for k, n in sorted(self.killed.items()))})"),
            ("accepted", f"{self.accepted} ({', '.join(f'{n} {k}' for k, n in sorted(self.ends.items()))})"),
            *((name, _some(getattr(self, name))) for name in ("lost", "doubled", "corrupt", "leftover", "orphans")),
            ("crash points not reached", _some(self.unreached)),
            ("renders begun per finished job", f"{self.renders / completed:.2f}"),
            ("took", f"{self.took_s:.0f} s"),
        ]
        return [f"{name:>32}  {value}" for name, value in told]


def _some(found: list[str]) -> str:
    return "0" if not found else f"{len(found)}: " + "; ".join(found[:5])
