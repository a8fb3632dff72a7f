"""One delivery of one message: worked on, announced, acknowledged, or given back.

However often a message is delivered and wherever a worker dies, one outcome per step is announced: the log refuses
a second one. A fault is technical (tried again, a bounded number of times) or logical (told at once).
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Literal, cast

import nats.errors
from faststream.nats import NatsMessage
from pydantic import BaseModel

from contracts import subjects
from contracts.events import Event
from contracts.faults import Fault, FaultReport, TechnicalFault, TimedOut, Unavailable
from contracts.letters import DeadLetter
from kit.bus import BUS_AWAY, STORAGE_FULL, Announced, now
from kit.desk import Desk
from kit.given_back import give_back, times_given_back
from kit.letters import bury, note_try
from kit.settings import Settings
from kit.steps import step_key
from kit.work import Asked, Done, Line, Step, Ticket

log = logging.getLogger(__name__)

# A message given out more often than this without an outcome kills its workers; it is failed instead.
CRASHES_FORGIVEN = 4
_LONGEST_DELAY_S = 60.0
# Outages of others: waited for with the claim kept, never counted against the job.
_WAITED_FOR = frozenset({BUS_AWAY, STORAGE_FULL})
_HOLD_S = 3.0
_UNTIL_LOGGED_S = 0.2


class Attempt:
    """One delivery of one message."""

    def __init__(
        self,
        line: Line,
        step: Step[Any, Any],
        *,
        inbox: str,
        asked: Asked,
        ticket: Ticket,
        message: NatsMessage,
    ) -> None:
        self._line = line
        self._step = step
        self._inbox = inbox
        self._event = asked.event
        self._ticket = ticket
        self._message = message
        metadata = message.raw_message.metadata
        self._seq = metadata.sequence.stream
        self._after = asked.after
        self._tries = metadata.num_delivered
        self._given_back = 0
        self._received_at = now()

    async def run(self) -> None:
        self._reach("after-claim")
        try:
            await self._discount_stops()
            while not await self._settled():
                pass
        except asyncio.CancelledError:  # this process is shutting down
            await give_back(self._line.bus, self._inbox, self._message.raw_message, self._given_back)
            raise

    async def _settled(self) -> bool:
        """One go at the work. False: a server or the disk was away, and is waited for without giving up the claim."""
        try:
            if self._tries > self._line.settings.max_tries + CRASHES_FORGIVEN:
                gone = "the workers that took this up all stopped without a word"
                lost = FaultReport(code="worker_lost", message=gone, technical=True, tries=self._tries)
                await self._bury("worker_lost", lost)
                await self._close(self._failed(lost))
            elif await self._line.cancels.is_cancelled(self._ticket.job):
                await self._close(self._cancelled())
            else:
                await self._work()
        except Fault as fault:
            return await self._ended(fault)
        except Exception:
            log.exception("a step broke")
            unexpected = TechnicalFault("an unexpected error; its details are in the log", code="internal")
            return await self._ended(unexpected)
        return True

    async def _ended(self, fault: Fault) -> bool:
        """What a fault amounts to: waited for if it is an outage, else the end of this try."""
        if fault.technical and fault.code not in _WAITED_FOR and await asyncio.to_thread(self._line.scratch.is_full):
            # Programs and libraries fail in many ways on a full disk; none of them is the job's fault.
            fault = Unavailable("there is no space left to work in", code=STORAGE_FULL)
        if fault.code in _WAITED_FOR:
            await self._hold(fault)
            return False
        await self._faulty(fault)
        return True

    async def _hold(self, fault: Fault) -> None:
        """Waits a little with the claim kept, so that no try is used up by somebody else's outage."""
        await hold(self._message, fault, self._line.settings.ack_wait_s)

    async def _work(self) -> None:
        key = step_key(self._step.name, self._step.code_version, self._step.recipe(self._event))
        kept = await self._line.cache.find(self._step.name, key, self._step.result)
        result = kept if kept is not None else await self._make(key)
        if result is None:
            await self._close(self._cancelled())
            return
        self._reach("before-announce")
        await self._close(self._step.facts(self._event, result, self._done(reused=kept is not None)))

    async def _make(self, key: str) -> BaseModel | None:
        """The result of the work, or None if the job was cancelled meanwhile."""
        async with self._line.scratch.held(self._step.name.value) as folder:
            desk = Desk(
                bus=self._line.bus,
                job=self._ticket.job,
                videos=self._ticket.videos,
                run=self._ticket.run,
                step=self._step.name,
                folder=folder,
                reach=self._reach,
            )
            desk.progress(0.0)
            log.info("begins", extra={"inbox": self._inbox, "run": self._ticket.run, "try": self._tries})
            work: asyncio.Task[Any] = asyncio.ensure_future(self._step.make(self._event, desk))
            heartbeat = asyncio.ensure_future(self._keep_claim(desk, work))
            try:
                with self._line.cancels.watching(self._ticket.job, work):
                    if await self._line.cancels.is_cancelled(self._ticket.job):
                        work.cancel()
                    result = await self._outcome(work, desk)
            finally:
                heartbeat.cancel()
                with suppress(asyncio.CancelledError):
                    await heartbeat
        if result is not None and desk.keep:
            await self._line.cache.keep(self._step.name, key, result)
        return result

    async def _outcome(self, work: asyncio.Task[Any], desk: Desk) -> BaseModel | None:
        """Waits for the work; tells apart who cancelled it: the user, the stall limit, or this process's shutdown."""
        try:
            await asyncio.wait({work})
        except asyncio.CancelledError:
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work
            raise
        if not work.cancelled():
            return cast("BaseModel", work.result())
        if desk.idle_s > self._line.settings.stall_s:
            raise TimedOut(f"nothing moved for {self._line.settings.stall_s:.0f} s")
        for _ in range(2):  # word of a cancellation may come before the log has it
            if await self._line.cancels.is_cancelled(self._ticket.job):
                return None
            await asyncio.sleep(_UNTIL_LOGGED_S)
        raise TechnicalFault("stopped, though the log knows of no cancellation", code="cancel_unconfirmed")

    async def _keep_claim(self, desk: Desk, work: asyncio.Task[Any]) -> None:
        """Tells the server that the message is being worked on, for as long as the work really moves."""
        while not work.done():
            await asyncio.sleep(self._line.settings.ack_wait_s / 3)
            if desk.idle_s > self._line.settings.stall_s:
                work.cancel()
                return
            with suppress(nats.errors.Error):
                await self._message.in_progress()
            with suppress(Fault):  # a worker that was cut off may have missed the word
                if await self._line.cancels.is_cancelled(self._ticket.job):
                    work.cancel()
                    return

    async def _close(self, facts: Sequence[Event]) -> None:
        """Announces every fact, then acknowledges. A fact that was announced before stays as it was."""
        for fact in facts:
            announced = await self._announce(fact)
            if not announced.won:
                log.info("already announced", extra={"subject": subjects.fact(fact), "seq": announced.seq})
        self._reach("after-announce")
        self._reach("before-ack")
        try:
            await self._message.ack_sync()
        except (nats.errors.Error, TimeoutError):
            # It will come again, and be found announced.
            log.warning("the acknowledgement got no answer")

    async def _announce(self, fact: Event) -> Announced:
        same_noun = fact.noun() == self._event.noun() and fact.about == self._event.about
        while True:
            try:
                return await self._line.bus.announce(fact, after=self._after if same_noun else 0)
            except Unavailable as away:
                if away.code not in _WAITED_FOR:
                    raise
                await self._hold(away)

    async def _faulty(self, fault: Fault) -> None:
        if fault.technical:
            await note_try(self._line.bus, self._inbox, self._seq, fault)
        if fault.technical and self._tries < self._line.settings.max_tries:
            delay = retry_delay_s(self._line.settings, self._tries)
            log.warning("will be tried again", extra={"fault": fault.code, "reason": fault.message, "delay_s": delay})
            await self._give_back(delay)
            return
        log.warning("failed", extra={"fault": fault.code, "reason": fault.message, "tries": self._tries})
        try:
            if fault.technical:
                await self._bury("failed", fault.report(self._tries))
            await self._close(self._failed(fault.report(self._tries)))
        except Fault as away:
            log.warning("the failure can't be announced now", extra={"fault": away.code})
            await self._give_back(self._line.settings.retry_delay_s)

    async def _bury(self, reason: Literal["failed", "worker_lost"], fault: FaultReport) -> None:
        letter = DeadLetter(
            inbox=self._inbox,
            seq=self._seq,
            subject=subjects.fact(self._event),
            reason=reason,
            fault=fault,
            at=now(),
            owner=self._event.owner,
            job=self._ticket.job,
            video=self._ticket.videos[0][0] if len(self._ticket.videos) == 1 else None,
            run=self._ticket.run,
        )
        await bury(self._line.bus, letter)

    async def _discount_stops(self) -> None:
        self._given_back = await times_given_back(self._line.bus, self._inbox, self._message.raw_message)
        self._tries = max(1, self._tries - self._given_back)

    async def _give_back(self, delay_s: float) -> None:
        with suppress(nats.errors.Error):
            await self._message.nack(delay=delay_s or None)

    def _failed(self, fault: FaultReport) -> Sequence[Event]:
        return self._step.failed(self._event, self._done(), fault)

    def _cancelled(self) -> Sequence[Event]:
        return self._step.cancelled(self._event, self._done())

    def _done(self, *, reused: bool = False) -> Done:
        return Done(received_at=self._received_at, at=now(), reused=reused)

    def _reach(self, point: str) -> None:
        self._line.crash.reach(self._inbox, point)


async def hold(message: NatsMessage, fault: Fault, ack_wait_s: float) -> None:
    """Waits a little for somebody else's outage with the claim on the message kept."""
    log.warning("waits", extra={"fault": fault.code, "reason": fault.message})
    end = time.monotonic() + _HOLD_S
    while (left := end - time.monotonic()) > 0:
        with suppress(nats.errors.Error):
            await message.in_progress()
        await asyncio.sleep(min(left, ack_wait_s / 3))


def retry_delay_s(settings: Settings, tries: int) -> float:
    """Seconds until the next try after so many; doubles each time."""
    return min(_LONGEST_DELAY_S, settings.retry_delay_s * 2.0 ** (tries - 1))
