from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.faults import LogicalFault
from services.script.cleaning import clean
from services.script.narrate import narrate

ODD_TEXTS = [
    "50% off %{pts}",
    "':x=0,[in]drawbox",
    r"{\pos(0,0)\fs900}",
    r"{\b1}bold? no{\b0}",
    "<script>",
    "<b>as typed</b> & more",
    "a < b > c",
    r"\N starts a line, it seems",
    r"\*not stressed\*",
    "snake_case_name and 2*3*4 and 2 * 3 * 4",
    "It's about 5 km (about 5 km) away.",
    "the array [0, 1]",
    "C# and F# and the #1 choice",
    "“Quoted” – ‘like this’ — «or so»…",
    "Rated 5★ → ok ✓ ™ ©",
    "mail me@example.com or https://example.com/a_b_c?x=1#part_two",
    "Music: the language of the soul.",
    "He said (music festival in June) and left.",
    "Poți să vii? Da, și țara știe.",
]

SPOKEN = [
    ("Hello 👨‍👩‍👧😀! I am here 🇷🇴.", "Hello! I am here."),
    ("One❤️two 1️⃣ three.🎉Four", "One two three. Four"),
    ("🏴󠁧󠁢󠁥󠁮󠁧󠁿 England 👍🏽 wins", "England wins"),
    ("# Title\n\nSome **bold**, _slanted_, ***both*** and `code`.", "Title\n\nSome bold, slanted, both and code."),
    ("- one\n* two\n1. three\n2) four\n- [x] five", "one\n\ntwo\n\nthree\n\nfour\n\nfive"),
    ("> quoted\n> on\n\n---\n\nafter", "quoted on\n\nafter"),
    ("See [our page](https://x.y/z_(a)) or ![logo](l.png) <https://x.y>.", "See our page or https://x.y."),
    ("| Size | Price |\n|------|:----:|\n| S | 5 |", "Size, Price\n\nS, 5"),
    ("```python\nrun it\n```", "run it"),
    ("~~old~~ new", "new"),
    ("I love #coffee in the #morning.", "I love coffee in the morning."),
    ("I love #coffee", "I love coffee"),
    ("So good! #yes", "So good!"),
    ("So good #yes #andyes, #tag", "So good"),
    ("So good.\n\n#yes #andyes", "So good."),
    ("[music swells] Hello (pause), world *laughs* and *really* good. (beat)", "Hello, world and really good."),
    ("Wait (2 second pause)... now [00:12] go (soft piano music fades in).", "Wait... now go."),
    ("Done. [applause]. Next", "Done. Next"),
    ("SCENE 1: The start\nNarrator: Hello\nVO (calm): there\n[00:12] now", "The start\n\nHello\n\nthere now"),
    ("SCENE 1 - KITCHEN\nINT. KITCHEN - DAY\nHi.\nSFX: boom\nText on screen: SALE", "Hi."),
    ("00:00:01,000 --> 00:00:03,000\nHi.", "Hi."),
    ("SCENA 2\nNarator: Bună (râde) ziua [muzică]. (pauză scurtă)\nText pe ecran: REDUCERI", "Bună ziua."),
    ("(taie la bucătărie) Cafeaua e gata", "Cafeaua e gata"),
    ("one\r\ntwo\u2028three\tfour\n \n  five", "one two three four\n\nfive"),
    ("e\u0301 na\u200bme \x07bell\ufeff \u202ertl\ud800", "é name bell rtl"),
    ("می\u200cخواهم", "می\u200cخواهم"),
]


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_what_merely_looks_odd_stays_as_typed(text):
    assert clean(text) == text


@pytest.mark.parametrize(("text", "spoken"), SPOKEN)
def test_only_what_is_spoken_stays(text, spoken):
    assert clean(text) == spoken


@pytest.mark.parametrize("text", ["", " \n ", "😀🎉", "[music]", "(pause)", "#a #b", "***", "---", "SCENE 1:", "…!"])
def test_a_script_without_a_word_is_refused(text):
    with pytest.raises(LogicalFault) as refused:
        clean(text)
    assert refused.value.code == "script_empty"


_MARKS = (
    "*", "**", "_", "[", "](", ")", "(pause)", "[x]", "# ", "- ", "1. ", "#a", "\n", "\n\n", " ", "😀", "❤️", "1️⃣",
    "VO: ", "00:12", "|", "`", "~~", "> ", ".", ",", "word", "\u200d", "e\u0301", "![",
)  # fmt: skip
_PIECES = st.sampled_from([*ODD_TEXTS, *(text for text, _ in SPOKEN), *_MARKS])
_TEXTS = st.one_of(st.lists(_PIECES, max_size=9).map("".join), st.text(max_size=120))


@given(_TEXTS)
@settings(max_examples=400, deadline=None)
def test_cleaning_twice_is_cleaning_once(text):
    try:
        once = clean(text)
    except LogicalFault:
        return
    assert clean(once) == once
    assert once == unicodedata.normalize("NFC", once)
    assert "  " not in once
    assert not any(unicodedata.category(char) in {"Cc", "Cs", "Co"} for char in once.replace("\n", ""))


@given(st.lists(st.from_regex(r"[a-zA-Zăâîșț]{1,9}[,.!?]?", fullmatch=True), min_size=1, max_size=40))
@settings(max_examples=100, deadline=None)
def test_plain_sentences_are_left_alone(words):
    text = "Well, " + " ".join(words)
    assert clean(text) == text


@pytest.mark.parametrize(
    "piece", ["*", "**a ", "[", "[a](", "((", "(a ", "#a ", "`", "_a", "~~", "- ", "1. ", "|a", "😀 ", "VO: "]
)
def test_no_text_makes_it_slow(piece):
    before = time.process_time()
    clean((piece * 5000)[:4998] + "\n\nx")
    assert time.process_time() - before < 1.0


def test_every_variant_of_a_given_script_speaks_the_same_words():
    script = "# Coffee\n\nIt smells of morning. The cat knows. 😀 #coffee #cat"
    first, second = narrate(script, "en", 1), narrate(script, "en", 2)
    assert first == second
    assert first.text == "Coffee It smells of morning. The cat knows."
