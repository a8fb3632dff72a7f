"""The index of an MP4 of ours, read without libav: enough to tell that a group of pictures is whole.

Of ISO/IEC 14496-12 only what our own muxer writes: 32-bit sizes, one track, a table of sizes and one of keyframes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_INSIDE = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl"})
_LONGEST_INDEX = 4 << 20  # bytes; 2 s of pictures have one of about 2 KB
_ENTRY = 16  # bytes of a sample description before the entry itself
_SIZE_AT = 24  # of width and height in a visual sample entry, after its header


class NotWhole(ValueError):
    """A file that is not the whole of what it should be."""


@dataclass(frozen=True, slots=True)
class Index:
    """Pictures, which of them are keyframes (from 0), and the size of one in pixels."""

    frames: int
    keyframes: tuple[int, ...]
    width: int
    height: int


def read_index(path: Path) -> Index:
    """What the file says it holds, if the bytes for it are there.

    Raises:
        NotWhole: it ends early, or is no such file.
    """
    try:
        return _read(path)
    except (struct.error, KeyError, IndexError) as wrong:
        raise NotWhole("an index that can't be read") from wrong


def _read(path: Path) -> Index:
    outer = dict(_outermost(path))
    start, end = outer[b"moov"]
    if end - start > _LONGEST_INDEX:
        raise NotWhole("an index that is far too long")
    with path.open("rb") as file:
        file.seek(start)
        found = dict(_boxes(file.read(end - start)))
    sizes = found[b"stsz"]
    same, frames = struct.unpack_from(">II", sizes, 4)
    total = same * frames if same else sum(struct.unpack_from(f">{frames}I", sizes, 12))
    held = outer[b"mdat"][1] - outer[b"mdat"][0]
    if total > held:
        raise NotWhole(f"pictures of {total} bytes in a file that has room for {held}")
    width, height = struct.unpack_from(">HH", found[b"stsd"], _ENTRY + _SIZE_AT)
    return Index(frames, _keyframes(found.get(b"stss"), frames), width, height)


def _keyframes(table: bytes | None, frames: int) -> tuple[int, ...]:
    """Where there are no others than keyframes (such as in a piece of one picture) there is no table of them."""
    if table is None:
        return tuple(range(frames))
    (count,) = struct.unpack_from(">I", table, 4)
    return tuple(number - 1 for number in struct.unpack_from(f">{count}I", table, 8))


def _outermost(path: Path) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """Kinds of the outermost boxes, each with where its content starts and ends."""
    end, at = path.stat().st_size, 0
    with path.open("rb") as file:
        while at + 8 <= end:
            file.seek(at)
            size, kind = struct.unpack(">I4s", file.read(8))
            if size < 8 or at + size > end:
                raise NotWhole("a box that does not end in the file")
            yield kind, (at + 8, at + size)
            at += size


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """All boxes inside, however deep, by kind."""
    at = 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        if size < 8 or at + size > len(data):
            raise NotWhole("a box that does not end in the one around it")
        content = data[at + 8 : at + size]
        yield kind, content
        if kind in _INSIDE:
            yield from _boxes(content)
        at += size
