from __future__ import annotations

import itertools
import math
import time
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.choosing import CHOSEN_BY_HAND, Pin, pins, swapped
from contracts.faults import LogicalFault
from contracts.footage import Analysis, Described, Focus, Mark, Notes, Scores, Segment, Stretch, Transform
from contracts.media import Asset
from contracts.timeline import Clip, CropPoint, MatchReport
from services.footage import words
from services.footage.hits import Index, total
from services.footage.likeness import Likeness
from services.footage.planning import plan, texts
from services.footage.takes import LOOKS_ALIKE_BITS, Footage, Said, groups, takes
from tests import builders
from tests.material.matching import load, told

FPS = 30


def film(name: str, seconds: float = 8.0) -> Asset:
    made = builders.asset(name, seconds=seconds)
    return made.model_copy(update={"blob": made.blob.model_copy(update={"sha256": made.id.hex * 2})})


def segment(number: int, start_s: float, end_s: float, **more: Any) -> Segment:
    parts: Any = dict.fromkeys(("motion", "variance", "sharpness", "contrast", "brightness"), 0.5)
    own = f"{((number + 1) * 0x9E3779B97F4A7C15 ^ round(start_s * 1000) * 0xD1B54A32D192ED03) % (1 << 64):016x}"
    given_: dict[str, Any] = {"score": 0.6, "phash": own, **more}
    return Segment(number=number, start_s=start_s, end_s=end_s, scores=Scores(**parts), **given_)


def seen(*segments: Segment, seconds: float = 8.0, scenes: Sequence[tuple[float, float]] = ()) -> Analysis:
    stretches = tuple(Stretch(start_s=start, end_s=end) for start, end in scenes)
    return Analysis(duration_s=seconds, segments=segments, scenes=stretches)


def about(asset: Asset, *keywords: str, **more: Any) -> Described:
    return Described(asset=asset.id, notes=Notes(keywords=keywords, **more))


def laid(
    sentences: Sequence[str], footage: Footage, number: int = 1, language: str = "en", **more: Any
) -> tuple[tuple[Clip, ...], MatchReport]:
    return plan(*told(sentences, language), footage, number, FPS, **more)


def shown(clips: Sequence[Clip]) -> list[UUID]:
    return [clip.asset for clip in clips]


# --- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cat_on_sofa-03.mp4", ["cat", "sofa"]),
        ("IMG_1234.MOV", []),
        ("DSC0042.mp4", []),
        ("VID_20250311_101500.mp4", []),
        ("Screen Recording 2025-01-01.mov", []),
        ("MorningCoffee final.mp4", ["morning", "coffee"]),
        ("pisică-pe-pervaz.mp4", ["pisică", "pervaz"]),
        (".mp4", []),
        ("../../etc/passwd", ["passwd"]),
    ],
)
def test_the_words_of_a_file_name(name, said):
    assert words.of_name(name) == said


@pytest.mark.parametrize(
    ("language", "sentence", "keyword"),
    [
        ("en", "She has two dogs.", "dog"),
        ("en", "They were painting all day.", "paint"),
        ("ro", "Am mâncat mamaliga rece.", "mămăligă"),
        ("ro", "Pisicile dorm.", "pisică"),
        ("de", "Die Kühe sind müde.", "Kuh"),
        ("de", "Der Rasen ist zu hoch.", "Rasenmäher"),
        ("tlh", "qapla dog", "dog"),
    ],
)
def test_a_word_is_found_in_another_form(language, sentence, keyword):
    other = Said(("something else",), text="something else")
    hits = Index([Said((keyword,), text=keyword), other], language).hits(sentence)
    assert [hit.text for hit in hits[0]] == [keyword]
    assert 1 not in hits
    assert 0.3 < total(hits[0]) <= 1.0


