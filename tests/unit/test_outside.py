"""The one policy for calls to the outside, against a real server that misbehaves to order."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from kit.outside import Outside, OutsideAway, OutsideNonsense, Policy, told_wait
from tests.limits import SOON_S

SECRET = "sk_do_not_tell_anybody"


class Server:
    """Answers each request with the next of ``script``: raw bytes, None to hang, and closes; the last one stays."""

    def __init__(self) -> None:
        self.script: list[bytes | None] = []
        self.requests: list[bytes] = []
        self.url = ""
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        await self._server.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.requests.append(await reader.readuntil(b"\r\n\r\n"))
        answer = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if answer is None:
            await reader.read()
        else:
            writer.write(answer)
        writer.close()


def said(status: int, body: bytes = b"{}", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} Whatever", f"content-length: {len(body)}", "connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    made = Server()
    await made.start()
    yield made
    await made.stop()


class Naps:
    """Notes how long was slept for, and does not."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)


def asked(server: Server, naps: Naps | None = None, **policy: float) -> Outside:
    made = Policy(**policy)  # type: ignore[arg-type]
    return Outside("The service", server.url, made, sleep=naps or Naps())


async def call(outside: Outside) -> int:
    try:
        return (await outside.call("POST", "/x", headers={"xi-api-key": SECRET}, json={"a": 1})).status
    finally:
        await outside.close()


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
async def test_STAB_06_what_may_pass_is_tried_again(server: Server, status: int):
    server.script = [said(status), said(status), said(200)]
    naps = Naps()
    assert await call(asked(server, naps)) == 200
    assert len(server.requests) == 3
    assert len(naps.taken) == 2


@pytest.mark.parametrize("status", [200, 301, 400, 401, 402, 403, 404, 409, 422])
async def test_STAB_06_whatever_else_is_said_is_told_at_once(server: Server, status: int):
    server.script = [said(status, location="http://127.0.0.1:1/")]
    assert await call(asked(server)) == status
    assert len(server.requests) == 1


async def test_STAB_06_tries_are_bounded_and_their_pauses_grow_with_jitter(server: Server):
    server.script = [said(503)]
    naps = Naps()
    outside = asked(server, naps, tries=7, first_wait_s=1.0, longest_wait_s=8.0, total_s=1000)
    with pytest.raises(OutsideAway) as fault:
        await call(outside)
    assert "HTTP 503" in fault.value.message
    assert fault.value.technical
    assert len(server.requests) == 7
    bounds = [1, 2, 4, 8, 8, 8]
    assert all(0 <= nap <= bound for nap, bound in zip(naps.taken, bounds, strict=True))
    assert len(set(naps.taken)) == len(naps.taken)


async def test_STAB_06_tries_are_bounded_in_time_altogether(server: Server):
    server.script = [said(503)]
    outside = Outside("The service", server.url, Policy(tries=1000, total_s=1.0, first_wait_s=0.05, longest_wait_s=0.1))
    began = time.monotonic()
    with pytest.raises(OutsideAway):
        await call(outside)
    assert time.monotonic() - began < SOON_S
    assert 1 < len(server.requests) < 100


async def test_STAB_06_a_try_without_an_answer_ends_and_the_next_one_is_made(server: Server):
    server.script = [None, said(200)]
    began = time.monotonic()
    assert await call(asked(server, attempt_s=0.3)) == 200
    assert time.monotonic() - began < SOON_S


async def test_STAB_06_an_answer_that_trickles_is_not_waited_for_for_ever(server: Server):
    """Each byte comes in time, the whole never does."""
    done = asyncio.Event()

    async def trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
        while not done.is_set() and not reader.at_eof():
            writer.write(b"x")
            await asyncio.sleep(0.05)
        writer.close()

    slow = await asyncio.start_server(trickle, "127.0.0.1", 0)
    outside = Outside(
        "The service",
        f"http://127.0.0.1:{slow.sockets[0].getsockname()[1]}",
        Policy(tries=2, attempt_s=0.3, first_wait_s=0.01),
    )
    began = time.monotonic()
    with pytest.raises(OutsideAway, match="no answer in time"):
        await call(outside)
    assert time.monotonic() - began < SOON_S
    done.set()
    slow.close()
    await slow.wait_closed()


async def test_STAB_06_a_connection_that_fails_or_breaks_is_made_again(server: Server):
    server.script = [b"", said(200, b'{"whole": true}')[:-5], said(200)]
    assert await call(asked(server)) == 200
    assert len(server.requests) == 3


async def test_STAB_06_nobody_there_is_a_technical_fault(server: Server):
    outside = Outside("The service", "http://127.0.0.1:1", Policy(tries=2), sleep=Naps())
    with pytest.raises(OutsideAway, match="ConnectError"):
        await call(outside)


async def test_STAB_06_a_retry_after_is_honoured(server: Server):
    server.script = [said(429, retry_after="7"), said(503, retry_after="Fri, 02 Jan 1970 00:00:00 GMT"), said(200)]
    naps = Naps()
    assert await call(asked(server, naps, first_wait_s=0.5)) == 200
    assert naps.taken[0] == 7
    assert naps.taken[1] < 2


async def test_STAB_06_who_asks_for_more_time_than_we_have_is_not_asked_again(server: Server):
    server.script = [said(429, retry_after="3600")]
    naps = Naps()
    with pytest.raises(OutsideAway):
        await call(asked(server, naps, longest_told_s=20))
    assert (len(server.requests), naps.taken) == (1, [])


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("0", 0),
        (" 120 ", 120),
        ("Sat, 03 Jan 2026 12:00:30 GMT", 30),
        ("Sat, 03 Jan 2026 11:00:00 GMT", 0),
        ("Saturday, 03-Jan-26 12:00:30 GMT", 30),
        ("soon", None),
        ("-5", None),
        ("9" * 400, None),
        ("Fri, 99 Foo 2026 99:99:99 GMT", None),
    ],
)
def test_STAB_06_a_retry_after_is_seconds_or_a_date(header: str | None, seconds: float | None):
    assert told_wait(header, datetime(2026, 1, 3, 12, tzinfo=UTC)) == seconds


async def test_STAB_06_an_answer_without_end_is_cut_off(server: Server):
    server.script = [said(200, b"x" * 5000)]
    with pytest.raises(OutsideNonsense, match="more than 1000 bytes"):
        await call(asked(server, longest_answer=1000))
    assert len(server.requests) == 1


async def test_STAB_06_a_cancelled_call_is_over_at_once(server: Server):
    for script in ([None], [said(503)]):
        server.script = list(script)
        outside = Outside("The service", server.url, Policy(first_wait_s=60, longest_wait_s=60, total_s=600))
        task = asyncio.create_task(call(outside))
        await asyncio.sleep(0.2)
        began = time.monotonic()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert time.monotonic() - began < SOON_S


async def test_STAB_06_no_key_is_in_a_fault_or_a_log_line(server: Server, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG, "kit")
    server.script = [said(503)]
    with pytest.raises(OutsideAway) as away:
        await call(asked(server))
    bad = Outside("The service", server.url)
    with pytest.raises(OutsideNonsense) as odd:
        await bad.call("POST", "/x", headers={"xi-api-key": f"{SECRET}\nx"})
    await bad.close()
    assert len(server.requests) == 4
    for fault in (away.value, odd.value):
        assert SECRET not in str(fault)
        assert fault.__cause__ is None
        assert fault.__suppress_context__
    assert caplog.records
    assert not any(SECRET in str(record.__dict__) for record in caplog.records)
