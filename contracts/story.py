"""What became of a job, folded from its facts.

A story is a set of facts, each with its place in the log, so folding is idempotent and the order does not matter:
told twice, or the last first, it comes out the same. What a user sees is derived from the set by ``view``.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TypeGuard
from uuid import UUID

from pydantic import Field

from contracts.brief import Brief, Gate, ProductBrief
from contracts.events import (
    NOBODY,
    AssetUploadedV1,
    Event,
    JobCancelRequestedV1,
    JobEvent,
    JobExpiredV1,
    JobRequestedV1,
    RetryRequestedV1,
    ReviewableEvent,
    SpeechReadyV1,
    StepCancelled,
    StepFailed,
    TimelineReadyV1,
    VideoEvent,
    VideoFile,
    VideoFiledV1,
    VideoStoredV1,
    video_id,
)
from contracts.faults import FaultReport
from contracts.media import BlobRef
from contracts.outputs import PresetName, Quality
from contracts.progress import STEPS, StepName
from contracts.streams import DURABLES
from contracts.values import Value

_OPENING_WORDS = 6
_OPENING_CHARS = 60
_OF_UPLOADS = frozenset(durable.name for durable in DURABLES if durable.hears is AssetUploadedV1)


class State(StrEnum):
    """Where a job or a video stands."""

    QUEUED = "queued"  # accepted, nothing finished yet
    RUNNING = "running"  # some steps are finished
    WAITING = "waiting_for_review"  # nothing is done until its user has approved what was made so far
    COMPLETED = "completed"  # every file asked for is there
    FAILED = "failed"  # something asked for will not come
    CANCELLED = "cancelled"  # the user stopped it


FINAL = frozenset({State.COMPLETED, State.FAILED, State.CANCELLED})
AT_REST = FINAL | {State.WAITING}  # nothing moves until somebody asks for something
# What a video waits for after a step, as a brief names it.
GATES: dict[StepName, Gate] = {StepName.SCRIPT: "script", StepName.TTS: "voice", StepName.FOOTAGE: "plan"}


class StepState(StrEnum):
    """Where one step of a video stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class StepFact(Value):
    """The outcome of one step of one video, and its place in the log."""

    video: UUID
    number: int
    run: int
    step: StepName
    state: StepState
    seq: int
    received_at: datetime
    at: datetime
    reused: bool = False
    held: bool = False
    fault: FaultReport | None = None
    files: tuple[VideoFile, ...] = ()
    thumbnail: BlobRef | None = None
    length_s: float | None = None  # of the video, as far as the step tells it

    @property
    def key(self) -> str:
        return f"{self.video}/{self.run}/{self.step}"


class Asked(Value):
    """The last run that was asked for, and where in the log."""

    run: int
    seq: int


class Filed(Value):
    """The owner's last word on a video in their library."""

    revision: int
    seq: int
    name: str | None = None
    deleted_at: datetime | None = None
    purged_at: datetime | None = None


class JobStory(Value):
    """The facts known of one job. Any of them may be missing while they are still on their way."""

    job: UUID
    owner: str = ""
    lane: str = ""
    requested_seq: int | None = None
    requested_at: datetime | None = None
    title: str = ""
    opening: str = ""  # the first words of what was asked for, where it has no title
    project: str | None = None
    kind: str = ""
    quality: Quality = "final"
    presets: tuple[PresetName, ...] = ()
    variants: int = 0
    fingerprint: str = ""
    batch: UUID | None = None
    row: int | None = None
    cancel_seq: int | None = None
    cancelled_at: datetime | None = None
    facts: dict[str, StepFact] = Field(default_factory=dict)
    retries: dict[str, Asked] = Field(default_factory=dict)  # by video, or NOBODY for all of them
    filed: dict[str, Filed] = Field(default_factory=dict)  # by video
    last_seq: int = 0
    expired_seq: int = 0

    @property
    def gone(self) -> bool:
        """Whether the job was forgotten, and not asked for again since."""
        return self.expired_seq > 0 and self.requested_seq is None


def is_of_a_job(event: Event) -> TypeGuard[JobEvent | VideoEvent]:
    """Whether a fact belongs to a job's story. A retry may also be of the look through an upload."""
    if isinstance(event, RetryRequestedV1):
        return event.inbox not in _OF_UPLOADS
    return isinstance(event, JobEvent | VideoEvent)


