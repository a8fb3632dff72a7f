"""What must be refused is refused at the door: a stable code, no path, soon, and nothing left behind."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest

from edit_factory.embedded import Embedded
from tests import material
from tests.client import Client
from tests.conftest import UPLOAD_MAX


def refused(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """A refusal as every refusal must be."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    problem: dict[str, Any] = answer.json()
    assert problem["code"] == code, problem
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert "/tmp" not in answer.text
    assert "Traceback" not in answer.text
    return problem


async def uploaded(api: Client, content: bytes, name: str = "clip.mp4", kind: str = "footage") -> httpx.Response:
    began = time.monotonic()
    answer = await api.http.post("/v1/assets", params={"name": name, "kind": kind}, content=content)
    assert time.monotonic() - began < 5
    return answer


def left_over(home: Path) -> list[Path]:
    """Files of uploads that are not under way any more."""
    return [path for path in (home / "scratch").rglob("*") if path.is_file() and path.suffix != ".lock"]


@pytest.fixture(autouse=True)
async def _nothing_is_left(factory: Embedded):
    yield
    for _ in range(50):
        if not left_over(factory.settings.home):
            return
        await asyncio.sleep(0.1)
    assert left_over(factory.settings.home) == []


async def test_row_1_an_empty_file(api: Client):
    refused(await uploaded(api, b""), 422, "media_empty")


@pytest.mark.parametrize("content", ["text", "png"])
async def test_row_2_text_or_a_picture_named_mp4(api: Client, content: str):
    body = b"just some words\n" * 50 if content == "text" else material.picture().read_bytes()
    refused(await uploaded(api, body), 415, "unsupported_media_type")


async def test_row_3_mp4_without_moov(api: Client):
    whole = material.video("no-moov.mp4").read_bytes()
    refused(await uploaded(api, whole[: whole.rindex(b"moov") - 4]), 422, "media_unreadable")


async def test_row_4_mkv_cut_at_half(api: Client):
    refused(await uploaded(api, material.cut(material.video("cut.mkv"))), 422, "media_truncated")


async def test_row_5_sound_where_video_is_asked(api: Client):
    refused(await uploaded(api, material.sound("only.m4a").read_bytes()), 422, "no_video_stream")


async def test_row_6_video_without_sound(api: Client):
    answer = await uploaded(api, material.video("mute.mp4", sound=False).read_bytes())
    assert answer.status_code in {200, 201}
    assert answer.json()["facts"]["audio_codec"] is None


@pytest.mark.parametrize(
    "text", ["#EXTM3U\n#EXTINF:9,\nfile:///etc/passwd\n", "ffconcat version 1.0\nfile /etc/passwd\n"]
)
async def test_row_7_a_playlist_named_mp4(api: Client, text: str):
    refused(await uploaded(api, text.encode()), 415, "unsupported_media_type")


async def test_row_11_a_declared_size_over_the_limit_is_refused_unread(factory: Embedded):
    address = urlsplit(factory.url)

    def ask() -> tuple[bytes, float]:
        began = time.monotonic()
        with socket.create_connection((address.hostname, address.port), timeout=5) as peer:
            peer.sendall(
                b"POST /v1/assets?name=a.mp4 HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\n"
                b"Content-Length: 999999999999\r\n\r\nfirst bytes"
            )
            answer = b""
            while chunk := peer.recv(65536):
                answer += chunk
        return answer, time.monotonic() - began

    answer, took = await asyncio.to_thread(ask)
    assert answer.startswith(b"HTTP/1.1 413")
    assert b'"code":"payload_too_large"' in answer
    assert took < 5  # and the connection was closed without the rest


