"""What is written about products, by template: where the pictures stand and what is drawn beside and over them. Pure.

A template is a file of this folder with two functions: ``stage(board)``, the part of the plane that the pictures have,
and ``drawn(card, look, board)``, what is drawn for a card. Its name stands in ``contracts.showcase.TemplateName``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType

from contracts.outputs import Output
from contracts.showcase import TemplateName
from contracts.timeline import Timeline
from kit.fonts import face as face_of
from services.render.plan.cards import collection, sale, spotlight
from services.render.plan.cards.board import Box, board
from services.render.plan.cards.shapes import Drawn, Words, written
from services.render.plan.subtitles import canvas

DRAWN_BY: dict[TemplateName, ModuleType] = {"spotlight": spotlight, "sale": sale, "collection": collection}


def write(timeline: Timeline, output: Output, first: int, end: int) -> str:
    """The ASS file of the cards that frames ``first`` until ``end`` show; empty if there is none."""
    showcase = timeline.showcase
    drawn = [each for each in _drawn(timeline, output) if each.card.start < end and each.card.end > first]
    if showcase is None or not drawn:
        return ""
    return written(drawn, showcase.look, face_of(showcase.look.font), canvas(output), timeline.fps)


def words_alone(timeline: Timeline, output: Output, colour: str) -> str:
    """The ASS file of all words of all cards, where they come to rest; empty if there are none."""
    showcase = timeline.showcase
    if showcase is None:
        return ""
    drawn = [
        Drawn(
            each.card,
            tuple(replace(shape, colour=colour, enter="at_once") for shape in each.shapes if isinstance(shape, Words)),
        )
        for each in _drawn(timeline, output)
    ]
    return written(drawn, showcase.look, face_of(showcase.look.font), canvas(output), timeline.fps) if drawn else ""


def _drawn(timeline: Timeline, output: Output) -> Iterator[Drawn]:
    showcase = timeline.showcase
    if showcase is None:
        return
    on = board(timeline, canvas(output), face_of(showcase.look.font))
    draw = DRAWN_BY[showcase.template].drawn
    yield from (Drawn(card, tuple(draw(card, showcase.look, on))) for card in showcase.cards)


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
