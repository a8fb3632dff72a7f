"""A video's edit for other programs: fetched, and written to a file."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from contracts.outputs import PresetName
from edit_factory.cli.client import Client
from edit_factory.cli.common import Common
from edit_factory.cli.faults import Code, CommandFault, Refused
from edit_factory.cli.formats import Format
from edit_factory.cli.show import Show
from edit_factory.cli.system import reach
from edit_factory.cli.watching import find

STDOUT = "-"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which video, and what of it. ``named`` is its id, or a job's as ``find`` takes it: then it is its ``variant``."""

    named: str
    kind: Format
    variant: int = 1
    preset: PresetName | None = None


async def export(common: Common, show: Show, wanted: Wanted, out: str | None) -> Code:
    """Writes it to a file of its own name, to ``out``, or to standard output (``-``)."""
    kind, preset = wanted.kind, wanted.preset
    async with reach(common, show) as reached:
        video, number = await _video(reached.client, wanted.named, wanted.variant)
        what = "timeline" if kind is Format.OTIO else "subtitles"
        asked = {"preset": preset.value if preset is not None and kind is Format.ASS else None}
        data = await reached.client.download_text(f"/v1/videos/{video}/{what}.{kind.value}", **asked)
    if out == STDOUT:
        await asyncio.to_thread(sys.stdout.buffer.write, data)
        return Code.DONE
    target = Path(out or f"video-{number}.{kind.value}")
    await asyncio.to_thread(_written, target, data)
    show.data({"path": str(target), "video": str(video), "format": kind.value, "size": len(data)})
    show.say(str(target))
    return Code.DONE


async def _video(client: Client, named: str, variant: int) -> tuple[UUID, int]:
    """The id of the video that is meant, and its number."""
    try:
        seen: dict[str, Any] = await client.get(f"/v1/videos/{UUID(named)}")
        return UUID(seen["id"]), int(seen["number"])
    except ValueError:
        pass
    except Refused as refused:
        if refused.status != 404:
            raise
    job = await client.job(await find(client, named))
    found = next((video for video in job.videos if video.number == variant), None)
    if found is None:
        message = f"that job has no variant {variant}; it has {len(job.videos)}"
        raise CommandFault(Code.USAGE, message, code="not_found")
    return found.id, found.number


def _written(target: Path, data: bytes) -> None:
    """Whole or not at all."""
    part = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(target)
    except OSError as fault:
        part.unlink(missing_ok=True)
        message = f"can't write to {target}: {fault.strerror}"
        raise CommandFault(Code.FAILED, message, code="disk_unwritable") from fault
