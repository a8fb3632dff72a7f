"""Product feeds through the door: imported, compared with what was there, told apart by owner, read by page."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests import material
from tests.client import Client
from tests.material.feeds import row, table

Json = dict[str, Any]


async def uploaded(api: Client, data: bytes, name: str = "shop.csv") -> str:
    answer = await api.http.post("/v1/assets", params={"kind": "table", "name": name}, content=data)
    assert answer.status_code in {200, 201}, answer.text
    return str(answer.json()["id"])


async def added(api: Client, data: bytes, **more: Any) -> Json:
    body = {"name": f"Shop {uuid4().hex[:6]}", "table": await uploaded(api, data)} | more
    answer = await api.http.post("/v1/feeds", json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def ended(api: Client, found: Json) -> Json:
    """An import, once it is over."""
    last_moment = time.monotonic() + 60
    while True:
        answer = await api.http.get(found["import_url"])
        assert answer.status_code == 200, answer.text
        if answer.json()["state"] in {"imported", "failed"}:
            return dict(answer.json())
        assert time.monotonic() < last_moment, answer.text
        await asyncio.sleep(0.05)


async def imported(api: Client, feed: Json, data: bytes | None = None, key: str | None = None) -> Json:
    asked = {} if data is None else {"table": await uploaded(api, data)}
    headers = {"Idempotency-Key": key} if key else {}
    last_moment = time.monotonic() + 20
    while True:  # the outcome of the one before may be written down and not be in the log yet
        answer = await api.http.post(feed["imports_url"], json=asked, headers=headers)
        if answer.status_code != 409 or time.monotonic() > last_moment:
            break
        await asyncio.sleep(0.05)
    assert answer.status_code == 202, answer.text
    return await ended(api, answer.json())


async def products(api: Client, feed: Json, **asked: Any) -> list[Json]:
    found: list[Json] = []
    cursor = None
    while True:
        params = {"limit": 100} | asked | ({"cursor": cursor} if cursor else {})
        answer = await api.http.get(feed["products_url"], params=params)
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        cursor = answer.json()["next_cursor"]
        if cursor is None:
            return found


async def test_a_feed_is_imported_by_itself_and_an_import_again_is_a_difference(api: Client):
    feed = await added(api, table(range(1, 251)))
    first = await ended(api, feed["last_import"])
    assert first["state"] == "imported"
    assert first["counts"] == {
        **dict.fromkeys(("changed", "same", "gone", "wrong", "without_image", "without_price"), 0),
        "products": 250,
        "new": 250,
    }
    assert [each["id"] for each in await products(api, feed)] == [str(number) for number in range(1, 251)]

    changed = [row(number, price="1.00 EUR") for number in range(1, 38)]
    second = await imported(api, feed, table(range(38, 241), *changed, row(999)))

    counts = second["counts"]
    assert (counts["products"], counts["new"], counts["changed"]) == (241, 1, 37)
    assert (counts["same"], counts["gone"]) == (203, 10)
    by_state = {state: await products(api, feed, state=state) for state in ("new", "changed", "same", "gone")}
    assert {state: len(found) for state, found in by_state.items()} == {
        "new": 1,
        "changed": 37,
        "same": 203,
        "gone": 10,
    }
    assert by_state["changed"][0]["price"] == {"amount": "1.00", "currency": "EUR"}
    assert by_state["new"][0]["id"] == "999"
    seen = (await api.http.get(f"/v1/feeds/{feed['id']}")).json()
    assert (seen["products"], seen["last_import"]["number"]) == (241, 2)

    back = await imported(api, feed, table(range(1, 251)))
    assert (back["counts"]["new"], back["counts"]["changed"], back["counts"]["gone"]) == (10, 37, 1)


async def test_bad_rows_are_told_by_line_and_cost_nothing_else(api: Client):
    bad = (",No id,1 EUR,,\n", "7,,1 EUR,,\n", "8,Cup,cheap,,\n", "1,Twice,2 EUR,,\n", "9,No picture,,,\n")
    feed = await added(api, table([1, 2, 3], *bad))
    done = await ended(api, feed["last_import"])

    assert done["state"] == "imported"
    assert (done["counts"]["products"], done["counts"]["wrong"], done["problems_kept"]) == (4, 4, 4)
    assert (done["counts"]["without_image"], done["counts"]["without_price"]) == (1, 1)
    page = (await api.http.get(done["problems_url"], params={"limit": 3})).json()
    rest = (await api.http.get(done["problems_url"], params={"cursor": page["next_cursor"]})).json()
    told = [*page["items"], *rest["items"]]
    assert rest["next_cursor"] is None
    assert [(each["line"], each["column"], each["id"]) for each in told] == [
        (5, "id", None),
        (6, "title", "7"),
        (7, "price", "8"),
        (8, "id", "1"),
    ]
    assert "cheap" in told[2]["message"]


@pytest.mark.parametrize("broken", [b"id,title,price\n", b"Artikel,Preis\n1,2 EUR\n", b"id,title\n1,\n2,\n"])
async def test_an_export_that_went_wrong_makes_no_product_gone(api: Client, broken: bytes):
    feed = await added(api, table([1, 2, 3]))
    await ended(api, feed["last_import"])
    done = await imported(api, feed, broken)
    assert done["state"] == "failed"
    assert done["fault"]["code"] in {"feed_empty", "feed_unreadable"}
    assert [each["state"] for each in await products(api, feed)] == ["new"] * 3


async def test_of_very_many_bad_rows_the_first_thousand_are_kept(api: Client):
    feed = await added(api, table([1], *(",No id,1 EUR,,\n" for _ in range(1_500))))
    done = await ended(api, feed["last_import"])
    assert (done["counts"]["products"], done["counts"]["wrong"], done["problems_kept"]) == (1, 1_500, 1_000)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<rss><channel><item><id>1</id><title>Cup</title></item>", "feed_unreadable"),
        (b"<settings/>", "feed_unreadable"),
        (b'id,title\n1,"open\n' + b"x" * (2 << 20), "feed_unreadable"),
        (table(range(1, 2_001)) + "3,C\u0103ni\n".encode("iso8859-2"), "feed_unreadable"),
    ],
)
async def test_a_feed_that_breaks_off_is_refused_whole_and_nothing_is_gone(api: Client, data: bytes, code: str):
    feed = await added(api, table(range(1, 11)))
    await ended(api, feed["last_import"])
    refused = await imported(api, feed, data)
    assert (refused["state"], refused["fault"]["code"], refused["counts"]) == ("failed", code, None)
    assert refused["fault"]["message"]
    assert len(await products(api, feed, state="gone")) == 0
    assert (await api.http.get(f"/v1/feeds/{feed['id']}")).json()["products"] == 10


async def test_the_same_bytes_again_cost_no_reading(api: Client, factory: Any):
    data = table(range(1, 21), ",No id,,,\n")
    feed = await added(api, data)
    first = await ended(api, feed["last_import"])
    again = await imported(api, feed, data)
    assert again["counts"] == first["counts"] | {"new": 0, "same": 20}
    assert again["problems_kept"] == 1
    assert len(await products(api, feed, state="same")) == 20
    log = (factory.settings.home / "log.jsonl").read_text()
    assert log.count(f'"feed":"{feed["id"]}"') + log.count(f'"feed": "{feed["id"]}"') == 1

    currency = await api.http.patch(f"/v1/feeds/{feed['id']}", json={"columns": {"title": "brand"}})
    assert currency.status_code == 200, currency.text
    other = await imported(api, feed, data)
    assert other["counts"]["changed"] == 20


async def test_a_sale_that_has_its_days_is_looked_at_again(api: Client):
    data = (
        b"id,title,price,sale_price,sale_price_effective_date\n1,Cup,9 EUR,5 EUR,2020-01-01T00:00Z/2099-01-01T00:00Z\n"
    )
    feed = await added(api, data)
    await ended(api, feed["last_import"])
    again = await imported(api, feed, data)
    assert (again["counts"]["same"], again["counts"]["changed"]) == (1, 0)


async def test_what_is_asked_again_with_the_same_key_is_the_same(api: Client):
    asked = {"name": "Keyed", "table": await uploaded(api, table([1, 2]))}
    key = {"Idempotency-Key": uuid4().hex}
    one, two = await asyncio.gather(*(api.http.post("/v1/feeds", json=asked, headers=key) for _ in range(2)))
    assert (one.status_code, two.status_code) == (201, 201), (one.text, two.text)
    assert one.json()["id"] == two.json()["id"]
    other = await api.http.post("/v1/feeds", json=asked | {"name": "Other"}, headers=key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")

    feed = one.json()
    await ended(api, feed["last_import"])
    done = await imported(api, feed, table([1]), key="k1")
    await imported(api, feed, table([1, 2, 3]))
    same = await imported(api, feed, table([1]), key="k1")
    assert (same["id"], same["number"]) == (done["id"], 2)
    answer = await api.http.post(feed["imports_url"], json={}, headers={"Idempotency-Key": "k1"})
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")


async def test_one_import_of_a_feed_at_a_time(api: Client):
    feed = await added(api, table(range(1, 2_001)))
    asked = {"table": await uploaded(api, table([1]))}
    second = await api.http.post(feed["imports_url"], json=asked)
    if second.status_code == 409:
        problem = second.json()
        assert (problem["code"], problem["import_id"]) == ("import_running", feed["last_import"]["id"])
        assert problem["import_url"] == feed["last_import"]["import_url"]
    await ended(api, feed["last_import"])
    several = await asyncio.gather(*(api.http.post(feed["imports_url"], json=asked) for _ in range(6)))
    taken = {answer.json()["id"] for answer in several if answer.status_code == 202}
    assert len(taken) <= 1
    assert {answer.status_code for answer in several} <= {202, 409}


async def test_products_are_found_by_words_and_by_page(api: Client):
    feed = await added(api, table(range(1, 31)))
    await ended(api, feed["last_import"])
    assert [each["id"] for each in await products(api, feed, q="cana LUT 17")] == ["17"]
    assert len(await products(api, feed, q="lutul", limit=7)) == 30
    first = (await products(api, feed))[0]
    assert first["images"] == ["https://shop.example/1.jpg"]
    assert (first["brand"], first["state"], len(first["fingerprint"])) == ("Lutul", "new", 64)


async def test_a_feed_is_renamed_and_removed(api: Client):
    feed = await added(api, table([1, 2]))
    await ended(api, feed["last_import"])
    where = f"/v1/feeds/{feed['id']}"
    changed = (await api.http.patch(where, json={"name": "Renamed", "language": "ro"})).json()
    assert (changed["name"], changed["language"], changed["products"]) == ("Renamed", "ro", 2)
    listed = (await api.http.get("/v1/feeds", params={"limit": 100})).json()["items"]
    assert next(each["name"] for each in listed if each["id"] == feed["id"]) == "Renamed"
    no_source = await api.http.post(feed["imports_url"], json={})
    assert (no_source.status_code, no_source.json()["code"]) == (422, "feed_without_source")

    assert (await api.http.delete(where)).status_code == 204
    for gone in (where, feed["imports_url"], feed["products_url"], feed["last_import"]["import_url"]):
        assert (await api.http.get(gone)).status_code == 404
    assert (await api.http.delete(where)).status_code == 404
    assert feed["id"] not in (await api.http.get("/v1/feeds", params={"limit": 100})).text


async def test_a_feed_that_is_removed_while_it_is_read_is_gone(api: Client):
    feed = await added(api, table(range(1, 5_001)))
    assert (await api.http.delete(f"/v1/feeds/{feed['id']}")).status_code == 204
    other = await added(api, table([1]))
    assert (await ended(api, other["last_import"]))["counts"]["products"] == 1
    assert (await api.http.get(feed["products_url"])).status_code == 404


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({"name": "x"}, 422, ""),
        ({"name": "x", "url": "https://a.example/f", "table": str(uuid4())}, 422, ""),
        ({"name": "", "url": "https://a.example/f"}, 422, "/name"),
        ({"name": "x", "table": "no"}, 400, "/table"),
        ({"name": "x", "table": str(uuid4())}, 422, "/table"),
        ({"name": "x", "table": str(uuid4()), "columns": {"name": "title"}}, 400, "/columns/name"),
        ({"name": "x", "table": str(uuid4()), "columns": {"currency": "lei"}}, 422, "/columns/currency"),
        ({"name": "x", "table": str(uuid4()), "language": "Romanian!"}, 422, "/language"),
        ({"name": "x", "url": "http://127.0.0.1/feed.xml"}, 422, None),
        ({"name": "x", "url": "https://10.0.0.1/feed.xml"}, 422, None),
        ({"name": "x", "more": 1, "url": "https://a.example/f"}, 400, "/more"),
    ],
)
async def test_what_is_no_feed_is_refused_with_the_place(api: Client, body: Json, status: int, pointer: str | None):
    answer = await api.http.post("/v1/feeds", json=body)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    if pointer is not None:
        assert answer.json()["errors"][0]["pointer"] == pointer


async def test_only_a_table_is_a_feed(api: Client):
    picture = await api.upload(material.picture(), kind="image")
    answer = await api.http.post("/v1/feeds", json={"name": "x", "table": picture["id"]})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/table")


class TestTables:
    async def test_an_upload_is_analysed_at_once_and_no_part_of_the_footage(self, api: Client):
        ident = await uploaded(api, table([1]), "rows.csv")
        last_moment = time.monotonic() + 20
        while (seen := (await api.http.get(f"/v1/assets/{ident}")).json())["state"] == "uploaded":
            assert time.monotonic() < last_moment
            await asyncio.sleep(0.05)
        assert (seen["state"], seen["kind"], seen["media_type"]) == ("analysed", "table", "text/csv")
        assert seen["facts"]["container"] == "csv"
        everything = (await api.http.get("/v1/assets", params={"limit": 100})).json()["items"]
        assert "table" not in {each["kind"] for each in everything}
        tables = (await api.http.get("/v1/assets", params={"limit": 100, "kind": "table"})).json()["items"]
        assert ident in {each["id"] for each in tables}
        assert (await api.http.get(f"/v1/assets/{ident}/thumbnail")).status_code == 404
        brief = {"script": "A word.", "footage": [ident]}
        refused = await api.http.post("/v1/jobs", json=brief)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/footage/0")

    async def test_what_is_not_what_it_is_called_is_refused(self, api: Client, tmp_path: Path):
        picture = tmp_path / "rows.csv"
        picture.write_bytes(material.picture().read_bytes())
        params = {"kind": "table", "name": "rows.csv"}
        answer = await api.http.post("/v1/assets", params=params, content=picture.read_bytes())
        assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")
