"""A product feed looked at before anything is made of it: what is in it, which rows are wrong, what changed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pydantic
import yaml

from contracts.brief import ProductBrief
from contracts.faults import LogicalFault
from contracts.feeds import Columns
from contracts.product import Money, Product
from contracts.wording import said
from edit_factory.cli.faults import Code, CommandFault
from edit_factory.cli.show import Show
from edit_factory.cli.texts import one_line
from services.catalog.briefing import shown_product
from services.catalog.differing import Difference, difference
from services.catalog.products import products
from services.catalog.rows import BadFeed, BadRow

_PIECE_BYTES: Final = 1 << 16
_TOLD_MAX: Final = 20  # products and bad rows that are shown
_KEPT_MAX: Final = 1_000  # bad rows in the JSON form
_TITLE_CHARS: Final = 60


@dataclass
class _Looked:
    """What one feed holds. ``fingerprints`` is all that is kept of each product but for the first few."""

    first: list[Product] = field(default_factory=list)
    fingerprints: dict[str, str] = field(default_factory=dict)
    without_image: int = 0
    without_price: int = 0
    wrong: list[BadRow] = field(default_factory=list)
    wrong_count: int = 0
    changes: Difference | None = None


async def check(show: Show, feed: Path, before: Path | None, columns: list[str], currency: str | None) -> Code:
    """DONE if each row makes a product, else FAILED.

    Raises:
        CommandFault: a file can't be read, is no feed, or a column is not taken.
    """
    chosen = columns_of(columns, currency)
    seen = await asyncio.to_thread(_look, feed, before, chosen)
    show.data(_data(feed, seen))
    _tell(show, feed, seen)
    return Code.FAILED if seen.wrong_count else Code.DONE


async def brief(
    show: Show, feed: Path, ids: list[str], *, out: Path | None, columns: Columns, asked: Mapping[str, str]
) -> Code:
    """Writes a brief of these products, as ``make`` takes it, to a file or to stdout. ``asked``: template and the like.

    Raises:
        CommandFault: as ``check``; one of the products is not in the feed, or can't be shown.
    """
    found = await asyncio.to_thread(_wanted, feed, ids, columns)
    try:
        shown = [shown_product(found[each]) for each in ids]
        fields = {"kind": "product", "products": shown} | {name: value for name, value in asked.items() if value}
        made = ProductBrief.model_validate(fields)
    except LogicalFault as fault:
        raise CommandFault(Code.USAGE, fault.message, code=fault.code) from fault
    except pydantic.ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        raise CommandFault(Code.USAGE, f"no brief can be made: {said(first)}", code="brief_invalid") from wrong
    plain = made.model_dump(mode="json", exclude_unset=True, exclude_defaults=True) | {"kind": "product"}
    text = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=1_000)
    show.data(plain)
    if out is None:
        show.say(text.rstrip())
        return Code.DONE
    try:
        await asyncio.to_thread(out.write_text, text, "utf-8")
    except OSError as error:
        raise CommandFault(Code.USAGE, f"{out}: {error.strerror}", code="file_unwritable") from error
    show.say(f"Written; make it with  edit-factory make {one_line(str(out))}")
    return Code.DONE


def _wanted(feed: Path, ids: list[str], columns: Columns) -> dict[str, Product]:
    missing, found = set(ids), {}
    for each in _read(feed, datetime.now(UTC), columns):
        if isinstance(each, Product) and each.id in missing:
            found[each.id] = each
            missing.discard(each.id)
            if not missing:
                return found
    names = ", ".join(one_line(each) for each in ids if each in missing)
    raise CommandFault(Code.USAGE, f"{feed} has no product with the id {names}", code="product_unknown")


def columns_of(columns: list[str], currency: str | None) -> Columns:
    named: dict[str, Any] = {"currency": currency.upper()} if currency else {}
    for each in columns:
        name, mark, column = each.partition("=")
        if not mark or name not in Columns.model_fields or name == "currency":
            fields = ", ".join(sorted(Columns.model_fields.keys() - {"currency"}))
            raise CommandFault(
                Code.USAGE, f"“{each}” is not FIELD=COLUMN with FIELD one of {fields}", code="column_invalid"
            )
        named[name] = column
    try:
        return Columns.model_validate(named)
    except pydantic.ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise CommandFault(Code.USAGE, f"{where}: {first['msg']}", code="column_invalid") from wrong


def _look(feed: Path, before: Path | None, columns: Columns) -> _Looked:
    on = datetime.now(UTC)
    seen = _Looked()
    known: dict[str, str] = {}
    if before is not None:
        known = {each.id: each.fingerprint for each in _read(before, on, columns) if isinstance(each, Product)}
    changes = difference(known, _kept(_read(feed, on, columns), seen))
    seen.changes = changes if before is not None else None
    return seen


def _kept(found: Iterator[Product | BadRow], seen: _Looked) -> Iterator[Product]:
    for each in found:
        if isinstance(each, BadRow):
            seen.wrong_count += 1
            if len(seen.wrong) < _KEPT_MAX:
                seen.wrong.append(each)
            continue
        if len(seen.first) < _TOLD_MAX:
            seen.first.append(each)
        seen.fingerprints[each.id] = each.fingerprint
        seen.without_image += not each.images
        seen.without_price += each.price is None
        yield each


def _read(path: Path, on: datetime, columns: Columns) -> Iterator[Product | BadRow]:
    try:
        with path.open("rb") as file:
            yield from products(iter(lambda: file.read(_PIECE_BYTES), b""), on, columns)
    except BadFeed as bad:
        raise CommandFault(Code.USAGE, f"{path}: {bad.message}", code=bad.code) from bad
    except OSError as error:
        raise CommandFault(Code.USAGE, f"{path}: {error.strerror}", code="file_unreadable") from error


def _data(feed: Path, seen: _Looked) -> dict[str, Any]:
    changes = seen.changes
    return {
        "feed": str(feed),
        "products": len(seen.fingerprints),
        "without_image": seen.without_image,
        "without_price": seen.without_price,
        "wrong": seen.wrong_count,
        "wrong_rows": [each._asdict() for each in seen.wrong],
        "first": [each.model_dump(mode="json") for each in seen.first],
        "changes": None if changes is None else changes._asdict(),
    }


def _tell(show: Show, feed: Path, seen: _Looked) -> None:
    show.say(f"{one_line(str(feed))}: products {len(seen.fingerprints):,}, rows that make none {seen.wrong_count:,}")
    lacking = {"image": seen.without_image, "price": seen.without_price}
    for what, count in lacking.items():
        if count:
            show.say(f"without {what}: {count:,}")
    if seen.changes is not None:
        new, changed, gone, same = seen.changes
        show.say(f"Since then: {len(new):,} new, {len(changed):,} changed, {len(gone):,} gone, {same:,} the same.")
    if seen.first:
        right: dict[str, Any] = {"no_wrap": True, "justify": "right"}
        heads = {"Id": {"no_wrap": True}, "Title": {}, "Price": right, "Now": right, "Images": right}
        show.table(heads, [_row(each) for each in seen.first])
    for bad in seen.wrong[:_TOLD_MAX]:
        name = f" ({one_line(bad.id)})" if bad.id else ""
        show.say(f"line {bad.line:,}{name}: {one_line(bad.message)}")
    if seen.wrong_count > _TOLD_MAX:
        show.say(f"… and {seen.wrong_count - _TOLD_MAX:,} more; --json names up to {_KEPT_MAX:,}.")


def _row(product: Product) -> list[str]:
    title = one_line(product.title)
    shown = title if len(title) <= _TITLE_CHARS else title[: _TITLE_CHARS - 1] + "…"
    return [one_line(product.id), shown, _money(product.price), _money(product.sale_price), str(len(product.images))]


def _money(money: Money | None) -> str:
    return f"{money.amount:,f} {money.currency}" if money else ""
