"""Wall and CPU seconds of this process and everything below it, and medians."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from statistics import median

import psutil


@dataclass(slots=True)
class Spent:
    """Seconds."""

    wall_s: float = 0.0
    cpu_s: float = 0.0


def cpu_s() -> float:
    """User and system time of this process, of its children that ended, and of those that still run."""
    return sum(os.times()[:4]) + sum(_of(child) for child in psutil.Process().children(recursive=True))


def _of(child: psutil.Process) -> float:
    with suppress(psutil.NoSuchProcess):
        times = child.cpu_times()
        return float(times.user + times.system + times.children_user + times.children_system)
    return 0.0


@contextmanager
def metered() -> Iterator[Spent]:
    spent = Spent()
    wall, cpu = time.perf_counter(), cpu_s()
    yield spent
    spent.wall_s, spent.cpu_s = time.perf_counter() - wall, cpu_s() - cpu


def middle(values: Iterable[float]) -> float:
    return float(median(values))
