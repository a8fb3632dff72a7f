"""Secrets of users at rest: encrypted with a key that lies elsewhere, bound to whom they belong to."""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from contracts.faults import LogicalFault, TechnicalFault
from kit.settings import Settings

KEY_MIN = 32  # characters
_NONCE_BYTES = 12  # AES-GCM's own, NIST SP 800-38D
_FORM = "v1."


class NoSecretKey(TechnicalFault):
    """A process that has no key to keep secrets with."""

    code = "secret_key_missing"


class SealBroken(LogicalFault):
    """A secret that can't be read with the keys there are."""

    code = "secret_unreadable"


class Sealer:
    """Seals with the first key, opens with any: a key is replaced by putting a new one before it."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = [AESGCM(_derived(key)) for key in keys]

    @staticmethod
    def of(settings: Settings) -> Sealer:
        """The one of ``EDIT_FACTORY_SECRET_KEY``: keys separated by commas, none if it is not set.

        Raises:
            LogicalFault: a key is too short to be one.
        """
        given = settings.secret_key.get_secret_value() if settings.secret_key else ""
        keys = [key.strip() for key in given.split(",") if key.strip()]
        if any(len(key) < KEY_MIN for key in keys):
            raise LogicalFault(f"EDIT_FACTORY_SECRET_KEY needs {KEY_MIN} characters or more", code="secret_key_short")
        return Sealer(keys)

    @property
    def ready(self) -> bool:
        return bool(self._keys)

    def seal(self, secret: str, about: str) -> str:
        """A secret as text to be kept. ``about`` names whose it is, and must be said again to open it.

        Raises:
            NoSecretKey: there is no key.
        """
        if not self._keys:
            raise NoSecretKey("This system has no key to keep secrets with: set EDIT_FACTORY_SECRET_KEY.")
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._keys[0].encrypt(nonce, secret.encode(), about.encode())
        return _FORM + base64.b64encode(nonce + sealed).decode()

    def open(self, sealed: str, about: str) -> str:
        """The secret again.

        Raises:
            SealBroken: none of the keys opens it, or it belongs to somebody else.
        """
        try:
            data = base64.b64decode(sealed.removeprefix(_FORM), validate=True)
        except binascii.Error as wrong:
            raise SealBroken("This is not a sealed secret.") from wrong
        for key in self._keys:
            try:
                return key.decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], about.encode()).decode()
            except (InvalidTag, ValueError):
                continue
        raise SealBroken("The secret can't be read with this system's key; make a new one.")


def _derived(key: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=b"edit-factory secrets").derive(key.encode())
