"""A product of a feed as a brief shows it. Pure."""

from __future__ import annotations

import unicodedata

from contracts.faults import LogicalFault
from contracts.product import Money, Product
from contracts.showcase import BRAND_CHARS, PICTURES_MAX, Price, ShownProduct


def shown_product(product: Product) -> ShownProduct:
    """The product with its pictures by address, the first ones of very many.

    Raises:
        LogicalFault: it has no picture (``product_without_image``), or no letter to call it by (``product_unnamed``).
    """
    name = _one_line(product.title)
    if not any(letter.isalnum() for letter in name):
        raise LogicalFault(f"The product {product.id} has no name that can be read.", code="product_unnamed")
    if not product.images:
        raise LogicalFault(f"The product {product.id} has no image.", code="product_without_image")
    price = _price(product.price)
    return ShownProduct(
        name=name,
        brand=_one_line(product.brand)[:BRAND_CHARS],
        description=product.description.replace("\0", ""),
        price=price,
        sale_price=_price(product.sale_price) if price else None,
        picture_urls=product.images[:PICTURES_MAX],
    )


def _price(money: Money | None) -> Price | None:
    """None for what costs nothing: a price of 0 in a feed means that there is none."""
    return Price(amount=money.amount, currency=money.currency) if money and money.amount > 0 else None


def _one_line(text: str) -> str:
    return " ".join("".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in text).split())
