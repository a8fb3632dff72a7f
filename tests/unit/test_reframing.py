"""The crop follows what moves: smoothly, never losing it, and lies still where nothing does."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.footage import Focus
from contracts.media import MediaFacts
from contracts.timeline import CropPoint
from services.footage.reframing import crop_path

FPS = 30
LYING = MediaFacts(container="mp4", demuxer="mov", duration_s=60, width=1920, height=1080, fps=30)
UPRIGHT = LYING.model_copy(update={"width": 1080, "height": 1920})
EVERY_S = 0.25
HALF = 9 / 16 * 1080 / 1920 / 2  # of a lying picture's width, cut upright


def looks(x: Callable[[float], float], until_s: float, y: float = 0.5) -> list[Focus]:
    return [Focus(at_s=i * EVERY_S, x=x(i * EVERY_S), y=y) for i in range(math.ceil(until_s / EVERY_S) + 1)]


def at(path: Sequence[CropPoint], frame: int) -> tuple[float, float]:
    """As whoever renders it reads it: straight from point to point."""
    if not path:
        return 0.5, 0.5
    for before, after in pairwise(path):
        if before.frame <= frame <= after.frame:
            share = (frame - before.frame) / (after.frame - before.frame)
            return before.x + (after.x - before.x) * share, before.y + (after.y - before.y) * share
    return (path[0].x, path[0].y) if frame < path[0].frame else (path[-1].x, path[-1].y)


def fastest(path: Sequence[CropPoint], frames: int) -> float:
    places = [at(path, frame) for frame in range(frames)]
    return max(
        (abs(b[i] - a[i]) for a, b in pairwise(places) for i in (0, 1)),
        default=0.0,
    )


WALKS: dict[str, Callable[[float], float]] = {
    "crosses the picture in 8 s": lambda t: 0.05 + 0.9 * min(t / 8, 1),
    "crosses it in 3 s": lambda t: 0.05 + 0.9 * min(t / 3, 1),
    "sets off after 4 s, and hurries": lambda t: 0.3 + 0.5 * min(max(t - 4, 0) / 1.2, 1),
    "to and fro": lambda t: 0.5 + 0.3 * math.sin(1.3 * t),
    "there and back": lambda t: 0.2 + 0.6 * (1 - abs(t / 4 - 1)),
}


@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS.keys())
@pytest.mark.parametrize("source_in_s", [0.0, 1.37])
def test_a_moving_subject_is_inside_in_every_frame_and_nothing_jumps(walk, source_in_s):
    frames = round((8 - source_in_s) * FPS)
    path = crop_path(looks(walk, 8), LYING, source_in_s, frames, FPS)
    for frame in range(frames):
        middle = min(max(at(path, frame)[0], HALF), 1 - HALF)
        subject = walk(source_in_s + frame / FPS)
        assert abs(subject - middle) <= HALF, (frame, subject, middle)
        if HALF < subject < 1 - HALF:  # not at the very edge: with room on both sides
            assert abs(subject - middle) <= 0.75 * HALF, (frame, subject, middle)
    assert fastest(path, frames) <= 0.02


def test_it_sets_off_before_the_subject_is_at_the_edge():
    path = crop_path(looks(WALKS["sets off after 4 s, and hurries"], 8), LYING, 0, 240, FPS)
    start = at(path, 0)[0]
    assert at(path, 100)[0] == pytest.approx(start, abs=0.003)
    assert at(path, 120)[0] > start  # the subject has not moved yet


def test_nothing_moves_while_the_subject_stays_in_its_zone():
    path = crop_path(looks(lambda t: 0.7 + 0.02 * math.sin(9 * t), 6), LYING, 0, 180, FPS)
    assert [point.frame for point in path] == [0]
    assert path[0].x == pytest.approx(0.7, abs=0.02)


def test_a_look_that_saw_something_else_moves_nothing():
    seen = looks(lambda _t: 0.3, 6)
    seen[7] = Focus(at_s=seen[7].at_s, x=0.95, y=0.1)
    assert len(crop_path(seen, LYING, 0, 180, FPS)) == 1


def test_the_middle_needs_no_path():
    assert crop_path(looks(lambda _t: 0.5, 6), LYING, 0, 180, FPS) == ()
    assert crop_path([], LYING, 0, 180, FPS) == ()


def test_a_subject_that_is_off_the_middle_by_a_little_is_left_there_in_an_upright_picture():
    assert crop_path(looks(lambda _t: 0.9, 4), UPRIGHT, 0, 120, FPS) == ()  # cut upright it is whole
    low = crop_path(looks(lambda _t: 0.5, 4, y=0.9), UPRIGHT, 0, 120, FPS)  # cut lying it is a third
    assert low[0].y > 0.8


def test_one_look_and_one_frame_are_enough():
    path = crop_path([Focus(at_s=3, x=0.8, y=0.5)], LYING, 2, 1, FPS)
    assert [(point.frame, round(point.x, 1), point.y) for point in path] == [(0, 0.8, 0.5)]


def test_a_straight_walk_takes_few_points():
    path = crop_path(looks(WALKS["crosses the picture in 8 s"], 8), LYING, 0, 240, FPS)
    assert 3 <= len(path) <= 14


@given(
    places=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=40),
    fps=st.sampled_from([24, 25, 30, 60]),
    source_in_s=st.floats(0, 12),
    frames=st.integers(1, 300),
    facts=st.sampled_from([LYING, UPRIGHT, LYING.model_copy(update={"width": 1080})]),
)
def test_whatever_was_seen_nothing_jumps(places, fps, source_in_s, frames, facts):
    seen = [Focus(at_s=i * EVERY_S, x=x, y=y) for i, (x, y) in enumerate(places)]
    path = crop_path(seen, facts, source_in_s, frames, fps)
    assert fastest(path, frames) <= 0.02 * 30 / fps + 1e-9
    assert [point.frame for point in path] == sorted({point.frame for point in path})
    assert all(point.frame < frames for point in path)
