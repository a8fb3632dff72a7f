"""How long each transition of a timeline can be. Pure.

A transition shows two clips at once, so it needs pictures of the first one beyond its end and of the second one from
before its start. Whoever plans and whoever renders ask here, and so agree.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from contracts.timeline import Clip, Timeline

SHORTEST = 4  # frames; what is shorter looks like a fault and is a cut
_EXACT = 1e-6  # frames


@dataclass(frozen=True, slots=True)
class Blend:
    """Frames of a transition before and after the cut it lies around. None at all is a plain cut."""

    before: int = 0
    after: int = 0

    @property
    def frames(self) -> int:
        return self.before + self.after


CUT = Blend()


def blends(timeline: Timeline) -> tuple[Blend, ...]:
    """What lies around the start of each clip; the first one's is always a cut."""
    style = timeline.transition
    if style.kind == "cut":
        return (CUT,) * len(timeline.clips)
    wanted = round(style.duration_s * timeline.fps)
    return (CUT, *(blend(first, second, wanted, timeline.fps) for first, second in pairwise(timeline.clips)))


def blend(first: Clip, second: Clip, wanted: int, fps: int) -> Blend:
    """The transition of at most ``wanted`` frames from one clip to the next: around the cut, or beside it where one of
    them has too little; a third of each clip at least is seen alone.
    """
    reach_back = min(_before(second, fps), first.frames // 3)
    reach_on = min(_after(first, fps), second.frames // 3)
    before = min(reach_back, wanted // 2)
    after = min(reach_on, wanted - before)
    before = min(reach_back, wanted - after)
    return Blend(before, after) if before + after >= SHORTEST else CUT


def _before(clip: Clip, fps: int) -> int:
    """Frames of the source before the clip's first one."""
    return clip.frames if clip.facts.still else math.floor(clip.source_in_s * fps + _EXACT)


def _after(clip: Clip, fps: int) -> int:
    """Frames of the source after the clip's last one."""
    if clip.facts.still:
        return clip.frames
    return max(0, math.floor((clip.facts.duration_s - clip.source_in_s) * fps + _EXACT) - clip.frames)
