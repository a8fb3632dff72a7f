"""CSV and TSV, as spreadsheets and shops save them. Pure."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from services.catalog.rows import CELL_CHARS, COLUMNS_MAX, BadFeed, BadRow, Row, Rows, plain

_MARKS: Final = "\t;,|"
_LINE_CHARS: Final = 1 << 20
_BOM_BYTES: Final = 2
_BOMS: Final = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def table_rows(pieces: Iterable[bytes], check: Callable[[tuple[str, ...]], None] | None = None) -> Rows:
    """The first line names the columns, and what parts it (tab, semicolon, comma, bar) parts all lines. ``check`` is
    told their names, and may raise BadFeed.
    """
    lines = _lines(pieces)
    head = next((line for line in lines if line.strip()), None)
    if head is None:
        raise BadFeed("The file is empty.")
    mark = max(_MARKS, key=head.count)
    names = [plain(name) for name in next(csv.reader([head], delimiter=mark), [])]
    if len(names) > COLUMNS_MAX:
        raise BadFeed(f"The first line names {len(names):,} columns; {COLUMNS_MAX} are taken.")
    if check is not None:
        check(tuple(name for name in names if name))
    reader = csv.reader(_chain(head, lines), delimiter=mark)
    next(reader)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadRow(line, f"The line can't be read: {error}.")
            continue
        if any(cell.strip() for cell in cells):
            yield _row(line, names, cells)


def table_columns(start: bytes) -> tuple[str, ...]:
    """The names of a table's columns, from a beginning of it that holds the whole first line."""
    head = next((line for line in _lines([start[: _LINE_CHARS // 2]]) if line.strip()), "")
    return tuple(
        name for name in map(plain, next(csv.reader([head], delimiter=max(_MARKS, key=head.count)), [])) if name
    )


def _row(line: int, names: list[str], cells: list[str]) -> Row | BadRow:
    if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
        return BadRow(line, f"The line has {len(cells)} cells, the first one names {len(names)} columns.")
    kept: dict[str, tuple[str, ...]] = {}
    for name, cell in zip(names, cells, strict=False):
        text = cell.replace("\0", "").strip()  # no database keeps it
        if name and text:
            kept[name] = (*kept.get(name, ()), text[:CELL_CHARS])
    return Row(line, kept)


def _chain(head: str, lines: Iterator[str]) -> Iterator[str]:
    yield head
    yield from lines


def _lines(pieces: Iterable[bytes]) -> Iterator[str]:
    """Lines with their ends. UTF-8 unless the file says UTF-16; a feed in neither is refused, not guessed at."""
    decoder: codecs.IncrementalDecoder | None = None
    start, rest = b"", ""
    number = 1
    try:
        for each in pieces:
            piece = start + each
            if decoder is None and len(piece) < _BOM_BYTES:
                start = piece
                continue
            decoder = decoder or codecs.getincrementaldecoder(_encoding(piece))()
            start = b""
            rest += decoder.decode(piece)
            *whole, rest = rest.split("\n")
            for line in whole:
                yield line + "\n"
                number += 1
            if len(rest) > _LINE_CHARS:
                raise BadFeed(f"Line {number:,} has no end.")
        decoder = decoder or codecs.getincrementaldecoder(_encoding(start))()
        rest += decoder.decode(start, final=True)
    except UnicodeDecodeError as error:
        raise BadFeed(f"The file is not in UTF-8 (after line {number:,}); save it as UTF-8.") from error
    if rest:
        yield rest


def _encoding(start: bytes) -> str:
    return next((name for bom, name in _BOMS if start.startswith(bom)), "utf-8-sig")
