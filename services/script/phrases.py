"""The cleaned script in stretches that are each shown over one picture. Pure.

Tokens are what stands between spaces; a phrase is a run of them, so that the phrases joined by spaces are the script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from contracts.speech import Phrase

LONGEST = 20  # words; above it a sentence is spoken over more than one picture
SHORTEST = 2  # words; up to it a sentence is shown with its neighbour
_ROOMY = 11  # words of a comfortable part: about four seconds of speech
_HEAVY = 1_000.0  # cost of a part over LONGEST, so that only a text without any joint has one

_END = re.compile(r"(?P<mark>[.!?…。！？]+)(?P<closing>[\"'”’»)\]]*)$")
_JOINT = re.compile(r".*[,;:—–][\"'”’»)\]]*|[-–—]")
_OPENING = "\"'“„‘«([¿¡"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LINKS = _words(
    "and but or so because which while when where that until although if then "
    "și si dar iar sau că ca pentru fiindcă deoarece care când cand unde până pana deși desi dacă daca apoi "
    "und oder aber weil et mais ou parce que y pero porque e ma perché"
)

# Before a name; the sentence goes on whatever follows.
_TITLES = _words(
    "dr mr mrs ms mx prof st mt capt lt sgt rev gov sen vs e.g i.e "
    "dl dna d-na d-l dlui jud mun ing arh bd șos z.b d.h bzw"
)
# The sentence may end here: it does if a capital follows.
_MAYBE = _words("etc inc ltd co corp jr sr dept est bros a.m p.m cf ex srl s.r.l s.a ș.a ș.a.m.d s.a.m.d ș.cl u.a usw")
_BEFORE_NUMBERS = _words("no nos nr p pp fig eq vol art pag tel approx ca cca c sec min")
_BEFORE_NAMES = _words("str sf av sos acad col gen hon")
_KINDS = _words(
    "vitamin vitamina plan planul option opțiunea class clasa grade part type tip tipul team echipa group grupa letter "
    "litera model modelul hepatitis hepatita point punctul section secțiunea and și or sau"
)
_DOTTED = re.compile(r"(?:[A-ZȘȚ]\.)+[A-ZȘȚ]")


def split(text: str, language: str) -> tuple[Phrase, ...]:
    """Phrases of ``clean(text)``: sentences, the long ones in balanced parts, the very short ones with a neighbour.

    ``" ".join(phrase.text ...) == " ".join(text.split())``.
    """
    stretches = (stretch for paragraph in text.split("\n\n") for stretch in _of_paragraph(paragraph.split(), language))
    return tuple(Phrase(index=index, text=" ".join(stretch)) for index, stretch in enumerate(stretches))


def _of_paragraph(tokens: Sequence[str], language: str) -> Iterator[Sequence[str]]:
    for sentence in _neighboured(list(_sentences(tokens, language))):
        yield from _parts(sentence) if len(sentence) > LONGEST else (sentence,)


def _sentences(tokens: Sequence[str], language: str) -> Iterator[Sequence[str]]:
    start = 0
    for index in range(len(tokens)):
        if index + 1 == len(tokens) or _ends_sentence(tokens, index, start, language):
            yield tokens[start : index + 1]
            start = index + 1


def _ends_sentence(tokens: Sequence[str], index: int, start: int, language: str) -> bool:
    """Whether a sentence that began at ``start`` ends with this token, which is not the last one."""
    end = _END.search(tokens[index])
    if end is None:
        return False
    following = tokens[index + 1].lstrip(_OPENING)
    goes_on_small = following[:1].islower()
    if end["mark"].endswith(("...", "…")) or (end["closing"] and end["mark"] != "."):
        return not goes_on_small
    return end["mark"] != "." or not _is_abbreviation(tokens, index, start, language)


def _is_abbreviation(tokens: Sequence[str], index: int, start: int, language: str) -> bool:
    bare = tokens[index].strip(_OPENING + "\"'”’»)]").removesuffix(".")
    following = tokens[index + 1].lstrip(_OPENING)[:1]
    if len(bare) == 1 and bare.isupper():  # an initial, unless it names a kind: "vitamin C."
        return following.isupper() and bare != "I" and (index == start or tokens[index - 1].lower() not in _KINDS)
    is_german_ordinal = language.startswith("de") and bare.isdigit() and len(bare) <= 2
    return is_german_ordinal or _DOTTED.fullmatch(bare) is not None or _is_known(bare, following)


def _is_known(bare: str, following: str) -> bool:
    word = bare.lower()
    return (
        word in _TITLES
        or (word in _BEFORE_NUMBERS and following.isdigit())
        or (word in _BEFORE_NAMES and bare[0].isupper() and following.isupper())
        or (word in _MAYBE and not following.isupper())
    )


def _neighboured(sentences: list[Sequence[str]]) -> list[Sequence[str]]:
    """Very short sentences read on into the next one, the last one of a paragraph into the one before."""
    out: list[Sequence[str]] = []
    for sentence in sentences:
        joins = bool(out) and len(out[-1]) + len(sentence) <= LONGEST
        is_last = sentence is sentences[-1]
        if joins and (len(out[-1]) <= SHORTEST or (is_last and len(sentence) <= SHORTEST)):
            out[-1] = [*out[-1], *sentence]
        else:
            out.append(sentence)
    return out


def _parts(sentence: Sequence[str]) -> list[Sequence[str]]:
    """The cheapest way to part a long sentence: at its joints, in even parts, at a link word only if need be."""
    joints = _joints(sentence)
    best: dict[int, tuple[float, int]] = {0: (0.0, 0)}
    for end in [*joints, len(sentence)]:
        costs = ((cost + _cost(end - start) + joints.get(end, 0.0), start) for start, (cost, _) in best.items())
        best[end] = min(costs)
    cuts = [len(sentence)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    cuts.reverse()
    return [sentence[start:end] for start, end in pairwise(cuts)]


def _joints(sentence: Sequence[str]) -> dict[int, float]:
    """Where a part may end (in tokens), in order, and what it costs to end it there."""
    joints: dict[int, float] = {}
    for index in range(1, len(sentence)):
        if _JOINT.fullmatch(sentence[index - 1]):
            joints[index] = 10.0 if sentence[index - 1].endswith(",") else 4.0
        elif sentence[index].lower() in _LINKS:
            joints[index] = 60.0
    return joints


def _cost(words: int) -> float:
    heavy = _HEAVY * (words - LONGEST) if words > LONGEST else 0.0
    sliver = 80.0 if words < 4 else 0.0
    return heavy + sliver + (words - _ROOMY) ** 2
