"""What a batch of facts changes in the tables."""

from __future__ import annotations

from uuid import UUID, uuid4

import orjson

from contracts.events import AssetAnalysedV1, AssetRejectedV1, AssetUploadedV1, Event, JobExpiredV1, TimelineReadyV1
from contracts.faults import FaultReport
from contracts.story import JobStory
from services.projection.fold import changes, jobs_in
from tests.builders import JOB, NOON, asset, expired, line, one_of_each, render_failed, requested

UPLOAD = {"owner": "local", "lane": "s1", "at": NOON, "asset": asset()}


def numbered(*events: Event) -> list[tuple[Event, int]]:
    return [(event, place) for place, event in enumerate(events, start=1)]


def test_a_whole_job_in_one_batch_and_in_single_facts_ends_the_same():
    log = numbered(requested(), *line())
    at_once = changes(log, {})
    known: dict[UUID, JobStory] = {}
    for entry in log:
        last = changes([entry], known)
        known = {JOB: JobStory.model_validate_json(last.upsert_jobs[0][12])}
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


def test_a_job_is_written_down_once_its_request_is_known():
    rows = changes(numbered(*line()), {})
    assert rows.upsert_jobs == []
    assert rows.upsert_videos == []
    assert rows.upsert_steps == []


def test_the_last_timeline_of_a_video_in_a_batch_is_the_one_written():
    first, second = (next(e for e in line(run=run) if isinstance(e, TimelineReadyV1)) for run in (1, 2))
    rows = changes(numbered(requested(), first, second), {})
    assert [row[3] for row in rows.upsert_timelines] == [3]
    assert orjson.loads(rows.upsert_timelines[0][4]) == second.timeline.model_dump(mode="json")


def test_a_failed_job_says_why_in_its_rows():
    rows = changes(numbered(requested(), *line()[:3], render_failed()), {})
    assert rows.upsert_jobs[0][5] == "failed"
    assert orjson.loads(rows.upsert_videos[0][8])["code"] == "media_truncated"


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
    told = sorted(one_of_each(), key=lambda event: not isinstance(event, JobExpiredV1))
    rows = changes(numbered(*told), {})
    assert all(getattr(rows, name) for name in rows.__dataclass_fields__)
    for table in (getattr(rows, name) for name in rows.__dataclass_fields__):
        assert len({len(row) for row in table}) <= 1


def test_a_forgotten_job_leaves_no_rows():
    rows = changes(numbered(requested(), *line()[:3], render_failed(), expired()), {})
    assert rows.forget_jobs == [(JOB, 6)]
    assert not any(getattr(rows, name) for name in rows.__dataclass_fields__ if name != "forget_jobs")


def test_what_is_told_of_a_job_after_it_was_forgotten_is_not_written_down():
    rows = changes(numbered(expired(), *line()), {})
    assert not any(getattr(rows, name) for name in rows.__dataclass_fields__ if name != "forget_jobs")


def test_a_key_used_again_makes_a_new_job_even_in_the_same_batch():
    first, second = requested(title="First"), requested(title="Second")
    rows = changes(numbered(first, *line()[:3], render_failed(), expired(), second, line()[0]), {})
    assert rows.forget_jobs == [(JOB, 6)]
    (job,) = rows.upsert_jobs
    assert (job[2], job[5], job[9], job[10]) == ("Second", "running", 8, 7)
    assert [orjson.loads(brief)["title"] for _, brief in rows.set_briefs] == ["Second"]
    assert rows.upsert_timelines == []
    assert [row[2] for row in rows.upsert_steps] == ["script"]
