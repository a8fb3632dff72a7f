"""The HTTP API of sessions: signing in with a key, signing out, and whether somebody is signed in."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from pydantic import StringConstraints

from contracts.values import Asked, Value
from services.gateway.admission import OPEN, Asking, prolonged
from services.gateway.door import Door
from services.gateway.identity import OF_THE_ENVIRONMENT, Caller
from services.gateway.problems import Problem
from services.gateway.profiles import Profiles
from services.gateway.sessions import check_not_from_elsewhere, check_same_origin, cookie_of, is_secure, ticket_of

_NO_STORE = {"Cache-Control": "no-store"}


class SignIn(Asked):
    """A key to sign in with."""

    key: Annotated[str, StringConstraints(min_length=1, max_length=512)]


class SessionProfile(Value):
    """Whoever is signed in. ``name``: the profile's title, or its id."""

    id: str
    name: str
    admin: bool


class SessionResource(Value):
    """``needs_key``: nothing can be done here before somebody signs in."""

    signed_in: bool
    needs_key: bool
    profile: SessionProfile | None


@get("/session", tags=["session"], opt=OPEN)
async def read_session(
    request: Request[Any, Any, Any], profiles: NamedDependency[Profiles]
) -> Response[SessionResource]:
    """Whether somebody is signed in, and who; nobody is refused."""
    door, asking = _asked(request)
    try:
        caller = door.identity.caller(asking.headers, asking.scheme)
    except Problem:
        return Response(SessionResource(signed_in=False, needs_key=True, profile=None), headers=_NO_STORE)
    cookie = await prolonged(door, caller, asking)
    return Response(_signed_in(caller, profiles), headers=_NO_STORE | ({"Set-Cookie": cookie} if cookie else {}))


@post("/session", status_code=200, tags=["session"], opt=OPEN)
async def sign_in(
    request: Request[Any, Any, Any],
    data: JSONBody[SignIn],
    profiles: NamedDependency[Profiles],
) -> Response[SessionResource]:
    """Sign a browser in with a key: the answer sets a cookie that stands for it until it is signed out, was not used
    for two weeks, or the key is good no more."""
    door, asking = _asked(request)
    check_not_from_elsewhere(asking.headers, asking.scheme)
    try:
        caller, key_digest = door.identity.of_key(data.key.strip())
    except Problem as wrong:
        await door.count_failed_key(asking.address)
        raise Problem(401, "key_unknown", wrong.detail, headers=wrong.headers) from wrong
    own = key_digest if caller.key == OF_THE_ENVIRONMENT else ""
    ticket = await door.sessions.begin(caller.profile, caller.key, key_digest=own)
    cookie = cookie_of(ticket, secure=is_secure(asking.headers, asking.scheme))
    return Response(_signed_in(caller, profiles), headers=_NO_STORE | {"Set-Cookie": cookie})


@delete("/session", status_code=204, tags=["session"], opt=OPEN)
async def sign_out(request: Request[Any, Any, Any]) -> Response[None]:
    """Sign the browser out; the cookie is worthless from now on. Nobody signed in is all right, too."""
    door, asking = _asked(request)
    ticket = ticket_of(asking.headers)
    if ticket is not None:
        check_same_origin("DELETE", asking.headers, asking.scheme)
        await door.sessions.end(ticket)
    cookie = cookie_of(None, secure=is_secure(asking.headers, asking.scheme))
    return Response(None, status_code=204, headers=_NO_STORE | {"Set-Cookie": cookie})


def _asked(request: Request[Any, Any, Any]) -> tuple[Door, Asking]:
    """The door that the request came through, and as whom."""
    return request.app.state["door"], request.scope["state"]["asking"]


def _signed_in(caller: Caller, profiles: Profiles) -> SessionResource:
    profile = profiles.get(caller.profile)
    shown = SessionProfile(id=profile.id, name=profile.title or profile.id, admin=caller.admin)
    return SessionResource(signed_in=True, needs_key=False, profile=shown)


SESSION = (read_session, sign_in, sign_out)
