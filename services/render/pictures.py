"""The pictures of one file: GOPs that are kept are taken, the others encoded in runs and kept as they are finished."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from contracts.faults import BadMedia, TechnicalFault
from contracts.media import BlobRef
from contracts.outputs import Output
from contracts.timeline import Timeline
from kit.fonts import Face
from kit.together import together, unless
from services.render.boxes import NotWhole, read_index
from services.render.ffmpeg import Tool, shows_damage
from services.render.plan import RenderPlan
from services.render.plan.chunks import Gop, Lanes, Run, Witness, run_plan, runs, span_of
from services.render.plan.command import gop_name
from services.render.plan.shares import Share, Shares
from services.render.sharing.host import Host, Party
from services.render.shelf import Keeper, KeptGop, Shelf

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Scene:
    """What is to be encoded, and with what. ``sources``: local path of each blob by its SHA-256."""

    timeline: Timeline
    output: Output
    sources: Mapping[str, str]
    fonts: str
    face: Face
    gops: tuple[Gop, ...]

    def plan(self, run: Run, threads: int) -> RenderPlan:
        return run_plan(
            self.timeline,
            self.output,
            run,
            sources=self.sources,
            fonts=self.fonts,
            face=self.face,
            threads=threads,
        )


async def taken(scene: Scene, folder: Path, shelf: Shelf) -> tuple[Gop, ...]:
    """Lays the GOPs that are kept down in the folder; those that have to be made."""
    found = await asyncio.gather(*(_taken(scene, gop, folder, shelf) for gop in scene.gops))
    return tuple(gop for gop, there in zip(scene.gops, found, strict=True) if not there)


async def _taken(scene: Scene, gop: Gop, folder: Path, shelf: Shelf) -> bool:
    path = folder / gop_name(gop.number)
    if await shelf.take(gop.key, KeptGop, path) is None:
        return False
    try:
        await asyncio.to_thread(_hold_against, path, gop, scene.output)
    except (NotWhole, OSError) as wrong:
        _log.warning("a kept piece is not what it was", extra={"key": gop.key, "reason": str(wrong)})
        return False
    return True


@dataclass(frozen=True, slots=True)
class Ears:
    """Who is told of a run: the share (0..1) that is ``reached``; each GOP with its file, to ``take`` or copy at once.
    ``end`` says which is the first GOP not wanted any more: there the run is cut short.
    """

    reached: Callable[[float], None]
    take: Callable[[Gop, Path], Awaitable[None]]
    end: Callable[[], int]


async def encode_run(scene: Scene, tool: Tool, run: Run, threads: int, ears: Ears) -> str:
    """Encodes a run, whose GOPs are checked one by one as they are finished; the end of the encoder's warnings.

    Raises:
        BadMedia: a source ends before it should, or can't be read.
        TechnicalFault: as ``Tool.encode``; ``render_unsound``.
    """
    folder = tool.folder / f"run-{run.first}"
    await asyncio.to_thread(folder.mkdir, exist_ok=True)
    witness = Witness(scene.timeline, run)
    planned = scene.plan(run, threads)
    finished: asyncio.Queue[int | None] = asyncio.Queue(run.count + 1)
    enough = asyncio.Event()

    def hear(line: str) -> None:
        number = witness.line(line)
        if number is not None and number not in witness.lacking:
            finished.put_nowait(number)

    async def encode() -> str:
        work = replace(tool, folder=folder).encode(
            planned, scene.timeline.fps, lambda progress: ears.reached(progress.share), hear
        )
        warnings = await unless(enough, work)
        finished.put_nowait(None)
        return warnings or ""

    async def take() -> int:
        made = 0
        while (number := await finished.get()) is not None:
            path = folder / gop_name(number)
            await _sound(path, scene.gops[number], scene.output)
            await ears.take(scene.gops[number], path)
            made += 1
            if number + 1 >= ears.end() < run.first + run.count:
                enough.set()
        return made

    warnings, made = await together(encode(), take())
    if made < run.count and not enough.is_set():
        raise _ended_early(scene, min(witness.lacking, default=run.first + made), warnings)
    return str(warnings)


class Encoding:
    """Makes GOPs in runs, several side by side, and puts each away as soon as it is finished. With a ``party`` others
    may make some of them.
    """

    def __init__(
        self,
        scene: Scene,
        tool: Tool,
        lanes: Lanes,
        shelf: Shelf,
        tell: Callable[[str, float], None],
        *,
        party: Party | None = None,
    ) -> None:
        self._scene = scene
        self._tool = tool
        self._lanes = lanes
        self._shelf = shelf
        self._keeper = Keeper(shelf)
        self._tell = tell
        self._party = party

    async def make(self, missing: Sequence[Gop]) -> str:
        """The end of the warnings of every run; the files lie in the tool's folder.

        Raises as ``encode_run`` does.
        """
        lanes = self._lanes.for_work(len(missing))
        try:
            async with self._work(missing, lanes) as work:
                said = await together(*(self._lane(work, lanes.each) for _ in range(lanes.most)))
        except BaseException:
            await self._keeper.end(patiently=False)
            raise
        await self._keeper.end()
        return "".join([*said, work.warnings])

    @asynccontextmanager
    async def _work(self, missing: Sequence[Gop], lanes: Lanes) -> AsyncIterator[Alone | Host]:
        frames = sum(gop.span.frames for gop in missing)
        if self._party is None or not self._party.is_for(frames, self._scene.timeline.fps):
            yield Alone(runs(missing, lanes.most), self._tell)
            return
        async with self._party.host(self._scene, Shares(missing), self._fetched, self._tell) as host:
            yield host

    async def _lane(self, work: Alone | Host, threads: int) -> str:
        """One run after another, until no lane finds any more."""
        said = []
        while (share := await work.next()) is not None:
            try:
                said.append(await self._run(work, share, threads))
            finally:
                work.closed(share)
        return "".join(said)

    async def _run(self, work: Alone | Host, share: Share, threads: int) -> str:
        frames = span_of(self._scene.timeline, share.run).frames

        async def take(gop: Gop, path: Path) -> None:
            kept = self._tool.folder / gop_name(gop.number)
            await asyncio.to_thread(path.replace, kept)
            self._keeper.put(gop.key, kept, about(gop))
            work.finished(share, gop)

        ears = Ears(reached=lambda done: work.reached(share, done * frames), take=take, end=lambda: work.end_of(share))
        return await encode_run(self._scene, self._tool, share.run, threads, ears)

    async def _fetched(self, gop: Gop) -> bool:
        return await _taken(self._scene, gop, self._tool.folder, self._shelf)


class Alone:
    """Runs that nobody else has a part in."""

    warnings = ""

    def __init__(self, waiting: Iterable[Run], tell: Callable[[str, float], None]) -> None:
        self._waiting = iter([Share(number, run) for number, run in enumerate(waiting)])
        self._tell = tell

    async def next(self) -> Share | None:
        return next(self._waiting, None)

    def end_of(self, share: Share) -> int:
        return share.run.first + share.run.count

    def reached(self, share: Share, frames: float) -> None:
        self._tell(f"run-{share.run.first}", frames)

    def finished(self, share: Share, gop: Gop) -> None:
        """The frames of it were told."""

    def closed(self, share: Share) -> None:
        """Nobody waits for it."""


async def _sound(path: Path, gop: Gop, output: Output) -> None:
    try:
        await asyncio.to_thread(_hold_against, path, gop, output)
    except NotWhole as wrong:
        raise TechnicalFault(f"an encoded piece is not as asked: {wrong}", code="render_unsound") from wrong


def about(gop: Gop) -> Callable[[BlobRef], KeptGop]:
    """What a piece is known by where it is kept."""
    return lambda blob: KeptGop(blob=blob, frames=gop.span.frames)


def _hold_against(path: Path, gop: Gop, output: Output) -> None:
    index = read_index(path)
    found = (index.frames, index.keyframes, index.width, index.height)
    asked = (gop.span.frames, (0,), output.width, output.height)
    if found != asked:
        raise NotWhole(f"frames, keyframes, width and height are {found}, not {asked}")


def _ended_early(scene: Scene, number: int, warnings: str) -> BadMedia:
    gop = scene.gops[number]
    fps = scene.timeline.fps
    lost = f"picture is missing between {gop.span.first / fps:.2f} s and {gop.span.end / fps:.2f} s of the video"
    if shows_damage(warnings):
        return BadMedia(f"a source is damaged or cut off: {lost}", code="media_truncated")
    return BadMedia(f"a source ends before the length it claims: {lost}", code="media_too_short")
