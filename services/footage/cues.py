"""Spoken words become subtitles: short, balanced, parted where a reader breathes. Pure.

Within a sentence all ways to part the words are weighed against each other, so that no cue is left with a lone word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from contracts.speech import Word
from contracts.timeline import Cue

MAX_CHARS = 40
MAX_WORDS = 7
HOLD_S = 0.15  # a cue stays a little after its last word
FLICKER_S = 0.2  # a shorter gap between cues is closed
PAUSE_S = 0.1  # after silence is shortened a pause between phrases is still a little longer

_SENTENCE_END = re.compile(r"[.!?…。！？]+[\"'”’»)\]]*$")
_CLAUSE_END = re.compile(r"(?:[,;:—–][\"'”’»)\]]*|^[-–—])$")
_ABBREVIATION = re.compile(r"(?:mrs?|ms|dr|prof|st|vs|nr|str|dl|dna|sf|e\.g|i\.e|[^\W\d_])\.", re.IGNORECASE)

# What a way to part the words costs. Fewer, fuller cues are better; a lone word is worst.
_A_CUE = 10.0
_EMPTINESS = 14.0
_LONE_WORD = 60.0
_INSIDE_A_CLAUSE = 3.0
_EARLY = 2.0
_OVER_A_PAUSE = 6.0


def cues(words: Sequence[Word]) -> tuple[Cue, ...]:
    """At most 40 characters or 7 words each; a longer word stands alone. In order, never overlapping."""
    groups = [group for sentence in _sentences(words) for group in _parted(sentence)]
    starts = [group[0].start_s for group in groups]
    for index in range(1, len(starts)):
        starts[index] = max(starts[index], starts[index - 1])
    return tuple(
        Cue(words=tuple(group), start_s=start, end_s=_end(group, start, following))
        for group, start, following in zip_longest(groups, starts, starts[1:])
    )


def _end(group: Sequence[Word], start: float, following: float | None) -> float:
    """When a cue goes, given when the next one comes."""
    end = max(start, *(word.end_s for word in group)) + HOLD_S
    if following is None:
        return end
    return following if following - end < FLICKER_S else end


def _sentences(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    start = 0
    for index, word in enumerate(words):
        if index + 1 == len(words) or _must_part(word, words[index + 1]):
            yield words[start : index + 1]
            start = index + 1


def _must_part(word: Word, following: Word) -> bool:
    if word.phrase != following.phrase:
        is_title = following.text[:1].isupper() and word.text[-1:].isalnum()  # nothing closes a heading but its line
        if is_title or following.start_s - word.end_s >= PAUSE_S:
            return True
    if word.phrase == following.phrase and _ABBREVIATION.fullmatch(word.text):
        return False
    ends = _SENTENCE_END.search(word.text) is not None
    trails_off = word.text.endswith(("…", "...")) and following.text[:1].islower()
    return ends and not trails_off


def _parted(sentence: Sequence[Word]) -> list[Sequence[Word]]:
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(sentence) + 1):
        best.append(min((best[start][0] + _cost(sentence, start, end), start) for start in _starts(sentence, end)))
    groups: list[Sequence[Word]] = []
    end = len(sentence)
    while end:
        start = best[end][1]
        groups.append(sentence[start:end])
        end = start
    return groups[::-1]


def _starts(sentence: Sequence[Word], end: int) -> Iterator[int]:
    """Where a cue that ends before word ``end`` may start."""
    yield end - 1
    for start in range(end - 2, max(-1, end - 1 - MAX_WORDS), -1):
        if _chars(sentence[start:end]) > MAX_CHARS:
            return
        yield start


def _chars(group: Sequence[Word]) -> int:
    return sum(len(word.text) for word in group) + len(group) - 1


def _cost(sentence: Sequence[Word], start: int, end: int) -> float:
    group = sentence[start:end]
    fullness = min(1.0, max(_chars(group) / MAX_CHARS, len(group) / MAX_WORDS))
    cost = _A_CUE + _EMPTINESS * (1 - fullness) ** 2
    if len(group) == 1 and len(sentence) > 1 and len(group[0].text) <= MAX_CHARS:
        cost += _LONE_WORD
    if end < len(sentence):
        at_clause_end = _CLAUSE_END.search(group[-1].text) is not None
        cost += _INSIDE_A_CLAUSE if not at_clause_end else _EARLY * (fullness < 0.5)
    pauses = sum(after.start_s - word.end_s >= 2 * PAUSE_S for word, after in pairwise(group))
    return cost + _OVER_A_PAUSE * pauses
