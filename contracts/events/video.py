"""Facts of the render and storage stations."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from contracts.events.base import JobEvent, StepCancelled, StepFailed, VideoEvent
from contracts.media import BlobRef
from contracts.outputs import PresetName
from contracts.progress import StepName
from contracts.quality import CheckVerdict, Expected, FileChecked, Finding
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
    """All presets of one variant are encoded and verified. ``expected`` is what the quality gate holds them against;
    None in facts from before there was one.
    """

    TYPE: ClassVar[str] = "video.rendered"
    STEP: ClassVar[StepName] = StepName.RENDER

    title: str
    files: tuple[VideoFile, ...]
    expected: Expected | None = None


class VideoStoredV1(VideoEvent):
    """One variant is kept for good and can be downloaded: it is done."""

    TYPE: ClassVar[str] = "video.stored"
    STEP: ClassVar[StepName] = StepName.STORAGE

    title: str
    files: tuple[VideoFile, ...]
    thumbnail: BlobRef
    expected: Expected | None = None


class VideoCheckedV1(JobEvent):
    """The quality gate's word on the files of one variant, in one run. Not an outcome of the line: the video was stored
    before, whatever is found.
    """

    TYPE: ClassVar[str] = "video.checked"

    video: UUID
    number: int
    run: int
    verdict: CheckVerdict
    findings: tuple[Finding, ...] = ()
    files: tuple[FileChecked, ...]

    @property
    def about(self) -> tuple[str, str, str]:
        # With the run's number alone it would be a rival of what the line says of that run.
        return str(self.job), str(self.video), f"q{self.run}"


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


class VideoFiledV1(JobEvent):
    """How a video stands in its owner's library, whole; the highest ``revision`` (1, 2, ...) is the last word.

    ``name`` None: that of its job. ``deleted_at``: put into the trash by its owner. ``purged_at``: it has lain there
    for too long, and its files are gone; nothing brings them back.
    """

    TYPE: ClassVar[str] = "video.filed"

    video: UUID
    number: int
    revision: int
    name: str | None = None
    deleted_at: datetime | None = None
    purged_at: datetime | None = None

    @property
    def about(self) -> tuple[str, str, str]:
        # A run's number would make it a rival of what the stations say of that run.
        return str(self.job), str(self.video), f"f{self.revision}"
