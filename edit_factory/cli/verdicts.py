"""What the quality gate says of a job's finished videos."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Any

from contracts.quality import CheckVerdict
from edit_factory.cli.client import Client
from edit_factory.cli.seen import CheckSeen, JobSeen, VideoSeen
from edit_factory.cli.show import Show
from edit_factory.cli.texts import one_line, short

PATIENCE_S = 30.0  # a minute of video is looked through in ten seconds; whoever waits longer asks again
_LOOK_EVERY_S = 0.3


async def judged(client: Client, job: JobSeen, patience_s: float = PATIENCE_S) -> JobSeen:
    """The job once its finished videos are checked, or as it is after a short while."""
    end = time.monotonic() + patience_s
    while any(_is_pending(video) for video in job.videos) and time.monotonic() < end:
        await asyncio.sleep(_LOOK_EVERY_S)
        job = await client.job(job.id)
    return job


def tell_checks(job: JobSeen, show: Show) -> None:
    for video in job.videos:
        if video.check is not None:
            for line in _lines(job, video, video.check):
                show.say(line)


def as_json(job: JobSeen) -> list[dict[str, Any]]:
    return [
        {"video": video.number, "publishable": video.publishable, **video.check.model_dump(mode="json")}
        for video in job.videos
        if video.check is not None
    ]


def _lines(job: JobSeen, video: VideoSeen, check: CheckSeen) -> Iterator[str]:
    name = "The video" if len(job.videos) == 1 else f"Video {video.number}"
    if check.verdict == CheckVerdict.PASSED:
        yield f"{name} was checked: nothing is wrong with it."
    elif check.verdict == CheckVerdict.PENDING:
        yield f"{name} is still being checked; see: edit-factory watch {short(job.id)}"
    else:
        wrong = check.verdict == CheckVerdict.FAILED
        yield f"{name} FAILED the quality gate; don't publish it:" if wrong else f"{name} could NOT be checked:"
        for finding in check.findings:
            of = f"{finding.preset}: " if finding.preset else ""
            yield f"  {of}{one_line(finding.message)} ({finding.code})"


def _is_pending(video: VideoSeen) -> bool:
    return video.check is not None and video.check.verdict == CheckVerdict.PENDING
