import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.tts.align import phoneme_spans, spread, token_spans
from services.tts.normalise import SpokenWord

LENGTH = 100  # samples of each phoneme


def heard_parts(heard: str, words: list[str]) -> list[str | None]:
    """What is heard of each word, as text: half a space on each side is no letter."""
    marked = f"^{heard}$"
    spans = phoneme_spans([(phoneme, LENGTH) for phoneme in marked], words)
    return [
        None if span is None else marked[round(span[0] / LENGTH + 0.1) : round(span[1] / LENGTH - 0.1)].strip()
        for span in spans
    ]


@pytest.mark.parametrize(
    ("heard", "words", "parts"),
    [
        (
            "ðɪʲ ˈɛnd ʌvðə ɹˈoʊd ɪz ɪnðə dˈɪstəns.",
            ["ðə", "ˈɛnd", "ʌv", "ðə", "ɹˈoʊd", "ɪz", "ˈɪn", "ðə", "dˈɪstəns"],
            ["ðɪʲ", "ˈɛnd", "ʌv", "ðə", "ɹˈoʊd", "ɪz", "ɪn", "ðə", "dˈɪstəns"],
        ),
        (
            "aɪɐm ɡˌoʊɪŋ tə hɐvbɪn ðˈɛɹ, hˈævənt ˈaɪ?",
            ["ˈaɪ", "æm", "ɡˈoʊɪŋ", "tuː", "hˈæv", "bˌɪn", "ðˈɛɹ", "hˈævənt", "ˈaɪ"],
            ["aɪ", "ɐm", "ɡˌoʊɪŋ", "tə", "hɐv", "bɪn", "ðˈɛɹ", "hˈævənt", "ˈaɪ"],
        ),
        (
            "fˈʌn təbiʲ ɪnðə jˌuːˌɛsˈeɪ fɚɹə wˈaɪl!",
            ["fˈʌn", "tuː", "bˈiː", "ˈɪn", "ðə", "jˌuːˌɛsˈeɪ", "fɔːɹ", "ˈeɪ", "wˈaɪl"],
            ["fˈʌn", "tə", "biʲ", "ɪn", "ðə", "jˌuːˌɛsˈeɪ", "fɚɹ", "ə", "wˈaɪl"],
        ),
        ("ðə ðə ðə", ["ðə", "ðə", "ðə"], ["ðə", "ðə", "ðə"]),
        # one word that is said as two does not push the next one along
        ("twˈɛnti wˈʌn dˈɑːlɚz", ["twˈɛntiwˌʌn", "dˈɑːlɚz"], ["twˈɛnti wˈʌn", "dˈɑːlɚz"]),
        # a word without any sound of its own is not heard, and takes nothing from its neighbours
        ("hˈaɪ ðˈɛɹ", ["hˈaɪ", "", "ðˈɛɹ"], ["hˈaɪ", None, "ðˈɛɹ"]),
    ],
)
def test_each_word_gets_its_own_sounds(heard, words, parts):
    assert heard_parts(heard, words) == parts


def test_a_space_in_running_speech_is_shared_and_a_pause_is_not():
    running, paused = "ˈoʊ ˈeɪ", "ˈoʊ, ˈeɪ"
    first, second = phoneme_spans([(char, LENGTH) for char in running], ["ˈoʊ", "ˈeɪ"])
    assert first is not None
    assert second is not None
    assert first[1] == second[0] == 3.5 * LENGTH
    first, second = phoneme_spans([(char, LENGTH) for char in paused], ["ˈoʊ", "ˈeɪ"])
    assert first is not None
    assert second is not None
    assert (first[1], second[0]) == (3 * LENGTH, 5 * LENGTH)


def test_nothing_heard_and_nothing_said():
    assert phoneme_spans([("^", 5), ("$", 5)], ["ðə"]) == [None]
    assert phoneme_spans([("ð", 5)], []) == []


phonemes = st.text("aeiouptkbdgmnszˈˌː ,.", max_size=60)


@given(phonemes, st.lists(st.text("aeiouptkˈː", max_size=8), max_size=12))
def test_any_two_are_aligned_in_order_and_inside(heard, words):
    spans = [span for span in phoneme_spans([(char, LENGTH) for char in heard], words) if span]
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= edge <= LENGTH * len(heard) for edge in edges)


spoken = st.lists(
    st.tuples(st.integers(0, 9), st.none() | st.tuples(st.integers(0, 5000), st.integers(0, 5000))), max_size=15
)


@given(spoken, st.integers(10, 12), st.integers(0, 4000))
def test_every_token_has_a_time_in_order_and_inside(said, tokens, length):
    said.sort(key=lambda item: item[0])
    words = [SpokenWord(token, "x") for token, _ in said]
    spans = token_spans(tokens, words, [span for _, span in said], (0, length), 60)
    assert len(spans) == tokens
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= edge <= length for edge in edges)


def test_a_token_that_is_not_heard_takes_a_sliver_of_the_word_before():
    words = [SpokenWord(0, "well"), SpokenWord(2, "yes")]
    spans = token_spans(3, words, [(100, 1100), (1500, 2000)], (0, 2500), 60)
    assert spans == [(100, 1040), (1040, 1100), (1500, 2000)]


def test_a_first_token_that_is_not_heard_takes_a_sliver_of_the_word_after():
    assert token_spans(2, [SpokenWord(1, "yes")], [(100, 300)], (0, 400), 60) == [(100, 130), (130, 300)]


@given(st.integers(0, 100), st.integers(0, 1000), st.lists(st.integers(0, 20), min_size=1, max_size=9))
def test_a_spread_span_is_covered_end_to_end(start, length, weights):
    parts = spread((start, start + length), weights)
    assert parts[0][0] == start
    assert [end for _, end in parts[:-1]] == [begin for begin, _ in parts[1:]]
    assert parts[-1][1] == (start + length if sum(weights) else start)
