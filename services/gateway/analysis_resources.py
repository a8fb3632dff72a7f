"""What the API shows of an analysis. Pure."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from contracts.footage import Analysis, Focus, Segment, Stretch
from contracts.media import BlobRef
from contracts.values import Value

MediaPart = Literal["filmstrip", "waveform", "proxy"]  # the pictures and the small copy that are made of an upload


class AnalysisResource(Value):
    """What was found in an upload. Times are seconds from its first picture, places shares of the picture as displayed.

    ``filmstrip_url``: an image of ``filmstrip_frames`` pictures side by side, evenly spread; ``proxy_url``: a small MP4
    that any browser plays and seeks in. ``phash``, ``faces`` and ``focus`` are an image's.
    """

    asset: UUID
    duration_s: float
    scenes: tuple[Stretch, ...]
    segments: tuple[Segment, ...]
    speech: tuple[Stretch, ...]
    keyframes_s: tuple[float, ...]
    filmstrip_url: str | None
    filmstrip_frames: int
    waveform_url: str | None
    proxy_url: str | None
    phash: str | None
    faces: int
    focus: tuple[Focus, ...]


def analysis_resource(asset: UUID, found: Analysis) -> AnalysisResource:
    return AnalysisResource(
        asset=asset,
        duration_s=found.duration_s,
        scenes=found.scenes,
        segments=found.segments,
        speech=found.speech,
        keyframes_s=found.keyframes_s,
        filmstrip_url=media_url(asset, "filmstrip", found.filmstrip),
        filmstrip_frames=found.filmstrip_frames,
        waveform_url=media_url(asset, "waveform", found.waveform),
        proxy_url=media_url(asset, "proxy", found.proxy),
        phash=found.phash,
        faces=found.faces,
        focus=found.focus,
    )


def media_url(asset: UUID, part: MediaPart, ref: BlobRef | None) -> str | None:
    return f"/v1/assets/{asset}/media/{part}?v={ref.sha256}" if ref else None
