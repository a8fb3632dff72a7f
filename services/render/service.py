"""The render station: a timeline becomes one encoded, verified file for each preset."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from contracts.events import (
    Event,
    TimelineReadyV1,
    VideoCancelledV1,
    VideoFailedV1,
    VideoFile,
    VideoRenderedV1,
)
from contracts.outputs import Output
from contracts.progress import StepName
from contracts.quality import Expected
from contracts.streams import durable
from contracts.timeline import Timeline
from contracts.values import Value
from kit.blobs import Blobs
from kit.desk import Desk
from kit.ffmpeg import ffmpeg_identity
from kit.fonts import font_identity
from kit.halfway import once_at
from kit.station import Station
from kit.steps import blob_refs
from kit.together import together
from kit.video_step import VideoStep, passed_on
from kit.work import Done, Line
from services.render.expecting import expected
from services.render.ffmpeg import STALLED_S
from services.render.plan.chunks import Lanes, share_out
from services.render.rendering import Rendered, RenderProgress, cores, render, soundtrack
from services.render.sharing.helper import Means, helping
from services.render.sharing.host import Party
from services.render.sharing.slots import Slots
from services.render.shelf import BlobShelf, NoShelf, Shelf


class Files(Value):
    """The finished files of one video, in the order of its outputs, and what they are held against."""

    files: tuple[VideoFile, ...]
    expected: Expected


class RenderStep(VideoStep):
    """timeline.ready -> video.rendered."""

    name = StepName.RENDER
    code_version = 5
    result = Files
    failed_fact = VideoFailedV1
    cancelled_fact = VideoCancelledV1

    def __init__(
        self,
        blobs: Blobs,
        *,
        lanes: Lanes,
        nice: int,
        stalled_s: float = STALLED_S,
        shelf: Shelf | None = None,
        slots: Slots | None = None,
        share_over_s: float = 0.0,
    ) -> None:
        self._blobs = blobs
        self._lanes = lanes
        self._nice = nice
        self._stalled_s = stalled_s
        self._shelf = shelf or NoShelf()
        self._slots = slots or Slots(1)
        self._share_over_s = share_over_s

    def recipe(self, event: TimelineReadyV1) -> Any:
        showcase = event.timeline.showcase
        return {
            "timeline": event.timeline,
            "outputs": event.outputs,
            "ffmpeg": ffmpeg_identity(),
            "font": font_identity(event.timeline.subtitles.font),
            "card_font": None if showcase is None else font_identity(showcase.look.font),
        }

    async def make(self, event: TimelineReadyV1, desk: Desk) -> Files:
        half = once_at(0.5, lambda: desk.reach("mid-work"))
        files, held_against = await together(
            self._rendered(event, desk, half),
            expected(event.timeline, event.outputs, await _folder(desk, "proof"), self._nice),
        )
        desk.reach("after-rename")
        desk.progress(1.0)
        return Files(files=tuple(files), expected=held_against)

    async def _rendered(self, event: TimelineReadyV1, desk: Desk, half: Callable[[float], None]) -> list[VideoFile]:
        total = len(event.outputs)
        party = Party(desk.bus, event.job, event.video, self._share_over_s)
        async with AsyncExitStack() as held:
            held.enter_context(self._slots.own())
            sources = await self._sources(event.timeline, held)
            common: dict[str, Any] = {"nice": self._nice, "stalled_s": self._stalled_s, "shelf": self._shelf}
            sound = soundtrack(event.timeline, sources, await _folder(desk, "sound"), **common)
            files = []
            for place, output in enumerate(event.outputs):
                began = time.monotonic()

                def on_progress(
                    told: RenderProgress, place: int = place, output: Output = output, began: float = began
                ) -> None:
                    share = (place + told.share) / total
                    left_s = _left_s(told, time.monotonic() - began, total - place - 1)
                    desk.progress(min(share, 0.999), left_s, output.preset.value)
                    half(share)

                made = await render(
                    event.timeline,
                    output,
                    sources,
                    await _folder(desk, output.preset.value),
                    lanes=self._lanes,
                    on_progress=on_progress,
                    sound=sound,
                    party=party,
                    **common,
                )
                files.append(await self._stored(output, made))
        return files

    async def _sources(self, timeline: Timeline, held: AsyncExitStack) -> dict[str, Path]:
        refs = {ref.sha256: ref for ref in blob_refs(timeline)}
        return {sha256: await held.enter_async_context(self._blobs.local(ref)) for sha256, ref in refs.items()}

    async def _stored(self, output: Output, made: Rendered) -> VideoFile:
        blob = await self._blobs.put_file(made.path, "video/mp4")
        return VideoFile(
            preset=output.preset,
            blob=blob,
            width=made.width,
            height=made.height,
            frames=made.frames,
            duration_s=made.duration_s,
            integrated_lufs=made.integrated_lufs,
            true_peak_dbtp=made.true_peak_dbtp,
        )

    def facts(self, event: TimelineReadyV1, result: Files, done: Done) -> Sequence[Event]:
        return [
            VideoRenderedV1(**passed_on(event, done), title=event.title, files=result.files, expected=result.expected)
        ]


async def _folder(desk: Desk, name: str) -> Path:
    folder = desk.folder / name
    await asyncio.to_thread(folder.mkdir)
    return folder


def _left_s(told: RenderProgress, spent_s: float, further: int) -> float | None:
    """Seconds to the end of all files, if further ones take as long as this one; None while that is not known."""
    return None if told.eta_s is None else told.eta_s + further * (spent_s + told.eta_s)


@asynccontextmanager
async def wiring(line: Line) -> AsyncIterator[None]:
    settings = line.settings
    slots = Slots(settings.render_slots)
    means = Means(
        lanes=share_out(
            cores(), slots=settings.render_slots, runs=settings.render_runs, threads=settings.render_threads
        ),
        nice=settings.render_nice,
        stalled_s=settings.stall_s,
        shelf=BlobShelf(line.cache, line.blobs),
    )
    step = RenderStep(
        line.blobs,
        lanes=means.lanes,
        nice=means.nice,
        stalled_s=means.stalled_s,
        shelf=means.shelf,
        slots=slots,
        share_over_s=settings.render_share_over_s,
    )
    Station(line, step, durable("render")).register(settings.render_slots)
    async with helping(line, slots, settings.render_slots if settings.render_share_over_s else 0, means):
        yield
