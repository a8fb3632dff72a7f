"""Uploads by URL through the running system: the same limits and the same door, and nothing left behind."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from edit_factory.embedded import Embedded
from edit_factory.registry import gateway as build_gateway
from kit.settings import Settings
from services.gateway.service import Gateway
from tests import material
from tests.conftest import UPLOAD_MAX
from tests.doubles.receiver import Receiver, answers, cut, endless, hangs, receiver
from tests.limits import SOON_S

Problem = dict[str, Any]


@pytest.fixture(scope="module")
async def settings(factory: Embedded) -> Settings:
    """The running system's, but this machine may be fetched from."""
    return factory.settings_of("gateway").model_copy(update={"outbound_allow": "127.0.0.0/8", "port": 0})


@pytest.fixture(scope="module")
async def gateway(settings: Settings) -> AsyncIterator[Gateway]:
    made = build_gateway(settings)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def http(gateway: Gateway) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=gateway.url, timeout=20) as made:
        yield made


@pytest.fixture
async def other() -> AsyncIterator[Receiver]:
    async with receiver() as made:
        yield made


def left_over(home: Path) -> list[Path]:
    return list((home / "scratch").glob("*/upload-*"))


@pytest.fixture(autouse=True)
async def _nothing_is_left(settings: Settings):
    yield
    async with asyncio.timeout(30):
        while left_over(settings.home):
            await asyncio.sleep(0.05)
    assert sum(path.is_file() for path in (settings.home / "blobs" / "incoming").rglob("*")) == 0


def refused(answer: httpx.Response, status: int, code: str) -> Problem:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    problem: Problem = answer.json()
    return problem


async def test_a_fetched_clip_is_an_upload_like_any_other(http: httpx.AsyncClient, other: Receiver):
    content = material.video("fetched.mp4", options=("-metadata", f"comment={uuid4().hex}")).read_bytes()
    url = other.on("/deep/My%20clip.mp4?token=1", answers(200, content, content_type="text/plain"))
    answer = await http.post("/v1/assets/fetch", json={"url": url})
    assert answer.status_code == 201, answer.text
    asset = answer.json()
    assert answer.headers["location"] == f"/v1/assets/{asset['id']}"
    assert (asset["name"], asset["kind"], asset["size"]) == ("My clip.mp4", "footage", len(content))
    assert asset["media_type"] == "video/mp4"  # by content, whatever the server said
    again = await http.post("/v1/assets/fetch", json={"url": url, "name": "../../etc/passwd"})
    assert (again.status_code, again.json()["id"]) == (200, asset["id"])
    sent = await http.post("/v1/assets", params={"name": "sent.mp4"}, content=content)
    assert (sent.status_code, sent.json()["id"]) == (200, asset["id"])


async def test_what_is_no_media_is_refused_as_an_upload_would_be(http: httpx.AsyncClient, other: Receiver):
    for path, body, status, code in (
        ("/text.mp4", b"just some words\n" * 50, 415, "unsupported_media_type"),
        ("/list.mp4", b"#EXTM3U\n#EXTINF:9,\nfile:///etc/passwd\n", 415, "unsupported_media_type"),
        ("/empty.mp4", b"", 422, "media_empty"),
    ):
        answer = await http.post("/v1/assets/fetch", json={"url": other.on(path, answers(200, body))})
        refused(answer, status, code)


async def test_STAB_05_a_fetched_file_over_the_limit_is_refused_declared_or_not(
    http: httpx.AsyncClient, other: Receiver
):
    async def declares(_: object, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 200 X\r\ncontent-length: {UPLOAD_MAX + 1}\r\n\r\n".encode())
        await writer.drain()
        await asyncio.sleep(60)

    for path, behaviour in (("/declared", declares), ("/endless", endless)):
        began = time.monotonic()
        answer = await http.post("/v1/assets/fetch", json={"url": other.on(path, behaviour)})
        refused(answer, 413, "url_too_large")
        assert time.monotonic() - began < SOON_S


async def test_what_can_not_be_had_is_told(http: httpx.AsyncClient, other: Receiver):
    for path, behaviour, code in (
        ("/404", answers(404), "url_unreachable"),
        ("/cut", cut, "url_unreachable"),
        ("/away", answers(302, location="http://127.0.0.1:1/"), "url_forbidden"),
    ):
        answer = await http.post("/v1/assets/fetch", json={"url": other.on(path, behaviour)})
        refused(answer, 422, code)


async def test_only_a_few_are_fetched_at_a_time(http: httpx.AsyncClient, other: Receiver):
    url = other.on("/hangs", hangs)
    busy = [asyncio.create_task(http.post("/v1/assets/fetch", json={"url": url})) for _ in range(2)]
    await other.until("/hangs", 2)
    answer = await http.post("/v1/assets/fetch", json={"url": url})
    refused(answer, 429, "too_many_fetches")
    assert int(answer.headers["retry-after"]) > 0
    other.answers["/next"] = answers(404)
    await _hung_up(other)
    for task in busy:
        refused(await task, 422, "url_unreachable")
    refused(await http.post("/v1/assets/fetch", json={"url": other.url("/next")}), 422, "url_unreachable")


async def _hung_up(other: Receiver) -> None:
    """The receiver dies in the middle."""
    for task in list(other.handling):
        task.cancel()
    await asyncio.sleep(0)


async def test_malformed_wishes(http: httpx.AsyncClient):
    wishes: list[Any] = [
        {},
        {"url": 5},
        {"url": "https://example.com/", "kid": "music"},
        [],
        {"url": "x", "kind": "film"},
    ]
    for body in wishes:
        answer = await http.post("/v1/assets/fetch", json=body)
        assert answer.status_code in {400, 422}, answer.text
        assert answer.json()["errors"]
