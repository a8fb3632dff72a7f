"""Batches of an owner: taken in at the door, read, steered. Everything asked of one is a fact of the log; the catalog
service does the rest."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4, uuid5

import asyncpg
import orjson

from contracts import streams, subjects
from contracts.batching import BadRow, BatchRow, Pattern, WrongTemplate, unfit
from contracts.events import BatchRequestedV1, BatchSteeredV1, RowsWanted, Steering
from contracts.faults import LogicalFault, Unavailable
from contracts.media import Asset, AssetKind, BlobRef
from contracts.product import Product
from contracts.searching import folded, patterns
from contracts.story import JobStory, view
from contracts.values import asked as fingerprint_of
from kit.blobs import Blobs
from kit.bus import Bus, Heard, now
from kit.crash import CrashPoints
from kit.database import AWAY, Pool
from kit.sql import queries
from services.gateway.batch_resources import (
    BatchAsked,
    BatchPreview,
    BatchResource,
    BatchState,
    PreviewAsked,
    RowFaultShown,
    RowPreview,
    RowResource,
    RowsAsked,
    RowState,
    batch_resource,
    given_rows,
    unfit_rows,
)
from services.gateway.problems import FieldError, Problem, not_found
from services.gateway.reading import Reading
from services.gateway.resources import Page, cursor_of, job_resource, seq_of

SQL = queries("services.gateway", "batches.sql")
LOOKED_AT: Final = 5  # rows that are spelled at the door
START_BYTES: Final = 1 << 18  # of a table, enough for its first rows
_KEYED: Final = UUID("6a1c8f0b-20f3-5d1c-9a54-5d7c0e0f4b92")
_RACES = 5
_ERRORS_TOLD = 50
_APPLIED_S = 2.0
_LOOK_S = 0.02
_ANSWER_S = 4.0
_NEVER = 1 << 62

# States of rows as they are kept, and of the jobs of those under way, by the state that is shown.
_KEPT: Final = {
    RowState.WAITING: (["waiting", "again"], []),
    RowState.QUEUED: ([], ["queued"]),
    RowState.RUNNING: ([], ["running", "queued"]),
    RowState.REVIEW: ([], ["waiting_for_review"]),
}


@dataclass(frozen=True, slots=True)
class RowCrafts:
    """How the catalog service makes rows of tables and products, so that the door says what it will find."""

    from_table: Callable[..., Iterable[BatchRow]]  # (pieces, on, products=)
    columns_of: Callable[..., frozenset[str]]  # (start, products=)
    from_products: Callable[[Iterable[Product]], Iterable[BatchRow]]
    overridden: Callable[[BatchRow, Any], BatchRow]
    fields: frozenset[str]  # of products


@dataclass(frozen=True, slots=True)
class _Source:
    """Rows as they were found to be: the first ones, and what all of them can fill."""

    wanted: RowsWanted
    first: tuple[BatchRow, ...]
    fields: frozenset[str]
    given: tuple[BatchRow, ...] = ()
    language: str | None = None  # of their texts

    def filled_in(self, template: dict[str, Any]) -> dict[str, Any]:
        """A template that names no language has the rows' own."""
        return template if self.language is None else {"language": self.language} | template


