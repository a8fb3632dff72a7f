"""Figures and names as people read them. Pure."""

from __future__ import annotations

import re
import unicodedata
from uuid import UUID

_SLUG_MAX = 60


def size_text(size: float) -> str:
    """Bytes, in decimal units: ``812 B``, ``3.4 MB``."""
    for unit in ("B", "kB", "MB", "GB"):
        if size < 999.5:
            return f"{size:.0f} {unit}" if unit == "B" or size >= 99.5 else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"


def time_text(seconds: float) -> str:
    """``4.2 s``, ``48 s``, ``3:07``, ``1:02:09``."""
    if seconds < 9.95:
        return f"{max(0.0, seconds):.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def short(job: UUID) -> str:
    """Enough of an id to name a job by."""
    return job.hex[:8]


def slug(title: str) -> str:
    """A title as a folder's name: small ASCII letters, digits and dashes."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_SLUG_MAX].strip("-") or "video"


def one_line(text: str) -> str:
    """Text from outside for a terminal: one line, no control characters."""
    return "".join(" " if char in "\r\n\t" else char for char in text if char in "\r\n\t" or char.isprintable())