@pytest.mark.parametrize(
    ("language", "sentence", "keyword"),
    [("en", "The concert was great.", "cat"), ("en", "A frying pan.", "pană"), ("en", "It is to be.", "the")],
)
def test_what_only_looks_alike_is_not_found(language, sentence, keyword):
    assert Index([Said((keyword,), text=keyword)], language).hits(sentence) == {}


def test_a_word_that_all_clips_have_says_little():
    those = [Said(("holiday", name), text=name) for name in ("beach", "pool", "bar", "boat")]
    hits = Index(those, "en").hits("A holiday at the beach.")
    assert total(hits[0]) > 3 * total(hits[1])


# --- what can be shown -----------------------------------------------------------------------------------------------


def test_marks_are_takes_of_their_own_and_what_is_hidden_is_in_none():
    clip = film("a.mp4", 20.0)
    turned = Transform(rotate=90)
    marks = (
        Mark(start_s=4.0, end_s=7.0, keywords=("cake",), favourite=True, transform=turned),
        Mark(start_s=10.0, end_s=12.0, hidden=True),
    )
    analysis = seen(segment(0, 1.0, 6.0), segment(1, 6.0, 18.0, unfit="dark"), seconds=20.0)
    footage = Footage([clip], {clip.id: analysis}, [about(clip, "party", marks=marks)])
    found = takes(footage, FPS)
    assert [(take.start_s, take.end_s, take.segment) for take in found] == [
        (1.0, 4.0, 0),
        (4.0, 7.0, 0),
        (7.0, 10.0, 1),
        (12.0, 18.0, 1),
    ]
    marked = found[1]
    assert (marked.said.keywords, marked.favourite, marked.transform) == (("cake", "party"), True, turned)
    assert [take.unfit for take in found] == [None, None, "dark", "dark"]
    assert texts(footage) == ("party", "cake, party")


def test_what_looks_alike_or_overlaps_is_the_same_and_no_chain_of_moments_is():
    one, other = film("a.mp4"), film("b.mp4")
    near = f"{0x00FF00FF00FF00FF ^ ((1 << LOOKS_ALIKE_BITS) - 1):016x}"
    far = f"{0x00FF00FF00FF00FF ^ (((1 << LOOKS_ALIKE_BITS + 1) - 1) << 40):016x}"
    first = seen(segment(0, 0.5, 3.0, phash="00ff00ff00ff00ff"), segment(1, 3.0, 6.0, phash=far))
    second = seen(segment(0, 0.5, 5.0, phash=near))
    marks = (Mark(start_s=5.0, end_s=7.0), Mark(start_s=6.0, end_s=7.5))
    found = takes(Footage([one, other], {one.id: first, other.id: second}, [about(other, marks=marks)]), FPS)
    numbers = groups(found)
    assert numbers[0] == numbers[2]
    assert numbers[3] == numbers[4]
    assert len(set(numbers)) == 3


def test_the_same_file_uploaded_twice_is_shown_once():
    one = film("a.mp4")
    twin = one.model_copy(update={"id": UUID(int=7)})
    clips, _ = laid(["One.", "Two."], Footage([one, twin, film("c.mp4")]))
    assert len({clip.source.sha256 for clip in clips}) == 2


# --- which is shown --------------------------------------------------------------------------------------------------


def test_each_sentence_gets_the_clip_with_its_word_and_the_reason_says_so():
    cat, sea, tram = film("IMG_1.MOV"), film("sea-at-dawn.mp4"), film("IMG_3.MOV")
    described = [about(cat, "cats"), about(tram, notes="an old tram in the rain")]
    clips, report = laid(
        ["The tram is late.", "Nobody but the sea.", "My cat sleeps."], Footage([cat, sea, tram], {}, described)
    )
    assert shown(clips) == [tram.id, sea.id, cat.id]
    assert [match.reason.split(";")[0] for match in report.matches] == [
        "“tram” is in the notes on this clip",
        "“sea” is in the name of this clip",
        "“cats” is a keyword of this clip",
    ]
    assert report.matches[2].chosen.parts["keyword"] > 0.5


