"""An SRT file over HTTP: its cues, or what is wrong on which line."""

from __future__ import annotations

import httpx
import pytest

from edit_factory.embedded import Embedded
from tests.client import Client
from tests.integration.refusing import nothing_left, pointers, refused

GOOD = (
    "1\n00:00:01,000 --> 00:00:02,500\nBună, “lume”!\n<i>a < b > c</i>\n\n2\n00:00:03,000 --> 00:00:04,000\n{\\b1}\\N\n"
)


@pytest.fixture(autouse=True)
async def _nothing_is_left(factory: Embedded):
    async with nothing_left(factory):
        yield


async def read(api: Client, body: bytes | str) -> httpx.Response:
    return await api.http.post("/v1/subtitles", content=body, headers={"Content-Type": "application/x-subrip"})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
async def test_row_20_SEC_02_subtitles_in_unicode_are_shown_as_typed(api: Client, encoding: str):
    answer = await read(api, GOOD.encode(encoding))
    assert answer.status_code == 200, answer.text
    assert answer.json() == {
        "cues": [
            {"index": 1, "start_s": 1.0, "end_s": 2.5, "lines": ["Bună, “lume”!", "a < b > c"]},
            {"index": 2, "start_s": 3.0, "end_s": 4.0, "lines": ["{\\b1}\\N"]},
        ],
        "duration_s": 4.0,
    }
    assert answer.headers["content-type"].startswith("application/json")


async def test_row_20_subtitles_in_windows_1252(api: Client):
    answer = await read(api, GOOD.replace("ă", "à").encode("cp1252"))
    assert answer.json()["cues"][0]["lines"][0] == "Bunà, “lume”!"


@pytest.mark.parametrize(
    "body", [GOOD.encode("utf-16-le"), b"\xff\xfe\x31", GOOD.encode() + b"\x81", b"\x89PNG\r\n\x1a\n"]
)
async def test_row_20_bytes_that_are_no_subtitles(api: Client, body: bytes):
    assert pointers(refused(await read(api, body), 422, "srt_invalid"))[0].startswith("/line/")


@pytest.mark.parametrize(
    ("times", "why"),
    [
        ("00:00:05,000 --> 00:00:04,000", "it ends before it begins"),
        ("-00:00:03,000 --> 00:00:04,000", "a time is negative"),
        ("00:00:00,500 --> 00:00:04,000", "it begins before the one above it"),
    ],
)
async def test_row_19_times_that_are_reversed_or_negative(api: Client, times: str, why: str):
    problem = refused(await read(api, GOOD.replace("00:00:03,000 --> 00:00:04,000", times)), 422, "srt_invalid")
    assert problem["errors"] == [{"pointer": "/line/7", "message": why}]
    assert problem["detail"] == f"line 7: {why}"


async def test_too_many_and_too_much(api: Client):
    cue = "00:00:01,000 --> 00:00:02,000\nx\n\n"
    assert len((await read(api, cue * 5_000)).json()["cues"]) == 5_000
    problem = refused(await read(api, cue * 5_001), 422, "srt_too_many_cues")
    assert pointers(problem) == ["/line/15001"]
    refused(await read(api, GOOD + " " * (1 << 20)), 413, "srt_too_large")


async def test_no_subtitles_at_all(api: Client):
    refused(await read(api, b""), 422, "srt_invalid")
