"""Makes the streams and consumers of ``contracts.streams`` real: adds what is missing, updates what differs."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from contextlib import suppress

import nats.errors
import nats.js.errors
from nats.js import JetStreamContext
from nats.js.api import (
    AckPolicy,
    ConsumerConfig,
    ConsumerInfo,
    DeliverPolicy,
    DiscardPolicy,
    RetentionPolicy,
    StorageType,
    StreamConfig,
    StreamSource,
)

from contracts.access import LAYS_OUT
from contracts.faults import Unavailable
from contracts.streams import CONSUMERS, DURABLES, EVENTS, READERS, STREAMS, Consumer, Reader, Stream
from kit.bus import Bus
from kit.inboxes import consumers
from kit.settings import Settings

log = logging.getLogger(__name__)

_LOOK_S = 0.1
# A station ends a loop of crashes itself and says so; the server would only make the message invisible.
MAX_DELIVER = -1
# Fields of a stream that may be changed while it is in use.
_COMPARED = frozenset({"max_bytes", "max_msgs_per_subject", "num_replicas", "allow_atomic"})
_COMPARED_OF_CONSUMERS = ("filter_subjects", "ack_wait", "max_deliver", "max_ack_pending")


async def lay_out(jetstream: JetStreamContext, settings: Settings) -> None:
    """Adds or updates every stream and durable consumer; several processes may do so at once."""
    for stream in STREAMS:
        await _stream(jetstream, stream.name, _stream_config(stream, settings))
    present = await consumers(jetstream)
    for consumer in CONSUMERS.values():
        await _consumer(jetstream, consumer, present, settings.ack_wait_s)
    for durable in DURABLES:
        if durable.name in present:  # of the versions that had one consumer for all lanes
            with suppress(nats.js.errors.NotFoundError):
                await jetstream.delete_consumer(EVENTS.name, durable.name)
    for reader in READERS:
        await jetstream.add_consumer(reader.stream.name, _reader_config(reader, settings.ack_wait_s))


async def laid_out(bus: Bus, settings: Settings, service: str, *, patience_s: float = 60.0) -> None:
    """Returns when all streams and this service's inboxes are there: made here, or by the one that makes them.

    Raises:
        Unavailable: they are not after ``patience_s``.
    """
    if service == LAYS_OUT:
        await lay_out(bus.jetstream, settings)
        return
    end = time.monotonic() + patience_s
    while missing := await _missing(bus.jetstream, service):
        if time.monotonic() > end:
            message = f"there is no {missing} on NATS yet; is the service {LAYS_OUT} running? It makes them"
            raise Unavailable(message, code="not_laid_out")
        await asyncio.sleep(_LOOK_S)


async def _missing(jetstream: JetStreamContext, service: str) -> str:
    """The first part that is not there, or not told of, in words; empty if all are there."""
    try:
        for name in (stream.name for stream in STREAMS):
            looked_for = f"stream {name}"
            await jetstream.stream_info(name)
        own = (durable for durable in DURABLES if durable.service == service)
        for name in (consumer.name for durable in own for consumer in durable.consumers):
            looked_for = f"inbox {name}"
            await jetstream.consumer_info(EVENTS.name, name)
        for reader in (reader for reader in READERS if reader.service == service):
            looked_for = f"inbox {reader.name}"
            await jetstream.consumer_info(reader.stream.name, reader.name)
    except nats.js.errors.NotFoundError:
        return looked_for
    except (nats.errors.Error, nats.js.errors.Error, TimeoutError, OSError) as silent:
        log.warning("NATS tells nothing of its streams", extra={"part": looked_for, "reason": repr(silent)})
        return looked_for
    return ""


async def _stream(jetstream: JetStreamContext, name: str, wanted: StreamConfig) -> None:
    """Adding one that is there would count its reserved storage twice, so it is looked for first."""
    try:
        present = (await jetstream.stream_info(name)).config
    except nats.js.errors.NotFoundError:
        await jetstream.add_stream(wanted)
        return
    if any(getattr(present, field) != value for field, value in wanted.as_dict().items() if field in _COMPARED):
        await jetstream.update_stream(wanted)


def _stream_config(stream: Stream, settings: Settings) -> StreamConfig:
    mirror = StreamSource(name=stream.mirror_of) if stream.mirror_of else None
    return StreamConfig(
        name=stream.name,
        subjects=None if mirror else list(stream.subjects),
        storage=StorageType.FILE if stream.storage == "file" else StorageType.MEMORY,
        retention=RetentionPolicy.WORK_QUEUE if stream.work_queue else RetentionPolicy.LIMITS,
        discard=DiscardPolicy.NEW if stream.when_full == "refuse_new" else DiscardPolicy.OLD,
        max_bytes=settings.events_max_bytes if stream is EVENTS else stream.max_bytes,
        max_age=stream.max_age_s,
        max_msgs_per_subject=stream.max_per_subject,
        allow_direct=True,
        allow_atomic=stream is EVENTS or None,  # facts that only hold together are announced together
        mirror=mirror,
        mirror_direct=True if mirror else None,
        duplicate_window=0 if mirror else min(120.0, stream.max_age_s or 120.0),
        num_replicas=settings.stream_replicas,
    )


async def _consumer(
    jetstream: JetStreamContext, consumer: Consumer, present: Mapping[str, ConsumerInfo], ack_wait_s: float
) -> None:
    """A lane's consumer goes on with what it has. A new one begins with the log, or behind what was settled by the one
    that all lanes once had.
    """
    wanted = _consumer_config(consumer, ack_wait_s)
    if (there := present.get(consumer.name)) is not None:
        begins = {"deliver_policy": there.config.deliver_policy, "opt_start_seq": there.config.opt_start_seq}
        if any(getattr(there.config, field) != getattr(wanted, field) for field in _COMPARED_OF_CONSUMERS):
            await jetstream.add_consumer(EVENTS.name, wanted.evolve(**begins))
        return
    if (before := present.get(consumer.inbox)) is not None and before.ack_floor is not None:
        begins = {"deliver_policy": DeliverPolicy.BY_START_SEQUENCE, "opt_start_seq": before.ack_floor.stream_seq + 1}
        wanted = wanted.evolve(**begins)
    try:
        await jetstream.add_consumer(EVENTS.name, wanted)
    except nats.js.errors.APIError:  # another process was faster, and had it begin elsewhere
        await jetstream.consumer_info(EVENTS.name, consumer.name)


def _consumer_config(consumer: Consumer, ack_wait_s: float) -> ConsumerConfig:
    return ConsumerConfig(
        durable_name=consumer.name,
        filter_subjects=list(consumer.filters),
        deliver_policy=DeliverPolicy.ALL,
        ack_policy=AckPolicy.EXPLICIT,
        ack_wait=ack_wait_s,  # no backoff beside it: it would silently override ack_wait
        max_deliver=MAX_DELIVER,
        max_ack_pending=1000,
    )


def _reader_config(reader: Reader, ack_wait_s: float) -> ConsumerConfig:
    return ConsumerConfig(
        durable_name=reader.name,
        deliver_policy=DeliverPolicy.ALL,
        ack_policy=AckPolicy.EXPLICIT,
        ack_wait=ack_wait_s,
        max_deliver=MAX_DELIVER,
        max_ack_pending=1000,
    )
