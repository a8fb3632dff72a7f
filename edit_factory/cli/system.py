"""The system a command works with: the one that is named, the one that runs on this home, or one of its own."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from contracts.access import OPERATOR
from contracts.faults import Unavailable
from edit_factory.cli.client import Client
from edit_factory.cli.common import Common, log_file
from edit_factory.cli.faults import Code, CommandFault, Unreachable
from edit_factory.cli.show import Show
from kit.log import rotating, set_up_logs
from kit.settings import Settings


@dataclass(frozen=True, slots=True)
class Reached:
    """A system that answers. ``temporary`` if it only lives as long as the command."""

    client: Client
    temporary: bool


@asynccontextmanager
async def reach(common: Common, show: Show) -> AsyncIterator[Reached]:
    """A system to work with, started for the length of the command if there is none.

    Raises:
        Unreachable: the one that is named does not answer.
        Fault: one could not be started.
    """
    async with AsyncExitStack() as stack:
        url = common.url
        temporary = False
        if url is None:
            url, temporary = await _own(common, show, stack)
        client = await stack.enter_async_context(Client(url, None if temporary else common.api_key))
        if not temporary:
            await client.ready()
        yield Reached(client, temporary)


async def _own(common: Common, show: Show, stack: AsyncExitStack) -> tuple[str, bool]:
    settings = common.settings()
    running = await running_url(settings)
    if running is not None:
        return running, False
    from edit_factory.embedded import Embedded  # noqa: PLC0415  (all services: a second to import)

    show.say("No system runs yet; starting one for this command ...")
    quiet_logs(settings)
    embedded = Embedded(local_settings(settings))
    await embedded.start()

    async def stop(kind: type[BaseException] | None, *_: object) -> None:
        if kind is asyncio.CancelledError:
            show.say("Stopping the system; what is nearly done is finished first (Ctrl-C again: at once) ...")
        await embedded.stop()

    stack.push_async_exit(stop)
    await stack.enter_async_context(_watched(embedded.wait_failed()))
    return embedded.url, True


def local_settings(settings: Settings) -> Settings:
    """Those of a system that lives as long as a command does: for this machine alone, so nobody is asked for a key."""
    return settings.model_copy(update={"host": "127.0.0.1", "login": "auto"})


async def running_url(settings: Settings) -> str | None:
    """The gateway of a system that runs on this home and answers, by the note it left there."""
    try:
        url = str(orjson.loads(await asyncio.to_thread((settings.home / "run" / "gateway.json").read_bytes))["url"])
        async with Client(url) as client:
            await client.ready()
    except (OSError, orjson.JSONDecodeError, KeyError, Unreachable):
        return None
    return url


@asynccontextmanager
async def _watched(failing: Any) -> AsyncIterator[None]:
    """Ends the work below as soon as the system it stands on is broken."""
    work = asyncio.current_task()
    watching = asyncio.ensure_future(failing)

    def end(_: Any) -> None:
        if not watching.cancelled() and work is not None:
            work.cancel()

    watching.add_done_callback(end)
    try:
        yield
    except asyncio.CancelledError:
        if watching.done() and not watching.cancelled():
            raise CommandFault(Code.FAILED, f"the system broke: {watching.result()}", code="system_broke") from None
        raise
    finally:
        watching.remove_done_callback(end)
        watching.cancel()


def quiet_logs(settings: Settings, *, verbose: bool = False) -> None:
    """Logs go to a file below home that never grows beyond 50 MB with its forerunners; ``verbose``: also to stderr."""
    os.environ["EDIT_FACTORY_HOME"] = str(settings.home)  # for the processes and caches that read it there
    path = log_file(settings)
    try:
        file = rotating(path)
    except OSError as fault:
        raise CommandFault(
            Code.FAILED, f"can't write below {settings.home}: {fault.strerror}", code="home_unwritable"
        ) from fault
    set_up_logs(settings.log_level)
    root = logging.getLogger()
    root.handlers[:] = [file, *(root.handlers if verbose else ())]


def servers(settings: Settings) -> Settings:
    """The settings with the addresses of the embedded servers that a system on this home runs, as their operator.

    Raises:
        Unavailable: no embedded server has ever run here.
    """
    given = {}
    try:
        if not settings.nats_url:
            port, password = _door(settings.home / "nats", f"{OPERATOR}.password")
            given["nats_url"] = f"nats://{OPERATOR}:{password}@127.0.0.1:{port}"
        if not settings.postgres_dsn:
            port, password = _door(settings.home / "postgres", "password")
            given["postgres_dsn"] = (
                f"postgresql://edit_factory:{password}@127.0.0.1:{port}/edit_factory?sslmode=disable"
            )
    except (OSError, ValueError, KeyError) as missing:
        raise Unavailable("no embedded servers have run on this home") from missing
    return settings.model_copy(update=given)


def _door(folder: Path, password: str) -> tuple[int, str]:
    ports = orjson.loads((folder / "ports.json").read_bytes())
    return int(ports["client"]), (folder / password).read_text(encoding="utf-8")
