"""Looks at an encoded file as a stranger would: what it really holds, not what the encoder was asked for."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from contracts.faults import TechnicalFault
from contracts.outputs import Output
from contracts.timeline import Timeline
from kit.media import home_of_av
from kit.process import Limits, ProcessFailed, run
from kit.sees import Sees
from services.render.plan.keyframes import keyframes

_SOUND_SLACK_S = 0.05  # an AAC frame at either end is 0.02 s
_CHILD = Path(__file__).with_name("verify_child.py")
_LIMITS = Limits(wall_s=120, address_space=2 << 30, cpu_s=60, file_size=0)  # 0.1 s for a minute of video


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file was found to hold. Frames are counted by reading them all; seconds."""

    codec: str
    profile: str
    pixel_format: str
    width: int
    height: int
    rate: Fraction
    frames: int
    keyframes: tuple[int, ...]
    colours: tuple[int, int, int, int]  # matrix, primaries, transfer, range, as ITU-T H.273 counts them
    audio: tuple[str, int, int] | None  # codec, Hz, channels
    audio_s: float
    boxes: tuple[str, ...]


async def examine(path: Path) -> Seen:
    """Read a finished MP4 through, in a caged child: what made it had strangers' files in its hands.

    Raises:
        TechnicalFault: ``render_unsound``, if it can't be read as one.
    """
    argv: list[str | Path] = [sys.executable, "-I", "-S", _CHILD, home_of_av(), path]
    sees = Sees(read=(_CHILD, Path(home_of_av()), path))
    try:
        done = await run(argv, limits=_LIMITS, sees=sees, max_stdout=4 << 20)
        return _understood(json.loads(done.stdout))
    except (ProcessFailed, ValueError, KeyError, TypeError) as unreadable:
        raise TechnicalFault("the encoded file cannot be read", code="render_unsound") from unreadable


def _understood(said: dict[str, Any]) -> Seen:
    lists = {name: tuple(said[name]) for name in ("keyframes", "colours", "boxes")}
    audio = None if said["audio"] is None else tuple(said["audio"])
    return Seen(**said | lists | {"audio": audio, "rate": Fraction(*said["rate"])})


@dataclass(frozen=True, slots=True)
class Length:
    """Of a whole video: frames a second, frames, and which of them are keyframes."""

    fps: int
    frames: int
    keyframes: tuple[int, ...]


def length(timeline: Timeline) -> Length:
    return Length(timeline.fps, timeline.frames, keyframes(timeline))


def check(seen: Seen, output: Output, whole: Length, *, sound: bool = True) -> None:
    """Hold what was found against what was asked.

    Raises:
        TechnicalFault: ``render_unsound``, naming each difference.
    """
    wrong = [f"{what} is {found}, not {asked}" for what, found, asked in _compared(seen, output, whole, sound)]
    if "moov" not in seen.boxes or seen.boxes.index("moov") > seen.boxes.index("mdat"):
        wrong.append("the index does not come first")
    if sound and abs(seen.audio_s - whole.frames / whole.fps) > _SOUND_SLACK_S:
        wrong.append(f"the sound lasts {seen.audio_s:.3f} s, not {whole.frames / whole.fps:.3f} s")
    if wrong:
        raise TechnicalFault("the encoded file is not as asked: " + "; ".join(wrong), code="render_unsound")


def _compared(seen: Seen, output: Output, whole: Length, sound: bool) -> Iterator[tuple[str, object, object]]:
    pairs: tuple[tuple[str, object, object], ...] = (
        ("the codec", seen.codec, "h264"),
        ("the profile", seen.profile, "High"),
        ("the pixel format", seen.pixel_format, "yuv420p"),
        ("the size", (seen.width, seen.height), (output.width, output.height)),
        ("the rate", seen.rate, Fraction(whole.fps)),
        ("the number of frames", seen.frames, whole.frames),
        ("the keyframes' place", seen.keyframes, whole.keyframes),
        ("the colour", seen.colours, (1, 1, 1, 1)),
        ("the sound", seen.audio, ("aac", 48_000, 2) if sound else None),
    )
    return (pair for pair in pairs if pair[1] != pair[2])
