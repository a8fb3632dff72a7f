"""Facts about uploads."""

from __future__ import annotations

from typing import ClassVar

from contracts.events.base import NOBODY, Event
from contracts.faults import FaultReport
from contracts.footage import Notes
from contracts.media import Asset, BlobRef


class AssetEvent(Event):
    """A fact about one upload."""

    asset: Asset

    @property
    def about(self) -> tuple[str, str, str]:
        return str(self.asset.id), NOBODY, "0"


class AssetUploadedV1(AssetEvent):
    """A file was received whole, probed and kept."""

    TYPE: ClassVar[str] = "asset.uploaded"


class AssetAnalysedV1(AssetEvent):
    """What the footage station found in an upload: where it is usable (seconds), and a picture of it.

    ``analysis`` is the whole of it: a ``contracts.footage.Analysis`` as JSON. What that refers to stands here too.
    """

    TYPE: ClassVar[str] = "asset.analysed"

    usable_start_s: float
    usable_end_s: float
    thumbnail: BlobRef | None = None
    analysis: BlobRef | None = None
    filmstrip: BlobRef | None = None
    waveform: BlobRef | None = None
    proxy: BlobRef | None = None


class AssetRejectedV1(AssetEvent):
    """An upload turned out to be unusable."""

    TYPE: ClassVar[str] = "asset.rejected"

    fault: FaultReport


class AssetDescribedV1(AssetEvent):
    """What the owner of an upload says of it, whole; the highest ``revision`` (1, 2, ...) is their last word."""

    TYPE: ClassVar[str] = "asset.described"

    revision: int
    notes: Notes

    @property
    def about(self) -> tuple[str, str, str]:
        return str(self.asset.id), NOBODY, str(self.revision)
