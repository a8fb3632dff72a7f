"""Rows of a feed as they stand in it, from bytes that come in pieces of any size. Pure, and flat in memory.

A row that can't be read is told and the next one goes on. What makes the whole file worthless is a ``BadFeed``: a
feed that breaks off says nothing about the products behind the break, and they must not be taken for gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from contracts.faults import LogicalFault
from contracts.merging import field_name

CELL_CHARS: Final = 20_000
COLUMNS_MAX: Final = 500

_PREFIX: Final = re.compile(r"^[a-z]+:")


class BadFeed(LogicalFault):
    """A file that is no feed, or that breaks off."""

    code = "feed_unreadable"


class Row(NamedTuple):
    """``line`` counts from 1. Each column has the values it was given, in their order: XML may repeat an element."""

    line: int
    cells: Mapping[str, tuple[str, ...]]


class BadRow(NamedTuple):
    """A row that makes no product. ``column`` names where, if it is one; ``id`` the product, if it could be read."""

    line: int
    message: str
    column: str | None = None
    id: str | None = None


Rows = Iterator[Row | BadRow]


@lru_cache(maxsize=1_024)  # a feed has the same few names in each row
def plain(name: str) -> str:
    """A column's name in one spelling: ``g:Image Link`` is ``image_link``."""
    return field_name(_PREFIX.sub("", name.strip().casefold()))
