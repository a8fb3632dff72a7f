"""What a product's facts are called in texts with merge fields, written as its language writes them. Pure."""

from __future__ import annotations

import re
from decimal import ROUND_FLOOR, Decimal
from typing import Final

from babel.core import Locale, UnknownLocaleError
from babel.numbers import format_currency, format_percent

from contracts.product import Money, Product

# The names that a text may use for a product; each is there for every product, some with nothing in it.
FIELDS: Final = frozenset(
    {"id", "title", "brand", "category", "description", "availability", "price", "old_price", "discount"}
)
_LETTER_BEFORE_DIGIT: Final = re.compile(r"([^\W\d_])(?=\d)")
_FALLBACK: Final = "en"
# What people write where a currency is at home, while CLDR's usual symbol is its code (its narrow one is this).
_AT_HOME: Final = {("ro", "RON"): "lei"}


def merge_values(product: Product, language: str) -> dict[str, str]:
    """By the names of ``FIELDS``. ``price`` is what it costs now; ``old_price`` and ``discount`` only stand while it is
    cheaper than that. ``language`` is a tag such as ``ro`` or ``de-AT``; one that nobody knows is written as English.
    """
    locale = _locale(language)
    now = product.sale_price or product.price
    old = product.price if product.sale_price else None
    return {
        "id": product.id,
        "title": product.title,
        "brand": product.brand,
        "category": product.category,
        "description": product.description,
        "availability": product.availability,
        "price": money_text(now, locale) if now else "",
        "old_price": money_text(old, locale) if old else "",
        "discount": _discount(now, old, locale) if now and old else "",
    }


def money_text(money: Money, locale: Locale) -> str:
    """``1.249,90 lei``, ``$5.00``: with spaces that don't break, and one between letters and figures, too."""
    written = format_currency(money.amount, money.currency, locale=locale)
    at_home = _AT_HOME.get((locale.language, money.currency))
    if at_home:
        written = written.replace(money.currency, at_home)
    return _LETTER_BEFORE_DIGIT.sub("\\1\u00a0", written)


def _discount(now: Money, old: Money, locale: Locale) -> str:
    """Whole percents, never more than it is; nothing for less than one."""
    share = (1 - now.amount / old.amount).quantize(Decimal("0.01"), ROUND_FLOOR)
    return format_percent(-share, locale=locale) if share else ""


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_FALLBACK)
