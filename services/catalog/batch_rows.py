"""The rows of a batch, from a table, from products, or as they were given. Pure, a stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import Any, Final

import pydantic

from contracts.batching import KEY_CHARS, OVERRIDE, PRODUCT_FIELDS, ROWS_MAX, BatchRow, label_of, unfit
from contracts.faults import FaultReport, LogicalFault
from contracts.product import Product
from services.catalog.briefing import shown_product
from services.catalog.products import is_xml, product_of
from services.catalog.rows import BadFeed, BadRow, Row
from services.catalog.table_rows import table_columns, table_rows
from services.catalog.xml_rows import xml_rows

# Columns that name a row; the first one with a value is taken, else it goes by its number.
_KEYS: Final = ("key", "id", "sku", "offer_id", "product_id", "handle", "cod", "cod_produs")
_LINE_BYTES: Final = 1 << 20


def from_table(pieces: Iterable[bytes], on: datetime, *, products: bool) -> Iterator[BatchRow]:
    """A row of each line. ``products``: as of a feed, which XML always is; columns that are none of a product's are
    values besides. Columns that begin with ``brief.`` override fields of the brief.

    Raises:
        BadFeed: no table, or too many rows.
    """
    start, whole = _beginning(pieces)
    of_feed = products or is_xml(start)
    rows = (xml_rows if is_xml(start) else table_rows)(whole)
    yield from _each_once(_row(number, row, on, of_feed=of_feed) for number, row in enumerate(rows, start=1))


def from_products(products: Iterable[Product]) -> Iterator[BatchRow]:
    yield from _each_once(of_product(number, product) for number, product in enumerate(products, start=1))


def from_lines(pieces: Iterable[bytes]) -> Iterator[BatchRow]:
    """Rows as JSON lines, as whoever took them in wrote them.

    Raises:
        BadFeed: it is something else.
    """
    try:
        yield from _each_once(BatchRow.model_validate_json(line) for line in _lines(pieces))
    except pydantic.ValidationError as wrong:
        raise BadFeed("The rows that were kept can't be read.") from wrong


def columns_of(start: bytes, *, products: bool) -> frozenset[str]:
    """What a table's rows can fill, told by its beginning."""
    if is_xml(start):
        return PRODUCT_FIELDS
    named = frozenset(name for name in table_columns(start) if not name.startswith(OVERRIDE))
    return named | PRODUCT_FIELDS if products else named


def overridden(row: BatchRow, patches: Mapping[str, Any]) -> BatchRow:
    """The row with the patch that was given for its key."""
    patch = patches.get(row.key)
    return row if patch is None else row.model_copy(update={"overrides": (*row.overrides, patch)})


def of_product(number: int, product: Product, values: Mapping[str, str] | None = None, **more: Any) -> BatchRow:
    named: dict[str, Any] = {"number": number, "key": product.id[:KEY_CHARS], "label": label_of({}, product.title)}
    named |= {"product": product, "values": dict(values or {})} | more
    try:
        return BatchRow(**named, shown=shown_product(product))
    except LogicalFault as fault:
        return BatchRow(**named, not_shown=fault.report())
    except pydantic.ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        return BatchRow(**named, not_shown=FaultReport(code="product_invalid", message=f"{where}: {first['msg']}"))


def _row(number: int, row: Row | BadRow, on: datetime, *, of_feed: bool) -> BatchRow:
    if isinstance(row, BadRow):
        return _wrong(number, row)
    values = {name: cells[0] for name, cells in row.cells.items() if cells and not name.startswith(OVERRIDE)}
    cells = {name.removeprefix(OVERRIDE): cells[0] for name, cells in row.cells.items() if name.startswith(OVERRIDE)}
    if not of_feed:
        key = next((values[name] for name in _KEYS if values.get(name)), str(number))[:KEY_CHARS]
        return BatchRow(number=number, key=key, label=label_of(values, key), values=values, cells=cells)
    product = product_of(row, on)
    if isinstance(product, BadRow):
        return _wrong(number, product)
    others = {name: value for name, value in values.items() if name not in PRODUCT_FIELDS}
    return of_product(number, product, others, cells=cells)


def _wrong(number: int, row: BadRow) -> BatchRow:
    at = f"{row.column}: {row.message}" if row.column else row.message
    fault = FaultReport(code="row_unreadable", message=f"Line {row.line:,}: {at}")
    key = (row.id or str(number))[:KEY_CHARS]
    return BatchRow(number=number, key=key, label=f"line {row.line:,}", fault=fault)


def _each_once(rows: Iterable[BatchRow]) -> Iterator[BatchRow]:
    """Keys name rows, so that a second one of the same key makes nothing."""
    first: dict[str, int] = {}
    for row in rows:
        if row.number > ROWS_MAX:
            raise BadFeed(f"There are more than {ROWS_MAX:,} rows; make several batches.")
        if unfit(row.model_dump()):
            fault = FaultReport(code="row_unreadable", message="The row holds a NUL character.")
            yield BatchRow(number=row.number, key=str(row.number), label=f"row {row.number:,}", fault=fault)
            continue
        before = first.setdefault(row.key, row.number)
        if before == row.number or row.fault is not None:
            yield row
            continue
        told = f"Row {before:,} has the key “{row.key}” already; that one is taken."
        yield row.model_copy(update={"fault": FaultReport(code="row_key_twice", message=told)})


def _beginning(pieces: Iterable[bytes]) -> tuple[bytes, Iterator[bytes]]:
    whole = iter(pieces)
    start = b""
    while not start.strip():
        piece = next(whole, None)
        if piece is None:
            break
        start += piece
    return start, chain([start], whole)


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        yield from (line for line in whole if line)
        if len(rest) > _LINE_BYTES:
            raise BadFeed("The rows that were kept can't be read.")
    if rest:
        yield rest
