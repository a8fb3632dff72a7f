"""A timeline becomes one finished file: pictures in pieces, sound in one, joined without another encode; only what was
looked at and listened to counts as done.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from contracts.faults import TechnicalFault
from contracts.outputs import Output
from contracts.timeline import Timeline
from kit.encoded import Seen
from kit.fonts import covers
from kit.halfway import once_at
from kit.together import together
from services.render import loudness as listening
from services.render import verify
from services.render.ffmpeg import STALLED_S, RenderProgress, Tool, missing_glyphs
from services.render.meter import Meter
from services.render.pictures import Encoding, Scene, taken
from services.render.plan import chunks
from services.render.plan.chunks import Lanes, share_out
from services.render.plan.command import PART_NAME, TRACK_NAME, join
from services.render.scene import scene_of, tools
from services.render.sharing.host import Party
from services.render.shelf import NoShelf, OneWay, Shelf
from services.render.sound import Soundtrack, Track

__all__ = ["RenderProgress", "Rendered", "cores", "render", "soundtrack"]

_FINISHED_NAME = "out.mp4"
_NICE = 5
_SOUND_WORK = 0.1  # of the work of the pictures, and a little for what comes after both
_JOIN_WORK = 0.02

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished, verified file and what was measured in it. ``missing_glyphs``: characters that were not drawn.

    Of its ``gops`` groups of pictures ``reused`` were kept from before and not encoded.
    """

    path: Path
    frames: int
    duration_s: float
    integrated_lufs: float
    true_peak_dbtp: float
    width: int
    height: int
    missing_glyphs: tuple[str, ...] = ()
    gops: int = 0
    reused: int = 0


@dataclass(frozen=True, slots=True)
class Room:
    """Where and how one file is made."""

    tool: Tool
    lanes: Lanes
    shelf: Shelf
    meter: Meter
    sound: Soundtrack
    party: Party | None


async def render(
    timeline: Timeline,
    output: Output,
    sources: Mapping[str, Path],
    folder: Path,
    *,
    lanes: Lanes | None = None,
    nice: int = _NICE,
    stalled_s: float = STALLED_S,
    on_progress: Callable[[RenderProgress], None],
    at: Callable[[str], None] = lambda _name: None,
    shelf: Shelf | None = None,
    sound: Soundtrack | None = None,
    party: Party | None = None,
) -> Rendered:
    """Make the file of a timeline for one output. ``sources``: local file of each blob by SHA-256; ``folder``:
    a private one for scratch files and the result; ``lanes``: how many encodes at the same time; ``stalled_s``: an
    encode that does not move for so many seconds is given up; ``at`` is called with "mid-work" once, about half way;
    ``shelf``: where finished pieces are kept; ``sound``: that of another output of the same video; ``party``: who may
    help, if it is long.

    Raises:
        BadMedia: a source is shorter than its clip, cut off, or not what it was said to be.
        TechnicalFault: ``storage_full``, ``render_unsound``, or the encoder failed or stalled.
    """
    paths = {sha256: str(path.absolute()) for sha256, path in sources.items()}
    scene = await asyncio.to_thread(scene_of, timeline, output, paths)
    tool = Tool(folder, nice, stalled_s=stalled_s)
    halfway = once_at(0.5, lambda: at("mid-work"))

    def tell(progress: RenderProgress) -> None:
        on_progress(progress)
        halfway(progress.share)

    shelf = shelf or NoShelf()
    room = Room(
        tool=tool,
        lanes=lanes or share_out(cores()),
        shelf=shelf,
        meter=Meter(timeline.frames * (1 + _SOUND_WORK + _JOIN_WORK), tell),
        sound=sound or soundtrack(timeline, sources, folder, nice=nice, stalled_s=stalled_s, shelf=shelf),
        party=party,
    )
    made = await _made(scene, room)
    halfway(1.0)
    return made


