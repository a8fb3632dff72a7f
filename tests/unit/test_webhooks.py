"""The pure parts of webhooks: signatures, when to try again, what somebody is told."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from contracts.events import BatchEndedV1, Event, ScriptFailedV1
from contracts.faults import FaultReport, LogicalFault
from contracts.story import JobStory, State, fold, view
from contracts.webhooks import BatchTold, JobTold, Message, VideoOfJobTold, WebhookType, told, told_of_batch
from kit.sealing import NoSecretKey, SealBroken, Sealer
from kit.settings import Settings
from services.gateway.webhook_resources import WebhookAsked, WebhookChange
from services.publish.schedule import Timing, retry_after_s, verdict
from services.publish.signing import headers, signature
from tests.builders import BATCH, JOB, NOON, cancel_requested, line, of_video, render_failed, requested

TIMING = Timing()


# --- signatures ---------------------------------------------------------------------------------------------------


def test_the_published_example_of_standard_webhooks():
    """From the specification's reference libraries."""
    signed = signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
    )
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@given(st.binary(min_size=24, max_size=64), st.binary(max_size=200))
def test_a_signature_is_hmac_of_id_time_and_body(key: bytes, body: bytes):
    secret = "whsec_" + base64.b64encode(key).decode()
    expected = hmac.digest(key, b"msg_1.1700000000." + body, hashlib.sha256)
    assert signature(secret, "msg_1", 1700000000, body) == "v1," + base64.b64encode(expected).decode()


def test_while_a_secret_is_replaced_both_sign():
    new, old = ("whsec_" + base64.b64encode(bytes([n]) * 24).decode() for n in (1, 2))
    sent = headers([new, old], "msg_1", 1700000000, b"{}")
    assert sent["webhook-id"] == "msg_1"
    assert sent["webhook-timestamp"] == "1700000000"
    assert sent["webhook-signature"].split(" ") == [signature(each, "msg_1", 1700000000, b"{}") for each in (new, old)]


def test_the_documented_verification_takes_ours_and_nothing_else():
    page = (Path(__file__).parents[2] / "docs/webhooks.md").read_text()
    found = re.search(r"<!-- verification: run by a test -->\n```python\n(.*?)```", page, re.DOTALL)
    assert found
    documented: dict[str, Any] = {}
    exec(found[1], documented)
    verify = documented["verify"]
    new, old, other = ("whsec_" + base64.b64encode(bytes([n]) * 24).decode() for n in (1, 2, 3))
    at = int(time.time())
    sent = headers([new, old], "msg_1", at, b"{}")
    assert verify(new, sent, b"{}")
    assert verify(old, sent, b"{}")
    assert not verify(other, sent, b"{}")
    assert not verify(new, sent, b"{} ")
    assert not verify(new, sent | {"webhook-id": "msg_2"}, b"{}")
    assert not verify(new, headers([new], "msg_1", at - 301, b"{}"), b"{}")


# --- secrets at rest ----------------------------------------------------------------------------------------------


def sealer(*keys: str) -> Sealer:
    return Sealer.of(Settings(secret_key=SecretStr(",".join(keys))))


def test_a_sealed_secret_is_opened_by_its_key_for_whom_it_belongs_to():
    one, other = "k" * 32, "l" * 32
    sealed = sealer(one).seal("whsec_abc", "endpoint 1")
    assert "abc" not in sealed
    assert sealed != sealer(one).seal("whsec_abc", "endpoint 1")
    assert sealer(one).open(sealed, "endpoint 1") == "whsec_abc"
    assert sealer(other, one).open(sealed, "endpoint 1") == "whsec_abc"
    for keys, about, text in (
        ((other,), "endpoint 1", sealed),
        ((one,), "endpoint 2", sealed),
        ((one,), "endpoint 1", sealed[:-8] + "AAAAAAA="),
        ((one,), "endpoint 1", "v1."),
        ((one,), "endpoint 1", "not base64!"),
    ):
        with pytest.raises(SealBroken):
            sealer(*keys).open(text, about)


def test_without_a_key_nothing_is_sealed():
    with pytest.raises(NoSecretKey):
        sealer("").seal("whsec_abc", "endpoint 1")
    with pytest.raises(LogicalFault, match="32"):
        sealer("short")


def test_the_key_is_not_shown_where_settings_are():
    assert "k" * 32 not in repr(Settings(secret_key=SecretStr("k" * 32)))


# --- the schedule -------------------------------------------------------------------------------------------------


@given(st.floats(0, 1))
def test_the_delays_grow_and_end(luck: float):
    delays = [verdict(500, tries, None, luck, TIMING).again_in_s for tries in range(1, 10)]
    assert delays[-1] is None
    waits = [delay for delay in delays if delay is not None]
    assert len(waits) == 8
    assert all(before < after for before, after in pairwise(waits))
    assert 5 <= waits[0] <= 6
    assert timedelta(hours=31) < timedelta(seconds=sum(waits)) < timedelta(hours=39)


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_any_2xx_is_delivered(status: int):
    assert verdict(status, 1, 60, 0.5, TIMING).delivered


def test_gone_ends_it():
    follows = verdict(410, 1, None, 0.5, TIMING)
    assert (follows.gone, follows.delivered, follows.again_in_s) == (True, False, None)


@pytest.mark.parametrize("status", [None, 100, 301, 400, 401, 404, 408, 422, 429, 500, 503])
def test_everything_else_is_tried_again(status: int | None):
    follows = verdict(status, 1, None, 0.0, TIMING)
    assert (follows.gone, follows.delivered, follows.again_in_s) == (False, False, 5)


