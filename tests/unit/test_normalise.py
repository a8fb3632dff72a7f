import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.tts.normalise import LONGEST_WORD, spoken_words


def said(text: str, language: str = "en") -> str:
    return " ".join(word.text + word.pause for word in spoken_words(text.split(), language))


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("It costs $5.50, or 50% off!", "It costs five dollars and fifty cents, or fifty percent off!"),
        (
            "$1 $0.99 -$5 €20 £1.01",
            "one dollar ninety-nine cents minus five dollars twenty euros one pound and one penny",
        ),
        ("$5 million, $1.5M.", "five million dollars, one million five hundred thousand dollars."),
        ("In 2024 we sold 1,200,000.", "In twenty twenty-four we sold one million two hundred thousand."),
        (
            "since 1848, 2005, the 1990s, 80s",
            "since eighteen forty-eight, two thousand five, the nineteen nineties, eighties",
        ),
        ("1500 calories, 2000 people", "one thousand five hundred calories, two thousand people"),
        ("Dec 25, 2024", "December twenty-fifth, twenty twenty-four"),
        ("25 December", "twenty-fifth of December"),
        ("I may 5 times", "I may five times"),
        ("12/25/2024 2024-12-25 25.12.2024", " ".join(["December twenty-fifth twenty twenty-four"] * 3)),
        ("10:30 a.m. sharp, 3am, 5 pm, 15:05", "ten thirty A M sharp, three A M, five P M, fifteen oh five"),
        ("I am 5", "I am five"),
        ("the 1st and 22nd", "the first and twenty-second"),
        (
            "5 km, 1 km, 20°C, 10kg, 3.5 l",
            "five kilometers, one kilometer, twenty degrees Celsius, ten kilograms, three point five liters",
        ),
        ("10-20% of 5-10 people", "ten to twenty percent of five to ten people"),
        ("1/2 24/7 9/10", "one half twenty-four seven nine out of ten"),
        ("4K 10k 2x 100+ #1", "four K ten thousand two times one hundred plus number one"),
        ("007 -5 0.05", "zero zero seven minus five zero point zero five"),
        ("Dr. Smith vs. Mr. Poe, etc.", "doctor Smith versus mister Poe, et cetera."),
        ("St. John, Main St. on No. 5, no.", "saint John, Main street on number five, no."),
        ("U.S.A. and e.g. this", "U.S.A and for example this"),
        ("COVID-19 MP3 B2B", "COVID nineteen MP three B two B"),
        ("Visit https://www.example.com/shop or me@x.org.", "Visit example dot com slash shop or me at x dot org."),
        ("Tom & Ann + 5 = 7", "Tom and Ann plus five equals seven"),
        ("don't can’t well-known *bold* _it_", "don't can't well-known bold it"),
        ("wait — what… so", "wait, what. so"),
        ("naïve café ½ x²", "naïve café one half x two"),
    ],
)
def test_english(typed, heard):
    assert said(typed) == heard


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("5,50 lei, 50%!", "cinci virgulă cincizeci lei, cincizeci la sută!"),
        ("În 2024: 1.200.000 de bucăți", "În două mii douăzeci și patru: un milion două sute de mii de bucăți"),
        ("25.12.2024, ora 10:30", "douăzeci și cinci decembrie două mii douăzeci și patru, ora zece și treizeci"),
        (
            "20 km, 2 km, 2 kg, 1 kg, 20 RON, 1€",
            "douăzeci de kilometri, doi kilometri, două kilograme, un kilogram, douăzeci de lei, un euro",
        ),
        ("101 km, 119 km, 120 km", "o sută unu kilometri, o sută nouăsprezece kilometri, o sută douăzeci de kilometri"),
        ("al 3-lea, a 2-a", "al treilea, a doua"),
        ("2 zile, 2 oameni, 1 oră, 1 om, 21 de lei", "două zile, doi oameni, o oră, un om, douăzeci și unu de lei"),
        ("Ştiinţă; d-na Pop, nr. 5", "Știință; doamna Pop, numărul cinci"),
        ("S\u0326i t\u0326ara", "Și țara"),
    ],
)
def test_romanian(typed, heard):
    assert said(typed, "ro") == heard


def test_other_languages_leave_numbers_to_the_voice():
    assert said("Am 3. Mai 5,50 € und 50%! [[x]]", "de") == "Am 3. Mai 5,50 € und 50 %! x"


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("50% off %{pts}", "fifty percent off percent pts"),
        ("':x=0,[in]drawbox", "x equals zero in drawbox"),
        (r"{\pos(0,0)\fs900}", "pos zero zero fs nine hundred"),
        ("<script>alert(1)</script>", "script alert one script"),
        ("[[h@l'oU]]", "h at l'oU"),
        ("a\x00b \x01\x1b[9Q", "ab nine Q"),
        ("\ud800 \u202eabc \u200b", "abc"),
        ("— ... 👍 ***", ""),
    ],
)
def test_text_that_is_meant_to_be_something_else_is_only_text(typed, heard):
    assert said(typed) == heard


def test_a_token_keeps_its_place_and_may_be_many_words_or_none():
    words = spoken_words(["Pay", "—", "$5.50", "now!"], "en")
    assert [(word.token, word.text) for word in words] == [
        (0, "Pay"), (2, "five"), (2, "dollars"), (2, "and"), (2, "fifty"), (2, "cents"), (3, "now"),
    ]  # fmt: skip


def test_a_word_of_300_letters_is_cut():
    words = spoken_words(["a" * 300], "en")
    assert "".join(word.text for word in words) == "a" * 300
    assert max(len(word.text) for word in words) == LONGEST_WORD


numbers = st.from_regex(r"[$€#+\-]?[0-9][0-9.,:/\-]{0,18}(%|km|st|k|M|am|s|°C|lei)?", fullmatch=True)


@given(st.lists(numbers | st.text(min_size=1, max_size=12), max_size=8), st.sampled_from(["en", "ro", "de"]))
def test_any_text_becomes_words_in_order_without_markup(tokens, language):
    words = spoken_words(tokens, language)
    assert [word.token for word in words] == sorted(word.token for word in words)
    signs = set("'-") | (set() if language != "de" else set("%$€£&+=°@.,0123456789"))
    for word in words:
        assert 0 < len(word.text) <= LONGEST_WORD
        plain = "".join(char for char in word.text if char not in signs)
        dotted = "." in plain and language != "de"
        assert all(unicodedata.category(char)[0] in "LM" or (dotted and char == ".") for char in plain), word
        assert word.pause in {"", ".", "?", "!", ":", ";", ","}


@given(st.integers(0, 10**12 - 1), st.sampled_from(["en", "ro"]))
def test_every_number_is_written_out(number, language):
    assert not any(char.isdigit() for char in said(str(number), language))
