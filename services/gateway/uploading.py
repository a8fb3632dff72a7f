"""Takes an upload in: streamed to disk under a limit, its type told by its content, probed, kept, announced."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import AsyncIterator
from uuid import UUID, uuid5

from contracts import subjects
from contracts.events import AssetUploadedV1
from contracts.media import Asset, AssetKind
from kit.blobs import Blobs, Received
from kit.bus import Bus, now
from kit.media import probe
from kit.scratch import Scratch
from kit.settings import Settings
from services.gateway.forms import SPARE_BYTES, UploadDetails, read_form
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


def size_limits(settings: Settings) -> dict[AssetKind, int]:
    """Bytes that an upload of each kind may have; none more than any upload may."""
    most = settings.upload_max_bytes
    return {
        AssetKind.FOOTAGE: most,
        AssetKind.MUSIC: min(most, settings.music_max_bytes),
        AssetKind.IMAGE: min(most, settings.image_max_bytes),
        AssetKind.TABLE: min(most, settings.table_max_bytes),
    }


class Uploading:
    """One door for all uploads."""

    def __init__(
        self, bus: Bus, blobs: Blobs, scratch: Scratch, reading: Reading, limits: dict[AssetKind, int]
    ) -> None:
        self._bus = bus
        self._blobs = blobs
        self._scratch = scratch
        self._reading = reading
        self.limits = limits
        self._most = max(limits.values())

    async def take(
        self, chunks: AsyncIterator[bytes], *, declared: int | None, kind: AssetKind, name: str, owner: str
    ) -> tuple[AssetResource, bool]:
        """The upload as an asset, and whether the same bytes were there before.

        Raises:
            Problem: 413 as soon as the declared or received size is over the limit.
            BadMedia: the content is not what this kind of asset takes, or can't be used.
        """
        limit = self.limits[kind]
        if declared is not None and declared > limit:
            raise too_large(limit)
        async with self._scratch.held("upload") as folder:
            received = await self._blobs.receive(chunks, limit, folder)
            if declared is not None and received.size < declared:
                raise Problem(400, "upload_cut", "The upload ended before all of it had arrived; send it again.")
            asset = await self._kept(received, kind, name, owner)
        return await self._announced(asset)

    async def take_form(
        self,
        chunks: AsyncIterator[bytes],
        content_type: str,
        *,
        declared: int | None,
        kind: AssetKind,
        name: str,
        owner: str,
    ) -> tuple[AssetResource, bool]:
        """The same of a form. Its ``details`` count before ``kind`` and ``name``, and before its file's own name.

        Raises:
            Problem: 400 with the path of each fault; 413 as soon as it is known, with the details before the file by
                the limit of their kind.
            BadMedia: as ``take``.
        """
        if declared is not None and declared > self._most + SPARE_BYTES:
            raise too_large(self._most)
        async with self._scratch.held("upload") as folder:

            async def keep(content: AsyncIterator[bytes], details: UploadDetails | None) -> Received:
                limit = self.limits[details.kind or kind] if details else self._most
                if declared is not None and declared > limit + SPARE_BYTES:
                    raise too_large(limit)
                return await self._blobs.receive(content, limit, folder)

            form = await read_form(chunks, content_type, self._most + SPARE_BYTES, keep)
            kind = form.details.kind or kind
            if form.file.size > self.limits[kind]:
                raise too_large(self.limits[kind])
            asset = await self._kept(form.file, kind, form.details.name or form.file_name or name, owner)
        return await self._announced(asset)

    async def _kept(self, received: Received, kind: AssetKind, name: str, owner: str) -> Asset:
        facts, media_type = await probe(received.path, kind)
        blob = await self._blobs.put_file(received.path, media_type)
        return Asset(
            id=uuid5(_ASSETS, f"{owner}\n{kind}\n{blob.sha256}"),
            owner=owner,
            kind=kind,
            name=display_name(name),
            blob=blob,
            facts=facts,
        )

    async def _announced(self, asset: Asset) -> tuple[AssetResource, bool]:
        owner = asset.owner
        event = AssetUploadedV1(owner=owner, lane=subjects.lane(owner, "final"), at=now(), asset=asset)
        announced = await self._bus.announce(event)
        if announced.won:
            return fresh_asset(event), False
        return await self._reading.asset(asset.id, owner), True


def too_large(limit: int) -> Problem:
    """The refusal of what has more bytes than ``limit``."""
    return Problem(413, "payload_too_large", f"At most {limit / (1 << 20):.0f} MiB are taken.")
