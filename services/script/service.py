"""The script station: a brief's text becomes the narration of each variant."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from contracts.brief import ProductBrief
from contracts.events import (
    Event,
    JobRequestedV1,
    ScriptCancelledV1,
    ScriptFailedV1,
    ScriptReadyV1,
    StepCancelled,
    StepFailed,
    video_id,
)
from contracts.faults import BadBrief, FaultReport
from contracts.progress import StepName
from contracts.speech import Narration
from contracts.streams import durable
from contracts.values import Value
from kit.desk import Desk
from kit.fonts import covers
from kit.station import Station
from kit.work import Done, Line, Ticket
from services.script.narrate import narrated


class Narrations(Value):
    """The words of each variant of a job, in order."""

    variants: tuple[Narration, ...]


class ScriptStep:
    """job.requested -> script.ready, one per variant."""

    name = StepName.SCRIPT
    code_version = 2
    result = Narrations

    def ticket(self, event: JobRequestedV1) -> Ticket:
        return Ticket(job=event.job, videos=_videos(event), run=event.run)

    def recipe(self, event: JobRequestedV1) -> Any:
        brief = event.order.brief
        shown_in = None if brief.subtitles.preset == "none" else brief.subtitles.font
        return {
            "owner": event.owner,  # what others have made must not show in how soon it is done
            "script": brief.script,
            "language": brief.language,
            "variants": brief.variants,
            "font": shown_in,
        } | ({"products": _told_of(brief)} if isinstance(brief, ProductBrief) else {})

    async def make(self, event: JobRequestedV1, desk: Desk) -> Narrations:
        brief = event.order.brief
        variants = [await asyncio.to_thread(narrated, brief, number) for _, number in desk.videos]
        if not any(variant.phrases for variant in variants):  # footage speaks for itself
            return Narrations(variants=tuple(variants))
        if brief.subtitles.preset != "none":
            await asyncio.to_thread(_check_glyphs, brief.subtitles.font, variants)
        desk.reach("mid-work")
        desk.progress(1.0)
        return Narrations(variants=tuple(variants))

    def facts(self, event: JobRequestedV1, result: Narrations, done: Done) -> Sequence[Event]:
        return [
            ScriptReadyV1(
                **_common(event, number, done),
                order=event.order,
                narration=narration,
                held="script" in event.order.brief.review,
            )
            for number, narration in enumerate(result.variants, start=1)
        ]

    def failed(self, event: JobRequestedV1, done: Done, fault: FaultReport) -> Sequence[StepFailed]:
        return [ScriptFailedV1(**_common(event, number, done), fault=fault) for _, number in _videos(event)]

    def cancelled(self, event: JobRequestedV1, done: Done) -> Sequence[StepCancelled]:
        return [ScriptCancelledV1(**_common(event, number, done)) for _, number in _videos(event)]


def _told_of(brief: ProductBrief) -> Any:
    """What the words about products are made of."""
    return (
        brief.template,
        brief.call,
        [product.model_dump(mode="json", exclude={"pictures", "badge"}) for product in brief.products],
    )


def _check_glyphs(font: str, variants: Sequence[Narration]) -> None:
    """Before anything is spent on a voice.

    Raises:
        BadBrief: the subtitles' font has no picture for a character.
    """
    missing = covers(font, "".join(narration.text for narration in variants))
    if missing:
        shown = " ".join(missing[:10])
        raise BadBrief(f"the font {font} can't show: {shown}; take another font or other words", code="glyph_missing")


def _videos(event: JobRequestedV1) -> tuple[tuple[Any, int], ...]:
    return tuple((video_id(event.job, number), number) for number in range(1, event.order.brief.variants + 1))


def _common(event: JobRequestedV1, number: int, done: Done) -> dict[str, Any]:
    return {
        "owner": event.owner,
        "lane": event.lane,
        "job": event.job,
        "video": video_id(event.job, number),
        "number": number,
        "run": event.run,
        "received_at": done.received_at,
        "at": done.at,
        "reused": done.reused,
    }


@asynccontextmanager
async def wiring(line: Line) -> AsyncIterator[None]:
    Station(line, ScriptStep(), durable("script")).register(line.settings.script_slots)
    yield
