"""The catalog service: reads product feeds, and keeps what is in them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from kit.database import migrate, open_pool
from kit.tasks import ended
from kit.work import Line
from services.catalog.filing import FEEDS
from services.catalog.following import Follower

log = logging.getLogger(__name__)

PACKAGE = "services.catalog"
SCHEMA = "catalog"
_CONNECTIONS = 8


@asynccontextmanager
async def wiring(line: Line) -> AsyncIterator[None]:
    async with open_pool(line.settings.postgres_dsn, schema=SCHEMA, size=_CONNECTIONS) as pool:
        await migrate(pool, PACKAGE, schema=SCHEMA)
        follower = Follower(line.bus, pool, FEEDS, _nobody)
        tasks = [asyncio.create_task(follower.run(), name="catalog follower")]
        for task in tasks:
            task.add_done_callback(_told_if_broken)
        try:
            yield
        finally:
            for task in tasks:
                await ended(task)


def _nobody() -> None:
    """Nobody waits for work yet."""


def _told_if_broken(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        log.critical("the catalog stopped", exc_info=task.exception())
