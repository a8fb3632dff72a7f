"""Writes the events stream down in PostgreSQL, each fact's effect exactly once.

The position in the stream lies in the same database and moves in the same transaction as the rows, so there is
nothing to acknowledge: whoever starts reads on from there.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing

import asyncpg
from nats.aio.msg import Msg

from contracts import streams, subjects
from contracts.events import AssetEvent
from contracts.progress import ProgressV1
from contracts.story import JobStory
from kit.bus import Bus
from kit.database import AWAY, Connection, Pool
from kit.follow import follow
from kit.in_turn import Facts, Moved, all_but_unfit, in_turn
from kit.sql import queries
from services.projection.fold import Changes, changes, jobs_in, rows_of

log = logging.getLogger(__name__)

SQL = queries("services.projection")
_PROGRESS_EVERY_S = 0.25
_PROGRESS_MAX = 10_000


class Projector:
    """Follows the stream. Only one at a time writes; others wait their turn by an advisory lock."""

    def __init__(self, bus: Bus, pool: Pool) -> None:
        self._bus = bus
        self._pool = pool

    async def run(self) -> None:
        """Follows the stream until cancelled, through restarts of either server."""
        await in_turn(self._pool, SQL["take_turn"], self._follow, "projection")

    async def _follow(self) -> None:
        position = await self.position()
        await self.complete()
        async with aclosing(follow(self._bus, subjects.EVENTS, position)) as batches:
            async for batch in batches:
                position = await self.write(batch, position)

    async def complete(self) -> None:
        """Fills in what rows of an earlier version lack; nothing in all other cases."""
        done = 0
        while True:
            async with self._pool.acquire() as connection, connection.transaction():
                await connection.fetchval(SQL["position"], streams.EVENTS.name)  # nobody else writes meanwhile
                stories = [
                    JobStory.model_validate(row["story"]) for row in await connection.fetch(SQL["unfolded"], 500)
                ]
                await _apply(connection, rows_of(stories))
            if not stories:
                break
            done += len(stories)
        if done:
            log.info("rows of an earlier version are complete now", extra={"jobs": done})

    async def position(self) -> int:
        """The sequence of the last fact written down, 0 before the first."""
        async with self._pool.acquire() as connection:
            await connection.execute(SQL["begin_position"], streams.EVENTS.name)
            return int(await connection.fetchval(SQL["position"], streams.EVENTS.name))

    async def write(self, batch: Facts, after: int) -> int:
        """Writes a batch down; returns the new position. Raises as ``all_but_unfit``."""
        return await all_but_unfit(batch, after, self._write)

    async def _write(self, batch: Facts, after: int) -> int:
        fresh = [(event, seq) for event, seq in batch if seq > after]
        if not fresh:
            return after
        known = [(event, seq) for event, seq in fresh if event is not None]
        last = max(seq for _, seq in fresh)
        async with self._pool.acquire() as connection, connection.transaction():
            if await connection.fetchval(SQL["position"], streams.EVENTS.name) != after:
                raise Moved
            jobs = jobs_in(known)
            rows = await connection.fetch(SQL["stories"], jobs)
            stories = [JobStory.model_validate(row["story"]) for row in rows]
            await _apply(connection, changes(known, {story.job: story for story in stories}))
            await connection.execute(SQL["drop_finished_progress"], jobs)
            if uploads := [event.asset.id for event, _ in known if isinstance(event, AssetEvent)]:
                await connection.execute(SQL["drop_settled_progress"], uploads)
            await connection.execute(SQL["move_position"], streams.EVENTS.name, last)
        return last

    async def catch_up(self) -> int:
        """Writes down all that is in the stream now; returns the position reached."""
        position = await self.position()
        target = (await self._bus.ping())["last_seq"]
        if position >= target:
            return position
        async with aclosing(follow(self._bus, subjects.EVENTS, position)) as batches:
            async for batch in batches:
                position = await self.write(batch, position)
                if position >= target:
                    break
        return position


async def _apply(connection: Connection, rows: Changes) -> None:
    """One statement a table, columns as arrays."""
    for name in Changes.__dataclass_fields__:
        if table := getattr(rows, name):
            await connection.execute(SQL[name], *(list(column) for column in zip(*table, strict=True)))


class ProgressKeeper:
    """Writes down how far each video is, at most a few times a second and only the last word."""

    def __init__(self, bus: Bus, pool: Pool) -> None:
        self._bus = bus
        self._pool = pool
        self._latest: dict[str, ProgressV1] = {}

    async def run(self) -> None:
        subscription = await self._bus.client.subscribe(subjects.PROGRESS, cb=self._heard)
        try:
            while True:
                await asyncio.sleep(_PROGRESS_EVERY_S)
                await self._flush()
        finally:
            if not self._bus.client.is_closed:
                await subscription.unsubscribe()

    async def _heard(self, message: Msg) -> None:
        if len(self._latest) < _PROGRESS_MAX or message.subject in self._latest:
            self._latest[message.subject] = ProgressV1.model_validate_json(message.data)

    async def _flush(self) -> None:
        if not self._latest:
            return
        told, self._latest = list(self._latest.values()), {}
        rows = [(p.video, p.job, p.run, p.step.value, p.share, p.eta_s, p.note, p.at, p.began_at) for p in told]
        try:
            async with self._pool.acquire() as connection:
                await connection.execute(SQL["upsert_progress"], *(list(column) for column in zip(*rows, strict=True)))
        except (*AWAY, asyncpg.PostgresError) as away:
            log.warning("progress can't be written down now", extra={"reason": repr(away)})
