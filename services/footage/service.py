"""The footage station: words and clips become a timeline; uploads are looked through."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from contracts.brief import Brief, FootageBrief, ProductBrief, SubtitleStyle
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
from kit.addresses import Allowed
from kit.desk import Desk
from kit.outbound import Outbound
from kit.station import Station
from kit.video_step import VideoStep, passed_on
from kit.work import Done, Line
from services.footage.analyses import CODE_VERSION as SIGHT
from services.footage.analyses import Analyses, Tell
from services.footage.asset_step import AssetStep
from services.footage.displaying import display
from services.footage.dressing import dressed
from services.footage.likeness import Likeness
from services.footage.meaning import Meaning, likeness_or_spelling, meaning
from services.footage.pictures import WebPictures
from services.footage.planning import make_moments, make_timeline, music_track, texts
from services.footage.reframing import crop_path
from services.footage.takes import Footage

_LOOKING = 0.8  # share of the step's progress: clips that nobody has looked through yet are, first


Looking = Callable[[Asset, Tell], Awaitable[Analysis]]


class Edit(Value):
    """A timeline and why it came out so. How subtitles look and what music there is are no part of it."""

    timeline: Timeline
    match_report: MatchReport


class TimelineStep(VideoStep):
    """speech.ready -> timeline.ready."""

    name = StepName.FOOTAGE
    code_version = 6
    result = Edit
    failed_fact = TimelineFailedV1
    cancelled_fact = TimelineCancelledV1

    def __init__(self, knows: Meaning, look: Looking, pictures: WebPictures, sight: int = SIGHT) -> None:
        """``sight`` changes when the same clip looks different to ``look``."""
        self._meaning = knows
        self._look = look
        self._pictures = pictures
        self._sight = sight

    def recipe(self, event: SpeechReadyV1) -> Any:
        brief = event.order.brief
        return {
            "narration": event.narration,
            "speech": event.speech,
            "clips": event.order.clips,
            "described": event.order.described,
            "sight": self._sight,
            "meaning": self._meaning.identity,
            "subtitled": brief.subtitles.preset != "none",
            "moments": brief.model_dump(include={"length_s", "context", "sound"}) if brief.kind == "footage" else None,
            "looks": (brief.filters, brief.transition, brief.branding),
            "branding": (event.order.logo, event.order.intro, event.order.outro),
            "number": event.number,
        } | (_of_products(brief, event.job) if isinstance(brief, ProductBrief) else {})

    async def make(self, event: SpeechReadyV1, desk: Desk) -> Edit:
        order = event.order
        if isinstance(order.brief, ProductBrief):  # its pictures are shown as they were given
            fetched = await self._pictures.of(order.brief, event.owner, desk.folder, desk.progress)
            footage = Footage((*order.clips, *fetched))
            timeline, report = await asyncio.to_thread(_planned, event, footage, None)
            return Edit(timeline=await asyncio.to_thread(dressed, timeline, order, event.number), match_report=report)
        footage = Footage(order.clips, await self._seen(order.clips, desk), order.described)
        spoken = event.narration.language
        likeness, sure = await likeness_or_spelling(self._meaning, _sentences(event), texts(footage), spoken)
        desk.keep = desk.keep and sure
        timeline, report = await asyncio.to_thread(_planned, event, footage, likeness)
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

            seen[asset.id] = await self._look(asset, tell)
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


def _of_products(brief: ProductBrief, job: UUID) -> dict[str, Any]:
    """What the cards and pictures of products are made of. What lies on the web may change until the next job, which
    looks again (see ``pictures``); all variants of one job show the same.
    """
    shown = brief.template, brief.look, brief.call, brief.language, brief.products
    on_the_web = any(product.picture_urls for product in brief.products)
    return {"shown": shown, "fetched_for": job if on_the_web else None}


def _sentences(event: SpeechReadyV1) -> list[str]:
    """What pictures are wanted for: each phrase, or what a video without words is about."""
    brief = event.order.brief
    if isinstance(brief, FootageBrief) and not event.narration.phrases:
        return [brief.context] if brief.context else []
    return [phrase.text for phrase in event.narration.phrases]


def _planned(event: SpeechReadyV1, footage: Footage, likeness: Likeness | None) -> tuple[Timeline, MatchReport]:
    brief = _bare(event.order.brief)
    if isinstance(brief, ProductBrief):
        return display(event.narration, event.speech, footage.clips, brief, event.number)
    knowing: dict[str, Any] = {"likeness": likeness, "framing": crop_path}
    if isinstance(brief, FootageBrief) and not event.narration.phrases:
        return make_moments(footage, None, brief, event.number, **knowing)
    return make_timeline(event.narration, event.speech, footage, None, brief, event.number, **knowing)


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
    outbound = Outbound(Allowed.parse(line.settings.outbound_allow))
    pictures = WebPictures(outbound, line.blobs, line.settings.image_max_bytes, line.cache)
    Station(line, TimelineStep(knows, analyses.of, pictures), durable("footage")).register(slots)
    Station(line, AssetStep(analyses), durable("footage-assets")).register(max(1, slots // 2))
    try:
        yield
    finally:
        await knows.close()
