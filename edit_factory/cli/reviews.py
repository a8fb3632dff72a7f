"""What waits for a person: read, and approved."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from edit_factory.cli.client import Client
from edit_factory.cli.common import Common
from edit_factory.cli.faults import Code, CommandFault, Refused
from edit_factory.cli.seen import VideoSeen
from edit_factory.cli.show import Show
from edit_factory.cli.system import reach
from edit_factory.cli.texts import one_line, short, time_text
from edit_factory.cli.watching import WAITS, find

_TEXT_SHOWN = 60


async def review(common: Common, show: Show, named: str) -> Code:
    """Shows all that was made so far of one video, or of a job's videos that wait."""
    async with reach(common, show) as reached:
        for video in await _meant(reached.client, named):
            seen = await reached.client.get(f"/v1/videos/{video.id}/review")
            show.data(seen)
            _show(seen, reached.client.url, show)
    return Code.DONE


async def approve(common: Common, show: Show, named: str) -> Code:
    """Approves one video, or all of a job's that wait, in the version that is there now."""
    async with reach(common, show) as reached:
        for video in await _meant(reached.client, named):
            seen = await reached.client.get(f"/v1/videos/{video.id}/review")
            after = await reached.client.approve(video.id, seen["version"], uuid4().hex)
            show.data({"video": str(video.id), "approved": seen["review"], "run": after.run})
            what = WAITS.get(seen["review"], "what was made")
            show.say(f"Video {video.number}: {what} is approved; it goes on as run {after.run}.")
        show.say(f"Watch it: edit-factory watch {short(UUID(seen['job']))}")
    return Code.DONE


async def _meant(client: Client, named: str) -> list[VideoSeen]:
    """The video of an id, or the videos of a job that wait.

    Raises:
        CommandFault: there is no such thing, or nothing of it waits.
    """
    try:
        return [VideoSeen.model_validate(await client.get(f"/v1/videos/{UUID(named)}"))]
    except ValueError:
        pass
    except Refused as refused:
        if refused.status != 404:
            raise
    job = await client.job(await find(client, named))
    waiting = [video for video in job.videos if video.review is not None]
    if not waiting:
        message = f"nothing of job {short(job.id)} waits for a review: it is {job.state}"
        raise CommandFault(Code.CONFLICT, message, code="not_waiting")
    return waiting


def _show(seen: dict[str, Any], url: str, show: Show) -> None:
    waits = f"waits for your review: {WAITS[seen['review']]}" if seen["review"] in WAITS else f"is {seen['state']}"
    show.say(f"Video {seen['number']} of job {short(UUID(seen['job']))} {waits} (run {seen['run']}).")
    matches = {match["phrase"]: match for match in (seen["plan"] or {}).get("match_report", {}).get("matches", ())}
    rows = [_row(phrase, matches.get(phrase["index"])) for phrase in (seen["script"] or {}).get("phrases", ())]
    columns: dict[str, Any] = {"Phrase": {"justify": "right"}, "Said": {"max_width": _TEXT_SHOWN}}
    if matches:
        columns |= {"Shown": {}, "Runners-up": {}}
    show.table(columns, [row[: len(columns)] for row in rows])
    if (voice := seen["voice"]) is not None:
        said_by = f"{one_line(voice['voice_name'])} ({voice['provider']})"
        show.say(f"Voice: {said_by}, {time_text(voice['duration_s'])}; listen: {url}{voice['url']}")
    if seen["review"] is not None:
        show.say(f"Approve it: edit-factory approve {seen['video']}")
        show.say("Change it:  see docs/reviews.md")


def _row(phrase: dict[str, Any], match: dict[str, Any] | None) -> list[str]:
    if match is None:
        return [str(phrase["index"]), one_line(phrase["text"]), "", ""]
    others = ", ".join(_place(other) for other in match["runners_up"])
    return [str(phrase["index"]), one_line(phrase["text"]), _place(match["chosen"]), others]


def _place(candidate: dict[str, Any]) -> str:
    return f"{one_line(candidate['name'])} at {time_text(candidate['source_in_s'])}"
