"""Follows the log: each fact goes to those who handle its type, exactly once.

As in the projection, the position in the log lies in the same database as the rows and moves in the same transaction.
The first start begins at the log's beginning.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from typing import Any, TypeAlias

from contracts import streams, subjects
from contracts.events import Event
from kit.bus import Bus
from kit.database import Connection, Pool
from kit.follow import follow
from kit.in_turn import Facts, Moved, all_but_unfit, in_turn
from kit.sql import queries

log = logging.getLogger(__name__)

SQL = queries("services.catalog")

# Writes what a fact means down, in the transaction of the connection. The same fact is never handled twice.
Handler: TypeAlias = Callable[[Connection, Any, int], Awaitable[None]]
Handlers: TypeAlias = Mapping[type[Event], Sequence[Handler]]


class Follower:
    """Follows the log for as long as it is its turn; ``woken`` is called when something was handled."""

    def __init__(self, bus: Bus, pool: Pool, handlers: Handlers, woken: Callable[[], None]) -> None:
        self._bus = bus
        self._pool = pool
        self._handlers = handlers
        self._woken = woken

    async def run(self) -> None:
        """Until cancelled, through restarts of either server."""
        await in_turn(self._pool, SQL["take_turn"], self._follow, "catalog")

    async def _follow(self) -> None:
        position = await self.position()
        async with aclosing(follow(self._bus, subjects.EVENTS, position)) as batches:
            async for batch in batches:
                position = await all_but_unfit(batch, position, self._write)

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

    async def _write(self, batch: Facts, after: int) -> int:
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
