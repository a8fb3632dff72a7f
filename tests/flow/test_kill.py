"""Killed at any point, the line goes on: nothing is lost, nothing is announced twice, no finished step runs again."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from contracts import subjects
from contracts.events import VideoEvent
from kit.crash import POINTS
from kit.ffmpeg import find_ffmpeg
from kit.service import connected
from kit.settings import Settings
from tests import material
from tests.client import Client, Json
from tests.processes import ACK_WAIT_S, Processes, programs_below

pytestmark = pytest.mark.slow

STATIONS = ("script", "tts", "footage", "render", "storage", "quality")
STEPS = STATIONS[:-1]  # the line's: the last one looks at what they have made
# Whoever makes no media has nothing to rename.
MAKES_FILES = frozenset({"tts", "render", "storage"})
CASES = [
    (station, point) for station in STATIONS for point in POINTS if point != "after-rename" or station in MAKES_FILES
]


@pytest.fixture(scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Processes]:
    system = Processes(tmp_path_factory.mktemp("processes"))
    await system.servers()
    await system.start_all()
    yield system
    await system.stop()


@pytest.fixture
async def client(running: Processes) -> AsyncIterator[Client]:
    made = running.client()
    yield made
    await made.http.aclose()


async def order(client: Client, words: str, **changes: Any) -> Json:
    clip = material.video("killed.mp4", seconds=6, size=(640, 360))
    return await client.brief(clip, script=f"{words} It must be finished, and only once.", **changes)


async def facts(running: Processes, job: str) -> list[VideoEvent]:
    settings = Settings(nats_url=running.environment["EDIT_FACTORY_NATS_URL"], home=running.home)
    async with connected(settings, "test") as bus:
        return [
            heard.event
            async for heard in bus.history(subjects.facts_of(UUID(job)))
            if isinstance(heard.event, VideoEvent)
        ]


async def once_each(running: Processes, job: str) -> list[VideoEvent]:
    """The log has exactly one outcome of each step, and all are good."""
    found = await facts(running, job)
    assert Counter(fact.step for fact in found) == dict.fromkeys(STEPS, 1)
    assert [fact.verb() for fact in found] == ["ready", "ready", "ready", "rendered", "stored"]
    return found


async def passed_once(running: Processes, client: Client, job: str) -> None:
    """The quality gate has one word on it, and a good one."""
    async with asyncio.timeout(ACK_WAIT_S + 90):
        while not (await client.job(job))["videos"][0]["publishable"]:
            await asyncio.sleep(0.2)
    settings = Settings(nats_url=running.environment["EDIT_FACTORY_NATS_URL"], home=running.home)
    async with connected(settings, "test") as bus:
        told = [heard.event.TYPE async for heard in bus.history(subjects.facts_of(UUID(job)))]
    assert told.count("video.checked") == 1


async def no_orphans(home: Path) -> None:
    for _ in range(100):
        if not programs_below(home, find_ffmpeg().name[:15]):
            return
        await asyncio.sleep(0.1)
    raise AssertionError("an ffmpeg outlived its worker by ten seconds")


@pytest.mark.parametrize(("station", "point"), CASES, ids=[f"{station}:{point}" for station, point in CASES])
async def test_a_worker_killed_at_a_named_point(running: Processes, client: Client, station: str, point: str):
    await running.kill(station)
    await running.start(station, crash=f"{station}:{point}")
    job = await client.submit(await order(client, f"Killed at {station}, {point}."))
    assert await running.ended(station) == -9
    await no_orphans(running.home)
    await running.start(station)
    ended = await client.finished(job["id"], ACK_WAIT_S + 90)
    assert ended["state"] == "completed"
    await once_each(running, job["id"])
    await passed_once(running, client, job["id"])


@pytest.mark.parametrize("point", POINTS)
async def test_a_worker_killed_while_it_looks_an_upload_through(running: Processes, client: Client, point: str):
    await running.kill("footage")
    await running.start("footage", crash=f"footage-assets:{point}")
    clip = material.video(f"looked-{point}.mp4", seconds=2 + POINTS.index(point) / 10, size=(640, 360))
    asset = (await client.upload(clip))["id"]
    assert await running.ended("footage") == -9
    await no_orphans(running.home)
    await running.start("footage")
    async with asyncio.timeout(ACK_WAIT_S + 90):
        while (await client.http.get(f"/v1/assets/{asset}/analysis")).status_code != 200:
            await asyncio.sleep(0.2)
    settings = Settings(nats_url=running.environment["EDIT_FACTORY_NATS_URL"], home=running.home)
    async with connected(settings, "test") as bus:
        told = [heard.event.TYPE async for heard in bus.history(subjects.facts_of(UUID(asset)))]
    assert told == ["asset.uploaded", "asset.analysed"]


async def test_a_worker_killed_in_mid_render_leaves_earlier_steps_alone(running: Processes, client: Client):
    job = await client.submit(await order(client, "In the middle of it all.", quality="final"))
    async for event in client.events(job["id"]):
        if event.event == "progress" and event.data["step"] == "render" and event.data["share"] > 0:
            break
    before = await facts(running, job["id"])
    await running.kill("render")
    await no_orphans(running.home)
    await running.start("render")
    assert (await client.finished(job["id"], 90))["state"] == "completed"
    after = await once_each(running, job["id"])
    assert after[: len(before)] == before
    assert len(before) == 3


async def test_everything_killed_at_once(running: Processes, client: Client):
    job = await client.submit(await order(client, "All at once.", quality="final"))
    async for event in client.events(job["id"]):
        if event.event == "progress" and event.data["step"] == "render" and event.data["share"] > 0:
            break
    before = await facts(running, job["id"])
    await running.kill_everything()
    await no_orphans(running.home)
    await running.servers()
    await running.start_all()
    again = running.client()
    try:
        assert (await again.finished(job["id"], 90))["state"] == "completed"
    finally:
        await again.http.aclose()
    after = await once_each(running, job["id"])
    assert after[: len(before)] == before


async def test_a_stopped_worker_gives_its_work_back_at_once(running: Processes, client: Client):
    fresh = running.client()
    job = await fresh.submit(await order(fresh, "Please leave by the door.", quality="final"))
    async for event in fresh.events(job["id"]):
        if event.event == "progress" and event.data["step"] == "render" and event.data["share"] > 0:
            break
    assert await running.terminate("render") == 0
    await no_orphans(running.home)
    await running.start("render")
    assert (await fresh.finished(job["id"], 90))["state"] == "completed"
    await once_each(running, job["id"])
    await fresh.http.aclose()
