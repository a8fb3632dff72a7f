"""Turns facts into deliveries: whose endpoints are to be told of what, each exactly once.

As in the projection, the position in the log lies in the same database as the deliveries and moves in the same
transaction. The first start begins at the log's end: nobody is told of the past.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID, uuid5

from contracts import streams, subjects
from contracts.events import (
    BatchEndedV1,
    Event,
    JobCancelRequestedV1,
    ReviewableEvent,
    StepFailed,
    VideoCheckedV1,
    VideoStoredV1,
)
from contracts.story import JobStory, JobView, fold, view
from contracts.webhooks import Endpoint, Message, told, told_of_batch
from kit.bus import Bus
from kit.database import Pool
from kit.follow import follow
from kit.in_turn import Facts, Moved, all_but_unfit, in_turn
from kit.register import Shelf
from kit.sql import queries

log = logging.getLogger(__name__)

SQL = queries("services.publish")
QUEUE_MOST = 10_000  # deliveries of one owner that wait; what comes on top is left out, and said so
_DELIVERIES = UUID("5d0c1a52-1a0e-5c67-9d54-0b8f0f6d7a31")
_SKEW_S = 10.0  # between the clocks of machines


Telling: TypeAlias = VideoStoredV1 | VideoCheckedV1 | StepFailed | JobCancelRequestedV1 | ReviewableEvent | BatchEndedV1


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message for one endpoint. ``event`` names it: the same fact never makes a second one."""

    id: UUID
    endpoint: UUID
    owner: str
    type: str
    event: str
    body: str


def delivery(endpoint: Endpoint, message: Message, event: str) -> Delivery:
    return Delivery(
        id=uuid5(_DELIVERIES, f"{endpoint.id}\n{event}"),
        endpoint=endpoint.id,
        owner=endpoint.owner,
        type=message.type,
        event=event,
        body=message.model_dump_json(),
    )


class Follower:
    """Follows the log for as long as it is its turn; ``woken`` is called when there are new deliveries."""

    def __init__(self, bus: Bus, pool: Pool, endpoints: Shelf[Endpoint], woken: Callable[[], None]) -> None:
        self._bus = bus
        self._pool = pool
        self._endpoints = endpoints
        self._woken = woken

    async def run(self) -> None:
        """Until cancelled, through restarts of either server."""
        await in_turn(self._pool, SQL["take_turn"], self._follow, "webhooks")

    async def _follow(self) -> None:
        position = await self.position()
        async with aclosing(follow(self._bus, subjects.EVENTS, position)) as batches:
            async for batch in batches:
                position = await all_but_unfit(batch, position, self._written)

    async def position(self) -> int:
        """The last fact that was looked at; the log's end, if none ever was or the log is not the one it was."""
        last = int((await self._bus.ping())["last_seq"])
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(SQL["begin_position"], streams.EVENTS.name, last)
            position = int(await connection.fetchval(SQL["position"], streams.EVENTS.name))
            if position > last:
                log.warning("the log ends before the last fact looked at: it was restored; going on from its end")
                await connection.execute(SQL["move_position"], streams.EVENTS.name, last)
            return min(position, last)

    async def _written(self, batch: Facts, after: int) -> int:
        return await self._write(await self._planned(batch), batch[-1][1], after)

    async def _planned(self, batch: Facts) -> list[Delivery]:
        planned: list[Delivery] = []
        for event, seq in batch:
            if isinstance(event, ReviewableEvent) and not event.held:
                continue  # the line goes on, which nobody is told
            if isinstance(event, Telling):
                planned += await self._of(event, seq)
        return planned

    async def _of(self, event: Telling, seq: int) -> list[Delivery]:
        """What one fact makes of it. A job's story is only read where somebody listens."""
        listening = [one for one in self._endpoints.all().values() if _listens(one, event)]
        if not listening:
            return []
        return [
            delivery(endpoint, message, f"{seq}/{message.type}")
            for message in await self._messages(event, seq)
            for endpoint in listening
            if message.type in endpoint.types
        ]

    async def _messages(self, event: Telling, seq: int) -> list[Message]:
        if isinstance(event, BatchEndedV1):
            return [told_of_batch(event)]
        before, after = await self._views(event.job, seq)
        return list(told(before, after, event.at))

    async def _views(self, job: UUID, seq: int) -> tuple[JobView, JobView]:
        """A job just before a fact and with it, out of the log: right whatever else is late."""
        story = JobStory(job=job)
        async with aclosing(follow(self._bus, subjects.facts_of(job), 0)) as batches:
            async for batch in batches:
                for event, place in batch:
                    if place >= seq:
                        return view(story), view(fold(story, event, place) if event and place == seq else story)
                    story = fold(story, event, place) if event else story
        raise AssertionError("a stream is followed for ever")  # pragma: no cover

    async def _write(self, planned: Sequence[Delivery], last: int, after: int) -> int:
        async with self._pool.acquire() as connection, connection.transaction():
            if await connection.fetchval(SQL["position"], streams.EVENTS.name) != after:
                raise Moved
            if planned:
                columns = zip(*((p.id, p.endpoint, p.owner, p.type, p.event, p.body) for p in planned), strict=True)
                made = await connection.fetch(SQL["insert_deliveries"], *map(list, columns), QUEUE_MOST)
                if len(made) < len(planned):
                    log.error("webhooks are left out: their owner's queue is full", extra={"planned": len(planned)})
            await connection.execute(SQL["move_position"], streams.EVENTS.name, last)
        if planned:
            self._woken()
        return last


def _listens(endpoint: Endpoint, event: Event) -> bool:
    late = (endpoint.enabled_at - event.at).total_seconds() > _SKEW_S  # it happened before anybody listened
    return endpoint.owner == event.owner and endpoint.enabled and not late
