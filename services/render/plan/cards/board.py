"""What a template draws on: the plane in pixels, what of it is free, and text that is made to fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contracts.timeline import Timeline
from kit.fonts import Face
from services.render.plan.subtitles import Canvas, top_of

_LYING = 1.2  # width to height from which on things stand side by side
_UNITS = {"upright": 1.0, "square": 0.64, "lying": 0.84}  # what sizes meant for 1080 x 1920 are multiplied by
_STAGE_LEAST = 0.15  # of the plane's height
_SPARE = 0.97  # of a width: shaping may come out a little wider than the sum of the advances
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the plane, in its pixels, from its top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def inset(self, by: float) -> Box:
        return Box(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)


@dataclass(frozen=True, slots=True)
class Board:
    """The plane of subtitles, and where they begin: nothing that is to be read is drawn below ``floor``."""

    plane: Canvas
    floor: float
    face: Face

    @property
    def lying(self) -> bool:
        return self.plane.width >= self.plane.height * _LYING

    @property
    def unit(self) -> float:
        """What a length that is right at 1080 x 1920 is multiplied by."""
        upright = self.plane.height >= self.plane.width * _LYING
        return _UNITS["lying" if self.lying else "upright" if upright else "square"]

    @property
    def safe(self) -> Box:
        """What no platform covers, down to the subtitles."""
        zone, width, height = self.plane.zone, self.plane.width, self.plane.height
        top = height * zone.top
        return Box(width * zone.left, top, width * (1 - zone.left - zone.right), self.floor - top)

    def upper(self, share: float, least: float) -> Box:
        """The upper part of the plane: this share of its height, or less where the rest would have no ``least``."""
        high = min(self.plane.height * share, self.floor - least * self.unit)
        return Box(0, 0, self.plane.width, max(high, self.plane.height * _STAGE_LEAST))

    def left(self, share: float) -> Box:
        """The left part of the plane."""
        return Box(0, 0, self.plane.width * share, self.plane.height)

    def beside(self, stage: Box, gap: float) -> Box:
        """The free part of the plane that the pictures leave: to their right, or else below them."""
        safe, by = self.safe, gap * self.unit
        if self.lying:
            left = stage.right + by
            return Box(left, safe.y + by, safe.right - left, safe.height - 2 * by)
        top = stage.bottom + by
        return Box(safe.x, top, safe.width, safe.bottom - by / 2 - top)

    def width(self, text: str, size: float) -> float:
        """Pixels that a line of text may take at a font size."""
        return self.face.width(text) * size / _SPARE

    def wrapped(self, text: str, size: float, width: float, most: int) -> tuple[str, ...]:
        """The text in lines no wider, as even as can be; empty if it does not fit in so many."""
        words = text.split()
        for count in range(1, most + 1):
            lines = self._filled(words, size, width)
            if len(lines) > count or any(self.width(line, size) > width for line in lines):
                continue
            return self._evened(words, size, width, len(lines)) or lines
        return ()

    def cut(self, text: str, size: float, width: float, most: int) -> tuple[str, ...]:
        """As much of the text as goes into so many lines, and a sign that there is more."""
        letters = text
        while letters:
            letters = letters[:-1].rstrip(" ,.;:-")
            broken = self._broken(letters + _ELLIPSIS, size, width)
            if len(broken) <= most:
                return broken
        return ()

    def _filled(self, words: Sequence[str], size: float, width: float) -> tuple[str, ...]:
        lines: list[str] = []
        for word in words:
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, size) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return tuple(lines)

    def _evened(self, words: Sequence[str], size: float, width: float, count: int) -> tuple[str, ...]:
        """As many lines in a narrower room, where that does it."""
        best: tuple[str, ...] = ()
        room = width
        while room > width * 0.4:
            room *= 0.94
            lines = self._filled(words, size, room)
            if len(lines) > count or any(self.width(line, size) > width for line in lines):
                break
            best = lines
        return best

    def _broken(self, text: str, size: float, width: float) -> tuple[str, ...]:
        return self._filled([part for word in text.split() for part in self._parts(word, size, width)], size, width)

    def _parts(self, word: str, size: float, width: float) -> Iterator[str]:
        part = ""
        for letter in word:
            if part and self.width(part + letter, size) > width:
                yield part
                part = ""
            part += letter
        yield part


def board(timeline: Timeline, plane: Canvas, face: Face) -> Board:
    """What is free on a timeline's plane. Subtitles are taken to have two lines, so that nothing moves with them."""
    bottom = plane.height * (1 - plane.zone.bottom)
    spoken = timeline.subtitles.preset != "none" and bool(timeline.cues)
    return Board(plane, min(bottom, top_of(timeline.subtitles, plane)) if spoken else bottom, face)
