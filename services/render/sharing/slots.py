"""The places of a render process: its own videos come first, helping others takes what is left."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_RESTS_S = 0.3  # a place that is just free is mostly taken again by the next video of its own


class Slots:
    """So many pieces of work at the same time. Of one event loop."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._own = 0
        self._helping: list[asyncio.Task[Any]] = []
        self._freed = asyncio.Event()

    @property
    def spare(self) -> int:
        return self._count - self._own - len(self._helping)

    @contextmanager
    def own(self) -> Iterator[None]:
        """A video of one's own is made; whoever helps in its place is sent away at once."""
        self._own += 1
        for task in self._helping[max(0, self._count - self._own) :]:
            task.cancel()
        try:
            yield
        finally:
            self._own -= 1
            self._freed.set()

    @contextmanager
    def helping(self, task: asyncio.Task[Any]) -> Iterator[None]:
        """The task helps; it is cancelled when its place is needed."""
        self._helping.append(task)
        try:
            yield
        finally:
            self._helping.remove(task)
            self._freed.set()

    async def until_spare(self) -> None:
        """Returns when a place has been free for a moment."""
        while True:
            while self.spare <= 0:
                self._freed.clear()
                await self._freed.wait()
            await asyncio.sleep(_RESTS_S)
            if self.spare > 0:
                return
