"""What the line itself costs: a job whose steps are all kept, the first word back, and the share over the bare work.

``python -m bench.line``. Each is measured interleaved with the others in one run, the first round is thrown away, and
medians are told as a share of what is allowed.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import httpx
import orjson

from bench.bare import Bare, bare
from bench.meter import Spent, metered, middle, noise_note, spread
from contracts import streams, subjects
from contracts.brief import ScriptBrief
from contracts.events import Event, JobRequestedV1, TimelineReadyV1, VideoEvent
from contracts.outputs import Speed
from contracts.progress import STEPS
from edit_factory.embedded import Embedded
from kit.bus import Bus
from kit.log import set_up_logs
from kit.service import connected, open_blobs
from kit.settings import Settings
from tests.acceptance import scenery
from tests.client import Client, Json

KEPT_ALLOWED_MS = 100.0
FIRST_WORD_ALLOWED_MS = 150.0
OVERHEAD_ALLOWED = 0.05

RUNS = 5
KEPT_IN_A_ROUND = 3
IDLE_S = 2.0
SPEED: Speed = "veryfast"
SCRIPT = (
    "This is take number {take}, spoken for the first time. The coffee is strong, and the cat is asleep. "
    "Far above us, a rocket leaves for the stars."
)
_TAKES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, slots=True)
class Split:
    """Milliseconds of one step: until it was taken up, until it was done, until its fact was in the log."""

    wait: float
    work: float
    announce: float


@dataclass(slots=True)
class Walk:
    """One job as its client and the log saw it. Milliseconds, from ``sent`` (on the clock of the machine) on."""

    sent: float
    first_word: float = 0.0
    first_of_line: float = 0.0
    completed: float = 0.0
    accepted: float = 0.0  # its request is in the log
    told: float = 0.0  # from the last fact in the log to the client
    steps: dict[str, Split] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Round:
    """One cold job, the bare work of the same edit, and kept jobs of the same brief."""

    cold: Walk
    line: Spent
    bare: Spent
    kept: list[Walk]

    def around_the_work(self) -> float:
        """What of a cold job is neither the tts nor the render step, over what these two took in the same job."""
        work = sum(self.cold.steps[name].work for name in ("tts", "render"))
        return self.cold.completed / work - 1


class Bench:
    """A running system with footage in it."""

    def __init__(self, api: Client, bus: Bus, bare_work: Bare, footage: list[str], music: str) -> None:
        self._api = api
        self._bus = bus
        self._bare = bare_work
        self._brief: Json = {"footage": footage, "music": {"asset": music}, "encoder": {"speed": SPEED}}

    async def round(self, take: str) -> Round:
        brief = self._brief | {"script": SCRIPT.format(take=take)}
        with metered() as line:
            job, cold = await self._walked(brief)
        await self._split(job, cold)
        planned = await self._bus.last(TimelineReadyV1, job)
        if planned is None or not isinstance(planned.event, TimelineReadyV1):
            raise RuntimeError("the job has no timeline")
        edit = planned.event
        bare_spent = await self._bare.make(ScriptBrief.model_validate(brief), edit.timeline, edit.outputs)
        return Round(cold, line, bare_spent, [await self._kept(brief) for _ in range(KEPT_IN_A_ROUND)])

    async def _kept(self, brief: Json) -> Walk:
        job, walk = await self._walked(brief)
        await self._split(job, walk)
        return walk

    async def _walked(self, brief: Json) -> tuple[UUID, Walk]:
        """Submits and follows the live events to the end."""
        sent = time.time() * 1000
        walk = Walk(sent)
        job = (await self._api.submit(brief))["id"]
        last = ""
        async for told in self._api.events(job):
            now = time.time() * 1000 - sent
            walk.first_word = walk.first_word or now
            if told.event != "job.requested":
                walk.first_of_line = walk.first_of_line or now
            walk.completed, last = now, told.event
        if last != "job.completed":
            raise RuntimeError(f"the job ended with {last}")
        return UUID(job), walk

    async def _split(self, job: UUID, walk: Walk) -> None:
        """Adds what the log knows."""
        before = 0.0
        async for event, logged in self._log(job):
            if isinstance(event, VideoEvent):
                received, done = _ms(event.received_at), _ms(event.at)
                walk.steps[event.step.value] = Split(received - before, done - received, logged - done)
            elif isinstance(event, JobRequestedV1):
                walk.accepted = logged - walk.sent
            else:
                continue  # the check comes beside the line
            before = logged
        walk.told = walk.sent + walk.completed - before

    async def _log(self, job: UUID) -> AsyncIterator[tuple[Event, float]]:
        """A job's facts with the times, in milliseconds, at which the log took them."""
        async for heard in self._bus.history(subjects.facts_of(job)):
            raw = await self._bus.jetstream.get_msg(streams.EVENTS.name, heard.seq)
            if raw.time is None:
                raise RuntimeError("the log tells no time")
            yield heard.event, _ms(raw.time)


