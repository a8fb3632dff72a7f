"""A feed read in a caged child: its products come in lots, however many there are."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson
import pydantic

import contracts
from contracts.feeds import Columns
from contracts.product import Product
from contracts.searching import folded
from contracts.values import fingerprint
from kit.process import Limits, ProcessFailed, ProcessTimedOut, run
from kit.sees import Sees
from services.catalog.rows import BadFeed, BadRow

VERSION: Final = 2  # of what rows mean: count up when the same feed comes out as other products
LOT: Final = 500
PROBLEMS_KEPT: Final = 1_000

_CHILD = Path(__file__).with_name("read_child.py")
_CONTRACTS = Path(contracts.__file__).parent
_WALL_S, _ADDRESS_SPACE, _FILE_BYTES = 900.0, 1 << 30, 4 << 30
_FOLDED_MAX = 300  # letters
_MESSAGE_MAX = 1_000


class ReadProduct(NamedTuple):
    """A product as it is written down; ``product`` is its JSON."""

    id: str
    product: bytes
    fingerprint: str
    folded: str


@dataclass(frozen=True, slots=True)
class Read:
    """What one feed came to. ``dated``: at another moment it could have come to something else."""

    folder: Path
    products: int
    wrong: int
    without_image: int
    without_price: int
    dated: bool

    async def lots(self) -> AsyncIterator[list[ReadProduct]]:
        """Raises:
        BadFeed: what was read is no product.
        """
        with closing(_lines(self.folder / "products.jsonl")) as lines:
            while lot := await asyncio.to_thread(_lot, lines):
                yield lot

    def problems(self) -> list[BadRow]:
        """The first rows that make no product."""
        lines = islice(_lines(self.folder / "problems.jsonl"), PROBLEMS_KEPT)
        return [_problem(orjson.loads(line)) for line in lines]


def shape(columns: Columns) -> str:
    """What beside its bytes, and the moment, decides what a feed comes to."""
    return fingerprint({"version": VERSION, "columns": columns})


async def read(path: Path, on: datetime, columns: Columns, folder: Path, tell: Callable[[float], None]) -> Read:
    """Reads a feed into a folder. ``tell`` gets shares.

    Raises:
        BadFeed: it is none, breaks off, or is more than can be read.
    """
    question = {"path": str(path), "on": on.isoformat(), "columns": columns.model_dump()}
    try:
        await run(
            [sys.executable, "-I", _CHILD, _CONTRACTS],
            limits=Limits(wall_s=_WALL_S, cpu_s=int(_WALL_S), address_space=_ADDRESS_SPACE, file_size=_FILE_BYTES),
            cwd=folder,
            sees=Sees(read=(_CHILD.parent, _CONTRACTS, path)),
            stdin=json.dumps(question).encode(),
            on_line=lambda line: tell(float(line)),
        )
    except ProcessTimedOut as slow:
        raise BadFeed("The feed takes too long to be read; split it.") from slow
    except ProcessFailed as failed:
        if failed.returncode < 0 or "MemoryError" in failed.stderr:  # it ran into a limit
            raise BadFeed("The feed takes more memory or time to be read than there is; split it.") from failed
        raise
    summary = orjson.loads(await asyncio.to_thread((folder / "summary.json").read_bytes))
    if "refused" in summary:
        raise BadFeed(summary["refused"]["message"], code=summary["refused"]["code"])
    return Read(folder, **(summary | {"dated": bool(summary["dated"])}))


def _lines(path: Path) -> Generator[bytes, None, None]:
    with path.open("rb") as file:
        yield from file


def _lot(lines: Iterator[bytes]) -> list[ReadProduct]:
    try:
        found = [Product.model_validate_json(line) for line in islice(lines, LOT)]
    except pydantic.ValidationError as wrong:
        raise BadFeed("The feed holds a product that can't be kept.") from wrong
    return [_kept(product) for product in found]


def _kept(product: Product) -> ReadProduct:
    text = f"{product.title} {product.brand} {product.id}"
    shown = orjson.dumps(product.model_dump(mode="json"))
    return ReadProduct(product.id, shown, product.fingerprint, folded(text)[:_FOLDED_MAX])


def _problem(row: dict[str, Any]) -> BadRow:
    return BadRow(int(row["line"]), str(row["message"])[:_MESSAGE_MAX], row["column"], row["id"])
