"""What is written on a video, drawn by itself: white on black, so that the box of each picture can be measured.

The same layout, the same typefaces and the same renderer as in the video; only colours differ, and that things come in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contracts.outputs import Output
from contracts.quality import Place, Written
from contracts.timeline import Cue, Timeline
from kit.fonts import Face
from services.render.plan import cards, subtitles
from services.render.plan.command import FONT_RULES, FONT_RULES_NAME, FONTS_NAME, QUIET, RenderPlan
from services.render.plan.compiler import arguments, generated
from services.render.plan.subtitles import Canvas

BOXES_NAME = "boxes.txt"
_DRAWN_NAME = "proof.ass"
_SMALLER = 3  # than the canvas: a pixel here is 0.3 % of the shorter side
# Pictures a second. A word that pops is largest for 0.1 s; a card stands for longer than one picture of these.
_OFTEN = {"subtitles": 15, "card": 2}
_BRIGHT = 110  # of 255: half of a letter's edge, and no more of a soft glow than one would read
_WHITE = "#FFFFFF"
_WORDS_TOLD = 40  # characters
_LINE = re.compile(r"pts_time:(?P<at>[-\d.e]+)|lavfi\.bbox\.(?P<side>x1|x2|y1|y2)=(?P<pixel>\d+)")


@dataclass(frozen=True, slots=True)
class Proof:
    """A command that writes ``BOXES_NAME``, and the size of its pictures."""

    what: str
    plan: RenderPlan
    width: int
    height: int


def proofs(timeline: Timeline, output: Output, face: Face, fonts: str) -> Iterator[Proof]:
    """One for the subtitles and one for the cards, where there are any."""
    plane = subtitles.canvas(output)
    if shown := shown_cues(timeline):
        style = timeline.subtitles.model_copy(
            update=dict.fromkeys(("colour", "highlight", "outline_colour", "glow_colour", "box_colour"), _WHITE)
            | {"box_opacity": 1.0}
        )
        yield _proof("subtitles", subtitles.write(shown, style, face, plane, timeline.fps), timeline, plane, fonts)
    if written := cards.words_alone(timeline, output, _WHITE):
        yield _proof("card", written, timeline, plane, fonts)


def shown_cues(timeline: Timeline) -> tuple[Cue, ...]:
    return () if timeline.subtitles.preset == "none" else timeline.cues


def _proof(what: str, drawn: str, timeline: Timeline, plane: Canvas, fonts: str) -> Proof:
    width, height = plane.width // _SMALLER, plane.height // _SMALLER
    black = generated(f"color=c=black:s={width}x{height}:r={_OFTEN[what]}:d={timeline.duration_s:.3f}")
    measured = (
        black.filter("format", "gray")
        .filter("ass", filename=_DRAWN_NAME, fontsdir=FONTS_NAME)
        .filter("bbox", min_val=_BRIGHT)
        .filter("metadata", mode="print", file=BOXES_NAME)
    )
    argv = (*QUIET, "-loglevel", "level+warning", *arguments([measured], "-", format="null"))
    texts = {_DRAWN_NAME: drawn, FONT_RULES_NAME: FONT_RULES}
    return Proof(what, RenderPlan(argv, timeline.frames, texts, {FONTS_NAME: fonts}), width, height)


def boxes(proof: Proof, told: str) -> Iterator[tuple[float, Place]]:
    """When, and the box around all that is seen then."""
    at, sides = 0.0, dict[str, int]()
    for found in _LINE.finditer(told):
        if found["at"]:
            at, sides = float(found["at"]), {}
            continue
        sides[found["side"]] = int(found["pixel"])
        if len(sides) == 4:
            yield (
                at,
                Place(
                    left=round(sides["x1"] / proof.width, 4),
                    top=round(sides["y1"] / proof.height, 4),
                    right=round((sides["x2"] + 1) / proof.width, 4),
                    bottom=round((sides["y2"] + 1) / proof.height, 4),
                ),
            )


def outermost(timeline: Timeline, what: str, found: Sequence[tuple[float, Place]]) -> tuple[Written, ...]:
    """What reaches furthest to each side, each once."""
    if not found:
        return ()
    furthest = (
        min(found, key=lambda each: each[1].left),
        min(found, key=lambda each: each[1].top),
        max(found, key=lambda each: each[1].right),
        max(found, key=lambda each: each[1].bottom),
    )
    return tuple(
        Written(what=what, text=_text_at(timeline, what, at)[:_WORDS_TOLD], at_s=round(at, 3), place=place)
        for at, place in dict.fromkeys(furthest)
    )


def around(found: Sequence[tuple[float, Place]]) -> Place | None:
    """The box around all boxes."""
    if not found:
        return None
    places = [place for _, place in found]
    return Place(
        left=min(place.left for place in places),
        top=min(place.top for place in places),
        right=max(place.right for place in places),
        bottom=max(place.bottom for place in places),
    )


def _text_at(timeline: Timeline, what: str, at_s: float) -> str:
    if what == "subtitles":
        return next((cue.text for cue in timeline.cues if cue.start_s - 0.07 <= at_s < cue.end_s), "")
    card = timeline.showcase.card_at(round(at_s * timeline.fps)) if timeline.showcase is not None else None
    return "" if card is None else card.name
