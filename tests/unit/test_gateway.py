"""The gateway's pure parts: what a refusal says, what a range means, what a job looks like."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from contracts.brief import ScriptBrief
from contracts.events import Event, video_id
from contracts.faults import BadMedia, TimedOut, Unavailable
from contracts.progress import StepName
from contracts.story import JobStory, State, StepState, fold, view
from services.gateway.files import Bytes, wanted
from services.gateway.problems import Problem, of_fault, of_validation
from services.gateway.resources import Running, cursor_of, job_resource, seq_of
from services.gateway.service import listen
from services.gateway.uploading import display_name
from tests.builders import JOB, line, requested


def seen(*log: Event):
    story = JobStory(job=JOB)
    for seq, event in enumerate(log, start=1):
        story = fold(story, event, seq)
    return view(story)


def running(step: StepName, share: float, run: int = 1) -> Running:
    return Running(video=video_id(JOB, 1), run=run, step=step, share=share, eta_s=3.0)


def test_progress_is_laid_over_the_step_that_runs():
    job = job_resource(seen(requested(), *line()[:3]), [running(StepName.RENDER, 0.5)])
    steps = {step.step: step for step in job.videos[0].steps}
    assert steps[StepName.RENDER].state is StepState.RUNNING
    assert steps[StepName.RENDER].share == 0.5
    assert job.share == pytest.approx(3.5 / 5)


def test_the_first_progress_makes_a_queued_job_run():
    assert job_resource(seen(requested()), [running(StepName.SCRIPT, 0.1)]).state is State.RUNNING


@pytest.mark.parametrize(
    "stale", [running(StepName.SCRIPT, 0.5), running(StepName.RENDER, 0.5, run=2)], ids=["done step", "other run"]
)
def test_progress_of_something_else_is_left_out(stale: Running):
    log = seen(requested(), *line()[:3])
    assert job_resource(log, [stale]) == job_resource(log)


def test_a_finished_video_has_links_that_name_the_hash():
    job = job_resource(seen(requested(), *line()))
    file = job.videos[0].files[0]
    assert file.url == f"/v1/videos/{job.videos[0].id}/files/tiktok?v={file.sha256}"
    assert job.videos[0].thumbnail_url


@given(st.integers(min_value=0, max_value=10**18 - 1))  # 18 digits: no log has more
def test_a_cursor_comes_back_as_the_place_it_stands_for(seq: int):
    assert seq_of(cursor_of(seq)) == seq


@pytest.mark.parametrize("cursor", ["", "x", "czE", "ß", "c2FiYw"])
def test_a_foreign_cursor_is_refused(cursor: str):
    if cursor == "czE":
        assert seq_of(cursor) == 1
        return
    with pytest.raises(Problem) as refused:
        seq_of(cursor)
    assert refused.value.status == 400


RANGES = [
    ("bytes=0-99", Bytes(0, 100)),
    ("bytes=900-", Bytes(900, 1000)),
    ("bytes=-100", Bytes(900, 1000)),
    ("bytes=-5000", Bytes(0, 1000)),
    ("bytes=990-5000", Bytes(990, 1000)),
    ("bytes=0-0", Bytes(0, 1)),
    (None, None),
    ("bytes=-", None),
    ("bytes=9-1", None),
    ("bytes=0-1,5-6", None),
    ("items=0-1", None),
]


@pytest.mark.parametrize(("header", "span"), RANGES)
def test_a_range_header(header: str | None, span: Bytes | None):
    assert wanted(header, 1000) == span


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=5000-6000", "bytes=-0"])
def test_a_range_past_the_end(header: str):
    with pytest.raises(Problem) as refused:
        wanted(header, 1000)
    assert refused.value.status == 416
    assert refused.value.headers == {"Content-Range": "bytes */1000"}


@given(st.text(max_size=400))
def test_a_display_name_is_never_a_path_nor_empty(given_name: str):
    shown = display_name(given_name)
    assert 0 < len(shown) <= 120
    assert not set(shown) & set("/\\\0\r\n\t\u202e\u200f")
    assert display_name(shown) == shown


def test_a_display_name_keeps_what_people_call_their_files():
    assert display_name("Vacanță în munți (2).mp4") == "Vacanță în munți (2).mp4"


def test_wrong_shape_is_400_and_wrong_value_422():
    with pytest.raises(ValidationError) as shape:
        ScriptBrief.model_validate({"script": "x", "footage": "nope", "subtitles": {"a/b": 1}})
    problem = of_validation(shape.value)
    assert problem.status == 400
    assert "/subtitles/a~1b" in {error.pointer for error in problem.errors}
    with pytest.raises(ValidationError) as value:
        ScriptBrief.model_validate({"script": "   ", "footage": [str(JOB)]})
    assert of_validation(value.value).status == 422


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (BadMedia("no", code="unsupported_media_type"), 415),
        (BadMedia("no", code="media_empty"), 422),
        (Unavailable("away"), 503),
        (Unavailable("full", code="storage_full"), 507),
        (TimedOut("late"), 503),
    ],
)
def test_a_fault_has_its_status(fault: Unavailable, status: int):
    problem = of_fault(fault)
    assert problem.status == status
    assert ("Retry-After" in problem.headers) == (status in {503, 507})


def test_answers_are_not_held_back_for_more_to_send():
    """asyncio switches Nagle's delay off only for a socket that names its protocol; else an answer waits 40 ms."""
    with listen("127.0.0.1", 0, fallback=False) as listening:
        assert listening.proto == socket.IPPROTO_TCP


def test_a_taken_port_gives_way_only_if_nobody_asked_for_it():
    with listen("127.0.0.1", 0, fallback=False) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Unavailable) as refused:
            listen("127.0.0.1", port, fallback=False)
        assert refused.value.code == "port_taken"
        with listen("127.0.0.1", port, fallback=True) as other:
            assert other.getsockname()[1] != port
