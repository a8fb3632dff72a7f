"""Who is served next: the lanes of every inbox, taken from in turn on a real server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from nats.aio.msg import Msg
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy

from contracts import subjects
from contracts.events import Event, RetryRequestedV1
from contracts.streams import DURABLES, EVENTS, Durable, durable
from edit_factory.sidecars.nats import NatsServer
from kit.bus import Bus
from kit.inboxes import consumers, inboxes
from kit.lanes import FAST_IN_A_ROW, LONGEST_REST_S, REST_S
from kit.service import connected
from kit.settings import Settings
from kit.taking import Lanes
from kit.topology import lay_out
from tests.limits import SOON_S

RENDER = durable("render")
CLAIM_S = 1.0
ANNA, BEN = subjects.lane("anna", "final"), subjects.lane("ben", "final")
FAST = subjects.FAST_LANE


@pytest.fixture(scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Settings]:
    home = tmp_path_factory.mktemp("lanes")
    made = NatsServer(home)
    address = await made.start()
    yield Settings(nats_url=address.url, home=home, ack_wait_s=CLAIM_S)
    await made.stop()


@pytest.fixture
async def bus(server: Settings) -> AsyncIterator[Bus]:
    """With nothing in any lane."""
    async with connected(server, "test") as made:
        await lay_out(made.jetstream, server)
        await made.jetstream.purge_stream(EVENTS.name)
        yield made


@asynccontextmanager
async def taking(bus: Bus, inbox: Durable = RENDER) -> AsyncIterator[Lanes]:
    lanes = Lanes(bus, inbox)
    await lanes.open()
    try:
        yield lanes
    finally:
        await lanes.unsubscribe()


async def comes(bus: Bus, lane: str, count: int = 1, event: type[Event] = RENDER.hears) -> list[int]:
    """That many messages, and their places in the log."""
    where = subjects.heard_in(event, lane).removesuffix(">")
    acks = [await bus.jetstream.publish(f"{where}{uuid4()}.{uuid4()}.1", b"{}") for _ in range(count)]
    return [ack.seq for ack in acks]


async def took(lanes: Lanes, count: int) -> list[str]:
    """The lanes of the next messages, each of which is done with before the next one is taken."""
    found = []
    async with asyncio.timeout(SOON_S):
        for _ in range(count):
            message = await lanes.take()
            await message.ack_sync()
            found.append(subjects.lane_of(message.subject))
    return found


async def nothing_left(bus: Bus, inbox: Durable = RENDER) -> bool:
    lanes = (await inboxes(bus))[inbox.name].values()
    return not any((info.num_pending or 0) + (info.num_ack_pending or 0) for info in lanes)


@pytest.mark.parametrize("inbox", DURABLES, ids=lambda inbox: inbox.name)
async def test_behind_two_hundred_of_one_user_another_is_next(bus: Bus, inbox: Durable):
    assert ANNA != BEN
    await comes(bus, ANNA, 200, inbox.hears)
    async with taking(bus, inbox) as lanes:
        assert await took(lanes, 5) == [ANNA] * 5
        await comes(bus, BEN, 1, inbox.hears)
        assert BEN in await took(lanes, 2)
        assert await took(lanes, 3) == [ANNA] * 3


async def test_a_retry_of_one_user_does_not_wait_for_the_others_either(bus: Bus):
    await comes(bus, ANNA, 20)
    await comes(bus, BEN, 1, RetryRequestedV1)
    async with taking(bus) as lanes:
        assert BEN in await took(lanes, 2)


async def test_drafts_come_before_what_came_earlier(bus: Bus):
    await comes(bus, ANNA, 3)
    await comes(bus, FAST, 2)
    async with taking(bus) as lanes:
        assert await took(lanes, 5) == [FAST, FAST, ANNA, ANNA, ANNA]
    assert await nothing_left(bus)


async def test_a_steady_flood_of_drafts_starves_nobody(bus: Bus):
    await comes(bus, FAST, 30)
    await comes(bus, ANNA, 2)
    await comes(bus, BEN, 2)
    async with taking(bus) as lanes:
        found = []
        for _ in range(4 * (FAST_IN_A_ROW + 1)):
            await comes(bus, FAST)
            found += await took(lanes, 1)
    assert sorted(lane for lane in found if lane != FAST) == sorted([ANNA, ANNA, BEN, BEN])
    assert [place for place, lane in enumerate(found) if lane != FAST] == [4, 9, 14, 19]


async def test_two_processes_share_the_lanes_and_each_is_fair(bus: Bus, server: Settings):
    places = {*(await comes(bus, ANNA, 30)), *(await comes(bus, BEN, 2))}
    seen: list[Msg] = []
    async with connected(server, "test") as other, taking(bus) as one, taking(other) as two:

        async def work(lanes: Lanes) -> None:
            while len(seen) < len(places):
                message = await lanes.take()
                seen.append(message)
                await message.ack_sync()

        workers = [asyncio.create_task(work(lanes)) for lanes in (one, two)]
        async with asyncio.timeout(SOON_S):
            await asyncio.wait(workers, return_when=asyncio.FIRST_COMPLETED)
        for worker in workers:
            worker.cancel()
        await asyncio.wait(workers)
    assert sorted(message.metadata.sequence.stream for message in seen) == sorted(places)
    bens = [place for place, message in enumerate(seen) if subjects.lane_of(message.subject) == BEN]
    assert max(bens) < 8


async def test_all_free_slots_of_a_process_are_given_something_and_nothing_is_fetched_ahead(bus: Bus):
    async with taking(bus) as lanes:
        slots = [asyncio.create_task(lanes.take()) for _ in range(2)]
        await asyncio.sleep(0.1)
        await comes(bus, ANNA, 5)
        async with asyncio.timeout(SOON_S):
            found = await asyncio.gather(*slots)
        info = (await inboxes(bus))["render"][ANNA]
        assert (info.num_ack_pending, info.num_pending) == (2, 3)
        for message in found:
            await message.ack_sync()
        assert await took(lanes, 3) == [ANNA] * 3


async def test_a_fresh_message_is_begun_without_waiting_for_the_next_look(bus: Bus):
    waited = []
    async with taking(bus) as lanes:
        for number in range(10):
            slot = asyncio.create_task(took(lanes, 1))
            await asyncio.sleep(0.2)
            began = time.monotonic()
            await comes(bus, (ANNA, BEN, FAST)[number % 3])
            await slot
            waited.append(time.monotonic() - began)
    assert sorted(waited)[5] < REST_S / 4, waited


async def test_what_is_given_back_is_found_though_nobody_tells(bus: Bus):
    await comes(bus, ANNA)
    async with taking(bus) as lanes:
        message = await lanes.take()
        await message.nak(delay=0.5)
        async with asyncio.timeout(SOON_S):
            again = await lanes.take()
        assert again.metadata.num_delivered == 2
        await again.ack_sync()


async def test_what_a_dead_worker_held_comes_again(bus: Bus, server: Settings):
    async with connected(server, "test") as other, taking(other) as dying:
        await comes(bus, ANNA)
        held = await dying.take()
    began = time.monotonic()
    async with taking(bus) as lanes, asyncio.timeout(SOON_S):
        again = await lanes.take()
        assert again.metadata.sequence.stream == held.metadata.sequence.stream
        assert again.metadata.num_delivered == 2
        await again.ack_sync()
    assert time.monotonic() - began < CLAIM_S + LONGEST_REST_S + SOON_S / 2


async def test_a_slot_that_is_told_to_stop_loses_nothing(bus: Bus):
    """Whenever it is told so: what it was just being given goes back, and is somebody's at once."""
    async with taking(bus) as lanes:
        for number in range(40):
            stopping = asyncio.create_task(lanes.take())
            await asyncio.sleep(0.0002 * number)
            await comes(bus, BEN)
            await asyncio.sleep(0.0001 * number)
            stopping.cancel()
            await asyncio.wait({stopping})
            message = stopping.result() if not stopping.cancelled() else await asyncio.wait_for(lanes.take(), SOON_S)
            await message.ack_sync()
            assert await nothing_left(bus)


