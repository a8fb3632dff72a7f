"""What facts about batches, and about jobs of theirs, change in the tables. In the transaction that moves the position,
so that each takes effect once."""

from __future__ import annotations

from contracts.events import BatchEndedV1, BatchRequestedV1, BatchSteeredV1, RetryRequestedV1
from kit.database import Connection
from kit.sql import queries
from services.catalog.following import Handlers

SQL = queries("services.catalog", "batches.sql")


async def requested(connection: Connection, event: BatchRequestedV1, seq: int) -> None:
    """The rows are made later: thousands of them would hold the log up."""
    await connection.execute(
        SQL["add_batch"],
        event.batch,
        event.owner,
        seq,
        event.title,
        event.template,
        event.rows.model_dump(mode="json"),
        None if event.overrides is None else event.overrides.model_dump(mode="json"),
        event.rows.feed,
        event.rows_expected,
        event.at,
    )


async def steered(connection: Connection, event: BatchSteeredV1, _seq: int) -> None:
    batch = await connection.fetchrow(SQL["steer"], event.batch, event.revision, event.what)
    if batch is None:
        return
    if event.what == "cancelled":
        await connection.execute(SQL["cancel_waiting"], event.batch, event.at)
    elif event.what == "retried" and not batch["cancelled"]:
        await connection.execute(SQL["try_again"], event.batch)


async def ended(connection: Connection, event: BatchEndedV1, _seq: int) -> None:
    counts = event.model_dump(include={"done", "failed", "refused", "cancelled"})
    await connection.execute(SQL["close"], event.batch, event.revision, counts, event.at)


async def retried(connection: Connection, event: RetryRequestedV1, seq: int) -> None:
    await connection.execute(SQL["reopen"], event.job, seq)


BATCHES: Handlers = {
    BatchRequestedV1: (requested,),
    BatchSteeredV1: (steered,),
    BatchEndedV1: (ended,),
    RetryRequestedV1: (retried,),
}
