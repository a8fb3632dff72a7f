"""Live streams of a user at the same time, over all gateways: each holds a lease as long as its gateway lives."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter as Tally
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID, uuid4

from kit.database import Connection
from kit.tasks import ended
from services.gateway.counter import SQL, Counter
from services.gateway.problems import Problem

log = logging.getLogger(__name__)

LEASE_S = 30.0
_RENEWED_S = LEASE_S / 3


class Leases:
    """The streams this gateway serves. Without PostgreSQL each gateway holds to the limit by itself."""

    def __init__(self, counter: Counter, *, lease_s: float = LEASE_S) -> None:
        self._counter = counter
        self._lease = timedelta(seconds=lease_s)
        self._gateway = uuid4()
        self._held: dict[UUID, str] = {}
        self._by_user: Tally[str] = Tally()
        self._renewing: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._renewing = asyncio.create_task(self._renew(), name="stream leases")

    async def stop(self) -> None:
        if self._renewing is not None:
            await ended(self._renewing)
        await self._counter.ask(lambda link: link.execute(SQL["close_streams"], self._gateway))

    @asynccontextmanager
    async def held(self, who: str, most: int) -> AsyncIterator[None]:
        """One stream of a user.

        Raises:
            Problem: 429, there are ``most`` already.
        """
        stream = uuid4()
        if self._by_user[who] >= most:
            raise _too_many(most)
        self._held[stream] = who
        self._by_user[who] += 1
        try:
            if await self._counter.ask(lambda link: self._open(link, stream, who, most)) is False:
                raise _too_many(most)
            yield
        finally:
            self._drop(stream, who)
            await self._counter.ask(lambda link: link.execute(SQL["close_stream"], stream))

    def _drop(self, stream: UUID, who: str) -> None:
        del self._held[stream]
        self._by_user[who] -= 1
        if not self._by_user[who]:
            del self._by_user[who]

    async def _open(self, link: Connection, stream: UUID, who: str, most: int) -> bool:
        async with link.transaction():
            await link.execute(SQL["one_by_one"], who)
            found = await link.fetchval(SQL["open_stream"], stream, who, self._gateway, self._lease, most)
        return found is not None

    async def renew(self) -> None:
        """Keeps what is held, and forgets what has ended."""
        streams, users = list(self._held), list(self._held.values())
        if streams:
            arguments = (streams, users, self._gateway, self._lease)
            await self._counter.ask(lambda link: link.execute(SQL["keep_streams"], *arguments))
        await self._counter.tidy()

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(_RENEWED_S)
            try:
                await self.renew()
            except Exception:
                log.exception("what is counted can't be kept up")


def _too_many(most: int) -> Problem:
    detail = f"At most {most} live streams at the same time are served; close one first."
    return Problem(429, "too_many_streams", detail, headers={"Retry-After": "5"})
