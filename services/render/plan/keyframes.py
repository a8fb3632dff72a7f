"""Where the keyframes of a video lie. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.outputs import KEYFRAME_EVERY_S
from contracts.timeline import Timeline

_NEAR_S = 1 / 3  # two keyframes closer than that cost more than the second is worth


def keyframes(timeline: Timeline) -> tuple[int, ...]:
    """Their frames, in order: every 2 s, and wherever a clip begins, or an insert that fills the frame comes or goes.

    A cut needs nearly a keyframe's bits anyway. With one there, what comes before and after it is encoded apart, so
    that another picture in one place leaves its neighbours as they are.
    """
    near = round(_NEAR_S * timeline.fps)
    every = KEYFRAME_EVERY_S * timeline.fps
    placed: list[int] = []
    for cut in (*(clip.start for clip in timeline.clips), *_covered(timeline)):
        free = near <= cut % every <= every - near and cut + near <= timeline.frames
        if free and all(abs(cut - other) >= near for other in placed):
            placed.append(cut)
    return tuple(sorted((*range(0, timeline.frames, every), *placed)))


def _covered(timeline: Timeline) -> Iterator[int]:
    for insert in timeline.inserts:
        if insert.mode == "interstitial":
            yield from (insert.start, insert.end)
