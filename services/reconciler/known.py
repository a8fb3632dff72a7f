"""What the log knows of a job, and how a step that nobody finishes is ended there."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts import subjects
from contracts.events import AssetRejectedV1, AssetUploadedV1, Event, StepFailed
from contracts.faults import FaultReport
from contracts.story import JobStory, fold
from contracts.streams import durable
from contracts.waiting import Sequenced
from kit.bus import Bus, UnknownEvent, decode, now

log = logging.getLogger(__name__)

ASSETS = "footage-assets"


@dataclass(frozen=True, slots=True)
class Known:
    """A job's readable facts, and the place and time (the server's) of its last one, readable or not."""

    story: JobStory
    facts: tuple[Sequenced, ...]
    last_seq: int
    moved_at: datetime | None


async def known(bus: Bus, job: UUID) -> Known:
    """A job as the log has it. What is announced under ``last_seq`` is refused if anything was added since.

    Raises:
        Unavailable: the server is away.
    """
    last = await bus.last_raw(subjects.facts_of(job))  # before the facts: what comes meanwhile makes the guard fail
    story = JobStory(job=job)
    facts: list[Sequenced] = []
    async for heard in bus.history(subjects.facts_of(job)):
        story = fold(story, heard.event, heard.seq)
        facts.append((heard.event, heard.seq))
    if last is None:
        return Known(story, tuple(facts), story.last_seq, None)
    return Known(story, tuple(facts), max(last.seq or 0, story.last_seq), last.time)


async def end_step(bus: Bus, fact: StepFailed) -> bool:
    """Announces a step's failure unless it has an outcome; whether this is the one that counts.

    Raises:
        Unavailable: the server is away.
    """
    return await _announced(bus, fact, durable(fact.step.value).hears)


async def reject(bus: Bus, asset: UUID, fault: FaultReport) -> bool:
    """Announces that nobody will look through an upload, unless somebody has; whether this is what counts."""
    raw = await bus.last_raw(subjects.last_of(AssetUploadedV1, asset))
    try:
        uploaded = decode(raw.subject or "", raw.data or b"") if raw is not None else None
    except UnknownEvent:
        uploaded = None
    if not isinstance(uploaded, AssetUploadedV1):
        log.warning("an upload of which nothing can be read can't be rejected", extra={"asset": str(asset)})
        return False
    fact = AssetRejectedV1(owner=uploaded.owner, lane=uploaded.lane, at=now(), asset=uploaded.asset, fault=fault)
    return await _announced(bus, fact, AssetUploadedV1)


async def _announced(bus: Bus, fact: Event, asked_by: type[Event]) -> bool:
    """The input is a rival too where it has the noun of the outcome; anything else among the rivals is an outcome."""
    last = await bus.last_raw(subjects.rivals(fact))
    if last is not None and not subjects.is_of(last.subject or "", asked_by):
        return False
    return (await bus.announce(fact, after=(last.seq or 0) if last else 0)).won
