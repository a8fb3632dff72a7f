"""What stands of a video, and what a user's word makes of it: the fact the line goes on from, as its next run. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from contracts.brief import SubtitleStyle, VoiceChoice
from contracts.choosing import swapped
from contracts.events import (
    Event,
    Order,
    ReviewableEvent,
    Reviewed,
    ScriptReadyV1,
    SpeechReadyV1,
    TimelineReadyV1,
)
from contracts.faults import LogicalFault
from contracts.speech import Narration
from contracts.story import JobStory, VideoView, standing, view
from contracts.timeline import Candidate, Cue

Sequenced = tuple[Event, int]
Fact = TypeVar("Fact", bound=ReviewableEvent)


@dataclass(frozen=True, slots=True)
class Word:
    """What a user said, when, and whether they want to see it before the line goes on (``hold``)."""

    reviewed: Reviewed
    at: datetime
    hold: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """What stands of one video: the outcomes of its steps that count. ``seq`` is the place of its last fact."""

    video: VideoView
    seq: int
    script: ScriptReadyV1 | None = None
    speech: SpeechReadyV1 | None = None
    timeline: TimelineReadyV1 | None = None
    words: tuple[Reviewed, ...] = ()  # all that its user ever said of it
    last_word: ReviewableEvent | None = None

    @property
    def version(self) -> str:
        """Changes with each fact of the video."""
        return f"{self.video.run}-{self.seq}"

    @property
    def newest(self) -> ReviewableEvent | None:
        """The furthest of what can be reviewed."""
        return self.timeline or self.speech or self.script

    def word(self, ident: UUID) -> Reviewed | None:
        """A word that was said before, by its id."""
        return next((word for word in self.words if word.id == ident), None)


def made(story: JobStory, log: Iterable[Sequenced], video: UUID) -> Made:
    """What stands of a video. ``log``: its job's facts with their sequences, in order.

    Raises:
        KeyError: the job has no such video.
    """
    seen = {each.id: each for each in view(story).videos}[video]
    mine = {seq: event for event, seq in log if isinstance(event, ReviewableEvent) and event.video == video}
    stands = [mine.get(fact.seq) for fact in standing(story, video).values()]
    said = [event for event in mine.values() if event.reviewed is not None]
    return Made(
        video=seen,
        seq=max((fact.seq for fact in story.facts.values() if fact.video == video), default=story.requested_seq or 0),
        script=next((event for event in stands if isinstance(event, ScriptReadyV1)), None),
        speech=next((event for event in stands if isinstance(event, SpeechReadyV1)), None),
        timeline=next((event for event in stands if isinstance(event, TimelineReadyV1)), None),
        words=tuple(event.reviewed for event in said if event.reviewed is not None),
        last_word=said[-1] if said else None,
    )


def approved(before: Made, word: Word) -> ReviewableEvent:
    """What waits, to be gone on with.

    Raises:
        LogicalFault: nothing was made yet (``nothing_made``).
    """
    return _again(_there(before.newest, "anything to approve"), before, word)


def scripted(before: Made, word: Word, narration: Narration | None, voice: VoiceChoice | None) -> ScriptReadyV1:
    """Other words, or another voice for them. Subtitles and music stay as they were set for the plan.

    Raises:
        LogicalFault: there is no script yet (``nothing_made``).
    """
    script = _there(before.script, "a script")
    order = _in_the_style_of(before.timeline, script.order)
    changes: dict[str, Any] = {"voice": voice} if voice is not None else {}
    if narration is not None:
        changes["script"] = narration.text
    order = order.model_copy(update={"brief": order.brief.model_copy(update=changes)})
    return _again(script, before, word, order=order, narration=narration or script.narration)


def styled(
    before: Made, word: Word, subtitles: SubtitleStyle, cues: Sequence[Cue], level: dict[str, Any]
) -> TimelineReadyV1:
    """The same pictures with other subtitles, or other music levels (``gain_db``, ``duck``).

    Raises:
        LogicalFault: there is no plan yet (``nothing_made``), or no music in it (``no_music``).
    """
    plan = _there(before.timeline, "a plan")
    changes: dict[str, Any] = {"subtitles": subtitles, "cues": tuple(cues)}
    if level:
        if plan.timeline.music is None:
            raise LogicalFault("the video has no music", code="no_music")
        changes["music"] = plan.timeline.music.model_copy(update=level)
    return _again(plan, before, word, timeline=plan.timeline.model_copy(update=changes))


def chosen(before: Made, word: Word, phrase: int, candidate: Candidate) -> TimelineReadyV1:
    """Another picture for a phrase.

    Raises:
        LogicalFault: there is no plan yet (``nothing_made``), or as ``contracts.choosing.swapped``.
    """
    plan, script = _there(before.timeline, "a plan"), _there(before.script, "a script")
    timeline, report = swapped(plan.timeline, plan.match_report, phrase, candidate, script.order.clips)
    return _again(plan, before, word, timeline=timeline, match_report=report)


def _there(fact: Fact | None, what: str) -> Fact:
    if fact is None:
        raise LogicalFault(f"there is not {what} yet", code="nothing_made")
    return fact


def _again(fact: Fact, before: Made, word: Word, **changes: Any) -> Fact:
    """A fact once more, as what the next run begins with."""
    told = {"received_at": word.at, "at": word.at, "reused": False, "held": word.hold, "reviewed": word.reviewed}
    return fact.model_copy(update={"run": before.video.run + 1} | told | changes)


def _in_the_style_of(plan: TimelineReadyV1 | None, order: Order) -> Order:
    """An order whose brief has the style that was last set: by then the brief of the job is an old one."""
    if plan is None:
        return order
    changes: dict[str, Any] = {"subtitles": plan.timeline.subtitles}
    if order.brief.music is not None and (track := plan.timeline.music) is not None:
        changes["music"] = order.brief.music.model_copy(update={"gain_db": track.gain_db, "duck": track.duck})
    return order.model_copy(update={"brief": order.brief.model_copy(update=changes)})
