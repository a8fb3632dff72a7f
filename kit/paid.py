"""What costs money is paid for once: kept the moment it is there, and asked for by one worker at a time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

import nats.errors
import nats.js.errors
from pydantic import BaseModel
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from kit.blobs import Blobs
from kit.bus import Bus
from kit.leases import LeaseBusy, Leases
from kit.outside import OutsideAway, OutsideNonsense
from kit.steps import blob_refs

log = logging.getLogger(__name__)

Bought = TypeVar("Bought", bound=BaseModel)
T = TypeVar("T")

_SHELF = "paid"
_TRIES = 4
_BUS_ERRORS = (nats.errors.Error, nats.js.errors.Error, TimeoutError, OSError)


class PaidOnce:
    """Answers that cost something, by everything that shapes them. Safe over any number of tasks and processes.

    ``reached`` is called when an answer has just been kept. ``patience_s`` is for all of it: waiting for others,
    asking, using.
    """

    def __init__(
        self,
        bus: Bus,
        blobs: Blobs,
        *,
        leases: Leases | None = None,
        patience_s: float = 45.0,
        reached: Callable[[], None] = lambda: None,
    ) -> None:
        self._bus = bus
        self._blobs = blobs
        self._leases = leases or Leases(bus)
        self._reached = reached
        self._patience_s = patience_s

    async def get(
        self,
        key: str,
        kind: type[Bought],
        *,
        pay: Callable[[], Awaitable[Bought]],
        use: Callable[[Bought], Awaitable[T]],
    ) -> T:
        """What ``use`` makes of the answer kept under ``key``; if there is none that is of use, of one paid for now.

        ``use`` raises ``OutsideNonsense`` for an answer that is worth nothing: a kept one is then paid for anew.

        Raises:
            OutsideAway: nothing came of it in time.
            Fault: what ``pay`` and ``use`` raise, and ``Unavailable`` if the bus is away: nothing is paid for then.
        """

        async def look() -> T | None:
            kept = await self._find(key, kind)
            if kept is None:
                return None
            try:
                return await use(kept)
            except OutsideNonsense as worthless:
                log.warning("a kept answer is worth nothing", extra={"reason": worthless.message})
                return None

        async def make() -> T:
            bought = await pay()
            await self._keep(key, bought)
            self._reached()
            return await use(bought)

        try:
            async with asyncio.timeout(self._patience_s):
                return await self._leases.once(key, look, make)
        except (TimeoutError, LeaseBusy):
            raise OutsideAway(f"nobody got an answer in {self._patience_s:g} s") from None

    async def _find(self, key: str, kind: type[Bought]) -> Bought | None:
        kept = await self._bus.kept_result(_SHELF, key)
        if kept is None:
            return None
        try:
            found = kind.model_validate_json(kept)
        except ValueError:
            return None
        there = [await self._blobs.touch(ref) for ref in blob_refs(found)]  # what is in use is not cleaned up
        return found if all(there) else None

    async def _keep(self, key: str, bought: Bought) -> None:
        """To its end even if the job is cancelled now: the money is spent."""
        keeping = asyncio.ensure_future(self._kept(key, bought))
        try:
            await asyncio.shield(keeping)
        except asyncio.CancelledError:
            await asyncio.wait({keeping}, timeout=0.5)
            raise

    async def _kept(self, key: str, bought: Bought) -> None:
        again = AsyncRetrying(
            retry=retry_if_exception_type(_BUS_ERRORS),
            stop=stop_after_attempt(_TRIES),
            wait=wait_random_exponential(multiplier=0.1, max=1),
            reraise=True,
        )
        try:
            await again(self._bus.keep_result, _SHELF, key, bought.model_dump_json().encode())
        except _BUS_ERRORS as away:
            log.warning("a paid answer can't be kept; it serves this job alone", extra={"reason": repr(away)})
