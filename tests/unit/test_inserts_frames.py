"""Inserts, rendered: seen on their frames and no others, the same in every span, clear of what is written."""

from __future__ import annotations

import numpy as np
import pytest

from contracts.brief import SubtitleStyle
from contracts.inserts import Inset
from contracts.looks import TransitionStyle
from contracts.media import MediaFacts
from contracts.outputs import Output, PresetName, output
from contracts.speech import Word
from contracts.timeline import Clip, Cue, Insert, Timeline
from kit.fonts import face
from services.render.plan import Span, stills
from services.render.plan.insets import frame_of
from tests.unit.test_looks_frames import (
    BADGE,
    HEIGHT,
    MOVIE,
    PHOTO,
    SMALL,
    WIDTH,
    Array,
    blob,
    clip,
    edit,
    frames_of,
    luma,
    middles,
    sources,
)

__all__ = ["sources"]  # a fixture

SHOTS = (clip(MOVIE, 0, 40), clip(MOVIE, 40, 35, 3.0))
PLAIN = edit(*SHOTS)


def full(sha256: str, start: int, frames: int, **changes) -> Insert:
    return Insert(clip=clip(sha256, start, frames, 0.5, **changes), mode="interstitial")


def pip(sha256: str, start: int, frames: int, **inset) -> Insert:
    return Insert(clip=clip(sha256, start, frames, 0.5), mode="pip", inset=Inset(**inset))


def with_inserts(*inserts: Insert, **changes) -> Timeline:
    return Timeline.model_validate((PLAIN.model_copy(update={"inserts": inserts} | changes)).model_dump())


INSERTS = {
    "interstitial": with_inserts(full(PHOTO, 10, 45, move="in")),
    "whole, softly": with_inserts(full(BADGE, 20, 40, move="out"), transition=TransitionStyle(kind="crossfade")),
    "a clip": with_inserts(full(MOVIE, 12, 40)),
    "pips alike": with_inserts(pip(PHOTO, 2, 30), pip(PHOTO, 32, 30), pip(PHOTO, 62, 10, place="bottom_right")),
    "a clip in a frame": with_inserts(pip(MOVIE, 20, 45, place="top", size=0.7)),
}


@pytest.mark.parametrize("name", INSERTS)
def test_a_span_by_itself_shows_what_the_whole_shows(name, sources, tmp_path):
    timeline = INSERTS[name]
    whole = frames_of(timeline, sources, tmp_path)
    for first, frames in ((0, 30), (30, 7), (37, 38)):
        part = frames_of(timeline, sources, tmp_path, Span(first, frames))
        different = [first + at for at in range(frames) if not np.array_equal(part[at], whole[first + at])]
        assert not different


@pytest.mark.parametrize("name", INSERTS)
def test_they_are_seen_on_their_frames_and_change_nothing_else(name, sources, tmp_path):
    timeline = INSERTS[name]
    bare = timeline.model_copy(update={"inserts": ()})
    shown, without = (frames_of(each, sources, tmp_path / part) for part, each in (("a", timeline), ("b", bare)))
    changed = [at for at in range(timeline.frames) if not np.array_equal(shown[at], without[at])]
    asked = [at for insert in timeline.inserts for at in range(insert.start, insert.end)]
    assert changed == asked


def within(frames: Array, box: tuple[int, int, int, int]) -> Array:
    left, top, right, bottom = box
    return luma(frames)[:, top:bottom, left:right]


