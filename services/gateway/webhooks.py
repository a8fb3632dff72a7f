"""Webhooks of an owner: its endpoints in the register, their deliveries in the publish service's tables."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from contracts.faults import Unavailable
from contracts.webhooks import KIND, TEST, Endpoint, KeptSecret, Message, PingTold
from kit.bus import now
from kit.database import AWAY, Pool
from kit.outbound import Outbound
from kit.register import Register, Taken
from kit.sealing import Sealer
from kit.sql import queries
from services.gateway.problems import Problem, not_found
from services.gateway.resources import Page, cursor_of, seq_of
from services.gateway.webhook_resources import (
    DeliveryResource,
    WebhookAsked,
    WebhookChange,
    WebhookList,
    WebhookResource,
    WebhookWithSecret,
    delivery_resource,
    webhook_resource,
    with_secret,
)

SQL = queries("services.gateway", "webhooks.sql")
ENDPOINTS_MOST = 20  # of one owner
OLD_SECRET_GOOD_FOR = timedelta(hours=24)
_OLD_SECRETS_MOST = 2
_SECRET_BYTES = 24  # Standard Webhooks: 24 to 64
_ATTEMPTS_SHOWN = 20
_ATTEMPTS_MOST = 100
_WAITING_MOST = 10_000
_TRIES = 3
_ANSWER_S = 4.0


class Webhooks:
    """Everything an owner can do about webhooks. Another's endpoint is not found."""

    def __init__(self, register: Register, pool: Pool, sealer: Sealer, outbound: Outbound) -> None:
        self._register = register
        self._shelf = register.shelf(KIND, Endpoint)
        self._pool = pool
        self._sealer = sealer
        self._outbound = outbound

    async def create(self, asked: WebhookAsked, owner: str) -> WebhookWithSecret:
        """Raises:
        Problem: 422 if there are too many.
        NoSecretKey: this system can't keep a secret.
        UrlForbidden, UrlUnreachable: the URL may not, or can't, be asked.
        """
        if len(self._of(owner)) >= ENDPOINTS_MOST:
            raise Problem(422, "too_many_webhooks", f"There are {ENDPOINTS_MOST} webhooks already; remove one first.")
        ident, at = uuid4(), now()
        secret, kept = self._new_secret(ident)
        await self._outbound.checked(asked.url)
        endpoint = Endpoint(
            id=ident,
            owner=owner,
            url=asked.url,
            types=tuple(dict.fromkeys(asked.types)),
            description=asked.description,
            enabled=asked.enabled,
            created_at=at,
            enabled_at=at,
            secrets=(kept,),
        )
        await self._register.put(KIND, str(ident), endpoint)
        return with_secret(endpoint, secret)

    def all(self, owner: str) -> WebhookList:
        newest = sorted(self._of(owner), key=lambda endpoint: endpoint.created_at, reverse=True)
        return WebhookList(items=tuple(webhook_resource(endpoint) for endpoint in newest))

    def get(self, ident: UUID, owner: str) -> WebhookResource:
        return webhook_resource(self._mine(ident, owner))

    async def change(self, ident: UUID, change: WebhookChange, owner: str) -> WebhookResource:
        self._mine(ident, owner)
        if change.url is not None:
            await self._outbound.checked(change.url)
        named: dict[str, Any] = {name: value for name, value in dict(change).items() if value is not None}
        if change.enabled is not None:
            named |= {"disabled_reason": ""}

        def changed(endpoint: Endpoint) -> Endpoint:
            again = {"enabled_at": now()} if change.enabled and not endpoint.enabled else {}
            return endpoint.model_copy(update=named | again)

        return webhook_resource(await self._rewrite(ident, owner, changed))

    async def remove(self, ident: UUID, owner: str) -> None:
        for _ in range(_TRIES):
            self._mine(ident, owner)
            entry = self._shelf.entry(str(ident))
            try:
                await self._register.remove(KIND, str(ident), after=entry.seq if entry else 0)
            except Taken:
                continue
            return
        raise _changed()

    async def rotate(self, ident: UUID, owner: str) -> WebhookWithSecret:
        """A new secret; the present one stays good for a day beside it."""
        secret, kept = self._new_secret(ident)
        until = now() + OLD_SECRET_GOOD_FOR

        def rotated(endpoint: Endpoint) -> Endpoint:
            present, *older = endpoint.secrets
            good = [old for old in older if old.until is not None and old.until > now()]
            old = [present.model_copy(update={"until": until}), *good][:_OLD_SECRETS_MOST]
            return endpoint.model_copy(update={"secrets": (kept, *old)})

        return with_secret(await self._rewrite(ident, owner, rotated), secret)

    async def test(self, ident: UUID, owner: str) -> DeliveryResource:
        """Sends a test event as any other is sent."""
        endpoint = self._enabled(ident, owner)
        if (await self._rows("waiting", owner))[0]["count"] >= _WAITING_MOST:
            raise Problem(429, "too_many_deliveries", "Too many deliveries wait.", headers={"Retry-After": "60"})
        delivery = uuid4()
        message = Message(type=TEST, timestamp=now(), data=PingTold(webhook=endpoint.id))
        body = message.model_dump_json()
        await self._rows("insert_delivery", delivery, endpoint.id, owner, TEST, f"test/{delivery}", body)
        return await self._delivery(ident, delivery, owner)

    async def deliveries(self, ident: UUID, owner: str, cursor: str | None, limit: int) -> Page[DeliveryResource]:
        self._mine(ident, owner)
        rows = await self._rows("deliveries", ident, owner, seq_of(cursor), limit + 1)
        more = cursor_of(rows[limit - 1]["number"]) if len(rows) > limit else None
        return Page(items=tuple(await self._with_attempts(rows[:limit])), next_cursor=more)

    async def redeliver(self, ident: UUID, delivery: UUID, owner: str) -> DeliveryResource:
        """Sends a delivery again, whatever became of it, with its id and its body of the first time."""
        self._enabled(ident, owner)
        await self._delivery(ident, delivery, owner)
        if (await self._rows("many_attempts", delivery))[0]["count"] >= _ATTEMPTS_MOST:
            raise Problem(409, "too_many_attempts", f"It was sent {_ATTEMPTS_MOST} times already.")
        await self._rows("redeliver", delivery, ident, owner)
        return await self._delivery(ident, delivery, owner)

    async def _delivery(self, ident: UUID, delivery: UUID, owner: str) -> DeliveryResource:
        rows = await self._rows("delivery", delivery, ident, owner)
        if not rows:
            raise not_found("delivery")
        return (await self._with_attempts(rows))[0]

    async def _with_attempts(self, rows: list[Any]) -> list[DeliveryResource]:
        tried: dict[UUID, list[Any]] = {row["id"]: [] for row in rows}
        for attempt in await self._rows("attempts", list(tried), _ATTEMPTS_SHOWN):
            tried[attempt["delivery"]].append(attempt)
        return [delivery_resource(row, tried[row["id"]]) for row in rows]

    def _new_secret(self, ident: UUID) -> tuple[str, KeptSecret]:
        secret = "whsec_" + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()
        return secret, KeptSecret(sealed=self._sealer.seal(secret, str(ident)))

    def _of(self, owner: str) -> list[Endpoint]:
        return [endpoint for endpoint in self._shelf.all().values() if endpoint.owner == owner]

    def _mine(self, ident: UUID, owner: str) -> Endpoint:
        endpoint = self._shelf.get(str(ident))
        if endpoint is None or endpoint.owner != owner:
            raise not_found("webhook")
        return endpoint

    def _enabled(self, ident: UUID, owner: str) -> Endpoint:
        endpoint = self._mine(ident, owner)
        if not endpoint.enabled:
            raise Problem(409, "webhook_disabled", "The webhook is disabled; enable it first.")
        return endpoint

    async def _rewrite(self, ident: UUID, owner: str, change: Callable[[Endpoint], Endpoint]) -> Endpoint:
        for _ in range(_TRIES):
            self._mine(ident, owner)
            entry = self._shelf.entry(str(ident))
            if entry is None:
                raise not_found("webhook")
            changed = change(entry.value)
            try:
                await self._register.put(KIND, str(ident), changed, after=entry.seq)
            except Taken:
                continue
            return changed
        raise _changed()

    async def _rows(self, name: str, *arguments: Any) -> list[Any]:
        try:
            async with self._pool.acquire(timeout=2) as connection:
                return list(await connection.fetch(SQL[name], *arguments, timeout=_ANSWER_S))
        except (*AWAY, asyncpg.UndefinedTableError) as away:  # no tables: the publish service has not started yet
            raise Unavailable("the database does not answer", code="database_unavailable") from away


def _changed() -> Problem:
    return Problem(409, "entry_changed", "The webhook was changed at the same time; read it again.")
