"""A running system is held against its own description: no request, well formed or not, gets an answer it doesn't name.

Schemathesis reads the live OpenAPI document and makes requests of it, for each operation: each field at its bounds,
left out, of a wrong kind, then all at random; about half of the ids in the paths are real. ``FUZZ=long`` makes many
more, other ones each time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from schemathesis import Case, HookContext, Response
from schemathesis.core.failures import Failure
from schemathesis.core.result import Ok
from schemathesis.engine import StopReason, events, from_schema
from schemathesis.engine.recorder import Interaction, ScenarioRecorder
from schemathesis.schemas import BaseSchema

from services.gateway.openapi import OPEN
from tests.fuzz.system import NOBODY, Ids, one_of_everything, started
from tests.guarded import ADMIN_KEY

schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")

LONG = os.environ.get("FUZZ") == "long"
ANSWER_S = 20
SHOWN = 20  # findings

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200 if LONG else 300)]

# A schema can't say all that a value has to be, such as that an upload exists or that a voice fits its provider: what
# is of the right shape may be refused, but not as malformed.
TAKEN = ["2xx", "3xx", "401", "403", "404", "409", "410", "412", "413", "415", "416", "422", "423", "429"]
# Operations of which nothing that is made up here can be carried out.
OUT_OF_REACH = {
    "GET /v1/events": "it ends when its client hangs up; the tests of it do",
    "POST /v1/assets/fetch": "what is fetched lies elsewhere",
    "GET /v1/feeds/{feed}/picture": "the same",
    "POST /v1/uploads": "tus says what it wants in headers that few make up; tests/integration/test_uploads.py does",
    "HEAD /v1/uploads/{upload}": "the same",
    "PATCH /v1/uploads/{upload}": "the same",
    "DELETE /v1/uploads/{upload}": "the same",
    "POST /v1/session": "there is no key to sign in with",
    "POST /v1/profile/key/revoke": "who comes without a key has none to revoke",
    "PATCH /v1/videos/{video}/matches/{phrase}": "a picture is named by its clip and its second there, and must last",
    "POST /v1/dead-letters/{letter}/replay": "the letter may have gone on its way with others, or with its job, before",
}
# Operations that few made-up requests carry out are asked for once as a client would.
PLAINLY: dict[str, tuple[dict[str, str], Any]] = {
    "HEAD /v1/assets/{asset}/media/{part}": ({"asset": "footage", "part": "part"}, None),
    "POST /v1/videos/{video}/approve": ({"video": "video_to_approve"}, None),
    "POST /v1/jobs/{job}/cancel": ({"job": "job_to_cancel"}, None),
    "PATCH /v1/videos/{video}/script": ({"video": "video_to_rewrite"}, {"script": "Another calm sea."}),
    "PATCH /v1/videos/{video}/style": ({"video": "video_to_change"}, {"subtitles": {"size": 60}}),
}
PLAINLY |= {f"POST /v1/batches/{{batch}}/{what}": ({"batch": f"batch_to_{what}"}, None) for what in ("pause", "resume")}
# What ends or changes a thing has one of its own, so that the others find theirs as they were.
OWN = [
    ({"include-method": "DELETE"}, "path.webhook", "webhook_to_remove"),
    ({"include-method": "PATCH"}, "path.webhook", "webhook_to_change"),
    ({"include-path": "/v1/jobs/{job}/retry"}, "path.job", "job_to_retry"),
    ({"include-path": "/v1/videos/{video}/approve"}, "path.video", "video_to_approve"),
    *(
        ({"include-path": f"/v1/videos/{{video}}/{what}"}, "path.video", "video_to_change")
        for what in ("script", "style", "matches/{phrase}")
    ),
    ({"include-path": "/v1/webhooks", "include-method": "POST"}, "body.url", "url_to_tell"),
    ({"include-path": "/v1/feeds/{feed}", "include-method": "DELETE"}, "path.feed", "feed_to_remove"),
    ({"include-path": "/v1/feeds/{feed}", "include-method": "PATCH"}, "path.feed", "feed_to_change"),
    ({"include-path": "/v1/feeds/{feed}/imports", "include-method": "POST"}, "path.feed", "feed_to_read"),
    *(
        ({"include-path": f"/v1/batches/{{batch}}/{what}"}, "path.batch", f"batch_to_{what}")
        for what in ("pause", "resume", "cancel", "retry")
    ),
]


# A stream that ends when its client hangs up.
ENDLESS = {"include-path": "/v1/events", "enabled": False}


def config(examples: int, ids: Ids | None = None, **phases: Any) -> schemathesis.Config:
    """``ids`` are taken for about half of the path parameters of these names."""
    names = ids or {}
    bound: dict[str, Any] = {f"path.{name}": _half(name) for name in names}
    bound |= {"query.v": _half("version"), "body.footage[*]": _half("footage")} if ids else {}
    own = [operation | {"parameters": {parameter: _half(name)}} for operation, parameter, name in OWN]
    return schemathesis.Config.from_dict(
        {
            "dictionaries": {name: {"values": values} for name, values in names.items()},
            "parameters": bound,
            "operations": [ENDLESS, *own] if ids else [],
            "request-timeout": ANSWER_S,
            "continue-on-failure": True,
            "generation": {"max-examples": examples, "deterministic": not LONG, "no-shrink": True, "database": "none"},
            "checks": {"positive_data_acceptance": {"expected-statuses": TAKEN}},
            "phases": {"stateful": {"enabled": False}} | phases,  # the flow tests walk from one answer to the next
        }
        | ({} if LONG else {"seed": 1})
    )


def _half(name: str) -> dict[str, Any]:
    return {"dictionary": name, "probability": 0.5}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A system that asks nobody who they are: everybody is its admin."""
    outside = {"elevenlabs_keys": "k" * 32, "elevenlabs_url": NOBODY, "retry_delay_s": 0.2}
    with started(tmp_path_factory.mktemp("fuzzed"), outbound_allow="192.0.2.0/24", **outside) as found:
        yield found


