"""A batch of facts as the rows it changes. Pure: stories in, stories and rows out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from contracts.events import (
    AssetAnalysedV1,
    AssetDescribedV1,
    AssetRejectedV1,
    AssetUploadedV1,
    Event,
    JobExpiredV1,
    JobRequestedV1,
    TimelineReadyV1,
)
from contracts.progress import StepName
from contracts.searching import folded, grams
from contracts.story import JobStory, JobView, StepFact, VideoView, fold, is_of_a_job, view
from contracts.values import canonical

Row = tuple[Any, ...]
_MEDIA = {"analysis", "filmstrip", "waveform", "proxy"}  # of what is made of an upload, kept by these names
Sequenced = tuple[Event, int]
_FOLDED_MAX = 300  # letters; some fold into many, and an index takes entries of 2,700 bytes


def _json(value: Any) -> bytes | None:
    """A ``jsonb`` column's value; as bytes, because a list in an array column would be taken for a dimension."""
    return None if value is None else canonical(value)


def _found_by(name: str) -> tuple[str, bytes | None]:
    """What a name is searched by: itself without case and accents, and every three letters of it."""
    plain = folded(name)[:_FOLDED_MAX]
    return plain, _json(grams(plain))


@dataclass(slots=True)
class Changes:
    """Rows to write, by the query that writes them; columns in the query's order."""

    forget_jobs: list[Row] = field(default_factory=list)
    upsert_jobs: list[Row] = field(default_factory=list)
    set_briefs: list[Row] = field(default_factory=list)
    upsert_videos: list[Row] = field(default_factory=list)
    upsert_steps: list[Row] = field(default_factory=list)
    upsert_timelines: list[Row] = field(default_factory=list)
    insert_assets: list[Row] = field(default_factory=list)
    settle_assets: list[Row] = field(default_factory=list)
    describe_assets: list[Row] = field(default_factory=list)


def jobs_in(batch: Iterable[Sequenced]) -> list[UUID]:
    """The jobs a batch is about."""
    return list({event.job for event, _ in batch if is_of_a_job(event)})


def changes(batch: Iterable[Sequenced], known: Mapping[UUID, JobStory]) -> Changes:
    """What a batch of facts changes, given the stories so far of the jobs it is about."""
    stories = dict(known)
    rows = Changes()
    briefs: dict[UUID, Row] = {}
    timelines: dict[UUID, tuple[TimelineReadyV1, int]] = {}
    notes: dict[UUID, AssetDescribedV1] = {}  # one row an upload: several would be written in no order
    touched: set[UUID] = set()
    for event, seq in batch:
        if isinstance(event, JobExpiredV1):
            rows.forget_jobs.append((event.job, seq))
            stories[event.job] = JobStory(job=event.job)
            timelines = {video: told for video, told in timelines.items() if told[0].job != event.job}
        elif is_of_a_job(event):
            stories[event.job] = fold(stories.get(event.job) or JobStory(job=event.job), event, seq)
            touched.add(event.job)
        if isinstance(event, JobRequestedV1):
            briefs[event.job] = (event.job, _json(event.order.brief))
        if isinstance(event, TimelineReadyV1):
            timelines[event.video] = (event, seq)
        if isinstance(event, AssetDescribedV1):
            notes[event.asset.id] = max(notes.get(event.asset.id, event), event, key=lambda said: said.revision)
        _asset(event, seq, rows)
    # What is told of a job after it was forgotten, or before it is known, has no row to go to.
    listed = {job: stories[job] for job in touched if stories[job].requested_seq is not None}
    rows.set_briefs.extend(row for job, row in briefs.items() if job in listed)
    rows.upsert_timelines.extend(_timeline_row(*told) for told in timelines.values() if told[0].job in listed)
    rows.describe_assets.extend(_notes_row(event) for event in notes.values())
    for job in sorted(listed):
        _job(listed[job], rows)
    return rows


def _job(story: JobStory, rows: Changes) -> None:
    seen = view(story)
    rows.upsert_jobs.append(
        (
            seen.id,
            seen.owner,
            seen.title,
            seen.kind,
            seen.quality,
            seen.state.value,
            seen.share,
            seen.created_at,
            seen.finished_at,
            story.last_seq,
            story.requested_seq,
            seen.project,
            _json(story),
            folded(seen.name)[:_FOLDED_MAX],
            seen.batch,
        )
    )
    _videos(seen, story, rows)
    listed = {video.id: video for video in seen.videos}
    for fact in sorted(story.facts.values(), key=lambda fact: fact.seq):
        if fact.video in listed:  # a video is listed once its job's request is known
            fault = _json(fact.fault)
            rows.upsert_steps.append(
                (
                    fact.video,
                    fact.run,
                    fact.step.value,
                    fact.state.value,
                    fact.reused,
                    fact.received_at,
                    fact.at,
                    fault,
                    fact.seq,
                    seen.quality,
                    _made_s(fact, seen, listed[fact.video]),
                )
            )


def rows_of(stories: Iterable[JobStory]) -> Changes:
    """The rows of whole jobs, as they are to be."""
    rows = Changes()
    for story in stories:
        _job(story, rows)
    return rows


def _made_s(fact: StepFact, seen: JobView, video: VideoView) -> float | None:
    """How much a step made, in seconds of video: those of each file are encoded, all others are worked on once."""
    if video.length_s is None:
        return None
    return video.length_s * (len(seen.presets) if fact.step is StepName.RENDER else 1)


def _videos(seen: JobView, story: JobStory, rows: Changes) -> None:
    for video in seen.videos:
        rows.upsert_videos.append(
            (
                video.id,
                video.job,
                seen.owner,
                video.number,
                video.run,
                video.state.value,
                _json([file.model_dump(mode="json") for file in video.files]),
                _json(video.thumbnail),
                _json(video.fault),
                video.name,
                *_found_by(video.name),
                seen.project,
                seen.kind,
                seen.quality,
                _json([preset.value for preset in seen.presets]),
                video.length_s or 0.0,
                story.requested_seq,
                video.deleted_at,
                video.purged_at is not None,
                video.awaited.step.value if video.awaited else None,
                video.awaited.seq if video.awaited else None,
            )
        )


def _timeline_row(event: TimelineReadyV1, seq: int) -> Row:
    return (
        event.video,
        event.job,
        event.owner,
        seq,
        _json(event.timeline),
        _json(event.match_report),
    )


def _notes_row(event: AssetDescribedV1) -> Row:
    notes = event.notes
    said = (*notes.keywords, *(word for mark in notes.marks for word in mark.keywords))
    keywords = {word.casefold() for word in said}
    return (event.asset.id, event.revision, _json(notes), _json(sorted(keywords)), notes.favourite)


def _asset(event: Event, seq: int, rows: Changes) -> None:
    if isinstance(event, AssetUploadedV1):
        asset = event.asset
        rows.insert_assets.append(
            (
                asset.id,
                asset.owner,
                asset.kind.value,
                asset.name,
                _json(asset.blob),
                _json(asset.facts),
                "uploaded",
                event.at,
                seq,
            )
        )
    elif isinstance(event, AssetAnalysedV1):
        span = (event.usable_start_s, event.usable_end_s)
        pictured = (_json(event.thumbnail), _json(event.model_dump(mode="json", include=_MEDIA)))
        rows.settle_assets.append((event.asset.id, "analysed", *span, *pictured, None, seq))
    elif isinstance(event, AssetRejectedV1):
        rows.settle_assets.append((event.asset.id, "rejected", None, None, None, None, _json(event.fault), seq))
