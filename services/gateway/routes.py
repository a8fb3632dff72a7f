"""The HTTP API, version 1: what each route takes, gives and refuses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import HttpMethod, Request, Response, get, post, route
from litestar.di import NamedDependency
from litestar.openapi.spec import OpenAPIMediaType, Reference, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType
from litestar.openapi.spec.operation import Operation
from litestar.params import FromPath, FromQuery, HeaderParameter, JSONBody, QueryParameter
from litestar.response import Stream

from contracts.asyncapi import document
from contracts.brief import NO_NUL, AnyBrief
from contracts.media import AssetKind
from contracts.outputs import PresetName
from contracts.story import State
from kit.blobs import Blobs
from kit.bus import Bus
from services.gateway.accepting import Accepting
from services.gateway.admission import OPEN, STREAMS, UNLIMITED, UPLOADS
from services.gateway.analysis_routes import ANALYSIS
from services.gateway.files import send
from services.gateway.forms import FORM, is_form
from services.gateway.identity import Identity
from services.gateway.letter_routes import LETTERS, pipeline_health
from services.gateway.live import LiveFeed, job_stream
from services.gateway.openapi import described
from services.gateway.page_routes import PAGE
from services.gateway.problems import not_found
from services.gateway.profile_routes import PROFILES
from services.gateway.project_routes import PROJECTS
from services.gateway.reading import Reading
from services.gateway.resources import AssetResource, JobResource, Page, VideoResource, video_resource
from services.gateway.subtitle_routes import SUBTITLES
from services.gateway.uploading import Uploading
from services.gateway.version import VERSION

_BATCH = r"^(none|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$"

Owner = NamedDependency[str]
Id = FromPath[UUID]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="Items a page")]
Cursor = Annotated[str | None, QueryParameter(max_length=64, description="next_cursor of the page before")]
Version = Annotated[str | None, QueryParameter(name="v", pattern=r"^[0-9a-f]{64}$", description="Hash of the file")]
IdempotencyKey = Annotated[
    str | None,
    HeaderParameter(name="Idempotency-Key", min_length=1, max_length=200, description="Same key, same brief: same job"),
]
Words = Annotated[
    str, QueryParameter(max_length=200, pattern=NO_NUL, description="Words of the name, or parts of words")
]
InState = Annotated[State | None, QueryParameter(name="state", description="Only jobs in this state")]
OfBatch = Annotated[
    str | None,
    QueryParameter(pattern=_BATCH, description="Only jobs of this batch; `none`: only those of no batch"),
]
Keyword = Annotated[
    str | None,
    QueryParameter(max_length=60, pattern=NO_NUL, description="Only uploads with this keyword"),
]
Favourite = Annotated[bool | None, QueryParameter(description="Only favourites; or, with false, only others")]
LastEventId = Annotated[str | None, HeaderParameter(name="Last-Event-ID", max_length=20)]


@dataclass
class UploadOperation(Operation):
    """An upload's body is the file itself, whatever its type, or a form with it."""

    def __post_init__(self) -> None:
        raw = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)
        self.request_body = RequestBody(
            content={
                "application/octet-stream": OpenAPIMediaType(schema=raw),
                FORM: OpenAPIMediaType(
                    schema=Schema(
                        type=OpenAPIType.OBJECT,
                        properties={"details": Reference("#/components/schemas/UploadDetails"), "file": raw},
                        required=["file"],
                        additional_properties=False,
                    )
                ),
            },
            description="The bytes of the file, or a form with it and, best before it, its details. "
            "Its type is told by its content.",
            required=True,
        )


@post(
    "/assets",
    status_code=201,
    operation_class=UploadOperation,
    request_max_body_size=None,
    tags=["assets"],
    opt=UPLOADS,
)
async def upload_asset(
    request: Request[Any, Any, Any],
    uploading: NamedDependency[Uploading],
    owner: Owner,
    name: Annotated[str, QueryParameter(max_length=2000, description="The file's name, to show")] = "upload",
    kind: FromQuery[AssetKind] = AssetKind.FOOTAGE,
) -> Response[AssetResource]:
    """Upload a clip, a piece of music, an image or a table by streaming its bytes. The same bytes again give the same
    asset (200)."""
    length = request.headers.get("content-length")
    declared = int(length) if length is not None and length.isdigit() else None
    about: dict[str, Any] = {"declared": declared, "kind": kind, "name": name, "owner": owner}
    content_type = request.headers.get("content-type", "")
    if is_form(content_type):
        asset, before = await uploading.take_form(request.stream(), content_type, **about)
    else:
        asset, before = await uploading.take(request.stream(), **about)
    return Response(asset, status_code=200 if before else 201, headers={"Location": f"/v1/assets/{asset.id}"})


