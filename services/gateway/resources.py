"""What the API shows: the resources of its answers, made from what is known. Pure."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from contracts.brief import Brief, Gate
from contracts.faults import FaultReport
from contracts.media import AssetKind, BlobRef, MediaFacts
from contracts.outputs import PresetName, Quality
from contracts.progress import StepName
from contracts.srt import SrtCue
from contracts.story import AT_REST, JobView, State, StepState, StepView, VideoView
from contracts.values import Value
from services.gateway.outlook import Outlook
from services.gateway.problems import FieldError, Problem

Item = TypeVar("Item")
_PLACE = re.compile(r"s[0-9]{1,18}")  # as many digits as fit into 64 bits


class Page(Value, Generic[Item]):
    """Some of a list, newest first. ``next_cursor`` asks for what follows; null at the end."""

    items: tuple[Item, ...]
    next_cursor: str | None


class FileResource(Value):
    """A finished file and where to download it. Loudness measured on the file: LUFS, dBTP."""

    preset: PresetName
    url: str
    size: int
    sha256: str
    width: int
    height: int
    duration_s: float
    integrated_lufs: float
    true_peak_dbtp: float


class VideoResource(Value):
    """One variant of a job. ``review`` is what it waits for, null if it does not. While something of it is made anew
    ``files`` are those of an earlier run, ``files_run``. ``eta_s``: seconds until it is finished, as far as anybody can
    tell; null if nobody can, or nothing is under way. ``deleted_at``: put into the trash.
    """

    id: UUID
    job: UUID
    number: int
    name: str
    run: int
    state: State
    share: float
    steps: tuple[StepView, ...]
    review: Gate | None
    files: tuple[FileResource, ...]
    files_run: int | None
    thumbnail_url: str | None
    timeline_url: str
    match_report_url: str
    review_url: str
    deleted_at: datetime | None
    eta_s: float | None = None
    fault: FaultReport | None


class VideoCard(Value):
    """A video as the library shows it. ``duration_s`` is that of its files, or of its plan as soon as there is one."""

    id: UUID
    job: UUID
    number: int
    name: str
    project: str | None
    kind: str
    quality: Quality
    state: State
    share: float
    presets: tuple[PresetName, ...]
    duration_s: float | None
    files: tuple[FileResource, ...]
    thumbnail_url: str | None
    review: Gate | None
    created_at: datetime | None
    finished_at: datetime | None
    deleted_at: datetime | None


class JobResource(Value):
    """A job: ``name`` is its title, or the first words of what was asked for, ``share`` 0..1 over all steps of all its
    videos, ``eta_s`` seconds until the last of them is finished, null if that is not known. ``batch`` and ``row`` (its
    number) tell what made it, null if it was submitted by itself.
    """

    id: UUID
    title: str
    name: str
    project: str | None
    kind: str
    quality: Quality
    presets: tuple[PresetName, ...]
    state: State
    share: float
    eta_s: float | None = None
    created_at: datetime | None
    finished_at: datetime | None
    videos: tuple[VideoResource, ...]
    fault: FaultReport | None
    url: str
    events_url: str
    batch: UUID | None = None
    row: int | None = None
    brief: Brief | None = None


class AssetResource(Value):
    """An upload. ``state`` is uploaded, analysed or rejected; ``progress`` how far looking it through is (0..1);
    ``marks``: how many parts of it its notes mark.
    """

    id: UUID
    kind: AssetKind
    name: str
    state: str
    size: int
    sha256: str
    media_type: str
    facts: MediaFacts
    progress: float | None = None
    usable_start_s: float | None = None
    usable_end_s: float | None = None
    thumbnail_url: str | None = None
    keywords: tuple[str, ...] = ()
    favourite: bool = False
    marks: int = 0
    fault: FaultReport | None = None
    created_at: datetime


class ProjectResource(Value):
    """A project: how many jobs it has had, and the one that is under way, if any."""

    project: str
    jobs: int
    active_job: UUID | None
    last_job: UUID
    last_at: datetime


class SubtitlesResource(Value):
    """Subtitles as they were understood. ``duration_s`` is the end of the last one."""

    cues: tuple[SrtCue, ...]
    duration_s: float


class Running(Value):
    """How far a video's current step is."""

    video: UUID
    run: int
    step: StepName
    share: float
    eta_s: float | None
    began_at: datetime | None = None


def job_resource(
    seen: JobView, running: Iterable[Running] = (), brief: Brief | None = None, outlook: Outlook | None = None
) -> JobResource:
    """A job as its facts tell it, with the steps that are being worked on and what is to be expected."""
    now = {progress.video: progress for progress in running}
    videos = tuple(video_resource(video, now.get(video.id), outlook) for video in seen.videos)
    return JobResource(
        id=seen.id,
        title=seen.title,
        name=seen.name,
        project=seen.project,
        kind=seen.kind,
        quality=seen.quality,
        presets=seen.presets,
        state=_job_state(seen, videos),
        share=round(sum(video.share for video in videos) / len(videos), 4) if videos else 0.0,
        eta_s=latest(videos),
        created_at=seen.created_at,
        finished_at=seen.finished_at,
        videos=videos,
        fault=seen.fault,
        url=f"/v1/jobs/{seen.id}",
        events_url=f"/v1/jobs/{seen.id}/events",
        batch=seen.batch,
        row=seen.row,
        brief=brief,
    )


