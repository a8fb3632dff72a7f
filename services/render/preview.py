"""One frame of a video that is not made yet, drawn by what would draw it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

from contracts.brief import SubtitleStyle
from contracts.outputs import Output
from contracts.timeline import Cue
from kit.fonts import face, fonts_folder
from kit.process import Limits
from services.render.ffmpeg import Tool, storage_full_or
from services.render.plan.command import RenderPlan
from services.render.plan.still import STILL_NAME, still

PREVIEW_VERSION = 1
"""Goes up when the same wish gives another picture."""

# Measured at 1080 x 1920 with blurred glow: 0.4 s and 1.1 GiB of address space, of which 120 MiB are touched.
_WALL_S = 20.0
_ADDRESS_SPACE = (3 << 30) + (os.cpu_count() or 1) * (128 << 20)
_LIMITS = Limits(wall_s=_WALL_S, address_space=_ADDRESS_SPACE, cpu_s=40, file_size=32 << 20, nice=2)


async def draw(
    cues: Sequence[Cue],
    style: SubtitleStyle,
    output: Output,
    frame: int,
    *,
    background: Path | None,
    folder: Path,
) -> bytes:
    """A JPEG of the size of ``output``: frame number ``frame`` of a video with these cues. ``background``: a JPEG, or
    None for an empty scene; ``folder``: an empty one to work in.

    Raises:
        BadMedia: the background can't be read.
        TechnicalFault: ``storage_full``, or ffmpeg failed or took longer than 20 s.
    """
    planned = await asyncio.to_thread(_planned, cues, style, output, frame, background)
    await Tool(folder, nice=0).draw(planned, _LIMITS)
    return await asyncio.to_thread((folder / STILL_NAME).read_bytes)


def _planned(
    cues: Sequence[Cue], style: SubtitleStyle, output: Output, frame: int, background: Path | None
) -> RenderPlan:
    try:
        fonts = str(fonts_folder())
    except OSError as failed:
        raise storage_full_or(failed) from failed
    under = None if background is None else str(background.absolute())
    return still(cues, style, output, frame, face=face(style.font), fonts=fonts, background=under)
