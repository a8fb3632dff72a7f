"""Feeds of an owner: what is said of them are facts; what is in them stands in the catalog service's tables."""

from __future__ import annotations

import asyncio
import time
from typing import Any
from uuid import UUID, uuid4, uuid5

import asyncpg

from contracts import streams, subjects
from contracts.events import Event, FeedFiledV1, FeedImportRequestedV1, import_id
from contracts.faults import Unavailable
from contracts.feeds import Columns, ProductState
from contracts.media import Asset, AssetKind
from contracts.product import Product
from contracts.searching import folded, patterns
from contracts.values import asked as fingerprint_of
from kit.bus import Bus, Guarded, now
from kit.database import AWAY, Pool
from kit.outbound import Outbound
from kit.sql import queries
from services.gateway.feed_resources import (
    FeedAsked,
    FeedChange,
    FeedResource,
    ImportAsked,
    ImportResource,
    ProductResource,
    RowProblem,
    feed_resource,
    fresh_import,
    import_resource,
    product_resource,
)
from services.gateway.problems import FieldError, Problem, not_found
from services.gateway.reading import Reading
from services.gateway.resources import Page, cursor_of, seq_of

SQL = queries("services.gateway", "feeds.sql")
FEEDS_MOST = 100  # of one owner
_KEYED_FEEDS = UUID("6b1f3f0e-2a55-5a0e-9d3f-3f1c9f4b7a20")
_RACES = 5
_ANSWER_S = 4.0
_PATIENCE_S = 1.0
_LOOK_S = 0.01
_END = 1 << 62


