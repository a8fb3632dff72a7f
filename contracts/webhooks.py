"""Webhooks: who wants to be told of what, and the words they are told it in (Standard Webhooks)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from contracts.brief import Gate
from contracts.events import BatchEndedV1
from contracts.faults import FaultReport
from contracts.outputs import PresetName, Quality
from contracts.story import FINAL, JobView, State, VideoView
from contracts.values import Value

# Endpoints lie in the register under this kind, by their id.
KIND = "webhook"


class WebhookType(StrEnum):
    """What an endpoint can be told of."""

    JOB_COMPLETED = "job.completed"  # every file asked for is there
    JOB_FAILED = "job.failed"  # something asked for will not come; the rest may be there
    JOB_CANCELLED = "job.cancelled"  # the user stopped it
    VIDEO_STORED = "video.stored"  # one variant can be downloaded
    VIDEO_WAITING = "video.waiting_for_review"  # one variant goes on when it is approved
    VIDEO_FAILED = "video.failed"  # one variant can't be made
    BATCH_COMPLETED = "batch.completed"  # nothing is left to do for a batch; rows of it may have failed


TEST = "webhook.test"  # sent when asked for, whatever an endpoint is told of


class KeptSecret(Value):
    """A signing secret, sealed. An old one is good ``until`` a time; the present one has none."""

    sealed: str
    until: datetime | None = None


class Endpoint(Value):
    """A place of one owner that is told of some types of events. The first secret is the present one.

    ``disabled_reason`` says why the system disabled it by itself; ``enabled_at`` is when it was last switched on.
    """

    id: UUID
    owner: str
    url: str
    types: tuple[str, ...]
    description: str = ""
    enabled: bool = True
    disabled_reason: str = ""
    created_at: datetime
    enabled_at: datetime
    secrets: tuple[KeptSecret, ...]


class FileTold(Value):
    """A finished file and where to download it, below the API's own address."""

    preset: PresetName
    url: str
    size: int
    sha256: str
    width: int
    height: int
    duration_s: float


class VideoTold(Value):
    """One variant. ``run`` grows with each edit and retry; ``review`` is what it waits for."""

    id: UUID
    number: int
    run: int = 1
    state: State
    review: Gate | None = None
    url: str
    files: tuple[FileTold, ...] = ()
    fault: FaultReport | None = None


class JobTold(Value):
    """The data of ``job.*``."""

    id: UUID
    title: str
    quality: Quality
    state: State
    url: str
    created_at: datetime | None
    finished_at: datetime | None
    videos: tuple[VideoTold, ...]
    fault: FaultReport | None = None


class VideoOfJobTold(VideoTold):
    """The data of ``video.*``: the variant, and whose it is."""

    job: UUID
    title: str


class BatchTold(Value):
    """The data of ``batch.completed``: how many rows came to which end. ``revision`` grows with each end: a retry opens
    a batch again.
    """

    id: UUID
    title: str
    revision: int
    url: str
    done: int
    failed: int
    refused: int
    cancelled: int
    fault: FaultReport | None = None


class PingTold(Value):
    """The data of ``webhook.test``."""

    webhook: UUID
    message: str = "This endpoint can be reached."


class Message(Value):
    """The body of a webhook: what happened, when, and what there is to know of it."""

    type: str
    timestamp: datetime
    data: JobTold | VideoOfJobTold | BatchTold | PingTold


_OF_VIDEO = {
    State.COMPLETED: WebhookType.VIDEO_STORED,
    State.WAITING: WebhookType.VIDEO_WAITING,
    State.FAILED: WebhookType.VIDEO_FAILED,
}
_OF_JOB = {
    State.COMPLETED: WebhookType.JOB_COMPLETED,
    State.FAILED: WebhookType.JOB_FAILED,
    State.CANCELLED: WebhookType.JOB_CANCELLED,
}


def told(before: JobView, after: JobView, at: datetime) -> Iterator[Message]:
    """What one fact changed about a job that somebody may want to be told of."""
    known = {video.id: (video.state, video.run) for video in before.videos}
    for video in after.videos:
        if video.state in _OF_VIDEO and known.get(video.id) != (video.state, video.run):
            of_job = VideoOfJobTold(**dict(_video(video)), job=after.id, title=after.title)
            yield Message(type=_OF_VIDEO[video.state], timestamp=at, data=of_job)
    if after.state in FINAL and before.state not in FINAL:
        yield Message(type=_OF_JOB[after.state], timestamp=at, data=_job(after))


def told_of_batch(event: BatchEndedV1) -> Message:
    told = BatchTold(
        id=event.batch,
        url=f"/v1/batches/{event.batch}",
        **event.model_dump(include={"title", "revision", "done", "failed", "refused", "cancelled"}),
        fault=event.fault,
    )
    return Message(type=WebhookType.BATCH_COMPLETED, timestamp=event.at, data=told)


def _job(seen: JobView) -> JobTold:
    return JobTold(
        id=seen.id,
        title=seen.title,
        quality=seen.quality,
        state=seen.state,
        url=f"/v1/jobs/{seen.id}",
        created_at=seen.created_at,
        finished_at=seen.finished_at,
        videos=tuple(_video(video) for video in seen.videos),
        fault=seen.fault,
    )


def _video(seen: VideoView) -> VideoTold:
    files = tuple(
        FileTold(
            preset=file.preset,
            url=f"/v1/videos/{seen.id}/files/{file.preset.value}?v={file.blob.sha256}",
            size=file.blob.size,
            sha256=file.blob.sha256,
            width=file.width,
            height=file.height,
            duration_s=file.duration_s,
        )
        for file in seen.files
    )
    return VideoTold(
        id=seen.id,
        number=seen.number,
        run=seen.run,
        state=seen.state,
        review=seen.review,
        url=f"/v1/videos/{seen.id}",
        files=files,
        fault=seen.fault,
    )
