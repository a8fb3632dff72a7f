"""What must be refused is refused at the door: a stable code, no path, soon, and nothing left behind. Each row of the
list of bad inputs has its test here, but for keys, owners, limits and addresses, which have files of their own."""

from __future__ import annotations

import asyncio
import base64
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from edit_factory.embedded import Embedded
from tests import material
from tests.client import Client, Json
from tests.integration.refusing import not_stored, nothing_left, peak, pointers, probes_rss, refused, timed
from tests.material.hostile import huge_png, many_streams, with_duration


@pytest.fixture(autouse=True)
async def _nothing_is_left(factory: Embedded):
    async with nothing_left(factory):
        yield


async def uploaded(api: Client, content: bytes, name: str = "clip.mp4", kind: str = "footage") -> httpx.Response:
    asking = api.http.post("/v1/assets", params={"name": name, "kind": kind}, content=content)
    answer: httpx.Response = await timed(asking)
    return answer


async def jobs(api: Client) -> set[str]:
    listed = await api.http.get("/v1/jobs", params={"limit": 100})
    return {job["id"] for job in listed.json()["items"]}


# --- files ------------------------------------------------------------------------------------------------------


async def test_STAB_04_numbers_that_are_none_are_no_fault_of_the_server(api: Client):
    huge = "9" * 5000  # longer than int() reads
    for place in ("s" + "9" * 40, "s-1", "s1_0", "s٣", "x1"):
        cursor = base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")
        for path in ("/v1/jobs", "/v1/assets", "/v1/dead-letters"):
            refused(await api.http.get(path, params={"cursor": cursor}), 400, "cursor_invalid")
    refused(await api.http.get("/v1/projects", params={"cursor": "a\0b"}), 400, "request_invalid")
    refused(await api.http.get(f"/v1/dead-letters/tts-{huge}"), 404, "not_found")
    path = f"/v1/assets/{(await api.upload(material.picture(), kind='image'))['id']}/thumbnail"
    async with asyncio.timeout(60):
        while (whole := await api.http.get(path)).status_code == 404:
            await asyncio.sleep(0.1)
    assert (await api.http.get(path, headers={"Range": f"bytes=0-{huge}"})).content == whole.content
    job = await api.submit(await api.brief(material.video("numbers.mp4", seconds=3, size=(320, 180))))
    async with api.http.stream("GET", f"{job['events_url']}", headers={b"Last-Event-ID": b"\xb2"}) as told:
        assert told.status_code == 200
    await api.http.post(f"{job['url']}/cancel")


async def test_row_01_an_empty_file(api: Client):
    refused(await uploaded(api, b""), 422, "media_empty")


@pytest.mark.parametrize("content", ["text", "png"])
async def test_row_02_text_or_a_picture_named_mp4(api: Client, factory: Embedded, content: str):
    body = b"just some words\n" * 50 if content == "text" else material.picture().read_bytes() + uuid4().bytes
    refused(await uploaded(api, body), 415, "unsupported_media_type")
    assert not_stored(factory, body)


async def test_row_03_mp4_without_moov(api: Client):
    whole = material.video("no-moov.mp4").read_bytes()
    refused(await uploaded(api, whole[: whole.rindex(b"moov") - 4]), 422, "media_unreadable")


async def test_row_04_mkv_cut_at_half(api: Client, factory: Embedded):
    half = material.cut(material.video("cut.mkv"))
    refused(await uploaded(api, half), 422, "media_truncated")
    assert not_stored(factory, half)


async def test_row_05_sound_where_video_is_asked(api: Client):
    refused(await uploaded(api, material.sound("only.m4a").read_bytes()), 422, "no_video_stream")


async def test_row_06_video_without_sound(api: Client):
    answer = await uploaded(api, material.video("mute.mp4", sound=False).read_bytes())
    assert answer.status_code in {200, 201}
    assert answer.json()["facts"]["audio_codec"] is None


@pytest.mark.parametrize(
    "text", ["#EXTM3U\n#EXTINF:9,\nfile:///etc/passwd\n", "ffconcat version 1.0\nfile /etc/passwd\n"]
)
@pytest.mark.parametrize("kind", ["footage", "music", "image"])
async def test_row_07_a_playlist_named_mp4(api: Client, text: str, kind: str):
    refused(await uploaded(api, text.encode(), kind=kind), 415, "unsupported_media_type")


