"""Uploads that survive what happens to them: a cut line, a gateway's death, another gateway in its place.

What comes in is cut into parts. A part is put into the blob store, then written down together with the new offset: from
then on it is there for every gateway. Parts lie behind a salt of their upload, so that nobody else refers to the same
bytes, and they can be deleted when the upload has ended. The whole then goes through the same door as any other upload.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from litestar.exceptions import InternalServerException

from contracts.faults import Fault, FaultReport
from contracts.media import AssetKind, BlobRef
from kit.blobs import Blobs
from kit.scratch import Scratch
from kit.settings import Settings
from kit.tasks import ended
from services.gateway.partials import SALT_BYTES, Held, Partial, Partials, part_ref
from services.gateway.problems import Problem
from services.gateway.tus import Creation
from services.gateway.uploading import Uploading, too_large

log = logging.getLogger(__name__)

KEPT = timedelta(hours=24)  # from the beginning of an upload to its end
PART_BYTES = 8 << 20
PARTS_MAX = 4000  # also of small ones: a client that sends a few bytes at a time comes to an end
IDLE_S = 15.0  # a client that sends nothing for so long is gone
_TRIES = 5  # of looking at a whole upload, where it fails technically
_AT_ONCE = 4  # of what others left behind, in one round
_ROUND_S = 10.0
_GRACE = timedelta(hours=1)  # retention spares what is younger


def kept(settings: Settings) -> timedelta:
    """How long an upload may take: well less than what nobody refers to is kept."""
    days = settings.retention_unused_days
    return max(_GRACE, min(KEPT, timedelta(days=days) / 2)) if days else KEPT


class Resuming:
    """Begins, goes on with and ends uploads in parts. ``most``: unfinished ones of one owner."""

    def __init__(
        self,
        partials: Partials,
        uploading: Uploading,
        blobs: Blobs,
        scratch: Scratch,
        *,
        most: int,
        keep: timedelta = KEPT,
        idle_s: float = IDLE_S,
    ) -> None:
        self._partials = partials
        self._uploading = uploading
        self._blobs = blobs
        self._scratch = scratch
        self._most = most
        self._keep = keep
        self._idle_s = idle_s
        self._tidying: asyncio.Task[None] | None = None

    def limit(self, kind: AssetKind) -> int:
        return self._uploading.limits[kind]

    async def begin(self, owner: str, asked: Creation) -> Partial:
        """
        Raises:
            Problem: 413, it is larger than its kind may be; 429, too many are unfinished.
        """
        if asked.length > self.limit(asked.kind):
            raise too_large(self.limit(asked.kind))
        salt = secrets.token_bytes(SALT_BYTES)
        begun = await self._partials.begin(owner, asked, salt=salt, keep=self._keep, most=self._most)
        if begun is None:
            detail = f"You have {self._most} unfinished uploads; finish or end one first."
            raise Problem(429, "too_many_uploads", detail, headers={"Retry-After": "60"})
        return begun

    async def find(self, upload: UUID, owner: str) -> Partial:
        return await self._partials.find(upload, owner)

    async def unfinished(self, owner: str) -> tuple[Partial, ...]:
        return await self._partials.unfinished(owner, self._most)

    async def append(
        self, upload: UUID, owner: str, offset: int, chunks: AsyncIterator[bytes], declared: int | None
    ) -> Partial:
        """Takes the bytes from ``offset`` on. Once all are there, the upload is looked at and becomes an asset.

        Raises:
            Problem: 404; 409 the offset is another; 410 it was refused before; 413 more than was announced; 423
                somebody else is at it; 400 the line was cut: what had come is kept.
            BadMedia: it is whole, and not what its kind of asset takes, or can't be used.
        """
        async with self._partials.held(upload, owner) as held:
            _check(held.found, offset, declared)
            if held.found.state == "receiving":
                await self._receive(held, _Source(chunks, self._idle_s))
                if held.received == held.found.length:
                    await self._finish(held)
        return await self._partials.find(upload, owner)

    async def _receive(self, held: Held, source: _Source) -> None:
        async with self._scratch.held("upload") as folder:
            while held.received < held.found.length and not source.over:
                part = await self._part(held, source, folder)
                if part is not None:
                    await held.add(part, PARTS_MAX)
        if source.cut:
            detail = f"The line was cut; {held.received} bytes have arrived. Go on from there."
            raise Problem(400, "upload_cut", detail, headers={"Connection": "close"})

    async def _part(self, held: Held, source: _Source, folder: Path) -> BlobRef | None:
        """The next part, in the store; None if nothing more came."""
        left = held.found.length - held.received
        size = min(left, _part_bytes(held.found.length))
        received = await self._blobs.receive(source.take(size, held.found.salt), size + SALT_BYTES, folder)
        if received.size == SALT_BYTES:
            return None
        if received.size == left + SALT_BYTES and await source.has_more():
            raise Problem(
                413, "payload_too_large", f"More came than the {held.found.length} bytes that were announced."
            )
        part = part_ref(received.sha256, received.size)
        return await self._blobs.put_file(received.path, part.media_type, sha256=received.sha256)

    async def _finish(self, held: Held) -> None:
        """The whole through the door of all uploads. What it is not taken for stands with it from then on."""
        found = held.found
        try:
            async with aclosing(self._joined(found)) as chunks:
                asset, _ = await self._uploading.take(
                    chunks, declared=found.length, kind=found.kind, name=found.name, owner=found.owner
                )
        except (Fault, Problem) as fault:
            report = _report(fault)
            if report.technical and await held.tried() < _TRIES:
                raise
            await held.end("refused", fault=report)
            await self._drop_parts(found.id)
            raise
        await held.end("done", asset=asset.id)
        await self._drop_parts(found.id)

    async def _joined(self, found: Partial) -> AsyncGenerator[bytes, None]:
        for part in await self._partials.parts(found):
            async with aclosing(self._blobs.stream(part, SALT_BYTES)) as chunks:
                async for chunk in chunks:
                    yield chunk

    async def _drop_parts(self, upload: UUID) -> None:
        """Nobody else refers to them. What a fault leaves behind is nobody's, and retention's."""
        try:
            for sha256 in await self._partials.parts_of(upload):
                await self._blobs.delete(sha256)
            await self._partials.drop_parts(upload)
        except Fault as fault:
            log.warning("parts of an upload are left to retention", extra={"reason": fault.message})

    async def remove(self, upload: UUID, owner: str) -> None:
        """
        Raises:
            Problem: 404; 423, bytes are just coming in for it.
        """
        async with self._partials.held(upload, owner):
            await self._drop_parts(upload)
            await self._partials.remove(upload)

    # --- what others left behind ------------------------------------------------------------------------------

    async def tidy(self) -> None:
        """Looks at whole uploads whose gateway died before it could, and forgets those that have expired."""
        for upload, owner in await self._partials.left_behind(_AT_ONCE):
            try:
                async with self._partials.held(upload, owner) as held:
                    if held.found.state == "receiving" and held.found.whole:
                        await self._finish(held)
            except (Fault, Problem) as fault:
                log.info(
                    "an upload that was left behind", extra={"upload": str(upload), "reason": _report(fault).message}
                )
        for upload in await self._partials.expired(_AT_ONCE):
            await self._drop_parts(upload)
            await self._partials.remove(upload)

    async def keep_tidy(self) -> None:
        while True:
            await asyncio.sleep(_ROUND_S)
            try:
                await self.tidy()
            except Fault as fault:
                log.info("unfinished uploads can't be looked at now", extra={"reason": fault.message})
            except Exception:
                log.exception("unfinished uploads can't be tidied")

    async def start(self) -> None:
        self._tidying = asyncio.create_task(self.keep_tidy(), name="unfinished uploads")

    async def stop(self) -> None:
        if self._tidying is not None:
            await ended(self._tidying)


class _Source:
    """A request's body in spans. ``over``: there is no more; ``cut``: there should have been."""

    def __init__(self, chunks: AsyncIterator[bytes], idle_s: float) -> None:
        self._chunks = chunks
        self._idle_s = idle_s
        self._left = b""
        self.over = False
        self.cut = False

    async def take(self, most: int, salt: bytes) -> AsyncIterator[bytes]:
        """The salt, then up to so many bytes."""
        yield salt
        while most > 0 and await self.has_more():
            piece, self._left = self._left[:most], self._left[most:]
            most -= len(piece)
            yield piece

    async def has_more(self) -> bool:
        while not self._left and not self.over:
            try:
                async with asyncio.timeout(self._idle_s):
                    self._left = await anext(self._chunks)
            except StopAsyncIteration:
                self.over = True
            except (TimeoutError, InternalServerException):  # so the framework says that the client has gone
                self.over = self.cut = True
        return bool(self._left)


def _part_bytes(length: int) -> int:
    """So large that an upload of any length has few enough of them."""
    return max(PART_BYTES, 2 * length // PARTS_MAX)


def _check(found: Partial, offset: int, declared: int | None) -> None:
    if found.state == "refused":
        raise gone(found)
    if offset != found.received:
        detail = f"The upload is at {found.received} bytes, not at {offset}."
        raise Problem(409, "offset_wrong", detail, headers={"Upload-Offset": str(found.received)})
    if declared is not None and offset + declared > found.length:
        raise Problem(413, "payload_too_large", f"More comes than the {found.length} bytes that were announced.")


def gone(found: Partial) -> Problem:
    """For whoever would go on with an upload that is refused."""
    why = found.fault.message if found.fault else "it was not taken"
    return Problem(410, "upload_refused", f"This upload was looked at and refused: {why}")


def _report(fault: Fault | Problem) -> FaultReport:
    if isinstance(fault, Problem):
        return FaultReport(code=fault.code, message=fault.detail, technical=fault.status >= 500)
    return FaultReport(code=fault.code, message=fault.message, technical=fault.technical)
