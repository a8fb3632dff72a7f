"""Work that is offered to whoever has time for it: one process takes an offer, and one that nobody takes runs out."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

import nats.errors
import nats.js.errors
from nats.js import JetStreamContext

from contracts.faults import Unavailable
from contracts.streams import OFFERS, Reader
from kit.bus import Bus

log = logging.getLogger(__name__)

_LONG_S = 5.0
_PAUSE_S = 1.0
_AWAY = (nats.errors.Error, nats.js.errors.Error, TimeoutError, OSError, Unavailable)


async def offer(bus: Bus, subject: str, body: bytes) -> None:
    """Makes an offer, in the place of the last one on its subject. Where the server is away there is none."""
    try:
        await bus.jetstream.publish(subject, body, stream=OFFERS.name, timeout=2)
    except _AWAY as away:
        log.info("work can't be offered now", extra={"reason": repr(away)})


class Taker:
    """Takes offers, each of which nobody else is given."""

    def __init__(self, bus: Bus, reader: Reader) -> None:
        self._bus = bus
        self._reader = reader
        self._inbox: JetStreamContext.PullSubscription | None = None

    async def take(self) -> bytes | None:
        """The next offer, waited for a few seconds; None if there was none."""
        try:
            if self._inbox is None:
                self._inbox = await self._bus.jetstream.pull_subscribe_bind(
                    durable=self._reader.name, stream=self._reader.stream.name
                )
            (message,) = await self._inbox.fetch(1, timeout=_LONG_S)
        except TimeoutError:
            return None
        except _AWAY as away:  # streams in memory go with their server, and come back
            log.info("offers can't be read now", extra={"reason": repr(away)})
            await asyncio.sleep(_PAUSE_S)
            return None
        with suppress(*_AWAY):  # then it may be offered once more, and found out of date
            await message.ack()
        return message.data

    async def end(self) -> None:
        with suppress(*_AWAY):
            if self._inbox is not None and not self._bus.client.is_closed:
                await self._inbox.unsubscribe()
