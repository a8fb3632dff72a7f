"""Test media, made with ffmpeg when they are asked for and kept for the session. Nothing of it is committed.

Every function gives the path of a file that must not be changed; to spoil one, write its bytes elsewhere.
"""

from __future__ import annotations

import atexit
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from kit.ffmpeg import find_ffmpeg

_X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "30")


@cache
def folder() -> Path:
    path = Path(tempfile.mkdtemp(prefix="edit-factory-material-"))
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def ffmpeg(*arguments: str | Path) -> None:
    command = [str(find_ffmpeg()), "-nostdin", "-hide_banner", "-v", "error", "-y", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"ffmpeg could not make test material: {done.stderr[-2000:]}")


@cache
def made(name: str, *arguments: str | Path) -> Path:
    """A file called ``name`` that these ffmpeg arguments (all but the output) give."""
    target = Path(tempfile.mkdtemp(dir=folder())) / name
    ffmpeg(*arguments, target)
    return target


@cache
def video(
    name: str = "video.mp4",
    *,
    seconds: float = 2.0,
    size: tuple[int, int] = (320, 240),
    fps: int | str = 30,
    sound: bool = True,
    options: tuple[str, ...] = (),
) -> Path:
    """A moving pattern with a frame counter, and a tone; H.264 and AAC in whatever container ``name`` ends in."""
    width, height = size
    pattern = f"testsrc2=size={width}x{height}:rate={fps}:duration={seconds}"
    tone = ("-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}:sample_rate=48000") if sound else ()
    codecs = (*_X264, "-c:a", "aac") if sound else _X264
    return made(name, "-f", "lavfi", "-i", pattern, *tone, *codecs, *options)


@cache
def sound(name: str = "sound.wav", *, seconds: float = 2.0, options: tuple[str, ...] = ()) -> Path:
    """A tone in whatever ``name`` ends in."""
    tone = f"sine=frequency=330:duration={seconds}:sample_rate=44100"
    return made(name, "-f", "lavfi", "-i", tone, *options)


@cache
def picture(name: str = "picture.png", *, size: tuple[int, int] = (320, 240)) -> Path:
    """One frame of the pattern."""
    return made(name, "-f", "lavfi", "-i", f"testsrc2=size={size[0]}x{size[1]}", "-frames:v", "1")


@cache
def gif(*, seconds: float = 1.0, loop: int = 0) -> Path:
    """An animation that loops for ever (``loop`` 0), as GIFs do."""
    pattern = f"testsrc2=size=160x120:rate=10:duration={seconds}"
    return made("loop.gif", "-f", "lavfi", "-i", pattern, "-loop", str(loop))


@cache
def portrait() -> Path:
    """A phone held upright: stored as 320x240, turned clockwise by a quarter when shown (240x320)."""
    return made("portrait.mp4", "-display_rotation", "-90", "-i", video(), "-c", "copy")


@cache
def covered_sound(name: str = "song.mp3") -> Path:
    """A song with a cover picture, which libav presents as a video stream."""
    arguments = ("-i", sound(), "-i", picture("cover.jpg"), "-map", "0:a", "-map", "1:v", "-c:v", "copy")
    return made(name, *arguments, "-disposition:v:0", "attached_pic")


def cut(source: Path, part: float = 0.5) -> bytes:
    """The first ``part`` of a file, as after a broken copy."""
    data = source.read_bytes()
    return data[: int(len(data) * part)]
