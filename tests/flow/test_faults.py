"""Servers away for half a minute, a full disk, a worker that sleeps, clients that don't read: nothing is lost."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from contracts import subjects
from contracts.events import VideoEvent
from kit.service import connected
from kit.settings import Settings
from tests import material
from tests.client import Client, Json
from tests.limits import SOON_S
from tests.processes import ACK_WAIT_S, Processes

pytestmark = pytest.mark.slow

AWAY_S = 30.0
BACK_S = 30.0


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Processes]:
    system = Processes(tmp_path)
    await system.servers()
    await system.start_all()
    yield system
    await system.stop()


@pytest.fixture
async def client(running: Processes) -> AsyncIterator[Client]:
    made = running.client()
    yield made
    await made.http.aclose()


async def order(client: Client, words: str, **changes: object) -> Json:
    clip = material.video("fault.mp4", seconds=6, size=(640, 360))
    return await client.brief(clip, script=f"{words} Whatever happens meanwhile.", **changes)


async def until(client: Client, path: str, status: int, within_s: float) -> httpx.Response:
    """Asks until the answer is of that status."""
    async with asyncio.timeout(within_s):
        while True:
            answer = await client.http.get(path)
            if answer.status_code == status:
                return answer
            await asyncio.sleep(0.1)


async def in_render(client: Client, job: str) -> None:
    async for event in client.events(job):
        if event.event == "progress" and event.data["step"] == "render":
            return


async def outcomes(running: Processes, job: str) -> Counter[str]:
    settings = Settings(nats_url=running.environment["EDIT_FACTORY_NATS_URL"], home=running.home)
    async with connected(settings, "test") as bus:
        told = [heard.event async for heard in bus.history(subjects.facts_of(UUID(job)))]
    return Counter(event.step.value for event in told if isinstance(event, VideoEvent))


async def test_a_worker_that_sleeps_past_its_claim_is_refused(running: Processes, client: Client):
    job = await client.submit(await order(client, "A nap at the wrong time.", quality="final"))
    await in_render(client, job["id"])
    sleeper = running.pid("render")
    os.kill(sleeper, signal.SIGSTOP)
    await running.start("render#2")
    try:
        assert (await client.finished(job["id"], ACK_WAIT_S + 60))["state"] == "completed"
    finally:
        os.kill(sleeper, signal.SIGCONT)
    await asyncio.sleep(3 * ACK_WAIT_S)  # awake, it goes on where it was
    assert set((await outcomes(running, job["id"])).values()) == {1}
    assert running.pid("render") == sleeper, "it lives on"
    again = await client.made(await order(client, "Awake again."))
    assert again["state"] == "completed"


async def test_nats_away_for_half_a_minute(running: Processes, client: Client):
    job = await client.submit(await order(client, "The bus is away.", quality="final"))
    await in_render(client, job["id"])
    asked = await order(client, "Not now.")
    await running.stop_server("nats")
    gone = time.monotonic()
    refused = await client.http.post("/v1/jobs", json=asked, headers={"Idempotency-Key": "while-away"})
    assert (refused.status_code, refused.json()["code"]) == (503, "bus_unavailable")
    assert int(refused.headers["retry-after"]) > 0
    assert (await client.http.get("/health/live")).status_code == 200
    assert (await client.http.get("/health/ready")).status_code == 503
    await asyncio.sleep(max(0.0, AWAY_S - (time.monotonic() - gone)))
    await running.start_server("nats")
    await until(client, "/health/ready", 200, BACK_S)
    second = await client.submit(asked, key="while-away")
    for each in (job, second):
        assert (await client.finished(each["id"], 90))["state"] == "completed"
        assert set((await outcomes(running, each["id"])).values()) == {1}


async def test_STAB_01_postgres_away_for_half_a_minute(running: Processes, client: Client):
    job = await client.submit(await order(client, "The books are closed."))
    await running.stop_server("postgres")
    gone = time.monotonic()
    assert (await client.http.get("/health/live")).status_code == 200
    assert (await client.http.get("/health/ready")).status_code == 503
    await asyncio.sleep(max(0.0, AWAY_S - (time.monotonic() - gone)))
    assert (await outcomes(running, job["id"]))["storage"] == 1, "the line went on without it"
    await running.start_server("postgres")
    await until(client, "/health/ready", 200, BACK_S)
    async with asyncio.timeout(BACK_S):
        while (await client.job(job["id"]))["state"] != "completed":
            await asyncio.sleep(0.1)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with 48 MiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mounting, check=False, capture_output=True).returncode != 0:
        pytest.skip("a file system can't be mounted here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


async def test_a_full_disk_is_said_and_waited_for(tmp_path: Path, small_disk: Path):
    home = tmp_path / "home"
    home.mkdir()
    system = Processes(home)
    await system.servers()
    system.environment |= {
        "EDIT_FACTORY_HOME": str(small_disk),
        "EDIT_FACTORY_BLOBS_URL": str(small_disk / "blobs"),
    }
    await system.start_all()
    client = system.client()
    try:
        asked = await order(client, "There is no room for this.")
        filler = small_disk / "filler"
        fill(filler)
        refused = await client.http.post("/v1/assets", content=os.urandom(4 << 20))
        assert (refused.status_code, refused.json()["code"]) == (507, "storage_full"), refused.text
        assert refused.headers["retry-after"]
        job = await client.submit(asked)
        await asyncio.sleep(4)
        assert (await client.job(job["id"]))["state"] in {"queued", "running"}, "it waits"
        filler.unlink()
        assert (await client.finished(job["id"], 60))["state"] == "completed"
        taken = await client.http.post("/v1/assets", content=material.video("room.mp4", seconds=2).read_bytes())
        assert taken.status_code == 201
    finally:
        await client.http.aclose()
        await system.stop()


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1 << 16))
        except OSError:
            return


async def test_clients_that_do_not_read_harm_nobody(running: Processes, client: Client):
    job = await client.submit(await order(client, "Nobody listens.", quality="final"))
    host, port = running.url.removeprefix("http://").split(":")
    deaf = [await asyncio.open_connection(host, int(port), limit=1024) for _ in range(50)]
    for _, writer in deaf:
        writer.write(f"GET /v1/jobs/{job['id']}/events HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
    for number, (_, writer) in enumerate([await asyncio.open_connection(host, int(port)) for _ in range(50)]):
        writer.write(
            f"POST /v1/assets?name={number} HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: 99999\r\n\r\nx".encode()
        )
        deaf.append((_, writer))
    try:
        for _ in range(20):
            began = time.monotonic()
            assert (await client.http.get("/v1/jobs")).status_code == 200
            assert time.monotonic() - began < SOON_S
        assert (await client.finished(job["id"], 90))["state"] == "completed"
    finally:
        for _, writer in deaf:
            writer.close()
