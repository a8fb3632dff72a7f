"""The template of a batch in a file: as a brief, with merge fields, and with the paths of media that are uploaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from contracts.media import AssetKind
from edit_factory.cli.brief import fields_of, kind_of

Place = tuple[str | int, ...]


def load_template(path: Path) -> tuple[dict[str, Any], dict[Place, Path]]:
    """What is in the file, and where in it a file of this machine is named.

    Raises:
        CommandFault: it can't be read.
    """
    template = fields_of(path)
    return template, dict(_media(template, path.absolute().parent))


def kinds(template: Mapping[str, Any], media: Mapping[Place, Path]) -> dict[Path, AssetKind]:
    """What each file is uploaded as."""
    found: dict[Path, AssetKind] = {}
    for place, file in media.items():
        wanted = {"music": AssetKind.MUSIC}.get(str(place[0]), kind_of(file))
        found[file] = AssetKind.IMAGE if place[:2] == ("branding", "logo") else wanted
    return found


def with_ids(template: dict[str, Any], media: Mapping[Place, Path], ids: Mapping[Path, UUID]) -> dict[str, Any]:
    for place, file in media.items():
        at: Any = template
        for part in place[:-1]:
            at = at[part]
        at[place[-1]] = str(ids[file])
    return template


def _media(template: Mapping[str, Any], folder: Path) -> Iterator[tuple[Place, Path]]:
    for place, entry in _named(template):
        if isinstance(entry, str) and "{" not in entry and (file := folder / entry).is_file():
            yield place, file


def _named(template: Mapping[str, Any]) -> Iterator[tuple[Place, Any]]:
    """Where a template may name uploads; whether they are well made there is for the system to say."""
    yield from ((("footage", place), entry) for place, entry in enumerate(_list(template.get("footage"))))
    yield ("music", "asset"), _field(template.get("music"), "asset")
    for part in ("logo", "intro", "outro"):
        yield ("branding", part, "asset"), _field(_field(template.get("branding"), part), "asset")
    for number, product in enumerate(_list(template.get("products"))):
        for place, entry in enumerate(_list(_field(product, "pictures"))):
            yield ("products", number, "pictures", place), entry


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _field(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, Mapping) else None
