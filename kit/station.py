"""A station of the line: hears facts at its inbox, and has each worked on in as many slots as it was given."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Any, Generic

import nats.errors
from faststream.nats import NatsMessage

from contracts import subjects
from contracts.events import Event, RetryRequestedV1, ReviewableEvent
from contracts.faults import Fault, FaultReport
from contracts.letters import DeadLetter, about
from contracts.streams import Durable
from kit.attempt import Attempt, hold, retry_delay_s
from kit.bus import Away, UnknownEvent, decode, now
from kit.letters import bury, note_try
from kit.log import bound
from kit.taking import LaneSubscriber
from kit.trace import following
from kit.work import Asked, In_contra, Line, Result, Step, Ticket

log = logging.getLogger(__name__)


class Station(Generic[In_contra, Result]):
    """Runs a step for each message of a durable consumer."""

    def __init__(self, line: Line, step: Step[In_contra, Result], durable: Durable) -> None:
        self._line = line
        self._step = step
        self._durable = durable

    def register(self, slots: int) -> None:
        """Subscribes with so many slots; each takes one message at a time and fetches none ahead."""
        LaneSubscriber(self._line.bus, self._durable, slots)(self.handle)

    async def handle(self, body: Any, message: NatsMessage) -> None:
        raw = message.raw_message
        with following((raw.headers or {}).get("traceparent")) as trace, bound(trace=trace, step=self._step.name.value):
            try:
                asked = await self._asked(message)
            except UnknownEvent as unknown:
                await self._unreadable(message, unknown)
                return
            if asked is None or _waits_for_a_person(asked.event):
                await message.ack()
                return
            ticket = self._step.ticket(asked.event)  # type: ignore[arg-type]
            with bound(job=str(ticket.job), **_video_of(ticket)):
                attempt = Attempt(
                    self._line, self._step, inbox=self._durable.name, asked=asked, ticket=ticket, message=message
                )
                await attempt.run()

    async def _asked(self, message: NatsMessage) -> Asked | None:
        """The fact to work on: the message's own, or the one a retry names; None if it is not for this station.

        Raises:
            UnknownEvent: it can't be read.
        """
        raw = message.raw_message
        event = decode(raw.subject, raw.data)
        if not isinstance(event, RetryRequestedV1):
            return Asked(event, raw.metadata.sequence.stream)
        if event.inbox != self._durable.name:
            return None
        while True:
            try:
                heard = await self._line.bus.at(event.input_seq)
            except Away as away:
                await hold(message, away, self._line.settings.ack_wait_s)
                continue
            if heard is None:
                log.warning("what is to be tried again is no longer in the log", extra={"seq": event.input_seq})
                return None
            again = heard.event
            if not isinstance(again, self._durable.hears):
                raise UnknownEvent(f"a retry that names a message of another inbox: {again.TYPE}")
            if "run" in type(again).model_fields:
                again = again.model_copy(update={"run": event.run})
            return Asked(again, heard.seq if subjects.fact(again) == subjects.fact(heard.event) else 0)

    async def _unreadable(self, message: NatsMessage, unknown: UnknownEvent) -> None:
        """A worker of a newer version may read it; if none does it is put aside."""
        raw = message.raw_message
        tries, seq = raw.metadata.num_delivered, raw.metadata.sequence.stream
        log.warning("undecodable message", extra={"subject": raw.subject, "fault": unknown.message[:500]})
        await note_try(self._line.bus, self._durable.name, seq, unknown)
        try:
            if tries >= self._line.settings.max_tries:
                await bury(self._line.bus, self._letter(raw.subject, seq, tries, unknown))
                await raw.term()
                return
        except Fault as away:
            log.warning("a dead letter can't be written now", extra={"fault": away.code})
        with suppress(nats.errors.Error):
            await message.nack(delay=retry_delay_s(self._line.settings, tries))

    def _letter(self, subject: str, seq: int, tries: int, unknown: UnknownEvent) -> DeadLetter:
        whom = about(subject)
        return DeadLetter(
            inbox=self._durable.name,
            seq=seq,
            subject=subject,
            reason="unreadable",
            fault=FaultReport(code=unknown.code, message=unknown.message[:500], tries=tries),
            at=now(),
            job=whom.job,
            video=whom.video,
            run=whom.run,
        )


def _waits_for_a_person(event: Event) -> bool:
    """What is held is work for nobody: once it is approved it is announced again, as a new run."""
    return isinstance(event, ReviewableEvent) and event.held


def _video_of(ticket: Ticket) -> dict[str, str]:
    """For the log: the one video a piece of work is for; a job's whole script is for all of them."""
    return {"video": str(ticket.videos[0][0])} if len(ticket.videos) == 1 else {}
