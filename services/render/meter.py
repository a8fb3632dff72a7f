"""How far a video is, out of several encodes at the same time."""

from __future__ import annotations

import time
from collections.abc import Callable

from services.render.ffmpeg import RenderProgress

_TELLING = 0.02  # of the work; an estimate from less would only jump about


class Meter:
    """Adds up what is done, in frames. What was kept counts as done, and not for the speed."""

    def __init__(
        self, frames: float, tell: Callable[[RenderProgress], None], now: Callable[[], float] = time.monotonic
    ) -> None:
        self._all = frames
        self._tell = tell
        self._now = now
        self._began = now()
        self._kept = 0.0
        self._done: dict[str, float] = {}
        self._share = 0.0

    def kept(self, frames: float) -> None:
        """So much need not be done."""
        self._kept += frames
        self._say()

    def reached(self, part: str, frames: float) -> None:
        """One part of the work is so far."""
        self._done[part] = max(frames, self._done.get(part, 0.0))
        self._say()

    def _say(self) -> None:
        worked = sum(self._done.values())
        spent = self._now() - self._began
        left = max(self._all - self._kept - worked, 0.0)
        eta = spent * left / worked if worked > self._all * _TELLING else None
        self._share = max(self._share, round(1 - left / self._all, 6))
        self._tell(RenderProgress(self._share, eta, worked / spent if spent > 0 else 0.0))
