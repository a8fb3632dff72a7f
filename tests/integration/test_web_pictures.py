"""Pictures that products name by address: fetched once, from servers that behave and servers that don't."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from contracts.brief import BRIEF, ProductBrief
from contracts.faults import Fault
from kit.addresses import Allowed
from kit.blobs import FolderBlobs
from kit.outbound import Outbound
from services.footage.pictures import AT_ONCE, WebPictures
from tests import material
from tests.acceptance.test_products import asked
from tests.client import Client
from tests.doubles.receiver import Receiver, answers, cut, endless, receiver

LIMIT = 200_000
JOB = uuid4()


@pytest.fixture
async def shop() -> AsyncIterator[Receiver]:
    async with receiver() as made:
        yield made


@pytest.fixture
def pictures(tmp_path: Path) -> WebPictures:
    return WebPictures(Outbound(Allowed.parse("127.0.0.0/8")), FolderBlobs(tmp_path / "blobs"), LIMIT)


def photo(name: str) -> bytes:
    return material.picture(name).read_bytes()


def brief(*urls: str) -> ProductBrief:
    made = BRIEF.validate_python({"kind": "product", "products": [{"name": "Cup", "picture_urls": urls}]})
    assert isinstance(made, ProductBrief)
    return made


async def fetched(pictures: WebPictures, folder: Path, *urls: str, told: list[float] | None = None) -> Any:
    (folder / "work").mkdir(exist_ok=True)
    tell = (lambda _: None) if told is None else told.append
    return await pictures.of(brief(*urls), JOB, "somebody", folder / "work", tell)


async def test_they_are_taken_in_order_and_each_once_for_all_variants(
    pictures: WebPictures, shop: Receiver, tmp_path: Path
):
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


async def test_a_job_that_names_this_machine_fails_and_says_why(api: Client, shop: Receiver):
    url = shop.on("/a.png", answers(200, photo("a.png")))
    job = await api.submit(asked([{"name": "Cup", "picture_urls": [url.replace("http:", "https:")]}]))

    ended = await api.finished(job["id"])

    assert ended["state"] == "failed"
    assert ended["fault"]["code"] == "url_forbidden"
    assert "/a.png" in ended["fault"]["message"]
    assert shop.asked == []


@pytest.mark.parametrize("url", ["https://user:word@example.com/a.png", "https://example.com:99999/a.png"])
async def test_what_is_no_address_is_refused_at_the_door(api: Client, url: str):
    answer = await api.http.post("/v1/jobs", json=asked([{"name": "Cup", "picture_urls": [url]}]))

    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == "/products/0/picture_urls/0"
