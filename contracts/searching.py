"""How a text is searched by: without case, accents and needless spaces. Pure.

The folding is done here and not by the database: whoever writes down and whoever asks must fold alike, and no
extension of PostgreSQL is needed for it.
"""

from __future__ import annotations

import unicodedata

GRAM = 3  # letters that are looked up together; a shorter word is looked for without them

# Letters that are no base letter with a mark, so that Unicode takes nothing apart.
_ALIKE = str.maketrans(
    {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n"}
)


def folded(text: str) -> str:
    """A text as it is compared: ``Plajă  la Ștefan`` becomes ``plaja la stefan``."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(plain.casefold().translate(_ALIKE).replace("\0", "").split())


def grams(text: str) -> list[str]:
    """Every three neighbouring letters within the words of a folded text, each once, in order."""
    words = text.split()
    return sorted({word[at : at + GRAM] for word in words for at in range(len(word) - GRAM + 1)})


def patterns(text: str) -> list[str]:
    """For each word of a folded text the pattern of SQL's LIKE that finds it anywhere."""
    return [f"%{_literal(word)}%" for word in text.split()]


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
