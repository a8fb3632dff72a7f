"""The gateway as a service: HTTP in, live events out."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import gc
import logging
import socket
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, cast

import uvicorn
from litestar.types import ASGIApp

from contracts.faults import Unavailable
from kit.database import open_pool
from kit.log import bound
from kit.presence import present
from kit.register import opened
from kit.scratch import Scratch
from kit.sealing import Sealer
from kit.service import close_in_children, connected, open_blobs
from kit.settings import Settings
from kit.topology import laid_out
from services.gateway.accepting import Spoken
from services.gateway.app import application
from services.gateway.batches import RowCrafts
from services.gateway.counter import SCHEMA
from services.gateway.door import counting, door
from services.gateway.lettering import Lettering
from services.gateway.live import LiveFeed
from services.gateway.pages import FOLDER, read_page
from services.gateway.profiles import KINDS
from services.gateway.resume_routes import with_override
from services.gateway.reviewing import Crafts
from services.gateway.speaking import Speaking

log = logging.getLogger(__name__)

_DRAIN_S = 3
_PATIENCE_S = 4.0  # a client that waits longer for its answer has gone
_PORTS_TRIED = 20
_OWN_CONNECTIONS = 3


class _Server(uvicorn.Server):
    """uvicorn, leaving the signals to whoever runs the whole process."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


# Garbage collection: young objects in larger lots, all of them seldom. With the defaults a thousand live streams made
# full collections of a quarter of a second each, every few seconds, in which nobody was answered.
_COLLECTING = (20_000, 20, 100)


class Gateway:
    """Started when it answers; stopped when every connection is closed."""

    name = "gateway"

    def __init__(  # noqa: PLR0917  (what other services know, handed in)
        self,
        settings: Settings,
        spoken: Spoken,
        crafts: Crafts,
        lettering: Lettering,
        speaking: Speaking,
        row_crafts: RowCrafts,
        *,
        page: Path = FOLDER,
    ) -> None:
        self._settings = settings
        self._spoken = spoken
        self._crafts = crafts
        self._lettering = lettering
        self._speaking = speaking
        self._row_crafts = row_crafts
        self._page = page
        self._open = AsyncExitStack()
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None
        self._feed: LiveFeed | None = None
        self.url = ""

    async def start(self) -> None:
        gc.set_threshold(*_COLLECTING)
        try:
            with bound(service=self.name):
                await self._start()
        except BaseException:
            await self._open.aclose()
            raise

    async def _start(self) -> None:
        settings = self._settings
        await close_in_children(settings)
        bus = await self._open.enter_async_context(connected(settings, self.name, patience_s=_PATIENCE_S))
        await laid_out(bus, settings, self.name)
        register = await self._open.enter_async_context(opened(bus, KINDS))
        pool = await self._open.enter_async_context(open_pool(settings.postgres_dsn))
        counter = await self._open.enter_async_context(counting(settings))
        own = await self._open.enter_async_context(
            open_pool(settings.postgres_dsn, schema=SCHEMA, size=_OWN_CONNECTIONS, stateless=True)
        )
        scratch = Scratch(settings.scratch)
        await asyncio.to_thread(scratch.sweep)
        self._open.push_async_callback(self._speaking.close)
        self._feed = feed = LiveFeed(bus)
        await feed.start()
        self._open.push_async_callback(feed.stop)
        if not Sealer.of(settings).ready:
            log.warning("EDIT_FACTORY_SECRET_KEY is not set: no webhooks are taken")
        listening = listen(settings.host, settings.port, fallback="port" not in settings.model_fields_set)
        self._open.callback(listening.close)
        address = listening.getsockname()
        who_comes_in = door(settings, register, counter, address[0])
        who_comes_in.check_somebody_may_enter(address[0])
        await who_comes_in.leases.start()
        self._open.push_async_callback(who_comes_in.leases.stop)
        app = application(
            settings,
            bus=bus,
            pool=pool,
            blobs=open_blobs(settings),
            scratch=scratch,
            feed=feed,
            register=register,
            door=who_comes_in,
            spoken=self._spoken,
            crafts=self._crafts,
            lettering=self._lettering,
            speaking=self._speaking,
            row_crafts=self._row_crafts,
            own=own,
            page=await asyncio.to_thread(read_page, self._page),
        )
        self.url = f"http://{_in_url(settings.host)}:{address[1]}"
        config = uvicorn.Config(
            cast("Any", with_override(cast("ASGIApp", app))),
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,  # whom to believe about a client's address is ours to say, see admission
            lifespan="on",
            timeout_graceful_shutdown=_DRAIN_S,
            timeout_keep_alive=30,
            h11_max_incomplete_event_size=64 * 1024,
        )
        self._server = _Server(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[listening]), name="gateway")
        self._open.push_async_callback(self._drain)
        await self._open.enter_async_context(present(bus, self.name))
        while not self._server.started:
            if self._serving.done():
                await self._serving
                raise Unavailable("the gateway did not start", code="gateway_failed")
            await asyncio.sleep(0.005)
        log.info("answers", extra={"url": self.url})

    async def _drain(self) -> None:
        if self._server is not None and self._serving is not None:
            self._server.should_exit = True
            if self._feed is not None:
                self._feed.let_go()
            await self._serving

    async def ended(self) -> str:
        """Waits until it serves no more, and says why."""
        if self._serving is None:
            return "the gateway was never started"
        (done,) = (await asyncio.wait({self._serving}))[0]
        fault = None if done.cancelled() else done.exception()
        return f"the gateway stopped: {fault!r}" if fault else "the gateway stopped"

    async def stop(self) -> None:
        await self._open.aclose()


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def listen(host: str, port: int, *, fallback: bool) -> socket.socket:
    """A listening socket on a port, or, with ``fallback``, on one of the next ones or any free one.

    Raises:
        Unavailable: the port is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    wanted = [*range(port, port + _PORTS_TRIED), 0] if fallback and port else [port]
    for candidate in wanted:
        # asyncio switches Nagle's delay off only where the protocol is named.
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, candidate))
        except OSError as taken:
            listening.close()
            if taken.errno != errno.EADDRINUSE:
                raise Unavailable(f"can't listen on {host}:{candidate}: {taken.strerror}", code="port") from taken
            continue
        listening.listen(2048)
        listening.setblocking(False)
        return listening
    raise Unavailable(f"port {port} of {host} is taken; set EDIT_FACTORY_PORT", code="port_taken")
