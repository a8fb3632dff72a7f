"""Rows of feeds to products: which column means what, what must be there, and what may be mended. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain
from typing import Final
from urllib.parse import urlsplit

from contracts.feeds import Columns
from contracts.product import DESCRIPTION_CHARS, IMAGES_MAX, TITLE_CHARS, Money, Product
from services.catalog.prices import price
from services.catalog.rows import BadFeed, BadRow, Row, Rows, plain
from services.catalog.table_rows import table_rows
from services.catalog.xml_rows import xml_rows

PRODUCTS_MAX: Final = 250_000
ID_CHARS: Final = 200

# Names of columns by field; the first one with a value is taken. Google's come first, then those of shops' exports.
_COLUMNS: Final = {
    "id": ("id", "sku", "offer_id", "product_id", "handle", "cod", "cod_produs"),
    "title": ("title", "name", "product_name", "product_title", "nume", "denumire"),
    "description": ("description", "summary", "body_html", "body_(html)", "descriere"),
    "brand": ("brand", "vendor", "manufacturer", "marca", "producator"),
    "category": ("product_type", "google_product_category", "category", "categories", "categorie"),
    "availability": ("availability", "stock_status", "disponibilitate"),
    "link": ("link", "url", "product_url"),
    "price": ("price", "regular_price", "pret"),
    "sale_price": ("sale_price", "pret_redus", "pret_promotional"),
    "sale_dates": ("sale_price_effective_date",),
    "images": ("image_link", "image", "images", "image_url", "image_src", "imagine", "poza"),
    "more_images": ("additional_image_link", "additional_image_links", "additional_images"),
}
_TAG: Final = re.compile(r"<(?:script|style)\b.*?</(?:script|style)\s*>|<[a-zA-Z/!][^<>]*>", re.IGNORECASE | re.DOTALL)
_BLOCK: Final = re.compile(
    r"</(?:p|li|div|h[1-6]|tr|ul|ol|table)\s*>|(?:<br\s*/?>\s*){2,}|<(?:li|ul|ol|p)\b[^<>]*>", re.IGNORECASE
)
_ENDS: Final = ".!?…:;"
_GAPS: Final = re.compile(r"\s+")
_NAMES_TOLD: Final = 20
_NEXT_ADDRESS: Final = re.compile(r"\s*[,|;\s]\s*(?=https?://)")


AS_USUAL: Final = Columns.model_validate({})


def products(
    pieces: Iterable[bytes], on: datetime, columns: Columns = AS_USUAL, dated: Callable[[], None] | None = None
) -> Iterator[Product | BadRow]:
    """Each product once, as it stands at that moment (a sale may have its days), and each row that makes none.

    ``dated`` is called at each row of which another moment could make another product.
    """
    lines: dict[str, int] = {}
    for row in _rows(pieces, columns):
        if dated is not None and isinstance(row, Row) and _cell(row, columns, "sale_dates"):
            dated()
        seen = row if isinstance(row, BadRow) else _product(row, on, columns)
        if isinstance(seen, BadRow):
            yield seen
        elif (first := lines.setdefault(seen.id, row.line)) != row.line:
            yield BadRow(row.line, f"The product stands on line {first:,} already; that one is taken.", "id", seen.id)
        elif len(lines) > PRODUCTS_MAX:
            raise BadFeed(f"The feed has more than {PRODUCTS_MAX:,} products; split it.")
        else:
            yield seen


def _rows(pieces: Iterable[bytes], columns: Columns) -> Rows:
    """XML if its first letter says so, else a table."""
    whole = iter(pieces)
    start = b""
    while len(start.strip(_BEFORE)) < 1:
        piece = next(whole, None)
        if piece is None:
            break
        start += piece
    if is_xml(start):
        return xml_rows(chain([start], whole))
    return table_rows(chain([start], whole), lambda names: _check_columns(names, columns))


def _check_columns(names: tuple[str, ...], columns: Columns) -> None:
    """Once for the table, not for each of its rows. Raises BadFeed."""
    here = f"Its columns are: {', '.join(names[:_NAMES_TOLD])}{', …' if len(names) > _NAMES_TOLD else ''}."
    for field in _COLUMNS:
        chosen = getattr(columns, field, None)
        if chosen and plain(chosen) not in names:
            raise BadFeed(f"The table has no column “{chosen}”, which was named for the {field}. {here}")
        if field in {"id", "title"} and not chosen and not set(names) & set(_COLUMNS[field]):
            raise BadFeed(f"The table has no column for the {field} of products. {here} Name the one that has it.")


def is_xml(start: bytes) -> bool:
    """By the first letter of a file."""
    return start.strip(_BEFORE).startswith(b"<")


def product_of(row: Row, on: datetime, columns: Columns = AS_USUAL) -> Product | BadRow:
    """One row's product, as it stands on that day."""
    return _product(row, on, columns)


