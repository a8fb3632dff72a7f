"""A template and a row become a brief. Pure.

The template is a brief of any kind as JSON, in which any text may have merge fields (``contracts.merging``). A row
fills them, may show a product, and may override what the template says. What a row holds is data: braces in it fill
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from itertools import chain
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid5

import orjson
import pydantic
from pydantic import Field

from contracts.brief import AnyBrief, Brief
from contracts.faults import FaultReport, LogicalFault
from contracts.merging import BadTemplate, LacksValue, MergeField, Template, check, template
from contracts.naming import FIELDS, merge_values
from contracts.product import Product
from contracts.showcase import ShownProduct
from contracts.values import Value, fingerprint
from contracts.wording import complaints, said

ROWS_MAX: Final = 50_000
TEMPLATE_BYTES_MAX: Final = 64 << 10
DEPTH_MAX: Final = 20
KEY_CHARS: Final = 200
LABEL_CHARS: Final = 300
OVERRIDE: Final = "brief."  # what a table's column begins with that overrides a field

_ROWS: Final = UUID("0b6d3c0e-7a55-5c1f-8a3e-6f0d2f9b41c7")
_FAULTS_TOLD: Final = 3
# What a script may name of a product; the script station knows the same.
_OF_PRODUCT: Final = FIELDS | {"name"}
_ON_ONE_LINE: Final = re.compile(r"\s+")
Path = tuple[str | int, ...]


class BadRow(LogicalFault):
    """A row that makes no brief. ``pointer`` is the place in the brief (RFC 6901)."""

    code = "row_invalid"

    def __init__(self, message: str, *, code: str | None = None, pointer: str = "") -> None:
        super().__init__(message, code=code)
        self.pointer = pointer


class Complaint(NamedTuple):
    """What is wrong with a template, and where in it."""

    pointer: str
    message: str


class WrongTemplate(LogicalFault):
    """A template that no row can make a brief of."""

    code = "template_invalid"

    def __init__(self, complaints: Iterable[Complaint]) -> None:
        self.complaints = tuple(complaints)
        told = (f"{each.pointer or 'the template'}: {each.message}" for each in self.complaints[:_FAULTS_TOLD])
        super().__init__("; ".join(told))


# What rows of products can fill, each of them.
PRODUCT_FIELDS: Final = _OF_PRODUCT | {"link"}


class BatchRow(Value):
    """One row. ``values`` are by names in one spelling (``merging.field_name``). ``shown`` is its product as a brief
    shows it, ``not_shown`` why none can. ``cells`` override fields, by their path with dots, as text: a number where
    the field takes one. ``overrides`` are JSON merge patches (RFC 7396) on the brief, and have the last word. A row
    with a ``fault`` makes nothing, and says why.
    """

    number: int
    key: str
    label: str
    values: dict[str, str] = Field(default_factory=dict)
    product: Product | None = None
    shown: ShownProduct | None = None
    not_shown: FaultReport | None = None
    cells: dict[str, str] = Field(default_factory=dict)
    overrides: tuple[dict[str, Any], ...] = ()
    fault: FaultReport | None = None


class Pattern:
    """A template taken apart. ``fields`` are the places of its merge fields."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        """Raises WrongTemplate."""
        self.given = dict(given)
        if wrong := unfit(self.given):
            raise WrongTemplate([wrong])
        if len(orjson.dumps(self.given)) > TEMPLATE_BYTES_MAX:
            told = f"it has more than {TEMPLATE_BYTES_MAX:,} bytes"
            raise WrongTemplate([Complaint("", told)])
        bad: list[Complaint] = []
        self.texts = dict(_texts(self.given, bad))
        self.product = self.given.get("kind") == "product"
        if bad:
            raise WrongTemplate(bad)

    @property
    def fields(self) -> dict[Path, tuple[MergeField, ...]]:
        return {path: text.fields for path, text in self.texts.items()}

    @property
    def shows_rows(self) -> bool:
        """Whether each row is a product that its video shows."""
        return self.product and "products" not in self.given

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.given)

    @property
    def names(self) -> tuple[str, ...]:
        """What its fields ask for, each name once."""
        return tuple(dict.fromkeys(field.name for fields in self.fields.values() for field in fields))

    def check_names(self, names: frozenset[str]) -> None:
        """Whether rows with these columns can fill it. Raises WrongTemplate."""
        wrong = []
        for path, text in self.texts.items():
            known = names | _OF_PRODUCT if self._for_the_station(path) else names
            try:
                check(text, known)
            except BadTemplate as bad:
                wrong.append(Complaint(pointer_of(path), bad.message))
        if wrong:
            raise WrongTemplate(wrong)

    def spelled(self, row: BatchRow) -> Brief:
        """The brief a row makes.

        Raises:
            BadRow: it makes none.
        """
        return self._read(*self._filled(row))

    def complaints(self, row: BatchRow) -> tuple[Complaint, ...]:
        """What is wrong with the template itself, as this row shows: in places that no row has a say in."""
        try:
            self.spelled(row)
        except BadRow as bad:
            fault = bad.__cause__
            if not isinstance(fault, pydantic.ValidationError):
                return ()
            found = [
                (("kind",) if error["type"] == "brief_kind" else error["loc"], error) for error in complaints(fault)
            ]
            return tuple(
                Complaint(pointer_of(loc), said(error)) for loc, error in found if self._is_of_template(loc, row)
            )
        return ()

    def _is_of_template(self, loc: Path, row: BatchRow) -> bool:
        """Not where a field is filled, above one, or where the row says something of its own."""
        theirs = [
            *self.texts,
            *(tuple(path.split(".")) for path in row.cells),
            *chain.from_iterable(map(_leaves, row.overrides)),
        ]
        if self.shows_rows and row.shown is not None:
            theirs.append(("products",))
        return bool(loc) and not any(loc[: len(path)] == path or path[: len(loc)] == loc for path in theirs)

    def _filled(self, row: BatchRow) -> tuple[dict[str, Any], dict[Path, str]]:
        """The brief as JSON, and which texts of it may have to be read as something else."""
        if row.fault is not None:
            raise BadRow(row.fault.message, code=row.fault.code)
        values = dict(row.values)
        if row.product is not None:
            facts = merge_values(row.product, self._language(row))
            values = facts | {"name": facts["title"], "link": row.product.link} | values
        plain = orjson.loads(orjson.dumps(self.given))
        soft: dict[Path, str] = {}
        for path, text in self.texts.items():
            filled = self._fill(path, text, values)
            _put(plain, path, filled)
            if len(text.parts) == 1:
                soft[path] = filled
        if self.shows_rows:
            if row.not_shown is not None:
                raise BadRow(row.not_shown.message, code=row.not_shown.code, pointer="/products")
            if row.shown is not None:
                plain["products"] = [row.shown.model_dump(mode="json", exclude_defaults=True)]
        for dotted, cell in row.cells.items():
            path = tuple(dotted.split("."))
            plain = patched(plain, _nested(path, cell))
            soft[path] = cell
        return reduce(patched, row.overrides, plain), soft

    def _language(self, row: BatchRow) -> str:
        said_last = (
            *(patch.get("language") for patch in reversed(row.overrides)),
            row.cells.get("language"),
            self.given.get("language"),
        )
        return next((each for each in said_last if isinstance(each, str) and "{" not in each), "en")

    def _for_the_station(self, path: Path) -> bool:
        """The script of products that the template names itself is filled once more when it is spoken."""
        return self.product and "products" in self.given and path == ("script",)

    def _fill(self, path: Path, text: Template, values: Mapping[str, str]) -> str:
        try:
            if not (self.product and path == ("script",)):
                return text.filled(values)
            later = _OF_PRODUCT - values.keys() if "products" in self.given else frozenset[str]()
            return "".join(_for_later(part, values, later) for part in text.parts)
        except LacksValue as lacking:
            raise BadRow(lacking.message, code=lacking.code, pointer=pointer_of(path)) from lacking

    def _read(self, plain: dict[str, Any], soft: dict[Path, str]) -> Brief:
        for _ in range(2):
            try:
                return AnyBrief.model_validate(plain).root
            except pydantic.ValidationError as wrong:
                fault = wrong
                if not self._read_otherwise(plain, soft, complaints(wrong)):
                    break
        first, *more = complaints(fault)
        tail = f" (and {len(more)} more)" if more else ""
        place = pointer_of(first["loc"])
        raise BadRow(f"{place or 'the brief'}: {said(first)}{tail}", pointer=place) from fault

    @staticmethod
    def _read_otherwise(plain: dict[str, Any], soft: dict[Path, str], errors: list[Any]) -> bool:
        """Texts that are all of a field that takes no text, read as JSON; whether there were any."""
        some = False
        for loc in {error["loc"] for error in errors if error["type"].endswith("_type")}:
            if loc not in soft:
                continue
            value = _json(soft.pop(loc))
            if value is not None:
                _put(plain, loc, value)
                some = True
        return some


def unfit(value: Any, path: Path = ()) -> Complaint | None:
    """Why a JSON value can't be kept; None if it can."""
    if len(path) > DEPTH_MAX:
        return Complaint(pointer_of(path), "it is nested too deep")
    inside: Iterable[tuple[str | int, Any]] = ()
    if isinstance(value, Mapping):
        if any("\0" in name for name in value):
            return Complaint(pointer_of(path), "a name holds a NUL character")
        inside = value.items()
    elif isinstance(value, list | tuple):
        inside = enumerate(value)
    elif isinstance(value, str) and "\0" in value:
        return Complaint(pointer_of(path), "it holds a NUL character")
    elif isinstance(value, int) and abs(value) >= 1 << 63:
        return Complaint(pointer_of(path), "the number is too large")
    return next((wrong for name, each in inside if (wrong := unfit(each, (*path, name))) is not None), None)


