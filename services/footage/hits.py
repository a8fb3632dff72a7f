"""Which words of a sentence are on a clip, and how much that says. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.footage import words
from services.footage.takes import Said

# How much a word says by where it stands: what was typed as a keyword is meant; a file's name may be anything; notes
# speak of many things.
FIELDS = {"keyword": 1.0, "name": 0.6, "notes": 0.4}
# How sure it is that two words are the same: as typed; by their stem; one a part of the other, a compound.
EXACT, STEM, PART = 1.0, 0.9, 0.6
_RARITY_LEAST = 0.1  # of a word that every clip has


@dataclass(frozen=True, slots=True)
class Hit:
    """A word on a clip that a sentence says. ``value`` 0..1; ``where`` is a key of ``FIELDS``."""

    text: str
    where: str
    value: float


@dataclass(frozen=True, slots=True)
class _Term:
    """A keyword, or a single word, as it stands on a clip."""

    text: str
    where: str
    parts: tuple[str, ...]  # its words, folded


class Index:
    """The words of all clips of a job, found by what sentences say. ``spoken`` is the script's language."""

    def __init__(self, texts: Sequence[Said], spoken: str) -> None:
        self._tongue = words.language(spoken)
        self._compounds = self._tongue in words.COMPOUNDING
        self._terms = [list(_terms(said)) for said in texts]
        self._holders: dict[str, set[int]] = {}
        for number, terms in enumerate(self._terms):
            for term in terms:
                for part in term.parts:
                    self._holders.setdefault(part, set()).add(number)
        self._by_form: dict[str, set[str]] = {}
        self._by_part: dict[str, set[str]] = {}
        for word in sorted(self._holders):
            for form in words.forms(word, self._tongue):
                self._by_form.setdefault(form, set()).add(word)
            if self._compounds:
                for part in _ends(word):
                    self._by_part.setdefault(part, set()).add(word)

    def hits(self, sentence: str) -> dict[int, list[Hit]]:
        """For each text that shares a word with the sentence what they share, best first."""
        sure = self._same_words(sentence)
        numbers = sorted({number for word in sure for number in self._holders[word]})
        found = (
            (number, [hit for term in self._terms[number] if (hit := self._hit(term, sure))]) for number in numbers
        )
        return {number: sorted(hits, key=lambda hit: -hit.value) for number, hits in found}

    def _same_words(self, sentence: str) -> dict[str, float]:
        """The words of clips that the sentence says, and how sure that is."""
        sure: dict[str, float] = {}
        for said in words.distinct(words.said(sentence)):
            bare = words.folded(said)
            for form in words.forms(said, self._tongue):
                for word in self._by_form.get(form, ()):
                    sure[word] = max(sure.get(word, 0.0), EXACT if word == bare else STEM)
            for word in self._compounded(bare) if self._compounds else ():
                sure[word] = max(sure.get(word, 0.0), PART)
        return sure

    def _compounded(self, bare: str) -> Iterator[str]:
        for part in (bare, *_ends(bare)):
            for word in self._by_part.get(part, ()) if part == bare else ({part} & self._holders.keys()):
                if words.is_part(bare, word):
                    yield word

    def _hit(self, term: _Term, sure: dict[str, float]) -> Hit | None:
        values = [sure[part] * self._rarity(part) for part in term.parts if part in sure]
        if not values:
            return None
        share = len(values) / len(term.parts)
        value = FIELDS[term.where] * max(values) * share
        return Hit(term.text, term.where, value)

    def _rarity(self, word: str) -> float:
        others = len(self._holders[word]) - 1
        return max(_RARITY_LEAST, 1.0 - others / len(self._terms))


def total(hits: Sequence[Hit]) -> float:
    """What several hits say together, 0..1."""
    doubt = 1.0
    for hit in hits:
        doubt *= 1.0 - hit.value
    return 1.0 - doubt


def _terms(said: Said) -> Iterator[_Term]:
    known: set[str] = set()
    for keyword in said.keywords:
        parts = tuple(words.folded(word) for word in words.said(keyword))
        if parts:
            known.update(parts)
            yield _Term(keyword, "keyword", parts)
    for where, those in (("name", said.name), ("notes", said.notes)):
        for word in those:
            bare = words.folded(word)
            if bare not in known:
                known.add(bare)
                yield _Term(word, where, (bare,))


def _ends(word: str) -> Iterator[str]:
    """The beginnings and ends of a word that may be parts of it."""
    for length in range(words.SHORTEST_PART, len(word) - 1):
        yield word[:length]
        yield word[-length:]
