"""Two render services on a real server share a long video: each encodes some of it, nobody depends on the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from contracts.events import VideoCancelledV1
from contracts.faults import TechnicalFault
from contracts.streams import OFFERS
from edit_factory.registry import build
from edit_factory.sidecars.nats import NatsServer
from kit.bus import Bus
from kit.service import connected, open_blobs
from kit.settings import Settings
from kit.topology import lay_out
from services.render.pictures import encode_run
from services.render.plan.chunks import Lanes, Run
from services.render.rendering import render
from services.render.scene import scene_of
from tests.builders import cancel_requested
from tests.sharing import GOPS, Media, asked_for, media, outcomes, rendered
from tests.unit.test_rendering import SMALL, numbers_in

OVER_S = 8.0
Encode = Callable[..., Awaitable[str]]


@dataclass
class System:
    """A server, media, and whoever renders."""

    settings: Settings
    render_url: str
    bus: Bus
    media: Media

    @asynccontextmanager
    async def workers(self, count: int = 2, **changes: Any) -> AsyncIterator[list[Any]]:
        async with AsyncExitStack() as running:
            started = []
            for number in range(count):
                own = {
                    "nats_url": self.render_url,
                    "home": self.home_of(number),
                    "render_share_over_s": OVER_S,
                    "render_runs": 1,
                }
                worker = build("render", self.settings.model_copy(update=own | changes))
                await worker.start()
                running.push_async_callback(worker.stop)
                started.append(worker)
            yield started

    def home_of(self, worker: int) -> Path:
        return self.settings.home / f"worker-{worker}"

    async def file(self, job: Any) -> Path:
        made = await rendered(self.bus, job)
        async with open_blobs(self.settings).local(made.files[0].blob) as path:
            return path


@pytest.fixture(scope="module")
async def system(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[System]:
    home = tmp_path_factory.mktemp("sharing")
    server = NatsServer(home)
    address = await server.start()
    try:
        settings = Settings(
            home=home, nats_url=address.url, blobs_url=str(home / "blobs"), ack_wait_s=3, retry_delay_s=0.1
        )
        async with connected(settings, "test") as bus:
            await lay_out(bus.jetstream, settings)
            given = await media(home / "media", open_blobs(settings))
            yield System(settings, address.urls["render"], bus, given)
    finally:
        await server.stop()


@dataclass
class Seen:
    """Runs as they are begun, by the one that holds the video (and in which folder) and by those that help."""

    folders: list[Path] = field(default_factory=list)
    holder: list[Run] = field(default_factory=list)
    helper: list[Run] = field(default_factory=list)
    helped: asyncio.Event = field(default_factory=asyncio.Event)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    release: asyncio.Event = field(default_factory=asyncio.Event)
    ended_early: asyncio.Event = field(default_factory=asyncio.Event)

    def gops(self) -> list[int]:
        return sorted(n for run in self.holder + self.helper for n in range(run.first, run.first + run.count))


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """The holder does not begin before a helper has, and helpers not before the gate is open. While it is not released
    the first video stands still.
    """
    found = Seen()
    found.gate.set()
    found.release.set()

    async def held(scene: Any, tool: Any, run: Run, threads: int, ears: Any) -> str:
        found.holder.append(run)
        found.folders.append(tool.folder)
        await found.helped.wait()
        if tool.folder == found.folders[0]:
            await found.release.wait()
        return await encode_run(scene, tool, run, threads, ears)

    async def helped(scene: Any, tool: Any, run: Run, threads: int, ears: Any) -> str:
        found.helper.append(run)
        found.helped.set()
        try:
            await found.gate.wait()
            return await encode_run(scene, tool, run, threads, ears)
        except asyncio.CancelledError:
            found.ended_early.set()
            raise

    monkeypatch.setattr("services.render.pictures.encode_run", held)
    monkeypatch.setattr("services.render.sharing.helper.encode_run", helped)
    return found


async def test_two_workers_make_one_video_and_no_piece_twice(system: System, seen: Seen, tmp_path: Path):
    timeline = system.media.timeline()
    async with system.workers():
        path = await system.file(await asked_for(system.bus, timeline))
    assert seen.holder
    assert seen.helper
    assert set(seen.gops()) == set(range(GOPS))
    (tmp_path / "alone").mkdir()
    alone = await render(
        timeline,
        SMALL,
        system.media.sources(),
        tmp_path / "alone",
        lanes=Lanes(1, 1, 1),
        on_progress=lambda _progress: None,
    )
    assert numbers_in(path) == numbers_in(alone.path)


async def test_with_nobody_to_help_one_makes_it_all(system: System, seen: Seen):
    seen.helped.set()
    timeline = system.media.timeline()
    async with system.workers(1):
        path = await system.file(await asked_for(system.bus, timeline))
    assert seen.gops() == list(range(GOPS))
    assert not seen.helper
    assert len(numbers_in(path)) == GOPS * 60


async def test_a_short_video_is_not_offered(system: System, seen: Seen):
    seen.helped.set()
    before = (await system.bus.ends(OFFERS))[1]
    async with system.workers():
        await rendered(system.bus, await asked_for(system.bus, system.media.timeline(4)))
    assert seen.holder
    assert not seen.helper
    assert (await system.bus.ends(OFFERS))[1] == before


async def test_a_helper_that_fails_costs_nothing_but_time(system: System, seen: Seen, monkeypatch: pytest.MonkeyPatch):
    async def broken(*_args: Any) -> str:
        seen.helped.set()
        raise TechnicalFault("this machine is no good", code="process_failed")

    monkeypatch.setattr("services.render.sharing.helper.encode_run", broken)
    async with system.workers():
        path = await system.file(await asked_for(system.bus, system.media.timeline()))
    assert seen.gops() == list(range(GOPS))
    assert len(numbers_in(path)) == GOPS * 60


async def test_a_helper_of_another_make_makes_nothing(system: System, seen: Seen, monkeypatch: pytest.MonkeyPatch):
    def other(*given: Any) -> Any:
        seen.helped.set()
        scene = scene_of(*given)
        return replace(scene, gops=(replace(scene.gops[0], key="other"), *scene.gops[1:]))

    monkeypatch.setattr("services.render.sharing.helper.scene_of", other)
    async with system.workers():
        await system.file(await asked_for(system.bus, system.media.timeline()))
    assert seen.gops() == list(range(GOPS))
    assert not seen.helper


@pytest.mark.slow
async def test_a_helper_that_hangs_is_not_waited_for(system: System, seen: Seen):
    seen.gate.clear()
    async with system.workers():
        path = await system.file(await asked_for(system.bus, system.media.timeline()))
    assert set(range(GOPS)) <= {n for run in seen.holder for n in range(run.first, run.first + run.count)}
    assert len(numbers_in(path)) == GOPS * 60


async def test_a_cancellation_ends_helpers_too(system: System, seen: Seen):
    seen.gate.clear()
    seen.release.clear()
    async with system.workers():
        job = await asked_for(system.bus, system.media.timeline())
        await asyncio.wait_for(seen.helped.wait(), 60)
        assert (await system.bus.announce(cancel_requested(job))).won
        await asyncio.wait_for(seen.ended_early.wait(), 10)
        async with asyncio.timeout(30):
            while not (found := await outcomes(system.bus, job)):
                await asyncio.sleep(0.05)
    assert [type(fact) for fact in found] == [VideoCancelledV1]


async def test_a_helper_leaves_for_a_video_of_its_own(system: System, seen: Seen):
    """Helping takes no place of the worker's own lanes: the second video is made while the first one still is."""
    seen.gate.clear()
    seen.release.clear()
    async with system.workers():
        long = await asked_for(system.bus, system.media.timeline())
        await asyncio.wait_for(seen.helped.wait(), 60)
        short = await asked_for(system.bus, system.media.timeline(3))
        await asyncio.wait_for(seen.ended_early.wait(), 10)
        await rendered(system.bus, short)
        assert not await outcomes(system.bus, long)
        seen.gate.set()
        seen.release.set()
        await system.file(long)


async def test_where_the_holder_ends_its_helper_goes_on_with_what_is_there(system: System, seen: Seen):
    seen.release.clear()
    async with system.workers() as both:
        job = await asked_for(system.bus, system.media.timeline())
        await asyncio.wait_for(seen.helped.wait(), 60)
        place = next(place for place in (0, 1) if seen.folders[0].is_relative_to(system.home_of(place)))
        await both[place].stop()
        path = await system.file(job)
    assert seen.folders[-1].is_relative_to(system.home_of(1 - place))
    assert len(numbers_in(path)) == GOPS * 60


async def test_offers_are_few_and_gone_when_taken_or_old(system: System):
    assert (OFFERS.max_age_s, OFFERS.max_per_subject, OFFERS.work_queue) == (20.0, 1, True)
    info = await system.bus.jetstream.stream_info(OFFERS.name)
    assert info.config.retention == "workqueue"
    assert info.state.messages <= 16
    assert info.state.bytes < OFFERS.max_bytes
