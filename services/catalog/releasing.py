"""Rows become jobs, a few at a time: as many of an owner's are under way as keep the renderers busy, and no more, so
that a batch of thousands is stopped at once, and leaves room to others.

Whatever is done here may be done again after a crash: the id of a row's job follows from the row, and the log takes it
once.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

import asyncpg
import nats.errors
import nats.js.errors

from contracts import subjects
from contracts.batching import BadRow, BatchRow, Pattern, row_job
from contracts.events import BatchEndedV1
from contracts.faults import FaultReport, Unavailable
from contracts.health import slots_of
from contracts.values import Value
from kit.bus import Bus, now
from kit.crash import CrashPoints
from kit.database import AWAY, Pool
from kit.presence import presences
from services.catalog.steering import SQL
from services.catalog.submitting import NotNow, RowJob, Submitting

log = logging.getLogger(__name__)

WINDOW_MIN: Final = 2
WINDOW_MAX: Final = 64
_SLOTS_KEPT_S = 5.0
_ROUND_MAX = 256  # rows
_PATTERNS_KEPT = 64
_BUSY_S = 0.5  # between two looks while something is under way
_IDLE_S = 2.0
_TURN_EVERY_S = 1.0
_AFTER_BREAK_S = 5.0
_AWAY = (nats.errors.Error, nats.js.errors.Error, Unavailable, asyncpg.UndefinedTableError, *AWAY)


class RowFault(Value):
    """Why a row was refused, and where in its brief."""

    code: str
    message: str
    technical: bool = False
    tries: int = 1
    pointer: str = ""


def window(slots: int) -> int:
    """How many jobs of one owner's batches may be under way, by how many videos are encoded at the same time."""
    return max(WINDOW_MIN, min(WINDOW_MAX, 2 * slots))


class Releaser:
    """Makes jobs of rows for as long as it is its turn."""

    def __init__(self, bus: Bus, pool: Pool, submitting: Submitting, crash: CrashPoints) -> None:
        self._bus = bus
        self._pool = pool
        self._submitting = submitting
        self._crash = crash
        self._woken = asyncio.Event()
        self._patterns: dict[UUID, Pattern] = {}
        self._slots = 0
        self._slots_at = 0.0

    def wake(self) -> None:
        self._woken.set()

    async def run(self) -> None:
        """Until cancelled, through restarts of the servers."""
        while True:
            try:
                async with self._pool.acquire() as turn:  # given back, a connection loses its locks
                    while not await turn.fetchval(SQL["take_turn"]):  # noqa: ASYNC110  (held by another process)
                        await asyncio.sleep(_TURN_EVERY_S)
                    while True:
                        busy = await self.round()
                        await turn.fetchval("SELECT 1")  # the turn is lost with its connection
                        await self._wait(_BUSY_S if busy else _IDLE_S)
            except _AWAY as away:
                log.warning("batches wait for a server", extra={"reason": repr(away)})
                await asyncio.sleep(1)
            except Exception:
                log.exception("batches can't go on; trying again")
                await asyncio.sleep(_AFTER_BREAK_S)

    async def round(self) -> bool:
        """Looks once at all there is to do; whether anything is open."""
        if not await self._value("anything"):
            return False
        await self._execute("settle")
        await self._stop_cancelled()
        for row in await self._rows("next_rows", window(await self._render_slots()), _ROUND_MAX):
            await self._make(row)
        await self._end()
        return True

    async def _wait(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._woken.wait(), seconds)
        except TimeoutError:
            return
        self._woken.clear()
        await asyncio.sleep(_BUSY_S / 2)  # what came together is looked at together

    async def _make(self, row: Mapping[str, Any]) -> None:
        place = row["batch"], row["number"]
        try:
            if row["state"] == "again" and row["job"] is not None:
                seq = await self._submitting.retry(row["job"], row["owner"])
                job = row["job"]
                if seq is None:
                    await self._execute("make_anew", *place)
                    return
            else:
                job = row_job(row["batch"], row["key"], row["attempt"])
                seq = await self._submit(row, RowJob(*place, job))
        except NotNow:
            return
        except BadRow as bad:
            await self._refuse(place, RowFault(code=bad.code, message=bad.message, pointer=bad.pointer))
        except (*_AWAY, asyncpg.PostgresError):
            raise
        except Exception:
            log.exception("a row can't be made", extra={"batch": str(row["batch"]), "row": row["number"]})
            await self._refuse(place, RowFault(code="internal", message="An unexpected error; the log tells more."))
        else:
            self._crash.reach("catalog", "after-announce")
            await self._execute("release", *place, job, seq)

    async def _submit(self, row: Mapping[str, Any], of: RowJob) -> int:
        pattern = await self._pattern(of.batch)
        brief = await asyncio.to_thread(pattern.spelled, BatchRow.model_validate(row["body"]))
        self._crash.reach("catalog", "before-announce")
        return await self._submitting.submit(brief, row["owner"], of)

    async def _pattern(self, batch: UUID) -> Pattern:
        if batch not in self._patterns:
            if len(self._patterns) >= _PATTERNS_KEPT:
                self._patterns.clear()
            self._patterns[batch] = Pattern(await self._value("template", batch))
        return self._patterns[batch]

    async def _refuse(self, place: tuple[UUID, int], fault: RowFault) -> None:
        await self._execute("refuse", *place, fault.model_dump())

    async def _stop_cancelled(self) -> None:
        for row in await self._rows("to_stop", _ROUND_MAX):
            await self._submitting.cancel(row["job"], row["owner"])
            await self._execute("stopped", row["batch"], row["number"])

    async def _end(self) -> None:
        """The log takes each end once; the tables are closed when they hear of it."""
        for batch in await self._rows("ended"):
            counts = {name: batch[name] for name in ("done", "failed", "refused", "cancelled")}
            await self._bus.announce(
                BatchEndedV1(
                    owner=batch["owner"],
                    lane=subjects.lane(batch["owner"], "final"),
                    at=now(),
                    batch=batch["id"],
                    title=batch["title"],
                    revision=batch["ends"] + 1,
                    fault=None if batch["fault"] is None else FaultReport.model_validate(batch["fault"]),
                    **counts,
                )
            )

    async def _render_slots(self) -> int:
        if time.monotonic() - self._slots_at > _SLOTS_KEPT_S:
            self._slots = sum(slots_of(await presences(self._bus), "render").values())
            self._slots_at = time.monotonic()
        return self._slots

    async def _rows(self, name: str, *arguments: Any) -> list[Any]:
        async with self._pool.acquire() as connection:
            return list(await connection.fetch(SQL[name], *arguments))

    async def _value(self, name: str, *arguments: Any) -> Any:
        async with self._pool.acquire() as connection:
            return await connection.fetchval(SQL[name], *arguments)

    async def _execute(self, name: str, *arguments: Any) -> None:
        async with self._pool.acquire() as connection:
            await connection.execute(SQL[name], *arguments)
