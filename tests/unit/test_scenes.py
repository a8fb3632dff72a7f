"""Cuts are told from motion, flashes and dark; speech from noise and pauses."""

from __future__ import annotations

import pytest

from services.footage.scenes import scenes, speech

FPS = 25
CHUNK_S = 0.032


def found(changes: list[float], across: list[float] | None = None) -> list[float]:
    """Where scenes start, in pictures, given each picture's change against the one before; if nothing else is said
    it differs as much from all that came before it.
    """
    frames = [place / FPS for place in range(len(changes))]
    since = [max(pair) for pair in zip(changes, [0.0, *changes], strict=False)] if across is None else across
    return [round(scene.start_s * FPS) for scene in scenes(frames, changes, since, len(changes) / FPS)]


def test_a_cut_is_where_the_new_picture_is():
    changes = [0.0, *[1.5] * 40]
    changes[20] = 45.0
    assert found(changes) == [0, 20]
    ends = scenes([i / FPS for i in range(41)], changes, [99.0] * 41, 41 / FPS)
    assert [(scene.start_s, scene.end_s) for scene in ends] == [(0.0, 0.8), (0.8, 41 / FPS)]


def test_a_fast_camera_is_no_cut():
    assert found([0.0, *[3.0] * 10, *[20.0, 28.0, 33.0, 30.0, 26.0, 20.0], *[3.0] * 10]) == [0]


def test_a_cut_in_a_fast_pan_is_one():
    changes = [0.0, *[14.0] * 30]
    changes[15] = 60.0
    assert found(changes) == [0, 15]


def test_a_change_that_is_large_only_against_stillness_is_none():
    changes = [0.0, *[0.01] * 30]
    changes[10] = 6.0  # somebody moves
    assert found(changes) == [0]


def test_a_flash_is_not_two_cuts():
    changes = [0.0, *[1.0] * 30]
    changes[10] = changes[11] = 80.0
    across = [1.5] * 31
    across[10] = 80.0
    across[12] = 80.0
    assert found(changes, across) == [0]


def test_a_cut_blended_over_two_pictures_is_one():
    changes = [0.0, *[1.0] * 30]
    changes[10] = changes[11] = 30.0
    across = [1.5] * 31
    across[10:13] = [30.0, 60.0, 31.0]
    assert found(changes, across) == [0, 10]


def test_a_cut_right_at_the_start_and_at_the_end():
    changes = [0.0, 50.0, *[1.0] * 20, 50.0]
    assert found(changes) == [0, 22]  # one picture is no scene at the start; at the end it has its time


def test_the_first_picture_is_no_cut_and_nothing_is_no_scene():
    assert found([99.0]) == [0]
    assert scenes([], [], [], 0.0) == ()
    assert [(s.start_s, s.end_s) for s in scenes([], [], [], 2.0)] == [(0.0, 2.0)]


def heard(*runs: tuple[float, float], from_s: float = 0.0, most: float = 60.0) -> list[tuple[float, float]]:
    """Stretches for runs of (likelihood, seconds)."""
    voice = [likely for likely, seconds in runs for _ in range(round(seconds / CHUNK_S))]
    return [(round(s.start_s, 1), round(s.end_s, 1)) for s in speech(voice, CHUNK_S, from_s, most)]


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([(0.1, 1), (0.9, 2), (0.1, 1)], [(1.0, 3.0)]),
        ([(0.9, 1), (0.4, 1), (0.9, 1), (0.1, 1)], [(0.0, 3.0)]),  # unsure: stays what it was
        ([(0.1, 1), (0.9, 0.2), (0.1, 1)], []),  # a click
        ([(0.9, 1), (0.1, 0.1), (0.9, 1)], [(0.0, 2.1)]),  # a breath
        ([(0.9, 1), (0.1, 0.5), (0.9, 1)], [(0.0, 1.0), (1.5, 2.5)]),
        ([], []),
    ],
)
def test_speech(runs, expected):
    assert heard(*runs) == expected


def test_speech_is_told_in_the_pictures_time_and_not_beyond_it():
    assert heard((0.9, 3), from_s=0.5, most=3.0) == [(0.5, 3.0)]
