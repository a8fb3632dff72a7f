"""The finished file, downloaded and looked at: what a platform, a viewer and a listener get."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests import material
from tests.acceptance import scenery
from tests.acceptance.watching import (
    Box,
    Facts,
    Mask,
    Samples,
    Verdict,
    Written,
    alike,
    band_db,
    heard,
    judge,
    nearest,
    pictures,
    probe,
    tint,
    written,
)
from tests.client import Client, Json

SCRIPT = (
    "Every morning begins the same way. First comes the coffee, strong and black. "
    "Then the cat wants its breakfast. Far above us, a rocket leaves for the stars."
)
HOSTILE = (
    "Now 50% off %{pts} for you. It's ':x=0,[in]drawbox they typed. "
    r"Then {\pos(0,0)\fs900} came along. A <script> is only text."
)

# Hues without yellow in them, so that the highlight can be told; of every speed and both shapes.
SCENES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("coffee.png", {"hue": 345}),
    ("chelsea.png", {"hue": 165, "size": scenery.PORTRAIT, "fps": 25}),
    ("rocket.jpg", {"hue": 215, "fps": 24}),
    ("astronaut.png", {"hue": 300, "size": scenery.PORTRAIT, "fps": 60}),
    ("motorcycle_left.png", {"hue": 255}),
)

# Two lines of 48 pixels, the last one standing at 85 %, within the side that the platform's buttons leave free.
SUBTITLES = Box(left=0.12, top=0.78, right=0.88, bottom=0.875)
LETTERS_AT_LEAST = 10  # changed pixels for each letter of a cue, of every second row and column

SPEECH_BAND_HZ = (500.0, 4000.0)
MUSIC_BAND_HZ = (scenery.WHISTLE_HZ - 100.0, scenery.WHISTLE_HZ + 100.0)


@dataclass(frozen=True)
class Finished:
    """One job's file, everything seen in it, and the same edit without subtitles and without ducking beside it."""

    path: Path
    facts: Facts
    verdict: Verdict
    timeline: Json
    file: Json
    frames: list[Written]
    clip_tints: dict[str, tuple[float, float]]
    sound: Samples
    unducked: Samples

    @property
    def cues(self) -> list[Json]:
        return list(self.timeline["cues"])

    @property
    def words(self) -> list[Json]:
        return [word for cue in self.cues for word in cue["words"]]

    def showing(self, start_s: float, end_s: float) -> range:
        """The frames whose time is in [start, end)."""
        return range(first_at(start_s), min(first_at(end_s), len(self.frames)))

    def lit(self, number: int) -> Mask:
        """What has the highlight's colour on a frame."""
        return self.frames[number].lit

    @property
    def unlit(self) -> Mask:
        return np.zeros_like(self.frames[0].lit)

    def pauses(self) -> Iterator[tuple[float, float]]:
        """Between words, where the voice rests for at least a third of a second."""
        for word, following in pairwise(self.words):
            if following["start_s"] - word["end_s"] > 0.33:
                yield word["end_s"], following["start_s"]


def first_at(time_s: float) -> int:
    return ceil(time_s * 30 - 1e-6)


@pytest.fixture(scope="module")
async def clips() -> list[Path]:
    return [await asyncio.to_thread(scenery.clip, photo, **look) for photo, look in SCENES]


