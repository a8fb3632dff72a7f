"""What can't be worked on is put aside, its job fails with the reason, and it can be sent on its way again."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest

from contracts import subjects
from contracts.events import JobRequestedV1, VideoEvent, video_id
from contracts.streams import DURABLES, EVENTS
from edit_factory.embedded import Embedded
from kit.bus import Bus
from kit.service import connected
from tests.client import Client
from tests.flow.letters import brief, fresh_project, letters_of, taken_from, until, without

OF_VIDEOS = [durable for durable in DURABLES if durable.name not in {"script", "footage-assets"}]


async def published(bus: Bus, subject: str, body: bytes) -> int:
    headers = {"ce-id": uuid4().hex, "ce-type": "test", "traceparent": f"00-{uuid4().hex}-{'1' * 16}-01"}
    return (await bus.jetstream.publish(subject, body, stream=EVENTS.name, headers=headers)).seq


async def order(bus: Bus, api: Client, job: str) -> JobRequestedV1:
    """A job's request, to be given to another job."""
    heard = await bus.last(JobRequestedV1, UUID(job))
    assert heard is not None
    assert isinstance(heard.event, JobRequestedV1)
    return heard.event


@pytest.mark.parametrize("durable", OF_VIDEOS, ids=lambda durable: durable.name)
async def test_STAB_01_a_message_nobody_can_read_fails_its_job_and_no_other(
    api: Client, factory: Embedded, durable: Any
):
    asked, project = await brief(api), fresh_project()
    other = await api.made(asked)
    async with connected(factory.settings, "test") as bus:
        like = await order(bus, api, other["id"])
        job = uuid4()
        subject = f"ef.evt.{durable.hears.TYPE}.v1.{like.lane}.{job}.{video_id(job, 1)}.1"
        seq = await published(bus, subject, b"\xff\x00 {not json")
        made = like.model_copy(
            update={
                "job": job,
                "order": like.order.model_copy(
                    update={"brief": like.order.brief.model_copy(update={"project": project})}
                ),
            }
        )
        await bus.announce(made)
    ended = await api.finished(str(job))
    assert ended["state"] == "failed"
    assert ended["fault"]["code"] == "message_unreadable"
    assert durable.name in ended["fault"]["message"]
    (letter,) = await letters_of(api, str(job))
    assert (letter["inbox"], letter["seq"], letter["reason"]) == (durable.name, seq, "unreadable")
    assert len(letter["tries"]) == 3
    shown = (await api.http.get(letter["url"])).json()
    assert shown["message"]["subject"] == subject
    assert shown["message"]["excerpt"] == "\\xff\\x00 {not json"
    assert {"ce-id", "ce-type", "traceparent"} == set(shown["message"]["headers"])
    # The project is free again, and others are as well as before.
    assert (await api.made(asked | {"project": project}))["state"] == "completed"
    # What can't be read is made again from the last step whose input can be.
    assert (await api.http.post(f"{letter['url']}/replay")).status_code == 202
    assert (await api.finished(str(job)))["state"] == "completed"


async def test_STAB_01_an_order_and_an_upload_nobody_can_read_are_put_aside(api: Client, factory: Embedded):
    job, asset = uuid4(), uuid4()
    async with connected(factory.settings, "test") as bus:
        body = orjson.dumps({"owner": "local", "order": {"brief": {"variants": 2, "kind": "of tomorrow"}}})
        await published(bus, f"ef.evt.job.requested.v1.s1.{job}.-.0", body)
        await published(bus, f"ef.evt.asset.uploaded.v1.s1.{asset}.-.0", b"[]")

        async def failed() -> list[int]:
            return [
                heard.event.number
                async for heard in bus.history(subjects.facts_of(job))
                if isinstance(heard.event, VideoEvent)
            ]

        assert await until(failed) == [1] or await until(failed) == [1, 2]
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
            (message,) = await taken_from(bus, "render")
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
