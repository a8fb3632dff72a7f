"""The language keeps its word: committed schemas are the models', and every event ever written is still read."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import orjson
import pytest
from faststream.specification.asyncapi.v3_0_0.schema import ApplicationSchema

from contracts import subjects
from contracts.asyncapi import document
from contracts.events import ALL_EVENTS, BY_NAME, Event, StepCancelled, StepFailed
from contracts.flow import FLOW, STATIONS
from contracts.progress import STEPS, StepName
from contracts.streams import DURABLES
from kit.bus import UnknownEvent, decode
from tests.builders import one_of_each
from tests.contracts.write_schemas import FOLDER, documents, rendered

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", sorted(documents()))
def test_the_committed_schema_is_the_models_own(name: str):
    committed = (FOLDER / name).read_bytes()
    assert committed == rendered(documents()[name]), "run `make schemas` and look at the difference: may v1 change so?"


def test_no_schema_is_left_of_a_model_that_is_gone():
    assert {path.name for path in FOLDER.glob("*.json")} == set(documents())


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_a_golden_event_is_still_read_as_it_was_written(name: str):
    written = (GOLDEN / f"{name}.json").read_bytes()
    event = BY_NAME[name].model_validate_json(written)
    told = orjson.loads(event.model_dump_json())
    assert _without_new_fields(told, orjson.loads(written)) == orjson.loads(written)


def _without_new_fields(now: object, then: object) -> object:
    """Fields that were added since have defaults; what was there must not have changed."""
    if isinstance(now, dict) and isinstance(then, dict):
        return {key: _without_new_fields(now[key], value) for key, value in then.items()}
    if isinstance(now, list) and isinstance(then, list) and len(now) == len(then):
        return [_without_new_fields(mine, theirs) for mine, theirs in zip(now, then, strict=True)]
    return now


@pytest.mark.parametrize("event", one_of_each(), ids=lambda event: event.TYPE)
def test_an_event_survives_the_wire(event: Event):
    subject = subjects.fact(event)
    assert decode(subject, event.model_dump_json().encode()) == event
    schema = documents()[f"{event.TYPE}.v{event.VERSION}.json"]
    jsonschema.validate(orjson.loads(event.model_dump_json()), schema)


def test_each_kind_of_event_has_a_builder():
    assert {type(event) for event in one_of_each()} == set(ALL_EVENTS)


def test_an_older_reader_ignores_what_a_newer_writer_added():
    event = one_of_each()[0]
    body = orjson.loads(event.model_dump_json()) | {"added_later": {"x": 1}}
    body["order"]["brief"]["subtitles"]["sparkle"] = 3
    assert decode(subjects.fact(event), orjson.dumps(body)) == event


@pytest.mark.parametrize("subject", ["ef.evt.job.requested.v9.s1.x.-.0", "ef.evt.nothing", "x"])
def test_an_unknown_subject_is_said_to_be_unknown(subject: str):
    with pytest.raises(UnknownEvent):
        decode(subject, b"{}")


def test_a_body_of_another_shape_is_said_to_be_unknown():
    event = one_of_each()[0]
    with pytest.raises(UnknownEvent):
        decode(subjects.fact(event), b'{"owner": 1}')


def test_the_flow_names_every_event_once():
    assert sorted(leg.fact.__name__ for leg in FLOW) == sorted(event.__name__ for event in ALL_EVENTS)


def test_everything_is_heard_by_the_projection():
    assert all("projection" in leg.heard_by for leg in FLOW)


def test_each_station_is_a_step_and_has_an_inbox():
    assert tuple(step.value for step in StepName) == STATIONS == (*STEPS, StepName.QUALITY)
    heard = {durable.service: durable.hears for durable in DURABLES if durable.name == durable.service}
    for leg in FLOW:
        for station in set(leg.heard_by) & set(STATIONS):
            if leg.fact.TYPE not in {"job.cancel_requested", "asset.uploaded", "retry.requested"}:
                assert heard[station] is leg.fact


def test_rivals_of_an_outcome_are_all_outcomes_of_the_same_step():
    for event in one_of_each():
        pattern = subjects.rivals(event).split(".")
        subject = subjects.fact(event).split(".")
        assert len(pattern) == len(subject)
        assert all(mine in {"*", theirs} for mine, theirs in zip(pattern, subject, strict=True))
        assert (pattern[3] == "*") == (event.noun() != "job")


def test_lanes_set_drafts_apart_and_keep_an_owner_together():
    assert subjects.lane("anna", "draft") == subjects.FAST_LANE == subjects.lane("ben", "draft")
    assert subjects.lane("anna", "final") == subjects.lane("anna", "final") != subjects.FAST_LANE
    assert len({subjects.lane(f"user {n}", "final") for n in range(200)}) == subjects.SHARDS


def test_failures_and_cancellations_carry_what_a_user_needs():
    for event in ALL_EVENTS:
        if issubclass(event, StepFailed):
            assert "fault" in event.model_fields
        if issubclass(event, StepFailed | StepCancelled):
            assert event.verb() in {"failed", "cancelled"}


def test_asyncapi_refers_only_to_what_it_defines():
    spec = document("1")
    defined = {
        *(f"#/components/schemas/{name}" for name in spec["components"]["schemas"]),
        *(f"#/components/messages/{name}" for name in spec["components"]["messages"]),
        *(f"#/channels/{name}" for name in spec["channels"]),
    }
    assert _references(spec) <= defined
    assert len(spec["channels"]) == len(ALL_EVENTS)


def test_asyncapi_has_the_shape_of_an_asyncapi_document():
    read = ApplicationSchema.model_validate(document("1"))
    assert set(read.channels) == set(BY_NAME)
    assert all(operation["action"] == "send" for operation in document("1")["operations"].values())


def _references(node: object) -> set[str]:
    if isinstance(node, dict):
        found = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
        return found.union(*(_references(value) for value in node.values()))
    if isinstance(node, list):
        return set().union(*(_references(value) for value in node))
    return set()
