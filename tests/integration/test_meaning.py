"""The language model in its caged child, and how often it finds the right picture."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator
from typing import Any

import pytest

from contracts.faults import TechnicalFault
from services.footage import meaning as module
from services.footage import words
from services.footage.likeness import SPELLING, Likeness
from services.footage.meaning import Embeddings, Spelling, installed, likeness_or_spelling, meaning
from services.footage.planning import texts
from services.footage.takes import Footage
from tests.material.matching import KINDS, alone, load, share, shares, together, told
from tests.unit.test_matching import about, film, laid

pytestmark = pytest.mark.skipif(installed() is None, reason="the extra `meaning` is not installed")


@pytest.fixture
async def model() -> AsyncIterator[Embeddings]:
    made = meaning()
    assert isinstance(made, Embeddings)
    yield made
    await made.close()


async def test_what_means_the_same_is_closer_than_what_does_not(model):
    told_ = await model.likeness(["My two dogs love the beach.", "Zwei Hunde rennen."], ["dog, running", "tax return"])
    assert told_.source == model.identity
    assert told_.of("My two dogs love the beach.", "dog, running") > 0.3
    for sentence in ("My two dogs love the beach.", "Zwei Hunde rennen."):
        assert told_.of(sentence, "dog, running") > told_.of(sentence, "tax return")


async def test_any_text_is_taken_and_what_says_nothing_is_close_to_nothing(model):
    odd = ["", "?!", "\0", "\ud800", "a" * 100_000, "{\\pos(0,0)}\n<b>", "日本の電車"]
    told_ = await model.likeness(odd, ["a train", *odd])
    assert all(0.0 <= told_.of(one, "a train") <= 1.0 for one in odd)
    assert told_.of("?!", "a train") == 0.0


async def test_many_at_once_get_the_same_answers_and_vectors_are_kept_up_to_a_bound(model, monkeypatch):
    monkeypatch.setattr(module, "_KEPT", 20)
    sentences = [f"Sentence {chr(97 + number)} of many." for number in range(12)]
    answers = await asyncio.gather(
        *(model.likeness(sentences, ["many words", f"text {number}"]) for number in range(8))
    )
    assert len({answer.of(sentences[3], "many words") for answer in answers}) == 1
    assert len(model._vectors) == 20


async def test_a_model_that_dies_is_started_anew(model):
    one = await model.likeness(["A boat."], ["ship"])
    await model._child._end()
    model._vectors.clear()
    assert await model.likeness(["A boat."], ["ship"]) == one


class _Broken:
    identity = "broken"

    async def likeness(self, *_given: Any) -> Likeness:
        raise TechnicalFault("gone", code="meaning_failed")

    async def close(self) -> None:
        return


async def test_without_an_answer_pictures_are_matched_by_spelling_and_the_result_is_not_kept():
    found, sure = await likeness_or_spelling(_Broken(), ["The tomatoes."], ["tomato, garden", "train"])
    assert (found.source, sure) == (SPELLING, False)
    assert 0.0 < found.of("The tomatoes.", "tomato, garden") <= 0.5
    assert found.of("The tomatoes.", "train") == 0.0
    assert await likeness_or_spelling(Spelling(), ["The tomatoes."], ["train"]) == (Likeness(SPELLING, {}), True)


async def test_a_synonym_is_found_by_meaning(model):
    doctor, train = film("IMG_1.MOV"), film("IMG_2.MOV")
    footage = Footage([train, doctor], {}, [about(doctor, "doctor", "white coat"), about(train, "train")])
    sentence = "The physician comes at nine."
    clips, report = laid([sentence], footage, likeness=await model.likeness([sentence], texts(footage)))
    assert clips[0].asset == doctor.id
    assert "closest in meaning" in report.matches[0].reason


def _forms(text: str, language: str) -> set[str]:
    return {form for word in words.said(text) for form in words.forms(word, language)}


def test_the_set_is_honest():
    given = load()
    assert len(given.sentences) >= 60
    assert len(given.footage.clips) == 120
    for sentence in given.sentences:
        right, its = (_forms(text, sentence.language) for text in (given.words[sentence.right], sentence.text))
        assert sentence.kind != "free" or not right & its, sentence
        assert sentence.kind != "word" or {form[:4] for form in right} & {form[:4] for form in its}, sentence


# What was measured, and what is asked for: 0.9 and 0.6. Words and synonyms reach it in a script, not each by itself;
# free paraphrase does not. The floors keep what there is from getting worse.
_FLOORS = {"word": 1.0, "synonym": 0.66, "free": 0.04}


@pytest.mark.slow
async def test_the_right_picture_is_found_as_often_as_was_measured(model, capsys):
    given = load()
    likeness = await model.likeness([each.text for each in given.sentences], texts(given.footage))
    one_by_one = shares([(each, alone(given, each, likeness)) for each in given.sentences])
    scripts = shares([pair for tongue in ("en", "de", "ro") for pair in together(given, tongue, likeness).items()])
    with capsys.disabled():
        for what, counted in (("alone", one_by_one), ("in scripts", scripts)):
            print(f"\n{what}:", {kind: round(share(counted, kind), 2) for kind in KINDS if (kind, "en") in counted})
    for kind, floor in _FLOORS.items():
        assert share(one_by_one, kind) >= floor
    assert share(scripts, "word", "synonym") >= 0.87
    assert share(scripts, "free") >= 0.2


@pytest.mark.slow
async def test_a_script_over_enough_footage_shows_nothing_twice(model):
    given = load()
    sentences = [each.text for each in given.sentences]
    likeness = await model.likeness(sentences, texts(given.footage))
    for number in (1, 2, 10):
        clips, _ = laid(sentences, given.footage, number, likeness=likeness)
        assert len({clip.asset for clip in clips}) == len(clips) == len(sentences)
        assert sum(clip.frames for clip in clips) == math.ceil(told(sentences, "en")[2] * 30)
