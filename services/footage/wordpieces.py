"""Text in the pieces that the English model reads, as BERT cuts it: small letters without diacritics, punctuation by
itself, unknown words from the longest piece on that is in the vocabulary. Pure.

The package ``tokenizers`` does the same, but brings a client for a model hub with it, and all that needs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

# Of bert-base-uncased: a piece a line, and its number is the line's, from 0 on.
_VOCABULARY = Path(__file__).with_name("minilm_vocab.txt")
_BEGIN, _END, _UNKNOWN, _INSIDE = "[CLS]", "[SEP]", "[UNK]", "##"
MOST = 256  # pieces of a text, with begin and end: what the model was trained for
_LOST = "\ufffd"  # what stands for a letter that could not be read
_LONGEST_WORD = 100  # letters; a longer one is unknown
_IDEOGRAPHS = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2FA1F), (0xF900, 0xFAFF))


def numbers(text: str) -> list[int]:
    """The pieces of a text by their numbers, with begin and end around them."""
    known = vocabulary()
    pieces = [known[piece] for word in _words(text) for piece in _cut(word, known)]
    return [known[_BEGIN], *pieces[: MOST - 2], known[_END]]


@cache
def vocabulary() -> Mapping[str, int]:
    lines = _VOCABULARY.read_text(encoding="utf-8").split("\n")[:-1]
    return {piece: number for number, piece in enumerate(lines)}


def _words(text: str) -> Iterator[str]:
    apart = unicodedata.normalize("NFD", text.lower())
    spaced = "".join(_spaced(letter) for letter in apart if unicodedata.category(letter) != "Mn")
    yield from spaced.split()


def _spaced(letter: str) -> str:
    kind = unicodedata.category(letter)
    if letter.isspace():
        return " "
    if kind[0] == "C" or letter == _LOST:
        return ""
    alone = kind[0] == "P" or (letter.isascii() and kind[0] == "S") or _ideograph(ord(letter))
    return f" {letter} " if alone else letter


def _ideograph(code: int) -> bool:
    return any(first <= code <= last for first, last in _IDEOGRAPHS)


def _cut(word: str, known: Mapping[str, int]) -> list[str]:
    pieces: list[str] = []
    at = 0
    while at < len(word) <= _LONGEST_WORD:
        before = _INSIDE if at else ""
        end = next((end for end in range(len(word), at, -1) if before + word[at:end] in known), at)
        if end == at:
            break
        pieces.append(before + word[at:end])
        at = end
    return pieces if at == len(word) else [_UNKNOWN]
