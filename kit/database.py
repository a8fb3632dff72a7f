"""The one place that makes connections to PostgreSQL. Everything else is handed a pool or a connection."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import Any, TypeAlias

import asyncpg
import orjson
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_delay, wait_random_exponential

from contracts.faults import Unavailable

log = logging.getLogger(__name__)

Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"
Connection: TypeAlias = Any  # asyncpg has no one type for a connection and a pool's proxy of one

SCHEMA = "factory"
# The server is away, going down, coming up, full, or was cut off in the middle of an answer.
AWAY = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
    TimeoutError,
)
_PATIENCE_S = 60


@asynccontextmanager
async def open_pool(
    dsn: str, *, schema: str = SCHEMA, size: int = 5, role: str = "", stateless: bool = False
) -> AsyncIterator[Pool]:
    """A pool whose connections see one schema and read ``jsonb`` as Python values, acting as ``role`` if that is given.

    ``stateless``: its users promise to leave nothing behind in a session (settings, locks, cursors), so that giving a
    connection back costs no round trip.

    Raises:
        Unavailable: the server did not answer within a minute.
    """
    if not dsn:
        raise Unavailable("EDIT_FACTORY_POSTGRES_DSN names no server", code="database_unavailable")
    try:
        async for attempt in AsyncRetrying(
            retry=retry_if_exception_type(AWAY),
            stop=stop_after_delay(_PATIENCE_S),
            wait=wait_random_exponential(multiplier=0.2, max=3),
            reraise=True,
        ):
            with attempt:
                pool = await asyncpg.create_pool(
                    dsn,
                    min_size=1,
                    max_size=size,
                    command_timeout=30,
                    timeout=5,
                    init=_speak_json,
                    reset=_nothing if stateless else None,
                    server_settings={"search_path": schema, "application_name": "edit-factory"}
                    | ({"role": role} if role else {}),
                )
    except AWAY as away:
        raise Unavailable("PostgreSQL does not answer; is EDIT_FACTORY_POSTGRES_DSN right?") from away
    try:
        yield pool
    finally:
        try:
            await asyncio.wait_for(pool.close(), 5)
        except TimeoutError:
            pool.terminate()


async def _nothing(_: Connection) -> None:
    """What is left to do for a connection that holds no state; a transaction left open is still ended."""


async def _speak_json(connection: Connection) -> None:
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        format="binary",
        encoder=lambda value: b"\x01" + (value if isinstance(value, bytes) else orjson.dumps(value)),
        decoder=lambda data: orjson.loads(data[1:]),
    )


async def migrate(pool: Pool, package: str, *, schema: str = SCHEMA, say: Callable[[str], None] = log.info) -> None:
    """Applies a package's numbered ``migrations/*.sql`` that a schema has not had yet, in order, each once.

    Processes that start together take turns by an advisory lock; each file is one transaction.
    """
    folder = files(package).joinpath("migrations")
    scripts = sorted((script for script in folder.iterdir() if script.name.endswith(".sql")), key=lambda s: s.name)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock(hashtext('edit-factory migrations'))")
        if await connection.fetchval("SELECT to_regnamespace($1)", schema) is None:  # who may not make it may own it
            await connection.execute(f'CREATE SCHEMA "{schema}"')
        await connection.execute(f'SET LOCAL search_path TO "{schema}"')
        await connection.execute(
            "CREATE TABLE IF NOT EXISTS migrations"
            " (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())"
        )
        had = {row["name"] for row in await connection.fetch("SELECT name FROM migrations")}
        for script in scripts:
            if script.name in had:
                continue
            await connection.execute(script.read_text("utf-8"))
            await connection.execute("INSERT INTO migrations (name) VALUES ($1)", script.name)
            say(f"migration applied: {script.name}")
