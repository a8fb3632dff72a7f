"""The best moments of footage, cut to a length: a video without a script. Pure.

Seconds are those of the sources, frames those of the output. A moment is a part of one take; moments stand in the
order of the clips and of time, so that what is told stays in the order in which it happened.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from contracts.faults import LogicalFault
from contracts.footage import Stretch
from contracts.outputs import FPS
from contracts.timeline import Candidate, Clip, Match, MatchReport
from services.footage.hits import Index, total
from services.footage.likeness import Likeness, by_spelling
from services.footage.takes import Footage, Framing, Said, Take, groups, in_the_middle, takes

MOMENT_S = 4.0  # what a moment is given where there is enough: long enough to see, short enough not to tire
SHORTEST_S = 1.2
SHORTEST_VIDEO_S = 3.0  # what is shorter is no video
RUNNERS_UP = 3

FAVOURITE = 0.25  # what a favourite is worth beside a score of 0..1
ASKED_FOR = 0.4  # what fitting the context wholly is worth
SEEN_BEFORE = 0.6  # taken off what another variant shows
SAME_SOURCE = 0.12  # taken off for each moment the same clip has given already, so that every clip gets its turn
UNFIT = 0.8  # taken off what is dark, still, blurred or looks like what is shown: used when nothing else is left
_SPEECH_REACH_S = 0.8  # how far a cut is moved so that it does not fall into a word
_EXACT_S = 1e-6


@dataclass(frozen=True, slots=True)
class Asked:
    """What a video without a script is to be: its length, and in ``context`` what it is about."""

    length_s: float
    context: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """A part of a take that may be shown. ``worth`` is what it is chosen by, the sum of its ``parts``."""

    take: Take
    group: int
    start_s: float
    end_s: float
    parts: Mapping[str, float]

    @property
    def worth(self) -> float:
        return round(sum(self.parts.values()), 4)

    @property
    def length_s(self) -> float:
        return self.end_s - self.start_s

    @property
    def key(self) -> tuple[UUID, float]:
        return self.take.asset.id, self.start_s


def best_moments(
    footage: Footage,
    asked: Asked,
    number: int,
    *,
    fps: int = FPS,
    likeness: Likeness | None = None,
    framing: Framing = in_the_middle,
) -> tuple[tuple[Clip, ...], MatchReport]:
    """Clips end to end for variant ``number`` (1..n): as long as asked, or shorter where there is no more to show.

    ``likeness`` of the context to what is said of takes; without one it is told by the spelling.

    Raises:
        LogicalFault: ``footage_too_short``.
    """
    pool = _pool(footage, asked, fps, likeness)
    chosen: list[Moment] = []
    before: set[tuple[UUID, float]] = set()
    for _ in range(number):  # the earlier variants are found again, to differ from them
        chosen = _chosen(pool, asked.length_s, before)
        before |= {moment.key for moment in chosen}
    in_order = sorted(chosen, key=lambda moment: (moment.take.clip, moment.start_s))
    shown = _fitted(in_order, round(asked.length_s * fps), fps)
    if sum(frames for _, frames in shown) < round(SHORTEST_VIDEO_S * fps):
        raise LogicalFault(
            f"the footage has less than {SHORTEST_VIDEO_S:g} s that can be shown", code="footage_too_short"
        )
    placed = [(_placed(moment, frames, footage, fps), frames) for moment, frames in shown]
    return _clips(placed, framing, fps), _report(placed, chosen, pool, fps)


def _pool(footage: Footage, asked: Asked, fps: int, likeness: Likeness | None) -> list[Moment]:
    all_takes = takes(footage, fps)
    fits = _fits(all_takes, asked, likeness)
    return [
        Moment(take, group, start_s, end_s, _parts(take, fits.get(take.said, 0.0)))
        for take, group in zip(all_takes, groups(all_takes), strict=True)
        for start_s, end_s in _pieces(take)
        if end_s - start_s >= SHORTEST_S
    ]


def _fits(all_takes: Sequence[Take], asked: Asked, likeness: Likeness | None) -> dict[Said, float]:
    """How well what is said of takes fits the context, 0..1."""
    said = list(dict.fromkeys(take.said for take in all_takes if take.said))
    if not asked.context or not said:
        return {}
    hits = Index(said, asked.language).hits(asked.context)
    close = likeness or by_spelling([asked.context], [each.text for each in said])
    return {
        each: max(close.of(asked.context, each.text), min(1.0, total(hits.get(place, []))))
        for place, each in enumerate(said)
    }


def _parts(take: Take, fit: float) -> dict[str, float]:
    parts = {"footage": take.score}
    if take.favourite:
        parts["favourite"] = FAVOURITE
    if fit > 0:
        parts["context"] = ASKED_FOR * fit
    if take.unfit is not None:
        parts[take.unfit] = -UNFIT
    return parts


def _pieces(take: Take) -> Iterator[tuple[float, float]]:
    """A take that nobody has looked through may be very long: it is many moments."""
    if take.segment is not None or take.marked:
        yield take.start_s, take.end_s
        return
    count = max(1, round((take.end_s - take.start_s) / MOMENT_S))
    step = (take.end_s - take.start_s) / count
    for piece in range(count):
        yield take.start_s + piece * step, take.start_s + (piece + 1) * step


def _chosen(pool: Sequence[Moment], length_s: float, before: set[tuple[UUID, float]]) -> list[Moment]:
    """The worthiest moments that fill a length, each clip getting its turn, what looks alike once."""
    left = list(pool)
    chosen: list[Moment] = []
    filled = 0.0
    given: dict[int, int] = {}
    takes_of: dict[int, set[int]] = {}  # by group, the takes shown

    def worth(moment: Moment) -> tuple[float, int, float]:
        seen = SEEN_BEFORE if moment.key in before else 0.0
        alike = UNFIT if takes_of.get(moment.group, set()) - {id(moment.take)} else 0.0
        turn = SAME_SOURCE * given.get(moment.take.clip, 0)
        return moment.worth - seen - alike - turn, -moment.take.clip, -moment.start_s

    while left and filled < length_s - _EXACT_S:
        best = max(left, key=worth)
        left.remove(best)
        if any(_overlap(best, other) for other in chosen):
            continue
        chosen.append(best)
        given[best.take.clip] = given.get(best.take.clip, 0) + 1
        takes_of.setdefault(best.group, set()).add(id(best.take))
        filled += min(best.length_s, MOMENT_S)
    return chosen


def _overlap(one: Moment, other: Moment) -> bool:
    """Parts that an owner marked may share a stretch of a clip."""
    same = one.take.clip == other.take.clip
    return same and one.start_s < other.end_s - _EXACT_S and other.start_s < one.end_s - _EXACT_S


def _fitted(chosen: Sequence[Moment], frames: int, fps: int) -> list[tuple[Moment, int]]:
    """Moments with the frames each is shown. Together ``frames``, or as many as they have."""
    room = [math.floor((moment.length_s + _EXACT_S) * fps) for moment in chosen]
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
    return [(moment, count) for moment, count in zip(chosen, shown, strict=True) if count]


def _placed(moment: Moment, frames: int, footage: Footage, fps: int) -> Moment:
    """The moment as it is shown: the middle of its part, moved off a word if a pause is near."""
    seen = footage.seen.get(moment.take.asset.id)
    spare = max(0.0, moment.length_s - frames / fps)
    room = (moment.start_s, moment.start_s + spare)
    start = _off_words(moment.start_s + spare / 2, room, seen.speech if seen else ())
    return replace(moment, start_s=start, end_s=start + frames / fps)


def _off_words(start_s: float, room: tuple[float, float], speech: Sequence[Stretch]) -> float:
    inside = next((said for said in speech if said.start_s < start_s < said.end_s), None)
    if inside is None:
        return start_s
    pauses = sorted((inside.start_s, inside.end_s), key=lambda pause: abs(pause - start_s))
    near = (pause for pause in pauses if abs(pause - start_s) <= _SPEECH_REACH_S and room[0] <= pause <= room[1])
    return next(near, start_s)


def _clips(placed: Sequence[tuple[Moment, int]], framing: Framing, fps: int) -> tuple[Clip, ...]:
    clips: list[Clip] = []
    at = 0
    for index, (moment, frames) in enumerate(placed):
        take = moment.take
        clips.append(
            Clip(
                asset=take.asset.id,
                source=take.asset.blob,
                facts=take.asset.facts,
                source_in_s=moment.start_s,
                start=at,
                frames=frames,
                phrase=index,
                segment=take.segment,
                crop=framing(take.focus, take.asset.facts, moment.start_s, frames, fps),
                transform=take.transform,
            )
        )
        at += frames
    return tuple(clips)


def _report(
    placed: Sequence[tuple[Moment, int]], chosen: Sequence[Moment], pool: Sequence[Moment], fps: int
) -> MatchReport:
    taken = {moment.key for moment in chosen}
    others = sorted((moment for moment in pool if moment.key not in taken), key=lambda moment: -moment.worth)
    return MatchReport(
        matches=tuple(
            Match(
                phrase=index,
                text=f"Moment {index + 1}, {frames / fps:.1f} s",
                chosen=_candidate(moment),
                runners_up=tuple(_candidate(other) for other in others if other.length_s * fps >= frames)[:RUNNERS_UP],
                reason=_reason(moment),
            )
            for index, (moment, frames) in enumerate(placed)
        )
    )


def _candidate(moment: Moment) -> Candidate:
    return Candidate(
        asset=moment.take.asset.id,
        name=moment.take.asset.name,
        source_in_s=moment.start_s,
        source_out_s=moment.end_s,
        score=moment.worth,
        parts={name: round(part, 4) for name, part in moment.parts.items()},
        segment=moment.take.segment,
    )


def _reason(moment: Moment) -> str:
    score = moment.parts["footage"]
    looked = moment.take.segment is not None
    why = [f"one of the best moments (score {score:.2f})" if looked else "spread over the clip"]
    if "favourite" in moment.parts:
        why.append("a favourite of yours")
    if "context" in moment.parts:
        why.append("it fits what you said the video is about")
    if (against := moment.take.unfit) is not None:
        why.append(f"{against}, but there was nothing better left")
    return "; ".join(why)
