"""Facts of the script station."""

from __future__ import annotations

from typing import ClassVar

from contracts.events.base import ReviewableEvent, StepCancelled, StepFailed
from contracts.events.job import Order
from contracts.progress import StepName
from contracts.speech import Narration


class ScriptReadyV1(ReviewableEvent):
    """The words of one variant are there, cleaned and split into phrases."""

    TYPE: ClassVar[str] = "script.ready"
    STEP: ClassVar[StepName] = StepName.SCRIPT

    order: Order
    narration: Narration


class ScriptFailedV1(StepFailed):
    """The script can't be made."""

    TYPE: ClassVar[str] = "script.failed"
    STEP: ClassVar[StepName] = StepName.SCRIPT


class ScriptCancelledV1(StepCancelled):
    """The job was cancelled at the script station."""

    TYPE: ClassVar[str] = "script.cancelled"
    STEP: ClassVar[StepName] = StepName.SCRIPT
