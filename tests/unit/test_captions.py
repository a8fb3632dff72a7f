"""Subtitle files for others: read back as they were meant, by our own reader and by the standard's rules."""

from __future__ import annotations

import html
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.captions import write_srt, write_vtt
from contracts.speech import Word
from contracts.srt import parse_srt
from contracts.timeline import Cue

# W3C WebVTT, 4.1 to 4.3: what a cue's times and its text may be.
VTT_TIMES = re.compile(r"(\d{2,}):([0-5]\d):([0-5]\d)\.(\d{3}) --> (\d{2,}):([0-5]\d):([0-5]\d)\.(\d{3})")
VTT_TEXT = re.compile(r"(?:[^<&\r\n]|&(?:amp|lt|gt);)+")

texts = st.text(
    st.characters(exclude_categories=["Cs", "Zs", "Zl", "Zp", "Cc"]), min_size=1, max_size=12
) | st.sampled_from(
    [
        "<b>",
        "</i>",
        "<font",
        "-->",
        "1",
        "00:00:01,000",
        "&lt;",
        "a<b",
        "{\\an8}",
        "NOTE",
        "WEBVTT",
        "<",
        ">",
        "<3",
        "--",
        ">x",
    ]
)
cue_lists = st.lists(
    st.tuples(st.lists(texts, min_size=1, max_size=9), st.floats(0, 4), st.floats(0.01, 5)), max_size=8
)


def made(drawn: list[tuple[list[str], float, float]]) -> list[Cue]:
    """Cues one after another; some run into the next one."""
    cues, at_s = [], 0.0
    for parts, gap_s, length_s in drawn:
        at_s += gap_s
        words = tuple(Word(text=part, start_s=at_s, end_s=at_s + length_s, phrase=0) for part in parts)
        cues.append(Cue(words=words, start_s=at_s, end_s=at_s + length_s))
    return cues


def seen(text: str) -> str:
    return " ".join(text.replace("\u2060", "").split())


def expected(cues: list[Cue]) -> list[tuple[int, int, str]]:
    ends = [min(cue.end_s, follower.start_s) for cue, follower in pairwise(cues)]
    ends += [cues[-1].end_s] if cues else []
    timed = [
        (round(cue.start_s * 1000), round(end_s * 1000), seen(cue.text)) for cue, end_s in zip(cues, ends, strict=True)
    ]
    return [entry for entry in timed if entry[0] < entry[1] and entry[2]]


@given(cue_lists)
@settings(max_examples=300)
def test_SEC_02_srt_reads_back_as_the_same_cues(drawn):
    cues = made(drawn)
    wanted = expected(cues)
    if not wanted:
        return
    read = parse_srt(write_srt(cues).encode())
    found = [(round(cue.start_s * 1000), round(cue.end_s * 1000), seen(" ".join(cue.lines))) for cue in read]
    assert found == wanted


@given(cue_lists)
@settings(max_examples=300)
def test_SEC_02_vtt_is_by_the_book_and_says_the_same(drawn):
    cues = made(drawn)
    head, *blocks = write_vtt(cues).split("\n\n")
    assert head.rstrip("\n") == "WEBVTT"
    found = []
    for number, block in enumerate(blocks, 1):
        ident, times, *lines = block.rstrip("\n").split("\n")
        assert ident == str(number)
        told = VTT_TIMES.fullmatch(times)
        assert told is not None
        assert lines
        assert all(VTT_TEXT.fullmatch(line) and "-->" not in line for line in lines)
        h, m, s, ms, *end = map(int, told.groups())
        start, stop = ((h * 60 + m) * 60 + s) * 1000 + ms, ((end[0] * 60 + end[1]) * 60 + end[2]) * 1000 + end[3]
        found.append((start, stop, seen(html.unescape(" ".join(lines)))))
    if all("&" not in word.text for cue in cues for word in cue.words):  # else unescaping by HTML's rules does more
        assert found == expected(cues)


def test_a_long_cue_is_told_in_two_even_lines():
    words = ["a", "small", "bakery", "opens", "its", "doors", "before", "the", "sun"]
    text = write_srt(made([(words, 0, 2)]))
    assert text == "1\n00:00:00,000 --> 00:00:02,000\na small bakery opens\nits doors before the sun\n"


@pytest.mark.parametrize(("text", "told"), [("<i>x", "<\u2060i>x"), ("a < b", "a < b"), ("-->", "--\u2060>")])
def test_SEC_02_what_a_player_would_obey_is_only_text(text, told):
    assert write_srt(made([(text.split(), 0, 1)])).splitlines()[2] == told


def test_no_cue_is_a_file_all_the_same():
    assert write_srt([]) == ""
    assert write_vtt([]) == "WEBVTT\n"