class Feeds:
    """Everything an owner can do about feeds. Another's feed is not found."""

    def __init__(self, bus: Bus, pool: Pool, reading: Reading, outbound: Outbound) -> None:
        self._bus = bus
        self._pool = pool
        self._reading = reading
        self._outbound = outbound

    async def create(self, asked: FeedAsked, owner: str, key: str | None) -> tuple[FeedResource, bool]:
        """The feed, whose first import has been asked for, and whether it was there before (same key, same body).

        Raises:
            Problem: 422 if there are too many, the table can't be used, or the key was used for another feed.
            UrlForbidden, UrlUnreachable: the address may not, or can't, be asked.
        """
        feed = uuid5(_KEYED_FEEDS, f"{owner}\n{key}") if key is not None else uuid4()
        fingerprint = fingerprint_of(asked)
        if key is not None and (before := await self._bus.last(FeedFiledV1, feed)) is not None:
            return await self._again(before.event, feed, fingerprint, owner)
        await self._check_room(owner)
        table = await self._source(asked.url, asked.table, owner)
        at, lane = now(), subjects.lane(owner, "final")
        filed = FeedFiledV1(
            owner=owner,
            lane=lane,
            at=at,
            feed=feed,
            revision=1,
            name=asked.name,
            url=asked.url,
            columns=asked.columns,
            language=asked.language,
            created_at=at,
            idempotency_key=key,
            fingerprint=fingerprint,
        )
        first = _request(filed, 1, table)
        seq = await self._bus.announce_together([Guarded(filed), Guarded(first)])
        if seq is None:  # the same key at the same time
            before = await self._bus.last(FeedFiledV1, feed)
            return await self._again(before.event if before else None, feed, fingerprint, owner)
        await self._written(seq)
        return feed_resource(filed, 0, fresh_import(first)), False

    async def _again(self, first: Event | None, feed: UUID, fingerprint: str, owner: str) -> tuple[FeedResource, bool]:
        """The feed a key already stands for. The fingerprint goes with it through all its changes."""
        if not isinstance(first, FeedFiledV1) or first.fingerprint != fingerprint:
            raise _key_reused("feed")
        return await self.get(feed, owner), True

    async def all(self, owner: str, cursor: str | None, limit: int) -> Page[FeedResource]:
        rows = await self._rows("feeds", owner, seq_of(cursor), limit + 1, None)
        more = cursor_of(rows[limit - 1]["number"]) if len(rows) > limit else None
        return Page(items=tuple(_feed_of(row) for row in rows[:limit]), next_cursor=more)

    async def get(self, feed: UUID, owner: str) -> FeedResource:
        """A feed as its owner filed it last, even if the catalog is a moment behind."""
        filed = await self._mine(feed, owner)
        row = next(iter(await self._rows("feeds", owner, _END, 1, feed)), None)
        known = _feed_of(row) if row is not None else None
        last = await self._newest(feed, owner, known.last_import if known else None)
        return feed_resource(filed, known.products if known else 0, last)

    async def change(self, feed: UUID, change: FeedChange, owner: str) -> FeedResource:
        if change.url is not None:
            await self._outbound.checked(change.url)
        named = {name: value for name, value in dict(change).items() if value is not None}
        await self._refile(feed, owner, named)
        return await self.get(feed, owner)

    async def remove(self, feed: UUID, owner: str) -> None:
        await self._refile(feed, owner, {"deleted_at": now()})

    async def _refile(self, feed: UUID, owner: str, named: dict[str, Any]) -> None:
        for _ in range(_RACES):
            before = await self._mine(feed, owner)
            filed = before.model_copy(update={**named, "at": now(), "revision": before.revision + 1})
            announced = await self._bus.announce(filed)
            if announced.won:
                await self._written(announced.seq)
                return
        raise Problem(409, "entry_changed", "The feed was changed at the same time; read it again.")

    async def start(self, feed: UUID, asked: ImportAsked, owner: str, key: str | None) -> tuple[ImportResource, bool]:
        """A new import, and whether it was there before (same key, same body).

        Raises:
            Problem: 409 if one is under way; 422 if there is nothing to read, the table can't be used, or the key was
                used for another import.
        """
        filed = await self._mine(feed, owner)
        fingerprint = fingerprint_of(asked)
        last = await self._last_request(feed)
        if key is not None and (before := await self._keyed(feed, owner, key, last)) is not None:
            if before[1] != fingerprint:
                raise _key_reused("import")
            return await self.import_(feed, before[0], owner), True
        if last is not None and not await self._is_over(last):
            raise _running(last)
        table = await self._source(filed.url, asked.table, owner)
        number = last.number + 1 if last is not None else 1
        request = _request(filed, number, table, key=key, fingerprint=fingerprint)
        announced = await self._bus.announce(request)
        if announced.won:
            await self._written(announced.seq)
            return fresh_import(request), False
        first = announced.event
        if not isinstance(first, FeedImportRequestedV1):
            raise Unavailable("the feed is asked for by many at once; try again", code="feed_contended")
        if key is None or (first.idempotency_key, first.fingerprint) != (key, fingerprint):
            raise _running(first)
        return await self.import_(feed, first.import_id, owner), True

    async def imports(self, feed: UUID, owner: str, cursor: str | None, limit: int) -> Page[ImportResource]:
        await self._mine(feed, owner)
        rows = await self._rows("imports", feed, owner, seq_of(cursor), limit + 1, None, None)
        more = cursor_of(rows[limit - 1]["number"]) if len(rows) > limit else None
        return Page(items=tuple(import_resource(row) for row in rows[:limit]), next_cursor=more)

    async def import_(self, feed: UUID, ident: UUID, owner: str) -> ImportResource:
        await self._mine(feed, owner)
        row = next(iter(await self._rows("imports", feed, owner, _END, 1, ident, None)), None)
        if row is not None:
            return import_resource(row)
        last = await self._last_request(feed)
        if last is None or last.import_id != ident:
            raise not_found("import")
        return fresh_import(last)

    async def problems(self, feed: UUID, ident: UUID, owner: str, cursor: str | None, limit: int) -> Page[RowProblem]:
        await self.import_(feed, ident, owner)
        rows = await self._rows("problems", ident, seq_of(cursor) if cursor else 0, limit + 1)
        more = cursor_of(rows[limit - 1]["number"]) if len(rows) > limit else None
        return Page(items=tuple(RowProblem.model_validate(dict(row)) for row in rows[:limit]), next_cursor=more)

    async def products(  # noqa: PLR0917  (a page, and what it is filtered by)
        self, feed: UUID, owner: str, cursor: str | None, limit: int, state: ProductState | None, q: str
    ) -> Page[ProductResource]:
        await self._mine(feed, owner)
        after = seq_of(cursor) if cursor else 0
        wanted = patterns(folded(q))
        rows = await self._rows("products", feed, owner, after, limit + 1, wanted, state.value if state else None)
        more = cursor_of(rows[limit - 1]["number"]) if len(rows) > limit else None
        return Page(items=tuple(product_resource(feed, row) for row in rows[:limit]), next_cursor=more)

    async def picture_of(self, feed: UUID, product: str, owner: str) -> str:
        """The address of a product's first picture. Raises Problem: 404, there is no such product, or no picture."""
        rows = await self._rows("product", feed, owner, product)
        images = Product.model_validate(rows[0]["product"]).images if rows else ()
        if not images:
            raise not_found("picture")
        return images[0]

    async def _mine(self, feed: UUID, owner: str) -> FeedFiledV1:
        """The owner's last word on a feed, as the log has it."""
        heard = await self._bus.last(FeedFiledV1, feed)
        filed = heard.event if heard is not None else None
        if not isinstance(filed, FeedFiledV1) or filed.owner != owner or filed.deleted_at is not None:
            raise not_found("feed")
        return filed

    async def _last_request(self, feed: UUID) -> FeedImportRequestedV1 | None:
        heard = await self._bus.last(FeedImportRequestedV1, feed)
        return heard.event if heard is not None and isinstance(heard.event, FeedImportRequestedV1) else None

    async def _keyed(
        self, feed: UUID, owner: str, key: str, last: FeedImportRequestedV1 | None
    ) -> tuple[UUID, str] | None:
        """The import a key stands for, and its fingerprint: the last one, or one before it, which ended and so is
        written down.
        """
        if last is not None and last.idempotency_key == key:
            return last.import_id, last.fingerprint
        row = next(iter(await self._rows("imports", feed, owner, _END, 1, None, key)), None)
        return (row["id"], row["fingerprint"]) if row is not None else None

    async def _is_over(self, request: FeedImportRequestedV1) -> bool:
        """Whether the outcome of an import is in the log."""
        return await self._bus.last_raw(subjects.import_outcomes(request.feed, request.import_id)) is not None

    async def _newest(self, feed: UUID, owner: str, known: ImportResource | None) -> ImportResource | None:
        last = await self._last_request(feed)
        if last is None or (known is not None and known.number >= last.number):
            return known
        return fresh_import(last)

    async def _source(self, url: str | None, table: UUID | None, owner: str) -> Asset | None:
        """The upload to be read, if it is one; else the address, which may be asked."""
        if table is None:
            if url is None:
                raise Problem(
                    422,
                    "feed_without_source",
                    "The feed has no address: name a table that was uploaded.",
                    errors=[FieldError(pointer="/table", message="an upload is needed")],
                )
            await self._outbound.checked(url)
            return None
        found = (await self._reading.assets_by_id([table], owner)).get(table)
        if found is None or found[0].kind is not AssetKind.TABLE:
            kind = "" if found is None else f"{found[0].name} was uploaded as {found[0].kind}, not as table"
            error = FieldError(pointer="/table", message=kind or f"there is no upload {table}")
            raise Problem(422, "asset_unusable", error.message, errors=[error])
        return found[0]

    async def _check_room(self, owner: str) -> None:
        if (await self._rows("many_feeds", owner))[0]["count"] >= FEEDS_MOST:
            raise Problem(422, "too_many_feeds", f"There are {FEEDS_MOST} feeds already; remove one first.")

    async def _written(self, seq: int) -> None:
        """Waits a moment until the catalog has handled a fact, so that lists show it too."""
        end = time.monotonic() + _PATIENCE_S
        while time.monotonic() < end:
            rows = await self._rows("position", streams.EVENTS.name)
            if rows and rows[0]["seq"] >= seq:
                return
            await asyncio.sleep(_LOOK_S)

    async def _rows(self, name: str, *arguments: Any) -> list[Any]:
        try:
            async with self._pool.acquire(timeout=2) as connection:
                return list(await connection.fetch(SQL[name], *arguments, timeout=_ANSWER_S))
        except (*AWAY, asyncpg.UndefinedTableError) as away:  # no tables: the catalog service has not started yet
            raise Unavailable("the database does not answer", code="database_unavailable") from away


