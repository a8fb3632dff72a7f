"""Dead letters: listed, shown, replayed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from edit_factory.cli.common import Common
from edit_factory.cli.faults import Code
from edit_factory.cli.show import Show
from edit_factory.cli.system import reach
from edit_factory.cli.texts import one_line

_PAGE = 100
_REASON_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which letters. ``every``: those that were replayed, too."""

    inbox: str | None = None
    reason: str | None = None
    every: bool = False


async def list_letters(common: Common, show: Show, wanted: Wanted, limit: int) -> Code:
    found: list[Any] = []
    cursor: str | None = None
    async with reach(common, show) as reached:
        while len(found) < limit:
            page = await reached.client.get(
                "/v1/dead-letters",
                inbox=wanted.inbox,
                reason=wanted.reason,
                replayed=None if wanted.every else "false",
                limit=str(min(_PAGE, limit - len(found))),
                cursor=cursor,
            )
            found += page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                break
    show.data({"letters": found})
    if not found:
        show.say("There are no dead letters.")
        return Code.DONE
    columns: dict[str, Any] = {
        "Letter": {"no_wrap": True},
        "When": {"no_wrap": True},
        "Reason": {"no_wrap": True},
        "Fault": {"max_width": _REASON_SHOWN, "overflow": "fold"},
        "Job": {"no_wrap": True},
    }
    show.table(columns, [_row(letter) for letter in found])
    show.say(f"More of one: {common.command('letters show ' + found[0]['id'])}")
    return Code.DONE


def _row(letter: dict[str, Any]) -> list[str]:
    reason = letter["reason"] + (" (replayed)" if letter["replayed_at"] else "")
    return [
        letter["id"],
        _when(letter["at"]),
        reason,
        one_line(letter["fault"]["message"]),
        str(letter["job"] or "")[:8],
    ]


def _when(at: str) -> str:
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M:%S")


async def show_letter(common: Common, show: Show, name: str) -> Code:
    async with reach(common, show) as reached:
        letter = await reached.client.get(f"/v1/dead-letters/{name}")
    show.data(letter)
    show.say(f"{letter['id']}: {letter['reason']}, {_when(letter['at'])}")
    show.say(f"  {letter['fault']['code']}: {one_line(letter['fault']['message'])}")
    if letter["job"]:
        show.say(f"  job {letter['job']}, run {letter['run']}")
    for each in letter["tries"]:
        show.say(f"  try  {_when(each['at'])}  {one_line(each['worker'])}  {one_line(each['message'])}")
    if (message := letter["message"]) is not None:
        show.say(f"  message {message['seq']}, {message['size']} bytes, {one_line(message['subject'])}")
        show.say(f"  {one_line(message['excerpt'])}{' ...' if message['cut'] else ''}")
    if letter["replayed_at"]:
        show.say(f"  replayed {_when(letter['replayed_at'])}")
    else:
        show.say(f"Have it done again: {common.command(f'letters replay {name}')}")
    return Code.DONE


async def replay(common: Common, show: Show, name: str) -> Code:
    async with reach(common, show) as reached:
        letter = await reached.client.post(f"/v1/dead-letters/{name}/replay")
    show.data(letter)
    show.say(f"{letter['id']} is on its way again.")
    return Code.DONE


async def replay_some(common: Common, show: Show, wanted: Wanted, limit: int) -> Code:
    asked: dict[str, Any] = {"inbox": wanted.inbox, "reason": wanted.reason, "limit": limit}
    async with reach(common, show) as reached:
        done = await reached.client.post("/v1/dead-letters/replay", asked)
    show.data(done)
    show.say(f"{len(done['replayed'])} on their way again, {len(done['skipped'])} skipped.")
    for skipped in done["skipped"]:
        show.say(f"  {skipped['id']}: {one_line(skipped['detail'])}")
    return Code.DONE
