"""What the models' own complaints mean, said for whoever wrote the brief. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from contracts.brief import HINTS, KINDS, AnyBrief

_PLAIN = {
    "missing": "this field is needed",
    "extra_forbidden": "there is no such field",
    "model_type": "a JSON object is needed",
    "dict_type": "a JSON object is needed",
    "tuple_type": "a list is needed",
    "list_type": "a list is needed",
    "string_type": "a text is needed",
    "string_too_short": "it may not be empty",
    "too_short": "at least one is needed",
    "int_type": "a whole number is needed",
    "int_from_float": "a whole number is needed",
    "int_parsing": "a whole number is needed",
    "float_type": "a number is needed",
    "float_parsing": "a number is needed",
    "bool_type": "true or false is needed",
    "datetime_type": "a time with its zone is needed, such as 2030-01-31T12:00:00Z",
    "uuid_parsing": "an id is needed, as the upload's answer gave it",
}


_TAGS = {(kind,) for kind in KINDS}


def telling(found: Iterable[Any]) -> list[Any]:
    """Complaints (of pydantic's ``errors()``) without those that only follow from others: a list whose items were
    refused is not too short besides."""
    errors = list(found)
    inside = {error["loc"][:-1] for error in errors if error["loc"]}
    return [error for error in errors if error["type"] != "too_short" or error["loc"] not in inside]


def complaints(fault: ValidationError) -> list[Any]:
    """What is wrong with a value, each with the path as whoever wrote the value knows it: a brief's kind, which tells
    its members apart, is no part of that.
    """
    found = telling(fault.errors(include_url=False))
    if fault.title != AnyBrief.__name__:
        return found
    return [error | {"loc": error["loc"][1:]} if error["loc"][:1] in _TAGS else error for error in found]


def said(error: Any) -> str:
    """One complaint as half a sentence."""
    if error["type"] == "string_pattern_mismatch":
        return HINTS.get(error.get("ctx", {}).get("pattern", ""), "it is not written as it has to be")
    message: str = error["msg"].removeprefix("Value error, ").removeprefix("Input ")
    return _PLAIN.get(error["type"], message[:1].lower() + message[1:])
