"""What became of a job: derived from a set of facts, whatever the order they come in."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.events import Event
from contracts.progress import StepName
from contracts.story import JobStory, JobView, State, StepState, fold, view
from tests.builders import JOB, cancel_requested, expired, line, of_video, render_failed, requested, retry

Log = list[Event]


def told(log: Log, order: list[int] | None = None) -> JobView:
    story = JobStory(job=JOB)
    for place in order if order is not None else range(len(log)):
        story = fold(story, log[place], place + 1)
    return view(story)


def test_a_job_goes_from_queued_over_running_to_completed():
    log = [requested(), *line()]
    states = [told(log[:length]).state for length in range(1, len(log) + 1)]
    assert states == [State.QUEUED, *[State.RUNNING] * 4, State.COMPLETED]


@pytest.mark.parametrize(
    ("title", "script", "name"),
    [
        ("Morning", "Good morning, world.", "Morning"),
        ("", "Good  morning,\nworld.", "Good morning, world."),
        ("", "One two three four five, six seven.", "One two three four five, six…"),
        ("", "x" * 100, "x" * 60 + "…"),
    ],
)
def test_a_job_is_named_by_its_title_or_its_first_words(title: str, script: str, name: str):
    assert told([requested(title=title, script=script)]).name == name


def test_shares_grow_with_each_step_over_all_videos():
    log: Log = [requested(variants=2), *line(1, variants=2), *line(2, variants=2)]
    shares = [told(log[:length]).share for length in range(1, len(log) + 1)]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-1] == 1
    assert told(log[:6]).state is State.RUNNING


def test_a_failed_video_fails_the_job_and_keeps_the_finished_one():
    log: Log = [requested(variants=2), *line(1, variants=2), *line(2, variants=2)[:3], render_failed(2)]
    seen = told(log)
    assert seen.state is State.FAILED
    assert seen.fault is not None
    assert seen.fault.code == "media_truncated"
    assert [video.state for video in seen.videos] == [State.COMPLETED, State.FAILED]
    assert seen.videos[0].files
    assert [step.state for step in seen.videos[1].steps][-2:] == [StepState.FAILED, StepState.WAITING]


def test_a_failed_job_runs_again_from_the_step_that_failed():
    log: Log = [requested(variants=2), *line(1, variants=2), *line(2, variants=2)[:3], render_failed(2)]
    log.append(retry(2))
    seen = told(log)
    assert (seen.state, seen.fault) == (State.RUNNING, None)
    assert [video.run for video in seen.videos] == [1, 2]
    assert [step.state for step in seen.videos[1].steps][-3:] == [StepState.DONE, StepState.WAITING, StepState.WAITING]
    log += [event.model_copy(update={"run": 2}) for event in line(2, variants=2)[3:]]
    assert told(log).state is State.COMPLETED


def test_a_failure_of_the_new_run_fails_it_again():
    log: Log = [requested(), *line()[:3], render_failed(1), retry(1)]
    log.append(render_failed(1).model_copy(update={"run": 2}))
    assert told(log).state is State.FAILED
    assert told(log).videos[0].run == 2


def test_a_cancelled_job_is_cancelled_at_once_and_for_good():
    log: Log = [requested(), *line()[:3], cancel_requested(), *line()[3:]]
    for length in range(5, len(log) + 1):
        seen = told(log[:length])
        assert seen.state is State.CANCELLED
        assert not seen.videos[0].files


def test_a_cancellation_after_the_end_changes_nothing():
    assert told([requested(), *line(), cancel_requested()]).state is State.COMPLETED


def test_a_failure_after_the_cancellation_is_a_cancellation():
    assert told([requested(), cancel_requested(), render_failed()]).state is State.CANCELLED


def test_a_second_run_takes_the_place_of_the_failed_one():
    log: Log = [requested(), *line()[:3], render_failed(), *line(run=2)]
    seen = told(log)
    assert seen.state is State.COMPLETED
    assert seen.videos[0].run == 2


def test_the_first_outcome_of_a_step_stands():
    late = render_failed(after_s=99)
    seen = told([requested(), *line(), late])
    assert seen.state is State.COMPLETED


def test_facts_that_come_before_their_request_wait_for_it():
    seen = told([requested(), *line()], order=[3, 2, 1])
    assert seen.state is State.QUEUED
    assert seen.videos == ()


@given(st.randoms(use_true_random=False), st.sampled_from(["done", "failed", "cancelled"]))
def test_shuffled_and_tripled_facts_tell_the_same_story(chance: random.Random, end: str):
    log: Log = [requested(variants=2), *line(1, variants=2), *line(2, variants=2)[:3]]
    if end == "failed":
        log.append(render_failed(2))
    if end == "cancelled":
        log.append(cancel_requested())
        log.extend(line(2, variants=2)[3:])
    order = list(range(len(log))) * 3
    chance.shuffle(order)
    assert told(log, order) == told(log)


@pytest.mark.parametrize("step", [StepName.RENDER, StepName.STORAGE])
def test_a_fault_is_shown_at_the_station_it_happened_at(step: StepName):
    broken = render_failed().model_copy(update={"failed_step": step})
    seen = told([requested(), *line()[:3], broken])
    assert next(found.step for found in seen.videos[0].steps if found.state is StepState.FAILED) is step


def test_times_of_steps_are_those_of_the_work():
    seen = told([requested(), *line()])
    first = seen.videos[0].steps[0]
    assert first.started_at == of_video(after_s=1)["received_at"]
    assert first.finished_at == of_video(after_s=1)["at"]
    assert seen.finished_at == of_video(after_s=5)["at"]


def folded(log: Log, order: list[int]) -> JobStory:
    story = JobStory(job=JOB)
    for place in order:
        story = fold(story, log[place], place + 1)
    return story


@given(st.randoms(use_true_random=False), st.booleans())
def test_a_forgotten_job_is_gone_whatever_the_order(chance: random.Random, cancelled: bool):
    end = cancel_requested() if cancelled else render_failed()
    log: Log = [requested(), *line()[:3], end, expired()]
    order = list(range(len(log))) * 3
    chance.shuffle(order)
    story = folded(log, order)
    assert story.gone
    assert not story.facts
    assert view(story).videos == ()


def test_a_job_asked_for_again_after_it_was_forgotten_begins_anew():
    log: Log = [requested(), *line()[:3], render_failed(), expired(), requested(title="Again"), line()[0]]
    for order in ([*range(8)], [*range(8)] * 3, [6, 7, 5]):
        story = folded(log, order)
        assert not story.gone
        seen = view(story)
        assert (seen.title, seen.state, seen.fault) == ("Again", State.RUNNING, None)
    assert folded(log, [0, 1, 2, 3, 4, 5, 7]).gone, "a fact that comes late brings nothing back"