def patched(target: Any, patch: Any) -> Any:
    """RFC 7396: objects are merged, null takes away, all else takes the place of what was there."""
    if not isinstance(patch, Mapping):
        return patch
    merged = dict(target) if isinstance(target, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = patched(merged.get(name), value)
    return merged


def row_job(batch: UUID, key: str, attempt: int) -> UUID:
    """The id of the job a row becomes: the same however often it is asked for."""
    return uuid5(_ROWS, f"{batch}/{attempt}/{key}")


def made_of(pattern: str, row: BatchRow) -> str:
    """Hash of all that a row's video is made from: a row with the same one needs no other video. ``pattern`` is the
    template's own.
    """
    product = row.product.fingerprint if row.product is not None else ""
    return fingerprint([pattern, product, row.values, row.cells, row.overrides])


def label_of(values: Mapping[str, str], key: str) -> str:
    """What a row is called where people read of it."""
    named = (values.get(name, "") for name in ("title", "name", "label"))
    first = next((value for value in (*named, *values.values()) if value.strip()), key)
    return _ON_ONE_LINE.sub(" ", first).strip()[:LABEL_CHARS]


def pointer_of(path: Iterable[str | int]) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def _texts(value: Any, wrong: list[Complaint], path: Path = ()) -> Iterator[tuple[Path, Template]]:
    """Each text with something to fill, and each that only holds doubled braces."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _texts(each, wrong, (*path, name))
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from _texts(each, wrong, (*path, place))
    elif isinstance(value, str) and ("{" in value or "}" in value):
        try:
            yield path, template(value)
        except BadTemplate as bad:
            wrong.append(Complaint(pointer_of(path), bad.message))


def _for_later(part: str | MergeField, values: Mapping[str, str], later: frozenset[str]) -> str:
    """A part of a text that is filled once more: what is words by now stays so."""
    if isinstance(part, MergeField) and part.name in later:
        return "{" + part.name + ("" if part.instead is None else f"|{part.instead}") + "}"
    filled = Template((part,)).filled(values)
    return filled.replace("{", "{{").replace("}", "}}")


def _put(plain: Any, path: Path, value: Any) -> None:
    for part in path[:-1]:
        plain = plain[part]
    plain[path[-1]] = value


def _nested(path: Path, value: Any) -> dict[str, Any]:
    for part in reversed(path):
        value = {part: value}
    return dict(value)


def _leaves(patch: Mapping[str, Any], path: Path = ()) -> Iterator[Path]:
    for name, value in patch.items():
        if isinstance(value, Mapping) and value:
            yield from _leaves(value, (*path, name))
        else:
            yield (*path, name)


def _json(text: str) -> Any:
    """A number, boolean, list or object; None for all other texts."""
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    return None if isinstance(value, str) else value
