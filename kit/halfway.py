"""A hook that fires once when progress has come far enough."""

from __future__ import annotations

from collections.abc import Callable


def once_at(share: float, act: Callable[[], None]) -> Callable[[float], None]:
    """A function of progress (0..1) that acts the first time it reaches ``share``."""
    acted = False

    def look(reached: float) -> None:
        nonlocal acted
        if reached >= share and not acted:
            acted = True
            act()

    return look
