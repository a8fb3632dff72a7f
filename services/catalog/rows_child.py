"""Reads the rows of a table and writes them as JSON lines: a script, never imported. Run caged.

argv: the folder of ``contracts``, the table, the file to write, the moment it is read at, ``products`` or ``values``.
Stdout: one JSON object, ``{"rows": n}`` or ``{"refused": code, "message": ...}``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

if __name__ == "__main__":
    # The folders above these hold what is none of this script's business, and it may not look into them.
    for _name, _folders in (
        ("contracts", [sys.argv[1]]),
        ("services", []),
        ("services.catalog", [str(Path(__file__).parent)]),
    ):
        _package = ModuleType(_name)
        _package.__path__ = _folders
        sys.modules[_name] = _package

from contracts.faults import LogicalFault
from services.catalog.batch_rows import from_table

_PIECE_BYTES = 1 << 16


def answer_to(table: Path, target: Path, on: datetime, *, products: bool) -> dict[str, Any]:
    many = 0
    try:
        with table.open("rb") as source, target.open("wb") as out:
            for row in from_table(_pieces(source), on, products=products):
                out.write(row.model_dump_json(exclude_defaults=True).encode() + b"\n")
                many += 1
    except LogicalFault as fault:
        return {"refused": fault.code, "message": fault.message}
    except MemoryError:
        return {"refused": "feed_unreadable", "message": "The table takes too much memory to be read."}
    return {"rows": many}


def _pieces(source: Any) -> Iterator[bytes]:
    return iter(lambda: source.read(_PIECE_BYTES), b"")


def main() -> None:
    table, target, on, kind = sys.argv[2:]
    told = answer_to(Path(table), Path(target), datetime.fromisoformat(on), products=kind == "products")
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
