"""The story as one table: each fact, who emits it, who hears it.

What a station made and a user may review, the gateway announces once more when they have approved or changed it.
"""

from __future__ import annotations

from dataclasses import dataclass

from contracts.events import (
    ALL_EVENTS,
    AssetAnalysedV1,
    AssetDescribedV1,
    AssetRejectedV1,
    AssetUploadedV1,
    BatchEndedV1,
    BatchRequestedV1,
    BatchSteeredV1,
    Event,
    FeedFiledV1,
    FeedImportedV1,
    FeedImportFailedV1,
    FeedImportRequestedV1,
    JobCancelRequestedV1,
    JobExpiredV1,
    JobRequestedV1,
    ProjectClaimedV1,
    RetryRequestedV1,
    ScriptReadyV1,
    SpeechReadyV1,
    StepCancelled,
    StepFailed,
    TimelineReadyV1,
    VideoFiledV1,
    VideoRenderedV1,
    VideoStoredV1,
)

STATIONS = ("script", "tts", "footage", "render", "storage")


@dataclass(frozen=True, slots=True)
class Leg:
    """One fact's way: from the services that emit it to those that act on it."""

    fact: type[Event]
    emitted_by: tuple[str, ...]
    heard_by: tuple[str, ...]


_STRAIGHT = (
    Leg(JobRequestedV1, ("gateway", "catalog"), ("script", "projection")),
    Leg(JobCancelRequestedV1, ("gateway", "catalog"), (*STATIONS, "projection", "publish")),
    Leg(RetryRequestedV1, ("gateway", "reconciler", "catalog"), (*STATIONS, "projection", "publish", "catalog")),
    Leg(ProjectClaimedV1, ("gateway", "catalog"), ("projection",)),
    Leg(JobExpiredV1, ("storage",), ("projection",)),
    Leg(ScriptReadyV1, ("script", "gateway"), ("tts", "projection", "publish")),
    Leg(SpeechReadyV1, ("tts", "gateway"), ("footage", "projection", "publish")),
    Leg(TimelineReadyV1, ("footage", "gateway"), ("render", "projection", "publish")),
    Leg(VideoRenderedV1, ("render",), ("storage", "projection")),
    Leg(VideoStoredV1, ("storage",), ("projection", "publish")),
    Leg(VideoFiledV1, ("gateway", "storage"), ("projection",)),
    Leg(AssetUploadedV1, ("gateway",), ("footage", "projection")),
    Leg(AssetAnalysedV1, ("footage",), ("projection",)),
    Leg(AssetRejectedV1, ("footage", "reconciler"), ("projection",)),
    Leg(AssetDescribedV1, ("gateway",), ("projection",)),
    Leg(BatchRequestedV1, ("gateway",), ("catalog", "projection")),
    Leg(BatchSteeredV1, ("gateway",), ("catalog", "projection")),
    Leg(BatchEndedV1, ("catalog",), ("catalog", "projection", "publish")),
    Leg(FeedFiledV1, ("gateway",), ("catalog", "projection")),
    Leg(FeedImportRequestedV1, ("gateway",), ("catalog", "projection")),
    Leg(FeedImportedV1, ("catalog",), ("catalog", "projection")),
    Leg(FeedImportFailedV1, ("catalog",), ("catalog", "projection")),
)

_EMITTER_BY_NOUN = {"script": ("script",), "speech": ("tts",), "timeline": ("footage",), "video": ("render", "storage")}


def _emitters(event: type[Event]) -> tuple[str, ...]:
    """What a station can't fail any more, because it was given up or got lost, the reconciler does."""
    return (*_EMITTER_BY_NOUN[event.noun()], *(("reconciler",) if issubclass(event, StepFailed) else ()))


FLOW: tuple[Leg, ...] = _STRAIGHT + tuple(
    Leg(
        event,
        _emitters(event),
        ("projection", "publish") if issubclass(event, StepFailed) else ("projection",),
    )
    for event in ALL_EVENTS
    if issubclass(event, StepFailed | StepCancelled)
)
