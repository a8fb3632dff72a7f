"""The two kinds of value every other contract is made of."""

from __future__ import annotations

import hashlib
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import orjson
from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationInfo, field_validator
from pydantic_core import PydanticKnownError


class Value(BaseModel):
    """A frozen fact. Unknown fields are ignored, so that an older reader survives a newer writer."""

    model_config = ConfigDict(frozen=True, extra="ignore", ser_json_inf_nan="constants")


class Asked(BaseModel):
    """A frozen wish of a user. Unknown fields are refused: a typo must not become a default. So is what would
    have to be read as something else: ``"3"`` is no number, and neither is ``true``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False)

    @field_validator("*", mode="before")
    @classmethod
    def _is_what_it_looks_like(cls, given: Any, info: ValidationInfo) -> Any:
        annotation: Any = cls.model_fields[info.field_name or ""].annotation
        kind = _scalar(annotation)
        if kind is None or not isinstance(given, bool | int | float | str):
            return given
        fault, taken = _SCALARS[kind]
        if not isinstance(given, taken) or (isinstance(given, bool) and kind is not bool):
            raise PydanticKnownError(fault)
        return given


# What a field of a kind takes, and pydantic's name for the fault where something else is given.
_SCALARS: dict[Any, tuple[Literal["bool_type", "int_type", "float_type", "datetime_type"], Any]] = {
    bool: ("bool_type", bool),
    int: ("int_type", int | float),  # 2.0 is a whole number, as JSON Schema has it
    float: ("float_type", int | float),
    AwareDatetime: ("datetime_type", str),
}


@cache
def _scalar(annotation: Any) -> Any:
    """The one kind of these that a field has, may it be None or not; None for all other fields."""
    if annotation in _SCALARS:
        return annotation
    if get_origin(annotation) is Annotated:
        return _scalar(get_args(annotation)[0])
    if get_origin(annotation) is Literal:  # of whole numbers: False is equal to 0, but not what was meant
        return int if {type(each) for each in get_args(annotation)} == {int} else None
    if get_origin(annotation) not in {Union, UnionType}:
        return None
    some = [_scalar(each) for each in get_args(annotation) if each is not NoneType]
    return some[0] if len(some) == 1 else None


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
