"""Render workers as processes that share a video: whichever is killed, and where, the video is made once and whole."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kit.bus import Bus
from kit.service import connected, open_blobs
from kit.settings import Settings
from tests.processes import Processes
from tests.sharing import GOPS, LARGER, Media, asked_for, media, outcomes, rendered
from tests.unit.test_rendering import numbers_in

pytestmark = pytest.mark.slow

WORKERS = ("render#1", "render#2")


@dataclass
class Workers:
    """Processes, and what is needed to have them make a video."""

    processes: Processes
    bus: Bus
    media: Media
    settings: Settings

    async def started(self, wish: str) -> Path:
        """Two, of which the first that comes to a named point kills itself there."""
        file = self.settings.home / "crash.wish"
        file.with_suffix(".fulfilled").unlink(missing_ok=True)
        file.write_text(wish)
        for name in WORKERS:
            await self.processes.start(name, crash=f"@{file}", render_share_over_s="8", render_runs="1")
        return file.with_suffix(".fulfilled")

    async def stopped(self) -> None:
        for name in WORKERS:
            if self.processes.pid(name):
                await self.processes.kill(name)


@pytest.fixture(scope="module")
async def workers(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Workers]:
    home = tmp_path_factory.mktemp("killed")
    processes = Processes(home)
    try:
        await processes.servers()
        await processes.start("projection")
        settings = Settings(
            home=home,
            nats_url=processes.environment["EDIT_FACTORY_NATS_URL"],
            blobs_url=processes.environment["EDIT_FACTORY_BLOBS_URL"],
        )
        async with connected(settings, "test") as bus:
            yield Workers(processes, bus, await media(home / "media", open_blobs(settings)), settings)
    finally:
        await processes.stop()


@pytest.mark.parametrize("point", ["mid-help", "after-help", "mid-work", "before-announce"])
async def test_a_worker_killed_while_two_share_a_video(workers: Workers, point: str):
    """The first two points are a helper's, the others the holder's; the one that is left makes the rest."""
    fulfilled = await workers.started(f"render:{point}")
    try:
        job = await asked_for(workers.bus, workers.media.timeline(2 * GOPS), LARGER)
        made = await rendered(workers.bus, job, 240)
        assert fulfilled.exists(), "nobody came to the point"
        assert sum(1 for name in WORKERS if workers.processes.pid(name)) == 1
    finally:
        await workers.stopped()
    assert len(await outcomes(workers.bus, job)) == 1
    async with open_blobs(workers.settings).local(made.files[0].blob) as path:
        assert len(numbers_in(path)) == 2 * GOPS * 60
