"""From a brief to files on this machine: ``make`` and ``demo``."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from contracts.media import AssetKind
from edit_factory.cli.brief import LocalBrief
from edit_factory.cli.client import Client
from edit_factory.cli.common import Common
from edit_factory.cli.faults import Code, CommandFault, Refused, Unreachable
from edit_factory.cli.seen import JobSeen
from edit_factory.cli.show import Show
from edit_factory.cli.system import Reached, reach
from edit_factory.cli.texts import short
from edit_factory.cli.verdicts import as_json, judged, tell_checks
from edit_factory.cli.watching import AT_ONCE, Kept, bring, end, folder_of, follow, tell_files, together

KEY_MAX = 200

After = Callable[[Reached, JobSeen, list[Kept]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to become of a brief: its files in a folder of their own below ``out``; with ``detach`` just the job."""

    brief: LocalBrief
    out: Path
    key: str | None = None
    detach: bool = False


class Making:
    """One job, remembered so that an interruption can say how to go on."""

    def __init__(self, common: Common, show: Show) -> None:
        self._common = common
        self._show = show
        self.job: JobSeen | None = None
        self.temporary = False

    async def make(self, wish: Wish, then: After | None = None) -> tuple[Code, list[Kept]]:
        """Uploads, submits, watches, downloads; ``then`` is done with the files while the system is still there."""
        if wish.key is not None and not 1 <= len(wish.key) <= KEY_MAX:
            raise CommandFault(Code.USAGE, f"--key takes 1 to {KEY_MAX} characters")
        async with reach(self._common, self._show) as reached:
            self._may_detach(wish, reached)
            job = await self._submit(reached.client, wish)
            if wish.detach:
                self._show.data({"event": "accepted", "job": str(job.id), "url": reached.client.url})
                self._show.say(f"Watch it: {self._common.command(f'watch {short(job.id)}')}")
                return Code.DONE, []
            code, kept = await finish(reached.client, job, folder_of(job, wish.out), self._show)
            if then is not None and code is Code.DONE:
                await then(reached, job, kept)
            return code, kept

    def _may_detach(self, wish: Wish, reached: Reached) -> None:
        self.temporary = reached.temporary
        if wish.detach and reached.temporary:
            raise Unreachable("no system runs that could go on with the job", self._common.command("up"))

    async def _submit(self, client: Client, wish: Wish) -> JobSeen:
        ids = await upload(client, wish.brief.files, self._show)
        try:
            job, before = await client.submit(wish.brief.body(ids), wish.key or uuid4().hex)
        except Refused as refused:
            raise CommandFault(
                refused.exit_code,
                f"{wish.brief.name} was refused: {refused.message}",
                code=refused.code,
                details=refused.details,
                request_id=refused.request_id,
            ) from refused
        self.job = job
        videos = f"{len(job.videos)} video{'s' * (len(job.videos) != 1)}, {', '.join(job.presets)}, {job.quality}"
        self._show.say(f"Job {short(job.id)} {'was there before' if before else 'is accepted'}: {videos}")
        if not wish.detach:
            self._show.data({"event": "accepted", "job": str(job.id), "url": client.url})
        return job

    def interrupted(self, out: Path) -> CommandFault:
        """What to say after Ctrl-C."""
        if self.job is None:
            return CommandFault(Code.INTERRUPTED, "interrupted before the job was submitted", code="interrupted")
        job = short(self.job.id)
        when = "goes on when a system runs on this home again" if self.temporary else "goes on"
        hint = self._common.command(f"watch {job} --out {out}")
        return CommandFault(Code.INTERRUPTED, f"interrupted; job {job} {when}", code="interrupted", hint=hint)


async def finish(client: Client, job: JobSeen, folder: Path, show: Show) -> tuple[Code, list[Kept]]:
    """Watches a job to its end, brings its files into a folder, and tells what the quality gate says of them."""
    job = await follow(client, job, show)
    kept = await bring(client, job, folder, show)
    job = await judged(client, job)
    code = end(job, show)
    show.data(
        {
            "event": "ended",
            "job": str(job.id),
            "state": job.state.value,
            "files": [entry.as_json() for entry in kept],
            "checks": as_json(job),
            "faults": [video.fault.model_dump(mode="json") for video in job.videos if video.fault is not None],
        }
    )
    tell_files(kept, show)
    tell_checks(job, show)
    return code, kept


async def upload(client: Client, files: dict[Path, AssetKind], show: Show) -> dict[Path, UUID]:
    """The files as assets, a few at a time."""
    if not files:
        return {}
    sizes = {str(path): (await asyncio.to_thread(path.stat)).st_size for path in files}
    gate = asyncio.Semaphore(AT_ONCE)
    ids: dict[Path, UUID] = {}
    names = {str(path): path.name for path in files}
    if len(set(names.values())) < len(names):
        names = {full: full for full in names}
    with show.transfer("uploaded", {names[full]: size for full, size in sizes.items()}) as moved:

        async def one(path: Path, kind: AssetKind) -> None:
            async with gate:
                try:
                    asset = await client.upload(path, kind, lambda sent: moved(names[str(path)], sent))
                except Refused as refused:
                    raise _of_file(path, refused) from refused
                ids[path] = asset.id

        try:
            await together(one(path, kind) for path, kind in files.items())
        except OSError as fault:
            message = f"can't read {fault.filename}: {fault.strerror}"
            raise CommandFault(Code.USAGE, message, code="file_unreadable") from fault
    return ids


def _of_file(path: Path, refused: Refused) -> CommandFault:
    return CommandFault(
        refused.exit_code,
        f"{path.name} is not taken: {refused.message}",
        code=refused.code,
        details=refused.details,
        request_id=refused.request_id,
    )
