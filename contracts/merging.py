"""Texts with merge fields, one text for many rows: ``{title}, now {price}. {brand|From us} made it.`` Pure.

``{name}`` is replaced by the row's value of that name, in any case and with spaces for underscores. ``{name|instead}``
says what stands there if the row has none; without it such a row fails: a video with a hole in its sentence is worse
than none. ``{{`` and ``}}`` are the braces themselves. A value is data: braces in it stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from contracts.faults import LogicalFault

FIELDS_MAX: Final = 100

_PART: Final = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_NAME: Final = re.compile(r"[^\W_][\w .()/-]*", re.UNICODE)
_GAPS: Final = re.compile(r"[\s_-]+")


class BadTemplate(LogicalFault):
    """A text that can't be filled by any row. ``at`` is the place in it, in characters from 1."""

    code = "template_invalid"

    def __init__(self, message: str, at: int) -> None:
        super().__init__(f"{message} (character {at:,})")
        self.at = at


class LacksValue(LogicalFault):
    """A row that has nothing for a field."""

    code = "merge_field_empty"

    def __init__(self, name: str) -> None:
        super().__init__(f"The row has no “{name}”, and the text says nothing that could stand there instead.")
        self.name = name


class MergeField(NamedTuple):
    """``name`` in one spelling (``field_name``), ``instead`` if a row has none, ``at`` where it stands, from 1."""

    name: str
    instead: str | None
    at: int


class Template(NamedTuple):
    """A text taken apart: words and fields in their order."""

    parts: tuple[str | MergeField, ...]

    @property
    def fields(self) -> tuple[MergeField, ...]:
        return tuple(part for part in self.parts if isinstance(part, MergeField))

    def filled(self, values: Mapping[str, str]) -> str:
        """``values`` by names in one spelling. Raises LacksValue."""
        return "".join(part if isinstance(part, str) else _value(part, values) for part in self.parts)


def field_name(text: str) -> str:
    """A name in the spelling that all are compared in: ``Sale Price`` is ``sale_price``."""
    return _GAPS.sub("_", text.strip().casefold()).strip("_")


def template(text: str) -> Template:
    """Raises BadTemplate."""
    parts: list[str | MergeField] = []
    end = 0
    for found in _PART.finditer(text):
        parts.append(text[end : found.start()])
        end = found.end()
        parts.append(_part(found))
    parts.append(text[end:])
    if sum(isinstance(part, MergeField) for part in parts) > FIELDS_MAX:
        raise BadTemplate(f"The text has more than {FIELDS_MAX} fields", 1)
    return Template(tuple(part for part in parts if part))


def check(found: Template, names: frozenset[str]) -> None:
    """Whether rows with columns of these names can fill it. Raises BadTemplate that names what there is."""
    for field in found.fields:
        if field.name not in names:
            there = ", ".join(sorted(names)) or "none"
            raise BadTemplate(f"There is no field “{field.name}”; there are: {there}", field.at)


def _part(found: re.Match[str]) -> str | MergeField:
    text, inside, at = found[0], found[1], found.start() + 1
    if text in {"{{", "}}"}:
        return text[0]
    if inside is None:
        other = "}" if text == "{" else "{"
        raise BadTemplate(f"“{text}” has no “{other}”; write “{text}{text}” for the sign itself", at)
    name, mark, instead = inside.partition("|")
    if not _NAME.fullmatch(name.strip()):
        raise BadTemplate(f"“{text[:60]}” names no field", at)
    return MergeField(field_name(name), instead.strip() if mark else None, at)


def _value(field: MergeField, values: Mapping[str, str]) -> str:
    value = values.get(field.name, "").strip()
    if not value and field.instead is None:
        raise LacksValue(field.name)
    return value or field.instead or ""
