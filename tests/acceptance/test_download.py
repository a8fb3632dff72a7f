"""Fetching what was made: ranges, validators, caching, and pictures that show something."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import av
import numpy as np
import pytest

from tests.acceptance import scenery
from tests.acceptance.watching import Plane, pictures
from tests.client import Client, Json

ODD_NAMES = (
    '"; filename="evil.exe',
    "two\r\nX-Evil: 1\r\n\r\n<html>",
    "../../etc/passwd",
    "\u202egpj.exe ștampilă 映画",
    "it's [1],a;b:c%02d.png",
    "x" * 300,
)


@dataclass(frozen=True)
class Made:
    """A finished video and its bytes. ``url`` names the hash, ``plain`` does not."""

    job: Json
    url: str
    content: bytes

    @property
    def plain(self) -> str:
        return self.url.split("?")[0]

    @property
    def video(self) -> Json:
        return dict(self.job["videos"][0])

    @property
    def sha256(self) -> str:
        return str(self.video["files"][0]["sha256"])

    @property
    def etag(self) -> str:
        return f'"{self.sha256}"'


@pytest.fixture(scope="module")
async def made(api: Client) -> Made:
    clip = await asyncio.to_thread(scenery.clip, "chelsea.png", fps=25)
    brief = await api.brief(clip, script="Come and get it.", title=ODD_NAMES[1])
    job = await api.made(brief)
    url = str(job["videos"][0]["files"][0]["url"])
    return Made(job=job, url=url, content=(await api.http.get(url)).content)


async def test_the_whole_file_is_what_the_job_says(api: Client, made: Made):
    answer = await api.http.get(made.plain)
    assert answer.status_code == 200
    assert hashlib.sha256(answer.content).hexdigest() == made.sha256
    assert len(answer.content) == made.video["files"][0]["size"]
    assert answer.headers["content-length"] == str(len(made.content))
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=0-0", 0, 1),
        ("bytes=1000-1999", 1000, 2000),
        ("bytes=500-", 500, None),
        ("bytes=-300", -300, None),
        ("bytes=100-99999999999", 100, None),
        ("bytes=-99999999999", 0, None),
    ],
)
async def test_row_28_SEC_03_a_range_gives_these_bytes(
    api: Client, made: Made, asked: str, start: int, end: int | None
):
    answer = await api.http.get(made.url, headers={"Range": asked})
    size = len(made.content)
    first, behind, _ = slice(start, end).indices(size)
    assert answer.status_code == 206
    assert answer.content == made.content[start:end]
    assert answer.headers["content-range"] == f"bytes {first}-{behind - 1}/{size}"
    assert answer.headers["content-length"] == str(behind - first)
    assert answer.headers["etag"] == made.etag


async def test_pieces_fetched_side_by_side_make_the_file(api: Client, made: Made):
    size = len(made.content)
    step = size // 7 + 1
    asked = [{"Range": f"bytes={start}-{start + step - 1}"} for start in range(0, size, step)]
    pieces = await asyncio.gather(*(api.http.get(made.url, headers=headers) for headers in asked))
    assert {piece.status_code for piece in pieces} == {206}
    assert b"".join(piece.content for piece in pieces) == made.content


@pytest.mark.parametrize("beyond", ["bytes={size}-", "bytes={size}-{more}", "bytes=99999999999-", "bytes=-0"])
async def test_row_28_SEC_03_a_range_past_the_end_is_refused_with_the_size(api: Client, made: Made, beyond: str):
    size = len(made.content)
    answer = await api.http.get(made.url, headers={"Range": beyond.format(size=size, more=size + 10)})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{size}"
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["code"] == "range_not_satisfiable"


@pytest.mark.parametrize("odd", ["bytes=5-2", "bytes=a-b", "frames=0-9", "bytes=0-1,5-6", "bytes=-", "bytes=١-٢"])
async def test_a_range_that_makes_no_sense_is_left_out_of_account(api: Client, made: Made, odd: str):
    answer = await api.http.get(made.url, headers=[(b"Range", odd.encode())])
    assert answer.status_code == 200
    assert answer.content == made.content


@pytest.mark.parametrize("tags", ["{etag}", "W/{etag}", '"other", {etag}', "*"])
async def test_SEC_03_a_file_that_is_known_is_not_sent_again(api: Client, made: Made, tags: str):
    headers = {"If-None-Match": tags.format(etag=made.etag), "Range": "bytes=0-99"}
    answer = await api.http.get(made.plain, headers=headers)
    assert answer.status_code == 304
    assert answer.content == b""
    assert answer.headers["etag"] == made.etag
    assert answer.headers["cache-control"] == "private, no-cache"


async def test_a_file_that_is_another_is_sent(api: Client, made: Made):
    answer = await api.http.get(made.plain, headers={"If-None-Match": f'"{"0" * 64}"'})
    assert answer.status_code == 200
    assert answer.content == made.content


async def test_if_range_gives_the_part_of_the_same_file_and_else_the_whole(api: Client, made: Made):
    part = {"Range": "bytes=0-99"}
    same = await api.http.get(made.plain, headers=part | {"If-Range": made.etag})
    assert (same.status_code, same.content) == (206, made.content[:100])
    for other in ('"another"', f"W/{made.etag}", "Wed, 21 Oct 2015 07:28:00 GMT"):
        whole = await api.http.get(made.plain, headers=part | {"If-Range": other})
        assert (whole.status_code, whole.content) == (200, made.content)


async def test_head_tells_the_same_as_get_without_the_bytes(api: Client, made: Made):
    told = await api.http.head(made.url)
    whole = await api.http.get(made.url)
    assert told.status_code == 200
    assert told.content == b""
    for name in ("etag", "content-length", "content-type", "accept-ranges", "cache-control", "content-disposition"):
        assert told.headers[name] == whole.headers[name]
    part = await api.http.head(made.url, headers={"Range": "bytes=0-99"})  # RFC 9110, 14.2: only GET has ranges
    assert (part.status_code, part.headers["content-length"]) == (200, str(len(made.content)))
    known = await api.http.head(made.url, headers={"If-None-Match": made.etag})
    assert known.status_code == 304


async def test_SEC_03_what_a_cache_may_do_fits_the_url(api: Client, made: Made):
    named = await api.http.get(made.url, headers={"Range": "bytes=0-0"})
    rules = {rule.strip() for rule in named.headers["cache-control"].split(",")}
    assert {"private", "immutable"} <= rules
    assert parse_qs(urlsplit(made.url).query) == {"v": [made.sha256]}
    plain = await api.http.get(made.plain, headers={"Range": "bytes=0-0"})
    assert plain.headers["cache-control"] == "private, no-cache"
    assert named.headers["etag"] == plain.headers["etag"] == made.etag


async def test_SEC_03_what_is_live_is_not_stored(api: Client, made: Made):
    job = f"/v1/jobs/{made.job['id']}"
    for url in (job, f"{job}/events", "/health/ready"):
        answer = await api.http.get(url)  # the job has ended, and so do its events
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store"), url
    image = made.video["thumbnail_url"]
    assert "immutable" in (await api.http.get(image)).headers["cache-control"]


async def test_what_is_not_there_is_not_found(api: Client, made: Made):
    other = f"/v1/videos/{uuid4()}/files/tiktok"
    for url in (f"{made.plain}?v={'0' * 64}", made.plain.replace("tiktok", "reels"), other):
        answer = await api.http.get(url, headers={"Range": "bytes=0-9"})
        assert answer.status_code == 404, url
        assert answer.json()["code"] == "not_found"
        assert "immutable" not in answer.headers.get("cache-control", "")


@pytest.mark.parametrize("name", ODD_NAMES)
async def test_names_stay_out_of_the_headers(api: Client, made: Made, name: str):
    clip = await asyncio.to_thread(scenery.clip, "chelsea.png", fps=25)
    answer = await api.http.post(
        "/v1/assets", params={"kind": "footage", "name": name}, content=await asyncio.to_thread(clip.read_bytes)
    )
    assert answer.status_code in {200, 201, 400}
    download = await api.http.get(made.url, headers={"Range": "bytes=0-0"})
    assert made.job["title"] == ODD_NAMES[1]
    for seen in (answer, download):
        assert "x-evil" not in seen.headers
        assert all(text.isascii() and "evil" not in text and "passwd" not in text for text in seen.headers.values())
    assert download.headers["content-disposition"] == 'inline; filename="video-1-tiktok.mp4"'


async def test_the_thumbnail_is_a_picture_out_of_the_video(api: Client, made: Made, tmp_path: Path):
    answer = await api.http.get(made.video["thumbnail_url"])
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/jpeg"
    assert "immutable" in answer.headers["cache-control"]
    seen = small(answer.content)
    assert 40 < seen.mean() < 215
    assert seen.std() > 20
    target = tmp_path / "video.mp4"
    target.write_bytes(made.content)
    frames = [shrunk(picture.y) for picture in pictures(target)]
    assert max(float(np.corrcoef(seen.ravel(), frame.ravel())[0, 1]) for frame in frames) > 0.98
    again = await api.http.get(made.video["thumbnail_url"], headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def small(jpeg: bytes) -> Plane:
    with av.open(BytesIO(jpeg), "r") as box:
        frame = next(box.decode(box.streams.video[0]))
    assert frame.height / frame.width == pytest.approx(16 / 9, abs=0.01)
    gray: Plane = frame.to_ndarray(format="gray").astype(np.uint8)
    return shrunk(gray)


def shrunk(luma: Plane) -> Plane:
    """The means of 16 by 9 tiles, enough to tell pictures apart whatever their size."""
    height, width = luma.shape[0] // 16 * 16, luma.shape[1] // 9 * 9
    tiles = luma[:height, :width].reshape(16, height // 16, 9, width // 9)
    means: Plane = tiles.mean(axis=(1, 3))
    return means
