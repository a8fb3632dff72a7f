"""Profiles and keys over HTTP. Below /profiles all is for admins; /profile is whoever asks."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from pydantic import AfterValidator, AwareDatetime, Field

from contracts.accounts import LOCAL, Allowance, ApiKey, Brand, Profile, ProfileId, Title, Voices
from contracts.media import AssetKind
from contracts.values import Asked, Value
from kit.bus import now
from services.gateway.accepting import fault_of
from services.gateway.identity import OF_THE_ENVIRONMENT, Caller
from services.gateway.problems import Problem
from services.gateway.profiles import Profiles
from services.gateway.reading import Reading
from services.gateway.resources import Page

Admin = NamedDependency[Caller]
OneProfile = FromPath[str]
OneKey = FromPath[str]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="Items a page")]
After = Annotated[
    str | None, QueryParameter(name="cursor", max_length=64, description="next_cursor of the page before")
]


class NewProfile(Asked):
    """A profile to be made. ``limits`` count before the settings'."""

    id: ProfileId
    title: Title = ""
    limits: Allowance = Allowance()
    voices: Voices = Field(default_factory=dict)
    brand: Brand = Brand()


class OwnChange(Asked):
    """What a profile may change of itself. What is given takes the place of what was there as a whole."""

    title: Title | None = None
    voices: Voices | None = None
    brand: Brand | None = None


class ProfileChange(OwnChange):
    """What an admin may change. A disabled profile's keys are not taken; its jobs go on."""

    limits: Allowance | None = None
    disabled: bool | None = None


def _ahead(moment: datetime) -> datetime:
    if moment <= now():
        raise ValueError("that is in the past")
    return moment


class NewKey(Asked):
    """A key to be made. ``admin``: it may make profiles and keys; ``expires_at``: null for never."""

    title: Title = ""
    admin: bool = False
    expires_at: Annotated[AwareDatetime, AfterValidator(_ahead)] | None = None


class ProfileResource(Value):
    """A profile: whatever is made with its keys is its own, and nobody else's exists for it."""

    id: str
    title: str
    created_at: datetime
    disabled_at: datetime | None
    limits: Allowance
    voices: Voices
    brand: Brand


class KeyResource(Value):
    """A key without its secret, which nobody knows any more. ``good``: it is taken now."""

    id: str
    profile: str
    title: str
    admin: bool
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    good: bool


class MadeKey(KeyResource):
    """A key just made; ``key`` is shown this once."""

    key: str


class CallerResource(ProfileResource):
    """The profile of whoever asks, and the key (null: none was needed)."""

    key: str | None
    admin: bool


@get("/profile", tags=["profiles"])
async def read_own_profile(profiles: NamedDependency[Profiles], caller: NamedDependency[Caller]) -> CallerResource:
    """Who you are to this system: your profile, its limits and voices, the id of your key."""
    shown = profile_resource(profiles.get(caller.profile)).model_dump()
    return CallerResource(**shown, key=caller.key or None, admin=caller.admin)


@patch("/profile", tags=["profiles"])
async def change_own_profile(
    data: JSONBody[OwnChange],
    profiles: NamedDependency[Profiles],
    reading: NamedDependency[Reading],
    owner: NamedDependency[str],
) -> ProfileResource:
    """Change your title, your saved voices or your brand."""
    await _check_logo(data.brand, reading, owner)
    return profile_resource(await profiles.change(owner, lambda profile: _changed(profile, data)))


@get("/profile/keys", tags=["profiles"])
async def list_own_keys(profiles: NamedDependency[Profiles], owner: NamedDependency[str]) -> Page[KeyResource]:
    """The keys of your profile, without their secrets."""
    return Page(items=tuple(key_resource(key) for key in profiles.keys(owner)), next_cursor=None)


@post("/profile/key/revoke", status_code=200, tags=["profiles"])
async def revoke_own_key(profiles: NamedDependency[Profiles], caller: NamedDependency[Caller]) -> KeyResource:
    """Make the key you are using worthless, as when it has become known. There is no way back."""
    if caller.key in {"", OF_THE_ENVIRONMENT}:
        raise Problem(409, "key_not_kept", "You came without a key that could be revoked.")
    return key_resource(await profiles.revoke(caller.profile, caller.key))


