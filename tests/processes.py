"""The system as it runs on many machines: servers, and each service a process of its own that can be killed."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import httpx
import orjson
import psutil

from edit_factory.registry import SERVICES
from edit_factory.sidecars.nats import NatsServer
from edit_factory.sidecars.postgres import PostgresServer
from tests.client import Client
from tests.limits import UNLIMITED

ACK_WAIT_S = 2.0


class Processes:
    """Embedded servers, and services started by ``edit-factory service NAME``, as a user's containers would be."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._nats = NatsServer(home)
        self._postgres = PostgresServer(home)
        self._running: dict[str, asyncio.subprocess.Process] = {}
        self.environment: dict[str, str] = {}
        self._own: dict[str, dict[str, str]] = {}
        self.url = ""

    async def servers(self) -> None:
        nats, postgres = await asyncio.gather(self._nats.start(), self._postgres.start())
        keep = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR", "PYTHONPATH") if name in os.environ}
        self.environment = keep | {
            "EDIT_FACTORY_HOME": str(self.home),
            "EDIT_FACTORY_NATS_URL": nats.url,
            "EDIT_FACTORY_POSTGRES_DSN": postgres.dsn,
            "EDIT_FACTORY_BLOBS_URL": str(self.home / "blobs"),
            "EDIT_FACTORY_PORT": "0",
            "EDIT_FACTORY_ACK_WAIT_S": str(ACK_WAIT_S),
            "EDIT_FACTORY_RETRY_DELAY_S": "0.2",
            **{f"EDIT_FACTORY_{name.upper()}": str(most) for name, most in UNLIMITED.items()},
        }
        self._own = {
            name: {
                "EDIT_FACTORY_NATS_URL": nats.urls[name],
                "EDIT_FACTORY_POSTGRES_DSN": postgres.dsns.get(name, ""),
            }
            for name in SERVICES
        }

    def environment_of(self, name: str) -> dict[str, str]:
        """What a service is told: its own users of the servers. (``environment`` has the operator's.)"""
        return self.environment | self._own[name]

    async def start(self, name: str, **settings: str) -> str:
        """Starts a service and waits for its ready line. ``render#2`` is another instance of render.

        Returns where it answers: the URL of a gateway, else nothing.
        """
        service = name.split("#", maxsplit=1)[0]
        environment = self.environment_of(service) | {
            f"EDIT_FACTORY_{key.upper()}": value for key, value in settings.items()
        }
        log = (self.home / f"{name}.log").open("ab")
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "edit_factory",
            "--json",
            "service",
            service,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
        )
        log.close()
        self._running[name] = process
        assert process.stdout is not None
        line = await asyncio.wait_for(process.stdout.readline(), 90)
        if not line:  # it died before it was ready; whoever waits for its end is told
            return ""
        ready = orjson.loads(line)
        assert ready["ready"] is True, line
        if name == "gateway":
            self.url = ready["url"]
        return str(ready.get("url", ""))

    async def start_all(self, *, but: str = "") -> None:
        await self.start("projection")  # makes the tables
        await asyncio.gather(*(self.start(name) for name in SERVICES if name not in {"projection", but}))

    def client(self) -> Client:
        return Client(httpx.AsyncClient(base_url=self.url, timeout=30))

    async def ended(self, name: str, timeout_s: float = 60) -> int:
        """Waits for a service to end by itself; the exit code."""
        process = self._running[name]
        code = await asyncio.wait_for(process.wait(), timeout_s)
        if self._running.get(name) is process:
            del self._running[name]
        _close(process)
        return code

    async def kill(self, name: str) -> None:
        process = self._running.pop(name)
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        _close(process)

    async def kill_everything(self) -> None:
        """Every service and both servers, -9, at once."""
        for server in (self._nats, self._postgres):
            await server.kill()
        for name in list(self._running):
            await self.kill(name)

    async def terminate(self, name: str) -> int:
        self._running[name].send_signal(signal.SIGTERM)
        return await self.ended(name)

    def pid(self, name: str) -> int:
        """0 while it does not run."""
        process = self._running.get(name)
        return process.pid if process is not None and process.returncode is None else 0

    async def stop_server(self, name: str) -> None:
        await (self._nats if name == "nats" else self._postgres).stop()

    async def start_server(self, name: str) -> None:
        """On the port it had, or nobody would find it."""
        await (self._nats if name == "nats" else self._postgres).start()

    def server_pid(self, name: str) -> int:
        return (self._nats if name == "nats" else self._postgres).pid

    async def stop(self) -> None:
        for name in list(self._running):
            await self.kill(name)
        await self._nats.stop()
        await self._postgres.stop()


def _close(process: asyncio.subprocess.Process) -> None:
    transport = getattr(process, "_transport", None)
    if transport is not None:
        transport.close()


def programs_below(home: Path, name: str) -> list[psutil.Process]:
    """Running programs of a name that work in or on files of a home: orphans, if nobody is left to own them."""
    found = []
    for process in psutil.process_iter(["name", "cmdline", "cwd", "status"]):
        told = process.info
        if told["status"] == psutil.STATUS_ZOMBIE or name not in (told["name"] or ""):
            continue
        if str(home) in " ".join(told["cmdline"] or []) + (told["cwd"] or ""):
            found.append(process)
    return found
