"""Under which names files are given out. Nothing of them is a user's, so none needs quoting. Pure."""

from __future__ import annotations

from typing import Final
from uuid import UUID

SUFFIXES: Final = {
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/x-matroska": "mkv",
    "video/webm": "webm",
    "video/x-msvideo": "avi",
    "video/mp2t": "ts",
    "video/ogg": "ogv",
    "audio/mp4": "m4a",
    "audio/x-matroska": "mka",
    "audio/webm": "weba",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/mpeg": "mp3",
    "audio/flac": "flac",
    "image/gif": "gif",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "text/csv": "csv",
    "application/xml": "xml",
}


def file_name(kind: str, ident: UUID, media_type: str) -> str:
    """The name under which a file is given out: nothing of it is a user's."""
    return f"{kind}-{ident}.{SUFFIXES.get(media_type, 'bin')}"
