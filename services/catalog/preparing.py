"""A batch's rows are read and written down, all of them or none, beside the log's follower and the making of jobs."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import aclosing
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import nats.errors
import orjson

import contracts
from contracts.batching import ROWS_MAX, BatchRow, Pattern, made_of
from contracts.events import RowsWanted
from contracts.faults import Fault, FaultReport, LogicalFault, TechnicalFault, Unavailable
from contracts.media import BlobRef
from contracts.product import Product
from contracts.searching import folded
from kit.blobs import Blobs
from kit.bus import now
from kit.database import AWAY, Connection, Pool
from kit.process import Limits, run
from kit.scratch import Scratch
from kit.sees import Sees
from services.catalog.batch_rows import from_lines, of_product, overridden
from services.catalog.rows import BadFeed
from services.catalog.steering import SQL

log = logging.getLogger(__name__)

_LOT: Final = 500  # rows
_PIECE_BYTES: Final = 1 << 16
_CHILD: Final = Path(__file__).with_name("rows_child.py")
_CONTRACTS: Final = Path(contracts.__file__).parent
_LIMITS: Final = Limits(wall_s=300, address_space=2 << 30, cpu_s=240, file_size=2 << 30, nice=5)
_IDLE_S = 2.0
_AFTER_FAULT_S = 3.0
_AFTER_BREAK_S = 5.0
_FOLDED_MAX = 300
_AWAY = (nats.errors.Error, Unavailable, *AWAY)


class Preparer:
    """Prepares one batch after the other, for as long as it is its turn."""

    def __init__(self, pool: Pool, blobs: Blobs, scratch: Scratch, made: Any) -> None:
        self._pool = pool
        self._blobs = blobs
        self._scratch = scratch
        self._made = made
        self._woken = asyncio.Event()

    def wake(self) -> None:
        self._woken.set()

    async def run(self) -> None:
        """Until cancelled, through restarts of the servers."""
        while True:
            try:
                if await self.prepare_one():
                    self._made()
                    continue
                await self._wait()
            except _AWAY as away:
                log.warning("batches can't be prepared now", extra={"reason": repr(away)})
                await asyncio.sleep(1)
            except TechnicalFault as fault:
                log.warning("a batch can't be prepared now", extra={"fault": fault.code, "reason": fault.message})
                await asyncio.sleep(_AFTER_FAULT_S)
            except Exception:
                log.exception("batches can't be prepared; trying again")
                await asyncio.sleep(_AFTER_BREAK_S)

    async def _wait(self) -> None:
        try:
            await asyncio.wait_for(self._woken.wait(), _IDLE_S)
        except TimeoutError:
            return
        self._woken.clear()

    async def prepare_one(self) -> bool:
        """The oldest batch whose rows were not read yet, in one transaction; whether there was one. Of several
        processes one does it.
        """
        async with self._pool.acquire() as connection, connection.transaction():
            if not await connection.fetchval(SQL["prepare_alone"]):
                return False
            batch = await connection.fetchrow(SQL["to_prepare"])
            if batch is None:
                return False
            fault = None
            try:
                async with connection.transaction():
                    await self._prepare(connection, batch)
            except LogicalFault as refused:
                fault = refused.report()
            await self._prepared(connection, batch["id"], fault)
        return True

    async def _prepared(self, connection: Connection, batch: UUID, fault: FaultReport | None) -> None:
        told = None if fault is None else fault.model_dump()
        if await connection.fetchval(SQL["prepared"], batch, told):
            await connection.execute(SQL["cancel_waiting"], batch, now())

    async def _prepare(self, connection: Connection, batch: Mapping[str, Any]) -> None:
        wanted = RowsWanted.model_validate(batch["wanted"])
        pattern = Pattern(batch["template"])
        patches = await self._patches(batch["overrides"])
        reading = self._rows(connection, wanted, pattern)
        async with aclosing(reading) as lots:
            number = 0
            async for lot in lots:
                rows = await asyncio.to_thread(_with_patches, lot, patches, pattern)
                if wanted.feed is not None and wanted.which == "changed":
                    rows = await self._news(connection, wanted.feed, batch["seq"], rows)
                rows = [
                    (row.model_copy(update={"number": place}), made)
                    for place, (row, made) in enumerate(rows, number + 1)
                ]
                number += len(rows)
                if number > ROWS_MAX:
                    raise BadFeed(f"There are more than {ROWS_MAX:,} rows; make several batches.")
                await self._write(connection, batch["id"], wanted.feed, rows)

    async def _news(
        self, connection: Connection, feed: UUID, seq: int, rows: list[tuple[BatchRow, str]]
    ) -> list[tuple[BatchRow, str]]:
        """Those that no earlier batch of the feed has made as they are now."""
        found = await connection.fetch(SQL["already_made"], feed, [made for _, made in rows], seq)
        known = {row["made_of"] for row in found}
        return [(row, made) for row, made in rows if made not in known]

    async def _write(
        self, connection: Connection, batch: UUID, feed: UUID | None, rows: list[tuple[BatchRow, str]]
    ) -> None:
        if not rows:
            return
        columns = await asyncio.to_thread(lambda: list(zip(*(_columns(*each) for each in rows), strict=True)))
        await connection.execute(SQL["add_rows"], batch, feed, *map(list, columns))

    async def _patches(self, kept: Any) -> dict[str, Any]:
        if kept is None:
            return {}
        data = b"".join([piece async for piece in self._blobs.stream(BlobRef.model_validate(kept))])
        found: dict[str, Any] = await asyncio.to_thread(orjson.loads, data)
        return found

    async def _rows(
        self, connection: Connection, wanted: RowsWanted, pattern: Pattern
    ) -> AsyncGenerator[list[BatchRow], None]:
        if wanted.feed is not None:
            async for lot in _of_feed(connection, wanted):
                yield lot
        elif wanted.given is not None:
            async with self._blobs.local(wanted.given) as path:
                async for lot in _of_lines(path):
                    yield lot
        elif wanted.table is not None:
            async with self._blobs.local(wanted.table.blob) as table, self._scratch.held("rows") as folder:
                target = folder / "rows.jsonl"
                await _read_in_child(table, target, now(), products=pattern.shows_rows)
                async for lot in _of_lines(target):
                    yield lot


async def _of_feed(connection: Connection, wanted: RowsWanted) -> AsyncGenerator[list[BatchRow], None]:
    """As the feed was when its reading began: a cursor sees nothing that comes later."""
    ids = list(wanted.ids) or None
    missing = dict.fromkeys(wanted.ids)
    lot: list[BatchRow] = []
    async for found in connection.cursor(SQL["products_wanted"], wanted.feed, ids, prefetch=_LOT):
        product = Product.model_validate(found["product"])
        missing.pop(product.id, None)
        lot.append(of_product(1, product))
        if len(lot) == _LOT:
            yield lot
            lot = []
    gone = (
        FaultReport(code="product_unknown", message=f"The feed has no product with the id {each}.") for each in missing
    )
    lot += [BatchRow(number=1, key=key, label=key, fault=fault) for key, fault in zip(missing, gone, strict=True)]
    if lot:
        yield lot


async def _of_lines(path: Path) -> AsyncGenerator[list[BatchRow], None]:
    with await asyncio.to_thread(path.open, "rb") as file:
        rows = from_lines(iter(lambda: file.read(_PIECE_BYTES), b""))
        while lot := await asyncio.to_thread(_next_lot, rows):
            yield lot


def _next_lot(rows: Iterator[BatchRow]) -> list[BatchRow]:
    return list(islice(rows, _LOT))


async def _read_in_child(table: Path, target: Path, on: datetime, *, products: bool) -> None:
    """A table is a stranger's file, so it is read apart.

    Raises:
        BadFeed: it is none.
        TechnicalFault: it could not be read this time.
    """
    table, target = table.absolute(), target.absolute()  # noqa: ASYNC240  (asks the disk nothing)
    kind = "products" if products else "values"
    argv: tuple[str | Path, ...] = (sys.executable, "-I", _CHILD, _CONTRACTS, table, target, on.isoformat(), kind)
    sees = Sees(read=(_CONTRACTS, _CHILD.parent, table), write=(target.parent,))
    try:
        done = await run(argv, limits=_LIMITS, sees=sees, cwd=target.parent)
    except Unavailable:
        raise
    except Fault as fault:  # it would end so every time
        log.warning("a table can't be read", extra={"fault": fault.code, "reason": getattr(fault, "stderr", "")[-500:]})
        raise BadFeed("The table takes too much time or memory to be read.") from fault
    told = json.loads(done.stdout)
    if "refused" in told:
        raise BadFeed(told["message"], code=told["refused"])


def _with_patches(lot: list[BatchRow], patches: Mapping[str, Any], pattern: Pattern) -> list[tuple[BatchRow, str]]:
    template = pattern.fingerprint
    rows = (overridden(row, patches) for row in lot)
    return [(row, made_of(template, row)) for row in rows]


def _columns(row: BatchRow, made: str) -> tuple[Any, ...]:
    """In the order of the query ``add_rows``; JSON as bytes, for it is put into lists."""
    fault = None if row.fault is None else orjson.dumps(row.fault.model_dump())
    shown = folded(f"{row.key} {row.label}")[:_FOLDED_MAX]
    body = row.model_dump_json(exclude_defaults=True).encode()
    return row.number, row.key, row.label, shown, body, made, fault
