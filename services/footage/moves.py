"""How the view moves over each image of a video. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.looks import Move
from contracts.timeline import Clip

# Nearer and farther in turn: two moves alike in a row look like one long slide. A pan in between, now and then.
_ROUND: tuple[Move, ...] = ("in", "out", "right", "in", "out", "left")


def with_moves(clips: Sequence[Clip], number: int) -> tuple[Clip, ...]:
    """Each image with a move, the next one of the round; variant ``number`` (1..n) begins at another place of it.

    An image is all there at any time, so the planner's in-point means nothing: it becomes 0.
    """
    planned: list[Clip] = []
    images = number - 1
    for clip in clips:
        if not clip.facts.still:
            planned.append(clip)
            continue
        move = clip.move or _ROUND[images % len(_ROUND)]
        planned.append(clip.model_copy(update={"move": move, "source_in_s": 0.0}))
        images += 1
    return tuple(planned)
