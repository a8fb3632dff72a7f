"""The two kinds of value every other contract is made of."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen fact. Unknown fields are ignored, so that an older reader survives a newer writer."""

    model_config = ConfigDict(frozen=True, extra="ignore", ser_json_inf_nan="constants")


class Asked(BaseModel):
    """A frozen wish of a user. Unknown fields are refused: a typo must not become a default."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False)


def canonical(value: Any) -> bytes:
    """One byte form for equal values: sorted keys, no spaces, UTF-8. The base of every content key."""
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json")
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS, default=_plain)


def asked(value: BaseModel) -> str:
    """Hex SHA-256 of what a user asked for. Fields left at their defaults don't count, so that a field that a later
    version adds does not make an old request another one.
    """
    return fingerprint(value.model_dump(mode="json", exclude_defaults=True))


def fingerprint(value: Any) -> str:
    """Hex SHA-256 of the canonical form (64 characters)."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    raise TypeError(f"{type(value).__name__} has no canonical form")
