"""Follows the log: each fact goes to those who handle its type, exactly once.

As in the projection, the position in the log lies in the same database as the rows and moves in the same transaction.
The first start begins at the log's beginning.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from typing import Any, TypeAlias

import asyncpg
import nats.errors
import nats.js.errors

from contracts import streams, subjects
from contracts.events import Event
from contracts.faults import Unavailable
from kit.bus import Bus
from kit.database import AWAY, Connection, Pool
from kit.follow import follow
from kit.sql import queries

log = logging.getLogger(__name__)

SQL = queries("services.catalog")
_TURN_EVERY_S = 1.0
_AFTER_BREAK_S = 5.0
_AWAY = (nats.errors.Error, nats.js.errors.Error, Unavailable, *AWAY)

# Writes what a fact means down, in the transaction of the connection. The same fact is never handled twice.
Handler: TypeAlias = Callable[[Connection, Any, int], Awaitable[None]]
Handlers: TypeAlias = Mapping[type[Event], Sequence[Handler]]


class Moved(Exception):
    """Someone else moved the position: read it again and go on from there."""


class Follower:
    """Follows the log for as long as it is its turn; ``woken`` is called when something was handled."""

    def __init__(self, bus: Bus, pool: Pool, handlers: Handlers, woken: Callable[[], None]) -> None:
        self._bus = bus
        self._pool = pool
        self._handlers = handlers
        self._woken = woken

    async def run(self) -> None:
        """Until cancelled, through restarts of either server."""
        while True:
            try:
                async with self._pool.acquire() as turn:  # given back, a connection loses its locks
                    while not await turn.fetchval(SQL["take_turn"]):  # noqa: ASYNC110  (held by another process)
                        await asyncio.sleep(_TURN_EVERY_S)
                    await self._follow()
            except Moved:
                log.info("the position was moved; reading on from there")
            except _AWAY as away:
                log.warning("the catalog waits for a server", extra={"reason": repr(away)})
                await asyncio.sleep(1)
            except Exception:
                # Standing still and saying so beats leaving facts out: it goes on when the cause is mended.
                log.exception("the catalog can't handle a fact; trying again")
                await asyncio.sleep(_AFTER_BREAK_S)

    async def _follow(self) -> None:
        position = await self.position()
        async with aclosing(follow(self._bus, subjects.EVENTS, position)) as batches:
            async for batch in batches:
                position = await self.write(batch, position)

    async def position(self) -> int:
        """The last fact that was handled; the log's end, if the log is not the one it was."""
        last = int((await self._bus.ping())["last_seq"])
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(SQL["begin_position"], streams.EVENTS.name)
            position = int(await connection.fetchval(SQL["position"], streams.EVENTS.name))
            if position > last:
                log.warning("the log ends before the last fact handled: it was restored; going on from its end")
                await connection.execute(SQL["move_position"], streams.EVENTS.name, last)
            return min(position, last)

    async def write(self, batch: Sequence[tuple[Event | None, int]], after: int) -> int:
        """Handles a batch in one transaction; returns the new position.

        A fact the database can't hold is left out, and said so: it must not stop all the others.

        Raises:
            Moved: the position is not ``after`` (any more).
        """
        try:
            return await self._write(batch, after)
        except asyncpg.DataError as unfit:
            if len(batch) == 1:
                seq = batch[0][1]
                log.critical("a fact the database can't hold is left out", extra={"seq": seq, "reason": str(unfit)})
                return await self._write([(None, seq)], after)
        for one in batch:
            after = await self.write([one], after)
        return after

    async def _write(self, batch: Sequence[tuple[Event | None, int]], after: int) -> int:
        last = batch[-1][1]
        handled = False
        async with self._pool.acquire() as connection, connection.transaction():
            if await connection.fetchval(SQL["position"], streams.EVENTS.name) != after:
                raise Moved
            for event, seq in batch:
                for handle in self._handlers.get(type(event), ()) if event is not None else ():
                    await handle(connection, event, seq)
                    handled = True
            await connection.execute(SQL["move_position"], streams.EVENTS.name, last)
        if handled:
            self._woken()
        return last
