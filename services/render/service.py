"""The render station: a timeline becomes one encoded, verified file for each preset."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Sequence
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
from kit.video_step import VideoStep, passed_on
from kit.work import Done, Line
from services.render.ffmpeg import STALLED_S
from services.render.rendering import RenderProgress, render

# A share of the work below which an estimate would only jump about.
_TELLING = 0.02


class Files(Value):
    """The finished files of one video, in the order of its outputs."""

    files: tuple[VideoFile, ...]


class RenderStep(VideoStep):
    """timeline.ready -> video.rendered."""

    name = StepName.RENDER
    code_version = 3
    result = Files
    failed_fact = VideoFailedV1
    cancelled_fact = VideoCancelledV1

    def __init__(self, blobs: Blobs, *, threads: int, nice: int, stalled_s: float = STALLED_S) -> None:
        self._blobs = blobs
        self._threads = threads
        self._nice = nice
        self._stalled_s = stalled_s

    def recipe(self, event: TimelineReadyV1) -> Any:
        return {
            "timeline": event.timeline,
            "outputs": event.outputs,
            "ffmpeg": ffmpeg_identity(),
            "font": font_identity(event.timeline.subtitles.font),
        }

    async def make(self, event: TimelineReadyV1, desk: Desk) -> Files:
        half = once_at(0.5, lambda: desk.reach("mid-work"))
        began = time.monotonic()
        async with AsyncExitStack() as held:
            sources: dict[str, Path] = {}
            for ref in blob_refs(event.timeline):
                if ref.sha256 not in sources:
                    sources[ref.sha256] = await held.enter_async_context(self._blobs.local(ref))
            files = []
            for place, output in enumerate(event.outputs):

                def on_progress(told: RenderProgress, place: int = place, output: Output = output) -> None:
                    share = (place + told.share) / len(event.outputs)
                    desk.progress(min(share, 0.999), _left_s(began, share), output.preset.value)
                    half(share)

                files.append(await self._one(event.timeline, output, sources, desk, on_progress))
        desk.reach("after-rename")
        desk.progress(1.0)
        return Files(files=tuple(files))

    async def _one(
        self, timeline: Timeline, output: Output, sources: dict[str, Path], desk: Desk, on_progress: Any
    ) -> VideoFile:
        folder = desk.folder / output.preset.value
        folder.mkdir()
        made = await render(
            timeline,
            output,
            sources,
            folder,
            threads=self._threads,
            nice=self._nice,
            stalled_s=self._stalled_s,
            on_progress=on_progress,
        )
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
        return [VideoRenderedV1(**passed_on(event, done), title=event.title, files=result.files)]


def _left_s(began: float, share: float) -> float | None:
    """Seconds to the end of all files, if the rest goes as what is done did; None while too little is done."""
    return (time.monotonic() - began) * (1 - share) / share if share > _TELLING else None


@asynccontextmanager
async def wiring(line: Line) -> AsyncIterator[None]:
    settings = line.settings
    step = RenderStep(
        line.blobs, threads=settings.render_threads, nice=settings.render_nice, stalled_s=settings.stall_s
    )
    Station(line, step, durable("render")).register(line.settings.render_slots)
    yield
