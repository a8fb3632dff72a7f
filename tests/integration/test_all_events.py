"""One stream of all a user's jobs and uploads: whole states, told once for all who listen, with nothing missed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from edit_factory.embedded import Embedded
from services.gateway import live
from tests import material
from tests.client import Client, Json, ServerSent, server_sent
from tests.guarded import ADMIN_KEY, User, calling, gateway, user
from tests.integration.test_feeds import added
from tests.material.feeds import table

LONG_S = 60


class Ear:
    """A client that keeps what it heard."""

    def __init__(self) -> None:
        self.heard: list[ServerSent] = []
        self._news = asyncio.Event()

    def take(self, sent: ServerSent) -> None:
        self.heard.append(sent)
        self._news.set()

    @property
    def last_id(self) -> str:
        return next(sent.id for sent in reversed(self.heard) if sent.id)

    async def until(self, wanted: Any) -> ServerSent:
        """The first of what was heard so far, or comes, that is wanted."""
        async with asyncio.timeout(LONG_S):
            at = 0
            while True:
                while at < len(self.heard):
                    if wanted(self.heard[at]):
                        return self.heard[at]
                    at += 1
                self._news.clear()
                await self._news.wait()


async def _follow(http: httpx.AsyncClient, ear: Ear, last: str | None) -> None:
    headers = {"Last-Event-ID": last} if last else {}
    async with http.stream("GET", "/v1/events", headers=headers) as answer:
        assert answer.status_code == 200
        async for sent in server_sent(answer):
            ear.take(sent)


@asynccontextmanager
async def listening(http: httpx.AsyncClient, last: str | None = None) -> AsyncIterator[Ear]:
    ear = Ear()
    task = asyncio.create_task(_follow(http, ear, last))
    try:
        await ear.until(lambda sent: sent.event == "open")
        yield ear
    finally:
        task.cancel()
        await asyncio.wait({task})


@pytest.fixture(scope="module")
async def people(factory: Embedded) -> AsyncIterator[tuple[User, User]]:
    async with (
        gateway(factory) as running,
        calling(running.url, ADMIN_KEY) as admin,
        user(admin, "watcher") as one,
        user(admin, "other") as two,
    ):
        yield one, two


def clip() -> Path:
    name = uuid4().hex
    return material.video(f"seen-{name[:8]}.mp4", seconds=2, size=(320, 180), options=("-metadata", f"comment={name}"))


async def asked(api: Client, **changes: Any) -> Json:
    brief = await api.brief(clip())
    return await api.submit(brief | {"script": f"Look at {uuid4().hex[:6]}.", "title": "Seen"} | changes)


def state_of(job: str, state: str) -> Any:
    return lambda sent: sent.event == "job" and (sent.data["id"], sent.data["state"]) == (job, state)


async def test_there_is_news_of_batches_for_their_owner_alone(people: tuple[User, User]):
    one, two = people
    async with listening(one.http) as ear, listening(two.http) as other:
        clips = [(await one.api.upload(clip()))["id"]]
        template = {"script": "{name}.", "footage": clips, "quality": "draft"}
        body = {"template": template, "rows": {"given": [{"values": {"name": "One"}}]}}
        batch = (await one.http.post("/v1/batches", json=body)).raise_for_status().json()
        await ear.until(lambda sent: sent.event == "batch" and sent.data == {"id": batch["id"]})
        job = (await ear.until(lambda sent: sent.event == "job" and sent.data["batch"] == batch["id"])).data["id"]
        await ear.until(state_of(job, "completed"))
        async with asyncio.timeout(LONG_S):
            while (await one.http.get(batch["url"])).json()["state"] != "completed":
                await asyncio.sleep(0.1)
            while sum(sent.event == "batch" for sent in ear.heard) < 2:  # its end may be told with its job's
                await asyncio.sleep(0.1)
        for path in ("", "/rows", "/report.csv", "/results.zip"):
            assert (await two.http.get(f"{batch['url']}{path}")).status_code == 404
        assert (await two.http.post(f"{batch['url']}/cancel")).status_code == 404
        assert (await two.http.get("/v1/batches")).json()["items"] == []
        assert not any(sent.event == "batch" for sent in other.heard)
        of_none = (await one.http.get("/v1/jobs", params={"batch": "none", "limit": 100})).json()["items"]
        of_it = (await one.http.get("/v1/jobs", params={"batch": batch["id"]})).json()["items"]
        assert [each["id"] for each in of_it] == [job]
        assert job not in [each["id"] for each in of_none]


async def test_all_jobs_and_uploads_come_on_one_stream_as_whole_states(people: tuple[User, User]):
    one, two = people
    async with listening(one.http) as ear, listening(one.http) as twin, listening(two.http) as other:
        jobs = [await asked(one.api, review=["script"]), await asked(one.api)]
        held = await ear.until(state_of(jobs[0]["id"], "waiting_for_review"))
        done = await ear.until(state_of(jobs[1]["id"], "completed"))
        assert done.data["videos"][0]["files"]
        whole = await one.api.job(jobs[1]["id"])
        assert done.data == {name: value for name, value in whole.items() if name != "brief"}
        assert held.data["videos"][0]["review"] == "script"
        asset = await ear.until(lambda sent: sent.event == "asset" and sent.data["state"] == "analysed")
        assert (await one.http.get(f"/v1/assets/{asset.data['id']}")).json() == asset.data
        video = done.data["videos"][0]["id"]
        await one.http.patch(f"/v1/videos/{video}", json={"name": "Heard"})
        await ear.until(lambda sent: sent.event == "job" and sent.data["videos"][0]["name"] == "Heard")
        await twin.until(lambda sent: sent.event == "job" and sent.data["videos"][0]["name"] == "Heard")
        await one.http.post(f"/v1/jobs/{jobs[0]['id']}/cancel")
        await ear.until(state_of(jobs[0]["id"], "cancelled"))
        assert [sent.event for sent in other.heard] == ["open"]
    shares = [sent.data["share"] for sent in ear.heard if sent.event == "job" and sent.data["id"] == jobs[1]["id"]]
    assert shares == sorted(shares)


async def test_who_comes_back_is_told_what_changed_since_and_nothing_else(people: tuple[User, User]):
    one, _ = people
    before = await asked(one.api, review=["script"])
    async with listening(one.http) as ear:
        await ear.until(lambda sent: sent.event == "open")
        job = await asked(one.api, review=["script"])
        await ear.until(state_of(job["id"], "waiting_for_review"))
        place = ear.last_id
    await one.http.post(f"/v1/jobs/{job['id']}/cancel")
    async with listening(one.http, place) as back:
        assert back.heard[0].data == {"cursor": int(place), "reset": False}
        await back.until(state_of(job["id"], "cancelled"))
        assert before["id"] not in {sent.data.get("id") for sent in back.heard}
        again = back.last_id
    assert int(again) > int(place)
    await one.http.post(f"/v1/jobs/{before['id']}/cancel")


async def test_feeds_come_as_whole_states_and_who_comes_back_is_told_of_them(people: tuple[User, User]):
    me, other = people
    async with listening(me.http) as ear, listening(other.http) as theirs:
        feed = await added(me.api, table([1, 2, 3]))
        done = await ear.until(lambda sent: _stands(sent, feed["id"], "imported"))
        assert done.data["products"] == 3
        place = ear.last_id
        await asyncio.sleep(0.5)
        assert all(sent.event == "open" for sent in theirs.heard)
    assert (await me.http.patch(f"/v1/feeds/{feed['id']}", json={"name": "Named anew"})).status_code == 200
    async with listening(me.http, place) as ear:
        told = await ear.until(lambda sent: sent.event == "feed" and sent.data["id"] == feed["id"])
        assert told.data["name"] == "Named anew"
        assert (await me.http.delete(f"/v1/feeds/{feed['id']}")).status_code == 204
        await ear.until(lambda sent: sent.event == "feed_removed" and sent.data == {"id": feed["id"]})


def _stands(sent: ServerSent, feed: str, state: str) -> bool:
    return sent.event == "feed" and sent.data["id"] == feed and sent.data["last_import"]["state"] == state


async def test_a_place_that_never_was_asks_to_read_everything_anew(people: tuple[User, User]):
    async with listening(people[0].http, "999999999999") as ear:
        assert ear.heard[0].data["reset"] is True


def test_a_slow_client_is_let_go_and_nobody_waits_for_it():
    ear: live.Listener[bytes] = live.Listener()
    lost = []
    for _ in range(live.QUEUE_MAX + 1):
        ear.put(b"x")
        lost.append(ear.lost)
    assert lost == [False] * live.QUEUE_MAX + [True]
    assert ear.queue.qsize() == live.QUEUE_MAX
