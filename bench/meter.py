"""Wall and CPU seconds of this process and everything below it, and medians."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from statistics import median

import psutil

_SERVERS = frozenset({"nats-server", "postgres"})


@dataclass(slots=True)
class Spent:
    """Seconds. ``own_cpu_s`` is the part of ``cpu_s`` that is this process and its servers: no encoder, no voice."""

    wall_s: float = 0.0
    cpu_s: float = 0.0
    own_cpu_s: float = 0.0


@contextmanager
def metered() -> Iterator[Spent]:
    """User and system time of this process, of its children that ended, and of those that still run."""
    spent = Spent()
    wall, (all_before, own_before) = time.perf_counter(), _cpu_s()
    yield spent
    spent.wall_s = time.perf_counter() - wall
    all_after, own_after = _cpu_s()
    spent.cpu_s, spent.own_cpu_s = all_after - all_before, own_after - own_before


def _cpu_s() -> tuple[float, float]:
    user, system, ended_user, ended_system, _ = os.times()
    all_s, own_s = user + system + ended_user + ended_system, user + system
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            times = child.cpu_times()
            used = float(times.user + times.system + times.children_user + times.children_system)
            all_s += used
            own_s += used if child.name() in _SERVERS else 0.0
    return all_s, own_s


def middle(values: Iterable[float]) -> float:
    return float(median(values))


def spread(values: Iterable[float]) -> float:
    """How far apart the values lie, as a share of their median."""
    found = list(values)
    return (max(found) - min(found)) / middle(found)


NOISY = 0.15
"""How far the same bare work may vary in one run before comparisons of that run say nothing."""


def noise_note(wall: float, cpu: float, others: float = 0.0) -> str:
    """What to think of a run: the spreads of its bare work, and what others took of the machine, all as shares."""
    told = f"the bare work itself varied by {wall:.0%} in wall and {cpu:.0%} in CPU time"
    if others:
        told += f"; other programs took up to {others:.0%} of the machine"
    if max(wall, cpu, others) > NOISY:
        return f"TOO NOISY: {told}. Above {NOISY:.0%} no verdict counts; measure again on a quiet machine"
    return f"noise: {told}"
