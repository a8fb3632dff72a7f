"""The HTTP API of resumable uploads: tus 1.0.0, and what became of an upload as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from litestar import HttpMethod, Request, Response, delete, get, patch, post, route
from litestar.di import NamedDependency
from litestar.openapi.spec import OpenAPIMediaType, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType
from litestar.openapi.spec.operation import Operation
from litestar.params import FromPath, HeaderParameter
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from contracts.faults import FaultReport
from contracts.media import AssetKind
from contracts.values import Value
from services.gateway import tus
from services.gateway.admission import OPEN, UPLOADS
from services.gateway.partials import Partial
from services.gateway.problems import Problem
from services.gateway.reading import Reading
from services.gateway.resources import AssetResource, Page
from services.gateway.resuming import Resuming, gone

PATH = "/v1/uploads"
_READ_ANYHOW = 64 << 10  # bytes of a refused body that cost less to read than a new connection
_OVERRIDES = {"PATCH": HttpMethod.PATCH, "DELETE": HttpMethod.DELETE}
Id = FromPath[UUID]
Owner = NamedDependency[str]
Version = Annotated[str | None, HeaderParameter(name="Tus-Resumable", description="1.0.0")]
Offset = Annotated[str | None, HeaderParameter(name="Upload-Offset", description="Bytes that are there already")]
Length = Annotated[str | None, HeaderParameter(name="Upload-Length", description="Bytes of the whole file")]
Deferred = Annotated[str | None, HeaderParameter(name="Upload-Defer-Length", description="Not taken here")]
Metadata = Annotated[
    str | None, HeaderParameter(name="Upload-Metadata", description="filename and kind, their values in Base64")
]


class UploadResource(Value):
    """An upload in parts: ``offset`` of ``length`` bytes are there. ``checking``: all are, and they are looked at."""

    id: UUID
    url: str
    name: str
    kind: AssetKind
    offset: int
    length: int
    state: Literal["receiving", "checking", "done", "refused"]
    asset: AssetResource | None
    fault: FaultReport | None
    created_at: datetime
    expires_at: datetime


@dataclass
class PartOperation(Operation):
    """The body is the next bytes of the file."""

    def __post_init__(self) -> None:
        raw = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)
        self.request_body = RequestBody(content={tus.PART_TYPE: OpenAPIMediaType(schema=raw)}, required=False)


@route("/uploads", http_method=[HttpMethod.OPTIONS], status_code=204, opt=OPEN, include_in_schema=False)
async def upload_options(resuming: NamedDependency[Resuming]) -> Response[None]:
    """What of tus is spoken here."""
    most = str(max(resuming.limit(kind) for kind in AssetKind))
    told = {"Tus-Version": tus.VERSION, "Tus-Extension": tus.EXTENSIONS, "Tus-Max-Size": most}
    return Response(None, status_code=204, headers=told)


@post(
    "/uploads",
    status_code=201,
    operation_class=PartOperation,
    request_max_body_size=None,
    tags=["uploads"],
    opt=UPLOADS,
)
async def begin_upload(
    request: Request[Any, Any, Any],
    resuming: NamedDependency[Resuming],
    owner: Owner,
    version: Version = None,
    length: Length = None,
    deferred: Deferred = None,
    metadata: Metadata = None,
) -> Response[None]:
    """Begin an upload that can be gone on with after whatever happens (tus). Its first bytes may come along."""
    try:
        tus.check_version(version)
        with_bytes = _declared(request) != 0
        if with_bytes:
            tus.check_part_type(request.headers.get("content-type", ""))
        found = await resuming.begin(owner, tus.creation(length, deferred, metadata))
        if with_bytes or found.length == 0:
            found = await resuming.append(found.id, owner, 0, request.stream(), _declared(request))
    except Problem as problem:
        raise _hanging_up(problem, request) from problem
    return Response(None, status_code=201, headers={"Location": _url(found)} | _told(found))


@get("/uploads", tags=["uploads"])
async def list_uploads(
    resuming: NamedDependency[Resuming], reading: NamedDependency[Reading], owner: Owner
) -> Page[UploadResource]:
    """Your unfinished uploads, newest first."""
    found = await resuming.unfinished(owner)
    return Page(items=tuple([await _resource(each, reading) for each in found]), next_cursor=None)


@get("/uploads/{upload:uuid}", tags=["uploads"])
async def read_upload(
    resuming: NamedDependency[Resuming], reading: NamedDependency[Reading], owner: Owner, upload: Id
) -> Response[UploadResource]:
    """How far an upload is, and what became of it."""
    found = await _resource(await resuming.find(upload, owner), reading)
    return Response(found, headers={"Cache-Control": "no-store"})


@route("/uploads/{upload:uuid}", http_method=[HttpMethod.HEAD], status_code=200, tags=["uploads"])
async def upload_offset(
    resuming: NamedDependency[Resuming], owner: Owner, upload: Id, version: Version = None
) -> Response[bytes]:
    """Where to go on (tus)."""
    found = await resuming.find(upload, owner)
    tus.check_version(version)
    if found.state == "refused":
        raise gone(found)
    more = {"Upload-Metadata": found.metadata} if found.metadata else {}
    headers = {"Cache-Control": "no-store", "Upload-Length": str(found.length)} | more | _told(found)
    return Response(b"", status_code=200, headers=headers)


@patch(
    "/uploads/{upload:uuid}",
    status_code=204,
    operation_class=PartOperation,
    request_max_body_size=None,
    tags=["uploads"],
)
async def append_to_upload(
    request: Request[Any, Any, Any],
    resuming: NamedDependency[Resuming],
    owner: Owner,
    upload: Id,
    version: Version = None,
    offset: Offset = None,
) -> Response[None]:
    """Send the bytes that follow (tus). The answer to the last ones names the asset."""
    try:
        await resuming.find(upload, owner)
        tus.check_version(version)
        tus.check_part_type(request.headers.get("content-type", ""))
        at = tus.whole("Upload-Offset", offset)
        found = await resuming.append(upload, owner, at, request.stream(), _declared(request))
    except Problem as problem:
        raise _hanging_up(problem, request) from problem
    return Response(None, status_code=204, headers=_told(found))


@delete("/uploads/{upload:uuid}", status_code=204, tags=["uploads"])
async def end_upload(resuming: NamedDependency[Resuming], owner: Owner, upload: Id, version: Version = None) -> None:
    """Give an upload up (tus termination). An asset that it became stays."""
    await resuming.find(upload, owner)
    tus.check_version(version)
    await resuming.remove(upload, owner)


async def _resource(found: Partial, reading: Reading) -> UploadResource:
    checking = found.state == "receiving" and found.whole
    return UploadResource(
        id=found.id,
        url=_url(found),
        name=found.name,
        kind=found.kind,
        offset=found.received,
        length=found.length,
        state="checking" if checking else found.state,
        asset=None if found.asset is None else await reading.asset(found.asset, found.owner),
        fault=found.fault,
        created_at=found.created_at,
        expires_at=found.expires_at,
    )


def _url(found: Partial) -> str:
    return f"{PATH}/{found.id}"


def _told(found: Partial) -> dict[str, str]:
    told = {"Upload-Offset": str(found.received), **tus.expires(found.expires_at)}
    return told | ({tus.ASSET_HEADER: str(found.asset)} if found.asset else {})


def _declared(request: Request[Any, Any, Any]) -> int | None:
    """Bytes that come, None if that is not said."""
    length = request.headers.get("content-length")
    if length is not None and length.isdigit():
        return int(length)
    return None if "transfer-encoding" in request.headers else 0


def _hanging_up(problem: Problem, request: Request[Any, Any, Any]) -> Problem:
    """A large body that is refused is not read to its end."""
    declared = _declared(request)
    if declared is None or declared > _READ_ANYHOW:
        problem.headers["Connection"] = "close"
    return problem


def with_override(app: ASGIApp) -> ASGIApp:
    """For clients that can send nothing but GET and POST (tus: the method that stands in a header counts)."""

    async def overridden(scope: Scope, receive: Receive, send: Send) -> None:
        request = cast("dict[str, Any]", scope)
        if request.get("method") == "POST" and request["path"].startswith(f"{PATH}/"):
            wanted = next((value for name, value in scope["headers"] if name == b"x-http-method-override"), b"")
            request["method"] = _OVERRIDES.get(wanted.decode("latin-1").strip().upper(), HttpMethod.POST).value
        await app(scope, receive, send)

    return cast("ASGIApp", overridden)


async def add_tus_version(message: Message, scope: Scope) -> None:
    """Every answer to a tus client says which version it is of."""
    if message["type"] == "http.response.start" and scope["path"].startswith(PATH):
        message["headers"] = [*message["headers"], (b"tus-resumable", tus.VERSION.encode())]


RESUMING = (
    upload_options,
    begin_upload,
    list_uploads,
    read_upload,
    upload_offset,
    append_to_upload,
    end_upload,
)
