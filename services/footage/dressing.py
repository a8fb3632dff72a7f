"""A planned timeline made to look as the brief asks: moves over images, filters, transitions, logo, intro, outro. Pure.

An intro is the first clip: what was planned comes later by as much, the voice and the subtitles with it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from contracts.events import Order
from contracts.faults import LogicalFault
from contracts.looks import BOOKEND_MAX_S, BOOKEND_MIN_S, BookendChoice
from contracts.media import Asset
from contracts.showcase import Showcase
from contracts.timeline import NO_PHRASE, Clip, Cue, Insert, Logo, OriginalSound, Timeline
from services.footage.moves import with_moves

IMAGE_S = 2.5  # how long an image is shown as intro or outro if nothing is said


def dressed(timeline: Timeline, order: Order, number: int) -> Timeline:
    """The edit of variant ``number`` with all that its brief asks for besides the cut.

    Raises:
        LogicalFault: the intro or outro is too short to be shown (``footage_too_short``).
    """
    brief = order.brief
    looks = {"filters": brief.filters, "transition": brief.transition}
    timeline = timeline.model_copy(update={"clips": with_moves(timeline.clips, number), **looks})
    branding = brief.branding
    spoken = range(timeline.frames)
    if branding.intro is not None and order.intro is not None:
        intro = _bookend(order.intro, branding.intro, 0, timeline.fps)
        timeline = _shifted(timeline, intro.frames)
        spoken = range(intro.frames, timeline.frames + intro.frames)
        timeline = _together(timeline, (intro, *timeline.clips))
    if branding.outro is not None and order.outro is not None:
        outro = _bookend(order.outro, branding.outro, spoken.stop, timeline.fps)
        timeline = _together(timeline, (*timeline.clips, outro))
    return _with_logo(timeline, order, spoken)


def _bookend(asset: Asset, choice: BookendChoice, start: int, fps: int) -> Clip:
    """The clip that stands before or after."""
    there_s = BOOKEND_MAX_S if asset.facts.still else asset.facts.duration_s
    asked_s = choice.seconds or (IMAGE_S if asset.facts.still else BOOKEND_MAX_S)
    frames = math.floor(min(there_s, asked_s) * fps + 1e-6)
    if frames < math.ceil(BOOKEND_MIN_S * fps):
        raise LogicalFault(
            f"{asset.name} is shorter than {BOOKEND_MIN_S:g} s: too short to stand before or after a video",
            code="footage_too_short",
        )
    move = "in" if asset.facts.still else None
    return Clip(
        asset=asset.id,
        source=asset.blob,
        facts=asset.facts,
        source_in_s=0.0,
        start=start,
        frames=frames,
        phrase=NO_PHRASE,
        move=move,
        heard=choice.sound and asset.facts.audio_codec is not None,
    )


def _shifted(timeline: Timeline, frames: int) -> Timeline:
    """All of it so many frames later. Its clips no longer begin at 0, so it is no whole timeline yet."""
    later_s = frames / timeline.fps
    voice = timeline.voice
    later = None if voice is None else voice.model_copy(update={"start_s": voice.start_s + later_s})
    moved = {
        "clips": tuple(clip.model_copy(update={"start": clip.start + frames}) for clip in timeline.clips),
        "cues": tuple(_later(cue, later_s) for cue in timeline.cues),
        "voice": later,
        "inserts": tuple(_inserted_later(insert, frames) for insert in timeline.inserts),
        "showcase": None if timeline.showcase is None else _shown_later(timeline.showcase, frames),
    }
    return timeline.model_copy(update=moved)


def _shown_later(showcase: Showcase, frames: int) -> Showcase:
    moved = (
        card.model_copy(update={"start": card.start + frames, "call_from": card.call_from + frames})
        for card in showcase.cards
    )
    return showcase.model_copy(update={"cards": tuple(moved)})


def _inserted_later(insert: Insert, frames: int) -> Insert:
    return insert.model_copy(update={"clip": insert.clip.model_copy(update={"start": insert.start + frames})})


def _later(cue: Cue, seconds: float) -> Cue:
    words = tuple(
        word.model_copy(update={"start_s": word.start_s + seconds, "end_s": word.end_s + seconds}) for word in cue.words
    )
    return Cue(words=words, start_s=cue.start_s + seconds, end_s=cue.end_s + seconds)


def _together(timeline: Timeline, clips: Sequence[Clip]) -> Timeline:
    """The timeline of these clips, checked anew."""
    frames = sum(clip.frames for clip in clips)
    original = timeline.original or (OriginalSound() if any(clip.heard for clip in clips) else None)
    whole = timeline.model_copy(update={"clips": tuple(clips), "frames": frames, "original": original})
    return Timeline.model_validate(whole.model_dump())


def _with_logo(timeline: Timeline, order: Order, spoken: range) -> Timeline:
    choice = order.brief.branding.logo
    if choice is None or order.logo is None:
        return timeline
    logo = Logo(
        source=order.logo.blob, facts=order.logo.facts, place=choice.place, start=spoken.start, frames=len(spoken)
    )
    return timeline.model_copy(update={"logo": logo})
