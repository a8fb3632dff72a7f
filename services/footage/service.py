"""The footage station: words and clips become a timeline; uploads are looked through."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from contracts.brief import FootageBrief
from contracts.events import (
    Event,
    SpeechReadyV1,
    TimelineCancelledV1,
    TimelineFailedV1,
    TimelineReadyV1,
)
from contracts.progress import StepName
from contracts.streams import durable
from contracts.timeline import MatchReport, Timeline
from contracts.values import Value
from kit.desk import Desk
from kit.station import Station
from kit.video_step import VideoStep, passed_on
from kit.work import Done, Line
from services.footage.analyses import Analyses
from services.footage.asset_step import AssetStep
from services.footage.dressing import dressed
from services.footage.planning import make_moments, make_timeline
from services.footage.takes import Footage


class Edit(Value):
    """A timeline and why it came out so."""

    timeline: Timeline
    match_report: MatchReport


class TimelineStep(VideoStep):
    """speech.ready -> timeline.ready."""

    name = StepName.FOOTAGE
    code_version = 3
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
            "moments": brief.model_dump(include={"length_s", "context", "sound"}) if brief.kind == "footage" else None,
            "number": event.number,
            "looks": (brief.filters, brief.transition, brief.branding),
            "branding": (event.order.logo, event.order.intro, event.order.outro),
        }

    async def make(self, event: SpeechReadyV1, desk: Desk) -> Edit:
        order = event.order
        footage = Footage(clips=order.clips, described=order.described)
        if isinstance(order.brief, FootageBrief) and not event.narration.phrases:
            timeline, report = await asyncio.to_thread(make_moments, footage, order.music, order.brief, event.number)
        else:
            timeline, report = await asyncio.to_thread(
                make_timeline, event.narration, event.speech, footage, order.music, order.brief, event.number
            )
        timeline = await asyncio.to_thread(dressed, timeline, order, event.number)
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


@asynccontextmanager
async def wiring(line: Line) -> AsyncIterator[None]:
    slots = line.settings.footage_slots
    Station(line, TimelineStep(), durable("footage")).register(slots)
    Station(line, AssetStep(Analyses(line)), durable("footage-assets")).register(max(1, slots // 2))
    yield
