"""Product videos: what is asked for, and what is written over the pictures."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Literal, Self, get_args
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema, model_validator

from contracts.looks import Colour, FontName
from contracts.product import DESCRIPTION_CHARS, TITLE_CHARS, Money, Product
from contracts.values import Asked, Value

PRODUCTS_MAX = 12
PICTURES_MAX = 12  # of one product
CALL_CHARS = 40
BADGE_CHARS = 20
BRAND_CHARS = 80

# Each has a file of its name where the renderer draws them; see docs/product-videos.md.
TemplateName = Literal["spotlight", "sale", "collection"]
TEMPLATES: tuple[TemplateName, ...] = get_args(TemplateName)

_ONE_LINE = r"^[^\x00-\x1f\x7f]*$"
_SHOWN = r"^[^\x00-\x1f\x7f]*[^\W_][^\x00-\x1f\x7f]*$"  # something in it can be read


def picture_id(url: str) -> UUID:
    """What a picture on the web goes by."""
    return uuid5(NAMESPACE_URL, url)


AMOUNT_MAX = 1_000_000_000
_DIGITS = Decimal("0.0001")
# More than nothing, and at most four digits behind the point.
_AMOUNT = r"^([1-9][0-9]{0,8}(\.[0-9]{1,4})?|0\.([1-9][0-9]{0,3}|0[1-9][0-9]{0,2}|00[1-9][0-9]?|000[1-9]))$"


def _written(given: Any) -> Any:
    """A text is taken as it is described, not in every way that a Decimal can be written."""
    if isinstance(given, str) and not re.fullmatch(_AMOUNT, given):
        raise ValueError('an amount such as 12.5 or "12.50" is needed')
    return given


def _rounded(amount: Decimal) -> Decimal:
    """So that what is kept can be read again."""
    return min(round(amount, 4), AMOUNT_MAX - _DIGITS) if amount.as_tuple().exponent < -4 else amount  # type: ignore[operator]


class Price(Asked):
    """An amount in a currency's main unit, ``12.5`` or ``"12.50"``; ``currency`` is its ISO 4217 code."""

    amount: Annotated[
        Decimal,
        Field(ge=_DIGITS, lt=AMOUNT_MAX),
        BeforeValidator(_written),
        AfterValidator(_rounded),
        WithJsonSchema(
            {
                "anyOf": [
                    {"type": "number", "minimum": float(_DIGITS), "exclusiveMaximum": AMOUNT_MAX},
                    {"type": "string", "pattern": _AMOUNT},
                ]
            }
        ),
    ]
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]

    @property
    def money(self) -> Money:
        return Money(amount=self.amount, currency=self.currency)


class ShownProduct(Asked):
    """A product and its pictures, the main one first: images, or clips. ``badge`` stands on the picture; without one
    it is the discount, if there is a lower ``sale_price``.
    """

    name: Annotated[str, StringConstraints(min_length=1, max_length=TITLE_CHARS, pattern=_SHOWN)]
    pictures: Annotated[tuple[UUID, ...], Field(max_length=PICTURES_MAX)] = ()
    picture_urls: Annotated[
        tuple[Annotated[str, StringConstraints(max_length=2000, pattern=r"^https?://[^\s\x00]+$")], ...],
        Field(max_length=PICTURES_MAX, description="Images on the web, shown after the others: fetched as it is made"),
    ] = ()
    price: Price | None = None
    sale_price: Price | None = None
    brand: Annotated[str, StringConstraints(max_length=BRAND_CHARS, pattern=_ONE_LINE)] = ""
    description: Annotated[str, StringConstraints(max_length=DESCRIPTION_CHARS, pattern=r"^[^\x00]*$")] = ""
    badge: Annotated[str, StringConstraints(max_length=BADGE_CHARS, pattern=_ONE_LINE)] = ""

    @property
    def shown(self) -> tuple[UUID, ...]:
        """All its pictures, each once, in order; those on the web by ``picture_id``."""
        return tuple(dict.fromkeys((*self.pictures, *map(picture_id, self.picture_urls))))

    @model_validator(mode="after")
    def _is_seen(self) -> Self:
        if not 1 <= len(self.shown) <= PICTURES_MAX:
            raise ValueError(f"1 to {PICTURES_MAX} pictures are needed, in pictures or picture_urls")
        return self

    @model_validator(mode="after")
    def _costs_less_on_sale(self) -> Self:
        if self.sale_price is None:
            return self
        if self.price is None or self.price.currency != self.sale_price.currency:
            raise ValueError("a sale_price needs a price in the same currency")
        if self.sale_price.amount >= self.price.amount:
            raise ValueError("the sale_price is not lower than the price")
        return self

    @property
    def product(self) -> Product:
        """What texts with merge fields know of it."""
        return Product(
            id="",
            title=self.name,
            description=self.description,
            brand=self.brand,
            price=self.price.money if self.price else None,
            sale_price=self.sale_price.money if self.sale_price else None,
        )


class CardLook(Asked):
    """The colours and the font of what is written about a product. ``accent`` is for the price and the badge."""

    background: Colour = "#15181D"
    text: Colour = "#FFFFFF"
    accent: Colour = "#FFD60A"
    font: FontName = "Poppins"


class Card(Value):
    """What is written about one product, on ``frames`` frames from frame ``start`` on; empty where there is nothing.

    ``number`` of ``count`` products. The call to action is shown from frame ``call_from`` of the timeline on.
    """

    start: int = Field(ge=0)
    frames: int = Field(gt=0)
    name: str
    brand: str = ""
    price: str = ""
    old_price: str = ""
    badge: str = ""
    call: str = ""
    call_from: int = 0
    number: int = 1
    count: int = 1

    @property
    def end(self) -> int:
        return self.start + self.frames


class Showcase(Value):
    """How a product video is laid out. While a card is shown the pictures have the part of the frame that the template
    leaves them.
    """

    template: TemplateName
    look: CardLook = CardLook()
    cards: tuple[Card, ...]

    def card_at(self, frame: int) -> Card | None:
        """The card that is shown on a frame."""
        return next((card for card in self.cards if card.start <= frame < card.end), None)
