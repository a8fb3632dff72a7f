"""The HTTP API of exports: an edit's subtitles and its timeline for other programs, and the media they need."""

from __future__ import annotations

import asyncio
from typing import Any, Final
from uuid import UUID

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from contracts.captions import write_srt, write_vtt
from contracts.events import TimelineReadyV1
from contracts.outputs import Output, PresetName
from kit.blobs import Blobs
from services.gateway.files import send
from services.gateway.lettering import Lettering
from services.gateway.naming import file_name
from services.gateway.problems import Problem, not_found
from services.gateway.reading import Reading

Owner = NamedDependency[str]
Id = FromPath[UUID]

_TEXT: dict[str, Any] = {"type": "string"}
# What each of them is: media type and schema.
EXPORTED: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "subtitles.srt": ("application/x-subrip", _TEXT),
    "subtitles.vtt": ("text/vtt", _TEXT),
    "subtitles.ass": ("text/x-ssa", _TEXT),
    "timeline.otio": ("application/json", {"type": "object"}),
}


@get("/videos/{video:uuid}/subtitles.srt", tags=["exports"])
async def export_srt(reading: NamedDependency[Reading], owner: Owner, video: Id) -> Response[Any]:
    """The subtitles as SubRip, as soon as the video is planned."""
    planned = await _with_cues(reading, video, owner)
    return _file(planned, "subtitles.srt", await asyncio.to_thread(write_srt, planned.timeline.cues))


@get("/videos/{video:uuid}/subtitles.vtt", tags=["exports"])
async def export_vtt(reading: NamedDependency[Reading], owner: Owner, video: Id) -> Response[Any]:
    """The subtitles as WebVTT, as soon as the video is planned."""
    planned = await _with_cues(reading, video, owner)
    return _file(planned, "subtitles.vtt", await asyncio.to_thread(write_vtt, planned.timeline.cues))


@get("/videos/{video:uuid}/subtitles.ass", tags=["exports"])
async def export_ass(
    reading: NamedDependency[Reading],
    lettering: NamedDependency[Lettering],
    owner: Owner,
    video: Id,
    preset: FromQuery[PresetName | None] = None,
) -> Response[Any]:
    """The subtitles as Advanced SubStation Alpha: the text that a file is made with, its first preset's if none is
    named."""
    planned = await _with_cues(reading, video, owner)
    text = await asyncio.to_thread(lettering.ass, planned.timeline, _output(planned, preset))
    return _file(planned, "subtitles.ass", text)


@get("/videos/{video:uuid}/timeline.otio", tags=["exports"])
async def export_otio(
    request: Request[Any, Any, Any], reading: NamedDependency[Reading], owner: Owner, video: Id
) -> Response[Any]:
    """The edit as OpenTimelineIO, for editing programs, as soon as the video is planned."""
    planned = await reading.planned(video, owner)
    _, brief = await reading.told(planned.job, owner)
    music = None if brief.music is None else brief.music.asset
    base_url = str(request.base_url).rstrip("/")
    return _file(planned, "timeline.otio", await asyncio.to_thread(_otio, planned, music, base_url))


@get("/assets/{asset:uuid}/file", tags=["assets"])
async def download_asset(
    request: Request[Any, Any, Any],
    reading: NamedDependency[Reading],
    blobs: NamedDependency[Blobs],
    owner: Owner,
    asset: Id,
) -> Response[Any]:
    """An upload as it was sent, under the name that timelines have for it. Takes Range and If-None-Match."""
    blob = (await reading.upload(asset, owner)).blob
    return await send(request, blobs, blob, version=None, file_name=file_name("asset", asset, blob.media_type))


def _otio(planned: TimelineReadyV1, music: UUID | None, base_url: str) -> str:
    from services.gateway.otio import to_otio  # noqa: PLC0415  (0.3 s to import, and only this route needs it)

    return to_otio(planned, music, base_url)


async def _with_cues(reading: Reading, video: UUID, owner: str) -> TimelineReadyV1:
    planned = await reading.planned(video, owner)
    if not planned.timeline.cues:
        raise Problem(404, "no_subtitles", "This video has no subtitles.")
    return planned


def _output(planned: TimelineReadyV1, preset: PresetName | None) -> Output:
    found = next((output for output in planned.outputs if preset in {None, output.preset}), None)
    if found is None:
        raise not_found("file of this video")
    return found


def _file(planned: TimelineReadyV1, name: str, text: str) -> Response[Any]:
    """A file to keep. Its name is ours, so it needs no quoting."""
    kind, _ = EXPORTED[name]
    headers = {
        "Content-Disposition": f'attachment; filename="video-{planned.number}.{name.rpartition(".")[2]}"',
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    charset = "; charset=utf-8" if kind == "application/x-subrip" else ""  # of text/* the framework tells it
    return Response(text.encode(), media_type=f"{kind}{charset}", headers=headers)


EXPORTS = (export_srt, export_vtt, export_ass, export_otio, download_asset)
