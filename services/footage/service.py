"""The footage station: words and clips become a timeline; uploads are looked through."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from contracts.events import (
    AssetAnalysedV1,
    AssetRejectedV1,
    AssetUploadedV1,
    Event,
    SpeechReadyV1,
    TimelineCancelledV1,
    TimelineFailedV1,
    TimelineReadyV1,
)
from contracts.faults import FaultReport
from contracts.media import AssetKind, BlobRef
from contracts.progress import StepName
from contracts.streams import durable
from contracts.timeline import MatchReport, Timeline
from contracts.values import Value
from kit.blobs import Blobs
from kit.desk import Desk
from kit.pictures import fitting, shrunk, thumbnail
from kit.station import Station
from kit.video_step import VideoStep, passed_on
from kit.work import Done, Line, Ticket
from services.footage.planning import make_timeline
from services.footage.spans import usable

THUMBNAIL_WIDTH = 480
THUMBNAIL_ROOM = (480, 960)  # for an image, which may be of any shape; pixels


class Edit(Value):
    """A timeline and why it came out so."""

    timeline: Timeline
    match_report: MatchReport


class TimelineStep(VideoStep):
    """speech.ready -> timeline.ready."""

    name = StepName.FOOTAGE
    code_version = 2
    result = Edit
    failed_fact = TimelineFailedV1
    cancelled_fact = TimelineCancelledV1

    def recipe(self, event: SpeechReadyV1) -> Any:
        brief = event.order.brief
        return {
            "narration": event.narration,
            "speech": event.speech,
            "clips": event.order.clips,
            "music": event.order.music,
            "music_choice": brief.music,
            "subtitles": brief.subtitles,
            "number": event.number,
        }

    async def make(self, event: SpeechReadyV1, desk: Desk) -> Edit:
        order = event.order
        timeline, report = await asyncio.to_thread(
            make_timeline, event.narration, event.speech, order.clips, order.music, order.brief, event.number
        )
        desk.reach("mid-work")
        desk.progress(1.0)
        return Edit(timeline=timeline, match_report=report)

    def facts(self, event: SpeechReadyV1, result: Edit, done: Done) -> Sequence[Event]:
        return [
            TimelineReadyV1(
                **passed_on(event, done),
                title=event.order.brief.title,
                timeline=result.timeline,
                match_report=result.match_report,
                outputs=event.order.outputs,
                held="plan" in event.order.brief.review,
            )
        ]


class Look(Value):
    """What was found in an upload. Seconds."""

    usable_start_s: float
    usable_end_s: float
    thumbnail: BlobRef | None


class AssetStep:
    """asset.uploaded -> asset.analysed."""

    name = StepName.FOOTAGE
    code_version = 1
    result = Look

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs

    def ticket(self, event: AssetUploadedV1) -> Ticket:
        return Ticket(job=event.asset.id, videos=(), run=1)

    def recipe(self, event: AssetUploadedV1) -> Any:
        return {"look": event.asset.blob.sha256, "facts": event.asset.facts, "kind": event.asset.kind}

    async def make(self, event: AssetUploadedV1, desk: Desk) -> Look:
        asset = event.asset
        span = usable(asset.facts)
        picture = None
        if asset.kind is not AssetKind.MUSIC:
            target = desk.folder / "thumbnail.jpg"
            async with self._blobs.local(asset.blob) as path:
                if asset.kind is AssetKind.IMAGE:
                    size = fitting(asset.facts.width, asset.facts.height, THUMBNAIL_ROOM)
                    await shrunk(path, asset.facts.demuxer, size, target)
                else:
                    await thumbnail(path, (span.start_s + span.end_s) / 2, THUMBNAIL_WIDTH, target)
            picture = await self._blobs.put_file(target, "image/jpeg")
        return Look(usable_start_s=span.start_s, usable_end_s=span.end_s, thumbnail=picture)

    def facts(self, event: AssetUploadedV1, result: Look, done: Done) -> Sequence[Event]:
        return [
            AssetAnalysedV1(
                owner=event.owner,
                lane=event.lane,
                at=done.at,
                asset=event.asset,
                usable_start_s=result.usable_start_s,
                usable_end_s=result.usable_end_s,
                thumbnail=result.thumbnail,
            )
        ]

    def failed(self, event: AssetUploadedV1, done: Done, fault: FaultReport) -> Sequence[Event]:
        return [AssetRejectedV1(owner=event.owner, lane=event.lane, at=done.at, asset=event.asset, fault=fault)]

    def cancelled(self, event: AssetUploadedV1, done: Done) -> Sequence[Event]:
        return []


@asynccontextmanager
async def wiring(line: Line) -> AsyncIterator[None]:
    slots = line.settings.footage_slots
    Station(line, TimelineStep(), durable("footage")).register(slots)
    Station(line, AssetStep(line.blobs), durable("footage-assets")).register(max(1, slots // 2))
    yield
