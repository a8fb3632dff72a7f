"""Pictures that products name by address: fetched once, from servers that behave and servers that don't."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from contracts.brief import BRIEF, ProductBrief
from contracts.faults import Fault
from edit_factory.embedded import Embedded
from kit.addresses import Allowed
from kit.blobs import FolderBlobs
from kit.bus import Bus
from kit.outbound import Outbound
from kit.service import connected
from kit.steps import StepCache
from services.footage.pictures import AT_ONCE, GOOD_FOR, WebPictures
from tests import material
from tests.acceptance.test_products import asked
from tests.client import Client
from tests.doubles.receiver import Receiver, answers, cut, endless, receiver

LIMIT = 200_000
OWNER = f"shop {uuid4()}"  # nothing was ever fetched for


@pytest.fixture
async def shop() -> AsyncIterator[Receiver]:
    async with receiver() as made:
        yield made


@pytest.fixture
async def bus(factory: Embedded) -> AsyncIterator[Bus]:
    async with connected(factory.settings_of("footage"), "footage") as made:
        yield made


@pytest.fixture
def pictures(bus: Bus, tmp_path: Path) -> WebPictures:
    return station(bus, tmp_path)


def station(bus: Bus, home: Path, good_for: timedelta = GOOD_FOR) -> WebPictures:
    """What a process of the station has, all of which share a home."""
    blobs = FolderBlobs(home / "blobs")
    outbound = Outbound(Allowed.parse("127.0.0.0/8"))
    return WebPictures(outbound, blobs, LIMIT, StepCache(bus, blobs), good_for)


def photo(name: str) -> bytes:
    return material.picture(name).read_bytes()


def brief(*urls: str) -> ProductBrief:
    made = BRIEF.validate_python({"kind": "product", "products": [{"name": "Cup", "picture_urls": urls}]})
    assert isinstance(made, ProductBrief)
    return made


async def fetched(
    pictures: WebPictures, folder: Path, *urls: str, told: list[float] | None = None, owner: str = OWNER
) -> Any:
    (folder / "work").mkdir(exist_ok=True)
    tell = (lambda _: None) if told is None else told.append
    return await pictures.of(brief(*urls), owner, folder / "work", tell)


async def test_they_are_taken_in_order_and_each_once(pictures: WebPictures, shop: Receiver, tmp_path: Path):
    urls = [shop.on(f"/{place}.png?s={place}", answers(200, photo(f"{place}.png"))) for place in range(AT_ONCE + 2)]
    told: list[float] = []

    first = await fetched(pictures, tmp_path, *urls, told=told)
    again = await fetched(pictures, tmp_path, *urls)

    assert [asset.name for asset in first] == [f"{place}.png" for place in range(AT_ONCE + 2)]
    assert [asset.id for asset in first] == list(brief(*urls).products[0].shown)
    assert all(asset.facts.still and asset.facts.width > 0 for asset in first)
    assert again == first
    assert len(shop.asked) == len(urls)
    assert told[-1] == 1.0
    assert list((tmp_path / "work").iterdir()) == []


async def test_another_process_and_another_job_take_what_was_fetched(bus: Bus, shop: Receiver, tmp_path: Path):
    urls = [shop.on(f"/p{place}.png", answers(200, photo(f"{place}.png"))) for place in range(3)]
    first = await fetched(station(bus, tmp_path), tmp_path, *urls)
    shop.answers.clear()  # whoever asked now would be told that there is nothing
    again = await fetched(station(bus, tmp_path), tmp_path, *urls)
    assert again == first
    assert len(shop.asked) == 3


async def test_another_owner_has_them_fetched(bus: Bus, shop: Receiver, tmp_path: Path):
    url = shop.on("/mine.png", answers(200, photo("a.png")))
    pictures = station(bus, tmp_path)
    await fetched(pictures, tmp_path, url)
    await fetched(pictures, tmp_path, url, owner=f"other {uuid4()}")
    assert len(shop.asked) == 2


async def test_what_is_too_old_is_fetched_again(bus: Bus, shop: Receiver, tmp_path: Path):
    url = shop.on("/old.png", answers(200, photo("a.png")))
    before = await fetched(station(bus, tmp_path), tmp_path, url)
    shop.on("/old.png", answers(200, material.picture("wide.png", size=(400, 200)).read_bytes()))
    assert await fetched(station(bus, tmp_path), tmp_path, url) == before
    after = await fetched(station(bus, tmp_path, good_for=timedelta(0)), tmp_path, url)
    assert after[0].blob != before[0].blob
    assert await fetched(station(bus, tmp_path), tmp_path, url) == after
    assert len(shop.asked) == 2


async def test_what_was_kept_and_is_gone_is_fetched_again(bus: Bus, shop: Receiver, tmp_path: Path):
    url = shop.on("/lost.png", answers(200, photo("a.png")))
    (asset,) = await fetched(station(bus, tmp_path), tmp_path, url)
    await FolderBlobs(tmp_path / "blobs").delete(asset.blob.sha256)
    assert await fetched(station(bus, tmp_path), tmp_path, url) == (asset,)
    assert len(shop.asked) == 2


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        (answers(404), "url_unreachable"),
        (answers(302, location="http://127.0.0.1/"), "url_forbidden"),
        (answers(200, b"<html>not a picture</html>"), "unsupported_media_type"),
        (endless, "url_too_large"),
        (cut, "url_unreachable"),
    ],
)
async def test_the_one_that_can_not_be_had_is_named(
    pictures: WebPictures, shop: Receiver, tmp_path: Path, behaviour: Any, code: str
):
    good = shop.on("/good.png", answers(200, photo("good.png")))
    bad = shop.on("/bad.png?token=secret", behaviour)

    with pytest.raises(Fault) as refused:
        await fetched(pictures, tmp_path, good, bad)

    assert refused.value.code == code
    assert refused.value.message.endswith(shop.url("/bad.png"))


@pytest.mark.parametrize(
    "url",
    [
        "https://user:word@example.com/a.png",
        "https://example.com:99999/a.png",
        "http://example.com/a.png",
        "https://example.com:22/a.png",
        "https://127.0.0.1:8443/a.png",
        "https://[::1]/a.png",
        "https://169.254.169.254/latest/meta-data/",
        "https://localhost/a.png",
    ],
)
async def test_row_27_a_picture_that_can_not_be_fetched_is_refused_at_the_door(api: Client, url: str):
    answer = await api.http.post("/v1/jobs", json=asked([{"name": "Cup", "picture_urls": [url]}]))

    assert (answer.status_code, answer.json()["code"]) == (422, "url_forbidden"), answer.text
    assert answer.json()["errors"][0]["pointer"] == "/products/0/picture_urls/0"
