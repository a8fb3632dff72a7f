"""How far a step is. Progress is told, not kept: the last word per video is all that counts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from contracts.values import Value


class StepName(StrEnum):
    """The stations, in the order of the line; each is a service of the same name. The last one looks at what the line
    has finished, and no video waits for it.
    """

    SCRIPT = "script"
    TTS = "tts"
    FOOTAGE = "footage"
    RENDER = "render"
    STORAGE = "storage"
    QUALITY = "quality"


STEPS: tuple[StepName, ...] = tuple(step for step in StepName if step is not StepName.QUALITY)  # of the line


class ProgressV1(Value):
    """A step of one video is this far. ``share`` is 0..1 of the step; ``eta_s`` seconds to its end, if known;
    ``began_at`` when this try at it was taken up.
    """

    job: UUID
    video: UUID
    number: int
    run: int = 1
    step: StepName
    share: float = Field(ge=0, le=1)
    eta_s: float | None = None
    note: str = ""
    began_at: datetime | None = None
    at: datetime
