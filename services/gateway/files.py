"""Stored media over HTTP: ranges, validators, and caching that fits what a URL promises."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from litestar import Request, Response
from litestar.response import Stream

from contracts.media import BlobRef
from kit.blobs import Blobs
from services.gateway.problems import Problem

_RANGE = re.compile(r"^bytes=([0-9]{0,18})-([0-9]{0,18})$")
_FOR_EVER = "private, max-age=31536000, immutable"
_ASK_AGAIN = "private, no-cache"
# What runs nothing in the page's own origin when a browser opens it; XML may hold script.
_HARMLESS = frozenset({"video", "audio", "image"})


@dataclass(frozen=True, slots=True)
class Bytes:
    """A span of a file, end exclusive."""

    start: int
    end: int


def wanted(header: str | None, size: int) -> Bytes | None:
    """The span a Range header asks for; None for the whole file (no header, or one that may be ignored).

    Raises:
        Problem: 416, nothing of it lies in the file.
    """
    match = _RANGE.match(header.replace(" ", "")) if header else None
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if first == "":
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < int(first):
            return None
    if start >= end:
        raise Problem(
            416,
            "range_not_satisfiable",
            f"The file has {size} bytes.",
            headers={"Content-Range": f"bytes */{size}"},
        )
    return Bytes(start, end)


async def send(
    request: Request[Any, Any, Any], blobs: Blobs, ref: BlobRef, *, version: str | None, file_name: str | None = None
) -> Response[Any]:
    """Answers with a blob or a part of it. A URL that names the hash never changes what it shows."""
    if version is not None and version != ref.sha256:
        raise Problem(404, "not_found", "This version of the file is gone; read the video again for its present one.")
    etag = f'"{ref.sha256}"'
    headers = {
        "ETag": etag,
        "Accept-Ranges": "bytes",
        "Cache-Control": _FOR_EVER if version else _ASK_AGAIN,
        "X-Content-Type-Options": "nosniff",
    }
    if file_name is not None:
        shown = "inline" if ref.media_type.partition("/")[0] in _HARMLESS else "attachment"
        headers["Content-Disposition"] = f'{shown}; filename="{file_name}"'
    if _tags(request.headers.get("if-none-match")) & {etag, "*"}:
        return Response(None, status_code=304, headers=headers)
    if not await blobs.exists(ref):
        raise Problem(404, "blob_missing", "The file is no longer in the store.")
    if_range = request.headers.get("if-range")
    asked = request.headers.get("range") if request.method == "GET" and if_range in {None, etag} else None
    span = wanted(asked, ref.size)
    status = 200 if span is None else 206
    if span is not None:
        headers["Content-Range"] = f"bytes {span.start}-{span.end - 1}/{ref.size}"
    whole = span or Bytes(0, ref.size)
    headers["Content-Length"] = str(whole.end - whole.start)
    if request.method == "HEAD":
        return Response(b"", status_code=status, headers=headers, media_type=ref.media_type)
    content = blobs.stream(ref, whole.start, whole.end)
    return Stream(content, status_code=status, headers=headers, media_type=ref.media_type)


def _tags(header: str | None) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in (header or "").split(",")}
