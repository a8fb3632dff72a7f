"""Servers that die under the running system: it says so, waits, and goes on by itself."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from edit_factory.embedded import Embedded
from kit.settings import Settings
from tests import material
from tests.client import Client


@pytest.fixture(scope="module")
async def system(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Embedded]:
    made = Embedded(Settings(home=tmp_path_factory.mktemp("outages"), port=0, ack_wait_s=2.0, retry_delay_s=0.2))
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def client(system: Embedded) -> AsyncIterator[Client]:
    async with httpx.AsyncClient(base_url=system.url, timeout=30) as http:
        yield Client(http)


async def ready(client: Client) -> None:
    for _ in range(600):
        if (await client.http.get("/health/ready")).status_code == 200:
            return
        await asyncio.sleep(0.1)
    raise AssertionError("it did not become ready again")


async def brief(client: Client, words: str) -> dict[str, Any]:
    return await client.brief(material.video("outage.mp4", seconds=6, size=(640, 360)), script=words)


async def test_nats_killed_in_the_middle_of_a_job(system: Embedded, client: Client):
    job = await client.submit(
        await brief(client, "The bus breaks down, and the line goes on. Nothing is lost on the way.")
    )
    async for event in client.events(job["id"]):
        if event.event == "speech.ready":
            break
    os.kill(system.servers["nats"].pid, signal.SIGKILL)
    await ready(client)
    assert (await client.finished(job["id"], 60))["state"] == "completed"
    after = await client.made(await brief(client, "And the next one goes as if nothing had been."))
    assert after["state"] == "completed"


async def test_postgres_killed(system: Embedded, client: Client):
    asked = await brief(client, "The books are closed for a moment.")
    os.kill(system.servers["postgres"].pid, signal.SIGKILL)
    answers = []
    for _ in range(20):
        answer = await client.http.get("/v1/jobs")
        answers.append(answer.status_code)
        if answer.status_code == 503:
            assert answer.headers["retry-after"]
            assert answer.json()["code"] == "database_unavailable"
        await asyncio.sleep(0.05)
    assert set(answers) <= {200, 503}
    await ready(client)
    assert (await client.made(asked))["state"] == "completed"


async def test_a_nul_in_a_text_is_refused_and_harms_nobody(client: Client):
    asked = await brief(client, "Nothing to see here.")
    refused = await client.http.post("/v1/jobs", json=asked | {"title": "a\0b"})
    assert refused.status_code == 422
    assert (await client.made(asked))["state"] == "completed"
    async with asyncio.timeout(10):  # lists are of the database, which is a moment behind the log
        while (await client.http.get("/v1/jobs")).json()["items"][0]["state"] != "completed":
            await asyncio.sleep(0.05)
