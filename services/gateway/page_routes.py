"""The web page over HTTP: its files, and the one document behind all its paths."""

from __future__ import annotations

from typing import Any

from litestar import HttpMethod, Request, Response, get, route
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import Message, Scope

from services.gateway.admission import OPEN, UNLIMITED
from services.gateway.pages import INDEX, PAGE_HEADERS, Page, PageFile, is_of_the_page, wants_page
from services.gateway.problems import not_found, respond
from services.gateway.version import VERSION

_FOR_EVER = "public, max-age=31536000, immutable"  # anybody may have them: there is nothing of a user in them
_SAFE_EVERYWHERE = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),  # pages of elsewhere can't show what is a user's
)


@get("/", include_in_schema=False, opt=OPEN)
async def index(request: Request[Any, Any, Any], page: NamedDependency[Page]) -> Response[Any]:
    """The page; to whoever does not ask for HTML, where to go from here."""
    if wants_page(request.headers.get("accept", "")):
        return _shown(request, page)
    links = {
        "name": "Edit Factory",
        "version": VERSION,
        "api": "/v1/openapi.json",
        "events": "/v1/asyncapi.json",
        "jobs": "/v1/jobs",
        "health": "/health/ready",
    }
    return Response(links, headers={"Vary": "Accept"})


@route("/page/{path:path}", http_method=[HttpMethod.GET, HttpMethod.HEAD], include_in_schema=False, opt=UNLIMITED)
async def page_file(request: Request[Any, Any, Any], page: NamedDependency[Page], path: FromPath[str]) -> Response[Any]:
    """A file of the page. One whose name holds a hash of it may be kept for ever."""
    name = path.lstrip("/")
    found = page.files.get(name)
    if found is None:
        raise not_found("file of the page")
    if name == INDEX:
        return _shown(request, page)
    caching = _FOR_EVER if found.lasting else "no-cache"
    return _sent(request, found, {"Cache-Control": caching, "Vary": "Accept-Encoding"})


def _shown(request: Request[Any, Any, Any], page: Page) -> Response[Any]:
    return _sent(request, page.index, dict(PAGE_HEADERS), status=200 if page.built else 404)


def _sent(
    request: Request[Any, Any, Any], file: PageFile, headers: dict[str, str], *, status: int = 200
) -> Response[Any]:
    encoding, body = file.body(request.headers.get("accept-encoding", ""))
    etag = f'"{file.etag}{encoding and "-"}{encoding}"'
    headers |= {"ETag": etag} | ({"Content-Encoding": encoding} if encoding else {})
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if status == 200 and etag in known:
        return Response(None, status_code=304, headers=headers)
    return Response(body, status_code=status, media_type=file.media_type, headers=headers)


def shown_or_refused(page: Page) -> Any:
    """The handler of what no route is there for: a browser is shown the page, whose router knows more paths."""

    def handle(request: Request[Any, Any, Any], raised: Exception) -> Response[Any]:
        browses = request.method == "GET" and wants_page(request.headers.get("accept", ""))
        if browses and is_of_the_page(request.url.path):
            return _shown(request, page)
        return respond(request, raised)

    return handle


async def add_safe_headers(message: Message, _: Scope) -> None:
    """What every answer says to browsers: take nothing for what it is not said to be, and tell others nothing."""
    if message["type"] == "http.response.start":
        given = {name.lower() for name, _ in message["headers"]}
        more = [header for header in _SAFE_EVERYWHERE if header[0] not in given]
        message["headers"] = [*message["headers"], *more]


PAGE = (index, page_file)
