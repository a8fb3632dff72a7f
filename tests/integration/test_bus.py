"""The rule everything stands on: the log lets one outcome in, for good, whatever is killed in between."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from contracts import subjects
from contracts.events import Event, JobRequestedV1, VideoStoredV1
from contracts.faults import Unavailable
from edit_factory.sidecars.nats import NatsServer
from kit.bus import Bus
from kit.follow import follow
from kit.service import connected
from kit.settings import Settings
from kit.topology import lay_out
from tests.builders import cancel_requested, line, render_failed, requested


@pytest.fixture(scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[NatsServer, Settings]]:
    """A server of this module's own, because it is going to be killed."""
    home = tmp_path_factory.mktemp("bus")
    made = NatsServer(home)
    address = await made.start()
    yield made, Settings(nats_url=address.url, home=home)
    await made.stop()


@pytest.fixture
def server(running: tuple[NatsServer, Settings]) -> NatsServer:
    return running[0]


@pytest.fixture
def settings(running: tuple[NatsServer, Settings]) -> Settings:
    return running[1]


@pytest.fixture
async def bus(settings: Settings) -> AsyncIterator[Bus]:
    async with connected(settings, "test") as made:
        await lay_out(made.jetstream, settings)
        yield made


async def kill_and_wait(server: NatsServer, bus: Bus) -> None:
    """SIGKILL; the supervisor starts it again on the same port."""
    os.kill(server.pid, signal.SIGKILL)
    for _ in range(100):
        await asyncio.sleep(0.1)
        try:
            await bus.ping()
        except Unavailable:
            continue
        return
    raise AssertionError("the server did not come back")


async def test_of_fifty_at_once_one_wins(bus: Bus):
    job = uuid4()
    rivals: list[Event] = [requested(job, title=f"rival {number}") for number in range(50)]
    told = await asyncio.gather(*(bus.announce(event) for event in rivals))
    winners = [announced for announced in told if announced.won]
    assert len(winners) == 1
    assert {announced.seq for announced in told} == {winners[0].seq}
    assert all(announced.event == winners[0].event for announced in told)


async def test_it_still_refuses_after_the_server_was_killed_and_started_again(bus: Bus, server: NatsServer):
    job = uuid4()
    first = await bus.announce(requested(job, title="first"))
    assert first.won
    await kill_and_wait(server, bus)
    second = await bus.announce(requested(job, title="second"))
    assert not second.won
    assert second.seq == first.seq
    assert isinstance(second.event, JobRequestedV1)
    assert second.event.order.brief.title == "first"


async def test_a_draft_and_a_final_of_one_job_are_rivals_although_their_lanes_differ(bus: Bus):
    job = uuid4()
    assert (await bus.announce(requested(job))).won
    draft = requested(job).model_copy(update={"lane": subjects.FAST_LANE})
    assert not (await bus.announce(draft)).won


async def test_success_and_failure_of_one_step_are_rivals(bus: Bus):
    job = uuid4()
    *_, rendered, stored = line(job=job)
    announced = await bus.announce(rendered)
    assert announced.won
    assert not (await bus.announce(render_failed(job=job))).won
    kept = await bus.announce(stored, after=announced.seq)
    assert kept.won
    assert isinstance(kept.event, VideoStoredV1)
    assert not (await bus.announce(render_failed(job=job), after=announced.seq)).won


async def test_a_cancellation_is_no_rival_of_the_request(bus: Bus):
    job = uuid4()
    assert (await bus.announce(requested(job))).won
    assert (await bus.announce(cancel_requested(job))).won
    assert not (await bus.announce(cancel_requested(job))).won


async def test_history_is_told_in_order_and_from_where_one_likes(bus: Bus):
    job = uuid4()
    events: list[Event] = [requested(job), *line(job=job)]
    seqs: list[int] = []
    for event in events:
        after = seqs[-1] if isinstance(event, VideoStoredV1) else 0
        seqs.append((await bus.announce(event, after=after)).seq)
    whole = [heard async for heard in bus.history(subjects.facts_of(job))]
    assert [heard.event for heard in whole] == events
    assert [heard.seq for heard in whole] == seqs
    rest = [heard.seq async for heard in bus.history(subjects.facts_of(job), since=seqs[3])]
    assert rest == seqs[3:]
    assert [heard async for heard in bus.history(subjects.facts_of(uuid4()))] == []


async def test_of_a_history_that_is_removed_meanwhile_nothing_is_waited_for(bus: Bus):
    job, count = uuid4(), 300
    for number in range(1, count + 1):
        assert (await bus.announce(render_failed(number, job=job))).won
    seen = 0
    async with asyncio.timeout(4):
        async for heard in bus.history(subjects.facts_of(job)):
            if not seen:
                await bus.purge_job(job, heard.seq + count)
            seen += 1
    assert 0 < seen < count


async def test_following_misses_nothing_when_the_server_is_killed(bus: Bus, server: NatsServer):
    start = (await bus.ping())["last_seq"]
    jobs = [uuid4() for _ in range(6)]
    seen: list[UUID] = []

    async def read() -> None:
        async with aclosing(follow(bus, subjects.EVENTS, start)) as batches:
            async for batch in batches:
                seen.extend(event.job for event, _ in batch if isinstance(event, JobRequestedV1))
                if len(seen) >= len(jobs):
                    return

    reading = asyncio.create_task(read())
    for job in jobs[:3]:
        await bus.announce(requested(job))
    await kill_and_wait(server, bus)
    for job in jobs[3:]:
        await bus.announce(requested(job))
    await asyncio.wait_for(reading, 30)
    assert seen == jobs


async def test_a_step_result_is_found_again_and_the_last_one_counts(bus: Bus):
    key = "a" * 64
    assert await bus.kept_result("tts", key) is None
    await bus.keep_result("tts", key, b"one")
    await bus.keep_result("tts", key, b"two")
    assert await bus.kept_result("tts", key) == b"two"


async def test_a_server_that_is_away_is_said_to_be_away(tmp_path: Path):
    own = NatsServer(tmp_path)
    address = await own.start()
    settings = Settings(nats_url=address.url, home=tmp_path)
    async with connected(settings, "test") as bus:
        await lay_out(bus.jetstream, settings)
        await own.stop()
        with pytest.raises(Unavailable):
            await bus.ping()


async def test_a_full_log_is_said_to_be_full_and_not_to_be_away(tmp_path: Path):
    server = NatsServer(tmp_path)
    address = await server.start()
    settings = Settings(nats_url=address.url, home=tmp_path, events_max_bytes=20_000)
    try:
        async with connected(settings, "test", patience_s=1.0) as bus:
            await lay_out(bus.jetstream, settings)
            asked = (requested().model_copy(update={"job": uuid4()}) for _ in range(100))
            with pytest.raises(Unavailable) as full:
                _ = [await bus.announce(event) for event in asked]
            assert full.value.code == "storage_full"
    finally:
        await server.stop()
