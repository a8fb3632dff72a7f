"""The facts that end a step nobody will announce an outcome of. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from contracts import subjects
from contracts.events import (
    JobRequestedV1,
    ScriptFailedV1,
    SpeechFailedV1,
    StepFailed,
    TimelineFailedV1,
    VideoCheckedV1,
    VideoFailedV1,
    video_id,
)
from contracts.faults import FaultReport
from contracts.letters import DeadLetter
from contracts.progress import StepName
from contracts.quality import CheckVerdict, FileChecked, Finding
from contracts.story import AT_REST, JobStory, StepState, VideoView, view
from contracts.streams import durable
from contracts.waiting import Sequenced, input_of

_FACTS: dict[StepName, type[StepFailed]] = {
    StepName.SCRIPT: ScriptFailedV1,
    StepName.TTS: SpeechFailedV1,
    StepName.FOOTAGE: TimelineFailedV1,
    StepName.RENDER: VideoFailedV1,
    StepName.STORAGE: VideoFailedV1,
}
_VARIANTS_MAX = 10
_WHY = {
    "unreadable": "the {inbox} station can't read the message that asks for its work: {said}",
    "terminated": "the message that asks the {inbox} station for its work was given up: {said}",
    "undelivered": "the message that asks the {inbox} station for its work was delivered too often: {said}",
}


def fault_of(letter: DeadLetter) -> FaultReport:
    """Why a step fails whose message was put aside."""
    message = _WHY[letter.reason].format(inbox=letter.inbox, said=letter.fault.message)
    return FaultReport(code=f"message_{letter.reason}", message=message, technical=True, tries=letter.fault.tries)


def failed(
    step: StepName, *, owner: str, lane: str, job: UUID, number: int, run: int, fault: FaultReport, at: datetime
) -> StepFailed:
    """The failure of one step of one video."""
    common: dict[str, Any] = {
        "owner": owner,
        "lane": lane,
        "job": job,
        "video": video_id(job, number),
        "number": number,
        "run": run,
        "received_at": at,
        "at": at,
        "fault": fault,
    }
    fact = _FACTS[step]
    return fact(**common, **({"failed_step": step} if "failed_step" in fact.model_fields else {}))


def failures(
    letter: DeadLetter, body: bytes, story: JobStory, log: Iterable[Sequenced], at: datetime
) -> Sequence[StepFailed]:
    """What to announce so that nobody waits for the outcome of a dead letter's step. ``body``: the message's own."""
    step = StepName(durable(letter.inbox).service)
    if letter.job is None or step is StepName.QUALITY:
        return ()
    if story.requested_seq is None and subjects.is_of(letter.subject, JobRequestedV1):
        owner, lane, numbers = letter.owner, subjects.lane_of(letter.subject), [*range(1, _variants(body) + 1)]
    else:
        owner, lane = story.owner, story.lane
        facts = tuple(log)
        numbers = [video.number for video in view(story).videos if _waits_for(letter, step, video, facts)]
    fault = fault_of(letter)
    return [
        failed(step, owner=owner, lane=lane, job=letter.job, number=number, run=letter.run, fault=fault, at=at)
        for number in numbers
    ]


def unchecked(letter: DeadLetter, story: JobStory, at: datetime) -> VideoCheckedV1 | None:
    """The verdict on a video whose check is a dead letter, unless it has one."""
    video = next((each for each in view(story).videos if each.id == letter.video), None)
    if video is None or video.check is None or video.check.verdict is not CheckVerdict.PENDING:
        return None
    return unknown(story, video, letter.run, fault_of(letter), at)


def unknown(story: JobStory, video: VideoView, run: int, fault: FaultReport, at: datetime) -> VideoCheckedV1:
    """The verdict on a video that nobody could look at."""
    why = Finding(code="check_failed", message=f"the files could not be checked: {fault.message}"[:500])
    return VideoCheckedV1(
        owner=story.owner,
        lane=story.lane,
        at=at,
        job=story.job,
        video=video.id,
        number=video.number,
        run=run,
        verdict=CheckVerdict.UNKNOWN,
        findings=(why,),
        files=tuple(FileChecked(preset=file.preset, sha256=file.blob.sha256) for file in video.files),
    )


def _waits_for(letter: DeadLetter, step: StepName, video: VideoView, facts: tuple[Sequenced, ...]) -> bool:
    """Whether a video's step has no outcome, and no other message in this run asks for it."""
    if letter.video not in {None, video.id} or video.run != letter.run or video.state in AT_REST:
        return False
    if any(each.step is step and each.state is not StepState.WAITING for each in video.steps):
        return False
    if not subjects.is_of(letter.subject, durable(letter.inbox).hears):
        return True  # it was asked for again
    begun = input_of(facts, step, video.id)
    return begun is None or begun[1] == letter.seq or getattr(begun[0], "run", 1) != letter.run


def _variants(body: bytes) -> int:
    """How many videos an order asks for that this version can't read; 1 where even that can't be told."""
    try:
        found = orjson.loads(body)["order"]["brief"]["variants"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return 1
    return min(_VARIANTS_MAX, found) if isinstance(found, int) and found > 0 else 1
