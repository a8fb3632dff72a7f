"""The small copy of an upload: any browser plays and seeks in it, and all else is measured in it.

The upload itself is decoded once, here. What follows reads the copy, which takes a twentieth of that.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from contracts.faults import BadMedia
from contracts.media import MediaFacts
from kit.ffmpeg import find_ffmpeg
from kit.pictures import VIDEO_DEMUXERS, fitting
from kit.process import Limits, ProcessFailed, run
from kit.sees import Sees

log = logging.getLogger(__name__)

ROOM = (480, 480)  # pixels
FPS = 30  # at most; slower ones keep the times of their pictures
CRF = 27
SOUND_KBITS = 64
_STALLED_S = 45.0
_WALL_S, _WALL_PER_SECOND = 120.0, 8.0  # generous: 4K in 60 pictures a second, on a slow core
_FILE_SIZE = 2 << 30
# As much as the render of one 4K source is given.
_ADDRESS_SPACE, _BY_THREAD = 4 << 30, 128 << 20


@dataclass(frozen=True, slots=True)
class Proxy:
    """A small copy. ``sound`` is whether it has any."""

    path: Path
    sound: bool


def size_of(facts: MediaFacts) -> tuple[int, int]:
    """Pixels of the copy: as displayed, in even numbers, never larger than the source. Of sound alone: the least."""
    room = (min(ROOM[0], max(2, facts.width)), min(ROOM[1], max(2, facts.height)))
    return fitting(max(1, facts.width), max(1, facts.height), room)


async def make_proxy(video: Path, facts: MediaFacts, folder: Path, tell: Callable[[float], None], nice: int) -> Proxy:
    """Write ``proxy.mp4`` into ``folder``; time 0 of it is the source's first picture. ``tell`` gets shares.

    Raises:
        BadMedia: no picture of it can be decoded.
    """
    sound = facts.audio_codec is not None
    try:
        await _run(video, facts, folder, tell, nice, sound=sound)
    except ProcessFailed as failed:
        if failed.returncode < 0 or not sound:
            raise _named(failed) from failed
        log.warning("the sound can't be decoded; looked through without", extra={"reason": failed.stderr[-300:]})
        sound = False
        try:
            await _run(video, facts, folder, tell, nice, sound=False)
        except ProcessFailed as again:
            raise _named(again) from again
    return Proxy(folder / "proxy.mp4", sound)


async def _run(
    video: Path, facts: MediaFacts, folder: Path, tell: Callable[[float], None], nice: int, *, sound: bool
) -> None:
    reached = 0

    def on_line(line: str) -> None:
        nonlocal reached
        name, _, value = line.partition("=")
        if name == "out_time_us" and value.isdigit() and int(value) > reached:  # ffmpeg repeats it if nothing moves
            reached = int(value)
            tell(min(1.0, reached / 1e6 / max(facts.duration_s, 0.001)))

    argv: list[str | Path] = [find_ffmpeg(), *arguments(video, facts, sound=sound)]
    sees = Sees(read=(video,))
    await run(argv, limits=_limits(facts, nice), cwd=folder, sees=sees, on_line=on_line)


def arguments(video: Path, facts: MediaFacts, *, sound: bool) -> tuple[str, ...]:
    """What stands after ``ffmpeg``.

    Raises:
        BadMedia: footage in such a container is not taken.
    """
    if facts.demuxer not in VIDEO_DEMUXERS:
        raise BadMedia(f"footage in a {facts.demuxer} container is not taken", code="media_unreadable")
    width, height = size_of(facts)
    slower = f"fps={FPS}:start_time=0," if facts.fps > FPS + 1 else ""
    # The loop filter of pictures nothing else refers to is left out: at this size nobody sees it, and it is a tenth.
    reading = ("-skip_loop_filter", "noref", *(("-ignore_loop", "1") if facts.demuxer == "gif" else ()))
    start = f"{facts.start_s:.6f}"
    picture = f"setpts=PTS-{start}/TB,{slower}scale={width}:{height}:flags=area,setsar=1,format=yuv420p"
    heard = (
        *("-map", "0:a:0", "-af", f"asetpts=PTS-{start}/TB,aresample=48000:async=1:first_pts=0", "-ac", "2"),
        *("-c:a", "aac", "-b:a", f"{SOUND_KBITS}k"),
    )
    return (
        *("-hide_banner", "-nostdin", "-loglevel", "error", "-progress", "pipe:1", "-y", "-copyts"),
        *("-protocol_whitelist", "file", "-format_whitelist", facts.demuxer, "-f", facts.demuxer),
        *(*reading, "-i", f"file:{video.absolute()}"),
        *("-map", "0:V:0", "-vf", picture, "-fps_mode", "vfr"),
        *("-c:v", "libx264", "-preset", "veryfast", "-crf", str(CRF), "-force_key_frames", "expr:gte(t,n_forced)"),
        *(heard if sound else ("-an",)),
        *("-sn", "-dn", "-map_metadata", "-1", "-movflags", "+faststart", "-f", "mp4", "file:proxy.mp4"),
    )


def _limits(facts: MediaFacts, nice: int) -> Limits:
    wall_s = _WALL_S + _WALL_PER_SECOND * facts.duration_s
    cores = os.cpu_count() or 1
    return Limits(
        wall_s=wall_s,
        idle_s=_STALLED_S,
        address_space=_ADDRESS_SPACE + _BY_THREAD * cores,
        cpu_s=int(wall_s) * cores,
        file_size=_FILE_SIZE,
        nice=nice,
    )


def _named(failed: ProcessFailed) -> Exception:
    if failed.returncode > 0:
        return BadMedia("the video's pictures can't be decoded; export it again, as H.264 for instance")
    return failed
