"""Every refusal as problem details (RFC 9457): a stable code, the path of each fault, a reference, no internals."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

import orjson
import pydantic
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException

from contracts.faults import Fault
from contracts.values import Value
from contracts.wording import complaints, said

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"

_TITLES = {
    400: "The request is malformed",
    401: "Not signed in",
    403: "Not allowed",
    404: "There is no such thing",
    405: "Not with this method",
    409: "Not in this state",
    410: "It is gone",
    412: "Changed meanwhile",
    413: "Too large",
    415: "This kind of file is not taken",
    416: "No such range",
    422: "The request can't be carried out",
    423: "Somebody else is at it",
    429: "Too many requests",
    500: "Something broke",
    503: "Not available now",
    507: "The storage is full",
}
_CODES = {400: "malformed", 404: "not_found", 405: "method_not_allowed", 413: "payload_too_large"}
_STATUS_OF_FAULT = {
    "payload_too_large": 413,
    "srt_too_large": 413,
    "unsupported_media_type": 415,
    "storage_full": 507,
    "blob_missing": 404,
    "not_found": 404,
    "job_finished": 409,
    "entry_changed": 409,
    "profile_exists": 409,
    "too_many": 409,
    "url_too_large": 413,
    "url_unreachable": 422,
}
# pydantic's names of faults in shape; what else is wrong is wrong in value.
_SHAPE_ENDINGS = ("_type", "_parsing", "_invalid")
_SHAPE = frozenset({"missing", "extra_forbidden", "union_tag_invalid", "union_tag_not_found"})
_MAX_ERRORS = 50
_MISSING = re.compile(r"parameter '([^']+)'")  # the framework says it in words alone


class FieldError(Value):
    """One fault in a body: where (JSON pointer) and what."""

    pointer: str
    message: str


class ProblemDetails(Value):
    """The body of every refusal."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    request_id: str = ""
    errors: tuple[FieldError, ...] = ()
    job: str | None = None  # the job that is in the way
    job_url: str | None = None
    import_id: str | None = None  # the import that is in the way
    import_url: str | None = None


class Problem(Exception):
    """A refusal, raised anywhere below a handler."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        errors: Sequence[FieldError] = (),
        headers: dict[str, str] | None = None,
        more: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = headers or {}
        self.more = dict(more or {})


def not_found(what: str) -> Problem:
    return Problem(404, "not_found", f"There is no such {what}.")


def of_validation(fault: pydantic.ValidationError) -> Problem:
    """400 if the body has the wrong shape, 422 if a value is out of its bounds."""
    found = complaints(fault)
    errors = [
        FieldError(pointer="".join(f"/{_escaped(part)}" for part in error["loc"]), message=said(error))
        for error in found[:_MAX_ERRORS]
    ]
    detail = "; ".join(f"{error.pointer or 'the body'}: {error.message}" for error in errors[:3])
    if any(_is_shape(error["type"]) for error in found):
        return Problem(400, "body_invalid", detail, errors=errors)
    return Problem(422, "value_invalid", detail, errors=errors)


def _is_shape(kind: str) -> bool:
    return kind in _SHAPE or kind.endswith(_SHAPE_ENDINGS)


def _escaped(part: int | str) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")


def of_fault(fault: Fault) -> Problem:
    status = _STATUS_OF_FAULT.get(fault.code, 503 if fault.technical else 422)
    headers = {"Retry-After": "5"} if status in {503, 507} else {}
    return Problem(status, fault.code, fault.message, headers=headers)


def of_http(refusal: HTTPException) -> Problem:
    cause: BaseException | None = refusal
    while cause is not None:
        if isinstance(cause, pydantic.ValidationError):
            return of_validation(cause)
        cause = cause.__cause__ or cause.__context__
    if isinstance(refusal, ValidationException):
        return _of_parameters(refusal)
    status = refusal.status_code
    code = _CODES.get(status, f"http_{status}")
    return Problem(status, code, _detail_of(refusal), headers=dict(refusal.headers or {}))


def _detail_of(refusal: HTTPException) -> str:
    if refusal.status_code == 400:
        return "The body is not valid JSON."
    return refusal.detail or _TITLES.get(refusal.status_code, "")


def _of_parameters(refusal: ValidationException) -> Problem:
    extra = refusal.extra if isinstance(refusal.extra, list) else []
    errors = [
        FieldError(
            pointer="" if error.get("key") == "data" else f"/{_named(error)}".rstrip("/"),
            message="a JSON body is needed" if error.get("key") == "data" else str(error.get("message", "")),
        )
        for error in extra[:_MAX_ERRORS]
    ]
    if not errors and (missing := _MISSING.search(refusal.detail)) is not None:
        errors = [FieldError(pointer=f"/{missing[1]}", message="this parameter is needed")]
    return Problem(400, "request_invalid", "; ".join(f"{e.pointer} {e.message}".strip() for e in errors), errors=errors)


def _named(error: Mapping[str, Any]) -> str:
    """A parameter as a request calls it, where a handler calls it otherwise."""
    key = str(error.get("key", ""))
    return {"in_state": "state"}.get(key, key)


def respond(request: Request[Any, Any, Any], raised: Exception) -> Response[bytes]:
    """The one exception handler of the gateway."""
    problem = _problem_of(raised)
    request_id = str(request.scope.get("state", {}).get("request_id") or uuid4().hex)
    if problem.status >= 500:
        log.warning("refused", extra={"status": problem.status, "code": problem.code, "path": request.url.path})
    body = ProblemDetails(
        type=f"urn:edit-factory:problem:{problem.code}",
        title=_TITLES.get(problem.status, "Refused"),
        status=problem.status,
        code=problem.code,
        detail=problem.detail,
        request_id=request_id,
        errors=problem.errors,
        **problem.more,
    )
    return Response(
        orjson.dumps(body.model_dump(mode="json", exclude_none=True)),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers={"X-Request-Id": request_id} | _hanging_up(problem.status) | problem.headers,
    )


def _hanging_up(status: int) -> dict[str, str]:
    """What is too large is not read to its end, so nothing more can come over this connection."""
    return {"Connection": "close"} if status == 413 else {}


def _problem_of(raised: Exception) -> Problem:
    if isinstance(raised, Problem):
        return raised
    if isinstance(raised, Fault):
        return of_fault(raised)
    if isinstance(raised, pydantic.ValidationError):
        return of_validation(raised)
    if isinstance(raised, HTTPException):
        return of_http(raised)
    if isinstance(raised, RecursionError) and "deserializing" in str(raised):  # so says msgspec of what it decodes
        return Problem(400, "malformed", "The body is not JSON that can be read: it is nested too deep.")
    log.error("a request broke", exc_info=raised)
    return Problem(500, "internal", "An unexpected error; the reference helps to find it in the log.")
