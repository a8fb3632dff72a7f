"""One at a time, over all processes: whoever holds a key's lease works, the others wait for what comes of it.

A lease is one message in the log of step results, written only if nothing, or exactly what was seen, is there. Its
holder writes it again every second. It counts as given up once a waiter has seen the same message for ``silent_s`` by
its own clock: clocks of different machines are never compared.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

import nats.errors
import nats.js.errors

from contracts import streams, subjects
from contracts.faults import Fault, TimedOut
from kit.bus import Bus
from kit.tasks import ended

log = logging.getLogger(__name__)

T = TypeVar("T")

_LETTING_GO_S = 0.5
_HELD = b"held"


class LeaseBusy(TimedOut):
    """Others have been at it for longer than they are waited for."""

    code = "lease_busy"


class Leases:
    """Times in seconds. ``patience_s`` is how long somebody else's work is waited for."""

    def __init__(
        self,
        bus: Bus,
        *,
        renew_s: float = 1.0,
        silent_s: float = 4.0,
        patience_s: float = 45.0,
        look_every_s: float = 0.2,
    ) -> None:
        self._bus = bus
        self._renew_s = renew_s
        self._silent_s = silent_s
        self._patience_s = patience_s
        self._look_every_s = look_every_s

    async def once(self, key: str, look: Callable[[], Awaitable[T | None]], make: Callable[[], Awaitable[T]]) -> T:
        """What ``look`` finds, or what ``make`` makes: by one caller at a time, and not if another just did.

        Raises:
            LeaseBusy: another one has been at it for longer than ``patience_s``.
            Unavailable: the server is away.
        """
        lease = _Lease(self._bus, key, self._silent_s)
        give_up = time.monotonic() + self._patience_s
        while (found := await look()) is None:
            if await lease.take():
                async with lease.renewed(self._renew_s):
                    found = await look()  # whoever held it before may have finished since
                    return found if found is not None else await make()
            if time.monotonic() > give_up:
                raise LeaseBusy("another worker is still busy with the same")
            await asyncio.sleep(self._look_every_s)
        return found


class _Lease:
    """One caller's view of a key's lease."""

    def __init__(self, bus: Bus, key: str, silent_s: float) -> None:
        self._bus = bus
        self._subject = subjects.lease(key)
        self._silent_s = silent_s
        self._seq = 0
        self._seen_at = 0.0

    async def take(self) -> bool:
        """Whether it is ours now. A call that fails in between leaves at worst a lease that is given up in time."""
        last = await self._bus.last_raw(self._subject, streams.STEP_RESULTS.name)
        seq = (last.seq or 0) if last is not None else 0
        if seq != self._seq:
            self._seq, self._seen_at = seq, time.monotonic()
        if seq and time.monotonic() - self._seen_at < self._silent_s:
            return False
        if seq:
            log.warning("a lease is taken over; its holder has been silent", extra={"silent_s": self._silent_s})
        mine = await self._bus.put(streams.STEP_RESULTS, self._subject, _HELD, after=seq)
        self._seq = mine or seq
        return mine is not None

    @asynccontextmanager
    async def renewed(self, every_s: float) -> AsyncIterator[None]:
        """Ours as long as the context lasts, then nobody's."""
        leaving = asyncio.Event()
        renewing = asyncio.create_task(self._renew(every_s, leaving))
        try:
            yield
        finally:
            leaving.set()
            await self._let_go(renewing)

    async def _renew(self, every_s: float, leaving: asyncio.Event) -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(leaving.wait(), every_s)
                return
            with suppress(Fault):  # a server that is away gives it to nobody else either
                seq = await self._bus.put(streams.STEP_RESULTS, self._subject, _HELD, after=self._seq)
                if seq is None:
                    log.warning("a lease was lost: this worker was silent for too long")
                    return
                self._seq = seq

    async def _let_go(self, renewing: asyncio.Task[None]) -> None:
        """Removes our own message and no other. If that fails, the others see that it is silent."""
        try:
            async with asyncio.timeout(_LETTING_GO_S):
                await asyncio.wait({renewing})
                await self._bus.jetstream.delete_msg(streams.STEP_RESULTS.name, self._seq)
        except (nats.errors.Error, nats.js.errors.Error, TimeoutError, OSError, Fault) as failed:
            log.debug("a lease is left to run out", extra={"reason": repr(failed)})
        finally:
            await ended(renewing)