class Batches:
    """Everything an owner can do about batches. Another's is not found."""

    def __init__(  # noqa: PLR0917  (what it is made of)
        self, bus: Bus, pool: Pool, blobs: Blobs, reading: Reading, crafts: RowCrafts, crash: CrashPoints
    ) -> None:
        self._bus = bus
        self._pool = pool
        self._blobs = blobs
        self._reading = reading
        self._crafts = crafts
        self._crash = crash

    async def create(self, asked: BatchAsked, owner: str, key: str | None) -> tuple[BatchResource, bool]:
        """The batch, and whether it was there before (same key, same request).

        Raises:
            Problem: 422 with the place in the template or the rows, or since the key was used for another batch.
        """
        await asyncio.to_thread(_check_fits, asked)
        batch = uuid5(_KEYED, f"{owner}\n{key}") if key is not None else uuid4()
        fingerprint = fingerprint_of(asked)
        if key is not None and (before := await self._bus.last(BatchRequestedV1, batch)) is not None:
            return await self._again(before, fingerprint, owner)
        source = await self._source(asked.rows, asked.template, owner)
        pattern = await self._checked(asked.template, source, asked.overrides)
        event = BatchRequestedV1(
            owner=owner,
            lane=subjects.lane(owner, "final"),
            at=now(),
            batch=batch,
            title=asked.title,
            template=pattern.given,
            rows=await self._kept(source),
            overrides=await self._kept_overrides(asked.overrides),
            rows_expected=len(source.given) or len(asked.rows.ids) or None,
            fingerprint=fingerprint,
            idempotency_key=key,
        )
        self._crash.reach("gateway", "before-announce")
        announced = await self._bus.announce(event)
        self._crash.reach("gateway", "after-announce")
        if not announced.won and announced.event is not None:
            return await self._again(Heard(announced.event, announced.seq), fingerprint, owner)
        return fresh(event), False

    async def _again(self, before: Heard, fingerprint: str, owner: str) -> tuple[BatchResource, bool]:
        first = before.event
        if not isinstance(first, BatchRequestedV1) or first.fingerprint != fingerprint:
            told = "This Idempotency-Key was used for another batch; use a new one."
            raise Problem(422, "idempotency_key_reused", told)
        return await self.get(first.batch, owner), True

    async def preview(self, asked: PreviewAsked, owner: str) -> BatchPreview:
        """What the first rows would become. Nothing is made. Raises as ``create``."""
        await asyncio.to_thread(_check_fits, asked)
        source = await self._source(asked.rows, asked.template, owner)
        pattern = await self._checked(asked.template, source, asked.overrides)
        rows = [self._crafts.overridden(row, asked.overrides) for row in source.first]
        shown = await asyncio.to_thread(lambda: tuple(_preview(pattern, row) for row in rows))
        return BatchPreview(rows=shown, fields=tuple(sorted(source.fields)), used=pattern.names)

    async def _checked(self, template: dict[str, Any], source: _Source, overrides: dict[str, Any]) -> Pattern:
        try:
            return await asyncio.to_thread(self._pattern, source.filled_in(template), source, overrides)
        except WrongTemplate as fault:
            errors = [FieldError(pointer=f"/template{each.pointer}", message=each.message) for each in fault.complaints]
            raise _refused(errors) from fault

    def _pattern(self, template: dict[str, Any], source: _Source, overrides: dict[str, Any]) -> Pattern:
        pattern = Pattern(template)
        pattern.check_names(source.fields)
        for row in source.first:
            if complaints := pattern.complaints(self._crafts.overridden(row, overrides)):
                raise WrongTemplate(complaints)
        return pattern

    async def _source(self, rows: RowsAsked, template: dict[str, Any], owner: str) -> _Source:
        if rows.given is not None:
            given = await asyncio.to_thread(given_rows, rows.given)
            fields = frozenset(name for row in given for name in row.values)
            return _Source(RowsWanted(), given[:LOOKED_AT], fields, given)
        if rows.table is not None:
            return await self._table(rows.table, template, owner)
        return await self._feed(rows, owner)

    async def _table(self, ident: UUID, template: dict[str, Any], owner: str) -> _Source:
        table = await self._upload(ident, owner)
        products = of_products(template)
        start = b""
        async with aclosing(self._blobs.stream(table.blob, 0, min(START_BYTES, table.blob.size))) as pieces:
            async for piece in pieces:
                start += piece
        try:
            first, fields = await asyncio.to_thread(self._beginning, start, products=products)
        except LogicalFault as bad:
            raise Problem(422, bad.code, bad.message, errors=[_at("/rows/table", bad.message)]) from bad
        return _Source(RowsWanted(table=table), first, fields)

    def _beginning(self, start: bytes, *, products: bool) -> tuple[tuple[BatchRow, ...], frozenset[str]]:
        """Of a table: its first rows, if they can be read without the rest, and its columns."""
        whole = start if len(start) < START_BYTES else start[: start.rfind(b"\n") + 1]
        first: list[BatchRow] = []
        rows: Iterator[BatchRow] = iter(self._crafts.from_table([whole], now(), products=products))
        try:
            first.extend(row for _, row in zip(range(LOOKED_AT), rows, strict=False))
        except LogicalFault:
            if whole is start:
                raise
        return tuple(first), self._crafts.columns_of(start, products=products)

    async def _upload(self, ident: UUID, owner: str) -> Asset:
        found = (await self._reading.assets_by_id([ident], owner)).get(ident)
        told = f"there is no upload {ident}"
        if found is not None and found[0].kind is not AssetKind.TABLE:
            told = f"{found[0].name} was uploaded as {found[0].kind}, not as table"
        elif found is not None:
            return found[0]
        raise Problem(422, "asset_unusable", told, errors=[_at("/rows/table", told)])

    async def _feed(self, rows: RowsAsked, owner: str) -> _Source:
        found = await self._rows("feed", rows.feed, owner)
        if not found:
            raise _unusable(f"there is no feed {rows.feed}")
        bodies = await self._rows("first_products", rows.feed, list(rows.ids) or None, LOOKED_AT)
        if not bodies and rows.which != "ids":
            raise _unusable("the feed has no products; look at its last import")
        first = tuple(self._crafts.from_products([Product.model_validate(row["product"]) for row in bodies]))
        wanted = RowsWanted(feed=rows.feed, which=rows.which, ids=tuple(dict.fromkeys(rows.ids)))
        return _Source(wanted, first, self._crafts.fields, language=found[0]["language"])

    async def _kept(self, source: _Source) -> RowsWanted:
        """Rows that came with the request are put beside the log, which is for small messages."""
        if not source.given:
            return source.wanted
        data = await asyncio.to_thread(lambda: b"\n".join(row.model_dump_json().encode() for row in source.given))
        return RowsWanted(given=await self._blobs.put_bytes(data, "application/jsonl"))

    async def _kept_overrides(self, overrides: dict[str, Any]) -> BlobRef | None:
        if not overrides:
            return None
        return await self._blobs.put_bytes(orjson.dumps(overrides), "application/json")

    async def get(self, batch: UUID, owner: str) -> BatchResource:
        """One batch, from the log if the catalog has not heard of it yet."""
        found = await self._rows("batches", owner, _NEVER, 1, batch)
        if found:
            return batch_resource(found[0], whole=True)
        heard = await self._bus.last(BatchRequestedV1, batch)
        if heard is None or not isinstance(heard.event, BatchRequestedV1) or heard.event.owner != owner:
            raise not_found("batch")
        return fresh(heard.event)

    async def all(self, owner: str, cursor: str | None, limit: int) -> Page[BatchResource]:
        found = await self._rows("batches", owner, seq_of(cursor), limit + 1, None)
        more = cursor_of(found[limit - 1]["seq"]) if len(found) > limit else None
        return Page(items=tuple(batch_resource(row) for row in found[:limit]), next_cursor=more)

    async def rows(  # noqa: PLR0917  (a page, and what it is filtered by)
        self, batch: UUID, owner: str, cursor: str | None, limit: int, state: RowState | None, q: str
    ) -> Page[RowResource]:
        await self.get(batch, owner)
        kept, jobs = _KEPT.get(state, ([state.value], [state.value])) if state is not None else (None, None)
        after = 0 if cursor is None else seq_of(cursor)
        found = await self._rows("rows", batch, after, limit + 1, kept, jobs, patterns(folded(q)))
        running = await self._reading.running([row["job"] for row in found if row["state"] == "released"])
        items = tuple(_row(row, running) for row in found[:limit])
        more = cursor_of(found[limit - 1]["number"]) if len(found) > limit else None
        return Page(items=items, next_cursor=more)

    async def steer(self, batch: UUID, owner: str, what: Steering) -> BatchResource:
        """Pauses, resumes, cancels, or tries again what failed. Asked for twice it is done once.

        Raises:
            Problem: 404; 409 if it has ended, or nothing of it failed.
        """
        for _ in range(_RACES):
            seen = await self.get(batch, owner)
            if not _is_news(seen, what):
                return seen
            last = await self._bus.last(BatchSteeredV1, batch)
            revision = last.event.revision if last is not None and isinstance(last.event, BatchSteeredV1) else 0
            event = BatchSteeredV1(
                owner=owner,
                lane=subjects.lane(owner, "final"),
                at=now(),
                batch=batch,
                revision=revision + 1,
                what=what,
            )
            announced = await self._bus.announce(event)
            if announced.won:
                await self._applied(announced.seq)
                return await self.get(batch, owner)
            await self._applied(announced.seq)
        raise Unavailable("the batch changes all the time; try again", code="batch_contended")

    async def _applied(self, seq: int) -> None:
        """Waits a moment until the catalog has heard of a fact, so that the answer shows it."""
        end = time.monotonic() + _APPLIED_S
        while time.monotonic() < end:
            found = await self._rows("position", streams.EVENTS.name)
            if found and found[0]["seq"] >= seq:
                return
            await asyncio.sleep(_LOOK_S)

    async def results(self, batch: UUID) -> AsyncIterator[list[Any]]:
        """All rows with their videos, a page at a time."""
        after = 0
        while page := await self._rows("results", batch, after, _RESULTS_PAGE):
            yield page
            after = page[-1]["number"]

    async def _rows(self, name: str, *arguments: Any) -> list[Any]:
        try:
            async with self._pool.acquire(timeout=2) as connection:
                return list(await connection.fetch(SQL[name], *arguments, timeout=_ANSWER_S))
        except (*AWAY, asyncpg.UndefinedTableError) as away:  # no tables: the catalog service has not started yet
            raise Unavailable("the database does not answer", code="database_unavailable") from away


