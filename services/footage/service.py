"""The footage station: words and clips become a timeline; uploads are looked through."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from contracts.brief import Brief, FootageBrief, SubtitleStyle
from contracts.events import (
    Event,
    Order,
    SpeechReadyV1,
    TimelineCancelledV1,
    TimelineFailedV1,
    TimelineReadyV1,
)
from contracts.footage import Analysis
from contracts.media import Asset
from contracts.progress import StepName
from contracts.streams import durable
from contracts.timeline import MatchReport, Timeline
from contracts.values import Value
from kit.desk import Desk
from kit.station import Station
from kit.video_step import VideoStep, passed_on
from kit.work import Done, Line
from services.footage.analyses import CODE_VERSION as SIGHT
from services.footage.analyses import Analyses
from services.footage.asset_step import AssetStep
from services.footage.dressing import dressed
from services.footage.meaning import Meaning, likeness_or_spelling, meaning
from services.footage.planning import make_moments, make_timeline, music_track, texts
from services.footage.reframing import crop_path
from services.footage.takes import Footage

_LOOKING = 0.8  # share of the step's progress: clips that nobody has looked through yet are, first


class Edit(Value):
    """A timeline and why it came out so. How subtitles look and what music there is are no part of it."""

    timeline: Timeline
    match_report: MatchReport


class TimelineStep(VideoStep):
    """speech.ready -> timeline.ready."""

    name = StepName.FOOTAGE
    code_version = 5
    result = Edit
    failed_fact = TimelineFailedV1
    cancelled_fact = TimelineCancelledV1

    def __init__(self, knows: Meaning, analyses: Analyses) -> None:
        self._meaning = knows
        self._analyses = analyses

    def recipe(self, event: SpeechReadyV1) -> Any:
        brief = event.order.brief
        return {
            "narration": event.narration,
            "speech": event.speech,
            "clips": event.order.clips,
            "described": event.order.described,
            "sight": SIGHT,
            "meaning": self._meaning.identity,
            "subtitled": brief.subtitles.preset != "none",
            "moments": brief.model_dump(include={"length_s", "context", "sound"}) if brief.kind == "footage" else None,
            "looks": (brief.filters, brief.transition, brief.branding),
            "branding": (event.order.logo, event.order.intro, event.order.outro),
            "number": event.number,
        }

    async def make(self, event: SpeechReadyV1, desk: Desk) -> Edit:
        order = event.order
        footage = Footage(order.clips, await self._seen(order.clips, desk), order.described)
        brief = _bare(order.brief)
        silent = isinstance(brief, FootageBrief) and not event.narration.phrases
        sentences = [brief.context] if silent else [phrase.text for phrase in event.narration.phrases]
        likeness, sure = await likeness_or_spelling(self._meaning, sentences, texts(footage))
        desk.keep = desk.keep and sure
        knowing: dict[str, Any] = {"likeness": likeness, "framing": crop_path}
        if silent:
            planned = asyncio.to_thread(make_moments, footage, None, brief, event.number, **knowing)
        else:
            words = (event.narration, event.speech)
            planned = asyncio.to_thread(make_timeline, *words, footage, None, brief, event.number, **knowing)
        timeline, report = await planned
        timeline = await asyncio.to_thread(dressed, timeline, order, event.number)
        desk.reach("mid-work")
        desk.progress(1.0)
        return Edit(timeline=timeline, match_report=report)

    async def _seen(self, clips: Sequence[Asset], desk: Desk) -> dict[UUID, Analysis]:
        """What is known of each clip. To look at them may be most of the work."""
        seen: dict[UUID, Analysis] = {}
        for done, asset in enumerate(clips):

            def tell(share: float, done: int = done) -> None:
                desk.progress(_LOOKING * (done + share) / len(clips))

            seen[asset.id] = await self._analyses.of(asset, tell)
        return seen

    def facts(self, event: SpeechReadyV1, result: Edit, done: Done) -> Sequence[Event]:
        return [
            TimelineReadyV1(
                **passed_on(event, done),
                title=event.order.brief.title,
                timeline=_styled(result.timeline, event.order),
                match_report=result.match_report,
                outputs=event.order.outputs,
                held="plan" in event.order.brief.review,
            )
        ]


def _bare(brief: Brief) -> Brief:
    """The brief without what changes no cut and no word."""
    preset = brief.subtitles.preset
    style = SubtitleStyle(preset="none") if preset == "none" else SubtitleStyle()
    return brief.model_copy(update={"subtitles": style, "music": None})


def _styled(timeline: Timeline, order: Order) -> Timeline:
    brief = order.brief
    return timeline.model_copy(update={"subtitles": brief.subtitles, "music": music_track(order.music, brief)})


@asynccontextmanager
async def wiring(line: Line) -> AsyncIterator[None]:
    slots = line.settings.footage_slots
    analyses = Analyses(line)
    knows = meaning()
    Station(line, TimelineStep(knows, analyses), durable("footage")).register(slots)
    Station(line, AssetStep(analyses), durable("footage-assets")).register(max(1, slots // 2))
    try:
        yield
    finally:
        await knows.close()
