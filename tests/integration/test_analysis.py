"""What an upload holds, asked over HTTP: known cuts, dark, blurred and still parts, speech, pictures with ranges."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

import av
import pytest
from nats.aio.msg import Msg

from contracts import subjects
from contracts.progress import ProgressV1
from edit_factory.embedded import Embedded
from kit.service import connected
from services.tts.providers.piper import Piper
from tests import material
from tests.acceptance import reel
from tests.acceptance.scenery import photograph
from tests.client import Client
from tests.providers.suite import nobody_listens, phrases

SPOKEN_AT_S = 5.0


async def analysis(api: Client, asset: str) -> dict[str, Any]:
    """Asks as a client is told to: again, after as long as it is told."""
    async with asyncio.timeout(60):
        while True:
            answer = await api.http.get(f"/v1/assets/{asset}/analysis")
            if answer.status_code == 200:
                return dict(answer.json())
            assert (answer.status_code, answer.json()["code"]) == (409, "asset_not_analysed"), answer.text
            assert int(answer.headers["retry-after"]) >= 1
            await asyncio.sleep(0.1)


@pytest.fixture(scope="module")
async def voice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """Somebody speaking, and for how many seconds."""
    piper = Piper()
    said = phrases("The sea was calm that morning, and nobody knew what the tide would bring.")
    spoken = await piper.speak(said, piper.voices()[0], 1.0, tmp_path_factory.mktemp("voice"), nobody_listens)
    await piper.close()
    return spoken.path, spoken.words[-1].end_s


@pytest.fixture(scope="module")
async def known(api: Client, voice: tuple[Path, float]) -> dict[str, Any]:
    """The analysis of the clip of known parts."""
    clip = await asyncio.to_thread(reel.joined, voice[0], SPOKEN_AT_S)
    return await analysis(api, (await api.upload(clip))["id"])


async def test_cuts_are_found_to_the_frame(known: dict[str, Any]):
    assert [scene["start_s"] for scene in known["scenes"]] == pytest.approx([0.0, *reel.CUTS], abs=0.5 / reel.FPS)
    assert known["scenes"][-1]["end_s"] == pytest.approx(reel.LENGTH_S, abs=0.05)


async def test_no_segment_has_a_cut_in_it_and_each_is_long_enough_to_show(known: dict[str, Any]):
    segments = known["segments"]
    assert [one["number"] for one in segments] == list(range(len(segments)))
    for one in segments:
        assert 0.5 <= one["end_s"] - one["start_s"] <= 6.0
        assert not any(one["start_s"] < cut - 0.001 and cut + 0.001 < one["end_s"] for cut in reel.CUTS)
    for one, following in pairwise(segments):
        assert one["end_s"] <= following["start_s"] + 0.001


async def test_what_had_better_not_be_shown_is_marked_and_worth_less(known: dict[str, Any]):
    first, second, dark, blurred, still, again = known["segments"]
    assert [dark["unfit"], blurred["unfit"], still["unfit"]] == ["dark", "blurred", "still"]
    assert sorted([first["unfit"] or "", again["unfit"] or ""]) == ["", "duplicate"]  # the same shot twice
    assert second["unfit"] is None
    for bad in (dark, blurred, still):
        assert bad["score"] < min(first["score"], second["score"])


async def test_speech_is_found_where_somebody_speaks(known: dict[str, Any], voice: tuple[Path, float]):
    assert known["speech"]
    assert known["speech"][0]["start_s"] == pytest.approx(SPOKEN_AT_S, abs=0.3)
    assert known["speech"][-1]["end_s"] == pytest.approx(SPOKEN_AT_S + voice[1], abs=0.3)


async def test_the_proxy_plays_seeks_and_is_small(api: Client, known: dict[str, Any]):
    answer = await api.http.get(known["proxy_url"])
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.content.find(b"moov") < answer.content.find(b"mdat")  # a browser starts at once
    with av.open(BytesIO(answer.content), "r") as box:
        video, audio = box.streams.video[0], box.streams.audio[0]
        assert (video.codec_context.name, audio.codec_context.name) == ("h264", "aac")
        assert max(video.width, video.height) <= 480
        keys = [float(p.pts * p.time_base) for p in box.demux(video) if p.is_keyframe and p.pts is not None]
    assert keys[0] == 0.0
    assert all(later - earlier <= 1.04 for earlier, later in pairwise([*keys, reel.LENGTH_S]))
    part = await api.http.get(known["proxy_url"], headers={"Range": "bytes=0-99"})
    assert (part.status_code, len(part.content)) == (206, 100)
    etag = answer.headers["etag"]
    assert (await api.http.get(known["proxy_url"], headers={"If-None-Match": etag})).status_code == 304
    assert "immutable" in answer.headers["cache-control"]


async def test_the_pictures_are_there(api: Client, known: dict[str, Any]):
    strip = await api.http.get(known["filmstrip_url"])
    assert (strip.status_code, strip.headers["content-type"]) == (200, "image/jpeg")
    with av.open(BytesIO(strip.content), "r") as box:
        width, height = box.streams.video[0].width, box.streams.video[0].height
    assert known["filmstrip_frames"] == 20
    assert width == 160 * 20
    assert height == 90
    wave = await api.http.get(known["waveform_url"])
    assert wave.content.startswith(b"\x89PNG")
    with av.open(BytesIO(wave.content), "r") as box:
        alpha = next(box.decode(video=0)).to_ndarray(format="rgba")[:, :, 3]
    tall = (alpha > 0).sum(axis=0)
    assert tall[360:480].max() > 10  # somebody speaks from 5 s on, of 20
    assert tall[:240].max() <= 2  # and before that nobody
    assert (await api.http.get(f"/v1/assets/{known['asset']}/media/nothing")).status_code in {400, 404}


async def test_who_walks_is_followed(api: Client):
    found = await analysis(api, (await api.upload(await asyncio.to_thread(reel.walker)))["id"])
    (segment,) = found["segments"]
    assert len(segment["focus"]) > 2
    for point in segment["focus"]:
        assert point["x"] == pytest.approx(reel.where_it_walks(point["at_s"]), abs=0.08)


async def test_a_face_is_found(api: Client):
    found = await analysis(api, (await api.upload(await asyncio.to_thread(reel.portrait_of_a_face)))["id"])
    (segment,) = found["segments"]
    assert segment["faces"] == 1
    assert segment["focus"][0]["x"] == pytest.approx(0.81, abs=0.06)
    assert segment["focus"][0]["y"] == pytest.approx(0.22, abs=0.08)


async def test_an_image_and_music(api: Client):
    image = await analysis(api, (await api.upload(photograph("astronaut.png"), kind="image"))["id"])
    assert (image["segments"], image["proxy_url"], image["faces"]) == ([], None, 1)
    assert len(image["phash"]) == 16
    assert image["focus"][0]["x"] == pytest.approx(0.44, abs=0.08)
    music = await analysis(api, (await api.upload(material.sound(seconds=3), kind="music"))["id"])
    assert (music["segments"], music["proxy_url"]) == ([], None)
    assert (await api.http.get(music["waveform_url"])).status_code == 200


async def test_how_far_it_is_is_told_and_forgotten_when_it_is_done(api: Client, factory: Embedded):
    told: dict[UUID, list[float]] = {}

    async def note(message: Msg) -> None:
        progress = ProgressV1.model_validate_json(message.data)
        told.setdefault(progress.job, []).append(progress.share)

    async with connected(factory.settings, "test") as bus:
        listening = await bus.client.subscribe(subjects.PROGRESS, cb=note)
        asset = (await api.upload(material.video("far.mp4", seconds=5, size=(1280, 720))))["id"]
        await analysis(api, asset)
        await listening.unsubscribe()
    shares = told[UUID(asset)]
    assert shares == sorted(shares)
    assert any(0 < share < 1 for share in shares)
    seen = (await api.http.get(f"/v1/assets/{asset}")).json()
    assert (seen["state"], seen["progress"]) == ("analysed", None)


async def test_the_command_shows_the_segments(factory: Embedded, known: dict[str, Any]):
    asked = [sys.executable, "-m", "edit_factory", "footage", "show", known["asset"], "--url", str(factory.url)]
    done = await asyncio.to_thread(subprocess.run, asked, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
    assert "6 scenes" in done.stdout + done.stderr
    for unfit in ("dark", "blurred", "still", "duplicate"):
        assert unfit in done.stdout + done.stderr


ODD: dict[str, Callable[[], Path]] = {
    "one picture": lambda: material.video("one.mp4", seconds=0.04, sound=False),
    "upright on a phone": material.portrait,
    "silent": lambda: material.video("silent.mp4", sound=False, seconds=1),
    "an animation": material.gif,
    "60 pictures a second": lambda: material.video("fast.mp4", fps=60, seconds=1),
    "4K": lambda: material.video("4k.mp4", size=(3840, 2160), seconds=0.4, sound=False),
    "a ribbon": lambda: material.video("ribbon.mp4", size=(640, 16), seconds=1, sound=False),
    "a transport stream": lambda: material.video("a.ts", seconds=1),
    "changing rates": lambda: material.made(
        "vfr.mkv", "-i", material.video(seconds=2), "-vf", "select='not(mod(n,5))+gt(t,1)'", "-fps_mode", "vfr"
    ),
}


LONGER = {"4K", "a ribbon", "60 pictures a second"}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] if name in LONGER else []) for name in ODD]
)
async def test_odd_material_is_looked_through(api: Client, name: str):
    asset = await api.upload(await asyncio.to_thread(ODD[name]))
    found = await analysis(api, asset["id"])
    assert len(found["segments"]) == 1
    assert found["segments"][0]["end_s"] <= found["duration_s"]
    assert found["filmstrip_frames"] >= 1
    proxy = await api.http.get(found["proxy_url"])
    with av.open(BytesIO(proxy.content), "r") as box:
        video = box.streams.video[0]
        shown = [frame.time for frame in box.decode(video)]
    assert shown[0] == 0.0
    assert shown[-1] < found["duration_s"] + 0.05
    facts = asset["facts"]
    assert video.width / video.height == pytest.approx(facts["width"] / facts["height"], rel=0.15)


async def test_a_broken_middle_is_looked_through_all_the_same(api: Client, tmp_path: Path):
    whole = bytearray(material.video("whole.mp4", seconds=4, options=("-movflags", "+faststart")).read_bytes())
    middle = len(whole) // 2
    whole[middle : middle + 3000] = bytes(3000)
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(whole)
    found = await analysis(api, (await api.upload(broken))["id"])
    assert found["segments"]
