"""What a product's facts are in a text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from contracts.merging import check, template
from contracts.naming import FIELDS, merge_values
from contracts.product import Money, Product


def product(price: str | None = "1249.90", sale: str | None = None, currency: str = "RON") -> Product:
    def money(text: str | None) -> Money | None:
        return None if text is None else Money(amount=Decimal(text), currency=currency)

    return Product(id="1", title="Șosete", brand="Lâna", price=money(price), sale_price=money(sale))


@pytest.mark.parametrize(
    ("language", "currency", "written"),
    [
        ("ro", "RON", "1.249,90\u00a0lei"),
        ("de-AT", "EUR", "€\u00a01.249,90"),
        ("en", "USD", "$1,249.90"),
        ("en", "RON", "RON\u00a01,249.90"),
        ("xx-unheard", "USD", "$1,249.90"),
        ("", "USD", "$1,249.90"),
    ],
)
def test_a_price_as_its_language_writes_it(language: str, currency: str, written: str):
    assert merge_values(product(currency=currency), language)["price"] == written


@pytest.mark.parametrize(
    ("price", "sale", "discount"),
    [("100.00", "80.00", "-20%"), ("3.00", "2.00", "-33%"), ("100.00", "99.50", ""), ("100.00", None, "")],
)
def test_a_discount_is_never_more_than_it_is(price: str, sale: str | None, discount: str):
    assert merge_values(product(price, sale), "en")["discount"] == discount


def test_what_it_costs_now_and_before():
    on_sale = merge_values(product("100.00", "80.00", "EUR"), "en")
    assert (on_sale["price"], on_sale["old_price"]) == ("€80.00", "€100.00")
    plain = merge_values(product("100.00", None, "EUR"), "en")
    assert (plain["price"], plain["old_price"]) == ("€100.00", "")
    assert merge_values(product(None), "en")["price"] == ""


def test_texts_are_checked_against_these_names():
    assert set(merge_values(product(), "ro")) == FIELDS
    words = template("{title}, {brand|noi}: {price}{discount|}")
    check(words, FIELDS)
    assert words.filled(merge_values(product(), "ro")) == "Șosete, Lâna: 1.249,90\u00a0lei"