@pytest.fixture(scope="module")
def guarded_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with started(tmp_path_factory.mktemp("guarded"), login="required", admin_key=ADMIN_KEY) as found:
        yield found


def described(url: str, made: schemathesis.Config) -> BaseSchema:
    schema = schemathesis.openapi.from_url(f"{url}/v1/openapi.json", config=made)
    schema.hook("filter_failure")(_is_a_failure)
    schema.hook("after_call")(_let_go)
    schema.hook("map_body")(_sometimes_subtitles)
    return schema


def _is_a_failure(context: HookContext, failure: Failure, case: Case[Any], response: Response) -> bool:
    """A cursor is opaque: the document can't tell which ones a list gave out."""
    return not (response.status_code == 400 and response.json().get("code") == "cursor_invalid")


def _sometimes_subtitles(context: HookContext, body: Any) -> Any:
    """Nobody makes these up by chance."""
    operation = context.operation.label if context.operation is not None else ""
    if operation == "POST /v1/subtitles" and isinstance(body, str) and len(body) % 2 == 0:
        return "1\n00:00:01,000 --> 00:00:02,000\n" + (body.strip() or "words") + "\n"
    return body


def _let_go(context: HookContext, case: Case[Any], response: Response) -> None:
    """Of a job or batch that was taken it is the answer that is looked at."""
    if response.status_code == 202 and case.operation.label in {"POST /v1/jobs", "POST /v1/batches"}:
        base = str(case.operation.schema.get_base_url())
        httpx.post(f"{base}{response.json()['url']}/cancel", timeout=ANSWER_S).raise_for_status()