_BEFORE: Final = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"


def _product(row: Row, on: datetime, columns: Columns) -> Product | BadRow:
    name = words(_cell(row, columns, "id"))
    title = words(_cell(row, columns, "title"))
    if not name or len(name) > ID_CHARS:
        why = f"The id is longer than {ID_CHARS} characters." if name else "The product has no id."
        return BadRow(row.line, why, "id")
    if not title:
        return BadRow(row.line, "The product has no title.", "title", name)
    try:
        field = "price"
        full = _money(_cell(row, columns, "price"), columns.currency)
        field = "sale_price"
        sale = _money(_cell(row, columns, "sale_price"), columns.currency)
    except ValueError as error:
        return BadRow(row.line, f"{error}.", field, name)
    return Product(
        id=name,
        title=title[:TITLE_CHARS],
        description=sentences(_cell(row, columns, "description"))[:DESCRIPTION_CHARS],
        brand=words(_cell(row, columns, "brand"))[:TITLE_CHARS],
        category=words(_cell(row, columns, "category"))[:TITLE_CHARS],
        availability=words(_cell(row, columns, "availability"))[:100],
        link=_cell(row, columns, "link"),
        price=full or sale,
        sale_price=_on_sale(full, sale, _cell(row, columns, "sale_dates"), on),
        images=_images(row, columns),
    )


def words(text: str) -> str:
    """Text for people: without HTML's tags, entities read (twice, as exports often write them so), gaps closed."""
    return _GAPS.sub(" ", html.unescape(_TAG.sub(" ", html.unescape(text)))).strip()


def sentences(text: str) -> str:
    """``words`` of a text that may have paragraphs and lists: each is a sentence, so that it is spoken as one."""
    parts = [part for part in map(words, _BLOCK.split(html.unescape(text))) if part]
    return " ".join(part if len(parts) == 1 or part[-1] in _ENDS else f"{part}." for part in parts)


def _cells(row: Row, columns: Columns, field: str) -> tuple[str, ...]:
    chosen = getattr(columns, field, None)
    names = (plain(chosen),) if chosen else _COLUMNS[field]
    return next((row.cells[name] for name in names if name in row.cells), ())


def _cell(row: Row, columns: Columns, field: str) -> str:
    return next(iter(_cells(row, columns, field)), "")


def _money(text: str, currency: str | None) -> Money | None:
    return price(text, currency) if text else None


def _on_sale(full: Money | None, sale: Money | None, dates: str, on: datetime) -> Money | None:
    if full is None or sale is None or sale.currency != full.currency or not 0 < sale.amount < full.amount:
        return None
    return sale if _holds(dates, on) else None


def _holds(dates: str, on: datetime) -> bool:
    """``2026-11-20T00:00+02:00/2026-11-30T23:59+02:00``, as Google has it. Days that can't be read don't end a sale."""
    start, mark, end = dates.partition("/")
    try:
        return not mark or _moment(start) <= on <= _moment(end)
    except ValueError:
        return True


def _moment(text: str) -> datetime:
    seen = datetime.fromisoformat(text.strip())
    return seen if seen.tzinfo else seen.replace(tzinfo=UTC)


def _images(row: Row, columns: Columns) -> tuple[str, ...]:
    """The main one first, each once. Tables put several into one cell, with commas between."""
    cells = (*_cells(row, columns, "images"), *_cells(row, columns, "more_images"))
    found = (each.strip() for cell in cells for each in _NEXT_ADDRESS.split(cell))
    return tuple(dict.fromkeys(each for each in found if _is_address(each)))[:IMAGES_MAX]


def _is_address(text: str) -> bool:
    try:
        seen = urlsplit(text)
    except ValueError:
        return False
    return seen.scheme in {"http", "https"} and bool(seen.hostname)
