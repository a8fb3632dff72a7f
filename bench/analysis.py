"""How fast an upload is looked through, as a ratio to its own length, and whether memory grows with that length.

Run with ``python -m bench.analysis``. Clips of 1920 x 1080 at 30 frames a second, with sound: some that are easy to
decode (5 Mbit/s, CAVLC, no loop filter), and some as phones record (17 Mbit/s, CABAC), most of whose CPU time is bare
decoding.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psutil

from bench.material import WIDE, filmed
from bench.meter import metered
from contracts.media import Asset, AssetKind
from kit.blobs import Blobs
from kit.media import probe
from services.footage.looking import Looking
from tests import material
from tests.acceptance import scenery

_PIECES_S = {"easy": 15, "phone": 10}
_LENGTHS_S = {"easy": (30, 60, 120), "phone": (30, 60)}
_SIZE = (1920, 1080)
_LOOK_EVERY_S = 0.05


def clip(kind: str, seconds: int) -> Path:
    """The same few seconds of a hand-held camera again and again."""
    length = _PIECES_S[kind]
    piece = scenery.clip("coffee.png", seconds=length, size=_SIZE) if kind == "easy" else _filmed()
    tone = ("-f", "lavfi", "-t", str(seconds), "-i", "sine=frequency=440:sample_rate=48000")
    looped = ("-stream_loop", str(seconds // length - 1), "-i", piece)
    return material.made(f"{kind}{seconds}.mp4", *looped, *tone, "-c:v", "copy", "-c:a", "aac", "-shortest")


@cache
def _filmed() -> Path:
    return material.made("phone.mp4", *filmed("coffee.png", WIDE, "phone"))


async def looked_through(path: Path, folder: Path) -> tuple[float, float, int]:
    """Wall seconds, CPU seconds, and the most memory its programs had at once, in bytes."""
    blobs = Blobs.open(str(folder / "blobs"), cache=folder / "cache")
    facts, media_type = await probe(path, AssetKind.FOOTAGE)
    copy = folder / "upload"
    copy.write_bytes(path.read_bytes())
    ref = await blobs.put_file(copy, media_type)
    asset = Asset(id=uuid4(), owner="bench", kind=AssetKind.FOOTAGE, name=path.name, blob=ref, facts=facts)
    work = folder / "work"
    work.mkdir()
    watching = asyncio.create_task(_most_memory())
    with metered() as spent:
        began = time.perf_counter()
        await Looking(blobs, asset, work, lambda _share: None, lambda _point: None).look()
        wall = time.perf_counter() - began
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    return wall, spent.cpu_s, _most["bytes"]


_most = {"bytes": 0}


async def _most_memory() -> None:
    _most["bytes"] = 0
    own = psutil.Process()
    while True:
        held = 0
        for child in own.children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                held += child.memory_info().rss
        _most["bytes"] = max(_most["bytes"], held)
        await asyncio.sleep(_LOOK_EVERY_S)


async def main() -> None:
    for kind, lengths in _LENGTHS_S.items():
        first: int | None = None
        for seconds in lengths:
            path = clip(kind, seconds)
            with TemporaryDirectory() as folder:
                wall, cpu, memory = await looked_through(path, Path(folder))
            first = first or memory
            print(
                f"{kind}, {seconds} s: {seconds / wall:.1f} times real time on {os.cpu_count()} cores "
                f"({cpu / seconds:.2f} s of CPU a second), {memory / first:.2f} times the memory ({memory >> 20} MiB)"
            )


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
