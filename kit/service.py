"""One service: its own connection to the bus, its stations, started and stopped as a whole."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress

import nats.errors
import nats.js.errors

from contracts.access import LAYS_OUT
from contracts.faults import Unavailable
from kit.blobs import Blobs
from kit.bus import Bus, connect
from kit.cages import FILES, NETWORK
from kit.cancelling import CancelWatch
from kit.crash import CrashPoints
from kit.log import bound
from kit.presence import present
from kit.process import cages
from kit.scratch import Scratch
from kit.settings import Settings
from kit.steps import StepCache
from kit.tasks import ended
from kit.topology import laid_out, lay_out
from kit.work import Line

log = logging.getLogger(__name__)

# A service's own wiring: registers its stations on the line's broker, and holds what they need while it is open.
Wiring = Callable[[Line], AbstractAsyncContextManager[None]]

_PATIENCE_S = 60.0
_DRAIN_S = 5.0
_LAY_DOWN_S = 5.0
_LOOK_EVERY_S = 10.0


class Service:
    """A worker service by name; ``start`` returns when it takes work, ``stop`` when nothing of it runs any more."""

    def __init__(self, name: str, settings: Settings, wiring: Wiring) -> None:
        self.name = name
        self._settings = settings
        self._wiring = wiring
        self._open = AsyncExitStack()

    async def start(self) -> None:
        try:
            with bound(service=self.name):  # and all that is started here goes on with it
                await self._start()
        except BaseException:
            await self._open.aclose()
            raise

    async def _start(self) -> None:
        settings = self._settings
        await close_in_children(settings)
        bus = await self._open.enter_async_context(connected(settings, self.name))
        await laid_out(bus, settings, self.name)
        blobs = open_blobs(settings)
        scratch = Scratch(settings.scratch)
        await asyncio.to_thread(scratch.sweep)
        cancels = CancelWatch(bus)
        line = Line(
            settings=settings,
            bus=bus,
            blobs=blobs,
            scratch=scratch,
            cache=StepCache(bus, blobs),
            cancels=cancels,
            crash=CrashPoints(settings.crash),
        )
        await self._open.enter_async_context(self._wiring(line))
        await cancels.start()
        self._open.push_async_callback(cancels.stop)
        await bus.broker.start()
        self._open.push_async_callback(_lay_down, bus)
        await self._open.enter_async_context(present(bus, self.name))
        if self.name == LAYS_OUT:
            self._open.push_async_callback(ended, asyncio.create_task(_keep_laid_out(bus, settings), name="topology"))
        log.info("takes work", extra={"service": self.name})

    async def stop(self) -> None:
        await self._open.aclose()
        log.info("stopped", extra={"service": self.name})


async def _lay_down(bus: Bus) -> None:
    """Takes no more and gives back what is in hand, while all that the handlers need is still open."""
    subscribers = list(bus.broker.subscribers)
    tasks = [task for subscriber in subscribers for task in getattr(subscriber, "tasks", ()) if not task.done()]
    await asyncio.gather(*(subscriber.stop() for subscriber in subscribers))
    if tasks:
        await asyncio.wait(tasks, timeout=_LAY_DOWN_S)


async def _keep_laid_out(bus: Bus, settings: Settings) -> None:
    """Streams in memory go with their server, and a consumer may be deleted by hand: both are made again."""
    while True:
        await asyncio.sleep(_LOOK_EVERY_S)
        try:
            await lay_out(bus.jetstream, settings)
        except (nats.errors.Error, nats.js.errors.Error, Unavailable, TimeoutError, OSError) as away:
            log.debug("the streams can't be looked at now", extra={"reason": repr(away)})


async def close_in_children(settings: Settings) -> None:
    """Decide what child processes are kept in.

    Raises:
        CageUnavailable: what the settings ask for does not hold on this machine.
    """
    cage = await cages.choose(settings.cage)
    told = {"cage": cage.kind, "keeps_out": sorted(cage.keeps_out)}
    if cage.keeps_out >= {FILES, NETWORK}:
        log.info("child processes are caged", extra=told)
    else:
        log.warning("child processes are not wholly caged; edit-factory doctor tells more", extra=told)


def open_blobs(settings: Settings) -> Blobs:
    return Blobs.open(settings.blobs, cache=settings.home / "cache" / "blobs", cache_bytes=settings.blob_cache_bytes)


@asynccontextmanager
async def connected(settings: Settings, name: str, *, patience_s: float = 15.0) -> AsyncIterator[Bus]:
    """A connection to NATS, waited for at start as servers and services may come up in any order.

    ``patience_s`` is how long an announcement is tried when the server does not answer.

    Raises:
        Unavailable: no server answered within a minute, or it does not know us.
    """
    if not settings.nats_url:
        raise Unavailable("EDIT_FACTORY_NATS_URL names no server", code="bus_unavailable")
    broker = connect(settings.nats_url, name, settings.nats_ca)
    try:
        await asyncio.wait_for(broker.connect(), _PATIENCE_S)
    except nats.errors.Error as refused:
        raise Unavailable("NATS does not let us in; is EDIT_FACTORY_NATS_URL right?", code="bus_refused") from refused
    except (TimeoutError, OSError) as away:
        raise Unavailable("NATS does not answer; is EDIT_FACTORY_NATS_URL right?", code="bus_unavailable") from away
    bus = Bus(broker, source=f"/edit-factory/{name}", patience_s=patience_s)
    try:
        yield bus
    finally:
        await _hang_up(bus)


async def _hang_up(bus: Bus) -> None:
    """Lets handlers end and tells the server; a server that is away can't be told."""
    client = bus.client
    try:
        await asyncio.wait_for(bus.broker.stop(), _DRAIN_S)
    except (nats.errors.Error, TimeoutError, OSError):
        with suppress(OSError):
            await client.close()
