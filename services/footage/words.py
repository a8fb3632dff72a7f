"""Words as they are compared: without case, diacritics and endings, and without those that say nothing. Pure.

Endings are those of the script's language. To look at those of others finds more, but most of it wrong: an English
``pan`` is no Romanian ``pană``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import PurePath
from typing import Any

import snowballstemmer

# Codes of the languages there is a stemmer for, as snowball names them.
_STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
COMPOUNDING = frozenset({"de", "nl", "da", "sv", "nb", "no", "fi", "hu"})
SHORTEST_PART = 4  # letters that a part of a compound has at least: "Ton" is no part of "Beton"


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that are in any sentence. Kept short on purpose: what is left in weighs little where many clips have it.
_SAY_NOTHING = _each(
    """
    a about after all also an and any are as at be been but by can do does for from get go had has have he her here him
    his how i if in into is it its just me more my no not now of on one only or our out over she so some than that the
    their them then there these they this to too up us very was we were what when where which who why will with you your
    aber alle als am an auch auf aus bei bis da das dass dem den der des die dies diese doch du ein eine einem einen
    einer er es für haben hat hier ich ihr im in ist ja kein keine man mehr mein mit nach nicht noch nur oder schon sein
    seine sich sie sind so über um und uns unser unsere unter vom von vor war was wenn wer wie wir wird wo zu zum zur
    ai al ale am ar are as asta au ca că ce cel cele cu cum da dar de din doar după e ea ei el ele era este eu fi fie
    fost i îi în își la le li lor lui mai mă mi mult mea meu ne ni noi nu o ori pe pentru prin s sa să sau se si și
    sub sunt te ta tot toată un una unei unui va vă vom voi
    """
)
# What cameras, phones and programs call a recording.
_CAMERA = _each(
    """
    img dsc dscn dscf vid video mov movie mvi dji gopr gp gx gh pxl pano clip film footage take scene shot untitled
    final copy export render edit screen recording screenrecording whatsapp signal received inshot capcut snapchat copia
    copie kopie aufnahme filmare inregistrare new neu nou stock pexels pixabay videoblocks mixkit uhd hd fps mp4
    sequence
    """
)
_SPOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_HUMP = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_FOLDED = str.maketrans({"ß": "ss", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"})


def folded(text: str) -> str:
    """Lower case, without diacritics."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_FOLDED)


def said(text: str) -> list[str]:
    """The words of a text that say something, in lower case, in order."""
    words = (word.casefold() for word in _SPOKEN.findall(unicodedata.normalize("NFC", text)))
    return [word for word in words if len(word) > 1 and word not in _SAY_NOTHING]


def of_name(name: str) -> list[str]:
    """The words in a file's name. ``cat_on_sofa-03.mp4`` has two; ``IMG_1234.MOV`` none."""
    stem = PurePath(name).stem if "." in name[1:] else name
    parts = re.split(r"[\W\d_]+", _HUMP.sub(" ", unicodedata.normalize("NFC", stem)))
    words = [part.casefold() for part in parts]
    return [word for word in words if len(word) > 2 and word not in _CAMERA and word not in _SAY_NOTHING]


def language(spoken: str) -> str:
    """The first part of a language tag."""
    return spoken.lower().replace("_", "-").split("-")[0]


@lru_cache(maxsize=20_000)
def forms(word: str, tongue: str) -> frozenset[str]:
    """What ``word`` is known by in a language. One typed without its diacritics is known by the same."""
    bare = folded(word)
    if tongue not in _STEMMERS:
        return frozenset({bare})
    stemmer = _stemmer(tongue)
    return frozenset({bare, folded(stemmer.stemWord(word)), folded(stemmer.stemWord(bare))})


def is_part(short: str, long: str) -> bool:
    """Whether one folded word begins or ends with the other, as the parts of a compound do."""
    if len(short) > len(long):
        short, long = long, short
    return SHORTEST_PART <= len(short) < len(long) - 1 and (long.startswith(short) or long.endswith(short))


def distinct(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


@cache
def _stemmer(tongue: str) -> Any:
    return snowballstemmer.stemmer(_STEMMERS[tongue])
