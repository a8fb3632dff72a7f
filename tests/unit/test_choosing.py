from __future__ import annotations

from typing import Any

import pytest

from contracts.choosing import CHOSEN_BY_HAND, RUNNERS_UP_MAX, swapped, wanted_s
from contracts.faults import LogicalFault
from contracts.footage import Transform
from contracts.media import Asset
from contracts.timeline import Candidate, Clip, CropPoint, Match, MatchReport, Timeline
from tests import builders

FILMS = tuple(builders.asset(f"clip{number}.mp4", seconds=8.0) for number in range(1, 6))


def candidate(number: int, source_in_s: float = 1.0, **more: Any) -> Candidate:
    film = FILMS[number - 1]
    given: dict[str, Any] = {"source_out_s": 7.0, "score": 0.5, "parts": {}, **more}
    return Candidate(asset=film.id, name=film.name, source_in_s=source_in_s, **given)


def clip(film: Asset, start: int, frames: int, phrase: int) -> Clip:
    return Clip(
        asset=film.id,
        source=film.blob,
        facts=film.facts,
        source_in_s=1.0,
        start=start,
        frames=frames,
        phrase=phrase,
    )


def match(phrase: int, chosen: int, *others: int) -> Match:
    runners_up = tuple(candidate(number) for number in others)
    return Match(phrase=phrase, text="x", chosen=candidate(chosen), runners_up=runners_up, reason="it was best")


def edit() -> tuple[Timeline, MatchReport]:
    """Phrase 0 has clip 1; 1 and 2 share clip 2; 3 is covered by clips 3 and 4."""
    shown = (
        clip(FILMS[0], 0, 60, 0),
        clip(FILMS[1], 60, 90, 1),
        clip(FILMS[2], 150, 40, 3),
        clip(FILMS[3], 190, 50, 3),
    )
    timeline = builders.timeline().model_copy(update={"clips": shown, "frames": 240})
    matches = (match(0, 1, 4, 5), match(1, 2, 5), match(2, 2, 5), match(3, 3, 5))
    return timeline, MatchReport(matches=matches)


def test_one_choice_changes_and_all_others_stay():
    timeline, report = edit()
    turned = Transform(rotate=90)
    choice = candidate(5, segment=7, crop=(CropPoint(frame=0, x=0.2, y=0.5),), transform=turned)
    after, told = swapped(timeline, report, 0, choice, FILMS)
    new = after.clips[0]
    assert (new.asset, new.source, new.start, new.frames) == (FILMS[4].id, FILMS[4].blob, 0, 60)
    assert (new.source_in_s, new.segment, new.crop, new.transform) == (1.0, 7, choice.crop, turned)
    assert after.clips[1:] == timeline.clips[1:]
    assert after.cues == timeline.cues
    assert told.matches[1:] == report.matches[1:]
    assert told.matches[0].chosen == choice
    assert told.matches[0].reason == CHOSEN_BY_HAND
    assert [other.name for other in told.matches[0].runners_up] == ["clip1.mp4", "clip4.mp4"]


def test_a_choice_can_be_taken_back():
    timeline, report = edit()
    after, told = swapped(timeline, report, 0, report.matches[0].runners_up[0], FILMS)
    back, _ = swapped(after, told, 0, told.matches[0].runners_up[0], FILMS)
    assert back == timeline


def test_a_picture_with_its_own_sound_is_followed_by_one_with_its_own_sound():
    timeline, report = edit()
    heard = tuple(each.model_copy(update={"heard": each.phrase == 0}) for each in timeline.clips)
    timeline = timeline.model_copy(update={"clips": heard})
    loud, _ = swapped(timeline, report, 0, candidate(5), FILMS)
    silent, _ = swapped(timeline, report, 1, candidate(5), FILMS)
    assert [each.heard for each in loud.clips] == [True, False, False, False]
    assert silent.clips[1].heard is False


@pytest.mark.parametrize(
    ("before", "over", "expected"), [(None, None, "in"), ("in", None, "out"), ("in", "left", "left")]
)
def test_an_image_put_in_by_hand_moves(before, over, expected):
    photo = builders.asset("photo.png")
    photo = photo.model_copy(
        update={"facts": photo.facts.model_copy(update={"video_codec": None, "duration_s": 0.0, "fps": 0.0})}
    )
    timeline, report = edit()
    moved = (
        timeline.clips[0].model_copy(update={"move": before}),
        timeline.clips[1].model_copy(update={"move": over}),
        *timeline.clips[2:],
    )
    choice = Candidate(asset=photo.id, name=photo.name, source_in_s=3.0, score=0.5, parts={})
    after, _ = swapped(timeline.model_copy(update={"clips": moved}), report, 1, choice, (*FILMS, photo))
    assert (after.clips[1].move, after.clips[1].source_in_s) == (expected, 0.0)


@pytest.mark.parametrize("phrase", [1, 2])
def test_phrases_that_share_a_picture_change_it_together(phrase):
    after, told = swapped(*edit(), phrase, candidate(5), FILMS)
    assert [shown.asset for shown in after.clips].count(FILMS[4].id) == 1
    assert after.clips[1].phrase == 1
    assert [each.chosen.name for each in told.matches] == ["clip1.mp4", "clip5.mp4", "clip5.mp4", "clip3.mp4"]


def test_a_phrase_covered_by_several_clips_gets_one():
    timeline, report = edit()
    after, told = swapped(timeline, report, 3, candidate(5), FILMS)
    assert [(shown.start, shown.frames) for shown in after.clips] == [(0, 60), (60, 90), (150, 90)]
    assert Timeline.model_validate(after.model_dump()) == after
    assert told.matches[3].runners_up == ()  # clip 3 alone is too short to be offered again


def test_what_was_shown_for_long_enough_is_offered_a_bounded_number_of_times():
    timeline, report = edit()
    for number in range(3 * RUNNERS_UP_MAX):
        timeline, report = swapped(timeline, report, 0, candidate(5, source_in_s=number / 10), FILMS)
    assert len(report.matches[0].runners_up) == RUNNERS_UP_MAX
    places = [(other.asset, other.source_in_s) for other in report.matches[0].runners_up]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize(
    ("phrase", "choice", "code"),
    [
        (9, candidate(5), "phrase_unknown"),
        (0, candidate(5).model_copy(update={"asset": builders.asset("stranger.mp4").id}), "choice_unknown"),
        (0, candidate(5, source_in_s=5.5), "choice_too_short"),
        (0, candidate(5, source_in_s=6.5, source_out_s=None), "choice_too_short"),
        (0, candidate(5, source_in_s=6.5, source_out_s=60.0), "choice_too_short"),
    ],
)
def test_what_cannot_be_shown_is_refused(phrase, choice, code):
    with pytest.raises(LogicalFault) as refused:
        swapped(*edit(), phrase, choice, FILMS)
    assert refused.value.code == code


def test_how_long_a_phrase_is_shown():
    assert [wanted_s(*edit(), phrase) for phrase in range(4)] == [2.0, 3.0, 3.0, 3.0]
