"""Reads a stream in order from a position on, through restarts of the server, missing nothing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager

import nats.errors
import nats.js.errors
from nats.aio.msg import Msg
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy

from contracts import streams
from contracts.events import Event
from kit.bus import Bus, UnknownEvent, decode

log = logging.getLogger(__name__)

Batch = list[tuple[Event | None, int]]

BATCH = 500
_LONG_S = 5.0
_SHORT_S = 0.005
_AWAY = (nats.errors.Error, nats.js.errors.Error, TimeoutError, OSError)


class _Gap(Exception):
    """Something was delivered that never arrived here."""


async def follow(bus: Bus, subject: str, after: int, most: int = BATCH) -> AsyncGenerator[Batch, None]:
    """Batches of facts with sequences above ``after``, for ever; a fact that can't be read comes as None.

    A batch has at most ``most`` facts, and is taken as handled when the next one is asked for. Whatever goes wrong
    with the server or the connection, reading goes on behind the last batch.
    """
    async with aclosing(messages(bus, streams.EVENTS, subject, after, most)) as batches:
        async for batch in batches:
            yield [_read(message) for message in batch]


async def messages(
    bus: Bus, stream: streams.Stream, subject: str, after: int, most: int = BATCH
) -> AsyncGenerator[list[Msg], None]:
    """``follow`` for any stream: its messages as they are."""
    while True:
        try:
            async with _consumer(bus, stream.name, subject, after) as subscription:
                delivered = 0
                while True:
                    batch = await _batch(subscription, most)
                    for message in batch:
                        delivered += 1
                        if message.metadata.sequence.consumer != delivered:
                            raise _Gap
                    yield batch
                    after = batch[-1].metadata.sequence.stream
        except _Gap:
            log.info("a gap in the delivery; reading again from the last message seen")
        except _AWAY as away:
            log.warning("a stream can't be followed now", extra={"stream": stream.name, "reason": repr(away)})
            await asyncio.sleep(0.5)


async def _batch(subscription: JetStreamContext.PullSubscription, most: int) -> list[Msg]:
    messages: list[Msg] = []
    while not messages:
        messages = await _fetch(subscription, 1, _LONG_S)
    return messages + await _fetch(subscription, most - 1, _SHORT_S)


async def _fetch(subscription: JetStreamContext.PullSubscription, most: int, timeout_s: float) -> list[Msg]:
    try:
        return await subscription.fetch(most, timeout=timeout_s)
    except TimeoutError:
        if timeout_s == _LONG_S:
            await subscription.consumer_info()  # a consumer lost with its server would stay silent for ever
        return []


def _read(message: Msg) -> tuple[Event | None, int]:
    seq = message.metadata.sequence.stream
    try:
        return decode(message.subject, message.data), seq
    except UnknownEvent as unknown:
        log.warning("a fact that can't be read is left out", extra={"fault": unknown.message[:500]})
        return None, seq


@asynccontextmanager
async def _consumer(
    bus: Bus, stream: str, subject: str, after: int
) -> AsyncIterator[JetStreamContext.PullSubscription]:
    """An ephemeral pull consumer, gone when left."""
    subscription = await bus.jetstream.pull_subscribe(
        subject,
        stream=stream,
        config=ConsumerConfig(
            deliver_policy=DeliverPolicy.BY_START_SEQUENCE,
            opt_start_seq=after + 1,
            ack_policy=AckPolicy.NONE,
            inactive_threshold=60.0,
            mem_storage=True,
        ),
    )
    try:
        yield subscription
    finally:
        await bus.forget(subscription, stream)