_RESULTS_PAGE = 500


def _check_fits(asked: BatchAsked | PreviewAsked) -> None:
    """Whether it can be kept at all. Raises Problem."""
    for name, value in (("template", asked.template), ("overrides", asked.overrides)):
        if (wrong := unfit(value)) is not None:
            raise _refused([_at(f"/{name}{wrong.pointer}", wrong.message)])
    if errors := unfit_rows(asked.rows.given or ()):
        raise _refused(errors[:_ERRORS_TOLD])


def of_products(template: dict[str, Any]) -> bool:
    """Whether each row of a table is a product that the video shows."""
    return template.get("kind") == "product" and "products" not in template


def fresh(event: BatchRequestedV1) -> BatchResource:
    """A batch of which nobody has read a row yet."""
    nothing: dict[str, Any] = dict.fromkeys(("fault", "counts", "ended_at", "moving", "lately", "since_s"))
    told = {"id": event.batch, "title": event.title, "template": event.template, "feed": event.rows.feed}
    flags = {"prepared": False, "paused": False, "cancelled": False, "open": True}
    row = nothing | told | flags | {"expected": event.rows_expected, "created_at": event.at}
    return batch_resource(row, whole=True)


_ENDED = (BatchState.COMPLETED, BatchState.CANCELLED, BatchState.FAILED)


