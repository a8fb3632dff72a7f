"""The pure parts of who comes in: addresses, keys, callers, counting in memory, saved voices."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from contracts.accounts import LOCAL, Allowance, ApiKey, Profile
from contracts.brief import ScriptBrief, VoiceChoice
from contracts.values import canonical, fingerprint
from kit.register import Shelf
from kit.settings import Settings
from services.gateway.addresses import client_of, is_loopback, is_same_origin, names_this_machine
from services.gateway.identity import Caller, Identity
from services.gateway.keys import Token, new_token, parsed
from services.gateway.limiting import Kind, OwnWindows, Rates, Spent
from services.gateway.problems import Problem

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
PROXIES = [ip_network("10.0.0.0/8"), ip_network("fd00::/8")]

FORWARDED = [
    ("203.0.113.5", [], "203.0.113.5"),
    ("203.0.113.5", ["198.51.100.1"], "203.0.113.5"),  # whoever asks wrote that himself
    ("10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
    ("10.0.0.1", ["1.1.1.1, 198.51.100.1, 10.0.0.2"], "198.51.100.1"),
    ("10.0.0.1", ["1.1.1.1", "198.51.100.1", "10.0.0.2"], "198.51.100.1"),
    ("10.0.0.1", ["nonsense"], "10.0.0.1"),
    ("10.0.0.1", ["198.51.100.1, nonsense"], "10.0.0.1"),
    ("10.0.0.1", [""], "10.0.0.1"),
    ("10.0.0.1", ["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
    ("10.0.0.1", ["198.51.100.1:4711"], "198.51.100.1"),
    ("::ffff:10.0.0.1", ["[2001:db8:1:2:3::4]:4711"], "2001:db8:1:2::/64"),
    ("fd00::1", ["2001:db8:1:2::9"], "2001:db8:1:2::/64"),
    ("", [], "unknown"),
]


@pytest.mark.parametrize(("peer", "headers", "client"), FORWARDED, ids=range(len(FORWARDED)))
def test_SEC_01_whom_a_request_is_counted_for(peer: str, headers: list[str], client: str):
    assert client_of(peer, headers, PROXIES) == client


@given(st.text(max_size=40), st.lists(st.text(max_size=60), max_size=3))
def test_no_header_breaks_the_counting(peer: str, headers: list[str]):
    assert client_of(peer, headers, PROXIES)


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("127.0.0.1:8000", True),
        ("localhost", True),
        ("LOCALHOST:1", True),
        ("[::1]:8000", True),
        ("127.8.9.1", True),
        ("", False),
        ("localhost.evil.example", False),
        ("evil.example", False),
        ("0.0.0.0:8000", False),
        ("[::1", False),
        ("127.0.0.1@evil.example", False),
    ],
)
def test_SEC_01_a_host_header_that_names_this_machine(host: str, ours: bool):
    assert names_this_machine(host) is ours


def test_an_origin_is_the_same_down_to_the_port():
    assert is_same_origin("http://localhost:8000", "http", "LocalHost:8000")
    for origin in ("http://localhost:8001", "https://localhost:8000", "null", "http://localhost"):
        assert not is_same_origin(origin, "http", "localhost:8000")


def test_an_address_that_only_this_machine_reaches():
    assert is_loopback("127.0.0.1")
    assert is_loopback("::1")
    assert not is_loopback("0.0.0.0")
    assert not is_loopback("::")


# --- keys --------------------------------------------------------------------------------------------------------


def test_a_key_is_read_as_it_is_written():
    token = new_token()
    assert parsed(str(token)) == token
    assert len(bytes.fromhex(token.secret)) * 8 == 256
    assert token.secret not in repr(token)
    assert new_token() != token


@pytest.mark.parametrize(
    "written", ["", "ef_", "ef_1_2", "EF_" + "0" * 16 + "_" + "0" * 64, "ef_" + "0" * 16 + "_" + "0" * 65]
)
def test_what_is_not_written_like_a_key(written: str):
    assert parsed(written) is None


class Known:
    """Shelves with one profile and its key, as the register would fill them."""

    def __init__(self, **changes: object) -> None:
        self.token: Token = new_token()
        self.keys = Shelf("key", ApiKey)
        self.profiles = Shelf("profile", Profile)
        self.put_profile()
        self.put_key(**changes)

    def put_profile(self, **changes: object) -> None:
        profile = Profile.model_validate({"id": "anna", "created_at": NOON} | changes)
        self.profiles.take("anna", canonical(profile), 1)

    def put_key(self, **changes: object) -> None:
        made = {"id": self.token.id, "profile": "anna", "secret_sha256": self.token.digest, "created_at": NOON}
        self.keys.take(self.token.id, canonical(ApiKey.model_validate(made | changes)), 2)

    def identity(self, *, asks: bool = True, admin_key: str | None = None) -> Identity:
        return Identity(self.keys, self.profiles, admin_key=SecretStr(admin_key) if admin_key else None, asks=asks)


def code_of(identity: Identity, **headers: str) -> str:
    with pytest.raises(Problem) as refused:
        identity.caller({name.replace("_", "-"): value for name, value in headers.items()}, "http")
    return refused.value.code


def test_SEC_01_a_good_key_names_its_profile():
    known = Known()
    expected = Caller("anna", admin=False, key=known.token.id)
    for headers in ({"authorization": f"bearer {known.token}"}, {"x-api-key": str(known.token)}):
        assert known.identity().caller(headers, "http") == expected


def test_SEC_01_keys_that_are_good_no_more():
    then = datetime.now(UTC)
    for changes in ({"revoked_at": then}, {"expires_at": then}, {"profile": "nobody"}):
        known = Known(**changes)
        assert code_of(known.identity(), x_api_key=str(known.token)) == "key_invalid"
    known = Known(expires_at=then + timedelta(hours=1))
    caller = known.identity().caller({"x-api-key": str(known.token)}, "http")
    known.put_profile(disabled_at=then)
    assert code_of(known.identity(), x_api_key=str(known.token)) == "key_invalid"
    assert not known.identity().still_knows(caller)


def test_SEC_01_a_wrong_key_is_refused_even_where_none_is_needed():
    known = Known()
    local = known.identity(asks=False)
    assert local.caller({"host": "localhost"}, "http") == Caller(LOCAL, admin=True)
    assert code_of(local, host="localhost", x_api_key="wrong") == "key_invalid"
    assert code_of(local, host="localhost", x_forwarded_for="203.0.113.1") == "key_missing"
    assert code_of(local, host="evil.example") == "origin_forbidden"
    assert code_of(known.identity(), host="localhost") == "key_missing"


def test_SEC_01_an_admins_key_out_of_the_environment():
    known = Known()
    identity = known.identity(admin_key="k" * 40)
    assert identity.caller({"authorization": f"Bearer {'k' * 40}"}, "http").admin
    assert code_of(identity, authorization=f"Bearer {'k' * 39}") == "key_invalid"
    assert identity.has_an_admin()


def test_somebody_must_be_able_to_make_keys():
    known = Known()
    assert not known.identity().has_an_admin()
    known.put_key(admin=True)
    assert known.identity().has_an_admin()
    known.put_key(admin=True, revoked_at=NOON)
    assert not known.identity().has_an_admin()


# --- settings ----------------------------------------------------------------------------------------------------


def test_an_admins_key_must_be_long_and_is_never_shown():
    with pytest.raises(ValidationError, match="at least 32 characters"):
        Settings(admin_key=SecretStr("short"))
    assert Settings(admin_key=SecretStr("")).admin_key is None
    assert "kkkk" not in repr(Settings(admin_key=SecretStr("k" * 32)))


def test_proxies_are_networks():
    given = Settings(trusted_proxies="10.0.0.0/8, ::1")
    assert [str(network) for network in given.proxies] == ["10.0.0.0/8", "::1/128"]
    with pytest.raises(ValidationError):
        Settings(trusted_proxies="proxy.example")


# --- counting ----------------------------------------------------------------------------------------------------


class Clock:
    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def test_a_window_begins_with_its_first_request():
    clock = Clock()
    windows = OwnWindows(clock)
    assert [windows.hit("anna", Kind.READ, 2).is_over for _ in range(3)] == [False, False, True]
    clock.at += 59
    assert windows.hit("anna", Kind.READ, 2).wait_s == 1
    assert not windows.hit("anna", Kind.WRITE, 2).is_over
    clock.at += 2
    assert windows.hit("anna", Kind.READ, 2) == Spent(Kind.READ, 2, 1, 60.0)


def test_SEC_01_the_memory_of_windows_is_bounded_and_so_is_what_passes():
    clock = Clock()
    windows = OwnWindows(clock, most=100)
    passed = sum(not windows.hit(f"address {n}", Kind.READ, 5).is_over for n in range(10_000))
    assert passed == 100 + 5  # those known by name, and the others together
    assert len(windows._windows) == 101
    clock.at += 61
    assert not windows.hit("address 9999", Kind.READ, 5).is_over


def test_headers_and_refusal_of_a_full_window():
    spent = Spent(Kind.STREAM_OPEN, 120, 121, 7.2)
    assert spent.headers == {"RateLimit-Policy": '"stream_opens";q=120;w=60', "RateLimit": '"stream_opens";r=0;t=8'}
    refusal = spent.refusal()
    assert (refusal.status, refusal.code, refusal.headers["Retry-After"]) == (429, "rate_limited", "8")
    assert "120 stream opens a minute" in refusal.detail


def test_every_kind_has_a_setting_and_all_but_failures_a_limit_of_the_profiles_own():
    rates = Rates.of(Settings())
    assert {kind.value: limit for kind, limit in rates.a_minute.items()} == {
        "reads": 600,
        "writes": 100,
        "uploads": 60,
        "stream_opens": 120,
        "failed_keys": 30,
    }
    assert set(Allowance.model_fields) == {kind.value for kind in Kind} - {"failed_keys"} | {"streams"}
    assert rates.limit(Kind.READ, Allowance(reads=7)) == 7
    assert (rates.streams_of(Allowance()), rates.streams_of(Allowance(streams=0))) == (20, 0)


# --- voices ------------------------------------------------------------------------------------------------------


def test_a_brief_without_a_saved_voice_is_the_same_as_before_there_were_any():
    """Else a request repeated across an upgrade would be taken for another one."""
    brief = ScriptBrief(script="Hello.", footage=(uuid4(),))
    assert b"saved" not in canonical(brief)
    asked = brief.model_dump(mode="json")
    assert "saved" not in asked["voice"]
    assert fingerprint(ScriptBrief.model_validate(asked)) == fingerprint(brief)


def test_a_saved_voice_stands_by_itself():
    assert VoiceChoice.model_validate({"saved": "Unchiul Ștefan"}).saved == "Unchiul Ștefan"
    for wrong in ({"saved": "x", "speed": 1.0}, {"saved": ""}, {"saved": " x"}, {"saved": "a\0b"}, {"saved": "x" * 41}):
        with pytest.raises(ValidationError):
            VoiceChoice.model_validate(wrong)
