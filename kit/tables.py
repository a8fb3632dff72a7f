"""Tables and XML that are uploaded: told by what is in them, which is text. They are not read here."""

from __future__ import annotations

import codecs
import re
from typing import Final, Literal

Table = Literal["csv", "xml"]

_WIDE: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PAGE: Final = re.compile(r"<(!doctype\s+html|html|svg)\b", re.IGNORECASE)
_BINARY: Final = re.compile(r"[\0-\x08\x0e-\x1f]")
_BINARY_BYTES: Final = re.compile(rb"[\0-\x08\x0e-\x1f]")


def table_of(head: bytes) -> Table | None:
    """What a file is whose first bytes these are; None for whatever is no text (in UTF-8, or in UTF-16 that says so),
    for pages of the web, and for documents to print.
    """
    text = _text(head)
    if text is None or not text or text.startswith("%PDF-") or _BINARY.search(text):
        return None
    if not text.startswith("<"):
        return "csv"
    return None if _PAGE.search(text[:1000]) else "xml"


def is_old_text(head: bytes) -> bool:
    """Whether it seems to be text of one byte a letter, as Windows writes it."""
    return _text(head) is None and not _BINARY_BYTES.search(head)


def _text(head: bytes) -> str | None:
    encoding = "utf-16" if head.startswith(_WIDE) else "utf-8-sig"
    try:  # its last letter may be cut
        return codecs.getincrementaldecoder(encoding)().decode(head).strip()
    except UnicodeDecodeError:
        return None