def _is_news(seen: BatchResource, what: Steering) -> bool:
    """Whether there is something to do; raises a Problem if it can't be done."""
    if what == "retried":
        if seen.state in {BatchState.CANCELLED, BatchState.FAILED}:
            raise Problem(409, "batch_finished", f"The batch is {seen.state.value}; make a new one.")
        if not seen.counts.failed + seen.counts.refused:
            raise Problem(409, "nothing_failed", "No row of the batch has failed or was refused.")
        return True
    if what == "cancelled" and seen.state is BatchState.CANCELLED:
        return False
    if seen.state in _ENDED:
        raise Problem(409, "batch_finished", f"The batch is {seen.state.value}; there is nothing left to do.")
    if what == "paused":
        return seen.state is not BatchState.PAUSED
    return what == "cancelled" or seen.state is BatchState.PAUSED


def _preview(pattern: Pattern, row: BatchRow) -> RowPreview:
    named: dict[str, Any] = {"number": row.number, "key": row.key, "label": row.label}
    try:
        return RowPreview(**named, brief=pattern.spelled(row), fault=None)
    except BadRow as bad:
        shown = RowFaultShown(code=bad.code, message=bad.message, pointer=bad.pointer)
        return RowPreview(**named, brief=None, fault=shown)


_DONE_SHARE: Final = {"completed": 1.0}


def _row(row: Any, running: list[Any]) -> RowResource:
    fault = None if row["fault"] is None else RowFaultShown.model_validate(row["fault"])
    state, share, videos = _standing(row, running)
    return RowResource(
        number=row["number"],
        key=row["key"],
        label=row["label"],
        state=state,
        share=share,
        job=row["job"],
        job_url=None if row["job"] is None else f"/v1/jobs/{row['job']}",
        videos=videos,
        fault=fault,
    )


def _standing(row: Any, running: list[Any]) -> tuple[RowState, float, tuple[UUID, ...]]:
    """State, share and videos: of a row under way those of its job."""
    kept = {"again": "waiting", "released": "queued"}.get(row["state"], row["state"])
    if row["story"] is None:
        return RowState(kept), _DONE_SHARE.get(kept, 0.0), ()
    job = job_resource(view(JobStory.model_validate(row["story"])), running)
    videos = tuple(video.id for video in job.videos)
    if row["state"] == "released":
        return RowState(job.state.value), job.share, videos
    return RowState(kept), job.share, videos


def _unusable(told: str) -> Problem:
    return Problem(422, "feed_unusable", told, errors=[_at("/rows/feed", told)])


def _at(pointer: str, message: str) -> FieldError:
    return FieldError(pointer=pointer, message=message)


def _refused(errors: Sequence[FieldError]) -> Problem:
    detail = "; ".join(f"{error.pointer}: {error.message}" for error in errors[:3])
    return Problem(422, "value_invalid", detail, errors=errors)
