"""Carries imports out: what is due is taken by a lease, read apart, and written down in one transaction.

Killed at any moment, an import is due again when its lease has run out, and begins anew; what it had read so far is
nobody's. The outcome is announced after it is written down, so one that was not announced is, by whoever looks next.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from uuid import UUID, uuid4

import asyncpg
import nats.errors
import nats.js.errors

from contracts.events import FeedImportedV1, FeedImportFailedV1
from contracts.faults import Fault, TechnicalFault, Unavailable
from contracts.feeds import Columns, Counts
from contracts.media import Asset, BlobRef
from kit.bus import Bus
from kit.crash import CrashPoints
from kit.database import AWAY, Pool
from kit.sql import queries
from kit.tasks import ended
from services.catalog.importer import LEASE_S, Import, Importer, LeaseLost

log = logging.getLogger(__name__)

SQL = queries("services.catalog", "imports.sql")
AT_ONCE = 2
TRIES_MOST = 4
_LOOK_EVERY_S = 2.0
_DRAIN_S = 2.0
_AWAY = (nats.errors.Error, nats.js.errors.Error, Unavailable, asyncpg.PostgresError, *AWAY)


class Imports:
    """Takes what is due; any number of processes may do so side by side."""

    def __init__(self, pool: Pool, bus: Bus, importer: Importer, crash: CrashPoints) -> None:
        self._pool = pool
        self._bus = bus
        self._importer = importer
        self._crash = crash
        self._in_hand: dict[asyncio.Task[None], Import] = {}
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """There is, or may be, something due."""
        self._woken.set()

    async def run(self) -> None:
        """Until cancelled, through restarts of the servers; then ``lay_down``."""
        while True:
            try:
                if not self._in_hand:
                    await self._sweep()
                await self._tell()
                await self._take()
            except _AWAY as away:
                log.warning("imports wait for a server", extra={"reason": repr(away)})
                await asyncio.sleep(1)
            await self._rest()

    async def lay_down(self) -> None:
        """Ends what is in hand and gives it back: another process may take it at once."""
        in_hand = dict(self._in_hand)
        for task in in_hand:
            await ended(task)
        for each in in_hand.values():
            try:
                async with asyncio.timeout(_DRAIN_S):
                    await self._give_back(each, tries=1, after_s=0.0)
            except _AWAY as away:
                log.info("an import comes due when its lease has run out", extra={"reason": repr(away)})

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(_LOOK_EVERY_S):
                await self._woken.wait()
        except TimeoutError:
            return
        self._woken.clear()

    async def _sweep(self) -> None:
        """What was staged by somebody who is gone."""
        async with self._pool.acquire() as connection:
            await connection.execute(SQL["clear_abandoned"])

    async def _take(self) -> None:
        while len(self._in_hand) < AT_ONCE:
            lease = uuid4()
            owners = list(Counter(each.owner for each in self._in_hand.values()))
            async with self._pool.acquire() as connection:
                row = await connection.fetchrow(SQL["claim_import"], lease, LEASE_S, owners)
            if row is None:
                return
            claimed = _claimed(row, lease)
            task = asyncio.create_task(self._carry_out(claimed), name=f"import {claimed.id}")
            self._in_hand[task] = claimed
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._in_hand.pop(task, None)
        self._woken.set()
        if not task.cancelled() and (fault := task.exception()) is not None:
            log.error("an import broke; it is tried again", exc_info=fault)

    async def _carry_out(self, claimed: Import) -> None:
        if claimed.tries > TRIES_MOST:  # it took its process with it each time, or never came to its end
            lost = TechnicalFault("The feed could not be read: the reading was broken off again and again.")
            await self._importer.refuse(claimed, lost)
            return
        try:
            await self._importer.carry_out(claimed)
        except LeaseLost:
            log.info("an import was taken over, or its feed deleted", extra={"import": str(claimed.id)})
        except Fault as fault:
            await self._fail(claimed, fault)
        except (asyncpg.PostgresError, *AWAY) as away:
            log.warning("an import waits for a server", extra={"import": str(claimed.id), "reason": repr(away)})
            await self._give_back(claimed, tries=1, after_s=1.0)

    async def _fail(self, claimed: Import, fault: Fault) -> None:
        extra = {"import": str(claimed.id), "fault": fault.code, "reason": fault.message}
        if fault.technical and claimed.tries < TRIES_MOST - 1:
            log.warning("a feed can't be read now; it is tried again", extra=extra)
            await self._give_back(claimed, tries=0, after_s=2.0**claimed.tries)
            return
        log.info("a feed can't be read", extra=extra)
        await self._importer.refuse(claimed, fault)

    async def _give_back(self, claimed: Import, *, tries: int, after_s: float) -> None:
        async with self._pool.acquire(timeout=_DRAIN_S) as connection:
            await connection.execute(SQL["give_back_import"], claimed.id, claimed.lease, tries, after_s)

    async def _tell(self) -> None:
        """Announces outcomes that are written down. Told twice, the log takes the first."""
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(SQL["untold"])
        for row in rows:
            self._crash.reach("catalog", "before-announce")
            await self._bus.announce(_outcome(row))
            self._crash.reach("catalog", "after-announce")
            async with self._pool.acquire() as connection:
                await connection.execute(SQL["told"], row["id"])


def _claimed(row: asyncpg.Record, lease: UUID) -> Import:
    return Import(
        id=row["id"],
        lease=lease,
        feed=row["feed"],
        number=row["number"],
        owner=row["owner"],
        url=row["url"],
        table=Asset.model_validate(row["asset"]) if row["asset"] else None,
        columns=Columns.model_validate(row["columns"], extra="ignore"),
        tries=row["tries"],
        source=BlobRef.model_validate(row["source"]) if row["source"] else None,
    )


def _outcome(row: asyncpg.Record) -> FeedImportedV1 | FeedImportFailedV1:
    common = {
        "owner": row["owner"],
        "lane": row["lane"],
        "at": row["finished_at"],
        "feed": row["feed"],
        "import_id": row["id"],
        "number": row["number"],
    }
    if row["state"] == "failed":
        return FeedImportFailedV1.model_validate(common | {"fault": row["fault"]})
    return FeedImportedV1.model_validate(
        common | {"source": row["source"], "counts": Counts.model_validate(row["counts"])}
    )
