"""Facts about jobs: asked for, asked to stop, asked to go on, forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from contracts.brief import Brief
from contracts.events.base import NOBODY, JobEvent
from contracts.footage import Described
from contracts.media import Asset
from contracts.outputs import Output
from contracts.values import Value


class Order(Value):
    """A brief with everything it names resolved, so that no station has to ask another one anything.

    ``described`` holds those of the clips of which their owner said something.
    """

    brief: Brief
    clips: tuple[Asset, ...]
    music: Asset | None = None
    outputs: tuple[Output, ...]
    described: tuple[Described, ...] = ()
    logo: Asset | None = None
    intro: Asset | None = None
    outro: Asset | None = None


class JobRequestedV1(JobEvent):
    """A user asked for videos and was told yes. ``fingerprint`` is the SHA-256 of the request's canonical body.

    ``run`` is 1 in the log; a station that takes a job up again sets the run it works for. ``batch`` and ``row`` (its
    number, from 1) tell what made it, if that was no person.
    """

    TYPE: ClassVar[str] = "job.requested"

    order: Order
    fingerprint: str
    idempotency_key: str | None = None
    run: int = 1
    batch: UUID | None = None
    row: int | None = None


class JobCancelRequestedV1(JobEvent):
    """A user asked to stop a job. From here on no result of it counts."""

    TYPE: ClassVar[str] = "job.cancel_requested"


class RetryRequestedV1(JobEvent):
    """A user asked for a failed step to be tried again, or the reconciler for one that got lost; the line goes on from
    there as run ``run``.

    The station whose inbox is named takes up the fact at ``input_seq`` of the log once more. ``video`` is None where
    the step serves all videos of the job, or an upload, which then stands for ``job``.
    """

    TYPE: ClassVar[str] = "retry.requested"

    video: UUID | None
    number: int
    run: int
    inbox: str
    input_seq: int

    @property
    def about(self) -> tuple[str, str, str]:
        return str(self.job), str(self.video or NOBODY), str(self.run)


class JobExpiredV1(JobEvent):
    """A job that failed or was cancelled long ago is forgotten. What the log has of it before this fact is removed."""

    TYPE: ClassVar[str] = "job.expired"

    ended_at: datetime
