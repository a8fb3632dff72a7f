from __future__ import annotations

from contracts.footage import Mark
from services.footage.assigning import Piece, cut_inside
from services.footage.shots import Shot
from services.footage.showing import Shown
from services.footage.takes import Footage, groups, takes
from tests.unit.test_matching import about, film, seen, segment

FPS = 30


def shown(*lengths: float, scenes: tuple[tuple[float, float], ...] = (), number: int = 1) -> Shown:
    """One clip of 30 s whose segments lie end to end from 1 s on."""
    clip, at, found = film("a.mp4", 30.0), 1.0, []
    for place, length in enumerate(lengths):
        found.append(segment(place, at, at + length))
        at += length
    pool = takes(Footage([clip], {clip.id: seen(*found, seconds=30.0, scenes=scenes)}), FPS)
    return Shown(pool, groups(pool), number, FPS)


def test_a_take_shown_before_goes_on_with_a_part_not_shown_yet():
    state = shown(9.0)
    assert state.in_point(0, 90) == 1.0
    state.show(0, 1.0, 90, shot=0)
    assert state.in_point(0, 90) == 4.0
    assert state.unseen(0, 4.0, 90)
    assert not state.unseen(0, 3.5, 90)


def test_a_take_plays_on_in_its_scene_until_what_was_shown_or_is_reserved():
    state = shown(2.0, 2.0, 2.0, scenes=((0.0, 5.0), (5.0, 30.0)))
    assert state.lasts(0, 1.0, ()) == 120
    assert state.lasts(0, 1.0, [(4.0, 5.0)]) == 90
    state.show(1, 3.0, 30, shot=0)
    assert state.lasts(0, 1.0, ()) == 60
    assert state.lasts(0, 3.0, ()) == 0


def test_whoever_shows_a_moment_shows_it_for_all_takes_that_have_it():
    state = shown(2.0, 2.0, scenes=((0.0, 30.0),))
    state.show(0, 1.0, 90, shot=4)
    assert state.uses == {0: 1, 1: 1}
    assert state.shots == {0: [4], 1: [4]}
    assert state.takes == {0: 1}


def test_overlapping_marks_are_shown_together():
    clip = film("b.mp4", 20.0)
    marks = (Mark(start_s=2.0, end_s=6.0), Mark(start_s=4.0, end_s=9.0))
    pool = takes(Footage([clip], {}, [about(clip, marks=marks)]), FPS)
    state = Shown(pool, groups(pool), 1, FPS)
    (first, second) = (index for index, take in enumerate(pool) if take.marked)
    state.show(first, 2.0, 90, shot=0)
    assert state.uses == {state.groups[first]: 1}
    assert state.groups[first] == state.groups[second]
    assert state.in_point(second, 90) >= 5.0


def test_a_shot_changes_its_picture_where_a_word_begins_and_neither_part_is_a_flash():
    shot = Shot(0, 200, (0,), (10, 60, 110, 190))
    assert cut_inside(shot, Piece(0, 0, 200), most=120, least=30) == 110
    assert cut_inside(shot, Piece(0, 0, 200), most=50, least=30) == 50
    assert cut_inside(shot, Piece(0, 0, 200), most=195, least=30) == 110
    assert cut_inside(shot, Piece(0, 150, 200), most=40, least=30) == 175
