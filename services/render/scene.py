"""What a file is made of, planned: its GOPs, its typeface, where its media lie."""

from __future__ import annotations

from collections.abc import Mapping

from contracts.looks import FONTS
from contracts.outputs import Output
from contracts.timeline import Timeline
from kit.ffmpeg import ffmpeg_identity
from kit.fonts import face, font_identity, fonts_folder
from services.render.ffmpeg import storage_full_or
from services.render.pictures import Scene
from services.render.plan import chunks
from services.render.plan.chunks import Tools


def scene_of(timeline: Timeline, output: Output, paths: Mapping[str, str]) -> Scene:
    """``paths``: local path of each blob by its SHA-256. Takes a moment for a long video: not on an event loop.

    Raises:
        BadMedia, TechnicalFault: it can't be planned, or there is no room for the typefaces.
    """
    try:
        fonts = str(fonts_folder())
    except OSError as failed:
        raise storage_full_or(failed) from failed
    drawn = face(timeline.subtitles.font)
    return Scene(timeline, output, paths, fonts, drawn, chunks.gops(timeline, output, drawn, tools()))


def tools() -> Tools:
    """libass takes what a typeface lacks from the others beside it, so all of them count."""
    return Tools(ffmpeg_identity(), ", ".join(font_identity(family) for family in FONTS))
