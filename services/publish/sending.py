"""Sends what is due, writes down what came of it, and says when to try again.

A delivery is taken by a lease in the database. Killed at any moment, it is due again when the lease has run out, with
the same id: at least once. No endpoint has more than a few in hand, so that a slow one delays nobody else's.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

import asyncpg
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_delay, wait_random_exponential

from contracts.faults import Fault, Unavailable
from contracts.webhooks import KIND, Endpoint
from kit.database import AWAY, Pool
from kit.outbound import Answer, Outbound
from kit.register import Register, Taken
from kit.sealing import Sealer
from services.publish.following import SQL
from services.publish.schedule import Timing, Verdict, retry_after_s, verdict
from services.publish.signing import headers, message_id

log = logging.getLogger(__name__)

IN_ALL = 64
_PER_ENDPOINT = 4
_PER_OWNER = 24
_DROPPED_AT_ONCE = 5_000
_NO_ENDPOINT = "The endpoint is disabled or was removed."
_GONE = "The endpoint answered 410 Gone."
_AWAY = (*AWAY, asyncpg.PostgresError)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery in hand, until its lease runs out."""

    id: UUID
    lease: UUID
    endpoint: UUID
    owner: str
    type: str
    body: str
    tries: int


@dataclass(frozen=True, slots=True)
class Tried:
    """What one try came to: a status, or the reason why there is none."""

    at: datetime
    took_ms: int = 0
    status: int | None = None
    fault: str | None = None
    answer: str = ""
    retry_after_s: float | None = None


