"""Where the crop of a clip goes, from where the eye goes: after the subject, calmly. Pure.

The path is a string pulled taut through a tube around the subject. It lies still while the subject stays in the tube,
moves in straight lines where it has to, and, because the whole way is known, sets off before the subject is at the
edge. It is made for the narrowest window any preset cuts out, and so holds for all of them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from contracts.footage import Focus
from contracts.media import MediaFacts
from contracts.timeline import CropPoint

NARROWEST = 9 / 16  # of the presets' shapes, upright; lying it is 16:9
DEAD_ZONE = 0.3  # of half the window: within it the subject moves and the crop does not
FASTEST = 0.018  # of the picture a frame at 30 fps; beyond 2 % a move is seen as a jump
_FRAME_S = 1 / 30
_EASE_S = 0.4  # each way: how long a move takes to begin and to end
_WHOLE = 0.98  # a window of so much of the picture has nowhere to go
_TOLERANCE = 0.001  # of the picture: two pixels of 1920, by which a straight line may miss the path
_SAME_S = 1e-6

Knot = tuple[float, float]  # time in frames, place as a share


def crop_path(
    focus: Sequence[Focus], facts: MediaFacts, source_in_s: float, frames: int, fps: float
) -> tuple[CropPoint, ...]:
    """The crop's middle over ``frames`` frames from ``source_in_s`` on, straight from point to point.

    ``focus`` is that of the source's segment, in order. One point is a crop that lies still; none is one in the middle.
    """
    if not focus or frames < 1 or fps <= 0 or not facts.width or not facts.height:
        return ()
    axes = (
        _axis([(at.at_s, at.x) for at in focus], facts.height / facts.width, source_in_s, frames, fps),
        _axis([(at.at_s, at.y) for at in focus], facts.width / facts.height, source_in_s, frames, fps),
    )
    if all(abs(place - 0.5) <= _TOLERANCE for axis in axes for place in axis):
        return ()
    return tuple(
        CropPoint(frame=frame, x=round(axes[0][frame], 5), y=round(axes[1][frame], 5)) for frame in _corners(axes)
    )


def _axis(seen: list[Knot], across: float, source_in_s: float, frames: int, fps: float) -> list[float]:
    """The window's middle on one axis, by frame. ``across``: the picture's other side over this one."""
    window = NARROWEST * across
    if window >= _WHOLE:
        return [0.5] * frames
    half = window / 2
    room = DEAD_ZONE * half
    knots = _inside(_steady(seen), source_in_s, frames, fps)
    low, high = ([min(max(place + way, half), 1 - half) for _, place in knots] for way in (-room, room))
    string = _taut([at for at, _ in knots], low, high)
    by_frame = [_between(string, frame) for frame in range(frames)]
    return _no_faster(_eased(by_frame, round(_EASE_S * fps)), FASTEST / (_FRAME_S * fps))


def _steady(seen: list[Knot]) -> list[Knot]:
    """Without what only one look saw."""
    places = [place for _, place in seen]
    if len(places) < 3:
        return seen
    middle = [median(places[i - 1 : i + 2]) for i in range(1, len(places) - 1)]
    return [(at, place) for (at, _), place in zip(seen, [places[0], *middle, places[-1]], strict=True)]


def _inside(seen: list[Knot], source_in_s: float, frames: int, fps: float) -> list[Knot]:
    """What was seen in a span, in frames from its start, with what lies between two looks at either end."""
    by_frame = [((at - source_in_s) * fps, place) for at, place in seen]
    last = float(max(frames - 1, 1))
    within = [(at, place) for at, place in by_frame if _SAME_S < at < last - _SAME_S]
    return [(0.0, _between(by_frame, 0.0)), *within, (last, _between(by_frame, last))]


def _between(line: Sequence[Knot], at: float) -> float:
    """The place at a time on a line through knots; beyond its ends, that of the end."""
    if at <= line[0][0]:
        return line[0][1]
    for (before, low), (after, high) in pairwise(line):
        if at <= after:
            return high if after - before < _SAME_S else low + (high - low) * (at - before) / (after - before)
    return line[-1][1]


def _taut(times: Sequence[float], low: Sequence[float], high: Sequence[float]) -> list[Knot]:
    """The shortest line through gates, each from ``low`` to ``high`` at its time. Its ends lie still if they can."""
    gates = list(zip(low, high, strict=True))
    first, last = _end(gates), _end(gates[::-1])
    gates[0], gates[-1] = (first, first), (last, last)
    line = [(times[0], first)]
    at = 0
    while at < len(gates) - 1:
        at, place = _next_bend(times, gates, at, line[-1][1])
        line.append((times[at], place))
    return line


def _end(gates: Sequence[tuple[float, float]]) -> float:
    """Where a line begins that wants to lie still for as long as it can."""
    low, high = -math.inf, math.inf
    for floor, ceiling in gates:
        if floor > high:
            return high
        if ceiling < low:
            return low
        low, high = max(low, floor), min(high, ceiling)
    return (low + high) / 2


def _next_bend(
    times: Sequence[float], gates: Sequence[tuple[float, float]], at: int, place: float
) -> tuple[int, float]:
    """How far one can go straight from here, and the edge around which one then has to go."""
    flattest, steepest = -math.inf, math.inf
    lower = upper = at
    for gate in range(at + 1, len(gates)):
        since = times[gate] - times[at]
        floor, ceiling = ((edge - place) / since for edge in gates[gate])
        if floor > steepest:
            return upper, gates[upper][1]
        if ceiling < flattest:
            return lower, gates[lower][0]
        if floor >= flattest:
            flattest, lower = floor, gate
        if ceiling <= steepest:
            steepest, upper = ceiling, gate
    return len(gates) - 1, gates[-1][0]


def _eased(places: list[float], reach: int) -> list[float]:
    """Each frame's place as the mean of those around it: corners become curves."""
    total = [0.0]
    padded = [places[0]] * reach + places + [places[-1]] * reach
    for place in padded:
        total.append(total[-1] + place)
    width = 2 * reach + 1
    return [(total[at + width] - total[at]) / width for at in range(len(places))]


