"""Google Shopping XML, as RSS 2.0 (``item``) or Atom (``entry``). Pure.

A bare ``&`` in a title is the commonest mistake of feeds and no reason to lose ten thousand products: such things are
mended first (see ``mending``). Entities are never resolved, nothing is fetched, each product is let go once read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from lxml import etree

from services.catalog.mending import mended
from services.catalog.rows import CELL_CHARS, BadFeed, Row, Rows, plain

_ITEMS: Final = {"item", "entry"}
_ROOTS: Final = {"rss", "feed", "rdf", "channel"}
_DEPTH_MAX: Final = 100


def xml_rows(pieces: Iterable[bytes]) -> Rows:
    """One row a product, in the file's order."""
    parser: Any = etree.XMLPullParser(
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    seen = _Reading()
    try:
        for piece in mended(pieces):
            parser.feed(piece)
            yield from seen.rows(parser)
        parser.close()
    except etree.XMLSyntaxError as error:
        raise BadFeed(seen.broken(error)) from error


class _Reading:
    """How far a document was read."""

    def __init__(self) -> None:
        self.root = ""
        self._depth = 0

    def rows(self, parser: Any) -> Iterator[Row]:
        for event, element in parser.read_events():
            name = _name(element)
            if event == "start":
                self._opens(name)
                continue
            self._depth -= 1
            if name in _ITEMS:
                yield _row(element)
                _let_go(element)

    def broken(self, error: Any) -> str:
        line, why = (error.lineno or 1), (error.msg or "").partition(", line ")[0]
        return f"The file breaks off or is damaged at line {line:,}: {why}." if self.root else "The file is no XML."

    def _opens(self, name: str) -> None:
        self._depth += 1
        if self._depth > _DEPTH_MAX:
            raise BadFeed("The file is nested too deeply to be a feed.")
        if not self.root:
            self.root = name
            if name not in _ROOTS:
                raise BadFeed(f"The file begins with <{name[:40]}>; a feed begins with <rss> or <feed>.")


def _row(element: Any) -> Row:
    cells: dict[str, tuple[str, ...]] = {}
    for child in element:
        name = _name(child)
        text = "".join(child.itertext()).strip() if not len(child) else ""
        text = text or (child.get("href", "").strip() if name == "link" else "")
        if text:
            cells[name] = (*cells.get(name, ()), text[:CELL_CHARS])
    return Row(element.sourceline or 0, cells)


def _let_go(element: Any) -> None:
    """Its words, and what is left of the ones before it: else the tree would grow with the feed."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _name(element: Any) -> str:
    tag = element.tag
    return plain(tag.rpartition("}")[2]) if isinstance(tag, str) else ""
