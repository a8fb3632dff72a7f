"""The projection: events in, rows in PostgreSQL out; and the rebuild of all rows from the stream alone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from kit.bus import Bus
from kit.database import SCHEMA, Pool, migrate, open_pool
from kit.tasks import ended
from kit.work import Line
from services.projection.projector import ProgressKeeper, Projector

log = logging.getLogger(__name__)

PACKAGE = "services.projection"
ROLE = "projection"
_HEAD_START_S = 3.0
_LOOK_S = 0.02


@asynccontextmanager
async def wiring(line: Line) -> AsyncIterator[None]:
    async with open_pool(line.settings.postgres_dsn) as pool:
        await migrate(pool, PACKAGE)
        projector = Projector(line.bus, pool)
        tasks = [
            asyncio.create_task(projector.run(), name="projector"),
            asyncio.create_task(ProgressKeeper(line.bus, pool).run(), name="progress keeper"),
        ]
        for task in tasks:
            task.add_done_callback(_told_if_broken)
        try:
            await _head_start(projector, line.bus)
            yield
        finally:
            for task in tasks:
                await ended(task)


async def _head_start(projector: Projector, bus: Bus) -> None:
    """Who is started after us should find what was announced before us. If that is much, nobody waits for all of it."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_HEAD_START_S):
            target = (await bus.ping())["last_seq"]
            while await projector.position() < target:  # noqa: ASYNC110  (maybe written by another process)
                await asyncio.sleep(_LOOK_S)


def _told_if_broken(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        log.critical("the projection stopped", exc_info=task.exception())


async def rebuild(bus: Bus, dsn: str) -> int:
    """Replays the whole stream into an empty schema beside the live one, then puts it in its place.

    Returns the sequence reached. The live schema serves readers until the last moment, and a running projection
    notices the change and goes on from the new one's position.
    """
    fresh = f"{SCHEMA}_rebuild"
    role = await _owner(dsn)
    async with open_pool(dsn, schema=fresh, role=role) as pool, pool.acquire() as turn:
        await turn.execute("SELECT pg_advisory_lock(hashtext('edit-factory rebuild'))")
        async with pool.acquire() as connection:
            await connection.execute(f'DROP SCHEMA IF EXISTS "{fresh}" CASCADE')
        await migrate(pool, PACKAGE, schema=fresh)
        reached = await Projector(bus, pool).catch_up()
        await _swap(pool, fresh)
    return reached


async def _owner(dsn: str) -> str:
    """The projection's own role, where there is one and we may be it: else the running one could not write any more."""
    async with open_pool(dsn, size=1) as pool, pool.acquire() as connection:
        sql = "SELECT rolname FROM pg_roles WHERE rolname = $1 AND pg_has_role(oid, 'MEMBER')"
        return str(await connection.fetchval(sql, ROLE) or "")


async def _swap(pool: Pool, fresh: str) -> None:
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(f'CREATE SCHEMA IF NOT EXISTS "{SCHEMA}"')
        if await connection.fetchval("SELECT to_regclass($1)", f"{SCHEMA}.progress") is not None:
            await connection.execute(f'INSERT INTO "{fresh}".progress SELECT * FROM "{SCHEMA}".progress')  # noqa: S608
        await connection.execute(f'DROP SCHEMA "{SCHEMA}" CASCADE')
        await connection.execute(f'ALTER SCHEMA "{fresh}" RENAME TO "{SCHEMA}"')
