"""Facts about batches, each of them many jobs from one template and many rows."""

from __future__ import annotations

from typing import Any, ClassVar, Literal
from uuid import UUID

from contracts.events.base import NOBODY, Event
from contracts.faults import FaultReport
from contracts.media import Asset, BlobRef
from contracts.values import Value

Steering = Literal["paused", "resumed", "cancelled", "retried"]


class RowsWanted(Value):
    """Where a batch's rows come from: products of a ``feed``, a ``table`` that was uploaded, or rows that came with the
    request (``given``: JSON lines). Of a feed ``changed`` are products that no earlier video shows as they are now.
    """

    feed: UUID | None = None
    which: Literal["changed", "all", "ids"] = "all"
    ids: tuple[str, ...] = ()
    table: Asset | None = None
    given: BlobRef | None = None


class BatchEvent(Event):
    """A fact about one batch."""

    batch: UUID


class BatchRequestedV1(BatchEvent):
    """A user asked for a video of each row, and was told yes. ``template`` is a brief as JSON whose texts have merge
    fields; ``overrides`` a JSON object with a merge patch (RFC 7396) by the key of a row. ``fingerprint`` is the
    SHA-256 of the request's canonical body.
    """

    TYPE: ClassVar[str] = "batch.requested"

    title: str
    template: dict[str, Any]
    rows: RowsWanted
    overrides: BlobRef | None = None
    rows_expected: int | None = None
    fingerprint: str
    idempotency_key: str | None = None

    @property
    def about(self) -> tuple[str, str, str]:
        return str(self.batch), NOBODY, "0"


class BatchSteeredV1(BatchEvent):
    """What its user wants of a batch from now on; the ``revision`` counts 1, 2, ..."""

    TYPE: ClassVar[str] = "batch.steered"

    revision: int
    what: Steering

    @property
    def about(self) -> tuple[str, str, str]:
        return str(self.batch), NOBODY, str(self.revision)


class BatchEndedV1(BatchEvent):
    """Nothing is left to do for a batch, with so many of its rows in each state. A retry opens it again, so that it may
    end more than once: ``revision`` counts 1, 2, ... A ``fault`` tells why no row could be read.
    """

    TYPE: ClassVar[str] = "batch.ended"

    title: str = ""
    revision: int
    done: int
    failed: int
    refused: int
    cancelled: int
    fault: FaultReport | None = None

    @property
    def about(self) -> tuple[str, str, str]:
        return str(self.batch), NOBODY, f"e{self.revision}"
