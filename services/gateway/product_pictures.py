"""Pictures of a feed's products for the page, which asks no host but its own: fetched under the rules for addresses of
users, made small, and kept for a while.
"""

from __future__ import annotations

import asyncio
from uuid import UUID

from contracts.media import AssetKind
from contracts.values import fingerprint
from kit.blobs import Blobs
from kit.bus import now
from kit.media import probe
from kit.outbound import Outbound
from kit.pictures import fitting, shrunk
from kit.scratch import Scratch
from services.gateway.feeds import Feeds
from services.gateway.places import Places
from services.gateway.previewing import Kept, Preview

ROOM = (192, 192)  # pixels: four times what a list shows, for dense screens
BYTES_MOST = 20 << 20  # of the shop's own picture
TOTAL_S, IDLE_S = 20.0, 5.0
_SLOTS = 12  # a browser asks for six at a time
_RETRY_AFTER_S = 2
_KEPT_BYTES = 16 << 20  # some two thousand


class ProductPictures:
    """Fetches a few at a time; one owner gets half of the places. What lies at an address is asked for once a day."""

    def __init__(self, feeds: Feeds, outbound: Outbound, blobs: Blobs, scratch: Scratch) -> None:
        self._feeds = feeds
        self._outbound = outbound
        self._blobs = blobs
        self._scratch = scratch
        self._kept = Kept(_KEPT_BYTES)
        self._places = Places(
            _SLOTS,
            _RETRY_AFTER_S,
            mine=("too_many_pictures", "Wait until your other pictures have come."),
            full=("pictures_busy", "Too many pictures are being fetched; try again soon."),
        )

    async def take(self, feed: UUID, product: str, owner: str) -> Preview:
        """The first picture of a product.

        Raises:
            Problem: 404, there is no such product, or it has no picture; 429 or 503, too many are being fetched.
            UrlForbidden, UrlUnreachable, UrlTooLarge, BadMedia: it can't be had.
        """
        url = await self._feeds.picture_of(feed, product, owner)
        key = fingerprint([url, owner, now().date().isoformat()])
        jpeg = self._kept.get(key)
        if jpeg is None:
            with self._places.held(owner):
                jpeg = await self._small(url)
            self._kept.put(key, jpeg)
        return Preview(key, jpeg)

    async def _small(self, url: str) -> bytes:
        async with self._scratch.held("picture") as folder:
            async with self._outbound.get(url, BYTES_MOST, total_s=TOTAL_S, idle_s=IDLE_S) as download:
                received = await self._blobs.receive(download.chunks, BYTES_MOST, folder)
            facts, _ = await probe(received.path, AssetKind.IMAGE)
            target = folder / "small.jpg"
            await shrunk(received.path, facts.demuxer, fitting(facts.width, facts.height, ROOM), target)
            return await asyncio.to_thread(target.read_bytes)