async def test_row_12_a_chunked_body_that_passes_the_limit(api: Client):
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(3 * UPLOAD_MAX // (1 << 20)):
            yield b"\0" * (1 << 20)

    try:
        answer = await api.http.post("/v1/assets", params={"name": "a.mp4"}, content=endless())
    except (httpx.WriteError, httpx.ReadError, httpx.RemoteProtocolError):
        return  # the server hung up while we were still sending: the refusal was not read, which is its right
    refused(answer, 413, "payload_too_large")


async def test_a_json_body_over_its_limit(api: Client):
    answer = await api.http.post("/v1/jobs", content=b'{"script": "' + b"x" * (2 << 20) + b'"}')
    refused(answer, 413, "payload_too_large")


NAMES = [
    "../../etc/passwd",
    "a\0b.mp4",
    "a\r\nSet-Cookie: x=1.mp4",
    "\u202egpj.mp4",
    "n" * 300 + ".mp4",
    "it's [1],a;b:c%02d.png",
    "-y.mp4",
    "",
    "..",
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
async def test_row_13_odd_file_names(api: Client, name: str, factory: Embedded):
    answer = await uploaded(api, material.video("named.mp4").read_bytes(), name=name)
    assert answer.status_code in {200, 201}
    known = {"date", "content-type", "content-length", "location", "x-request-id", "ratelimit", "ratelimit-policy"}
    assert set(answer.headers) <= known
    shown = answer.json()["name"]
    assert 0 < len(shown) <= 120
    assert not set(shown) & set("/\\\0\r\n\u202e")
    assert not list(factory.settings.home.glob("**/passwd"))


async def test_row_13_footage_with_an_odd_name_renders(api: Client):
    clip = material.video("odd.mp4", seconds=6, size=(640, 360))
    asset = await api.upload(clip, name="-y ';[1],a;b:c%02d.png")
    await api.made({"script": "Odd names are only names.", "quality": "draft", "footage": [asset["id"]]})


@pytest.mark.parametrize("script", ["", "   \n\t ", "...", "x" * 5_001])
async def test_row_16_blank_or_overlong_script(api: Client, script: str):
    body = {"script": script, "footage": [str(uuid4())]}
    refused(await api.http.post("/v1/jobs", json=body), 422, "value_invalid")


SHAPES: list[tuple[bytes, str, str]] = [
    (b'{"script": "a"', "malformed", ""),
    (b"[]", "body_invalid", ""),
    (b'{"script": "Hi.", "footage": ["x"]}', "body_invalid", "/footage/0"),
    (b'{"script": "Hi.", "footage": [], "colour": 1}', "body_invalid", "/colour"),
    (b'{"footage": []}', "body_invalid", "/script"),
    (b'{"script": "Hi.", "footage": [], "subtitles": {"size": "big"}}', "body_invalid", "/subtitles/size"),
    (b'{"script": "Hi.", "footage": [], "subtitles": {"sizes": 4}}', "body_invalid", "/subtitles/sizes"),
    (b'{"script": ["Hi."], "footage": []}', "body_invalid", "/script"),
]


@pytest.mark.parametrize(("body", "code", "pointer"), SHAPES, ids=range(len(SHAPES)))
async def test_row_21_a_body_of_the_wrong_shape(api: Client, body: bytes, code: str, pointer: str):
    answer = await api.http.post("/v1/jobs", content=body, headers={"Content-Type": "application/json"})
    problem = refused(answer, 400, code)
    if pointer:
        assert pointer in {error["pointer"] for error in problem["errors"]}


VALUES: list[tuple[dict[str, Any], str]] = [
    ({"subtitles": {"size": 4}}, "/subtitles/size"),
    ({"variants": 11}, "/variants"),
    ({"presets": ["tiktok", "tiktok"]}, ""),
    ({"voice": {"speed": 9}}, "/voice/speed"),
    ({"language": "english please"}, "/language"),
]


@pytest.mark.parametrize(("change", "pointer"), VALUES, ids=range(len(VALUES)))
async def test_a_value_out_of_its_bounds(api: Client, change: dict[str, Any], pointer: str):
    body = {"script": "Hello there.", "footage": [str(uuid4())]} | change
    problem = refused(await api.http.post("/v1/jobs", json=body), 422, "value_invalid")
    assert pointer in {error["pointer"] for error in problem["errors"]}


async def test_footage_that_does_not_exist_or_is_no_footage(api: Client):
    music = await api.upload(material.sound("tune.wav"), kind="music")
    body = {"script": "Hello there.", "footage": [str(uuid4()), music["id"]]}
    problem = refused(await api.http.post("/v1/jobs", json=body), 422, "asset_unusable")
    assert [error["pointer"] for error in problem["errors"]] == ["/footage/0", "/footage/1"]


async def test_row_25_one_key_fifty_requests_at_once(api: Client):
    brief = await api.brief(material.video("fifty.mp4", seconds=4))
    key = uuid4().hex
    answers = await asyncio.gather(
        *(api.http.post("/v1/jobs", json=brief, headers={"Idempotency-Key": key}) for _ in range(50))
    )
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sum("idempotent-replayed" in answer.headers for answer in answers) == 49
    listed = (await api.http.get("/v1/jobs", params={"limit": 100})).json()["items"]
    assert sum(job["id"] == answers[0].json()["id"] for job in listed) <= 1


@pytest.mark.parametrize("change", [{"script": "Something else."}, {"quality": "final"}])
async def test_row_26_same_key_other_body(api: Client, change: dict[str, str]):
    brief = await api.brief(material.video("same-key.mp4", seconds=4))
    key = uuid4().hex
    first = await api.submit(brief, key)
    answer = await api.http.post("/v1/jobs", json=brief | change, headers={"Idempotency-Key": key})
    refused(answer, 422, "idempotency_key_reused")
    assert (await api.submit(brief, key))["id"] == first["id"]


async def test_unknown_ids_and_routes(api: Client):
    stranger = uuid4()
    for path in (
        f"/v1/jobs/{stranger}",
        f"/v1/jobs/{stranger}/events",
        f"/v1/assets/{stranger}",
        f"/v1/assets/{stranger}/thumbnail",
        f"/v1/videos/{stranger}",
        f"/v1/videos/{stranger}/timeline",
        f"/v1/videos/{stranger}/match-report",
        f"/v1/videos/{stranger}/files/tiktok",
        f"/v1/videos/{stranger}/thumbnail",
        "/v1/jobs/not-an-id",
        "/v1/nothing",
    ):
        refused(await api.http.get(path), 404, "not_found")
    refused(await api.http.post(f"/v1/jobs/{stranger}/cancel"), 404, "not_found")
    refused(await api.http.put("/v1/jobs"), 405, "method_not_allowed")


@pytest.mark.parametrize("query", ["cursor=nonsense", "limit=0", "limit=101", "limit=x", "state=asleep"])
async def test_a_list_with_a_wrong_question(api: Client, query: str):
    answer = await api.http.get(f"/v1/jobs?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"], answer.text
