"""Texts with merge fields."""

from __future__ import annotations

import pytest

from contracts.merging import BadTemplate, LacksValue, check, template


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Nothing to fill.", "Nothing to fill."),
        ("{title}, now {Sale Price}.", "Șosete, now 5 lei."),
        ("{ TITLE }", "Șosete"),
        ("{brand|From us}: {title}", "From us: Șosete"),
        ("{brand|}{title}", "Șosete"),
        ("{title|x}", "Șosete"),
        ("{{title}} costs {sale-price}", "{title} costs 5 lei"),
        ("{{{title}}}", "{Șosete}"),
        ("", ""),
    ],
)
def test_filled(text: str, filled: str):
    assert template(text).filled({"title": "Șosete", "sale_price": "5 lei", "brand": " "}) == filled


def test_a_value_is_data():
    assert template("{title}!").filled({"title": "{brand} }} {\\b1}<img>"}) == "{brand} }} {\\b1}<img>!"


@pytest.mark.parametrize(
    ("text", "at", "why"),
    [
        ("Only {title", 6, "has no “}”"),
        ("Only title}", 11, "has no “{”"),
        ("Only {}", 6, "names no field"),
        ("Only { | x}", 6, "names no field"),
        ("{a{b}", 1, "has no “}”"),
        ("{__class__}", 1, "names no field"),
        ("{a}" * 101, 1, "more than 100"),
    ],
)
def test_refused(text: str, at: int, why: str):
    with pytest.raises(BadTemplate, match=why) as refused:
        template(text)
    assert refused.value.at == at


def test_a_row_that_lacks_a_value_fails_by_name():
    with pytest.raises(LacksValue, match="no “brand”"):
        template("{brand}").filled({"brand": "  "})


def test_fields_that_no_row_can_have_are_told_before():
    found = template("{title} {colour|red}")
    check(found, frozenset({"title", "colour"}))
    with pytest.raises(BadTemplate, match=r"no field “colour”; there are: price, title \(character 9\)"):
        check(found, frozenset({"title", "price"}))
