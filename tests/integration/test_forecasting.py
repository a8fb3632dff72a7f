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
from contracts.streams import durable
from edit_factory.embedded import Embedded
from kit.bus import Bus
from kit.database import Connection, migrate, open_pool
from kit.inboxes import inbox
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


async def test_who_waits_is_told_how_many_come_first(bus: Bus, database: Connection):
    info = await inbox(bus, durable("render"))
    assert info is not None
    taken = info.delivered.stream_seq if info.delivered else 0
    stories = []
    for number in range(4):
        job = uuid4()
        # The first one's plan was taken up already, those of the others lie further on in the log than it goes.
        at = 1 if number == 0 and taken else 1_000_000_000 + 10 * number
        stories.append(told(at, requested(job), *line(job=job)[:3], job=job))
    await written(database, stories)
    jobs = [view(story) for story in stories]
    waiting = jobs[1:] if taken >= 4 else jobs
    assert await places(forecasting(bus, database), waiting) == [[place] for place in range(1, len(waiting) + 1)]


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
