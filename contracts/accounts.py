"""Who may come in: profiles, which own everything, and the API keys that speak for them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from contracts.brief import NO_NUL, SavedName, Voice
from contracts.looks import LogoChoice
from contracts.showcase import CardLook
from contracts.values import Asked, Value

# The one profile of a system that asks nobody who they are.
LOCAL = "local"

ProfileId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Title = Annotated[str, StringConstraints(max_length=120, pattern=NO_NUL)]
VOICES_MAX = 100
# (pydantic describes the names by a pattern, and forgets to say that there are no others.)
Voices = Annotated[
    dict[SavedName, Voice], Field(max_length=VOICES_MAX, json_schema_extra={"additionalProperties": False})
]
LIMIT_MAX = 1_000_000


class Allowance(Asked):
    """What a profile may ask for. ``None``: what the settings say.

    ``reads``, ``writes``, ``uploads`` and ``stream_opens`` a minute; ``streams`` at the same time.
    """

    reads: int | None = Field(default=None, ge=1, le=LIMIT_MAX)
    writes: int | None = Field(default=None, ge=1, le=LIMIT_MAX)
    uploads: int | None = Field(default=None, ge=1, le=LIMIT_MAX)
    stream_opens: int | None = Field(default=None, ge=1, le=LIMIT_MAX)
    streams: int | None = Field(default=None, ge=0, le=LIMIT_MAX)


class Brand(Asked):
    """How a profile's videos look where a brief says nothing else: ``look`` of what is written about products,
    ``logo`` on all of them.
    """

    look: CardLook | None = None
    logo: LogoChoice | None = None


class Profile(Value):
    """An owner: its uploads, jobs, voices and keys are its own, and nobody else's exist for it.

    ``voices``: voices by the profile's own names for them; a brief may ask for one by ``saved``.
    """

    id: ProfileId
    title: Title = ""
    created_at: datetime
    disabled_at: datetime | None = None
    limits: Allowance = Allowance()
    voices: Voices = Field(default_factory=dict)
    brand: Brand = Brand()


class ApiKey(Value):
    """A key as it is kept: the SHA-256 of its secret and nothing that the secret could be made from.

    ``admin`` may make profiles and keys, and sees the whole line's health.
    """

    id: str
    profile: ProfileId
    secret_sha256: str
    title: Title = ""
    admin: bool = False
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None

    def is_good(self, at: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)


class Session(Value):
    """A browser that signed in with a key, as it is kept: the SHA-256 of what its cookie holds. It is good for no
    longer than its key. One that has ended gives its place to another of the same profile.

    ``proof``: of a key that is in no register a hash that only comes out again with that same key.
    """

    profile: ProfileId
    key: str
    secret_sha256: str
    proof: str = ""
    created_at: datetime
    expires_at: datetime
