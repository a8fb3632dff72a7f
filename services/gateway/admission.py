"""The door before all handlers: who it is, and whether they ask for too much. What is refused costs little.

A handler's ``opt`` says what is special about its route: ``door="open"`` (nobody is asked who they are),
``door="unlimited"`` (nor counted), ``kind`` (what it counts as, if not a read or a write). All others are guarded.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

from litestar import Request
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from contracts.accounts import Allowance
from services.gateway.addresses import client_of, is_among
from services.gateway.door import Door
from services.gateway.identity import Caller
from services.gateway.limiting import Kind, Spent
from services.gateway.problems import Problem, respond
from services.gateway.sessions import cookie_of, is_secure

OPEN = {"door": "open"}
UNLIMITED = {"door": "unlimited"}
UPLOADS = {"kind": Kind.UPLOAD}
STREAMS = {"kind": Kind.STREAM_OPEN}
PREVIEWS = {"kind": Kind.READ}  # asked by POST, but nothing is changed

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_READ_ANYHOW = 64 << 10  # bytes: of a refused body this much costs less to read than a new connection


@dataclass(frozen=True, slots=True)
class Asking:
    """A request as far as it says who sent it: headers by lower-case name, the client's address, http or https."""

    headers: Mapping[str, str]
    address: str
    scheme: str


class Admission(ASGIMiddleware):
    """Lets a request through to its handler, with its caller, or answers it."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, door: Door) -> None:
        self._door = door

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        if scope["route_handler"].opt.get("door") == "unlimited":
            await next_app(scope, receive, send)
            return
        async with AsyncExitStack() as stack:
            try:
                spent = await self._admitted(scope, stack)
            except Problem as problem:
                await _refuse(problem, scope, receive, send)
                return
            state = scope["state"]
            telling = _telling(send, spent, await prolonged(self._door, state.get("caller"), state["asking"]))
            await next_app(scope, receive, self._while_known(scope, telling) if _is_stream(scope) else telling)

    async def _admitted(self, scope: Scope, stack: AsyncExitStack) -> Spent:
        asking = scope["state"]["asking"] = self._asking(scope)
        if scope["route_handler"].opt.get("door") == "open":
            return await self._counted(f"address {asking.address}", _kind(scope), Allowance())
        caller = scope["state"]["caller"] = await self._caller(scope, asking)
        profile = self._door.profiles.get(caller.profile)
        own = Allowance() if profile is None else profile.limits
        who = f"profile {caller.profile}"
        spent = await self._counted(who, _kind(scope), own)
        if _is_stream(scope):
            await stack.enter_async_context(self._door.leases.held(who, self._door.rates.streams_of(own)))
        return spent

    def _asking(self, scope: Scope) -> Asking:
        headers = _headers(scope)
        peer = scope["client"][0] if scope["client"] else ""
        forwarded = [headers["x-forwarded-for"]] if "x-forwarded-for" in headers else []
        told = headers.get("x-forwarded-proto") if is_among(peer, self._door.proxies) else None
        return Asking(headers, client_of(peer, forwarded, self._door.proxies), told or scope["scheme"])

    async def _caller(self, scope: Scope, asking: Asking) -> Caller:
        """Good keys pass however many wrong ones came from the same address: a secret of 256 bits is not guessed, and
        nobody can lock others out.
        """
        try:
            return self._door.identity.caller(asking.headers, asking.scheme, str(scope.get("method", "")))
        except Problem:
            await self._door.count_failed_key(asking.address)
            raise

    async def _counted(self, who: str, kind: Kind, own: Allowance) -> Spent:
        spent = await self._door.windows.hit(who, kind, self._door.rates.limit(kind, own))
        if spent.is_over:
            raise spent.refusal()
        return spent

    def _while_known(self, scope: Scope, send: Send) -> Send:
        """Ends a live stream before the next message if its key was revoked or has run out meanwhile."""
        caller: Caller = scope["state"]["caller"]
        over = False

        async def checked(message: Message) -> None:
            nonlocal over
            if over:
                return
            if message["type"] == "http.response.body" and not self._door.identity.still_knows(caller):
                over = True
                message = {"type": "http.response.body", "body": b"", "more_body": False}
            await send(message)

        return checked


async def prolonged(door: Door, caller: Caller | None, asking: Asking) -> str | None:
    """A cookie that lasts longer, if a caller's session does from now on."""
    if caller is None or caller.session is None or not await door.sessions.prolong(caller.session):
        return None
    return cookie_of(caller.session, secure=is_secure(asking.headers, asking.scheme))


def _headers(scope: Scope) -> dict[str, str]:
    """By lower-case name; those of the same name are joined, as HTTP has it."""
    found: dict[str, str] = {}
    for raw, value in scope["headers"]:
        name, text = raw.decode("latin-1").lower(), value.decode("latin-1")
        found[name] = f"{found[name]}, {text}" if name in found else text
    return found


def _kind(scope: Scope) -> Kind:
    own = scope["route_handler"].opt.get("kind")
    if isinstance(own, Kind):
        return own
    return Kind.READ if scope.get("method") in _SAFE else Kind.WRITE


def _is_stream(scope: Scope) -> bool:
    return _kind(scope) is Kind.STREAM_OPEN


def _telling(send: Send, spent: Spent, cookie: str | None) -> Send:
    """Every answer says how much is left."""
    told = [(name.lower().encode(), value.encode()) for name, value in spent.headers.items()]
    told += [(b"set-cookie", cookie.encode())] if cookie else []

    async def send_with_limits(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *told]
        await send(message)

    return send_with_limits


async def _refuse(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    """Answers without having read the body; a large one is not waited for."""
    headers = _headers(scope)
    length = headers.get("content-length", "0")
    if "transfer-encoding" in headers or not length.isdigit() or int(length) > _READ_ANYHOW:
        problem.headers["Connection"] = "close"
    request: Request[Any, Any, Any] = Request(scope, receive, send)
    await respond(request, problem).to_asgi_response(app=None, request=request)(scope, receive, send)
