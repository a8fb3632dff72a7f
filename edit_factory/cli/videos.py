"""The library: videos listed, renamed, put into the trash and taken out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from edit_factory.cli.client import Client
from edit_factory.cli.common import Common
from edit_factory.cli.faults import Code, CommandFault
from edit_factory.cli.show import Show
from edit_factory.cli.system import reach
from edit_factory.cli.texts import one_line, short, time_text

_PAGE = 100
_SEARCHED = 1000  # videos, for the one that a short id means
_PREFIX_MIN = 4
_NAME_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which videos. ``trash``: those that were deleted."""

    q: str | None = None
    state: str | None = None
    sort: str | None = None
    trash: bool = False


async def list_videos(common: Common, show: Show, wanted: Wanted, limit: int) -> Code:
    async with reach(common, show) as reached:
        found = await _found(reached.client, wanted, limit)
    show.data({"videos": found})
    if not found:
        show.say("The trash is empty." if wanted.trash else "There are no such videos.")
        return Code.DONE
    columns: dict[str, Any] = {
        "Video": {"no_wrap": True},
        "Name": {"max_width": _NAME_SHOWN, "no_wrap": True, "overflow": "ellipsis"},
        "State": {},
        "Quality": {},
        "Length": {"justify": "right"},
        "Presets": {},
        "Made": {"no_wrap": True},
    }
    show.table(columns, [_row(video) for video in found])
    return Code.DONE


async def _found(client: Client, wanted: Wanted, limit: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor: str | None = None
    while len(found) < limit:
        page = await client.get(
            "/v1/videos",
            q=wanted.q,
            state=wanted.state,
            sort=wanted.sort,
            deleted="true" if wanted.trash else None,
            limit=str(min(_PAGE, limit - len(found))),
            cursor=cursor,
        )
        found += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    return found


def _row(video: dict[str, Any]) -> list[str]:
    made = datetime.fromisoformat(video["created_at"]).astimezone() if video["created_at"] else None
    presets = ", ".join(video["presets"]) + (" (draft)" if video["quality"] == "draft" else "")
    return [
        short(UUID(video["id"])),
        one_line(video["name"]),
        video["state"],
        _quality(video.get("check")),
        time_text(video["duration_s"]) if video["duration_s"] else "",
        presets,
        made.strftime("%Y-%m-%d %H:%M") if made else "",
    ]


def _quality(check: dict[str, Any] | None) -> str:
    """What the quality gate says, in a word or with what is wrong first."""
    if check is None:
        return ""
    findings = check["findings"]
    more = f" (+{len(findings) - 1})" if len(findings) > 1 else ""
    return f"{check['verdict']}: {findings[0]['code']}{more}" if findings else str(check["verdict"])


async def rename(common: Common, show: Show, named: str, name: str | None) -> Code:
    async with reach(common, show) as reached:
        video = await _meant(reached.client, named)
        seen = await reached.client.ask("PATCH", f"/v1/videos/{video}", {"name": name})
    show.data(seen)
    show.say(f"Video {short(video)} is called {one_line(seen['name'])}.")
    return Code.DONE


async def delete(common: Common, show: Show, named: str) -> Code:
    async with reach(common, show) as reached:
        video = await _meant(reached.client, named)
        seen = await reached.client.ask("DELETE", f"/v1/videos/{video}")
    show.data(seen)
    show.say(f"Video {short(video)} ({one_line(seen['name'])}) is in the trash.")
    show.say(f"Take it out again: {common.command(f'videos restore {short(video)}')}")
    return Code.DONE


async def restore(common: Common, show: Show, named: str) -> Code:
    async with reach(common, show) as reached:
        video = await _meant(reached.client, named, trash=True)
        seen = await reached.client.ask("POST", f"/v1/videos/{video}/restore")
    show.data(seen)
    show.say(f"Video {short(video)} ({one_line(seen['name'])}) is out of the trash.")
    return Code.DONE


async def _meant(client: Client, named: str, *, trash: bool = False) -> UUID:
    """The video that is meant: a whole id, or the start of one.

    Raises:
        CommandFault: none or several are.
    """
    try:
        return UUID(named)
    except ValueError:
        pass
    prefix = named.lower().replace("-", "")
    hint = "edit-factory videos list" + (" --trash" if trash else "")
    if len(prefix) < _PREFIX_MIN or not all(char in "0123456789abcdef" for char in prefix):
        message = f"{named!r} names no video: give an id, or its first {_PREFIX_MIN} or more characters"
        raise CommandFault(Code.USAGE, message, code="not_found", hint=hint)
    there = [UUID(video["id"]) for video in await _found(client, Wanted(trash=trash), _SEARCHED)]
    found = [video for video in there if video.hex.startswith(prefix)]
    if len(found) != 1:
        many = f"{len(found)} videos begin with {named}" if found else f"no video begins with {named}"
        raise CommandFault(Code.USAGE, many, code="not_found", hint=hint)
    return found[0]
