"""A batch whose system is killed, all of it, again and again, ends as if nothing had been."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest

from contracts import subjects
from contracts.events import VideoStoredV1
from kit.service import connected
from kit.settings import Settings
from tests.client import Client, Json
from tests.flow.test_batches import batch_of, clip_of, created, draft, rows_of, steered, until
from tests.processes import Processes

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

ROWS, VOICES = 200, 40
BROKEN = {20: "empty", 60: "empty", 90: "empty", 100: "asset", 150: "asset", 130: "language", 199: "language"}


@pytest.fixture(scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Processes]:
    system = Processes(tmp_path_factory.mktemp("batches"))
    await system.servers()
    await system.start_all()
    yield system
    await system.stop()


async def killed_and_started(system: Processes, api: Client) -> Client:
    await api.http.aclose()
    await system.kill_everything()
    await system.servers()
    await system.start_all()
    return system.client()


async def some_done(api: Client, batch: str, many: int) -> None:
    async with asyncio.timeout(300):
        while (await batch_of(api, batch))["counts"]["completed"] < many:
            await asyncio.sleep(0.2)


def a_row(number: int) -> Json:
    """One of few texts, so that the proof is of the batch and not of the voice."""
    wrong = BROKEN.get(number)
    row: Json = {"key": f"k{number}", "values": {"name": f"Row {number % VOICES}", "language": "en"}}
    if wrong == "empty":
        row["values"]["name"] = " "
    elif wrong == "asset":
        row["overrides"] = {"footage": [str(uuid4())]}
    elif wrong == "language":
        row["values"]["language"] = "zz"
    return row


async def test_200_rows_of_which_7_are_broken_through_two_kills_of_everything(running: Processes):
    api = running.client()
    template = draft(await clip_of(api)) | {"voice": {"provider": "espeak"}, "language": "{language}"}
    rows = {"given": [a_row(number) for number in range(1, ROWS + 1)]}
    batch = (await created(api, template, rows, uuid4().hex))["id"]
    for done in (30, 100):
        await some_done(api, batch, done)
        api = await killed_and_started(running, api)
    seen = await until(api, batch, "completed", "failed", "cancelled", timeout_s=500)
    assert {name: many for name, many in seen["counts"].items() if many} == {
        "completed": ROWS - len(BROKEN),
        "refused": 5,
        "failed": 2,
    }
    found = await rows_of(api, batch)
    assert [row["number"] for row in found] == list(range(1, ROWS + 1))
    reasons = {row["number"]: row["fault"]["code"] for row in found if row["state"] != "completed"}
    expected = {"empty": "merge_field_empty", "asset": "asset_unusable", "language": "language_unsupported"}
    assert reasons == {number: expected[why] for number, why in BROKEN.items()}
    jobs = await jobs_of(api, batch)
    assert Counter(job["row"] for job in jobs) == Counter(row["number"] for row in found if row["state"] != "refused")
    assert await stored(running, [job["id"] for job in jobs]) == ROWS - len(BROKEN)
    await api.http.aclose()


async def jobs_of(api: Client, batch: str) -> list[Json]:
    found: list[Json] = []
    cursor = None
    while True:
        params: Json = {"batch": batch, "limit": 100} | ({"cursor": cursor} if cursor else {})
        page = (await api.http.get("/v1/jobs", params=params)).json()
        found += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return found


async def stored(running: Processes, jobs: list[str]) -> int:
    """How many ends the log has of them, counting each time one was told."""
    settings = Settings(nats_url=running.environment["EDIT_FACTORY_NATS_URL"], home=running.home)
    wanted = set(map(UUID, jobs))
    async with connected(settings, "test") as bus:
        facts = [
            heard.event
            async for heard in bus.history(subjects.heard(VideoStoredV1))
            if isinstance(heard.event, VideoStoredV1) and heard.event.job in wanted
        ]
    return len(facts)


async def test_10_000_rows_are_accepted_in_seconds_and_survive(running: Processes, tmp_path: Path):
    api = running.client()
    template = draft(await clip_of(api)) | {"voice": {"provider": "espeak"}}
    path = tmp_path / "many.csv"
    path.write_text("id,name\n" + "".join(f"p{number},Row {number}\n" for number in range(10_000)), "utf-8")
    table = await api.upload(path, kind="table")
    began = time.monotonic()
    batch = (await created(api, template, {"table": table["id"]}))["id"]
    accepted_s = time.monotonic() - began
    assert accepted_s < 5, accepted_s
    await steered(api, batch, "pause")
    api = await killed_and_started(running, api)  # most likely while its rows are read
    async with asyncio.timeout(120):
        while (seen := await batch_of(api, batch))["rows"] < 10_000:
            await asyncio.sleep(0.2)
    assert seen["state"] == "paused"
    api = await killed_and_started(running, api)
    seen = await batch_of(api, batch)
    assert (seen["state"], seen["rows"]) == ("paused", 10_000)
    assert sum(seen["counts"].values()) == 10_000
    last = await rows_of(api, batch, q="p9999")
    assert [(row["number"], row["key"]) for row in last] == [(10_000, "p9999")]
    await resumed_for_a_while(api, batch)
    await steered(api, batch, "cancel")
    seen = await until(api, batch, "cancelled")
    async with asyncio.timeout(120):
        while (seen := await batch_of(api, batch))["ended_at"] is None:
            await asyncio.sleep(0.2)
    counts = seen["counts"]
    assert counts["completed"] + counts["cancelled"] == 10_000
    assert counts["completed"] >= 3
    await api.http.aclose()


async def resumed_for_a_while(api: Client, batch: str) -> None:
    assert (await steered(api, batch, "resume"))["state"] == "running"
    await some_done(api, batch, 3)


def csv_of(changed: int, products: int = 60) -> str:
    lines = [f"p{number},Product {number}{'!' if number < changed else ''},5 EUR" for number in range(products)]
    return "\n".join(["id,title,price", *lines]) + "\n"


async def imported(api: Client, feed: str) -> Json:
    async with asyncio.timeout(120):
        while True:
            answer: httpx.Response = await api.http.get(f"/v1/feeds/{feed}/imports")
            last = answer.json()["items"][0]
            if last["state"] in {"imported", "failed"}:
                return dict(last)
            await asyncio.sleep(0.1)


async def table_of(api: Client, folder: Path, changed: int) -> str:
    path = folder / f"feed-{changed}.csv"
    path.write_text(csv_of(changed), "utf-8")
    return str((await api.upload(path, kind="table"))["id"])


async def test_a_second_import_with_37_changed_rows_makes_37_jobs(running: Processes, tmp_path: Path):
    api = running.client()
    template = draft(await clip_of(api), "{title}, {price}.") | {"title": "{title}", "voice": {"provider": "espeak"}}
    asked = {"name": "Shop", "table": await table_of(api, tmp_path, 0)}
    feed = (await api.http.post("/v1/feeds", json=asked)).raise_for_status().json()["id"]
    assert (await imported(api, feed))["counts"]["products"] == 60
    changed = {"feed": feed, "which": "changed"}
    first = (await created(api, template, changed))["id"]
    await steered(api, first, "pause")
    async with asyncio.timeout(60):
        while (await batch_of(api, first))["rows"] != 60:
            await asyncio.sleep(0.1)
    nothing = await until(api, (await created(api, template, changed))["id"], "completed")
    assert nothing["rows"] == 0

    body = {"table": await table_of(api, tmp_path, 37)}
    (await api.http.post(f"/v1/feeds/{feed}/imports", json=body)).raise_for_status()
    assert (await imported(api, feed))["counts"]["changed"] == 37
    second = (await created(api, template, changed))["id"]
    seen = await until(api, second, "completed", timeout_s=300)
    assert (seen["rows"], seen["counts"]["completed"]) == (37, 37)
    jobs = await jobs_of(api, second)
    assert sorted(job["title"] for job in jobs) == sorted(f"Product {number}!" for number in range(37))
    await steered(api, first, "cancel")
    await api.http.aclose()