@post("/profiles", status_code=201, tags=["profiles"])
async def create_profile(
    data: JSONBody[NewProfile], profiles: NamedDependency[Profiles], reading: NamedDependency[Reading], admin: Admin
) -> Response[ProfileResource]:
    """Make a profile. Give it a key next."""
    await _check_logo(data.brand, reading, data.id)
    shown = profile_resource(await profiles.create(made(data)))
    return Response(shown, status_code=201, headers={"Location": f"/v1/profiles/{shown.id}"})


@get("/profiles", tags=["profiles"])
async def list_profiles(
    profiles: NamedDependency[Profiles], admin: Admin, cursor: After = None, limit: Limit = 20
) -> Page[ProfileResource]:
    """The profiles by their ids."""
    found = [profile for profile in profiles.all() if cursor is None or profile.id > cursor]
    more = found[limit - 1].id if len(found) > limit else None
    return Page(items=tuple(profile_resource(profile) for profile in found[:limit]), next_cursor=more)


@get("/profiles/{profile:str}", tags=["profiles"])
async def read_profile(profiles: NamedDependency[Profiles], admin: Admin, profile: OneProfile) -> ProfileResource:
    """One profile."""
    return profile_resource(profiles.get(profile))


@patch("/profiles/{profile:str}", tags=["profiles"])
async def change_profile(
    data: JSONBody[ProfileChange],
    profiles: NamedDependency[Profiles],
    reading: NamedDependency[Reading],
    admin: Admin,
    profile: OneProfile,
) -> ProfileResource:
    """Change a profile's title, limits, voices or brand, or shut it out (`disabled`) and let it in again."""
    await _check_logo(data.brand, reading, profile)
    if data.disabled and profile == LOCAL:
        raise Problem(409, "profile_needed", "The profile local can't be disabled; revoke its keys instead.")
    return profile_resource(await profiles.change(profile, lambda found: _changed(found, data)))


@post("/profiles/{profile:str}/keys", status_code=201, tags=["profiles"])
async def create_key(
    data: JSONBody[NewKey], profiles: NamedDependency[Profiles], admin: Admin, profile: OneProfile
) -> Response[MadeKey]:
    """Make a key for a profile. The answer has it; it can't be shown again."""
    key, token = await profiles.make_key(profile, title=data.title, admin=data.admin, expires_at=data.expires_at)
    shown = MadeKey(**key_resource(key).model_dump(), key=str(token))
    return Response(shown, status_code=201, headers={"Cache-Control": "no-store"})


@get("/profiles/{profile:str}/keys", tags=["profiles"])
async def list_keys(profiles: NamedDependency[Profiles], admin: Admin, profile: OneProfile) -> Page[KeyResource]:
    """A profile's keys, the oldest first, without their secrets."""
    return Page(items=tuple(key_resource(key) for key in profiles.keys(profile)), next_cursor=None)


@delete("/profiles/{profile:str}/keys/{key:str}", status_code=200, tags=["profiles"])
async def revoke_key(
    profiles: NamedDependency[Profiles], admin: Admin, profile: OneProfile, key: OneKey
) -> KeyResource:
    """Revoke a key: no gateway takes it from now on, and its live streams end."""
    return key_resource(await profiles.revoke(profile, key))


def made(wish: NewProfile) -> Profile:
    return Profile(**{name: getattr(wish, name) for name in type(wish).model_fields}, created_at=now())


async def _check_logo(brand: Brand | None, reading: Reading, owner: str) -> None:
    """A logo that can't be used would have every brief of the profile refused."""
    if brand is None or brand.logo is None:
        return
    found = await reading.assets_by_id([brand.logo.asset], owner)
    error = fault_of("/brand/logo/asset", brand.logo.asset, (AssetKind.IMAGE,), found)
    if error is not None:
        raise Problem(422, "asset_unusable", error.message, errors=[error])


def _changed(profile: Profile, change: OwnChange) -> Profile:
    given = {name: getattr(change, name) for name in change.model_fields_set if getattr(change, name) is not None}
    disabled = given.pop("disabled", None)
    if disabled is not None:
        given["disabled_at"] = (profile.disabled_at or now()) if disabled else None
    return profile.model_copy(update=given)


def profile_resource(profile: Profile) -> ProfileResource:
    return ProfileResource.model_validate(profile.model_dump())


def key_resource(key: ApiKey) -> KeyResource:
    return KeyResource.model_validate(key.model_dump(exclude={"secret_sha256"}) | {"good": key.is_good(now())})


PROFILES = (
    read_own_profile,
    change_own_profile,
    list_own_keys,
    revoke_own_key,
    create_profile,
    list_profiles,
    read_profile,
    change_profile,
    create_key,
    list_keys,
    revoke_key,
)
