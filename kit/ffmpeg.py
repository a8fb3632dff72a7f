"""Where the ffmpeg program is."""

from __future__ import annotations

import os
import shutil
from functools import cache
from pathlib import Path

from contracts.faults import Unavailable


@cache
def find_ffmpeg() -> Path:
    """The ffmpeg to run: ``EDIT_FACTORY_FFMPEG`` if set, else the one that comes with the packages.

    Raises:
        Unavailable: the named program does not exist, or no package brought one.
    """
    named = os.environ.get("EDIT_FACTORY_FFMPEG")
    if named:
        found = shutil.which(named)
        if found is None:
            raise Unavailable(f"EDIT_FACTORY_FFMPEG names {named!r}, which is not a program", code="ffmpeg_missing")
        return Path(found)
    import imageio_ffmpeg  # noqa: PLC0415  (looks for the program on import)

    try:
        return Path(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as missing:
        raise Unavailable(
            "no ffmpeg came with the packages; set EDIT_FACTORY_FFMPEG", code="ffmpeg_missing"
        ) from missing


@cache
def ffmpeg_identity() -> str:
    """Tells one ffmpeg build from another: its file's name and size in bytes. Part of a cache key."""
    program = find_ffmpeg()
    return f"{program.name} {program.stat().st_size}"
