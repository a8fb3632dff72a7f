"""Has lost work done again, and ends what was lost too often. The log refuses either if the job moved meanwhile."""

from __future__ import annotations

from uuid import UUID

from contracts import subjects
from contracts.events import AssetUploadedV1, RetryRequestedV1, StepFailed
from contracts.faults import FaultReport
from contracts.letters import DeadLetter, about
from contracts.progress import STEPS
from contracts.story import AT_REST, JobStory, VideoView, view
from contracts.waiting import Wait
from kit.bus import Bus, UnknownEvent, decode, now
from kit.letters import bury
from services.reconciler.failing import failed, unknown
from services.reconciler.known import ASSETS, Known, end_step, reject


async def ask_again(bus: Bus, seen: Known, wait: Wait) -> int | None:
    """Asks a station for a step once more, in the same run; the place of that in the log, None if the job has moved.

    Raises:
        Unavailable: the server is away.
    """
    story = seen.story
    return await _announced(bus, seen, _retry(wait, story.owner, story.lane, story.job, wait.inbox))


async def ask_again_to_look(bus: Bus, seen: Known, wait: Wait, uploaded: AssetUploadedV1) -> int | None:
    """``ask_again`` for an upload that nobody has looked through."""
    return await _announced(bus, seen, _retry(wait, uploaded.owner, uploaded.lane, uploaded.asset.id, ASSETS))


def _retry(wait: Wait, owner: str, lane: str, whom: UUID, inbox: str) -> RetryRequestedV1:
    return RetryRequestedV1(
        owner=owner,
        lane=lane,
        at=now(),
        job=whom,
        video=wait.video,
        number=wait.number,
        run=wait.run,
        inbox=inbox,
        input_seq=wait.input_seq,
    )


async def _announced(bus: Bus, seen: Known, retry: RetryRequestedV1) -> int | None:
    announced = await bus.announce(retry, after=seen.last_seq, guard=subjects.facts_of(retry.job))
    return announced.seq if announced.won else None


async def give_up(bus: Bus, seen: Known, wait: Wait, why: str) -> int:
    """Fails a step that was lost too often, for each video that waits for it; how many of these failures count.

    Raises:
        Unavailable: the server is away.
    """
    fault = _lost(wait, why)
    raw = await bus.raw_at(wait.input_seq)
    await bury(bus, _letter(wait.inbox, wait, (raw.subject if raw else None) or "", fault, seen.story.owner))
    videos = [video for video in view(seen.story).videos if video.state not in AT_REST]
    numbers = [video.number for video in videos if wait.video in {None, video.id}]
    return sum([await _fail(bus, seen.story, wait, number, fault) for number in numbers])


async def give_up_checking(bus: Bus, seen: Known, wait: Wait, video: VideoView, why: str) -> int:
    """Says of a video that it could not be checked, because its check was lost too often. Raises as ``give_up``."""
    fault = _lost(wait, why)
    raw = await bus.raw_at(wait.input_seq)
    await bury(bus, _letter(wait.inbox, wait, (raw.subject if raw else None) or "", fault, seen.story.owner))
    return int((await bus.announce(unknown(seen.story, video, wait.run, fault, now()))).won)


async def give_up_looking(bus: Bus, wait: Wait, uploaded: AssetUploadedV1, why: str) -> int:
    """Rejects an upload whose look was lost too often. Raises as ``give_up``."""
    fault = _lost(wait, why)
    await bury(bus, _letter(ASSETS, wait, subjects.fact(uploaded), fault, uploaded.owner))
    return int(await reject(bus, uploaded.asset.id, fault))


async def _fail(bus: Bus, story: JobStory, wait: Wait, number: int, fault: FaultReport) -> bool:
    """Fails the step, or, where an outcome of it stands that can't be read, the one that should take that up."""
    for step in STEPS[STEPS.index(wait.step) :]:
        fact = failed(
            step,
            owner=story.owner,
            lane=story.lane,
            job=story.job,
            number=number,
            run=wait.run,
            fault=fault,
            at=now(),
        )
        if await end_step(bus, fact):
            return True
        if await _is_readable(bus, fact):  # somebody was faster, and the line goes on from there
            return False
    return False


async def _is_readable(bus: Bus, fact: StepFailed) -> bool:
    """Whether the outcome that stands in the place of ``fact`` can be read."""
    standing = await bus.last_raw(subjects.rivals(fact))
    try:
        return standing is not None and bool(decode(standing.subject or "", standing.data or b""))
    except UnknownEvent:
        return False


def _lost(wait: Wait, why: str) -> FaultReport:
    return FaultReport(code="work_lost", message=why, technical=True, tries=wait.again + 1)


def _letter(inbox: str, wait: Wait, subject: str, fault: FaultReport, owner: str) -> DeadLetter:
    whom = about(subject)
    return DeadLetter(
        inbox=inbox,
        seq=wait.input_seq,
        subject=subject,
        reason="work_lost",
        fault=fault,
        at=now(),
        owner=owner,
        job=whom.job,
        video=wait.video,
        run=wait.run,
    )
