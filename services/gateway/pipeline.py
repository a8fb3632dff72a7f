"""The health of the whole line, from what the servers know; asked of them at most once a second."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from datetime import datetime

import asyncpg

from contracts.faults import Unavailable
from contracts.flow import FLOW
from contracts.health import LettersSeen, LogSeen, PipelineHealth, judged, running, status_of
from contracts.streams import EVENTS
from kit.bus import Bus, now
from kit.database import AWAY, Pool
from kit.inboxes import seen
from kit.looks import last_look
from kit.presence import presences
from kit.settings import Settings
from kit.sql import queries
from services.gateway.letters import Letters

SQL = queries("services.gateway", "pipeline.sql")
_FRESH_S = 1.0
_ANSWER_S = 4.0
_SERVICES = (
    "gateway",
    *dict.fromkeys(name for leg in FLOW for name in (*leg.heard_by, *leg.emitted_by) if name != "gateway"),
)


class Pipeline:
    """Many may ask at once: one of them looks, the others are told the same."""

    def __init__(self, bus: Bus, pool: Pool, letters: Letters, settings: Settings) -> None:
        self._bus = bus
        self._pool = pool
        self._letters = letters
        self._stuck_after_s = settings.stuck_after_s
        self._looking = asyncio.Lock()
        self._last: PipelineHealth | None = None
        self._last_at = 0.0

    async def health(self) -> PipelineHealth:
        """Raises:
        Unavailable: a server does not answer, or not in time.
        """
        try:
            async with asyncio.timeout(_ANSWER_S), self._looking:
                if self._last is None or time.monotonic() - self._last_at > _FRESH_S:
                    self._last = await self._look()
                    self._last_at = time.monotonic()
                return self._last
        except TimeoutError as slow:
            raise Unavailable("the servers did not answer in time", code="pipeline_unknown") from slow

    async def _look(self) -> PipelineHealth:
        alive, ping, look, (waiting, more) = await asyncio.gather(
            presences(self._bus), self._bus.ping(), last_look(self._bus), self._letters.count_open()
        )
        progress, position, jobs_open = await self._written()
        inboxes = tuple(judged(inbox, self._stuck_after_s) for inbox in await seen(self._bus, alive, progress))
        services = running(alive, _SERVICES)
        log = await self._log(int(ping["last_seq"]), position)
        stuck = look.stuck if look else 0
        status, words = status_of(inboxes, services, log, stuck)
        return PipelineHealth(
            status=status,
            words=words,
            at=now(),
            inboxes=inboxes,
            services=services,
            log=log,
            jobs_open=jobs_open,
            jobs_stuck=stuck,
            stuck=look.jobs if look else (),
            dead_letters=LettersSeen(open=waiting, more=more),
            reconciled_at=look.at if look else None,
        )

    async def _log(self, last_seq: int, position: int) -> LogSeen:
        """The lag counts from the time of the first message that is not written down."""
        lag_s = 0.0
        if last_seq > position:
            first = await self._bus.raw_at(position + 1)
            if first is not None and first.time is not None:
                lag_s = max(0.0, (now() - first.time).total_seconds())
        return LogSeen(last_seq=last_seq, written_down=position, lag=max(0, last_seq - position), lag_s=round(lag_s, 1))

    async def _written(self) -> tuple[Mapping[str, datetime], int, int]:
        try:
            async with self._pool.acquire(timeout=2) as connection:
                progress = await connection.fetch(SQL["progress"], timeout=_ANSWER_S)
                row = await connection.fetchrow(SQL["written"], EVENTS.name, timeout=_ANSWER_S)
        except (*AWAY, asyncpg.UndefinedTableError) as away:  # no tables: the projection has not started yet
            raise Unavailable("the database does not answer", code="database_unavailable") from away
        told = {each["step"]: each["at"] for each in progress}
        return told, row["position"] or 0, row["jobs_open"]