def _ms(at: datetime) -> float:
    return at.timestamp() * 1000


@asynccontextmanager
async def ready(home: Path) -> AsyncIterator[Bench]:
    clips, music = await asyncio.to_thread(_material)
    system = Embedded(Settings(home=home, port=0))
    await system.start()
    try:
        async with (
            httpx.AsyncClient(base_url=system.url, timeout=60) as http,
            connected(system.settings, "bench") as bus,
            bare(open_blobs(system.settings), home) as bare_work,
        ):
            api = Client(http)
            footage = [(await api.upload(clip))["id"] for clip in clips]
            song = (await api.upload(music, kind="music"))["id"]
            await asyncio.sleep(3)  # uploads are looked through meanwhile
            yield Bench(api, bus, bare_work, footage, song)
    finally:
        await system.stop()


def _material() -> tuple[list[Path], Path]:
    wide, high = (1920, 1080), (1080, 1920)
    shapes = {"coffee.png": wide, "chelsea.png": high, "rocket.jpg": wide, "astronaut.png": high}
    return [scenery.clip(photo, seconds=6, size=size) for photo, size in shapes.items()], scenery.music()


async def measure(runs: int) -> tuple[list[Round], float]:
    """The rounds but the first, and the CPU seconds a second that the idle system takes."""
    with TemporaryDirectory(prefix="edit-factory-bench-") as folder:
        home = Path(folder)
        with (home / "log.jsonl").open("w") as log:
            set_up_logs("WARNING", log)
            async with ready(home) as bench:
                with metered() as idle:
                    await asyncio.sleep(IDLE_S)
                rounds = []
                for number in range(runs + 1):
                    _say(f"round {number} of {runs}" + (" (warm-up)" if number == 0 else ""))
                    rounds.append(await bench.round(_TAKES[number]))
    return rounds[1:], idle.cpu_s / idle.wall_s


@dataclass(frozen=True, slots=True)
class Result:
    """Medians. Times in milliseconds; overheads as shares of the bare work."""

    kept_ms: float
    first_word_ms: float
    first_of_line_ms: float
    overhead_wall: float
    overhead_cpu: float
    around_wall: float
    around_cpu: float
    noise_wall: float
    noise_cpu: float
    idle_cpu: float
    kept_steps: dict[str, Split]
    cold_steps: dict[str, Split]
    kept_ends: dict[str, float]
    cold_ends: dict[str, float]


def summed_up(rounds: list[Round], idle_cpu: float) -> Result:
    kept = [walk for one in rounds for walk in one.kept]
    cold = [one.cold for one in rounds]
    return Result(
        kept_ms=middle(walk.completed for walk in kept),
        first_word_ms=middle(walk.first_word for walk in cold),
        first_of_line_ms=middle(walk.first_of_line for walk in cold),
        overhead_wall=middle(one.line.wall_s / one.bare.wall_s - 1 for one in rounds),
        # The idle system runs on beside the bare work, which must not be charged for it.
        overhead_cpu=middle(one.line.cpu_s / (one.bare.cpu_s - idle_cpu * one.bare.wall_s) - 1 for one in rounds),
        around_wall=middle(one.around_the_work() for one in rounds),
        around_cpu=middle((one.line.own_cpu_s - one.bare.own_cpu_s) / one.bare.cpu_s for one in rounds),
        noise_wall=spread(one.bare.wall_s for one in rounds),
        noise_cpu=spread(one.bare.cpu_s for one in rounds),
        idle_cpu=idle_cpu,
        kept_steps=_steps(kept),
        cold_steps=_steps(cold),
        kept_ends=_ends(kept),
        cold_ends=_ends(cold),
    )


