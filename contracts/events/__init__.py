"""All facts of the factory, by their type and version."""

from __future__ import annotations

from contracts.events.asset import AssetAnalysedV1, AssetDescribedV1, AssetEvent, AssetRejectedV1, AssetUploadedV1
from contracts.events.base import (
    NOBODY,
    Event,
    JobEvent,
    ReviewableEvent,
    Reviewed,
    StepCancelled,
    StepFailed,
    VideoEvent,
    video_id,
)
from contracts.events.batch import (
    BatchEndedV1,
    BatchEvent,
    BatchRequestedV1,
    BatchSteeredV1,
    RowsWanted,
    Steering,
)
from contracts.events.job import JobCancelRequestedV1, JobExpiredV1, JobRequestedV1, Order, RetryRequestedV1
from contracts.events.project import ProjectClaimedV1, project_id
from contracts.events.script import ScriptCancelledV1, ScriptFailedV1, ScriptReadyV1
from contracts.events.speech import SpeechCancelledV1, SpeechFailedV1, SpeechReadyV1
from contracts.events.timeline import TimelineCancelledV1, TimelineFailedV1, TimelineReadyV1
from contracts.events.video import (
    VideoCancelledV1,
    VideoFailedV1,
    VideoFile,
    VideoFiledV1,
    VideoRenderedV1,
    VideoStoredV1,
)

ALL_EVENTS: tuple[type[Event], ...] = (
    JobRequestedV1,
    JobCancelRequestedV1,
    RetryRequestedV1,
    ProjectClaimedV1,
    JobExpiredV1,
    ScriptReadyV1,
    ScriptFailedV1,
    ScriptCancelledV1,
    SpeechReadyV1,
    SpeechFailedV1,
    SpeechCancelledV1,
    TimelineReadyV1,
    TimelineFailedV1,
    TimelineCancelledV1,
    VideoRenderedV1,
    VideoStoredV1,
    VideoFailedV1,
    VideoCancelledV1,
    VideoFiledV1,
    AssetUploadedV1,
    AssetAnalysedV1,
    AssetRejectedV1,
    AssetDescribedV1,
    BatchRequestedV1,
    BatchSteeredV1,
    BatchEndedV1,
)

BY_NAME: dict[str, type[Event]] = {f"{event.TYPE}.v{event.VERSION}": event for event in ALL_EVENTS}

__all__ = [
    "ALL_EVENTS",
    "BY_NAME",
    "NOBODY",
    "AssetAnalysedV1",
    "AssetDescribedV1",
    "AssetEvent",
    "AssetRejectedV1",
    "AssetUploadedV1",
    "BatchEndedV1",
    "BatchEvent",
    "BatchRequestedV1",
    "BatchSteeredV1",
    "Event",
    "JobCancelRequestedV1",
    "JobEvent",
    "JobExpiredV1",
    "JobRequestedV1",
    "Order",
    "ProjectClaimedV1",
    "RetryRequestedV1",
    "ReviewableEvent",
    "Reviewed",
    "RowsWanted",
    "ScriptCancelledV1",
    "ScriptFailedV1",
    "ScriptReadyV1",
    "SpeechCancelledV1",
    "SpeechFailedV1",
    "SpeechReadyV1",
    "Steering",
    "StepCancelled",
    "StepFailed",
    "TimelineCancelledV1",
    "TimelineFailedV1",
    "TimelineReadyV1",
    "VideoCancelledV1",
    "VideoEvent",
    "VideoFailedV1",
    "VideoFile",
    "VideoFiledV1",
    "VideoRenderedV1",
    "VideoStoredV1",
    "project_id",
    "video_id",
]
