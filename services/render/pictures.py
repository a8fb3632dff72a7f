"""The pictures of one file: GOPs that are kept are taken, the others encoded in runs and kept as they are finished."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from contracts.faults import BadMedia, TechnicalFault
from contracts.media import BlobRef
from contracts.outputs import Output
from contracts.timeline import Timeline
from kit.fonts import Face
from services.render.boxes import NotWhole, read_index
from services.render.ffmpeg import Tool, shows_damage
from services.render.plan import RenderPlan
from services.render.plan.chunks import Gop, Lanes, Run, Witness, run_plan, runs, span_of
from services.render.plan.command import gop_name
from services.render.shelf import Keeper, KeptGop, Shelf
from services.render.together import together

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


class Encoding:
    """Makes GOPs in runs, several side by side, and puts each away as soon as it is finished."""

    def __init__(
        self, scene: Scene, tool: Tool, lanes: Lanes, shelf: Shelf, tell: Callable[[str, float], None]
    ) -> None:
        self._scene = scene
        self._tool = tool
        self._lanes = lanes
        self._keeper = Keeper(shelf)
        self._tell = tell

    async def make(self, missing: Sequence[Gop]) -> str:
        """The end of the warnings of every run; the files lie in the tool's folder.

        Raises:
            BadMedia: a source ends before it should, or can't be read.
            TechnicalFault: as ``Tool.encode``; ``render_unsound``.
        """
        lanes = self._lanes.for_work(len(missing))
        waiting = iter(tuple(runs(missing, lanes.most)))
        try:
            said = await together(*(self._lane(waiting, lanes.each) for _ in range(lanes.most)))
        except BaseException:
            await self._keeper.end(patiently=False)
            raise
        await self._keeper.end()
        return "".join(said)

    async def _lane(self, waiting: Iterator[Run], threads: int) -> str:
        """One run after another, until no lane finds any more."""
        return "".join([await self._run(run, threads) for run in waiting])

    async def _run(self, run: Run, threads: int) -> str:
        folder = self._tool.folder / f"run-{run.first}"
        await asyncio.to_thread(folder.mkdir, exist_ok=True)
        witness = Witness(self._scene.timeline, run)
        planned = self._scene.plan(run, threads)
        frames = span_of(self._scene.timeline, run).frames
        finished: asyncio.Queue[int | None] = asyncio.Queue(run.count + 1)

        def hear(line: str) -> None:
            number = witness.line(line)
            if number is not None and number not in witness.lacking:
                finished.put_nowait(number)

        async def encode() -> str:
            warnings = await replace(self._tool, folder=folder).encode(
                planned,
                self._scene.timeline.fps,
                lambda progress: self._tell(f"run-{run.first}", progress.share * frames),
                hear,
            )
            finished.put_nowait(None)
            return warnings

        warnings, made = await together(encode(), self._take_up(folder, finished))
        if made < run.count:
            raise _ended_early(self._scene, min(witness.lacking, default=run.first + made), warnings)
        return str(warnings)

    async def _take_up(self, folder: Path, finished: asyncio.Queue[int | None]) -> int:
        """Checks finished GOPs one by one and puts them away; how many there were."""
        made = 0
        while (number := await finished.get()) is not None:
            gop = self._scene.gops[number]
            path = self._tool.folder / gop_name(number)
            try:
                await asyncio.to_thread(_hold_against, folder / path.name, gop, self._scene.output)
            except NotWhole as wrong:
                raise TechnicalFault(f"an encoded piece is not as asked: {wrong}", code="render_unsound") from wrong
            await asyncio.to_thread((folder / path.name).replace, path)
            self._keeper.put(gop.key, path, _about(gop))
            made += 1
        return made


def _about(gop: Gop) -> Callable[[BlobRef], KeptGop]:
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