@pytest.mark.parametrize("size", [(WIDTH, HEIGHT), (240, 240), (320, 180)], ids=str)
@pytest.mark.parametrize("place", ["top_left", "bottom_right", "centre"])
def test_a_framed_picture_changes_only_its_own_part(size, place, sources, tmp_path):
    out = Output(preset=PresetName.GENERIC, width=size[0], height=size[1], crf=20, speed="ultrafast")
    cue = Cue(words=(Word(text="Words", start_s=0, end_s=2.5, phrase=0),), start_s=0, end_s=2.5)
    looks = {"subtitles": SubtitleStyle(), "cues": (cue,)}
    timeline = with_inserts(pip(PHOTO, 20, 40, place=place, size=0.4), **looks)
    bare = timeline.model_copy(update={"inserts": ()})
    shown, without = (
        frames_of(each, sources, tmp_path / part, size=out) for part, each in (("a", timeline), ("b", bare))
    )
    frame = frame_of(timeline.inserts[0], timeline, out, face("Lato"))
    reach = frame.border + frame.shadow
    moved = np.abs(luma(shown)[40] - luma(without)[40]) > 2
    rows, columns = np.nonzero(moved)
    assert rows.min() >= frame.y - reach
    assert rows.max() < frame.y + frame.height + reach
    assert columns.min() >= frame.x - reach
    assert columns.max() < frame.x + frame.width + reach
    # A white border around it, and the footage where the corners are round.
    middle = luma(shown)[40][frame.y + frame.height // 2]
    assert middle[frame.x - frame.border] > 225
    assert middle[frame.x + frame.width] > 225
    corner = luma(shown)[40][frame.y - frame.border, frame.x - frame.border]
    assert corner < luma(without)[40][frame.y - frame.border, frame.x - frame.border] + 3
    # What is written is as it was.
    written = slice(round(0.79 * size[1]), round(0.89 * size[1]))
    assert np.array_equal(luma(shown)[:, written], luma(without)[:, written])


def test_a_framed_picture_comes_and_goes_softly(sources, tmp_path):
    timeline = INSERTS["a clip in a frame"]
    still = with_inserts(pip(PHOTO, 20, 45, place="top", size=0.7))
    bare = timeline.model_copy(update={"inserts": ()})
    shown, without = (frames_of(each, sources, tmp_path / part) for part, each in (("a", still), ("b", bare)))
    frame = frame_of(still.inserts[0], still, SMALL, face("Lato"))
    inside = frame.x, frame.y, frame.x + frame.width, frame.y + frame.height
    apart = np.abs(within(shown, inside) - within(without, inside)).mean(axis=(1, 2))
    assert apart[19] == apart[65] == 0
    assert np.all(np.diff(apart[19:29]) > 0)
    assert np.all(np.diff(apart[55:66]) < 0)
    assert apart[29:56].min() > max(*apart[20:28], *apart[57:65])
    border = within(shown, (frame.x, frame.y - frame.border, frame.x + frame.width, frame.y)).mean(axis=(1, 2))
    assert border[29:55] == pytest.approx(233, abs=2)


def test_a_picture_that_loses_too_much_is_shown_whole_on_its_own_ground(sources, tmp_path):
    """A red badge twice as wide as high: all of the upright frame is red."""
    shown = frames_of(with_inserts(full(BADGE, 10, 40, move="in")), sources, tmp_path)
    assert within(shown, (0, 0, WIDTH, HEIGHT))[30].std() < 2


def test_what_is_sold_loses_its_sides_before_its_top():
    def whole(width: int, height: int) -> bool:
        facts = clip(PHOTO, 0, 60).facts.model_copy(update={"width": width, "height": height})
        shape = output(PresetName.TIKTOK, "draft").model_copy(update={"width": 1080, "height": 844})
        return stills.shown_whole(clip(PHOTO, 0, 60).model_copy(update={"facts": facts}), shape, stills.AS_PRODUCT)

    assert [whole(1000, 1000), whole(1000, 860), whole(1600, 900), whole(3000, 900)] == [True, False, False, True]


def test_what_one_sees_through_is_white(sources, tmp_path):
    clear = blob(tmp_path / "clear.png", (300, 300), "-vf", "format=rgba,colorchannelmixer=aa=0", "-frames:v", "1")
    ours = dict(sources) | {BADGE: str(clear)}
    shown = frames_of(with_inserts(full(BADGE, 10, 40, move="in")), ours, tmp_path)
    assert within(shown, (0, 0, WIDTH, HEIGHT))[30].min() > 230


@pytest.mark.parametrize("move", ["in", "out"])
def test_an_interstitial_moves_without_a_tremble(move, sources, tmp_path):
    photo = blob(tmp_path / "disc.png", (WIDTH * 2, HEIGHT * 2), "-frames:v", "1")
    ours = dict(sources) | {PHOTO: str(photo)}
    values = clip(PHOTO, 8, 60).model_dump() | {"facts": clip(PHOTO, 8, 60).facts, "move": move}
    shown = full(PHOTO, 8, 60).model_copy(update={"clip": Clip.model_validate(values)})
    frames = frames_of(with_inserts(shown), ours, tmp_path)
    place = middles(frames[8:68])
    assert np.abs(np.diff(place, 2, axis=0)).max() < 0.06


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (1500, 20), (20, 1500)], ids=str)
@pytest.mark.parametrize("mode", ["pip", "interstitial"])
def test_a_picture_of_any_shape_is_shown(size, mode, sources, tmp_path):
    odd = blob(tmp_path / "odd.png", size, "-frames:v", "1")
    facts = MediaFacts(container="png", demuxer="png_pipe", duration_s=0, width=size[0], height=size[1])
    values = clip(PHOTO, 4, 40).model_dump() | {"facts": facts, "move": "in" if mode == "interstitial" else None}
    timeline = with_inserts(Insert.model_validate({"clip": values, "mode": mode}))
    frames_of(timeline, dict(sources) | {PHOTO: str(odd)}, tmp_path)
