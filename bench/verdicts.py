"""What was measured, as lines for a person: ratios, what is asked of them, and whether to believe the run. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from bench.changes import Change
from bench.meter import middle, noise_note, spread
from bench.proctree import Cost
from bench.workers import KILLED_ALLOWED, SHARED_ALLOWED, Killed, Shared

WALL_ALLOWED = CPU_ALLOWED = 1.05
MEMORY_ALLOWED = 0.6
MOVIEPY_AT_LEAST = 4.0
MOVIEPY_JUDGED = "medium"
ENOUGH_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Sample:
    """One round of one preset. ``system`` is the whole job without its voice, ``render`` one step of it; ``held`` bytes
    when rendering began; ``size`` the system's file over the one by hand.
    """

    system: Cost
    render: Cost
    held: int
    bare: Cost
    moviepy: Cost | None
    size: float


@dataclass(slots=True)
class Result:
    """Samples by preset, in the order they were taken."""

    samples: dict[str, list[Sample]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    killed: Killed | None = None
    shared: Shared | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A number and what is asked of it; ``limit`` None if nothing is."""

    what: str
    value: float
    limit: float | None = None
    at_least: bool = False
    seen: str = ""

    @property
    def kept(self) -> bool:
        if self.limit is None:
            return True
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def line(self) -> str:
        verdict = ""
        if self.limit is not None:
            sign = ">=" if self.at_least else "<="
            verdict = f"{'kept  ' if self.kept else 'MISSED'} {sign} {self.limit:.2f}"
        return f"  {self.what:<34} {self.value:6.2f}  {verdict:<16} {self.seen}".rstrip()


def report(result: Result) -> str:
    lines: list[str] = []
    for preset, samples in result.samples.items():
        lines += ["", f"{preset}: medians of {len(samples)} rounds", f"  {noise(samples)}", f"  {_whole(samples)}"]
        lines += [row.line() for row in rows(preset, samples)]
    if result.changes:
        lines += ["", "a job made anew with a change: its CPU over that of the first"]
        lines += [_changed(change) for change in result.changes]
    found = [*_killed(result.killed), *_shared(result.shared)]
    if found:
        lines += ["", "render workers as processes: CPU"]
        lines += [row.line() for row in found]
    return "\n".join(lines).strip("\n")


def noise(samples: Sequence[Sample]) -> str:
    """Whether this preset's numbers can be believed."""
    wall = spread(one.bare.wall_s for one in samples)
    cpu = spread(one.bare.cpu_s for one in samples)
    others = max(max(one.bare.others, one.system.others) for one in samples)
    note = noise_note(wall, cpu, others)
    return note if len(samples) >= ENOUGH_ROUNDS else f"FEW ROUNDS ({len(samples)}): a trend, no proof; {note}"


def rows(preset: str, samples: Sequence[Sample]) -> list[Row]:
    """Medians of each round's ratio."""

    def over(part: Callable[[Sample], float], whole: Callable[[Sample], float]) -> float:
        return middle(part(one) / whole(one) for one in samples)

    return [
        Row("system over ffmpeg, wall", over(lambda one: one.system.wall_s, lambda one: one.bare.wall_s), WALL_ALLOWED),
        Row("system over ffmpeg, CPU", over(lambda one: one.system.cpu_s, lambda one: one.bare.cpu_s), CPU_ALLOWED),
        Row("system over ffmpeg, peak memory", over(lambda one: one.system.peak, _bare_peak), MEMORY_ALLOWED),
        Row("  what rendering adds, memory", over(lambda one: one.render.peak - one.held, _bare_peak), MEMORY_ALLOWED),
        Row("  its render step alone, wall", over(lambda one: one.render.wall_s, lambda one: one.bare.wall_s)),
        Row("  its render step alone, CPU", over(lambda one: one.render.cpu_s, lambda one: one.bare.cpu_s)),
        Row("  the size of its file", middle(one.size for one in samples)),
        *_moviepy(preset, [(one, one.moviepy) for one in samples if one.moviepy is not None]),
    ]


def _whole(samples: Sequence[Sample]) -> str:
    """The command by hand, for models; of this machine only."""
    wall, cpu = middle(one.bare.wall_s for one in samples), middle(one.bare.cpu_s for one in samples)
    return f"by hand: {wall:.1f} s, {cpu:.1f} s of CPU, {middle(map(_bare_peak, samples)) / (1 << 20):.0f} MiB"


def _bare_peak(one: Sample) -> float:
    return one.bare.peak


def _moviepy(preset: str, found: Sequence[tuple[Sample, Cost]]) -> Iterable[Row]:
    if not found:
        return
    limit = MOVIEPY_AT_LEAST if preset == MOVIEPY_JUDGED else None
    wall = [(its.wall_s / one.system.wall_s, its.wall_s / one.bare.wall_s) for one, its in found]
    cpu = [(its.cpu_s / one.system.cpu_s, its.cpu_s / one.bare.cpu_s) for one, its in found]
    yield Row("MoviePy over system, wall", middle(ratio for ratio, _ in wall), limit, at_least=True)
    yield Row("MoviePy over system, CPU", middle(ratio for ratio, _ in cpu), limit, at_least=True)
    yield Row("MoviePy over ffmpeg, wall", middle(ratio for _, ratio in wall))
    yield Row("MoviePy over ffmpeg, CPU", middle(ratio for _, ratio in cpu))
    yield Row("MoviePy over ffmpeg, peak memory", middle(its.peak / one.bare.peak for one, its in found))


def _changed(change: Change) -> str:
    asked = "" if change.allowed is None else f" <= {change.allowed:.2f}"
    verdict = f"{'kept  ' if change.kept else 'MISSED'}{asked}"
    return f"  {change.what:<34} {change.cpu:6.2f}  {verdict:<16} {change.seen}"


def _killed(found: Killed | None) -> Iterable[Row]:
    if found is not None:
        seen = f"killed when it said {found.share:.0%}"
        yield Row("both attempts over one left alone", found.ratio, KILLED_ALLOWED, seen=seen)


def _shared(found: Shared | None) -> Iterable[Row]:
    if found is not None:
        shares = " and ".join(f"{part / sum(found.workers_s):.0%}" for part in found.workers_s)
        seen = f"{found.length_s:.0f} s of video; the workers did {shares}"
        yield Row("two workers over one ffmpeg command", found.ratio, SHARED_ALLOWED, seen=seen)
        yield Row("  the time of their render step", found.wall_ratio)
