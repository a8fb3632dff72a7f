"""One import: the feed is fetched, read in a child, staged in lots, and takes the place of the one before at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg

from contracts.faults import Fault, Unavailable
from contracts.feeds import Columns, Counts
from contracts.media import Asset, BlobRef
from contracts.values import canonical
from kit.blobs import Blobs
from kit.crash import CrashPoints
from kit.database import AWAY, Connection, Pool
from kit.outbound import Outbound
from kit.scratch import Scratch
from kit.sql import queries
from kit.tables import table_of
from kit.tasks import ended
from services.catalog.reading import Read, ReadProduct, read, shape
from services.catalog.rows import BadFeed

log = logging.getLogger(__name__)

SQL = queries("services.catalog", "imports.sql")
LEASE_S = 20.0
TOTAL_S, IDLE_S = 600.0, 20.0  # to fetch a feed
IMPORTS_KEPT = 200  # of a feed
_GONE_KEPT_S = 90 * 86_400.0
_RENEW_EVERY_S = 2.0
_LONG_S = 300.0  # for one statement over a whole feed
_FETCHED, _READ, _STAGED = 0.2, 0.6, 0.95  # shares of the work
_TYPES = {"csv": "text/csv", "xml": "application/xml"}
_STAGED_COLUMNS = ("lease", "place", "id", "product", "fingerprint", "folded")


class LeaseLost(Exception):
    """The import is somebody else's, or nobody's any more."""


@dataclass(frozen=True, slots=True)
class Import:
    """An import in hand, until its lease runs out. ``source``: what was fetched at an earlier try."""

    id: UUID
    lease: UUID
    feed: UUID
    number: int
    owner: str
    url: str | None
    table: Asset | None
    columns: Columns
    tries: int
    source: BlobRef | None


class Importer:
    """Carries out one import at a time for each call; calls are independent."""

    def __init__(  # noqa: PLR0917  (what it works with)
        self, pool: Pool, blobs: Blobs, scratch: Scratch, outbound: Outbound, limit: int, crash: CrashPoints
    ) -> None:
        """``limit``: bytes of a feed that is read at its address."""
        self._pool = pool
        self._blobs = blobs
        self._scratch = scratch
        self._outbound = outbound
        self._limit = limit
        self._crash = crash

    async def carry_out(self, work: Import) -> None:
        """Reads a feed and writes it down.

        Raises:
            LeaseLost: somebody else goes on with it, or the feed was deleted.
            BadFeed, UrlForbidden, UrlTooLarge: it can't be read, and never can.
            TechnicalFault: it can't be read now.
        """
        self._crash.reach("catalog", "after-claim")
        async with self._scratch.held("feed") as folder, self._held(work) as told:
            on = datetime.now(UTC)
            source = work.source or await self._source(work, folder)
            told.share = _FETCHED
            if await self._is_as_before(work, source):
                return
            async with self._blobs.local(source) as path:
                seen = await read(path, on, work.columns, folder, told.between(_FETCHED, _READ))
            if seen.products == 0:
                raise BadFeed(await asyncio.to_thread(_nothing_in, seen), code="feed_empty")
            self._crash.reach("catalog", "mid-work")
            await self._staged(work, seen, told)
            await self._written(work, source, seen)
            log.info("a feed was read", extra={"feed": str(work.feed), "products": seen.products, "wrong": seen.wrong})

    async def refuse(self, work: Import, fault: Fault) -> None:
        """Writes down that a feed can't be read."""
        async with self._pool.acquire() as connection, connection.transaction():
            report = canonical(fault.report(work.tries))
            await connection.execute(SQL["settle_import"], work.id, work.lease, "failed", None, None, None, report)
            await connection.execute(SQL["clear_staged"], work.lease)

    async def _source(self, work: Import, folder: Path) -> BlobRef:
        if work.table is not None:
            return work.table.blob
        if work.url is None:
            raise BadFeed("The feed has no address, and nothing was uploaded for it.")
        async with self._outbound.get(work.url, self._limit, total_s=TOTAL_S, idle_s=IDLE_S) as download:
            received = await self._blobs.receive(download.chunks, self._limit, folder)
        kind = table_of(received.head)
        if kind is None:
            raise BadFeed("What lies at this address is no table and no feed in XML.")
        source = await self._blobs.put_file(received.path, _TYPES[kind], sha256=received.sha256)
        async with self._pool.acquire() as connection:
            await connection.execute(SQL["note_source"], work.id, work.lease, canonical(source))
        return source

    async def _is_as_before(self, work: Import, source: BlobRef) -> bool:
        """Whether the feed is, byte for byte, the one that was read last: then nothing has to be read."""
        async with self._pool.acquire() as connection, connection.transaction():
            await self._own(connection, work)
            before = await connection.fetchrow(SQL["read_before"], work.feed, source.sha256, shape(work.columns))
            if before is None:
                return False
            counts = Counts.model_validate(before["counts"])
            counts = counts.model_copy(update={"new": 0, "changed": 0, "gone": 0, "same": counts.products})
            await connection.execute(SQL["copy_problems"], work.id, before["id"])
            await self._settle(connection, work, source, shape(work.columns), counts)
        return True

    async def _staged(self, work: Import, seen: Read, told: _Told) -> None:
        tell, place = told.between(_READ, _STAGED), 0
        async for lot in seen.lots():
            records = [_record(work.lease, place + number, each) for number, each in enumerate(lot, start=1)]
            async with self._pool.acquire() as connection:
                await connection.copy_records_to_table("staged", records=records, columns=_STAGED_COLUMNS)
            place += len(lot)
            tell(place / max(1, seen.products))
        if place != seen.products:
            raise BadFeed("The feed came out otherwise than it was counted.")

    async def _written(self, work: Import, source: BlobRef, seen: Read) -> None:
        """All of it at once: whoever looks sees the products of the import before, or those of this one."""
        problems = await asyncio.to_thread(seen.problems)
        rows = [(work.id, n, each.line, each.column, each.id, each.message) for n, each in enumerate(problems, start=1)]
        async with self._pool.acquire() as connection, connection.transaction():
            await self._own(connection, work)
            counts = await _compared(connection, work, seen)
            await connection.execute(SQL["write_products"], work.feed, work.lease, work.number, timeout=_LONG_S)
            await connection.execute(SQL["drop_long_gone"], work.feed, _GONE_KEPT_S, timeout=_LONG_S)
            await connection.execute(SQL["clear_problems"], work.id)
            columns = ("import", "number", "line", "column", "product", "message")
            await connection.copy_records_to_table("problems", records=rows, columns=columns)
            reading = None if seen.dated else shape(work.columns)
            await self._settle(connection, work, source, reading, counts)
            self._crash.reach("catalog", "before-commit")

    async def _own(self, connection: Connection, work: Import) -> None:
        if await connection.fetchrow(SQL["own_import"], work.id, work.lease) is None:
            raise LeaseLost

    async def _settle(
        self, connection: Connection, work: Import, source: BlobRef, reading: str | None, counts: Counts
    ) -> None:
        facts = (canonical(source), reading, canonical(counts), None)
        if await connection.fetchval(SQL["settle_import"], work.id, work.lease, "imported", *facts) is None:
            raise LeaseLost
        await connection.execute(SQL["settle_feed"], work.feed, work.number)
        await connection.execute(SQL["drop_old_imports"], work.feed, work.number - IMPORTS_KEPT)
        await connection.execute(SQL["clear_staged"], work.lease, timeout=_LONG_S)

    @asynccontextmanager
    async def _held(self, work: Import) -> AsyncIterator[_Told]:
        """Keeps the lease, and tells how far the work is, while the context is open; ends it if the lease is lost."""
        told = _Told()
        timeout = asyncio.timeout(None)
        try:
            async with timeout:
                keeping = asyncio.create_task(self._keep(work, told, timeout), name="lease of an import")
                try:
                    yield told
                finally:
                    await ended(keeping)
        except TimeoutError:
            if not told.lost:
                raise
            raise LeaseLost from None

    async def _keep(self, work: Import, told: _Told, timeout: asyncio.Timeout) -> None:
        while not told.lost:
            try:
                told.lost = not await self._renewed(work, told.share)
            except (asyncpg.PostgresError, *AWAY) as away:  # what is written down in the end depends on the lease
                log.warning("a lease can't be renewed now", extra={"import": str(work.id), "reason": repr(away)})
            await asyncio.sleep(0 if told.lost else _RENEW_EVERY_S)
        timeout.reschedule(asyncio.get_running_loop().time())

    async def _renewed(self, work: Import, share: float) -> bool:
        async with self._pool.acquire() as connection:
            return await connection.fetchval(SQL["renew"], work.id, work.lease, share, LEASE_S) is not None


