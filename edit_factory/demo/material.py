"""The sample footage and music, made on first use and kept.

The pictures and the sound are made by programs of their own (``pictures.py``, ``tune.py``), one for each core.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from contracts.faults import Unavailable
from kit.ffmpeg import find_ffmpeg
from kit.process import Limits, run
from kit.sees import Sees

REVISION = 1  # counted up when the same names would hold other pictures or sounds
CLIPS = ("coffee.mp4", "cup.mp4", "cat.mp4", "rocket.mp4", "stars.mp4", "photographer.mp4")
MUSIC = "music.m4a"
HOW_TO_GET_IT = 'pip install "edit-factory[demo]"'

_HERE = Path(__file__).parent
_MARKER = "material.json"
_MAKING = ".making-"
_MAKER = Limits(wall_s=600, idle_s=120, address_space=4 << 30, file_size=256 << 20)
_LEAST_BYTES = 10_000  # a file smaller than that is no clip and no music


@dataclass(frozen=True, slots=True)
class Material:
    """The files the sample brief speaks of by name."""

    clips: tuple[Path, ...]
    music: Path


def brief_path() -> Path:
    """The sample brief. It names its footage and its music as files of the material folder."""
    return _HERE / "brief.yaml"


async def material(folder: Path, on_progress: Callable[[float], None] = lambda _: None) -> Material:
    """The material in ``folder``, made if it is not there yet. ``on_progress`` gets shares of 1.

    Raises:
        Unavailable: scikit-image, which brings the photographs, is not installed (``demo_missing``).
    """
    ready = _as_material(folder)
    if not await asyncio.to_thread(_is_there, folder):
        _ask_for_photographs()
        async with _scratch(folder) as scratch:
            await _make(scratch, on_progress)
            await asyncio.to_thread(_move_in, scratch, folder)
    on_progress(1.0)
    return ready


def _as_material(folder: Path) -> Material:
    return Material(clips=tuple(folder / name for name in CLIPS), music=folder / MUSIC)


def _is_there(folder: Path) -> bool:
    try:
        kept = json.loads((folder / _MARKER).read_bytes())
        sizes = {name: (folder / name).stat().st_size for name in (*CLIPS, MUSIC)}
    except (OSError, ValueError):
        return False
    return bool(kept == _marker(sizes))


def _marker(sizes: dict[str, int]) -> dict[str, object]:
    return {"revision": REVISION, "sizes": sizes}


def _ask_for_photographs() -> None:
    if importlib.util.find_spec("skimage") is None:
        raise Unavailable(
            f"the sample footage is made from photographs of scikit-image; get it with: {HOW_TO_GET_IT}",
            code="demo_missing",
        )


@asynccontextmanager
async def _scratch(folder: Path) -> AsyncIterator[Path]:
    """A folder beside the finished files, so that they can be renamed into place."""
    scratch = await asyncio.to_thread(_new_scratch, folder)
    try:
        yield scratch
    finally:
        await asyncio.shield(asyncio.to_thread(shutil.rmtree, scratch, ignore_errors=True))


def _new_scratch(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{_MAKING}*"):  # by one that was killed
        if time.time() - left.stat().st_mtime > _MAKER.wall_s:
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=_MAKING, dir=folder))


async def _make(scratch: Path, on_progress: Callable[[float], None]) -> None:
    """All files, as many at a time as there are cores."""
    shares: dict[str, float] = {}
    hands = asyncio.Semaphore(len(os.sched_getaffinity(0)))

    def tell(name: str, share: float) -> None:
        shares[name] = share
        on_progress(0.99 * sum(shares.values()) / (len(CLIPS) + 1))

    async def make(name: str) -> None:
        async with hands:
            await run(
                _maker(name, scratch),
                limits=_MAKER,
                cwd=scratch,
                sees=Sees(read=(_HERE,), run=(find_ffmpeg(),)),
                on_line=lambda line: tell(name, float(line)),
            )
        tell(name, 1.0)

    async with asyncio.TaskGroup() as group:
        for name in (*CLIPS, MUSIC):
            group.create_task(make(name))


def _maker(name: str, scratch: Path) -> list[str | Path]:
    ffmpeg = find_ffmpeg()
    if name == MUSIC:
        return [sys.executable, "-P", _HERE / "tune.py", scratch / name, ffmpeg]
    return [sys.executable, "-P", _HERE / "pictures.py", Path(name).stem, scratch / name, ffmpeg]


def _move_in(scratch: Path, folder: Path) -> None:
    """Rename into place, the marker last: without it the files are made again."""
    sizes = {name: (scratch / name).stat().st_size for name in (*CLIPS, MUSIC)}
    empty = [name for name, size in sizes.items() if size < _LEAST_BYTES]
    if empty:
        raise Unavailable(f"the sample footage could not be made: {', '.join(empty)} came out empty")
    for name in sizes:
        (scratch / name).replace(folder / name)
    marker = scratch / _MARKER
    marker.write_text(json.dumps(_marker(sizes)), encoding="utf-8")
    marker.replace(folder / _MARKER)
