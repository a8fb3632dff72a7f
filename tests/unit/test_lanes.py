"""In which order a station takes from its lanes, and when it looks again where there was nothing."""

from __future__ import annotations

from collections import Counter

import pytest

from contracts import subjects
from kit.lanes import FAST_IN_A_ROW, LONGEST_REST_S, REST_S, Turns, place

LANES = ("fast", "s0", "s1", "s2")


class Station:
    """Takes from lanes that hold so many messages; its clock stands still unless it is told."""

    def __init__(self, **waiting: int) -> None:
        self.turns = Turns(LANES, "fast")
        self.waiting = Counter(waiting)
        self.now = 0.0
        self.asked = 0

    def take(self) -> str | None:
        while (lane := self.turns.next(self.now)) is not None:
            self.asked += 1
            if self.waiting[lane]:
                self.waiting[lane] -= 1
                self.turns.took(lane, self.now)
                return lane
            self.turns.empty(lane, self.now)
        return None

    def take_all(self) -> list[str]:
        return list(iter(self.take, None))

    def comes(self, lane: str) -> None:
        self.waiting[lane] += 1
        self.turns.heard(lane, self.now)


def rested(**waiting: int) -> Station:
    """One that has found all lanes empty."""
    station = Station(**waiting)
    station.take_all()
    station.asked = 0
    return station


def test_drafts_come_first():
    assert Station(s0=2, fast=2).take_all() == ["fast", "fast", "s0", "s0"]


def test_the_others_take_turns_however_much_one_of_them_has():
    assert Station(s0=5, s1=1, s2=2).take_all() == ["s0", "s1", "s2", "s0", "s2", "s0", "s0", "s0"]


def test_a_latecomer_is_next_behind_the_one_being_served():
    station = Station(s1=1000)
    assert [station.take() for _ in range(3)] == ["s1", "s1", "s1"]
    station.comes("s0")
    assert station.take() == "s0"
    assert station.take() == "s1"


def test_a_flood_of_drafts_leaves_every_fifth_turn_to_the_others():
    station = Station(fast=1000, s0=3, s2=3)
    taken = [station.take() for _ in range(6 * (FAST_IN_A_ROW + 1))]
    assert taken == [*["fast"] * FAST_IN_A_ROW, "s0", *["fast"] * FAST_IN_A_ROW, "s2"] * 3
    assert station.take() == "fast"


def test_drafts_alone_are_not_held_up():
    assert Station(fast=20).take_all() == ["fast"] * 20


def test_lanes_without_anything_are_not_asked_at_each_turn():
    station = Station(s0=100)
    assert station.take_all() == ["s0"] * 100
    assert station.asked == 100 + len(LANES)


def test_word_of_a_message_has_its_lane_asked_at_once():
    station = rested()
    station.now = 0.5
    assert station.take() is None
    station.comes("s2")
    assert station.turns.due() == 0.5
    assert station.take() == "s2"
    assert station.take() is None
    assert station.asked == 2


def test_word_may_come_before_the_message():
    station = rested()
    station.turns.heard("s1", 0.0)
    looks = []
    for _ in range(8):
        assert station.take() is None
        station.now = station.turns.due()
        looks.append(round(station.now * 1000))
    assert looks == [1, 3, 7, 15, 31, 63, 127, 1000]
    station = rested()
    station.turns.heard("s1", 0.0)
    station.take()
    station.waiting["s1"] += 1
    station.now = station.turns.due()
    assert station.take() == "s1"


def test_word_that_comes_while_the_lane_is_asked_is_not_lost():
    station = rested()
    station.turns.heard("s1", 0.0)
    assert station.turns.next(0.0) == "s1"
    station.turns.heard("s1", 0.0)
    station.turns.empty("s1", 0.0)
    assert station.turns.due() == 0.0
    assert station.turns.next(0.0) == "s1"


def test_of_two_that_were_told_the_second_is_looked_for_after_the_first():
    station = rested()
    station.comes("s1")
    station.turns.heard("s1", 0.0)  # not stored yet
    assert station.take() == "s1"
    assert station.take() is None
    assert station.turns.due() == pytest.approx(0.001)


def test_what_nobody_tells_of_is_found_by_looking_now_and_then():
    station = rested()
    station.waiting["s1"] += 1  # given back
    station.now = REST_S - 0.001
    assert station.take() is None
    station.now = REST_S
    assert station.take() == "s1"


def test_the_longer_nothing_happens_the_less_it_looks():
    station = rested()
    looks = []
    for _ in range(5):
        station.now = station.turns.due()
        looks.append(station.now)
        assert station.take() is None
    assert looks == [1, 3, 7, 11, 15]
    station.comes("s2")
    assert station.take() == "s2"
    assert station.take() is None
    assert station.turns.due() == station.now + REST_S < station.now + LONGEST_REST_S


def test_a_lane_whose_answer_got_lost_is_asked_again():
    turns = Turns(LANES, "fast")
    assert [turns.next(0.0) for _ in LANES] == list(LANES)
    assert turns.next(0.0) is None
    assert turns.due() == REST_S


def test_word_of_a_lane_that_this_version_does_not_know_is_let_pass():
    station = rested()
    station.turns.heard("s99", 0.0)
    assert station.take() is None


def in_turn(lane: str, own: int, **waiting: int) -> int:
    """As how manyeth it is really taken."""
    station = Station(**waiting)
    mine = 0
    for taken, served in enumerate(iter(station.take, None), start=1):
        mine += served == lane
        if mine == own:
            return taken
    raise AssertionError("never taken")


@pytest.mark.parametrize(
    ("lane", "own", "waiting"),
    [
        ("s0", 1, {"s0": 1}),
        ("s0", 7, {"s0": 9}),
        ("s0", 1, {"s0": 1, "s1": 500}),
        ("s0", 3, {"s0": 3, "s1": 500, "s2": 1}),
        ("s2", 2, {"s0": 8, "s1": 8, "s2": 2, "fast": 6}),
        ("s1", 1, {"s1": 1, "fast": 1000}),
        ("fast", 3, {"fast": 3, "s0": 100}),
        ("fast", 9, {"fast": 9, "s0": 100}),
        ("fast", 9, {"fast": 9, "s0": 1}),
    ],
)
def test_a_place_is_told_as_it_comes_out_or_a_round_later(lane: str, own: int, waiting: dict[str, int]):
    really, told = in_turn(lane, own, **waiting), place(own, lane, waiting, "fast")
    assert really <= told <= really + (FAST_IN_A_ROW + 1) * (len(LANES) - 2)


def test_a_batch_never_takes_the_fast_lane():
    assert subjects.lane("anna", "draft") == subjects.FAST_LANE
    assert subjects.lane("anna", "draft", bulk=True) == subjects.lane("anna", "final") != subjects.FAST_LANE
    assert subjects.lane("anna", "final", bulk=True) == subjects.lane("anna", "final")


def test_whatever_lane_anything_is_given_is_one_that_stations_take_from():
    """Both of this version and of those whose facts lie in the log: lanes may be added, and none taken away."""
    given = {subjects.lane(f"user-{number}", "final") for number in range(500)} | {subjects.lane("anna", "draft")}
    assert given == set(subjects.LANES)
    assert {"fast", *(f"s{shard}" for shard in range(8))} <= set(subjects.LANES)
