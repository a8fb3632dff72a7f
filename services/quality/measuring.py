"""Looks and listens through a finished file, once, in a caged ffmpeg; and reads what it says it holds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from contracts.faults import TechnicalFault
from contracts.quality import ExpectedFile
from kit.encoded import examine
from kit.ffmpeg import find_ffmpeg
from kit.process import Limits, run
from kit.sees import Sees
from services.quality.judging import Measured
from services.quality.looking import FILE_NAME, HEARD_NAME, SEEN_NAME, command, told

_THREADS = 2
_ADDRESS_SPACE = 3 << 30  # measured at 1080 x 1920 with 2 threads: 0.7 GiB, of which 90 MiB are touched
_WALL_S, _WALL_PER_SECOND = 120.0, 30.0  # of video: decoding takes a quarter of its length on one core
_NOTES_MOST = 16 << 20  # bytes


async def measured(
    path: Path, asked: ExpectedFile, folder: Path, *, nice: int, stalled_s: float, tell: Callable[[float], None]
) -> Measured:
    """``path``: an absolute one; ``folder``: an empty one to work in; ``tell`` is called with the seconds of
    the video that are done.

    Raises:
        NotRead: it is no MP4 that can be read.
        TechnicalFault: ffmpeg failed, stalled, or said nothing.
    """
    seen = await examine(path)
    sound = seen.audio is not None
    await asyncio.to_thread((folder / FILE_NAME).symlink_to, path)
    wall_s = _WALL_S + _WALL_PER_SECOND * seen.frames / max(float(seen.rate), 1.0)
    limits = Limits(
        wall_s=wall_s,
        idle_s=stalled_s,
        address_space=_ADDRESS_SPACE,
        cpu_s=int(wall_s) * _THREADS,
        file_size=_NOTES_MOST,
        nice=nice,
    )
    done = await run(
        [find_ffmpeg(), *command(asked, _THREADS, sound=sound)],
        limits=limits,
        cwd=folder,
        sees=Sees(read=(path,)),
        on_line=lambda line: _moved(line, tell),
    )
    notes = [await asyncio.to_thread(_read, folder / name) for name in (SEEN_NAME, HEARD_NAME)]
    try:
        words = told(notes[0], notes[1], done.stderr, sound=sound)
    except ValueError as silent:
        raise TechnicalFault(f"the file was not measured: {silent}", code="unmeasured") from silent
    return Measured(
        codec=seen.codec,
        profile=seen.profile,
        pixel_format=seen.pixel_format,
        colours=seen.colours,
        width=seen.width,
        height=seen.height,
        rate=seen.rate,
        frames=seen.frames,
        sound=seen.audio,
        audio_s=seen.audio_s,
        told=words,
    )


def _moved(line: str, tell: Callable[[float], None]) -> None:
    key, _, value = line.partition("=")
    if key == "out_time_us" and value.strip().isdigit():
        tell(int(value) / 1e6)


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""
