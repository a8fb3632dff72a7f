"""What the server gave up becomes a dead letter, and what was put aside without an outcome gets one: its step fails.

Both are durable readers, so nothing is missed while no reconciler runs. Each effect can be had only once: the letters'
stream takes one letter a message, and the log one outcome a step.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable
from contextlib import suppress
from typing import Any

import nats.errors
from faststream import AckPolicy
from faststream.nats import JStream, NatsMessage, PullSub
from nats.js.api import ConsumerConfig

from contracts import subjects
from contracts.events import RetryRequestedV1
from contracts.faults import Fault, FaultReport
from contracts.letters import NO_OUTCOME, DeadLetter, Reason, about
from contracts.progress import StepName
from contracts.streams import ADVISORY_READER, CONSUMERS, LETTER_READER, Reader
from contracts.values import Value
from kit.bus import Bus, UnknownEvent, decode, now
from kit.letters import bury, said_owner
from services.reconciler.failing import failures, fault_of, unchecked
from services.reconciler.known import ASSETS, end_step, known, reject

log = logging.getLogger(__name__)

_DELAY_S, _LONGEST_DELAY_S = 0.5, 60.0
_TRIES_MAX = 20
_QUALITY = StepName.QUALITY.value


class Advisory(Value):
    """The server's word that an inbox will not be given a message any more."""

    type: str
    consumer: str
    stream_seq: int
    deliveries: int = 1
    reason: str = ""

    @property
    def inbox(self) -> str | None:
        """Whose consumer it is; None if no station's."""
        consumer = CONSUMERS.get(self.consumer)
        return None if consumer is None else consumer.inbox

    @property
    def terminated(self) -> bool:
        return self.type.endswith(".terminated")


class Mover:
    """Reads the server's advisories and the dead letters."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def register(self) -> None:
        self._subscribe(ADVISORY_READER, subjects.ADVISORIES, self._advised)
        self._subscribe(LETTER_READER, subjects.DEAD_LETTERS, self._lettered)

    def _subscribe(self, reader: Reader, subject: str, handler: Any) -> None:
        self._bus.broker.subscriber(
            subject,
            durable=reader.name,
            stream=JStream(reader.stream.name, declare=False),
            pull_sub=PullSub(batch_size=1, timeout=5),
            config=ConsumerConfig(durable_name=reader.name),
            ack_policy=AckPolicy.MANUAL,
        )(handler)

    async def _advised(self, body: Any, message: NatsMessage) -> None:
        await _settled(message, self._put_aside(message.raw_message.data))

    async def _lettered(self, body: Any, message: NatsMessage) -> None:
        await _settled(message, self._end(message.raw_message.subject, message.raw_message.data))

    async def _put_aside(self, data: bytes) -> None:
        try:
            advisory = Advisory.model_validate_json(data)
        except ValueError:
            log.warning("an advisory that can't be read", extra={"said": data[:500].decode("utf-8", "replace")})
            return
        raw = await self._bus.raw_at(advisory.stream_seq)
        if raw is None or advisory.inbox is None:
            return
        if is_meant_for(advisory.inbox, raw.subject or "", raw.data or b""):
            await bury(self._bus, letter_of(advisory, raw.subject or "", raw.data or b""))

    async def _end(self, subject: str, data: bytes) -> None:
        try:
            letter = DeadLetter.model_validate_json(data)
        except ValueError:
            log.warning("a dead letter that can't be read", extra={"said": data[:500].decode("utf-8", "replace")})
            return
        if subject != subjects.dead_letter(letter.inbox, letter.seq):  # who may write where is told by the subject
            log.error("a dead letter in another one's place", extra={"subject": subject, "letter": letter.id})
            return
        if letter.reason not in NO_OUTCOME or letter.replayed_at is not None or letter.job is None:
            return
        if letter.inbox == ASSETS:
            await reject(self._bus, letter.job, fault_of(letter))
            return
        raw = await self._bus.raw_at(letter.seq)
        job = await known(self._bus, letter.job)
        if letter.inbox == _QUALITY:
            verdict = unchecked(letter, job.story, now())
            if verdict is not None and (await self._bus.announce(verdict)).won:
                log.warning("can't be checked", extra={"job": str(verdict.job), "video": str(verdict.video)})
            return
        for fact in failures(letter, (raw.data if raw else None) or b"", job.story, job.facts, now()):
            if await end_step(self._bus, fact):
                log.warning("failed", extra={"job": str(fact.job), "step": fact.step.value, "fault": fact.fault.code})


def is_meant_for(inbox: str, subject: str, body: bytes) -> bool:
    """Whether a message is an inbox's own business: a retry is heard by all, and meant for the one it names."""
    if not subjects.is_of(subject, RetryRequestedV1):
        return True
    try:
        event = decode(subject, body)
    except UnknownEvent:
        return True
    return isinstance(event, RetryRequestedV1) and event.inbox == inbox


def letter_of(advisory: Advisory, subject: str, body: bytes) -> DeadLetter:
    """The letter about a message that the server gave up."""
    reason: Reason = "terminated" if advisory.terminated else "undelivered"
    said = advisory.reason or (
        "terminated by whoever had it" if advisory.terminated else f"delivered {advisory.deliveries} times"
    )
    whom = about(subject)
    return DeadLetter(
        inbox=advisory.inbox or advisory.consumer,
        seq=advisory.stream_seq,
        subject=subject,
        reason=reason,
        fault=FaultReport(
            code=f"message_{reason}", message=said[:500], technical=True, tries=max(1, advisory.deliveries)
        ),
        at=now(),
        owner=said_owner(body),
        job=whom.job,
        video=whom.video,
        run=whom.run,
    )


async def _settled(message: NatsMessage, work: Awaitable[None]) -> None:
    """Acknowledges when the work is done; else it is tried again, later each time and not for ever."""
    tries = message.raw_message.metadata.num_delivered
    try:
        await work
    except Fault as away:
        log.warning("will be tried again", extra={"fault": away.code, "reason": away.message})
    except Exception:
        if tries >= _TRIES_MAX:
            log.critical("given up; the job is found when it has not moved for long", exc_info=True)
            await message.ack()
            return
        log.exception("a message could not be handled; trying again")
    else:
        await message.ack()
        return
    with suppress(nats.errors.Error):
        await message.nack(delay=min(_LONGEST_DELAY_S, _DELAY_S * 2.0 ** min(tries, 10)))