class Heard:
    """What came of a run: each request with its answer, by operation, and all that was wrong, once each."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Interaction]] = {}
        self.wrong: dict[tuple[str, str, str], str] = {}

    def take(self, event: events.EngineEvent) -> None:
        if isinstance(event, events.ScenarioFinished):
            self._take(event.recorder)
        elif isinstance(event, events.NonFatalError):
            self.wrong[event.label, "error", str(event.value)] = f"{event.label}: {event.value!r}"
        elif isinstance(event, events.FatalError):
            raise event.exception
        elif isinstance(event, events.EngineFinished):
            assert event.stop_reason is StopReason.COMPLETED

    def _take(self, scenario: ScenarioRecorder) -> None:
        self.answers.setdefault(scenario.label, []).extend(scenario.interactions.values())
        for case, checks in scenario.checks.items():
            for name, info in ((check.name, check.failure_info) for check in checks):
                if info is not None:
                    answer = scenario.interactions[case].response
                    told = f"{answer.status_code} {answer.content[:300]!r}" if answer is not None else "no answer"
                    found = (
                        f"{scenario.label}: {info.failure.title}\n{info.failure.message}\n{info.code_sample}\n{told}"
                    )
                    self.wrong.setdefault((scenario.label, name, info.failure.message), found)

    def nothing_wrong(self) -> None:
        found = list(self.wrong.values())
        assert not found, f"{len(found)} findings\n\n" + "\n\n".join(found[:SHOWN])

    def statuses(self, label: str) -> set[int]:
        """What was answered to requests with the operation's own method (others are tried too)."""
        asked = [each for each in self.answers.get(label, ()) if each.request.method == label.partition(" ")[0]]
        return {each.response.status_code for each in asked if each.response is not None}


def heard(schema: BaseSchema) -> Heard:
    found = Heard()
    for event in from_schema(schema).execute():
        found.take(event)
    return found


def plainly(schema: BaseSchema, ids: Ids) -> set[str]:
    """Carries out what chance seldom does, held against the document all the same; the labels."""
    table = {"table": ids["table"][0]}
    rows = {"template": {"script": "{title}!", "footage": ids["footage"]}, "rows": table}
    tables: dict[str, tuple[dict[str, str], Any]] = {
        "POST /v1/feeds": ({}, table | {"name": "Shop"}),
        "POST /v1/feeds/{feed}/imports": ({"feed": "feed_to_read"}, table),
        "POST /v1/batches": ({}, rows),
        "POST /v1/batches/preview": ({}, rows),
    }
    for label, (names, body) in (PLAINLY | tables).items():
        method, path = label.split(" ")
        given: dict[str, Any] = {} if body is None else {"body": body, "media_type": "application/json"}
        case = schema[path][method].Case(path_parameters={name: ids[of][0] for name, of in names.items()}, **given)
        answer = case.call_and_validate()
        assert answer.status_code < 300, f"{label}: {answer.status_code} {answer.text}"
    return set(PLAINLY) | set(tables)


def operations(schema: BaseSchema) -> list[tuple[str, str]]:
    """Their labels, and their names in our own tables."""
    every = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    return [(each.label, f"{each.method} {each.path}") for each in every]


def test_STAB_04_every_answer_is_one_that_the_api_describes(url: str):
    ids = one_of_everything(url)
    schema = described(url, config(120 if LONG else 25, ids))
    asked_plainly = plainly(schema, ids)
    found = heard(schema)
    found.nothing_wrong()
    every = {label for label, _ in operations(schema)}
    carried_out = asked_plainly | {label for label in every if any(code < 300 for code in found.statuses(label))}
    assert every - carried_out <= set(OUT_OF_REACH)  # of all others more than their refusals was looked at


def test_SEC_01_without_a_key_every_operation_answers_401_and_says_so(guarded_url: str):
    schema = described(guarded_url, config(50 if LONG else 5))
    found = heard(schema)
    found.nothing_wrong()
    for label, route in operations(schema):
        statuses = found.statuses(label)
        if route == "post /v1/session":
            assert statuses <= {400, 401, 403, 422, 429}, "somebody signed in without a key"
        elif route in OPEN:
            assert {200, 204} & statuses
        else:
            assert 401 in statuses
            assert statuses <= {401, 404, 405}, f"{label} did something for somebody without a key"
