"""Runs planned ffmpeg commands in a folder: lays out their files, follows their progress, names their faults."""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from errno import EDQUOT, ENOSPC
from pathlib import Path

from contracts.faults import BadMedia, Fault, TechnicalFault
from kit.ffmpeg import find_ffmpeg
from kit.process import Completed, Limits, ProcessFailed, ProcessTimedOut, run
from kit.sees import Sees
from services.render.plan import RenderPlan
from services.render.plan.command import FONT_RULES_NAME

STALLED_S = 60.0
"""Seconds without a picture or a byte after which an encode is given up, unless it is told otherwise."""

_WALL_AT_LEAST_S = 900.0
_WALL_PER_SECOND = 120.0  # of video: the slowest encoder on the slowest machine worth waiting for
_FILE_SIZE = 8 << 30
# Address space. Measured at 1080 x 1920 from pictures of 3840 x 2160, speed slow: 1.4 GiB with one input and 2 threads,
# 95 to 200 MiB for each further input, 100 MiB for each further thread. Of that about a third is ever touched.
_SPACE, _SPACE_BY_INPUT, _SPACE_BY_THREAD = 4 << 30, 256 << 20, 128 << 20
# To glibc: what is freed goes back at once. Measured at 1080 x 1920: 8 % less memory, no more CPU.
_FRUGAL = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "1048576", "MALLOC_TRIM_THRESHOLD_": "1048576"}
_NO_SPACE = re.compile(r"No space left on device|Disk quota exceeded")
_NO_MEMORY = re.compile(r"Cannot allocate memory|std::bad_alloc|malloc of size \d+ failed")
_BAD_INPUT = re.compile(r"Error opening input|Invalid data found when processing input|moov atom not found")
_DAMAGE = re.compile(
    r"File ended prematurely|partial file|error while decoding|Invalid NAL|Invalid data found|concealing \d+"
    r"|corrupt|Truncat|Packet mismatch|missing picture|decode_slice_header error",
    re.IGNORECASE,
)
_MISSING_GLYPH = re.compile(r"[Gg]lyph 0x([0-9A-Fa-f]+)")


@dataclass(frozen=True, slots=True)
class RenderProgress:
    """How far an encode is: ``share`` 0..1, ``eta_s`` seconds to its end if known, ``frames_per_s`` of late."""

    share: float
    eta_s: float | None
    frames_per_s: float


