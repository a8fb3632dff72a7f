"""What can't be worked on is put aside, its job fails with the reason, and it can be sent on its way again."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import orjson
import pytest

from contracts import subjects
from contracts.events import JobRequestedV1, RetryRequestedV1, ScriptFailedV1, video_id
from contracts.faults import FaultReport
from contracts.letters import DeadLetter, about
from contracts.streams import DURABLES, EVENTS, Durable, durable
from edit_factory.cli import letters as cli
from edit_factory.cli.common import Common
from edit_factory.cli.faults import Refused
from edit_factory.cli.show import show
from edit_factory.embedded import Embedded
from kit.bus import Bus, now
from kit.inboxes import inboxes
from kit.letters import bury
from kit.service import connected
from services.gateway.identity import Caller
from services.gateway.letters import Letters, Wanted
from services.gateway.problems import Problem
from tests.client import Client, Json
from tests.flow.letters import brief, fresh_project, letters_of, taken_from, until, without

OF_VIDEOS = [each for each in DURABLES if each.name not in {"script", "footage-assets", "quality"}]  # of the line


async def published(bus: Bus, subject: str, body: bytes) -> int:
    headers = {"ce-id": uuid4().hex, "ce-type": "test", "traceparent": f"00-{uuid4().hex}-{'1' * 16}-01"}
    return (await bus.jetstream.publish(subject, body, stream=EVENTS.name, headers=headers)).seq


async def order(bus: Bus, job: str) -> JobRequestedV1:
    """A job's request, to be given to another job."""
    heard = await bus.last(JobRequestedV1, UUID(job))
    assert heard is not None
    assert isinstance(heard.event, JobRequestedV1)
    return heard.event


async def test_STAB_01_a_message_nobody_can_read_fails_its_job_and_no_other(api: Client, factory: Embedded):
    asked = await brief(api)
    like = await api.made(asked)
    async with connected(factory.settings, "test") as bus:
        await asyncio.gather(*(unreadable_at(inbox, bus, api, like["id"], asked) for inbox in OF_VIDEOS))


async def poisoned(bus: Bus, at: Durable, like: str, project: str | None = None) -> tuple[str, str, int]:
    """A job like another one, and what lies at the inbox of one station for it: a message that is none."""
    job = uuid4()
    made = await order(bus, like)
    named = made.order.brief.model_copy(update={"project": project})
    subject = f"ef.evt.{at.hears.TYPE}.v1.{made.lane}.{job}.{video_id(job, 1)}.1"
    seq = await published(bus, subject, b"\xff\x00 {not json")
    await bus.announce(made.model_copy(update={"job": job, "order": made.order.model_copy(update={"brief": named})}))
    return str(job), subject, seq


async def unreadable_at(at: Durable, bus: Bus, api: Client, like: str, asked: Json) -> None:
    """At the inbox of one station, the message that its job's line has come to is none."""
    project = fresh_project()
    job, subject, seq = await poisoned(bus, at, like, project)
    ended = await api.finished(job)
    assert ended["state"] == "failed"
    assert ended["fault"]["code"] == "message_unreadable"
    assert at.name in ended["fault"]["message"]
    (letter,) = await letters_of(api, job)
    assert (letter["inbox"], letter["seq"], letter["reason"]) == (at.name, seq, "unreadable")
    assert len(letter["tries"]) == 3
    shown = (await api.http.get(letter["url"])).json()
    assert shown["message"]["subject"] == subject
    assert shown["message"]["excerpt"] == "\\xff\\x00 {not json"
    assert set(shown["message"]["headers"]) == {"ce-id", "ce-type", "traceparent"}
    # The project is free again, and others are as well as before.
    assert (await api.made(asked | {"project": project}))["state"] == "completed"
    # What can't be read is made again from the last step whose input can be.
    assert (await api.http.post(f"{letter['url']}/replay")).status_code == 202
    assert (await api.finished(job))["state"] == "completed"


async def test_STAB_01_an_order_and_an_upload_nobody_can_read_are_put_aside(api: Client, factory: Embedded):
    job, asset = uuid4(), uuid4()
    async with connected(factory.settings, "test") as bus:
        body = orjson.dumps({"owner": "local", "order": {"brief": {"variants": 2, "kind": "of tomorrow"}}})
        await published(bus, f"ef.evt.job.requested.v1.s1.{job}.-.0", body)
        await published(bus, f"ef.evt.asset.uploaded.v1.s1.{asset}.-.0", b"[]")

        async def failed() -> bool:
            facts = [heard.event async for heard in bus.history(subjects.facts_of(job))]
            return [event.number for event in facts if isinstance(event, ScriptFailedV1)] == [1, 2]

        await until(failed)
    (letter,) = await letters_of(api, str(job))
    assert letter["inbox"] == "script"
    (upload,) = await until(lambda: letters_of(api, str(asset)))
    assert upload["inbox"] == "footage-assets"


