"""The one place that lets requests out to addresses a user names.

A host is resolved once, each of its addresses is looked at, and the connection goes to one of exactly those: a name
that answers differently a moment later changes nothing. No redirects, no proxies, no cookies, no kept connections.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, cast

import httpcore
import httpx

from contracts.faults import LogicalFault, TechnicalFault
from kit.addresses import Address, Allowed, Target, UrlForbidden, addresses_of, is_this_machine, target

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

_RESOLVE_S = 4.0
_CONNECT_S = 5.0
_RESOLVING_MOST = 16
_ADDRESSES_TRIED = 3
_EXCERPT_BYTES = 1024
_EXCERPT_S = 2.0
_HEADERS_S = 30.0  # to the first byte of a body
_LOOPBACK = ("127.0.0.1", "::1")
_AGENT = "Edit-Factory/1"


class UrlUnreachable(TechnicalFault):
    """A URL that does not give what was asked for."""

    code = "url_unreachable"


class UrlTooLarge(LogicalFault):
    """More behind a URL than is taken."""

    code = "url_too_large"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said to a request: ``excerpt`` is the beginning of its body."""

    status: int
    headers: Mapping[str, str]
    excerpt: bytes
    took_ms: int


@dataclass(frozen=True, slots=True)
class Download:
    """A body that is coming in. ``declared`` is the size in bytes the server gave, if it did."""

    declared: int | None
    chunks: AsyncGenerator[bytes, None]


class _Pinned(httpcore.AsyncNetworkBackend):
    """Connects to addresses that were looked at, whatever the host's name means by now."""

    def __init__(self, addresses: Sequence[Address]) -> None:
        self._addresses = addresses[:_ADDRESSES_TRIED]
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,  # for TLS and the Host header alone
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        failed: Exception = httpcore.ConnectError("no address")
        for address in self._addresses:
            try:
                return await self._network.connect_tcp(str(address), port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as away:
                failed = away
        raise failed


class _Transport(httpx.AsyncHTTPTransport):
    """httpx's own transport over pinned addresses, one connection and no more."""

    def __init__(self, addresses: Sequence[Address], context: ssl.SSLContext) -> None:
        super().__init__(verify=context, trust_env=False)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context, max_connections=1, max_keepalive_connections=0, network_backend=_Pinned(addresses)
        )


