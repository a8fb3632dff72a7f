"""Several keys for one service outside: the next one is taken where one is refused or used up."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from pydantic import SecretStr

from contracts.faults import LogicalFault

log = logging.getLogger(__name__)

T = TypeVar("T")

REST_S = 300.0
# Visible ASCII: what a header can hold. The length bounds what a slip of the hand can make of it.
_KEY = re.compile(r"[\x21-\x7e]{8,512}")


class KeyFault(LogicalFault):
    """This key can't be used for this call; another one may. Of several, the fault of the highest ``rank`` is told."""

    rank = 1
    rest_s = 0.0


class KeyRefused(KeyFault):
    """The service does not take the key."""

    code = "key_refused"
    rank = 0
    rest_s = REST_S


class QuotaExhausted(KeyFault):
    """What the key may use is used up."""

    code = "quota_exhausted"
    rank = 2
    rest_s = REST_S


class KeyRing:
    """Keys in the order of preference. One that was refused or is used up is left alone for ``rest_s`` seconds.

    What is known of the keys is this process's own, and one entry a key. ``left_out`` is how many of what was set
    can't be keys; they are never shown.
    """

    def __init__(self, service: str, keys: SecretStr | None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._service = service
        written = _parted(keys)
        self._keys = tuple(key for key in written if _KEY.fullmatch(key))
        self.left_out = len(written) - len(self._keys)
        if self.left_out:
            log.warning("some of what is set as keys can't be one and is left out", extra={"service": service})
        self._clock = clock
        self._resting: dict[int, tuple[float, KeyFault]] = {}

    def __len__(self) -> int:
        return len(self._keys)

    async def first_good(self, call: Callable[[str], Awaitable[T]]) -> T:
        """What ``call`` gives with the first key that works.

        Raises:
            KeyFault: none does. ``call`` raises one to have the next key tried.
        """
        faults: list[KeyFault] = []
        for place, key in enumerate(self._keys):
            if (known := self._known(place)) is not None:
                faults.append(known)
                continue
            try:
                return await call(key)
            except KeyFault as fault:
                log.warning(
                    "a key can't be used",
                    extra={"service": self._service, "key": place + 1, "of": len(self._keys), "fault": fault.code},
                )
                known = type(fault)(fault.message)  # what is remembered must not hold on to a traceback
                self._resting[place] = (self._clock() + known.rest_s, known)
                faults.append(known)
        if not faults:
            raise KeyRefused(f"there is no key for {self._service}")
        worst = max(faults, key=lambda fault: fault.rank)
        raise type(worst)(worst.message)

    def _known(self, place: int) -> KeyFault | None:
        until, fault = self._resting.get(place, (0.0, None))
        return fault if self._clock() < until else None


def _parted(keys: SecretStr | None) -> list[str]:
    """What stands between commas, each once."""
    parts = (part.strip() for part in (keys.get_secret_value() if keys else "").split(","))
    return list(dict.fromkeys(filter(None, parts)))