async def test_STAB_01_what_is_terminated_behind_the_stations_back_fails_and_is_replayed(
    api: Client, factory: Embedded
):
    asked, project = await brief(api), fresh_project()
    async with without(factory, "render"):
        job = await api.submit(asked | {"project": project})
        async with connected(factory.settings, "test") as bus:
            (message,) = await taken_from(bus, "render", about=job["id"])
            await message.term()
            ended = await api.finished(job["id"])
    assert (ended["state"], ended["fault"]["code"]) == ("failed", "message_terminated")
    (letter,) = await letters_of(api, job["id"], inbox="render", reason="terminated", replayed="false")
    assert letter["video"] == ended["videos"][0]["id"]
    answers = await asyncio.gather(*(api.http.post(f"{letter['url']}/replay") for _ in range(6)))
    codes = sorted(answer.status_code for answer in answers)
    assert codes == [202, 409, 409, 409, 409, 409], [answer.text for answer in answers]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"letter_settled"}
    done = await api.finished(job["id"])
    assert (done["state"], done["videos"][0]["run"]) == ("completed", 2)
    assert await letters_of(api, job["id"], replayed="false") == []
    (again,) = await letters_of(api, job["id"], replayed="true")
    assert again["replayed_at"] is not None


async def lost_at_render(api: Client, factory: Embedded, bus: Bus, jobs: list[Json]) -> None:
    """Each of the jobs fails at its render, which somebody terminated."""
    for job in jobs:
        (message,) = await taken_from(bus, "render", about=job["id"])
        await message.term()
    for job in jobs:
        assert (await api.finished(job["id"]))["state"] == "failed"


async def test_many_are_replayed_at_once_and_what_cant_be_is_told(api: Client, factory: Embedded):
    asked = await brief(api)
    async with without(factory, "render"), connected(factory.settings, "test") as bus:
        jobs = [await api.submit(asked | {"title": f"bulk {number}"}) for number in range(3)]
        await until(lambda: waiting(bus, "render", 3))
        await lost_at_render(api, factory, bus, jobs)
        assert (await api.http.post(f"/v1/jobs/{jobs[0]['id']}/retry")).status_code == 202  # by another door
    done = await api.http.post("/v1/dead-letters/replay", json={"inbox": "render", "reason": "terminated", "limit": 3})
    assert done.status_code == 202, done.text
    replayed, skipped = done.json()["replayed"], done.json()["skipped"]
    assert len(replayed) == 2
    assert [each["code"] for each in skipped] == ["letter_settled"]
    for job in jobs:
        assert (await api.finished(job["id"]))["state"] == "completed"
        assert await letters_of(api, job["id"], replayed="false") == []


async def waiting(bus: Bus, inbox: str, count: int) -> bool:
    lanes = (await inboxes(bus))[inbox].values()
    return sum(info.num_pending or 0 for info in lanes) >= count