def test_the_best_for_the_whole_script_is_not_the_best_for_each_sentence():
    both, one = film("IMG_1.MOV"), film("IMG_2.MOV")
    pairs = {("First.", "x"): 0.8, ("First.", "y"): 0.7, ("Second.", "x"): 0.9, ("Second.", "y"): 0.1}
    footage = Footage([both, one], {}, [about(both, "x"), about(one, "y")])
    clips, report = laid(["First.", "Second."], footage, likeness=Likeness("by hand", pairs))
    assert shown(clips) == [one.id, both.id]
    assert report.matches[0].reason.startswith("closest in meaning of the clips not shown yet")
    assert report.matches[1].reason.startswith("closest in meaning of all clips")


def test_sentences_nothing_matches_get_least_used_clips_and_not_always_the_first():
    films = [film(f"IMG_{number}.MOV", 30.0) for number in range(4)]
    described = [about(films[0], "bread")]
    clips, report = laid(["Bread.", "Bread again.", "Zzz.", "Yyy.", "Xxx."], Footage(films, {}, described))
    assert films[0].id in shown(clips)[:2]
    assert set(shown(clips)) == {each.id for each in films}
    assert shown(clips)[2:].count(films[0].id) <= 1
    assert sum("least used good clip; nothing matches the words" in match.reason for match in report.matches) >= 3


def test_what_is_unfit_is_shown_only_when_nothing_else_is_left():
    dark, good = film("a1.mp4"), film("b2.mp4")
    analyses = {dark.id: seen(segment(0, 0.5, 7.5, unfit="dark", score=0.9)), good.id: seen(segment(0, 0.5, 7.5))}
    assert shown(laid(["One."], Footage([dark, good], analyses))[0]) == [good.id]
    assert shown(laid(["One."], Footage([dark], analyses))[0]) == [dark.id]


def test_a_favourite_comes_before_its_equals():
    films = [film(f"IMG_{number}.MOV") for number in range(3)]
    footage = Footage(films, {}, [about(films[0], "q"), about(films[2], favourite=True)])
    clips, report = laid(["Nothing of it."], footage)
    assert shown(clips) == [films[2].id]
    assert "favourite" in report.matches[0].reason


def test_a_short_segment_is_continued_by_what_follows_in_its_scene():
    clip, other = film("a.mp4", 20.0), film("b.mp4", 20.0)
    analysis = seen(segment(0, 1.0, 3.0), segment(1, 3.0, 9.0), seconds=20.0, scenes=[(0.0, 9.0), (9.0, 20.0)])
    marks = (Mark(start_s=9.0, end_s=20.0, hidden=True),)
    footage = Footage(
        [clip, other], {clip.id: analysis, other.id: seen(segment(0, 1.0, 9.0))}, [about(clip, "door", marks=marks)]
    )
    clips, report = laid(["The door.", "The window."], footage, framing=_middle)
    assert clips[0].asset == clip.id
    assert clips[0].source_in_s + clips[0].frames / FPS <= 9.0
    assert clips[0].crop == (CropPoint(frame=clips[0].frames, x=0.5, y=0.5),)
    assert report.matches[0].chosen.source_out_s == 9.0


def _middle(_focus: Sequence[Focus], _facts: object, _at_s: float, frames: int, _fps: int) -> tuple[CropPoint, ...]:
    return (CropPoint(frame=frames, x=0.5, y=0.5),)


