"""Subtitles over HTTP: an SRT file is read, and shown as it was understood."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.openapi.spec import OpenAPIMediaType, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.openapi.spec.operation import Operation

from contracts.srt import SRT_MAX_BYTES, BadSrt, SrtCue, SrtTooLarge, parse_srt
from services.gateway.problems import FieldError, Problem
from services.gateway.resources import SubtitlesResource


@dataclass
class SubtitlesOperation(Operation):
    """The body is the SRT file itself."""

    def __post_init__(self) -> None:
        text = OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING))
        self.request_body = RequestBody(
            content={"application/x-subrip": text, "text/plain": text},
            description="An SRT file of at most 1 MiB in UTF-8, UTF-16 with a byte order mark, or Windows-1252.",
            required=True,
        )


@post(
    "/subtitles",
    status_code=200,
    operation_class=SubtitlesOperation,
    request_max_body_size=None,
    tags=["subtitles"],
)
async def read_subtitles(
    request: Request[Any, Any, Any],
    owner: NamedDependency[str],
) -> SubtitlesResource:
    """Read an SRT file and show its cues, or what is wrong on which line. Nothing is kept."""
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > SRT_MAX_BYTES:
        raise SrtTooLarge
    cues = await asyncio.to_thread(_parsed, await _received(request.stream()))
    return SubtitlesResource(cues=cues, duration_s=max(cue.end_s for cue in cues))


async def _received(chunks: AsyncIterator[bytes]) -> bytes:
    data = bytearray()
    async for chunk in chunks:
        data += chunk
        if len(data) > SRT_MAX_BYTES:
            raise SrtTooLarge
    return bytes(data)


def _parsed(data: bytes) -> tuple[SrtCue, ...]:
    try:
        return parse_srt(data)
    except BadSrt as bad:
        errors = [FieldError(pointer=f"/line/{fault.line}", message=fault.message) for fault in bad.faults]
        raise Problem(422, bad.code, bad.message, errors=errors) from bad


SUBTITLES = (read_subtitles,)
