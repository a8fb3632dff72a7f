"""Facts of the footage station."""

from __future__ import annotations

from typing import ClassVar

from contracts.events.base import ReviewableEvent, StepCancelled, StepFailed
from contracts.outputs import Output
from contracts.progress import StepName
from contracts.timeline import MatchReport, Timeline


class TimelineReadyV1(ReviewableEvent):
    """The edit of one variant is planned; ``outputs`` are the files to make of it."""

    TYPE: ClassVar[str] = "timeline.ready"
    STEP: ClassVar[StepName] = StepName.FOOTAGE

    title: str
    timeline: Timeline
    match_report: MatchReport
    outputs: tuple[Output, ...]


class TimelineFailedV1(StepFailed):
    """The edit can't be planned."""

    TYPE: ClassVar[str] = "timeline.failed"
    STEP: ClassVar[StepName] = StepName.FOOTAGE


class TimelineCancelledV1(StepCancelled):
    """The job was cancelled at the footage station."""

    TYPE: ClassVar[str] = "timeline.cancelled"
    STEP: ClassVar[StepName] = StepName.FOOTAGE
