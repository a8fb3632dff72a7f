"""Upkeep: the projection made anew, and the documents of the interfaces."""

from __future__ import annotations

import asyncio
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

import httpx
import orjson

from edit_factory.cli.common import Common
from edit_factory.cli.faults import Code
from edit_factory.cli.show import Show
from edit_factory.cli.system import quiet_logs, running_url, servers
from kit.settings import Settings


async def rebuild(common: Common, show: Show) -> Code:
    """On the servers that are named or run; else on embedded ones started for it."""
    settings = common.settings()
    quiet_logs(settings)
    if (settings.nats_url and settings.postgres_dsn) or await running_url(settings) is not None:
        return await _rebuilt(servers(settings), show)
    from edit_factory.embedded import Embedded  # noqa: PLC0415  (all services: a second to import)

    show.say("No system runs yet; starting one for this command ...")
    embedded = Embedded(settings)
    await embedded.start()
    try:
        return await _rebuilt(embedded.settings, show)
    finally:
        await embedded.stop()


async def _rebuilt(settings: Settings, show: Show) -> Code:
    from kit.service import connected  # noqa: PLC0415
    from services.projection.service import rebuild as replay  # noqa: PLC0415

    show.say("Replaying the log of events ...")
    async with connected(settings, "rebuild") as bus:
        reached = await replay(bus, settings.postgres_dsn)
    show.data({"rebuilt": True, "events": reached})
    show.say(f"The database is made anew from {reached} events.")
    return Code.DONE


def print_asyncapi() -> Code:
    from contracts.asyncapi import document  # noqa: PLC0415

    return _printed(document(version("edit-factory")))


def print_openapi(common: Common) -> Code:
    """From the application itself; nothing is connected for it."""
    return _printed(asyncio.run(openapi_document(common.settings())))


async def openapi_document(settings: Settings) -> dict[str, Any]:
    """The gateway's interface as OpenAPI, from its routes alone."""
    import asyncpg  # noqa: PLC0415

    from edit_factory.lettering import RenderLettering  # noqa: PLC0415
    from edit_factory.speaking import StationSpeaking  # noqa: PLC0415
    from kit.blobs import FolderBlobs  # noqa: PLC0415
    from kit.bus import Bus, connect  # noqa: PLC0415
    from kit.register import Register  # noqa: PLC0415
    from kit.scratch import Scratch  # noqa: PLC0415
    from services.gateway.app import application  # noqa: PLC0415
    from services.gateway.batches import RowCrafts  # noqa: PLC0415
    from services.gateway.counter import Counter  # noqa: PLC0415
    from services.gateway.door import door  # noqa: PLC0415
    from services.gateway.live import LiveFeed  # noqa: PLC0415
    from services.gateway.pages import Page  # noqa: PLC0415
    from services.gateway.profiles import KINDS  # noqa: PLC0415
    from services.gateway.reviewing import Crafts  # noqa: PLC0415

    bus = Bus(connect("nats://127.0.0.1", "openapi"), source="/edit-factory/openapi")
    pool = asyncpg.create_pool()  # a pool connects when it is first awaited, which it never is
    register = Register(bus, KINDS)
    app = application(
        settings,
        bus=bus,
        pool=pool,
        blobs=FolderBlobs(Path(settings.home)),
        scratch=Scratch(settings.scratch),
        feed=LiveFeed(bus),
        spoken=lambda brief: brief.script,
        crafts=Crafts(narrated=_nothing, cleaned=_nothing, cued=_nothing),
        lettering=RenderLettering(),
        speaking=StationSpeaking(settings),
        row_crafts=RowCrafts(_nothing, _nothing, _nothing, _nothing, frozenset()),
        own=pool,
        page=Page({}),
        door=door(settings, register, Counter(None), settings.host),
        register=register,
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(cast("Any", app)), base_url="http://gateway") as client:
        found: dict[str, Any] = orjson.loads((await client.get("/v1/openapi.json")).raise_for_status().content)
    return found


def _printed(value: dict[str, Any]) -> Code:
    sys.stdout.write(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode() + "\n")
    return Code.DONE


def _nothing(*_: Any) -> Any:
    """What nobody calls: only the routes are looked at."""
    raise NotImplementedError
