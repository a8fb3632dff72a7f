"""Where the keyframes of a video lie. Pure."""

from __future__ import annotations

from contracts.outputs import KEYFRAME_EVERY_S
from contracts.timeline import Timeline

_NEAR_S = 1 / 3  # two keyframes closer than that cost more than the second is worth


def keyframes(timeline: Timeline) -> tuple[int, ...]:
    """Their frames, in order: every 2 s, and wherever a clip begins.

    A cut needs nearly a keyframe's bits anyway. With one there, what comes before and after it is encoded apart, so
    that another picture in one place leaves its neighbours as they are.
    """
    near = round(_NEAR_S * timeline.fps)
    every = KEYFRAME_EVERY_S * timeline.fps
    placed = [-near]
    for clip in timeline.clips:
        free = near <= clip.start % every <= every - near and clip.start + near <= timeline.frames
        if free and clip.start >= placed[-1] + near:
            placed.append(clip.start)
    return tuple(sorted((*range(0, timeline.frames, every), *placed[1:])))
