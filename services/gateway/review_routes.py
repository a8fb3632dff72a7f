"""The HTTP API of reviews and edits."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, patch, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, HeaderParameter, JSONBody

from kit.blobs import Blobs
from services.gateway.files import send
from services.gateway.naming import file_name
from services.gateway.resources import VideoResource
from services.gateway.review_resources import MatchEdit, ReviewResource, ScriptEdit, StyleEdit
from services.gateway.reviewing import Answer, Asking, Reviewing
from services.gateway.routes import Id, Owner, Version

Key = Annotated[
    str | None,
    HeaderParameter(
        name="Idempotency-Key", min_length=1, max_length=200, description="Same key, same request: done once"
    ),
]
IfMatch = Annotated[
    str | None, HeaderParameter(name="If-Match", max_length=200, description="The ETag of the review that was read")
]


def provide_asking(owner: Owner, video: FromPath[UUID], key: Key = None, if_match: IfMatch = None) -> Asking:
    return Asking(video=video, owner=owner, key=key, if_match=if_match)


ASKING = {"asking": Provide(provide_asking, sync_to_thread=False)}
Reviews = NamedDependency[Reviewing]


@get("/videos/{video:uuid}/review", tags=["reviews"])
async def read_review(reviewing: Reviews, owner: Owner, video: Id) -> Response[ReviewResource]:
    """What was made of a video so far: script, voice and plan, and which of them waits to be approved."""
    found = await reviewing.read(video, owner)
    return Response(found, headers={"Cache-Control": "no-store", "ETag": f'"{found.version}"'})


@get("/videos/{video:uuid}/voice.wav", tags=["reviews"])
async def read_voice(
    request: Request[Any, Any, Any],
    reviewing: Reviews,
    blobs: NamedDependency[Blobs],
    owner: Owner,
    video: Id,
    version: Version = None,
) -> Response[Any]:
    """The voice-over of a video by itself (WAV). It is kept for some weeks only. Takes Range and If-None-Match."""
    voice = await reviewing.voice(video, owner)
    name = file_name("voice", video, voice.media_type)
    return await send(request, blobs, voice, version=version, file_name=name)


@post("/videos/{video:uuid}/approve", status_code=202, tags=["reviews"], dependencies=ASKING)
async def approve(reviewing: Reviews, asking: NamedDependency[Asking]) -> Response[VideoResource]:
    """Approve what waits; the video goes on from there."""
    return _said(await reviewing.approve(asking))


@patch("/videos/{video:uuid}/script", status_code=202, tags=["reviews"], dependencies=ASKING)
async def edit_script(
    data: JSONBody[ScriptEdit], reviewing: Reviews, asking: NamedDependency[Asking]
) -> Response[VideoResource]:
    """Change what is said, or who says it. The video is made again from the voice on."""
    return _said(await reviewing.edit_script(asking, data))


@patch("/videos/{video:uuid}/style", status_code=202, tags=["reviews"], dependencies=ASKING)
async def edit_style(
    data: JSONBody[StyleEdit], reviewing: Reviews, asking: NamedDependency[Asking]
) -> Response[VideoResource]:
    """Change the subtitles or the level of the music. Only the files are made again."""
    return _said(await reviewing.edit_style(asking, data))


@patch("/videos/{video:uuid}/matches/{phrase:int}", status_code=202, tags=["reviews"], dependencies=ASKING)
async def edit_match(
    data: JSONBody[MatchEdit], reviewing: Reviews, asking: NamedDependency[Asking], phrase: FromPath[int]
) -> Response[VideoResource]:
    """Show another picture over a phrase. Only the files are made again."""
    return _said(await reviewing.edit_match(asking, phrase, data))


def _said(answer: Answer) -> Response[VideoResource]:
    headers = {"ETag": f'"{answer.version}"'} | ({"Idempotent-Replayed": "true"} if answer.before else {})
    return Response(answer.video, status_code=202, headers=headers)


REVIEWS = (read_review, read_voice, approve, edit_script, edit_style, edit_match)
