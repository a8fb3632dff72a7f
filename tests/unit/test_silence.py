import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.speech import Word
from services.tts.silence import THRESHOLD_DB, WINDOW_S, find_gaps, shorten

RATE = 8_000
OVER_S, KEEP_S = 0.25, 0.06


def tone(seconds: float, level: float = 0.5) -> np.ndarray:
    at = np.arange(round(seconds * RATE))
    return (level * np.sin(2 * np.pi * 440 * at / RATE)).astype(np.float32)


def hush(seconds: float, level: float = 0.0005) -> np.ndarray:
    return np.random.default_rng(5).uniform(-level, level, round(seconds * RATE)).astype(np.float32)


def sound(*parts: np.ndarray) -> np.ndarray:
    return np.concatenate(parts)


def test_gaps_are_found_where_they_are():
    samples = sound(hush(0.4), tone(1), hush(0.2), tone(1), hush(0.5), tone(0.3))
    gaps = [(start / RATE, end / RATE) for start, end in find_gaps(samples, RATE, OVER_S)]
    assert gaps == [pytest.approx((0, 0.4), abs=WINDOW_S), pytest.approx((2.6, 3.1), abs=WINDOW_S)]


def test_long_gaps_keep_a_margin_and_short_ones_all():
    samples = sound(tone(1), hush(0.2), tone(1), hush(1.0), tone(1), hush(0.7))
    cut = shorten(samples, RATE, OVER_S, KEEP_S)
    assert len(cut.samples) / RATE == pytest.approx(1 + 0.2 + 1 + 0.12 + 1 + 0.12, abs=0.03)
    assert cut.new_time(2.0) == 2.0
    assert cut.new_time(3.2) == pytest.approx(2.32, abs=0.02)
    assert cut.new_time(2.7) == pytest.approx(2.26, abs=0.02)


def test_a_word_before_and_one_after_a_cut_still_lie_on_their_sound():
    samples = sound(tone(0.5), hush(0.8), tone(0.5))
    words = (Word(text="a", start_s=0, end_s=0.5, phrase=0), Word(text="b", start_s=1.3, end_s=1.8, phrase=1))
    cut = shorten(samples, RATE, OVER_S, KEEP_S)
    moved = cut.moved(words)
    for word in moved:
        here = cut.samples[round(word.start_s * RATE) + 5 : round(word.end_s * RATE) - 5]
        assert np.sqrt((here**2).mean()) == pytest.approx(0.5 / np.sqrt(2), rel=0.02)
    assert moved[1].end_s == pytest.approx(len(cut.samples) / RATE)


def test_a_cut_is_not_heard_as_a_click():
    low = 0.5 * 10 ** ((THRESHOLD_DB - 6) / 20)
    rumble = (low * np.sin(2 * np.pi * 50 * np.arange(RATE) / RATE)).astype(np.float32)
    cut = shorten(sound(tone(0.5), rumble, tone(0.5)), RATE, OVER_S, KEEP_S)
    seam = round(0.56 * RATE)
    steps = np.abs(np.diff(cut.samples[seam - 100 : seam + 100]))
    assert len(cut.starts) == 1
    assert steps.max() <= 2 * np.abs(np.diff(rumble)).max()


def test_silence_alone_and_nothing_are_left_as_they_are():
    for samples in (np.zeros(RATE, np.float32), np.zeros(0, np.float32)):
        assert len(shorten(samples, RATE, OVER_S, KEEP_S).samples) == len(samples)


@pytest.mark.parametrize("keep_s", [0.0, 0.05])
def test_nothing_kept_is_possible(keep_s):
    cut = shorten(sound(tone(0.5), hush(0.5), tone(0.5)), RATE, 0.1, keep_s)
    assert len(cut.samples) / RATE == pytest.approx(1.0 + 2 * keep_s, abs=0.03)


stretches = st.lists(st.tuples(st.floats(0.02, 0.4), st.floats(0, 0.9)), min_size=1, max_size=6)
rules = st.tuples(st.floats(0.1, 0.6), st.floats(0, 0.5)).map(lambda pair: (pair[0], pair[0] * pair[1]))


@settings(max_examples=60, deadline=None)
@given(stretches, rules, st.floats(0, 0.6), st.data())
def test_whatever_is_cut_words_stay_in_order_and_no_long_gap_is_left(parts, rule, head_s, data):
    over_s, keep_s = rule
    samples = sound(hush(head_s), *[piece for said, gap in parts for piece in (tone(said), hush(gap))])
    length_s = len(samples) / RATE
    times = sorted(data.draw(st.lists(st.floats(0, length_s), min_size=2, max_size=12)))
    words = [
        Word(text="x", start_s=start, end_s=end, phrase=0) for start, end in zip(times[::2], times[1::2], strict=False)
    ]

    cut = shorten(samples, RATE, over_s, keep_s)
    moved = cut.moved(words)

    assert len(cut.samples) == len(samples) - int((cut.ends - cut.starts).sum())
    edges = [edge for word in moved for edge in (word.start_s, word.end_s)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(cut.samples) / RATE for edge in edges)
    for old, new in zip(words, moved, strict=True):
        assert new.end_s - new.start_s <= old.end_s - old.start_s + 1e-9
    # what is left of a gap may begin and end inside a window of its own
    assert find_gaps(cut.samples, RATE, over_s + 2 * WINDOW_S) == []


@given(st.floats(0, 3), st.floats(0, 3))
def test_time_never_runs_backwards(one, other):
    cut = shorten(sound(tone(0.5), hush(1), tone(0.5), hush(1)), RATE, OVER_S, KEEP_S)
    first, second = sorted((one, other))
    assert 0 <= cut.new_time(first) <= cut.new_time(second) <= len(cut.samples) / RATE
    assert cut.new_time(second) - cut.new_time(first) <= second - first + 1e-9
