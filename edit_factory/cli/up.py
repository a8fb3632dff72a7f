"""Processes that stay: the whole system, or one service of it."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from typing import Any

from contracts.faults import Fault
from contracts.flow import STATIONS
from edit_factory.cli.common import Common, log_file
from edit_factory.cli.faults import Code, CommandFault
from edit_factory.cli.running import Interrupted, run
from edit_factory.cli.show import Show
from edit_factory.cli.system import quiet_logs
from kit.log import set_up_logs
from kit.settings import Settings

SERVICES = ("gateway", "projection", *STATIONS, "publish", "catalog", "reconciler")
DRAIN_S = 18.0  # a service that is asked to end is gone within 20 s

log = logging.getLogger(__name__)


def up(common: Common, show: Show, *, host: str | None, port: int | None, verbose: bool) -> Code:
    """The whole system until a signal comes."""
    settings = common.settings(host=host, port=port)
    show.say("Edit Factory is starting ...")
    quiet_logs(settings, verbose=verbose)
    try:
        run(_up(settings, show))
    except Interrupted:
        show.say("Stopped. Unfinished jobs go on at the next start.")
        show.data({"stopped": True})
    return Code.DONE


async def _up(settings: Settings, show: Show) -> None:
    from edit_factory.embedded import Embedded  # noqa: PLC0415  (all services; slow to import)

    embedded = Embedded(settings)
    await embedded.start()
    try:
        _tell_ready(embedded, show)
        reason = await embedded.wait_failed()
        raise CommandFault(
            Code.FAILED, f"a part of the system broke: {reason}", code="system_broke", hint=f"less {log_file(settings)}"
        )
    except asyncio.CancelledError:
        show.say("Stopping ... (Ctrl-C again: at once)")
        raise
    finally:
        await embedded.stop()


def _tell_ready(embedded: Any, show: Show) -> None:
    settings: Settings = embedded.settings
    show.data(
        {
            "ready": True,
            "url": embedded.url,
            "openapi_url": f"{embedded.url}/v1/openapi.json",
            "events_url": embedded.subscriber_url,
            "home": str(settings.home),
            "log": str(log_file(settings)),
            "pid": os.getpid(),
        }
    )
    show.say("Edit Factory is ready.")
    show.say(f"  HTTP    {embedded.url}")
    show.say(f"  docs    {embedded.url}/v1/openapi.json")
    if embedded.subscriber_url:
        show.say(f"  events  {embedded.subscriber_url}  (NATS, read only; see {embedded.url}/v1/asyncapi.json)")
    show.say(f"  home    {settings.home}")
    show.say(f"  log     {log_file(settings)}")
    show.say("Make a video in another terminal: edit-factory make BRIEF.yaml   Stop with Ctrl-C.")


def service(common: Common, show: Show, name: str, *, host: str | None, port: int | None) -> Code:
    """One service as a process of its own, until a signal comes."""
    settings = common.settings(host=host, port=port)
    _needs_servers(name, settings)
    if common.home is not None:
        os.environ["EDIT_FACTORY_HOME"] = str(settings.home)
    set_up_logs(settings.log_level, sys.stderr)
    try:
        run(_service(name, settings, show))
    except Interrupted:
        show.data({"stopped": True, "service": name})
    return Code.DONE


def _needs_servers(name: str, settings: Settings) -> None:
    if name not in SERVICES:
        raise CommandFault(
            Code.USAGE, f"there is no service {name}: take one of {', '.join(SERVICES)}", code="not_found"
        )
    missing = [] if settings.nats_url else ["EDIT_FACTORY_NATS_URL"]
    if name in {"gateway", "projection", "publish", "catalog", "reconciler"} and not settings.postgres_dsn:
        missing.append("EDIT_FACTORY_POSTGRES_DSN")
    if missing:
        message = f"{name} needs servers to talk to: set {' and '.join(missing)}"
        raise CommandFault(Code.UNREACHABLE, message, code="servers_not_named", hint="edit-factory up")


async def _service(name: str, settings: Settings, show: Show) -> None:
    from edit_factory.registry import build  # noqa: PLC0415  (all services; slow to import)

    running = build(name, settings)
    await running.start()
    try:
        url = getattr(running, "url", None)
        show.data({"ready": True, "service": name, "pid": os.getpid()} | ({"url": url} if url else {}))
        show.say(f"{name} is ready{f' at {url}' if url else ''}")
        await asyncio.Event().wait()
    finally:
        await _drained(name, running)


async def _drained(name: str, running: Any) -> None:
    try:
        await asyncio.wait_for(running.stop(), DRAIN_S)
    except TimeoutError:
        log.warning("work was left behind; another worker takes it over", extra={"service": name})
    except Fault as fault:
        log.warning("did not stop cleanly", extra={"service": name, "fault": fault.message})
