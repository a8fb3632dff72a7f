"""Takes an upload in by its URL: under the same limits and through the same door as one that is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import unquote, urlsplit

from pydantic import StringConstraints

from contracts.brief import NO_NUL
from contracts.media import AssetKind
from contracts.values import Asked
from kit.outbound import Outbound
from services.gateway.places import Places
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
        self._total_s = total_s
        self._idle_s = idle_s
        self._places = Places(
            slots,
            _RETRY_AFTER_S,
            mine=("too_many_fetches", "Wait until your other fetches are done."),
            full=("fetches_busy", "Too many files are being fetched; try again soon."),
        )

    async def take(self, asked: Fetch, owner: str) -> tuple[AssetResource, bool]:
        """The file as an asset, and whether the same bytes were there before.

        Raises:
            Problem: 429 or 503, too many are being fetched.
            UrlForbidden, UrlUnreachable, UrlTooLarge: it can't be had.
            BadMedia: the content is not what this kind of asset takes, or can't be used.
        """
        name = asked.name or unquote(urlsplit(asked.url).path)
        with self._places.held(owner):
            async with self._outbound.get(
                asked.url, self._limits[asked.kind], total_s=self._total_s, idle_s=self._idle_s
            ) as download:
                return await self._uploading.take(
                    download.chunks, declared=None, kind=asked.kind, name=name, owner=owner
                )
