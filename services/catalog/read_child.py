"""Reads a product feed. Run as a script, caged: what a stranger wrote is parsed here alone.

argv: the folder of ``contracts``; stdin: {"path", "on", "columns"}. Into the folder it works in it writes
``products.jsonl`` (a product a line), ``problems.jsonl`` (a row that makes none a line, the first ones of many) and at
the end ``summary.json``: counts, or the refusal of the whole; on stdout how far it is, a share a line. Of each product
only the id is held, so memory grows by some bytes a product.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

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

from contracts.feeds import Columns
from services.catalog.products import products
from services.catalog.rows import BadFeed, BadRow

PIECE_BYTES = 1 << 18
PROBLEMS_KEPT = 1_000


def main() -> None:
    question = json.load(sys.stdin)
    try:
        summary = read(question)
    except BadFeed as bad:
        summary = {"refused": {"code": bad.code, "message": bad.message}}
    Path("summary.json").write_text(json.dumps(summary), "utf-8")


def read(question: dict[str, Any]) -> dict[str, Any]:
    path, on = Path(question["path"]), datetime.fromisoformat(question["on"])
    counts = {"products": 0, "wrong": 0, "without_image": 0, "without_price": 0, "dated": 0}

    def dated() -> None:
        counts["dated"] = 1

    with path.open("rb") as file, Path("products.jsonl").open("wb") as good, Path("problems.jsonl").open("wb") as bad:
        pieces = _pieces(file, max(1, path.stat().st_size))
        for each in products(pieces, on, Columns.model_validate(question["columns"]), dated):
            if isinstance(each, BadRow):
                counts["wrong"] += 1
                if counts["wrong"] <= PROBLEMS_KEPT:
                    bad.write(json.dumps(each._asdict()).encode() + b"\n")
                continue
            counts["products"] += 1
            counts["without_image"] += not each.images
            counts["without_price"] += each.price is None
            good.write(each.model_dump_json().encode() + b"\n")
    return counts


def _pieces(file: BinaryIO, size: int) -> Iterator[bytes]:
    read = 0
    while piece := file.read(PIECE_BYTES):
        yield piece
        read += len(piece)
        print(round(read / size, 4), flush=True)  # noqa: T201  (the other side reads it)


if __name__ == "__main__":
    main()
