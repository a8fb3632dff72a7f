"""All that decides who comes in, put together for a gateway."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from contracts.accounts import Allowance, ApiKey, Profile, Session
from contracts.faults import LogicalFault
from kit.database import migrate, open_pool
from kit.register import Register, Shelf
from kit.settings import Settings
from services.gateway.addresses import Network, is_loopback
from services.gateway.counter import PACKAGE, SCHEMA, Counter
from services.gateway.identity import Identity
from services.gateway.leases import Leases
from services.gateway.limiting import Kind, Rates, Windows
from services.gateway.sessions import Sessions

_CONNECTIONS = 3


class NobodyMayEnter(LogicalFault):
    """Keys are asked for, and there is none with which others could be made."""

    code = "no_admin_key"

    def __init__(self, address: str) -> None:
        super().__init__(
            f"listening on {address}, the gateway lets nobody in without a key, and there is no admin's key yet;"
            " make one with: edit-factory keys create --admin"
            " (or set EDIT_FACTORY_ADMIN_KEY, or let it listen on 127.0.0.1 alone)"
        )


@dataclass(frozen=True, slots=True)
class Door:
    """Who somebody is, and how much they may ask for."""

    identity: Identity
    profiles: Shelf[Profile]
    windows: Windows
    leases: Leases
    rates: Rates
    sessions: Sessions
    proxies: Sequence[Network] = ()

    def check_somebody_may_enter(self, address: str) -> None:
        """
        Raises:
            NobodyMayEnter: keys would be asked for, and nobody could make any.
        """
        if self.identity.asks and not self.identity.has_an_admin():
            raise NobodyMayEnter(address)

    async def count_failed_key(self, address: str) -> None:
        """One request with no or a wrong key more.

        Raises:
            Problem: 429, it was one too many.
        """
        limit = self.rates.limit(Kind.FAILED_KEY, Allowance())
        spent = await self.windows.hit(f"address {address}", Kind.FAILED_KEY, limit)
        if spent.is_over:
            raise spent.refusal()


def door(settings: Settings, register: Register, counter: Counter, address: str) -> Door:
    """A door as the settings want it, for a gateway that listens on an address."""
    profiles = register.shelf("profile", Profile)
    asks = settings.login == "required" or not is_loopback(address)
    keys, sessions = register.shelf("key", ApiKey), register.shelf("session", Session)
    identity = Identity(keys, profiles, sessions, admin_key=settings.admin_key, asks=asks)
    rates = Rates.of(settings)
    return Door(identity, profiles, Windows(counter), Leases(counter), rates, Sessions(register), settings.proxies)


@asynccontextmanager
async def counting(settings: Settings) -> AsyncIterator[Counter]:
    """The counter of all gateways, with its tables made.

    Raises:
        Unavailable: PostgreSQL did not answer within a minute.
    """
    async with open_pool(settings.postgres_dsn, schema=SCHEMA, size=_CONNECTIONS, stateless=True) as pool:
        await migrate(pool, PACKAGE, schema=SCHEMA)
        yield Counter(pool)
