"""Several products, one after the other: large pictures, a short line about each, and how many there are."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.showcase import Card, CardLook
from services.render.plan.cards.board import Board, Box
from services.render.plan.cards.rows import Button, Prices, Row, Text, badge, stacked
from services.render.plan.cards.shapes import Plate, Shape

_HIGH, _WIDE = 0.6, 0.58  # of the frame, for the pictures
_LEAST = 260  # pixels at 1080 x 1920 for what is written below them
_BAR, _APART = 8, 10  # pixels at 1080 x 1920
_TO_COME = "#8A8F98"


def stage(board: Board) -> Box:
    return board.left(_WIDE) if board.lying else board.upper(_HIGH, _LEAST)


def drawn(card: Card, look: CardLook, board: Board) -> Iterator[Shape]:
    yield from _steps(card, look, board)
    yield from stacked(list(_rows(card, look)), board, board.beside(stage(board), 34))
    if card.badge:
        yield from badge(board, card.badge, board.safe.y + (_BAR + 24) * board.unit, 42, look.accent)


def _steps(card: Card, look: CardLook, board: Board) -> Iterator[Shape]:
    """A bar for each product: those that were shown and the one that is are bright."""
    if card.count < 2:
        return
    safe, apart = board.safe, _APART * board.unit
    wide = (safe.width - apart * (card.count - 1)) / card.count
    for place in range(card.count):
        bar = Box(safe.x + place * (wide + apart), safe.y, wide, _BAR * board.unit)
        yield Plate(bar, look.accent if place < card.number else _TO_COME, bar.height / 2)


def _rows(card: Card, look: CardLook) -> Iterator[Row]:
    yield Text(card.name, 56, look.text, most=3)
    if card.price:
        yield Prices(card.price, card.old_price, 76, look.accent, look.text, gap=8)
    if card.call:
        yield Button(card.call, 40, look.accent, since=card.call_from - card.start, gap=20)
