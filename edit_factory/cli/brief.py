"""A brief from a file: YAML or JSON in the shape of the API's, except that media may be files on this machine."""

from __future__ import annotations

import glob
import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import pydantic
import yaml

from contracts.brief import (
    AnyBrief,
    Brief,
    FootageBrief,
    ProductBrief,
    ScriptBrief,
    SilenceRule,
    SoundWish,
    SubtitleStyle,
    VoiceChoice,
)
from contracts.looks import BookendChoice, Branding, Filters, LogoChoice, TransitionStyle
from contracts.media import AssetKind
from contracts.showcase import CardLook, ShownProduct
from contracts.wording import complaints, said
from edit_factory.cli.faults import Code, CommandFault, Detail

BRIEF_MAX = 1 << 20  # bytes
GLOB_MAX = 1_000  # files

Medium = Path | UUID
_ERRORS_SHOWN = 20
_STAND_IN = "words"
_IMAGES = frozenset({".png", ".jpg", ".jpeg", ".webp"})


@dataclass(frozen=True)
class LocalBrief:
    """A checked brief whose media are still files, or ids of uploads already made.

    ``fields`` is everything else, as it was written.
    """

    name: str
    fields: Mapping[str, Any]
    footage: tuple[Medium, ...]
    music: Medium | None = None
    branding: Mapping[str, Medium] = field(default_factory=dict)
    pictures: tuple[tuple[Medium, ...], ...] = ()  # of each product

    @property
    def shows_products(self) -> bool:
        return self.fields.get("kind") == "product"

    @property
    def files(self) -> dict[Path, AssetKind]:
        """What has to be uploaded, in order."""
        shown = [
            *self.footage,
            *itertools.chain(*self.pictures),
            *(medium for part, medium in self.branding.items() if part != "logo"),
        ]
        wanted = {path: kind_of(path) for path in shown if isinstance(path, Path)}
        if isinstance(logo := self.branding.get("logo"), Path):
            wanted[logo] = AssetKind.IMAGE
        if isinstance(self.music, Path):
            wanted[self.music] = AssetKind.MUSIC
        return wanted

    def body(self, ids: Mapping[Path, UUID]) -> dict[str, Any]:
        """The body to submit. Two files of the same content are one clip."""
        footage = dict.fromkeys(ids[medium] if isinstance(medium, Path) else medium for medium in self.footage)
        return _checked_body(self, list(footage), ids).model_dump(mode="json", exclude_unset=True)

    def changed(self, **fields: Any) -> LocalBrief:
        """With other values of top-level fields, checked.

        Raises:
            CommandFault: one of them is not taken.
        """
        changed = LocalBrief(
            self.name, {**self.fields, **fields}, self.footage, self.music, self.branding, self.pictures
        )
        _check(changed, [], {})
        return changed


def kind_of(shown: Path) -> AssetKind:
    """What a file to be shown is uploaded as; what it holds is told by the system, from its content."""
    return AssetKind.IMAGE if shown.suffix.lower() in _IMAGES else AssetKind.FOOTAGE


def _id_of(medium: Medium, ids: Mapping[Path, UUID]) -> UUID:
    return ids[medium] if isinstance(medium, Path) else medium


def _checked_body(brief: LocalBrief, footage: list[UUID], ids: Mapping[Path, UUID]) -> Brief:
    body = {**brief.fields} if brief.shows_products else {**brief.fields, "footage": footage}
    if brief.pictures:
        shown = [list(dict.fromkeys(_id_of(medium, ids) for medium in media)) for media in brief.pictures]
        body["products"] = [
            {**product, "pictures": pictures} if pictures else product
            for product, pictures in zip(brief.fields["products"], shown, strict=True)
        ]
    if brief.music is not None:
        asset = ids[brief.music] if isinstance(brief.music, Path) else brief.music
        body["music"] = {**brief.fields["music"], "asset": asset}
    for part, medium in brief.branding.items():
        asset = ids[medium] if isinstance(medium, Path) else medium
        body["branding"] = {**body["branding"], part: {**body["branding"][part], "asset": asset}}
    return AnyBrief.model_validate(body).root


