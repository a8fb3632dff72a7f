"""What a batch of facts changes in the tables."""

from __future__ import annotations

from uuid import UUID, uuid4

import orjson

from contracts.events import AssetAnalysedV1, AssetRejectedV1, AssetUploadedV1, Event, TimelineReadyV1
from contracts.faults import FaultReport
from contracts.story import JobStory
from services.projection.fold import changes, jobs_in
from tests.builders import JOB, NOON, asset, line, one_of_each, render_failed, requested

UPLOAD = {"owner": "local", "lane": "s1", "at": NOON, "asset": asset()}


def numbered(*events: Event) -> list[tuple[Event, int]]:
    return [(event, place) for place, event in enumerate(events, start=1)]


def test_a_whole_job_in_one_batch_and_in_single_facts_ends_the_same():
    log = numbered(requested(), *line())
    at_once = changes(log, {})
    known: dict[UUID, JobStory] = {}
    for entry in log:
        last = changes([entry], known)
        known = {JOB: JobStory.model_validate_json(last.upsert_jobs[0][-1])}
    assert last.upsert_jobs == at_once.upsert_jobs
    assert last.upsert_videos == at_once.upsert_videos
    assert last.upsert_steps == at_once.upsert_steps


def test_one_row_a_job_however_many_of_its_facts_are_in_a_batch():
    other = uuid4()
    log = numbered(requested(), requested(other), *line(), *line(job=other))
    rows = changes(log, {})
    assert len(rows.upsert_jobs) == len(rows.upsert_videos) == 2
    assert len(rows.upsert_steps) == 10
    assert set(jobs_in(log)) == {JOB, other}


def test_steps_are_written_only_for_videos_that_are_listed():
    rows = changes(numbered(*line()), {})
    assert rows.upsert_jobs
    assert rows.upsert_videos == []
    assert rows.upsert_steps == []


def test_the_last_timeline_of_a_video_in_a_batch_is_the_one_written():
    first, second = (next(e for e in line(run=run) if isinstance(e, TimelineReadyV1)) for run in (1, 2))
    rows = changes(numbered(first, second), {})
    assert [row[3] for row in rows.upsert_timelines] == [2]
    assert orjson.loads(rows.upsert_timelines[0][4]) == second.timeline.model_dump(mode="json")


def test_a_failed_job_says_why_in_its_rows():
    rows = changes(numbered(requested(), *line()[:3], render_failed()), {})
    assert rows.upsert_jobs[0][5] == "failed"
    assert orjson.loads(rows.upsert_videos[0][-1])["code"] == "media_truncated"


def test_uploads_are_written_and_then_settled():
    fault = FaultReport(code="media_unreadable", message="no picture in it")
    rows = changes(
        numbered(
            AssetUploadedV1(**UPLOAD),
            AssetAnalysedV1(**UPLOAD, usable_start_s=0.5, usable_end_s=7),
            AssetRejectedV1(**UPLOAD, fault=fault),
        ),
        {},
    )
    assert len(rows.insert_assets) == 1
    assert [row[1] for row in rows.settle_assets] == ["analysed", "rejected"]


def test_every_kind_of_fact_can_be_written_down():
    rows = changes(numbered(*one_of_each()), {})
    assert rows.upsert_jobs
    for table in (getattr(rows, name) for name in rows.__dataclass_fields__):
        assert len({len(row) for row in table}) <= 1
