"""From what is typed to what is said. Pure.

Every token (white space on both sides) becomes none, one or several spoken words; the token is what a subtitle
shows, the words are what a synthesiser gets: letters, and the few marks a voice breathes at. Nothing else is let
through, so that no text can be markup, a command or a phoneme code to a synthesiser. English and Romanian numbers,
dates, money and the like are written out; in other languages espeak-ng's own reading of digits is used.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from services.tts.tongues import BIGGEST, TONGUES, Tongue, Unit

REVISION = 1  # part of a cache key: count up when the same text comes out differently

LONGEST_WORD = 40  # letters; espeak-ng cuts off a word near 160 bytes, and nobody says one that long in one go

_PAUSES = ".?!:;,"
_PAUSE_OF = {
    "…": ".",
    "。": ".",
    "、": ",",
    "，": ",",
    "？": "?",
    "！": "!",
    "—": ",",
    "–": ",",
    "؟": "?",
    "،": ",",
    "।": ".",
}
_OPENING = "\"'“”„‘’«»‹›([{<¿¡*_`~|"
_CLOSING = "\"'“”„‘’«»‹›)]}>*_`~|"
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'"})
_COMMA_BELOW = str.maketrans({"ş": "ș", "Ş": "Ș", "ţ": "ț", "Ţ": "Ț"})
_FOREIGN_SIGNS = "%$€£&+=°@"  # espeak-ng knows their names in its languages
_DASHES = "-–—−"


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """One word for a voice. ``token`` counts typed tokens; ``pause`` is the mark after it, or nothing."""

    token: int
    text: str
    pause: str = ""


def spoken_words(tokens: Sequence[str], language: str) -> tuple[SpokenWord, ...]:
    """What is said for ``tokens``. A token without a sound is not mentioned; its pause goes to the word before."""
    tongue = TONGUES.get(language)
    clean = [_clean(token, language) for token in tokens]
    out: list[SpokenWord] = []
    for index, token in enumerate(clean):
        text = (_Reader(tongue, clean, index).say() if tongue else _foreign(token)) if token else ""
        out.extend(SpokenWord(index, word) for part in text.split() for word in _cut(part))
        pause = "" if tongue and _is_dotted(token, tongue) and index + 1 < len(tokens) else _pause_after(token)
        if pause and out and not out[-1].pause:
            out[-1] = SpokenWord(out[-1].token, out[-1].text, pause)
    return tuple(out)


def _clean(token: str, language: str) -> str:
    """Composed letters, plain apostrophes, no controls, no invisible characters, no lone surrogates."""
    text = unicodedata.normalize("NFC", token).translate(_APOSTROPHES)
    if language == "ro":
        text = text.translate(_COMMA_BELOW)
    return "".join(char for char in text if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"})


def _pause_after(token: str) -> str:
    tail = token.rstrip(_CLOSING)
    last = tail[-1:]
    return last if last and last in _PAUSES else _PAUSE_OF.get(last, "")


def _is_dotted(token: str, tongue: Tongue) -> bool:
    """The dot of ``Dr.`` or ``a.m.`` ends no sentence."""
    bare = token.strip(_OPENING + _CLOSING).lower()
    return bare in tongue.abbreviations or re.fullmatch(r"(?:[^\W\d_]\.)+", bare) is not None


def _cut(word: str) -> Iterator[str]:
    for start in range(0, len(word), LONGEST_WORD):
        yield word[start : start + LONGEST_WORD]


def _letters(text: str, also: str = "") -> str:
    """Runs of letters with their marks and inner apostrophes and hyphens; all else becomes a space."""
    kept = "".join(
        char if unicodedata.category(char)[0] in "LM" or char in "'-" or char in also else " " for char in text
    )
    words = (word.strip("'-") for word in kept.split())
    return " ".join(word for word in words if word)


def _foreign(token: str) -> str:
    """A token of a language without a tongue: letters, whole numbers as they are written, signs espeak-ng can name."""
    parts = re.findall(r"\d+(?:[.,]\d+)*|[^\d]+", "".join(_plain_digit(char) for char in token))
    return " ".join(part if part[0].isdigit() else _foreign_letters(part) for part in parts)


def _foreign_letters(part: str) -> str:
    return _letters(part, _FOREIGN_SIGNS)


def _plain_digit(char: str) -> str:
    """Digits and number-like signs (``²``, ``①``, Arabic digits) as ASCII digits."""
    value = unicodedata.digit(char, None)
    return char if value is None else str(value)


_Rule = Callable[["_Reader"], str | None]


class _Reader:
    """Reads the token at ``index``, looking at its neighbours. ``core`` is it without quotes and final marks."""

    def __init__(self, tongue: Tongue, tokens: Sequence[str], index: int) -> None:
        self.tongue = tongue
        self.before = _core(tokens[index - 1]).lower() if index else ""
        self.after = _core(tokens[index + 1]).lower() if index + 1 < len(tokens) else ""
        self.beyond = _core(tokens[index + 2]).lower() if index + 2 < len(tokens) else ""
        self.name_follows = index + 1 < len(tokens) and _core(tokens[index + 1])[:1].isupper()
        self.token = tokens[index]
        self.core = _core(self.token)
        self.low = self.core.lower()

    def say(self) -> str:
        for rule in _RULES:
            said = rule(self)
            if said is not None:
                return said
        return self.piecewise(self.core)

    # what is read word by word

    def abbreviation(self) -> str | None:
        tongue, dotted = self.tongue, f"{self.low}."
        key = dotted if dotted in tongue.abbreviations and dotted in self.token.lower() else self.low
        said = tongue.abbreviations.get(key)
        if said is None or (key in {"am", "pm"} and not self.before[-1:].isdigit()):
            return None
        if key == "no." and not self.after[:1].isdigit():
            return None
        if key == "st." and not self.name_follows:
            return "street"
        if key == "ft." and not self.before[-1:].isdigit():
            return "featuring"
        return said

    def initials(self) -> str | None:
        """U.S.A., or J.: kept with inner dots, so that a voice spells it."""
        return self.core if re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", self.core) else None

    def month(self) -> str | None:
        number = self.tongue.month_abbreviations.get(self.low)
        near_day = self.after[:1].isdigit() or self.before[:1].isdigit()
        return self.tongue.months[number - 1] if number and near_day else None

    def address(self) -> str | None:
        """Web and mail addresses, handles and hashtags."""
        core = re.sub(r"^(?:https?://)?(?:www\.)?(?=\S+\.\S)", "", self.core, flags=re.IGNORECASE)
        web = re.fullmatch(r"[\w\-]+(?:\.[\w\-]+)*\.[a-z]{2,}(?:[/?#:]\S*)?", core, flags=re.IGNORECASE)
        mail = re.fullmatch(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+", core)
        if not (mail or (web and _is_address(self.core, core))):
            return None
        names = {".": self.tongue.dot, "@": self.tongue.at, "/": self.tongue.slash}
        named = "".join(f" {names[char]} " if char in names else char for char in core.rstrip("/"))
        return self.piecewise(named.replace("-", " "))

    # what is read as a number

    def money(self) -> str | None:
        signs = "".join(re.escape(sign) for sign in self.tongue.currencies if len(sign) == 1)
        found = re.fullmatch(rf"([-−])?([{signs}])([-−])?([\d.,]+)([a-z]{{0,2}})", self.low)
        sign, digits, size = (found[2], found[4], found[5]) if found else ("", "", "")
        if not found:
            found = re.fullmatch(rf"([-−])?([\d.,]+)([{signs}]|usd|eur|gbp|ron|lei)", self.low)
            sign, digits = (found[3], found[2]) if found else ("", "")
        if not found:
            return None
        said = self._amount(digits, size, sign)
        negative = any(mark and mark in _DASHES for mark in found.groups())
        return f"{self.tongue.minus} {said}" if negative and said else said

    def _amount(self, digits: str, size: str, sign: str) -> str | None:
        number = self._parse(digits)
        units = self.tongue.currencies.get(sign)
        if number is None or units is None or (size and size not in self.tongue.magnitudes):
            return None
        whole, fraction = number
        if size or self.after in self.tongue.magnitude_words:
            return self._large_amount(whole, fraction, size, units[0])
        if len(fraction) <= 2:
            return self.tongue.money(whole, int(fraction.ljust(2, "0")) if fraction else 0, units)
        return self.tongue.counted(whole, fraction, units[0])

    def _large_amount(self, whole: int, fraction: str, size: str, unit: Unit) -> str | None:
        if not size:  # "$5 million": the coin is named after the magnitude
            return self.tongue.number(whole, fraction)
        factor = self.tongue.magnitudes[size]
        scaled = whole * factor + (int(fraction) * factor // 10 ** len(fraction) if fraction else 0)
        return self.tongue.counted(scaled, "", unit) if scaled <= BIGGEST else None

    def magnitude(self) -> str | None:
        """The ``million`` of ``$5 million``."""
        sign = self.before[:1]
        said = self.tongue.magnitude_words.get(self.low)
        if said is None or sign not in self.tongue.currencies or not self.before[1:2].isdigit():
            return None
        return f"{said} {self.tongue.currencies[sign][0].many}"

    def percent(self) -> str | None:
        found = re.fullmatch(r"([+\-−])?([\d.,]+)(?:[-–]([\d.,]+))?%", self.core)
        if not found:
            return None
        numbers = [self._number(digits) for digits in found.groups()[1:] if digits]
        if None in numbers:
            return None
        sign = {"+": self.tongue.symbols["+"], None: ""}.get(found[1], self.tongue.minus)
        said = f" {self.tongue.range_word} ".join(number for number in numbers if number)
        return f"{sign} {said} {self.tongue.percent.many}"

    def clock(self) -> str | None:
        found = re.fullmatch(r"(\d{1,2}):(\d{2})(am|pm|a\.m|p\.m)?", self.low) or re.fullmatch(
            r"(\d{1,2})()(am|pm)", self.low
        )
        if not found or int(found[1]) > 24 or int(found[2] or 0) > 59:
            return None
        hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
        half = half or self.after.replace(".", "") in {"am", "pm"}
        said = self.tongue.cardinal(hour) if half and minute == 0 else self.tongue.clock(hour, minute)
        return f"{said} {found[3][0].upper()} M" if found[3] else said

    def date(self) -> str | None:
        found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", self.core)
        if found:
            return self._date(int(found[3]), int(found[2]), int(found[1]))
        found = re.fullmatch(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4})", self.core)
        if not found:
            return None
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        month_first = self.tongue.month_first and found[2] != "." and first <= 12
        return self._date(second, first, year) if month_first else self._date(first, second, year)

    def _date(self, day: int, month: int, year: int) -> str | None:
        fits = 1 <= day <= 31 and 1 <= month <= 12 and 1000 <= year <= 2999
        return self.tongue.date(day, month, year) if fits else None

    def day(self) -> str | None:
        """The 25 of ``December 25`` and ``25 December``, in a language that says it as an ordinal."""
        found = re.fullmatch(r"\d{1,2}", self.core)
        if not found or not self.tongue.month_first or not 1 <= int(self.core) <= 31:
            return None
        said = self.tongue.ordinal(int(self.core))
        if self._is_month(self.before):
            return said
        return f"{said} of" if self._is_month(self.after) else None

    def _is_month(self, word: str) -> bool:
        # "may" is most often a verb: only a capital would tell, and neighbours are compared in small letters
        names = {month.lower() for month in self.tongue.months} - {"may", "march"}
        return word in names or word in self.tongue.month_abbreviations

    def year(self) -> str | None:
        found = re.fullmatch(r"'?(\d{2,4})(s|'s)?", self.low)
        if not found or len(found[1]) == 3:
            return None
        number, plural = int(found[1]), found[2]
        if plural and number % 10 == 0 and self.tongue.code == "en":
            return self.tongue.decade(number)
        looks = len(found[1]) == 4 and (1900 < number < 2100 or (1000 < number < 1900 and self.before in _YEAR_HINTS))
        counted = self.after in self.tongue.units
        return self.tongue.year(number) if looks and not plural and not counted else None

    def ordinal(self) -> str | None:
        found = re.fullmatch(r"(\d{1,9})(?:st|nd|rd|th)", self.low) if self.tongue.code == "en" else None
        if found:
            return self.tongue.ordinal(int(found[1]))
        found = re.fullmatch(r"(\d{1,9})-?(lea|a)", self.low) if self.tongue.code == "ro" else None
        return self.tongue.ordinal(int(found[1]), feminine=found[2] == "a") if found else None

    def fraction(self) -> str | None:
        found = re.fullmatch(r"(\d{1,4})/(\d{1,4})", self.core)
        if not found:
            return None
        top, bottom = int(found[1]), int(found[2])
        link = self.tongue.ratio if top <= bottom else self.tongue.slash
        return self.tongue.fractions.get((top, bottom)) or (
            f"{self.tongue.cardinal(top)} {link} {self.tongue.cardinal(bottom)}"
        )

    def span(self) -> str | None:
        """``5-10``, ``10–20kg``: from the smaller to the larger."""
        found = re.fullmatch(r"([\d.,]+)[-–]([\d.,]+)(\D{0,4})", self.core)
        if not found or found[1][0] == "0":
            return None
        low, high = self._parse(found[1]), self._parse(found[2])
        unit = self.tongue.units.get(found[3].lower())
        if low is None or high is None or low >= high or (found[3] and unit is None):
            return None
        if high[0] > 9999 or len(found[1]) == 3 < len(found[2]):  # 555-1234 is a telephone number
            return None
        years = all(1900 < number < 2100 and not fraction for number, fraction in (low, high))
        first = self.tongue.year(low[0]) if years else self.tongue.number(*low)
        if unit:
            second = self.tongue.counted(*high, unit)
        else:
            second = self.tongue.year(high[0]) if years else self.tongue.number(*high)
        return f"{first} {self.tongue.range_word} {second}"

    def measure(self) -> str | None:
        """``5km``, ``20°C``, ``10x``; the 5 of ``5 km`` says both, and then ``km`` nothing (see ``unit``)."""
        found = re.fullmatch(r"([-−])?([\d.,]+)([^\d.,]\S{0,4})?", self.low)
        if not found:
            return None
        unit = self.tongue.units.get(found[3]) if found[3] else self._separate_unit()
        number = self._parse(found[2])
        if unit is None or number is None:
            return None
        minus = f"{self.tongue.minus} " if found[1] else ""
        if not found[3]:  # the unit is a token of its own and says its own name
            said = self.tongue.counted(*number, unit)
            return minus + (said.removesuffix(f" {unit.many}").removesuffix(f" {unit.one.split()[-1]}"))
        return minus + self.tongue.counted(*number, unit)

    def _separate_unit(self) -> Unit | None:
        return self.tongue.units.get(self.after) or self.tongue.currencies.get(self.after, (None,))[0]

    def unit(self) -> str | None:
        """The ``km`` of ``5 km``, the ``RON`` of ``20 RON``."""
        unit = self.tongue.units.get(self.low) or self.tongue.currencies.get(self.low, (None,))[0]
        if unit is None or not re.fullmatch(r"[-−]?[\d.,]*\d", self.before):
            return None
        return unit.one.removeprefix("un ").removeprefix("o ") if self.before == "1" else unit.many

    def magnified(self) -> str | None:
        """``10k``, ``2.5M`` without a currency."""
        found = re.fullmatch(r"([\d.,]+)(k|m|mn|b|bn)", self.low)
        number = self._parse(found[1]) if found else None
        if self.core in {"2K", "4K", "5K", "8K"}:  # a resolution or a run, not thousands
            return self.piecewise(self.core)
        if not found or number is None or found[2] not in self.tongue.magnitudes:
            return None
        whole, fraction = number
        factor = self.tongue.magnitudes[found[2]]
        scaled = whole * factor + (int(fraction) * factor // 10 ** len(fraction) if fraction else 0)
        return self.tongue.cardinal(scaled) if scaled <= BIGGEST else None

    def hash_number(self) -> str | None:
        found = re.fullmatch(r"#(\d{1,9})", self.core)
        return f"{self.tongue.number_sign} {self.tongue.cardinal(int(found[1]))}" if found else None

    def plain_number(self) -> str | None:
        found = re.fullmatch(r"([+\-−])?(\d[\d.,]*)(\+)?", self.core)
        said = self._number(found[2]) if found else None
        if not found or said is None:
            return None
        sign = {"+": self.tongue.symbols["+"], None: ""}.get(found[1], self.tongue.minus)
        return f"{sign} {said} {self.tongue.symbols['+'] if found[3] else ''}"

    def _number(self, digits: str) -> str | None:
        number = self._parse(digits)
        if number is None:
            return None
        if digits[0] == "0" and digits.isdigit() and len(digits) > 1:
            return self.tongue.digits(digits[:LONGEST_WORD])
        if self.tongue.code == "ro" and not number[1]:
            return self._romanian_count(number[0])
        return self.tongue.number(*number)

    def _romanian_count(self, number: int) -> str:
        noun = self.beyond if self.after == "de" else self.after
        if number == 1 and noun[:1].isalpha():
            return "o" if noun.endswith(("ă", "e", "i", "a")) else "un"
        return self.tongue.cardinal(number, feminine=_feminine_plural(noun))

    def _parse(self, digits: str) -> tuple[int, str] | None:
        """``1,200.5`` as (1200, "5") by the tongue's own marks; the other language's where only they make sense."""
        digits = digits.rstrip(".,")
        for group, decimal in ((self.tongue.group, self.tongue.decimal), (self.tongue.decimal, self.tongue.group)):
            whole = rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+|\d{{1,12}}"
            found = re.fullmatch(rf"({whole})(?:{re.escape(decimal)}(\d{{1,6}}))?", digits)
            if found:
                value = int(found[1].replace(group, ""))
                return (value, found[2] or "") if value <= BIGGEST else None
        return None

    # what is left

    def piecewise(self, text: str) -> str:
        """Letters as words, digits as numbers, signs by their names where they have one."""
        plain = "".join(_plain_digit(char) if char not in self.tongue.symbols else char for char in text)
        parts = re.findall(r"\d+|\D+", plain)
        return " ".join(self._digits(part) if part[0].isdigit() else self._words(part) for part in parts)

    def _digits(self, digits: str) -> str:
        if len(digits) <= 12 and (digits[0] != "0" or digits == "0"):
            return self.tongue.cardinal(int(digits))
        return self.tongue.digits(digits)

    def _words(self, text: str) -> str:
        named = "".join(self._sign(char) if char in self.tongue.symbols else char for char in text)
        return _letters(named.replace("--", " "))

    def _sign(self, char: str) -> str:
        return f" {self.tongue.symbols[char]} "


_YEAR_HINTS = frozenset(
    [
        "in",
        "since",
        "by",
        "of",
        "from",
        "until",
        "till",
        "before",
        "after",
        "around",
        "year",
        "anul",
        "din",
        "până",
        "după",
        "înainte",
        "între",
        "and",
        "to",
    ]
)

_RULES: tuple[_Rule, ...] = (
    _Reader.abbreviation,
    _Reader.initials,
    _Reader.month,
    _Reader.magnitude,
    _Reader.unit,
    _Reader.money,
    _Reader.percent,
    _Reader.clock,
    _Reader.date,
    _Reader.day,
    _Reader.ordinal,
    _Reader.year,
    _Reader.fraction,
    _Reader.span,
    _Reader.measure,
    _Reader.magnified,
    _Reader.hash_number,
    _Reader.plain_number,
    _Reader.address,
)


def _core(token: str) -> str:
    core = token.lstrip(_OPENING)
    while core and (core[-1] in _CLOSING or core[-1] in ".?!:;,…"):
        core = core[:-1]
    return core


def _is_address(token: str, core: str) -> bool:
    """``end.Start`` is two sentences without a space, not a domain."""
    return token != core or "/" in core or core.lower().rsplit(".", 1)[-1] in _TOP_LEVELS


_TOP_LEVELS = frozenset(
    [
        "com",
        "org",
        "net",
        "io",
        "ai",
        "app",
        "dev",
        "co",
        "uk",
        "ro",
        "eu",
        "de",
        "fr",
        "it",
        "es",
        "me",
        "tv",
        "shop",
        "store",
        "info",
        "gov",
        "edu",
    ]
)

_FEMININE_WORDS = frozenset(
    ["luni", "săptămâni", "ori", "părți", "țări", "cărți", "femei", "nopți", "seri", "lecții", "idei"]
)


def _feminine_plural(word: str) -> bool:
    """Romanian feminine and neuter plurals, which take două: a guess from the ending, good for most nouns."""
    return word in _FEMININE_WORDS or word.endswith(("e", "uri", "ii", "ări", "ități"))
