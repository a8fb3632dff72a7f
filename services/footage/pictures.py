"""Pictures that a brief names by their addresses: fetched under the rules for addresses of users, and kept."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import UUID

from contracts.brief import ProductBrief
from contracts.faults import Fault
from contracts.media import Asset, AssetKind
from contracts.showcase import picture_id
from kit.blobs import Blobs
from kit.media import probe
from kit.outbound import Outbound
from kit.together import together

AT_ONCE = 6  # of one video
TOTAL_S, IDLE_S = 90.0, 15.0  # for each

_REMEMBERED = 512  # pictures that the next variant of a job needs again


class WebPictures:
    """Fetches the pictures of a job, several at a time, each once for all of its variants that are made here."""

    def __init__(self, outbound: Outbound, blobs: Blobs, limit: int) -> None:
        """``limit``: bytes of one picture."""
        self._outbound = outbound
        self._blobs = blobs
        self._limit = limit
        self._known: OrderedDict[tuple[UUID, str], Asset] = OrderedDict()

    async def of(
        self, brief: ProductBrief, job: UUID, owner: str, folder: Path, tell: Callable[[float], None]
    ) -> tuple[Asset, ...]:
        """All that the brief names by address, each once, in order.

        Raises:
            UrlForbidden, UrlTooLarge, BadMedia: one of them can't be used; the message says which.
            UrlUnreachable: one of them does not come.
        """
        urls = list(dict.fromkeys(url for product in brief.products for url in product.picture_urls))
        places = asyncio.Semaphore(AT_ONCE)
        done = 0

        async def fetched(url: str) -> Asset:
            nonlocal done
            async with places:
                asset = await self._one(url, job, owner, folder)
            done += 1
            tell(done / len(urls))
            return asset

        return tuple(await together(*(fetched(url) for url in urls)))

    async def _one(self, url: str, job: UUID, owner: str, folder: Path) -> Asset:
        known = self._known.get((job, url))
        if known is not None and await self._blobs.exists(known.blob):
            return known
        try:
            asset = await self._taken(url, owner, folder)
        except Fault as fault:
            fault.message = f"{fault.message.rstrip('.')}: {url.partition('?')[0]}"
            raise
        self._known[job, url] = asset
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return asset

    async def _taken(self, url: str, owner: str, folder: Path) -> Asset:
        async with self._outbound.get(url, self._limit, total_s=TOTAL_S, idle_s=IDLE_S) as download:
            received = await self._blobs.receive(download.chunks, self._limit, folder)
        facts, media_type = await probe(received.path, AssetKind.IMAGE)
        return Asset(
            id=picture_id(url),
            owner=owner,
            kind=AssetKind.IMAGE,
            name=unquote(urlsplit(url).path).rpartition("/")[2][:100] or "picture",
            blob=await self._blobs.put_file(received.path, media_type, sha256=received.sha256),
            facts=facts,
        )
