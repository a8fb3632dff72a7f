"""The best moments of footage, cut to a length: a video without a script. Pure.

Seconds are those of the sources, frames those of the output. A moment is a part of one segment; moments stand in the
order of the clips and of time, so that what is told stays in the order in which it happened.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from contracts.faults import LogicalFault
from contracts.footage import Analysis, Notes, Stretch, Transform
from contracts.media import Asset
from contracts.outputs import FPS
from contracts.timeline import Candidate, Clip, Match, MatchReport
from services.footage.spans import usable

MOMENT_S = 4.0  # what a moment is given where there is enough: long enough to see, short enough not to tire
SHORTEST_S = 1.2
SHORTEST_VIDEO_S = 3.0  # what is shorter is no video
GUARD_S = 0.05  # the last picture of a source may be shorter than the others
RUNNERS_UP = 3

FAVOURITE = 0.25  # what a favourite is worth beside a score of 0..1
ASKED_FOR = 0.4  # what fitting the context wholly is worth
SEEN_BEFORE = 0.6  # taken off what another variant shows
SAME_SOURCE = 0.12  # taken off for each moment the same clip has given already, so that every clip gets its turn
UNFIT = 0.8  # taken off what is dark, still, blurred or shown by another: it is used when nothing else is left
_UNSCORED = 0.5  # of a clip nobody has looked through yet
_SPEECH_REACH_S = 0.8  # how far a cut is moved so that it does not fall into a word


_NO_NOTES, _AS_IT_IS = Notes(), Transform()


@dataclass(frozen=True, slots=True)
class Footage:
    """A clip with what is known of it."""

    asset: Asset
    analysis: Analysis | None = None
    notes: Notes = _NO_NOTES


@dataclass(frozen=True, slots=True)
class Moment:
    """A part of a source that may be shown. ``place`` is its clip's, ``worth`` is what it is chosen by."""

    place: int
    asset: Asset
    segment: int | None
    start_s: float
    end_s: float
    worth: float
    parts: Mapping[str, float]
    speech: tuple[Stretch, ...] = ()
    transform: Transform = _AS_IT_IS

    @property
    def length_s(self) -> float:
        return self.end_s - self.start_s

    @property
    def key(self) -> tuple[UUID, float]:
        return self.asset.id, self.start_s


def best_moments(
    footage: Sequence[Footage],
    length_s: float,
    number: int,
    fits: Mapping[tuple[UUID, int | None], float] | None = None,
    fps: int = FPS,
) -> tuple[tuple[Clip, ...], MatchReport]:
    """Clips end to end for variant ``number`` (1..n): ``length_s`` long, or shorter where there is no more to show.

    ``fits`` tells how well a segment fits the context, 0..1, by asset and segment.

    Raises:
        LogicalFault: ``footage_too_short``.
    """
    pool = [moment for place, one in enumerate(footage) for moment in _candidates(place, one, fits or {})]
    chosen: list[Moment] = []
    before: set[tuple[UUID, float]] = set()
    for _ in range(number):  # the earlier variants are found again, to differ from them
        chosen = _chosen(pool, length_s, before)
        before |= {moment.key for moment in chosen}
    shown = _fitted(sorted(chosen, key=lambda moment: (moment.place, moment.start_s)), round(length_s * fps), fps)
    if sum(frames for _, frames in shown) < round(SHORTEST_VIDEO_S * fps):
        raise LogicalFault(
            f"the footage has less than {SHORTEST_VIDEO_S:g} s that can be shown", code="footage_too_short"
        )
    return _clips(shown), _report(shown, pool, fps)


def _candidates(place: int, one: Footage, fits: Mapping[tuple[UUID, int | None], float]) -> Iterator[Moment]:
    asset, notes = one.asset, one.notes
    span = usable(asset.facts)
    last_s = span.end_s - GUARD_S
    speech = one.analysis.speech if one.analysis else ()
    for segment, start, end, score, unfit in _segments(one, span.start_s, last_s):
        mark = next((mark for mark in notes.marks if mark.start_s < end and mark.end_s > start), None)
        if mark is not None and mark.hidden:
            continue
        parts = {"score": score}
        if notes.favourite or (mark is not None and mark.favourite):
            parts["favourite"] = FAVOURITE
        if (fit := fits.get((asset.id, segment), 0.0)) > 0:
            parts["context"] = ASKED_FOR * fit
        if unfit is not None:
            parts[unfit] = -UNFIT
        worth = round(sum(parts.values()), 4)
        transform = _AS_IT_IS if mark is None else mark.transform
        found = Moment(place, asset, segment, start, min(end, last_s), worth, parts, speech, transform)
        if found.length_s >= SHORTEST_S:
            yield found


_Part = tuple[int | None, float, float, float, str | None]


