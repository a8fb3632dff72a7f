"""Looks through the whole line: images among the clips, a transition, filters, a logo, an intro that is heard."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import uuid4

import av
import numpy as np

from tests import material
from tests.client import Client, Json
from tests.integration.refusing import pointers, refused


def intro(tone_db: float = -30.0) -> Path:
    """A green second and a half with a soft tone."""
    sound = f"sine=frequency=600:duration=1.5:sample_rate=48000,volume={tone_db}dB"
    picture = ("-f", "lavfi", "-i", "color=0x00C000:s=640x360:r=30:d=1.5")
    coded = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac")
    return material.made("intro.mp4", *picture, "-f", "lavfi", "-i", sound, *coded)


async def dressed(api: Client) -> Json:
    logo = material.made("logo.png", "-f", "lavfi", "-i", "color=red:s=200x100", "-frames:v", "1")
    photo, clip = (
        material.picture("photo.png", size=(600, 800)),
        material.video("looks.mp4", seconds=6, size=(640, 360)),
    )
    ids = [(await api.upload(photo, "image"))["id"], (await api.upload(clip))["id"]]
    mark, before = (await api.upload(logo, "image"))["id"], (await api.upload(intro()))["id"]
    return {
        "script": "The first line is shown over a picture. And the second one is shown over a film.",
        "quality": "draft",
        "footage": ids,
        "subtitles": {"preset": "none"},
        "filters": {"denoise": 2, "sharpen": 0.4, "contrast": 1.1},
        "transition": {"kind": "crossfade", "duration_s": 0.4},
        "branding": {
            "logo": {"asset": mark, "corner": "top_left", "size": 0.2},
            "intro": {"asset": before, "sound": True},
            "outro": {"asset": ids[0], "seconds": 1.0},
        },
    }


def decoded(path: Path) -> tuple[list[np.ndarray], np.ndarray]:
    with av.open(str(path)) as file:
        pictures = [frame.to_ndarray(format="rgb24") for frame in file.decode(video=0)]
    with av.open(str(path)) as file:
        sound = np.concatenate([frame.to_ndarray()[0] for frame in file.decode(audio=0)])
    return pictures, sound


def level_db(sound: np.ndarray, start_s: float, end_s: float) -> float:
    part = sound[round(start_s * 48_000) : round(end_s * 48_000)]
    return float(20 * np.log10(np.sqrt((part**2).mean()) + 1e-9))


async def test_a_dressed_video_is_what_its_timeline_says(api: Client, tmp_path):
    job = await api.made(await dressed(api))
    (video,) = job["videos"]
    timeline = (await api.http.get(video["timeline_url"])).json()
    first, *rest = timeline["clips"]
    assert (first["frames"], first["phrase"]) == (45, -1)
    assert [clip["move"] for clip in rest] == ["in", None, "in"]
    assert timeline["voice"]["start_s"] == 1.5
    assert rest[-1]["frames"] == 30
    answer = await api.http.get(f"/v1/videos/{video['id']}/files/tiktok")
    (tmp_path / "video.mp4").write_bytes(answer.content)
    pictures, sound = await asyncio.to_thread(decoded, tmp_path / "video.mp4")
    assert len(pictures) == timeline["frames"] == 45 + sum(clip["frames"] for clip in rest)
    assert np.abs(pictures[10].astype(int)[300, 180] - (0, 192, 0)).max() < 40  # the intro, without the logo
    corner = slice(round(0.08 * 640) + 8, round(0.08 * 640) + 24), slice(round(0.06 * 360) + 10, round(0.06 * 360) + 40)
    marked = pictures[70].astype(int)[corner]
    assert marked[..., 0].mean() > 180
    assert marked[..., 1].mean() < 70
    assert pictures[-3].astype(int)[corner][..., 1].mean() > 70  # the outro, without it
    # The tone is 30 dB down in the file; it is heard as loud as the voice, and gone when that begins.
    tone, voice = level_db(sound, 0.3, 1.3), level_db(sound, 1.6, timeline["frames"] / 30 - 1.2)
    assert abs(tone - voice) < 8
    assert abs(video["files"][0]["integrated_lufs"] + 14) < 0.6


async def test_another_logo_keeps_the_voice(api: Client):
    brief = await dressed(api)
    await api.made(brief)
    brief["branding"]["logo"]["opacity"] = 0.5
    again = await api.made(brief)
    reused = {step["step"]: step["reused"] for step in again["videos"][0]["steps"]}
    assert reused == {"script": True, "tts": True, "footage": False, "render": False, "storage": False}


async def test_what_cannot_be_a_logo_or_an_intro_is_refused_with_its_place(api: Client):
    clip, song = material.video("shown.mp4", seconds=3, size=(320, 180)), material.sound("heard.wav")
    short = material.video("short.mp4", seconds=0.3, size=(320, 180))
    brief = await api.brief(clip)
    tune = (await api.upload(song, "music"))["id"]
    named = {
        "logo": {"asset": brief["footage"][0]},
        "intro": {"asset": str(uuid4())},
        "outro": {"asset": (await api.upload(short))["id"]},
    }
    answer = await api.http.post("/v1/jobs", json=brief | {"branding": named})
    assert set(pointers(refused(answer, 422, "asset_unusable"))) == {f"/branding/{name}/asset" for name in named}
    answer = await api.http.post("/v1/jobs", json=brief | {"footage": [tune]})
    assert pointers(refused(answer, 422, "asset_unusable")) == ["/footage/0"]
    assert "not as footage or image" in answer.text
    for fault in (
        {"filters": {"denoise": 0.5}},
        {"filters": {"brightness": 0.3}},
        {"transition": {"kind": "crossfade", "duration_s": 1.5}},
        {"transition": {"kind": "star wipe"}},
        {"branding": {"logo": {"asset": tune, "size": 0.9}}},
    ):
        refused(await api.http.post("/v1/jobs", json=brief | fault), 422, "value_invalid")
    refused(await api.http.post("/v1/jobs", json=brief | {"branding": {"logos": {}}}), 400, "body_invalid")
