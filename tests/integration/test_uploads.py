"""Resumable uploads: tus 1.0.0 as a client speaks it, over cut lines, dead gateways and other people's ids."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest

from contracts.faults import Unavailable
from edit_factory.embedded import Embedded
from services.gateway import resuming as resuming_module
from services.gateway.service import Gateway
from services.gateway.uploading import Uploading
from tests import material
from tests.client import Client, Json
from tests.conftest import IMAGE_MAX, UPLOAD_MAX
from tests.guarded import ADMIN_KEY, calling, gateway, user
from tests.integration.refusing import left_over, not_stored, refused

TUS = {"Tus-Resumable": "1.0.0"}
PART = TUS | {"Content-Type": "application/offset+octet-stream"}


def clip() -> bytes:
    """A small video that nobody has uploaded before."""
    made = material.video(
        f"tus-{uuid4().hex}.mp4", seconds=2, size=(320, 180), options=("-metadata", f"comment={uuid4()}")
    )
    content = made.read_bytes()
    made.unlink()
    return content


def metadata(**said: str) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in said.items())


async def begun(http: httpx.AsyncClient, length: int, **said: str) -> str:
    headers = TUS | {"Upload-Length": str(length)} | ({"Upload-Metadata": metadata(**said)} if said else {})
    answer = await http.post("/v1/uploads", headers=headers)
    assert answer.status_code == 201, answer.text
    assert answer.headers["tus-resumable"] == "1.0.0"
    return str(answer.headers["location"])


async def sent(http: httpx.AsyncClient, url: str, offset: int, content: bytes) -> httpx.Response:
    return await http.patch(url, content=content, headers=PART | {"Upload-Offset": str(offset)})


async def offset_of(http: httpx.AsyncClient, url: str) -> int:
    answer = await http.head(url, headers=TUS)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    return int(answer.headers["upload-offset"])


async def seen(http: httpx.AsyncClient, url: str) -> Json:
    answer = await http.get(url)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_what_is_spoken_here(api: Client):
    told = await api.http.options("/v1/uploads")
    assert told.status_code == 204
    assert (told.headers["tus-version"], told.headers["tus-resumable"]) == ("1.0.0", "1.0.0")
    assert told.headers["tus-extension"] == "creation,creation-with-upload,termination,expiration"
    assert told.headers["tus-max-size"] == str(UPLOAD_MAX)


async def test_an_upload_in_parts_becomes_an_asset(api: Client, factory: Embedded):
    content = clip()
    url = await begun(api.http, len(content), filename="Ștefan.mp4", kind="footage")
    half = len(content) // 2
    first = await sent(api.http, url, 0, content[:half])
    assert (first.status_code, first.headers["upload-offset"]) == (204, str(half))
    ends = parsedate_to_datetime(first.headers["upload-expires"])
    assert timedelta(hours=23) < ends - datetime.now(UTC) <= timedelta(hours=24)
    assert "edit-factory-asset" not in first.headers
    told = await seen(api.http, url)
    assert (told["state"], told["offset"], told["length"], told["asset"]) == ("receiving", half, len(content), None)
    head = await api.http.head(url, headers=TUS)
    assert head.headers["upload-metadata"] == metadata(filename="Ștefan.mp4", kind="footage")
    assert url.rpartition("/")[2] in (await api.http.get("/v1/uploads")).text
    last = await sent(api.http, url, half, content[half:])
    assert (last.status_code, last.headers["upload-offset"]) == (204, str(len(content)))
    told = await seen(api.http, url)
    assert (told["state"], told["asset"]["id"]) == ("done", last.headers["edit-factory-asset"])
    assert (told["asset"]["name"], told["asset"]["sha256"]) == ("Ștefan.mp4", hashlib.sha256(content).hexdigest())
    assert url.rpartition("/")[2] not in (await api.http.get("/v1/uploads")).text
    plain = await api.http.post("/v1/assets", params={"name": "a.mp4"}, content=content)
    assert (plain.status_code, plain.json()["id"]) == (200, told["asset"]["id"])  # the same door, the same asset
    assert not_stored(factory, content[:half])
    assert left_over(factory.settings.home) == []


async def test_the_first_bytes_may_come_with_the_beginning(api: Client):
    content = clip()
    headers = PART | {"Upload-Length": str(len(content))}
    whole = await api.http.post("/v1/uploads", headers=headers, content=content)
    assert (whole.status_code, whole.headers["upload-offset"]) == (201, str(len(content)))
    assert whole.headers["edit-factory-asset"]
    again = await api.http.post("/v1/uploads", headers=headers, content=content[:1000])
    assert (again.status_code, again.headers["upload-offset"]) == (201, "1000")
    rest = await sent(api.http, again.headers["location"], 1000, content[1000:])
    assert rest.headers["edit-factory-asset"] == whole.headers["edit-factory-asset"]


async def cut_off(base: str, url: str, offset: int, whole: bytes, arrives: int) -> None:
    """A PATCH that announces all that is left and ends in the middle, as a phone in a tunnel does."""
    address = urlsplit(base)
    _, writer = await asyncio.open_connection(address.hostname, address.port)
    rest = whole[offset:]
    head = [
        f"PATCH {url} HTTP/1.1",
        f"Host: {address.netloc}",
        f"Upload-Offset: {offset}",
        f"Content-Length: {len(rest)}",
    ]
    writer.write("\r\n".join([*head, *(f"{name}: {value}" for name, value in PART.items()), "", ""]).encode())
    writer.write(rest[:arrives])
    await writer.drain()
    await asyncio.sleep(0.3)
    writer.close()
    await writer.wait_closed()


async def free(http: httpx.AsyncClient, url: str, offset: int, content: bytes) -> httpx.Response:
    """The PATCH, once nobody else is at it."""
    for _ in range(200):
        answer = await sent(http, url, offset, content)
        if answer.status_code != 423:
            return answer
        await asyncio.sleep(0.05)
    return answer


async def test_a_cut_line_and_another_gateway_lose_nothing_that_was_acknowledged(api: Client, factory: Embedded):
    """Parts of 8 MiB are there as soon as they have come; the rest of a cut request, too, where the cut is noticed."""
    big = clip()
    url = await begun(api.http, len(big), filename="cut.mp4")
    await cut_off(factory.url, url, 0, big, arrives=len(big) // 3)
    for _ in range(200):
        if at := await offset_of(api.http, url):
            break
        await asyncio.sleep(0.05)
    assert at == len(big) // 3  # what came before the cut
    async with gateway(factory, login="auto") as other, calling(other.url, None) as http:
        assert await offset_of(http, url) == at
        middle = await free(http, url, at, big[at : at + 5000])
        assert (middle.status_code, middle.headers["upload-offset"]) == (204, str(at + 5000))
    last = await free(api.http, url, at + 5000, big[at + 5000 :])  # that gateway is gone
    assert last.status_code == 204, last.text
    assert (await seen(api.http, url))["asset"]["sha256"] == hashlib.sha256(big).hexdigest()


async def test_offsets_versions_types_and_headers_are_held_to(api: Client):
    content = clip()
    url = await begun(api.http, len(content))
    await sent(api.http, url, 0, content[:100])
    for wrong in (0, 99, 101, len(content)):
        answer = await sent(api.http, url, wrong, content[100:200])
        refused(answer, 409, "offset_wrong")
        assert answer.headers["upload-offset"] == "100"
    offset = {"Upload-Offset": "100"}
    refused(await api.http.patch(url, content=b"x", headers=TUS | offset), 415, "part_type")
    for version in ({}, {"Tus-Resumable": "0.2.2"}):
        headers = {key: value for key, value in (PART | offset).items() if key != "Tus-Resumable"} | version
        answer = await api.http.patch(url, content=b"x", headers=headers)
        refused(answer, 412, "tus_version")
        assert answer.headers["tus-version"] == "1.0.0"
    for bad in ("", "-1", "1e3", "x"):
        refused(await api.http.patch(url, content=b"x", headers=PART | {"Upload-Offset": bad}), 400, "header_invalid")
    refused(await sent(api.http, url, 100, content[100:] + b"more"), 413, "payload_too_large")

    async def endless() -> AsyncIterator[bytes]:
        yield content[100:]
        yield b"more"

    refused(await api.http.patch(url, content=endless(), headers=PART | offset), 413, "payload_too_large")
    assert await offset_of(api.http, url) == 100
    nothing = await sent(api.http, url, 100, b"")
    assert (nothing.status_code, nothing.headers["upload-offset"]) == (204, "100")


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({}, 412, "tus_version"),
        (TUS, 400, "header_invalid"),
        (TUS | {"Upload-Length": "many"}, 400, "header_invalid"),
        (TUS | {"Upload-Defer-Length": "1"}, 400, "header_invalid"),
        (TUS | {"Upload-Length": str(UPLOAD_MAX + 1)}, 413, "payload_too_large"),
        (
            TUS | {"Upload-Length": str(IMAGE_MAX + 1), "Upload-Metadata": metadata(kind="image")},
            413,
            "payload_too_large",
        ),
        (TUS | {"Upload-Length": "9", "Upload-Metadata": metadata(kind="thing")}, 400, "header_invalid"),
        (TUS | {"Upload-Length": "9", "Upload-Metadata": "filename !!"}, 400, "header_invalid"),
        (TUS | {"Upload-Length": "9", "Upload-Metadata": "a YQ==,a YQ=="}, 400, "header_invalid"),
    ],
)
async def test_STAB_05_a_beginning_that_is_refused(api: Client, headers: dict[str, str], status: int, code: str):
    problem = refused(await api.http.post("/v1/uploads", headers=headers), status, code)
    if status == 413:
        assert "MiB" in problem["detail"]


async def test_one_request_at_a_time_works_on_an_upload(api: Client):
    content = clip()
    url = await begun(api.http, len(content))
    goes_on, came = asyncio.Event(), asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield content[:1000]
        came.set()
        await goes_on.wait()
        yield content[1000:2000]

    first = asyncio.create_task(api.http.patch(url, content=slowly(), headers=PART | {"Upload-Offset": "0"}))
    await came.wait()
    for _ in range(200):  # until the first is at it, the second may be first
        second = await sent(api.http, url, 0, b"")
        if second.status_code == 423:
            break
        await asyncio.sleep(0.02)
    refused(second, 423, "upload_locked")
    refused(await api.http.delete(url, headers=TUS), 423, "upload_locked")
    goes_on.set()
    answer = await first
    assert (answer.status_code, answer.headers["upload-offset"]) == (204, "2000")
    assert (await free(api.http, url, 2000, content[2000:])).headers["edit-factory-asset"]


async def test_a_file_that_is_not_taken(api: Client, factory: Embedded):
    content = b"no video at all " + uuid4().bytes * 8
    url = await begun(api.http, len(content), filename="a.mp4")
    refused(await sent(api.http, url, 0, content), 415, "unsupported_media_type")
    told = await seen(api.http, url)
    assert (told["state"], told["fault"]["code"], told["asset"]) == ("refused", "unsupported_media_type", None)
    answer = await api.http.head(url, headers=TUS)
    assert answer.status_code == 410
    refused(await sent(api.http, url, len(content), b""), 410, "upload_refused")
    assert not_stored(factory, content)
    refused(await api.http.post("/v1/uploads", headers=TUS | {"Upload-Length": "0"}), 422, "media_empty")


async def test_a_whole_upload_whose_gateway_died_is_looked_at_by_another(
    api: Client, factory: Embedded, monkeypatch: pytest.MonkeyPatch
):
    content = clip()
    url = await begun(api.http, len(content))
    with monkeypatch.context() as broken:

        async def away(*_: object, **__: object) -> object:
            raise Unavailable("nobody answers")

        broken.setattr(Uploading, "take", away)
        answer = await sent(api.http, url, 0, content)
        assert answer.status_code == 503
        assert (await seen(api.http, url))["state"] == "checking"
        assert await offset_of(api.http, url) == len(content)
    monkeypatch.setattr(resuming_module, "_ROUND_S", 0.1)
    async with gateway(factory, login="auto"):
        for _ in range(400):
            told = await seen(api.http, url)
            if told["state"] == "done":
                break
            await asyncio.sleep(0.05)
    assert told["asset"]["sha256"] == hashlib.sha256(content).hexdigest()


async def test_a_client_that_can_only_post(api: Client):
    url = await begun(api.http, 5000)
    as_patch = PART | {"Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    answer = await api.http.post(url, content=b"a" * 10, headers=as_patch)
    assert (answer.status_code, answer.headers["upload-offset"]) == (204, "10")
    assert (await api.http.post(url, headers=TUS | {"X-HTTP-Method-Override": "DELETE"})).status_code == 204
    refused(await api.http.post(url, headers=TUS | {"X-HTTP-Method-Override": "TRACE"}), 405, "method_not_allowed")


async def test_giving_up(api: Client, factory: Embedded):
    url = await begun(api.http, 5000)
    await sent(api.http, url, 0, b"a" * 3000)
    blobs = factory.settings.home / "blobs" / "blobs"
    before = {path.name for path in blobs.rglob("*") if path.is_file()}
    refused(await api.http.delete(url), 412, "tus_version")
    assert (await api.http.delete(url, headers=TUS)).status_code == 204
    after = {path.name for path in blobs.rglob("*") if path.is_file()}
    assert len(before - after) >= 1  # its part is gone at once
    for method in ("HEAD", "GET", "DELETE"):
        assert (await api.http.request(method, url, headers=TUS)).status_code == 404
    refused(await sent(api.http, url, 3000, b"b"), 404, "not_found")


@pytest.fixture
async def guarded(factory: Embedded) -> AsyncIterator[Gateway]:
    async with gateway(factory, uploads_open=2) as running:
        yield running


async def test_SEC_01_an_upload_is_its_owners_and_each_has_so_many(guarded: Gateway):
    async with calling(guarded.url, ADMIN_KEY) as admin, user(admin, "anna") as anna, user(admin, "ben") as ben:
        urls = [await begun(anna.http, 100), await begun(anna.http, 100)]
        too_many = await anna.http.post("/v1/uploads", headers=TUS | {"Upload-Length": "100"})
        refused(too_many, 429, "too_many_uploads")
        for method in ("HEAD", "GET", "DELETE"):
            assert (await ben.http.request(method, urls[0], headers=TUS)).status_code == 404
        refused(await sent(ben.http, urls[0], 0, b"x"), 404, "not_found")
        assert (await ben.http.get("/v1/uploads")).json()["items"] == []
        assert len((await anna.http.get("/v1/uploads")).json()["items"]) == 2
        await anna.http.delete(urls[0], headers=TUS)
        await begun(anna.http, 100)
        async with calling(guarded.url, None) as stranger:
            refused(await stranger.post("/v1/uploads", headers=TUS | {"Upload-Length": "9"}), 401, "key_missing")


async def test_STAB_05_parts_of_a_large_upload_are_kept_while_it_comes(api: Client, factory: Embedded):
    """Of 20 MiB two parts are down before the line is cut, though the request was never answered."""
    content = (b"no video " + uuid4().hex[:7].encode()) * (20 << 16)
    url = await begun(api.http, len(content))
    await cut_off(factory.url, url, 0, content, arrives=18 << 20)
    for _ in range(400):
        if (at := await offset_of(api.http, url)) >= 16 << 20:
            break
        await asyncio.sleep(0.05)
    assert at >= 16 << 20
    answer = await free(api.http, url, at, b"")  # once the cut request is over, with the rest of what had come
    at = int(answer.headers["upload-offset"])
    answer = await sent(api.http, url, at, content[at:])
    refused(answer, 415, "unsupported_media_type")  # whole again, and looked at