class Sender:
    """Takes what is due and sends it; any number of processes may do so side by side."""

    def __init__(self, pool: Pool, register: Register, sealer: Sealer, outbound: Outbound, timing: Timing) -> None:
        self._pool = pool
        self._register = register
        self._endpoints = register.shelf(KIND, Endpoint)
        self._sealer = sealer
        self._outbound = outbound
        self._timing = timing
        self._in_hand: dict[asyncio.Task[None], Claimed] = {}
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """There is, or may be, something due."""
        self._woken.set()

    async def run(self) -> None:
        """Until cancelled, through restarts of the database; then ``lay_down``."""
        while True:
            try:
                await self._take()
            except _AWAY as away:
                log.warning("webhooks wait for the database", extra={"reason": repr(away)})
                await asyncio.sleep(1)
            await self._rest()

    async def tidy(self) -> int:
        """Forgets what ended long ago; how many."""
        async with self._pool.acquire() as connection:
            done: str = await connection.execute(SQL["drop_old"], self._timing.keep_s, _DROPPED_AT_ONCE)
            await connection.execute(SQL["forget_failing"])
        return int(done.rpartition(" ")[2])

    async def _take(self) -> None:
        room = IN_ALL - len(self._in_hand)
        if room <= 0:
            return
        endpoints = Counter(claimed.endpoint for claimed in self._in_hand.values())
        owners = Counter(claimed.owner for claimed in self._in_hand.values())
        lease = uuid4()
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(
                SQL["claim"],
                list(endpoints),
                list(endpoints.values()),
                list(owners),
                list(owners.values()),
                _PER_ENDPOINT,
                _PER_OWNER,
                room,
                lease,
                self._timing.lease_s,
            )
        for row in rows:
            claimed = Claimed(lease=lease, **dict(row))
            task = asyncio.create_task(self._deliver(claimed), name=f"webhook {claimed.id}")
            self._in_hand[task] = claimed
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._in_hand.pop(task, None)
        self._woken.set()  # its endpoint is free again
        if not task.cancelled() and (fault := task.exception()) is not None:
            log.error("a webhook's delivery broke; it is tried again", exc_info=fault)

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(self._timing.look_every_s):
                await self._woken.wait()
        except TimeoutError:
            return
        self._woken.clear()

    async def lay_down(self) -> None:
        """Lets what is in hand come to its end for a moment, and gives the rest back."""
        if self._in_hand:
            _, late = await asyncio.wait(self._in_hand, timeout=self._timing.drain_s)
            leases = [self._in_hand[task].lease for task in late]
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
            await self._give_back(leases)

    async def _give_back(self, leases: list[UUID]) -> None:
        try:
            async with self._pool.acquire(timeout=1) as connection:
                await connection.execute(SQL["give_back"], leases, timeout=1)
        except _AWAY as away:
            log.info("deliveries in hand come due when their lease has run out", extra={"reason": repr(away)})

    async def _deliver(self, claimed: Claimed) -> None:
        endpoint = self._endpoints.get(str(claimed.endpoint))
        if endpoint is None or not endpoint.enabled:
            await self._settle(claimed, Tried(_now(), fault=_NO_ENDPOINT), Verdict())
            return
        tried = await self._try(claimed, endpoint)
        luck = random.random()  # noqa: S311  (jitter)
        follows = verdict(tried.status, claimed.tries + 1, tried.retry_after_s, luck, self._timing)
        since = await self._settle(claimed, tried, follows)
        log.info(
            "webhook",
            extra={"webhook": str(endpoint.id), "delivery": str(claimed.id), "status": tried.status}
            | {"fault": tried.fault, "took_ms": tried.took_ms, "again_in_s": follows.again_in_s},
        )
        if follows.gone:
            await self._disable(endpoint, _GONE)
        elif since is not None and not follows.delivered and follows.again_in_s is None:
            await self._disable_if_long(endpoint, since)

    async def _try(self, claimed: Claimed, endpoint: Endpoint) -> Tried:
        at = _now()
        body = claimed.body.encode()
        try:
            secrets = self._secrets(endpoint, at)
            signed = headers(secrets, message_id(claimed.id), int(at.timestamp()), body)
            answer = await self._outbound.post(endpoint.url, body, signed, total_s=self._timing.answer_s)
        except Fault as fault:
            took_ms = round((_now() - at).total_seconds() * 1000)
            return Tried(at, took_ms=took_ms, fault=fault.message)
        try:
            return _answered(at, answer)
        except Exception:  # whatever it sent back: a try is a try, and is counted
            log.exception("an answer could not be understood")
            return Tried(at, took_ms=answer.took_ms, status=answer.status)

    def _secrets(self, endpoint: Endpoint, at: datetime) -> list[str]:
        """The present one, and those that are still good."""
        good = [secret for secret in endpoint.secrets if secret.until is None or at < secret.until]
        return [self._sealer.open(secret.sealed, str(endpoint.id)) for secret in good]

    async def _settle(self, claimed: Claimed, tried: Tried, follows: Verdict) -> datetime | None:
        """Writes a try and what follows down; since when the endpoint has only failed, if it does.

        A database that is away is waited for: what is not written down before the lease ends is sent again.
        """
        async for attempt in AsyncRetrying(
            retry=retry_if_exception_type(_AWAY),
            stop=stop_after_delay((self._timing.lease_s - self._timing.answer_s) / 2),
            wait=wait_random_exponential(multiplier=0.2, max=3),
            reraise=True,
        ):
            with attempt:
                return await self._write_down(claimed, tried, follows)
        raise AssertionError("unreachable")  # pragma: no cover

    async def _write_down(self, claimed: Claimed, tried: Tried, follows: Verdict) -> datetime | None:
        waits = follows.again_in_s is not None
        state = "delivered" if follows.delivered else "pending" if waits else "failed"
        async with self._pool.acquire() as connection, connection.transaction():
            mine = await connection.fetchval(
                SQL["settle"], claimed.id, claimed.lease, state, claimed.tries + 1, follows.again_in_s or 0.0
            )
            if mine is None:
                log.info("a delivery was taken over", extra={"delivery": str(claimed.id)})
                return None
            await connection.execute(
                SQL["note_attempt"], claimed.id, tried.at, tried.took_ms, tried.status, tried.fault, tried.answer
            )
            if follows.delivered:
                await connection.execute(SQL["works"], claimed.endpoint)
                return None
            since: datetime = await connection.fetchval(SQL["fails"], claimed.endpoint)
            return since

    async def _disable_if_long(self, endpoint: Endpoint, since: datetime) -> None:
        failing = _now() - max(since, endpoint.enabled_at)
        if failing.total_seconds() >= self._timing.disable_after_s:
            days = round(failing.total_seconds() / 86_400)
            await self._disable(endpoint, f"Every attempt of the last {days} days failed.")

    async def _disable(self, endpoint: Endpoint, reason: str) -> None:
        entry = self._endpoints.entry(str(endpoint.id))
        if entry is None or entry.value != endpoint:
            return  # its owner changed it meanwhile
        changed = endpoint.model_copy(update={"enabled": False, "disabled_reason": reason})
        try:
            await self._register.put(KIND, str(endpoint.id), changed, after=entry.seq)
        except (Taken, Unavailable) as refused:
            log.warning("an endpoint can't be disabled now", extra={"reason": refused.message})
            return
        log.warning("a webhook's endpoint was disabled", extra={"webhook": str(endpoint.id), "reason": reason})


def _answered(at: datetime, answer: Answer) -> Tried:
    """A try that got an answer. A redirect is one: it is not followed."""
    text = answer.excerpt.decode("utf-8", "replace").replace("\0", "\N{REPLACEMENT CHARACTER}")
    asked = retry_after_s(answer.headers, at)
    return Tried(at, took_ms=answer.took_ms, status=answer.status, answer=text, retry_after_s=asked)


def _now() -> datetime:
    return datetime.now(UTC)
