"""Footage and music for finished videos: photographs under a moving camera with grain, and a chord with a whistle.

A tinted clip has one hue throughout, so that which clip a frame shows can be told from the frame alone.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from tests import material

# Above anything the voice has (its sampling rate of 22,050 Hz ends at 11,025 Hz), and below what AAC cuts off.
WHISTLE_HZ = 14_000

LANDSCAPE = (1280, 720)
PORTRAIT = (720, 1280)
_SPARE = 1.3  # of the shown size: room for the camera to move in


@cache
def clip(
    photo: str,
    *,
    seconds: float = 5.0,
    size: tuple[int, int] = LANDSCAPE,
    fps: int = 30,
    hue: int | None = None,
) -> Path:
    """A photograph of scikit-image (by file name) seen by a hand-held camera; ``hue`` (degrees) tints it."""
    width, height = size
    wide, high = round(width * _SPARE), round(height * _SPARE)
    tint = f"colorize=hue={hue}:saturation=0.6:lightness=0.5:mix=0.9," if hue is not None else ""
    camera = (
        f"scale={wide}:{high}:force_original_aspect_ratio=increase:flags=bicubic,"
        f"crop={width}:{height}:x='(iw-ow)/2*(1+0.9*sin(1.4*t))':y='(ih-oh)/2*(1+0.9*cos(1.1*t))',"
        f"{tint}noise=alls=6:allf=t,format=yuv420p"
    )
    reading = ("-loop", "1", "-framerate", str(fps), "-t", str(seconds), "-i", photograph(photo))
    encoding = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "24", "-g", str(fps))
    return material.made(f"{Path(photo).stem}.mp4", *reading, "-vf", camera, *encoding)


def photograph(name: str) -> Path:
    found = find_spec("skimage")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("the photographs come with scikit-image, of the demo extra")
    return Path(found.submodule_search_locations[0]) / "data" / name


@cache
def music(seconds: float = 4.0) -> Path:
    """A soft chord with a whistle at ``WHISTLE_HZ``, as loud as the chord's parts."""
    tones = [220, 277, 330, WHISTLE_HZ]
    inputs = [part for hz in tones for part in ("-f", "lavfi", "-i", f"sine=frequency={hz}:sample_rate=48000")]
    mix = f"amix=inputs={len(tones)}:normalize=0,volume=2,aformat=channel_layouts=stereo"
    return material.made("music.flac", *inputs, "-filter_complex", mix, "-t", str(seconds))
