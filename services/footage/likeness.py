"""How close sentences are to the words on clips, 0..1: as a model knows, or as the spelling tells. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

from services.footage import words

_LETTERS = 4  # of the pieces that words are cut into
_AT_MOST = 0.5  # spelling alone is a weak hint


@dataclass(frozen=True, slots=True)
class Likeness:
    """For pairs of a sentence and a text how close they are in meaning. A pair that is not known is not close.

    ``source`` names what told so, with its version.
    """

    source: str
    pairs: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def of(self, sentence: str, text: str) -> float:
        return self.pairs.get((sentence, text), 0.0)


def by_spelling(sentences: Iterable[str], texts: Sequence[str]) -> Likeness:
    """Without a model: the share of letters in a row that the words of both have in common, of which half counts."""
    pieces = [(text, _pieces(text)) for text in texts]
    told: dict[tuple[str, str], float] = {}
    for sentence in sentences:
        its = _pieces(sentence)
        for text, others in pieces:
            alike = _cosine(its, others)
            if alike > 0:
                told[sentence, text] = round(_AT_MOST * alike, 4)
    return Likeness(SPELLING, told)


SPELLING = "spelling 1"


def _pieces(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for word in words.said(text):
        edged = f" {words.folded(word)} "
        found.update(edged[at : at + _LETTERS] for at in range(max(1, len(edged) - _LETTERS + 1)))
    return found


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    shared = sum(count * other[piece] for piece, count in one.items() if piece in other)
    if not shared:
        return 0.0
    return shared / sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))
