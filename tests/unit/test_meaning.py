from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies

from services.footage.meaning import ENGLISH, MANY_LANGUAGES, calibrated, plain, together
from services.footage.wordpieces import MOST, numbers, vocabulary


@pytest.mark.parametrize("scale", [ENGLISH, MANY_LANGUAGES])
def test_a_scale_goes_from_nothing_in_common_to_the_same_and_no_further(scale):
    middle = (scale.unrelated + scale.same) / 2
    cosines = np.array([-1.0, scale.unrelated, middle, scale.same, 1.0], dtype=np.float32)
    assert calibrated(cosines, scale) == pytest.approx([0.0, 0.0, 0.5, 1.0, 1.0], abs=1e-5)


def test_the_english_model_decides_but_does_not_silence_the_other():
    many, english = np.array([0.2, 0.2, 0.8, 0.0, 1.0]), np.array([0.2, 0.9, 0.0, 0.0, 1.0])
    both = together(many, english)
    assert both == pytest.approx([0.2, 0.725, 0.56, 0.0, 1.0])
    assert both.max() <= 1.0


def test_a_text_is_asked_as_it_is_written_on_one_line_and_not_shouted():
    assert plain("The  Doctor\ncomes.\0 ") == "The Doctor comes."
    assert plain("BUY NOW") == "Buy now"
    assert plain("?! …") == plain("") == plain("\ud800") == ""
    assert len(plain("word " * 1000)) == 600


# As the package `tokenizers` cuts them with the model's own file.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The physician's café, 5.50!", [101, 1996, 7522, 1005, 1055, 7668, 1010, 1019, 1012, 2753, 999, 102]),
        ("unbelievably", [101, 4895, 8671, 2666, 3567, 6321, 102]),
        ("日本 a" + "b" * 101, [101, 1864, 1876, 100, 102]),
        ("\ufffd\u200b", [101, 102]),
    ],
)
def test_text_is_cut_as_the_model_was_taught_it(text, expected):
    assert numbers(text) == expected


@given(strategies.text(max_size=600))
def test_any_text_is_cut_into_known_pieces_and_not_too_many(text):
    found = numbers(text)
    assert found[0] == 101
    assert found[-1] == 102
    assert 2 <= len(found) <= MOST
    assert set(found) <= set(range(len(vocabulary())))
