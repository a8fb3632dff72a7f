"""A timeline becomes one finished file: listen, encode once, look at what came out, and only then call it done."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from contracts.faults import BadMedia
from contracts.outputs import Output
from contracts.timeline import Timeline
from kit.fonts import covers, face, fonts_folder
from kit.halfway import once_at
from services.render import loudness as listening
from services.render import verify
from services.render.ffmpeg import STALLED_S, RenderProgress, Tool, missing_glyphs, shows_damage, storage_full_or
from services.render.plan import Loudness, Measured, RenderPlan, Span, plan
from services.render.plan.command import PART_NAME, new_sound

__all__ = ["RenderProgress", "Rendered", "render"]

_FINISHED_NAME = "out.mp4"
_RESOUNDED_NAME = "sound.part.mp4"
_NICE = 5

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished, verified file and what was measured in it. ``missing_glyphs``: characters that were not drawn."""

    path: Path
    frames: int
    duration_s: float
    integrated_lufs: float
    true_peak_dbtp: float
    width: int
    height: int
    missing_glyphs: tuple[str, ...] = ()


async def render(
    timeline: Timeline,
    output: Output,
    sources: Mapping[str, Path],
    folder: Path,
    *,
    threads: int = 0,
    nice: int = _NICE,
    stalled_s: float = STALLED_S,
    on_progress: Callable[[RenderProgress], None],
    at: Callable[[str], None] = lambda _name: None,
) -> Rendered:
    """Encode a timeline for one output in one pass. ``sources``: local file of each blob by SHA-256; ``folder``:
    a private one for scratch files and the result; ``stalled_s``: an encode that does not move for so many seconds is
    given up; ``at`` is called with "mid-work" once, about half way.

    Raises:
        BadMedia: a source is shorter than its clip, cut off, or not what it was said to be.
        TechnicalFault: ``storage_full``, ``render_unsound``, or the encoder failed or stalled.
    """
    paths = {sha256: str(path.absolute()) for sha256, path in sources.items()}
    tool = Tool(folder, nice, stalled_s=stalled_s)
    gains = await listening.measure(tool, timeline, paths)
    planned = await asyncio.to_thread(_whole, timeline, output, paths, threads, gains)
    warnings = await _encode(tool, planned, timeline.fps, on_progress, at)
    seen = await _sound_file(folder, timeline, output, warnings)
    heard = await listening.hear_file(tool)
    if not heard.on_target and not heard.silent:
        heard = await _at_its_level(tool, timeline, paths, listening.corrected(gains, heard))
        seen = await _sound_file(folder, timeline, output, warnings)
    path = await asyncio.to_thread((folder / PART_NAME).replace, folder / _FINISHED_NAME)
    return Rendered(
        path=path,
        frames=seen.frames,
        duration_s=seen.frames / timeline.fps,
        integrated_lufs=heard.integrated_lufs,
        true_peak_dbtp=heard.true_peak_dbtp,
        width=seen.width,
        height=seen.height,
        missing_glyphs=_undrawn(timeline, warnings),
    )


def _whole(timeline: Timeline, output: Output, paths: Mapping[str, str], threads: int, gains: Measured) -> RenderPlan:
    try:
        fonts = str(fonts_folder())
    except OSError as failed:
        raise storage_full_or(failed) from failed
    return plan(
        timeline,
        output,
        Span(0, timeline.frames),
        sources=paths,
        fonts=fonts,
        face=face(timeline.subtitles.font),
        threads=threads,
        loudness=gains,
    )


async def _encode(
    tool: Tool,
    planned: RenderPlan,
    fps: int,
    on_progress: Callable[[RenderProgress], None],
    at: Callable[[str], None],
) -> str:
    halfway = once_at(0.5, lambda: at("mid-work"))

    def tell(progress: RenderProgress) -> None:
        on_progress(progress)
        halfway(progress.share)

    warnings = await tool.encode(planned, fps, tell)
    halfway(1.0)
    return warnings


async def _sound_file(folder: Path, timeline: Timeline, output: Output, warnings: str) -> verify.Seen:
    """What the encoded file holds, if that is what it should hold."""
    seen = await verify.examine(folder.absolute() / PART_NAME)  # noqa: ASYNC240  (asks the disk nothing)
    if seen.frames < timeline.frames:
        raise _ended_early(timeline.frames - seen.frames, timeline.fps, warnings)
    verify.check(seen, output, timeline.fps, timeline.frames)
    return seen


def _ended_early(missing: int, fps: int, warnings: str) -> BadMedia:
    lost = f"{missing / fps:.2f} s of picture are missing"
    if shows_damage(warnings):
        return BadMedia(f"a source is damaged or cut off: {lost}", code="media_truncated")
    return BadMedia(f"a source ends before the length it claims: {lost}", code="media_too_short")


async def _at_its_level(tool: Tool, timeline: Timeline, paths: Mapping[str, str], gains: Measured) -> Loudness:
    """Make the sound once more, pictures copied; the file takes the place of the first one."""
    again = new_sound(timeline, paths, gains, _RESOUNDED_NAME)
    await tool.encode(again, timeline.fps, lambda _progress: None)
    await asyncio.to_thread((tool.folder / _RESOUNDED_NAME).replace, tool.folder / PART_NAME)
    heard = await listening.hear_file(tool)
    _log.info("sound made again to reach its level", extra={"integrated_lufs": heard.integrated_lufs})
    return heard


def _undrawn(timeline: Timeline, warnings: str) -> tuple[str, ...]:
    """Characters of the subtitles that the typeface lacks, and those the renderer complained of."""
    shown = "" if timeline.subtitles.preset == "none" else " ".join(cue.text for cue in timeline.cues)
    missing = tuple(dict.fromkeys([*covers(timeline.subtitles.font, shown), *missing_glyphs(warnings)]))
    if missing:
        _log.warning("characters were not drawn", extra={"characters": [f"U+{ord(letter):04X}" for letter in missing]})
    return missing
