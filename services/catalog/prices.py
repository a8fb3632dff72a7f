"""Reads what shops write for a price: ``19.99 EUR``, ``1.299,00 lei``, ``$5``, ``1 299 Kč``. Pure."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from contracts.product import Money

AMOUNT_MAX: Final = Decimal(10) ** 12
_AMOUNT_CHARS: Final = 24  # far more than the largest amount needs, and what Decimal can round

# Signs and short names that mean one currency, in lower case. "kr" and "¥" stand for several: they need a code.
_SIGNS: Final = {
    "$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "lei": "RON", "leu": "RON", "zł": "PLN", "zl": "PLN", "kč": "CZK",
    "kc": "CZK", "ft": "HUF", "лв": "BGN", "лв.": "BGN", "₺": "TRY", "tl": "TRY", "₴": "UAH", "₽": "RUB", "₹": "INR",
    "r$": "BRL", "₪": "ILS", "₩": "KRW", "a$": "AUD", "c$": "CAD",
}  # fmt: skip
# Digits behind the point by ISO 4217, where they are not two.
_DIGITS: Final = {"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3, "JPY": 0, "KRW": 0, "VND": 0}
_SPACES: Final = re.compile(r"[\s\u00a0\u202f'’]+")
_PRICE: Final = re.compile(r"(?P<before>[^\d\s.,+-]*)(?P<amount>[0-9][0-9.,]*)(?P<after>[^\d,+-]*)")
_CODE: Final = re.compile(r"[a-z]{3}")


def price(text: str, currency: str | None = None) -> Money:
    """``currency`` is meant where the text names none. ValueError says what can't be read, for a person."""
    shown = text.strip()[:80]
    found = _PRICE.fullmatch(_SPACES.sub("", shown))
    if found is None:
        raise ValueError(f"“{shown}” is no price; “19.99 EUR” would be one")
    names = [name for name in (found["before"], found["after"]) if name]
    if len(names) > 1:
        raise ValueError(f"“{shown}” names two currencies")
    code = _currency(names[0]) if names else currency
    if code is None:
        raise ValueError(
            f"“{shown}” names no currency; “{shown} EUR” would"
            if not names
            else f"“{names[0]}” is no currency known here"
        )
    amount = _amount(found["amount"], _DIGITS.get(code, 2))
    if amount is None or amount >= AMOUNT_MAX:
        raise ValueError(f"“{shown}” is no price; “19.99 EUR” would be one")
    return Money(amount=amount, currency=code)


def _currency(name: str) -> str | None:
    low = name.casefold()
    return _SIGNS.get(low) or (low.upper() if _CODE.fullmatch(low) else None)


def _amount(text: str, digits: int) -> Decimal | None:
    """Of a point and a comma the last one is the decimal mark. One alone before three digits parts thousands, unless
    the currency has three digits behind its point, or what comes before is a nought.
    """
    text = text.rstrip(".,")
    if len(text) > _AMOUNT_CHARS:
        return None
    mark = max(text.rfind("."), text.rfind(","))
    if mark < 0:
        return _rounded(text, "", digits)
    whole, part = text[:mark], text[mark + 1 :]
    other = "," if text[mark] == "." else "."
    if text[mark] in whole:  # twice the same: it parts thousands, all of them
        return None if other in text else _grouped(text, text[mark], digits)
    if other not in whole and len(part) == 3 and digits != 3 and whole != "0":
        return _grouped(text, text[mark], digits)
    joined = _grouped(whole, other, 0) if other in whole else Decimal(whole)
    return None if joined is None else _rounded(str(joined), part, digits)


def _grouped(text: str, mark: str, digits: int) -> Decimal | None:
    first, *groups = text.split(mark)
    right = 1 <= len(first) <= 3 and all(len(group) == 3 for group in groups)
    return _rounded("".join((first, *groups)), "", digits) if right else None


def _rounded(whole: str, part: str, digits: int) -> Decimal:
    return Decimal(f"{whole}.{part or 0}").quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
