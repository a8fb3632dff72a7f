"""The connection to NATS: one broker a service, and what every service does with it.

An event is announced with the rule that its rivals (the other outcomes of the same step) must have a known last
sequence, 0 unless said otherwise: the log itself lets exactly one outcome in.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

import nats.errors
import nats.js.errors
import orjson
from faststream.nats import NatsBroker
from faststream.security import BaseSecurity
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy, RawStreamMsg, StreamInfo
from tenacity import (
    AsyncRetrying,
    retry_if_exception_type,
    stop_after_attempt,
    stop_after_delay,
    wait_random_exponential,
)

from contracts import streams, subjects
from contracts.events import BY_NAME, Event, VideoEvent
from contracts.faults import LogicalFault, Unavailable
from contracts.progress import ProgressV1
from kit.trace import traceparent
from kit.wire import SealedBroker, tls_context, told

log = logging.getLogger(__name__)

VideoFact = TypeVar("VideoFact", bound=VideoEvent)

# JetStream's own error codes (errors.json of the server): a wrong last sequence, with and without the figure.
_WRONG_LAST_SEQUENCE = frozenset({10071, 10164})
BUS_AWAY = "bus_unavailable"
STORAGE_FULL = "storage_full"
_AT_ONCE = 256  # messages
_FULL = frozenset({10077, 10047, 10122})
_AWAY = (
    nats.errors.TimeoutError,
    nats.errors.NoRespondersError,
    nats.errors.ConnectionClosedError,
    nats.errors.ConnectionReconnectingError,
    nats.errors.OutboundBufferLimitError,
    nats.js.errors.NoStreamResponseError,
    nats.js.errors.ServiceUnavailableError,
    TimeoutError,
    OSError,
)


class Away(Unavailable):
    """The server does not answer now."""

    code = BUS_AWAY


class UnknownEvent(LogicalFault):
    """A message that is none of the known facts."""

    code = "event_unknown"


@dataclass(frozen=True, slots=True)
class Announced:
    """What became of an announcement. ``won`` is false when the log already held another outcome: ``event``, None if
    this version can't read it.
    """

    won: bool
    seq: int
    event: Event | None


@dataclass(frozen=True, slots=True)
class Guarded:
    """A fact that is announced together with others. Its guard's last sequence (its rivals', if none is named) must
    be ``after``; with an empty guard it depends on the others alone.
    """

    event: Event
    after: int = 0
    guard: str | None = None


@dataclass(frozen=True, slots=True)
class _Message:
    subject: str
    data: bytes
    headers: dict[str, str]


async def _sequence(publishing: Awaitable[int]) -> int | None:
    """The sequence a publish was given, or None if the log refused because something else was there.

    Raises:
        Away: it does not answer.
        Unavailable: it can't take anything.
    """
    try:
        return await publishing
    except nats.js.errors.APIError as refused:
        if refused.err_code in _WRONG_LAST_SEQUENCE:
            return None
        if refused.err_code in _FULL:  # some of these come with the status of a server that is away
            raise Unavailable("the event log is full", code=STORAGE_FULL) from refused
        if isinstance(refused, _AWAY):
            raise Away("the event log does not answer") from refused
        raise Unavailable(f"the event log refused: {refused.description}") from refused
    except _AWAY as away:
        raise Away("the event log does not answer") from away


@dataclass(frozen=True, slots=True)
class Heard:
    """A fact as it was read from the log."""

    event: Event
    seq: int


@dataclass(frozen=True, slots=True)
class LogState:
    """How far the log goes, and when it was made: one made anew begins again at 1."""

    last_seq: int
    created: datetime | None


def decode(subject: str, data: bytes) -> Event:
    """The fact in a message; its type and version stand in the subject.

    Raises:
        UnknownEvent: no such type, or the body does not fit it.
    """
    tokens = subject.split(".")
    name = ".".join(tokens[2:5])
    kind = BY_NAME.get(name)
    if kind is None:
        raise UnknownEvent(f"no event is called {name}")
    try:
        # A brief is strict with its user, but an event may come from a newer version of the gateway.
        return kind.model_validate_json(data, extra="ignore")
    except ValueError as wrong:
        raise UnknownEvent(f"a body that is no {name}: {wrong}") from wrong


class Bus:
    """Facts, progress and kept step results over one NATS connection."""

    def __init__(self, broker: NatsBroker, source: str, patience_s: float = 15.0) -> None:
        self.broker = broker
        self._source = source
        self._patience_s = patience_s

    @property
    def client(self) -> Client:
        client = self.broker._connection  # noqa: SLF001  (FastStream has no public name for it)
        if client is None:
            raise Unavailable("not connected to NATS")
        return client

    @property
    def jetstream(self) -> JetStreamContext:
        return self.client.jetstream(timeout=5)

    async def announce(self, event: Event, *, after: int = 0, guard: str | None = None) -> Announced:
        """Publishes a fact if its rivals' last sequence is ``after``; else tells who was first.

        ``guard``: the subject (wildcards allowed) whose last sequence counts, instead of the rivals'.

        Raises:
            Unavailable: the server is away or its log is full; nothing is known of the outcome.
        """
        guard = guard or subjects.rivals(event)
        message = self._message(event, guard, after)
        seq = await self._put(streams.EVENTS, message)
        if seq is not None:
            return Announced(won=True, seq=seq, event=event)
        return await self._who_was_first(guard, message.headers["ce-id"])

    async def announce_together(self, events: Sequence[Guarded]) -> int | None:
        """Publishes facts that only hold together: all of them, or none if the guard of one does not hold (None).

        Returns the sequence of the last one. Guards of one batch must not overlap.

        Raises:
            Unavailable: the server is away or its log is full; nothing is known of the outcome.
        """
        batch = [
            self._message(each.event, subjects.rivals(each.event) if each.guard is None else each.guard, each.after)
            for each in events
        ]
        async for attempt in self._trying():
            with attempt:
                seq = await _sequence(self._commit(batch))
        if seq is None:  # an own commit whose answer got lost counts
            last = await self.last_raw(subjects.fact(events[-1].event))
            own = last is not None and (last.headers or {}).get("ce-id") == batch[-1].headers["ce-id"]
            return last.seq if own and last is not None else None
        return seq

    async def put(self, stream: streams.Stream, subject: str, data: bytes, *, after: int) -> int | None:
        """Publishes a message if the last one on its subject is ``after``; its sequence, or None if it is not.

        Raises:
            Unavailable: the server is away or the stream is full; nothing is known of the outcome.
        """
        own = str(uuid4())
        headers = {"Nats-Msg-Id": own, "Nats-Expected-Last-Subject-Sequence": str(after)}
        seq = await self._put(stream, _Message(subject, data, headers))
        if seq is None:
            last = await self.last_raw(subject, stream.name)
            if last is not None and (last.headers or {}).get("Nats-Msg-Id") == own:
                return last.seq
        return seq

    def _message(self, event: Event, guard: str, after: int) -> _Message:
        fact_id = str(uuid4())
        headers = {
            "Nats-Msg-Id": fact_id,
            "ce-id": fact_id,
            "ce-specversion": "1.0",
            "ce-type": f"{event.TYPE}.v{event.VERSION}",
            "ce-source": self._source,
            "ce-time": event.at.isoformat(),
            "traceparent": traceparent(),
        }
        if guard:
            headers["Nats-Expected-Last-Subject-Sequence"] = str(after)
            headers["Nats-Expected-Last-Subject-Sequence-Subject"] = guard
        return _Message(subjects.fact(event), event.model_dump_json().encode(), headers)

    async def _put(self, stream: streams.Stream, message: _Message) -> int | None:
        async for attempt in self._trying():
            with attempt:
                return await _sequence(self._publish(stream, message))
        raise AssertionError("unreachable")  # pragma: no cover

    async def _publish(self, stream: streams.Stream, message: _Message) -> int:
        ack = await self.jetstream.publish(
            message.subject,
            message.data,
            stream=stream.name,
            headers=dict(message.headers),
            timeout=self._timeout_s,
        )
        return ack.seq

    async def _commit(self, batch: Sequence[_Message]) -> int:
        """One try at an atomic batch: kept aside by the server until its last message commits it."""
        ident = str(uuid4())
        answer: dict[str, Any] = {}
        for place, message in enumerate(batch, start=1):
            own = {"Nats-Batch-Id": ident, "Nats-Batch-Sequence": str(place)}
            own |= {"Nats-Batch-Commit": "1"} if place == len(batch) else {}
            headers = {name: value for name, value in message.headers.items() if name != "Nats-Msg-Id"} | own
            said = await self.client.request(message.subject, message.data, timeout=self._timeout_s, headers=headers)
            answer = orjson.loads(said.data or b"{}")
            if "error" in answer:
                nats.js.errors.APIError.from_error(answer["error"])
        return int(answer["seq"])

    @property
    def _timeout_s(self) -> float:
        return min(5.0, self._patience_s)

    def _trying(self) -> AsyncRetrying:
        return AsyncRetrying(
            retry=retry_if_exception_type(Away),
            stop=stop_after_attempt(5) | stop_after_delay(self._patience_s),
            wait=wait_random_exponential(multiplier=0.1, max=2),
            reraise=True,
        )

    async def _who_was_first(self, guard: str, fact_id: str) -> Announced:
        """An own publish whose answer got lost counts as won."""
        message = await self.last_raw(guard)
        if message is None:
            raise Unavailable("the event log refused an announcement that has no rival")
        won = (message.headers or {}).get("ce-id") == fact_id
        return Announced(won=won, seq=message.seq or 0, event=_read(message.subject, message.data, message.seq))

    async def last_raw(self, subject: str, stream: str = streams.EVENTS.name) -> RawStreamMsg | None:
        """The last message on a subject (wildcards allowed), or None."""
        try:
            return await self.jetstream.get_last_msg(stream, subject, direct=True)
        except nats.js.errors.NotFoundError:
            return None
        except _AWAY as away:
            raise Away("the event log does not answer") from away

    async def at(self, seq: int) -> Heard | None:
        """The fact at a place of the log, or None if it is no longer there.

        Raises:
            UnknownEvent: it can't be read.
        """
        message = await self.raw_at(seq)
        return None if message is None else Heard(decode(message.subject or "", message.data or b""), seq)

    async def raw_at(self, seq: int, subject: str | None = None) -> RawStreamMsg | None:
        """The message at a place of the log, or None; with a subject, the first one on it from that place on."""
        if seq < 1:
            return None
        try:
            return await self.jetstream.get_msg(
                streams.EVENTS.name, seq=seq, subject=subject, next=subject is not None, direct=True
            )
        except nats.js.errors.NotFoundError:
            return None
        except (*_AWAY, nats.js.errors.Error) as away:
            raise Away("the event log does not answer") from away

    async def last(self, event: type[Event], entity: UUID) -> Heard | None:
        """The last fact of one type about a job or an asset, or None."""
        message = await self.last_raw(subjects.last_of(event, entity))
        if message is None:
            return None
        return Heard(decode(message.subject or "", message.data or b""), message.seq or 0)

    async def last_of_video(self, event: type[VideoFact], video: UUID) -> VideoFact | None:
        """The last fact about a video, of one type or (``VideoEvent``) of any, or None."""
        message = await self.last_raw(subjects.last_of_video(event, video))
        if message is None:
            return None
        found = decode(message.subject or "", message.data or b"")
        return found if isinstance(found, event) else None

    async def history(self, subject: str, since: int = 0) -> AsyncIterator[Heard]:
        """All facts on a subject from sequence ``since`` on that are in the log now, in order. Those that can't be
        read are left out.

        Raises:
            Unavailable: the server is away.
        """
        try:
            async for heard in self._history(subject, since):
                yield heard
        except (*_AWAY, nats.js.errors.Error) as away:
            raise Away("the event log does not answer") from away

    async def _history(self, subject: str, since: int) -> AsyncIterator[Heard]:
        consumer = await self.jetstream.pull_subscribe(
            subject,
            stream=streams.EVENTS.name,
            config=ConsumerConfig(
                deliver_policy=DeliverPolicy.BY_START_SEQUENCE if since > 0 else DeliverPolicy.ALL,
                opt_start_seq=since if since > 0 else None,
                ack_policy=AckPolicy.NONE,
                inactive_threshold=30.0,
                mem_storage=True,
            ),
        )
        try:
            async for message in _there_now(consumer, timeout_s=5):
                seq = message.metadata.sequence.stream
                if (event := _read(message.subject, message.data, seq)) is not None:
                    yield Heard(event, seq)
        finally:
            await self.forget(consumer)

    async def between(self, stream: streams.Stream, subject: str, since: int, most: int) -> list[Msg]:
        """At most so many of the messages on a subject that are in a stream now, from sequence ``since`` on, in order.

        Raises:
            Unavailable: the server is away.
        """
        try:
            return await self._between(stream.name, subject, since, most)
        except (*_AWAY, nats.js.errors.Error) as away:
            raise Away("a stream does not answer") from away

    async def _between(self, stream: str, subject: str, since: int, most: int) -> list[Msg]:
        consumer = await self.jetstream.pull_subscribe(
            subject,
            stream=stream,
            config=ConsumerConfig(
                deliver_policy=DeliverPolicy.BY_START_SEQUENCE,
                opt_start_seq=max(1, since),
                ack_policy=AckPolicy.NONE,
                inactive_threshold=30.0,
                mem_storage=True,
            ),
        )
        try:
            return [message async for message in _there_now(consumer, most, timeout_s=2)]
        finally:
            await self.forget(consumer, stream)

    async def ends(self, stream: streams.Stream) -> tuple[int, int]:
        """The sequences of the first and the last message of a stream."""
        try:
            state = (await self.jetstream.stream_info(stream.name)).state
        except (*_AWAY, nats.js.errors.Error) as away:
            raise Away("a stream does not answer") from away
        return state.first_seq, state.last_seq

    async def forget(self, consumer: JetStreamContext.PullSubscription, stream: str = streams.EVENTS.name) -> None:
        """Ends an ephemeral consumer here and on the server, which would else keep it for its threshold."""
        with suppress(Unavailable, nats.errors.Error, nats.js.errors.Error, TimeoutError, OSError):
            await consumer.unsubscribe()
            await self.jetstream.delete_consumer(stream, consumer._consumer)  # noqa: SLF001

    async def purge_job(self, job: UUID, before: int) -> None:
        """Removes the facts about a job whose sequence is below ``before``; later ones stay. May be repeated.

        Raises:
            Unavailable: the server is away; some of it may have been done.
        """
        if before < 1:
            raise ValueError("a purge has an end")  # without one the server would remove all there is on the subject
        try:
            await self.jetstream.purge_stream(streams.EVENTS.name, seq=before, subject=subjects.facts_of(job))
        except (*_AWAY, nats.js.errors.Error) as away:
            raise Unavailable("the event log does not answer", code=BUS_AWAY) from away

    async def tell(self, progress: ProgressV1) -> None:
        """Publishes progress; it is worth nothing a second later, so nothing waits for it."""
        subject = subjects.progress(progress.job, progress.video)
        await self.client.publish(subject, progress.model_dump_json().encode())

    async def keep_result(self, step: str, key: str, result: bytes) -> None:
        await self.jetstream.publish(subjects.step_result(step, key), result, stream=streams.STEP_RESULTS.name)

    async def kept_result(self, step: str, key: str) -> bytes | None:
        message = await self.last_raw(subjects.step_result(step, key), streams.STEP_RESULTS.name)
        return None if message is None else message.data

    async def ping(self) -> dict[str, Any]:
        """Proves that JetStream answers.

        Raises:
            Unavailable: it does not.
        """
        info = await self._info()
        return {"messages": info.state.messages, "last_seq": info.state.last_seq}

    async def log_state(self) -> LogState:
        """How far the event log goes now. Raises as ``ping`` does."""
        info = await self._info()
        return LogState(info.state.last_seq, info.created)

    async def _info(self) -> StreamInfo:
        try:
            return await self.client.jetstream(timeout=2).stream_info(streams.EVENTS.name)
        except (*_AWAY, nats.js.errors.Error) as away:
            raise Away("the event log does not answer") from away


async def _there_now(
    consumer: JetStreamContext.PullSubscription, most: int | None = None, *, timeout_s: float
) -> AsyncIterator[Msg]:
    """The messages that are there for it now, ``most`` at most. What is removed meanwhile is not waited for."""
    left = await _waiting(consumer)
    left = left if most is None else min(left, most)
    while left > 0:
        try:
            messages = await consumer.fetch(min(left, _AT_ONCE), timeout=timeout_s)
        except TimeoutError:
            if await _waiting(consumer):
                raise
            return
        for message in messages:
            yield message
        left -= len(messages)
        left = left and min(left, await _waiting(consumer))


async def _waiting(consumer: JetStreamContext.PullSubscription) -> int:
    return (await consumer.consumer_info()).num_pending or 0


def _read(subject: str | None, data: bytes | None, seq: int | None) -> Event | None:
    try:
        return decode(subject or "", data or b"")
    except UnknownEvent as unknown:
        log.warning("a fact that can't be read", extra={"seq": seq, "fault": unknown.message[:500]})
        return None


def connect(urls: str, name: str, ca: Path | None = None) -> NatsBroker:
    """A broker that never gives up on its servers; not connected yet. ``ca``: certificates to trust, for ``tls://``.

    Raises:
        Unavailable: the certificates can't be read.
    """
    return SealedBroker(
        [url.strip() for url in urls.split(",")],
        name=f"edit-factory {name}",
        security=BaseSecurity(ssl_context=tls_context(ca), use_ssl=True) if ca or "tls://" in urls else None,
        error_cb=told,
        allow_reconnect=True,
        connect_timeout=3,
        reconnect_time_wait=1,
        max_reconnect_attempts=-1,
        ping_interval=10,
        max_outstanding_pings=2,
        graceful_timeout=1.0,
        logger=None,
    )


def now() -> datetime:
    return datetime.now(UTC)
