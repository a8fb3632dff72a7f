"""What the API takes and shows of webhooks. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints

from contracts.brief import NO_NUL
from contracts.values import Asked, Value
from contracts.webhooks import Endpoint, WebhookType

Url = Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=NO_NUL)]
Description = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)]
Types = Annotated[tuple[WebhookType, ...], Field(min_length=1, max_length=20)]


class WebhookAsked(Asked):
    """A new endpoint: where, and of what it is to be told (of everything, if not said)."""

    url: Url
    types: Types = tuple(WebhookType)
    description: Description = ""
    enabled: bool = True


class WebhookChange(Asked):
    """What is to be different; what is not named stays."""

    url: Url | None = None
    types: Types | None = None
    description: Description | None = None
    enabled: bool | None = None


class WebhookResource(Value):
    """An endpoint. ``disabled_reason`` says why the system disabled it, if it was not its owner."""

    id: UUID
    url: str
    types: tuple[str, ...]
    description: str
    enabled: bool
    disabled_reason: str
    created_at: datetime
    deliveries_url: str


class WebhookWithSecret(WebhookResource):
    """An endpoint with its new signing secret, which is shown this once."""

    secret: str


class WebhookList(Value):
    """All endpoints, the newest first."""

    items: tuple[WebhookResource, ...]


class AttemptResource(Value):
    """One try: ``status`` is what the endpoint answered, ``fault`` why it did not. ``answer``: its first bytes."""

    number: int
    at: datetime
    took_ms: int
    status: int | None
    fault: str | None
    answer: str


class DeliveryResource(Value):
    """One message for one endpoint. ``state``: pending, delivered or failed. ``attempts``: the last ones, newest first.

    ``message_id`` is the ``webhook-id`` it is sent with, each time. ``next_attempt_at`` is null once it has ended.
    """

    id: UUID
    message_id: str
    type: str
    state: str
    created_at: datetime
    next_attempt_at: datetime | None
    attempts: tuple[AttemptResource, ...]


def webhook_resource(endpoint: Endpoint) -> WebhookResource:
    return WebhookResource(
        id=endpoint.id,
        url=endpoint.url,
        types=endpoint.types,
        description=endpoint.description,
        enabled=endpoint.enabled,
        disabled_reason=endpoint.disabled_reason,
        created_at=endpoint.created_at,
        deliveries_url=f"/v1/webhooks/{endpoint.id}/deliveries",
    )


def with_secret(endpoint: Endpoint, secret: str) -> WebhookWithSecret:
    return WebhookWithSecret(**dict(webhook_resource(endpoint)), secret=secret)


def delivery_resource(row: Mapping[str, Any], attempts: Sequence[Mapping[str, Any]]) -> DeliveryResource:
    """A row of ``deliveries`` and those of its attempts."""
    return DeliveryResource(
        id=row["id"],
        message_id=f"msg_{row['id'].hex}",
        type=row["type"],
        state=row["state"],
        created_at=row["created_at"],
        next_attempt_at=row["due_at"] if row["state"] == "pending" else None,
        attempts=tuple(AttemptResource.model_validate(dict(attempt)) for attempt in attempts),
    )
