"""A clip of known parts, joined at known cuts: moving, with a face, dark, blurred, still, and the first once more."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests import material
from tests.acceptance.scenery import photograph

FPS = 30
SIZE = (640, 360)
_CAMERA = (
    "scale=832:468:force_original_aspect_ratio=increase:flags=bicubic,"
    "crop=640:360:x='(iw-ow)/2*(1+0.8*sin(0.9*t))':y='(ih-oh)/2*(1+0.3*cos(0.7*t))'"
)
_GRAIN = "noise=alls=4:allf=t"
_TRIPOD = "scale=640:360:force_original_aspect_ratio=increase,crop=640:360"

# Photograph, seconds, what is done to it. The first and the last are the same shot.
PARTS: tuple[tuple[str, float, str], ...] = (
    ("coffee.png", 4.0, f"{_CAMERA},{_GRAIN}"),
    ("chelsea.png", 4.0, f"{_CAMERA},{_GRAIN}"),
    ("coffee.png", 2.5, f"{_CAMERA},eq=brightness=-0.46:contrast=0.2"),
    ("retina.jpg", 2.5, f"{_CAMERA},gblur=sigma=24"),
    ("brick.png", 3.0, _TRIPOD),
    ("coffee.png", 4.0, f"{_CAMERA},{_GRAIN}"),
)
CUTS = (4.0, 8.0, 10.5, 13.0, 16.0)
LENGTH_S = 20.0


@cache
def joined(spoken: Path | None = None, spoken_at_s: float = 0.0) -> Path:
    """All parts one after another; ``spoken``: somebody's voice over it, from ``spoken_at_s`` on."""
    reading = [
        part
        for name, seconds, _ in PARTS
        for part in ("-loop", "1", "-framerate", str(FPS), "-t", str(seconds), "-i", photograph(name))
    ]
    shots = "".join(f"[{i}:v]{look},setsar=1,format=yuv420p[p{i}];" for i, (_, _, look) in enumerate(PARTS))
    graph = shots + "".join(f"[p{i}]" for i in range(len(PARTS))) + f"concat=n={len(PARTS)}:v=1:a=0[v]"
    encoding = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", "-g", "60", "-r", str(FPS))
    if spoken is None:
        return material.made("reel.mp4", *reading, "-filter_complex", graph, "-map", "[v]", *encoding)
    delay = round(spoken_at_s * 1000)
    voice = f";[{len(PARTS)}:a]adelay={delay}:all=1,apad=whole_dur={LENGTH_S}[a]"
    sound = ("-map", "[a]", "-c:a", "aac", "-t", str(LENGTH_S))
    return material.made(
        "reel.mp4", *reading, "-i", spoken, "-filter_complex", graph + voice, "-map", "[v]", *encoding, *sound
    )


@cache
def walker(seconds: float = 6.0) -> Path:
    """A cat that crosses a table from left to right, seen by a hand-held camera."""
    table = (
        "scale=832:480:force_original_aspect_ratio=increase,"
        "crop=640:360:x='(iw-ow)/2+8*sin(3*t)':y='(ih-oh)/2+6*cos(2*t)'"
    )
    graph = (
        f"[0]{table}[table];[1]scale=90:-2[cat];"
        f"[table][cat]overlay=x='20+510*t/{seconds}':y=150,{_GRAIN},format=yuv420p"
    )
    loops = [
        ("-loop", "1", "-framerate", str(FPS), "-t", str(seconds), "-i", photograph(n))
        for n in ("coffee.png", "chelsea.png")
    ]
    encoding = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "20")
    return material.made("walker.mp4", *(part for loop in loops for part in loop), "-filter_complex", graph, *encoding)


def where_it_walks(at_s: float, seconds: float = 6.0) -> float:
    """The middle of the cat, as a share of the width."""
    return (20 + 510 * at_s / seconds + 45) / SIZE[0]


@cache
def portrait_of_a_face(seconds: float = 3.0) -> Path:
    """A face right of the middle that hardly moves."""
    camera = "scale=-2:420,pad=900:420:440:0:0x808070,crop=720:404:x='40+10*sin(t)':y=8,format=yuv420p"
    reading = ("-loop", "1", "-framerate", str(FPS), "-t", str(seconds), "-i", photograph("astronaut.png"))
    return material.made("face.mp4", *reading, "-vf", camera, "-c:v", "libx264", "-preset", "ultrafast")
