from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.faults import LogicalFault
from services.script.cleaning import clean
from services.script.phrases import LONGEST, split


def texts(text: str, language: str = "en") -> list[str]:
    return [phrase.text for phrase in split(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The day is here. The cat sleeps on!", ["The day is here.", "The cat sleeps on!"]),
        ("Is it so? It may well be… Or is it?", ["Is it so?", "It may well be…", "Or is it?"]),
        ("A heading\n\nthen the words", ["A heading", "then the words"]),
        ("Dr. Smith met Mrs. Jones at 5 p.m. today.", ["Dr. Smith met Mrs. Jones at 5 p.m. today."]),
        (
            "It cost 3.5 dollars at example.com. That is a lot.",
            ["It cost 3.5 dollars at example.com.", "That is a lot."],
        ),
        ("J. K. Rowling wrote that book.", ["J. K. Rowling wrote that book."]),
        ("It is rich in vitamin C. Then it rains.", ["It is rich in vitamin C.", "Then it rains."]),
        ("We met J. Smith. He was late.", ["We met J. Smith.", "He was late."]),
        ("It was late... but we went on.", ["It was late... but we went on."]),
        ("“Stop it now!” she said. They all stopped.", ["“Stop it now!” she said.", "They all stopped."]),
        ("He is No. 5 today. I say no. Then we go.", ["He is No. 5 today.", "I say no.", "Then we go."]),
        ("We have tea, milk, etc. and more here.", ["We have tea, milk, etc. and more here."]),
        ("We have tea, milk, etc. Then we go.", ["We have tea, milk, etc.", "Then we go."]),
        (
            "go and see https://example.com/a.b?c=d. it works well.",
            ["go and see https://example.com/a.b?c=d.", "it works well."],
        ),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, expected):
    assert texts(text) == expected


def test_romanian_abbreviations_are_known():
    assert texts("Stăm pe Str. Lungă nr. 5 acum. Dl. Popescu vine azi. Azi e, de ex. Sf. Maria din cer.", "ro") == [
        "Stăm pe Str. Lungă nr. 5 acum.",
        "Dl. Popescu vine azi.",
        "Azi e, de ex.",
        "Sf. Maria din cer.",
    ]


def test_very_short_sentences_are_shown_with_a_neighbour():
    assert texts("Yes. It works for me. Really? I tried it twice. Done.") == [
        "Yes. It works for me.",
        "Really? I tried it twice. Done.",
    ]


def test_a_long_sentence_is_parted_at_its_joints_into_even_parts():
    sentence = (
        "In the small harbour town where I grew up, the fishermen left before dawn, their lamps swinging like stars "
        "over black water, and we children counted them from the hill until the last one was gone."
    )
    parts = texts(sentence)
    assert [part[-1] for part in parts] == [",", ",", "."]
    assert all(5 <= len(part.split()) <= LONGEST for part in parts)


def test_a_long_sentence_without_commas_is_parted_before_a_link_word():
    parts = texts(
        "it smells of morning and the cat knows that well when the rocket leaves the ground and people wait for it"
    )
    assert all(len(part.split()) <= LONGEST for part in parts)
    assert all(part.split()[0] in {"it", "and", "when", "that"} for part in parts)


_TOKENS = st.one_of(
    st.text(max_size=30),
    st.lists(
        st.sampled_from(
            [
                "Dr.",
                "J.",
                "yes.",
                "No.",
                "5",
                "3.5",
                "word",
                "Word",
                "and",
                "well,",
                "so;",
                "—",
                "end.",
                "\n\n",
                "(ok)",
                "ha!",
                "…",
            ]
        ),
        max_size=90,
    ).map(" ".join),
)


@given(_TOKENS, st.sampled_from(["en", "ro", "de", "fr"]))
@settings(max_examples=300, deadline=None)
def test_nothing_is_lost_nor_added(text, language):
    try:
        cleaned = clean(text)
    except LogicalFault:
        return
    phrases = split(cleaned, language)
    assert " ".join(phrase.text for phrase in phrases) == " ".join(cleaned.split())
    assert [phrase.index for phrase in phrases] == list(range(len(phrases)))
    assert all(phrase.text for phrase in phrases)