def fields_of(path: Path) -> dict[str, Any]:
    """What a file of YAML says, unchecked.

    Raises:
        CommandFault: it can't be read.
    """
    return _parsed(_read(path), path.name)[0]


def load(path: Path) -> LocalBrief:
    """The brief in a file, with every fault of it found at once.

    Raises:
        CommandFault: it can't be read or carried out; each detail says where.
    """
    text = _read(path)
    fields, lines = _parsed(text, path.name)
    fields.setdefault("title", path.stem[:200])  # a name to find it by, when nobody gave one
    return resolve(fields, path.absolute().parent, path.name, lines)


def resolve(
    given: Mapping[str, Any], folder: Path, name: str, lines: Mapping[tuple[Any, ...], int] | None = None
) -> LocalBrief:
    """A brief from plain values; paths are relative to ``folder``. ``lines`` tells where in the text each value is."""
    gathering = _Gathering(folder)
    fields = dict(given)
    gathering.script(fields)
    shows_products = fields.get("kind") == "product"
    footage = [] if shows_products else gathering.footage(fields.pop("footage", None))
    pictures = gathering.pictures(fields.get("products")) if shows_products else []
    music = gathering.music(fields.get("music"))
    branding = gathering.branding(fields.get("branding"))
    brief = LocalBrief(name, fields, tuple(footage), music, branding, tuple(pictures))
    _check(brief, gathering.faults, lines or {})
    return brief


@dataclass
class _Fault:
    loc: tuple[Any, ...]
    message: str


