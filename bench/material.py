"""Footage and music for the reference job, made once and kept outside the repository.

Photographs (scikit-image's, which are free to use) under a hand-held camera: a still with texture of its own is seen
through a window that moves by sines, with grain that is new in every frame, so that an encoder finds motion to follow
and noise it can't predict. Two ways to encode them, because they cost a decoder differently:

- ``phone`` (default): 17 Mbit/s, a keyframe a second, no B-frames, as phones record 1080p;
- ``stock``: CRF 20 with B-frames and a keyframe every 250 frames, as stock libraries deliver; to start in the middle of
  such a clip, up to 8 s before it must be decoded.
"""

from __future__ import annotations

import hashlib
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, get_args

from kit.ffmpeg import find_ffmpeg

Kind = Literal["phone", "stock"]
KINDS: tuple[Kind, ...] = get_args(Kind)

LENGTH_S = 10
FPS = 30
WIDE, HIGH = (1920, 1080), (1080, 1920)
# Two of the six stand upright.
SHOTS = (
    ("coffee.png", WIDE),
    ("astronaut.png", HIGH),
    ("chelsea.png", WIDE),
    ("rocket.jpg", WIDE),
    ("hubble_deep_field.jpg", HIGH),
    ("motorcycle_left.png", WIDE),
)
_SPARE = 1.35  # of the shown size: room for the camera
_ENCODERS: dict[Kind, tuple[str, ...]] = {
    "phone": ("-b:v", "17M", "-maxrate", "20M", "-bufsize", "20M", "-g", "30", "-keyint_min", "30", "-bf", "0"),
    "stock": ("-crf", "20", "-g", "250", "-bf", "3"),
}


@dataclass(frozen=True, slots=True)
class Material:
    clips: tuple[Path, ...]
    music: Path


def material(folder: Path, kind: Kind) -> Material:
    """From ``folder``, or made there; about a minute the first time."""
    folder.mkdir(parents=True, exist_ok=True)
    clips = [kept(folder, f"{Path(photo).stem}.mp4", filmed(photo, size, kind)) for photo, size in SHOTS]
    return Material(tuple(clips), kept(folder, "music.mp3", _MUSIC))


def filmed(photo: str, size: tuple[int, int], kind: Kind) -> tuple[str, ...]:
    """What stands before the output, for ffmpeg to make such a clip of ``LENGTH_S`` seconds."""
    (width, height), phase = size, len(photo)
    wide, high = round(width * _SPARE / 2) * 2, round(height * _SPARE / 2) * 2
    view = (
        f"scale={wide}:{high}:force_original_aspect_ratio=increase:flags=bicubic,noise=alls=14:allf=p,format=yuv420p,"
        f"loop=loop=-1:size=1,setpts=N/{FPS}/TB,"
        f"crop={width}:{height}:x='(iw-ow)/2*(1+0.7*sin(1.3*t+{phase})+0.2*sin(5.1*t))'"
        f":y='(ih-oh)/2*(1+0.7*cos(0.9*t+{phase})+0.2*cos(6.3*t))',noise=alls=6:allf=t"
    )
    reading = ("-i", str(photograph(photo)), "-vf", view, "-t", str(LENGTH_S), "-r", str(FPS))
    colour = ("-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709")
    return (*reading, "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high", *_ENCODERS[kind], *colour)


def _chord(hz: int) -> tuple[str, ...]:
    return ("-f", "lavfi", "-i", f"sine=frequency={hz}:sample_rate=44100")


_MUSIC = (
    *_chord(220),
    *_chord(277),
    *_chord(330),
    *("-f", "lavfi", "-i", "anoisesrc=color=brown:sample_rate=44100:amplitude=0.2:seed=7"),
    *("-filter_complex", "amix=inputs=4:normalize=0,tremolo=f=1.3:d=0.6,volume=2,aformat=channel_layouts=stereo"),
    *("-t", "12", "-b:a", "192k"),
)


def photograph(name: str) -> Path:
    found = find_spec("skimage")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("the photographs come with scikit-image, of the demo extra")
    return Path(found.submodule_search_locations[0]) / "data" / name


def kept(folder: Path, name: str, arguments: tuple[str, ...]) -> Path:
    """A file of that name for exactly these arguments; a half-made one never has it."""
    path = folder / hashlib.sha256(" ".join(arguments).encode()).hexdigest()[:12] / name
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        part = path.with_stem(f".{path.stem}")
        command = [str(find_ffmpeg()), "-nostdin", "-v", "error", "-y", *arguments, str(part)]
        subprocess.run(command, check=True, timeout=300)
        part.rename(path)
    return path
