"""Takes messages from the lanes of an inbox in turn, each when there is a slot for it, and none ahead."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from typing import cast

import nats.errors
from faststream import AckPolicy
from faststream._internal.broker.registrator import Registrator
from faststream._internal.endpoint.subscriber.call_item import CallsCollection
from faststream.nats import JStream, PullSub
from faststream.nats.configs import NatsBrokerConfig
from faststream.nats.subscriber.config import NatsSubscriberConfig, NatsSubscriberSpecificationConfig
from faststream.nats.subscriber.specification import NatsSubscriberSpecification
from faststream.nats.subscriber.usecases import PullStreamSubscriber
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.js.api import ConsumerConfig

from contracts import subjects
from contracts.faults import Unavailable
from contracts.streams import EVENTS, Durable
from kit.bus import Bus
from kit.given_back import give_back, times_given_back
from kit.lanes import Turns

log = logging.getLogger(__name__)

_ONE_NOW = b'{"batch": 1, "no_wait": true}'
_ANSWER_S = 10.0
_PAUSE_S = 0.5
_AWAY = (nats.errors.Error, TimeoutError, OSError, Unavailable)


class Lanes:
    """What one process takes from an inbox. A fresh message is heard of live, as it is announced; what comes back is
    told by nobody, and found by looking.
    """

    def __init__(self, bus: Bus, durable: Durable) -> None:
        self._bus = bus
        self._durable = durable
        self._turns = Turns(subjects.LANES, subjects.FAST_LANE)
        self._next = {each.lane: f"$JS.API.CONSUMER.MSG.NEXT.{EVENTS.name}.{each.name}" for each in durable.consumers}
        self._one_asks = asyncio.Lock()
        self._news = asyncio.Event()
        self._live: list[Subscription] = []

    async def open(self) -> None:
        for event in self._durable.heard:
            self._live.append(await self._bus.client.subscribe(subjects.heard(event), cb=self._heard))

    async def unsubscribe(self) -> None:
        while self._live:
            live = self._live.pop()
            if not self._bus.client.is_closed:
                await live.unsubscribe()

    async def _heard(self, message: Msg) -> None:
        self._turns.heard(subjects.lane_of(message.subject), time.monotonic())
        self._news.set()

    async def take(self) -> Msg:
        """The next message, waited for. Of all slots that are free one looks for it."""
        async with self._one_asks:
            while True:
                self._news.clear()
                lane = self._turns.next(time.monotonic())
                if lane is None:
                    await self._rest()
                elif (message := await self._asked(lane)) is not None:
                    self._turns.took(lane, time.monotonic())
                    return message
                else:
                    self._turns.empty(lane, time.monotonic())

    async def give_back(self, message: Msg) -> None:
        """For a message that came when no more was to be taken."""
        inbox = self._durable.name
        await give_back(self._bus, inbox, message, await times_given_back(self._bus, inbox, message))

    async def _rest(self) -> None:
        """Until a lane is to be looked at, or there is word of a message."""
        with suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, self._turns.due() - time.monotonic())):
                await self._news.wait()

    async def _asked(self, lane: str) -> Msg | None:
        """A message of a lane, if it has one now. A message that is on its way already when this process stops goes
        back: else nobody would have it until the claim on it runs out.
        """
        if not self._bus.client.is_connected:  # what is asked now would be answered whenever it is back
            await asyncio.sleep(_PAUSE_S)
            return None
        asking = asyncio.ensure_future(self._ask(lane))
        try:
            return await asyncio.shield(asking)
        except asyncio.CancelledError:
            if (message := await asking) is not None:
                await self.give_back(message)
            raise

    async def _ask(self, lane: str) -> Msg | None:
        try:
            # With a reply subject of its own: a message comes under its own name, and nothing else would tell whose
            # answer it is. (And the server forgets a question across accounts once nobody hears its answers.)
            answer = await self._bus.client.request(self._next[lane], _ONE_NOW, timeout=_ANSWER_S, old_style=True)
        except _AWAY as away:
            log.debug("a lane can't be asked now", extra={"lane": lane, "reason": repr(away)})
            return None
        return None if "Status" in (answer.headers or {}) else answer


class LaneSubscriber(PullStreamSubscriber):
    """FastStream's pull subscriber with another source of messages: as many tasks as there are slots, each of which
    takes from the lanes what it then works on.
    """

    def __init__(self, bus: Bus, durable: Durable, slots: int) -> None:
        subject, outer = subjects.heard(durable.hears), cast("NatsBrokerConfig", bus.broker.config)
        calls = CallsCollection[Msg]()
        told = NatsSubscriberSpecificationConfig(subject=subject, queue=None, title_=None, description_=None)
        super().__init__(
            NatsSubscriberConfig(
                subject=subject,
                sub_config=ConsumerConfig(durable_name=durable.name),
                no_reply=True,
                _outer_config=outer,
                _ack_policy=AckPolicy.MANUAL,
            ),
            NatsSubscriberSpecification(_outer_config=outer, calls=calls, specification_config=told),
            calls,
            queue="",
            pull_sub=PullSub(batch_size=1),
            stream=JStream(EVENTS.name, declare=False),
        )
        self._lanes = Lanes(bus, durable)
        self._slots = slots
        Registrator.subscriber(bus.broker, self)

    async def _create_subscription(self) -> None:
        if self.subscription is not None:
            return
        await self._lanes.open()
        self.subscription = self._lanes  # type: ignore[assignment]
        for _ in range(self._slots):
            self.add_task(self._take)

    async def _take(self) -> None:
        while self.running:
            message = await self._lanes.take()
            if self._ends():
                await self._lanes.give_back(message)
            else:
                await self.consume(message)

    def _ends(self) -> bool:
        """Whether this process takes no more; it may have been told so while a lane was asked."""
        return not self.running