def soundtrack(
    timeline: Timeline,
    sources: Mapping[str, Path],
    folder: Path,
    *,
    nice: int = _NICE,
    stalled_s: float = STALLED_S,
    shelf: Shelf | None = None,
) -> Soundtrack:
    """The sound of a video, to be shared by its outputs; it is made in the folder when the first asks for it."""
    paths = {sha256: str(path.absolute()) for sha256, path in sources.items()}
    tool = Tool(folder, nice, stalled_s=stalled_s)
    return Soundtrack(timeline, paths, tool, shelf or NoShelf(), chunks.sound_key(timeline, tools()))


def cores() -> int:
    """Of this machine, those this process may use."""
    return len(os.sched_getaffinity(0))


async def _made(scene: Scene, room: Room) -> Rendered:
    """The file; made once more from nothing if what was kept turns out to be no good."""
    missing = await taken(scene, room.tool.folder, room.shelf)
    try:
        return await _put_together(scene, room, missing)
    except TechnicalFault as unsound:
        if unsound.code != "render_unsound" or len(missing) == len(scene.gops):
            raise
        _log.warning("made again, with nothing that was kept", extra={"reason": unsound.message})
    await room.sound.again(lambda _share: None)
    return await _put_together(scene, replace(room, shelf=OneWay(room.shelf), party=None), scene.gops)


async def _put_together(scene: Scene, room: Room, missing: tuple[chunks.Gop, ...]) -> Rendered:
    timeline = scene.timeline
    sound_work = timeline.frames * _SOUND_WORK
    room.meter.kept(timeline.frames - sum(gop.span.frames for gop in missing))
    encoding = Encoding(scene, room.tool, room.lanes, room.shelf, room.meter.reached, party=room.party)
    warnings, track = await together(
        encoding.make(missing), room.sound.made(lambda share: room.meter.reached("sound", share * sound_work))
    )
    await _joined(scene, room.tool, track)
    seen, heard = await together(_looked_at(scene, room.tool), listening.hear_file(room.tool, PART_NAME))
    path = await asyncio.to_thread((room.tool.folder / PART_NAME).replace, room.tool.folder / _FINISHED_NAME)
    room.meter.reached("join", timeline.frames * _JOIN_WORK)
    _log_reuse(scene, missing, track)
    return Rendered(
        path=path,
        frames=seen.frames,
        duration_s=seen.frames / timeline.fps,
        integrated_lufs=heard.integrated_lufs,
        true_peak_dbtp=heard.true_peak_dbtp,
        width=seen.width,
        height=seen.height,
        missing_glyphs=_undrawn(timeline, warnings),
        gops=len(scene.gops),
        reused=len(scene.gops) - len(missing),
    )


async def _joined(scene: Scene, tool: Tool, track: Track) -> None:
    planned = join(scene.timeline, [gop.span for gop in scene.gops])
    planned = replace(planned, links={TRACK_NAME: str(track.path.absolute())})
    said = await tool.encode(planned, scene.timeline.fps, lambda _progress: None)
    if said:
        _log.warning("pieces were joined with a warning", extra={"said": said[-500:]})


async def _looked_at(scene: Scene, tool: Tool) -> Seen:
    """What the file holds, if that is what it should hold."""
    seen = await verify.examine(tool.folder.absolute() / PART_NAME)
    verify.check(seen, scene.output, verify.length(scene.timeline))
    return seen


def _log_reuse(scene: Scene, missing: tuple[chunks.Gop, ...], track: Track) -> None:
    made, total = len(missing), len(scene.gops)
    _log.info("put together", extra={"gops": total, "encoded": made, "kept": total - made, "sound_kept": track.reused})


def _undrawn(timeline: Timeline, warnings: str) -> tuple[str, ...]:
    """Characters of the subtitles that the typeface lacks, and those the renderer complained of."""
    shown = "" if timeline.subtitles.preset == "none" else " ".join(cue.text for cue in timeline.cues)
    missing = tuple(dict.fromkeys([*covers(timeline.subtitles.font, shown), *missing_glyphs(warnings)]))
    if missing:
        _log.warning("characters were not drawn", extra={"characters": [f"U+{ord(letter):04X}" for letter in missing]})
    return missing
