"""Mends what is commonly wrong in feeds made by hand or by old shops, so that a strict XML parser can read them. Pure.

A bare ``&`` becomes ``&amp;``; entities of HTML that XML does not know (``&nbsp;``) become their letters; entities
that nobody knows, or that the file declares itself, become text, so none is ever expanded; control characters are left
out, as XML forbids them. CDATA and comments stay as they are but for those.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from html.entities import html5
from typing import Final

_OPENS: Final = re.compile(rb"<!\[CDATA\[|<!--|&")
_ENDS: Final = {b"<![CDATA[": b"]]>", b"<!--": b"-->"}
_ENTITY: Final = re.compile(rb"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{0,31}));")
_ENTITY_BYTES: Final = 34
_OPEN_BYTES: Final = 9
_OF_XML: Final = {b"amp", b"lt", b"gt", b"quot", b"apos"}
_CONTROLS: Final = bytes(code for code in range(32) if code not in b"\t\n\r")


def mended(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Only where letters are single bytes as in ASCII: UTF-16 passes as it is."""
    held, inside, wide = b"", b"", None
    for piece in pieces:
        if wide is None:
            wide = piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        if wide:
            yield piece
            continue
        done, held, inside = _mend(held + piece.translate(None, _CONTROLS), inside, last=False)
        yield done
    done, held, _ = _mend(held, inside, last=True)
    yield done + held


def _mend(data: bytes, inside: bytes, *, last: bool) -> tuple[bytes, bytes, bytes]:
    """What can be passed on, what must wait for the next piece, and the end of the part that is open."""
    out: list[bytes] = []
    at = 0
    while at < len(data):
        if inside:
            end = data.find(inside, at)
            if end < 0:
                cut = len(data) if last else max(at, len(data) - len(inside) + 1)
                return b"".join((*out, data[at:cut])), data[cut:], inside
            out.append(data[at : end + len(inside)])
            at, inside = end + len(inside), b""
            continue
        found = _OPENS.search(data, at)
        if found is None:
            cut = len(data) if last else _half_open(data, at)
            return b"".join((*out, data[at:cut])), data[cut:], b""
        out.append(data[at : found.start()])
        at = found.start()
        if found[0] in _ENDS:
            out.append(found[0])
            at, inside = found.end(), _ENDS[found[0]]
            continue
        entity = _ENTITY.match(data, at)
        if entity is None and not last and len(data) - at < _ENTITY_BYTES and b";" not in data[at:]:
            return b"".join(out), data[at:], b""
        out.append(_text(entity) if entity else b"&amp;")
        at = entity.end() if entity else at + 1
    return b"".join(out), b"", inside


def _half_open(data: bytes, at: int) -> int:
    """Where a mark begins that may go on in the next piece; the end if none does."""
    start = data.rfind(b"<!", max(at, len(data) - _OPEN_BYTES + 1))
    if start >= 0:
        return start
    return len(data) - 1 if data.endswith(b"<") and len(data) > at else len(data)


def _text(entity: re.Match[bytes]) -> bytes:
    decimal, hexadecimal, name = entity.groups()
    if name:
        if name in _OF_XML:
            return entity[0]
        letters = html5.get(f"{name.decode()};")
        return b"&amp;" + name + b";" if letters is None else b"".join(f"&#{ord(each)};".encode() for each in letters)
    code = int(decimal) if decimal else int(hexadecimal, 16)
    fits = code in {9, 10, 13} or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
    return f"&#{code};".encode() if fits else b""
