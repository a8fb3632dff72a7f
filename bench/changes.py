"""What a changed brief costs of the whole: the second job's CPU over that of the first, and which steps ran."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from bench.running import Made, System
from contracts.timeline import Timeline
from tests.client import Json

MUSIC_ALLOWED = 0.08
CLIP_ALLOWED = 0.25
SAME_ALLOWED_MS = 100.0
_EARLIER = frozenset({"script", "tts", "footage"})


@dataclass(frozen=True, slots=True)
class Change:
    """``cpu`` over that of the first job, and how much of it is allowed, if that is what is asked of the change."""

    what: str
    cpu: float
    allowed: float | None
    kept: bool
    seen: str


async def changes(system: System, brief: Json, full: Made) -> AsyncIterator[Change]:
    """Each change against the job as it was first made. ``brief`` is the one ``full`` was made of."""
    louder = {**brief["music"], "gain_db": brief["music"]["gain_db"] + 4}
    quiet = await system.make({**brief, "music": louder})
    yield _limited("only the music's volume", quiet, full, MUSIC_ALLOWED)

    shown = full.timeline.clips[len(full.timeline.clips) // 2]
    swapped = await system.change(full, f"matches/{shown.phrase}", {"runner_up": 0})
    differ, of = _differing(full.timeline, swapped.timeline)
    yield _limited("another clip in one place", swapped, full, CLIP_ALLOWED, f"{differ} of {of} spans differ; ")

    recoloured = await system.make({**brief, "subtitles": {**brief["subtitles"], "colour": "#00D6FF"}})
    earlier = _EARLIER & set(recoloured.ran)
    yield Change("the subtitles' colour", _cpu(recoloured, full), None, not earlier, _ran(recoloured))

    again = await system.make(brief)
    took_ms = again.cost.wall_s * 1000
    kept = took_ms < SAME_ALLOWED_MS and not again.children and not again.ran
    started = "a program was started" if again.children else "no program was started"
    yield Change("nothing", _cpu(again, full), None, kept, f"{took_ms:.0f} ms, {started}; {_ran(again)}")


def _limited(what: str, second: Made, full: Made, allowed: float, note: str = "") -> Change:
    cpu = _cpu(second, full)
    return Change(what, cpu, allowed, cpu <= allowed, note + _ran(second))


def _cpu(second: Made, full: Made) -> float:
    return second.cost.cpu_s / full.cost.cpu_s


def _ran(made: Made) -> str:
    return f"ran: {', '.join(made.ran) or 'no step'}"


def _differing(one: Timeline, other: Timeline) -> tuple[int, int]:
    """Spans of the second that the first does not show in the same place, and how many there are."""
    shown = {(clip.start, clip.frames, clip.source.sha256, clip.source_in_s) for clip in one.clips}
    new = [clip for clip in other.clips if (clip.start, clip.frames, clip.source.sha256, clip.source_in_s) not in shown]
    return len(new), len(other.clips)