async def test_one_lane_that_is_gone_keeps_nobody_from_the_others_and_comes_back(bus: Bus, server: Settings):
    await bus.jetstream.delete_consumer(EVENTS.name, RENDER.consumer(FAST).name)
    await comes(bus, FAST)
    await comes(bus, ANNA, 2)
    async with taking(bus) as lanes:
        assert await took(lanes, 2) == [ANNA, ANNA]
        await lay_out(bus.jetstream, server)
        assert await took(lanes, 1) == [FAST]


# --- from one consumer for all lanes to one for each ------------------------------------------------------------------


@pytest.fixture
async def of_old(tmp_path: Path) -> AsyncIterator[tuple[Settings, Bus]]:
    """A server as an earlier version left it: an inbox was one consumer, and had everything."""
    made = NatsServer(tmp_path)
    address = await made.start()
    settings = Settings(nats_url=address.url, home=tmp_path, ack_wait_s=CLAIM_S)
    try:
        async with connected(settings, "test") as bus:
            await lay_out(bus.jetstream, settings)
            for inbox in DURABLES:
                for lane in inbox.consumers:
                    await bus.jetstream.delete_consumer(EVENTS.name, lane.name)
                await bus.jetstream.add_consumer(EVENTS.name, single(inbox))
            yield settings, bus
    finally:
        await made.stop()