async def test_row_08_a_small_file_that_unpacks_to_a_huge_image(api: Client, factory: Embedded):
    bomb = huge_png(16_000)
    assert len(bomb) < 4_000_000
    with peak(probes_rss) as most:
        problem = refused(await uploaded(api, bomb, "logo.png", kind="image"), 422, "image_too_large")
        assert 0 < most() < 100_000_000
    assert "16000 x 16000" in problem["detail"]
    assert not_stored(factory, bomb)


async def test_row_09_mkv_with_990_streams(api: Client):
    refused(await uploaded(api, many_streams(990), "many.mkv"), 422, "too_many_streams")


async def test_row_10_mkv_that_claims_a_hundred_days(api: Client):
    claims = with_duration(material.video("claims.mkv").read_bytes(), 9_000_000)
    refused(await uploaded(api, claims, "claims.mkv"), 422, "duration_too_long")


# --- images -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["logo.png", "photo.jpg", "photo.webp"])
async def test_an_image_is_taken_looked_at_and_shown_small(api: Client, name: str):
    asset = await api.upload(material.picture(name, size=(642, 480)), kind="image")
    assert (asset["facts"]["width"], asset["facts"]["height"]) == (642, 480)
    assert (asset["facts"]["duration_s"], asset["facts"]["video_codec"]) == (0, None)
    seen = await analysed(api, asset["id"])
    assert seen["state"] == "analysed", seen["fault"]
    thumbnail = await api.http.get(seen["thumbnail_url"])
    assert (thumbnail.headers["content-type"], thumbnail.content[:2]) == ("image/jpeg", b"\xff\xd8")
    listed = (await api.http.get("/v1/assets", params={"kind": "image", "limit": 100})).json()["items"]
    assert asset["id"] in {item["id"] for item in listed}


async def analysed(api: Client, asset: str) -> Json:
    for _ in range(1200):
        seen: Json = (await api.http.get(f"/v1/assets/{asset}")).json()
        if seen["state"] != "uploaded":
            return seen
        await asyncio.sleep(0.05)
    raise AssertionError("nobody looked at it")


async def test_music_is_no_footage_and_an_image_no_music(api: Client):
    image = await api.upload(material.picture("logo.png"), kind="image")
    music = await api.upload(material.sound("song.mp3"), kind="music")
    body = {"script": "Hello there.", "footage": [image["id"], music["id"]], "music": {"asset": image["id"]}}
    problem = refused(await api.http.post("/v1/jobs", json=body), 422, "asset_unusable")
    assert pointers(problem) == ["/footage/1", "/music/asset"]
    assert "was uploaded as music, not as footage or image" in problem["detail"]


@pytest.mark.parametrize(
    ("make", "code", "status"),
    [
        (lambda: material.video().read_bytes(), "unsupported_media_type", 415),
        (lambda: material.gif().read_bytes(), "unsupported_media_type", 415),
        (lambda: material.cut(material.picture("a.jpg")), "media_unreadable", 422),
    ],
)
async def test_what_is_no_image(api: Client, make: Any, code: str, status: int):
    refused(await uploaded(api, make(), kind="image"), status, code)


# --- names ------------------------------------------------------------------------------------------------------

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
    assert "set-cookie" not in answer.headers
    assert all(text.isascii() and "passwd" not in text for text in answer.headers.values())
    shown = answer.json()["name"]
    assert 0 < len(shown) <= 120
    assert not set(shown) & set("/\\\0\r\n\u202e")
    assert not list(factory.settings.home.glob("**/passwd"))


async def test_row_13_footage_with_an_odd_name_renders(api: Client):
    clip = material.video("odd.mp4", seconds=6, size=(640, 360))
    asset = await api.upload(clip, name="-y ';[1],a;b:c%02d.png")
    await api.made({"script": "Odd names are only names.", "quality": "draft", "footage": [asset["id"]]})


async def test_row_14_a_gif_that_loops_for_ever(api: Client, tmp_path: Path):
    endless = await api.upload(material.gif(seconds=4.0, loop=0))
    assert endless["facts"]["duration_s"] == pytest.approx(4.0, abs=0.2)
    job = await api.made({"script": "Round and round.", "quality": "draft", "footage": [endless["id"]]})
    file = job["videos"][0]["files"][0]
    assert 0.5 < file["duration_s"] < 4.0
    assert (await api.download(job, tmp_path)).stat().st_size == file["size"]