def _feed_of(row: Any) -> FeedResource:
    filed = FeedFiledV1(
        owner=row["owner"],
        lane=row["lane"],
        at=row["created_at"],
        feed=row["id"],
        revision=row["revision"],
        name=row["name"],
        url=row["url"],
        columns=Columns.model_validate(row["columns"], extra="ignore"),
        language=row["language"],
        created_at=row["created_at"],
    )
    return feed_resource(filed, row["products"], import_resource(row["last"]) if row["last"] else None)


def _request(
    filed: FeedFiledV1, number: int, table: Asset | None, *, key: str | None = None, fingerprint: str = ""
) -> FeedImportRequestedV1:
    return FeedImportRequestedV1(
        owner=filed.owner,
        lane=filed.lane,
        at=now(),
        feed=filed.feed,
        import_id=import_id(filed.feed, number),
        number=number,
        url=filed.url if table is None else None,
        table=table,
        columns=filed.columns,
        idempotency_key=key,
        fingerprint=fingerprint,
    )


def _running(request: FeedImportRequestedV1) -> Problem:
    ident = str(request.import_id)
    detail = f"An import of this feed is under way: {ident}. Wait for its end."
    more = {"import_id": ident, "import_url": f"/v1/feeds/{request.feed}/imports/{ident}"}
    return Problem(409, "import_running", detail, more=more)


def _key_reused(what: str) -> Problem:
    detail = f"This Idempotency-Key was used for another {what}; use a new one."
    return Problem(422, "idempotency_key_reused", detail)