@dataclass
class _Gathering:
    """Finds the files a brief names, and collects what is wrong with them."""

    folder: Path
    faults: list[_Fault] = field(default_factory=list)

    def script(self, fields: dict[str, Any]) -> None:
        named = fields.pop("script_file", None)
        if named is None:
            return
        if "script" in fields:
            self._wrong(("script_file",), "give either script or script_file")
            return
        path = self._file(named, ("script_file",))
        if path is None:
            fields["script"] = _STAND_IN  # the fault is already noted; no second one for a missing script
            return
        try:
            fields["script"] = _text(path).strip()
        except CommandFault as fault:
            self._wrong(("script_file",), fault.message)
            fields["script"] = _STAND_IN

    def footage(self, named: Any) -> list[Medium]:
        if isinstance(named, str):
            named = [named]
        if not isinstance(named, list) or not named:
            self._wrong(
                ("footage",), "name at least one clip: a file, a pattern such as clips/*.mp4, or the id of an upload"
            )
            return []
        found: list[Medium] = []
        for place, entry in enumerate(named):
            found += self._clips(entry, ("footage", place), known=found)
        return found

    def pictures(self, products: Any) -> list[tuple[Medium, ...]]:
        """Those of each product; nothing where that is wrong in a way that the check of the whole brief tells."""
        if not isinstance(products, list) or not all(isinstance(product, dict) for product in products):
            return []
        found: list[tuple[Medium, ...]] = []
        for number, product in enumerate(products):
            named = product.get("pictures")
            media: list[Medium] = []
            entries = [named] if isinstance(named, str) else named
            for place, entry in enumerate(entries if isinstance(entries, list) else []):
                media += self._clips(entry, ("products", number, "pictures", place), known=media)
            found.append(tuple(media))
        return found

    def _clips(self, entry: Any, loc: tuple[Any, ...], known: list[Medium]) -> list[Medium]:
        if isinstance(entry, str) and glob.has_magic(entry) and not self._path(entry).exists():
            matches = self._matches(entry, loc)
            return [path for path in matches if path not in known]
        medium = self._medium(entry, loc)
        if medium is not None and medium in known:
            self._wrong(loc, f"{entry} is named twice")
            return []
        return [] if medium is None else [medium]

    def _matches(self, pattern: str, loc: tuple[Any, ...]) -> list[Path]:
        expanded = str(Path(pattern).expanduser())
        found = glob.iglob(expanded, root_dir=self.folder, recursive=True)  # noqa: PTH207  (takes absolute ones, too)
        names = list(itertools.islice(found, GLOB_MAX + 1))
        if len(names) > GLOB_MAX:
            self._wrong(loc, f"{pattern} matches more than {GLOB_MAX} files")
            return []
        paths = [path for name in sorted(names, key=_natural) if (path := self._path(name)).is_file()]
        if not paths:
            self._wrong(loc, f"{pattern} matches no file in {self.folder}")
        return paths

    def music(self, named: Any) -> Medium | None:
        if not isinstance(named, dict) or "asset" not in named:
            return None  # absent, or wrong in a way that the check of the whole brief tells
        return self._medium(named["asset"], ("music", "asset"))

    def branding(self, named: Any) -> dict[str, Medium]:
        found: dict[str, Medium] = {}
        for part in ("logo", "intro", "outro"):
            choice = named.get(part) if isinstance(named, dict) else None
            if isinstance(choice, dict) and "asset" in choice:  # else it is wrong in a way the whole check tells
                medium = self._medium(choice["asset"], ("branding", part, "asset"))
                found |= {} if medium is None else {part: medium}
        return found

    def _medium(self, entry: Any, loc: tuple[Any, ...]) -> Medium | None:
        if isinstance(entry, str) and not self._path(entry).exists():
            try:
                return UUID(entry)
            except ValueError:
                pass
        return self._file(entry, loc)

    def _file(self, entry: Any, loc: tuple[Any, ...]) -> Path | None:
        if not isinstance(entry, str) or not entry or "\0" in entry:
            self._wrong(loc, "should be the path of a file")
            return None
        path = self._path(entry)
        problem = _problem_of(path)
        if problem:
            self._wrong(loc, f"{entry}: {problem}")
            return None
        return path

    def _path(self, entry: str) -> Path:
        return (self.folder / Path(entry).expanduser()).resolve() if "\0" not in entry else self.folder / "?"

    def _wrong(self, loc: tuple[Any, ...], message: str) -> None:
        self.faults.append(_Fault(loc, message))


def _problem_of(path: Path) -> str:
    try:
        if path.is_dir():
            return "is a folder; use a pattern such as folder/*.mp4"
        if not path.is_file():
            return f"there is no such file in {path.parent}"
        with path.open("rb") as file:
            return "" if file.read(1) else "the file is empty"
    except OSError as fault:
        return f"can't be read: {fault.strerror}"


def _check(brief: LocalBrief, known: Iterable[_Fault], lines: Mapping[tuple[Any, ...], int]) -> None:
    """Everything the gateway would check, before anything is uploaded."""
    faults = list(known)
    media_at_fault = {fault.loc[0] for fault in faults}
    stand_ins = {path: uuid5(NAMESPACE_URL, str(path)) for path in brief.files}
    footage = [stand_ins[medium] if isinstance(medium, Path) else medium for medium in brief.footage]
    try:
        _checked_body(brief, footage or [uuid5(NAMESPACE_URL, "none")], stand_ins)
    except pydantic.ValidationError as wrong:
        found = complaints(wrong)
        faults += [
            _Fault(error["loc"], _sentence(error))
            for error in found
            if not (error["loc"] and error["loc"][0] in media_at_fault)
        ]
    if faults:
        raise refusal(brief.name, faults, lines)


def refusal(name: str, faults: list[_Fault], lines: Mapping[tuple[Any, ...], int]) -> CommandFault:
    details = [Detail(where(fault.loc), fault.message, _line_of(fault.loc, lines)) for fault in faults[:_ERRORS_SHOWN]]
    return CommandFault(Code.USAGE, f"{name} can't be carried out", code="brief_invalid", details=details)


