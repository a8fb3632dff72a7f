"""One product and how much less it costs: a band with the discount across the frame, the prices below it."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.showcase import Card, CardLook
from services.render.plan.cards.board import Board, Box
from services.render.plan.cards.rows import Button, Prices, Row, Text, stacked
from services.render.plan.cards.shapes import Plate, Shape, Words, ink_on

_HIGH, _WIDE = 0.44, 0.5  # of the frame, for the pictures
_LEAST = 540  # pixels at 1080 x 1920 for what is written below them
_BAND = 230  # height at 1080 x 1920
_FILL = 0.82  # of the band's height, for the size of its words
_ASIDE = 48


def stage(board: Board) -> Box:
    return board.left(_WIDE) if board.lying else board.upper(_HIGH, _LEAST)


def drawn(card: Card, look: CardLook, board: Board) -> Iterator[Shape]:
    pictures, says = stage(board), card.badge or card.price
    free = board.beside(pictures, 36)
    if says:
        band = _band(board, pictures)
        yield Plate(band, look.accent, since=0, enter="slide")
        yield _cry(board, says, band, look)
        free = Box(free.x, band.bottom + 28 * board.unit, free.width, free.bottom - band.bottom - 28 * board.unit)
    yield from stacked(list(_rows(card, look, priced=bool(card.badge))), board, free)


def _band(board: Board, pictures: Box) -> Box:
    high = _BAND * board.unit
    if board.lying:
        return Box(pictures.right, board.safe.y, board.plane.width - pictures.right, high)
    return Box(0, pictures.bottom, board.plane.width, high)


def _cry(board: Board, says: str, band: Box, look: CardLook) -> Words:
    """As large as the band lets it be, inside of the safe zone."""
    left = max(band.x + _ASIDE * board.unit, board.safe.x)
    right = min(band.right - _ASIDE * board.unit, board.safe.right)
    size = min(band.height * _FILL, (right - left) / max(board.width(says, 1.0), 0.1))
    high = board.face.cap_height / board.face.units_per_em * size
    middle = (left + right) / 2, band.y + (band.height + high) / 2
    return Words(says, *middle, size, ink_on(look.accent), centred=True, since=2, enter="slide")


def _rows(card: Card, look: CardLook, *, priced: bool) -> Iterator[Row]:
    if card.brand:
        yield Text(card.brand.upper(), 30, look.accent)
    yield Text(card.name, 56, look.text, most=3, gap=6)
    if card.price and priced:
        yield Prices(card.price, card.old_price, 96, look.accent, look.text, gap=12)
    if card.call:
        yield Button(card.call, 42, look.accent, since=card.call_from - card.start, gap=24)
