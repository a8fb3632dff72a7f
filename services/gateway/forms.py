"""An upload as an HTML form sends it (multipart/form-data), read as it comes: the file goes on to disk, what stands
around it is small and counted, and nothing is kept in memory."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Annotated, TypeAlias

import pydantic
from multipart import MultipartError, MultipartSegment, ParserLimitReached, PushMultipartParser, parse_options_header
from pydantic import BaseModel, ConfigDict, Field

from contracts.media import AssetKind
from kit.blobs import Received
from services.gateway.problems import FieldError, Problem, of_validation

FORM = "multipart/form-data"
SPARE_BYTES = 1 << 20  # what a form may have besides its file: eight small parts and their headers are half of it
NAME_MAX = 2000

_PARTS_MAX = 8
_FIELD_MAX_BYTES = 16 << 10
_BOUNDARY_MAX = 200  # RFC 2046 has 70
_SHOWN = 60  # characters of a part's name in a fault

_Event: TypeAlias = MultipartSegment | bytes | bytearray | None
Keep = Callable[[AsyncIterator[bytes], "UploadDetails | None"], Awaitable[Received]]


class UploadDetails(BaseModel):
    """What the part ``details`` of a form may say of its file, as a JSON object. Not said: as in the query."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    kind: AssetKind | None = Field(default=None, description="What the file is for")
    name: Annotated[str, Field(max_length=NAME_MAX)] | None = Field(
        default=None, description="The file's name, to show, instead of its own"
    )


@dataclass(frozen=True, slots=True)
class UploadForm:
    """A whole form. ``file_name`` is what the client calls the file; empty if it does not say."""

    details: UploadDetails
    file: Received
    file_name: str


def is_form(content_type: str) -> bool:
    return bool(parse_options_header(content_type)[0] == FORM)


async def read_form(chunks: AsyncIterator[bytes], content_type: str, limit: int, keep: Keep) -> UploadForm:
    """The form that comes in, at most ``limit`` bytes of it. ``keep`` stores the file and is told the details, if they
    stood before it.

    Raises:
        Problem: 400 with the part's name as the path, 413.
    """
    reading = _Reading(keep)
    async with aclosing(_events(chunks, _parser(content_type), limit)) as events:
        async for event in events:
            if isinstance(event, MultipartSegment):
                await reading.part(event, _content(events))
    return reading.form()


@dataclass
class _Reading:
    """What was found so far."""

    keep: Keep
    parts: int = 0
    details: UploadDetails | None = None
    file: Received | None = None
    file_name: str = ""
    faults: list[FieldError] = field(default_factory=list)

    async def part(self, part: MultipartSegment, content: AsyncIterator[bytes]) -> None:
        """A part that is not taken is read to its end all the same, so that all faults are told at once. Not the file:
        it is not worth receiving then."""
        self.parts += 1
        if self.parts > _PARTS_MAX:
            raise Problem(413, "too_many_parts", f"A form has at most {_PARTS_MAX} parts here.")
        if part.name == "file" and self.file is None:
            self._refuse_faults()
            self.file = await self.keep(content, self.details)
            self.file_name = part.filename or ""
            return
        data = await _small(content)
        if part.name == "details" and self.details is None:
            self._read_details(data)
        else:
            told = "it is there twice" if part.name in {"file", "details"} else "there is no such part"
            self.faults.append(FieldError(pointer=_pointer(part.name or ""), message=told))

    def form(self) -> UploadForm:
        if self.file is None:
            self.faults.append(FieldError(pointer="/file", message="this part is needed: the file itself"))
        self._refuse_faults()
        assert self.file is not None  # noqa: S101  (refused above)
        return UploadForm(self.details or UploadDetails(), self.file, self.file_name)

    def _read_details(self, data: bytes) -> None:
        self.details = UploadDetails()
        try:
            self.details = UploadDetails.model_validate_json(data)
        except pydantic.ValidationError as wrong:
            errors = of_validation(wrong).errors
            self.faults += [error.model_copy(update={"pointer": f"/details{error.pointer}"}) for error in errors]

    def _refuse_faults(self) -> None:
        if self.faults:
            detail = "; ".join(f"{fault.pointer}: {fault.message}" for fault in self.faults[:3])
            raise Problem(400, "form_invalid", detail, errors=self.faults)


def _parser(content_type: str) -> PushMultipartParser:
    boundary = parse_options_header(content_type)[1].get("boundary", "")
    if not 0 < len(boundary) <= _BOUNDARY_MAX:
        raise _malformed()
    return PushMultipartParser(boundary.encode("latin-1", "replace"))


async def _events(
    chunks: AsyncIterator[bytes], parser: PushMultipartParser, limit: int
) -> AsyncGenerator[_Event, None]:
    """The parts, one after another: a segment, its content, None at its end."""
    size = 0
    try:
        async for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise Problem(413, "payload_too_large", f"A form of more than {limit} bytes is not taken.")
            if chunk:
                for event in parser.parse(chunk):
                    yield event
        parser.close()
    except ParserLimitReached as wrong:
        raise Problem(413, "payload_too_large", "The header of a part is too large.") from wrong
    except MultipartError as wrong:
        raise _malformed() from wrong


async def _content(events: AsyncIterator[_Event]) -> AsyncIterator[bytes]:
    """What stands in the present part."""
    async for event in events:
        if event is None:
            return
        if not isinstance(event, MultipartSegment):
            yield bytes(event)


async def _small(content: AsyncIterator[bytes]) -> bytes:
    data = b""
    async for chunk in content:
        data += chunk
        if len(data) > _FIELD_MAX_BYTES:
            most = f"{_FIELD_MAX_BYTES >> 10} KiB"
            raise Problem(413, "payload_too_large", f"A part other than the first file has at most {most}.")
    return data


def _pointer(name: str) -> str:
    return "/" + name[:_SHOWN].replace("~", "~0").replace("/", "~1")


def _malformed() -> Problem:
    return Problem(400, "form_invalid", "This is not a whole form as multipart/form-data has it; send it again.")
