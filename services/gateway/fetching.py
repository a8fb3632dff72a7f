"""Takes an upload in by its URL: under the same limits and through the same door as one that is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated
from urllib.parse import unquote, urlsplit

from pydantic import StringConstraints

from contracts.brief import NO_NUL
from contracts.media import AssetKind
from contracts.values import Asked
from kit.outbound import Outbound
from services.gateway.problems import Problem
from services.gateway.resources import AssetResource
from services.gateway.uploading import Uploading

TOTAL_S = 600.0  # 500 MB at 1 MB/s take 500 s
IDLE_S = 15.0
_RETRY_AFTER_S = 10


class Fetch(Asked):
    """A file to be fetched: where it lies, and what it is for."""

    url: Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=NO_NUL)]
    kind: AssetKind = AssetKind.FOOTAGE
    name: Annotated[str, StringConstraints(max_length=2000)] | None = None


class Fetching:
    """Fetches a few files at a time; one owner gets half of the places."""

    def __init__(
        self,
        outbound: Outbound,
        uploading: Uploading,
        *,
        limits: Mapping[AssetKind, int],
        slots: int,
        total_s: float = TOTAL_S,
        idle_s: float = IDLE_S,
    ) -> None:
        self._outbound = outbound
        self._uploading = uploading
        self._limits = limits
        self._slots = slots
        self._total_s = total_s
        self._idle_s = idle_s
        self._busy: Counter[str] = Counter()

    async def take(self, asked: Fetch, owner: str) -> tuple[AssetResource, bool]:
        """The file as an asset, and whether the same bytes were there before.

        Raises:
            Problem: 429 or 503, too many are being fetched.
            UrlForbidden, UrlUnreachable, UrlTooLarge: it can't be had.
            BadMedia: the content is not what this kind of asset takes, or can't be used.
        """
        name = asked.name or unquote(urlsplit(asked.url).path)
        with self._place(owner):
            async with self._outbound.get(
                asked.url, self._limits[asked.kind], total_s=self._total_s, idle_s=self._idle_s
            ) as download:
                return await self._uploading.take(
                    download.chunks, declared=None, kind=asked.kind, name=name, owner=owner
                )

    @contextmanager
    def _place(self, owner: str) -> Iterator[None]:
        later = {"Retry-After": str(_RETRY_AFTER_S)}
        if self._busy[owner] >= max(1, self._slots // 2):
            raise Problem(429, "too_many_fetches", "Wait until your other fetches are done.", headers=later)
        if self._busy.total() >= self._slots:
            raise Problem(503, "fetches_busy", "Too many files are being fetched; try again soon.", headers=later)
        self._busy[owner] += 1
        try:
            yield
        finally:
            self._busy[owner] -= 1
            if not self._busy[owner]:
                del self._busy[owner]
