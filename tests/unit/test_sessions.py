"""The pure parts of sessions: what a cookie says, where a change may come from, how long a session is good."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from contracts.accounts import Session
from contracts.values import canonical
from kit.register import Shelf
from services.gateway.identity import OF_THE_ENVIRONMENT, Identity
from services.gateway.keys import digest
from services.gateway.problems import Problem
from services.gateway.sessions import (
    COOKIE,
    Ticket,
    check_not_from_elsewhere,
    check_same_origin,
    cookie_of,
    is_secure,
    ticket_of,
)
from tests.unit.test_door import Known

SECRET = "5" * 64
TICKET = Ticket("anna-3", SECRET)
ADMIN_KEY = "k" * 40


@pytest.mark.parametrize("cookie", [f"{COOKIE}=%s", f"a=b; {COOKIE}=%s; c=d", f"a=1, {COOKIE}=%s", f"x=1;{COOKIE}=%s"])
def test_a_session_is_found_among_other_cookies(cookie: str):
    assert ticket_of({"cookie": cookie % TICKET.value}) == TICKET


@pytest.mark.parametrize(
    "cookie",
    ["", COOKIE, f"{COOKIE}=", f"x{COOKIE}={TICKET.value}", f"{COOKIE}={TICKET.value}0", f"{COOKIE}=../a-1_{SECRET}"],
)
def test_what_is_no_session(cookie: str):
    assert ticket_of({"cookie": cookie}) is None


@given(st.text(max_size=200))
def test_no_cookie_breaks_the_reading(cookie: str):
    ticket_of({"cookie": cookie})


def test_the_cookie_is_kept_from_scripts_and_from_other_sites():
    cookie = cookie_of(TICKET, secure=True)
    assert cookie.startswith(f"{COOKIE}={TICKET.value};")
    for part in ("HttpOnly", "Path=/", "SameSite=strict", "Secure", "Max-Age=1209600"):
        assert part.lower() in cookie.lower()
    assert "secure" not in cookie_of(TICKET, secure=False).lower()
    assert "Max-Age=0" in cookie_of(None, secure=False)
    assert SECRET not in repr(TICKET)


HERE = {"host": "factory.example:8000"}
PLACES = [
    ({"sec-fetch-site": "same-origin"}, True),
    ({"sec-fetch-site": "same-site", "origin": "http://factory.example:8000"}, False),
    ({"sec-fetch-site": "cross-site"}, False),
    ({"sec-fetch-site": "none"}, False),
    ({"origin": "http://factory.example:8000"}, True),
    ({"origin": "https://factory.example:8000"}, True),  # a proxy speaks TLS
    ({"origin": "http://factory.example"}, False),
    ({"origin": "null"}, False),
    ({"origin": "https://evil.example"}, False),
    ({}, False),
]


@pytest.mark.parametrize(("headers", "ours"), PLACES, ids=range(len(PLACES)))
def test_SEC_01_with_a_cookie_changes_come_from_our_own_page_only(headers: dict[str, str], ours: bool):
    check_same_origin("GET", HERE | headers, "http")
    if ours:
        check_same_origin("PATCH", HERE | headers, "http")
        return
    with pytest.raises(Problem, match="own page"):
        check_same_origin("PATCH", HERE | headers, "http")


def test_signing_in_is_for_programs_too_but_not_for_pages_of_elsewhere():
    check_not_from_elsewhere(HERE, "http")
    check_not_from_elsewhere(HERE | {"sec-fetch-site": "same-origin"}, "http")
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        with pytest.raises(Problem):
            check_not_from_elsewhere(HERE | headers, "http")


def test_https_is_known_by_the_connection_or_by_the_browser():
    assert is_secure({}, "https")
    assert is_secure({"origin": "https://factory.example"}, "http")
    assert not is_secure({"origin": "http://factory.example"}, "http")


class SignedIn(Known):
    """A profile with a key, and a session of it."""

    def __init__(self, *, proof: str = "", **changes: Any) -> None:
        super().__init__()
        self.sessions = Shelf("session", Session)
        then = datetime.now(UTC)
        made = {"profile": "anna", "key": self.token.id, "secret_sha256": digest(SECRET), "proof": proof}
        times = {"created_at": then, "expires_at": then + timedelta(days=1)}
        self.sessions.take("anna-3", canonical(Session.model_validate(made | times | changes)), 3)

    def let_in(self, ticket: Ticket = TICKET, *, asks: bool = True, admin_key: str = "", **headers: str) -> Any:
        key = SecretStr(admin_key) if admin_key else None
        identity = Identity(self.keys, self.profiles, self.sessions, admin_key=key, asks=asks)
        shown = {"cookie": f"{COOKIE}={ticket.value}", "host": "localhost"} | headers
        return identity.caller(shown, "http")

    def refused(self, ticket: Ticket = TICKET, **more: Any) -> str:
        with pytest.raises(Problem) as problem:
            self.let_in(ticket, **more)
        return problem.value.code


def test_SEC_01_a_session_is_as_good_as_its_key():
    known = SignedIn()
    caller = known.let_in()
    assert (caller.profile, caller.admin, caller.key) == ("anna", False, known.token.id)
    assert known.refused(Ticket("anna-3", "6" * 64)) == "session_over"
    assert known.refused(Ticket("anna-4", SECRET)) == "session_over"
    known.put_key(revoked_at=datetime.now(UTC))
    assert known.refused() == "session_over"
    known.put_key(profile="ben")
    assert known.refused() == "session_over"


def test_SEC_01_a_session_ends_in_time_and_with_its_profile():
    assert SignedIn(expires_at=datetime.now(UTC)).refused() == "session_over"
    known = SignedIn()
    known.put_profile(disabled_at=datetime.now(UTC))
    assert known.refused() == "session_over"


def test_SEC_01_a_session_of_the_environments_key_ends_when_that_is_another():
    known = SignedIn(key=OF_THE_ENVIRONMENT, profile="local", proof=TICKET.proof(digest(ADMIN_KEY)))
    assert known.let_in(admin_key=ADMIN_KEY).admin
    assert known.refused(admin_key="j" * 40) == "session_over"
    assert known.refused() == "session_over"


def test_a_cookie_of_another_system_is_nobodys_where_nobody_is_asked():
    """Cookies don't know of ports: two systems on one machine are sent each other's."""
    assert SignedIn().let_in(Ticket("anna-9", SECRET), asks=False).profile == "local"
    assert SignedIn().let_in(asks=False).profile == "anna"


def test_a_key_in_a_header_counts_before_the_cookie():
    assert SignedIn().refused(authorization="Bearer wrong") == "key_invalid"
