"""The OpenAPI document: the framework's outline of the routes, with the models' own schemas and our refusals in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic.json_schema import models_json_schema

from contracts.brief import ScriptBrief
from contracts.health import PipelineHealth
from contracts.timeline import MatchReport, Timeline
from services.gateway.letter_routes import ReplaySome
from services.gateway.letters import LetterDetail, LetterResource, Replayed
from services.gateway.problems import MEDIA_TYPE, ProblemDetails
from services.gateway.resources import AssetResource, JobResource, Page, ProjectResource, VideoResource

_REF = "#/components/schemas/{model}"
_MODELS: tuple[Any, ...] = (
    ScriptBrief,
    JobResource,
    VideoResource,
    AssetResource,
    Page[JobResource],
    Page[AssetResource],
    Page[ProjectResource],
    ReplaySome,
    LetterDetail,
    Page[LetterResource],
    Replayed,
    PipelineHealth,
    Timeline,
    MatchReport,
    ProblemDetails,
)
_MEANING = {
    "400": "The request is malformed; `errors` has the path of each fault",
    "404": "There is no such thing, or it is not yours",
    "409": "Not in this state",
    "413": "Larger than allowed",
    "415": "The content is not of a kind that is taken here",
    "416": "The range lies outside of the file",
    "422": "Understood, but can't be carried out",
    "503": "A server is away; try again after Retry-After seconds",
    "507": "The storage is full",
}
_REFUSALS: dict[str, tuple[str, ...]] = {
    "post /v1/assets": ("400", "413", "415", "422", "507"),
    "post /v1/jobs": ("400", "409", "413", "422"),
    "post /v1/jobs/{job}/retry": ("404", "409"),
    "post /v1/jobs/{job}/cancel": ("404", "409"),
    "post /v1/dead-letters/replay": ("400", "413", "422"),
    "post /v1/dead-letters/{letter}/replay": ("404", "409"),
    "get /v1/videos/{video}/files/{preset}": ("404", "416"),
}
_BODIES: dict[str, dict[str, Any]] = {
    "get /v1/videos/{video}/timeline": {"application/json": {"$ref": _REF.format(model="Timeline")}},
    "get /v1/videos/{video}/match-report": {"application/json": {"$ref": _REF.format(model="MatchReport")}},
    "get /v1/videos/{video}/files/{preset}": {"video/mp4": {"type": "string", "format": "binary"}},
    "get /v1/videos/{video}/thumbnail": {"image/jpeg": {"type": "string", "format": "binary"}},
    "get /v1/assets/{asset}/thumbnail": {"image/jpeg": {"type": "string", "format": "binary"}},
    "get /v1/jobs/{job}/events": {"text/event-stream": {"type": "string"}},
}
_MORE_ANSWERS = {
    "get /v1/videos/{video}/files/{preset}": {"206": "A part of the file", "304": "Not changed"},
    "post /v1/assets": {"200": "The same bytes were there before"},
}


def described(outline: dict[str, Any]) -> dict[str, Any]:
    """The framework's document made true: schemas by pydantic, media types as sent, every refusal named."""
    _, schemas = models_json_schema([(model, "validation") for model in _MODELS], ref_template=_REF)
    components = {name.replace("[", "_").replace("]", "_"): schema for name, schema in schemas["$defs"].items()}
    outline["components"] = {"schemas": dict(sorted(components.items()))}
    for route, operation in _operations(outline):
        answers = {status: answer for status, answer in operation["responses"].items() if status < "400"}
        if route in _BODIES:
            answers["200"]["content"] = {kind: {"schema": schema} for kind, schema in _BODIES[route].items()}
        for status, meaning in _MORE_ANSWERS.get(route, {}).items():
            answers[status] = {"description": meaning}
            if status != "304":
                answers[status]["content"] = next(iter(answers.values()))["content"]
        for status in _refusals(route, operation):
            answers[status] = _refusal(status)
        operation["responses"] = answers
    return outline


def _operations(outline: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in outline["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def _refusals(route: str, operation: dict[str, Any]) -> list[str]:
    found = set(_REFUSALS.get(route, ()))
    if "{" in route:
        found.add("404")
    if operation.get("parameters"):
        found.add("400")
    if not route.endswith(("/health/live", "/asyncapi.json")):
        found.add("503")
    return sorted(found)


def _refusal(status: str) -> dict[str, Any]:
    schema = {"$ref": _REF.format(model="ProblemDetails")}
    return {"description": _MEANING[status], "content": {MEDIA_TYPE: {"schema": schema}}}
