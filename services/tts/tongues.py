"""How a language says what is written in signs: numbers, dates, money, units. Pure.

A tongue turns values into words; recognising them in a text is ``normalise``'s part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from num2words import num2words

BIGGEST = 10**12 - 1  # longer numbers are read digit by digit: nobody says quintillions


@dataclass(frozen=True, slots=True)
class Unit:
    """A counted thing. Romanian ``one`` brings its article; ``feminine`` is about the numeral before ``many``."""

    one: str
    many: str
    feminine: bool = False


class Tongue:
    """What both languages share. ``decimal`` and ``group`` are the marks inside a written number."""

    code = ""
    decimal = "."
    group = ","
    point = ""
    minus = ""
    range_word = ""
    ratio = ""
    month_first = False
    percent: Unit
    months: tuple[str, ...] = ()
    month_abbreviations: ClassVar[dict[str, int]] = {}
    abbreviations: ClassVar[dict[str, str]] = {}
    symbols: ClassVar[dict[str, str]] = {}
    number_sign = ""
    currencies: ClassVar[dict[str, tuple[Unit, Unit]]] = {}
    units: ClassVar[dict[str, Unit]] = {}
    magnitudes: ClassVar[dict[str, int]] = {}
    magnitude_words: ClassVar[dict[str, str]] = {}
    fractions: ClassVar[dict[tuple[int, int], str]] = {}
    dot = ""
    at = ""
    slash = ""

    def cardinal(self, number: int, *, feminine: bool = False) -> str:
        raise NotImplementedError

    def ordinal(self, number: int, *, feminine: bool = False) -> str:
        raise NotImplementedError

    def year(self, number: int) -> str:
        raise NotImplementedError

    def counted(self, whole: int, fraction: str, unit: Unit) -> str:
        raise NotImplementedError

    def money(self, whole: int, cents: int, units: tuple[Unit, Unit]) -> str:
        raise NotImplementedError

    def clock(self, hour: int, minute: int) -> str:
        raise NotImplementedError

    def date(self, day: int, month: int, year: int | None) -> str:
        raise NotImplementedError

    def decade(self, year: int) -> str:
        return self.year(year)

    def digits(self, text: str) -> str:
        return " ".join(self.cardinal(int(digit)) for digit in text)

    def number(self, whole: int, fraction: str, *, feminine: bool = False) -> str:
        """``fraction`` is the digits after the mark: said one by one in English, as a number in Romanian."""
        said = self.cardinal(whole, feminine=feminine)
        return f"{said} {self.point} {self.digits(fraction)}" if fraction else said


class English(Tongue):
    code = "en"
    point = "point"
    minus = "minus"
    range_word = "to"
    ratio = "out of"
    month_first = True
    percent = Unit("percent", "percent")
    months = (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    )
    month_abbreviations: ClassVar[dict[str, int]] = {
        name: index + 1
        for index, names in enumerate(
            ("jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sep sept", "oct", "nov", "dec")
        )
        for name in names.split()
    }
    abbreviations: ClassVar[dict[str, str]] = {
        "mr.": "mister", "mr": "mister", "mrs.": "missus", "mrs": "missus", "ms.": "miz", "dr.": "doctor",
        "dr": "doctor", "prof.": "professor", "st.": "saint", "jr.": "junior", "sr.": "senior", "vs.": "versus",
        "vs": "versus", "etc.": "et cetera", "etc": "et cetera", "e.g.": "for example", "i.e.": "that is",
        "approx.": "approximately", "no.": "number", "dept.": "department", "est.": "established",
        "inc.": "incorporated", "ltd.": "limited", "co.": "company", "corp.": "corporation", "ft.": "feet",
        "w/": "with", "w/o": "without", "a.m.": "A M", "p.m.": "P M", "am": "A M", "pm": "P M", "tbsp": "tablespoons",
        "tsp": "teaspoons",
    }  # fmt: skip
    symbols: ClassVar[dict[str, str]] = {
        "&": "and", "+": "plus", "=": "equals", "@": "at", "%": "percent", "°": "degrees", "×": "times",
        "÷": "divided by", "±": "plus or minus", "~": "about", "≈": "about", "$": "dollar", "€": "euro", "£": "pound",
        "©": "copyright", "½": "one half", "¼": "one quarter", "¾": "three quarters", "§": "section",
    }  # fmt: skip
    number_sign = "number"
    currencies: ClassVar[dict[str, tuple[Unit, Unit]]] = {
        "$": (Unit("dollar", "dollars"), Unit("cent", "cents")),
        "€": (Unit("euro", "euros"), Unit("cent", "cents")),
        "£": (Unit("pound", "pounds"), Unit("penny", "pence")),
        "¥": (Unit("yen", "yen"), Unit("sen", "sen")),
        "₹": (Unit("rupee", "rupees"), Unit("paisa", "paise")),
        "usd": (Unit("dollar", "dollars"), Unit("cent", "cents")),
        "eur": (Unit("euro", "euros"), Unit("cent", "cents")),
        "gbp": (Unit("pound", "pounds"), Unit("penny", "pence")),
        "ron": (Unit("leu", "lei"), Unit("ban", "bani")),
    }
    units: ClassVar[dict[str, Unit]] = {
        "km": Unit("kilometer", "kilometers"), "m": Unit("meter", "meters"), "cm": Unit("centimeter", "centimeters"),
        "mm": Unit("millimeter", "millimeters"), "kg": Unit("kilogram", "kilograms"), "g": Unit("gram", "grams"),
        "mg": Unit("milligram", "milligrams"), "lb": Unit("pound", "pounds"), "lbs": Unit("pound", "pounds"),
        "oz": Unit("ounce", "ounces"), "ml": Unit("milliliter", "milliliters"), "l": Unit("liter", "liters"),
        "ft": Unit("foot", "feet"), "mi": Unit("mile", "miles"), "mph": Unit("mile per hour", "miles per hour"),
        "km/h": Unit("kilometer per hour", "kilometers per hour"),
        "kmh": Unit("kilometer per hour", "kilometers per hour"), "h": Unit("hour", "hours"),
        "hr": Unit("hour", "hours"), "hrs": Unit("hour", "hours"), "min": Unit("minute", "minutes"),
        "mins": Unit("minute", "minutes"), "sec": Unit("second", "seconds"), "s": Unit("second", "seconds"),
        "ms": Unit("millisecond", "milliseconds"), "°c": Unit("degree Celsius", "degrees Celsius"),
        "°f": Unit("degree Fahrenheit", "degrees Fahrenheit"), "°": Unit("degree", "degrees"),
        "kcal": Unit("kilocalorie", "kilocalories"), "cal": Unit("calorie", "calories"),
        "kw": Unit("kilowatt", "kilowatts"), "kwh": Unit("kilowatt hour", "kilowatt hours"),
        "w": Unit("watt", "watts"), "hz": Unit("hertz", "hertz"), "khz": Unit("kilohertz", "kilohertz"),
        "mhz": Unit("megahertz", "megahertz"), "ghz": Unit("gigahertz", "gigahertz"),
        "kb": Unit("kilobyte", "kilobytes"), "mb": Unit("megabyte", "megabytes"), "gb": Unit("gigabyte", "gigabytes"),
        "tb": Unit("terabyte", "terabytes"), "mah": Unit("milliamp hour", "milliamp hours"),
        "x": Unit("times", "times"), "m²": Unit("square meter", "square meters"),
        "m2": Unit("square meter", "square meters"),
    }  # fmt: skip
    magnitudes: ClassVar[dict[str, int]] = {"k": 10**3, "m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9}
    magnitude_words: ClassVar[dict[str, str]] = {name: name for name in ("thousand", "million", "billion", "trillion")}
    fractions: ClassVar[dict[tuple[int, int], str]] = {
        (1, 2): "one half", (1, 3): "one third", (2, 3): "two thirds", (1, 4): "one quarter",
        (3, 4): "three quarters", (24, 7): "twenty-four seven", (50, 50): "fifty fifty",
    }  # fmt: skip
    dot = "dot"
    at = "at"
    slash = "slash"

    def cardinal(self, number: int, *, feminine: bool = False) -> str:
        return str(num2words(number)).replace(",", "")

    def ordinal(self, number: int, *, feminine: bool = False) -> str:
        return str(num2words(number, to="ordinal")).replace(",", "")

    def year(self, number: int) -> str:
        if 2000 <= number < 2010:
            return self.cardinal(number).replace(" and ", " ")
        return str(num2words(number, to="year")).replace(",", "")

    def decade(self, year: int) -> str:
        said = self.year(year) if year >= 100 else self.cardinal(year)
        return f"{said[:-1]}ies" if said.endswith("y") else f"{said}s"

    def counted(self, whole: int, fraction: str, unit: Unit) -> str:
        return f"{self.number(whole, fraction)} {unit.one if whole == 1 and not fraction else unit.many}"

    def money(self, whole: int, cents: int, units: tuple[Unit, Unit]) -> str:
        said = self.counted(whole, "", units[0])
        if not cents:
            return said
        small = self.counted(cents, "", units[1])
        return f"{said} and {small}" if whole else small

    def clock(self, hour: int, minute: int) -> str:
        said = self.cardinal(hour)
        if minute == 0:
            return f"{said} o'clock" if 0 < hour <= 12 else f"{said} hundred"
        return f"{said} {'oh ' if minute < 10 else ''}{self.cardinal(minute)}"

    def date(self, day: int, month: int, year: int | None) -> str:
        said = f"{self.months[month - 1]} {self.ordinal(day)}"
        return f"{said} {self.year(year)}" if year else said


_RO_ONES = ["zero", "unu", "doi", "trei", "patru", "cinci", "șase", "șapte", "opt", "nouă"]
_RO_TEENS = [
    "zece",
    "unsprezece",
    "doisprezece",
    "treisprezece",
    "paisprezece",
    "cincisprezece",
    "șaisprezece",
    "șaptesprezece",
    "optsprezece",
    "nouăsprezece",
]
_RO_TENS = ["_", "_", "douăzeci", "treizeci", "patruzeci", "cincizeci", "șaizeci", "șaptezeci", "optzeci", "nouăzeci"]
_RO_FEMININE = {1: "una", 2: "două", 12: "douăsprezece"}
_RO_LARGE = (
    (10**9, "un miliard", "miliarde"),
    (10**6, "un milion", "milioane"),
    (10**3, "o mie", "mii"),
    (100, "o sută", "sute"),
)


class Romanian(Tongue):
    code = "ro"
    decimal = ","
    group = "."
    point = "virgulă"
    minus = "minus"
    range_word = "până la"
    ratio = "din"
    percent = Unit("la sută", "la sută")
    months = (
        "ianuarie",
        "februarie",
        "martie",
        "aprilie",
        "mai",
        "iunie",
        "iulie",
        "august",
        "septembrie",
        "octombrie",
        "noiembrie",
        "decembrie",
    )
    month_abbreviations: ClassVar[dict[str, int]] = {
        name: index + 1
        for index, names in enumerate(
            ("ian", "feb febr", "mart", "apr", "", "iun", "iul", "aug", "sept", "oct", "nov noi", "dec")
        )
        for name in names.split()
    }
    abbreviations: ClassVar[dict[str, str]] = {
        "dl.": "domnul", "dl": "domnul", "dna.": "doamna", "dna": "doamna", "d-na": "doamna", "d-ra": "domnișoara",
        "dr.": "doctor", "prof.": "profesor", "nr.": "numărul", "nr": "numărul", "str.": "strada",
        "bd.": "bulevardul", "etc.": "et cetera", "etc": "et cetera", "ex.": "exemplu", "aprox.": "aproximativ",
        "min.": "minute", "sec.": "secunde", "ș.a.": "și altele", "ș.a.m.d.": "și așa mai departe",
        "d.hr.": "după Hristos", "î.hr.": "înainte de Hristos", "pt.": "pentru", "pt": "pentru", "vs.": "versus",
        "vs": "versus",
    }  # fmt: skip
    symbols: ClassVar[dict[str, str]] = {
        "&": "și", "+": "plus", "=": "egal", "@": "a rond", "%": "la sută", "°": "grade", "×": "ori",
        "÷": "împărțit la", "±": "plus minus", "~": "aproximativ", "≈": "aproximativ", "$": "dolari", "€": "euro",
        "£": "lire", "½": "o jumătate", "¼": "un sfert", "¾": "trei sferturi", "§": "paragraful",
    }  # fmt: skip
    number_sign = "numărul"
    currencies: ClassVar[dict[str, tuple[Unit, Unit]]] = {
        "$": (Unit("un dolar", "dolari"), Unit("un cent", "cenți")),
        "€": (Unit("un euro", "euro"), Unit("un cent", "cenți")),
        "£": (Unit("o liră", "lire", feminine=True), Unit("un penny", "pence")),
        "usd": (Unit("un dolar", "dolari"), Unit("un cent", "cenți")),
        "eur": (Unit("un euro", "euro"), Unit("un cent", "cenți")),
        "ron": (Unit("un leu", "lei"), Unit("un ban", "bani")),
        "lei": (Unit("un leu", "lei"), Unit("un ban", "bani")),
    }
    units: ClassVar[dict[str, Unit]] = {
        "km": Unit("un kilometru", "kilometri"), "m": Unit("un metru", "metri"),
        "cm": Unit("un centimetru", "centimetri"), "mm": Unit("un milimetru", "milimetri"),
        "kg": Unit("un kilogram", "kilograme", feminine=True), "g": Unit("un gram", "grame", feminine=True),
        "mg": Unit("un miligram", "miligrame", feminine=True), "ml": Unit("un mililitru", "mililitri"),
        "l": Unit("un litru", "litri"), "km/h": Unit("un kilometru pe oră", "kilometri pe oră"),
        "h": Unit("o oră", "ore", feminine=True), "min": Unit("un minut", "minute", feminine=True),
        "sec": Unit("o secundă", "secunde", feminine=True), "s": Unit("o secundă", "secunde", feminine=True),
        "°c": Unit("un grad Celsius", "grade Celsius", feminine=True), "°": Unit("un grad", "grade", feminine=True),
        "kcal": Unit("o kilocalorie", "kilocalorii", feminine=True), "kw": Unit("un kilowatt", "kilowați"),
        "w": Unit("un watt", "wați"), "gb": Unit("un gigabait", "gigabaiți"), "mb": Unit("un megabait", "megabaiți"),
        "tb": Unit("un terabait", "terabaiți"), "x": Unit("o dată", "ori", feminine=True),
        "m²": Unit("un metru pătrat", "metri pătrați"), "mp": Unit("un metru pătrat", "metri pătrați"),
    }  # fmt: skip
    magnitudes: ClassVar[dict[str, int]] = {"k": 10**3}
    magnitude_words: ClassVar[dict[str, str]] = {
        "mii": "de mii", "milion": "milion de", "milioane": "milioane de", "mil.": "milioane de",
        "miliarde": "miliarde de", "mld.": "miliarde de",
    }  # fmt: skip
    fractions: ClassVar[dict[tuple[int, int], str]] = {
        (1, 2): "o jumătate", (1, 3): "o treime", (2, 3): "două treimi", (1, 4): "un sfert", (3, 4): "trei sferturi",
        (24, 7): "douăzeci și patru șapte", (50, 50): "cincizeci cincizeci",
    }  # fmt: skip
    dot = "punct"
    at = "a rond"
    slash = "slash"

    def cardinal(self, number: int, *, feminine: bool = False) -> str:
        for size, one, many in _RO_LARGE:
            if number >= size:
                count, rest = divmod(number, size)
                head = one if count == 1 else f"{self.cardinal(count, feminine=True)}{self._of(count)} {many}"
                return f"{head} {self.cardinal(rest, feminine=feminine)}" if rest else head
        return self._below_hundred(number, feminine=feminine)

    def _below_hundred(self, number: int, *, feminine: bool) -> str:
        if feminine and number in _RO_FEMININE:
            return _RO_FEMININE[number]
        if number < 10:
            return _RO_ONES[number]
        if number < 20:
            return _RO_TEENS[number - 10]
        tens, ones = divmod(number, 10)
        tail = f" și {self._below_hundred(ones, feminine=feminine)}" if ones else ""
        return f"{_RO_TENS[tens]}{tail}"

    @staticmethod
    def _of(count: int) -> str:
        """From 20 on a counted thing wants ``de``; 101..119 and the like do not."""
        return " de" if count >= 20 and not 1 <= count % 100 <= 19 else ""

    def number(self, whole: int, fraction: str, *, feminine: bool = False) -> str:
        said = self.cardinal(whole, feminine=feminine)
        if not fraction:
            return said
        zeros = len(fraction) - len(fraction.lstrip("0"))
        rest = self.cardinal(int(fraction)) if fraction.strip("0") else ""
        return " ".join(filter(None, (said, self.point, *["zero"] * zeros, rest)))

    def ordinal(self, number: int, *, feminine: bool = False) -> str:
        if feminine:
            short = {1: "întâi", 2: "doua", 3: "treia", 4: "patra", 8: "opta", 9: "noua"}
            said = self.cardinal(number, feminine=True)
            return short.get(number) or f"{said.removesuffix('i').removesuffix('e')}ea"
        short = {1: "întâi", 2: "doilea", 3: "treilea", 4: "patrulea", 8: "optulea", 9: "nouălea"}
        return short.get(number) or f"{self.cardinal(number)}lea"

    def year(self, number: int) -> str:
        return self.cardinal(number)

    def counted(self, whole: int, fraction: str, unit: Unit) -> str:
        if whole == 1 and not fraction:
            return unit.one
        said = self.number(whole, fraction, feminine=unit.feminine)
        return f"{said}{'' if fraction else self._of(whole)} {unit.many}"

    def money(self, whole: int, cents: int, units: tuple[Unit, Unit]) -> str:
        said = self.counted(whole, "", units[0])
        if not cents:
            return said
        small = self.counted(cents, "", units[1])
        return f"{said} și {small}" if whole else small

    def clock(self, hour: int, minute: int) -> str:
        said = self.cardinal(hour, feminine=True)
        return f"{said} și {self.cardinal(minute, feminine=True)}" if minute else said

    def date(self, day: int, month: int, year: int | None) -> str:
        said = f"{'întâi' if day == 1 else self.cardinal(day)} {self.months[month - 1]}"
        return f"{said} {self.year(year)}" if year else said


TONGUES: dict[str, Tongue] = {tongue.code: tongue for tongue in (English(), Romanian())}
