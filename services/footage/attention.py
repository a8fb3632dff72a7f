"""Where the eye goes in a part of a clip: to the faces, else to what moves. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from contracts.footage import Focus
from services.footage.seen import Face, Glimpse

ENOUGH = 1 / 3  # of the looks: what shows in fewer is chance
SAME_FACE = 0.15  # of the picture: how far a face gets between two looks for faces, 0.6 s apart
ONE_MOVES = 0.12  # of the picture from look to look: what jumps about by more is not one thing that moves
STRAIGHT = 0.01  # of the picture: by so much a straight line may miss what was seen
_SPAN = 5  # looks over which the median is taken: two of them may be wrong

Place = tuple[float, float, float]  # when, and where


def faces(looks: Sequence[Glimpse]) -> int:
    """The most faces seen at once that were there twice running."""
    return max((len(sure) for _, sure in _sure(looks)), default=0)


def focus(looks: Sequence[Glimpse]) -> tuple[Focus, ...]:
    """Few points that a straight line leads through; none where there is nothing to follow."""
    seen = _at_faces(looks) or _at_action(looks)
    return tuple(Focus(at_s=at, x=round(x, 4), y=round(y, 4)) for at, x, y in _thinned(_steady(seen)))


def _sure(looks: Sequence[Glimpse]) -> list[tuple[float, tuple[Face, ...]]]:
    """The faces of each look for faces without those that neither the one before nor the one after has."""
    asked = [(look.at_s, look.faces) for look in looks if look.faces is not None]
    out = []
    for place, (at, found) in enumerate(asked):
        around = [
            face for _, other in (*asked[max(0, place - 1) : place], *asked[place + 1 : place + 2]) for face in other
        ]
        alone = len(asked) == 1  # a still picture has but one look
        out.append((at, tuple(face for face in found if alone or any(_near(face, other) for other in around))))
    return out


def _near(one: Face, other: Face) -> bool:
    return abs(one.x - other.x) <= SAME_FACE and abs(one.y - other.y) <= SAME_FACE


def _at_faces(looks: Sequence[Glimpse]) -> list[Place]:
    sure = _sure(looks)
    found = [(at, there) for at, there in sure if there]
    if not found or len(found) < ENOUGH * len(sure):
        return []
    return [(at, *_middle(there)) for at, there in found]


def _middle(there: Sequence[Face]) -> tuple[float, float]:
    """Nearer to the larger ones."""
    total = sum(face.width**2 for face in there)
    return sum(f.x * f.width**2 for f in there) / total, sum(f.y * f.width**2 for f in there) / total


def _at_action(looks: Sequence[Glimpse]) -> list[Place]:
    found = [(look.at_s, *look.action) for look in looks if look.action is not None]
    if len(found) < max(3, ENOUGH * len(looks)):
        return []
    steps = [math.dist(before[1:], after[1:]) for before, after in pairwise(found)]
    return found if median(steps) <= ONE_MOVES else []


def _steady(seen: Sequence[Place]) -> list[Place]:
    """Each place as the median of those around it."""
    reach = _SPAN // 2
    out: list[Place] = []
    for place, (at, _, _) in enumerate(seen):
        way = min(reach, place, len(seen) - 1 - place)  # at the ends as far as there is as much on both sides
        near = seen[place - way : place + way + 1]
        out.append((at, median(x for _, x, _ in near), median(y for _, _, y in near)))
    return out


def _thinned(seen: Sequence[Place]) -> list[Place]:
    if not seen:
        return []
    kept = [seen[0]]
    start = 0
    while start < len(seen) - 1:
        end = start + 1
        while end + 1 < len(seen) and _is_straight(seen, start, end + 1):
            end += 1
        kept.append(seen[end])
        start = end
    still = all(abs(x - kept[0][1]) <= STRAIGHT and abs(y - kept[0][2]) <= STRAIGHT for _, x, y in kept)
    return kept[:1] if still else kept


def _is_straight(seen: Sequence[Place], start: int, end: int) -> bool:
    (t0, x0, y0), (t1, x1, y1) = seen[start], seen[end]
    shares = [((at - t0) / (t1 - t0), x, y) for at, x, y in seen[start + 1 : end]]
    return all(
        abs(x0 + (x1 - x0) * share - x) <= STRAIGHT and abs(y0 + (y1 - y0) * share - y) <= STRAIGHT
        for share, x, y in shares
    )
