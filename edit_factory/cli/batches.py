"""Batches: one template, many rows; made, watched, steered, brought home."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

from contracts.media import AssetKind
from edit_factory.cli.batch_template import kinds, load_template, with_ids
from edit_factory.cli.client import Client
from edit_factory.cli.common import Common
from edit_factory.cli.faults import Code, CommandFault, Unreachable
from edit_factory.cli.make import upload
from edit_factory.cli.shop_feeds import meant as feed_meant
from edit_factory.cli.show import Show
from edit_factory.cli.system import reach
from edit_factory.cli.texts import one_line, short, time_text

_PAGE: Final = 100
_LOOK_EVERY_S: Final = 0.5
_TOLD_MAX: Final = 20  # rows without a video
_PREFIX_MIN: Final = 4
_TITLE_CHARS: Final = 200
_SEARCHED: Final = 1_000  # batches, for one whose id is given in short
_ENDED: Final = {"completed", "cancelled", "failed"}
_STATES: Final = ("completed", "failed", "refused", "cancelled", "running", "queued", "waiting_for_review", "waiting")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A batch to make: of the rows in a file, or of products of a feed."""

    template: Path
    rows: Path | None
    feed: str | None
    which: str
    ids: tuple[str, ...]
    title: str
    detach: bool


async def make(common: Common, show: Show, wanted: Wanted) -> Code:
    """DONE if each row has its videos, FAILED if some have not.

    Raises:
        CommandFault: a file can't be read, or the batch was refused.
    """
    if (wanted.rows is None) == (wanted.feed is None):
        raise CommandFault(Code.USAGE, "name the rows: --rows FILE, or --feed FEED, one of the two")
    template, media = await asyncio.to_thread(load_template, wanted.template)
    async with reach(common, show) as reached:
        if wanted.detach and reached.temporary:
            raise Unreachable("no system runs that could go on with the batch", common.command("up"))
        client = reached.client
        ids = await upload(client, kinds(template, media), show)
        title = wanted.title or _title_of(template) or wanted.template.stem
        rows = await _rows(client, wanted, show)
        body = {"title": title[:_TITLE_CHARS], "template": with_ids(template, media, ids), "rows": rows}
        batch = await client.ask("POST", "/v1/batches", body, uuid4().hex)
        name = short(UUID(batch["id"]))
        show.say(f"Batch {name} ({one_line(batch['title'])}) is accepted.")
        show.data({"event": "accepted", "batch": batch["id"], "url": client.url})
        if wanted.detach:
            show.say(f"Watch it: {common.command(f'batch watch {name}')}")
            return Code.DONE
        return await _follow(client, batch, show, common)


def _title_of(template: Mapping[str, Any]) -> str:
    """Its own title, unless that is another one for each row."""
    title = str(template.get("title", ""))
    return "" if "{" in title else title


async def watch(common: Common, show: Show, named: str) -> Code:
    async with reach(common, show) as reached:
        return await _follow(reached.client, await _meant(reached.client, named), show, common)


async def list_batches(common: Common, show: Show, limit: int) -> Code:
    async with reach(common, show) as reached:
        found = await _all(reached.client, limit)
    show.data({"batches": found})
    if not found:
        show.say(f"There are no batches yet; {common.command('batch make TEMPLATE.yaml --rows ROWS.csv')} makes one.")
        return Code.DONE
    right: dict[str, Any] = {"justify": "right"}
    columns = {"Batch": {"no_wrap": True}, "State": {}, "Done": right, "Rows": right, "Title": {}, "Made": {}}
    show.table(columns, [_batch_row(batch) for batch in found])
    return Code.DONE


async def steer(common: Common, show: Show, named: str, what: str) -> Code:
    """``what``: pause, resume, cancel or retry."""
    async with reach(common, show) as reached:
        batch = await _meant(reached.client, named)
        seen = await reached.client.ask("POST", f"/v1/batches/{batch['id']}/{what}")
    show.data({"batch": seen["id"], "state": seen["state"]})
    show.say(f"Batch {short(UUID(seen['id']))} is {seen['state']}.")
    return Code.DONE


async def results(common: Common, show: Show, named: str, out: Path | None, preset: str | None) -> Code:
    """All finished files as one ZIP, with the report in it; or the report alone where ``out`` ends with .csv."""
    async with reach(common, show) as reached:
        batch = await _meant(reached.client, named)
        target = out or Path(f"batch-{short(UUID(batch['id']))}.zip")
        table = target.suffix.lower() == ".csv"
        path = batch["report_url"] if table else batch["results_url"]
        size = await reached.client.save(path, target, **({} if table else {"preset": preset}))
    show.data({"path": str(target), "size": size})
    show.say(f"Saved: {one_line(str(target))}")
    return Code.DONE


