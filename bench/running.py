"""The system as its user runs it: ``edit-factory up`` in a home of its own, asked by HTTP, its cost read outside."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import orjson

from bench import edit as plain
from bench.material import Material
from bench.proctree import Cost, Watch, cpu_s_of, machine_busy_s, now_below, others, watching
from contracts.brief import SubtitleStyle
from contracts.timeline import Timeline
from kit.fonts import fonts_folder
from kit.service import open_blobs
from kit.settings import Settings
from tests.client import Client, Json
from tests.limits import UNLIMITED

CRF = 23
FONT = "Lato"
SPAN_S = 5.0
_VOICE_STEP, _RENDER_STEP = "tts", "render"
_QUIET_SHARE = 0.1  # of a core
_SETTLED_S = 300.0
_LOOK_AGAIN_S = 0.2

# Each about five seconds when spoken, each shown over a picture of its own, and each new in every take.
_SENTENCES = (
    "Take {take} begins with a cup of coffee and a long look out of the window at the empty street.",
    "An astronaut once told me, on day {take} of her training, that waiting is the hardest part of the job.",
    "The cat has heard this story {take} times by now, and still she listens with her eyes half closed.",
    "Then comes the rocket, number {take} on the list, and for a moment nobody on the ground says a word.",
    "Far behind it lie {take} thousand galaxies in one small picture, and every one of them is full of suns.",
    "In the end somebody parks motorcycle number {take} beside the door, and the evening can begin at last.",
)
_takes = count(11)


def script(take: int, seconds: float) -> str:
    """Whole sentences for about so many seconds."""
    wanted = max(2, round(seconds / SPAN_S))
    return " ".join(_SENTENCES[place % len(_SENTENCES)].format(take=take + place // 6) for place in range(wanted))


@dataclass(frozen=True, slots=True)
class Made:
    """A finished job. ``cost`` is that of all of it, from POST to completed, but for the time of the voice; ``render``
    that of the render step alone. ``ran`` are the steps that were not taken from what is kept; ``children`` whether any
    program was started; ``held`` the memory of all when rendering began: servers, services, a voice kept warm.
    """

    job: Json
    timeline: Timeline
    cost: Cost
    render: Cost
    held: int
    ran: tuple[str, ...]
    children: bool


@dataclass(frozen=True, slots=True)
class Uploaded:
    """The ids of what the briefs name, and the files behind them."""

    footage: tuple[str, ...]
    music: str
    paths: Mapping[str, Path]


async def uploaded(api: Client, material: Material) -> Uploaded:
    ids = [(await api.upload(clip))["id"] for clip in material.clips]
    music = (await api.upload(material.music, kind="music"))["id"]
    paths = dict(zip(ids, material.clips, strict=True)) | {music: material.music}
    return Uploaded(tuple(ids), music, paths)


def fresh_brief(given: Uploaded, speed: str, seconds: float) -> Json:
    """One that shares no step, and no part of one, with any before it: other words, another colour, another gain."""
    take = next(_takes)
    return {
        "script": script(take, seconds),
        "footage": list(given.footage),
        "music": {"asset": given.music, "gain_db": -14 - take / 100},
        "subtitles": {"highlight": f"#FFD6{take % 256:02X}", "font": FONT},
        "encoder": {"crf": CRF, "speed": speed},
    }


class System:
    """Takes jobs and tells what they cost."""

    def __init__(self, pid: int, api: Client, home: Path, given: Uploaded) -> None:
        self.api = api
        self.given = given
        self._pid = pid
        self._home = home

    async def make(self, brief: Json) -> Made:
        """A new job, to its end."""

        async def work() -> str:
            job: str = (await self.api.submit(brief))["id"]
            await followed(self.api, job)
            return job

        return await self._measured(work)

    async def change(self, made: Made, path: str, edit: Json) -> Made:
        """An edit of a finished video, by ``PATCH`` of what lies below it, until its files are made again."""
        video = made.job["videos"][0]

        async def work() -> str:
            answer = await self.api.http.patch(f"/v1/videos/{video['id']}/{path}", json=edit)
            await self._made_again(made.job["id"], answer.raise_for_status().json()["run"])
            return str(made.job["id"])

        return await self._measured(work)

    async def _made_again(self, job: str, run: int) -> None:
        async with asyncio.timeout(_SETTLED_S):
            while True:
                seen = await self.api.job(job)
                if seen["state"] == "completed" and seen["videos"][0]["files_run"] == run:
                    return
                await asyncio.sleep(_LOOK_AGAIN_S)

    async def _measured(self, work: Callable[[], Awaitable[str]]) -> Made:
        """What happens until ``work`` ends, which gives the job's id."""
        before, busy, cpu = self._children(), machine_busy_s(), cpu_s_of(self._pid)
        with watching(self._pid) as watch:
            began = time.time()
            job = await work()
            ended, cpu = time.time(), cpu_s_of(self._pid) - cpu
        seen = await self.api.job(job)
        steps = {step["step"]: step for step in seen["videos"][0]["steps"]}
        rendering = _times(steps[_RENDER_STEP])
        voice = _within(_times(steps[_VOICE_STEP]), (began, ended))
        foreign = others(machine_busy_s() - busy, cpu, ended - began)
        return Made(
            job=seen,
            timeline=await self._timeline(seen),
            cost=_without(watch, (began, ended), voice, cpu, foreign),
            render=_only(watch, rendering),
            held=watch.memory(rendering[0]),
            ran=tuple(name for name, step in steps.items() if not step["reused"] and _times(step)[1] > began),
            children=self._children() != before,
        )

    async def settled(self) -> None:
        """Until what was uploaded is looked through.

        Raises:
            TimeoutError: the system is still busy.
        """
        async with asyncio.timeout(_SETTLED_S):
            used = 1.0
            while used > _QUIET_SHARE:
                before = cpu_s_of(self._pid)
                await asyncio.sleep(1)
                used = cpu_s_of(self._pid) - before

    async def edit(self, made: Made) -> plain.Edit:
        """What the system made, for somebody else to make."""
        return await edit_of(made.timeline, self.given, self._home)

    def _children(self) -> tuple[frozenset[int], int]:
        """Programs that run for the services, and a number that grows with each one that has ended."""
        stats = now_below(self._pid)
        return frozenset(stat.pid for stat in stats if stat.parent == self._pid), stats[0].ended_faults

    async def _timeline(self, job: Json) -> Timeline:
        answer = await self.api.http.get(job["videos"][0]["timeline_url"])
        return Timeline.model_validate_json(answer.raise_for_status().content)


