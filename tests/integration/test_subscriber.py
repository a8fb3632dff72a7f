"""The example of the documentation as an outside program runs it: nothing missed, nothing twice, nothing written."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import nats
import nats.errors
import nats.js.errors
import orjson
import pytest
from nats.aio.client import Client as Connection

from contracts.streams import EVENTS, FEED
from edit_factory.embedded import Embedded
from tests import material
from tests.client import Client, Json

EXAMPLE = Path(__file__).parents[2] / "docs/examples/subscriber.py"
REFUSED_S = 0.25  # a refusal itself is not an answer: the client is told beside it
STORY = ["job.requested", "script.ready", "speech.ready", "timeline.ready", "video.rendered", "video.stored"]


class Program:
    """The example, running."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.heard: list[Json] = []

    async def until_stored(self, job: str, timeout_s: float = 60) -> None:
        async with asyncio.timeout(timeout_s):
            while not any(fact["type"] == "video.stored.v1" and fact["job"] == job for fact in self.heard):
                self.heard.append(await self._line())

    async def _line(self) -> Json:
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        assert line, "the program ended"
        fact: Json = orjson.loads(line)
        return fact

    async def end(self, number: signal.Signals) -> int:
        with suppress(ProcessLookupError):
            self._process.send_signal(number)
        return await asyncio.wait_for(self._process.wait(), 60)

    @property
    def sequences(self) -> list[int]:
        return [fact["seq"] for fact in self.heard]


