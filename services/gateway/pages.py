"""The web page as it was built: a folder of files, read once and kept in memory.

What is asked for is looked up among the files that were found, so no path of a request ever reaches the disk.
"""

from __future__ import annotations

import hashlib
import logging
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

log = logging.getLogger(__name__)

FOLDER = Path(__file__).with_name("page")  # made by `make web`
ROOT = "/page/"
INDEX = "index.html"

# Nothing but what comes from this very address; no inline script or style, no frame around it.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob: data:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
PAGE_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
    "Vary": "Accept, Accept-Encoding",
}

_MOST_BYTES = 64 << 20  # ten times what a page of this kind takes
_HASHED = re.compile(r"[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$")  # a file whose name changes with its content
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))  # the better first
_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
    ".json": "application/json",
    ".map": "application/json",
}
_UTF_8 = ("application/json", "application/manifest+json", "image/svg+xml")  # text/* is told to be by the framework

_NOT_BUILT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Edit Factory</title></head>
<body><h1>Edit Factory runs, but its web page is not built</h1>
<p>In the folder of the source, run <code>make web</code>, then start it again.
The API works without it: <a href="/v1/openapi.json">/v1/openapi.json</a>.</p></body></html>
"""


@dataclass(frozen=True, slots=True)
class PageFile:
    """One file. ``bodies``: its bytes by content encoding, ``""`` as it is; ``lasting``: it never changes."""

    media_type: str
    etag: str
    lasting: bool
    bodies: Mapping[str, bytes] = field(repr=False)

    def body(self, accepted: str) -> tuple[str, bytes]:
        """The encoding and the bytes for an Accept-Encoding header."""
        wanted = _encodings(accepted)
        found = next((name for name, _ in _ENCODINGS if name in self.bodies and name in wanted), "")
        return found, self.bodies[found]


@dataclass(frozen=True, slots=True)
class Page:
    """All files by their path below ``/page/``. Without an ``index.html`` the page is not built."""

    files: Mapping[str, PageFile]

    @property
    def built(self) -> bool:
        return INDEX in self.files

    @property
    def index(self) -> PageFile:
        """What is shown at every path of the page; in its place, how to build it."""
        return self.files.get(INDEX) or _made(INDEX, {"": _NOT_BUILT.encode()})


def read_page(folder: Path = FOLDER) -> Page:
    """The files of a folder. Blocks; a folder that is not there is an empty one."""
    plain: dict[str, dict[str, bytes]] = {}
    left = _MOST_BYTES
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.is_symlink():
            continue
        left -= path.stat().st_size
        if left < 0:
            log.warning("the web page is too large; the rest of it is left out", extra={"most": _MOST_BYTES})
            break
        name, encoding = _told_apart(path.relative_to(folder).as_posix())
        plain.setdefault(name, {})[encoding] = path.read_bytes()
    return Page({name: _made(name, bodies) for name, bodies in plain.items() if "" in bodies})


def _told_apart(name: str) -> tuple[str, str]:
    """``app.js.br`` is ``app.js`` by another encoding."""
    return next(((name.removesuffix(end), encoding) for encoding, end in _ENCODINGS if name.endswith(end)), (name, ""))


def _made(name: str, bodies: Mapping[str, bytes]) -> PageFile:
    suffix = Path(name).suffix
    media_type = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    if media_type in _UTF_8:
        media_type += "; charset=utf-8"
    return PageFile(
        media_type=media_type,
        etag=hashlib.sha256(bodies[""]).hexdigest()[:32],
        lasting=_HASHED.search(name) is not None,
        bodies=bodies,
    )


def _encodings(accepted: str) -> set[str]:
    """Those an Accept-Encoding header takes. ``q=0`` is a refusal."""
    found = set()
    for part in accepted.lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        if weight.strip("0.") or not weight:
            found.add(name)
    return found


def wants_page(accept: str) -> bool:
    """Whether a request comes from somebody who looks at pages: a browser names HTML, a program does not."""
    return any(part.strip().partition(";")[0].strip() == "text/html" for part in accept.lower().split(","))


def is_of_the_page(path: str) -> bool:
    """Whether the page's own router may know a path. What the gateway answers itself is never its."""
    return path.partition("/")[2].partition("/")[0] not in {"v1", "health", "page"}
