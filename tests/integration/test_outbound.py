"""Requests to addresses of users, over real connections: only where they may go, and never without an end."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Sequence

import pytest
import trustme

from kit.addresses import Allowed, UrlForbidden
from kit.outbound import Outbound, UrlTooLarge, UrlUnreachable
from tests.doubles.receiver import (
    Asked,
    Receiver,
    answers,
    cut,
    dribbles,
    endless,
    hangs,
    receiver,
    talks_nonsense,
)
from tests.limits import SOON_S

HERE_ALLOWED = Allowed.parse("127.0.0.0/8")


@pytest.fixture
async def other() -> AsyncIterator[Receiver]:
    async with receiver() as made:
        yield made


@pytest.fixture
def outbound() -> Outbound:
    return Outbound(HERE_ALLOWED)


async def fetched(
    outbound: Outbound, url: str, limit: int = 1000, *, total_s: float = 5.0, idle_s: float = 5.0
) -> bytes:
    async with outbound.get(url, limit, total_s=total_s, idle_s=idle_s) as download:
        return b"".join([chunk async for chunk in download.chunks])


async def test_a_file_comes_as_it_is(outbound: Outbound, other: Receiver):
    url = other.on("/a/clip.mp4?x=1", answers(200, b"\x1f\x8bnot unpacked", content_encoding="gzip"))
    assert await fetched(outbound, url) == b"\x1f\x8bnot unpacked"
    (asked,) = other.asked
    assert asked.headers["host"] == f"127.0.0.1:{other.port}"
    assert asked.headers["accept-encoding"] == "identity"
    assert "cookie" not in asked.headers


async def test_STAB_05_a_declared_size_over_the_limit_is_refused_unread(outbound: Outbound, other: Receiver):
    url = other.on("/", answers(200, b"x" * 1001))
    with pytest.raises(UrlTooLarge):
        async with outbound.get(url, 1000, total_s=5, idle_s=5):
            raise AssertionError("it must not be opened")


async def test_STAB_05_an_endless_body_is_refused_at_the_limit(outbound: Outbound, other: Receiver):
    url = other.on("/", endless)
    with pytest.raises(UrlTooLarge):
        await fetched(outbound, url, 300_000)


async def test_exactly_the_limit_is_taken(outbound: Outbound, other: Receiver):
    assert len(await fetched(outbound, other.on("/", answers(200, b"x" * 1000)))) == 1000


async def test_a_server_that_says_nothing_or_too_little_is_given_up(outbound: Outbound, other: Receiver):
    began = time.monotonic()
    with pytest.raises(UrlUnreachable):
        await fetched(outbound, other.on("/hangs", hangs), idle_s=0.2)
    with pytest.raises(UrlUnreachable):
        await fetched(outbound, other.on("/dribbles", dribbles), total_s=0.3)
    for path, behaviour in (("/cut", cut), ("/nonsense", talks_nonsense), ("/500", answers(500))):
        with pytest.raises(UrlUnreachable):
            await fetched(outbound, other.on(path, behaviour))
    assert time.monotonic() - began < SOON_S


async def test_nobody_listens(outbound: Outbound, other: Receiver):
    async with receiver() as closed:
        url = closed.url()
    with pytest.raises(UrlUnreachable):
        await fetched(outbound, url)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed(outbound: Outbound, other: Receiver, status: int):
    url = other.on("/away", answers(status, location=other.url("/secret")))
    other.on("/secret", answers(200, b"secret"))
    with pytest.raises(UrlForbidden):
        await fetched(outbound, url)
    assert (await outbound.post(url, b"{}", {}, total_s=5)).status == status
    assert other.at("/secret") == []


async def test_proxies_of_the_environment_are_not_asked(
    outbound: Outbound, other: Receiver, monkeypatch: pytest.MonkeyPatch
):
    async with receiver() as proxy:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url())
        assert await fetched(outbound, other.on("/", answers(200, b"direct"))) == b"direct"
        assert proxy.asked == []


class Rebinding:
    """A resolver of somebody who owns the name: public when it is looked at, loopback ever after."""

    def __init__(self, *turns: str) -> None:
        self.turns = list(turns)
        self.asked = 0

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked += 1
        return [self.turns[min(self.asked, len(self.turns)) - 1]]


async def test_the_connection_goes_to_the_address_that_was_looked_at(other: Receiver):
    """The name leads to the receiver once, then to where nobody listens: asked a second time it would fail."""
    other.on("/", answers(200, b"here"))
    resolve = Rebinding("127.0.0.1", "127.0.0.2")
    assert await fetched(Outbound(HERE_ALLOWED, resolve=resolve), other.url(host="rebound.example")) == b"here"
    assert resolve.asked == 1
    assert other.asked[0].headers["host"] == f"rebound.example:{other.port}"


async def test_a_name_that_turns_to_loopback_after_the_look_is_not_followed_there(monkeypatch: pytest.MonkeyPatch):
    """Public first, loopback from then on: the connection still goes to the public address."""
    connected: list[str] = []

    async def connect(_: object, host: str, *__: object, **___: object) -> None:
        connected.append(host)
        raise OSError("nothing leaves this test")

    monkeypatch.setattr("anyio.connect_tcp", lambda remote_host, *a, **k: connect(None, remote_host))
    resolve = Rebinding("93.184.215.14", "127.0.0.1")
    with pytest.raises(UrlUnreachable):
        await Outbound(Allowed(), resolve=resolve).post("https://rebound.example/", b"{}", {}, total_s=5)
    assert connected == ["93.184.215.14"]
    with pytest.raises(UrlForbidden):
        await Outbound(Allowed(), resolve=resolve).post("https://rebound.example/", b"{}", {}, total_s=5)


async def test_tls_is_checked_against_the_name_not_the_address():
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("hooks.example").configure_cert(server)
    named: list[str | None] = []
    server.sni_callback = lambda _, name, __: named.append(name)
    client = ssl.create_default_context()
    authority.configure_trust(client)

    async def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    outbound = Outbound(HERE_ALLOWED, resolve=resolve, context=client)
    async with receiver(server) as other:
        other.on("/", answers(204))
        assert (await outbound.post(other.url(host="hooks.example"), b"{}", {}, total_s=5)).status == 204
        for name in ("elsewhere.example", "127.0.0.1"):
            with pytest.raises(UrlUnreachable, match="TLS"):
                await outbound.post(other.url(host=name), b"{}", {}, total_s=5)
        stranger = Outbound(HERE_ALLOWED, resolve=resolve)
        with pytest.raises(UrlUnreachable, match="TLS"):
            await stranger.post(other.url(host="hooks.example"), b"{}", {}, total_s=5)
    assert named[:2] == ["hooks.example", "elsewhere.example"]
    assert len(other.asked) == 1


async def test_of_an_answer_only_the_beginning_is_read(outbound: Outbound, other: Receiver):
    answer = await outbound.post(other.on("/", endless), b"{}", {"webhook-id": "msg_1"}, total_s=5)
    assert (answer.status, answer.excerpt) == (200, b"x" * 1024)
    assert other.asked[0].headers["webhook-id"] == "msg_1"
    assert other.asked[0].body == b"{}"


async def test_an_answer_that_dribbles_counts_by_its_status(
    outbound: Outbound, other: Receiver, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("kit.outbound._EXCERPT_S", 0.2)
    began = time.monotonic()
    assert (await outbound.post(other.on("/", dribbles), b"{}", {}, total_s=60)).status == 200
    assert time.monotonic() - began < SOON_S


async def test_a_call_has_one_deadline(outbound: Outbound, other: Receiver):
    began = time.monotonic()
    with pytest.raises(UrlUnreachable):
        await outbound.post(other.on("/", hangs), b"{}", {}, total_s=0.2)
    assert time.monotonic() - began < SOON_S


async def test_only_so_many_at_once(other: Receiver):
    outbound = Outbound(HERE_ALLOWED, most=2)
    answered = asyncio.Event()

    async def holds(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await answered.wait()
        await answers(204)(asked, writer)

    url = other.on("/", holds)
    calls = [asyncio.create_task(outbound.post(url, b"{}", {}, total_s=60)) for _ in range(4)]
    await other.until("/", 2)
    await asyncio.sleep(0.2)
    assert len(other.asked) == 2
    answered.set()
    assert [answer.status for answer in await asyncio.gather(*calls)] == [204] * 4
    assert len(other.asked) == 4


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::ffff:7f00:1]"])
async def test_spellings_of_loopback_are_seen_through(host: str):
    with pytest.raises(UrlForbidden):
        await Outbound(Allowed()).checked(f"https://{host}/")


async def test_a_name_no_resolver_takes_is_unreachable():
    for host in ("a" * 64 + ".example", "nowhere.invalid"):
        with pytest.raises(UrlUnreachable):
            await Outbound(Allowed()).checked(f"https://{host}/")


async def test_a_resolver_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch):
    async def resolve(host: str, port: int) -> list[str]:
        await asyncio.sleep(60)
        return []

    monkeypatch.setattr("kit.outbound._RESOLVE_S", 0.1)
    with pytest.raises(UrlUnreachable):
        await Outbound(Allowed(), resolve=resolve).checked("https://slow.example/")
