"""The OpenAPI document: the framework's outline of the routes, with the models' own schemas and our refusals in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic.json_schema import models_json_schema

from contracts.brief import AnyBrief, FootageBrief, ProductBrief, ScriptBrief
from contracts.footage import Notes
from contracts.health import PipelineHealth
from contracts.preview import SubtitlePreview
from contracts.timeline import MatchReport, Timeline
from services.gateway.analysis_resources import AnalysisResource
from services.gateway.batch_resources import BatchAsked, BatchPreview, BatchResource, PreviewAsked, RowResource
from services.gateway.export_routes import EXPORTED
from services.gateway.feed_resources import (
    FeedAsked,
    FeedChange,
    FeedResource,
    ImportAsked,
    ImportResource,
    ProductResource,
    RowProblem,
)
from services.gateway.fetching import Fetch
from services.gateway.forms import UploadDetails
from services.gateway.letter_routes import ReplaySome
from services.gateway.letters import LetterDetail, LetterResource, Replayed
from services.gateway.library import Done, Naming, Several
from services.gateway.naming import SUFFIXES
from services.gateway.options_routes import OptionsResource
from services.gateway.problems import MEDIA_TYPE, ProblemDetails
from services.gateway.profile_routes import (
    CallerResource,
    KeyResource,
    MadeKey,
    NewKey,
    NewProfile,
    OwnChange,
    ProfileChange,
    ProfileResource,
)
from services.gateway.resources import (
    AssetResource,
    JobResource,
    Page,
    ProjectResource,
    SubtitlesResource,
    VideoCard,
    VideoResource,
)
from services.gateway.resume_routes import UploadResource
from services.gateway.review_resources import MatchEdit, ReviewResource, ScriptEdit, StyleEdit
from services.gateway.session_routes import SessionResource, SignIn
from services.gateway.sessions import COOKIE
from services.gateway.voice_routes import VoiceList
from services.gateway.webhook_resources import (
    DeliveryResource,
    WebhookAsked,
    WebhookChange,
    WebhookList,
    WebhookResource,
    WebhookWithSecret,
)

_REF = "#/components/schemas/{model}"
_MODELS: tuple[Any, ...] = (
    AnyBrief,
    ScriptBrief,
    FootageBrief,
    ProductBrief,
    JobResource,
    VideoResource,
    AssetResource,
    AnalysisResource,
    Page[JobResource],
    Page[AssetResource],
    Page[ProjectResource],
    VideoCard,
    Page[VideoCard],
    Naming,
    Several,
    Done,
    ReplaySome,
    LetterDetail,
    Page[LetterResource],
    Replayed,
    PipelineHealth,
    Timeline,
    MatchReport,
    Notes,
    ReviewResource,
    ScriptEdit,
    StyleEdit,
    MatchEdit,
    UploadDetails,
    SubtitlesResource,
    SubtitlePreview,
    Fetch,
    FeedAsked,
    FeedChange,
    FeedResource,
    Page[FeedResource],
    ImportAsked,
    ImportResource,
    Page[ImportResource],
    Page[RowProblem],
    Page[ProductResource],
    WebhookAsked,
    WebhookChange,
    WebhookList,
    WebhookResource,
    WebhookWithSecret,
    Page[DeliveryResource],
    ProblemDetails,
    ProfileResource,
    CallerResource,
    KeyResource,
    MadeKey,
    NewProfile,
    OwnChange,
    ProfileChange,
    NewKey,
    Page[ProfileResource],
    Page[KeyResource],
    OptionsResource,
    SessionResource,
    SignIn,
    VoiceList,
    UploadResource,
    Page[UploadResource],
    BatchAsked,
    PreviewAsked,
    BatchResource,
    BatchPreview,
    Page[BatchResource],
    Page[RowResource],
)
_MEANING = {
    "400": "The request is malformed; `errors` has the path of each fault",
    "401": "No key was shown, or one that is not taken",
    "403": "An admin's key is needed; or, without a key, the request comes from a web page of elsewhere",
    "404": "There is no such thing, or it is not yours",
    "409": "Not in this state",
    "410": "It is gone",
    "412": "It was changed since it was read; or tus is spoken in another version",
    "413": "Larger than allowed",
    "415": "The content is not of a kind that is taken here",
    "416": "The range lies outside of the file",
    "423": "Another request is at work on it",
    "429": "Too many requests a minute, or too many at the same time; try again after Retry-After seconds",
    "422": "Understood, but can't be carried out",
    "503": "A server is away; try again after Retry-After seconds",
    "507": "The storage is full",
}
_REFUSALS: dict[str, tuple[str, ...]] = {
    "post /v1/assets": ("400", "413", "415", "422", "507"),
    "post /v1/jobs": ("400", "409", "413", "422"),
    "post /v1/jobs/{job}/retry": ("404", "409"),
    "post /v1/subtitles": ("413", "422"),
    "post /v1/subtitles/preview": ("400", "404", "413", "422", "429", "507"),
    "post /v1/assets/fetch": ("400", "413", "415", "422", "429", "507"),
    "post /v1/feeds": ("400", "413", "422"),
    "patch /v1/feeds/{feed}": ("400", "409", "413", "422"),
    "delete /v1/feeds/{feed}": ("409",),
    "post /v1/feeds/{feed}/imports": ("400", "409", "413", "422"),
    "get /v1/feeds/{feed}/picture": ("413", "415", "422", "429", "507"),
    "post /v1/batches": ("400", "413", "422"),
    "post /v1/batches/preview": ("400", "413", "422"),
    **{f"post /v1/batches/{{batch}}/{what}": ("409",) for what in ("pause", "resume", "cancel", "retry")},
    "post /v1/webhooks": ("400", "413", "422"),
    "patch /v1/webhooks/{webhook}": ("400", "409", "413", "422"),
    "delete /v1/webhooks/{webhook}": ("409",),
    "post /v1/webhooks/{webhook}/rotate": ("409",),
    "post /v1/webhooks/{webhook}/test": ("409", "429"),
    "post /v1/webhooks/{webhook}/deliveries/{delivery}/redeliver": ("409",),
    "post /v1/jobs/{job}/cancel": ("404", "409"),
    "post /v1/dead-letters/replay": ("400", "413", "422"),
    "post /v1/dead-letters/{letter}/replay": ("404", "409"),
    "put /v1/assets/{asset}/notes": ("400", "412", "413", "422"),
    "patch /v1/videos/{video}": ("400", "409", "413", "422"),
    "delete /v1/videos/{video}": ("409",),
    "post /v1/videos/{video}/restore": ("409",),
    "post /v1/videos/delete": ("400", "413", "422"),
    "post /v1/videos/restore": ("400", "413", "422"),
    "post /v1/videos/{video}/approve": ("409", "412", "422"),
    "patch /v1/videos/{video}/script": ("400", "409", "412", "413", "422"),
    "patch /v1/videos/{video}/style": ("400", "409", "412", "413", "422"),
    "patch /v1/videos/{video}/matches/{phrase}": ("400", "409", "412", "413", "422"),
    "get /v1/videos/{video}/files/{preset}": ("416",),
    "get /v1/videos/{video}/thumbnail": ("416",),
    "get /v1/assets/{asset}/thumbnail": ("416",),
    "get /v1/assets/{asset}/analysis": ("409",),
    "get /v1/assets/{asset}/media/{part}": ("409", "416"),
    "head /v1/assets/{asset}/media/{part}": ("409",),
    "get /v1/assets/{asset}/file": ("416",),
    "get /v1/videos/{video}/voice.wav": ("416",),
    "patch /v1/profile": ("400", "409", "422"),
    "post /v1/profile/key/revoke": ("409",),
    "get /v1/voices/{voice}/sample.mp3": ("416", "422", "429", "507"),
    "post /v1/uploads": ("400", "412", "413", "415", "422", "507"),
    "head /v1/uploads/{upload}": ("410", "412"),
    "patch /v1/uploads/{upload}": ("400", "409", "410", "412", "413", "415", "422", "423", "507"),
    "delete /v1/uploads/{upload}": ("412", "423"),
    "post /v1/session": ("400", "401", "403", "413", "422"),
    "delete /v1/session": ("403",),
    "post /v1/profiles": ("400", "409", "413", "422"),
    "patch /v1/profiles/{profile}": ("400", "409", "413", "422"),
    "post /v1/profiles/{profile}/keys": ("400", "409", "413", "422"),
}
# Routes that ask nobody who they are; those of health are not counted either.
_SESSION = {f"{method} /v1/session" for method in ("get", "post", "delete")}
OPEN = frozenset({"get /v1/asyncapi.json", "get /health/live", "get /health/ready", *_SESSION})
_UNLIMITED = frozenset({"get /health/live", "get /health/ready"})
_KEYS: dict[str, Any] = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "An API key: `Authorization: Bearer ef_...`"},
    "header": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "The same key by another header"},
    "session": {"type": "apiKey", "in": "cookie", "name": COOKIE, "description": "What POST /v1/session sets"},
}
_ANY_KEY: list[dict[str, list[str]]] = [{"bearer": []}, {"header": []}, {"session": []}]
_LIMITS: dict[str, Any] = {
    "RateLimit-Policy": {"description": 'Requests a minute, such as `"reads";q=600;w=60`'},
    "RateLimit": {"description": 'What is left of them and for how many seconds: `"reads";r=599;t=60`'},
}
_LATER = {"description": "Seconds to wait", "required": True, "schema": {"type": "integer", "minimum": 1}}
_NAMED = {
    "description": "The request by its number, as `request_id` has it and the log",
    "required": True,
    "schema": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
}
_CHALLENGE = {"required": True, "schema": {"type": "string", "pattern": "^Bearer "}}
_BINARY: dict[str, Any] = {"type": "string", "format": "binary"}
# Of a stream it is one event that is described, as is the custom where 3.1 has no word for it.
_SENT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "event": {"type": "string", "description": "What happened, such as video.rendered, progress or job.completed"},
        "id": {"type": "string", "description": "Its place; as Last-Event-ID it asks for what follows"},
        "data": {"type": "string", "contentMediaType": "application/json"},
        "retry": {"type": "integer"},
    },
}
_PICTURES = {"image/jpeg": _BINARY, "image/png": _BINARY, "video/mp4": _BINARY}
_BODIES: dict[str, dict[str, Any]] = {
    "get /v1/videos/{video}/timeline": {"application/json": {"$ref": _REF.format(model="Timeline")}},
    "get /v1/videos/{video}/match-report": {"application/json": {"$ref": _REF.format(model="MatchReport")}},
    "get /v1/videos/{video}/files/{preset}": {"video/mp4": _BINARY},
    "head /v1/videos/{video}/files/{preset}": {"video/mp4": _BINARY},
    "get /v1/videos/{video}/thumbnail": {"image/jpeg": _BINARY},
    "get /v1/assets/{asset}/thumbnail": {"image/jpeg": _BINARY},
    "get /v1/assets/{asset}/media/{part}": _PICTURES,
    "head /v1/assets/{asset}/media/{part}": _PICTURES,
    "get /v1/assets/{asset}/file": dict.fromkeys(SUFFIXES, _BINARY),
    "get /v1/videos/{video}/voice.wav": {"audio/wav": _BINARY},
    "get /v1/feeds/{feed}/picture": {"image/jpeg": _BINARY},
    "post /v1/subtitles/preview": {"image/jpeg": _BINARY},
    "get /v1/voices/{voice}/sample.mp3": {"audio/mpeg": _BINARY},
    "get /v1/jobs/{job}/events": {"text/event-stream": _SENT},
    "get /v1/events": {"text/event-stream": _SENT},
}
_BODIES |= {f"get /v1/videos/{{video}}/{name}": {kind: schema} for name, (kind, schema) in EXPORTED.items()}
_PART = {"206": "A part of the file", "304": "Not changed"}
_MORE_ANSWERS = {
    "get /v1/videos/{video}/files/{preset}": _PART,
    "head /v1/videos/{video}/files/{preset}": {"304": "Not changed"},
    "get /v1/videos/{video}/thumbnail": _PART,
    "get /v1/assets/{asset}/thumbnail": _PART,
    "get /v1/assets/{asset}/media/{part}": _PART,
    "head /v1/assets/{asset}/media/{part}": {"304": "Not changed"},
    "get /v1/assets/{asset}/file": _PART,
    "get /v1/videos/{video}/voice.wav": _PART,
    "get /v1/voices/{voice}/sample.mp3": _PART,
    "post /v1/assets": {"200": "The same bytes were there before"},
    "post /v1/assets/fetch": {"200": "The same bytes were there before"},
}
_BARE = frozenset({"post /v1/uploads", "head /v1/uploads/{upload}"})  # all they say stands in headers
_FILES = frozenset(route for route in _MORE_ANSWERS if "304" in _MORE_ANSWERS[route])
_ASKING: list[dict[str, Any]] = [
    {"name": name, "in": "header", "required": False, "description": what, "schema": {"type": "string"}}
    for name, what in {
        "Range": "The part that is wanted, such as bytes=0-99",
        "If-Range": "The ETag of the file that the range is of; of another one the whole is sent",
        "If-None-Match": "ETags of what is there already",
    }.items()
]


def described(outline: dict[str, Any], *, asks: bool = True) -> dict[str, Any]:
    """The framework's document made true: schemas by pydantic, media types as sent, every refusal named.

    ``asks``: whether a key is needed, or only taken.
    """
    _, schemas = models_json_schema([(model, "validation") for model in _MODELS], ref_template=_REF)
    components = {name.replace("[", "_").replace("]", "_"): schema for name, schema in schemas["$defs"].items()}
    chosen = {name: schema for name, schema in outline["components"]["schemas"].items() if "enum" in schema}
    components = chosen | components  # parameters refer to enums that no model holds
    outline["components"] = {"schemas": dict(sorted(components.items())), "securitySchemes": _KEYS}
    outline["security"] = _ANY_KEY if asks else [*_ANY_KEY, {}]
    for route, operation in _operations(outline):
        answers = {status: answer for status, answer in operation["responses"].items() if status < "400"}
        if route in _FILES:
            operation["parameters"] += _ASKING
        if route in _BODIES:
            answers["200"]["content"] = {kind: {"schema": schema} for kind, schema in _BODIES[route].items()}
        for status, answer in answers.items():
            if status == "204" or route in _BARE:
                answer.pop("content", None)
        for status, meaning in _MORE_ANSWERS.get(route, {}).items():
            answers[status] = {"description": meaning}
            if status != "304":
                answers[status]["content"] = next(iter(answers.values()))["content"]
        for status in _refusals(route, operation):
            answers[status] = _refusal(status)
        if route in OPEN:
            operation["security"] = []
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
    if route not in OPEN:
        found |= {"401", "403"}
    if route not in _UNLIMITED:
        found.add("429")
    if not route.endswith(("/health/live", "/asyncapi.json")):
        found.add("503")
    return sorted(found)


def _refusal(status: str) -> dict[str, Any]:
    schema = {"$ref": _REF.format(model="ProblemDetails")}
    answer: dict[str, Any] = {"description": _MEANING[status], "content": {MEDIA_TYPE: {"schema": schema}}}
    headers = _LIMITS if status == "429" else {}
    answer["headers"] = {name: {**header, "schema": {"type": "string"}} for name, header in headers.items()}
    answer["headers"]["X-Request-Id"] = _NAMED
    if status in {"429", "503", "507"}:
        answer["headers"]["Retry-After"] = _LATER
    if status == "401":
        answer["headers"]["WWW-Authenticate"] = _CHALLENGE
    return answer
