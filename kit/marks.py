"""How those who want a blob of a bucket and those who delete it keep out of each other's way.

A bucket has neither locks nor a delete with a condition, but it shows at once what was written. So both sides first
say what they are about to do, then look what the other one said:

- whoever wants a blob that is there writes ``wanted/<key>``, then looks for a ``doomed/<key>/...``;
- whoever deletes one writes ``doomed/<key>/<own id>``, then looks how old the blob and its ``wanted`` are.

Of two at the same time at least one sees the other: the one who deletes leaves it, or the one who wants waits until
the deletion is over and looks again. A deletion has ``DELETE_S`` seconds from its mark on; a mark that stands for
longer than ``DOOMED_S`` was left by a process that died.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import obstore

if TYPE_CHECKING:
    from obstore.store import ObjectStore

DELETE_S = 10.0
DOOMED_S = 3 * DELETE_S

_WANTED = "wanted"
_DOOMED = "doomed"
_LOOK_EVERY_S = 0.2


class Marks:
    """The marks in one bucket. Blobs are named by their key there. Faults are obstore's own."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    async def want(self, key: str) -> None:
        """Say that the blob is wanted now."""
        await obstore.put_async(self._store, f"{_WANTED}/{key}", b"")

    async def wanted(self, key: str) -> datetime | None:
        """When somebody last said so."""
        with suppress(FileNotFoundError):
            return (await obstore.head_async(self._store, f"{_WANTED}/{key}"))["last_modified"]
        return None

    async def all_wanted(self) -> dict[str, datetime]:
        """The same of every blob that was ever wanted again, by key."""
        found: dict[str, datetime] = {}
        async for page in obstore.list(self._store, prefix=_WANTED):
            found |= {meta["path"].partition(f"{_WANTED}/")[2]: meta["last_modified"] for meta in page}
        return found

    @asynccontextmanager
    async def doomed(self, key: str) -> AsyncIterator[None]:
        """While inside, everybody is told that the blob may be deleted at any moment.

        Raises:
            TimeoutError: it took longer than a deletion may.
        """
        mark = f"{_DOOMED}/{key}/{uuid4().hex}"
        async with asyncio.timeout(DELETE_S):
            await obstore.put_async(self._store, mark, b"")
            yield
        await self._drop(mark)  # and not after a fault: what was asked for may still be done

    async def is_doomed(self, key: str) -> bool:
        return bool(await self._standing(key))

    async def spared(self, key: str) -> None:
        """Wait until no deletion of the blob is under way. Marks of the dead are removed."""
        since = time.monotonic()
        while marks := await self._standing(key):
            if time.monotonic() - since > DOOMED_S:
                for mark in marks:
                    await self._drop(mark)
                return
            await asyncio.sleep(_LOOK_EVERY_S)

    async def forget(self, key: str) -> None:
        """The blob is deleted: nobody's wish for it counts any more."""
        await self._drop(f"{_WANTED}/{key}")

    async def _standing(self, key: str) -> list[str]:
        return [meta["path"] async for page in obstore.list(self._store, prefix=f"{_DOOMED}/{key}") for meta in page]

    async def _drop(self, path: str) -> None:
        with suppress(FileNotFoundError):
            await obstore.delete_async(self._store, path)
