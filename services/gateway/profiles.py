"""Profiles and keys, as they are made, changed and revoked in the register. Each change is compare-and-set."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from contracts import webhooks
from contracts.accounts import LOCAL, ApiKey, Brand, Profile, Session
from contracts.brief import Brief, ProductBrief, VoiceChoice
from contracts.faults import LogicalFault
from contracts.values import Value
from kit.bus import now
from kit.register import Entry, Register, Taken
from services.gateway.keys import Token, new_token
from services.gateway.problems import FieldError, Problem, not_found

log = logging.getLogger(__name__)

# The kinds of entries of the register that the gateway follows.
KINDS: Mapping[str, type[Value]] = {
    "profile": Profile,
    "key": ApiKey,
    "session": Session,
    webhooks.KIND: webhooks.Endpoint,
}

KEYS_MAX = 100  # of a profile, those that are good no more among them
PROFILES_MAX = 10_000
_TRIES = 5
_BEGINNING = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


class ProfileExists(LogicalFault):
    """There is a profile of this id already."""

    code = "profile_exists"


class TooMany(LogicalFault):
    """A profile, or the system, has as many as it can have."""

    code = "too_many"


class Profiles:
    """All profiles and keys. ``local`` is always there: it owns what is made where nobody is asked for a key."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._profiles = register.shelf("profile", Profile)
        self._keys = register.shelf("key", ApiKey)

    def all(self) -> list[Profile]:
        """Every profile by its id."""
        found = {LOCAL: _local()} | dict(self._profiles.all())
        return [found[name] for name in sorted(found)]

    def get(self, profile: str) -> Profile:
        """
        Raises:
            Problem: 404.
        """
        found = self._profiles.get(profile) or (_local() if profile == LOCAL else None)
        if found is None:
            raise not_found("profile")
        return found

    async def create(self, profile: Profile) -> Profile:
        """
        Raises:
            ProfileExists: its id is taken.
            TooMany: there are as many as there can be.
        """
        if len(self._profiles.all()) >= PROFILES_MAX:
            raise TooMany(f"there are {PROFILES_MAX} profiles; no more can be made")
        if profile.id == LOCAL:
            raise ProfileExists("the profile local is always there")
        try:
            await self._register.put("profile", profile.id, profile)
        except Taken as taken:
            raise ProfileExists(f"there is a profile {profile.id} already") from taken
        return profile

    async def change(self, profile: str, change: Callable[[Profile], Profile]) -> Profile:
        """Puts the changed one in a profile's place, and again if somebody changes it at the same time."""
        for _ in range(_TRIES):
            present = self._profiles.entry(profile) or Entry(self.get(profile), 0)
            changed = change(present.value)
            try:
                await self._register.put("profile", profile, changed, after=present.seq)
            except Taken:
                continue
            return changed
        raise Taken("the profile is changed by others all the time; try again")

    def keys(self, profile: str) -> list[ApiKey]:
        """A profile's keys, the oldest first."""
        self.get(profile)
        found = [key for key in self._keys.all().values() if key.profile == profile]
        return sorted(found, key=lambda key: (key.created_at, key.id))

    async def make_key(
        self, profile: str, *, title: str = "", admin: bool = False, expires_at: datetime | None = None
    ) -> tuple[ApiKey, Token]:
        """A new key, and the token to show once.

        Raises:
            TooMany: the profile has 100 good keys.
        """
        await self._make_room(profile)
        token = new_token()
        key = ApiKey(
            id=token.id,
            profile=profile,
            secret_sha256=token.digest,
            title=title,
            admin=admin,
            created_at=now(),
            expires_at=expires_at,
        )
        await self._register.put("key", key.id, key)
        log.info("a key was made", extra={"key": key.id, "profile": profile, "admin": admin})
        return key, token

    async def _make_room(self, profile: str) -> None:
        """Forgets the oldest key that is good for nothing where there are too many."""
        keys = self.keys(profile)
        if len(keys) < KEYS_MAX:
            return
        dead = next((key for key in keys if not key.is_good(now())), None)
        entry = None if dead is None else self._keys.entry(dead.id)
        if entry is None:
            raise TooMany(f"{profile} has {KEYS_MAX} keys; revoke one first")
        await self._register.remove("key", entry.value.id, after=entry.seq)

    async def revoke(self, profile: str, key: str) -> ApiKey:
        """Makes a key worthless everywhere, at once; revoked again it stays as it is.

        Raises:
            Problem: 404, the profile has no such key.
        """
        for _ in range(_TRIES):
            entry = self._keys.entry(key)
            if entry is None or entry.value.profile != profile:
                raise not_found("key")
            if entry.value.revoked_at is not None:
                return entry.value
            revoked = entry.value.model_copy(update={"revoked_at": now()})
            try:
                await self._register.put("key", key, revoked, after=entry.seq)
            except Taken:
                continue
            log.info("a key was revoked", extra={"key": key, "profile": profile})
            return revoked
        raise Taken("the key is changed by others all the time; try again")

    def with_voice(self, brief: Brief, owner: str) -> Brief:
        """The brief with the voice itself in the place of its name in the owner's profile.

        Raises:
            Problem: 422 ``voice_unknown``.
        """
        saved = brief.voice.saved
        if saved is None:
            return brief
        profile = self._profiles.get(owner)
        voice = None if profile is None else profile.voices.get(saved)
        if voice is None:
            error = FieldError(pointer="/voice/saved", message=f"there is no saved voice {saved}")
            raise Problem(422, "voice_unknown", f"There is no saved voice {saved}.", errors=[error])
        return brief.model_copy(update={"voice": VoiceChoice(**voice.model_dump())})

    def with_brand(self, brief: Brief, owner: str) -> Brief:
        """The brief with what the owner's brand says wherever it says nothing itself."""
        profile = self._profiles.get(owner)
        brand = profile.brand if profile else Brand()
        found: dict[str, object] = {}
        if brand.look and isinstance(brief, ProductBrief) and "look" not in brief.model_fields_set:
            found["look"] = brand.look
        if brand.logo and "logo" not in brief.branding.model_fields_set:
            found["branding"] = brief.branding.model_copy(update={"logo": brand.logo})
        return brief.model_copy(update=found) if found else brief


def _local() -> Profile:
    return Profile(id=LOCAL, title="This machine", created_at=_BEGINNING)