class Follower:
    """Reads ffmpeg's ``-progress`` lines. ffmpeg repeats them even when nothing moves, so stalling is seen here.

    Raises:
        ProcessTimedOut: from ``line``, when neither pictures nor bytes came for ``stalled_s`` seconds.
    """

    def __init__(
        self,
        frames: int,
        duration_s: float,
        tell: Callable[[RenderProgress], None],
        now: Callable[[], float],
        stalled_s: float = STALLED_S,
    ) -> None:
        self._frames = frames
        self._duration_s = duration_s
        self._tell = tell
        self._now = now
        self._stalled_s = stalled_s
        self._began = self._moved = now()
        self._seen: dict[str, str] = {}
        self._mark: tuple[str, str] = ("", "")
        self._share = 0.0

    def line(self, text: str) -> None:
        key, _, value = text.partition("=")
        self._seen[key.strip()] = value.strip()
        if key == "progress":
            self._look()

    def _look(self) -> None:
        now = self._now()
        mark = (self._seen.get("frame", ""), self._seen.get("total_size", ""))
        if mark != self._mark:
            self._mark, self._moved = mark, now
        elif now - self._moved > self._stalled_s:
            raise ProcessTimedOut(f"ffmpeg has not moved for {self._stalled_s:g} s")
        self._share = 1.0 if self._seen["progress"] == "end" else max(self._share, self._reached())
        share = self._share
        spent = now - self._began
        eta = spent * (1 - share) / share if share > 0.01 else None
        self._tell(RenderProgress(share, eta, _number(self._seen.get("fps", "")) or 0.0))

    def _reached(self) -> float:
        """Of pictures and of sound, whichever is less far; ffmpeg says N/A for the time now and then."""
        done = [(_number(self._seen.get("frame", "")) or 0.0) / self._frames]
        written_us = _number(self._seen.get("out_time_us", ""))
        if self._seen.get("total_size") == "N/A":  # it writes pieces, of which it knows no time
            written_us = None
        if written_us is not None and written_us > 0:
            done.append(written_us / 1e6 / self._duration_s)
        return min(max(min(done), 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class Tool:
    """ffmpeg in one working folder."""

    folder: Path
    nice: int
    program: Path = field(default_factory=find_ffmpeg)
    stalled_s: float = STALLED_S

    async def listen(self, plan: RenderPlan) -> str:
        """Run a measuring command; the end of what it wrote to stderr."""
        await self._lay_out(plan)
        return (await self._run(plan, _limits(plan, self.nice), None)).stderr

    async def draw(self, plan: RenderPlan, limits: Limits) -> None:
        """Run a command that makes a picture."""
        await self._lay_out(plan)
        await self._run(plan, limits, None)

    async def encode(
        self,
        plan: RenderPlan,
        fps: int,
        tell: Callable[[RenderProgress], None],
        hear: Callable[[str], None] | None = None,
    ) -> str:
        """Run an encode to its end; the end of its warnings. ``hear`` gets each line of its stdout first."""
        await self._lay_out(plan)
        follower = Follower(plan.frames, plan.frames / fps, tell, time.monotonic, self.stalled_s)
        limits = replace(_limits(plan, self.nice), idle_s=self.stalled_s)

        def line(text: str) -> None:
            if hear is not None:
                hear(text)
            follower.line(text)

        return (await self._run(plan, limits, line)).stderr

    async def _run(self, plan: RenderPlan, limits: Limits, on_line: Callable[[str], None] | None) -> Completed:
        sees = Sees(read=tuple(Path(target) for target in plan.links.values()))
        argv: list[str | Path] = [self.program, *plan.argv]
        try:
            return await run(
                argv, limits=limits, cwd=self.folder, sees=sees, variables=self._variables(plan), on_line=on_line
            )
        except ProcessFailed as failed:
            raise _named(failed) from failed

    def _variables(self, plan: RenderPlan) -> dict[str, str]:
        if FONT_RULES_NAME not in plan.texts:
            return _FRUGAL
        return _FRUGAL | {"FONTCONFIG_FILE": str(self.folder.absolute() / FONT_RULES_NAME)}

    async def _lay_out(self, plan: RenderPlan) -> None:
        try:
            await asyncio.to_thread(_write, self.folder, plan)
        except OSError as failed:
            raise storage_full_or(failed) from failed


def storage_full_or(failed: OSError) -> Exception:
    """The fault to raise for a file that could not be written."""
    if failed.errno in {ENOSPC, EDQUOT}:
        return TechnicalFault("there is no space left for the video", code="storage_full")
    return failed


def shows_damage(log: str) -> bool:
    """Whether a decoder complained of broken data."""
    return _DAMAGE.search(log) is not None


def missing_glyphs(log: str) -> tuple[str, ...]:
    """The characters libass found in no typeface, each once."""
    codes = dict.fromkeys(int(code, 16) for code in _MISSING_GLYPH.findall(log))
    return tuple(chr(code) for code in codes if 0 < code <= 0x10FFFF)


def _named(failed: ProcessFailed) -> Fault:
    if _NO_SPACE.search(failed.stderr):
        return TechnicalFault("there is no space left for the video", code="storage_full")
    if _NO_MEMORY.search(failed.stderr):
        return TechnicalFault("there was not enough memory to make the video", code="out_of_memory")
    if failed.returncode > 0 and _BAD_INPUT.search(failed.stderr):
        return BadMedia("a source file cannot be read as what it is said to be")
    return failed


def _limits(plan: RenderPlan, nice: int) -> Limits:
    wall_s = max(_WALL_AT_LEAST_S, plan.frames / 30 * _WALL_PER_SECOND)
    cores = os.cpu_count() or 1
    space = _SPACE + _SPACE_BY_INPUT * plan.argv.count("-i") + _SPACE_BY_THREAD * cores
    return Limits(wall_s=wall_s, address_space=space, cpu_s=int(wall_s) * cores, file_size=_FILE_SIZE, nice=nice)


def _write(folder: Path, plan: RenderPlan) -> None:
    for name, text in plan.texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name, target in plan.links.items():
        link = folder / name
        link.unlink(missing_ok=True)
        link.symlink_to(target)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