def fold(story: JobStory, event: Event, seq: int) -> JobStory:
    """The story with one more fact. ``seq`` is the fact's sequence in the events stream."""
    last = {"last_seq": max(story.last_seq, seq), "owner": event.owner, "lane": story.lane or event.lane}
    if isinstance(event, JobExpiredV1):
        return _forgotten(story, seq).model_copy(update=last)
    if seq < story.expired_seq:  # told late: it was forgotten with all that came before
        return story.model_copy(update=last)
    return story.model_copy(update=last | _news(story, event, seq))


def _news(story: JobStory, event: Event, seq: int) -> dict[str, object]:
    """What a fact adds to a story."""
    match event:
        case JobRequestedV1():
            brief = event.order.brief
            return {
                "requested_seq": seq,
                "requested_at": event.at,
                "lane": event.lane,
                "title": brief.title,
                "opening": "" if brief.title.strip() else _opening(brief),
                "project": brief.project,
                "kind": brief.kind,
                "quality": brief.quality,
                "presets": brief.presets,
                "variants": brief.variants,
                "fingerprint": event.fingerprint,
                "batch": event.batch,
                "row": event.row,
            }
        case JobCancelRequestedV1():
            return {"cancel_seq": seq, "cancelled_at": event.at}
        case RetryRequestedV1():
            whom = event.about[1]
            known = story.retries.get(whom)
            asked = Asked(run=event.run, seq=seq)
            return {"retries": story.retries | {whom: asked if known is None or known.run < event.run else known}}
        case VideoFiledV1():
            return _filed(story, event, seq)
        case VideoEvent():
            fact = _step_fact(event, seq)
            first = story.facts.get(fact.key)
            return {} if first is not None and first.seq <= seq else {"facts": story.facts | {fact.key: fact}}
        case _:
            return {}


def _opening(brief: Brief) -> str:
    """The first words of a brief, to tell its videos by; an ellipsis says that there are more."""
    said = brief.products[0].name if isinstance(brief, ProductBrief) else brief.script or getattr(brief, "context", "")
    start = " ".join(said[:_OPENING_CHARS].split()[:_OPENING_WORDS])
    return start if len(start) == len(" ".join(said.split())) else start.rstrip(" .,;:!?") + "…"


def _filed(story: JobStory, event: VideoFiledV1, seq: int) -> dict[str, object]:
    known = story.filed.get(str(event.video))
    if known is not None and known.revision >= event.revision:
        return {}
    word = Filed(
        revision=event.revision, seq=seq, name=event.name, deleted_at=event.deleted_at, purged_at=event.purged_at
    )
    return {"filed": story.filed | {str(event.video): word}}


def _forgotten(story: JobStory, seq: int) -> JobStory:
    """The story without what came before ``seq``; the same id may have been asked for again since."""
    expired = max(story.expired_seq, seq)
    if (story.requested_seq or 0) < expired:
        kept = story.model_dump(include={"job", "owner", "lane", "cancel_seq", "cancelled_at"})
        story = JobStory(**kept, facts=story.facts, retries=story.retries, filed=story.filed)
    since: dict[str, object] = {"facts": {key: fact for key, fact in story.facts.items() if fact.seq > expired}}
    since["retries"] = {whom: retry for whom, retry in story.retries.items() if retry.seq > expired}
    since["filed"] = {video: word for video, word in story.filed.items() if word.seq > expired}
    if (story.cancel_seq or 0) < expired:
        since |= {"cancel_seq": None, "cancelled_at": None}
    return story.model_copy(update={"expired_seq": expired} | since)


def _step_fact(event: VideoEvent, seq: int) -> StepFact:
    fact = StepFact(
        video=event.video,
        number=event.number,
        run=event.run,
        step=event.step,
        state=StepState.DONE,
        seq=seq,
        received_at=event.received_at,
        at=event.at,
        reused=event.reused,
    )
    if isinstance(event, StepFailed):
        return fact.model_copy(update={"state": StepState.FAILED, "fault": event.fault})
    if isinstance(event, StepCancelled):
        return fact.model_copy(update={"state": StepState.CANCELLED})
    if isinstance(event, VideoStoredV1):
        return fact.model_copy(update={"files": event.files, "thumbnail": event.thumbnail})
    if isinstance(event, ReviewableEvent):
        return fact.model_copy(update={"held": event.held, "length_s": _length_s(event)})
    return fact


def _length_s(event: ReviewableEvent) -> float | None:
    """How long the video is going to be, where a step tells."""
    match event:
        case SpeechReadyV1():
            return event.speech.duration_s
        case TimelineReadyV1():
            return event.timeline.duration_s
        case _:
            return None


