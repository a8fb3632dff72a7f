"""What each service may do on the bus: everything its work needs, and not the work of others."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import pytest

from contracts import subjects, webhooks
from contracts.access import LAYS_OUT, SERVICES, access
from contracts.events import JobCancelRequestedV1, RetryRequestedV1
from contracts.flow import FLOW, STATIONS
from contracts.streams import CONSUMERS, DURABLES, EVENTS, READERS, STREAMS
from edit_factory.registry import SERVICES as RUN
from edit_factory.sidecars.accounts import accounts

JOB = "fast.11111111-1111-1111-1111-111111111111.-.0"


def fits(pattern: str, subject: str) -> bool:
    wanted, given = pattern.split("."), subject.split(".")
    for place, token in enumerate(wanted):
        if token == ">":
            return len(given) > place
        if place >= len(given) or token not in {"*", given[place]}:
            return False
    return len(wanted) == len(given)


def any_fits(patterns: Iterable[str], subject: str) -> bool:
    return any(fits(pattern, subject) for pattern in patterns)


def may_send(service: str, subject: str) -> bool:
    may = access(service)
    return any_fits(may.sends, subject) and not any_fits(may.denied, subject)


def test_every_service_that_runs_has_a_place():
    assert set(RUN) <= set(SERVICES)
    with pytest.raises(KeyError):
        access("stranger")


@pytest.mark.parametrize("leg", FLOW, ids=lambda leg: leg.fact.TYPE)
def test_a_fact_is_announced_by_those_the_story_names_and_by_no_station_else(leg):
    subject = f"{subjects.heard(leg.fact).removesuffix('>')}{JOB}"
    may = {service for service in SERVICES if may_send(service, subject)}
    assert set(leg.emitted_by) <= may
    assert may - set(leg.emitted_by) <= {"reconciler"}  # which fails what nobody ends


@pytest.mark.parametrize("durable", DURABLES, ids=lambda durable: durable.name)
def test_an_inbox_is_emptied_by_its_own_service_alone(durable):
    for lane in durable.consumers:
        fetch = f"$JS.API.CONSUMER.MSG.NEXT.{EVENTS.name}.{lane.name}"
        acknowledge = f"$JS.ACK.{EVENTS.name}.{lane.name}.1.2.3.4.5"
        delete = f"$JS.API.CONSUMER.DELETE.{EVENTS.name}.{lane.name}"
        create = f"$JS.API.CONSUMER.CREATE.{EVENTS.name}.{lane.name}.ef.evt.>"
        assert {service for service in SERVICES if may_send(service, fetch)} == {durable.service}
        assert {service for service in SERVICES if may_send(service, acknowledge)} == {durable.service}
        assert not any(may_send(service, subject) for service in SERVICES for subject in (delete, create))


def test_every_lane_of_every_inbox_has_a_consumer_that_hears_nothing_else():
    heard = [subject for consumer in CONSUMERS.values() for subject in consumer.filters]
    for durable in DURABLES:
        for event in (durable.hears, RetryRequestedV1):
            for lane in subjects.LANES:
                assert subjects.heard_in(event, lane) in durable.consumer(lane).filters
    assert len(CONSUMERS) == len(DURABLES) * len(subjects.LANES)
    assert len(heard) == 2 * len(CONSUMERS)
    assert not {durable.name for durable in DURABLES} & set(CONSUMERS)


def test_the_one_that_lays_out_takes_away_what_earlier_versions_had():
    for durable in DURABLES:
        delete = f"$JS.API.CONSUMER.DELETE.{EVENTS.name}.{durable.name}"
        assert may_send(LAYS_OUT, delete)


@pytest.mark.parametrize("service", STATIONS)
@pytest.mark.parametrize(
    "subject",
    [
        "ef.reg.key.mine",
        "$JS.API.DIRECT.GET.EF_REGISTER.ef.reg.key.mine",
        "$JS.API.CONSUMER.CREATE.EF_REGISTER.mine.ef.reg.>",
        "$JS.API.CONSUMER.DURABLE.CREATE.EF_EVENTS.mine",
        "$JS.API.STREAM.CREATE.MINE",
        "$JS.API.STREAM.UPDATE.EF_EVENTS",
        "$JS.API.STREAM.DELETE.EF_EVENTS",
        "$JS.API.STREAM.PURGE.EF_REGISTER",
        "$JS.API.STREAM.MSG.DELETE.EF_EVENTS",
        "$JS.API.STREAM.MSG.GET.EF_REGISTER",
        "$SYS.REQ.SERVER.PING",
        f"ef.evt.job.requested.v1.{JOB}",
    ],
)
def test_a_station_may_not(service: str, subject: str):
    assert not may_send(service, subject)


def test_a_station_keeps_results_of_its_own_step_alone():
    for step in STATIONS:
        assert [name for name in STATIONS if may_send(name, subjects.step_result(step, "a" * 64))] == [step]


@pytest.mark.parametrize("service", SERVICES)
def test_nobody_deletes_a_stream_and_one_makes_them(service: str):
    for stream in STREAMS:
        assert not may_send(service, f"$JS.API.STREAM.DELETE.{stream.name}")
        for what in ("CREATE", "UPDATE"):
            assert may_send(service, f"$JS.API.STREAM.{what}.{stream.name}") is (service == LAYS_OUT)
    purges = may_send(service, f"$JS.API.STREAM.PURGE.{EVENTS.name}")
    assert purges is (service in {"gateway", "storage"})  # jobs that are forgotten
    assert may_send(service, "ef.reg.key.mine") is (service == "gateway")


def test_a_station_hears_cancellations_what_comes_to_its_inboxes_and_nothing_told_to_others():
    for name in STATIONS:
        own = {subjects.heard(event) for each in DURABLES if each.service == name for event in each.heard}
        assert set(access(name).hears) == own | {subjects.heard(JobCancelRequestedV1)}


def test_what_the_server_is_told_has_no_wider_door_than_that():
    """Every import has exactly its export, for that account; nobody but the operator is in with the streams."""
    made = accounts(dict.fromkeys(("operator", "feeder", "subscriber", *SERVICES), "p"))
    assert [user["user"] for user in made["FACTORY"]["users"]] == ["operator"]
    for name, account in made.items():
        for taken in account.get("imports", ()):
            ((kind, source),) = ((kind, taken[kind]) for kind in ("service", "stream") if kind in taken)
            given = [one for one in made[source["account"]]["exports"] if one.get(kind) == source["subject"]]
            assert len(given) == 1
            assert name in given[0]["accounts"]


def test_a_station_puts_aside_what_came_to_its_own_inbox_alone():
    """Else one that was taken over could have the reconciler fail anybody's job."""
    for name in STATIONS:
        allowed = {durable.name for durable in DURABLES if may_send(name, subjects.dead_letter(durable.name, 7))}
        assert allowed == {durable.name for durable in DURABLES if durable.service == name}


