"""Shots become segments: parts of two to six seconds that can be shown by themselves, each with its worth. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean, median, pstdev

from contracts.footage import Scores, Segment, Stretch, Unfit
from services.footage.attention import faces, focus
from services.footage.seen import Glimpse
from services.footage.spans import Usable

WEIGHTS = {"motion": 0.40, "variance": 0.20, "sharpness": 0.20, "contrast": 0.15, "brightness": 0.05}

LONGEST_S = 6.0  # a shot is left whole up to here
PART_S = 4.5  # most a part of a longer one has on average
CALM_REACH = 0.15  # of a part: how far its end may be moved to where the picture is calm
SHORTEST_S = 0.5  # a shot shorter than that can't be shown by itself

# Curves: the raw measure that is worth 0 and the one that is worth 1, at this size (480 pixels). Set by looking at a
# handful of made-up clips: photographs standing still, under a shaking camera, and panned over. Not yet held against a
# collection of real ones.
MOTION = (0.2, 6.0)  # grey levels in 0.2 s
VARIANCE = (1.0, 25.0)  # grey levels: deviation over time of an 8 x 8 grid
SHARPNESS = (20.0, 1000.0)  # variance of the Laplacian, on a log scale as Pech-Pacheco's measure spreads over decades
CONTRAST = (0.04, 0.25)  # deviation of luma; a full grey ramp has 0.29
BRIGHTNESS = (0.06, 0.30, 0.70, 0.98)  # mean luma: worth nothing below and above, all in the middle

_TICKS = 10_000  # a second; times are rounded into the part, never over a cut

DARK = 0.07  # mean luma, 16 of 219 levels: what a phone's screen no longer shows
BLURRED = 12.0  # variance of the Laplacian below which even a picture of this size has no edge
STILL = 0.12  # grey levels in 0.2 s; about twice the flicker that grain and the encoder left on a picture at rest
ALIKE_BITS = 6  # of 64: pictures whose hashes differ by a tenth or less look alike (pHash's own rule of thumb)


def segments(scenes: Sequence[Stretch], glimpses: Sequence[Glimpse], span: Usable) -> tuple[Segment, ...]:
    """The segments within ``span``, in order, never across a cut. A clip that has any picture has at least one."""
    parts = [part for scene in scenes for part in _parts(scene, glimpses, span)]
    if not parts and scenes and span.length_s > 0:
        parts = [Stretch(start_s=span.start_s, end_s=span.end_s)]
    made = [_segment(number, part, _within(part, glimpses)) for number, part in enumerate(parts)]
    hashes = [_samples([look.phash for look in _within(part, glimpses)]) for part in parts]
    return _without_look_alikes(made, hashes)


def _alike(some: Sequence[str], others: Sequence[str]) -> bool:
    return any(distance(one, other) <= ALIKE_BITS for one in some for other in others)


def distance(one: str, other: str) -> int:
    """In how many bits two hashes differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def _parts(scene: Stretch, glimpses: Sequence[Glimpse], span: Usable) -> list[Stretch]:
    start, end = max(scene.start_s, span.start_s), min(scene.end_s, span.end_s)
    length = end - start
    if length < SHORTEST_S:
        return []
    if length <= LONGEST_S:
        return [Stretch(start_s=start, end_s=end)]
    count = math.ceil(length / PART_S)
    part = length / count
    between = [_calmest(start + part * place, part * CALM_REACH, glimpses) for place in range(1, count)]
    bounds = [start, *between, end]
    return [Stretch(start_s=a, end_s=b) for a, b in pairwise(bounds)]


def _calmest(at_s: float, reach_s: float, glimpses: Sequence[Glimpse]) -> float:
    """The look near a time with the least change; of equals the one nearest to it."""
    near = [look for look in glimpses if abs(look.at_s - at_s) <= reach_s]
    if not near:
        return at_s
    return min(near, key=lambda look: (round(look.change, 1), abs(look.at_s - at_s))).at_s


def _within(part: Stretch, glimpses: Sequence[Glimpse]) -> list[Glimpse]:
    inside = [look for look in glimpses if part.start_s <= look.at_s < part.end_s]
    if inside or not glimpses:
        return inside
    middle = (part.start_s + part.end_s) / 2
    return [min(glimpses, key=lambda look: abs(look.at_s - middle))]


def _segment(number: int, part: Stretch, looks: Sequence[Glimpse]) -> Segment:
    scores = _scores(looks)
    middle = (part.start_s + part.end_s) / 2
    nearest = min(looks, key=lambda look: abs(look.at_s - middle), default=None)
    return Segment(
        number=number,
        start_s=math.ceil(part.start_s * _TICKS) / _TICKS,
        end_s=max(math.floor(part.end_s * _TICKS), math.ceil(part.start_s * _TICKS)) / _TICKS,
        score=round(sum(weight * getattr(scores, name) for name, weight in WEIGHTS.items()), 4),
        scores=scores,
        phash=nearest.phash if nearest else "0" * 16,
        faces=faces(looks),
        focus=focus(looks),
        unfit=_unfit(looks),
    )


def _scores(looks: Sequence[Glimpse]) -> Scores:
    if not looks:
        return Scores(motion=0, variance=0, sharpness=0, contrast=0, brightness=0)
    low, full, still_full, high = BRIGHTNESS
    light = fmean(look.brightness for look in looks)
    return Scores(
        motion=_ramp(_change(looks), *MOTION),
        variance=_ramp(_variance(looks), *VARIANCE),
        sharpness=_ramp(math.log(max(_sharpness(looks), 1e-3)), *map(math.log, SHARPNESS)),
        contrast=_ramp(fmean(look.contrast for look in looks), *CONTRAST),
        brightness=round(min(_ramp(light, low, full), 1 - _ramp(light, still_full, high)), 4),
    )


def _ramp(raw: float, nothing: float, all_of_it: float) -> float:
    return round(min(max((raw - nothing) / (all_of_it - nothing), 0.0), 1.0), 4)


def _change(looks: Sequence[Glimpse]) -> float:
    """The first look's change may be that from another shot: it doesn't count."""
    return fmean(look.change for look in looks[1:]) if len(looks) > 1 else 0.0


def _variance(looks: Sequence[Glimpse]) -> float:
    return fmean(pstdev(field) for field in zip(*(look.grid for look in looks), strict=True))


def _sharpness(looks: Sequence[Glimpse]) -> float:
    return median(look.sharpness for look in looks)


def _unfit(looks: Sequence[Glimpse]) -> Unfit | None:
    if not looks:
        return None
    if fmean(look.brightness for look in looks) < DARK:
        return "dark"
    if _sharpness(looks) < BLURRED:
        return "blurred"
    return "still" if len(looks) > 1 and _change(looks) < STILL else None


def _samples(hashes: Sequence[str]) -> tuple[str, ...]:
    """Those at the quarters: two takes of the same are seldom cut to the same frame."""
    return tuple(hashes[len(hashes) * quarter // 4] for quarter in (1, 2, 3)) if hashes else ()


def _without_look_alikes(made: Sequence[Segment], hashes: Sequence[Sequence[str]]) -> tuple[Segment, ...]:
    """Of those that look alike only the best is left unmarked."""
    best: list[Segment] = []
    marked: dict[int, Segment] = {}
    for one in sorted((one for one in made if one.unfit is None), key=lambda one: (-one.score, one.number)):
        if any(_alike(hashes[one.number], hashes[other.number]) for other in best):
            marked[one.number] = one.model_copy(update={"unfit": "duplicate"})
        else:
            best.append(one)
    return tuple(marked.get(one.number, one) for one in made)
