"""Batches on a running system: rows become videos, bad rows say why, and its user has the say all the while."""

from __future__ import annotations

import asyncio
import csv
import io
import zipfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests import material
from tests.client import Client, Json
from tests.integration.test_feeds import added, ended, imported
from tests.material.feeds import row, table

ENDED = {"completed", "cancelled", "failed"}


async def created(api: Client, template: Json, rows: Json, key: str | None = None, **more: Any) -> Json:
    headers = {"Idempotency-Key": key} if key else {}
    body = {"title": "Socks", "template": template, "rows": rows} | more
    answer = await api.http.post("/v1/batches", json=body, headers=headers)
    assert answer.status_code == 202, answer.text
    return dict(answer.json())


async def batch_of(api: Client, batch: str) -> Json:
    answer = await api.http.get(f"/v1/batches/{batch}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def rows_of(api: Client, batch: str, **asked: Any) -> list[Json]:
    found: list[Json] = []
    cursor = None
    while True:
        params = {"limit": 100} | asked | ({"cursor": cursor} if cursor else {})
        answer = await api.http.get(f"/v1/batches/{batch}/rows", params=params)
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        cursor = answer.json()["next_cursor"]
        if cursor is None:
            return found


async def until(api: Client, batch: str, *states: str, timeout_s: float = 90) -> Json:
    async with asyncio.timeout(timeout_s):
        while (seen := await batch_of(api, batch))["state"] not in states:
            await asyncio.sleep(0.1)
    return seen


async def steered(api: Client, batch: str, what: str, status: int = 202) -> Json:
    answer = await api.http.post(f"/v1/batches/{batch}/{what}")
    assert answer.status_code == status, answer.text
    return dict(answer.json())


async def checked(api: Client, job: str) -> bool:
    """Whether the quality gate has spoken of each of its videos."""
    return all(video["check"]["verdict"] != "pending" for video in (await api.job(job))["videos"])


async def clip_of(api: Client) -> str:
    clip = await api.upload(material.video("batch.mp4", seconds=3, size=(320, 180)))
    return str(clip["id"])


def draft(clip: str, script: str = "{name}.") -> Json:
    return {"script": script, "title": "{name}", "footage": [clip], "quality": "draft", "subtitles": {"preset": "none"}}


def given(*rows: Json) -> Json:
    return {"given": list(rows)}


async def test_rows_become_videos_and_a_bad_one_harms_no_other(api: Client, tmp_path: Path):
    clip = await clip_of(api)
    rows = given(
        {"key": "a", "values": {"Name": "One"}},
        {"key": "b", "values": {"Name": ""}},
        {"key": "c", "values": {"Name": "Three"}, "overrides": {"footage": [str(uuid4())]}},
        {"key": "=d", "values": {"Name": "Four"}, "overrides": {"presets": ["square", "tiktok"]}},
    )
    batch = await created(api, draft(clip), rows, overrides={"a": {"title": "First"}})
    assert (batch["state"], batch["rows"]) == ("preparing", 4)
    seen = await until(api, batch["id"], *ENDED)
    assert seen["state"] == "completed", seen
    assert {name: many for name, many in seen["counts"].items() if many} == {"completed": 2, "refused": 2}
    assert seen["share"] == 1

    one, two, three, four = await rows_of(api, batch["id"])
    assert [row["state"] for row in (one, two, three, four)] == ["completed", "refused", "refused", "completed"]
    assert (two["fault"]["code"], two["fault"]["pointer"]) == ("merge_field_empty", "/title")
    assert (three["fault"]["code"], three["fault"]["pointer"]) == ("asset_unusable", "/footage/0")
    job = await api.job(one["job"])
    assert (job["title"], job["batch"], job["row"]) == ("First", batch["id"], 1)
    assert one["videos"] == [job["videos"][0]["id"]]
    async with asyncio.timeout(60):  # so that the report says the same twice
        while not all([await checked(api, row["job"]) for row in (one, four)]):
            await asyncio.sleep(0.1)

    answer = await api.http.get(f"/v1/batches/{batch['id']}/results.zip")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        names = sorted(archive.namelist())
        assert names == ["00001_a_One_tiktok.mp4", "00004_d_Four_square.mp4", "00004_d_Four_tiktok.mp4", "report.csv"]
        assert archive.read(names[0]) == (await api.http.get(job["videos"][0]["files"][0]["url"])).content
        inside = archive.read("report.csv")
    told = await api.http.get(f"/v1/batches/{batch['id']}/report.csv")
    assert told.content == inside
    table = list(csv.DictReader(io.StringIO(inside.decode("utf-8-sig"))))
    assert [row["state"] for row in table] == ["completed", "refused", "refused", "completed"]
    assert (table[1]["fault_code"], table[3]["key"]) == ("merge_field_empty", "'=d")
    only = await api.http.get(f"/v1/batches/{batch['id']}/results.zip", params={"preset": "square"})
    with zipfile.ZipFile(io.BytesIO(only.content)) as archive:
        assert sorted(archive.namelist()) == ["00004_d_Four_square.mp4", "report.csv"]


async def test_a_table_is_a_batch(api: Client, tmp_path: Path):
    clip = await clip_of(api)
    path = tmp_path / "rows.csv"
    path.write_text("Name;SKU;brief.title\nAda;a1;Hello\nBob;b2;\nToo;many;cells;here\nAda;a1;\n", "utf-8")
    table = await api.upload(path, kind="table")
    batch = await created(api, draft(clip), {"table": table["id"]})
    seen = await until(api, batch["id"], *ENDED)
    assert seen["fault"] is None
    assert {name: many for name, many in seen["counts"].items() if many} == {"completed": 2, "refused": 2}, seen
    rows = await rows_of(api, batch["id"])
    assert [row["key"] for row in rows] == ["a1", "b2", "3", "a1"]
    assert [row["fault"] and row["fault"]["code"] for row in rows] == [None, None, "row_unreadable", "row_key_twice"]
    assert (await api.job(rows[0]["job"]))["title"] == "Hello"
    assert [row["number"] for row in await rows_of(api, batch["id"], state="refused")] == [3, 4]
    assert [row["number"] for row in await rows_of(api, batch["id"], q="bob")] == [2]


async def test_of_a_feed_only_what_changed_is_made_again(api: Client):
    template = draft(await clip_of(api), "{title}.") | {"title": "{title}"}
    feed = await added(api, table([1, 2], row(3, title="Vază")))
    await ended(api, feed["last_import"])

    async def made(which: str, **more: Any) -> list[Json]:
        batch = await created(api, template, {"feed": feed["id"], "which": which} | more)
        seen = await until(api, batch["id"], *ENDED)
        assert (seen["state"], seen["feed"]) == ("completed", feed["id"]), seen
        return await rows_of(api, batch["id"])

    assert [(each["key"], each["state"]) for each in await made("changed")] == [(key, "completed") for key in "123"]
    assert await made("changed") == []
    await imported(api, feed, table([1, 2], row(3, title="Vază mare"), row(4)))
    changed = await made("changed")
    assert [(each["key"], each["label"], each["state"]) for each in changed] == [
        ("3", "Vază mare", "completed"),
        ("4", "Cană de lut 4", "completed"),
    ]
    again = await made("ids", ids=["2", "no such product"])
    assert [(each["key"], each["state"]) for each in again] == [("2", "completed"), ("no such product", "refused")]
    assert "no such product" in again[1]["fault"]["message"]


async def test_a_template_speaks_the_language_of_its_feed(api: Client):
    template = draft(await clip_of(api), "{title}.")
    feed = await added(api, table([1]), language="ro")
    await ended(api, feed["last_import"])
    rows = {"feed": feed["id"], "which": "all"}
    for said, spoken in (({}, "ro"), ({"language": "de"}, "de")):
        answer = await api.http.post("/v1/batches/preview", json={"template": template | said, "rows": rows})
        assert answer.json()["rows"][0]["brief"]["language"] == spoken


async def test_of_a_feed_without_products_nothing_is_made(api: Client):
    template = draft(await clip_of(api), "{title}.")
    feed = await added(api, b"id,title\n1,\n")
    await ended(api, feed["last_import"])
    answer = await api.http.post("/v1/batches", json={"template": template, "rows": {"feed": feed["id"]}})
    assert (answer.status_code, answer.json()["code"]) == (422, "feed_unusable")
    assert "no products" in answer.json()["detail"]


async def test_the_same_key_is_the_same_batch(api: Client):
    clip = await clip_of(api)
    key = uuid4().hex
    rows = given({"values": {"name": "Once"}})
    one = await created(api, draft(clip), rows, key)
    two = await created(api, draft(clip), rows, key)
    assert one["id"] == two["id"]
    body = {"template": draft(clip), "rows": given({"values": {"name": "Other"}})}
    other = await api.http.post("/v1/batches", json=body, headers={"Idempotency-Key": key})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    await until(api, one["id"], *ENDED)


async def test_paused_resumed_cancelled(api: Client):
    clip = await clip_of(api)
    many = [{"values": {"name": f"Row {number}, and so it goes on."}} for number in range(1, 31)]
    batch = (await created(api, draft(clip), given(*many)))["id"]
    async with asyncio.timeout(60):
        while (await batch_of(api, batch))["counts"]["completed"] < 2:
            await asyncio.sleep(0.1)
    assert (await steered(api, batch, "pause"))["state"] == "paused"
    assert (await steered(api, batch, "pause"))["state"] == "paused"
    async with asyncio.timeout(60):
        while (seen := (await batch_of(api, batch))["counts"])["queued"] + seen["running"]:
            assert seen["queued"] + seen["running"] <= 2
            await asyncio.sleep(0.1)
    still = await batch_of(api, batch)
    await asyncio.sleep(1.5)
    assert (await batch_of(api, batch))["counts"] == still["counts"]
    assert still["counts"]["waiting"] >= 20
    await steered(api, batch, "resume")
    async with asyncio.timeout(60):
        while (await batch_of(api, batch))["counts"]["completed"] <= still["counts"]["completed"]:
            await asyncio.sleep(0.1)
    assert (await steered(api, batch, "cancel"))["state"] == "cancelled"
    async with asyncio.timeout(60):
        while (seen := await batch_of(api, batch))["ended_at"] is None:
            await asyncio.sleep(0.1)
    counts = seen["counts"]
    assert counts["completed"] + counts["cancelled"] == 30
    assert counts["cancelled"] >= 15
    refused = await steered(api, batch, "resume", 409)
    assert refused["code"] == "batch_finished"
    report = await api.http.get(f"/v1/batches/{batch}/report.csv")
    assert report.text.count(",cancelled,") == counts["cancelled"]


async def test_what_failed_is_tried_again(api: Client):
    clip = await clip_of(api)
    template = draft(clip) | {"voice": {"provider": "espeak"}, "language": "{voice}"}
    rows = given({"values": {"name": "Fine", "voice": "ro"}}, {"values": {"name": "No voice", "voice": "zz"}})
    batch = await created(api, template, rows)
    seen = await until(api, batch["id"], *ENDED)
    assert (seen["counts"]["completed"], seen["counts"]["failed"] + seen["counts"]["refused"]) == (1, 1), seen
    again = await steered(api, batch["id"], "retry")
    assert again["state"] in {"running", "completed"}
    await asyncio.sleep(0.5)
    seen = await until(api, batch["id"], *ENDED)
    assert (seen["counts"]["completed"], seen["counts"]["failed"] + seen["counts"]["refused"]) == (1, 1), seen
    (bad,) = [row for row in await rows_of(api, batch["id"]) if row["state"] in {"failed", "refused"}]
    assert bad["fault"]["code"] == "language_unsupported"
    nothing = await steered(api, (await ended_well(api, clip))["id"], "retry", 409)
    assert nothing["code"] == "nothing_failed"


async def ended_well(api: Client, clip: str) -> Json:
    batch = await created(api, draft(clip), given({"values": {"name": "Well"}}))
    return await until(api, batch["id"], *ENDED)


@pytest.mark.parametrize(
    ("change", "status", "pointer"),
    [
        ({"template": {"script": "{name}"}}, 422, "/template/footage"),
        ({"template": {"script": "{nome}", "footage": [str(uuid4())]}}, 422, "/template/script"),
        ({"template": {"script": "{name", "footage": [str(uuid4())]}}, 422, "/template/script"),
        ({"template": {"script": "x\0", "footage": [str(uuid4())]}}, 422, "/template/script"),
        ({"template": "{name}"}, 400, "/template"),
        ({"rows": {}}, 422, "/rows"),
        ({"rows": {"given": []}}, 422, "/rows/given"),
        ({"rows": {"given": [{"values": {"name": "\0"}}]}}, 422, "/rows/given/0"),
        ({"rows": {"given": [{"name": "x"}]}}, 400, "/rows/given/0/name"),
        ({"rows": {"table": str(uuid4())}}, 422, "/rows/table"),
        ({"rows": {"feed": str(uuid4())}}, 422, "/rows/feed"),
        ({"rows": {"table": str(uuid4()), "which": "changed"}}, 422, "/rows"),
        ({"overrides": {"a": {"x": 1 << 70}}}, 422, "/overrides/a/x"),
        ({"rows": {"given": [{"values": {"name": 1 << 70}}]}}, 422, "/rows/given/0"),
        ({"more": 1}, 400, "/more"),
    ],
)
async def test_refused_at_the_door(api: Client, change: Json, status: int, pointer: str):
    template = {"script": "{name}", "footage": [str(uuid4())]}
    body = {"template": template, "rows": given({"values": {"name": "x"}})} | change
    for path in ("/v1/batches", "/v1/batches/preview"):
        answer = await api.http.post(path, json=body)
        assert answer.status_code == status, answer.text
        assert pointer in [error["pointer"] for error in answer.json()["errors"]], answer.text


async def test_a_preview_shows_briefs_and_faults(api: Client):
    template = {"script": "{name}.", "footage": [str(uuid4())]}
    rows = given({"values": {"name": "Ada", "unused": 3}}, {"values": {"name": None}})
    answer = await api.http.post("/v1/batches/preview", json={"template": template, "rows": rows})
    assert answer.status_code == 200, answer.text
    seen = answer.json()
    assert (seen["fields"], seen["used"]) == (["name", "unused"], ["name"])
    assert seen["rows"][0]["brief"]["script"] == "Ada."
    assert seen["rows"][1]["fault"]["pointer"] == "/script"


async def test_a_batch_nobody_has_is_not_found(api: Client):
    for path in ("", "/rows", "/results.zip", "/report.csv"):
        answer = await api.http.get(f"/v1/batches/{uuid4()}{path}")
        assert answer.status_code == 404
    assert (await api.http.post(f"/v1/batches/{uuid4()}/pause")).status_code == 404
