"""Pictures shown over footage, from a brief sent to a file watched."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from contracts.outputs import PresetName, output
from contracts.timeline import Timeline
from kit.fonts import face
from services.render.plan import subtitles
from services.render.plan.insets import Frame, frame_of
from services.render.plan.keyframes import keyframes
from tests.acceptance import scenery
from tests.acceptance.test_products import drawn
from tests.acceptance.watching import Picture, pictures
from tests.client import Client, Json
from tests.integration.refusing import pointers, refused

OUT = output(PresetName.TIKTOK, "draft")
SCRIPT = (
    "Mornings begin slowly around here. Then our new mug comes out of the cupboard. "
    "It keeps the coffee warm. And the red one is for guests who come on Sundays."
)
CODED = 3.0  # of 255: by so much two encodes of the same pictures differ at most, in the mean over some part of them


@dataclass(frozen=True)
class Both:
    """The same job with inserts and without, frame by frame."""

    job: Json
    timeline: Timeline
    shown: list[Picture]
    bare: list[Picture]
    report: Json

    def apart(self, number: int) -> Any:
        """How far the luma of a frame differs."""
        return np.abs(self.shown[number].y.astype(int) - self.bare[number].y.astype(int))


@pytest.fixture(scope="module")
async def both(api: Client, tmp_path_factory: pytest.TempPathFactory) -> Both:
    folder = tmp_path_factory.mktemp("inserts")
    clips = [scenery.clip("coffee.png", hue=215), scenery.clip("chelsea.png", hue=165, size=scenery.PORTRAIT)]
    blue, red = drawn(folder / "blue.jpg", "#2030C0"), drawn(folder / "red.jpg", "#C02030", (500, 700))
    ids = [(await api.upload(path, "image"))["id"] for path in (blue, red)]
    brief = await api.brief(*clips, script=SCRIPT, voice={"provider": "espeak", "speed": 1.3})
    inserts: list[Json] = [
        {"asset": ids[0], "mode": "interstitial", "when": "our new mug", "length_s": 1.5},
        {"asset": ids[1], "when": "The Red ONE", "place": "bottom_right", "size": 0.6, "length_s": 2},
    ]
    job, plain = await api.made(brief | {"inserts": inserts}), await api.made(brief)
    video = job["videos"][0]
    files = [list(pictures(await api.download(each, folder))) for each in (job, plain)]
    return Both(
        job=job,
        timeline=Timeline.model_validate((await api.http.get(video["timeline_url"])).json()),
        shown=files[0],
        bare=files[1],
        report=(await api.http.get(f"/v1/videos/{video['id']}/match-report")).json(),
    )


def frame_in(both: Both) -> Frame:
    return frame_of(both.timeline.inserts[1], both.timeline, OUT, face("Lato"))


def test_each_begins_when_its_words_are_spoken(both: Both):
    said = {word.text: word.start_s for cue in both.timeline.cues for word in cue.words}
    mug, red = both.timeline.inserts
    assert mug.start / 30 == pytest.approx(said["our"], abs=0.4)  # begins with the shot if that is near
    assert mug.start / 30 <= said["our"] + 0.04
    assert red.start / 30 == pytest.approx(said["the"], abs=0.04)
    assert (mug.mode, red.mode) == ("interstitial", "pip")
    assert red.clip.frames == 60


def test_an_interstitial_is_all_there_is_on_its_frames_and_on_no_others(both: Both):
    mug = both.timeline.inserts[0]
    corner = [float(picture.y[:40, :40].mean()) for picture in both.shown]
    white = [at for at, luma in enumerate(corner) if luma > 225]
    assert white == list(range(mug.start, mug.end))
    middle = slice(OUT.height // 4 - 10, OUT.height // 4 + 10), slice(OUT.width // 4 - 10, OUT.width // 4 + 10)
    blues = [float(both.shown[at].cb[middle].mean()) for at in range(mug.start, mug.end)]
    assert min(blues) > 170


def test_a_picture_in_picture_is_there_on_its_frames_and_on_no_others(both: Both):
    red, frame = both.timeline.inserts[1], frame_in(both)
    x, y = frame.x // 2 + frame.width // 4, frame.y // 2 + frame.height // 4
    reds = [float(picture.cr[y - 4 : y + 4, x - 4 : x + 4].mean()) for picture in both.shown]
    settled = range(red.start + 9, red.end - 9)
    assert min(reds[at] for at in settled) > 170
    assert max(level for at, level in enumerate(reds) if not red.start <= at < red.end) < 150
    for at in (red.start + 1, red.end - 2):  # on its way
        assert both.apart(at)[frame.y : frame.y + frame.height, frame.x : frame.x + frame.width].mean() > CODED


def test_all_else_is_as_it_would_be_without_them(both: Both):
    assert len(both.shown) == len(both.bare) == both.timeline.frames
    frame, red = frame_in(both), both.timeline.inserts[1]
    covered = [at for insert in both.timeline.inserts for at in range(insert.start, insert.end)]
    for at in sorted(set(range(both.timeline.frames)) - set(covered)):
        assert both.apart(at).mean() < CODED, at
    reach = frame.border + frame.shadow
    for at in range(red.start + 9, red.end - 9):
        beside = both.apart(at)
        beside[frame.y - reach : frame.y + frame.height + reach, frame.x - reach : frame.x + frame.width + reach] = 0
        assert beside.mean() < CODED, at
    borders = (*keyframes(both.timeline), both.timeline.frames)
    bare = set(keyframes(both.timeline.model_copy(update={"inserts": ()}))) | {both.timeline.frames}
    for first, end in pairwise(borders):
        if {first, end} <= bare and not set(range(first, end)) & set(covered):
            assert all(not both.apart(at).any() for at in range(first, end))  # not even encoded again


def test_it_does_not_meet_the_subtitles(both: Both):
    red, frame = both.timeline.inserts[1], frame_in(both)
    plane = subtitles.canvas(OUT)
    words = [[word.text for word in cue.words] for cue in both.timeline.cues]
    top, _ = subtitles.band(words, both.timeline.subtitles, face("Lato"), plane)
    first = round(top * OUT.height / plane.height)
    assert frame.y + frame.height + frame.border < first
    for at in range(red.start, red.end):
        assert both.apart(at)[first:].mean() < CODED


def test_the_match_report_tells_of_them(both: Both):
    told = " ".join(match["reason"] for match in both.report["matches"])
    assert "blue.jpg fills the frame from" in told
    assert "red.jpg stands over it from" in told


async def test_what_can_not_be_is_refused_at_the_door(api: Client, tmp_path: Path):
    mug = (await api.upload(drawn(tmp_path / "mug.jpg", "#20C030"), "image"))["id"]
    brief = await api.brief(scenery.clip("coffee.png", hue=215), script="Our mug.")
    song = (await api.upload(scenery.music(), "music"))["id"]
    for inserts, code, pointer in (
        ([{"asset": mug}, {"asset": mug, "when": "your mug"}], "insert_words_missing", "/inserts/1/when"),
        ([{"asset": mug, "when": "mug"}, {"asset": mug, "when": "mug"}], "insert_words_missing", "/inserts/1/when"),
        ([{"asset": song}], "asset_unusable", "/inserts/0/asset"),
        ([{"asset": "00000000-0000-4000-8000-000000000000"}], "asset_unusable", "/inserts/0/asset"),
    ):
        answer = await api.http.post("/v1/jobs", json=brief | {"inserts": inserts})
        assert pointers(refused(answer, 422, code)) == [pointer]


async def test_other_words_move_them_or_are_refused(both: Both, api: Client):
    video = both.job["videos"][0]["id"]
    answer = await api.http.patch(f"/v1/videos/{video}/script", json={"script": "The red one. Nothing else."})
    assert pointers(refused(answer, 422, "insert_words_missing")) == ["/script"]
    answer = await api.http.patch(
        f"/v1/videos/{video}/script", json={"script": "The red one comes first. And last of all there is our new mug."}
    )
    assert answer.status_code in {200, 202}, answer.text
    job = await api.finished(both.job["id"])
    assert job["state"] == "completed", job
    timeline = (await api.http.get(job["videos"][0]["timeline_url"])).json()
    assert [insert["mode"] for insert in timeline["inserts"]] == ["pip", "interstitial"]
