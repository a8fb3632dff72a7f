"""The whole system in one process tree: its own NATS and PostgreSQL as child processes, every service in this one."""

from __future__ import annotations

import asyncio
import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path

import orjson
from pydantic import SecretStr

from contracts.faults import LogicalFault
from edit_factory.registry import SERVICES, Runnable, build, gateway
from edit_factory.sidecars.keeping import secret
from edit_factory.sidecars.nats import NatsServer
from edit_factory.sidecars.postgres import PostgresServer
from kit.settings import Settings
from services.gateway.service import Gateway

log = logging.getLogger(__name__)


class AlreadyRunning(LogicalFault):
    """Another system already runs on this home."""

    code = "already_running"

    def __init__(self, url: str) -> None:
        super().__init__(f"it already runs, at {url}" if url else "another process is just starting on this home")
        self.url = url


class Embedded:
    """Servers that are not named by the settings, then every service. ``url`` is the gateway's after ``start``.

    ``settings`` then name the servers as the operator, who may do everything; each service is handed its own.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.url = ""
        self.subscriber_url = ""
        self._open = AsyncExitStack()
        self._gateway: Gateway | None = None
        self._services: list[Runnable] = []
        self.servers: dict[str, NatsServer | PostgresServer] = {}
        self._own: dict[str, dict[str, str]] = {name: {} for name in SERVICES}

    async def start(self) -> None:
        """Takes work when it returns.

        Raises:
            AlreadyRunning: this home is in use.
            Fault: a part did not come up; nothing is left running.
        """
        try:
            await self._start()
        except BaseException:
            await self._open.aclose()
            raise

    async def _start(self) -> None:
        home = self.settings.home
        await asyncio.to_thread(home.mkdir, parents=True, exist_ok=True)
        self._open.enter_context(_held(home))
        self.settings = await self._servers(await asyncio.to_thread(_with_key, self.settings))
        self._open.push_async_callback(self._stop_services)
        await self._run(build("projection", self.settings_of("projection")))  # makes the tables the gateway reads
        others = [name for name in SERVICES if name not in {"projection", "gateway"}]
        await asyncio.gather(*(self._run(build(name, self.settings_of(name))) for name in others))
        self._gateway = gateway(self.settings_of("gateway"))
        await self._run(self._gateway)
        self.url = self._gateway.url
        note = home / "run" / "gateway.json"
        await asyncio.to_thread(_write, note, {"url": self.url, "pid": os.getpid()})
        self._open.callback(note.unlink, missing_ok=True)

    def settings_of(self, service: str) -> Settings:
        """The settings with the users of one service; a server it has no user of is not named."""
        return self.settings.model_copy(update=self._own[service])

    async def _servers(self, settings: Settings) -> Settings:
        given: dict[str, str] = {}
        starting = []
        if not settings.nats_url:
            starting.append(self._nats(settings.home, given))
        if not settings.postgres_dsn:
            starting.append(self._postgres(settings.home, given))
        await asyncio.gather(*starting)
        return settings.model_copy(update=given)

    async def _nats(self, home: Path, given: dict[str, str]) -> None:
        server = NatsServer(home)
        address = await server.start()
        self._open.push_async_callback(server.stop)
        self.servers["nats"] = server
        given["nats_url"] = address.url
        for service, own in self._own.items():
            own["nats_url"] = address.urls[service]
        self.subscriber_url = address.subscriber_url

    async def _postgres(self, home: Path, given: dict[str, str]) -> None:
        server = PostgresServer(home)
        address = await server.start()
        self._open.push_async_callback(server.stop)
        self.servers["postgres"] = server
        given["postgres_dsn"] = address.dsn
        for service, own in self._own.items():
            own["postgres_dsn"] = address.dsns.get(service, "")

    async def _run(self, service: Runnable) -> None:
        await service.start()
        self._services.append(service)

    async def _stop_services(self) -> None:
        """All at once, so that the slowest one sets the time."""
        services, self._services = self._services, []
        for outcome in await asyncio.gather(*(service.stop() for service in services), return_exceptions=True):
            if isinstance(outcome, BaseException):
                log.error("a service did not stop cleanly", exc_info=outcome)

    async def wait_failed(self) -> str:
        """Waits until a part is gone for good, and says which. The servers are brought back whenever they die."""
        if self._gateway is None:
            return "it was never started"
        return await self._gateway.ended()

    async def stop(self) -> None:
        """Services first, each giving its work back, then the servers."""
        await self._open.aclose()


@contextmanager
def _held(home: Path) -> Iterator[None]:
    """One system a home, by a lock that a killed process loses."""
    (home / "run").mkdir(parents=True, exist_ok=True)
    with (home / "run" / "lock").open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(_noted_url(home)) from None
        yield


def _with_key(settings: Settings) -> Settings:
    """With the key that users' secrets are encrypted with: the one given, or the one kept in this home."""
    if settings.secret_key is not None and settings.secret_key.get_secret_value():
        return settings
    return settings.model_copy(update={"secret_key": SecretStr(secret(settings.home / "secret.key"))})


def _write(note: Path, content: dict[str, object]) -> None:
    partial = note.with_suffix(".part")
    partial.write_bytes(orjson.dumps(content))
    partial.rename(note)


def _noted_url(home: Path) -> str:
    try:
        return str(orjson.loads((home / "run" / "gateway.json").read_bytes())["url"])
    except (OSError, orjson.JSONDecodeError, KeyError):
        return ""