def where(loc: Iterable[int | str]) -> str:
    """``footage[0]``, ``subtitles.size``."""
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")
    return path or "the brief"


def _line_of(loc: tuple[Any, ...], lines: Mapping[tuple[Any, ...], int]) -> int | None:
    for length in range(len(loc), 0, -1):
        if loc[:length] in lines:
            return lines[loc[:length]]
    return None


def _sentence(error: Any) -> str:
    if error["type"] == "extra_forbidden":
        near = get_close_matches(str(error["loc"][-1]), _FIELDS, 1)
        return f"there is no such field; did you mean {near[0]}?" if near else "there is no such field"
    if error["type"] == "model_type" and error["loc"][-1:] == ("music",):
        return "write music: {asset: tune.mp3}"
    if error["type"] == "string_type" and error["input"] is None:
        return "should be text (a colour starts a comment in YAML unless it is quoted: '#FFD60A')"
    return said(error)


_PARTS: tuple[type[pydantic.BaseModel], ...] = (
    *(
        ScriptBrief,
        FootageBrief,
        ProductBrief,
        ShownProduct,
        CardLook,
        SubtitleStyle,
        VoiceChoice,
        SilenceRule,
        SoundWish,
    ),
    *(Filters, TransitionStyle, Branding, LogoChoice, BookendChoice),
)
_FIELDS = sorted({name for part in _PARTS for name in part.model_fields})


class _Strict(yaml.SafeLoader):
    """YAML without its worst surprise: a key that is named twice is a fault, not the last one's win."""


def _mapping(loader: _Strict, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode):
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} is named twice", key.start_mark)
            seen.add(key.value)
    return loader.construct_mapping(node, deep=True)


_Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(BRIEF_MAX + 1)
    except OSError as fault:
        raise CommandFault(Code.USAGE, f"can't read {path}: {fault.strerror}", code="brief_unreadable") from fault
    if len(data) > BRIEF_MAX:
        raise CommandFault(Code.USAGE, f"{path.name} is over {BRIEF_MAX >> 20} MiB", code="brief_too_large")
    return data


def _text(path: Path) -> str:
    try:
        return _read(path).decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise CommandFault(Code.USAGE, f"{path.name} is not UTF-8 text") from wrong


def _parsed(data: bytes, name: str) -> tuple[dict[str, Any], dict[tuple[Any, ...], int]]:
    try:
        loader = _Strict(data)
        node = loader.get_single_node()
        parsed = loader.construct_document(node) if node is not None else None
        lines = dict(_lines(node, ())) if node is not None else {}
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        detail = Detail("", f"{wrong.problem or wrong.context}", mark.line + 1 if mark else None)
        raise CommandFault(Code.USAGE, f"{name} is no YAML", code="brief_malformed", details=[detail]) from wrong
    except (yaml.YAMLError, ValueError) as wrong:
        raise CommandFault(Code.USAGE, f"{name} is no YAML: {wrong}", code="brief_malformed") from wrong
    except RecursionError as wrong:
        raise CommandFault(Code.USAGE, f"{name} is nested too deep", code="brief_malformed") from wrong
    if not isinstance(parsed, dict) or not all(isinstance(key, str) for key in parsed):
        message = f"{name} should be a list of fields, such as  script: ...  and  footage: [...]"
        raise CommandFault(Code.USAGE, message, code="brief_malformed")
    return parsed, lines


def _lines(node: yaml.Node, loc: tuple[Any, ...], depth: int = 0) -> Iterable[tuple[tuple[Any, ...], int]]:
    """The line (from 1) of each value, by its place. Not deeper than a brief is."""
    yield loc, node.start_mark.line + 1
    if depth > 4:
        return
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                place = (*loc, key.value)
                yield place, key.start_mark.line + 1
                yield from itertools.islice(_lines(value, place, depth + 1), 1, None)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _lines(value, (*loc, index), depth + 1)


def _natural(name: str) -> list[tuple[int, str]]:
    """clip2 before clip10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", name)]