@asynccontextmanager
async def example(url: str, *options: str) -> AsyncIterator[Program]:
    """The URL goes by the environment, the way not to show a password to everybody on the machine."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        EXAMPLE,
        *options,
        env={"PATH": os.defpath, "NATS_URL": url},
        stdout=asyncio.subprocess.PIPE,
    )
    program = Program(process)
    try:
        yield program
    finally:
        await program.end(signal.SIGKILL)


@asynccontextmanager
async def connected(url: str, errors: list[Exception] | None = None) -> AsyncIterator[Connection]:
    async def note(error: Exception) -> None:
        if errors is not None:
            errors.append(error)

    connection = await nats.connect(url, allow_reconnect=False, error_cb=note)
    try:
        yield connection
    finally:
        await connection.close()


async def all_acknowledged(url: str, durable: str) -> None:
    """Whoever is killed now was told nothing that it will be told again."""
    async with connected(url) as connection, asyncio.timeout(60):
        while True:
            info = await connection.jetstream().consumer_info(FEED.name, durable)
            if not info.num_pending and not info.num_ack_pending:
                return
            await asyncio.sleep(0.05)


@pytest.fixture
async def brief(api: Client) -> Json:
    clip = material.video("subscriber.mp4", seconds=6, size=(640, 360))
    return await api.brief(clip, script=f"Somebody listens, number {uuid4().int % 1000}.")


async def test_killed_and_started_again_it_goes_on_where_it_stopped(api: Client, factory: Embedded, brief: Json):
    url, durable = factory.subscriber_url, f"test-{uuid4().hex[:8]}"
    async with example(url, "--durable", durable) as program:
        first = await api.submit(brief)
        await program.until_stored(first["id"])
        await all_acknowledged(url, durable)
        await program.end(signal.SIGKILL)
        before = program.heard
    second = await api.made(brief)
    async with example(url, "--durable", durable) as program:
        await program.until_stored(second["id"])
        assert await program.end(signal.SIGINT) == 0
    heard = before + program.heard
    for job in (first["id"], second["id"]):
        assert [fact["type"] for fact in heard if fact.get("job") == job] == [f"{name}.v1" for name in STORY]
    sequences = [fact["seq"] for fact in heard]
    assert sequences == list(range(sequences[0], sequences[-1] + 1))
    assert len({fact["id"] for fact in heard}) == len(heard)
    stored = heard[-1]
    assert stored["video"] == second["videos"][0]["id"]
    assert (stored["number"], stored["run"]) == (1, 1)
    assert stored["at"]


async def test_it_hears_only_what_it_asks_for(api: Client, factory: Embedded, brief: Json):
    url, durable = factory.subscriber_url, f"test-{uuid4().hex[:8]}"
    job = await api.made(brief)
    async with example(url, "--durable", durable, "--facts", "ef.evt.video.stored.v1.>") as program:
        await program.until_stored(job["id"])
        assert {fact["type"] for fact in program.heard} == {"video.stored.v1"}
        assert program.sequences == sorted(program.sequences)
        assert await program.end(signal.SIGTERM) == 0


async def test_without_a_server_it_says_how_to_name_one():
    process = await asyncio.create_subprocess_exec(
        sys.executable, EXAMPLE, env={"PATH": os.defpath}, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    assert process.returncode == 2
    assert b"NATS_URL" in said


FORBIDDEN: dict[str, Any] = {
    "write an event": lambda outsider: outsider.request("ef.evt.job.requested.v1.fast.forged.-.0", b"{}", REFUSED_S),
    "write an event and wait for it": lambda outsider: outsider.jetstream(timeout=REFUSED_S).publish(
        "ef.evt.job.requested.v1.fast.forged.-.0", b"{}", stream=EVENTS.name
    ),
    "tell progress": lambda outsider: outsider.request("ef.prg.forged.forged", b"{}", REFUSED_S),
    "look at the events stream": lambda outsider: outsider.jsm(timeout=REFUSED_S).stream_info(EVENTS.name),
    "read the events stream": lambda outsider: outsider.jsm(timeout=REFUSED_S).get_msg(EVENTS.name, seq=1),
    "delete the events stream": lambda outsider: outsider.jsm(timeout=REFUSED_S).delete_stream(EVENTS.name),
    "delete an inbox": lambda outsider: outsider.jsm(timeout=REFUSED_S).delete_consumer(EVENTS.name, "render"),
    "empty the feed": lambda outsider: outsider.jsm(timeout=REFUSED_S).purge_stream(FEED.name),
    "delete the feed": lambda outsider: outsider.jsm(timeout=REFUSED_S).delete_stream(FEED.name),
    "delete a fact of the feed": lambda outsider: outsider.request(
        "$JS.API.STREAM.MSG.DELETE.EF_FEED", b'{"seq":1}', REFUSED_S
    ),
    "make a stream": lambda outsider: outsider.jsm(timeout=REFUSED_S).add_stream(name="MINE", subjects=["mine"]),
}


@pytest.mark.parametrize("what", FORBIDDEN)
async def test_a_subscriber_can_not(factory: Embedded, what: str):
    refusals: list[Exception] = []
    async with connected(factory.subscriber_url, refusals) as outsider:
        with pytest.raises((nats.errors.Error, nats.js.errors.Error)):
            await FORBIDDEN[what](outsider)
        await outsider.flush()
    assert any("permissions violation for publish" in str(refusal).lower() for refusal in refusals)
    async with connected(factory.settings.nats_url) as insider:
        manager = insider.jsm()
        assert "render-fast" in {consumer.name for consumer in await manager.consumers_info(EVENTS.name)}
        with pytest.raises(nats.js.errors.NotFoundError):
            await manager.get_last_msg(EVENTS.name, "ef.evt.job.requested.v1.fast.forged.-.0", direct=True)


async def test_what_was_refused_left_the_feed_whole(api: Client, factory: Embedded):
    await api.upload(material.video("subscriber.mp4", seconds=6, size=(640, 360)))
    async with connected(factory.settings.nats_url) as insider, connected(factory.subscriber_url) as outsider:
        async with asyncio.timeout(60):
            while True:
                events = (await insider.jsm().stream_info(EVENTS.name)).state
                feed = (await outsider.jsm().stream_info(FEED.name)).state
                if (
                    events.last_seq == feed.last_seq and events.messages <= feed.messages
                ):  # it keeps forgotten jobs a while
                    break
                await asyncio.sleep(0.05)
    assert feed.messages > 0
