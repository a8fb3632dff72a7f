"""Facts about jobs: asked for, asked to stop, forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from contracts.brief import Brief
from contracts.events.base import JobEvent
from contracts.media import Asset
from contracts.outputs import Output
from contracts.values import Value


class Order(Value):
    """A brief with everything it names resolved, so that no station has to ask another one anything."""

    brief: Brief
    clips: tuple[Asset, ...]
    music: Asset | None = None
    outputs: tuple[Output, ...]


class JobRequestedV1(JobEvent):
    """A user asked for videos and was told yes. ``fingerprint`` is the SHA-256 of the request's canonical body."""

    TYPE: ClassVar[str] = "job.requested"

    order: Order
    fingerprint: str
    idempotency_key: str | None = None


class JobCancelRequestedV1(JobEvent):
    """A user asked to stop a job. From here on no result of it counts."""

    TYPE: ClassVar[str] = "job.cancel_requested"


class JobExpiredV1(JobEvent):
    """A job that failed or was cancelled long ago is forgotten. What the log has of it before this fact is removed."""

    TYPE: ClassVar[str] = "job.expired"

    ended_at: datetime
