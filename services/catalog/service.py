"""The catalog service: reads product feeds, keeps what is in them, and makes jobs of the rows of batches."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from kit.addresses import Allowed
from kit.database import migrate, open_pool
from kit.outbound import Outbound
from kit.service import Wiring
from kit.tasks import ended
from kit.work import Line
from services.catalog.filing import FEEDS
from services.catalog.following import Follower
from services.catalog.importer import Importer
from services.catalog.importing import Imports
from services.catalog.preparing import Preparer
from services.catalog.releasing import Releaser
from services.catalog.steering import BATCHES
from services.catalog.submitting import Opening

log = logging.getLogger(__name__)

PACKAGE = "services.catalog"
SCHEMA = "catalog"
_CONNECTIONS = 12


def wired(opening: Opening) -> Wiring:
    """With a door that takes the briefs of batches in."""
    return lambda line: _wired(line, opening)


@asynccontextmanager
async def _wired(line: Line, opening: Opening) -> AsyncIterator[None]:
    outbound = Outbound(Allowed.parse(line.settings.outbound_allow))
    limit = min(line.settings.upload_max_bytes, line.settings.table_max_bytes)
    async with (
        open_pool(line.settings.postgres_dsn, schema=SCHEMA, size=_CONNECTIONS) as pool,
        opening(line) as submitting,
    ):
        await migrate(pool, PACKAGE, schema=SCHEMA)
        importer = Importer(pool, line.blobs, line.scratch, outbound, limit, line.crash)
        imports = Imports(pool, line.bus, importer, line.crash)
        releaser = Releaser(line.bus, pool, submitting, line.crash)
        preparer = Preparer(pool, line.blobs, line.scratch, releaser.wake)

        def wake() -> None:
            for each in (imports, preparer, releaser):
                each.wake()

        follower = Follower(line.bus, pool, {**FEEDS, **BATCHES}, wake)
        tasks = [
            asyncio.create_task(follower.run(), name="catalog follower"),
            asyncio.create_task(imports.run(), name="imports"),
            asyncio.create_task(preparer.run(), name="batches preparer"),
            asyncio.create_task(releaser.run(), name="batches releaser"),
        ]
        for task in tasks:
            task.add_done_callback(_told_if_broken)
        try:
            yield
        finally:
            for task in tasks:
                await ended(task)
            await imports.lay_down()


def _told_if_broken(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        log.critical("the catalog stopped", exc_info=task.exception())