@dataclass(slots=True)
class _Told:
    """How far an import is, and whether it still is ours."""

    share: float = 0.0
    lost: bool = False

    def between(self, start: float, end: float) -> Callable[[float], None]:
        """Takes shares of the part of the work that lies between two shares of all."""

        def tell(share: float) -> None:
            self.share = start + (end - start) * min(1.0, max(0.0, share))

        return tell


def _nothing_in(seen: Read) -> str:
    """An export that went wrong must not make a whole shop gone."""
    first = next(iter(seen.problems()), None)
    why = f", such as line {first.line:,}: {first.message}" if first is not None else "."
    rows = f"None of its {seen.wrong:,} rows makes a product{why}" if first is not None else "It has no rows."
    return f"There is nothing in this feed. {rows}"


def _record(lease: UUID, place: int, read: ReadProduct) -> tuple[Any, ...]:
    return lease, place, read.id, read.product, read.fingerprint, read.folded


async def _compared(connection: Connection, work: Import, seen: Read) -> Counts:
    """What is new, changed and gone; those that are gone are marked.

    Raises:
        Unavailable: the database lost what was staged.
    """
    found = await connection.fetchrow(SQL["compared"], work.feed, work.lease, timeout=_LONG_S)
    if sum(found.values()) != seen.products:
        raise Unavailable("the database lost what was read so far", code="database_unavailable")
    gone = await connection.execute(SQL["mark_gone"], work.feed, work.lease, work.number, timeout=_LONG_S)
    return Counts(
        products=seen.products,
        new=found["new"],
        changed=found["changed"],
        same=found["same"],
        gone=int(gone.rpartition(" ")[2]),
        wrong=seen.wrong,
        without_image=seen.without_image,
        without_price=seen.without_price,
    )
