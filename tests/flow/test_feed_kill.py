"""A catalog killed in the middle of an import: the feed comes out as if nothing had been, and is told of once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from contracts import subjects
from contracts.events import FeedImportedV1, FeedImportRequestedV1
from kit.bus import Bus, connect
from tests.client import Client
from tests.integration.test_feeds import added, ended, imported, products
from tests.material.feeds import row, table
from tests.processes import Processes

pytestmark = pytest.mark.slow

POINTS = ("after-claim", "mid-work", "before-commit", "before-announce", "after-announce")


@pytest.fixture(scope="module")
async def system(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Processes]:
    made = Processes(tmp_path_factory.mktemp("feeds"))
    try:
        await made.servers()
        await made.start("projection")
        await made.start("catalog")
        await made.start("gateway")
        yield made
    finally:
        await made.stop()


@pytest.mark.parametrize("point", POINTS)
async def test_STAB_01_an_import_survives_its_catalog(system: Processes, point: str, tmp_path: Path):
    async with system.client().http as http:
        api = Client(http)
        feed = await added(api, table(range(1, 101)))
        await ended(api, feed["last_import"])
        await system.terminate("catalog")
        await system.start("catalog", crash=f"catalog:{point}")
        begun = asyncio.create_task(imported(api, feed, table(range(11, 101), row(5, price="9 EUR"), row(500))))
        assert await system.ended("catalog") == -9
        await _time_goes_by(system)
        await system.start("catalog")
        done = await asyncio.wait_for(begun, 60)

        assert done["state"] == "imported", done
        states = ("new", "changed", "same", "gone")
        assert [done["counts"][state] for state in states] == [1, 1, 90, 9]
        assert [len(await products(api, feed, state=state)) for state in states] == [1, 1, 90, 9]
        again = await imported(api, feed, table(range(1, 101)))
        assert again["counts"]["same"] == 90
    told = await _told(system, UUID(feed["id"]))
    assert [kind.TYPE for kind, number in told if number == 2] == ["feed.import_requested", "feed.imported"]


async def _time_goes_by(system: Processes) -> None:
    """The lease of whoever was killed runs out."""
    connection = await asyncpg.connect(system.environment["EDIT_FACTORY_POSTGRES_DSN"])
    await connection.execute("SET ROLE catalog")
    await connection.execute("UPDATE catalog.imports SET leased_until = now() WHERE lease IS NOT NULL")
    await connection.close()


async def _told(system: Processes, feed: UUID) -> list[tuple[type[Any], int]]:
    broker = connect(system.environment["EDIT_FACTORY_NATS_URL"], "test")
    await broker.connect()
    try:
        bus = Bus(broker, source="/test")
        found = [heard.event async for heard in bus.history(subjects.facts_of(feed))]
    finally:
        await broker.stop()
    return [(type(each), each.number) for each in found if isinstance(each, FeedImportedV1 | FeedImportRequestedV1)]
