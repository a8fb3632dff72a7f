"""Facts of the render and storage stations."""

from __future__ import annotations

from typing import ClassVar

from contracts.events.base import StepCancelled, StepFailed, VideoEvent
from contracts.media import BlobRef
from contracts.outputs import PresetName
from contracts.progress import StepName
from contracts.values import Value


class VideoFile(Value):
    """One finished file. Loudness is measured on the encoded file: LUFS integrated, dBTP true peak."""

    preset: PresetName
    blob: BlobRef
    width: int
    height: int
    frames: int
    duration_s: float
    integrated_lufs: float
    true_peak_dbtp: float


class VideoRenderedV1(VideoEvent):
    """All presets of one variant are encoded and verified."""

    TYPE: ClassVar[str] = "video.rendered"
    STEP: ClassVar[StepName] = StepName.RENDER

    title: str
    files: tuple[VideoFile, ...]


class VideoStoredV1(VideoEvent):
    """One variant is kept for good and can be downloaded: it is done."""

    TYPE: ClassVar[str] = "video.stored"
    STEP: ClassVar[StepName] = StepName.STORAGE

    title: str
    files: tuple[VideoFile, ...]
    thumbnail: BlobRef


class VideoFailedV1(StepFailed):
    """The files can't be made or kept. ``failed_step`` tells at which of the two stations."""

    TYPE: ClassVar[str] = "video.failed"
    STEP: ClassVar[StepName] = StepName.RENDER

    failed_step: StepName

    @property
    def step(self) -> StepName:
        return self.failed_step


class VideoCancelledV1(StepCancelled):
    """The job was cancelled at the render or storage station."""

    TYPE: ClassVar[str] = "video.cancelled"
    STEP: ClassVar[StepName] = StepName.RENDER

    cancelled_step: StepName

    @property
    def step(self) -> StepName:
        return self.cancelled_step
