"""Pictures that a brief names by their addresses: fetched under the rules for addresses of users, and kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from contracts.brief import ProductBrief
from contracts.faults import Fault
from contracts.media import Asset, AssetKind
from contracts.progress import StepName
from contracts.showcase import picture_id
from contracts.values import Value, fingerprint
from kit.blobs import Blobs
from kit.bus import now
from kit.media import probe
from kit.outbound import Outbound
from kit.steps import StepCache
from kit.together import together

AT_ONCE = 6  # of one video
TOTAL_S, IDLE_S = 90.0, 15.0  # for each
GOOD_FOR = timedelta(days=1)  # what lies at an address may change, and a shop's owner wants to see that soon

_CODE_VERSION = 1  # of what is made of an answer


class Fetched(Value):
    """A picture as it lay at its address at a moment."""

    asset: Asset
    at: datetime


class WebPictures:
    """Fetches the pictures of a brief, several at a time. What was fetched for an owner is good for a day, for all of
    their videos and in all processes.
    """

    def __init__(
        self, outbound: Outbound, blobs: Blobs, limit: int, kept: StepCache, good_for: timedelta = GOOD_FOR
    ) -> None:
        """``limit``: bytes of one picture."""
        self._outbound = outbound
        self._blobs = blobs
        self._limit = limit
        self._kept = kept
        self._good_for = good_for

    async def of(
        self, brief: ProductBrief, owner: str, folder: Path, tell: Callable[[float], None]
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
                asset = await self._one(url, owner, folder)
            done += 1
            tell(done / len(urls))
            return asset

        return tuple(await together(*(fetched(url) for url in urls)))

    async def _one(self, url: str, owner: str, folder: Path) -> Asset:
        key = fingerprint({"picture": url, "owner": owner, "code": _CODE_VERSION})
        known = await self._kept.find(StepName.FOOTAGE, key, Fetched)
        if known is not None and now() - known.at < self._good_for:
            return known.asset
        try:
            asset = await self._taken(url, owner, folder)
        except Fault as fault:
            fault.message = f"{fault.message.rstrip('.')}: {url.partition('?')[0]}"
            raise
        await self._kept.keep(StepName.FOOTAGE, key, Fetched(asset=asset, at=now()))
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
