"""Sessions: a browser can't send a header for a picture or a stream, so it shows a cookie that stands for its key.

Each profile has a few places for sessions in the register, which are used again and again: however often somebody signs
in, the register does not grow.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from litestar.datastructures import Cookie

from contracts.accounts import Session
from contracts.faults import Fault, Unavailable
from kit.bus import now
from kit.register import Entry, Register, Taken
from services.gateway.addresses import is_same_origin
from services.gateway.keys import digest
from services.gateway.problems import Problem

log = logging.getLogger(__name__)

COOKIE = "edit_factory_session"
LIFE = timedelta(days=14)  # since it was last used
SESSIONS_MAX = 16  # of a profile; the one that was not used for longest makes room for another
_PROLONGED_AFTER = timedelta(days=1)
_SECRET_BYTES = 32
_TRIES = 5
# A cookie's value: the place in the register and the secret, such as `anna-3_9f...`.
_SHOWN = re.compile(rf"(?:^|[;,\s]){COOKIE}=([a-z0-9][a-z0-9-]{{0,39}}-[0-9]{{1,2}})_([0-9a-f]{{64}})(?=$|[;,\s])")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a browser shows: which session it says it is, and the secret that proves it."""

    place: str
    secret: str = field(repr=False)

    @property
    def value(self) -> str:
        return f"{self.place}_{self.secret}"

    def proof(self, key_digest: str) -> str:
        """Ties a session to a key that is not in the register, and tells nobody anything of that key."""
        return digest(f"{self.secret}\n{key_digest}")


def ticket_of(headers: Mapping[str, str]) -> Ticket | None:
    """The session a request shows (header names in lower case)."""
    found = _SHOWN.search(headers.get("cookie", ""))
    return Ticket(found[1], found[2]) if found else None


def cookie_of(ticket: Ticket | None, *, secure: bool) -> str:
    """A Set-Cookie header; without a ticket one that takes the cookie away."""
    return Cookie(
        key=COOKIE,
        value="" if ticket is None else ticket.value,
        max_age=0 if ticket is None else int(LIFE.total_seconds()),
        path="/",
        httponly=True,
        samesite="strict",
        secure=secure,
    ).to_header(header="")


def is_secure(headers: Mapping[str, str], scheme: str) -> bool:
    """Whether the browser came by https, be it only as far as a proxy. It says so itself in Origin."""
    return scheme == "https" or headers.get("origin", "").casefold().startswith("https://")


def check_same_origin(method: str, headers: Mapping[str, str], scheme: str) -> None:
    """What changes something by a cookie must come from our own page: a browser sends the cookie along whoever asks.

    Raises:
        Problem: 403 ``cross_site``.
    """
    if method not in _SAFE and not _from_our_page(headers, scheme):
        raise Problem(403, "cross_site", "With a session, changes are only taken from this address's own page.")


def check_not_from_elsewhere(headers: Mapping[str, str], scheme: str) -> None:
    """The same for signing in, which programs may do, too: they don't say where they come from.

    Raises:
        Problem: 403 ``cross_site``.
    """
    if {"origin", "sec-fetch-site"} & headers.keys():
        check_same_origin("POST", headers, scheme)


def _from_our_page(headers: Mapping[str, str], scheme: str) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None:  # every browser of the last years says so, and no script can change it
        return site == "same-origin"
    origin, host = headers.get("origin", ""), headers.get("host", "")
    return is_same_origin(origin, scheme, host) or is_same_origin(origin, "https", host)


class Sessions:
    """Begins, prolongs and ends sessions. Each change is compare-and-set on the session's place."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._shelf = register.shelf("session", Session)
        self._prolonging: set[str] = set()

    async def begin(self, profile: str, key: str, *, key_digest: str = "") -> Ticket:
        """A new session of a key. ``key_digest``: of a key that is not in the register.

        Raises:
            Unavailable: the register can't be written now.
        """
        for _ in range(_TRIES):
            place, entry = self._place(profile)
            ticket = Ticket(place, secrets.token_hex(_SECRET_BYTES))
            session = Session(
                profile=profile,
                key=key,
                secret_sha256=digest(ticket.secret),
                proof=ticket.proof(key_digest) if key_digest else "",
                created_at=now(),
                expires_at=now() + LIFE,
            )
            try:
                await self._register.put("session", place, session, after=entry.seq if entry else 0)
            except Taken:
                continue
            log.info("somebody signed in", extra={"profile": profile, "key": key})
            return ticket
        raise Unavailable("many sign in at the same time; try again", code="sessions_contended")

    def _place(self, profile: str) -> tuple[str, Entry[Session] | None]:
        """One nobody had yet, else the one whose session ends or ended first."""
        places = [f"{profile}-{number}" for number in range(SESSIONS_MAX)]
        known = [(place, self._shelf.entry(place)) for place in places]
        free = next(((place, entry) for place, entry in known if entry is None), None)
        return free or min(known, key=lambda each: each[1].value.expires_at if each[1] else now())

    async def prolong(self, ticket: Ticket) -> bool:
        """Has a session in use last longer, once a day; whether it does now. It can wait if the register is away."""
        entry = self._shelf.entry(ticket.place)
        ends = now() + LIFE
        if entry is None or entry.value.expires_at > ends - _PROLONGED_AFTER or ticket.place in self._prolonging:
            return False
        self._prolonging.add(ticket.place)
        try:
            prolonged = entry.value.model_copy(update={"expires_at": ends})
            await self._register.put("session", ticket.place, prolonged, after=entry.seq)
        except Fault as fault:
            log.info("a session is prolonged another time", extra={"reason": fault.message})
            return False
        finally:
            self._prolonging.discard(ticket.place)
        return True

    async def end(self, ticket: Ticket) -> None:
        """Nobody gets in with it any more. One that is not there or has ended is none."""
        for _ in range(_TRIES):
            entry = self._shelf.entry(ticket.place)
            if entry is None or entry.value.secret_sha256 != digest(ticket.secret) or entry.value.expires_at <= now():
                return
            try:
                over = entry.value.model_copy(update={"expires_at": now()})
                await self._register.put("session", ticket.place, over, after=entry.seq)
            except Taken:
                continue
            return
        raise Unavailable("the session is changed by others all the time; try again", code="sessions_contended")
