"""Looks for jobs and uploads that have not moved for long, finds out why, and has lost work done again.

The database says which ones have not ended; whether one really stands still, and what is done about it, is decided by
the log alone, under the condition that nothing was added to the job meanwhile. So a database that is behind, or two
reconcilers at once, do no harm.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import nats.errors
import nats.js.errors
from nats.js.api import ConsumerInfo

from contracts import streams, subjects
from contracts.events import AssetAnalysedV1, AssetRejectedV1, AssetUploadedV1, JobRequestedV1, RetryRequestedV1
from contracts.faults import Fault, Unavailable
from contracts.health import Look, StuckJob, slots_of
from contracts.progress import StepName
from contracts.story import FINAL, JobStory, view
from contracts.streams import DURABLES
from contracts.waiting import Wait, check_wait, waits
from kit.bus import Bus, now
from kit.database import AWAY, Pool
from kit.inboxes import inboxes
from kit.looks import keep_look
from kit.presence import presences
from kit.settings import Settings
from kit.sql import queries
from services.reconciler.acting import ask_again, ask_again_to_look, give_up, give_up_checking, give_up_looking
from services.reconciler.deciding import Act, Inboxes, Judgement, Lane, judge, only_queued
from services.reconciler.known import ASSETS, Known, known

log = logging.getLogger(__name__)

SQL = queries("services.reconciler")
# In one look; the next one goes on behind the last.
_JOBS_MAX = 500
_NOT_WRITTEN_DOWN_MAX = 200
_TOLD_MAX = 100
_LOOK_MAX_S = 300.0
_AWAY = (nats.errors.Error, nats.js.errors.Error, *AWAY)


@dataclass(slots=True)
class _Found:
    """What one look comes to."""

    looked_at: int = 0
    again: int = 0
    failed: int = 0
    stuck: list[StuckJob] = field(default_factory=list)

    def note(self, job: UUID, inbox_name: str, since: datetime, judgement: Judgement) -> None:
        self.stuck.append(StuckJob(job=job, inbox=inbox_name, since=since, why=judgement.why))
        about = {"job": str(job), "inbox": inbox_name, "why": judgement.why}
        if judgement.act is Act.LEAVE:
            log.info("has not moved for long", extra=about)
        else:
            log.warning("has not moved for long, and is helped", extra=about)

    def look(self, at: datetime) -> Look:
        told = tuple(self.stuck[:_TOLD_MAX])
        return Look(
            at=at, looked_at=self.looked_at, again=self.again, failed=self.failed, stuck=len(self.stuck), jobs=told
        )


class Reconciler:
    """Looks every minute, one process at a time."""

    def __init__(self, bus: Bus, pool: Pool, settings: Settings) -> None:
        self._bus = bus
        self._pool = pool
        self._every_s = settings.reconcile_every_s
        self._stuck_after = timedelta(seconds=settings.stuck_after_s)
        self._jobs_after = 0
        self._assets_after = 0

    async def run(self) -> None:
        """Until cancelled, through restarts of either server."""
        while True:
            await asyncio.sleep(self._every_s)
            try:
                async with asyncio.timeout(_LOOK_MAX_S):
                    await self.look_in_turn()
            except (Fault, *_AWAY, asyncpg.PostgresError) as away:
                log.warning("can't look for stuck jobs now", extra={"reason": repr(away)})
            except Exception:
                log.exception("looking for stuck jobs broke; trying again")

    async def look_in_turn(self) -> Look | None:
        """One look, unless another process is at it."""
        async with self._pool.acquire() as turn:
            if not await turn.fetchval(SQL["take_turn"]):
                return None
            try:
                look = await self.look()
            finally:
                await turn.execute(SQL["give_turn"])
        await keep_look(self._bus, look)
        return look

    async def look(self) -> Look:
        """Looks at a bounded number of jobs and uploads, and acts."""
        began, found = now(), _Found()
        before = began - self._stuck_after
        places = await self._inboxes()  # before any log is read: what is settled then has its outcome there
        async for job in self._jobs(before, places):
            await self._one(job, self._job(job, before, places, found), found)
        for row in await self._pool.fetch(SQL["unchecked"], before, _JOBS_MAX):
            await self._one(row["job"], self._checks(row["job"], before, places, found), found)
        for asset in await self._assets(before):
            await self._one(asset, self._asset(asset, before, places, found), found)
        return found.look(began)

    async def _one(self, whom: UUID, look: Awaitable[None], found: _Found) -> None:
        """One that can't be looked at must not keep the others from it; a server that is away does."""
        found.looked_at += 1
        try:
            await look
        except (Unavailable, *_AWAY):
            raise
        except Exception:
            log.exception("one of the jobs can't be looked at", extra={"job": str(whom)})

    async def _inboxes(self) -> Inboxes:
        alive = await presences(self._bus)
        return Inboxes(
            {name: _lanes(lanes) for name, lanes in (await inboxes(self._bus)).items()},
            {durable.name: sum(slots_of(alive, durable.name).values()) for durable in DURABLES},
        )

    async def _jobs(self, before: datetime, inboxes: Inboxes) -> AsyncIterator[UUID]:
        rows = await self._pool.fetch(SQL["open_jobs"], before, self._jobs_after, _JOBS_MAX)
        self._jobs_after = rows[-1]["requested_seq"] if len(rows) == _JOBS_MAX else 0
        for row in rows:
            if not only_queued(JobStory.model_validate(row["story"]), inboxes):
                yield row["id"]
        async for job in self._not_written_down(before):
            yield job

    async def _not_written_down(self, before: datetime) -> AsyncIterator[UUID]:
        """Jobs in the log that the database does not know yet."""
        position = await self._pool.fetchval(SQL["position"], streams.EVENTS.name) or 0
        count = 0
        async with aclosing(self._bus.history(subjects.heard(JobRequestedV1), since=position + 1)) as facts:  # type: ignore[type-var]
            async for heard in facts:
                if not isinstance(heard.event, JobRequestedV1) or heard.event.at > before:
                    return
                yield heard.event.job
                count += 1
                if count >= _NOT_WRITTEN_DOWN_MAX:
                    return

    async def _job(self, job: UUID, before: datetime, inboxes: Inboxes, found: _Found) -> None:
        seen = await known(self._bus, job)
        if seen.moved_at is None or seen.moved_at > before or view(seen.story).state in FINAL:
            return
        for wait in waits(seen.story, seen.facts):
            if await self._progressed(seen, wait, before):
                continue
            judgement = judge(wait, inboxes.at(wait.inbox, seen.story.lane))
            if judgement.act is Act.QUEUED:
                continue
            found.note(job, wait.inbox, seen.moved_at, judgement)
            if judgement.act is Act.AGAIN:
                seq = await ask_again(self._bus, seen, wait)
                if seq is None:
                    return  # it moves after all
                found.again += 1
                seen = replace(seen, last_seq=seq)
            elif judgement.act is Act.GIVE_UP:
                found.failed += await give_up(self._bus, seen, wait, judgement.why)
                return  # the others are looked at next time, under their job's new last place

    async def _checks(self, job: UUID, before: datetime, inboxes: Inboxes, found: _Found) -> None:
        """A finished job's videos, as far as nobody has said whether they are fit to go out."""
        seen = await known(self._bus, job)
        if seen.moved_at is None or seen.moved_at > before:
            return
        for video in view(seen.story).videos:
            wait = check_wait(seen.facts, video)
            if wait is None or await self._progressed(seen, wait, before):
                continue
            judgement = judge(wait, inboxes.at(wait.inbox, seen.story.lane))
            if judgement.act in {Act.QUEUED, Act.LEAVE}:
                continue  # the job is finished, and the inbox tells by itself that it has no worker
            found.note(job, wait.inbox, seen.moved_at, judgement)
            if judgement.act is Act.AGAIN:
                seq = await ask_again(self._bus, seen, wait)
                if seq is None:
                    return  # it moves after all
                found.again += 1
                seen = replace(seen, last_seq=seq)
            elif judgement.act is Act.GIVE_UP:
                found.failed += await give_up_checking(self._bus, seen, wait, video, judgement.why)
                return

    async def _progressed(self, seen: Known, wait: Wait, before: datetime) -> bool:
        for video in view(seen.story).videos:
            if wait.video in {None, video.id}:
                subject = subjects.progress(seen.story.job, video.id)
                told = await self._bus.last_raw(subject, streams.PROGRESS.name)
                if told is not None and told.time is not None and told.time > before:
                    return True
        return False

    async def _assets(self, before: datetime) -> list[UUID]:
        rows = await self._pool.fetch(SQL["waiting_assets"], before, self._assets_after, _JOBS_MAX)
        self._assets_after = rows[-1]["uploaded_seq"] if len(rows) == _JOBS_MAX else 0
        return [row["id"] for row in rows]

    async def _asset(self, asset: UUID, before: datetime, inboxes: Inboxes, found: _Found) -> None:
        seen = await known(self._bus, asset)
        uploaded = next(((event, seq) for event, seq in seen.facts if isinstance(event, AssetUploadedV1)), None)
        looked_through = any(isinstance(event, AssetAnalysedV1 | AssetRejectedV1) for event, _ in seen.facts)
        if looked_through or uploaded is None or seen.moved_at is None or seen.moved_at > before:
            return
        wait = look_wait(seen, uploaded[1])
        judgement = judge(wait, inboxes.at(ASSETS, uploaded[0].lane), ASSETS)
        if judgement.act is Act.QUEUED:
            return
        found.note(asset, ASSETS, seen.moved_at, judgement)
        if judgement.act is Act.AGAIN:
            found.again += await ask_again_to_look(self._bus, seen, wait, uploaded[0]) is not None
        elif judgement.act is Act.GIVE_UP:
            found.failed += await give_up_looking(self._bus, wait, uploaded[0], judgement.why)


def _lanes(known: Mapping[str, ConsumerInfo]) -> dict[str, Lane]:
    return {
        lane: Lane(
            delivered=info.delivered.stream_seq, floor=info.ack_floor.stream_seq, in_work=info.num_ack_pending or 0
        )
        for lane, info in known.items()
        if info.delivered is not None and info.ack_floor is not None
    }


def look_wait(seen: Known, input_seq: int) -> Wait:
    """What an upload waits for that nobody has looked through."""
    asked = [seq for event, seq in seen.facts if isinstance(event, RetryRequestedV1)]
    return Wait(
        step=StepName.FOOTAGE,
        video=None,
        number=0,
        run=1,
        input_seq=input_seq,
        asked_by=(input_seq, *asked),
        again=len(asked),
    )
