"""A batch of short product videos against the same ones made by hand, one after the other. ``python -m bench.batch``.

Each is one photo under a voice of eight to ten seconds, at 1080x1920, x264 at the preset's own CRF and speed. By hand
it is a run of piper and two of ffmpeg a video, with ffmpeg's automatic threads, in two ways: the still scaled up to
twice the shown size, which trembles, and to 8,000 pixels, which does so as little as the system's own. The system is
measured with one render slot and with as many as there are cores (each encode has then one thread); all take turns in
one run, and what is told are medians of each round's ratio: above 1 the system is faster. CPU time stands beside it,
for on a busy machine the clock says little.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import Any, Final

import av

from bench import byhand_product
from bench.byhand_product import ProductEdit
from bench.edit import Cue, Word
from bench.meter import noise_note, spread
from bench.proctree import Cost, cpu_s_of, machine_busy_s, others
from bench.running import started
from bench.stills import stills
from contracts.outputs import PresetName, output
from contracts.timeline import Timeline
from kit.ffmpeg import find_ffmpeg
from kit.fonts import fonts_folder
from tests.client import Client, Json

ROUNDS, VIDEOS = 2, 8
WAYS: Final = {"by hand, trembling": 2_160, "by hand, smooth": 8_000}
_SAID: Final = (
    "Number {take}, the {name}, is made by hand from wood that fell by itself, and each piece of it is a little "
    "different. Take it home today, before somebody else does."
)
_NAMES: Final = ("Walnut tray", "Oak stool", "Linen lamp", "Copper pot", "Stone vase", "Cork shelf")


@dataclass(slots=True)
class Shop:
    """A running system that makes batches."""

    name: str
    pid: int
    api: Client
    pictures: tuple[str, ...]
    costs: list[Cost] = field(default_factory=list)

    async def make(self, take: int) -> list[Json]:
        """A batch, from the request to its end; its jobs. Nothing of it was made before."""
        rows = [{"values": _values(take, number, picture)} for number, picture in enumerate(self.pictures)]
        body = {"title": f"Take {take}", "template": _TEMPLATE, "rows": {"given": rows}}
        busy, cpu, began = machine_busy_s(), cpu_s_of(self.pid), time.time()
        batch = (await self.api.http.post("/v1/batches", json=body)).raise_for_status().json()
        while (seen := await self._batch(batch["id"]))["state"] != "completed":
            await asyncio.sleep(0.5)
        wall_s = time.time() - began
        cpu_s = cpu_s_of(self.pid) - cpu
        if seen["counts"]["completed"] != len(rows):
            raise RuntimeError(f"the batch ended with {seen['counts']}")
        self.costs.append(Cost(wall_s, cpu_s, 0, others(machine_busy_s() - busy, cpu_s, wall_s)))
        return [await self.api.job(row["job"]) for row in await self._rows(batch["id"])]

    async def _batch(self, batch: str) -> Json:
        return dict((await self.api.http.get(f"/v1/batches/{batch}")).raise_for_status().json())

    async def _rows(self, batch: str) -> list[Json]:
        answer = await self.api.http.get(f"/v1/batches/{batch}/rows", params={"limit": 100})
        return list(answer.raise_for_status().json()["items"])

    async def edit(self, job: Json, take: int, number: int, still: Path) -> ProductEdit:
        """What was made, for somebody else to make."""
        answer = await self.api.http.get(job["videos"][0]["timeline_url"])
        timeline = Timeline.model_validate_json(answer.raise_for_status().content)
        values = _values(take, number, "")
        wanted = output(PresetName.TIKTOK)
        cues = tuple(
            Cue(cue.start_s, cue.end_s, tuple(Word(word.text, word.start_s, word.end_s) for word in cue.words))
            for cue in timeline.cues
        )
        return ProductEdit(
            still=str(still),
            script=values["script"],
            name=values["name"],
            price=f"${values['price']}",
            frames=sum(clip.frames for clip in timeline.clips),
            cues=cues,
            font=str(next(fonts_folder().glob("Lato*"))),
            crf=wanted.crf,
            speed=wanted.speed,
        )


_TEMPLATE: Final[Json] = {
    "kind": "product",
    "script": "{script}",
    "products": [
        {"name": "{name}", "pictures": ["{picture}"], "price": {"amount": "{price}", "currency": "USD"}},
    ],
}


def _values(take: int, number: int, picture: str) -> dict[str, Any]:
    name = f"{_NAMES[number % len(_NAMES)]} {take}-{number}"
    script = _SAID.format(take=take * 100 + number, name=_NAMES[number % len(_NAMES)].lower())
    return {"name": name, "script": script, "picture": picture, "price": f"{20 + number}.90"}


async def measure(rounds: int, videos: int, slots: tuple[int, ...], photos: tuple[Path, ...], home: Path) -> None:
    by_hand: dict[str, list[Cost]] = {way: [] for way in WAYS}
    async with AsyncExitStack() as held:
        shops = [await _open(held, many, photos, home) for many in slots]
        for take in range(rounds + 1):
            for shop in shops:
                _say(f"round {take} of {rounds}: {shop.name}" if take else f"warm-up: {shop.name}")
                jobs = await shop.make(10 * (take + 1) + shops.index(shop))
            edits = [
                await shop.edit(job, 10 * (take + 1) + len(shops) - 1, number, photos[number])
                for number, job in enumerate(jobs)
            ]
            for way, wide in WAYS.items():
                _say(way)
                by_hand[way].append(
                    await asyncio.to_thread(_by_hand, [replace(each, wide=wide) for each in edits], home)
                )
            if take == 0:
                for costs in (*by_hand.values(), *(shop.costs for shop in shops)):
                    costs.clear()
    print(report(videos, by_hand, shops))


async def _open(held: AsyncExitStack, slots: int, photos: tuple[Path, ...], home: Path) -> Shop:
    settings = {"render_slots": slots}
    pid, api = await held.enter_async_context(started(home / f"slots-{slots}", **settings))
    pictures = tuple([(await api.upload(photo, kind="image"))["id"] for photo in photos])
    return Shop(f"{slots} render slot{'s' * (slots > 1)}", pid, api, pictures)


def _by_hand(edits: list[ProductEdit], home: Path) -> Cost:
    parts = []
    for edit in edits:
        with tempfile.TemporaryDirectory(dir=home) as name:
            target = Path(name) / "made.mp4"
            parts.append(byhand_product.make(find_ffmpeg(), edit, Path(name), target))
            with av.open(str(target)) as box:
                frames = sum(1 for packet in box.demux(video=0) if packet.size)
            if frames != edit.frames:
                raise RuntimeError(f"by hand there are {frames} frames, not {edit.frames}")
    return Cost(sum(part.wall_s for part in parts), sum(part.cpu_s for part in parts), 0, parts[-1].others)


def report(videos: int, by_hand: dict[str, list[Cost]], shops: list[Shop]) -> str:
    """Videos a minute of each, and the ratios to those by hand."""
    told = [f"{videos} product videos, {len(shops[0].costs)} rounds, {os.cpu_count()} cores"]
    told += [f"  {way}: {_a_minute(videos, costs)}, {_cpu(videos, costs)}" for way, costs in by_hand.items()]
    for shop in shops:
        told.append(f"  {shop.name}: {_a_minute(videos, shop.costs)}, {_cpu(videos, shop.costs)}")
        for way, costs in by_hand.items():
            faster = median(hand.wall_s / ours.wall_s for hand, ours in zip(costs, shop.costs, strict=True))
            cheaper = median(hand.cpu_s / ours.cpu_s for hand, ours in zip(costs, shop.costs, strict=True))
            told.append(f"    over {way}: {faster:.2f} in videos a minute, {cheaper:.2f} in videos a CPU second")
    everything = [cost for costs in (*by_hand.values(), *(shop.costs for shop in shops)) for cost in costs]
    first = next(iter(by_hand.values()))
    wall, cpu = spread(cost.wall_s for cost in first), spread(cost.cpu_s for cost in first)
    return "\n".join([*told, noise_note(wall, cpu, max(cost.others for cost in everything))])


def _a_minute(videos: int, costs: list[Cost]) -> str:
    return f"{median(60 * videos / cost.wall_s for cost in costs):.2f} videos a minute"


def _cpu(videos: int, costs: list[Cost]) -> str:
    return f"{median(cost.cpu_s / videos for cost in costs):.1f} s of CPU a video"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.batch", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="after a warm-up; 3 or more to believe it")
    parser.add_argument("--videos", type=int, default=VIDEOS)
    parser.add_argument("--slots", type=int, nargs="+", default=sorted({1, os.cpu_count() or 1}))
    parser.add_argument("--material", type=Path, default=Path(tempfile.gettempdir()) / "edit-factory-bench")
    told = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that nothing is left running, and no folder
    photos = stills(told.material, told.videos)
    with tempfile.TemporaryDirectory(prefix="edit-factory-bench-") as home:
        asyncio.run(measure(max(1, told.rounds), told.videos, tuple(told.slots), photos, Path(home)))


if __name__ == "__main__":
    main()
