"""Shapes behind words, as ASS drawings: one path around the boxes of all lines, its corners round.

One path, because two see-through boxes that overlap would show where.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_CORNER = 0.5523  # how far a cubic curve's handles reach to look like a quarter of a circle
_FINE = 8  # coordinates are told in eighths of a pixel: \p4

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Row:
    """The box of one line: half its width, and from where to where it reaches, downwards."""

    half: float
    top: float
    bottom: float


def evened(rows: Sequence[Row], radius: float) -> list[Row]:
    """Neighbours whose widths differ by too little for two round corners between them get the wider one's."""
    out = list(rows)
    for _ in rows:
        for here, there in zip(range(len(out)), range(1, len(out)), strict=False):
            one, other = out[here], out[there]
            if 0 < abs(one.half - other.half) < 2 * radius:
                half = max(one.half, other.half)
                out[here], out[there] = Row(half, one.top, one.bottom), Row(half, other.top, other.bottom)
    return out


def outline(rows: Sequence[Row], middle: float) -> list[Point]:
    """The corners around rows that lie on top of each other, clockwise from the top left."""
    right: list[Point] = []
    for row in rows:
        if right and right[-1][0] == row.half:
            right.pop()  # no corner between rows of one width
        else:
            right.append((row.half, row.top))
        right.append((row.half, row.bottom))
    return (
        [(middle - x, y) for x, y in right[:1]]
        + [(middle + x, y) for x, y in right]
        + [(middle - x, y) for x, y in reversed(right[1:])]
    )


def rounded(corners: Sequence[Point], radius: float) -> str:
    """The closed path through these corners as drawing commands for ``\\p4``. No curve takes more than half a side."""
    drawn: list[str] = []
    for place, corner in enumerate(corners):
        before, after = corners[place - 1], corners[(place + 1) % len(corners)]
        reach = min(radius, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        into, out = _towards(corner, before, reach), _towards(corner, after, reach)
        drawn.append(f"{'l' if drawn else 'm'} {_told(into)}")
        if reach > 0:
            handles = (_towards(into, corner, reach * _CORNER), _towards(out, corner, reach * _CORNER))
            drawn.append(f"b {_told(handles[0])} {_told(handles[1])} {_told(out)}")
    return " ".join(drawn)


def _towards(start: Point, end: Point, length: float) -> Point:
    whole = math.dist(start, end)
    if not whole:
        return start
    share = length / whole
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _told(point: Point) -> str:
    return f"{round(point[0] * _FINE)} {round(point[1] * _FINE)}"