def _no_faster(places: list[float], most: float) -> list[float]:
    """The path between the two closest ones that lie above and below it and never move by more than ``most``."""
    above, below = list(places), list(places)
    for order in (range(1, len(places)), range(len(places) - 2, -1, -1)):
        step = order.step
        for at in order:
            above[at] = max(above[at], above[at - step] - most)
            below[at] = min(below[at], below[at - step] + most)
    return [(high + low) / 2 for high, low in zip(above, below, strict=True)]


def _corners(axes: tuple[list[float], list[float]]) -> list[int]:
    """The frames that a path of straight lines needs, all others being close enough to it."""
    kept = [0]
    last = len(axes[0]) - 1
    while kept[-1] < last:
        kept.append(_reach(axes, kept[-1], last))
    if all(abs(axis[frame] - axis[0]) <= _TOLERANCE for axis in axes for frame in kept):
        return [0]
    return kept


def _reach(axes: tuple[list[float], list[float]], start: int, last: int) -> int:
    """The furthest frame a straight line from ``start`` leads to: looked for by doubling, then by halving."""
    step = 1
    while start + step < last and _is_straight(axes, start, min(last, start + 2 * step)):
        step *= 2
    good, bad = min(start + step, last), min(start + 2 * step, last + 1)
    while bad - good > 1:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if _is_straight(axes, start, middle) else (good, middle)
    return good


def _is_straight(axes: tuple[list[float], list[float]], start: int, end: int) -> bool:
    return all(
        abs(axis[start] + (axis[end] - axis[start]) * (at - start) / (end - start) - axis[at]) <= _TOLERANCE
        for axis in axes
        for at in range(start + 1, end)
    )