async def test_letters_are_told_in_pages_and_others_see_none(api: Client, factory: Embedded):
    job = uuid4()
    async with connected(factory.settings, "test") as bus:
        for seq in range(5):
            letter = DeadLetter(
                inbox="script",
                seq=900_000_000_000 + seq,
                subject=f"ef.evt.job.requested.v1.s1.{job}.-.0",
                reason="unreadable",
                fault=FaultReport(code="event_unknown", message=f"letter {seq}"),
                at=now(),
                owner="somebody",
                job=job,
            )
            assert await bury(bus, letter)
            assert not await bury(bus, letter)
        accepting: Any = None
        assert [
            item
            for item in (await Letters(bus, accepting).page(Caller("anna", admin=False), Wanted(), None, 100)).items
            if item.job == job
        ] == []
        theirs = await Letters(bus, accepting).page(Caller("somebody", admin=False), Wanted(inbox="script"), None, 100)
        assert [item.fault.message for item in theirs.items] == [f"letter {seq}" for seq in (4, 3, 2, 1, 0)]
        with pytest.raises(Problem) as refused:
            await Letters(bus, accepting).detail(theirs.items[0].id, Caller("anna", admin=False))
        assert refused.value.status == 404
    told: list[str] = []
    cursor = None
    while len(told) < 5:
        asked = {"limit": "2", "inbox": "script"} | ({"cursor": cursor} if cursor else {})
        page = (await api.http.get("/v1/dead-letters", params=asked)).json()
        told += [item["fault"]["message"] for item in page["items"] if item["job"] == str(job)]
        cursor = page["next_cursor"]
    assert told == [f"letter {seq}" for seq in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize("name", ["render-1", "render-x", "nobody-5", "..", "render-99999999999999999999"])
async def test_a_letter_that_is_none_is_not_found(api: Client, name: str):
    assert (await api.http.get(f"/v1/dead-letters/{quote(name, safe='')}")).status_code == 404
    assert (await api.http.post(f"/v1/dead-letters/{quote(name, safe='')}/replay")).status_code == 404


async def test_STAB_01_a_poison_job_among_a_hundred_fails_alone(api: Client, factory: Embedded):
    asked = await brief(api)
    like = await api.made(asked)  # so that all the others are made of what is kept
    async with connected(factory.settings, "test") as bus:
        jobs = [(await api.submit(asked | {"title": f"before {number}"}))["id"] for number in range(50)]
        poison, _, _ = await poisoned(bus, durable("render"), like["id"])
        jobs += [(await api.submit(asked | {"title": f"after {number}"}))["id"] for number in range(49)]
    assert [(await api.finished(job))["state"] for job in jobs] == ["completed"] * 99
    ended = await api.finished(poison)
    assert (ended["state"], ended["fault"]["code"]) == ("failed", "message_unreadable")
    (letter,) = await letters_of(api, poison)
    assert (letter["inbox"], letter["reason"], len(letter["tries"])) == ("render", "unreadable", 3)


async def test_the_command_lists_shows_and_replays(api: Client, factory: Embedded, capsys: pytest.CaptureFixture[str]):
    asked = await brief(api)
    async with without(factory, "tts"), connected(factory.settings, "test") as bus:
        job = await api.submit(asked)
        (message,) = await taken_from(bus, "tts", about=job["id"])
        await message.term()
        await api.finished(job["id"])
    common, shown = Common(url=factory.url), show(json=True)

    def said() -> Json:
        return dict(orjson.loads(capsys.readouterr().out.splitlines()[-1]))

    assert await cli.list_letters(common, shown, cli.Wanted(inbox="tts", reason="terminated"), 1) == 0
    (listed,) = said()["letters"]
    assert listed["job"] == job["id"]
    assert await cli.show_letter(common, show(json=False), listed["id"]) == 0
    plain = capsys.readouterr().out
    assert "message_terminated" in plain
    assert "ef.evt.script.ready.v1" in plain.replace("\n", "")
    assert await cli.replay(common, shown, listed["id"]) == 0
    assert said()["replayed_at"]
    with pytest.raises(Refused) as again:
        await cli.replay(common, shown, listed["id"])
    assert (again.value.code, again.value.exit_code) == ("letter_settled", 3)
    assert await cli.replay_some(common, shown, cli.Wanted(inbox="tts", reason="work_lost"), 5) == 0
    assert said() == {"replayed": [], "skipped": [], "next_cursor": None}
    assert (await api.finished(job["id"]))["state"] == "completed"


async def test_a_letter_without_an_outcome_has_its_message_taken_up_once_more(api: Client, factory: Embedded):
    """While no reconciler runs, nobody has failed its job yet."""
    asked = await brief(api)
    async with without(factory, "reconciler"), connected(factory.settings, "test") as bus:
        async with without(factory, "storage"):
            job = await api.submit(asked)
            (message,) = await taken_from(bus, "storage", about=job["id"])
            await message.ack_sync()
            whom = about(message.subject)
            letter = DeadLetter(
                inbox="storage",
                seq=message.metadata.sequence.stream,
                subject=message.subject,
                reason="undelivered",
                fault=FaultReport(code="message_undelivered", message="delivered 9 times"),
                at=now(),
                job=whom.job,
                video=whom.video,
                run=whom.run,
            )
            assert await bury(bus, letter)
        answer = await api.http.post(f"/v1/dead-letters/{letter.id}/replay")
        assert answer.status_code == 202, answer.text
        done = await api.finished(job["id"])
    assert (done["state"], done["videos"][0]["run"]) == ("completed", 1)
    assert (await api.http.post(f"/v1/dead-letters/{letter.id}/replay")).json()["code"] == "letter_settled"


async def test_a_retry_that_names_another_inboxs_message_is_put_aside(api: Client, factory: Embedded):
    job = await api.made(await brief(api))
    async with connected(factory.settings, "test") as bus:
        asked = await bus.last(JobRequestedV1, UUID(job["id"]))
        assert asked is not None
        wrong = RetryRequestedV1(
            owner="local",
            lane="fast",
            at=now(),
            job=UUID(job["id"]),
            video=UUID(job["videos"][0]["id"]),
            number=1,
            run=9,
            inbox="tts",
            input_seq=asked.seq,
        )
        seq = (await bus.announce(wrong)).seq

        async def aside() -> bool:
            return (await api.http.get(f"/v1/dead-letters/tts-{seq}")).status_code == 200

        await until(aside, 15)
