"""What a feed changed since it was imported the last time. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from contracts.product import Product


class Difference(NamedTuple):
    """Ids of products. ``same`` are left alone: their videos still hold."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    same: int


def difference(before: Mapping[str, str], now: Iterable[Product]) -> Difference:
    """``before`` has a fingerprint for each id. In the feed's order, what is gone in the order it came once."""
    new: list[str] = []
    changed: list[str] = []
    left = dict(before)
    same = 0
    for product in now:
        known = left.pop(product.id, None)
        if known is None:
            new.append(product.id)
        elif known != product.fingerprint:
            changed.append(product.id)
        else:
            same += 1
    return Difference(tuple(new), tuple(changed), tuple(left), same)
