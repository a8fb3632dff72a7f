"""One at a time over connections of their own, as processes have: the lease is in the server, not in a lock of ours."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from uuid import uuid4

import pytest

from contracts import streams, subjects
from contracts.faults import TimedOut, Unavailable
from edit_factory.sidecars.nats import NatsServer
from kit.bus import Bus
from kit.leases import Leases
from kit.service import connected
from kit.settings import Settings
from kit.topology import lay_out
from tests.limits import SOON_S


@pytest.fixture(scope="module")
async def settings(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Settings]:
    home = tmp_path_factory.mktemp("leases")
    server = NatsServer(home)
    yield Settings(home=home, nats_url=(await server.start()).url)
    await server.stop()


@pytest.fixture
async def workers(settings: Settings) -> AsyncIterator[list[Bus]]:
    async with AsyncExitStack() as stack:
        made = [await stack.enter_async_context(connected(settings, f"worker {number}")) for number in range(4)]
        await lay_out(made[0].jetstream, settings)
        yield made


class Shelf:
    """What is looked for and made: a value that everybody sees, and how often it was made."""

    def __init__(self, takes_s: float = 0.3) -> None:
        self.value: str | None = None
        self.begun = 0
        self.at_once = 0
        self.most_at_once = 0
        self._takes_s = takes_s

    async def look(self) -> str | None:
        return self.value

    async def make(self) -> str:
        self.begun += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(self._takes_s)
            self.value = f"made {self.begun}"
        finally:
            self.at_once -= 1
        return self.value


def quick(bus: Bus, *, patience_s: float = 60.0, silent_s: float = 1.0) -> Leases:
    return Leases(bus, renew_s=0.1, silent_s=silent_s, patience_s=patience_s, look_every_s=0.02)


async def nothing_is_left(bus: Bus, key: str) -> bool:
    return await bus.last_raw(subjects.lease(key), streams.STEP_RESULTS.name) is None


async def test_of_twenty_on_four_connections_one_makes_it_and_no_lease_is_left(workers: list[Bus]):
    key, shelf = uuid4().hex, Shelf()
    calls = [quick(workers[number % 4]).once(key, shelf.look, shelf.make) for number in range(20)]
    assert set(await asyncio.gather(*calls)) == {"made 1"}
    assert (shelf.begun, shelf.most_at_once) == (1, 1)
    assert await nothing_is_left(workers[0], key)


async def test_a_lease_is_kept_for_as_long_as_the_work_takes(workers: list[Bus]):
    key, shelf = uuid4().hex, Shelf(takes_s=2.0)  # twice as long as a silent one is given
    calls = [quick(bus).once(key, shelf.look, shelf.make) for bus in workers]
    assert set(await asyncio.gather(*calls)) == {"made 1"}


async def test_whoever_fails_hands_over_at_once(workers: list[Bus]):
    key, shelf = uuid4().hex, Shelf()

    begun = asyncio.Event()

    async def fail() -> str:
        begun.set()
        await asyncio.sleep(0.2)
        raise ValueError("not today")

    first = asyncio.create_task(quick(workers[0], silent_s=60).once(key, shelf.look, fail))
    await begun.wait()
    began = time.monotonic()
    assert await quick(workers[1], silent_s=60).once(key, shelf.look, shelf.make) == "made 1"
    assert time.monotonic() - began < SOON_S
    with pytest.raises(ValueError, match="not today"):
        await first


async def left_behind(settings: Settings, key: str, look: Callable[[], Awaitable[str | None]]) -> None:
    """A worker that is gone without a word while it holds the lease."""

    async def hang() -> str:
        await asyncio.sleep(60)
        return ""

    async with connected(settings, "lost") as bus:
        task = asyncio.create_task(quick(bus).once(key, look, hang))
        while await nothing_is_left(bus, key):
            await asyncio.sleep(0.01)
        await bus.client.close()
    task.cancel()
    await asyncio.wait({task})


async def test_a_lease_of_who_is_gone_is_taken_over_by_one(workers: list[Bus], settings: Settings):
    key, shelf = uuid4().hex, Shelf()
    await left_behind(settings, key, shelf.look)
    assert not await nothing_is_left(workers[0], key)
    began = time.monotonic()
    calls = [quick(bus).once(key, shelf.look, shelf.make) for bus in workers]
    assert set(await asyncio.gather(*calls)) == {"made 1"}
    assert 1.0 <= time.monotonic() - began < SOON_S
    assert shelf.most_at_once == 1
    assert await nothing_is_left(workers[0], key)


async def test_somebody_else_is_not_waited_for_for_ever(workers: list[Bus]):
    key, shelf = uuid4().hex, Shelf(takes_s=60)
    first = asyncio.create_task(quick(workers[0]).once(key, shelf.look, shelf.make))
    while not shelf.begun:
        await asyncio.sleep(0.01)
    with pytest.raises(TimedOut) as fault:
        await quick(workers[1], patience_s=0.3).once(key, shelf.look, shelf.make)
    assert fault.value.code == "lease_busy"
    first.cancel()
    await asyncio.wait({first})
    assert await nothing_is_left(workers[0], key)


async def test_a_server_that_is_away_is_told_before_anything_is_made(workers: list[Bus]):
    shelf = Shelf()
    await workers[3].client.close()
    with pytest.raises(Unavailable):
        await quick(workers[3]).once(uuid4().hex, shelf.look, shelf.make)
    assert shelf.begun == 0