async def _rows(client: Client, wanted: Wanted, show: Show) -> dict[str, Any]:
    if wanted.rows is not None:
        if not await asyncio.to_thread(wanted.rows.is_file):
            raise CommandFault(Code.USAGE, f"there is no file {wanted.rows}", code="file_unreadable")
        return {"table": str((await upload(client, {wanted.rows: AssetKind.TABLE}, show))[wanted.rows])}
    feed = await feed_meant(client, wanted.feed or "")
    if wanted.ids:
        return {"feed": feed["id"], "which": "ids", "ids": list(wanted.ids)}
    return {"feed": feed["id"], "which": wanted.which}


async def _follow(client: Client, batch: Mapping[str, Any], show: Show, common: Common) -> Code:
    """Shows how far it is until nothing is left to do, then what has no video."""
    with show.counting(f"Batch {short(UUID(batch['id']))}") as moved:
        seen = dict(await client.get(batch["url"]))
        while seen["ended_at"] is None:
            moved(seen["share"], _in_words(seen), seen["eta_s"])
            await asyncio.sleep(_LOOK_EVERY_S)
            seen = dict(await client.get(batch["url"]))
        moved(1.0, _in_words(seen), None)
    return await _tell_end(client, seen, show, common)


async def _tell_end(client: Client, seen: dict[str, Any], show: Show, common: Common) -> Code:
    without = []
    for state in ("refused", "failed"):
        page = await client.get(seen["rows_url"], state=state, limit=str(_TOLD_MAX))
        without += page["items"]
    show.data({"event": "ended", "batch": seen, "without_video": without})
    name = short(UUID(seen["id"]))
    if seen["fault"]:
        show.say(f"The rows could not be read: {one_line(seen['fault']['message'])}")
        return Code.FAILED
    show.say(f"Batch {name} is {seen['state']}: {_in_words(seen) or 'it has no rows'}.")
    for row in sorted(without, key=lambda row: row["number"])[:_TOLD_MAX]:
        show.say(f"row {row['number']:,} ({one_line(row['key'])}): {one_line((row['fault'] or {}).get('message', ''))}")
    if seen["counts"]["completed"]:
        show.say(f"Get the files: {common.command(f'batch results {name}')}")
    if seen["state"] == "cancelled":
        return Code.CANCELLED
    return Code.FAILED if without else Code.DONE


def _in_words(seen: Mapping[str, Any]) -> str:
    counts = seen["counts"]
    told = [f"{counts[state]:,} {state.replace('_', ' ')}" for state in _STATES if counts[state]]
    return ", ".join(told)


def _batch_row(batch: dict[str, Any]) -> list[str]:
    made = datetime.fromisoformat(batch["created_at"]).astimezone().strftime("%Y-%m-%d %H:%M")
    title = one_line(batch["title"]) or "(no title)"
    left = f" ({time_text(batch['eta_s'])} left)" if batch["eta_s"] is not None else ""
    share = f"{batch['share']:.0%}"
    return [short(UUID(batch["id"])), f"{batch['state']}{left}", share, f"{batch['rows']:,}", title, made]


async def _all(client: Client, most: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor: str | None = None
    while len(found) < most:
        page = await client.get("/v1/batches", limit=str(min(_PAGE, most - len(found))), cursor=cursor)
        found += page["items"]
        if (cursor := page["next_cursor"]) is None:
            break
    return found


async def _meant(client: Client, named: str) -> dict[str, Any]:
    """The batch of this id, beginning of an id, or title; ``latest`` is the newest one.

    Raises:
        CommandFault: none or several are meant.
    """
    there = await _all(client, _SEARCHED)
    if named == "latest" and there:
        return there[0]
    prefix = named.lower().replace("-", "")
    found = [batch for batch in there if named in {batch["id"], batch["title"]}] or [
        batch for batch in there if len(prefix) >= _PREFIX_MIN and UUID(batch["id"]).hex.startswith(prefix)
    ]
    if len(found) != 1:
        what = f"{len(found)} batches are called {named!r}: give an id" if found else f"there is no batch {named!r}"
        raise CommandFault(Code.USAGE, what, code="not_found", hint="edit-factory batch list")
    return found[0]
