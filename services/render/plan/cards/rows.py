"""Rows of text on top of each other, made smaller together until they fit their box."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from services.render.plan.cards.board import Board, Box
from services.render.plan.cards.shapes import Enter, Plate, Shape, Words, ink_on

_STEPS = (1.0, 0.93, 0.86, 0.8, 0.74, 0.68, 0.62, 0.56, 0.5, 0.42, 0.36, 0.3, 0.25)
_CUT_FROM = 0.62  # text that does not fit at this step is cut rather than made smaller
_LEADING = 1.14  # line to line, in font sizes
_ABOVE = 0.8  # of a line's height lies above the baseline, in font sizes
_STAGGER = 3  # frames between one row's coming in and the next one's
_STRUCK = 0.07  # thickness of the line through an old price, in font sizes
_BADGE_ASIDE = 1.3  # beside the words of a badge, in font sizes
_MIDDLE = 0.3  # where it lies above the baseline


class Row(Protocol):
    """Something that is as wide as its box and has a height. Sizes are those of the board's unit; ``step`` shrinks."""

    @property
    def gap(self) -> float: ...

    def height(self, board: Board, width: float, step: float, *, last: bool) -> float | None:
        """Pixels, or None if it does not fit; as the ``last`` try it has to."""

    def drawn(self, board: Board, box: Box, step: float, since: int) -> Iterator[Shape]: ...


@dataclass(frozen=True, slots=True)
class Text:
    """Words in at most ``most`` lines."""

    text: str
    size: float
    colour: str
    most: int = 1
    gap: float = 0.0
    enter: Enter = "rise"

    def height(self, board: Board, width: float, step: float, *, last: bool) -> float | None:
        lines = self._lines(board, width, step) or (self._cut(board, width, step) if last else ())
        return len(lines) * self.size * board.unit * step * _LEADING if lines else None

    def drawn(self, board: Board, box: Box, step: float, since: int) -> Iterator[Shape]:
        size = self.size * board.unit * step
        lines = self._lines(board, box.width, step) or self._cut(board, box.width, step)
        for place, line in enumerate(lines):
            baseline = box.y + size * (_LEADING * place + _ABOVE + (_LEADING - 1) / 2)
            yield Words(line, box.x, baseline, size, self.colour, since=since, enter=self.enter)

    def _lines(self, board: Board, width: float, step: float) -> tuple[str, ...]:
        return board.wrapped(self.text, self.size * board.unit * step, width, self.most)

    def _cut(self, board: Board, width: float, step: float) -> tuple[str, ...]:
        return board.cut(self.text, self.size * board.unit * step, width, self.most)


@dataclass(frozen=True, slots=True)
class Prices:
    """What it costs, and struck through what it cost before: beside it, or where there is no room below it."""

    price: str
    old: str
    size: float
    colour: str
    old_colour: str
    gap: float = 0.0

    _OLD = 0.5  # of the price's size
    _APART = 0.32  # in font sizes

    def height(self, board: Board, width: float, step: float, *, last: bool) -> float | None:
        size = self.size * board.unit * step
        if board.width(self.price, size) > width and not last:
            return None
        return size * _LEADING * (1 + (self._OLD if self._below(board, width, size) else 0))

    def drawn(self, board: Board, box: Box, step: float, since: int) -> Iterator[Shape]:
        size = self.size * board.unit * step
        wide = board.width(self.price, size)
        shown = size * min(1.0, box.width / wide)
        baseline = box.y + size * (_ABOVE + (_LEADING - 1) / 2)
        yield Words(self.price, box.x, baseline, shown, self.colour, since=since, enter="rise")
        if self.old:
            below = self._below(board, box.width, size)
            x = box.x if below else box.x + wide + size * self._APART
            old_line = baseline + size * self._OLD * _LEADING if below else baseline
            yield from self._struck(board, x, old_line, size * self._OLD, since)

    def _struck(self, board: Board, x: float, baseline: float, size: float, since: int) -> Iterator[Shape]:
        yield Words(self.old, x, baseline, size, self.old_colour, since=since, enter="fade")
        thick, over = size * _STRUCK, size * 0.08
        wide = board.face.width(self.old) * size
        line = Box(x - over, baseline - size * _MIDDLE - thick / 2, wide + 2 * over, thick)
        yield Plate(line, self.old_colour, thick / 2, since=since, enter="fade")

    def _below(self, board: Board, width: float, size: float) -> bool:
        both = board.width(self.price, size) + size * self._APART + board.width(self.old, size * self._OLD)
        return bool(self.old) and both > width


