"""Prices as shops write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.catalog.prices import price


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("19.99 EUR", "19.99", "EUR"),
        ("EUR 19,99", "19.99", "EUR"),
        ("1.299,00 lei", "1299.00", "RON"),
        ("1.299 lei", "1299.00", "RON"),
        ("1,299.50 USD", "1299.50", "USD"),
        ("$5", "5.00", "USD"),
        ("1\u00a0299,9 Kč", "1299.90", "CZK"),
        ("1'299.90 CHF", "1299.90", "CHF"),
        ("0.299 EUR", "0.30", "EUR"),
        ("1.299 KWD", "1.299", "KWD"),
        ("1,234,567 VND", "1234567", "VND"),
        ("12.345.678,90 RON", "12345678.90", "RON"),
        ("12 лв.", "12.00", "BGN"),
        ("0 RON", "0.00", "RON"),
    ],
)
def test_read(text: str, amount: str, currency: str):
    seen = price(text)
    assert (seen.amount, seen.currency) == (Decimal(amount), currency)


def test_a_bare_number_takes_the_currency_of_its_feed():
    assert price("12,5", "RON").amount == Decimal("12.50")
    assert price("12 EUR", "RON").currency == "EUR"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no price"),
        ("soon", "no price"),
        ("-5 EUR", "no price"),
        ("1.2.3 EUR", "no price"),
        ("1,23.456,7 EUR", "no price"),
        ("9" * 13 + " EUR", "no price"),
        ("9" * 60 + " EUR", "no price"),
        ("12.50", "names no currency"),
        ("12 bananas", "no currency known"),
        ("$12 EUR", "two currencies"),
        ("10 - 20 EUR", "no price"),
    ],
)
def test_refused(text: str, why: str):
    with pytest.raises(ValueError, match=why):
        price(text)
