"""One seeded run: jobs go in at two gateways while processes die, then everything that was promised is looked at."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx

from kit.crash import POINTS
from tests import material
from tests.chaos.aftermath import look_at
from tests.chaos.fleet import Fleet
from tests.chaos.oracle import Oracle, Report
from tests.client import Client, Json

STATIONS = ("script", "tts", "footage", "render", "storage", "quality")
MAKES_FILES = frozenset({"tts", "render", "storage"})
PLACES = (
    *(f"{s}:{point}" for s in STATIONS for point in POINTS if point != "after-rename" or s in MAKES_FILES),
    "gateway:before-announce",
    "gateway:after-announce",
)
AT_ONCE = 4
PATIENCE_S = 150.0
_WORDS = ("river", "stone", "lamp", "forest", "harbour", "winter", "garden", "engine", "letter", "mirror")


class Chaos:
    """Submitters, a killer, an oracle."""

    def __init__(self, home: Path, seed: int) -> None:
        self._chance = random.Random(seed)
        self._fleet = Fleet(home)
        self._oracle = Oracle(home / "promises.jsonl")
        self._home = home
        self._footage: list[str] = []
        self._numbers = iter(range(1, 1 << 30))
        self._over = asyncio.Event()
        self._report = Report(seed=seed, killed=self._fleet.killed, accepted=0)

    async def run(self, *, crashes: int, strikes: int) -> Report:
        """``crashes`` at each named point, and ``strikes`` at random moments in between."""
        began = time.monotonic()
        await self._fleet.start()
        try:
            await self._upload()
            submitters = [asyncio.create_task(self._submit_on()) for _ in range(AT_ONCE)]
            await self._kill(crashes, strikes)
            self._over.set()
            await asyncio.gather(*submitters)
            self._report.accepted = len(self._oracle.promises)
            await look_at(self._home, self._fleet, self._oracle, self._report, patience_s=PATIENCE_S)
        finally:
            await self._fleet.stop()
        self._report.took_s = time.monotonic() - began
        return self._report

    async def _kill(self, crashes: int, strikes: int) -> None:
        directed = [place for place in PLACES for _ in range(crashes)]
        plan: list[str | None] = [*directed, *[None] * strikes]
        self._chance.shuffle(plan)
        for place in plan:
            if place is None:
                await asyncio.sleep(self._chance.uniform(0.0, 0.8))
                self._fleet.strike(self._chance)
            elif not await self._fleet.crash_at(place):
                self._report.unreached.append(place)

    async def _upload(self) -> None:
        async with httpx.AsyncClient(base_url=self._fleet.gateways[0], timeout=30) as http:
            for number in range(3):
                clip = material.video(f"chaos-{number}.mp4", seconds=4 + number, size=(320, 180))
                self._footage.append((await Client(http).upload(clip))["id"])

    async def _submit_on(self) -> None:
        while not self._over.is_set():
            number = next(self._numbers)
            job = await self._promised(number)
            await self._ended(job)

    async def _promised(self, number: int) -> str:
        """Asks until somebody says yes, with the same key each time, as a careful client does."""
        key, brief = f"key-{number}", self._brief(number)
        wanted: tuple[str, ...] = ("completed",)
        if number % 10 == 0:
            brief["voice"] = {"provider": "espeak", "name": "nobody"}
            wanted = ("failed",)
        if number % 7 == 0:
            wanted = ("cancelled", *wanted)
        answer = await self._asked("POST", "/v1/jobs", json=brief, headers={"Idempotency-Key": key})
        self._oracle.accepted(key, answer["id"], wanted)
        if number % 5 == 0:  # and once more: it must be the same job
            again = await self._asked("POST", "/v1/jobs", json=brief, headers={"Idempotency-Key": key})
            self._oracle.accepted(key, again["id"], wanted)
        if "cancelled" in wanted:
            await asyncio.sleep(self._chance.uniform(0, 2))
            await self._asked("POST", f"/v1/jobs/{answer['id']}/cancel", well={202, 409})
        return str(answer["id"])

    def _brief(self, number: int) -> Json:
        words = " ".join(self._chance.sample(_WORDS, 4))
        return {
            "script": f"Number {number}. The {words}.",
            "footage": self._footage,
            "voice": {"provider": "espeak"},
            "quality": "draft",
        }

    async def _ended(self, job: str) -> None:
        """Waits for the end, but not for ever: the last look at all jobs has more patience."""
        for _ in range(120):
            seen = await self._asked("GET", f"/v1/jobs/{job}")
            if seen["state"] in {"completed", "failed", "cancelled"}:
                return
            await asyncio.sleep(0.25)

    async def _asked(self, method: str, path: str, *, well: set[int] | None = None, **given: Any) -> Json:
        for gateway in self._turns():
            with suppress(httpx.HTTPError):
                async with httpx.AsyncClient(base_url=gateway, timeout=15) as http:
                    answer = await http.request(method, path, **given)
                if answer.status_code in (well or {200, 202}):
                    return dict(answer.json())
                if answer.status_code not in {404, 429, 503}:
                    raise AssertionError(f"{method} {path}: {answer.status_code} {answer.text}")
            await asyncio.sleep(0.2)
        raise AssertionError("unreachable")

    def _turns(self) -> Iterator[str]:
        for _ in range(600):
            yield self._chance.choice(self._fleet.gateways)
        raise AssertionError("no gateway answered for two minutes")
