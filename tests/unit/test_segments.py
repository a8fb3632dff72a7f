"""Shots become segments with a worth, and what had better not be shown is marked."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.footage import Stretch
from services.footage.attention import faces, focus
from services.footage.seen import Face, Glimpse, glimpse, seen
from services.footage.segments import ALIKE_BITS, WEIGHTS, distance, segments
from services.footage.spans import Usable


def look(at_s: float, **changes: Any) -> Glimpse:
    good: dict[str, Any] = {
        "change": 3.0,
        "sharpness": 300.0,
        "brightness": 0.5,
        "contrast": 0.2,
        "phash": f"{(hash(round(at_s * 5)) * 0x9E3779B97F4A7C15) % 2**64:016x}",
        "grid": bytes([round(128 + 20 * math.sin(at_s))] * 64),
    }
    return Glimpse(at_s=at_s, **(good | changes))


def looks(until_s: float, **changes: Any) -> list[Glimpse]:
    return [look(i / 5, **changes) for i in range(math.ceil(until_s * 5))]


def made(scenes: list[tuple[float, float]], seen_there: list[Glimpse], span: tuple[float, float] | None = None):
    start, end = span or (scenes[0][0], scenes[-1][1])
    return segments([Stretch(start_s=a, end_s=b) for a, b in scenes], seen_there, Usable(start_s=start, end_s=end))


def test_a_short_scene_is_one_segment_and_a_long_one_several():
    found = made([(0, 4.0), (4.0, 16.0)], looks(16))
    assert found[0].end_s == 4.0
    assert len(found) == 4
    assert [one.number for one in found] == [0, 1, 2, 3]


def test_a_long_scene_is_parted_where_it_is_calm():
    seen_there = [look(one.at_s, change=0.5 if 4.3 < one.at_s < 4.5 else 5.0) for one in looks(8)]
    first, second = made([(0, 8.0)], seen_there)
    assert first.end_s == second.start_s == pytest.approx(4.4)


def test_what_is_not_usable_is_in_no_segment_and_a_flash_is_none():
    found = made([(0, 5), (5, 5.3), (5.3, 10)], looks(10), span=(0.75, 9.25))
    assert [(one.start_s, one.end_s) for one in found] == [(0.75, 5), (5.3, 9.25)]


def test_a_clip_of_an_instant_has_a_segment():
    (only,) = made([(0, 0.2)], [look(0.0)])
    assert (only.start_s, only.end_s, only.unfit) == (0, 0.2, None)
    assert made([(0, 0.2)], [])[0].score == 0


@pytest.mark.parametrize(
    ("changes", "unfit"),
    [
        ({}, None),
        ({"brightness": 0.03}, "dark"),
        ({"sharpness": 4.0}, "blurred"),
        ({"change": 0.05}, "still"),
        ({"brightness": 0.03, "change": 0.0, "sharpness": 1.0}, "dark"),
    ],
)
def test_unfit(changes, unfit):
    assert made([(0, 3)], looks(3, **changes))[0].unfit == unfit


def test_the_change_from_the_shot_before_does_not_count():
    seen_there = [look(0.0, change=90.0), *(look(i / 5, change=0.05) for i in range(1, 15))]
    assert made([(0, 3)], seen_there)[0].unfit == "still"


@pytest.mark.parametrize(
    ("name", "worse", "better"),
    [
        ("motion", {"change": 1.0}, {"change": 4.0}),
        ("variance", {"grid": bytes([100] * 64)}, {}),
        ("sharpness", {"sharpness": 60.0}, {"sharpness": 600.0}),
        ("contrast", {"contrast": 0.08}, {"contrast": 0.2}),
        ("brightness", {"brightness": 0.15}, {"brightness": 0.5}),
        ("brightness", {"brightness": 0.95}, {"brightness": 0.5}),
    ],
)
def test_a_part_of_the_score_grows_with_what_it_measures(name, worse, better):
    low, high = made([(0, 3)], looks(3, **worse))[0], made([(0, 3)], looks(3, **better))[0]
    assert 0 <= getattr(low.scores, name) < getattr(high.scores, name) <= 1
    assert high.score - low.score == pytest.approx(
        WEIGHTS[name] * (getattr(high.scores, name) - getattr(low.scores, name)), abs=0.001
    )


def test_weights_are_those_of_the_product():
    assert WEIGHTS == {"motion": 0.40, "variance": 0.20, "sharpness": 0.20, "contrast": 0.15, "brightness": 0.05}


def test_of_look_alikes_the_best_is_kept():
    same = "a5a5a5a5a5a5a5a5"
    near = f"{int(same, 16) ^ 0b111:016x}"
    assert distance(same, near) == 3 <= ALIKE_BITS
    seen_there = [
        *(look(i / 5, phash=same, contrast=0.1) for i in range(15)),
        *(look(i / 5, phash=near) for i in range(15, 30)),
        *(look(i / 5, phash=f"{int(same, 16) ^ (2**32 - 1):016x}") for i in range(30, 45)),
    ]
    found = made([(0, 3), (3, 6), (6, 9)], seen_there)
    assert [one.unfit for one in found] == ["duplicate", None, None]


@given(
    st.lists(st.floats(0.1, 30), min_size=1, max_size=6),
    st.floats(0, 0.9),
)
def test_segments_lie_in_order_inside_scenes_and_are_of_a_length_to_show(lengths, trimmed):
    bounds = [0.0]
    for length in lengths:
        bounds.append(bounds[-1] + length)
    trimmed = min(trimmed, bounds[-1] / 4)
    cuts = bounds[1:-1]
    found = made(list(pairwise(bounds)), looks(bounds[-1]), span=(trimmed, bounds[-1] - trimmed))
    assert found
    for one, following in pairwise(found):
        assert one.end_s <= following.start_s + 1e-3
    for one in found:
        assert 0 < one.length_s <= 6.01 or len(found) == 1
        if len(found) > 1:
            assert not any(one.start_s + 1e-3 < cut < one.end_s - 1e-3 for cut in cuts)


# --- where the eye goes ------------------------------------------------------------------------------------------


def with_faces(places: list[list[tuple[float, float]]]) -> list[Glimpse]:
    return [look(i * 0.6, faces=tuple(Face(x, y, 0.1) for x, y in there)) for i, there in enumerate(places)]


def test_a_face_is_followed_and_what_one_look_took_for_one_is_not():
    seen_there = with_faces([[(0.3, 0.4)], [(0.32, 0.4), (0.9, 0.9)], [(0.34, 0.4)], [(0.36, 0.4)]])
    assert faces(seen_there) == 1
    path = focus(seen_there)
    assert path[0].x == pytest.approx(0.3, abs=0.01)
    assert path[-1].x == pytest.approx(0.36, abs=0.01)
    assert all(point.y == pytest.approx(0.4) for point in path)


def test_a_face_counts_more_than_what_moves():
    seen_there = [look(i / 5, faces=(Face(0.2, 0.5, 0.1),), action=(0.9, 0.5)) for i in range(10)]
    assert {point.x for point in focus(seen_there)} == {0.2}


def test_what_moves_is_followed_where_there_is_no_face():
    path = focus([look(i / 5, action=(0.1 + i * 0.04, 0.5)) for i in range(20)])
    assert path[0].x == pytest.approx(0.1)
    assert path[-1].x == pytest.approx(0.86)
    assert len(path) <= 4  # a straight walk


def test_what_jumps_about_or_shows_seldom_is_not_followed():
    assert focus([look(i / 5, action=(0.1 if i % 2 else 0.9, 0.5)) for i in range(20)]) == ()
    assert focus([look(i / 5, action=(0.5, 0.5) if i < 3 else None) for i in range(20)]) == ()
    assert focus([]) == ()


def test_who_stays_is_one_point():
    assert len(focus(with_faces([[(0.7, 0.4)]] * 8))) == 1


# --- what the child writes down ----------------------------------------------------------------------------------


def test_a_look_is_read_as_it_was_written():
    line = orjson.dumps([0.2, 1.5, 90.0, -0.01, 0.2, "00ff00ff00ff00ff", "80" * 64, [[0.5, 0.4, 0.1]], None])
    read = glimpse(line)
    assert read.faces == (Face(0.5, 0.4, 0.1),)
    assert read.brightness == 0.0
    assert read.grid == b"\x80" * 64
    whole = seen(
        {
            "frames": [0.0],
            "changes": [0.0],
            "across": [0.0],
            "keyframes": [0.0],
            "voice": [0.9],
            "voice_from_s": 0.1,
            "faults": [],
        },
        [line, b""],
    )
    assert whole.glimpses == (read,)


@pytest.mark.parametrize("line", [b"{}", b"[1, 2]", b"nonsense", b'[0,0,0,0,0,"0","zz",null,null]'])
def test_what_is_no_look_is_refused(line):
    with pytest.raises(ValueError):  # noqa: PT011
        glimpse(line)
