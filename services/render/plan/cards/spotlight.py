"""One product: its pictures fill the upper part, or the left one where the frame lies; name and price have the rest."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.showcase import Card, CardLook
from services.render.plan.cards.board import Board, Box
from services.render.plan.cards.rows import Button, Prices, Row, Text, badge, stacked
from services.render.plan.cards.shapes import Shape

_HIGH, _WIDE = 0.54, 0.54  # of the frame, for the pictures
_LEAST = 330  # pixels at 1080 x 1920 for what is written below them


def stage(board: Board) -> Box:
    return board.left(_WIDE) if board.lying else board.upper(_HIGH, _LEAST)


def drawn(card: Card, look: CardLook, board: Board) -> Iterator[Shape]:
    yield from stacked(list(_rows(card, look)), board, board.beside(stage(board), 40))
    if card.badge:
        yield from badge(board, card.badge, board.safe.y, 46, look.accent)


def _rows(card: Card, look: CardLook) -> Iterator[Row]:
    if card.brand:
        yield Text(card.brand.upper(), 32, look.accent)
    yield Text(card.name, 64, look.text, most=3, gap=8)
    if card.price:
        yield Prices(card.price, card.old_price, 92, look.accent, look.text, gap=14)
    if card.call:
        yield Button(card.call, 42, look.accent, since=card.call_from - card.start, gap=26)
