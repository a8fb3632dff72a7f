"""Work of the gateway itself that only so many may have at the same time, each user at most half of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from services.gateway.problems import Problem


class Places:
    """``mine`` and ``full``: code and words of the refusal where one user's half, or everything, is taken."""

    def __init__(self, slots: int, retry_after_s: int, *, mine: tuple[str, str], full: tuple[str, str]) -> None:
        self._slots = slots
        self._headers = {"Retry-After": str(retry_after_s)}
        self._mine = mine
        self._full = full
        self._busy: Counter[str] = Counter()

    @contextmanager
    def held(self, owner: str) -> Iterator[None]:
        """A place for as long as the context lasts.

        Raises:
            Problem: 429 or 503, there is none.
        """
        if self._busy[owner] >= max(1, self._slots // 2):
            raise Problem(429, *self._mine, headers=self._headers)
        if self._busy.total() >= self._slots:
            raise Problem(503, *self._full, headers=self._headers)
        self._busy[owner] += 1
        try:
            yield
        finally:
            self._busy[owner] -= 1
            if not self._busy[owner]:
                del self._busy[owner]
