"""Looks at an encoded file as a stranger would: what it really holds, not what the encoder was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from contracts.faults import TechnicalFault
from contracts.outputs import Output
from contracts.timeline import Timeline
from kit import encoded
from kit.encoded import Seen
from services.render.plan.keyframes import keyframes

_SOUND_SLACK_S = 0.05  # an AAC frame at either end is 0.02 s


async def examine(path: Path) -> Seen:
    """What a finished file holds.

    Raises:
        TechnicalFault: ``render_unsound``, if it can't be read as an MP4.
    """
    try:
        return await encoded.examine(path)
    except encoded.NotRead as unreadable:
        raise TechnicalFault(unreadable.message, code="render_unsound") from unreadable


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
