"""Clean-up: reads the whole log, deletes what nobody needs, forgets jobs that failed long ago.

Why nothing that is needed is ever lost, whatever happens at the same time: see docs/decisions/0009.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from contracts import subjects
from contracts.events import JobExpiredV1, VideoFiledV1
from contracts.faults import Fault, LogicalFault, Unavailable
from contracts.story import FINAL, JobStory, fold, view
from kit.blobs import Blobs
from kit.bus import BUS_AWAY, Bus, LogState, now
from kit.follow import follow
from kit.scratch import Scratch
from kit.settings import Settings
from kit.tasks import ended
from kit.turns import turn
from kit.work import Line
from services.storage.keeping import Ended, Known, Leftover, Plan, Policy, Survey, Trashed, plan

log = logging.getLogger(__name__)

_TURN = "retention"
_FIRST_S = 60.0  # a system that lives but for one command is not kept from its work
_SILENCE_S = 30.0
_AT_ONCE = 50  # facts read without a pause: in one process with the gateway, requests come in between


class LogUnreadable(LogicalFault):
    """The log has a fact this version can't read, so it is not known what is needed."""

    code = "event_unknown"


@dataclass(slots=True)
class Report:
    """What was done. ``spared`` was wanted again between the plan and the deed; ``size`` in bytes; ``purged``: videos
    whose files go with the next run.
    """

    blobs: int = 0
    size: int = 0
    jobs: int = 0
    purged: int = 0
    spared: int = 0
    scratch: int = 0
    took_s: float = 0.0

    def as_json(self) -> dict[str, float]:
        return asdict(self)


def policy(settings: Settings) -> Policy:
    """What is set, with None for never."""
    return Policy(
        ended_jobs=_days(settings.retention_failed_days),
        unused=_days(settings.retention_unused_days),
        intermediate=_days(settings.retention_intermediate_days),
        intermediate_bytes=settings.retention_intermediate_bytes or None,
        trash=_days(settings.trash_days),
    )


def _days(days: float) -> timedelta | None:
    return timedelta(days=days) if days > 0 else None


