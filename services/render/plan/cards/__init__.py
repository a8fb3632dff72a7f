"""What is written about products, by template: where the pictures stand and what is drawn beside and over them. Pure.

A template is a file of this folder with two functions: ``stage(board)``, the part of the plane that the pictures have,
and ``drawn(card, look, board)``, what is drawn for a card. Its name stands in ``contracts.showcase.TemplateName``.
"""

from __future__ import annotations

from types import ModuleType

from contracts.outputs import Output
from contracts.showcase import TemplateName
from contracts.timeline import Timeline
from kit.fonts import face as face_of
from services.render.plan.cards import collection, sale, spotlight
from services.render.plan.cards.board import Box, board
from services.render.plan.cards.shapes import Drawn, written
from services.render.plan.subtitles import canvas

DRAWN_BY: dict[TemplateName, ModuleType] = {"spotlight": spotlight, "sale": sale, "collection": collection}


def write(timeline: Timeline, output: Output, first: int, end: int) -> str:
    """The ASS file of the cards that frames ``first`` until ``end`` show; empty if there is none."""
    showcase = timeline.showcase
    shown = [] if showcase is None else [card for card in showcase.cards if card.start < end and card.end > first]
    if showcase is None or not shown:
        return ""
    plane, face = canvas(output), face_of(showcase.look.font)
    on = board(timeline, plane, face)
    draw = DRAWN_BY[showcase.template].drawn
    drawn = (Drawn(card, tuple(draw(card, showcase.look, on))) for card in shown)
    return written(drawn, showcase.look, face, plane, timeline.fps)


def stage_of(timeline: Timeline, output: Output) -> Box | None:
    """The part of the frame that the pictures of a product have, in pixels of the output that are all even; None: all
    of it.
    """
    showcase = timeline.showcase
    if showcase is None:
        return None
    plane = canvas(output)
    box: Box = DRAWN_BY[showcase.template].stage(board(timeline, plane, face_of(showcase.look.font)))
    scale = output.width / plane.width
    left, top = _even(box.x * scale), _even(box.y * scale)
    wide = min(_even(box.width * scale), output.width - left)
    high = min(_even(box.height * scale), output.height - top)
    return Box(left, top, wide, high)


def _even(pixels: float) -> int:
    return round(pixels / 2) * 2
