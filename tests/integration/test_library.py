"""The library on a running system: found, named, deleted, restored; read back at once; nobody else's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import orjson
import pytest

from contracts import subjects
from contracts.events import VideoFiledV1
from edit_factory.embedded import Embedded
from kit.service import connected
from tests import material
from tests.client import Client, Json
from tests.guarded import ADMIN_KEY, User, calling, gateway, user
from tests.integration.test_cli_client import BASE, environment


@dataclass
class Shelf:
    """A user of their own, with videos nobody made: what they asked for fails at once, which is all that is needed."""

    user: User
    jobs: list[Json]

    @property
    def http(self) -> httpx.AsyncClient:
        return self.user.http

    async def page(self, **asked: Any) -> Json:
        answer = await self.http.get("/v1/videos", params=asked)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def names(self, **asked: Any) -> list[str]:
        return [card["name"] for card in (await self.page(**asked))["items"]]

    async def ident(self, name: str) -> str:
        return next(str(card["id"]) for card in (await self.page(limit=100))["items"] if card["name"] == name)


TITLES = ["Plaja la răsărit", "Night market", "Plaja noaptea", "50% off"]


@pytest.fixture(scope="module")
async def shelf(factory: Embedded) -> AsyncIterator[Shelf]:
    async with (
        gateway(factory) as running,
        calling(running.url, ADMIN_KEY) as admin,
        user(admin, "librarian") as made,
    ):
        clip = (await made.api.upload(material.video("shelf.mp4", seconds=2, size=(320, 180))))["id"]
        jobs = []
        for number, title in enumerate(TITLES):
            brief = {"script": "One.", "title": title, "footage": [clip], "quality": "draft", "review": ["script"]}
            extra = {"variants": 2, "presets": ["square"]} if number == 1 else {"presets": ["tiktok"]}
            jobs.append(await made.api.submit(brief | extra))
        for job in jobs:
            assert (await made.http.post(f"/v1/jobs/{job['id']}/cancel")).status_code == 202
        for job in jobs:
            await made.api.finished(job["id"])
        found = Shelf(made, jobs)
        for _ in range(200):  # the list may be a moment behind
            if len((await found.page(state="cancelled"))["items"]) == len(TITLES) + 1:
                break
            await asyncio.sleep(0.05)
        yield found


async def test_videos_are_found_by_words_without_accents(shelf: Shelf):
    whole = ["50% off", "Plaja noaptea", "Night market 2", "Night market", "Plaja la răsărit"]
    assert await shelf.names() == whole
    assert await shelf.names(q="PLAJA") == ["Plaja noaptea", "Plaja la răsărit"]
    assert await shelf.names(q="rasa plaj") == ["Plaja la răsărit"]
    assert await shelf.names(q="a") == ["Plaja noaptea", "Night market 2", "Night market", "Plaja la răsărit"]
    assert await shelf.names(q="0%") == ["50% off"]
    assert await shelf.names(q="_") == []
    assert await shelf.names(preset="square", sort="oldest") == ["Night market", "Night market 2"]
    assert await shelf.names(state="completed") == []
    assert await shelf.names(project="spring") == []
    jobs = (await shelf.http.get("/v1/jobs", params={"q": "noap"})).json()["items"]
    assert [job["title"] for job in jobs] == ["Plaja noaptea"]


@pytest.mark.parametrize("sort", ["newest", "oldest", "name", "longest"])
async def test_pages_of_each_order_hold_every_video_once(shelf: Shelf, sort: str):
    whole = [card["id"] for card in (await shelf.page(sort=sort))["items"]]
    found: list[str] = []
    cursor: str | None = None
    while True:
        page = await shelf.page(sort=sort, limit=2, **({"cursor": cursor} if cursor else {}))
        found += [card["id"] for card in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert found == whole
    assert len(found) == len(TITLES) + 1
    if sort == "name":
        assert await shelf.names(sort=sort) == sorted(await shelf.names(sort=sort), key=str.casefold)


async def test_a_cursor_of_another_order_is_refused(shelf: Shelf):
    cursor = (await shelf.page(limit=1))["next_cursor"]
    refused = await shelf.http.get("/v1/videos", params={"cursor": cursor, "sort": "name"})
    assert (refused.status_code, refused.json()["code"]) == (400, "cursor_invalid")


async def test_a_new_name_is_everywhere_at_once_and_can_be_taken_back(shelf: Shelf):
    video = await shelf.ident("Night market")
    renamed = await shelf.http.patch(f"/v1/videos/{video}", json={"name": "  Târg de noapte "})
    assert (renamed.status_code, renamed.json()["name"]) == (200, "Târg de noapte"), renamed.text
    assert await shelf.names(q="targ") == ["Târg de noapte"]
    assert (await shelf.http.get(f"/v1/videos/{video}")).json()["name"] == "Târg de noapte"
    job = await shelf.user.api.job(renamed.json()["job"])
    assert (job["title"], job["videos"][0]["name"]) == ("Night market", "Târg de noapte")
    back = await shelf.http.patch(f"/v1/videos/{video}", json={"name": None})
    assert back.json()["name"] == "Night market"
    assert await shelf.names(q="targ") == []


@pytest.mark.parametrize(
    ("body", "status", "where"),
    [({}, 400, "/name"), ({"name": " "}, 422, "/name"), ({"name": "x" * 201}, 422, "/name"), ({"nam": 1}, 400, None)],
)
async def test_STAB_04_names_that_fit_nothing_are_refused(shelf: Shelf, body: Json, status: int, where: str | None):
    video = await shelf.ident("50% off")
    refused = await shelf.http.patch(f"/v1/videos/{video}", json=body)
    assert refused.status_code == status, refused.text
    assert where in {None, *(error["pointer"] for error in refused.json()["errors"])}


async def test_a_deleted_video_lies_in_the_trash_until_it_is_restored(shelf: Shelf, factory: Embedded):
    video = await shelf.ident("Plaja noaptea")
    deleted = await shelf.http.delete(f"/v1/videos/{video}")
    assert deleted.status_code == 200, deleted.text
    assert deleted.json()["deleted_at"]
    again = await shelf.http.delete(f"/v1/videos/{video}")
    assert again.json()["deleted_at"] == deleted.json()["deleted_at"]
    assert "Plaja noaptea" not in await shelf.names()
    assert await shelf.names(deleted=True) == ["Plaja noaptea"]
    assert (await shelf.http.get(f"/v1/videos/{video}")).json()["deleted_at"]
    restored = await shelf.http.post(f"/v1/videos/{video}/restore")
    assert restored.json()["deleted_at"] is None
    assert (await shelf.http.post(f"/v1/videos/{video}/restore")).status_code == 200
    assert "Plaja noaptea" in await shelf.names()
    assert await shelf.names(deleted=True) == []
    async with connected(factory.settings, "test") as bus:
        told = [
            heard.event.revision
            async for heard in bus.history(subjects.facts_of(UUID(deleted.json()["job"])))
            if isinstance(heard.event, VideoFiledV1)
        ]
    assert told == [1, 2]  # what stood so already was not said again


async def test_many_are_deleted_and_restored_and_each_refusal_is_told(shelf: Shelf):
    mine = [await shelf.ident("50% off"), await shelf.ident("Night market 2")]
    stranger = str(uuid4())
    done = (await shelf.http.post("/v1/videos/delete", json={"ids": [*mine, stranger, mine[0]]})).json()
    assert done["done"] == mine
    assert [(each["id"], each["code"]) for each in done["refused"]] == [(stranger, "not_found")]
    assert set(await shelf.names(deleted=True)) == {"50% off", "Night market 2"}
    back = (await shelf.http.post("/v1/videos/restore", json={"ids": mine})).json()
    assert (back["done"], back["refused"]) == (mine, [])
    for ids in ([], [stranger] * 101):
        assert (await shelf.http.post("/v1/videos/delete", json={"ids": ids})).status_code == 422


async def test_of_many_edits_at_once_each_is_a_word_and_the_last_stands(shelf: Shelf):
    video = await shelf.ident("Plaja la răsărit")
    names = [f"word {number}" for number in range(4)]
    answers = await asyncio.gather(
        *(shelf.http.patch(f"/v1/videos/{video}", json={"name": name}) for name in names),
        shelf.http.delete(f"/v1/videos/{video}"),
    )
    assert {answer.status_code for answer in answers} <= {200, 503}
    assert answers[-1].status_code == 200
    seen = (await shelf.http.get(f"/v1/videos/{video}")).json()
    assert seen["name"] in names
    assert seen["deleted_at"]  # a new name does not take anything out of the trash
    await shelf.http.post(f"/v1/videos/{video}/restore")
    await shelf.http.patch(f"/v1/videos/{video}", json={"name": None})


async def test_what_is_being_made_is_not_deleted(api: Client):
    clip = (await api.upload(material.video("shelf.mp4", seconds=2, size=(320, 180))))["id"]
    brief = {"script": f"Wait for me {uuid4().hex}.", "footage": [clip], "quality": "draft", "review": ["script"]}
    job = await api.submit(brief)
    video = job["videos"][0]["id"]
    refused = await api.http.delete(f"/v1/videos/{video}")
    assert (refused.status_code, refused.json()["code"]) == (409, "video_unfinished")
    await api.http.post(f"/v1/jobs/{job['id']}/cancel")
    await api.finished(job["id"])
    assert (await api.http.delete(f"/v1/videos/{video}")).status_code == 200


@pytest.mark.slow
async def test_the_command_finds_names_deletes_and_restores(shelf: Shelf, tmp_path: Path):
    async def said(*arguments: str) -> Json:
        there = {"EDIT_FACTORY_URL": str(shelf.http.base_url), "EDIT_FACTORY_KEY": shelf.user.key}
        process = await asyncio.create_subprocess_exec(
            *BASE, "videos", *arguments, "--json", env=environment(tmp_path, **there), stdout=asyncio.subprocess.PIPE
        )
        out, _ = await asyncio.wait_for(process.communicate(), 60)
        assert process.returncode == 0, out
        return dict(orjson.loads(out))

    (found,) = (await said("list", "rasarit"))["videos"]
    short = found["id"][:8]
    assert (await said("rename", short, "Dawn"))["name"] == "Dawn"
    assert (await said("rename", short))["name"] == found["name"]
    assert (await said("delete", short))["deleted_at"]
    assert [video["id"] for video in (await said("list", "--trash"))["videos"]] == [found["id"]]
    assert (await said("restore", short))["deleted_at"] is None
