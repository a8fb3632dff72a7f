"""Measures one image by its header, then decodes it once, and says what it saw as one JSON object on stdout. Run as a
script, caged.

Nothing is decoded before the size that the header tells was found small enough, and the decoder itself is held to the
same number of pixels, should the header lie. argv and stdin as for ``probe_child``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.append(sys.argv[1])

import av
import av.error

SEGMENTS = 2000  # of a JPEG before its picture, or chunks of a WebP; a real file has tens
JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # SOF0 to SOF15, ITU-T T.81 table B.1
JPEG_SCAN = 0xDA
JPEG_BARE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length
WEBP_ANIMATION = 0x02  # of the flags in VP8X
DECODERS = {"png_pipe": "png", "jpeg_pipe": "mjpeg", "webp_pipe": "webp"}

Size = tuple[int, int]


class Refused(Exception):
    """The file cannot be accepted."""

    def __init__(self, reason: str, **details: Any) -> None:
        super().__init__(reason)
        self.answer = {"refused": reason, "details": details}


def answer_to(question: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"facts": look_at(question)}
    except Refused as refused:
        return refused.answer
    except MemoryError:
        return {"refused": "image_unreadable"}


def look_at(question: dict[str, Any]) -> dict[str, Any]:
    path, demuxer, most = Path(question["path"]), question["demuxer"], question["bounds"]["max_image_pixels"]
    with path.open("rb") as file:
        sizes = list(SIZES[demuxer](file))
    if not sizes or not all(width and height for width, height in sizes):
        raise Refused("image_unreadable")
    for size in sizes:
        check_pixels(size, most)
    return facts_of(decoded(path, DECODERS[demuxer], most), most)


def check_pixels(size: Size, most: int) -> None:
    width, height = size
    if width * height > most:
        raise Refused("image", width=width, height=height, millions=f"{most / 1e6:g}")


def decoded(path: Path, decoder: str, most: int) -> Any:
    """The one picture in the file. It must decode without a fault: a cut image shows a grey half."""
    context: Any = av.CodecContext.create(decoder, "r")
    context.thread_count = 1
    context.options = {"max_pixels": str(most), "err_detect": "explode"}
    try:
        frames = [*context.decode(av.Packet(path.read_bytes())), *context.decode(None)]
    except (av.error.FFmpegError, ValueError) as why:
        raise Refused("image_unreadable") from why
    if not frames:
        raise Refused("image_unreadable")
    return frames[0]


def facts_of(frame: Any, most: int) -> dict[str, Any]:
    check_pixels((frame.width, frame.height), most)
    turned = -round(frame.rotation) % 360
    width, height = (frame.height, frame.width) if turned in {90, 270} else (frame.width, frame.height)
    return {"duration_s": 0.0, "width": width, "height": height, "rotation": turned}


def png_sizes(file: BufferedReader) -> Iterator[Size]:
    head = file.read(24)
    if len(head) == 24 and head[12:16] == b"IHDR":
        yield int.from_bytes(head[16:20]), int.from_bytes(head[20:24])


def jpeg_sizes(file: BufferedReader) -> Iterator[Size]:
    file.seek(2)
    for _ in range(SEGMENTS):
        marker = next_marker(file)
        if marker is None or marker == JPEG_SCAN:
            return
        if marker in JPEG_BARE:
            continue
        head = file.read(7)
        if len(head) < 7:
            return
        if marker in JPEG_SIZES:
            yield int.from_bytes(head[5:7]), int.from_bytes(head[3:5])
        file.seek(int.from_bytes(head[:2]) - 7, 1)


def next_marker(file: BufferedReader) -> int | None:
    """The code behind the 0xFF that has to stand here; any number of these may stand before it."""
    if file.read(1) != b"\xff":
        return None
    for _ in range(SEGMENTS):
        code = file.read(1)
        if code != b"\xff":
            return code[0] if code else None
    return None


def webp_sizes(file: BufferedReader) -> Iterator[Size]:
    file.seek(12)
    for _ in range(SEGMENTS):
        head = file.read(8)
        if len(head) < 8:
            return
        name, length = head[:4], int.from_bytes(head[4:], "little")
        data = file.read(min(length, 10))
        if name in WEBP_SIZES and len(data) == 10:
            yield WEBP_SIZES[name](data)
        file.seek(length - len(data) + length % 2, 1)


def extended(data: bytes) -> Size:
    if data[0] & WEBP_ANIMATION:
        raise Refused("animated")
    return 1 + int.from_bytes(data[4:7], "little"), 1 + int.from_bytes(data[7:10], "little")


def lossy(data: bytes) -> Size:
    return int.from_bytes(data[6:8], "little") & 0x3FFF, int.from_bytes(data[8:10], "little") & 0x3FFF


def lossless(data: bytes) -> Size:
    bits = int.from_bytes(data[1:5], "little")
    return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)


WEBP_SIZES = {b"VP8X": extended, b"VP8 ": lossy, b"VP8L": lossless}
SIZES = {"png_pipe": png_sizes, "jpeg_pipe": jpeg_sizes, "webp_pipe": webp_sizes}

if __name__ == "__main__":
    av.logging.set_level(None)
    print(json.dumps(answer_to(json.load(sys.stdin))))  # noqa: T201
