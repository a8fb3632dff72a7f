"""One service: its own connection to the bus, its stations, started and stopped as a whole."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress

import nats.errors

from contracts.faults import Unavailable
from kit.blobs import Blobs
from kit.bus import Bus, connect
from kit.cancelling import CancelWatch
from kit.crash import CrashPoints
from kit.scratch import Scratch
from kit.settings import Settings
from kit.station import Line
from kit.steps import StepCache
from kit.topology import lay_out

log = logging.getLogger(__name__)

# A service's own wiring: registers its stations on the line's broker, and holds what they need while it is open.
Wiring = Callable[[Line], AbstractAsyncContextManager[None]]

_PATIENCE_S = 60.0
_DRAIN_S = 18.0


class Service:
    """A worker service by name; ``start`` returns when it takes work, ``stop`` when nothing of it runs any more."""

    def __init__(self, name: str, settings: Settings, wiring: Wiring) -> None:
        self.name = name
        self._settings = settings
        self._wiring = wiring
        self._open = AsyncExitStack()

    async def start(self) -> None:
        try:
            await self._start()
        except BaseException:
            await self._open.aclose()
            raise

    async def _start(self) -> None:
        settings = self._settings
        bus = await self._open.enter_async_context(connected(settings, self.name))
        await lay_out(bus.jetstream, ack_wait_s=settings.ack_wait_s)
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
        log.info("takes work", extra={"service": self.name})

    async def stop(self) -> None:
        await self._open.aclose()
        log.info("stopped", extra={"service": self.name})


def open_blobs(settings: Settings) -> Blobs:
    return Blobs.open(settings.blobs, cache=settings.home / "cache" / "blobs", cache_bytes=settings.blob_cache_bytes)


@asynccontextmanager
async def connected(settings: Settings, name: str) -> AsyncIterator[Bus]:
    """A connection to NATS, waited for at start as servers and services may come up in any order.

    Raises:
        Unavailable: no server answered within a minute.
    """
    if not settings.nats_url:
        raise Unavailable("EDIT_FACTORY_NATS_URL names no server", code="bus_unavailable")
    broker = connect(settings.nats_url, name)
    try:
        await asyncio.wait_for(broker.connect(), _PATIENCE_S)
    except (TimeoutError, OSError) as away:
        raise Unavailable("NATS does not answer; is EDIT_FACTORY_NATS_URL right?", code="bus_unavailable") from away
    bus = Bus(broker, source=f"/edit-factory/{name}")
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
