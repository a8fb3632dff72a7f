"""The words of tus 1.0.0 (resumable uploads, https://tus.io/protocols/resumable-upload): headers in and out. Pure."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from contracts.media import AssetKind
from services.gateway.forms import NAME_MAX
from services.gateway.problems import FieldError, Problem

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,expiration"
PART_TYPE = "application/offset+octet-stream"
ASSET_HEADER = "Edit-Factory-Asset"
METADATA_MAX = 8192  # characters

_WHOLE = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Creation:
    """An upload to be begun: ``length`` in bytes, ``metadata`` as it was sent."""

    length: int
    kind: AssetKind
    name: str
    metadata: str


def check_version(given: str | None) -> None:
    """
    Raises:
        Problem: 412, the client speaks another version, or none.
    """
    if given != VERSION:
        detail = f"Say `Tus-Resumable: {VERSION}`; no other version is spoken here."
        raise Problem(412, "tus_version", detail, headers={"Tus-Version": VERSION})


def check_part_type(content_type: str) -> None:
    """
    Raises:
        Problem: 415.
    """
    if content_type.partition(";")[0].strip().lower() != PART_TYPE:
        raise Problem(415, "part_type", f"The bytes of an upload come as `Content-Type: {PART_TYPE}`.")


def whole(name: str, given: str | None) -> int:
    """A header's number of bytes.

    Raises:
        Problem: 400, it is missing or none.
    """
    if given is None or not _WHOLE.fullmatch(given):
        raise _malformed(name, f"{name} is needed: a number of bytes")
    return int(given)


def creation(length: str | None, deferred: str | None, metadata: str | None) -> Creation:
    """What the headers of a creation ask for. The keys ``filename`` and ``kind`` count; all others are left alone.

    Raises:
        Problem: 400 with the header's name as the path.
    """
    if deferred is not None:
        raise _malformed("Upload-Defer-Length", "the length must be known when an upload is begun")
    said = _metadata(metadata or "")
    kind = said.get("kind") or AssetKind.FOOTAGE.value
    if kind not in set(AssetKind):
        raise _malformed("Upload-Metadata", f"kind must be one of {', '.join(AssetKind)}")
    return Creation(whole("Upload-Length", length), AssetKind(kind), said.get("filename") or "upload", metadata or "")


def _metadata(given: str) -> dict[str, str]:
    if len(given) > METADATA_MAX:
        raise _malformed("Upload-Metadata", f"at most {METADATA_MAX} characters are taken")
    found: dict[str, str] = {}
    for pair in given.split(",") if given.strip() else ():
        key, _, value = pair.strip().partition(" ")
        if not key or not key.isascii() or key in found:
            raise _malformed("Upload-Metadata", "pairs of a key and a value in Base64 are needed, each key once")
        found[key] = _text(value.strip())
    return found


def _text(value: str) -> str:
    try:
        return base64.b64decode(value, validate=True).decode()[:NAME_MAX]
    except (binascii.Error, UnicodeError) as wrong:
        raise _malformed("Upload-Metadata", "a value is not UTF-8 in Base64") from wrong


def _malformed(header: str, message: str) -> Problem:
    return Problem(400, "header_invalid", f"{message}.", errors=[FieldError(pointer=f"/{header}", message=message)])


def expires(at: datetime) -> Mapping[str, str]:
    return {"Upload-Expires": format_datetime(at, usegmt=True)}
