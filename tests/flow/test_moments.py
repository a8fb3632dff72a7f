"""Footage first: no script, the best moments of the clips at the length that was asked for, with their own sound."""

from __future__ import annotations

from pathlib import Path

from tests import material
from tests.acceptance.watching import band_db, heard
from tests.client import Client


async def clips(api: Client) -> list[str]:
    made = [material.video(f"moment-{n}.mp4", seconds=5 + n, size=(640, 360), fps=30) for n in range(2)]
    return [(await api.upload(clip))["id"] for clip in made]


async def test_footage_alone_becomes_a_video_of_the_length_asked_for(api: Client, tmp_path: Path):
    brief = {"kind": "footage", "footage": await clips(api), "length_s": 6, "quality": "draft"}
    job = await api.made(brief)
    (video,) = job["videos"]
    (file,) = video["files"]
    assert {step["state"] for step in video["steps"]} == {"done"}
    assert abs(file["duration_s"] - 6) < 0.04
    assert abs(file["integrated_lufs"] + 14) <= 0.5
    sound = heard(await api.download(job, tmp_path))
    tone, speech = (band_db(sound, 48_000, [(0.5, 5.5)], band) for band in ((430, 450), (1_000, 4_000)))
    assert tone > speech + 20  # the clips' own sound, and nobody speaks


async def test_sound_that_is_left_out_is_silence(api: Client):
    brief = {"kind": "footage", "footage": await clips(api), "length_s": 4, "quality": "draft"}
    job = await api.made(brief | {"sound": {"original": False}})
    assert job["videos"][0]["files"][0]["integrated_lufs"] <= -60


async def test_a_script_over_footage_speaks_and_the_clips_are_turned_down(api: Client):
    brief = {"kind": "footage", "footage": await clips(api), "script": "A voice over what happens.", "quality": "draft"}
    job = await api.made(brief | {"sound": {"under_voice": "mute"}})
    assert abs(job["videos"][0]["files"][0]["integrated_lufs"] + 14) <= 0.5


async def test_a_brief_of_an_unknown_kind_or_length_is_refused_with_the_path(api: Client):
    footage = await clips(api)
    for wrong, pointer in (
        ({"kind": "footage", "length_s": 1}, "/length_s"),
        ({"kind": "footage", "script": " - "}, ""),
        ({"kind": "poem"}, ""),
        ({"kind": "footage", "sound": {"original": 3}}, "/sound/original"),
        ({"kind": "script"}, "/script"),
    ):
        refused = await api.http.post("/v1/jobs", json=wrong | {"footage": footage})
        assert refused.status_code in {400, 422}
        assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]
