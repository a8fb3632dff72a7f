from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.speech import Word
from services.footage.cues import FLICKER_S, HOLD_S, MAX_CHARS, MAX_WORDS, cues


def spoken(text: str, *, gap_s: float = 0.0, pause_s: float = 0.25) -> list[Word]:
    """Words of 0.3 s each; a bar parts phrases, and is a pause."""
    words: list[Word] = []
    at = 0.0
    for phrase, part in enumerate(text.split("|")):
        at += pause_s if phrase else 0.0
        for token in part.split():
            words.append(Word(text=token, start_s=at, end_s=at + 0.3, phrase=phrase))
            at += 0.3 + gap_s
    return words


def lines(words: list[Word]) -> list[str]:
    return [cue.text for cue in cues(words)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The cat sleeps. The dog runs!", ["The cat sleeps.", "The dog runs!"]),
        ("Dr. Smith knows the cat.", ["Dr. Smith knows the cat."]),
        ("It was late… and dark.", ["It was late… and dark."]),
        ("No way… Really so?", ["No way…", "Really so?"]),
        ("no mark here | a new phrase", ["no mark here", "a new phrase"]),
        ("one two three four five six seven eight", ["one two three four", "five six seven eight"]),
        ("when the morning comes, we all drink coffee", ["when the morning comes,", "we all drink coffee"]),
        ("a cat, a dog and a horse of course", ["a cat, a dog", "and a horse of course"]),
    ],
)
def test_cues_end_where_a_reader_breathes(text, expected):
    assert lines(spoken(text)) == expected


def test_a_phrase_end_without_a_pause_is_no_cue_end():
    assert lines(spoken("just a short | line of words", pause_s=0.0)) == ["just a short line of words"]


def test_a_word_too_long_for_a_line_stands_alone():
    giant = "https://example.com/" + "x" * 40
    assert lines(spoken(f"go to {giant} right now")) == ["go to", giant, "right now"]


def test_a_cue_stays_a_little_and_gaps_that_would_flicker_are_closed():
    words = [
        Word(text="One.", start_s=0.0, end_s=0.5, phrase=0),
        Word(text="Two.", start_s=0.7, end_s=1.0, phrase=1),
        Word(text="Three.", start_s=1.3, end_s=1.6, phrase=2),
        Word(text="Four.", start_s=3.0, end_s=3.3, phrase=3),
    ]
    spans = [(cue.start_s, cue.end_s) for cue in cues(words)]
    assert spans == [(0.0, 0.7), (0.7, 1.3), (1.3, pytest.approx(1.75)), (3.0, pytest.approx(3.45))]


def test_no_words_no_cues():
    assert cues([]) == ()


@st.composite
def _speeches(draw: st.DrawFn) -> list[Word]:
    words: list[Word] = []
    at, phrase = 0.0, 0
    for _ in range(draw(st.integers(1, 60))):
        text = draw(
            st.sampled_from(["a", "cat", "morning", "coffee,", "yes.", "—", "wonderful", "x" * 45, "so;", "ok!"])
        )
        length = draw(st.sampled_from([0.0, 0.05, 0.3, 0.7]))
        words.append(Word(text=text, start_s=at, end_s=at + length, phrase=phrase))
        at += length + draw(st.sampled_from([0.0, 0.05, 0.12, 0.3, 1.0]))
        phrase += draw(st.booleans())
    return words


@given(_speeches())
@settings(max_examples=200, deadline=None)
def test_every_word_once_in_order_within_limits_and_time(words):
    made = cues(words)
    assert [word for cue in made for word in cue.words] == words
    for cue in made:
        assert len(cue.words) == 1 or (len(cue.text) <= MAX_CHARS and len(cue.words) <= MAX_WORDS)
        assert cue.start_s == cue.words[0].start_s
        assert cue.start_s <= cue.end_s
        assert cue.end_s <= cue.words[-1].end_s + HOLD_S + FLICKER_S + 1e-9
    for cue, after in itertools.pairwise(made):
        assert cue.end_s <= after.start_s
        assert after.start_s == cue.end_s or after.start_s - cue.end_s >= FLICKER_S - 1e-9


@given(
    st.lists(st.sampled_from(["a", "cat", "morning", "coffee,", "wonderful", "breakfasts"]), min_size=2, max_size=40)
)
@settings(max_examples=200, deadline=None)
def test_no_cue_of_a_lone_word_inside_a_sentence(tokens):
    assert all(len(cue.words) > 1 for cue in cues(spoken(" ".join(tokens))))


def test_a_heading_is_not_read_on_into_the_sentence_below_it():
    said = [
        Word(text=text, start_s=place / 4, end_s=place / 4 + 0.24, phrase=phrase)
        for place, (text, phrase) in enumerate([("Hello", 0), ("World", 0), ("Big", 1), ("letters", 1), ("here.", 1)])
    ]
    assert [cue.text for cue in cues(said)] == ["Hello World", "Big letters here."]
