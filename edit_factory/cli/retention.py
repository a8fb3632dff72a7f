"""Clean-up by command: what would go and why, or gone."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from edit_factory.cli.common import Common
from edit_factory.cli.faults import Code, CommandFault
from edit_factory.cli.show import Show
from edit_factory.cli.system import quiet_logs, running_url, servers
from edit_factory.cli.texts import short, size_text, time_text
from kit.settings import Settings

if TYPE_CHECKING:
    from services.storage.keeping import Plan
    from services.storage.retention import Report

_ROWS = 50


async def clean_up(common: Common, show: Show, *, dry_run: bool) -> Code:
    """On the servers that are named or run; else on embedded ones started for it."""
    settings = common.settings()
    quiet_logs(settings)
    async with _system(settings, show) as reached:
        return await (_told(reached, show) if dry_run else _done(reached, show))


@asynccontextmanager
async def _system(settings: Settings, show: Show) -> AsyncIterator[Settings]:
    if settings.nats_url:
        yield settings
    elif await running_url(settings) is not None:
        yield servers(settings)
    else:
        from edit_factory.embedded import Embedded  # noqa: PLC0415  (all services: a second to import)

        show.say("No system runs yet; starting one for this command ...")
        embedded = Embedded(settings)
        await embedded.start()
        try:
            yield embedded.settings
        finally:
            await embedded.stop()


async def _told(settings: Settings, show: Show) -> Code:
    from kit.scratch import Scratch  # noqa: PLC0415
    from kit.service import connected, open_blobs  # noqa: PLC0415
    from services.storage.retention import Retention, policy  # noqa: PLC0415

    scratch = Scratch(settings.scratch)
    async with connected(settings, "retention") as bus:
        plan = await Retention(bus, open_blobs(settings), scratch, policy(settings)).plan()
    abandoned = await asyncio.to_thread(scratch.abandoned)
    show.data({"dry_run": True, **_plan_json(plan), "scratch": abandoned})
    if plan.blobs or plan.jobs:
        show.table(_COLUMNS, _rows(plan)[:_ROWS])
    if (more := len(plan.blobs) + len(plan.jobs) - _ROWS) > 0:
        show.say(f"... and {more} more")
    for reason, (count, size) in _totals(plan).items():
        show.say(f"{_many(count, 'file')}, {size_text(size)}: {reason}")
    show.say(_sum("Would go", len(plan.blobs), plan.size, len(plan.jobs), abandoned))
    if plan.trash:
        show.say(f"{_many(len(plan.trash), 'video')} would leave the trash; the files go with the next clean-up.")
    return Code.DONE


async def _done(settings: Settings, show: Show) -> Code:
    from kit.crash import CrashPoints  # noqa: PLC0415
    from kit.scratch import Scratch  # noqa: PLC0415
    from kit.service import connected, open_blobs  # noqa: PLC0415
    from services.storage.retention import Retention, policy, run_once  # noqa: PLC0415

    reach = CrashPoints(settings.crash).reach
    async with connected(settings, "retention") as bus:
        cleaning = Retention(bus, open_blobs(settings), Scratch(settings.scratch), policy(settings), reach)
        report: Report | None = await run_once(bus, cleaning)
    if report is None:
        raise CommandFault(Code.CONFLICT, "another process is cleaning up at this moment", code="retention_running")
    show.data({"dry_run": False, **report.as_json()})
    show.say(_sum("Gone", report.blobs, report.size, report.jobs, report.scratch))
    if report.purged:
        show.say(f"{_many(report.purged, 'video')} left the trash; the files go with the next clean-up.")
    return Code.DONE


def _sum(verb: str, files: int, size: int, jobs: int, scratch: int) -> str:
    return (
        f"{verb}: {_many(files, 'file')} ({size_text(size)}), {_many(jobs, 'failed or cancelled job')}, "
        f"{_many(scratch, 'scratch folder')}."
    )


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"


_COLUMNS: dict[str, Any] = {"What": {}, "Size": {"justify": "right"}, "Age": {"justify": "right"}, "Why": {}}


def _rows(plan: Plan) -> list[list[Any]]:
    """Jobs first, then the largest files."""
    jobs = [[f"job {short(job.job)}", "", _age(job.ended_at), f"{job.state} long ago"] for job in plan.jobs]
    files = sorted(plan.blobs, key=lambda doomed: -doomed.blob.size)
    return jobs + [
        [f"file {doomed.blob.sha256[:12]}", size_text(doomed.blob.size), _age(doomed.blob.modified), doomed.reason]
        for doomed in files
    ]


def _age(moment: datetime) -> str:
    seconds = (datetime.now(UTC) - moment).total_seconds()
    return f"{seconds / 86_400:.0f} days" if seconds >= 2 * 86_400 else time_text(seconds)


def _totals(plan: Plan) -> dict[str, tuple[int, int]]:
    count: Counter[str] = Counter()
    size: Counter[str] = Counter()
    for doomed in plan.blobs:
        count[doomed.reason.value] += 1
        size[doomed.reason.value] += doomed.blob.size
    return {reason: (count[reason], size[reason]) for reason in count}


def _plan_json(plan: Plan) -> dict[str, Any]:
    return {
        "blobs": [
            {
                "sha256": doomed.blob.sha256,
                "size": doomed.blob.size,
                "modified": doomed.blob.modified.isoformat(),
                "reason": doomed.reason.name.lower(),
            }
            for doomed in plan.blobs
        ],
        "size": plan.size,
        "trash": [{"video": str(each.video), "deleted_at": each.deleted_at.isoformat()} for each in plan.trash],
        "jobs": [
            {"id": str(job.job), "state": job.state.value, "ended_at": job.ended_at.isoformat()} for job in plan.jobs
        ],
    }
