"""What was found in an upload, and the pictures that show it."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from litestar import HttpMethod, Request, Response, get, route
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from contracts.footage import ANALYSIS_MAX_BYTES, Analysis
from kit.blobs import Blobs
from kit.documents import read_document
from services.gateway.analysis_resources import AnalysisResource, MediaPart, analysis_resource
from services.gateway.files import send
from services.gateway.problems import not_found
from services.gateway.reading import Reading

_ENDINGS: dict[MediaPart, str] = {"filmstrip": "jpg", "waveform": "png", "proxy": "mp4"}
Version = Annotated[str | None, QueryParameter(name="v", pattern=r"^[0-9a-f]{64}$", description="Hash of the file")]


@get("/assets/{asset:uuid}/analysis", tags=["assets"])
async def read_analysis(
    reading: NamedDependency[Reading],
    blobs: NamedDependency[Blobs],
    owner: NamedDependency[str],
    asset: FromPath[UUID],
) -> Response[AnalysisResource]:
    """What was found in an upload: its scenes, scored segments, where somebody speaks, keyframes, and links to its
    pictures. 409 `asset_not_analysed` until it was looked through."""
    media = await reading.asset_media(asset, owner)
    if media.get("analysis") is None:
        raise not_found("analysis: an earlier version looked this upload through; upload it again")
    found = await read_document(blobs, media["analysis"], Analysis, ANALYSIS_MAX_BYTES)
    headers = {"Cache-Control": "private, no-cache"}
    return Response(analysis_resource(asset, found), headers=headers)


@route("/assets/{asset:uuid}/media/{part:str}", http_method=[HttpMethod.GET, HttpMethod.HEAD], tags=["assets"])
async def asset_media(
    request: Request[Any, Any, Any],
    reading: NamedDependency[Reading],
    blobs: NamedDependency[Blobs],
    owner: NamedDependency[str],
    asset: FromPath[UUID],
    part: FromPath[MediaPart],
    version: Version = None,
) -> Response[Any]:
    """The filmstrip (JPEG), the waveform (PNG) or the proxy (MP4) of an upload. Takes Range and If-None-Match."""
    found = (await reading.asset_media(asset, owner)).get(part)
    if found is None:
        raise not_found(f"{part} of this upload")
    return await send(request, blobs, found, version=version, file_name=f"{part}.{_ENDINGS[part]}")


ANALYSIS = (read_analysis, asset_media)