def single(inbox: Durable) -> ConsumerConfig:
    return ConsumerConfig(
        durable_name=inbox.name,
        filter_subjects=[subjects.heard(event) for event in inbox.heard],
        deliver_policy=DeliverPolicy.ALL,
        ack_policy=AckPolicy.EXPLICIT,
        ack_wait=CLAIM_S,
        max_ack_pending=1000,
    )


async def test_what_waited_in_the_one_inbox_waits_in_the_lanes_and_what_is_done_stays_done(
    of_old: tuple[Settings, Bus],
):
    settings, bus = of_old
    done, held, waiting = await comes(bus, ANNA), await comes(bus, BEN), await comes(bus, ANNA, 2)
    waiting += [*(await comes(bus, FAST)), *(await comes(bus, BEN, 1, RetryRequestedV1))]
    before = await bus.jetstream.pull_subscribe_bind(durable="render", stream=EVENTS.name)
    first, _ = await before.fetch(2, timeout=5)  # the second one's worker is still at it
    await first.ack_sync()
    await asyncio.gather(*(lay_out(bus.jetstream, settings) for _ in range(3)))  # several processes may do so at once
    there = await consumers(bus.jetstream)
    assert not {inbox.name for inbox in DURABLES} & set(there)
    seen = []
    async with taking(bus) as lanes, asyncio.timeout(SOON_S):
        for _ in range(len(waiting) + 1):
            message = await lanes.take()
            seen.append(message.metadata.sequence.stream)
            await message.ack_sync()
    assert sorted(seen) == sorted([*held, *waiting])
    assert done[0] not in seen
    assert await nothing_left(bus)


async def test_lanes_go_on_from_where_they_are_whoever_lays_them_out(of_old: tuple[Settings, Bus]):
    settings, bus = of_old
    await comes(bus, ANNA)
    await lay_out(bus.jetstream, settings)
    async with taking(bus) as lanes:
        assert await took(lanes, 1) == [ANNA]
        other = settings.model_copy(update={"ack_wait_s": 7.0})
        await lay_out(bus.jetstream, other)
        there = await consumers(bus.jetstream)
        assert {there[lane.name].config.ack_wait for lane in RENDER.consumers} == {7.0}
        assert await nothing_left(bus)
        await comes(bus, ANNA)
        assert await took(lanes, 1) == [ANNA]


async def test_one_that_was_stopped_half_way_is_brought_to_an_end(of_old: tuple[Settings, Bus]):
    """Some lanes are there, the one inbox too, and meanwhile goes on being emptied."""
    settings, bus = of_old
    (first,) = await comes(bus, ANNA)
    (second,) = await comes(bus, BEN)
    await lay_out(bus.jetstream, settings)
    await bus.jetstream.add_consumer(EVENTS.name, single(RENDER))
    await bus.jetstream.delete_consumer(EVENTS.name, RENDER.consumer(BEN).name)
    before = await bus.jetstream.pull_subscribe_bind(durable="render", stream=EVENTS.name)
    (message,) = await before.fetch(1, timeout=5)
    await message.ack_sync()
    await lay_out(bus.jetstream, settings)
    async with taking(bus) as lanes, asyncio.timeout(SOON_S):
        seen = []
        for _ in range(2):
            message = await lanes.take()
            seen.append(message.metadata.sequence.stream)
            await message.ack_sync()
    assert sorted(seen) == [first, second]  # the first once more: it is found announced
    assert await nothing_left(bus)