def test_a_scene_too_short_gets_a_neighbour_of_the_same_clip_and_no_freeze():
    clip, others = film("a.mp4", 30.0), [film(f"IMG_{number}.MOV", 30.0) for number in range(3)]
    analysis = seen(
        segment(0, 1.0, 2.6), segment(1, 2.6, 4.4), segment(2, 10.0, 12.0), seconds=30.0, scenes=[(0, 2.6), (2.6, 4.4)]
    )
    marks = (Mark(start_s=1.0, end_s=2.6, keywords=("door",)),)
    footage = Footage([clip, *others], {clip.id: analysis}, [about(clip, marks=marks)])
    clips, report = laid(["The door is open."], footage)
    assert shown(clips)[:2] == [clip.id, clip.id]
    assert clips[0].source_in_s == 1.0
    assert clips[1].source_in_s == pytest.approx(2.6, abs=0.05)
    assert "then more of a.mp4" in report.matches[0].reason


def test_runners_up_can_take_the_whole_phrase_and_be_swapped_in():
    given_set = load()
    sentences = [each.text for each in given_set.sentences[:8]]
    narration, spoken, duration = told(sentences, "en")
    clips, report = plan(narration, spoken, duration, given_set.footage, 1, FPS)
    timeline = builders.timeline().model_copy(update={"clips": clips, "frames": math.ceil(duration * FPS)})
    for match in report.matches:
        assert len(match.runners_up) == 3
        for other in match.runners_up:
            after, _ = swapped(timeline, report, match.phrase, other, given_set.footage.clips)
            assert [clip for clip in after.clips if clip.phrase != match.phrase] == [
                clip for clip in clips if clip.phrase != match.phrase
            ]


# --- choices made by hand --------------------------------------------------------------------------------------------


def test_what_was_chosen_stays_when_the_rest_is_planned_anew():
    films = [film(f"IMG_{number}.MOV", 30.0) for number in range(5)]
    sentences = ["One.", "Two.", "Three.", "Four."]
    before, report = laid(sentences, Footage(films))
    kept = pins(report, 0, 1, 3)
    again, told_again = laid(sentences, Footage(films), pins={**kept, 2: Pin(asset=films[4].id, source_in_s=7.0)})
    assert [clip for clip in again if clip.phrase != 2] == [clip for clip in before if clip.phrase != 2]
    assert (again[2].asset, again[2].source_in_s) == (films[4].id, 7.0)
    assert told_again.matches[2].reason.startswith(CHOSEN_BY_HAND)


def test_a_choice_of_what_is_hidden_or_not_there_is_refused():
    clip = film("a.mp4", 20.0)
    footage = Footage([clip], {}, [about(clip, marks=(Mark(start_s=4.0, end_s=8.0, hidden=True),))])
    for pin in (Pin(asset=clip.id, source_in_s=5.0), Pin(asset=UUID(int=1)), Pin(asset=clip.id, segment=3)):
        with pytest.raises(LogicalFault) as refused:
            laid(["One."], footage, pins={0: pin})
        assert refused.value.code == "choice_unknown"


# --- variants --------------------------------------------------------------------------------------------------------


def _first_of_each_shot(clips: Sequence[Clip]) -> dict[int, tuple[UUID, int | None]]:
    return {clip.phrase: (clip.asset, clip.segment) for clip in reversed(clips)}


def test_variants_differ_in_more_than_half_of_their_shots_and_start_elsewhere():
    given_set = load()
    sentences = [each.text for each in given_set.sentences if each.language == "en" and each.kind != "across"]
    runs = [_first_of_each_shot(laid(sentences, given_set.footage, number)[0]) for number in range(1, 11)]
    for one, other in itertools.combinations(runs, 2):
        same = sum(one[shot] == other[shot] for shot in one)
        assert same < len(sentences) / 2
    assert len({run[0] for run in runs}) == 10
    assert runs[3] == _first_of_each_shot(laid(sentences, given_set.footage, 4)[0])


def test_another_variant_keeps_the_pictures_that_matter_most():
    given_set = load()
    likeness = Likeness("by hand", {})
    sentences = [each.text for each in given_set.sentences if each.language == "en" and each.kind == "word"]
    first, second = (_first_of_each_shot(laid(sentences, given_set.footage, n, likeness=likeness)[0]) for n in (1, 2))
    assert sum(first[shot] == second[shot] for shot in first) == 3


