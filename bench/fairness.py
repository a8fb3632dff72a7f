"""What a user waits for beside another one's batch: the time from POST to the start of their render, in renders.

``python -m bench.fairness``. One user has a backlog of short videos at the only render worker of a real system; another
one posts a single job of the same kind, a few times over. The wait is told as a multiple of the median render time of
the batch in the same run: half a render is what is left of the one in work, so less than two means that the next turn
was theirs.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import httpx

from bench.meter import middle, spread
from contracts import subjects
from contracts.events import VideoRenderedV1
from contracts.streams import durable
from edit_factory.embedded import Embedded
from kit.bus import Bus
from kit.inboxes import inboxes
from kit.log import set_up_logs
from kit.service import connected
from kit.settings import Settings
from tests.acceptance import scenery
from tests.client import Client, Json
from tests.limits import UNLIMITED

BACKLOG, RUNS = 100, 5
ALLOWED_RENDERS = 2.0
_AHEAD = 5  # renders of the batch before anybody comes, so that it has got to the render station
_AT_ONCE = 8
_SCRIPT = "The tide goes out."
_USERS = "abcdefghijklmnopqrstuvwxyz"
_colours = count(0x202020)


@dataclass(slots=True)
class Result:
    """Seconds: of each render of the batch, and of each wait of the other user. ``left``: how many of the batch waited
    when the last of these began.
    """

    renders: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    left: int = 0

    @property
    def ratio(self) -> float:
        return middle(self.waits) / middle(self.renders)


def two_users() -> tuple[str, str]:
    """Whose shards differ."""
    first = _USERS[0]
    lane = subjects.lane(first, "final")
    return first, next(other for other in _USERS if subjects.lane(other, "final") != lane)


class User:
    """Somebody with a key and a clip of their own, and jobs that share no picture with any other."""

    def __init__(self, name: str, api: Client, clip: str) -> None:
        self.name = name
        self.api = api
        self._clip = clip

    async def post(self) -> str:
        brief: Json = {
            "script": _SCRIPT,
            "footage": [self._clip],
            "presets": ["square"],
            "encoder": {"crf": 32, "speed": "superfast"},
            "subtitles": {"highlight": f"#{next(_colours):06X}"},
        }
        return str((await self.api.submit(brief))["id"])


@asynccontextmanager
async def users(system: Embedded, clip: Path) -> AsyncIterator[tuple[User, User]]:
    async with httpx.AsyncClient(base_url=system.url, timeout=60) as admin:
        keys = [await _key(admin, name) for name in two_users()]
    opened = [
        httpx.AsyncClient(base_url=system.url, timeout=60, headers={"Authorization": f"Bearer {key}"}) for key in keys
    ]
    async with opened[0] as one, opened[1] as two:
        made = []
        for name, http in zip(two_users(), (one, two), strict=True):
            api = Client(http)
            made.append(User(name, api, (await api.upload(clip))["id"]))
        yield made[0], made[1]


async def _key(admin: httpx.AsyncClient, name: str) -> str:
    (await admin.post("/v1/profiles", json={"id": name, "title": name})).raise_for_status()
    answer = await admin.post(f"/v1/profiles/{name}/keys", json={"title": "bench"})
    answer.raise_for_status()
    return str(answer.json()["key"])


async def measure(home: Path, backlog: int, runs: int) -> Result:
    clip = await asyncio.to_thread(scenery.clip, "coffee.png", seconds=6, size=(1080, 1080))
    system = Embedded(Settings(home=home, port=0, render_slots=1, **UNLIMITED))
    await system.start()
    try:
        async with users(system, clip) as (many, one), connected(system.settings, "bench") as bus:
            await one.api.finished(await one.post(), 600)  # makes what all share
            return await _beside(bus, many, one, backlog, runs)
    finally:
        await system.stop()


async def _beside(bus: Bus, many: User, one: User, backlog: int, runs: int) -> Result:
    began, result = datetime.now().astimezone(), Result()
    await _posted(many, backlog)
    while len(await _renders(bus, many.name, began)) < _AHEAD:
        await asyncio.sleep(0.5)
    for number in range(1, runs + 1):
        sent = time.time()
        job = await one.post()
        await one.api.finished(job, 600)
        rendered = await bus.last(VideoRenderedV1, UUID(job))
        if rendered is None or not isinstance(rendered.event, VideoRenderedV1):
            raise RuntimeError("the job was not rendered")
        result.waits.append(rendered.event.received_at.timestamp() - sent)
        _say(f"{number} of {runs}: begun after {result.waits[-1]:.2f} s")
    result.left = (await inboxes(bus))[durable("render").name][subjects.lane(many.name, "final")].num_pending or 0
    result.renders = await _renders(bus, many.name, began)
    return result


async def _posted(user: User, count: int) -> None:
    free = asyncio.Semaphore(_AT_ONCE)

    async def post() -> None:
        async with free:
            await user.post()

    await asyncio.gather(*(post() for _ in range(count)))


async def _renders(bus: Bus, owner: str, since: datetime) -> list[float]:
    """Seconds of each render of a user's jobs."""
    return [
        (heard.event.at - heard.event.received_at).total_seconds()
        async for heard in bus.history(subjects.heard(VideoRenderedV1))
        if isinstance(heard.event, VideoRenderedV1) and heard.event.owner == owner and heard.event.at > since
    ]


def report(result: Result, backlog: int) -> str:
    verdict = "kept" if result.ratio < ALLOWED_RENDERS else "MISSED"
    return "\n".join(
        (
            "",
            f"one job beside a backlog of {backlog} of another user, {len(result.waits)} times over",
            f"  a render of the backlog: {middle(result.renders):.2f} s; they varied by {spread(result.renders):.0%}",
            f"  from POST to the start of its render: {middle(result.waits):.2f} s, at most {max(result.waits):.2f} s",
            f"  in renders: {result.ratio:.2f}, of {ALLOWED_RENDERS:.0f} allowed  {verdict}",
            f"  {result.left} of the backlog still waited to be rendered when the last one was done",
        )
    )


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.fairness", description=__doc__)
    parser.add_argument("--backlog", type=int, default=BACKLOG, help="jobs of the other user")
    parser.add_argument("--runs", type=int, default=RUNS, help="jobs that come beside them, one after another")
    asked = parser.parse_args()
    with TemporaryDirectory(prefix="fairness-") as folder:
        home = Path(folder)
        with (home / "log.jsonl").open("w") as log:
            set_up_logs("WARNING", log)
            result = asyncio.run(measure(home, asked.backlog, asked.runs))
    print(report(result, asked.backlog))
    return 0 if result.ratio < ALLOWED_RENDERS else 1


if __name__ == "__main__":
    sys.exit(main())
