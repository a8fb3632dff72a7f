"""The holder of a shared video: offers places, hands out runs, takes in what comes back, and works on runs itself."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID, uuid4

from contracts import subjects
from contracts.faults import Unavailable
from contracts.outputs import Output
from contracts.progress import StepName
from contracts.timeline import Timeline
from contracts.values import fingerprint
from kit.asking import answering
from kit.bus import Bus
from kit.offers import offer
from kit.tasks import ended
from services.render.plan.chunks import Gop
from services.render.plan.shares import OWN, Share, Shares
from services.render.sharing.messages import QUESTIONS, WARNINGS_MOST, Far, Handed, Hello, Next, Offer, Told, Wanted

_PLACES_MOST = 16  # helpers that one video has
_GOPS_FOR_A_PLACE = 4  # that nobody has in hand; below, a helper's start is hardly worth it
_OFFERS_EVERY_S = 5.0
_LOOKS_EVERY_S = 0.5

_log = logging.getLogger(__name__)

Fetch = Callable[[Gop], Awaitable[bool]]


def make_of(gops: Sequence[Gop]) -> str:
    """Differs where another ffmpeg, other typefaces or another version would make other pieces."""
    return fingerprint([gop.key for gop in gops])


class Scenic(Protocol):
    """The video that is made."""

    @property
    def timeline(self) -> Timeline: ...

    @property
    def output(self) -> Output: ...

    @property
    def gops(self) -> tuple[Gop, ...]: ...


@dataclass(frozen=True, slots=True)
class Party:
    """Whom a video is made for, and from how many seconds of it on others are asked to help."""

    bus: Bus
    job: UUID
    video: UUID
    over_s: float

    def is_for(self, frames: int, fps: int) -> bool:
        return 0 < self.over_s < frames / fps

    @asynccontextmanager
    async def host(
        self, scene: Scenic, shares: Shares, fetch: Fetch, tell: Callable[[str, float], None]
    ) -> AsyncIterator[Host]:
        """While inside, others may help. ``fetch`` lays down a GOP that was put away; ``tell`` hears of progress."""
        host = Host(scene, shares, fetch, tell)
        async with AsyncExitStack() as open_:
            open_.push_async_callback(host.end)
            holder = uuid4().hex
            try:
                subject = subjects.helping(StepName.RENDER.value, holder)
                await open_.enter_async_context(answering(self.bus, subject, host.answer))
            except Unavailable as away:
                _log.warning("a long video is made without help", extra={"fault": away.code})
            else:
                offering = asyncio.create_task(self._keep_offering(holder, host), name="offers")
                open_.push_async_callback(ended, offering)
            yield host

    async def _keep_offering(self, holder: str, host: Host) -> None:
        made = Offer(job=self.job, video=self.video, holder=holder).model_dump_json().encode()
        while True:
            for place in range(host.places):
                await offer(self.bus, subjects.offer(StepName.RENDER.value, self.video, place), made)
            await asyncio.sleep(_OFFERS_EVERY_S)


class Host:
    """One video's runs, for the lanes of its holder and for those that ask."""

    def __init__(self, scene: Scenic, shares: Shares, fetch: Fetch, tell: Callable[[str, float], None]) -> None:
        self._scene = scene
        self._shares = shares
        self._fetch = fetch
        self._tell = tell
        self._changed = asyncio.Event()
        self._fetching: set[asyncio.Task[None]] = set()
        self._warnings: list[str] = []
        self._helped = 0

    @property
    def places(self) -> int:
        """For how many more helpers there is work."""
        return min(_PLACES_MOST, self._shares.waiting // _GOPS_FOR_A_PLACE) - self._shares.helpers

    @property
    def warnings(self) -> str:
        """What the helpers' encoders said."""
        return "".join(self._warnings)

    async def next(self) -> Share | None:
        """A run for one of the holder's lanes; None when all is made."""
        while not self._shares.done:
            self._drop_overdue(idle=True)
            share = self._shares.next(OWN, time.monotonic())
            if share is not None:
                return share
            self._changed.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), _LOOKS_EVERY_S)
        return None

    def end_of(self, share: Share) -> int:
        return self._shares.end_of(share.number)

    def reached(self, share: Share, frames: float) -> None:
        self._shares.heard(share.number, time.monotonic(), int(frames))
        self._drop_overdue(idle=False)
        self._say()

    def finished(self, share: Share, gop: Gop) -> None:
        """A lane of the holder's has laid it down."""
        self._shares.heard(share.number, time.monotonic(), 0, (gop.number,))
        self._shares.made(gop.number)
        self._say()

    def closed(self, share: Share) -> None:
        self._shares.closed(share.number, time.monotonic())

    def answer(self, asked: bytes) -> bytes:
        """Answers a helper.

        Raises:
            ValueError: what it asks can't be read.
        """
        question = QUESTIONS.validate_json(asked)
        if isinstance(question, Hello):
            return self._told().model_dump_json().encode()
        if isinstance(question, Next):
            return self._handed(question.worker).model_dump_json().encode()
        frames = question.frames if isinstance(question, Far) else 0
        for gop in self._shares.heard(question.share, time.monotonic(), frames, question.finished):
            self._take_in(gop)
        if not isinstance(question, Far):
            if question.warnings and len(self._warnings) < len(self._scene.gops):
                self._warnings.append(question.warnings[-WARNINGS_MOST:])
            self._shares.closed(question.share, time.monotonic(), failed=question.failed)
            self._changed.set()
        self._say()
        return Wanted(end=self._shares.end_of(question.share)).model_dump_json().encode()

    async def end(self) -> None:
        """What is still on its way is let go of."""
        for task in tuple(self._fetching):
            await ended(task)
        if self._helped:
            _log.info("others have helped", extra={"gops": len(self._scene.gops), "helped": self._helped})

    def _told(self) -> Told:
        return Told(timeline=self._scene.timeline, output=self._scene.output, make=make_of(self._scene.gops))

    def _handed(self, worker: str) -> Handed:
        share = self._shares.next(worker, time.monotonic()) if worker != OWN else None
        if share is None:
            return Handed()
        return Handed(share=share.number, first=share.run.first, count=share.run.count)

    def _take_in(self, gop: Gop) -> None:
        task = asyncio.create_task(self._taken_in(gop), name="fetch")
        self._fetching.add(task)
        task.add_done_callback(self._fetching.discard)

    async def _taken_in(self, gop: Gop) -> None:
        there = False
        try:
            there = await self._fetch(gop)
        finally:
            self._settle(gop, there=there)

    def _settle(self, gop: Gop, *, there: bool) -> None:
        if there:
            self._helped += 1
            self._shares.made(gop.number)
        else:
            _log.warning("a helper's piece can't be had", extra={"key": gop.key})
            self._shares.lost(gop.number)
        self._changed.set()

    def _drop_overdue(self, *, idle: bool) -> None:
        for number in self._shares.overdue(time.monotonic(), idle=idle):
            _log.warning("a helper has gone silent, or is slow; its run is made by others", extra={"share": number})
            self._shares.closed(number, time.monotonic())

    def _say(self) -> None:
        self._tell("pictures", self._shares.frames)
