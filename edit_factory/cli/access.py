"""Profiles and keys: at a system that is named, through its API; on the machine that runs one, in its register itself.

The second way makes the first admin's key of all: whoever can reach the servers of a system may do anything anyhow.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from edit_factory.cli.client import Client
from edit_factory.cli.common import Common
from edit_factory.cli.faults import Code, Detail, Refused
from edit_factory.cli.show import Show
from edit_factory.cli.system import local_settings, quiet_logs, running_url, servers
from kit.settings import Settings

if TYPE_CHECKING:
    from services.gateway.profiles import Profiles

Told = dict[str, Any]
_PAGE = 100


class _Book(Protocol):
    """Where profiles and keys are written."""

    async def create_profile(self, asked: Mapping[str, Any]) -> Told: ...

    async def profiles(self) -> list[Told]: ...

    async def make_key(self, profile: str, asked: Mapping[str, Any]) -> Told: ...

    async def keys(self, profile: str) -> list[Told]: ...

    async def revoke(self, profile: str, key: str) -> Told: ...


class _Remote:
    """Through the API, with an admin's key."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def create_profile(self, asked: Mapping[str, Any]) -> Told:
        return await self._client.ask("POST", "/v1/profiles", asked)

    async def profiles(self) -> list[Told]:
        found: list[Told] = []
        cursor = ""
        while True:
            page = await self._client.ask("GET", f"/v1/profiles?limit={_PAGE}{cursor}")
            found += page["items"]
            if page["next_cursor"] is None:
                return found
            cursor = f"&cursor={page['next_cursor']}"

    async def make_key(self, profile: str, asked: Mapping[str, Any]) -> Told:
        return await self._client.ask("POST", f"/v1/profiles/{profile}/keys", asked)

    async def keys(self, profile: str) -> list[Told]:
        found: list[Told] = (await self._client.ask("GET", f"/v1/profiles/{profile}/keys"))["items"]
        return found

    async def revoke(self, profile: str, key: str) -> Told:
        return await self._client.ask("DELETE", f"/v1/profiles/{profile}/keys/{key}")


class _Here:
    """In the register itself, by the same rules."""

    def __init__(self, profiles: Profiles) -> None:
        self._profiles = profiles

    async def create_profile(self, asked: Mapping[str, Any]) -> Told:
        from services.gateway import profile_routes as shown  # noqa: PLC0415

        wish = shown.NewProfile.model_validate(asked)
        return shown.profile_resource(await self._profiles.create(shown.made(wish))).model_dump(mode="json")

    async def profiles(self) -> list[Told]:
        from services.gateway.profile_routes import profile_resource  # noqa: PLC0415

        return [profile_resource(profile).model_dump(mode="json") for profile in self._profiles.all()]

    async def make_key(self, profile: str, asked: Mapping[str, Any]) -> Told:
        from services.gateway import profile_routes as shown  # noqa: PLC0415

        wish = shown.NewKey.model_validate(asked)
        key, token = await self._profiles.make_key(
            profile, title=wish.title, admin=wish.admin, expires_at=wish.expires_at
        )
        return shown.key_resource(key).model_dump(mode="json") | {"key": str(token)}

    async def keys(self, profile: str) -> list[Told]:
        from services.gateway.profile_routes import key_resource  # noqa: PLC0415

        return [key_resource(key).model_dump(mode="json") for key in self._profiles.keys(profile)]

    async def revoke(self, profile: str, key: str) -> Told:
        from services.gateway.profile_routes import key_resource  # noqa: PLC0415

        return key_resource(await self._profiles.revoke(profile, key)).model_dump(mode="json")


@asynccontextmanager
async def _book(common: Common, show: Show) -> AsyncIterator[_Book]:
    if common.url is not None:
        async with Client(common.url, common.api_key) as client:
            yield _Remote(client)
        return
    import pydantic  # noqa: PLC0415

    from services.gateway.problems import Problem, of_validation  # noqa: PLC0415

    async with AsyncExitStack() as stack:
        settings = await _servers(common, show, stack)
        profiles = await stack.enter_async_context(_profiles(settings))
        try:
            yield _Here(profiles)
        except pydantic.ValidationError as wrong:
            raise _of(of_validation(wrong)) from wrong
        except Problem as problem:
            raise _of(problem) from problem