def test_publish_may_disable_an_endpoint_and_write_nothing_else_of_the_register():
    assert may_send("publish", subjects.entry(webhooks.KIND, "some-id"))
    assert not may_send("publish", subjects.entry("key", "some-id"))


def test_the_reconcilers_letters_are_nobody_elses():
    for reader in READERS:
        asked = f"$JS.API.CONSUMER.MSG.NEXT.{reader.stream.name}.{reader.name}"
        assert [name for name in SERVICES if may_send(name, asked)] == [reader.service]
        for what in ("DELETE", "CREATE"):
            assert not any(
                may_send(name, f"$JS.API.CONSUMER.{what}.{reader.stream.name}.{reader.name}") for name in SERVICES
            )


def test_who_renders_offers_work_to_its_like_and_asks_nobody_else():
    """The offers lie in a stream of the factory; what is asked about them never leaves the service's own account."""
    offer, question = subjects.offer("render", UUID(int=1), 0), subjects.helping("render", "holder")
    assert [name for name in SERVICES if may_send(name, offer)] == ["render"]
    assert not any(may_send(name, question) for name in SERVICES)
    assert [name for name in SERVICES if any_fits(access(name).among, question)] == ["render"]
    made = accounts(dict.fromkeys(("operator", "feeder", "subscriber", *SERVICES), "p"))
    assert not [
        one for account in made.values() for one in account.get("exports", ()) if "ef.help" in one.get("service", "")
    ]
    may = made["RENDER"]["users"][0]["permissions"]
    assert any_fits(may["publish"]["allow"], question)
    assert any_fits(may["subscribe"]["allow"], question)
    assert [name for name in made if any("allow_responses" in str(user) for user in made[name]["users"])] == ["RENDER"]
