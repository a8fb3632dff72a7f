"""The jobs there are: listed, watched, cancelled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from contracts.story import FINAL, State
from edit_factory.cli.client import Client
from edit_factory.cli.common import Common
from edit_factory.cli.faults import Code
from edit_factory.cli.make import finish
from edit_factory.cli.seen import JobPage, JobSeen
from edit_factory.cli.show import Show
from edit_factory.cli.system import reach
from edit_factory.cli.texts import one_line, short
from edit_factory.cli.verdicts import judged, tell_checks
from edit_factory.cli.watching import end, find, folder_of, follow

_LIST_MAX = 100
_TITLE_SHOWN = 40


async def list_jobs(common: Common, show: Show, state: State | None, limit: int) -> Code:
    async with reach(common, show) as reached:
        raw: list[Any] = []
        cursor = None
        while len(raw) < limit:
            page = await reached.client.raw_jobs(state, min(_LIST_MAX, limit - len(raw)), cursor)
            raw += page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                break
    show.data({"jobs": raw})
    jobs = JobPage.model_validate({"items": raw}).items
    if not jobs:
        show.say(
            "There are no jobs yet. Make a video: edit-factory make BRIEF.yaml"
            if state is None
            else f"No {state} jobs."
        )
        return Code.DONE
    columns: dict[str, Any] = {
        "Job": {"no_wrap": True},
        "State": {},
        "Done": {"justify": "right"},
        "Title": {"max_width": _TITLE_SHOWN, "no_wrap": True, "overflow": "ellipsis"},
        "Videos": {"justify": "right"},
        "Presets": {},
        "Made": {"no_wrap": True},
    }
    show.table(columns, [_row(job) for job in jobs])
    return Code.DONE


def _row(job: JobSeen) -> list[str]:
    made = job.created_at.astimezone().strftime("%Y-%m-%d %H:%M") if job.created_at else ""
    title = one_line(job.title) or "(no title)"
    presets = ", ".join(job.presets) + (" (draft)" if job.quality == "draft" else "")
    return [short(job.id), job.state.value, f"{job.share:.0%}", title, str(len(job.videos)), presets, made]


async def watch(common: Common, show: Show, named: str, out: Path | None) -> Code:
    """Shows a job until it ends; with ``out``, brings its files home."""
    async with reach(common, show) as reached:
        client = reached.client
        job = await client.job(await find(client, named))
        show.say(f"Job {short(job.id)}{f' ({one_line(job.title)})' if job.title else ''} is {job.state}.")
        if out is not None:
            code, _ = await finish(client, job, folder_of(job, out), show)
            return code
        return await _look_on(common, client, job, show)


async def _look_on(common: Common, client: Client, job: JobSeen, show: Show) -> Code:
    job = await judged(client, await follow(client, job, show))
    code = end(job, show)
    tell_checks(job, show)
    show.data({"event": "ended", **await client.raw_job(job.id)})
    if any(video.files for video in job.videos):
        show.say(f"Get the files: {common.command(f'watch {short(job.id)} --out videos')}")
    return code


async def cancel(common: Common, show: Show, named: str) -> Code:
    async with reach(common, show) as reached:
        job = await reached.client.cancel(await find(reached.client, named))
    show.data({"job": str(job.id), "state": job.state.value})
    show.say(f"Job {short(job.id)} is cancelled." if job.state in FINAL else f"Job {short(job.id)} is being cancelled.")
    return Code.DONE


async def retry(common: Common, show: Show, named: str) -> Code:
    async with reach(common, show) as reached:
        job = await reached.client.retry(await find(reached.client, named))
    show.data({"job": str(job.id), "state": job.state.value})
    show.say(f"Job {short(job.id)} goes on from the step that failed.")
    show.say(f"Watch it: {common.command(f'watch {short(job.id)}')}")
    return Code.DONE
