"""Product feeds: which column means what, and what an import came to. Pure."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from contracts.values import Asked, Value


class Columns(Asked):
    """Which column of a feed a product's fields are in, where their usual names don't tell. ``currency`` (ISO 4217) is
    meant where a price names none.
    """

    id: str | None = Field(None, max_length=100)
    title: str | None = Field(None, max_length=100)
    description: str | None = Field(None, max_length=100)
    brand: str | None = Field(None, max_length=100)
    category: str | None = Field(None, max_length=100)
    availability: str | None = Field(None, max_length=100)
    link: str | None = Field(None, max_length=100)
    price: str | None = Field(None, max_length=100)
    sale_price: str | None = Field(None, max_length=100)
    images: str | None = Field(None, max_length=100)
    currency: str | None = Field(None, pattern=r"^[A-Z]{3}$")


class ProductState(StrEnum):
    """How a product stands against the import before the last one."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    GONE = "gone"


class Counts(Value):
    """What was in a feed, in products. ``gone`` are those that the import before had; ``wrong`` counts rows that make
    no product; the last two are of those that are there.
    """

    products: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    wrong: int = 0
    without_image: int = 0
    without_price: int = 0