class StepView(Value):
    """One step as a user sees it. ``share`` is 0..1; ``eta_s`` seconds to its end, if known. ``began_at``: when it was
    taken up. ``queue_place``: how many waiting steps of the same station, whosever they are, come before it, plus one;
    null if it does not wait in a queue.
    """

    step: StepName
    state: StepState
    share: float = 0.0
    eta_s: float | None = None
    reused: bool = False
    began_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    queue_place: int | None = None
    fault: FaultReport | None = None


class Awaited(Value):
    """A step that is to come or under way: ``seq`` is the place in the log of the message that asks for it."""

    step: StepName
    seq: int


class VideoView(Value):
    """One variant as a user sees it. ``review`` is what it waits for. While something is made anew ``files`` are those
    of an earlier run, ``files_run``. ``awaited`` is the step it needs next; ``length_s`` how long it is or is going to
    be, in seconds. ``filed``: how often its place in the library changed.
    """

    id: UUID
    job: UUID
    number: int
    run: int
    name: str
    state: State
    steps: tuple[StepView, ...]
    awaited: Awaited | None = None
    length_s: float | None = None
    finished_at: datetime | None = None
    filed: int = 0
    deleted_at: datetime | None = None
    purged_at: datetime | None = None
    review: Gate | None = None
    files: tuple[VideoFile, ...] = ()
    files_run: int | None = None
    thumbnail: BlobRef | None = None
    fault: FaultReport | None = None


class JobView(Value):
    """A job as a user sees it. ``name`` is its title, or the first words of what was asked for; ``share`` is 0..1 over
    all steps of all videos; ``version`` grows with each fact. ``batch`` and ``row``: what made it.
    """

    id: UUID
    owner: str
    title: str
    name: str
    project: str | None
    kind: str
    quality: Quality
    presets: tuple[PresetName, ...]
    state: State
    share: float
    created_at: datetime | None
    finished_at: datetime | None
    videos: tuple[VideoView, ...]
    fault: FaultReport | None = None
    version: int
    batch: UUID | None = None
    row: int | None = None


def view(story: JobStory) -> JobView:
    """What the facts amount to."""
    videos = tuple(_video_view(story, number) for number in range(1, story.variants + 1))
    state = _job_state([video.state for video in videos])
    shares = [step.share for video in videos for step in video.steps]
    return JobView(
        id=story.job,
        owner=story.owner,
        title=story.title,
        name=_job_name(story),
        project=story.project,
        kind=story.kind,
        quality=story.quality,
        presets=story.presets,
        state=state,
        share=round(sum(shares) / len(shares), 4) if shares else 0.0,
        created_at=story.requested_at,
        finished_at=_finished_at(story) if state in FINAL else None,
        videos=videos,
        fault=next((video.fault for video in videos if video.fault), None),
        version=story.last_seq,
        batch=story.batch,
        row=story.row,
    )


def standing(story: JobStory, video: UUID) -> dict[StepName, StepFact]:
    """The outcomes of a video's steps that count, in order. One that was made anew takes the place of its own earlier
    ones, and of all that was made of these.
    """
    mine = _of(story, video)
    return _standing(mine, _run(story, video, mine))


def _of(story: JobStory, video: UUID) -> list[StepFact]:
    return [fact for fact in story.facts.values() if fact.video == video]


def _run(story: JobStory, video: UUID, mine: list[StepFact]) -> int:
    again = [retry.run for whom in (str(video), NOBODY) if (retry := story.retries.get(whom)) is not None]
    return max([1, *again, *(fact.run for fact in mine)])


def _standing(mine: list[StepFact], run: int) -> dict[StepName, StepFact]:
    # What failed in an earlier run is to be done again; what was done then still is.
    still = (fact for fact in mine if fact.run == run or fact.state is StepState.DONE)
    newest = {fact.step: fact for fact in sorted(still, key=lambda fact: fact.run)}
    found: dict[StepName, StepFact] = {}
    made_in = 0
    for step in STEPS:
        if step in newest and newest[step].run >= made_in:
            found[step], made_in = newest[step], newest[step].run
    return found


