"""Where finished pieces are kept, under the key of what shapes them, so that nothing is encoded twice.

A piece that can't be found, read or put away costs time and never the video.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol, TypeVar

from contracts.faults import Fault
from contracts.media import BlobRef
from contracts.progress import StepName
from contracts.values import Value
from kit.blobs import Blobs
from kit.steps import StepCache

_LOOKS_S = 20.0  # for one piece; a bus that is away is not waited for
_AT_ONCE = 16

log = logging.getLogger(__name__)


class Kept(Value):
    """A piece in the blob store."""

    blob: BlobRef


class KeptGop(Kept):
    """A group of pictures, as an MP4 without sound."""

    frames: int


class KeptSound(Kept):
    """The whole sound of a video, as an MP4 without pictures, and what it measures (LUFS, dBTP)."""

    integrated_lufs: float
    true_peak_dbtp: float


Piece = TypeVar("Piece", bound=Kept)


class Shelf(Protocol):
    """What keeps pieces."""

    async def take(self, key: str, kind: type[Piece], to: Path) -> Piece | None:
        """Lays a kept piece down at ``to``; None if there is none."""

    async def put(self, key: str, path: Path, about: Callable[[BlobRef], Kept]) -> None:
        """Keeps the file, which stays where it is and may not be written any more."""


class NoShelf:
    """Keeps nothing."""

    async def take(self, key: str, kind: type[Piece], to: Path) -> Piece | None:
        return None

    async def put(self, key: str, path: Path, about: Callable[[BlobRef], Kept]) -> None:
        """Nothing is kept."""


class OneWay:
    """Takes nothing from another shelf, but puts there: what was kept is made anew and takes the old one's place."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    async def take(self, key: str, kind: type[Piece], to: Path) -> Piece | None:
        return None

    async def put(self, key: str, path: Path, about: Callable[[BlobRef], Kept]) -> None:
        await self._shelf.put(key, path, about)


class BlobShelf:
    """Pieces in the blob store, and their keys among the results of the render step.

    The log never speaks of them, so clean-up counts them as unused and removes them by age. One that is gone is made
    again.
    """

    def __init__(self, cache: StepCache, blobs: Blobs) -> None:
        self._cache = cache
        self._blobs = blobs
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def take(self, key: str, kind: type[Piece], to: Path) -> Piece | None:
        try:
            async with self._turns, asyncio.timeout(_LOOKS_S):
                found = await self._cache.find(StepName.RENDER, key, kind)
                if found is not None:
                    async with self._blobs.local(found.blob) as path:
                        await asyncio.to_thread(_laid_down, path, to)
                return found
        except (Fault, OSError, TimeoutError) as gone:
            log.info("a kept piece can't be had", extra={"key": key, "reason": repr(gone)})
            return None

    async def put(self, key: str, path: Path, about: Callable[[BlobRef], Kept]) -> None:
        copy = path.with_suffix(".kept")
        try:
            await asyncio.to_thread(_laid_down, path, copy)
            blob = await self._blobs.put_file(copy, "video/mp4")
            await self._cache.keep(StepName.RENDER, key, about(blob))
        except (Fault, OSError) as full:
            log.warning("a finished piece can't be kept", extra={"reason": repr(full)})
        finally:
            copy.unlink(missing_ok=True)


def _laid_down(path: Path, to: Path) -> None:
    """The same bytes under another name: a link where the file system has one for us, else a copy."""
    to.unlink(missing_ok=True)
    try:
        os.link(path, to)
    except OSError:
        shutil.copyfile(path, to)


class Keeper:
    """Puts pieces away while others are made. What is not away soon after the work is let go of."""

    def __init__(self, shelf: Shelf, patience_s: float = 5.0) -> None:
        self._shelf = shelf
        self._patience_s = patience_s
        self._turns = asyncio.Semaphore(2)
        self._tasks: set[asyncio.Task[None]] = set()

    def put(self, key: str, path: Path, about: Callable[[BlobRef], Kept]) -> None:
        task = asyncio.create_task(self._put(key, path, about))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _put(self, key: str, path: Path, about: Callable[[BlobRef], Kept]) -> None:
        async with self._turns:
            await self._shelf.put(key, path, about)

    async def end(self, *, patiently: bool = True) -> None:
        """Waits a little for what is on its way, and ends the rest."""
        waiting = list(self._tasks)
        if patiently and waiting:
            await asyncio.wait(waiting, timeout=self._patience_s)
        for task in waiting:
            task.cancel()
        for task in waiting:
            with suppress(asyncio.CancelledError):
                await task
