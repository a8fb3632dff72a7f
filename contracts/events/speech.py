"""Facts of the tts station."""

from __future__ import annotations

from typing import ClassVar

from contracts.events.base import ReviewableEvent, StepCancelled, StepFailed
from contracts.events.job import Order
from contracts.progress import StepName
from contracts.speech import Narration, Speech


class SpeechReadyV1(ReviewableEvent):
    """The voice-over of one variant is there, with the time of each word."""

    TYPE: ClassVar[str] = "speech.ready"
    STEP: ClassVar[StepName] = StepName.TTS

    order: Order
    narration: Narration
    speech: Speech


class SpeechFailedV1(StepFailed):
    """The voice-over can't be made."""

    TYPE: ClassVar[str] = "speech.failed"
    STEP: ClassVar[StepName] = StepName.TTS


class SpeechCancelledV1(StepCancelled):
    """The job was cancelled at the tts station."""

    TYPE: ClassVar[str] = "speech.cancelled"
    STEP: ClassVar[StepName] = StepName.TTS
