"""Takes an upload in: streamed to disk under a limit, its type told by its content, probed, kept, announced."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import AsyncIterator
from uuid import UUID, uuid5

from contracts import subjects
from contracts.events import AssetUploadedV1
from contracts.media import Asset, AssetKind
from kit.blobs import Blobs
from kit.bus import Bus, now
from kit.media import probe
from kit.scratch import Scratch
from services.gateway.problems import Problem
from services.gateway.reading import Reading, fresh_asset
from services.gateway.resources import AssetResource

_ASSETS = UUID("3c0a54f2-7d57-5e0c-8f6b-6d1f0a9be7c4")
_NAME_MAX = 120


def display_name(given: str) -> str:
    """A file name to show: no folders, no control or direction characters, at most 120 characters. Never a path."""
    last = re.split(r"[/\\]", given)[-1]
    shown = "".join(char for char in last if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return unicodedata.normalize("NFC", shown).strip(" .")[:_NAME_MAX] or "upload"


class Uploading:
    """One door for all uploads."""

    def __init__(self, bus: Bus, blobs: Blobs, scratch: Scratch, reading: Reading, limit: int) -> None:
        self._bus = bus
        self._blobs = blobs
        self._scratch = scratch
        self._reading = reading
        self._limit = limit

    async def take(
        self, chunks: AsyncIterator[bytes], *, declared: int | None, kind: AssetKind, name: str, owner: str
    ) -> tuple[AssetResource, bool]:
        """The upload as an asset, and whether the same bytes were there before.

        Raises:
            Problem: 413 as soon as the declared or received size is over the limit.
            BadMedia: the content is not what this kind of asset takes, or can't be used.
        """
        if declared is not None and declared > self._limit:
            raise self._too_large()
        async with self._scratch.held("upload") as folder:
            received = await self._blobs.receive(chunks, self._limit, folder)
            if declared is not None and received.size < declared:
                raise Problem(400, "upload_cut", "The upload ended before all of it had arrived; send it again.")
            facts, media_type = await probe(received.path, kind)
            blob = await self._blobs.put_file(received.path, media_type)
        asset = Asset(
            id=uuid5(_ASSETS, f"{owner}\n{kind}\n{blob.sha256}"),
            owner=owner,
            kind=kind,
            name=display_name(name),
            blob=blob,
            facts=facts,
        )
        event = AssetUploadedV1(owner=owner, lane=subjects.lane(owner, "final"), at=now(), asset=asset)
        announced = await self._bus.announce(event)
        if announced.won:
            return fresh_asset(event), False
        return await self._reading.asset(asset.id, owner), True

    def _too_large(self) -> Problem:
        most = f"{self._limit / (1 << 20):.0f} MiB"
        return Problem(413, "payload_too_large", f"At most {most} are taken.", headers={"Connection": "close"})
