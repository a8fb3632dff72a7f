"""Places in queues and usual times, out of a real database and the real inboxes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from contracts.events import Event
from contracts.progress import StepName
from contracts.story import JobStory, JobView, fold, view
from contracts.subjects import LANES
from edit_factory.embedded import Embedded
from kit.bus import Bus
from kit.database import Connection, migrate, open_pool
from kit.inboxes import inboxes
from kit.service import connected
from services.gateway.forecasting import Forecasting
from services.gateway.reading import SQL
from services.gateway.resources import job_resource
from services.projection.fold import Changes, rows_of
from services.projection.projector import SQL as WRITING
from services.projection.projector import Projector
from services.projection.service import PACKAGE
from tests.builders import line, requested

SCHEMA = "forecasting"


@pytest.fixture
async def bus(factory: Embedded) -> AsyncIterator[Bus]:
    async with connected(factory.settings, "test") as made:
        yield made


@pytest.fixture
async def database(factory: Embedded) -> AsyncIterator[Connection]:
    dsn = factory.settings_of("projection").postgres_dsn
    async with open_pool(dsn, schema=SCHEMA) as pool, pool.acquire() as connection:
        await migrate(pool, PACKAGE, schema=SCHEMA)
        yield connection
        await connection.execute(f'DROP SCHEMA "{SCHEMA}" CASCADE')


async def written(database: Connection, stories: list[JobStory]) -> None:
    rows = rows_of(stories)
    for name in Changes.__dataclass_fields__:
        if table := getattr(rows, name):
            await database.execute(WRITING[name], *(list(column) for column in zip(*table, strict=True)))


def told(at: int, *events: Event, job: UUID) -> JobStory:
    story = JobStory(job=job)
    for seq, event in enumerate(events, start=at):
        story = fold(story, event, seq)
    return story


def forecasting(bus: Bus, database: Connection) -> Forecasting:
    async def rows(name: str, *arguments: Any) -> list[Any]:
        return list(await database.fetch(SQL[name], *arguments))

    return Forecasting(bus, rows)


async def places(found: Forecasting, jobs: list[JobView]) -> list[list[int | None]]:
    outlook = await found.of(jobs)
    shown = [job_resource(seen, (), None, outlook(seen)) for seen in jobs]
    return [[step.queue_place for step in job.videos[0].steps if step.queue_place] for job in shown]


def lined_up(*lanes: str) -> list[JobStory]:
    """Jobs whose renders wait in these lanes, further on in the log than it goes."""
    stories = []
    for number, lane in enumerate(lanes):
        job = uuid4()
        facts = [event.model_copy(update={"lane": lane}) for event in (requested(job), *line(job=job)[:3])]
        stories.append(told(1_000_000_000 + 10 * number, *facts, job=job))
    return stories


async def test_who_waits_is_told_how_many_come_first(bus: Bus, database: Connection):
    stories = lined_up("s1", "s1", "s1")
    assert set((await inboxes(bus))["render"]) == set(LANES)
    await written(database, stories)
    assert await places(forecasting(bus, database), [view(story) for story in stories]) == [[1], [2], [3]]


async def test_the_other_lanes_come_in_between(bus: Bus, database: Connection):
    stories = lined_up("s1", "s1", "s1", "s2", "fast", "fast")
    await written(database, stories)
    found = await places(forecasting(bus, database), [view(story) for story in stories])
    assert found == [[4], [5], [6], [4], [1], [2]]


async def test_usual_times_are_medians_of_real_work(bus: Bus, database: Connection):
    stories = []
    for number, seconds in enumerate((1, 2, 30)):
        job = uuid4()
        facts = line(job=job)
        rendered = facts[3]
        assert rendered.TYPE == "video.rendered"
        later = {"at": rendered.received_at + timedelta(seconds=seconds)}  # type: ignore[attr-defined]
        facts[3] = rendered.model_copy(update=later)
        stories.append(told(10 * number + 1, requested(job), *facts, job=job))
    reused = uuid4()
    quick = [fact.model_copy(update={"reused": True}) for fact in line(job=reused)]
    stories.append(told(100, requested(reused), *quick, job=reused))
    await written(database, stories)
    new = uuid4()
    seen = view(told(1_000_000_000, requested(new), job=new))
    outlook = (await forecasting(bus, database).of([seen]))(seen)
    assert outlook is not None
    typical = outlook.typical[StepName.RENDER.value, "final"]
    assert typical.took_s == pytest.approx(2.0)
    assert typical.per_s == pytest.approx(2.0 / 1.6)
    assert outlook.typical[StepName.SCRIPT.value, "final"].per_s == pytest.approx(1 / 1.6)
    assert (StepName.RENDER.value, "draft") not in outlook.typical


async def test_rows_of_an_earlier_version_are_completed(bus: Bus, factory: Embedded, database: Connection):
    job = uuid4()
    story = told(1, requested(job, title="Zăpadă"), *line(job=job), job=job)
    await written(database, [story])
    whole = await database.fetchrow("SELECT * FROM videos")
    await database.execute("UPDATE videos SET folded = NULL, grams = '{}', name = '', duration_s = 0, presets = '{}'")
    async with open_pool(factory.settings_of("projection").postgres_dsn, schema=SCHEMA) as pool:
        projector = Projector(bus, pool)
        await projector.position()
        for _ in range(2):
            await projector.complete()
            assert await database.fetchrow("SELECT * FROM videos") == whole
    assert whole["folded"] == "zapada"
