"""Feeds at an address, and what is left of them when the database is lost."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from edit_factory.embedded import Embedded
from kit.settings import Settings
from tests import material
from tests.client import Client
from tests.doubles.receiver import Behaviour, Receiver, answers, endless, receiver
from tests.integration.refusing import pointers, refused
from tests.integration.test_feeds import ended, imported, products
from tests.limits import UNLIMITED
from tests.material.feeds import HEAD, row, table

Json = dict[str, Any]
LIMIT = 2 << 20  # bytes of a feed


@dataclass
class Shop:
    """A system that may read from this machine."""

    api: Client
    other: Receiver

    async def feed(self, path: str, behaviour: Behaviour) -> Json:
        answer = await self.api.http.post("/v1/feeds", json={"name": path, "url": self.other.on(path, behaviour)})
        assert answer.status_code == 201, answer.text
        return dict(answer.json())


@asynccontextmanager
async def system(home: Path) -> AsyncIterator[Shop]:
    settings = Settings(home=home, port=0, outbound_allow="127.0.0.0/8", table_max_bytes=LIMIT, **UNLIMITED)
    running = Embedded(settings)
    await running.start()
    try:
        async with receiver() as other, httpx.AsyncClient(base_url=running.url, timeout=30) as http:
            yield Shop(Client(http), other)
    finally:
        await running.stop()


@pytest.fixture(scope="module")
async def shop(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shop]:
    async with system(tmp_path_factory.mktemp("feeds")) as made:
        yield made


async def test_a_feed_at_an_address_is_fetched_each_time_and_read_if_it_changed(shop: Shop):
    feed = await shop.feed("/a.csv", answers(200, table(range(1, 11)), content_type="application/octet-stream"))
    first = await ended(shop.api, feed["last_import"])
    assert (first["state"], first["counts"]["new"]) == ("imported", 10)
    same = await imported(shop.api, feed)
    assert same["counts"]["same"] == 10
    shop.other.on("/a.csv", answers(200, table(range(2, 11), row(1, price="7 EUR"), row(11))))
    changed = await imported(shop.api, feed)
    assert [changed["counts"][state] for state in ("new", "changed", "same", "gone")] == [1, 1, 9, 0]
    assert len(shop.other.at("/a.csv")) == 3


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        (answers(200, b"<!doctype html><p>Log in, please"), "feed_unreadable"),
        (answers(200, b""), "feed_unreadable"),
        (answers(302, location="/b.csv"), "url_forbidden"),
        (endless, "url_too_large"),
    ],
)
async def test_what_is_no_feed_at_an_address(shop: Shop, behaviour: Behaviour, code: str):
    feed = await shop.feed("/no.csv", behaviour)
    seen = await ended(shop.api, feed["last_import"])
    assert (seen["state"], seen["fault"]["code"]) == ("failed", code)


async def test_a_shop_that_is_away_for_a_moment_is_asked_again(shop: Shop):
    feed = await shop.feed("/away.csv", answers(503))
    await shop.other.until("/away.csv", 1)
    shop.other.on("/away.csv", answers(200, table([1])))
    seen = await ended(shop.api, feed["last_import"])
    assert (seen["state"], seen["counts"]["products"]) == ("imported", 1)


async def test_a_lost_database_is_made_anew_from_the_log_and_what_was_read(tmp_path: Path):
    async with system(tmp_path) as shop:
        feed = await shop.feed("/lost.csv", answers(200, table(range(1, 21), ",No id,,,\n")))
        await ended(shop.api, feed["last_import"])
        shop.other.on("/lost.csv", answers(200, table(range(1, 26))))
        before = await imported(shop.api, feed)
        await imported(shop.api, feed, b"<rss>")
    shutil.rmtree(tmp_path / "postgres")

    async with system(tmp_path) as shop:
        async with asyncio.timeout(30):
            while len(await products(shop.api, feed)) < 25:
                await asyncio.sleep(0.1)
        seen = (await shop.api.http.get(before["import_url"])).json()
        assert (seen["state"], seen["counts"]) == ("imported", before["counts"])
        known = (await shop.api.http.get(f"/v1/feeds/{feed['id']}")).json()
        assert (known["products"], known["last_import"]["state"]) == (25, "failed")
        again = await imported(shop.api, feed, table(range(1, 26)))
        assert again["counts"]["same"] == 25
        assert shop.other.asked == []


async def with_pictures(shop: Shop, **urls: str) -> dict[str, Json]:
    """Products of a new feed by their ids, each with a picture at an address, or none."""
    rows = "".join(f"{name},Cup,9 EUR,{url},\n" for name, url in urls.items())
    feed = await shop.feed("/pictures.csv", answers(200, (HEAD + rows).encode()))
    await ended(shop.api, feed["last_import"])
    return {each["id"]: each for each in await products(shop.api, feed)}


async def test_a_product_s_picture_is_handed_out_small_and_asked_for_once(shop: Shop):
    url = shop.other.on("/cup.png", answers(200, material.picture("cup.png", size=(1200, 800)).read_bytes()))
    feed = await with_pictures(shop, cup=url)
    for _ in range(2):
        answer = await shop.api.http.get(feed["cup"]["picture_url"])
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "image/jpeg"
        assert answer.headers["cache-control"] == "private, max-age=86400"
        with Image.open(BytesIO(answer.content)) as seen:
            assert (seen.format, seen.size) == ("JPEG", (192, 128))
    assert len(shop.other.at("/cup.png")) == 1


async def test_pictures_that_can_t_be_had_are_refused_and_say_why(shop: Shop):
    feed = await with_pictures(
        shop,
        away=shop.other.on("/away.png", answers(404)),
        text=shop.other.on("/text.png", answers(200, b"<p>Log in, please")),
        inside="https://10.0.0.1/inside.png",
        none="",
    )
    assert feed["none"]["picture_url"] is None
    for name, status, code in (
        ("away", 422, "url_unreachable"),
        ("text", 415, "unsupported_media_type"),
        ("inside", 422, "url_forbidden"),
    ):
        refused(await shop.api.http.get(feed[name]["picture_url"]), status, code)
    base = feed["away"]["picture_url"].partition("?")[0]
    for product in ("none", "nobody"):
        refused(await shop.api.http.get(base, params={"product": product}), 404, "not_found")
    unasked = refused(await shop.api.http.get(base), 400, "request_invalid")
    assert pointers(unasked) == ["/product"]
