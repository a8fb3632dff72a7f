"""What is decided about work that stands still, and how a step is ended for which nobody speaks."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import orjson
import pytest

from contracts import subjects
from contracts.events import (
    Event,
    RetryRequestedV1,
    ScriptFailedV1,
    SpeechFailedV1,
    TimelineFailedV1,
    VideoFailedV1,
    video_id,
)
from contracts.faults import FaultReport
from contracts.letters import DeadLetter
from contracts.progress import StepName
from contracts.story import JobStory, State, fold, view
from contracts.waiting import Sequenced, Wait, waits
from services.gateway.retrying import retries
from services.reconciler.deciding import (
    MOST_AGAIN,
    Act,
    Fate,
    Inbox,
    Inboxes,
    Judgement,
    Lane,
    fate,
    judge,
    only_queued,
)
from services.reconciler.failing import failures, fault_of
from services.reconciler.moving import Advisory, is_meant_for, letter_of
from tests.builders import JOB, NOON, cancel_requested, line, render_failed, requested, retry

LANE = requested().lane


def told(*log: Event) -> tuple[JobStory, list[Sequenced]]:
    """A story and its facts, at places 1, 2, 3 ..."""
    story = JobStory(job=JOB)
    for seq, event in enumerate(log, start=1):
        story = fold(story, event, seq)
    return story, [(event, seq) for seq, event in enumerate(log, start=1)]


def asks_again(inbox: str, *, run: int = 1, number: int | None = 1, input_seq: int = 1) -> RetryRequestedV1:
    return retry(1).model_copy(
        update={
            "inbox": inbox,
            "run": run,
            "video": None if number is None else video_id(JOB, number),
            "number": number or 0,
            "input_seq": input_seq,
        }
    )


def place(delivered: int = 10, floor: int = 10, in_work: int = 0, workers: int = 1) -> Inbox:
    return Inbox(Lane(delivered=delivered, floor=floor, in_work=in_work), workers)


def inboxes(delivered: int, workers: int = 1, lane: str = LANE) -> Inboxes:
    """All of them, alike, with messages in one lane."""
    at = Lane(delivered=delivered, floor=delivered, in_work=0)
    return Inboxes({step.value: {lane: at} for step in StepName}, {step.value: workers for step in StepName})


def wait(*asked_by: int, again: int = 0) -> Wait:
    return Wait(StepName.RENDER, video_id(JOB, 1), 1, 1, asked_by[0], asked_by, again)


@pytest.mark.parametrize(
    ("seq", "inbox", "expected"),
    [
        (11, place(delivered=10), Fate.PENDING),
        (10, place(delivered=10, floor=10), Fate.SETTLED),
        (5, place(delivered=10, floor=4, in_work=1), Fate.IN_WORK),
        (4, place(delivered=10, floor=4, in_work=1), Fate.SETTLED),
        (9, place(delivered=10, floor=4, in_work=2), Fate.IN_WORK),  # perhaps settled: that can't be told
        (9, place(delivered=10, floor=4, in_work=0), Fate.SETTLED),
        (1, place(delivered=0, floor=0), Fate.PENDING),
    ],
)
def test_what_became_of_a_message(seq: int, inbox: Inbox, expected: Fate):
    assert fate(seq, inbox.lane) is expected


@pytest.mark.parametrize(
    ("waiting", "inbox", "act", "why"),
    [
        (wait(11), place(), Act.QUEUED, "turn at render"),
        (wait(11), place(workers=0), Act.LEAVE, "no worker for render"),
        (wait(5), place(floor=4, in_work=1), Act.LEAVE, "in work at render"),
        (wait(5), place(), Act.AGAIN, "once more"),
        (wait(5, 11, again=1), place(), Act.QUEUED, "turn"),
        (wait(5, 8, again=1), place(floor=7, in_work=1), Act.LEAVE, "in work"),
        (wait(5, 8, again=1), place(workers=0), Act.AGAIN, "once more"),
        (wait(5, 6, 7, again=MOST_AGAIN - 1), place(), Act.AGAIN, "once more"),
        (wait(5, 6, 7, 8, again=MOST_AGAIN), place(), Act.GIVE_UP, "4 times"),
        (wait(0), place(), Act.AGAIN, "once more"),
    ],
)
def test_what_is_done_about_it(waiting: Wait, inbox: Inbox, act: Act, why: str):
    judgement = judge(waiting, inbox)
    assert judgement.act is act
    assert why in judgement.why


def test_a_new_job_waits_for_its_script():
    assert waits(*told(requested(variants=3))) == (Wait(StepName.SCRIPT, None, 0, 1, 1, (1,), 0),)


def test_each_video_waits_for_its_own_next_step():
    log = (requested(variants=2), *line(1)[:2], *line(2)[:1])
    assert [(each.step, each.number, each.input_seq, each.again) for each in waits(*told(*log))] == [
        (StepName.FOOTAGE, 1, 3, 0),
        (StepName.TTS, 2, 4, 0),
    ]


def test_what_was_asked_for_again_in_the_run_counts_as_a_repetition():
    log = (requested(), *line()[:3], asks_again("render", input_seq=4), asks_again("render", input_seq=4))
    (found,) = waits(*told(*log))
    assert (found.asked_by, found.again) == ((4, 5, 6), 2)


def test_what_began_a_run_does_not():
    log = (requested(), *line()[:3], render_failed(), asks_again("render", run=2, input_seq=4))
    (found,) = waits(*told(*log))
    assert (found.run, found.asked_by, found.again) == (2, (4, 6), 0)
    (found,) = waits(*told(*log, asks_again("render", run=2, input_seq=4)))
    assert found.again == 1


def test_behind_the_step_that_began_a_run_it_counts_again():
    rendered = line(run=2)[3]
    log = (requested(), *line()[:3], render_failed(), asks_again("render", run=2, input_seq=4), rendered)
    (found,) = waits(*told(*log, asks_again("storage", run=2, input_seq=7)))
    assert (found.step, found.asked_by, found.again) == (StepName.STORAGE, (7, 8), 1)


@pytest.mark.parametrize(
    "log", [(requested(), *line()), (requested(), render_failed()), (requested(), cancel_requested())]
)
def test_what_has_ended_waits_for_nothing(log: tuple[Event, ...]):
    assert waits(*told(*log)) == ()


def test_a_job_that_is_only_queued_needs_no_second_look():
    story, _ = told(requested(), *line()[:3])
    assert only_queued(story, inboxes(delivered=3))
    assert not only_queued(story, inboxes(delivered=3, workers=0))
    assert not only_queued(story, inboxes(delivered=4))


def test_what_other_lanes_have_handed_out_says_nothing_of_a_job():
    story, _ = told(requested(), *line()[:3])
    theirs = Lane(delivered=400, floor=400, in_work=0)
    both = {step.value: {LANE: Lane(delivered=3, floor=3, in_work=0), "fast": theirs} for step in StepName}
    assert only_queued(story, Inboxes(both, {step.value: 1 for step in StepName}))


def test_a_lane_of_a_newer_version_is_said_to_have_no_worker():
    place = inboxes(delivered=9, lane="s99").at("render", LANE)
    assert judge(wait(5), place) == Judgement(Act.LEAVE, "no worker for render")


def letter(event: Event, inbox: str, seq: int, **changes: Any) -> DeadLetter:
    _, video, run = event.about
    made = DeadLetter(
        inbox=inbox,
        seq=seq,
        subject=subjects.fact(event),
        reason="unreadable",
        fault=FaultReport(code="event_unknown", message="a body that is none", tries=3),
        at=NOON,
        owner="local",
        job=JOB,
        video=None if video == "-" else video_id(JOB, 1),
        run=max(1, int(run)),
    )
    return made.model_copy(update=changes)


INPUTS = (
    ("tts", 0, SpeechFailedV1),
    ("footage", 1, TimelineFailedV1),
    ("render", 2, VideoFailedV1),
    ("storage", 3, VideoFailedV1),
)


@pytest.mark.parametrize(("inbox", "done", "fact"), INPUTS)
def test_a_step_fails_whose_message_nobody_can_read(inbox: str, done: int, fact: type[Event]):
    story, log = told(requested(), *line()[:done])
    (ended,) = failures(letter(line()[done], inbox, 9), b"", story, log, NOON)
    assert isinstance(ended, fact)
    assert (ended.step.value, ended.run, ended.fault.code) == (inbox, 1, "message_unreadable")
    assert inbox in ended.fault.message
    assert view(fold(story, ended, 10)).state is State.FAILED


def test_all_variants_fail_with_an_order_nobody_can_read():
    body = orjson.dumps({"order": {"brief": {"variants": 3}}})
    ended = failures(letter(requested(), "script", 1), body, JobStory(job=JOB), (), NOON)
    assert [(fact.number, type(fact), fact.owner) for fact in ended] == [
        (number, ScriptFailedV1, "local") for number in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    ("body", "count"),
    [(b"\xff", 1), (b"[]", 1), (b'{"order": {"brief": {"variants": 1000}}}', 10), (b'{"order": 3}', 1)],
)
def test_of_an_order_that_tells_nothing_one_video_fails(body: bytes, count: int):
    assert len(failures(letter(requested(), "script", 1), body, JobStory(job=JOB), (), NOON)) == count


@pytest.mark.parametrize(
    "log",
    [
        (requested(), *line()[:3]),  # the step is done
        (requested(), cancel_requested()),
        (requested(), *line()[:2], render_failed(), asks_again("footage", run=2, input_seq=3)),  # another run
        (),
    ],
    ids=["done", "cancelled", "another run", "unknown"],
)
def test_nothing_fails_that_does_not_wait(log: tuple[Event, ...]):
    story, facts = told(*log)
    assert failures(letter(line()[1], "footage", 99), b"", story, facts, NOON) == []


def test_a_second_message_beside_one_that_can_be_read_fails_nothing():
    story, facts = told(requested(), *line()[:2])
    assert failures(letter(line()[1], "footage", 99), b"", story, facts, NOON) == []
    assert len(failures(letter(line()[1], "footage", 3, reason="terminated"), b"", story, facts, NOON)) == 1


def test_a_run_that_was_asked_for_fails_as_that_run():
    again = asks_again("render", run=2, input_seq=4)
    story, facts = told(requested(), *line()[:3], render_failed(), again)
    (ended,) = failures(letter(again, "render", 6, reason="terminated"), b"", story, facts, NOON)
    assert (ended.run, ended.fault.code) == (2, "message_terminated")


def test_each_reason_has_its_words():
    for reason in ("unreadable", "terminated", "undelivered"):
        fault = fault_of(letter(line()[1], "footage", 3, reason=reason))
        assert (fault.code, fault.technical, fault.tries) == (f"message_{reason}", True, 3)


def test_an_advisory_becomes_a_letter():
    event = line()[2]
    advisory = Advisory(type="io.nats.jetstream.advisory.v1.terminated", consumer="render-s3", stream_seq=4)
    made = letter_of(advisory, subjects.fact(event), event.model_dump_json().encode())
    assert (made.reason, made.inbox, made.seq, made.job, made.owner) == ("terminated", "render", 4, JOB, "local")
    assert advisory.model_copy(update={"consumer": "somebody-elses"}).inbox is None
    often = advisory.model_copy(update={"type": "io.nats.jetstream.advisory.v1.max_deliver", "deliveries": 7})
    made = letter_of(often, "of another kind", b"")
    assert (made.reason, made.fault.tries, made.job, made.owner) == ("undelivered", 7, None, "")


def test_a_retry_is_the_business_of_the_inbox_it_names():
    event = asks_again("render")
    subject, body = subjects.fact(event), event.model_dump_json().encode()
    assert [inbox for inbox in ("script", "render", "storage") if is_meant_for(inbox, subject, body)] == ["render"]
    assert is_meant_for("tts", subject, b"{")
    assert is_meant_for("tts", subjects.fact(line()[0]), b"")


def test_a_job_goes_on_from_the_last_step_whose_input_can_be_read():
    """The fact between tts and footage can't be read, so it is not among the facts."""
    script, _, *_ = line()
    failed = TimelineFailedV1(
        **{name: getattr(script, name) for name in ("owner", "lane", "job", "video", "number", "received_at", "at")},
        fault=FaultReport(code="message_unreadable", message="it can't be read"),
    )
    story, facts = told(requested(), script, failed)
    (asked,) = retries(story, facts, NOON)
    assert (asked.inbox, asked.run, asked.input_seq) == ("tts", 2, 2)


def test_only_one_video_goes_on_if_only_one_is_meant():
    log = (requested(variants=2), *line(1)[:3], *line(2)[:3], render_failed(1), render_failed(2))
    asked = retries(*told(*log), NOON, only=video_id(JOB, 2))
    assert [(each.number, each.run) for each in asked] == [(2, 2)]
    assert retries(*told(*log), NOON, only=uuid4()) == ()
