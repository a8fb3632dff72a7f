"""Which subtitles a span shows: what stands outside of it must not shape it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from contracts.timeline import Cue
from services.render.plan.graph import Span
from services.render.plan.subtitles import first_frame_at


def on_screen(cues: Sequence[Cue], span: Span, fps: int) -> tuple[Cue, ...]:
    """The cues that are on a frame of the span, each at its own time.

    A cue that runs into the next one ends where that begins, even if the next one is outside.
    """
    return tuple(cue for cue in _ended(cues) if shows(cue, span.first, span.end, fps))


def _ended(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    ended = [
        cue if cue.end_s <= follower.start_s else cue.model_copy(update={"end_s": max(follower.start_s, cue.start_s)})
        for cue, follower in pairwise(cues)
    ]
    return (*ended, *cues[-1:])


def shows(cue: Cue, first: int, end: int, fps: int) -> bool:
    """Whether a cue is on any of the frames from ``first`` until ``end``."""
    return first_frame_at(cue.start_s, fps) < end and first_frame_at(cue.end_s, fps) > first