@dataclass(frozen=True, slots=True)
class Button:
    """Words on a plate, from frame ``since`` of the card on."""

    text: str
    size: float
    colour: str
    since: int
    gap: float = 0.0

    _HIGH, _ASIDE = 1.9, 0.75  # of the plate and beside the words, in font sizes

    def height(self, board: Board, width: float, step: float, *, last: bool) -> float | None:
        size = self.size * board.unit * step
        fits = board.width(self.text, size) + 2 * self._ASIDE * size <= width
        return size * self._HIGH if fits or last else None

    def drawn(self, board: Board, box: Box, step: float, since: int) -> Iterator[Shape]:
        size = self.size * board.unit * step
        wide = board.width(self.text, size) + 2 * self._ASIDE * size
        size *= min(1.0, box.width / wide)
        plate = Box(box.x, box.y, min(wide, box.width), box.height)
        yield from pill(board, self.text, plate, size, self.colour, max(self.since, since))


def pill(  # noqa: PLR0917  (a plate with words has all of these)
    board: Board, text: str, plate: Box, size: float, colour: str, since: int, enter: Enter = "fade"
) -> Iterator[Shape]:
    """A plate with round ends and words in its middle."""
    yield Plate(plate, colour, plate.height / 2, since=since, enter=enter)
    high = board.face.cap_height / board.face.units_per_em * size
    middle = plate.x + plate.width / 2, plate.y + (plate.height + high) / 2
    yield Words(text, *middle, size, ink_on(colour), centred=True, since=since, enter=enter)


def badge(board: Board, text: str, top: float, size: float, colour: str) -> Iterator[Shape]:
    """A pill at the left of the safe zone, as large as ``size`` or as there is room."""
    high = size * board.unit
    high *= min(1.0, board.safe.width / (board.width(text, high) + high * _BADGE_ASIDE))
    plate = Box(board.safe.x, top, board.width(text, high) + high * _BADGE_ASIDE, high * 1.75)
    yield from pill(board, text, plate, high, colour, since=8)


def stacked(rows: Sequence[Row], board: Board, box: Box) -> Iterator[Shape]:
    """The rows in the middle of their box, one after the other, as large as all of them can be."""
    for step in _STEPS:
        last = step <= _CUT_FROM
        heights = [row.height(board, box.width, step, last=last) for row in rows]
        known = [height for height in heights if height is not None]
        gaps = [row.gap * board.unit * step if place else 0.0 for place, row in enumerate(rows)]
        whole = sum(known) + sum(gaps)
        if len(known) == len(rows) and (whole <= box.height or step == _STEPS[-1]):
            yield from _placed(rows, board, box, step, list(zip(gaps, known, strict=True)))
            return


def _placed(
    rows: Sequence[Row], board: Board, box: Box, step: float, lengths: Sequence[tuple[float, float]]
) -> Iterator[Shape]:
    whole = sum(gap + height for gap, height in lengths)
    at = box.y + max(0.0, (box.height - whole) / 2)
    for place, (row, (gap, height)) in enumerate(zip(rows, lengths, strict=True)):
        at += gap
        yield from row.drawn(board, Box(box.x, at, box.width, height), step, 3 + place * _STAGGER)
        at += height
