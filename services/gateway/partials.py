"""Unfinished uploads as all gateways see them: how far each is, which parts it has, and who is at work on it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

import asyncpg

from contracts.faults import Fault, FaultReport, Unavailable
from contracts.media import AssetKind, BlobRef
from kit.database import AWAY, Connection, Pool
from kit.sql import queries
from kit.tasks import ended
from services.gateway.problems import Problem, not_found
from services.gateway.tus import Creation

log = logging.getLogger(__name__)

SQL = queries("services.gateway", "uploads.sql")
HELD_S = 15.0  # a gateway that says nothing for so long is dead
SALT_BYTES = 16
_PATIENCE_S = 2.0
_ANSWER_S = 5.0
_KEPT_WHEN_ENDED = timedelta(hours=1)  # for whoever asks what became of it

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Partial:
    """An upload as far as it has come. Sizes in bytes; ``state`` is receiving, done or refused."""

    id: UUID
    owner: str
    kind: AssetKind
    name: str
    metadata: str
    length: int
    received: int
    salt: bytes
    state: str
    asset: UUID | None
    fault: FaultReport | None
    created_at: datetime
    expires_at: datetime

    @property
    def whole(self) -> bool:
        return self.received == self.length


class Partials:
    """Each change is one statement, so that whoever dies leaves it done or not done."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def begin(self, owner: str, asked: Creation, *, salt: bytes, keep: timedelta, most: int) -> Partial | None:
        """A new upload, or None if its owner has ``most`` unfinished ones."""
        values = (uuid4(), owner, asked.kind.value, asked.name, asked.metadata, asked.length, salt, keep, most)

        async def begun(link: Connection) -> Any:
            async with link.transaction():
                await link.execute(SQL["one_by_one"], owner)
                return await link.fetchrow(SQL["begin"], *values)

        row = await self._ask(begun)
        return None if row is None else _partial(row)

    async def find(self, upload: UUID, owner: str) -> Partial:
        """
        Raises:
            Problem: 404, there is none, or it has expired.
        """
        row = await self._ask(lambda link: link.fetchrow(SQL["find"], upload, owner))
        if row is None:
            raise not_found("upload")
        return _partial(row)

    async def unfinished(self, owner: str, most: int) -> tuple[Partial, ...]:
        rows = await self._ask(lambda link: link.fetch(SQL["unfinished"], owner, most))
        return tuple(_partial(row) for row in rows)

    @asynccontextmanager
    async def held(self, upload: UUID, owner: str) -> AsyncIterator[Held]:
        """An upload nobody else works on meanwhile.

        Raises:
            Problem: 404; 423, somebody does.
        """
        holder = uuid4()
        row = await self._ask(lambda link: link.fetchrow(SQL["hold"], upload, owner, holder, _held()))
        if row is None:
            await self.find(upload, owner)
            raise Problem(423, "upload_locked", "Another request is at work on this upload; try again in a moment.")
        held = Held(self, _partial(row), holder)
        keeping = asyncio.create_task(held.keep(), name="upload hold")
        try:
            yield held
        finally:
            await ended(keeping)
            with suppress(Fault):  # it runs out by itself
                await self._ask(lambda link: link.execute(SQL["let_go"], upload, holder))

    async def parts(self, found: Partial) -> Sequence[BlobRef]:
        """The parts in order, as they lie in the store: each behind the upload's salt."""
        rows = await self._ask(lambda link: link.fetch(SQL["parts"], found.id))
        return [part_ref(row["sha256"], row["size"] + SALT_BYTES) for row in rows]

    async def drop_parts(self, upload: UUID) -> None:
        await self._ask(lambda link: link.execute(SQL["drop_parts"], upload))

    async def remove(self, upload: UUID) -> None:
        await self._ask(lambda link: link.execute(SQL["remove"], upload))

    async def left_behind(self, most: int) -> Sequence[tuple[UUID, str]]:
        """Whole uploads that nobody looks at: id and owner."""
        rows = await self._ask(lambda link: link.fetch(SQL["left_behind"], most))
        return [(row["id"], row["owner"]) for row in rows]

    async def expired(self, most: int) -> Sequence[UUID]:
        rows = await self._ask(lambda link: link.fetch(SQL["expired"], most))
        return [row["id"] for row in rows]

    async def parts_of(self, upload: UUID) -> Sequence[str]:
        """Hashes of the parts of an upload that may be nobody's any more."""
        rows = await self._ask(lambda link: link.fetch(SQL["parts"], upload))
        return [row["sha256"] for row in rows]

    async def _ask(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        try:
            async with asyncio.timeout(_ANSWER_S), self._pool.acquire(timeout=_PATIENCE_S) as connection:
                return await work(connection)
        except (*AWAY, asyncpg.UndefinedTableError) as away:  # no tables: somebody makes the database anew
            raise Unavailable("the database does not answer", code="database_unavailable") from away


class Held:
    """An upload this request alone works on, for as long as it says so every few seconds."""

    def __init__(self, partials: Partials, found: Partial, holder: UUID) -> None:
        self._partials = partials
        self._holder = holder
        self.found = found
        self.received = found.received

    async def keep(self) -> None:
        while True:
            await asyncio.sleep(HELD_S / 3)
            try:
                await self._ask("keep_hold", _held())
            except Fault as fault:
                log.info("an upload's hold can't be kept up now", extra={"reason": fault.message})

    async def add(self, part: BlobRef, most: int) -> None:
        """One part more, which lies in the store already.

        Raises:
            Problem: 423, somebody else has taken over; 413, these are too many parts.
        """
        size = part.size - SALT_BYTES
        number = await self._ask("add_part", self.received, size, part.sha256, _held())
        if number is None:
            raise Problem(423, "upload_locked", "Another request has taken this upload over.")
        self.received += size
        if number + 1 >= most and self.received < self.found.length:
            detail = f"An upload comes in at most {most} parts; begin it anew and send more at once."
            raise Problem(413, "too_many_parts", detail)

    async def tried(self) -> int:
        """How often it has been looked at in vain, this time among them."""
        return int(await self._ask("tried") or 0)

    async def end(self, state: str, *, asset: UUID | None = None, fault: FaultReport | None = None) -> None:
        told = None if fault is None else fault.model_dump(mode="json")
        await self._ask("end", state, asset, told, _KEPT_WHEN_ENDED)

    async def _ask(self, name: str, *arguments: Any) -> Any:
        values = (self.found.id, self._holder, *arguments)
        return await self._partials._ask(lambda link: link.fetchval(SQL[name], *values))  # noqa: SLF001  (its own)


def part_ref(sha256: str, size: int) -> BlobRef:
    return BlobRef(sha256=sha256, size=size, media_type="application/octet-stream")


def _held() -> timedelta:
    return timedelta(seconds=HELD_S)


def _partial(row: asyncpg.Record) -> Partial:
    fault = row["fault"]
    return Partial(
        id=row["id"],
        owner=row["owner"],
        kind=AssetKind(row["kind"]),
        name=row["name"],
        metadata=row["metadata"],
        length=row["length"],
        received=row["received"],
        salt=row["salt"],
        state=row["state"],
        asset=row["asset"],
        fault=None if fault is None else FaultReport.model_validate(fault),
        created_at=row["created_at"],
        expires_at=row["expires_at"],
    )
