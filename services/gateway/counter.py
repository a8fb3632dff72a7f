"""PostgreSQL as the gateways' common counter: asked briefly, and not at all for a moment after it did not answer."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

import asyncpg

from kit.database import AWAY, Connection, Pool, migrate
from kit.sql import queries

log = logging.getLogger(__name__)

PACKAGE = "services.gateway"
SCHEMA = "gateway"  # of its own: rebuilding the projection drops the other one
SQL = queries(PACKAGE, "limits.sql")
PATIENCE_S = 0.5  # a limiter that takes longer does more harm than what it limits
_LEFT_ALONE_S = 1.0
_GONE = (asyncpg.UndefinedTableError, asyncpg.InvalidSchemaNameError)

T = TypeVar("T")


class Counter:
    """Runs statements that may as well fail: the answer is None then, and whoever asked counts alone.

    ``pool`` None: there is nobody to count with.
    """

    def __init__(self, pool: Pool | None) -> None:
        self._pool = pool
        self._back_at = 0.0
        self._asking: set[asyncio.Task[object]] = set()

    async def ask(self, work: Callable[[Connection], Awaitable[T]]) -> T | None:
        """What ``work`` gives, or None if PostgreSQL is away, or was a moment ago, or is too slow."""
        if self._pool is None or time.monotonic() < self._back_at:
            return None
        asking = asyncio.ensure_future(self._asked(self._pool, work))
        self._asking.add(asking)
        asking.add_done_callback(self._asking.discard)
        done, _ = await asyncio.wait({asking}, timeout=PATIENCE_S)
        if not done:
            asking.cancel()  # a connection may take long to be given back; nobody waits for that
            self._away("it is slow")
            return None
        return asking.result()

    async def _asked(self, pool: Pool, work: Callable[[Connection], Awaitable[T]]) -> T | None:
        try:
            async with pool.acquire(timeout=PATIENCE_S) as connection:
                return await work(connection)
        except (*AWAY, asyncpg.PostgresError) as away:
            self._away(repr(away))
            return None

    def _away(self, reason: str) -> None:
        if time.monotonic() >= self._back_at:
            log.warning("requests are counted by this gateway alone", extra={"reason": reason})
        self._back_at = time.monotonic() + _LEFT_ALONE_S

    async def tidy(self) -> None:
        """Forgets what has ended; makes the tables again if the database was made anew."""
        if self._pool is None:
            return
        with suppress(*AWAY):
            try:
                async with self._pool.acquire(timeout=PATIENCE_S) as connection:
                    for statement in ("forget_windows", "forget_streams"):
                        await connection.execute(SQL[statement], timeout=10)
            except _GONE:
                await migrate(self._pool, PACKAGE, schema=SCHEMA)