def _steps(walks: list[Walk]) -> dict[str, Split]:
    return {step.value: _split_of([walk.steps[step.value] for walk in walks]) for step in STEPS}


def _split_of(splits: Iterable[Split]) -> Split:
    found = list(splits)
    return Split(
        wait=middle(split.wait for split in found),
        work=middle(split.work for split in found),
        announce=middle(split.announce for split in found),
    )


def _ends(walks: list[Walk]) -> dict[str, float]:
    return {
        "accepted": middle(walk.accepted for walk in walks),
        "told": middle(walk.told for walk in walks),
    }


def report(result: Result) -> str:
    limits = (
        ("POST to completed, every step kept", result.kept_ms / KEPT_ALLOWED_MS, f"{result.kept_ms:.0f} ms"),
        (
            "POST to the first event heard",
            result.first_word_ms / FIRST_WORD_ALLOWED_MS,
            f"{result.first_word_ms:.0f} ms",
        ),
        (
            "POST to the first word of the line",
            result.first_of_line_ms / FIRST_WORD_ALLOWED_MS,
            f"{result.first_of_line_ms:.0f} ms",
        ),
        ("job over bare work, wall", result.overhead_wall / OVERHEAD_ALLOWED, f"{result.overhead_wall:+.1%}"),
        ("job over bare work, CPU", result.overhead_cpu / OVERHEAD_ALLOWED, f"{result.overhead_cpu:+.1%}"),
        ("around voice and encode, wall", result.around_wall / OVERHEAD_ALLOWED, f"{result.around_wall:+.1%}"),
        ("services and servers, CPU", result.around_cpu / OVERHEAD_ALLOWED, f"{result.around_cpu:+.1%}"),
    )
    lines = ["", "share of what is allowed"]
    lines += [_verdict(*limit) for limit in limits]
    lines.append(noise_note(result.noise_wall, result.noise_cpu))
    lines.append(f"idle, the system takes {result.idle_cpu:.1%} of a core")
    lines += _table("a kept job", result.kept_steps, result.kept_ends, result.kept_ms)
    cold_ms = sum(split.wait + split.work + split.announce for split in result.cold_steps.values())
    lines += _table("a cold job", result.cold_steps, result.cold_ends, cold_ms)
    return "\n".join(lines)


def _verdict(what: str, share: float, seen: str) -> str:
    return f"{what:<42} {share:5.2f}  {'kept  ' if share <= 1 else 'MISSED'}  ({seen})"


def _table(what: str, steps: dict[str, Split], ends: dict[str, float], whole_ms: float) -> list[str]:
    """Shares of the whole in hundredths; the system's own milliseconds beside the waits and announcements."""

    def part(ms: float) -> str:
        return f"{ms / whole_ms:6.1%} {ms:7.1f} ms"

    lines = ["", f"{what}: where its time goes (medians)"]
    lines.append(f"{'':<10}{'wait':>18}{'work':>18}{'announce':>18}")
    lines.append(f"{'accepted':<10}{'':>18}{'':>18}{part(ends['accepted']):>18}")
    for name, split in steps.items():
        lines.append(f"{name:<10}{part(split.wait):>18}{part(split.work):>18}{part(split.announce):>18}")
    lines.append(f"{'told':<10}{part(ends['told']):>18}")
    return lines


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.line", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, choices=range(1, len(_TAKES)), help="rounds after a warm-up")
    parser.add_argument("--json", action="store_true", help="every round as JSON")
    asked = parser.parse_args()
    rounds, idle_cpu = asyncio.run(measure(asked.runs))
    result = summed_up(rounds, idle_cpu)
    if asked.json:
        shown: dict[str, Any] = {"medians": asdict(result), "rounds": [asdict(one) for one in rounds]}
        print(orjson.dumps(shown, option=orjson.OPT_INDENT_2).decode())
    else:
        print(report(result))


if __name__ == "__main__":
    main()