# --- scripts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("script", ["", "   \n\t ", "...", "x" * 5_001, "ș" * 5_001])
async def test_row_16_SEC_04_a_blank_or_overlong_script_makes_no_job(api: Client, script: str):
    """The one door by which text enters; what holds for a character holds for a letter of two bytes."""
    before, key = await jobs(api), {"Idempotency-Key": uuid4().hex}
    clip = await api.upload(material.video("spoken.mp4", seconds=4))
    body = {"script": script, "footage": [clip["id"]]}
    problem = refused(await api.http.post("/v1/jobs", json=body, headers=key), 422, "value_invalid")
    assert pointers(problem) in (["/script"], [""])
    assert await jobs(api) == before
    taken = await api.http.post("/v1/jobs", json=body | {"script": "ș" * 5_000}, headers=key)
    assert taken.status_code == 202
    assert "idempotent-replayed" not in taken.headers  # the log has heard of no job with this key before
    await api.http.post(f"/v1/jobs/{taken.json()['id']}/cancel")


@pytest.mark.parametrize(
    ("script", "code", "told"),
    [
        ("مرحبا بالعالم", "glyph_missing", "م ر ح ب ا"),
        ("The word is 漢字.", "glyph_missing", "漢 字"),
        ("[music]\n#summer #sun", "script_empty", "nothing is left to speak"),
    ],
)
async def test_row_18_what_cannot_be_shown_makes_no_job(api: Client, script: str, code: str, told: str):
    before = await jobs(api)
    clip = await api.upload(material.video("spoken.mp4", seconds=4))
    problem = refused(await api.http.post("/v1/jobs", json={"script": script, "footage": [clip["id"]]}), 422, code)
    assert pointers(problem) == ["/script"]
    assert told in problem["detail"]
    assert await jobs(api) == before


async def test_row_18_emoji_and_combining_marks_are_rendered(api: Client):
    """The marks are composed, emoji left out; a hashtag in other letters is not shown, so it may stay."""
    clip = await api.upload(material.video("spoken.mp4", seconds=4))
    script = "Cafe\u0301 s\u0326i pa\u0302ine. \U0001f389\U0001f3fd #日本"
    job = await api.made({"script": script, "quality": "draft", "footage": [clip["id"]]})
    timeline = (await api.http.get(job["videos"][0]["timeline_url"])).json()
    assert [word["text"] for cue in timeline["cues"] for word in cue["words"]] == ["Café", "și", "pâine."]


# --- JSON -------------------------------------------------------------------------------------------------------

SHAPES: list[tuple[bytes, str, str]] = [
    (b'{"script": "a"', "malformed", ""),
    (b"\xff\xfe{", "malformed", ""),
    (b"[" * 100_000, "malformed", ""),
    (b"[]", "body_invalid", ""),
    (b'{"script": "Hi.", "footage": ["x"]}', "body_invalid", "/footage/0"),
    (b'{"script": "Hi.", "footage": [], "colour": 1}', "body_invalid", "/colour"),
    (b'{"footage": []}', "body_invalid", "/script"),
    (b'{"script": "Hi.", "footage": [], "subtitles": {"size": "big"}}', "body_invalid", "/subtitles/size"),
    (b'{"script": "Hi.", "footage": [], "subtitles": {"sizes": 4}}', "body_invalid", "/subtitles/sizes"),
    (b'{"script": "Hi.", "footage": [], "subtitles": []}', "body_invalid", "/subtitles"),
    (b'{"script": ["Hi."], "footage": []}', "body_invalid", "/script"),
]


@pytest.mark.parametrize(("body", "code", "pointer"), SHAPES, ids=range(len(SHAPES)))
async def test_row_21_STAB_04_a_body_of_the_wrong_shape(api: Client, body: bytes, code: str, pointer: str):
    answer = await api.http.post("/v1/jobs", content=body, headers={"Content-Type": "application/json"})
    problem = refused(answer, 400, code)
    if pointer:
        assert pointer in pointers(problem)


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
    assert pointer in pointers(problem)


async def test_footage_that_does_not_exist_or_is_no_footage(api: Client):
    music = await api.upload(material.sound("tune.wav"), kind="music")
    body = {"script": "Hello there.", "footage": [str(uuid4()), music["id"]]}
    problem = refused(await api.http.post("/v1/jobs", json=body), 422, "asset_unusable")
    assert pointers(problem) == ["/footage/0", "/footage/1"]


# --- keys -------------------------------------------------------------------------------------------------------


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


# --- questions --------------------------------------------------------------------------------------------------


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
