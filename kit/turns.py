"""A turn that one process at a time has, on all machines: a message that says who has it and until when.

It saves work and is no lock: a process that slept through the end of its turn goes on beside the next one. What is
done in a turn must bear that.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

from contracts import streams, subjects
from contracts.faults import Unavailable
from contracts.values import Value
from kit.bus import Bus
from kit.tasks import ended

log = logging.getLogger(__name__)

LEASE_S = 30.0
_KIND = "turn"


class _Turn(Value):
    """Whose turn it is (``until``, seconds since 1970), and when one was last ended in peace."""

    holder: str
    until: float
    done_at: float = 0.0


@asynccontextmanager
async def turn(bus: Bus, name: str, *, every_s: float = 0.0) -> AsyncIterator[bool]:
    """Whether it is this process's turn: nobody else has it, and the last one ended at least ``every_s`` ago.

    Raises:
        Unavailable: the server is away.
    """
    held = await _Lease.taken(bus, name, every_s)
    if held is None:
        yield False
        return
    renewing = asyncio.create_task(held.keep(), name=f"turn {name}")
    try:
        yield True
    except BaseException:
        await ended(renewing)
        await held.end(done=False)
        raise
    await ended(renewing)
    await held.end(done=True)


class _Lease:
    def __init__(self, bus: Bus, name: str, seq: int, turn: _Turn) -> None:
        self._bus = bus
        self._subject = subjects.step_result(_KIND, name)
        self._seq = seq
        self._turn = turn

    @classmethod
    async def taken(cls, bus: Bus, name: str, every_s: float) -> _Lease | None:
        message = await bus.last_raw(subjects.step_result(_KIND, name), streams.STEP_RESULTS.name)
        last = _Turn.model_validate_json(message.data or b"") if message else _Turn(holder="", until=0)
        if last.until > time.time() or time.time() - last.done_at < every_s:
            return None
        lease = cls(bus, name, (message.seq or 0) if message else 0, last)
        mine = await lease.write(_Turn(holder=uuid4().hex, until=time.time() + LEASE_S, done_at=last.done_at))
        return lease if mine else None

    async def write(self, turn: _Turn) -> bool:
        """False: somebody else was faster."""
        body = turn.model_dump_json().encode()
        seq = await self._bus.put(streams.STEP_RESULTS, self._subject, body, after=self._seq)
        if seq is None:
            return False
        self._seq, self._turn = seq, turn
        return True

    async def keep(self) -> None:
        while True:
            await asyncio.sleep(LEASE_S / 3)
            await self._say(self._turn.model_copy(update={"until": time.time() + LEASE_S}))

    async def end(self, *, done: bool) -> None:
        at = time.time() if done else self._turn.done_at
        await self._say(self._turn.model_copy(update={"until": 0.0, "done_at": at}))

    async def _say(self, turn: _Turn) -> None:
        try:
            if not await self.write(turn):
                log.warning("a turn was lost to somebody else", extra={"subject": self._subject})
        except Unavailable as away:
            log.warning("a turn can't be kept up now", extra={"fault": away.code})