@pytest.fixture(scope="module")
async def finished(api: Client, clips: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Finished:
    folder = tmp_path_factory.mktemp("finished")
    footage = [(await api.upload(clip))["id"] for clip in clips]
    music = (await api.upload(await asyncio.to_thread(scenery.music), kind="music"))["id"]
    brief: Json = {
        "script": SCRIPT,
        "footage": footage,
        "quality": "final",
        "encoder": {"speed": "ultrafast"},
        "silence": {"shorten": False},
        "music": {"asset": music},
    }
    job = await api.made(brief)
    bare = await api.made(brief | {"subtitles": {"preset": "none"}, "music": {"asset": music, "duck": False}})
    assert {step["step"]: step["reused"] for step in bare["videos"][0]["steps"]}["tts"]
    timeline = await edit(api, job)
    assert (await edit(api, bare))["clips"] == timeline["clips"]
    path, bare_path = await api.download(job, folder), await api.download(bare, folder)
    return Finished(
        path=path,
        facts=await asyncio.to_thread(probe, path),
        verdict=await asyncio.to_thread(judge, path),
        timeline=timeline,
        file=job["videos"][0]["files"][0],
        frames=await asyncio.to_thread(written, path, bare_path, SUBTITLES),
        clip_tints={name: tint(next(pictures(clip))) for name, clip in zip(footage, clips, strict=True)},
        sound=await asyncio.to_thread(heard, path),
        unducked=await asyncio.to_thread(heard, bare_path),
    )


async def edit(api: Client, job: Json) -> Json:
    return dict((await api.http.get(job["videos"][0]["timeline_url"])).json())


def test_the_picture_is_what_platforms_ask_for(finished: Finished):
    facts = finished.facts
    assert (facts.codec, facts.profile, facts.pixel_format) == ("h264", "High", "yuv420p")
    assert facts.size == (1080, 1920)
    assert facts.sample_aspect == 1
    assert facts.rate == Fraction(30)
    assert facts.even
    assert facts.frames == finished.timeline["frames"]
    assert facts.colours == (1, 1, 1, 1)
    assert facts.b_frames <= 2
    every_2_s = set(range(0, facts.frames, 60))
    cuts = {clip["start"] for clip in finished.timeline["clips"]}
    assert every_2_s <= set(facts.keyframes) <= every_2_s | cuts


def test_the_sound_is_what_platforms_ask_for(finished: Finished):
    facts = finished.facts
    assert (facts.audio_codec, facts.audio_profile) == ("aac", "LC")
    assert (facts.audio_rate_hz, facts.audio_channels) == (48_000, 2)
    assert 150_000 < facts.audio_bits_per_s < 210_000
    assert abs(facts.audio_s - facts.video_s) <= 1 / 30


def test_the_index_comes_first_so_that_it_plays_while_it_loads(finished: Finished):
    kinds = finished.facts.boxes
    assert kinds.index("moov") < kinds.index("mdat")
    assert kinds.count("mdat") == 1


def test_it_lasts_as_long_as_the_voice(finished: Finished):
    voice_s = finished.timeline["voice"]["duration_s"]
    assert 7 < voice_s < 15
    assert finished.facts.video_s == pytest.approx(voice_s, abs=0.1)
    assert finished.file["duration_s"] == pytest.approx(finished.facts.video_s, abs=0.001)


def test_it_is_as_loud_as_platforms_play(finished: Finished):
    verdict = finished.verdict
    assert verdict.integrated_lufs == pytest.approx(-14, abs=0.5)
    assert verdict.true_peak_dbtp <= -1
    assert finished.file["integrated_lufs"] == pytest.approx(verdict.integrated_lufs, abs=0.1)
    assert finished.file["true_peak_dbtp"] == pytest.approx(verdict.true_peak_dbtp, abs=0.1)


def test_nothing_is_black_and_nothing_stands_still(finished: Finished):
    assert finished.verdict.black == []
    assert finished.verdict.frozen == []


def test_the_detectors_do_see_black_and_still_pictures():
    still = "color=gray:s=320x240:r=30:d=1,format=yuv420p"
    black = material.made("black.mp4", "-f", "lavfi", "-i", still.replace("gray", "black"), "-i", material.sound())
    seen = judge(black)
    assert seen.black
    assert seen.frozen


def test_music_makes_way_for_the_voice_and_comes_back(finished: Finished):
    spoken = [(word["start_s"], word["end_s"]) for word in finished.words if word["end_s"] - word["start_s"] > 0.1]
    rests = [(end_s - 0.15, end_s) for _, end_s in finished.pauses()]
    assert len(rests) >= 3

    def level(sound: Samples, spans: list[tuple[float, float]]) -> float:
        return band_db(sound, 48_000, spans, MUSIC_BAND_HZ)

    assert level(finished.sound, rests) - level(finished.sound, spoken) > 6
    assert abs(level(finished.unducked, rests) - level(finished.unducked, spoken)) < 3


def test_every_frame_shows_the_clip_that_the_timeline_says(finished: Finished):
    names = list(finished.clip_tints)
    tints = list(finished.clip_tints.values())
    shown = [names[nearest(frame.tint, tints)] for frame in finished.frames]
    planned = [clip["asset"] for clip in finished.timeline["clips"] for _ in range(clip["frames"])]
    assert shown == planned


def test_no_clip_is_shown_twice_while_others_are_unused(finished: Finished):
    used = [clip["asset"] for clip in finished.timeline["clips"]]
    assert len(used) >= 4
    assert len(set(used)) == min(len(used), len(SCENES))


def test_subtitles_are_on_exactly_the_frames_of_their_cues(finished: Finished):
    letters = [0] * len(finished.frames)
    for cue in finished.cues:
        for frame in finished.showing(cue["start_s"], cue["end_s"]):
            letters[frame] = sum(len(word["text"]) for word in cue["words"])
    bare = [number for number, count in enumerate(letters) if count == 0]
    assert len(bare) > 10  # pauses between sentences are there to tell by
    assert [number for number in bare if finished.frames[number].inside > 0] == []
    faint = [n for n, count in enumerate(letters) if finished.frames[n].inside < count * LETTERS_AT_LEAST]
    assert faint == []


def test_each_cue_is_another_text(finished: Finished):
    for cue, following in pairwise(finished.cues):
        inside = finished.showing(cue["start_s"], cue["end_s"])
        last, first = inside[-1], first_at(following["start_s"])
        assert (
            alike(finished.frames[last - 1].ink, finished.frames[last].ink) > 0.6
        )  # encoded over a picture that moves
        assert alike(finished.frames[last].ink, finished.frames[first].ink) < 0.5


def test_subtitles_stay_in_their_place(finished: Finished):
    assert max(frame.outside for frame in finished.frames) == 0


def test_the_highlight_runs_through_each_word_while_it_is_spoken(finished: Finished):
    for cue in finished.cues:
        before = (-1.0, -1.0)
        for word in cue["words"]:
            spoken = finished.showing(word["start_s"], word["end_s"])
            earlier = finished.lit(spoken[0] - 1) if spoken[0] > first_at(cue["start_s"]) else finished.unlit
            run_through = finished.lit(spoken[-1]) & ~earlier
            assert run_through.sum() >= 8 * len(word["text"]), word
            row, column = (float(places.mean()) for places in np.nonzero(run_through))
            assert row > before[0] + 15 or column > before[1] + 10, word  # on the next line, or further right
            before = (row, column)
            if len(spoken) >= 8:
                half = (finished.lit(spoken[len(spoken) // 2]) & run_through).sum() / run_through.sum()
                assert 0.2 < half < 0.8, word


def test_the_highlight_stays_on_what_was_spoken_and_is_gone_with_its_cue(finished: Finished):
    for cue in finished.cues:
        shown = finished.showing(cue["start_s"], cue["end_s"])
        assert finished.lit(shown[0]).sum() < 0.2 * finished.lit(shown[-1]).sum()
        for word in cue["words"]:
            spoken = finished.lit(finished.showing(word["start_s"], word["end_s"])[-1])
            assert (spoken & finished.lit(shown[-1])).sum() > 0.8 * spoken.sum(), word


def test_words_are_heard_when_they_are_shown(finished: Finished):
    for start_s, end_s in finished.pauses():
        rest = band_db(finished.sound, 48_000, [(end_s - 0.2, end_s - 0.06)], SPEECH_BAND_HZ)
        onset = band_db(finished.sound, 48_000, [(end_s, end_s + 0.14)], SPEECH_BAND_HZ)
        word = band_db(finished.sound, 48_000, [(start_s - 0.2, start_s - 0.06)], SPEECH_BAND_HZ)
        assert onset - rest > 12
        assert word - rest > 12


async def test_row_17_SEC_02_hostile_text_comes_out_as_typed(api: Client, clips: list[Path], tmp_path: Path):
    brief = await api.brief(clips[1], clips[2], script=HOSTILE, title=r"<script>{\pos(0,0)}'; %{pts}")
    job = await api.made(brief)
    assert job["title"] == brief["title"]
    timeline = await edit(api, job)
    assert [word["text"] for cue in timeline["cues"] for word in cue["words"]] == HOSTILE.split()
    plain = await api.made(brief | {"subtitles": {"preset": "none"}})
    path, bare = await api.download(job, tmp_path), await api.download(plain, tmp_path)
    frames = await asyncio.to_thread(written, path, bare, SUBTITLES)
    assert max(frame.outside for frame in frames) == 0
    for cue in timeline["cues"]:
        shown = frames[(first_at(cue["start_s"]) + first_at(cue["end_s"])) // 2]
        letters = sum(len(word["text"]) for word in cue["words"])
        # At a third of the size a letter has a ninth of the pixels; a command that was obeyed would draw none.
        assert shown.inside > letters * LETTERS_AT_LEAST / 9, cue
