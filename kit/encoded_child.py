"""Reads an encoded file through with libav and says what it holds, as one JSON object on stdout. A script, caged.

argv: the folder the av package is in, the file. Times in seconds; ``rate`` as a fraction; ``boxes`` are the outermost.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.append(sys.argv[1])

import av

LONG_SIZE = 1  # of a box: its true size follows as 64 bits
MOST_BOXES = 100  # of ours there are four


def examine(path: Path) -> dict[str, Any]:
    """Read a finished MP4 through."""
    with av.open(f"file:{path}", format="mov", container_options={"protocol_whitelist": "file"}) as box:
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
        colours = (context.colorspace, context.color_primaries, context.color_trc, context.color_range)
        rate = pictures.average_rate or Fraction(0)
        return {
            "codec": context.name,
            "profile": context.profile or "",
            "pixel_format": context.pix_fmt or "",
            "width": context.width,
            "height": context.height,
            "rate": [rate.numerator, rate.denominator],
            "frames": len(shown),
            "keyframes": [place for place, (_, key) in enumerate(shown) if key],
            "colours": [int(colour) for colour in colours],
            "audio": None if sounds is None else described(sounds.codec_context),
            "audio_s": 0.0 if sounds is None else float(heard * (sounds.time_base or 0)),
            "boxes": list(islice(top_boxes(path), MOST_BOXES)),
        }


def described(sound: Any) -> list[Any]:
    return [sound.name, sound.sample_rate, sound.channels]


def top_boxes(path: Path) -> Iterator[str]:
    """The kinds of an MP4's outermost boxes, in order."""
    end = path.stat().st_size
    with path.open("rb") as file:
        at = 0
        while at + 8 <= end:
            file.seek(at)
            head = file.read(16)
            size = int.from_bytes(head[:4], "big")
            if size == LONG_SIZE:
                size = int.from_bytes(head[8:16], "big")
            yield head[4:8].decode("latin-1")
            if size < 8:
                return
            at += size


if __name__ == "__main__":
    av.logging.set_level(None)
    print(json.dumps(examine(Path(sys.argv[2]))))  # noqa: T201