class Outbound:
    """Requests to addresses of users, at most ``most`` at a time."""

    def __init__(
        self,
        allowed: Allowed,
        *,
        most: int = 64,
        resolve: Resolve | None = None,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._allowed = allowed
        self._at_once = asyncio.Semaphore(most)
        self._resolving = asyncio.Semaphore(_RESOLVING_MOST)
        self._resolve = resolve or self._look_up
        self._context = context or httpx.create_ssl_context()

    async def checked(self, url: str) -> tuple[Target, list[Address]]:
        """What a URL names and the addresses it may be asked at.

        Raises:
            UrlForbidden: it may not be asked.
            UrlUnreachable: its host has no address.
        """
        wanted = target(url)
        if wanted.scheme != "https" and self._allowed == Allowed():
            raise UrlForbidden("Only https:// addresses are taken.")
        try:
            async with asyncio.timeout(_RESOLVE_S):
                found = addresses_of(await self._named(wanted))
        except (OSError, ValueError, TimeoutError) as unknown:  # ValueError: a label of 64 characters
            raise UrlUnreachable("The host's name can't be resolved.") from unknown
        self._allowed.check(wanted, found)
        return wanted, found

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], *, total_s: float) -> Answer:
        """Sends a body and tells what was answered, whatever the status. Of the answer's body 1 KiB is read.

        Raises:
            UrlForbidden: it may not be asked.
            UrlUnreachable: no answer within ``total_s``, or none that is HTTP.
        """
        async with self._at_once:
            began = time.monotonic()
            try:
                async with asyncio.timeout(total_s):
                    async with self._asking("POST", url, idle_s=total_s, content=body, headers=headers) as response:
                        took_ms = round((time.monotonic() - began) * 1000)
                        return Answer(response.status_code, response.headers, await _excerpt(response), took_ms)
            except TimeoutError as slow:
                raise UrlUnreachable(f"No answer within {total_s:g} seconds.") from slow

    @asynccontextmanager
    async def get(self, url: str, limit: int, *, total_s: float, idle_s: float) -> AsyncIterator[Download]:
        """A file to be read while the context is open; ``limit`` in bytes, times in seconds.

        Raises:
            UrlForbidden: it may not be asked, or leads elsewhere.
            UrlUnreachable: it is not there, or stops coming; also while it is read.
            UrlTooLarge: as soon as more is declared or received.
        """
        deadline = asyncio.get_running_loop().time() + total_s
        async with self._at_once, self._asking("GET", url, idle_s=idle_s, within_s=_HEADERS_S) as response:
            declared = _declared(response)
            if declared is not None and declared > limit:
                raise UrlTooLarge(_too_large(limit))
            async with aclosing(_chunks(response, limit, deadline)) as chunks:
                yield Download(declared, chunks)

    @asynccontextmanager
    async def _asking(
        self,
        method: str,
        url: str,
        *,
        idle_s: float,
        within_s: float | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> AsyncIterator[httpx.Response]:
        """One request over a connection of its own; the answer's head when entered."""
        wanted, addresses = await self.checked(url)
        own = {"User-Agent": _AGENT, "Accept": "*/*", "Accept-Encoding": "identity"} | dict(headers or {})
        async with httpx.AsyncClient(
            transport=_Transport(addresses, self._context),
            timeout=httpx.Timeout(idle_s, connect=_CONNECT_S),
            trust_env=False,
            follow_redirects=False,
        ) as client:
            request = client.build_request(method, wanted.url, content=content, headers=own)
            response = await _head(client, request, within_s)
            try:
                if method == "GET":
                    _refuse_unless_found(response)
                yield response
            finally:
                await response.aclose()

    async def _named(self, wanted: Target) -> Sequence[str]:
        return _LOOPBACK if is_this_machine(wanted.host) else await self._resolve(wanted.host, wanted.port)

    async def _look_up(self, host: str, port: int) -> list[str]:
        """The system's resolver in a thread that nothing has to wait for, however long it takes."""
        async with self._resolving:
            loop = asyncio.get_running_loop()
            found: asyncio.Future[list[str]] = loop.create_future()
            threading.Thread(target=_resolve_in_thread, args=(loop, found, host, port), daemon=True).start()
            return await found


def _resolve_in_thread(loop: asyncio.AbstractEventLoop, found: asyncio.Future[list[str]], host: str, port: int) -> None:
    def tell(addresses: list[str] | None, fault: Exception | None) -> None:
        if not found.done():
            found.set_result(addresses or []) if fault is None else found.set_exception(fault)

    addresses: list[str] | None = None
    fault: Exception | None = None
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [str(answer[4][0]) for answer in answers]
    except (OSError, ValueError) as unknown:
        fault = unknown
    with suppress(RuntimeError):  # nobody waits any more: the loop is closed
        loop.call_soon_threadsafe(tell, addresses, fault)


async def _head(client: httpx.AsyncClient, request: httpx.Request, within_s: float | None) -> httpx.Response:
    try:
        async with asyncio.timeout(within_s):
            return await client.send(request, stream=True)
    except httpx.HTTPError as away:
        raise UrlUnreachable(f"The server can't be asked: {_reason(away)}.") from away
    except TimeoutError as slow:
        if within_s is None:
            raise  # the caller's own deadline
        raise UrlUnreachable(f"No answer within {within_s:g} seconds.") from slow


def _reason(fault: httpx.HTTPError) -> str:
    if isinstance(fault, httpx.TimeoutException):
        return "it does not answer in time"
    if any(isinstance(cause, ssl.SSLError) for cause in _causes(fault)):
        return "its certificate or TLS is not good"
    if isinstance(fault, httpx.ConnectError):
        return "it takes no connection"
    return "it does not speak HTTP as it should"


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    while fault is not None:
        yield fault
        fault = fault.__cause__ or fault.__context__


def _refuse_unless_found(response: httpx.Response) -> None:
    if response.is_redirect:
        raise UrlForbidden("The server sends on to another address, which is not followed: name that one.")
    if response.status_code != httpx.codes.OK:
        raise UrlUnreachable(f"The server answers with status {response.status_code}.")


def _declared(response: httpx.Response) -> int | None:
    length = response.headers.get("content-length", "")
    return int(length) if length.isdecimal() else None


def _too_large(limit: int) -> str:
    return f"There is more behind this URL than the {limit / (1 << 20):.0f} MiB that are taken."


async def _chunks(response: httpx.Response, limit: int, deadline: float) -> AsyncGenerator[bytes, None]:
    received = 0
    try:
        async with aclosing(_raw(response)) as parts:
            while (chunk := await _next(parts, deadline)) is not None:
                received += len(chunk)
                if received > limit:
                    raise UrlTooLarge(_too_large(limit))
                yield chunk
    except httpx.HTTPError as broken:
        raise UrlUnreachable("The file stopped coming.") from broken
    except TimeoutError as slow:
        raise UrlUnreachable("The file takes too long to come.") from slow


async def _next(parts: AsyncGenerator[bytes, None], deadline: float) -> bytes | None:
    async with asyncio.timeout_at(deadline):
        return await anext(parts, None)


def _raw(response: httpx.Response) -> AsyncGenerator[bytes, None]:
    """A body as it comes, never unpacked: what is small on the way must not become large here."""
    return cast("AsyncGenerator[bytes, None]", response.aiter_raw())


async def _excerpt(response: httpx.Response) -> bytes:
    """The beginning of a body, if it comes soon: the status has been said already."""
    begun = b""
    with suppress(httpx.HTTPError, TimeoutError):
        async with asyncio.timeout(_EXCERPT_S), aclosing(_raw(response)) as parts:
            async for part in parts:
                begun += part
                if len(begun) >= _EXCERPT_BYTES:
                    break
    return begun[:_EXCERPT_BYTES]
