from __future__ import annotations

import importlib.util
import sys
from itertools import islice, pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
import yaml
from PIL import Image

from contracts.brief import ScriptBrief
from contracts.faults import Unavailable
from contracts.media import AssetKind, MediaFacts
from edit_factory.demo import brief_path, material
from edit_factory.demo.material import CLIPS, MUSIC
from edit_factory.demo.pictures import FPS, SHOTS, camera, frames, inner_size, photo_path, seen
from edit_factory.demo.tune import BEAT_S, PEAK, RATE, compose
from kit.media import probe
from services.footage.spans import usable
from services.script.narrate import narrate

SLOWEST_WORDS_A_S = 2.4  # of the voices that come with the packages


def sample_brief() -> dict[str, Any]:
    given: dict[str, Any] = yaml.safe_load(brief_path().read_text(encoding="utf-8"))
    return given


def test_the_sample_brief_is_a_brief_and_names_the_material():
    given = sample_brief()
    assert tuple(given["footage"]) == CLIPS
    assert given["music"]["asset"] == MUSIC
    given["footage"] = [uuid4() for _ in CLIPS]
    given["music"]["asset"] = uuid4()
    brief = ScriptBrief.model_validate(given)
    assert 60 <= len(brief.script.split()) <= 90


def test_each_phrase_of_the_sample_script_has_its_clip_and_that_is_long_enough():
    given = sample_brief()
    phrases = narrate(given["script"], given["language"], 1).phrases
    assert len(phrases) == len(CLIPS) == len(SHOTS) >= 5
    assert tuple(f"{name}.mp4" for name in SHOTS) == CLIPS
    for phrase, shot in zip(phrases, SHOTS.values(), strict=True):
        shown = usable(MediaFacts(container="mp4", demuxer="mov", duration_s=shot.seconds)).length_s
        assert len(phrase.text.split()) / SLOWEST_WORDS_A_S < shown, phrase.text


@pytest.mark.parametrize("name", SHOTS)
def test_the_camera_never_looks_past_the_photograph(name):
    shot = SHOTS[name]
    with Image.open(photo_path(shot.photo)) as photo:
        width, height = photo.size
    edge = np.linspace(-0.5, 0.5, 9)
    u, v = np.meshgrid(edge, edge)
    for index in range(0, shot.frames, 3):
        x, y = seen(shot, index / (shot.frames - 1), (u, v))
        assert x.min() >= 0, index
        assert y.min() >= 0, index
        assert x.max() <= width - 1, index
        assert y.max() <= height - 1, index


@pytest.mark.parametrize("name", SHOTS)
def test_the_camera_moves_without_a_jolt(name):
    shot = SHOTS[name]
    views = [camera(shot, index / (shot.frames - 1)) for index in range(shot.frames)]
    steps = [(b.x - a.x, b.y - a.y) for a, b in pairwise(views)]
    jolts = [max(abs(b[0] - a[0]), abs(b[1] - a[1])) for a, b in pairwise(steps)]
    to_output = shot.size[1] / min(shot.start.height, shot.end.height)
    assert max(jolts) * to_output < 0.5  # pixels of the finished clip, from frame to frame
    assert sum(abs(x) + abs(y) for x, y in steps) * to_output > 60


def test_pictures_are_whole_and_differ():
    shot = SHOTS["stars"]
    first, *_, later = islice(frames(shot), 12)
    assert first.size == inner_size(shot)
    change = np.abs(np.asarray(first, dtype=int) - np.asarray(later, dtype=int))
    assert change.mean() > 1.0


def test_the_music_repeats_without_a_seam_and_does_not_clip():
    music = compose()
    assert 40 <= music.shape[1] / RATE <= 60
    assert np.abs(music).max() <= PEAK
    steps = np.abs(np.diff(music))
    assert np.all(np.abs(music[:, 0] - music[:, -1]) < np.quantile(steps, 0.999))
    bars = music[:, : music.shape[1] // 16 * 16].reshape(2, 16, -1)
    loudness = np.array([np.sqrt((bars[:, bar] ** 2).mean()) for bar in range(16)])
    assert bars.shape[2] == round(4 * BEAT_S * RATE)
    assert loudness.min() > 0.02
    assert loudness.max() / loudness.min() < 4
    assert np.asarray(np.corrcoef(music))[0, 1] < 0.98  # it is heard around, not in the middle


async def test_without_the_photographs_the_way_to_get_them_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda *_: None)
    with pytest.raises(Unavailable, match=r'pip install "edit-factory\[demo\]"') as missing:
        await material(tmp_path, lambda _: None)
    assert missing.value.code == "demo_missing"
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def one_clip(monkeypatch: pytest.MonkeyPatch) -> str:
    """The whole material takes half a minute; one clip and the music tell as much."""
    monkeypatch.setattr(sys.modules["edit_factory.demo.material"], "CLIPS", ("cat.mp4",))
    return "cat.mp4"


@pytest.mark.slow
async def test_material_is_made_once_and_made_again_if_harmed(tmp_path: Path, one_clip: str):
    told: list[float] = []
    made = await material(tmp_path / "demo", told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert sorted(path.name for path in (tmp_path / "demo").iterdir()) == [one_clip, "material.json", MUSIC]

    clip, clip_type = await probe(made.clips[0], AssetKind.FOOTAGE)
    assert (clip.width, clip.height, clip.fps, clip_type) == (1080, 1920, FPS, "video/mp4")
    assert clip.duration_s == pytest.approx(SHOTS["cat"].seconds, abs=0.05)
    song, song_type = await probe(made.music, AssetKind.MUSIC)
    assert song_type == "audio/mp4"
    assert (song.audio_channels, song.video_codec) == (2, None)
    assert song.duration_s == pytest.approx(16 * 4 * BEAT_S, abs=0.1)

    before = made.clips[0].stat()
    assert await material(tmp_path / "demo", lambda _: None) == made
    assert made.clips[0].stat().st_ino == before.st_ino

    made.music.write_bytes(b"cut off")
    await material(tmp_path / "demo", lambda _: None)
    assert made.clips[0].stat().st_ino != before.st_ino
    assert made.music.stat().st_size > 100_000
