"""What a product of a feed looks like in a brief."""

from __future__ import annotations

from decimal import Decimal

import pytest

from contracts.faults import LogicalFault
from contracts.product import Money, Product
from contracts.showcase import BRAND_CHARS, PICTURES_MAX
from services.catalog.briefing import shown_product

IMAGES = tuple(f"https://shop.example/{place}.jpg" for place in range(20))


def test_texts_become_one_line_and_many_pictures_the_first_ones():
    product = Product(id="1", title="A\tcup\n of  tea", brand="b" * 200, images=IMAGES)

    shown = shown_product(product)

    assert shown.name == "A cup of tea"
    assert shown.brand == "b" * BRAND_CHARS
    assert shown.picture_urls == IMAGES[:PICTURES_MAX]


def test_a_price_of_nothing_is_none():
    euro = Money(amount=Decimal("5.00"), currency="EUR")
    free = Money(amount=Decimal(0), currency="EUR")

    assert shown_product(Product(id="1", title="Cup", price=euro, images=IMAGES)).price is not None
    assert shown_product(Product(id="1", title="Cup", price=free, sale_price=free, images=IMAGES)).sale_price is None


@pytest.mark.parametrize(
    ("product", "code"),
    [
        (Product(id="1", title="Cup"), "product_without_image"),
        (Product(id="1", title=" ☕ ", images=IMAGES), "product_unnamed"),
    ],
)
def test_what_can_not_be_shown_is_told(product: Product, code: str):
    with pytest.raises(LogicalFault) as refused:
        shown_product(product)
    assert refused.value.code == code
