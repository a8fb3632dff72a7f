"""The sound of a video: made once, in one piece, at its level, and shared by all of its files."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from contracts.timeline import Timeline
from services.render import loudness as listening
from services.render.ffmpeg import Tool
from services.render.plan import Loudness, Measured
from services.render.plan.command import SOUND_NAME, track
from services.render.shelf import KeptSound, Shelf

_log = logging.getLogger(__name__)

_MEASURED, _ENCODED = 0.6, 0.8  # of the work, about


@dataclass(frozen=True, slots=True)
class Track:
    """The encoded sound and what was heard in it."""

    path: Path
    heard: Loudness
    reused: bool


class Soundtrack:
    """One video's sound. However many ask for it at the same time, it is made once."""

    def __init__(self, timeline: Timeline, sources: Mapping[str, str], tool: Tool, shelf: Shelf, key: str) -> None:
        self._timeline = timeline
        self._sources = sources
        self._tool = tool
        self._shelf = shelf
        self._key = key
        self._turn = asyncio.Lock()
        self._made: Track | None = None

    async def made(self, tell: Callable[[float], None]) -> Track:
        """The track; ``tell`` is called with the share (0..1) of the work that is done.

        Raises as ``Tool`` does.
        """
        async with self._turn:
            if self._made is None:
                self._made = await self._kept() or await self._anew(tell)
            tell(1.0)
            return self._made

    async def again(self, tell: Callable[[float], None]) -> Track:
        """The track made anew, whatever was kept."""
        async with self._turn:
            self._made = await self._anew(tell)
            return self._made

    @property
    def _path(self) -> Path:
        return self._tool.folder / SOUND_NAME

    async def _kept(self) -> Track | None:
        kept = await self._shelf.take(self._key, KeptSound, self._path)
        if kept is None:
            return None
        return Track(self._path, Loudness(kept.integrated_lufs, kept.true_peak_dbtp), reused=True)

    async def _anew(self, tell: Callable[[float], None]) -> Track:
        await asyncio.to_thread(self._path.unlink, missing_ok=True)  # what was kept may not be written to
        gains = await listening.measure(self._tool, self._timeline, self._sources)
        tell(_MEASURED)
        heard = await self._encoded(gains)
        tell(_ENCODED)
        if not heard.on_target and not heard.silent:
            heard = await self._encoded(listening.corrected(gains, heard))
            _log.info("sound made again to reach its level", extra={"integrated_lufs": heard.integrated_lufs})
        await self._shelf.put(
            self._key,
            self._path,
            lambda blob: KeptSound(
                blob=blob, integrated_lufs=heard.integrated_lufs, true_peak_dbtp=heard.true_peak_dbtp
            ),
        )
        return Track(self._path, heard, reused=False)

    async def _encoded(self, gains: Measured) -> Loudness:
        planned = track(self._timeline, self._sources, gains)
        await self._tool.encode(planned, self._timeline.fps, lambda _progress: None)
        return await listening.hear_file(self._tool, SOUND_NAME)