@get("/assets", tags=["assets"])
async def list_assets(
    reading: NamedDependency[Reading],
    owner: Owner,
    cursor: Cursor = None,
    kind: FromQuery[AssetKind | None] = None,
    limit: Limit = 20,
    keyword: Keyword = None,
    favourite: Favourite = None,
) -> Page[AssetResource]:
    """The uploads, newest first. Tables are among them only where their kind is asked for."""
    return await reading.assets(owner, cursor, kind.value if kind else None, limit, keyword, favourite)


@get("/assets/{asset:uuid}", tags=["assets"])
async def read_asset(reading: NamedDependency[Reading], owner: Owner, asset: Id) -> AssetResource:
    """One upload."""
    return await reading.asset(asset, owner)


@get("/assets/{asset:uuid}/thumbnail", tags=["assets"])
async def asset_thumbnail(
    request: Request[Any, Any, Any],
    reading: NamedDependency[Reading],
    blobs: NamedDependency[Blobs],
    owner: Owner,
    asset: Id,
    version: Version = None,
) -> Response[Any]:
    """A picture of an upload (JPEG), once it was looked through."""
    return await send(request, blobs, await reading.asset_thumbnail(asset, owner), version=version)


@post("/jobs", status_code=202, tags=["jobs"])
async def submit_job(
    data: JSONBody[AnyBrief],
    accepting: NamedDependency[Accepting],
    owner: Owner,
    idempotency_key: IdempotencyKey = None,
) -> Response[JobResource]:
    """Submit a brief. With an Idempotency-Key a repeated request gives the job of the first one."""
    job, before = await accepting.submit(data.root, owner, idempotency_key)
    headers = {"Location": job.url} | ({"Idempotent-Replayed": "true"} if before else {})
    return Response(job, status_code=202, headers=headers)


@get("/jobs", tags=["jobs"])
async def list_jobs(
    reading: NamedDependency[Reading],
    owner: Owner,
    cursor: Cursor = None,
    in_state: InState = None,
    limit: Limit = 20,
    q: Words = "",
    batch: OfBatch = None,
) -> Page[JobResource]:
    """The jobs, newest first."""
    of: UUID | Literal["none"] | None = "none" if batch == "none" else UUID(batch) if batch else None
    return await reading.jobs(owner, cursor, in_state.value if in_state else None, limit, q, of)


@get("/jobs/{job:uuid}", tags=["jobs"])
async def read_job(reading: NamedDependency[Reading], owner: Owner, job: Id) -> Response[JobResource]:
    """One job with all its videos, steps and files."""
    return Response(await reading.job(job, owner), headers={"Cache-Control": "no-store"})


