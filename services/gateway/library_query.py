"""A page of the library as one SQL query, and the cursors of its orders. Pure; all values travel as parameters."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

import orjson

from contracts.outputs import PresetName
from contracts.searching import folded, grams, patterns
from contracts.story import State
from services.gateway.problems import FieldError, Problem


class Sort(StrEnum):
    """The orders of the library."""

    NEWEST = "newest"
    OLDEST = "oldest"
    NAME = "name"
    LONGEST = "longest"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which videos; what is None or empty narrows nothing. ``q``: words that are all in the name, anywhere."""

    q: str = ""
    state: State | None = None
    preset: PresetName | None = None
    project: str | None = None
    kind: str | None = None
    deleted: bool = False
    sort: Sort = Sort.NEWEST


@dataclass(frozen=True, slots=True)
class _Order:
    """Two columns that tell any two videos apart, as an index has them, their types, and which way they are read."""

    columns: tuple[str, str]
    types: tuple[str, str]
    down: bool


_BY_AGE = ("requested_seq", "number"), ("bigint", "int")
_ORDERS = {
    Sort.NEWEST: _Order(*_BY_AGE, down=True),
    Sort.OLDEST: _Order(*_BY_AGE, down=False),
    Sort.NAME: _Order(("folded", "id"), ("text", "uuid"), down=False),
    Sort.LONGEST: _Order(("duration_s", "id"), ("float8", "uuid"), down=True),
}
_SELECT = (
    "SELECT videos.id, videos.number, videos.requested_seq, videos.folded, videos.duration_s, jobs.story "
    "FROM videos JOIN jobs ON jobs.id = videos.job WHERE "
)
_READS: dict[str, tuple[type, ...]] = {"bigint": (int,), "int": (int,), "text": (str,), "float8": (int, float)}
_INTS = {"bigint": 1 << 63, "int": 1 << 31}


class _Query:
    def __init__(self) -> None:
        self.arguments: list[Any] = []
        self._conditions: list[str] = []

    def also(self, condition: str, *arguments: Any) -> None:
        """One more condition; ``{}`` stands for each of its arguments."""
        places = range(len(self.arguments) + 1, len(self.arguments) + len(arguments) + 1)
        self._conditions.append(condition.format(*(f"${place}" for place in places)))
        self.arguments += arguments

    def text(self, order: _Order, limit: int) -> str:
        way = "DESC" if order.down else "ASC"
        by = ", ".join(f"videos.{column} {way}" for column in order.columns)
        self.arguments.append(limit)
        return f"{_SELECT}{' AND '.join(self._conditions)} ORDER BY {by} LIMIT ${len(self.arguments)}"


def page(owner: str, wanted: Wanted, cursor: str | None, limit: int) -> tuple[str, list[Any]]:
    """The query for a page, and its arguments.

    Raises:
        Problem: 400, the cursor is none of this order.
    """
    order = _ORDERS[wanted.sort]
    query = _Query()
    query.also("videos.owner = {}", owner)
    query.also("videos.folded IS NOT NULL AND videos.requested_seq IS NOT NULL AND NOT videos.purged")
    query.also(f"videos.deleted_at IS {'NOT NULL' if wanted.deleted else 'NULL'}")
    _narrow(query, wanted)
    if cursor is not None:
        columns = ", ".join(f"videos.{column}" for column in order.columns)
        after = ", ".join(f"{{}}::{kind}" for kind in order.types)
        query.also(f"({columns}) {'<' if order.down else '>'} ({after})", *_place(cursor, wanted.sort))
    return query.text(order, limit), query.arguments


def _narrow(query: _Query, wanted: Wanted) -> None:
    plain = folded(wanted.q)
    if together := grams(plain):
        query.also("videos.grams @> {}::text[]", together)
    if words := patterns(plain):
        query.also("videos.folded LIKE ALL ({}::text[])", words)
    if wanted.state is not None:
        query.also("videos.state = {}", wanted.state.value)
    if wanted.preset is not None:
        query.also("{} = ANY (videos.presets)", wanted.preset.value)
    if wanted.project is not None:
        query.also("videos.project = {}", wanted.project)
    if wanted.kind is not None:
        query.also("videos.kind = {}", wanted.kind)


def cursor_after(row: Mapping[str, Any], sort: Sort) -> str:
    """The place behind a video in an order."""
    place = [sort.value, *(row[column] for column in _ORDERS[sort].columns)]
    return base64.urlsafe_b64encode(orjson.dumps(place, default=str)).decode().rstrip("=")


def _place(cursor: str, sort: Sort) -> tuple[Any, Any]:
    try:
        told = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(told, list) or len(told) != 3 or told[0] != sort.value:
            raise ValueError(told)
        first, second = (_read(value, kind) for value, kind in zip(told[1:], _ORDERS[sort].types, strict=True))
    except (ValueError, TypeError, binascii.Error) as wrong:
        error = FieldError(pointer="/cursor", message="not a cursor that this list gave out in this order")
        raise Problem(400, "cursor_invalid", error.message, errors=[error]) from wrong
    return first, second


def _read(value: Any, kind: str) -> Any:
    if kind == "uuid":
        return UUID(value)
    fits = not isinstance(value, bool) and isinstance(value, _READS[kind])
    if not fits or (kind in _INTS and not 0 <= value < _INTS[kind]) or (kind == "text" and "\0" in value):
        raise ValueError(value)
    return float(value) if kind == "float8" else value
