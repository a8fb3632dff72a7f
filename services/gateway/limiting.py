"""How much a user may ask for: windows of a minute, shared by all gateways, kept apart by kind of request."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from contracts.accounts import Allowance
from kit.settings import Settings
from services.gateway.counter import SQL, Counter
from services.gateway.problems import Problem

WINDOW_S = 60.0
_KNOWN_MAX = 10_000  # windows in memory
_OTHERS = "everybody else"


class Kind(StrEnum):
    """What is counted apart. The names are those of ``Allowance`` and of the policies in the headers."""

    READ = "reads"
    WRITE = "writes"
    UPLOAD = "uploads"
    STREAM_OPEN = "stream_opens"
    FAILED_KEY = "failed_keys"


@dataclass(frozen=True, slots=True)
class Rates:
    """Requests a minute by kind, and streams at the same time, for whoever has no limits of their own."""

    a_minute: Mapping[Kind, int]
    streams: int

    @classmethod
    def of(cls, settings: Settings) -> Rates:
        return cls({kind: getattr(settings, f"limit_{kind}") for kind in Kind}, settings.limit_streams)

    def limit(self, kind: Kind, own: Allowance) -> int:
        found: int | None = getattr(own, kind, None)
        return self.a_minute[kind] if found is None else found

    def streams_of(self, own: Allowance) -> int:
        return self.streams if own.streams is None else own.streams


@dataclass(frozen=True, slots=True)
class Spent:
    """A window after a request was counted. ``used`` above ``limit``: the request is one too many."""

    kind: Kind
    limit: int
    used: int
    left_s: float

    @property
    def is_over(self) -> bool:
        return self.used > self.limit

    @property
    def wait_s(self) -> int:
        """Whole seconds after which it is over for sure."""
        return max(1, math.ceil(self.left_s))

    @property
    def headers(self) -> dict[str, str]:
        """As the IETF draft on RateLimit header fields (draft-ietf-httpapi-ratelimit-headers-10) writes them."""
        return {
            "RateLimit-Policy": f'"{self.kind}";q={self.limit};w={WINDOW_S:.0f}',
            "RateLimit": f'"{self.kind}";r={max(0, self.limit - self.used)};t={self.wait_s}',
        }

    def refusal(self) -> Problem:
        what = self.kind.replace("_", " ")
        detail = f"At most {self.limit} {what} a minute are taken; try again in {self.wait_s} s."
        return Problem(429, "rate_limited", detail, headers=self.headers | {"Retry-After": str(self.wait_s)})


class Windows:
    """Counts requests together with all other gateways; while PostgreSQL is away, each gateway by itself."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._alone = OwnWindows()
        self._full: dict[tuple[str, Kind, int], float] = {}

    async def hit(self, who: str, kind: Kind, limit: int) -> Spent:
        """One request more. What is known to be full is refused without asking anybody."""
        full_for = self._full.get((who, kind, limit), 0.0) - time.monotonic()
        if full_for > 0:
            return Spent(kind, limit, limit + 1, full_for)
        spent = await self._together(who, kind, limit) or self._alone.hit(who, kind, limit)
        if spent.is_over:
            if len(self._full) >= _KNOWN_MAX:
                self._full.clear()  # they are only asked for again
            self._full[who, kind, limit] = time.monotonic() + spent.left_s
        return spent

    async def _together(self, who: str, kind: Kind, limit: int) -> Spent | None:
        window = timedelta(seconds=WINDOW_S)
        row = await self._counter.ask(lambda link: link.fetchrow(SQL["hit"], who, kind.value, window, limit))
        return None if row is None else Spent(kind, limit, row["used"], row["left_s"])


class OwnWindows:
    """The same in memory. Where too many users come at once, the rest of them share one window of each kind."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, most: int = _KNOWN_MAX) -> None:
        self._clock = clock
        self._most = most
        self._windows: dict[tuple[str, Kind], tuple[float, int]] = {}

    def hit(self, who: str, kind: Kind, limit: int) -> Spent:
        at = self._clock()
        if (who, kind) not in self._windows and len(self._windows) >= self._most:
            self._windows = {name: window for name, window in self._windows.items() if window[0] > at}
            if len(self._windows) >= self._most:
                who = _OTHERS
        ends, used = self._windows.get((who, kind), (0.0, 0))
        ends, used = (ends, min(used, limit) + 1) if ends > at else (at + WINDOW_S, 1)
        self._windows[who, kind] = (ends, used)
        return Spent(kind, limit, used, ends - at)
