"""What is seen of the line, in a verdict and in words."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.health import (
    InboxSeen,
    LogSeen,
    Presence,
    ServiceSeen,
    Verdict,
    judged,
    running,
    slots_of,
    span,
    status_of,
)
from contracts.letters import DeadLetter
from edit_factory.cli.doctor import of_inboxes
from kit.letters import said_owner
from services.gateway.identity import Caller
from services.gateway.letters import excerpt, may_see
from tests.builders import NOON

STUCK_AFTER_S = 900.0


def seen(**changes: Any) -> InboxSeen:
    blank: dict[str, Any] = {"name": "render", "service": "render", "slots": 1, "asking": 1}
    return InboxSeen.model_validate(blank | {"in_work": 0, "waiting": 0, "redelivered": 0} | changes)


@pytest.mark.parametrize(
    ("inbox", "verdict", "words"),
    [
        (seen(), Verdict.OK, "0 in work, nothing waits"),
        (seen(in_work=1, idle_s=20), Verdict.OK, "1 in work, nothing waits"),
        (seen(in_work=1), Verdict.OK, "1 in work, nothing waits"),  # nobody knows whether it tells progress
        (seen(waiting=1, oldest_s=2, idle_s=9000), Verdict.BUSY, "0 in work, 1 video waits, for 2 s"),  # it just came
        (
            seen(in_work=1, waiting=3, oldest_s=240, idle_s=3),
            Verdict.BUSY,
            "1 in work, 3 videos wait, the oldest for 4 min",
        ),
        (
            seen(waiting=9, oldest_s=4000, idle_s=2, in_work=1),
            Verdict.BUSY,
            "1 in work, 9 videos wait, the oldest for 67 min",
        ),
        (
            seen(in_work=1, idle_s=5000),
            Verdict.STUCK,
            "render has not moved for 83 min; 1 in work, nothing waits",
        ),
        (
            seen(waiting=1, oldest_s=2000),
            Verdict.STUCK,
            "render has not moved for 33 min; 0 in work, 1 video waits, for 33 min",
        ),
        (
            seen(slots=0, waiting=3, oldest_s=240),
            Verdict.NO_WORKER,
            "no worker for render; 3 videos wait, the oldest for 4 min",
        ),
        (
            seen(slots=0, waiting=1, in_work=1, oldest_s=50),
            Verdict.NO_WORKER,
            "no worker for render; 2 videos wait, the oldest for 50 s",
        ),
        (seen(slots=0, name="script"), Verdict.NO_WORKER, "no worker for script; nothing waits"),
    ],
)
def test_an_inbox_is_judged(inbox: InboxSeen, verdict: Verdict, words: str):
    found = judged(inbox, STUCK_AFTER_S)
    assert (found.verdict, found.words) == (verdict, words)


def test_the_doctor_says_the_same_words():
    inboxes = [judged(seen(slots=0, waiting=2), STUCK_AFTER_S), judged(seen(), STUCK_AFTER_S)]
    dead, well = of_inboxes(inboxes)
    assert (dead.state, dead.detail, dead.advice) == (
        "fail",
        inboxes[0].words,
        "start one: edit-factory service render",
    )
    assert (well.state, well.detail) == ("ok", "1 there; 0 in work, nothing waits")


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.4, "0 s"), (89, "89 s"), (240, "4 min"), (7200, "2 h"), (200_000, "2 days")]
)
def test_a_span_is_told_in_one_unit(seconds: float, text: str):
    assert span(seconds) == text


def presence(service: str, version: str = "1", **slots: int) -> Presence:
    return Presence(service=service, instance="i", worker="w", version=version, started_at=NOON, slots=slots)


def test_workers_are_counted_by_inbox_and_version():
    alive = [presence("render", "1", render=2), presence("render", "2", render=1), presence("render", "2", render=0)]
    assert slots_of(alive, "render") == {"1": 2, "2": 1}
    assert slots_of(alive, "tts") == {}
    found = {each.name: (each.running, each.versions) for each in running(alive, ("tts", "render"))}
    assert found == {"tts": (0, {}), "render": (3, {"1": 1, "2": 2})}


WELL = [ServiceSeen(name=name, running=1, versions={"1": 1}) for name in ("projection", "reconciler")]
CAUGHT_UP = LogSeen(last_seq=9, written_down=9, lag=0, lag_s=0)


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ({}, "ok", ()),
        ({"inboxes": [judged(seen(waiting=3, oldest_s=1), STUCK_AFTER_S)]}, "ok", ()),
        ({"inboxes": [judged(seen(slots=0), STUCK_AFTER_S)]}, "down", ("no worker for render; nothing waits",)),
        ({"inboxes": [judged(seen(name="quality", slots=0), STUCK_AFTER_S)]}, "degraded",
         ("no worker for quality; nothing waits: nothing is checked",)),
        ({"services": [*WELL[:1], ServiceSeen(name="reconciler", running=0, versions={})]}, "degraded",
         ("no reconciler runs: work that gets lost stays lost",)),
        ({"log": LogSeen(last_seq=9, written_down=2, lag=7, lag_s=95)}, "degraded",
         ("the database is 7 events behind, for 2 min",)),
        ({"jobs_stuck": 1}, "degraded", ("1 job has not moved for long",)),
    ],
)  # fmt: skip
def test_the_line_is_as_well_as_its_parts(given: dict[str, Any], status: str, words: tuple[str, ...]):
    line: dict[str, Any] = {
        "inboxes": [judged(seen(), STUCK_AFTER_S)],
        "services": WELL,
        "log": CAUGHT_UP,
        "jobs_stuck": 0,
    }
    assert status_of(**(line | given)) == (status, words)


def test_what_is_no_text_is_escaped_in_an_excerpt():
    assert excerpt(b"\xffa\x00b\x1b[31m\tc\n\xc3\xa4") == "\\xffa\\x00b\\x1b[31m\tc\nä"
    assert len(excerpt(b"a" * 10_000)) == 4096
    assert excerpt("ä".encode() * 5000)[:3] == "äää"


@pytest.mark.parametrize(
    ("body", "owner"), [(b'{"owner": "anna"}', "anna"), (b'{"owner": 3}', ""), (b"[]", ""), (b"\xff", ""), (b"{}", "")]
)
def test_an_owner_is_read_out_of_what_can_hardly_be_read(body: bytes, owner: str):
    assert said_owner(body) == owner


@pytest.mark.parametrize(
    ("of", "who", "sees"),
    [
        ("anna", Caller("anna", admin=False), True),
        ("anna", Caller("ben", admin=False), False),
        ("", Caller("anna", admin=False), False),
        ("", Caller("ben", admin=True), True),
        ("anna", Caller("ben", admin=True), True),
    ],
)
def test_a_letter_is_its_owners_and_an_admins(of: str, who: Caller, sees: bool):
    letter = DeadLetter.model_validate(
        {
            "inbox": "tts",
            "seq": 1,
            "subject": "x",
            "reason": "failed",
            "fault": {"code": "c", "message": "m"},
            "at": NOON,
            "owner": of,
        }
    )
    assert may_see(letter, who) is sees
