"""When each typed token is heard, from what a synthesiser tells of its phonemes or words. Pure.

Times here are samples, or any other unit that grows: nothing depends on it. A span is (start, end), end exclusive.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, pairwise

from services.tts.normalise import SpokenWord

Span = tuple[int, int]

# Costs of an edit between the phonemes that were heard and those of the words said one by one. A sound dropped or
# added costs more than a vowel reduced to another; a lost gap between words costs little, since espeak-ng fuses
# small words ("of the"), but a gap where no word ends costs much.
_OTHER_VOWEL = 0.4
_OTHER_CONSONANT = 0.9
_OTHER_CLASS = 1.6
_SOUND_GAP = 1.0
_LOST_SPACE = 0.35
_EXTRA_SPACE = 1.2
_NEVER = 1e9

_BAND = 24  # how far the two may drift apart, in phonemes, beyond their difference in length

_VOWELS = frozenset("aeiouyɐɑɒɔəɚɛɜɝɪɨɯɵøœæʉʊʌʏɤɞɘɶ")
_STRESS = frozenset("ˈˌ'")
_SILENT = frozenset('^$_.,;:!?¡¿…—"«»“”()-')


@dataclass(frozen=True, slots=True)
class _Sound:
    """A phoneme with its stress mark before and its length mark behind. A space has an empty ``symbol``."""

    symbol: str
    start: int
    end: int


def phoneme_spans(heard: Sequence[tuple[str, int]], words: Sequence[str]) -> list[Span | None]:
    """For each word the samples in which it is heard, or ``None`` if nothing of it is left.

    Args:
        heard: phonemes in order with their lengths in samples, sentence and pause marks among them.
        words: the phonemes of each word said alone.
    """
    sounds = _sounds(heard)
    wanted: list[tuple[str, int]] = []
    for index, word in enumerate(words):
        alone = [sound.symbol for sound in _sounds([(char, 1) for char in word]) if sound.symbol]
        wanted.extend((symbol, index) for symbol in alone)
        wanted.append(("", index))
    if wanted:
        wanted.pop()
    spans: list[Span | None] = [None] * len(words)
    for here, there in _paired([sound.symbol for sound in sounds], [symbol for symbol, _ in wanted]):
        sound, word_index = sounds[here], wanted[there][1]
        if sound.symbol:
            known = spans[word_index]
            spans[word_index] = (known[0] if known else sound.start, sound.end)
    return _close_small_gaps(
        spans, [(sound.start, sound.end) for sound in sounds if not sound.symbol and sound.end > 0]
    )


def _sounds(heard: Sequence[tuple[str, int]]) -> list[_Sound]:
    out: list[_Sound] = []
    at, stressed_at = 0, -1
    for symbol, length in heard:
        start, at = at, at + length
        if symbol in _STRESS:
            stressed_at = start if stressed_at < 0 else stressed_at
        elif symbol.isspace():
            out.append(_Sound("", start, at))
        elif symbol in _SILENT or not symbol:
            if out and out[-1].symbol:  # a pause parts words as a space does
                out.append(_Sound("", 0, 0))
        elif _is_mark(symbol) and out and out[-1].symbol:
            out[-1] = _Sound(out[-1].symbol, out[-1].start, at)
            stressed_at = -1
        else:
            out.append(_Sound(symbol, start if stressed_at < 0 else stressed_at, at))
            stressed_at = -1
    return _single_spaces(out)


def _single_spaces(sounds: Sequence[_Sound]) -> list[_Sound]:
    """A comma and the space after it are one gap, of no length of its own; none at the edges."""
    out: list[_Sound] = []
    for sound in sounds:
        if not sound.symbol and (not out or not out[-1].symbol):
            if out:
                out[-1] = _Sound("", 0, 0)
            continue
        out.append(sound)
    if out and not out[-1].symbol:
        out.pop()
    return out


def _is_mark(symbol: str) -> bool:
    return symbol != "ʔ" and all(unicodedata.category(char) in {"Lm", "Mn", "Sk"} for char in symbol)


def _close_small_gaps(spans: list[Span | None], spaces: Sequence[Span]) -> list[Span | None]:
    """A plain space in running speech is sound: half of it belongs to the word before, half to the one after."""
    middles = {start: (start + end) // 2 for start, end in spaces}
    ends = {end: (start + end) // 2 for start, end in spaces}
    return [span and (ends.get(span[0], span[0]), middles.get(span[1], span[1])) for span in spans]


def _paired(heard: Sequence[str], wanted: Sequence[str]) -> list[tuple[int, int]]:
    """The cheapest global alignment (Needleman and Wunsch, in a band): which heard sound belongs to which wanted one.

    A heard sound without a partner is given to the wanted sound before it (or after it, at the start of a word).
    """
    rows, columns = len(heard), len(wanted)
    if not rows or not columns:
        return []
    reach = _BAND + abs(rows - columns)
    best = [[_NEVER] * (columns + 1) for _ in range(rows + 1)]
    best[0] = list(accumulate((_missing(symbol) for symbol in wanted), initial=0.0))
    for row in range(1, rows + 1):
        _fill(best, heard, wanted, row, reach)
    return _walked(best, heard, wanted)


def _fill(best: list[list[float]], heard: Sequence[str], wanted: Sequence[str], row: int, reach: int) -> None:
    above, here, symbol = best[row - 1], best[row], heard[row - 1]
    extra = _SOUND_GAP if symbol else _EXTRA_SPACE
    middle = row * len(wanted) // len(heard)
    if middle <= reach:
        here[0] = above[0] + extra
    for column in range(max(1, middle - reach), min(len(wanted), middle + reach) + 1):
        other = wanted[column - 1]
        here[column] = min(
            above[column - 1] + _change(symbol, other), above[column] + extra, here[column - 1] + _missing(other)
        )


def _walked(best: list[list[float]], heard: Sequence[str], wanted: Sequence[str]) -> list[tuple[int, int]]:
    row, column = len(heard), len(wanted)
    pairs: list[tuple[int, int]] = []
    while row > 0:
        symbol = heard[row - 1]
        cost = best[row][column]
        if column and cost == best[row - 1][column - 1] + _change(symbol, wanted[column - 1]):
            row, column = row - 1, column - 1
            pairs.append((row, column))
        elif cost == best[row - 1][column] + (_SOUND_GAP if symbol else _EXTRA_SPACE):
            row -= 1
            pairs.append((row, _owner(wanted, column)))
        elif column:
            column -= 1
        else:
            break
    pairs.reverse()
    return pairs


def _owner(wanted: Sequence[str], column: int) -> int:
    """The wanted sound that a surplus sound after ``column`` wanted ones is heard as a part of."""
    before = column - 1
    if before >= 0 and wanted[before]:
        return before
    return min(column, len(wanted) - 1)


def _missing(symbol: str) -> float:
    return _SOUND_GAP if symbol else _LOST_SPACE


def _change(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if not one or not other:
        return _NEVER
    first, second = one[0] in _VOWELS, other[0] in _VOWELS
    if first != second:
        return _OTHER_CLASS
    return _OTHER_VOWEL if first else _OTHER_CONSONANT


def character_spans(words: Sequence[SpokenWord], characters: Sequence[str], times: Sequence[Span]) -> list[Span | None]:
    """For each word the time of its characters, or ``None`` if none of them is among those that were heard.

    Args:
        words: what was asked for, joined by spaces, each with its pause mark.
        characters: what the synthesiser says it spoke; usually that very text.
        times: a span for each of ``characters``.
    """
    asked = " ".join(word.text + word.pause for word in words)
    partners = _partners(asked, "".join(characters))
    owner = [index for index, character in enumerate(characters) for _ in character]
    spans: list[Span | None] = []
    at = 0
    for word in words:
        heard = [times[owner[partners[place]]] for place in range(at, at + len(word.text)) if place in partners]
        spans.append((min(start for start, _ in heard), max(end for _, end in heard)) if heard else None)
        at += len(word.text) + len(word.pause) + 1
    return spans


def _partners(asked: str, told: str) -> dict[int, int]:
    """Where each character of ``asked`` is in ``told``, as far as the two are alike."""
    if asked == told:
        return {place: place for place in range(len(asked))}
    blocks = SequenceMatcher(None, asked, told, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


SLIVER = 0.15  # the share of a word's time that an unheard neighbour gets; all of them together at most half


def token_spans(
    tokens: int, words: Sequence[SpokenWord], spans: Sequence[Span | None], whole: Span, longest_sliver: int
) -> list[Span]:
    """A span for every token, in order, inside ``whole``; tokens that are not heard take a sliver of a neighbour."""
    heard: list[Span | None] = [None] * tokens
    for word, span in zip(words, spans, strict=True):
        if span is not None:
            known = heard[word.token]
            heard[word.token] = (min(known[0], span[0]), max(known[1], span[1])) if known else span
    return _shared(_in_order(heard, whole), whole, longest_sliver)


def _in_order(spans: Sequence[Span | None], whole: Span) -> list[Span | None]:
    at, out = whole[0], []
    for span in spans:
        if span is not None:
            start = min(max(span[0], at), whole[1])
            at = min(max(span[1], start), whole[1])
            span = (start, at)  # noqa: PLW2901
        out.append(span)
    return out


def _shared(spans: Sequence[Span | None], whole: Span, longest: int) -> list[Span]:
    heard = [index for index, span in enumerate(spans) if span is not None]
    if not heard:
        return _parted(whole, len(spans))
    out: list[Span] = []
    for position, index in enumerate(heard):
        following = heard[position + 1] if position + 1 < len(heard) else len(spans)
        leading = index if position == 0 else 0
        out.extend(_with_neighbours(spans[index] or whole, leading, following - index - 1, longest))
    return out


def _with_neighbours(span: Span, leading: int, trailing: int, longest: int) -> list[Span]:
    """``span`` given to a word, ``leading`` unheard tokens before it and ``trailing`` ones after it."""
    start, end = span
    unheard = leading + trailing
    sliver = min(int((end - start) * min(SLIVER, 0.5 / unheard)), longest) if unheard else 0
    first, last = start + leading * sliver, end - trailing * sliver
    return [*_parted((start, first), leading), (first, last), *_parted((last, end), trailing)]


def _parted(span: Span, count: int) -> list[Span]:
    start, end = span
    edges = [start + (end - start) * step // count for step in range(count + 1)] if count else []
    return list(pairwise(edges))


def spread(span: Span, weights: Sequence[int]) -> list[Span]:
    """``span`` cut into one part for each weight, in proportion."""
    total = sum(weights) or 1
    edges, done = [span[0]], 0
    for weight in weights:
        done += weight
        edges.append(span[0] + (span[1] - span[0]) * done // total)
    return list(pairwise(edges))