def _segments(one: Footage, start_s: float, end_s: float) -> Iterator[_Part]:
    """Number, start, end, score, and what speaks against it."""
    if one.analysis is not None and one.analysis.segments:
        for segment in one.analysis.segments:
            yield segment.number, segment.start_s, segment.end_s, segment.score, segment.unfit
        return
    pieces = max(1, round((end_s - start_s) / MOMENT_S))
    step = (end_s - start_s) / pieces
    for piece in range(pieces):
        yield None, start_s + piece * step, start_s + (piece + 1) * step, _UNSCORED, None


def _chosen(pool: Sequence[Moment], length_s: float, before: set[tuple[UUID, float]]) -> list[Moment]:
    """The worthiest moments that fill a length, each clip getting its turn."""
    left = list(pool)
    chosen: list[Moment] = []
    filled = 0.0
    given: dict[UUID, int] = {}

    def worth(moment: Moment) -> tuple[float, int, float]:
        seen = SEEN_BEFORE if moment.key in before else 0.0
        return moment.worth - seen - SAME_SOURCE * given.get(moment.asset.id, 0), -moment.place, -moment.start_s

    while left and filled < length_s:
        best = max(left, key=worth)
        left.remove(best)
        chosen.append(best)
        given[best.asset.id] = given.get(best.asset.id, 0) + 1
        filled += min(best.length_s, MOMENT_S)
    return chosen


def _fitted(chosen: Sequence[Moment], frames: int, fps: int) -> list[tuple[Moment, int]]:
    """Moments with the frames each is shown. Together ``frames``, or as many as they have."""
    room = [math.floor(moment.length_s * fps + 1e-6) for moment in chosen]
    shown = [min(most, round(MOMENT_S * fps)) for most in room]
    shortest = math.ceil(SHORTEST_S * fps)
    while sum(shown) > frames:
        longest = max(range(len(shown)), key=shown.__getitem__)
        if shown[longest] > shortest:
            shown[longest] -= 1
        else:  # so many that each would only flash up
            shown[min((place for place, count in enumerate(shown) if count), key=lambda at: chosen[at].worth)] = 0
    for place, most in enumerate(room):
        if shown[place]:
            shown[place] += max(0, min(most - shown[place], frames - sum(shown)))
    return [(_placed(moment, count, fps), count) for moment, count in zip(chosen, shown, strict=True) if count]


def _placed(moment: Moment, frames: int, fps: int) -> Moment:
    """The moment as it is shown: the middle of its segment, moved off a word if a pause is near."""
    spare = max(0.0, moment.length_s - frames / fps)
    start = moment.start_s + spare / 2
    inside = next((said for said in moment.speech if said.start_s < start < said.end_s), None)
    if inside is not None:
        for pause in (inside.start_s, inside.end_s):
            if abs(pause - start) <= _SPEECH_REACH_S and moment.start_s <= pause <= moment.start_s + spare:
                start = pause
                break
    return replace(moment, start_s=start, end_s=start + frames / fps)


def _clips(shown: Sequence[tuple[Moment, int]]) -> tuple[Clip, ...]:
    clips: list[Clip] = []
    at = 0
    for index, (moment, frames) in enumerate(shown):
        clips.append(
            Clip(
                asset=moment.asset.id,
                source=moment.asset.blob,
                facts=moment.asset.facts,
                source_in_s=moment.start_s,
                start=at,
                frames=frames,
                phrase=index,
                segment=moment.segment,
                transform=moment.transform,
            )
        )
        at += frames
    return tuple(clips)


def _report(shown: Sequence[tuple[Moment, int]], pool: Sequence[Moment], fps: int) -> MatchReport:
    taken = {(moment.asset.id, moment.segment) for moment, _ in shown}
    others = sorted(
        (moment for moment in pool if (moment.asset.id, moment.segment) not in taken), key=lambda moment: -moment.worth
    )
    return MatchReport(
        matches=tuple(
            Match(
                phrase=index,
                text=f"Moment {index + 1}, {frames / fps:.1f} s",
                chosen=_candidate(moment),
                runners_up=tuple(_candidate(other) for other in others if other.length_s * fps >= frames)[:RUNNERS_UP],
                reason=_reason(moment),
            )
            for index, (moment, frames) in enumerate(shown)
        )
    )


def _candidate(moment: Moment) -> Candidate:
    return Candidate(
        asset=moment.asset.id,
        name=moment.asset.name,
        source_in_s=moment.start_s,
        source_out_s=moment.end_s,
        score=moment.worth,
        parts={name: round(part, 4) for name, part in moment.parts.items()},
        segment=moment.segment,
    )


def _reason(moment: Moment) -> str:
    score = moment.parts["score"]
    why = [f"one of the best moments (score {score:.2f})" if moment.segment is not None else "spread over the clip"]
    if "favourite" in moment.parts:
        why.append("a favourite of yours")
    if "context" in moment.parts:
        why.append("it fits what you said the video is about")
    if against := next((name for name in moment.parts if name in {"dark", "still", "blurred", "duplicate"}), None):
        why.append(f"{against}, but there was nothing better left")
    return "; ".join(why)
