"""API keys as they are written: ``ef_<id>_<secret>``. Pure but for the random numbers."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass

_ID_BYTES = 8
_SECRET_BYTES = 32  # 256 bits: nothing that could be guessed, so a plain hash of it is safe to keep
_WRITTEN = re.compile(r"ef_([0-9a-f]{16})_([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Token:
    """A key in its two parts. Only ``digest`` may be kept."""

    id: str
    secret: str

    def __repr__(self) -> str:
        return f"Token({self.id})"

    def __str__(self) -> str:
        return f"ef_{self.id}_{self.secret}"

    @property
    def digest(self) -> str:
        return digest(self.secret)


def new_token() -> Token:
    return Token(secrets.token_hex(_ID_BYTES), secrets.token_hex(_SECRET_BYTES))


def parsed(written: str) -> Token | None:
    """The parts of a key, or None if it is not written like one."""
    found = _WRITTEN.fullmatch(written)
    return Token(found[1], found[2]) if found else None


def digest(secret: str) -> str:
    """Hex SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()
