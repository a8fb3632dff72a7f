"""Files that are made to hurt, built by hand: small on disk, large or endless once somebody believes them."""

from __future__ import annotations

import struct
import zlib
from functools import cache


@cache
def huge_png(side: int) -> bytes:
    """A square PNG of one colour: a few hundred kilobytes that unpack to ``side`` x ``side`` x 3 bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(1)
    rows = b"".join(packer.compress(b"\0" * (side * 3 + 1)) for _ in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def with_duration(matroska: bytes, seconds: float) -> bytes:
    """The same file with another Duration (element 4489, in units of a millisecond)."""
    at = matroska.index(b"\x44\x89\x88") + 3
    return matroska[:at] + struct.pack(">d", seconds * 1000) + matroska[at + 8 :]


def many_streams(count: int) -> bytes:
    """A Matroska file by hand: ``count`` video tracks and one cluster."""

    def element(name: str, *parts: bytes) -> bytes:
        data = b"".join(parts)
        return bytes.fromhex(name) + (len(data) | 1 << 56).to_bytes(8) + data

    def track(number: int) -> bytes:
        size = element("e0", element("b0", b"\x40"), element("ba", b"\x40"))
        wide = number.to_bytes(2)
        return element(
            "ae", element("d7", wide), element("73c5", wide), element("83", b"\x01"), element("86", b"V_VP8"), size
        )

    header = element("1a45dfa3", element("4282", b"matroska"), element("4287", b"\x04"), element("4285", b"\x02"))
    tracks = element("1654ae6b", *(track(number) for number in range(1, count + 1)))
    cluster = element("1f43b675", element("e7", b"\0"), element("a3", b"\x40\x01\0\0\x80" + bytes(64)))
    return header + element("18538067", element("1549a966", element("2ad7b1", b"\x0f\x42\x40")), tracks, cluster)
