"""Whose request it is. The one place that says so; handlers are handed ``owner``, ``caller`` or ``admin``."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from litestar.types import Scope
from pydantic import SecretStr

from contracts.accounts import LOCAL, ApiKey, Profile, Session
from kit.bus import now
from kit.register import Shelf
from services.gateway.addresses import is_same_origin, names_this_machine
from services.gateway.keys import digest, parsed
from services.gateway.problems import Problem
from services.gateway.sessions import Ticket, check_same_origin, ticket_of

_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="edit-factory"'}
_WRONG = {"WWW-Authenticate": 'Bearer realm="edit-factory", error="invalid_token"'}
# A request with one of these has come through a proxy, so nobody knows that its sender sits at this machine.
_OF_PROXIES = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
# What a wrong secret of an unknown key is compared with, so that it takes as long as that of a known one.
_NOBODYS = digest("")
OF_THE_ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the profile that owns what is made, and the key that was shown (none: the local user), be it by a
    session."""

    profile: str
    admin: bool
    key: str = ""
    session: Ticket | None = None


class Identity:
    """Tells callers by their keys and sessions. ``asks`` is false where only this machine can reach the gateway."""

    def __init__(
        self,
        keys: Shelf[ApiKey],
        profiles: Shelf[Profile],
        sessions: Shelf[Session] | None = None,
        *,
        admin_key: SecretStr | None,
        asks: bool,
    ) -> None:
        self._keys = keys
        self._profiles = profiles
        self._sessions = sessions or Shelf("session", Session)
        self._admin_digest = digest(admin_key.get_secret_value()) if admin_key else None
        self.asks = asks

    def caller(self, headers: Mapping[str, str], scheme: str, method: str = "GET") -> Caller:
        """Who sent a request with these headers (names in lower case).

        Raises:
            Problem: 401 ``key_missing``, ``key_invalid`` or ``session_over``; 403 ``origin_forbidden``, a web page of
                elsewhere asks in the name of whoever sits at this machine, or ``cross_site``, of whoever is signed in.
        """
        shown = _shown(headers)
        if shown is not None:
            return self.of_key(shown)[0]
        ticket = ticket_of(headers)
        if ticket is not None and (caller := self._of_session(ticket)) is not None:
            check_same_origin(method, headers, scheme)
            return caller
        if ticket is not None and self.asks:
            raise Problem(401, "session_over", "The session is over; sign in again.", headers=_CHALLENGE)
        if self.asks or any(name in headers for name in _OF_PROXIES):
            detail = "A key is needed, as `Authorization: Bearer ef_...`. Whoever runs this system can make one."
            raise Problem(401, "key_missing", detail, headers=_CHALLENGE)
        _from_here(headers, scheme)
        return Caller(LOCAL, admin=True)

    def of_key(self, shown: str) -> tuple[Caller, str]:
        """Whose key it is, and the key's digest.

        Raises:
            Problem: 401 ``key_invalid``.
        """
        if self._admin_digest is not None and hmac.compare_digest(digest(shown), self._admin_digest):
            return Caller(LOCAL, admin=True, key=OF_THE_ENVIRONMENT), self._admin_digest
        token = parsed(shown)
        known = None if token is None else self._keys.get(token.id)
        kept = _NOBODYS if known is None else known.secret_sha256
        right = hmac.compare_digest(digest("-") if token is None else token.digest, kept)
        if known is None or not right or not self._is_good(known, now()):
            # The same answer for every reason: a stranger learns nothing of which keys there are or were.
            raise Problem(401, "key_invalid", "This key is not taken (any more).", headers=_WRONG)
        return Caller(known.profile, admin=known.admin, key=known.id), kept

    def _of_session(self, ticket: Ticket) -> Caller | None:
        """Whoever signed in, as long as their key is good."""
        session = self._sessions.get(ticket.place)
        kept = _NOBODYS if session is None else session.secret_sha256
        if not hmac.compare_digest(digest(ticket.secret), kept) or session is None or session.expires_at <= now():
            return None
        if session.key == OF_THE_ENVIRONMENT:
            known = self._admin_digest is not None and hmac.compare_digest(
                ticket.proof(self._admin_digest), session.proof
            )
            return Caller(LOCAL, admin=True, key=session.key, session=ticket) if known else None
        key = self._keys.get(session.key)
        if key is None or key.profile != session.profile or not self._is_good(key, now()):
            return None
        return Caller(key.profile, admin=key.admin, key=key.id, session=ticket)

    def _is_good(self, key: ApiKey, at: datetime) -> bool:
        profile = self._profiles.get(key.profile)
        enabled = key.profile == LOCAL if profile is None else profile.disabled_at is None
        return enabled and key.is_good(at)

    def still_knows(self, caller: Caller) -> bool:
        """Whether a caller of a moment ago would still be let in."""
        if caller.session is not None:
            return self._of_session(caller.session) is not None
        if caller.key in {"", OF_THE_ENVIRONMENT}:
            return True
        key = self._keys.get(caller.key)
        return key is not None and self._is_good(key, now())

    def has_an_admin(self) -> bool:
        """Whether anybody can come in and make profiles and keys."""
        return self._admin_digest is not None or any(
            key.admin and self._is_good(key, now()) for key in self._keys.all().values()
        )


def _shown(headers: Mapping[str, str]) -> str | None:
    """The key a request shows. Another scheme of Authorization is not meant for us."""
    scheme, _, credentials = headers.get("authorization", "").partition(" ")
    if scheme.casefold() == "bearer":
        return credentials.strip()
    return headers.get("x-api-key")


def _from_here(headers: Mapping[str, str], scheme: str) -> None:
    """Lets nothing through that a web page in the local user's browser could have been made to send."""
    host = headers.get("host", "")
    origin = headers.get("origin")
    if not names_this_machine(host) or (origin is not None and not is_same_origin(origin, scheme, host)):
        detail = "Without a key, requests are taken from this machine's own address and from no other web page."
        raise Problem(403, "origin_forbidden", detail)


async def provide_caller(scope: Scope) -> Caller:
    """Who sent this request; nobody comes as far as a handler without being known, but for the open routes."""
    caller: Any = scope.get("state", {}).get("caller")
    if not isinstance(caller, Caller):
        raise Problem(401, "key_missing", "A key is needed.", headers=_CHALLENGE)
    return caller


async def provide_owner(scope: Scope) -> str:
    """The profile whose request this is, and which owns whatever comes of it."""
    return (await provide_caller(scope)).profile


async def provide_admin(scope: Scope) -> Caller:
    """The caller, who may do everything.

    Raises:
        Problem: 403, the key is not an admin's.
    """
    caller = await provide_caller(scope)
    if not caller.admin:
        raise Problem(403, "admin_only", "An admin's key is needed for this.")
    return caller
