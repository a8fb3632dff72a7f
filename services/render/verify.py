"""Looks at an encoded file as a stranger would: what it really holds, not what the encoder was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av

from contracts.faults import TechnicalFault
from contracts.outputs import KEYFRAME_EVERY_S, Output

_SOUND_SLACK_S = 0.05  # an AAC frame at either end is 0.02 s
_LONG_SIZE = 1  # of a box: its true size follows as 64 bits


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


def examine(path: Path) -> Seen:
    """Read a finished MP4 through. Blocks; for a thread."""
    with av.open(str(path), format="mov") as box:
        pictures = box.streams.video[0]
        sounds = box.streams.audio[0] if box.streams.audio else None
        shown: list[tuple[int, bool]] = []
        heard = 0
        for packet in box.demux(*(stream for stream in (pictures, sounds) if stream is not None)):
            if packet.pts is None or packet.size == 0:
                continue
            if packet.stream is pictures:
                shown.append((packet.pts, packet.is_keyframe))
            else:
                heard += packet.duration or 0
        shown.sort()
        context = pictures.codec_context
        return Seen(
            codec=context.name,
            profile=context.profile or "",
            pixel_format=context.pix_fmt or "",
            width=context.width,
            height=context.height,
            rate=pictures.average_rate or Fraction(0),
            frames=len(shown),
            keyframes=tuple(place for place, (_, key) in enumerate(shown) if key),
            colours=(
                int(context.colorspace),
                int(context.color_primaries),
                int(context.color_trc),
                int(context.color_range),
            ),
            audio=None
            if sounds is None
            else (sounds.codec_context.name, sounds.codec_context.sample_rate, sounds.codec_context.channels),
            audio_s=0.0 if sounds is None else float(heard * (sounds.time_base or 0)),
            boxes=tuple(top_boxes(path)),
        )


def check(seen: Seen, output: Output, fps: int, frames: int, *, sound: bool = True) -> None:
    """Hold what was found against what was asked.

    Raises:
        TechnicalFault: ``render_unsound``, naming each difference.
    """
    wrong = [f"{what} is {found}, not {asked}" for what, found, asked in _compared(seen, output, fps, frames, sound)]
    if "moov" not in seen.boxes or seen.boxes.index("moov") > seen.boxes.index("mdat"):
        wrong.append("the index does not come first")
    if sound and abs(seen.audio_s - frames / fps) > _SOUND_SLACK_S:
        wrong.append(f"the sound lasts {seen.audio_s:.3f} s, not {frames / fps:.3f} s")
    if wrong:
        raise TechnicalFault("the encoded file is not as asked: " + "; ".join(wrong), code="render_unsound")


def _compared(seen: Seen, output: Output, fps: int, frames: int, sound: bool) -> Iterator[tuple[str, object, object]]:
    pairs: tuple[tuple[str, object, object], ...] = (
        ("the codec", seen.codec, "h264"),
        ("the profile", seen.profile, "High"),
        ("the pixel format", seen.pixel_format, "yuv420p"),
        ("the size", (seen.width, seen.height), (output.width, output.height)),
        ("the rate", seen.rate, Fraction(fps)),
        ("the number of frames", seen.frames, frames),
        ("the keyframes' place", seen.keyframes, tuple(range(0, frames, KEYFRAME_EVERY_S * fps))),
        ("the colour", seen.colours, (1, 1, 1, 1)),
        ("the sound", seen.audio, ("aac", 48_000, 2) if sound else None),
    )
    return (pair for pair in pairs if pair[1] != pair[2])


def top_boxes(path: Path) -> Iterator[str]:
    """The kinds of an MP4's outermost boxes, in order."""
    end = path.stat().st_size
    with path.open("rb") as file:
        at = 0
        while at + 8 <= end:
            file.seek(at)
            head = file.read(16)
            size = int.from_bytes(head[:4], "big")
            if size == _LONG_SIZE:
                size = int.from_bytes(head[8:16], "big")
            yield head[4:8].decode("latin-1")
            if size < 8:
                return
            at += size
