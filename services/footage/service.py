"""The footage station: words and clips become a timeline; uploads are looked through."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

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
from contracts.footage import Analysis
from contracts.media import Asset, AssetKind, BlobRef
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
from services.footage.meaning import Meaning, likeness_or_spelling, meaning
from services.footage.planning import make_timeline, texts
from services.footage.spans import usable
from services.footage.takes import Footage, Framing, in_the_middle

THUMBNAIL_WIDTH = 480
THUMBNAIL_ROOM = (480, 960)  # for an image, which may be of any shape; pixels


Looking = Callable[[Asset], Awaitable[Analysis | None]]


async def unseen(_asset: Asset) -> Analysis | None:
    """No clip was looked at."""
    return None


class Edit(Value):
    """A timeline and why it came out so."""

    timeline: Timeline
    match_report: MatchReport


class TimelineStep(VideoStep):
    """speech.ready -> timeline.ready."""

    name = StepName.FOOTAGE
    code_version = 4
    result = Edit
    failed_fact = TimelineFailedV1
    cancelled_fact = TimelineCancelledV1

    def __init__(
        self, meaning: Meaning, look: Looking = unseen, framing: Framing = in_the_middle, sight: str = ""
    ) -> None:
        """``sight`` changes when the same clip looks different to ``look``, or is framed differently."""
        self._meaning = meaning
        self._sight = sight
        self._look = look
        self._framing = framing

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
            "described": event.order.described,
            "sight": self._sight,
            "meaning": self._meaning.identity,
        }

    async def make(self, event: SpeechReadyV1, desk: Desk) -> Edit:
        order = event.order
        footage = Footage(order.clips, await self._seen(order.clips, desk), order.described)
        sentences = [phrase.text for phrase in event.narration.phrases]
        likeness, sure = await likeness_or_spelling(self._meaning, sentences, texts(footage))
        desk.keep = desk.keep and sure
        timeline, report = await asyncio.to_thread(
            make_timeline,
            event.narration,
            event.speech,
            footage,
            order.music,
            order.brief,
            event.number,
            likeness=likeness,
            framing=self._framing,
        )
        desk.reach("mid-work")
        desk.progress(1.0)
        return Edit(timeline=timeline, match_report=report)

    async def _seen(self, clips: Sequence[Asset], desk: Desk) -> dict[UUID, Analysis]:
        """What is known of each clip. To look at them may be most of the work."""
        seen: dict[UUID, Analysis] = {}
        for done, asset in enumerate(clips, start=1):
            analysis = await self._look(asset)
            if analysis is not None:
                seen[asset.id] = analysis
            desk.progress(0.8 * done / len(clips))
        return seen

    def facts(self, event: SpeechReadyV1, result: Edit, done: Done) -> Sequence[Event]:
        return [
            TimelineReadyV1(
                **passed_on(event, done),
                title=event.order.brief.title,
                timeline=result.timeline,
                match_report=result.match_report,
                outputs=event.order.outputs,
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
    knows = meaning()
    Station(line, TimelineStep(knows), durable("footage")).register(slots)
    Station(line, AssetStep(line.blobs), durable("footage-assets")).register(max(1, slots // 2))
    try:
        yield
    finally:
        await knows.close()
