"""The reconciler: what was given up gets an outcome, what got lost is done again, so that no job waits for ever."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from kit.database import open_pool
from kit.tasks import ended
from kit.work import Line
from services.reconciler.looking import Reconciler
from services.reconciler.moving import Mover

log = logging.getLogger(__name__)


@asynccontextmanager
async def wiring(line: Line) -> AsyncIterator[None]:
    async with open_pool(line.settings.postgres_dsn, size=3) as pool:
        Mover(line.bus).register()
        looking = asyncio.create_task(Reconciler(line.bus, pool, line.settings).run(), name="reconciler")
        looking.add_done_callback(_told_if_broken)
        try:
            yield
        finally:
            await ended(looking)


def _told_if_broken(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        log.critical("the reconciler stopped", exc_info=task.exception())
