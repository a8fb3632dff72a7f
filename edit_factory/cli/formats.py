"""What ``edit-factory export`` writes."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """What a video's edit can be written as."""

    SRT = "srt"
    VTT = "vtt"
    ASS = "ass"
    OTIO = "otio"
