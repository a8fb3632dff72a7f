"""Previews of subtitles over HTTP: the render's own picture, bounded, and nobody else's upload behind it."""

from __future__ import annotations

import asyncio
import io

import av
import httpx
import numpy as np
import numpy.typing as npt
import pytest

from edit_factory.embedded import Embedded
from edit_factory.lettering import RenderLettering
from services.gateway.previewing import Kept
from tests import material
from tests.client import Client, Json
from tests.guarded import ADMIN_KEY, calling, gateway, user
from tests.integration.refusing import nothing_left, pointers, refused

WORDS = "Bună dimineața tuturor"


async def ask(http: httpx.AsyncClient, **asked: object) -> httpx.Response:
    return await http.post("/v1/subtitles/preview", json={"text": WORDS} | asked)


def shown(answer: httpx.Response) -> npt.NDArray[np.int16]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "image/jpeg"
    with av.open(io.BytesIO(answer.content), mode="r") as file:
        return next(file.decode(video=0)).to_ndarray(format="rgb24").astype(np.int16)


async def test_a_preview_has_the_video_s_size_and_its_words(api: Client):
    bare = shown(await ask(api.http, style={"preset": "none"}, preset="square"))
    assert bare.shape == (1080, 1080, 3)
    written = shown(await ask(api.http, style={"preset": "clean", "size": 100}, preset="square"))
    rows = np.flatnonzero((np.abs(written - bare).max(axis=2) > 60).any(axis=1))
    assert rows[0] > 0.6 * 1080
    assert rows[-1] < 0.95 * 1080
    assert shown(await ask(api.http)).shape == (1920, 1080, 3)


async def test_it_shows_the_moment_that_is_asked_for(api: Client):
    style = {"preset": "karaoke", "size": 100, "highlight": "#FF0000"}
    red = [
        int(((image[..., 0] > 180) & (image[..., 1] < 90)).sum())
        for at in (0, 0.5, 1)
        for image in [shown(await ask(api.http, style=style, at=at))]
    ]
    assert red[0] < 0.1 * red[2] < red[1] < 0.8 * red[2]


async def test_the_same_wish_is_the_same_picture_and_is_not_drawn_again(api: Client, monkeypatch: pytest.MonkeyPatch):
    first = await ask(api.http, style={"preset": "pop"})

    async def never(*_: object) -> bytes:
        raise AssertionError("drawn again")

    monkeypatch.setattr(RenderLettering, "preview", never)
    again = await ask(api.http, style={"preset": "pop"})
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])


async def test_an_upload_can_be_behind_the_words(api: Client):
    clip = material.video("behind.mp4", seconds=2, size=(320, 568))
    asset = (await api.upload(clip))["id"]
    until = asyncio.get_running_loop().time() + 60
    while (answer := await ask(api.http, asset=asset)).status_code == 404:
        assert answer.json()["detail"] == "There is no such thumbnail (yet)."
        assert asyncio.get_running_loop().time() < until
        await asyncio.sleep(0.1)
    assert np.abs(shown(answer) - shown(await ask(api.http))).mean() > 10
    assert answer.headers["etag"] != (await ask(api.http)).headers["etag"]


async def test_row_23_SEC_01_nobody_else_s_upload_is_behind_it(factory: Embedded, api: Client):
    mine = (await api.upload(material.video("behind.mp4", seconds=2, size=(320, 568))))["id"]
    async with gateway(factory) as guarded, calling(guarded.url, ADMIN_KEY) as admin, user(admin, "looks") as other:
        refused(await ask(other.http, asset=mine), 404, "not_found")
        assert (await ask(other.http)).status_code == 200
    async with gateway(factory) as guarded, calling(guarded.url, None) as nobody:
        refused(await ask(nobody), 401, "key_missing")


@pytest.mark.parametrize(
    ("asked", "status", "code", "pointer"),
    [
        ({"text": "  "}, 422, "value_invalid", ""),
        ({"text": "x" * 301}, 422, "value_invalid", "/text"),
        ({"text": "漢字"}, 422, "glyph_missing", "/text"),
        ({"style": {"pop_strength": 2}}, 422, "value_invalid", "/style/pop_strength"),
        ({"style": {"box_colour": "red"}}, 422, "value_invalid", "/style/box_colour"),
        ({"style": {"preset": "neon"}}, 422, "value_invalid", "/style/preset"),
        ({"at": 1.5}, 422, "value_invalid", "/at"),
        ({"styles": {}}, 400, "body_invalid", "/styles"),
    ],
)
async def test_row_21_what_can_t_be_drawn_is_told(
    factory: Embedded, api: Client, asked: Json, status: int, code: str, pointer: str
):
    async with nothing_left(factory):
        assert pointers(refused(await ask(api.http, **asked), status, code)) == [pointer]


@pytest.mark.parametrize("text", ["a < b > c", r"{\b1}\N", r"{\pos(0,0)\fs900}"])
async def test_row_17_SEC_02_text_is_only_text(api: Client, text: str):
    style = {"preset": "clean", "outline": 0}
    bare = shown(await ask(api.http, style={"preset": "none"}))
    rows = np.flatnonzero(
        (np.abs(shown(await ask(api.http, text=text, style=style)) - bare).max(axis=2) > 60).any(axis=1)
    )
    assert 1540 < rows[0] < rows[-1] < 1690


async def test_no_more_are_drawn_at_once_than_there_are_places(factory: Embedded, monkeypatch: pytest.MonkeyPatch):
    go, drawing = asyncio.Event(), asyncio.Semaphore(0)

    async def waiting(*_: object) -> bytes:
        drawing.release()
        await go.wait()
        return b"\xff\xd8\xff"

    monkeypatch.setattr(RenderLettering, "preview", waiting)
    async with (
        gateway(factory, preview_slots=2) as guarded,
        calling(guarded.url, ADMIN_KEY) as admin,
        user(admin, "one") as one,
        user(admin, "two") as two,
        user(admin, "three") as three,
    ):
        first = asyncio.create_task(ask(one.http))
        await asyncio.wait_for(drawing.acquire(), 60)
        own = refused(await ask(one.http, at=0.1), 429, "too_many_previews")
        assert own["status"] == 429
        second = asyncio.create_task(ask(two.http))
        await asyncio.wait_for(drawing.acquire(), 60)
        busy = await ask(three.http)
        refused(busy, 503, "previews_busy")
        assert busy.headers["retry-after"] == "1"
        go.set()
        assert [(await answer).status_code for answer in (first, second)] == [200, 200]
        assert (await ask(three.http)).status_code == 200


def test_what_is_kept_is_bounded_and_the_oldest_goes():
    kept = Kept(100)
    for number in range(3):
        kept.put(str(number), b"x" * 40)
        kept.get("0")
    assert kept.get("1") is None
    assert kept.get("0") == kept.get("2") == b"x" * 40
    kept.put("0", b"x" * 101)
    assert kept.get("0") is None