def test_variants_of_one_long_clip_start_in_other_parts_of_it():
    clip = film("a.mp4", 60.0)
    analysis = seen(*(segment(n, 2.0 + 5 * n, 7.0 + 5 * n) for n in range(11)), seconds=60.0)
    starts = [laid(["One.", "Two."], Footage([clip], {clip.id: analysis}), n)[0][0].source_in_s for n in range(1, 5)]
    assert min(abs(one - other) for one, other in itertools.combinations(starts, 2)) >= 5.0


# --- whatever is given -----------------------------------------------------------------------------------------------

_LENGTHS = st.lists(st.sampled_from([1.6, 2.4, 3.5, 5.0]), min_size=1, max_size=6)
_SCRIPTS = st.lists(
    st.sampled_from(["The cat.", "A red boat.", "Zzz.", "More bread!", "Boats and cats."]), min_size=1, max_size=7
)


def _footage(films: Sequence[Sequence[float]], said: Mapping[int, str]) -> Footage:
    clips, analyses = [], {}
    for number, lengths in enumerate(films):
        at, found = 0.8, []
        for place, length in enumerate(lengths):
            phash = f"{((number * 10 + place + 1) * 0x9E3779B97F4A7C15) % (1 << 64):016x}"
            score = ((number * 7 + place * 3) % 10) / 10
            found.append(segment(place, at, at + length, score=score, phash=phash))
            at += length
        asset = film(f"IMG_{number}.MOV", at + 0.9)
        clips.append(asset)
        analyses[asset.id] = seen(*found, seconds=at + 0.9)
    described = [about(clips[place], word) for place, word in said.items() if place < len(clips)]
    return Footage(clips, analyses, described)


@given(
    _SCRIPTS,
    st.lists(_LENGTHS, min_size=1, max_size=4),
    st.dictionaries(st.integers(0, 3), st.sampled_from(["cat", "boat", "bread"])),
    st.integers(1, 4),
)
@settings(max_examples=50, deadline=None)
def test_any_plan_covers_all_frames_with_pictures_that_exist(script, films, said, number):
    footage = _footage(films, said)
    clips, report = laid(script, footage, number)
    assert (clips, report) == laid(script, footage, number)
    assert clips[0].start == 0
    assert all(clip.end == after.start for clip, after in itertools.pairwise(clips))
    assert clips[-1].end == round(len(script) * 3.0 * FPS)
    for clip in clips:
        analysis = footage.seen[clip.asset]
        assert clip.source_in_s + clip.frames / FPS <= analysis.segments[-1].end_s + 1e-6
        assert clip.source_in_s >= analysis.segments[0].start_s
    assert [match.phrase for match in report.matches] == list(range(len(script)))
    _nothing_twice_while_another_fits(clips, takes(footage, FPS))


def _nothing_twice_while_another_fits(clips: Sequence[Clip], pool: Sequence[Any]) -> None:
    used = {(clip.asset, clip.segment) for clip in clips}
    left = [take for take in pool if (take.asset.id, take.segment) not in used]
    for place, clip in enumerate(clips):
        if (clip.asset, clip.segment) in {(before.asset, before.segment) for before in clips[:place]}:
            assert all(take.frames < clip.frames for take in left)


def test_sixty_shots_of_six_hundred_segments_take_well_under_a_second():
    films = [[4.0] * 10 for _ in range(60)]
    footage = _footage(films, {number: f"word{number}" for number in range(60)})
    sentences = [f"This is word{number} of them." for number in range(60)]
    laid(sentences[:2], footage)
    began = time.process_time()
    clips, _ = laid(sentences, footage, likeness=Likeness("none", {}))
    took = time.process_time() - began
    assert len({(clip.asset, clip.segment) for clip in clips}) == 60
    assert took < 2.0, "measured 0.3 s of one core; the limit leaves room for a slow one"
