"""The shipped typefaces: one folder of static files for libass, and what each of them can draw and how wide it is.

Only fonts that come with the packages are ever used; a system's own fonts would make two machines draw two pictures.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from contracts.faults import Unavailable
from contracts.looks import FONTS

# The face of each family that reads best over moving pictures: its bold, or the only one it has.
_FILES: dict[str, str] = {
    "Alegreya Sans": "AlegreyaSans-Bold.ttf",
    "Anton": "Anton-Regular.ttf",
    "Archivo Black": "ArchivoBlack-Regular.ttf",
    "Barlow": "Barlow-Bold.ttf",
    "Bebas Neue": "BebasNeue-Regular.ttf",
    "DM Serif Display": "DMSerifDisplay-Regular.ttf",
    "Fira Sans": "FiraSans-Bold.ttf",
    "Kanit": "Kanit-Bold.ttf",
    "Lato": "Lato-Bold.ttf",
    "Poppins": "Poppins-Bold.ttf",
}

_UNDRAWN = {"Cc", "Cf", "Zs", "Zl", "Zp"}  # control and format characters, separators: nothing to draw


@dataclass(frozen=True, slots=True)
class Face:
    """What a layout must know of a typeface. Lengths in units, ``units_per_em`` of them to the font size."""

    family: str
    bold: bool
    units_per_em: int
    ascent: int  # of the box a renderer puts around a line (OS/2 win metrics)
    descent: int
    cap_height: int
    advances: Mapping[int, int]

    def width(self, text: str) -> float:
        """Width of a line of text in ems; an unknown character counts as one em."""
        return sum(self.advances.get(ord(character), self.units_per_em) for character in text) / self.units_per_em


def fonts_folder() -> Path:
    """A folder that holds the shipped faces and nothing else, made if it is missing or incomplete.

    Below ``EDIT_FACTORY_HOME`` if that is set, else in a private temporary folder. Each file is moved into place
    whole, so any number of processes may do this at once.
    """
    cache_folder = _cache_folder()
    folder = cache_folder / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    for family in FONTS:
        source = _source(family)
        target = folder / source.name
        if not _same_size(source, target):
            _copy_whole(source, target, by_way_of=cache_folder)
    return folder


@cache
def face(family: str) -> Face:
    """The shipped face of a family."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  (0.1 s to import, and only layouts need it)

    with TTFont(_source(family), lazy=True) as font:
        metrics = font["hmtx"].metrics
        os2 = font["OS/2"]
        return Face(
            family=family,
            bold="Bold" in _FILES[family],
            units_per_em=font["head"].unitsPerEm,
            ascent=os2.usWinAscent,
            descent=os2.usWinDescent,
            cap_height=getattr(os2, "sCapHeight", 0) or os2.usWinAscent,
            advances={code: metrics[glyph][0] for code, glyph in font.getBestCmap().items()},
        )


def covers(family: str, text: str) -> list[str]:
    """The characters of a text that the family cannot draw, each once, in order of first use."""
    known = face(family).advances
    return [
        character
        for character in dict.fromkeys(text)
        if ord(character) not in known and unicodedata.category(character) not in _UNDRAWN
    ]


@cache
def font_identity(family: str) -> str:
    """Tells one release of a shipped face from another: its file's name and size in bytes. Part of a cache key."""
    source = _source(family)
    return f"{source.name} {source.stat().st_size}"


def _source(family: str) -> Path:
    package = "fontpkg_" + family.lower().replace(" ", "_")
    try:
        return Path(str(files(package))) / "files" / _FILES[family]
    except ModuleNotFoundError as missing:
        raise Unavailable(f"the package of the font {family} is not installed", code="font_missing") from missing


def _cache_folder() -> Path:
    home = os.environ.get("EDIT_FACTORY_HOME")
    if home:
        return Path(home) / "cache"
    return _private_temp_folder()


def _private_temp_folder() -> Path:
    """The same folder for all processes of this user; another one if a stranger has taken its name."""
    folder = Path(tempfile.gettempdir()) / f"edit-factory-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    seen = folder.lstat()
    if stat.S_ISDIR(seen.st_mode) and seen.st_uid == os.getuid() and not seen.st_mode & 0o022:
        return folder
    return _own_temp_folder()


@cache
def _own_temp_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="edit-factory-"))


def _same_size(source: Path, target: Path) -> bool:
    try:
        return target.stat().st_size == source.stat().st_size
    except FileNotFoundError:
        return False


def _copy_whole(source: Path, target: Path, *, by_way_of: Path) -> None:
    """The half-written copy lies outside the folder: libass reads every file in it."""
    handle, part = tempfile.mkstemp(dir=by_way_of, prefix=".font-")
    os.close(handle)
    try:
        shutil.copyfile(source, part)
        Path(part).chmod(0o644)
        Path(part).replace(target)
    finally:
        Path(part).unlink(missing_ok=True)
