"""How fast N machines would be, on paper: ``python -m bench.model`` prints the table of docs/performance.md. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

MACHINES = (1, 2, 4, 10, 30, 100)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was measured or assumed; docs/performance.md says which. Seconds of a core unless said otherwise."""

    encode: float  # for a second of video
    chunk_overhead: float = 0.1
    unsplit: float = 0.09  # for a second of video
    chunk_s: float = 6.0  # of video
    slots: int = 2  # of one machine


VERYFAST = Inputs(encode=1.67)
MEDIUM = replace(VERYFAST, encode=3.5)


def alone_s(machines: int, length_s: float, given: Inputs) -> float:
    """Seconds for one video on machines that have nothing else to do."""
    turns = math.ceil(math.ceil(length_s / given.chunk_s) / (machines * given.slots))
    return given.unsplit * length_s + turns * (given.chunk_s * given.encode + given.chunk_overhead)


def an_hour(machines: int, length_s: float, given: Inputs) -> float:
    """Videos an hour when there are always enough of them, until something shared is full."""
    work = length_s * (given.encode + given.unsplit + given.chunk_overhead / given.chunk_s)
    return 3600 * machines * given.slots / work


def table() -> list[str]:
    return [
        f"| {machines} | {alone_s(machines, 30, VERYFAST):.0f} s | {alone_s(machines, 30, MEDIUM):.0f} s "
        f"| {alone_s(machines, 300, MEDIUM):.0f} s | {an_hour(machines, 30, VERYFAST):,.0f} "
        f"| {an_hour(machines, 30, MEDIUM):,.0f} |"
        for machines in MACHINES
    ]


if __name__ == "__main__":
    print("\n".join(table()))
