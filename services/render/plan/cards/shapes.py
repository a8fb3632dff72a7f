"""What templates are made of: words and plates, each shown from some frame of a card on; and how libass is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from contracts.showcase import Card, CardLook
from kit.fonts import Face
from services.render.plan.cards.board import Box
from services.render.plan.subtitles import Canvas, as_data, ass_size, clock, colour, rounded

Enter = Literal["at_once", "fade", "rise", "slide"]

_FADE_MS, _MOVE_MS = 240, 320
_RISE = 28  # pixels
_DARK, _LIGHT = "#101214", "#FFFFFF"

_HEADER = """\
[Script Info]
ScriptType: v4.00+
PlayResX: {width}
PlayResY: {height}
WrapStyle: 2
ScaledBorderAndShadow: yes
YCbCr Matrix: TV.709

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, \
StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Card,{font},{size:.2f},&H00FFFFFF,&H00FFFFFF,&H00000000,&H00000000,{bold},0,0,0,100,100,0,0,1,0,0,1,0,0,0,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text: its left end, or its middle, at ``x``, its baseline at ``y``; sizes in pixels."""

    text: str
    x: float
    y: float
    size: float
    colour: str
    centred: bool = False
    since: int = 0
    enter: Enter = "at_once"


@dataclass(frozen=True, slots=True)
class Plate:
    """A box with round corners."""

    box: Box
    colour: str
    radius: float = 0.0
    since: int = 0
    enter: Enter = "at_once"


Shape = Words | Plate


@dataclass(frozen=True, slots=True)
class Drawn:
    """A card with its shapes: the later ones lie above the earlier ones."""

    card: Card
    shapes: tuple[Shape, ...]


def ink_on(rgb: str) -> str:
    """Dark or light, whichever is read better on a colour: by the contrast of WCAG 2."""
    luminance = _luminance(rgb)
    return _DARK if (luminance + 0.05) ** 2 > (_luminance(_DARK) + 0.05) * 1.05 else _LIGHT


def written(drawn: Iterable[Drawn], look: CardLook, face: Face, plane: Canvas, fps: int) -> str:
    """The whole ASS file."""
    header = _HEADER.format(
        width=plane.width, height=plane.height, font=look.font, size=ass_size(face, 100.0), bold=-1 if face.bold else 0
    )
    pen = _Pen(face, plane, fps)
    events = (pen.event(shape, layer, each.card) for each in drawn for layer, shape in enumerate(each.shapes))
    return header + "".join(f"{event}\n" for event in events if event)


@dataclass(frozen=True, slots=True)
class _Pen:
    face: Face
    plane: Canvas
    fps: int

    def event(self, shape: Shape, layer: int, card: Card) -> str:
        """A line of the file; empty if the card is gone before the shape comes."""
        first = card.start + max(shape.since, 0)
        if first >= card.end:
            return ""
        times = f"{clock(first, self.fps)},{clock(card.end, self.fps)}"
        fade = "" if shape.enter in {"at_once", "slide"} else f"\\fad({_FADE_MS},0)"
        tags, text = _words(shape, self.face) if isinstance(shape, Words) else _plate(shape)
        return f"Dialogue: {layer},{times},Card,,0,0,0,,{{{self._place(shape)}{fade}{tags}}}{text}"

    def _place(self, shape: Shape) -> str:
        x, y = 0.0, 0.0
        if isinstance(shape, Words):
            x, y = shape.x, shape.y + shape.size * self.face.descent / self.face.units_per_em
        moved = {"rise": (0, _RISE), "slide": (-self.plane.width, 0)}.get(shape.enter)
        if moved is None:
            return f"\\pos({x:.2f},{y:.2f})"
        return f"\\move({x + moved[0]:.2f},{y + moved[1]:.2f},{x:.2f},{y:.2f},0,{_MOVE_MS})"


def _words(words: Words, face: Face) -> tuple[str, str]:
    align = "\\an2" if words.centred else "\\an1"
    return f"{align}\\fs{ass_size(face, words.size):.2f}\\1c{colour(words.colour)}&", as_data(words.text)


def _plate(plate: Plate) -> tuple[str, str]:
    box, radius = plate.box, min(plate.radius, plate.box.height / 2, plate.box.width / 2)
    corners = [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)]
    return f"\\an7\\1c{colour(plate.colour)}&\\p4", rounded(corners, radius)


def _luminance(rgb: str) -> float:
    shares = [int(rgb[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
