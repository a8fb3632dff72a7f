"""What the files of a video have to be, told to whoever looks at them afterwards: measured, where it can be."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

from contracts.outputs import Output
from contracts.quality import Expected, ExpectedFile, Place, Written
from contracts.timeline import Timeline
from kit.fonts import face, fonts_folder
from kit.process import Limits
from services.render.ffmpeg import Tool, storage_full_or
from services.render.plan import wishes
from services.render.plan.proof import BOXES_NAME, Proof, around, boxes, outermost, proofs
from services.render.plan.subtitles import Canvas, canvas

# Measured: a minute of subtitles in 1.2 s, 60 MiB touched.
_ADDRESS_SPACE = (3 << 30) + (os.cpu_count() or 1) * (128 << 20)
_WALL_S, _WALL_PER_SECOND = 60.0, 2.0

Seen = tuple[tuple[Written, ...], Place | None]


async def expected(timeline: Timeline, outputs: Sequence[Output], folder: Path, nice: int) -> Expected:
    """``folder``: an empty one to work in.

    Raises:
        TechnicalFault: ``storage_full``, or ffmpeg failed.
    """
    seen: dict[Canvas, Seen] = {}
    files: list[ExpectedFile] = []
    for output in outputs:
        plane = canvas(output)  # several presets have the same
        if plane not in seen:
            seen[plane] = await _seen(timeline, output, folder, nice)
        files.append(await asyncio.to_thread(wishes.expected_file, timeline, output, *seen[plane]))
    return Expected(
        fps=timeline.fps,
        frames=timeline.frames,
        sounds=wishes.sounds(timeline),
        silent=wishes.silent(timeline),
        still=wishes.still(timeline),
        dark=wishes.dark(timeline),
        undrawn=await asyncio.to_thread(wishes.undrawn, timeline),
        files=tuple(files),
    )


async def _seen(timeline: Timeline, output: Output, folder: Path, nice: int) -> Seen:
    """What is written, furthest out, and the box around all subtitles."""
    written: list[Written] = []
    band = None
    wall_s = _WALL_S + _WALL_PER_SECOND * timeline.duration_s
    limits = Limits(wall_s=wall_s, address_space=_ADDRESS_SPACE, cpu_s=int(wall_s), file_size=64 << 20, nice=nice)
    for proof in await asyncio.to_thread(_planned, timeline, output):
        await Tool(folder, nice).draw(proof.plan, limits)
        found = await asyncio.to_thread(_read, proof, folder / BOXES_NAME)
        written += outermost(timeline, proof.what, found)
        band = around(found) if proof.what == "subtitles" else band
    return tuple(written), band


def _read(proof: Proof, path: Path) -> list[tuple[float, Place]]:
    return list(boxes(proof, path.read_text("utf-8")))


def _planned(timeline: Timeline, output: Output) -> list[Proof]:
    try:
        fonts = str(fonts_folder())
    except OSError as failed:
        raise storage_full_or(failed) from failed
    return list(proofs(timeline, output, face(timeline.subtitles.font), fonts))