def _of(problem: Any) -> Refused:
    details = [Detail(error.pointer, error.message) for error in problem.errors]
    return Refused(problem.status, problem.code, problem.detail, details, "")


async def _servers(common: Common, show: Show, stack: AsyncExitStack) -> Settings:
    """The servers that are named, or run on this home; else embedded ones, for as long as this takes."""
    settings = common.settings()
    if settings.nats_url:
        return settings
    quiet_logs(settings)
    if await running_url(settings) is not None:
        return servers(settings)
    from edit_factory.embedded import Embedded  # noqa: PLC0415  (all services: a second to import)

    show.say("No system runs yet; starting one for this command ...")
    embedded = Embedded(local_settings(settings))
    await embedded.start()
    stack.push_async_callback(embedded.stop)
    return embedded.settings


@asynccontextmanager
async def _profiles(settings: Settings) -> AsyncIterator[Profiles]:
    import nats.js.errors  # noqa: PLC0415

    from contracts.streams import REGISTER  # noqa: PLC0415
    from kit.register import opened  # noqa: PLC0415
    from kit.service import connected  # noqa: PLC0415
    from kit.topology import lay_out  # noqa: PLC0415
    from services.gateway.profiles import KINDS, Profiles  # noqa: PLC0415

    async with connected(settings, "access") as bus:
        try:
            await bus.jetstream.stream_info(REGISTER.name)
        except nats.js.errors.NotFoundError:
            await lay_out(bus.jetstream, settings)  # no service has started yet
        async with opened(bus, KINDS) as register:
            yield Profiles(register)


async def create_key(common: Common, show: Show, profile: str, *, title: str, admin: bool, days: int | None) -> Code:
    expires = None if days is None else datetime.now(UTC) + timedelta(days=days)
    asked = {"title": title, "admin": admin, "expires_at": expires and expires.isoformat()}
    async with _book(common, show) as book:
        made = await book.make_key(profile, asked)
    show.data(made)
    show.say(f"Key {made['id']} of {profile}{' (admin)' if admin else ''}. It is shown this once:")
    show.say()
    show.say(f"  {made['key']}")
    show.say()
    show.say("Programs send it as `Authorization: Bearer ...`, this command takes it from EDIT_FACTORY_KEY.")
    return Code.DONE


async def list_keys(common: Common, show: Show, profile: str) -> Code:
    async with _book(common, show) as book:
        found = await book.keys(profile)
    show.data({"profile": profile, "keys": found})
    if not found:
        show.say(f"{profile} has no keys. Make one: {common.command('keys create --profile ' + profile)}")
        return Code.DONE
    columns: dict[str, Any] = {name: {"no_wrap": True} for name in ("Key", "State", "For", "Made", "Good until")}
    show.table(columns | {"Title": {}}, [_row(key) for key in found])
    return Code.DONE


def _row(key: Told) -> list[str]:
    state = "good" if key["good"] else "revoked" if key["revoked_at"] else "expired"
    return [
        key["id"],
        state,
        "everything" if key["admin"] else "its profile",
        key["created_at"][:10],
        (key["expires_at"] or "")[:10],
        key["title"],
    ]


async def revoke_key(common: Common, show: Show, profile: str, key: str) -> Code:
    async with _book(common, show) as book:
        revoked = await book.revoke(profile, key)
    show.data(revoked)
    show.say(f"Key {key} is revoked; no gateway takes it any more.")
    return Code.DONE


async def create_profile(common: Common, show: Show, name: str, title: str) -> Code:
    async with _book(common, show) as book:
        made = await book.create_profile({"id": name, "title": title})
    show.data(made)
    show.say(f"Profile {made['id']} is made. Give it a key: {common.command('keys create --profile ' + made['id'])}")
    return Code.DONE


async def list_profiles(common: Common, show: Show) -> Code:
    async with _book(common, show) as book:
        found = await book.profiles()
    show.data({"profiles": found})
    columns: dict[str, Any] = {name: {"no_wrap": True} for name in ("Profile", "State", "Made")}
    rows = [
        [profile["id"], "disabled" if profile["disabled_at"] else "", profile["created_at"][:10], profile["title"]]
        for profile in found
    ]
    show.table(columns | {"Title": {}}, rows)
    return Code.DONE
