"""Previews of subtitles: drawn a few at a time, and kept for a while."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from contextlib import AsyncExitStack
from dataclasses import dataclass

from contracts.media import BlobRef
from contracts.preview import SubtitlePreview
from contracts.values import fingerprint
from kit.blobs import Blobs
from kit.fonts import covers
from kit.scratch import Scratch
from services.gateway.lettering import Lettering
from services.gateway.places import Places
from services.gateway.problems import FieldError, Problem
from services.gateway.reading import Reading

_KEPT_BYTES = 16 << 20  # some fifty pictures
_RETRY_AFTER_S = 1
_GLYPHS_TOLD = 10


@dataclass(frozen=True, slots=True)
class Preview:
    """A picture (JPEG) and the hash of all that shaped it."""

    key: str
    jpeg: bytes


class Previews:
    """Draws ``slots`` previews at the same time; one owner gets half of the places."""

    def __init__(self, lettering: Lettering, reading: Reading, blobs: Blobs, scratch: Scratch, *, slots: int) -> None:
        self._lettering = lettering
        self._reading = reading
        self._blobs = blobs
        self._scratch = scratch
        self._places = Places(
            slots,
            _RETRY_AFTER_S,
            mine=("too_many_previews", "Wait until your other previews are drawn."),
            full=("previews_busy", "Too many previews are being drawn; try again soon."),
        )
        self._kept = Kept(_KEPT_BYTES)

    async def take(self, asked: SubtitlePreview, owner: str) -> Preview:
        """The picture that was asked for; what was drawn of late is not drawn again.

        Raises:
            Problem: 404, there is no such upload, or no picture of it yet; 422 ``glyph_missing``; 429 or 503, too many
                are being drawn.
        """
        await asyncio.to_thread(_check_glyphs, asked)
        behind = None if asked.asset is None else await self._reading.asset_thumbnail(asked.asset, owner)
        key = await asyncio.to_thread(self._key, asked, behind)
        jpeg = self._kept.get(key)
        if jpeg is None:
            with self._places.held(owner):
                jpeg = await self._drawn(asked, behind)
            self._kept.put(key, jpeg)
        return Preview(key, jpeg)

    def _key(self, asked: SubtitlePreview, behind: BlobRef | None) -> str:
        wish = asked.model_copy(update={"asset": None})
        return fingerprint([wish, behind and behind.sha256, self._lettering.identity(asked)])

    async def _drawn(self, asked: SubtitlePreview, behind: BlobRef | None) -> bytes:
        async with AsyncExitStack() as held:
            path = None if behind is None else await held.enter_async_context(self._blobs.local(behind))
            folder = await held.enter_async_context(self._scratch.held("preview"))
            return await self._lettering.preview(asked, path, folder)


class Kept:
    """Bytes by key, the ones last used, at most ``most`` of them in all."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._entries: OrderedDict[str, bytes] = OrderedDict()

    def get(self, key: str) -> bytes | None:
        found = self._entries.get(key)
        if found is not None:
            self._entries.move_to_end(key)
        return found

    def put(self, key: str, data: bytes) -> None:
        self._size += len(data) - len(self._entries.pop(key, b""))
        self._entries[key] = data
        while self._size > self._most:
            _, dropped = self._entries.popitem(last=False)
            self._size -= len(dropped)


def _check_glyphs(asked: SubtitlePreview) -> None:
    if asked.style.preset == "none":
        return
    if missing := covers(asked.style.font, asked.text):
        detail = f"the font {asked.style.font} can't show: {' '.join(missing[:_GLYPHS_TOLD])}"
        raise Problem(422, "glyph_missing", detail, errors=[FieldError(pointer="/text", message=detail)])
