"""A job on its way: followed until it ends, its files brought home, its end told."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from contracts.story import AT_REST, State
from edit_factory.cli.client import Client
from edit_factory.cli.faults import Code, CommandFault
from edit_factory.cli.progress import Board
from edit_factory.cli.seen import FileSeen, JobSeen
from edit_factory.cli.show import Show
from edit_factory.cli.sse import Message
from edit_factory.cli.texts import one_line, short, size_text, slug, time_text

AT_ONCE = 3  # files on their way
SETTLING, SETTLE_S = 150, 0.1
LATEST = "latest"
PREFIX_MIN = 6
SEARCHED = 2_000  # jobs, for one whose id is given in short

_ENDED = {
    State.COMPLETED: Code.DONE,
    State.FAILED: Code.FAILED,
    State.CANCELLED: Code.CANCELLED,
    State.WAITING: Code.WAITING,
}
# What waits, in words; by the name a brief has for it.
WAITS = {"script": "its script", "voice": "its voice", "plan": "its choice of pictures"}


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished file on this machine."""

    path: Path
    number: int
    file: FileSeen

    def as_json(self) -> dict[str, Any]:
        return {
            "path": str(self.path),
            "video": self.number,
            "preset": self.file.preset,
            "size": self.file.size,
            "sha256": self.file.sha256,
            "width": self.file.width,
            "height": self.file.height,
            "duration_s": self.file.duration_s,
            "integrated_lufs": self.file.integrated_lufs,
            "true_peak_dbtp": self.file.true_peak_dbtp,
        }


async def follow(client: Client, job: JobSeen, show: Show) -> JobSeen:
    """The job at its end, or where it waits for its user; shown on its way."""
    board = Board(len(job.videos))
    client.on_silence = _silence_told(client.url, job.id, show)
    with show.watching(board) as changed:
        for change in board.seen(job, time.monotonic()):
            changed(change)
        if job.state in AT_REST:
            return job
        async with aclosing(client.follow(job.id)) as told:
            async for said in told:
                ended = _take(said, board, changed)
                if ended is not None:
                    job = ended
    return await _settled(client, job)


def _silence_told(url: str, job: UUID, show: Show) -> Callable[[bool], None]:
    """Says once that the system is away, and once that it is back."""
    was_silent = False

    def tell(silent: bool) -> None:
        nonlocal was_silent
        if silent and not was_silent:
            show.say(f"{url} does not answer; waiting for it. Job {short(job)} goes on when it is back.")
        elif was_silent and not silent:
            show.say("connected again")
        was_silent = silent

    return tell


async def _settled(client: Client, job: JobSeen) -> JobSeen:
    """The end as the gateway's readers know it: they may be a moment behind the events that told us."""
    for _ in range(SETTLING):
        seen = await client.job(job.id)
        if seen.state in AT_REST:
            return seen
        await asyncio.sleep(SETTLE_S)
    return job


def _take(said: Message | JobSeen, board: Board, changed: Any) -> JobSeen | None:
    """The job, if it was told whole."""
    now = time.monotonic()
    if isinstance(said, JobSeen):
        for change in board.seen(said, now):
            changed(change)
        return said
    data = orjson.loads(said.data)
    if "videos" in data:
        return _take(JobSeen.model_validate(data), board, changed)
    heard = board.heard(said.kind, data, now)
    if heard is not None:
        changed(heard)
    return None


def folder_of(job: JobSeen, out: Path) -> Path:
    return out / f"{slug(job.title)}-{short(job.id)}"


async def bring(client: Client, job: JobSeen, folder: Path, show: Show) -> list[Kept]:
    """Downloads every finished file of a job; what is there already is only checked."""
    wanted = [
        Kept(folder / f"variant-{video.number}-{file.preset}.mp4", video.number, file)
        for video in job.videos
        for file in video.files
    ]
    if not wanted:
        return []
    gate = asyncio.Semaphore(AT_ONCE)
    with show.transfer("downloaded", {kept.path.name: kept.file.size for kept in wanted}) as moved:

        async def one(kept: Kept) -> None:
            async with gate:
                await client.download(kept.file, kept.path, lambda size: moved(kept.path.name, size))

        try:
            await together(one(kept) for kept in wanted)
        except OSError as fault:
            message = f"can't write to {folder}: {fault.strerror}"
            raise CommandFault(Code.FAILED, message, code="disk_unwritable") from fault
    return wanted


async def together(works: Iterable[Coroutine[Any, Any, None]]) -> None:
    """All of them side by side; the first that fails ends the others, and its exception is the one that is raised."""
    try:
        async with asyncio.TaskGroup() as group:
            for work in works:
                group.create_task(work)
    except BaseExceptionGroup as faults:
        raise faults.exceptions[0] from None


def tell_files(kept: Sequence[Kept], show: Show) -> None:
    for entry in kept:
        file = entry.file
        show.say(str(entry.path))
        show.say(
            f"  {file.width}x{file.height}, {time_text(file.duration_s)}, {size_text(file.size)}, "
            f"{file.integrated_lufs:.1f} LUFS, peak {file.true_peak_dbtp:.1f} dBTP"
        )


def end(job: JobSeen, show: Show) -> Code:
    """Tells how a job ended, and gives the exit code for it."""
    done = sum(video.state is State.COMPLETED for video in job.videos)
    of = f"{done} of {len(job.videos)} videos are there" if len(job.videos) > 1 else ""
    if job.state is State.FAILED:
        show.say(f"Job {short(job.id)} failed{': ' + of if of else ''}.")
        for video in job.videos:
            if video.fault is not None:
                show.say(f"  video {video.number}: {video.fault.code}: {one_line(video.fault.message)}")
    elif job.state is State.CANCELLED:
        show.say(f"Job {short(job.id)} was cancelled{': ' + of if of else ''}.")
    elif job.state is State.WAITING:
        show.say(f"Job {short(job.id)} waits for your review.")
        for video in job.videos:
            if video.review is not None:
                show.say(f"  video {video.number}: {WAITS.get(video.review, video.review)}")
        show.say(f"Read it: edit-factory review {short(job.id)}")
        show.say(f"Go on:   edit-factory approve {short(job.id)}")
    return _ENDED[job.state]


async def find(client: Client, named: str) -> UUID:
    """The job that is meant: a whole id, the start of one, or ``latest``.

    Raises:
        CommandFault: none or several are.
    """
    try:
        return UUID(named)
    except ValueError:
        pass
    if named == LATEST:
        async with aclosing(client.jobs(1)) as jobs:
            async for job in jobs:
                return job.id
        raise CommandFault(Code.USAGE, "there are no jobs yet", code="not_found")
    prefix = named.lower().replace("-", "")
    if len(prefix) < PREFIX_MIN or not all(char in "0123456789abcdef" for char in prefix):
        message = f"{named!r} names no job: give an id, its first {PREFIX_MIN} or more characters, or {LATEST}"
        raise CommandFault(Code.USAGE, message, code="not_found", hint="edit-factory jobs")
    return await _by_prefix(client, prefix)


async def _by_prefix(client: Client, prefix: str) -> UUID:
    async with aclosing(client.jobs(SEARCHED)) as jobs:
        found = [job.id async for job in jobs if job.id.hex.startswith(prefix)]
    if not found:
        raise CommandFault(Code.USAGE, f"no job starts with {prefix}", code="not_found", hint="edit-factory jobs")
    if len(found) > 1:
        raise CommandFault(Code.USAGE, f"{len(found)} jobs start with {prefix}; give more of the id", code="ambiguous")
    return found[0]
