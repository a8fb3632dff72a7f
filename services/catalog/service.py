"""The catalog service: reads product feeds, and keeps what is in them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from kit.addresses import Allowed
from kit.database import migrate, open_pool
from kit.outbound import Outbound
from kit.tasks import ended
from kit.work import Line
from services.catalog.filing import FEEDS
from services.catalog.following import Follower
from services.catalog.importer import Importer
from services.catalog.importing import Imports

log = logging.getLogger(__name__)

PACKAGE = "services.catalog"
SCHEMA = "catalog"
_CONNECTIONS = 8


@asynccontextmanager
async def wiring(line: Line) -> AsyncIterator[None]:
    outbound = Outbound(Allowed.parse(line.settings.outbound_allow))
    limit = min(line.settings.upload_max_bytes, line.settings.table_max_bytes)
    async with open_pool(line.settings.postgres_dsn, schema=SCHEMA, size=_CONNECTIONS) as pool:
        await migrate(pool, PACKAGE, schema=SCHEMA)
        importer = Importer(pool, line.blobs, line.scratch, outbound, limit, line.crash)
        imports = Imports(pool, line.bus, importer, line.crash)
        follower = Follower(line.bus, pool, FEEDS, imports.wake)
        tasks = [
            asyncio.create_task(follower.run(), name="catalog follower"),
            asyncio.create_task(imports.run(), name="imports"),
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