async def followed(api: Client, job: str) -> None:
    """To the end, by its live events."""
    last = ""
    async for told in api.events(job):
        last = told.event
    if last != "job.completed":
        raise RuntimeError(f"the job ended with {last}: {await api.job(job)}")


async def edit_of(timeline: Timeline, given: Uploaded, home: Path) -> plain.Edit:
    style = timeline.subtitles
    if timeline.voice is None:
        raise RuntimeError("the reference job has a voice")
    async with open_blobs(Settings(home=home)).local(timeline.voice.source) as voice:
        return plain.Edit(
            spans=tuple(
                plain.Span(str(given.paths[str(clip.asset)]), clip.source_in_s, clip.frames) for clip in timeline.clips
            ),
            cues=tuple(
                plain.Cue(
                    cue.start_s,
                    cue.end_s,
                    tuple(plain.Word(word.text, word.start_s, word.end_s) for word in cue.words),
                )
                for cue in timeline.cues
            ),
            voice=str(voice.absolute()),
            music=str(given.paths[given.music]),
            music_db=timeline.music.gain_db if timeline.music else -14.0,
            font=str(_font_file(style)),
            colour=style.colour,
            highlight=style.highlight,
            fps=timeline.fps,
            crf=CRF,
        )


def _font_file(style: SubtitleStyle) -> Path:
    return next(fonts_folder().glob(f"{style.font.replace(' ', '')}*"))


def _times(step: Json) -> tuple[float, float]:
    return _seconds(step["started_at"]), _seconds(step["finished_at"])


def _within(times: tuple[float, float], whole: tuple[float, float]) -> tuple[float, float]:
    """Nothing of a step that ran before."""
    return max(times[0], whole[0]), max(times[1], whole[0])


def _seconds(at: str) -> float:
    return datetime.fromisoformat(at).timestamp()


def _without(watch: Watch, whole: Sequence[float], left_out: tuple[float, float], cpu_s: float, foreign: float) -> Cost:
    start, end = left_out
    return Cost(
        whole[1] - whole[0] - (end - start),
        cpu_s - watch.cpu_s(start, end),
        watch.peak(lambda at: not start <= at <= end),
        foreign,
    )


def _only(watch: Watch, times: tuple[float, float]) -> Cost:
    start, end = times
    return Cost(end - start, watch.cpu_s(start, end), watch.peak(lambda at: start <= at <= end))


@asynccontextmanager
async def running(home: Path, material: Material) -> AsyncIterator[System]:
    """The whole system, with everything uploaded and looked through."""
    async with started(home) as (pid, api):
        system = System(pid, api, home, await uploaded(api, material))
        await system.settled()
        yield system


@asynccontextmanager
async def started(home: Path, **settings: object) -> AsyncIterator[tuple[int, Client]]:
    """The whole system in a process of its own: its id, and a client of it."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith("EDIT_FACTORY_")}
    told = {"home": home, "port": 0, "render_nice": 0} | UNLIMITED | settings
    environment = mine | {f"EDIT_FACTORY_{name.upper()}": str(value) for name, value in told.items()}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "edit_factory", "--json", "up"), env=environment, stdout=subprocess.PIPE
    )
    try:
        ready = await _ready(process)
        async with httpx.AsyncClient(base_url=ready["url"], timeout=60) as http:
            yield process.pid, Client(http)
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), 60)


async def _ready(process: asyncio.subprocess.Process) -> dict[str, Any]:
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), 120)
    if not line:
        raise RuntimeError("the system did not start")
    told: dict[str, Any] = orjson.loads(line)
    return told