def test_a_server_that_asks_for_time_gets_it_within_bounds():
    assert verdict(429, 1, 120, 0.0, TIMING).again_in_s == 120
    assert verdict(429, 3, 120, 0.0, TIMING).again_in_s == 300
    assert verdict(503, 1, 1e9, 0.0, TIMING).again_in_s == 86_400


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("120", 120.0),
        ("Fri, 02 Jan 2026 12:00:30 GMT", 30.0),
        ("Fri, 02 Jan 2026 11:00:00 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("9" * 400, None),
        ("Fri, 99 Jan 2026 12:00:30 GMT", None),
    ],
)
def test_retry_after(given: str, expected: float | None):
    assert retry_after_s({"retry-after": given}, NOON) == expected


# --- what is told -------------------------------------------------------------------------------------------------


def messages(*log: Event) -> list[list[Message]]:
    """What each fact of a log makes."""
    story, made = JobStory(job=JOB), []
    for seq, event in enumerate(log, start=1):
        after = fold(story, event, seq)
        made.append(list(told(view(story), view(after), event.at)))
        story = after
    return made


def types(*log: Event) -> list[list[str]]:
    return [[message.type for message in each] for each in messages(*log)]


def test_a_job_is_told_of_when_its_last_video_is():
    two = (requested(variants=2), *line(1, variants=2), *line(2, variants=2))
    assert types(*two) == [[]] * 5 + [["video.stored"]] + [[]] * 4 + [["video.stored", "job.completed"]]


def test_a_failure_is_told_once():
    fault = FaultReport(code="voice_unknown", message="there is no such voice", tries=1)
    failed = ScriptFailedV1(**of_video(1), fault=fault)
    assert types(requested(), failed, failed) == [[], ["video.failed", "job.failed"], []]
    (_, (video, job), _) = messages(requested(), failed, failed)
    assert isinstance(video.data, VideoOfJobTold)
    assert video.data.fault == fault
    assert video.data.job == JOB
    assert isinstance(job.data, JobTold)
    assert job.data.state is State.FAILED


def test_a_video_that_failed_beside_one_that_is_done():
    log = (requested(variants=2), *line(1, variants=2), render_failed(2))
    assert types(*log)[-1] == ["video.failed", "job.failed"]


def test_a_cancellation_ends_the_job_and_what_comes_after_it_is_not_told():
    assert types(requested(), cancel_requested(), *line()) == [[], ["job.cancelled"], [], [], [], [], []]
    assert types(requested(), *line(), cancel_requested())[-1] == []


def test_a_review_that_is_wanted_is_told_of_and_an_approval_is_not():
    script, *others = line()
    held = script.model_copy(update={"held": True})
    approved = script.model_copy(update={"run": 2})
    log = (requested(review=["script"]), held, approved, *(event.model_copy(update={"run": 2}) for event in others))
    assert types(*log) == [[], ["video.waiting_for_review"], [], [], [], [], ["video.stored", "job.completed"]]
    waiting = messages(*log)[1][0].data
    assert isinstance(waiting, VideoOfJobTold)
    assert (waiting.review, waiting.run) == ("script", 1)


def test_each_run_that_is_finished_is_told_of_with_its_number():
    again = [event.model_copy(update={"run": 2}) for event in line()[2:]]
    told_of = [message for each in messages(requested(), *line(), *again) for message in each]
    assert [message.type for message in told_of] == ["video.stored", "job.completed"] * 2
    runs = [message.data.run for message in told_of if isinstance(message.data, VideoOfJobTold)]
    assert runs == [1, 2]


def test_a_message_is_thin_and_leads_on():
    message = messages(requested(), *line())[-1][-1]
    body = json.loads(message.model_dump_json())
    assert set(body) == {"type", "timestamp", "data"}
    assert body["type"] == "job.completed"
    assert datetime.fromisoformat(body["timestamp"]).tzinfo == UTC
    assert body["data"]["url"] == f"/v1/jobs/{JOB}"
    (video,) = body["data"]["videos"]
    assert video["files"][0]["url"].startswith(f"/v1/videos/{video['id']}/files/tiktok?v=")
    assert len(message.model_dump_json()) < 2000


def test_an_endpoint_is_told_of_everything_unless_it_says_of_what():
    assert WebhookAsked(url="https://example.org").types == tuple(WebhookType)
    for wrong in ({}, {"url": ""}, {"url": "https://example.org", "types": []}, {"url": "x", "types": ["job.lost"]}):
        with pytest.raises(ValidationError):
            WebhookAsked.model_validate(wrong)
    assert WebhookChange().model_dump(exclude_none=True) == {}


def test_a_date_no_calendar_has_is_no_reason_to_stop():
    assert retry_after_s({"retry-after": "Mon, 01 Jan 99999999999999999999 00:00:00 GMT"}, NOON) is None


def test_the_end_of_a_batch():
    counts = {"done": 193, "failed": 2, "refused": 5, "cancelled": 0}
    event = BatchEndedV1(owner="o", lane="s1", at=NOON, batch=BATCH, title="Socks", revision=2, **counts)
    message = told_of_batch(event)
    assert message.type == WebhookType.BATCH_COMPLETED
    again = Message.model_validate_json(message.model_dump_json())
    assert isinstance(again.data, BatchTold)
    assert (again.data.id, again.data.revision, again.data.done, again.data.url) == (
        BATCH,
        2,
        193,
        f"/v1/batches/{BATCH}",
    )