@get("/jobs/{job:uuid}/events", tags=["jobs"], media_type="text/event-stream", opt=STREAMS)
async def job_events(
    bus: NamedDependency[Bus],
    live_feed: NamedDependency[LiveFeed],
    reading: NamedDependency[Reading],
    owner: Owner,
    job: Id,
    last_event_id: LastEventId = None,
) -> Stream:
    """A job's events live (server-sent events), from Last-Event-ID on; ends when the job ends."""
    await reading.told(job, owner)
    after = int(last_event_id) if last_event_id and re.fullmatch(r"[0-9]{1,18}", last_event_id) else 0
    return Stream(
        job_stream(bus, live_feed, job, after),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


@post("/jobs/{job:uuid}/cancel", status_code=202, tags=["jobs"])
async def cancel_job(accepting: NamedDependency[Accepting], owner: Owner, job: Id) -> JobResource:
    """Stop a job. What is being encoded or spoken for it is stopped at once."""
    return await accepting.cancel(job, owner)


@get("/videos/{video:uuid}", tags=["videos"])
async def read_video(reading: NamedDependency[Reading], owner: Owner, video: Id) -> VideoResource:
    """One variant."""
    job, seen = await reading.video(video, owner)
    running = {progress.video: progress for progress in await reading.running([job.id])}
    return video_resource(seen, running.get(video), (await reading.outlooks([job]))(job))


@get("/videos/{video:uuid}/timeline", tags=["videos"])
async def read_timeline(reading: NamedDependency[Reading], owner: Owner, video: Id) -> Response[dict[str, Any]]:
    """The edit: clips, cues, voice and music, as the render station gets it."""
    return Response(dict(await reading.edit("timeline", video, owner)), headers={"Cache-Control": "private, no-cache"})


@get("/videos/{video:uuid}/match-report", tags=["videos"])
async def read_match_report(reading: NamedDependency[Reading], owner: Owner, video: Id) -> Response[dict[str, Any]]:
    """For each phrase the chosen clip, its score in parts, the runners-up and the reason."""
    report = await reading.edit("match_report", video, owner)
    return Response(dict(report), headers={"Cache-Control": "private, no-cache"})


@route("/videos/{video:uuid}/files/{preset:str}", http_method=[HttpMethod.GET, HttpMethod.HEAD], tags=["videos"])
async def download_file(
    request: Request[Any, Any, Any],
    reading: NamedDependency[Reading],
    blobs: NamedDependency[Blobs],
    owner: Owner,
    video: Id,
    preset: FromPath[PresetName],
    version: Version = None,
) -> Response[Any]:
    """A finished file (MP4). Takes Range and If-None-Match."""
    _, seen = await reading.video(video, owner)
    found = next((file for file in seen.files if file.preset is preset), None)
    if found is None:
        raise not_found("file (yet)")
    name = f"video-{seen.number}-{preset.value}.mp4"
    return await send(request, blobs, found.blob, version=version, file_name=name)


@get("/videos/{video:uuid}/thumbnail", tags=["videos"])
async def video_thumbnail(
    request: Request[Any, Any, Any],
    reading: NamedDependency[Reading],
    blobs: NamedDependency[Blobs],
    owner: Owner,
    video: Id,
    version: Version = None,
) -> Response[Any]:
    """A picture of a finished video (JPEG)."""
    _, seen = await reading.video(video, owner)
    if seen.thumbnail is None:
        raise not_found("thumbnail (yet)")
    return await send(request, blobs, seen.thumbnail, version=version)


@cache
def _asyncapi() -> dict[str, Any]:
    """Made once: anybody may ask for it, and it is a lot of work."""
    return document(VERSION)


@get("/asyncapi.json", tags=["events"], opt=OPEN)
async def asyncapi() -> dict[str, Any]:
    """The events an outside program can subscribe to, as AsyncAPI 3.0."""
    return _asyncapi()


@get("/openapi.json", include_in_schema=False, opt=OPEN)
async def openapi(request: Request[Any, Any, Any], identity: NamedDependency[Identity]) -> dict[str, Any]:
    """This API, as OpenAPI 3.1."""
    return described(request.app.openapi_schema.to_schema(), asks=identity.asks)


@get("/health/live", tags=["health"], opt=UNLIMITED)
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@get("/health/ready", tags=["health"], opt=UNLIMITED)
async def ready(bus: NamedDependency[Bus], reading: NamedDependency[Reading]) -> Response[dict[str, Any]]:
    """The servers that are needed to take work answer."""
    log = await bus.ping()
    await reading.ping()
    return Response({"status": "ok", "events": log["last_seq"]}, headers={"Cache-Control": "no-store"})


V1 = (
    upload_asset,
    list_assets,
    read_asset,
    asset_thumbnail,
    submit_job,
    list_jobs,
    read_job,
    job_events,
    cancel_job,
    *PROJECTS,
    *LETTERS,
    read_video,
    read_timeline,
    read_match_report,
    download_file,
    video_thumbnail,
    asyncapi,
    openapi,
    *ANALYSIS,
    *SUBTITLES,
    *PROFILES,
)
OUTSIDE = (live, ready, pipeline_health, *PAGE)
