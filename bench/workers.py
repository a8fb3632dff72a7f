"""Render workers as processes of their own: what a kill costs, and what it costs to share a long video."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bench import byhand
from bench.material import Material
from bench.proctree import cpu_s_of
from bench.running import Uploaded, edit_of, followed, fresh_brief, uploaded
from contracts.timeline import Timeline
from kit.ffmpeg import find_ffmpeg
from tests.client import Client, Json
from tests.processes import Processes

KILL_AT = 0.8
KILLED_ALLOWED = 1.15
SHARED_ALLOWED = 1.05
LONG_S = 300.0
_SETTLE_S = 300.0
_WORKERS = ("render#1", "render#2")


@dataclass(frozen=True, slots=True)
class Killed:
    """CPU seconds of the render workers: of a job left alone, of one up to the kill, and of the rest of it."""

    alone_s: float
    before_s: float
    after_s: float
    share: float  # of the render step, as told when the kill came

    @property
    def ratio(self) -> float:
        return (self.before_s + self.after_s) / self.alone_s


@dataclass(frozen=True, slots=True)
class Shared:
    """CPU seconds of each worker while it made the video, and the seconds that the render step took; and both of one
    pass by hand over the same edit.
    """

    workers_s: tuple[float, ...]
    one_pass_s: float
    length_s: float
    wall_s: float = 0.0
    one_pass_wall_s: float = 0.0

    @property
    def ratio(self) -> float:
        return sum(self.workers_s) / self.one_pass_s

    @property
    def wall_ratio(self) -> float:
        return self.wall_s / self.one_pass_wall_s if self.one_pass_wall_s else 0.0


@asynccontextmanager
async def _fleet(home: Path, material: Material, *, but: str = "") -> AsyncIterator[tuple[Processes, Client, Uploaded]]:
    system = Processes(home)
    await system.servers()
    try:
        await system.start_all(but=but)
        client = system.client()
        async with client.http:
            given = await uploaded(client, material)
            await _analysed(client, given)
            yield system, client, given
    finally:
        await system.stop()


async def _analysed(client: Client, given: Uploaded) -> None:
    async with asyncio.timeout(_SETTLE_S):
        for asset in given.footage:
            while (await client.http.get(f"/v1/assets/{asset}")).raise_for_status().json()["state"] == "uploaded":
                await asyncio.sleep(0.5)


async def killed(home: Path, material: Material, speed: str, seconds: float) -> Killed:
    """Kills the render service with -9 late in its work. To start it anew costs CPU too, but that is not counted."""
    async with _fleet(home, material) as (system, client, given):
        before = cpu_s_of(system.pid("render"))
        await _made(client, fresh_brief(given, speed, seconds))
        alone = cpu_s_of(system.pid("render")) - before

        before = cpu_s_of(system.pid("render"))
        job = (await client.submit(fresh_brief(given, speed, seconds)))["id"]
        share = await _reached(client, job)
        spent = cpu_s_of(system.pid("render")) - before
        await system.kill("render")
        await system.start("render")
        before = cpu_s_of(system.pid("render"))
        await followed(client, job)
        return Killed(alone, spent, cpu_s_of(system.pid("render")) - before, share)


async def shared(home: Path, material: Material, speed: str, seconds: float = LONG_S) -> Shared:
    """Two workers on one long video, each with half of the machine, so that they stand for two machines. Nothing but
    their own work is in their CPU time: both have been idle until the job comes.
    """
    async with _fleet(home, material, but="render") as (system, client, given):
        threads = max(1, (os.cpu_count() or 2) // len(_WORKERS))
        for name in _WORKERS:
            await system.start(name, render_runs="1", render_threads=str(threads), render_nice="0")
        before = [cpu_s_of(system.pid(name)) for name in _WORKERS]
        job = await _made(client, fresh_brief(given, speed, seconds))
        spent = tuple(cpu_s_of(system.pid(name)) - start for name, start in zip(_WORKERS, before, strict=True))
        wall_s = _render_s(job)
        answer = await client.http.get(job["videos"][0]["timeline_url"])
        edit = await edit_of(Timeline.model_validate_json(answer.raise_for_status().content), given, home)
    folder = home / "byhand"
    folder.mkdir()
    cost = await asyncio.to_thread(byhand.make, find_ffmpeg(), edit, speed, folder, folder / "out.mp4")
    return Shared(spent, cost.cpu_s, edit.length_s, wall_s, cost.wall_s)


def _render_s(job: Json) -> float:
    step = next(step for step in job["videos"][0]["steps"] if step["step"] == "render")
    start, end = (datetime.fromisoformat(step[at]) for at in ("started_at", "finished_at"))
    return (end - start).total_seconds()


async def _made(client: Client, brief: Json) -> Json:
    job = (await client.submit(brief))["id"]
    await followed(client, job)
    return await client.job(job)


async def _reached(client: Client, job: str) -> float:
    """Returns as soon as the render step says that it is so far."""
    async for told in client.events(job):
        if told.event == "progress" and told.data["step"] == "render" and told.data["share"] >= KILL_AT:
            return float(told.data["share"])
    raise RuntimeError("the job ended before the render step had said how far it was")
