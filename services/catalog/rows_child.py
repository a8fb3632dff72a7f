"""Reads the rows of a table and writes them as JSON lines: a script, never imported. Run caged.

argv: the folders of the packages ``contracts``, ``services`` and ``services.catalog``, the table, the file to write,
the moment it is read at, ``products`` or ``values``. Stdout: one JSON object, ``{"rows": n}`` or ``{"refused": code,
"message": ...}``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

_PACKAGES = ("contracts", "services", "services.catalog")


def _know(name: str, folder: Path) -> None:
    """A package whose neighbours can't be seen, so that nobody could look for it."""
    spec = spec_from_file_location(name, folder / "__init__.py", submodule_search_locations=[str(folder)])
    if spec is None or spec.loader is None:
        raise ImportError(name)
    sys.modules[name] = package = module_from_spec(spec)
    spec.loader.exec_module(package)


if __name__ == "__main__":
    for _name, _folder in zip(_PACKAGES, sys.argv[1:], strict=False):
        _know(_name, Path(_folder))

from contracts.faults import LogicalFault  # noqa: E402  (only now it is known where they lie)
from services.catalog.batch_rows import from_table  # noqa: E402

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
    table, target, on, kind = sys.argv[1 + len(_PACKAGES) :]
    told = answer_to(Path(table), Path(target), datetime.fromisoformat(on), products=kind == "products")
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
