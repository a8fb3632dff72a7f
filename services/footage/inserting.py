"""When each insert of a brief is shown over the planned pictures, and for how long. Pure.

Inserts lie one after another. Each begins where it was asked to; what is shown there already gives way, but not before
it was seen for a second, and only then does the later one begin later.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from contracts.events import Order
from contracts.faults import LogicalFault
from contracts.inserts import INSERT_MIN_S, InsertChoice, standing_at
from contracts.looks import Move
from contracts.media import Asset
from contracts.speech import Word
from contracts.timeline import NO_PHRASE, Clip, Insert, MatchReport, Timeline

NEAR = 10  # frames: a shot that is seen for less between a cut and an interstitial would flash
_MOVES: tuple[Move, ...] = ("in", "out")
_EXACT = 1e-6


@dataclass(frozen=True, slots=True)
class _Wish:
    """An insert to be placed: frames it is asked for and has at most, and where it should begin."""

    place: int  # in the brief
    choice: InsertChoice
    asset: Asset
    frames: int
    most: int
    start: int = 0


def inserted(
    timeline: Timeline, report: MatchReport, order: Order, words: Sequence[Word]
) -> tuple[Timeline, MatchReport]:
    """The edit with the inserts that its brief asks for, and the report that tells of them.

    Raises:
        LogicalFault: words are not said (``insert_words_missing``), a clip is too short (``footage_too_short``), or
            there are too many for so short a video (``inserts_do_not_fit``).
    """
    brief = order.brief
    if not brief.inserts:
        return timeline, report
    pairs = zip(brief.inserts, order.inserts, strict=True)
    wishes = [_wish(place, choice, asset, timeline.fps) for place, (choice, asset) in enumerate(pairs)]
    placed = _placed(wishes, words, timeline)
    shown = [(wish, _insert(wish, span, number)) for number, (wish, span) in enumerate(placed)]
    inserts = tuple(insert for _, insert in shown)
    whole = timeline.model_copy(update={"inserts": inserts})
    told = _told(report, timeline, [(wish.asset.name, insert) for wish, insert in shown])
    return Timeline.model_validate(whole.model_dump()), told


def _wish(place: int, choice: InsertChoice, asset: Asset, fps: int) -> _Wish:
    asked = round(choice.length_s * fps)
    most = math.floor(asset.facts.duration_s * fps + _EXACT) if not asset.facts.still else 1 << 30
    if most < _shortest(fps):
        raise LogicalFault(
            f"{asset.name} is shorter than {INSERT_MIN_S:g} s: too short to be inserted", code="footage_too_short"
        )
    return _Wish(place, choice, asset, min(asked, most), most)


def _shortest(fps: int) -> int:
    return math.ceil(INSERT_MIN_S * fps)


def _placed(wishes: Sequence[_Wish], words: Sequence[Word], timeline: Timeline) -> list[tuple[_Wish, range]]:
    """Each with the frames it is shown on, in the order in which they are shown."""
    asked = sorted(_moments(wishes, words, timeline), key=lambda wish: (wish.start, wish.place))
    apart = _apart([wish.start for wish in asked], timeline.frames, _shortest(timeline.fps))
    cuts = [clip.start for clip in timeline.clips[1:]]
    starts = _without_flashes_before(asked, apart, cuts, _shortest(timeline.fps))
    spans = []
    for wish, wanted, (start, following) in zip(asked, apart, pairwise((*starts, timeline.frames)), strict=True):
        end = min(wanted + wish.frames, following, start + wish.most)
        if wish.choice.mode == "interstitial":
            flash = (cut for cut in (*cuts, following) if 0 < cut - end <= NEAR)
            end = min(next(flash, end), following, start + wish.most)
        spans.append((wish, range(start, end)))
    return spans


def _moments(wishes: Sequence[_Wish], words: Sequence[Word], timeline: Timeline) -> Iterator[_Wish]:
    """Where each should begin, whatever the others do."""
    spoken = standing_at([wish.choice for wish in wishes], [word.text for word in words])
    fixed: list[range] = []
    loose: list[_Wish] = []
    for wish in wishes:
        at_s = words[spoken[wish.place]].start_s if wish.place in spoken else wish.choice.at_s
        if at_s is None:
            loose.append(wish)
            continue
        start = math.floor(at_s * timeline.fps + _EXACT)
        fixed.append(range(start, start + wish.frames))
        yield replace(wish, start=start)
    for wish, middle in zip(loose, _spread(len(loose), _gaps(fixed, timeline.frames)), strict=True):
        yield replace(wish, start=max(0, round(middle - wish.frames / 2)))


def _gaps(fixed: Sequence[range], frames: int) -> list[range]:
    """What lies free between them; all of the video if nothing does."""
    gaps, at = [], 0
    for span in sorted(fixed, key=lambda span: span.start):
        if span.start > at:
            gaps.append(range(at, min(span.start, frames)))
        at = max(at, span.stop)
    if at < frames:
        gaps.append(range(at, frames))
    return [gap for gap in gaps if gap] or [range(frames)]


def _spread(count: int, gaps: Sequence[range]) -> list[float]:
    """The middles of so many, in order: each gap has as many as suit its length, evenly."""
    given = [0] * len(gaps)
    for _ in range(count):
        given[max(range(len(gaps)), key=lambda place: len(gaps[place]) / (given[place] + 1))] += 1
    return [
        gap.start + len(gap) * (number + 1) / (here + 1)
        for gap, here in zip(gaps, given, strict=True)
        for number in range(here)
    ]


def _apart(starts: Sequence[int], frames: int, shortest: int) -> list[int]:
    """At least ``shortest`` frames from one to the next and to the end."""
    if len(starts) * shortest > frames:
        raise LogicalFault(
            f"{len(starts)} inserts do not fit: each is seen for {INSERT_MIN_S:g} s at least, and the video is "
            f"shorter than that",
            code="inserts_do_not_fit",
        )
    apart: list[int] = []
    for start in starts:
        apart.append(max(start, apart[-1] + shortest) if apart else start)
    latest = frames - shortest
    for place in reversed(range(len(apart))):
        apart[place] = min(apart[place], latest)
        latest = apart[place] - shortest
    return apart


def _without_flashes_before(
    wishes: Sequence[_Wish], starts: Sequence[int], cuts: Sequence[int], shortest: int
) -> list[int]:
    """An interstitial that would let a shot flash up begins with it."""
    moved: list[int] = []
    for wish, start in zip(wishes, starts, strict=True):
        earliest = moved[-1] + shortest if moved else 0
        flash = [cut for cut in (0, *cuts) if 0 < start - cut <= NEAR and cut >= earliest]
        moved.append(flash[-1] if flash and wish.choice.mode == "interstitial" else start)
    return moved


def _insert(wish: _Wish, span: range, number: int) -> Insert:
    facts = wish.asset.facts
    moves = facts.still and wish.choice.mode == "interstitial"  # within a frame of its own a picture lies still
    clip = Clip(
        asset=wish.asset.id,
        source=wish.asset.blob,
        facts=facts,
        source_in_s=0.0,
        start=span.start,
        frames=len(span),
        phrase=NO_PHRASE,
        move=_MOVES[number % len(_MOVES)] if moves else None,
    )
    return Insert(clip=clip, mode=wish.choice.mode, inset=wish.choice.inset)


def _told(report: MatchReport, timeline: Timeline, inserts: Sequence[tuple[str, Insert]]) -> MatchReport:
    """The report with each insert told of at the phrase over whose picture it begins."""
    matches = list(report.matches)
    for name, insert in inserts:
        phrase = next(clip.phrase for clip in timeline.clips if clip.start <= insert.start < clip.end)
        how = "fills the frame" if insert.mode == "interstitial" else "stands over it"
        at_s, long_s = insert.start / timeline.fps, insert.clip.frames / timeline.fps
        for place, match in enumerate(matches):
            if match.phrase == phrase:
                reason = f"{match.reason}; {name} {how} from {at_s:.1f} s for {long_s:.1f} s"
                matches[place] = match.model_copy(update={"reason": reason})
    return MatchReport(matches=tuple(matches))
