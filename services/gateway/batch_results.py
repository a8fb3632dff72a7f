"""The results of a batch as one download: every finished file, and the report beside them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any
from uuid import UUID

from contracts.events import VideoFile
from contracts.outputs import PresetName
from kit.blobs import Blobs
from kit.bus import now
from services.gateway import batch_report
from services.gateway.batches import Batches
from services.gateway.zipping import Packed, safe_name, zipped


async def report(batches: Batches, batch: UUID) -> AsyncIterator[bytes]:
    """The CSV report, a page of rows at a time."""
    yield batch_report.head()
    async for page in batches.results(batch):
        yield await asyncio.to_thread(batch_report.lines, page)


async def archive(batches: Batches, blobs: Blobs, batch: UUID, preset: PresetName | None) -> AsyncIterator[bytes]:
    """The ZIP of all finished files that were not deleted, with ``report.csv``; of one preset alone if it is named."""
    async for piece in zipped(_packed(batches, blobs, batch, preset)):
        if piece:
            yield piece


async def _packed(batches: Batches, blobs: Blobs, batch: UUID, preset: PresetName | None) -> AsyncIterator[Packed]:
    at = now()
    async for page in batches.results(batch):
        for row in page:
            for name, file in _files(row, preset):
                if await blobs.exists(file.blob):
                    yield Packed(name, file.blob.size, at, blobs.stream(file.blob))
    yield Packed("report.csv", 0, at, report(batches, batch))


def _files(row: Mapping[str, Any], preset: PresetName | None) -> Iterator[tuple[str, VideoFile]]:
    """Each under a name that no other row has: its number comes first."""
    named = [part for part in (safe_name(row["key"]), safe_name(row["label"])) if part]
    start = "_".join([f"{row['number']:05}", *dict.fromkeys(named)])
    several = len(row["videos"]) > 1
    for video in row["videos"]:
        if video["deleted"]:
            continue
        for each in video["files"]:
            file = VideoFile.model_validate(each)
            if preset in {None, file.preset}:
                variant = f"_v{video['number']}" if several else ""
                yield f"{start}{variant}_{file.preset.value}.mp4", file