def _video_view(story: JobStory, number: int) -> VideoView:
    video = video_id(story.job, number)
    mine = _of(story, video)
    run = _run(story, video, mine)
    by_step = _standing(mine, run)
    last = next(reversed(by_step.values()), None)
    failed = next((fact for fact in by_step.values() if fact.state is StepState.FAILED), None)
    state = _video_state(story, by_step, failed=failed, started=bool(mine))
    word = story.filed.get(str(video)) or Filed(revision=0, seq=0)
    finished = _finished(story, mine, word)
    return VideoView(
        id=video,
        job=story.job,
        number=number,
        run=run,
        name=word.name or _own_name(story, number),
        state=state,
        awaited=None if state in AT_REST else _awaited(story, video, run, by_step),
        length_s=_length_known(by_step, finished),
        finished_at=finished.at if finished else None,
        filed=word.revision,
        deleted_at=word.deleted_at,
        purged_at=word.purged_at,
        steps=tuple(_step_view(step, by_step.get(step), state) for step in STEPS),
        review=GATES[last.step] if last is not None and state is State.WAITING else None,
        files=finished.files if finished else (),
        files_run=finished.run if finished else None,
        thumbnail=finished.thumbnail if finished else None,
        fault=failed.fault if failed and state is State.FAILED else None,
    )


def _own_name(story: JobStory, number: int) -> str:
    """What a video is called before anybody renames it: as its job, later variants with their number."""
    name = _job_name(story)
    return name if number == 1 else f"{name} {number}"


def _job_name(story: JobStory) -> str:
    """Its title; of a job without one, the first words of what was asked for."""
    return story.title.strip() or story.opening or "Untitled"


def _awaited(story: JobStory, video: UUID, run: int, by_step: dict[StepName, StepFact]) -> Awaited | None:
    """The first step that is not done, asked for by the outcome before it, or by whoever wants it once more."""
    done = [fact for fact in by_step.values() if fact.state is StepState.DONE]
    if story.requested_seq is None or len(done) == len(STEPS):
        return None
    retried = (story.retries.get(whom) for whom in (str(video), NOBODY))
    asked = [retry.seq for retry in retried if retry is not None and retry.run == run]
    return Awaited(step=STEPS[len(done)], seq=max([done[-1].seq if done else story.requested_seq, *asked]))


def _length_known(by_step: dict[StepName, StepFact], finished: StepFact | None) -> float | None:
    """By the last step that tells; the files themselves say it best."""
    if finished is not None and finished.files and by_step.get(StepName.STORAGE) is finished:
        return finished.files[0].duration_s
    told = [fact.length_s for fact in by_step.values() if fact.length_s is not None]
    return told[-1] if told else None


def _finished(story: JobStory, mine: list[StepFact], word: Filed) -> StepFact | None:
    """The newest end that a video came to: its files are shown until newer ones are there, or they were purged."""
    purged = word.seq if word.purged_at is not None else 0
    done = (fact for fact in mine if fact.step is StepName.STORAGE and fact.state is StepState.DONE)
    ends = (fact for fact in done if fact.seq > purged)
    return max((end for end in ends if not _too_late(story, end)), key=lambda fact: fact.run, default=None)


def _too_late(story: JobStory, fact: StepFact) -> bool:
    """A result that the log has after the cancellation does not count."""
    return story.cancel_seq is not None and fact.seq > story.cancel_seq


def _video_state(
    story: JobStory, by_step: dict[StepName, StepFact], *, failed: StepFact | None, started: bool
) -> State:
    stored = by_step.get(StepName.STORAGE)
    if stored is not None and stored.state is StepState.DONE and not _too_late(story, stored):
        return State.COMPLETED
    if failed is not None and not _too_late(story, failed):
        return State.FAILED
    if story.cancel_seq is not None:
        return State.CANCELLED
    if by_step and next(reversed(by_step.values())).held:
        return State.WAITING
    return State.RUNNING if started else State.QUEUED


def _step_view(step: StepName, fact: StepFact | None, video: State) -> StepView:
    if fact is None:
        state = StepState.CANCELLED if video is State.CANCELLED else StepState.WAITING
        return StepView(step=step, state=state)
    return StepView(
        step=step,
        state=fact.state,
        share=1.0 if fact.state is StepState.DONE else 0.0,
        reused=fact.reused,
        began_at=fact.received_at,
        started_at=fact.received_at,
        finished_at=fact.at,
        fault=fact.fault,
    )


def _job_state(videos: list[State]) -> State:
    if not videos:
        return State.QUEUED
    if all(state in FINAL for state in videos):
        for worst in (State.CANCELLED, State.FAILED):
            if worst in videos:
                return worst
        return State.COMPLETED
    if all(state in AT_REST for state in videos):
        return State.WAITING
    return State.QUEUED if all(state is State.QUEUED for state in videos) else State.RUNNING


def _finished_at(story: JobStory) -> datetime | None:
    ends = [fact.at for fact in story.facts.values()]
    if story.cancelled_at is not None:
        ends.append(story.cancelled_at)
    return max(ends, default=None)
