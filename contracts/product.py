"""A product of a shop, whatever its feed looked like."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import orjson
from pydantic import Field

from contracts.values import Value

TITLE_CHARS = 300
DESCRIPTION_CHARS = 5_000
IMAGES_MAX = 20


class Money(Value):
    """An amount in a currency's main unit (12.50, not 1250); ``currency`` is its ISO 4217 code."""

    amount: Decimal
    currency: str = Field(pattern=r"^[A-Z]{3}$")


class Product(Value):
    """``id`` is the shop's own. ``sale_price`` is there only while it holds and if it is lower than ``price``.
    ``images`` are addresses, the main one first.
    """

    id: str
    title: str
    description: str = ""
    brand: str = ""
    category: str = ""
    availability: str = ""
    link: str = ""
    price: Money | None = None
    sale_price: Money | None = None
    images: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Hash (SHA-256, hex) of all that a video of it could show: the same one means nothing has to be made anew."""
        return hashlib.sha256(orjson.dumps(self.model_dump(mode="json"), option=orjson.OPT_SORT_KEYS)).hexdigest()
