"""What the API takes and shows of product feeds. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlencode
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from contracts.brief import LANGUAGE, NO_NUL
from contracts.events import FeedFiledV1, FeedImportRequestedV1
from contracts.faults import FaultReport
from contracts.feeds import Columns, Counts, ProductState
from contracts.media import Asset
from contracts.product import Money, Product
from contracts.values import Asked, Value

Url = Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=NO_NUL)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=NO_NUL)]
Language = Annotated[str, StringConstraints(pattern=LANGUAGE)]
ImportState = Literal["waiting", "running", "imported", "failed"]


class FeedAsked(Asked):
    """A new feed: read at a public https:// address, or from a table that was uploaded. ``columns`` says where a
    product's fields are, where their usual names don't tell; ``language`` is that of its texts.
    """

    name: Name
    url: Url | None = None
    table: UUID | None = None
    columns: Columns = Field(default_factory=lambda: Columns.model_validate({}))
    language: Language | None = None

    @model_validator(mode="after")
    def _is_read_somewhere(self) -> FeedAsked:
        if (self.url is None) == (self.table is None):
            raise PydanticCustomError("feed_source", "name either a url or a table, one of the two")
        return self


class FeedChange(Asked):
    """What is to be different; what is not named stays. It counts from the next import on."""

    name: Name | None = None
    url: Url | None = None
    columns: Columns | None = None
    language: Language | None = None


class ImportAsked(Asked):
    """What to read: ``table``, an upload, in the place of what the feed has; or the feed as it is."""

    table: UUID | None = None


_VERSION_CHARS: Final = 16


class ImportResource(Value):
    """One reading of a feed. ``counts`` are there once it is ``imported``, ``fault`` if it is ``failed``; of the rows
    that make no product the first ``problems_kept`` can be read.
    """

    id: UUID
    feed: UUID
    number: int
    state: ImportState
    share: float
    url: str | None
    table: UUID | None
    requested_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    counts: Counts | None = None
    problems_kept: int = 0
    fault: FaultReport | None = None
    import_url: str
    problems_url: str


class FeedResource(Value):
    """A feed. ``products`` is how many there are now; ``last_import`` the newest, whatever it came to."""

    id: UUID
    name: str
    url: str | None
    columns: Columns
    language: str | None
    created_at: datetime
    products: int
    last_import: ImportResource | None
    products_url: str
    imports_url: str


class RowProblem(Value):
    """A row that makes no product: where it stands (``line`` counts from 1), and why. ``id`` is the product's, if it
    could be read.
    """

    line: int
    column: str | None
    id: str | None
    message: str


class ProductResource(Value):
    """A product as its feed had it last. ``state`` is how it stands against the import before the last one; ``gone``:
    it is not in the feed any more. ``picture_url``: its first picture, small, as this system hands it out. The same
    ``fingerprint`` means that nothing a video could show has changed.
    """

    id: str
    title: str
    description: str
    brand: str
    category: str
    availability: str
    link: str
    price: Money | None
    sale_price: Money | None
    images: tuple[str, ...]
    picture_url: str | None
    state: ProductState
    fingerprint: str


def feed_resource(filed: FeedFiledV1, products: int, last: ImportResource | None) -> FeedResource:
    base = f"/v1/feeds/{filed.feed}"
    return FeedResource(
        id=filed.feed,
        name=filed.name,
        url=filed.url,
        columns=filed.columns,
        language=filed.language,
        created_at=filed.created_at,
        products=products,
        last_import=last,
        products_url=f"{base}/products",
        imports_url=f"{base}/imports",
    )


def import_resource(row: Mapping[str, Any]) -> ImportResource:
    """An import as it was written down."""
    return ImportResource(
        id=row["id"],
        feed=row["feed"],
        number=row["number"],
        state=row["state"],
        share=row["share"],
        url=row["url"],
        table=Asset.model_validate(row["asset"]).id if row["asset"] else None,
        requested_at=row["requested_at"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        counts=Counts.model_validate(row["counts"]) if row["counts"] and row["state"] == "imported" else None,
        problems_kept=row["problems_kept"],
        fault=FaultReport.model_validate(row["fault"]) if row["fault"] else None,
        **_addresses(row["feed"], row["id"]),
    )


def fresh_import(asked: FeedImportRequestedV1) -> ImportResource:
    """An import that nobody has taken up yet."""
    return ImportResource(
        id=asked.import_id,
        feed=asked.feed,
        number=asked.number,
        state="waiting",
        share=0.0,
        url=asked.url,
        table=asked.table.id if asked.table is not None else None,
        requested_at=asked.at,
        **_addresses(asked.feed, asked.import_id),
    )


def product_resource(feed: UUID, row: Mapping[str, Any]) -> ProductResource:
    product = Product.model_validate(row["product"])
    asked = urlencode({"product": product.id, "v": row["fingerprint"][:_VERSION_CHARS]})
    return ProductResource(
        **dict(product),
        picture_url=f"/v1/feeds/{feed}/picture?{asked}" if product.images else None,
        state=row["state"],
        fingerprint=row["fingerprint"],
    )


def _addresses(feed: UUID, ident: UUID) -> dict[str, str]:
    base = f"/v1/feeds/{feed}/imports/{ident}"
    return {"import_url": base, "problems_url": f"{base}/problems"}
