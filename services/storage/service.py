"""The storage station: finished files are checked where they lie, get a picture, and are kept."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from contracts.events import Event, VideoCancelledV1, VideoFailedV1, VideoRenderedV1, VideoStoredV1
from contracts.faults import TechnicalFault
from contracts.media import BlobRef
from contracts.outputs import KEYFRAME_EVERY_S
from contracts.progress import StepName
from contracts.streams import durable
from contracts.values import Value
from kit.blobs import Blobs
from kit.desk import Desk
from kit.pictures import thumbnail
from kit.station import Station
from kit.video_step import VideoStep, passed_on
from kit.work import Done, Line
from services.storage.retention import retaining

THUMBNAIL_WIDTH = 480
# A third in: past the first cut, before the end card.
THUMBNAIL_AT = 1 / 3


def picture_at(duration_s: float) -> float:
    """On a keyframe, where one picture is decoded and not two seconds of them."""
    keyframe_s = KEYFRAME_EVERY_S * round(duration_s * THUMBNAIL_AT / KEYFRAME_EVERY_S)
    return keyframe_s or duration_s * THUMBNAIL_AT


class Kept(Value):
    """The picture that stands for a finished video."""

    thumbnail: BlobRef


class StoreStep(VideoStep):
    """video.rendered -> video.stored."""

    name = StepName.STORAGE
    code_version = 2
    result = Kept
    failed_fact = VideoFailedV1
    cancelled_fact = VideoCancelledV1

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs

    def recipe(self, event: VideoRenderedV1) -> Any:
        return {"files": event.files}

    async def make(self, event: VideoRenderedV1, desk: Desk) -> Kept:
        for file in event.files:
            if not await self._blobs.exists(file.blob):
                raise TechnicalFault(f"the finished {file.preset} file is not in the store", code="blob_missing")
        first = event.files[0]
        target = desk.folder / "thumbnail.jpg"
        async with self._blobs.local(first.blob) as path:
            await thumbnail(path, picture_at(first.duration_s), THUMBNAIL_WIDTH, target)
        desk.reach("mid-work")
        picture = await self._blobs.put_file(target, "image/jpeg")
        desk.reach("after-rename")
        desk.progress(1.0)
        return Kept(thumbnail=picture)

    def facts(self, event: VideoRenderedV1, result: Kept, done: Done) -> Sequence[Event]:
        return [
            VideoStoredV1(
                **passed_on(event, done),
                title=event.title,
                files=event.files,
                thumbnail=result.thumbnail,
                expected=event.expected,
            )
        ]


@asynccontextmanager
async def wiring(line: Line) -> AsyncIterator[None]:
    Station(line, StoreStep(line.blobs), durable("storage")).register(line.settings.storage_slots)
    async with retaining(line):
        yield