class Retention:
    """Plans and carries out. What it read of the log is kept, so that the next run reads on from there."""

    def __init__(
        self,
        bus: Bus,
        blobs: Blobs,
        scratch: Scratch,
        policy: Policy,
        reach: Callable[[str, str], None] = lambda _, __: None,
    ) -> None:
        self._bus = bus
        self._blobs = blobs
        self._scratch = scratch
        self._policy = policy
        self._reach = reach
        self._known = Known()
        self._log = LogState(0, None)

    async def plan(self, at: datetime | None = None) -> Plan:
        """What there is to do as of ``at`` (now), without doing anything.

        Raises:
            Fault: the log or the store does not answer, can't be read, or they don't belong together.
        """
        at = at or now()
        await self._catch_up()
        survey = Survey(self._known)
        async for blob in self._blobs.list():
            survey.add(blob)
        return await asyncio.to_thread(plan, self._known, survey, self._policy, at)

    async def carry_out(self, made: Plan) -> Report:
        """Does what is planned, but for what is wanted again. May die anywhere: the next run does the rest."""
        began = time.monotonic()
        done = Report()
        for job in made.jobs:
            if await self._expired(job):
                done.jobs += 1
            else:
                done.spared += 1
        for leftover in made.leftovers:
            await self._purged(leftover)
        for trashed in made.trash:
            if await self._emptied(trashed):
                done.purged += 1
            else:
                done.spared += 1
        for doomed in made.blobs:
            if await self._blobs.delete(doomed.blob.sha256, unless_put_since=made.unless_put_since):
                done.blobs += 1
                done.size += doomed.blob.size
            else:
                done.spared += 1
        done.scratch = await asyncio.to_thread(self._scratch.sweep)
        done.took_s = round(time.monotonic() - began, 3)
        log.info("retention", extra=done.as_json())
        return done

    async def run(self) -> Report:
        return await self.carry_out(await self.plan())

    async def _expired(self, job: Ended) -> bool:
        """The log lets it in only if nothing was said about the job since it was looked at."""
        fact = JobExpiredV1(owner=job.owner, lane=job.lane, at=now(), job=job.job, ended_at=job.ended_at)
        announced = await self._bus.announce(fact, after=job.last_seq, guard=subjects.facts_of(job.job))
        if announced.won:
            self._reach(_TURN, "before-purge")
            await self._bus.purge_job(job.job, announced.seq)
        return announced.won

    async def _emptied(self, trashed: Trashed) -> bool:
        """Says that a deleted video's files are gone, before any of them is: the log lets it in only if its owner has
        not restored it, and nothing else was said about its job, since this looked.
        """
        story = JobStory(job=trashed.job)
        async for heard in self._bus.history(subjects.facts_of(trashed.job)):
            story = fold(story, heard.event, heard.seq)
        video = next((each for each in view(story).videos if each.id == trashed.video), None)
        if video is None or video.state not in FINAL or video.filed != trashed.revision or video.deleted_at is None:
            return False
        at = now()
        fact = VideoFiledV1(
            owner=story.owner,
            lane=story.lane,
            at=at,
            job=trashed.job,
            video=trashed.video,
            number=trashed.number,
            revision=trashed.revision + 1,
            name=story.filed[str(trashed.video)].name,
            deleted_at=video.deleted_at,
            purged_at=at,
        )
        return (await self._bus.announce(fact, after=story.last_seq, guard=subjects.facts_of(trashed.job))).won

    async def _purged(self, leftover: Leftover) -> None:
        await self._bus.purge_job(leftover.job, leftover.before)
        self._known.settled(leftover)

    async def _catch_up(self) -> None:
        state = await self._bus.log_state()
        if state.created != self._log.created or state.last_seq < self._known.position:
            self._known = Known()
        self._log = state
        if self._known.position >= state.last_seq:
            return
        try:
            await self._read_to(state.last_seq)
        except TimeoutError as silent:
            raise Unavailable("the event log does not answer", code=BUS_AWAY) from silent

    async def _read_to(self, last_seq: int) -> None:
        loop = asyncio.get_running_loop()
        async with (
            asyncio.timeout(_SILENCE_S) as silence,
            aclosing(follow(self._bus, subjects.EVENTS, self._known.position, _AT_ONCE)) as batches,
        ):
            async for batch in batches:
                for event, seq in batch:
                    if event is None:
                        raise LogUnreadable(f"fact {seq} of the event log can't be read by this version")
                    self._known.take(event, seq)
                if self._known.position >= last_seq:
                    return
                silence.reschedule(loop.time() + _SILENCE_S)


@asynccontextmanager
async def retaining(line: Line) -> AsyncIterator[None]:
    """Cleans up every so often while inside, one process at a time."""
    every_s = line.settings.retention_every_s
    if every_s <= 0:
        yield
        return
    retention = Retention(line.bus, line.blobs, line.scratch, policy(line.settings), line.crash.reach)
    task = asyncio.create_task(_again_and_again(line.bus, retention, every_s), name="retention")
    try:
        yield
    finally:
        await ended(task)


async def _again_and_again(bus: Bus, retention: Retention, every_s: float) -> None:
    await asyncio.sleep(min(_FIRST_S, every_s))
    while True:
        try:
            async with turn(bus, _TURN, every_s=every_s * 0.9) as mine:
                if mine:
                    await retention.run()
        except Fault as fault:
            log.warning("retention deletes nothing (more) now", extra={"fault": fault.code, "reason": fault.message})
        except Exception:
            log.exception("retention broke; it is tried again")
        await asyncio.sleep(every_s)


async def run_once(bus: Bus, retention: Retention) -> Report | None:
    """One run by command; None if another process is at it."""
    async with turn(bus, _TURN) as mine:
        return await retention.run() if mine else None
