"""Time and memory of a tree of processes, read from /proc while it runs.

CPU is user and system time of every process of the tree and of those that ended in it: what a process has used goes to
its parent when that reaps it, so the sum over the living never falls. Memory is the sum of PSS: a page that several
processes share counts once, which matters for PostgreSQL's and for two encoders' own code. To read it costs the kernel
a walk over the pages, so it is read twice a second, and besides whenever the plain sum of RSS, looked at every 50 ms
and cheap, reaches a new high.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

LOOK_EVERY_S = 0.05
WEIGH_EVERY_S = 0.5
_HIGHER = 1.01  # by so much a new high must be higher
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Stat:
    """One line of /proc/PID/stat. ``cpu_s`` with that of its reaped children; ``ended_faults`` are those children's
    minor page faults: no program starts without some, so where the number stays, no child has come and gone.
    """

    pid: int
    parent: int
    name: str
    cpu_s: float
    ended_faults: int
    resident: int


def read_stat(line: str) -> Stat:
    """The name stands in brackets and may hold brackets and spaces itself."""
    before, _, after = line.rpartition(")")
    pid, _, name = before.partition(" (")
    fields = after.split()
    ticks = sum(int(fields[place]) for place in (11, 12, 13, 14))
    return Stat(int(pid), int(fields[1]), name, ticks / _TICKS, int(fields[8]), int(fields[21]) * _PAGE)


def tree(root: int, stats: Iterable[Stat]) -> list[Stat]:
    """Root and everything below it; empty if it is gone."""
    by_parent: dict[int, list[Stat]] = {}
    found: list[Stat] = []
    for stat in stats:
        by_parent.setdefault(stat.parent, []).append(stat)
        if stat.pid == root:
            found.append(stat)
    for stat in found:
        found.extend(by_parent.get(stat.pid, ()))
    return found


def now_below(root: int) -> list[Stat]:
    """The tree as it is now. Parents are read before their children where pids rise, so a child that ends meanwhile is
    missed rather than counted twice.
    """
    return tree(root, _all())


def cpu_s_of(root: int) -> float:
    return sum(stat.cpu_s for stat in now_below(root))


def _all() -> Iterator[Stat]:
    for pid in sorted(int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit()):
        with suppress(OSError):
            yield read_stat((_PROC / str(pid) / "stat").read_text(errors="replace"))


def pss(rollup: str) -> int:
    """Bytes, from /proc/PID/smaps_rollup."""
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) * 1024


def _weight(stats: Iterable[Stat]) -> int:
    """The PSS of all of them; RSS of those that can't be looked into."""
    total = 0
    for stat in stats:
        try:
            total += pss((_PROC / str(stat.pid) / "smaps_rollup").read_text())
        except (OSError, StopIteration):  # it has ended, or belongs to somebody else
            total += stat.resident
    return total


def busy_s(stat: str) -> float:
    """Seconds all processors together were not idle, from /proc/stat. Time stolen by the host counts as busy."""
    user, nice, system, _idle, _waiting, *others = map(int, stat.splitlines()[0].split()[1:9])
    return (user + nice + system + sum(others)) / _TICKS


@dataclass(frozen=True, slots=True)
class Look:
    """At a time of the machine's clock (seconds): CPU seconds used so far, and memory in bytes if it was weighed."""

    at: float
    cpu_s: float
    memory: int | None


@dataclass(frozen=True, slots=True)
class Cost:
    """``others`` is what the rest of the machine took meanwhile, as a share of all its processors."""

    wall_s: float
    cpu_s: float
    peak: int
    others: float = 0.0


@dataclass(slots=True)
class Watch:
    """Everything that was seen of a tree, oldest first."""

    root: int
    looks: list[Look] = field(default_factory=list)
    _high: int = 0
    _weighed: float = 0.0

    def look(self) -> None:
        stats = now_below(self.root)
        if not stats:
            return
        at, resident = time.time(), sum(stat.resident for stat in stats)
        memory = None
        if resident > self._high * _HIGHER or at - self._weighed >= WEIGH_EVERY_S:
            memory, self._weighed = _weight(stats), at
            self._high = max(self._high, resident)
        before = self.looks[-1].cpu_s if self.looks else 0.0
        self.looks.append(Look(at, max(before, sum(stat.cpu_s for stat in stats)), memory))

    def cpu_s(self, start: float, end: float) -> float:
        return self._used(end) - self._used(start)

    def peak(self, wanted: Callable[[float], bool] = lambda _at: True) -> int:
        """Most memory at the times that are wanted."""
        return max((look.memory for look in self.looks if look.memory is not None and wanted(look.at)), default=0)

    def memory(self, at: float) -> int:
        """As it was last weighed before then."""
        weighed = [look.memory for look in self.looks if look.memory is not None and look.at <= at]
        return weighed[-1] if weighed else 0

    def _used(self, at: float) -> float:
        """Straight between two looks."""
        place = bisect_left(self.looks, at, key=lambda look: look.at)
        if place in {0, len(self.looks)}:
            return self.looks[min(place, len(self.looks) - 1)].cpu_s
        a, b = self.looks[place - 1], self.looks[place]
        return a.cpu_s + (b.cpu_s - a.cpu_s) * (at - a.at) / (b.at - a.at)


@contextmanager
def watching(root: int) -> Iterator[Watch]:
    """Looks at a tree from a thread of this process until the block ends."""
    watch, ended = Watch(root), threading.Event()

    def go_on() -> None:
        while not ended.wait(LOOK_EVERY_S):
            watch.look()

    watch.look()
    thread = threading.Thread(target=go_on, name="watch", daemon=True)
    thread.start()
    try:
        yield watch
    finally:
        ended.set()
        thread.join()
        watch.look()


def machine_busy_s() -> float:
    return busy_s((_PROC / "stat").read_text())


def others(busy: float, own_s: float, wall_s: float) -> float:
    return max(0.0, (busy - own_s) / (wall_s * (os.cpu_count() or 1)))


def run(argv: Sequence[str | Path], log: Path) -> Cost:
    """A child process to its end, its stderr into a file. CPU is the kernel's own sum for it and what it reaped.

    Raises:
        RuntimeError: it failed; with the end of what it said.
    """
    began, busy = time.perf_counter(), machine_busy_s()
    with log.open("wb") as said:
        child = subprocess.Popen([*map(str, argv)], stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        with watching(child.pid) as watch:
            _, status, used = os.wait4(child.pid, 0)
            wall_s = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise RuntimeError(f"{argv[0]} failed: {log.read_text(errors='replace')[-2000:]}")
    cpu_s = used.ru_utime + used.ru_stime
    return Cost(wall_s, cpu_s, watch.peak(), others(machine_busy_s() - busy, cpu_s, wall_s))
