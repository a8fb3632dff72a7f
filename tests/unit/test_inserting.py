"""When inserts are shown: at words, at moments, in between; one at a time, each long enough to be seen."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from contracts.brief import BRIEF
from contracts.events import Order, SpeechReadyV1
from contracts.faults import LogicalFault
from contracts.inserts import INSERT_MIN_S, INSERTS_MAX, InsertChoice, WordsNotSaid, standing_at
from contracts.looks import BookendChoice, Branding
from contracts.media import Asset, AssetKind, MediaFacts
from contracts.speech import Word
from contracts.timeline import Clip, Insert, MatchReport, Timeline
from kit.steps import step_key
from services.footage.dressing import dressed
from services.footage.inserting import NEAR, inserted
from services.footage.meaning import Spelling
from services.footage.service import TimelineStep
from tests.builders import asset, brief, line, match_report, order
from tests.unit.test_recipes import NO_WEB, unseen

IMAGE = MediaFacts(container="png", demuxer="png_pipe", duration_s=0, width=800, height=600)
SAID = ["Here", "is", "our", "new", "mug.", "Our", "cup,", "our", "New", "Mug,", "and", "coffee."]


def image(name: str = "mug.png") -> Asset:
    return asset(name, facts=IMAGE, kind=AssetKind.IMAGE)


def words(texts: list[str] = SAID, each_s: float = 0.5) -> list[Word]:
    return [Word(text=text, start_s=at * each_s, end_s=(at + 1) * each_s, phrase=0) for at, text in enumerate(texts)]


def edit(*cuts: int, frames: int = 300) -> Timeline:
    """Shots from each of the ``cuts`` on, the first one from 0."""
    clip, borders = asset(), (0, *cuts, frames)
    clips = [
        Clip(asset=clip.id, source=clip.blob, facts=clip.facts, source_in_s=0, start=at, frames=end - at, phrase=0)
        for at, end in pairwise(borders)
    ]
    return Timeline(frames=frames, clips=tuple(clips), cues=(), subtitles=brief().subtitles)


def asking(*choices: dict[str, Any], uploads: tuple[Asset, ...] = ()) -> Order:
    shown = uploads or tuple(image(f"{place}.png") for place, _ in enumerate(choices))
    inserts = [{"asset": str(upload.id)} | choice for upload, choice in zip(shown, choices, strict=True)]
    made = order()
    return made.model_copy(update={"brief": brief(inserts=inserts), "inserts": shown})


def placed(timeline: Timeline, asked: Order, said: list[Word] | None = None) -> tuple[Insert, ...]:
    return inserted(timeline, match_report(), asked, words() if said is None else said)[0].inserts


def spans(*choices: dict[str, Any], timeline: Timeline | None = None) -> list[tuple[int, int]]:
    found = placed(timeline or edit(), asking(*choices))
    return [(insert.start, insert.end) for insert in found]


@pytest.mark.parametrize(
    ("whens", "expected"),
    [
        (["our new mug"], [2]),
        (["OUR NEW MUG"], [2]),
        (["new mug,"], [3]),
        (["our new mug", "our new mug"], [2, 7]),
        (["our", "our cup", "our"], [2, 5, 7]),
        (["coffee"], [11]),
    ],
)
def test_words_are_found_where_they_are_said_first_and_nobody_stands_yet(whens, expected):
    choices = [InsertChoice(asset=image().id, when=when) for when in whens]
    assert list(standing_at(choices, SAID).values()) == expected


def test_accents_and_marks_do_not_count():
    (choice,) = [InsertChoice(asset=image().id, when="cana tarm")]
    assert standing_at([choice], ["O", "„Cană-Țărm”,", "gata"]) == {0: 1}


@pytest.mark.parametrize(
    ("whens", "place", "message"),
    [
        (["the sea"], 0, "are not said in the script"),
        (["mug our"], -1, ""),
        (["coffee", "coffee"], 1, "are said only once"),
        (["ug"], 0, "are not said"),
    ],
)
def test_words_that_are_not_said_are_told_of(whens, place, message):
    choices = [InsertChoice(asset=image().id, when=when) for when in whens]
    if place < 0:
        assert standing_at(choices, SAID) == {0: 4}  # over the end of a sentence
        return
    with pytest.raises(WordsNotSaid, match=message) as missing:
        standing_at(choices, SAID)
    assert (missing.value.place, missing.value.code) == (place, "insert_words_missing")


def test_an_insert_begins_with_the_first_of_its_words():
    assert spans({"when": "our cup", "length_s": 2}) == [(75, 135)]
    assert spans({"at_s": 1.5}) == [(45, 135)]


def test_what_is_shown_gives_way_to_what_comes_then():
    assert spans({"at_s": 1, "length_s": 5}, {"at_s": 3, "length_s": 2}) == [(30, 90), (90, 150)]


def test_a_later_one_waits_until_the_first_was_seen_for_a_second():
    assert spans({"at_s": 1}, {"at_s": 1.2}, {"at_s": 1.2, "length_s": 1}) == [(30, 60), (60, 90), (90, 120)]


def test_towards_the_end_they_begin_earlier_rather_than_not_be_seen():
    assert spans({"at_s": 9.5}, {"at_s": 600}) == [(240, 270), (270, 300)]


def test_those_without_a_moment_are_spread_over_what_is_free():
    assert spans({"length_s": 1}) == [(135, 165)]
    assert spans({"length_s": 1}, {"length_s": 1}) == [(85, 115), (185, 215)]
    at_words = spans({"length_s": 1}, {"at_s": 0, "length_s": 4})
    assert at_words == [(0, 120), (195, 225)]


@given(
    st.lists(
        st.fixed_dictionaries(
            {"length_s": st.floats(1, 10), "mode": st.sampled_from(["pip", "interstitial"])},
            optional={"at_s": st.floats(0, 30)},
        ),
        min_size=1,
        max_size=8,
    ),
    st.lists(st.integers(1, 299), max_size=6, unique=True),
)
def test_each_is_seen_by_itself_for_a_second_at_least(choices, cuts):
    timeline = edit(*sorted(cuts))
    found = placed(timeline, asking(*choices))
    assert len(found) == len(choices)
    for insert in found:
        assert insert.start >= 0
        assert insert.end <= timeline.frames
        assert insert.clip.frames >= INSERT_MIN_S * 30
    for one, two in pairwise(found):
        assert one.end <= two.start
    assert found == placed(timeline, asking(*choices))


def test_too_many_for_so_short_a_video_are_refused():
    with pytest.raises(LogicalFault) as refused:
        spans({}, {}, timeline=edit(frames=59))
    assert refused.value.code == "inserts_do_not_fit"


def test_no_shot_flashes_up_beside_an_interstitial():
    full = {"mode": "interstitial", "at_s": 2, "length_s": 2}
    assert spans(full, timeline=edit(60 - NEAR, 120 + NEAR)) == [(60 - NEAR, 120 + NEAR)]
    assert spans(full, timeline=edit(60 - NEAR - 1, 120 + NEAR + 1)) == [(60, 120)]
    assert spans(full | {"mode": "pip"}, timeline=edit(55, 125)) == [(60, 120)]


def test_a_clip_is_shown_for_as_long_as_it_is():
    short, shorter = asset("short.mp4", seconds=1.5), asset("shorter.mp4", seconds=0.9)
    (found,) = placed(edit(50, 100), asking({"at_s": 1, "mode": "interstitial"}, uploads=(short,)))
    assert (found.start, found.end) == (30, 75)
    assert not found.clip.heard
    with pytest.raises(LogicalFault) as refused:
        placed(edit(), asking({"at_s": 1}, uploads=(shorter,)))
    assert refused.value.code == "footage_too_short"


def test_a_picture_moves_if_it_fills_the_frame_and_lies_still_within_one():
    full = {"mode": "interstitial", "length_s": 1}
    found = placed(edit(), asking(full, {"place": "bottom_right", "size": 0.3, "length_s": 1}, full))
    assert [insert.clip.move for insert in found] == ["in", None, "in"]
    assert (found[1].inset.place, found[1].inset.size) == ("bottom_right", 0.3)


def test_the_match_report_tells_of_them():
    asked = asking({"at_s": 0.2, "length_s": 1}, {"mode": "interstitial", "at_s": 2, "length_s": 2})
    _, report = inserted(edit(), match_report(), asked, words())
    (match,) = report.matches
    assert match.reason == (
        "the only clip; 0.png stands over it from 0.2 s for 1.0 s; 1.png fills the frame from 2.0 s for 2.0 s"
    )


def test_no_inserts_change_nothing():
    timeline, report = edit(), MatchReport(matches=())
    assert inserted(timeline, report, order(), words()) == (timeline, report)
    assert "inserts" not in timeline.model_dump()


def test_an_intro_comes_before_them():
    intro = image("intro.png")
    asked = asking({"at_s": 1})
    looks = asked.brief.model_copy(update={"branding": Branding(intro=BookendChoice(asset=intro.id, seconds=1))})
    whole = asked.model_copy(update={"brief": looks, "intro": intro})
    timeline, _ = inserted(edit(), match_report(), whole, words())
    made = dressed(timeline, whole, 1)
    assert [(insert.start, insert.end) for insert in made.inserts] == [(60, 150)]


def test_another_insert_or_picture_is_another_plan():
    event = next(fact for fact in line() if isinstance(fact, SpeechReadyV1))
    step = TimelineStep(Spelling(), unseen, NO_WEB)

    def key(asked: Order) -> str:
        return step_key(step.name, step.code_version, step.recipe(event.model_copy(update={"order": asked})))

    orders = [
        asking(),
        asking({"at_s": 1}),
        asking({"at_s": 2}),
        asking({"at_s": 1}, uploads=(image("other.png"),)),
        asking({"at_s": 1, "mode": "interstitial"}),
    ]
    assert len({key(each) for each in orders}) == len(orders)


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"when": "mug", "at_s": 1}, "not at both"),
        ({"mode": "interstitial", "place": "top"}, "only for the mode pip"),
        ({"mode": "interstitial", "size": 0.3}, "only for the mode pip"),
        ({"when": "…"}, "when"),
        ({"length_s": 0.5}, "greater than or equal to 1"),
        ({"length_s": 11}, "less than or equal to 10"),
        ({"size": 1}, "less than or equal to 0.9"),
        ({"mode": "overlay"}, "interstitial"),
    ],
)
def test_what_can_not_be_is_refused(choice, message):
    with pytest.raises(ValidationError, match=message):
        brief(inserts=[{"asset": str(image().id)} | choice])


def test_a_brief_has_so_many_and_no_more():
    with pytest.raises(ValidationError, match="at most 20"):
        brief(inserts=[{"asset": str(image().id)}] * (INSERTS_MAX + 1))


def test_where_nothing_is_said_no_insert_stands_at_words():
    asked = {"kind": "footage", "footage": [str(asset().id)]}
    with pytest.raises(ValidationError, match="where nothing is said"):
        BRIEF.validate_python(asked | {"inserts": [{"asset": str(image().id), "when": "mug"}]})
    assert BRIEF.validate_python(asked | {"inserts": [{"asset": image().id, "at_s": 2}]}).inserts[0].at_s == 2


@pytest.mark.parametrize(("first", "second"), [((0, 60), (59, 30)), ((100, 60), (0, 30)), ((290, 20), (0, 0))])
def test_a_timeline_holds_one_at_a_time_and_none_beyond_its_end(first, second):
    shown = [
        Insert(
            clip=Clip(asset=image().id, source=image().blob, facts=IMAGE, source_in_s=0, start=at, frames=n, phrase=-1),
            mode="pip",
        )
        for at, n in (first, second)
        if n
    ]
    with pytest.raises(ValidationError, match="one after another"):
        Timeline.model_validate(edit().model_dump() | {"inserts": [each.model_dump() for each in shown]})
