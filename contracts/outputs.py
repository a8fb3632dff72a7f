"""Platform presets and the encoder settings that follow from them. Pixels, frames a second, x264 CRF."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from contracts.values import Value

Quality = Literal["final", "draft"]
Speed = Literal["ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow"]

FPS = 30
KEYFRAME_EVERY_S = 2


class PresetName(StrEnum):
    """Where a video is going to be posted."""

    TIKTOK = "tiktok"
    REELS = "reels"
    SHORTS = "shorts"
    SQUARE = "square"
    LANDSCAPE = "landscape"
    GENERIC = "generic"


class SafeZone(Value):
    """Margins, as shares of the picture, that the platform's own buttons and captions cover."""

    top: float = 0.05
    bottom: float = 0.05
    left: float = 0.05
    right: float = 0.05


class Output(Value):
    """One file to encode: its size and how. ``crf`` is x264's, lower is better."""

    preset: PresetName
    width: int
    height: int
    crf: int
    speed: Speed
    safe_zone: SafeZone = SafeZone()


# Margins measured on the apps' own overlays: TikTok and Reels cover most of the bottom and the right.
_VERTICAL_BUSY = SafeZone(top=0.08, bottom=0.12, left=0.06, right=0.12)

PRESETS: dict[PresetName, Output] = {
    PresetName.TIKTOK: Output(
        preset=PresetName.TIKTOK, width=1080, height=1920, crf=20, speed="medium", safe_zone=_VERTICAL_BUSY
    ),
    PresetName.REELS: Output(
        preset=PresetName.REELS, width=1080, height=1920, crf=18, speed="slow", safe_zone=_VERTICAL_BUSY
    ),
    PresetName.SHORTS: Output(
        preset=PresetName.SHORTS, width=1080, height=1920, crf=18, speed="slow", safe_zone=_VERTICAL_BUSY
    ),
    PresetName.SQUARE: Output(preset=PresetName.SQUARE, width=1080, height=1080, crf=20, speed="medium"),
    PresetName.LANDSCAPE: Output(preset=PresetName.LANDSCAPE, width=1920, height=1080, crf=20, speed="medium"),
    PresetName.GENERIC: Output(preset=PresetName.GENERIC, width=1080, height=1920, crf=20, speed="medium"),
}


class Posting(Value):
    """Where the videos of a preset are posted: for people. ``max_s``: seconds that the strictest of the platforms
    takes; None: no limit that a video of ours could reach.
    """

    label: str
    platforms: tuple[str, ...] = ()
    max_s: float | None = None


# Lengths as the platforms' own help pages have them (2025): TikTok 10 min from other programs, Reels and Shorts 3 min.
POSTING: dict[PresetName, Posting] = {
    PresetName.TIKTOK: Posting(label="TikTok", platforms=("TikTok",), max_s=600),
    PresetName.REELS: Posting(label="Reels", platforms=("Instagram", "Facebook"), max_s=180),
    PresetName.SHORTS: Posting(label="YouTube Shorts", platforms=("YouTube",), max_s=180),
    PresetName.SQUARE: Posting(label="Square", platforms=("Instagram", "Facebook", "LinkedIn")),
    PresetName.LANDSCAPE: Posting(label="Landscape", platforms=("YouTube", "Vimeo")),
    PresetName.GENERIC: Posting(label="Vertical"),
}

_DRAFT_SCALE = 3
_DRAFT_CRF = 28


def output(
    preset: PresetName, quality: Quality = "final", crf: int | None = None, speed: Speed | None = None
) -> Output:
    """The settings of one file. A draft has a third of the width and height and the fastest encoder."""
    base = PRESETS[preset]
    if quality == "draft":
        base = base.model_copy(
            update={
                "width": base.width // _DRAFT_SCALE,
                "height": base.height // _DRAFT_SCALE,
                "crf": _DRAFT_CRF,
                "speed": "ultrafast",
            }
        )
    wished = {key: value for key, value in (("crf", crf), ("speed", speed)) if value is not None}
    return base.model_copy(update=wished)
