"""Small pictures: stills out of videos, and images made smaller."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from contracts.faults import BadMedia
from kit.ffmpeg import find_ffmpeg
from kit.process import Limits, run
from kit.sees import Sees

# The only containers ffmpeg may take a file for. Playlists and scripts, which name other files, are not among them.
VIDEO_DEMUXERS = ("mov", "matroska", "avi", "mpegts", "gif")
IMAGE_DEMUXERS = ("png_pipe", "jpeg_pipe", "webp_pipe")

# Measured with a picture of 3840 x 2160: 0.6 GiB of address space and 60 MiB a thread.
_ADDRESS_SPACE = (4 << 30) + (os.cpu_count() or 1) * (128 << 20)
_LIMITS = Limits(wall_s=60, address_space=_ADDRESS_SPACE, cpu_s=120, file_size=64 << 20, nice=5)
_JPEG_QUALITY = 3  # ffmpeg's 2 (best) to 31


async def thumbnail(video: Path, at_s: float, width: int, target: Path) -> None:
    """Write the picture at ``at_s`` seconds as a JPEG ``width`` pixels wide; ``target`` appears whole or not at all.

    Raises:
        BadMedia: there is no picture at that time.
    """
    video, target = video.absolute(), target.absolute()  # noqa: ASYNC240  (asks the disk nothing)
    part = target.with_name(f"{target.name}.part")
    sees = Sees(read=(video,), write=(part.parent,))
    await run(_command(video, at_s, width, part), limits=_LIMITS, sees=sees)
    await asyncio.to_thread(_keep, part, target, at_s)


async def shrunk(image: Path, demuxer: str, size: tuple[int, int], target: Path) -> None:
    """Write an image as a JPEG of this size, white where one could see through it; ``target`` appears whole or not at
    all. ``demuxer`` is what a probe found the image to be.

    Raises:
        BadMedia: it shows no picture.
    """
    image, target = image.absolute(), target.absolute()  # noqa: ASYNC240  (asks the disk nothing)
    part = target.with_name(f"{target.name}.part")
    sees = Sees(read=(image,), write=(part.parent,))
    await run(_shrinking(image, demuxer, size, part), limits=_LIMITS, sees=sees)
    await asyncio.to_thread(_keep, part, target, 0.0)


def fitting(width: int, height: int, room: tuple[int, int]) -> tuple[int, int]:
    """A picture's size scaled to fit the room, in even pixels, at least two each way. Pixels."""
    scale = min(room[0] / width, room[1] / height)
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def _shrinking(image: Path, demuxer: str, size: tuple[int, int], part: Path) -> tuple[str | Path, ...]:
    if demuxer not in IMAGE_DEMUXERS:
        raise BadMedia("this kind of image is not taken", code="unsupported_media_type")
    width, height = size
    graph = (
        f"color=white:size={width}x{height}[paper];[0:v]scale={width}:{height},setsar=1,format=rgba[image];"
        "[paper][image]overlay=format=rgb,format=yuvj420p"
    )
    return (
        find_ffmpeg(),
        *("-hide_banner", "-nostdin", "-loglevel", "error", "-y"),
        *("-protocol_whitelist", "file", "-format_whitelist", demuxer, "-f", demuxer, "-i", f"file:{image}"),
        *("-filter_complex", graph, "-frames:v", "1"),
        *("-q:v", str(_JPEG_QUALITY), "-map_metadata", "-1", "-f", "mjpeg", f"file:{part}"),
    )


def _command(video: Path, at_s: float, width: int, part: Path) -> tuple[str | Path, ...]:
    return (
        find_ffmpeg(),
        *("-hide_banner", "-nostdin", "-loglevel", "error", "-y"),
        *("-protocol_whitelist", "file", "-format_whitelist", ",".join(VIDEO_DEMUXERS)),
        *("-ss", f"{max(at_s, 0.0):.3f}", "-an", "-sn", "-dn", "-i", f"file:{video}"),
        *("-frames:v", "1", "-vf", f"scale={width}:-2,setsar=1,format=yuvj420p"),
        *("-q:v", str(_JPEG_QUALITY), "-map_metadata", "-1", "-f", "mjpeg", f"file:{part}"),
    )


def _keep(part: Path, target: Path, at_s: float) -> None:
    if not part.exists() or part.stat().st_size == 0:
        part.unlink(missing_ok=True)
        raise BadMedia(f"there is no picture at {at_s:.2f} s", code="media_too_short")
    part.replace(target)
