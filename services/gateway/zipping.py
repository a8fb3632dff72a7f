"""A ZIP archive as it is sent: nothing of it is kept, whatever its size; and nothing is packed, as videos are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from io import RawIOBase
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_NAME_CHARS: Final = 60
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")
# Names that some systems keep for devices.
_TAKEN: Final = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


@dataclass(frozen=True, slots=True)
class Packed:
    """A file of the archive; ``name`` is safe (``safe_name``), ``size`` in bytes."""

    name: str
    size: int
    at: datetime
    content: AsyncIterator[bytes]


class _Spool(RawIOBase):
    """What was written since it was last taken."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer) -> int:
        piece = bytes(data)
        self._pieces.append(piece)
        return len(piece)

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


async def zipped(files: AsyncIterator[Packed]) -> AsyncIterator[bytes]:
    """The archive in pieces, ZIP64 where it has to be. Where a file breaks off it does too: a half is no archive."""
    spool = _Spool()
    with ZipFile(spool, "w", ZIP_STORED) as archive:
        async for file in files:
            info = ZipInfo(file.name, file.at.timetuple()[:6])
            info.external_attr = 0o644 << 16
            info.file_size = file.size
            with archive.open(info, "w", force_zip64=file.size >= 1 << 31) as entry:
                async for piece in file.content:
                    entry.write(piece)
                    yield spool.take()
            yield spool.take()
    yield spool.take()


def safe_name(text: str) -> str:
    """A text as a part of a file's name: ASCII letters, digits, dots, - and _, none of them first that would hide it or
    lead elsewhere. Empty if nothing is left.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = _UNSAFE.sub("-", plain)[:_NAME_CHARS].strip("-._")
    return f"_{name}" if _TAKEN.match(name) else name
