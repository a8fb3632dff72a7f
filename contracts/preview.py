"""What is asked of a preview of subtitles: one moment of a video that is not made yet."""

from __future__ import annotations

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from contracts.brief import NO_NUL, SubtitleStyle
from contracts.outputs import PresetName
from contracts.values import Asked

PREVIEW_MAX_CHARS = 300


class SubtitlePreview(Asked):
    """Some words, how they look, and where: over a clip or an image of the user's, or over an empty scene."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=PREVIEW_MAX_CHARS, pattern=NO_NUL)]
    style: SubtitleStyle = SubtitleStyle()
    preset: PresetName = Field(default=PresetName.TIKTOK, description="Where the video is going to be posted")
    asset: UUID | None = Field(default=None, description="A clip or an image to show behind the words")
    at: float = Field(default=0.5, ge=0, le=1, description="How much of the words has been spoken")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.text.strip():
            raise ValueError("the text has no word")
        return self
