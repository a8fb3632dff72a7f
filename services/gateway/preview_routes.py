"""The HTTP API of previews."""

from __future__ import annotations

from typing import Any

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from contracts.preview import SubtitlePreview
from services.gateway.admission import PREVIEWS
from services.gateway.previewing import Previews


@post("/subtitles/preview", status_code=200, tags=["subtitles"], opt=PREVIEWS)
async def preview_subtitles(
    data: JSONBody[SubtitlePreview], previews: NamedDependency[Previews], owner: NamedDependency[str]
) -> Response[Any]:
    """One frame with subtitles (JPEG), as the finished video would show it, drawn by the same hand. The ETag is the
    same for as long as the picture is."""
    made = await previews.take(data, owner)
    headers = {"ETag": f'"{made.key}"', "Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"}
    return Response(made.jpeg, media_type="image/jpeg", headers=headers)


PREVIEW = (preview_subtitles,)