def _job_state(seen: JobView, videos: tuple[VideoResource, ...]) -> State:
    if seen.state is State.QUEUED and any(video.state is State.RUNNING for video in videos):
        return State.RUNNING
    return seen.state


def latest(videos: Iterable[VideoResource]) -> float | None:
    """When the last of those that are under way is finished; None if that is not known of one of them."""
    etas = [video.eta_s for video in videos if video.state not in AT_REST]
    known = [eta for eta in etas if eta is not None]
    return max(known) if known and len(known) == len(etas) else None


def card(seen: JobView, video: VideoView, running: Running | None = None) -> VideoCard:
    """What the library shows of a video."""
    shown = video_resource(video, running)
    return VideoCard(
        id=video.id,
        job=seen.id,
        number=video.number,
        name=video.name,
        project=seen.project,
        kind=seen.kind,
        quality=seen.quality,
        state=shown.state,
        share=shown.share,
        presets=seen.presets,
        duration_s=video.length_s,
        files=shown.files,
        thumbnail_url=shown.thumbnail_url,
        review=video.review,
        created_at=seen.created_at,
        finished_at=video.finished_at,
        deleted_at=video.deleted_at,
    )


def video_resource(video: VideoView, running: Running | None = None, outlook: Outlook | None = None) -> VideoResource:
    steps = tuple(_with_progress(step, video, running) for step in video.steps)
    place = outlook.place(video.awaited) if outlook and video.awaited else None
    steps = tuple(_in_queue(step, video, place) for step in steps)
    moving = any(step.state is StepState.RUNNING for step in steps)
    return VideoResource(
        id=video.id,
        job=video.job,
        number=video.number,
        name=video.name,
        run=video.run,
        state=State.RUNNING if moving else video.state,
        share=round(sum(step.share for step in steps) / len(steps), 4),
        steps=steps,
        review=video.review,
        files_run=video.files_run,
        files=tuple(
            FileResource(
                preset=file.preset,
                url=f"/v1/videos/{video.id}/files/{file.preset.value}?v={file.blob.sha256}",
                size=file.blob.size,
                sha256=file.blob.sha256,
                width=file.width,
                height=file.height,
                duration_s=file.duration_s,
                integrated_lufs=file.integrated_lufs,
                true_peak_dbtp=file.true_peak_dbtp,
            )
            for file in video.files
        ),
        thumbnail_url=thumbnail_url("videos", video.id, video.thumbnail),
        timeline_url=f"/v1/videos/{video.id}/timeline",
        match_report_url=f"/v1/videos/{video.id}/match-report",
        review_url=f"/v1/videos/{video.id}/review",
        deleted_at=video.deleted_at,
        eta_s=outlook.eta_s(video, steps) if outlook else None,
        fault=video.fault,
    )


def _with_progress(step: StepView, video: VideoView, running: Running | None) -> StepView:
    if running is None or running.step is not step.step or running.run != video.run:
        return step
    if step.state is not StepState.WAITING or video.state in AT_REST:
        return step
    told = {"share": running.share, "eta_s": running.eta_s, "began_at": running.began_at}
    return step.model_copy(update={"state": StepState.RUNNING, **told})


def _in_queue(step: StepView, video: VideoView, place: int | None) -> StepView:
    waits = step.state is StepState.WAITING and video.awaited is not None and step.step is video.awaited.step
    return step.model_copy(update={"queue_place": place}) if waits and place is not None else step


def thumbnail_url(collection: str, owner_id: UUID, thumbnail: BlobRef | None) -> str | None:
    return f"/v1/{collection}/{owner_id}/thumbnail?v={thumbnail.sha256}" if thumbnail else None


def cursor_of(seq: int) -> str:
    """An opaque place in a list."""
    return base64.urlsafe_b64encode(f"s{seq}".encode()).decode().rstrip("=")


def seq_of(cursor: str | None) -> int:
    """The place a cursor stands for; a place above everything if there is none.

    Raises:
        Problem: 400, not a cursor of ours.
    """
    if cursor is None:
        return 1 << 62
    try:
        plain = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        if not _PLACE.fullmatch(plain):
            raise ValueError(plain)
        return int(plain[1:])
    except (ValueError, binascii.Error) as wrong:
        error = FieldError(pointer="/cursor", message="not a cursor that this list gave out")
        raise Problem(400, "cursor_invalid", error.message, errors=[error]) from wrong
