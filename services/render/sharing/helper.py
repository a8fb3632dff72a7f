"""A render worker with time to spare: takes part in somebody else's video, run by run."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import uuid4

from contracts import subjects
from contracts.faults import Fault, TechnicalFault, Unavailable
from contracts.media import BlobRef
from contracts.progress import StepName
from contracts.streams import RENDER_HELPERS
from contracts.values import Value
from kit.asking import ask, say
from kit.halfway import once_at
from kit.log import bound
from kit.offers import Taker
from kit.steps import blob_refs
from kit.tasks import ended
from kit.together import together
from kit.work import Line
from services.render.ffmpeg import Tool
from services.render.pictures import Ears, Scene, about, encode_run
from services.render.plan.chunks import Gop, Lanes, Run, sources_of, span_of
from services.render.scene import scene_of
from services.render.sharing.host import make_of
from services.render.sharing.messages import WARNINGS_MOST, Far, Handed, Hello, Left, Next, Offer, Told, Wanted
from services.render.sharing.slots import Slots
from services.render.shelf import Shelf

_TELLS_EVERY_S = 0.5
_UNHEARD_S = 10.0  # without an answer of the holder; that it has ended the server says at once

_log = logging.getLogger(__name__)


class NotWanted(TechnicalFault):
    """The holder wants nothing more of a run."""

    code = "not_wanted"


class OtherMake(TechnicalFault):
    """What is made here would not fit what is made elsewhere."""

    code = "other_make"


@dataclass(frozen=True, slots=True)
class Means:
    """What a worker encodes with."""

    lanes: Lanes
    nice: int
    stalled_s: float
    shelf: Shelf


@asynccontextmanager
async def helping(line: Line, slots: Slots, count: int, means: Means) -> AsyncIterator[None]:
    """While inside, up to ``count`` videos of others are helped with, whenever there is a slot to spare."""
    helpers = [asyncio.create_task(_Helper(line, slots, means).run(), name="helper") for _ in range(count)]
    try:
        yield
    finally:
        for task in helpers:
            await ended(task)


class _Helper:
    def __init__(self, line: Line, slots: Slots, means: Means) -> None:
        self._line = line
        self._slots = slots
        self._means = means
        self._strange = ""  # the last holder of another make

    async def run(self) -> None:
        taker = Taker(self._line.bus, RENDER_HELPERS)
        try:
            while True:
                await self._slots.until_spare()
                taken = await taker.take()
                if taken is not None and self._slots.spare > 0:  # else it is offered again
                    await self._tried(taken)
        finally:
            await taker.end()

    async def _tried(self, taken: bytes) -> None:
        try:
            made = Offer.model_validate_json(taken)
        except ValueError as unreadable:
            _log.warning("an offer that can't be read", extra={"reason": str(unreadable)[:500]})
            return
        if made.holder != self._strange:
            await self._visited(made)

    async def _visited(self, made: Offer) -> None:
        with bound(job=str(made.job), video=str(made.video), step=StepName.RENDER.value):
            work = asyncio.create_task(_Visit(self._line, self._means, made).run(), name="help")
            with self._slots.helping(work), self._line.cancels.watching(made.job, work):
                try:
                    await asyncio.wait({work})
                finally:
                    await ended(work)
            if not work.cancelled() and work.exception() is None and work.result() is False:
                self._strange = made.holder


@dataclass(frozen=True, slots=True)
class _Lane:
    """Where runs are encoded, one after another; ``held``: the media that were fetched for them."""

    scene: Scene
    tool: Tool
    threads: int
    held: AsyncExitStack


@dataclass(slots=True)
class _Mine:
    """A run that was handed to this worker, and how far it is; ``end``: the first GOP that is not wanted any more."""

    handed: Handed
    end: int
    frames: int = 0
    finished: list[int] = field(default_factory=list)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    heard_at: float = field(default_factory=time.monotonic)

    @property
    def run(self) -> Run:
        return Run(self.handed.first, self.handed.count)

    @property
    def is_cut_short(self) -> bool:
        """All that is still wanted of it is finished."""
        following = max(self.finished, default=self.handed.first - 1) + 1
        return self.end <= following < self.handed.first + self.handed.count


class _Visit:
    """One worker's part in one video."""

    def __init__(self, line: Line, means: Means, offer: Offer) -> None:
        self._line = line
        self._means = means
        self._offer = offer
        self._subject = subjects.helping(StepName.RENDER.value, offer.holder)
        self._name = uuid4().hex
        self._paths: dict[str, str] = {}
        self._refs: dict[str, BlobRef] = {}
        self._fetching = asyncio.Lock()
        self._half = once_at(0.5, lambda: line.crash.reach(StepName.RENDER.value, "mid-help"))

    async def run(self) -> bool:
        """False: what is made here would not fit."""
        try:
            if not await self._line.cancels.is_cancelled(self._offer.job):
                await self._help(await self._scene())
        except OtherMake as other:
            _log.warning("can't help", extra={"fault": other.code, "reason": other.message})
            return False
        except Fault as fault:
            _log.info("help has ended", extra={"fault": fault.code, "reason": fault.message})
        return True

    async def _scene(self) -> Scene:
        told = Told.model_validate_json(await self._ask(Hello()))
        self._refs = {ref.sha256: ref for ref in blob_refs(told.timeline)}
        scene = await asyncio.to_thread(scene_of, told.timeline, told.output, self._paths)
        if make_of(scene.gops) != told.make:
            raise OtherMake("this worker has another version, ffmpeg or typefaces than the holder of the video")
        return scene

    async def _help(self, scene: Scene) -> None:
        async with self._line.scratch.held("help") as folder, AsyncExitStack() as held:
            lanes = self._means.lanes.for_work(len(scene.gops))
            await together(
                *(
                    self._runs(_Lane(scene, self._tool(folder / f"lane-{number}"), lanes.each, held), number)
                    for number in range(lanes.most)
                )
            )

    def _tool(self, folder: Path) -> Tool:
        return Tool(folder, self._means.nice, stalled_s=self._means.stalled_s)

    async def _runs(self, lane: _Lane, number: int) -> None:
        """One run after another, until there is none."""
        await asyncio.to_thread(lane.tool.folder.mkdir)
        while True:
            handed = Handed.model_validate_json(await self._ask(Next(worker=f"{self._name}-{number}")))
            if not handed.count:
                return
            await self._made(lane, _Mine(handed, handed.first + handed.count))

    async def _made(self, lane: _Lane, mine: _Mine) -> None:
        """A run, encoded and put away. However it ends, its holder is told; if this is killed, its silence tells."""
        warnings, failed = "", True
        try:
            warnings, _ = await together(self._encoded(lane, mine), self._keep_telling(mine))
            failed = False
        except NotWanted as enough:
            failed = False
            _log.info("a run is cut short", extra={"reason": enough.message})
        except (asyncio.CancelledError, Unavailable):
            failed = False
            raise
        finally:
            left = Left(
                share=mine.handed.share,
                finished=tuple(mine.finished),
                failed=failed,
                warnings=warnings[-WARNINGS_MOST:],
            )
            await say(self._line.bus, self._subject, left.model_dump_json().encode())

    async def _encoded(self, lane: _Lane, mine: _Mine) -> str:
        frames = span_of(lane.scene.timeline, mine.run).frames

        def reached(share: float) -> None:
            mine.frames = int(share * frames)
            self._half(share)

        async def take(gop: Gop, path: Path) -> None:
            await self._means.shelf.put(gop.key, path, about(gop))
            self._line.crash.reach(StepName.RENDER.value, "after-help")
            mine.finished.append(gop.number)

        try:
            await self._fetch(lane, mine.run)
            ears = Ears(reached=reached, take=take, end=lambda: mine.end)
            return await encode_run(replace(lane.scene, sources=self._paths), lane.tool, mine.run, lane.threads, ears)
        finally:
            mine.over.set()

    async def _fetch(self, lane: _Lane, run: Run) -> None:
        """The media a run reads, kept for those after it."""
        scene = lane.scene
        needed = await asyncio.to_thread(sources_of, scene.timeline, scene.output, run, scene.face)
        async with self._fetching:
            for sha256 in sorted(needed - self._paths.keys()):
                path = await lane.held.enter_async_context(self._line.blobs.local(self._refs[sha256]))
                self._paths[sha256] = str(path.absolute())

    async def _keep_telling(self, mine: _Mine) -> None:
        """Says how far a run is, until it is over.

        Raises:
            NotWanted: nothing more of it is wanted.
            Fault: its holder has gone.
        """
        while not mine.over.is_set():
            await self._tell(mine)
            with suppress(TimeoutError):
                await asyncio.wait_for(mine.over.wait(), _TELLS_EVERY_S)

    async def _tell(self, mine: _Mine) -> None:
        word = Far(share=mine.handed.share, frames=mine.frames, finished=tuple(mine.finished))
        try:
            answer = Wanted.model_validate_json(await self._ask(word))
        except Unavailable:
            if time.monotonic() - mine.heard_at > _UNHEARD_S:
                raise
            return
        mine.heard_at = time.monotonic()
        mine.end = min(mine.end, answer.end)
        if mine.is_cut_short:
            raise NotWanted("its holder has other plans with the rest of it")

    async def _ask(self, question: Value) -> bytes:
        return await ask(self._line.bus, self._subject, question.model_dump_json().encode())
