"""Writes down what the log says of feeds and of their imports."""

from __future__ import annotations

from contracts.events import FeedFiledV1, FeedImportedV1, FeedImportFailedV1, FeedImportRequestedV1
from contracts.faults import FaultReport
from contracts.values import canonical
from kit.database import Connection
from services.catalog.following import SQL, Handlers

_DELETED = FaultReport(code="feed_deleted", message="The feed was deleted.")


async def feed_filed(connection: Connection, event: FeedFiledV1, _: int) -> None:
    await connection.execute(
        SQL["file_feed"],
        event.feed,
        event.owner,
        event.lane,
        event.revision,
        event.name,
        event.url,
        canonical(event.columns),
        event.language,
        event.created_at,
        event.deleted_at,
    )
    if event.deleted_at is not None:
        await connection.execute(SQL["drop_products"], event.feed)
        await connection.execute(SQL["stop_imports"], event.feed, canonical(_DELETED))


async def import_requested(connection: Connection, event: FeedImportRequestedV1, _: int) -> None:
    await connection.execute(
        SQL["request_import"],
        event.import_id,
        event.feed,
        event.number,
        event.owner,
        event.lane,
        event.url,
        canonical(event.table) if event.table is not None else None,
        canonical(event.columns),
        event.idempotency_key,
        event.fingerprint,
        event.at,
    )


async def imported(connection: Connection, event: FeedImportedV1, _: int) -> None:
    source, counts = canonical(event.source), canonical(event.counts)
    await connection.execute(SQL["note_imported"], event.import_id, source, counts, event.at)
    await connection.execute(SQL["forget_older"], event.import_id)


async def import_failed(connection: Connection, event: FeedImportFailedV1, _: int) -> None:
    await connection.execute(SQL["note_failed"], event.import_id, canonical(event.fault), event.at)


FEEDS: Handlers = {
    FeedFiledV1: (feed_filed,),
    FeedImportRequestedV1: (import_requested,),
    FeedImportedV1: (imported,),
    FeedImportFailedV1: (import_failed,),
}
