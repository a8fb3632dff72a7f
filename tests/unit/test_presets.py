"""Each preset of subtitles, drawn by ffmpeg: the pixels do what is promised."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest

from contracts.brief import SubtitleStyle
from contracts.outputs import Output, PresetName, SafeZone
from contracts.speech import Word
from contracts.timeline import Cue
from services.render.plan import Span
from tests.unit.test_rendering import black, clip, edit, facts, pictures_of

Image = npt.NDArray[np.int16]  # rows, columns, red green blue

OUTPUT = Output(
    preset=PresetName.GENERIC, width=540, height=540, crf=4, speed="ultrafast", safe_zone=SafeZone(left=0, right=0)
)
FRAMES = 40
HIGHLIGHT = "#00FF00"


@pytest.fixture(scope="module")
def scene(tmp_path_factory) -> Path:
    return black(tmp_path_factory.mktemp("scene") / "black.mp4", "540x540")


def cue(*spoken: tuple[str, float, float], end_s: float) -> Cue:
    words = tuple(Word(text=text, start_s=start_s, end_s=stop_s, phrase=0) for text, start_s, stop_s in spoken)
    return Cue(words=words, start_s=words[0].start_s, end_s=end_s)


TWO = cue(("lit", 0.2, 0.6), ("not", 1.0, 1.2), end_s=1.3)  # frames 6 to 38: one spoken until 18, the other from 30


async def drawn(scene: Path, folder: Path, style: SubtitleStyle, shown: Cue = TWO) -> list[Image]:
    """The frames of a video of nothing but a cue on black."""
    style = style.model_copy(update={"size": 120, "y": 0.6, "highlight": HIGHLIGHT, "outline": 0})
    whole = edit(clip("a", facts(scene), 0.0, 0, FRAMES), cues=(shown,), style=style)
    made = await pictures_of(whole, Span(0, FRAMES), {"a" * 64: scene}, folder / "out", OUTPUT)
    with av.open(str(made)) as file:
        return [frame.to_ndarray(format="rgb24").astype(np.int16) for frame in file.decode(video=0)]


def green(image: Image) -> npt.NDArray[np.bool_]:
    return (image[..., 1] > 150) & (image[..., 0] < 90) & (image[..., 2] < 90)


def white(image: Image) -> npt.NDArray[np.bool_]:
    return np.asarray((image > 150).all(axis=2))


def columns(mask: npt.NDArray[np.bool_]) -> tuple[int, int]:
    """The first and the last column with something in it."""
    found = np.flatnonzero(mask.any(axis=0))
    return int(found[0]), int(found[-1])


def width(mask: npt.NDArray[np.bool_]) -> int:
    first, last = columns(mask)
    return last - first


async def test_clean_stands_still(scene, tmp_path):
    frames = await drawn(scene, tmp_path, SubtitleStyle(preset="clean"))
    assert white(frames[8]).sum() > 2000
    assert all(np.abs(frame - frames[8]).max() < 24 for frame in frames[6:39])
    assert frames[5].max() < 24 > frames[39].max()


async def test_the_sweep_grows_over_a_word_and_waits_between_words(scene, tmp_path):
    frames = await drawn(scene, tmp_path, SubtitleStyle(preset="karaoke"))
    lit = [int(green(frame).sum()) for frame in frames[6:39]]
    first, both = lit[12], lit[-1]
    assert lit[0] < 0.15 * first
    assert all(later >= before - 30 for before, later in pairwise(lit)), "never back"
    assert 0.3 * first < lit[6] < 0.75 * first
    assert all(abs(count - first) < 0.06 * first for count in lit[12:24]), "nobody speaks"
    assert 1.5 * first < both
    assert white(frames[38]).sum() < 0.05 * both, "all of it was spoken"
    assert columns(green(frames[12]))[1] < columns(white(frames[12]))[0] + 12, "one edge, from left to right"


async def test_a_word_pops_and_its_neighbour_stays_where_it_is(scene, tmp_path):
    style = SubtitleStyle(preset="pop", pop_strength=0.3)
    frames = await drawn(scene, tmp_path, style)
    neighbour = [columns(white(frame)) for frame in frames[6:18]]
    assert len(set(neighbour)) == 1
    wide = [width(green(frame)) for frame in frames[6:18]]
    assert max(wide) > 1.15 * wide[0], "it grows"
    assert max(wide) in wide[1:5], "briefly"
    assert 1.03 * wide[0] < wide[-1] < 0.97 * max(wide), "and keeps some of it"
    assert abs(sum(columns(green(frames[9]))) - sum(columns(green(frames[6])))) <= 4, "to both sides alike"
    rest = frames[25]
    assert green(rest).sum() == 0
    assert width(white(rest)[:, : neighbour[0][0] - 4]) == pytest.approx(wide[0], abs=3), "and is itself again"


async def test_the_box_is_behind_both_lines_and_see_through_as_asked(scene, tmp_path):
    style = SubtitleStyle(preset="boxed", box_colour="#FF0000", box_opacity=0.5, box_radius=30)
    long = cue(("wonderfully", 0.2, 0.5), ("long", 0.5, 0.8), ("it", 0.8, 1.0), ("is", 1.0, 1.2), end_s=1.3)
    frame = (await drawn(scene, tmp_path, style, long))[30]
    red = (frame[..., 0] > 90) & (frame[..., 1] < 60) & (frame[..., 2] < 60)
    rows = np.flatnonzero(red.any(axis=1))
    letters = np.flatnonzero((white(frame) | green(frame)).any(axis=1))
    assert rows[0] < letters[0] - 8
    assert rows[-1] > letters[-1] + 8
    assert len(rows) == rows[-1] - rows[0] + 1, "one box"
    tops, bottoms = (width(red[rows[0] + at :][:50]) for at in (20, len(rows) - 80))
    assert abs(tops - bottoms) > 30, "it follows lines of two widths"
    inside = frame[red]
    assert np.median(inside[:, 0]) == pytest.approx(127, abs=10), "half of it"
    assert np.abs(inside[:, 0] - 127).mean() < 12, "nowhere twice"
    corner = frame[rows[0], : columns(red)[0] + 4]
    assert corner.max() < 40, "round"


async def test_the_light_is_around_the_spoken_word(scene, tmp_path):
    style = SubtitleStyle(preset="glow", glow=10)
    frames = await drawn(scene, tmp_path, style)
    middle = sum(columns(white(frames[10]))) // 2
    glow = [frame[..., 1] - frame[..., 0] for frame in frames]  # green light on black; the letters are white

    def light(frame: int) -> tuple[float, float]:
        return float(glow[frame][:, :middle].clip(0).sum()), float(glow[frame][:, middle:].clip(0).sum())

    on_first, on_second = light(12), light(32)
    assert on_first[0] > 2 * on_first[1] > 0
    assert on_second[1] > 2 * on_second[0] > 0
    assert np.abs(white(frames[12]).astype(int) - white(frames[32])).sum() < 0.1 * white(frames[12]).sum()
