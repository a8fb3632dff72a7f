"""The publish service: tells users' endpoints what became of their jobs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import asyncpg

from contracts.webhooks import KIND, Endpoint
from kit.addresses import Allowed
from kit.database import AWAY, migrate, open_pool
from kit.outbound import Outbound
from kit.register import opened
from kit.sealing import Sealer
from kit.service import Wiring
from kit.tasks import ended
from kit.work import Line
from services.publish.following import Follower
from services.publish.schedule import Timing
from services.publish.sending import IN_ALL, Sender

log = logging.getLogger(__name__)

PACKAGE = "services.publish"
SCHEMA = "publish"
_TIDY_EVERY_S = 3_600.0


def wiring(line: Line) -> AbstractAsyncContextManager[None]:
    return _wired(line, Timing())


def wired(timing: Timing) -> Wiring:
    """The same with other times, such as a test's."""
    return lambda line: _wired(line, timing)


@asynccontextmanager
async def _wired(line: Line, timing: Timing) -> AsyncIterator[None]:
    sealer = Sealer.of(line.settings)
    if not sealer.ready:
        log.warning("EDIT_FACTORY_SECRET_KEY is not set: webhooks can't be signed, so none is sent")
    outbound = Outbound(Allowed.parse(line.settings.outbound_allow), most=IN_ALL)
    async with (
        open_pool(line.settings.postgres_dsn, schema=SCHEMA, size=8) as pool,
        opened(line.bus, {KIND: Endpoint}) as register,
    ):
        await migrate(pool, PACKAGE, schema=SCHEMA)
        sender = Sender(pool, register, sealer, outbound, timing)
        follower = Follower(line.bus, pool, register.shelf(KIND, Endpoint), sender.wake)
        tasks = [
            asyncio.create_task(follower.run(), name="webhooks follower"),
            asyncio.create_task(sender.run(), name="webhooks sender"),
            asyncio.create_task(_tidy(sender), name="webhooks tidying"),
        ]
        for task in tasks:
            task.add_done_callback(_told_if_broken)
        try:
            yield
        finally:
            for task in tasks:
                await ended(task)
            await sender.lay_down()


async def _tidy(sender: Sender) -> None:
    while True:
        try:
            while await sender.tidy():
                pass
        except (*AWAY, asyncpg.PostgresError) as away:
            log.warning("old deliveries can't be dropped now", extra={"reason": repr(away)})
        await asyncio.sleep(_TIDY_EVERY_S)


def _told_if_broken(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        log.critical("webhooks stopped", exc_info=task.exception())
