"""Facts about product feeds: what their owners say of them, and what each import came to."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid5

from contracts.events.base import NOBODY, Event
from contracts.faults import FaultReport
from contracts.feeds import Columns, Counts
from contracts.media import Asset, BlobRef


def import_id(feed: UUID, number: int) -> UUID:
    """The id of a feed's import; ``number`` counts from 1. Of two that are asked for at once the log lets in one."""
    return uuid5(feed, f"import:{number}")


class FeedEvent(Event):
    """A fact about one feed."""

    feed: UUID


class FeedFiledV1(FeedEvent):
    """What the owner of a feed says of it, whole; the highest ``revision`` (1, 2, ...) is their last word.

    ``url`` None: its tables are uploaded. ``language`` is that of its texts, where it is known.
    """

    TYPE: ClassVar[str] = "feed.filed"

    revision: int
    name: str
    url: str | None = None
    columns: Columns
    language: str | None = None
    created_at: datetime
    deleted_at: datetime | None = None
    idempotency_key: str | None = None
    fingerprint: str = ""

    @property
    def about(self) -> tuple[str, str, str]:
        return str(self.feed), NOBODY, f"f{self.revision}"


class FeedImportEvent(FeedEvent):
    """A fact about one import of a feed."""

    import_id: UUID
    number: int


class FeedImportRequestedV1(FeedImportEvent):
    """A feed is to be read: at its address, or from an upload. ``columns`` as they were then."""

    TYPE: ClassVar[str] = "feed.import_requested"

    url: str | None = None
    table: Asset | None = None
    columns: Columns
    idempotency_key: str | None = None
    fingerprint: str = ""

    @property
    def about(self) -> tuple[str, str, str]:
        return str(self.feed), str(self.import_id), "0"


class FeedImportedV1(FeedImportEvent):
    """A feed was read whole; its products are those of this import. ``source`` is what was read."""

    TYPE: ClassVar[str] = "feed.imported"

    source: BlobRef
    counts: Counts

    @property
    def about(self) -> tuple[str, str, str]:
        return str(self.feed), str(self.import_id), "1"


class FeedImportFailedV1(FeedImportEvent):
    """A feed could not be read, or not whole: its products are those of the import before."""

    TYPE: ClassVar[str] = "feed.import_failed"

    fault: FaultReport

    @property
    def about(self) -> tuple[str, str, str]:
        return str(self.feed), str(self.import_id), "1"
