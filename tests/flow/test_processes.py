"""The line as it runs on many machines: servers named by URL, every service a process of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from contracts.media import AssetKind
from edit_factory.registry import SERVICES
from kit.media import probe
from tests import material
from tests.client import Client, Json
from tests.processes import Processes

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
async def processes(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Processes]:
    system = Processes(tmp_path_factory.mktemp("line"))
    try:
        await system.servers()
        await system.start_all()
        yield system
    finally:
        await system.stop()


@pytest.fixture
async def client(processes: Processes) -> AsyncIterator[Client]:
    made = processes.client()
    yield made
    await made.http.aclose()


async def brief(client: Client, words: str) -> Json:
    clip = material.video("processes.mp4", seconds=6, size=(640, 360))
    return await client.brief(clip, script=f"{words} The video is the same.")


async def test_a_brief_becomes_a_file_through_seven_processes(processes: Processes, client: Client, tmp_path: Path):
    assert len({processes.pid(name) for name in SERVICES}) == len(SERVICES)
    job = await client.made(await brief(client, "Every hand is on another machine."))
    assert not any(step["reused"] for step in job["videos"][0]["steps"])
    path = await client.download(job, tmp_path)
    assert path.stat().st_size == job["videos"][0]["files"][0]["size"]
    facts, media_type = await probe(path, AssetKind.FOOTAGE)
    assert media_type == "video/mp4"
    assert (facts.width, facts.height, facts.video_codec) == (360, 640, "h264")
    assert facts.duration_s == pytest.approx(job["videos"][0]["files"][0]["duration_s"], abs=0.1)


async def test_asked_to_end_every_service_does_and_the_next_ones_go_on(processes: Processes):
    client = processes.client()
    asked = await brief(client, "One shift goes home and the next one comes.")
    job = await client.submit(asked, key="kept")
    await client.http.aclose()

    codes = await asyncio.gather(*(processes.terminate(name) for name in SERVICES))
    assert dict(zip(SERVICES, codes, strict=True)) == dict.fromkeys(SERVICES, 0)
    with pytest.raises(httpx.ConnectError):
        async with httpx.AsyncClient(base_url=processes.url) as gone:
            await gone.get("/health/live")

    await processes.start_all()
    client = processes.client()
    assert (await client.finished(job["id"]))["state"] == "completed"
    assert (await client.submit(asked, key="kept"))["id"] == job["id"]
    await client.http.aclose()
