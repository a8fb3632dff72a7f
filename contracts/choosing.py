"""Another picture for a phrase: what a user's choice makes of a timeline and its match report. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from pydantic import Field

from contracts.faults import LogicalFault
from contracts.looks import Move
from contracts.media import Asset
from contracts.timeline import Candidate, Clip, Match, MatchReport, Timeline
from contracts.values import Value

CHOSEN_BY_HAND = "your choice"
RUNNERS_UP_MAX = 8  # a match that is changed again and again keeps so many
_EXACT_S = 1e-6


class Pin(Value):
    """A picture that was chosen for a phrase before the rest is planned: the clip, and the second from which it is
    shown or else the segment of it.
    """

    asset: UUID
    source_in_s: float | None = Field(default=None, ge=0)
    segment: int | None = None


def pins(report: MatchReport, *phrases: int) -> dict[int, Pin]:
    """What was chosen for these phrases, to be kept when the others are planned anew."""
    return {
        match.phrase: Pin(asset=match.chosen.asset, source_in_s=match.chosen.source_in_s)
        for match in report.matches
        if match.phrase in phrases
    }


def swapped(
    timeline: Timeline, report: MatchReport, phrase: int, candidate: Candidate, clips: Sequence[Asset]
) -> tuple[Timeline, MatchReport]:
    """The same edit with ``candidate`` over ``phrase``; the pictures of all others stay as they are.

    ``candidate`` is one of the phrase's runners-up, or any other part of one of ``clips``, the job's own. Phrases that
    share a picture change it together. What was shown so far becomes the first of the runners-up, if one clip alone
    covered the phrase.

    Raises:
        LogicalFault: there is no such phrase (``phrase_unknown``), the job has no such clip (``choice_unknown``), or it
            is too short (``choice_too_short``).
    """
    old = _shot(timeline, report, phrase)
    first, frames = old[0], sum(clip.frames for clip in old)
    asset = next((asset for asset in clips if asset.id == candidate.asset), None)
    if asset is None:
        raise LogicalFault("the job has no such clip", code="choice_unknown")
    _must_last(candidate, asset, frames / timeline.fps)
    at = timeline.clips.index(first)
    new = Clip(
        asset=asset.id,
        source=asset.blob,
        facts=asset.facts,
        source_in_s=0.0 if asset.facts.still else candidate.source_in_s,
        start=first.start,
        frames=frames,
        phrase=first.phrase,
        segment=candidate.segment,
        crop=candidate.crop,
        transform=candidate.transform,
        move=_move(first, timeline.clips[:at]) if asset.facts.still else None,
        heard=first.heard,
    )
    shown = (*timeline.clips[:at], new, *timeline.clips[at + len(old) :])
    last = _last_phrase(timeline, first.phrase, report)
    matches = tuple(
        _chosen(match, candidate, again=len(old) == 1) if first.phrase <= match.phrase <= last else match
        for match in report.matches
    )
    return timeline.model_copy(update={"clips": shown}), MatchReport(matches=matches)


def _move(old: Clip, before: Sequence[Clip]) -> Move:
    """How the view moves over an image that takes the place of ``old``: as it did there, or else not as it does over
    the image before.
    """
    last = next((clip.move for clip in reversed(before) if clip.move is not None), None)
    return old.move or ("out" if last == "in" else "in")


def wanted_s(timeline: Timeline, report: MatchReport, phrase: int) -> float:
    """For how long a phrase's picture is shown, in seconds.

    Raises:
        LogicalFault: there is no such phrase (``phrase_unknown``).
    """
    return sum(clip.frames for clip in _shot(timeline, report, phrase)) / timeline.fps


def _shot(timeline: Timeline, report: MatchReport, phrase: int) -> tuple[Clip, ...]:
    """The clips over a phrase. Where phrases share a picture, it bears the number of the first of them."""
    if all(match.phrase != phrase for match in report.matches):
        raise LogicalFault(f"there is no phrase {phrase}", code="phrase_unknown")
    owner = max((clip.phrase for clip in timeline.clips if clip.phrase <= phrase), default=timeline.clips[0].phrase)
    return tuple(clip for clip in timeline.clips if clip.phrase == owner)


def _last_phrase(timeline: Timeline, owner: int, report: MatchReport) -> int:
    """The last of the phrases that share the picture of phrase ``owner``."""
    after = min((clip.phrase for clip in timeline.clips if clip.phrase > owner), default=None)
    return max(match.phrase for match in report.matches) if after is None else after - 1


def _must_last(candidate: Candidate, asset: Asset, wanted: float) -> None:
    if asset.facts.still:
        return
    end_s = asset.facts.duration_s if candidate.source_out_s is None else candidate.source_out_s
    there_s = min(end_s, asset.facts.duration_s) - candidate.source_in_s
    if there_s + _EXACT_S < wanted:
        raise LogicalFault(
            f"{candidate.name} can be shown for {max(0.0, there_s):.1f} s there, the phrase takes {wanted:.1f} s",
            code="choice_too_short",
        )


def _chosen(match: Match, candidate: Candidate, *, again: bool) -> Match:
    others = [other for other in match.runners_up if _place(other) != _place(candidate)]
    if again and _place(match.chosen) != _place(candidate):
        others.insert(0, match.chosen)
    return match.model_copy(
        update={"chosen": candidate, "runners_up": tuple(others[:RUNNERS_UP_MAX]), "reason": CHOSEN_BY_HAND}
    )


def _place(candidate: Candidate) -> tuple[object, ...]:
    return candidate.asset, candidate.source_in_s
