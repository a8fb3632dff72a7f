"""How long it will take, as far as anybody can tell, and nothing where nobody can."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts.progress import StepName
from contracts.story import Awaited, JobStory, JobView, fold, view
from services.gateway.outlook import Outlook, Typical
from services.gateway.resources import JobResource, Running, job_resource
from tests.builders import JOB, NOON, cancel_requested, line, requested, retry

TYPICAL = {
    ("script", "final"): Typical(0.1),
    ("tts", "final"): Typical(2.0),
    ("footage", "final"): Typical(1.0, per_s=0.5),
    ("render", "final"): Typical(30.0, per_s=5.0),
    ("storage", "final"): Typical(0.5),
}


def seen(*events: Any) -> JobView:
    story = JobStory(job=JOB)
    for seq, event in enumerate(events, start=1):
        story = fold(story, event, seq)
    return view(story)


def shown(job: JobView, running: Running | None = None, **known: Any) -> JobResource:
    usual: dict[str, Any] = {"typical": TYPICAL, "taken": dict.fromkeys((step.value for step in StepName), 1000)}
    outlook = Outlook(NOON + timedelta(seconds=10), **usual | known)
    return job_resource(job, [running] if running else [], None, outlook)


def running(job: JobView, step: StepName, share: float, eta_s: float | None = None, began_s: float = 0.0) -> Running:
    began = NOON + timedelta(seconds=began_s)
    return Running(video=job.videos[0].id, run=1, step=step, share=share, eta_s=eta_s, began_at=began)


def test_before_anything_is_known_of_the_length_the_usual_times_add_up():
    assert shown(seen(requested())).eta_s == pytest.approx(33.6)


def test_once_the_length_is_known_what_is_made_counts_by_the_second():
    planned = seen(requested(), *line()[:3])
    assert planned.videos[0].length_s == pytest.approx(1.6)
    assert shown(planned).eta_s == pytest.approx(1.6 * 5.0 + 0.5)
    assert shown(planned, files=3).eta_s == pytest.approx(1.6 * 3 * 5.0 + 0.5)


def test_of_a_running_step_the_time_so_far_tells_the_rest():
    job = seen(requested(), *line()[:3])
    assert shown(job, running(job, StepName.RENDER, 0.25)).eta_s == pytest.approx(30.5)
    assert shown(job, running(job, StepName.RENDER, 0.25, eta_s=7.0)).eta_s == pytest.approx(7.5)
    assert shown(job, running(job, StepName.RENDER, 0.01, began_s=8)).eta_s == pytest.approx(8.0 - 2 + 0.5)
    assert shown(job, running(job, StepName.RENDER, 0.0)).eta_s == pytest.approx(0.5)  # longer than usual: any moment


def test_a_step_that_was_begun_says_since_when():
    job = seen(requested(), *line()[:3])
    (video,) = shown(job, running(job, StepName.RENDER, 0.25)).videos
    assert [step.began_at for step in video.steps][3:] == [NOON, None]
    assert video.steps[0].began_at == video.steps[0].started_at


def test_who_waits_in_a_queue_has_a_place_and_no_promise():
    job = seen(requested(), *line()[:3])
    (video,) = shown(job, places={Awaited(step=StepName.RENDER, seq=4): 3}, taken={"render": 2}).videos
    assert [step.queue_place for step in video.steps] == [None, None, None, 3, None]
    assert video.eta_s is None
    assert shown(job, taken={"render": 2}).eta_s is None  # it was not taken, and its place is not known


def test_a_step_that_runs_has_no_place_any_more():
    job = seen(requested(), *line()[:3])
    places = {Awaited(step=StepName.RENDER, seq=4): 1}
    (video,) = shown(job, running(job, StepName.RENDER, 0.5), places=places).videos
    assert video.steps[3].queue_place is None
    assert video.eta_s is not None


def test_what_was_never_seen_to_take_any_time_is_not_known():
    assert shown(seen(requested()), typical={}).eta_s is None
    some = {key: value for key, value in TYPICAL.items() if key[0] != "storage"}
    assert shown(seen(requested()), typical=some).eta_s is None
    assert shown(seen(requested()), quality="draft").eta_s is None


def test_a_job_takes_as_long_as_its_last_video_and_is_not_known_before_all_are():
    job = seen(requested(variants=2), *line(1))
    assert shown(job).videos[0].eta_s is None
    assert shown(job).eta_s == shown(job).videos[1].eta_s == pytest.approx(33.6)
    two = seen(requested(variants=2), *line(1)[:3])
    places = {Awaited(step=StepName.SCRIPT, seq=1): 1}
    assert shown(two, places=places).eta_s is None


@pytest.mark.parametrize("events", [line(), [cancel_requested()]])
def test_nothing_is_to_be_expected_of_what_is_at_rest(events: list[Any]):
    job = seen(requested(), *events)
    assert shown(job).eta_s is None
    assert job.videos[0].awaited is None


def test_what_is_asked_for_again_waits_behind_what_came_before():
    assert seen(requested()).videos[0].awaited == Awaited(step=StepName.SCRIPT, seq=1)
    again = seen(requested(), *line()[:3], retry(1))
    assert again.videos[0].awaited == Awaited(step=StepName.RENDER, seq=5)
    rendered = seen(requested(), *line()[:3], retry(1), line(run=2)[3])
    assert rendered.videos[0].awaited == Awaited(step=StepName.STORAGE, seq=6)
