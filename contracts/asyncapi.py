"""The events as an AsyncAPI 3.0 document, made from the same models that travel."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from contracts import subjects
from contracts.events import ALL_EVENTS, Event
from contracts.flow import FLOW, Leg

_PARAMETERS = {
    "lane": "fast for drafts, else a shard of the user",
    "entity": "id of the job, or of the asset",
    "video": "id of the video, or - where the fact is about the whole job or an asset",
    "run": "counts from 1; grows with each retry of a failed job",
}


def document(version: str) -> dict[str, Any]:
    """The whole document; ``version`` is the product's."""
    models: list[Any] = list(ALL_EVENTS)
    _, schemas = models_json_schema(
        [(model, "serialization") for model in models], ref_template="#/components/schemas/{model}"
    )
    legs = {leg.fact: leg for leg in FLOW}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Edit Factory events",
            "version": version,
            "description": (
                "Facts about jobs, videos and assets, in NATS JetStream. Read them from the stream EF_FEED; "
                "headers follow CloudEvents (ce-id, ce-type, ce-source, ce-time) and W3C trace context."
            ),
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {_name(event): _channel(event) for event in ALL_EVENTS},
        "operations": {
            f"announce_{_name(event)}": {
                "action": "send",
                "summary": _summary(legs[event]),
                "channel": {"$ref": f"#/channels/{_name(event)}"},
            }
            for event in ALL_EVENTS
        },
        "components": {
            "messages": {model.__name__: _message(model) for model in models},
            "schemas": dict(sorted(schemas["$defs"].items())),
        },
    }


def _name(event: type[Event]) -> str:
    return f"{event.TYPE}.v{event.VERSION}"


def _channel(event: type[Event]) -> dict[str, Any]:
    return {
        "address": f"{subjects.heard(event).removesuffix('.>')}.{{lane}}.{{entity}}.{{video}}.{{run}}",
        "description": (event.__doc__ or "").strip(),
        "parameters": {name: {"description": text} for name, text in _PARAMETERS.items()},
        "messages": {event.__name__: {"$ref": f"#/components/messages/{event.__name__}"}},
    }


def _summary(leg: Leg) -> str:
    return f"Emitted by {', '.join(leg.emitted_by)}; heard by {', '.join(leg.heard_by)}."


def _message(model: type[Any]) -> dict[str, Any]:
    return {
        "name": model.__name__,
        "summary": (model.__doc__ or "").strip().split("\n")[0],
        "contentType": "application/json",
        "payload": {"$ref": f"#/components/schemas/{model.__name__}"},
    }
