"""References to media and what is known of them. Messages carry these, never the bytes."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from pydantic import Field

from contracts.values import Value


class BlobRef(Value):
    """Bytes in the blob store, named by their own hash.

    ``size`` is in bytes; ``media_type`` is an IANA media type.
    """

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    size: int = Field(ge=0)
    media_type: str


class AssetKind(StrEnum):
    """What an upload is for. The kind decides which contents are accepted."""

    FOOTAGE = "footage"
    MUSIC = "music"
    IMAGE = "image"
    TABLE = "table"


class MediaFacts(Value):
    """What a probe saw in a file. Times in seconds on the file's own clock, sizes in pixels as displayed.

    An image lasts no time: its duration and frame rate are 0, and it has no video codec.
    """

    container: str
    demuxer: str
    duration_s: float = Field(ge=0)
    start_s: float = 0.0
    width: int = 0
    height: int = 0
    fps: float = 0.0
    rotation: int = 0
    video_codec: str | None = None
    audio_codec: str | None = None
    audio_channels: int = 0
    audio_rate_hz: int = 0

    @property
    def still(self) -> bool:
        """Whether it is an image."""
        return self.video_codec is None and self.duration_s == self.fps == 0 and self.width > 0


class Asset(Value):
    """An upload that was accepted: whose it is, its bytes, and what a probe saw in them."""

    id: UUID
    owner: str
    kind: AssetKind
    name: str
    blob: BlobRef
    facts: MediaFacts
