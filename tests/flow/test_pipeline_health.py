"""A service whose workers are gone does not look well, and one that is does."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from faststream.nats import JStream, PullSub
from nats.js.api import ConsumerConfig, DeliverPolicy

from contracts import subjects
from contracts.flow import STATIONS
from contracts.streams import EVENTS
from edit_factory.cli.common import Common
from edit_factory.cli.doctor import _from_the_server, _system
from edit_factory.embedded import Embedded
from kit.database import open_pool
from kit.presence import workers
from kit.service import connected
from services.reconciler.looking import Reconciler
from tests.client import Client, Json
from tests.flow.letters import brief, until, without
from tests.processes import Processes


async def health(api: Client) -> Json:
    answer = await api.http.get("/health/pipeline")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def inbox(api: Client, name: str) -> Json:
    (found,) = (each for each in (await health(api))["inboxes"] if each["name"] == name)
    return dict(found)


async def test_MON_a_line_that_runs_is_said_to_be_well(api: Client, factory: Embedded):
    async with connected(factory.settings, "test") as bus, open_pool(factory.settings.postgres_dsn, size=2) as pool:
        await until(Reconciler(bus, pool, factory.settings).look_in_turn)

    def running(told: Json) -> dict[str, int]:
        return {service["name"]: service["running"] for service in told["services"]}

    async def well() -> Json | None:
        told = await health(api)
        alone = all(many == 1 for name, many in running(told).items() if name != "gateway")  # not of tests just ended
        return told if told["status"] == "ok" and told["log"]["lag"] == 0 and alone else None

    told = await until(well)
    assert set(running(told)) == {"gateway", "projection", *STATIONS, "publish", "catalog", "reconciler"}
    assert running(told)["gateway"] >= 1  # other tests have one of their own
    slots = {each["name"]: each["slots"] for each in told["inboxes"]}
    assert slots == {"script": 4, "tts": 1, "footage": 4, "footage-assets": 2, "render": 1, "storage": 2}
    assert all(each["versions"] for each in told["inboxes"])


async def test_MON_no_worker_for_render_is_told_and_so_is_its_return(api: Client, factory: Embedded, home: Path):
    asked = await brief(api)
    await api.made(asked)
    async with without(factory, "render"):
        jobs = [await api.submit(asked) for _ in range(3)]

        async def told() -> Json | None:
            seen = await inbox(api, "render")
            return seen if seen["verdict"] == "no_worker" and seen["waiting"] == 3 else None

        seen = await until(told)
        assert seen["words"].startswith("no worker for render; 3 videos wait, the oldest for ")
        whole = await health(api)
        common = Common(home=home)
        assert whole["status"] == "down"
        assert seen["words"].split(" for ")[0] in " ".join(whole["words"])
        checks = {check.name: check for check in await _system(common, common.settings())}
        assert checks["worker render"].state == "fail"
        assert checks["worker render"].detail.startswith("no worker for render; 3 videos wait")
        assert checks["worker tts"].state == "ok"
        by_server = {check.name: check for check in await _from_the_server(factory.settings)}
        assert by_server["worker render"].detail.startswith("no worker for render; 3 videos wait")

    async def back() -> bool:
        return bool((await inbox(api, "render"))["verdict"] != "no_worker")

    await until(back)
    for job in jobs:
        assert (await api.finished(job["id"]))["state"] == "completed"


async def test_MON_a_worker_that_died_in_a_living_process_does_not_count(factory: Embedded):
    async with connected(factory.settings, "test") as bus:
        subscriber = bus.broker.subscriber(
            subjects.EVENTS,
            durable="test-dying",
            stream=JStream(EVENTS.name, declare=False),
            pull_sub=PullSub(batch_size=1, timeout=1),
            config=ConsumerConfig(durable_name="test-dying", deliver_policy=DeliverPolicy.NEW, inactive_threshold=30),
        )

        async def handle(body: Any) -> None: ...

        subscriber(handle)
        await bus.broker.start()
        assert workers(bus) == {"test-dying": 1}
        (task,) = subscriber.tasks
        task.cancel()
        await asyncio.wait({task})
        assert workers(bus) == {"test-dying": 0}
        await bus.jetstream.delete_consumer(EVENTS.name, "test-dying")


async def test_asked_by_many_at_once_it_looks_once_a_second(api: Client):
    answers = await asyncio.gather(*(health(api) for _ in range(50)))
    assert len({told["at"] for told in answers}) <= 2


@pytest.mark.slow
async def test_MON_a_killed_worker_is_missed(tmp_path: Path):
    system = Processes(tmp_path)
    await system.servers()
    await system.start_all()
    api = system.client()
    try:
        assert (await inbox(api, "render"))["verdict"] == "ok"
        await system.kill("render")

        async def missed() -> bool:
            return bool((await inbox(api, "render"))["verdict"] == "no_worker")

        await until(missed)
        assert (await health(api))["status"] == "down"
        await system.start("render")
        assert (await inbox(api, "render"))["verdict"] == "ok" or await until(lambda: well(api))
    finally:
        await api.http.aclose()
        await system.stop()


async def well(api: Client) -> bool:
    return bool((await inbox(api, "render"))["verdict"] == "ok")
