"""Product feeds that the system keeps: added, imported, looked at, removed."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

from contracts.feeds import Columns
from contracts.media import AssetKind
from edit_factory.cli.client import Client
from edit_factory.cli.common import Common
from edit_factory.cli.faults import Code, CommandFault
from edit_factory.cli.make import upload
from edit_factory.cli.show import Show
from edit_factory.cli.system import reach
from edit_factory.cli.texts import one_line, short

_PAGE: Final = 100
_LOOK_EVERY_S, _LOOK_EVERY_MAX_S = 0.1, 2.0
_PATIENCE_S: Final = 1_800.0
_TOLD_MAX: Final = 20  # rows that make no product
_TITLE_CHARS: Final = 60
_PREFIX_MIN: Final = 4


@dataclass(frozen=True, slots=True)
class Which:
    """Which products of a feed, and how many at most."""

    q: str | None = None
    state: str | None = None
    limit: int = 20


@dataclass(frozen=True, slots=True)
class NewFeed:
    """A feed to add. ``source``: its address, or the path of a file."""

    name: str
    source: str
    columns: Columns
    language: str = ""


async def add(common: Common, show: Show, new: NewFeed) -> Code:
    """DONE once the feed was imported, FAILED if it could not be.

    Raises:
        CommandFault: the source is neither an address nor a file.
    """
    async with reach(common, show) as reached:
        asked: dict[str, Any] = {"name": new.name, "columns": new.columns.model_dump(exclude_none=True)}
        asked |= {"language": new.language} if new.language else {}
        if _is_address(new.source):
            asked["url"] = new.source
        else:
            asked["table"] = await _table(reached.client, Path(new.source), show)
        feed = await reached.client.ask("POST", "/v1/feeds", asked, uuid4().hex)
        show.say(f"Feed {short(UUID(feed['id']))} ({one_line(new.name)}) is added; it is read for the first time.")
        return await _read(reached.client, show, feed["last_import"])


async def list_feeds(common: Common, show: Show) -> Code:
    async with reach(common, show) as reached:
        found = await _all(reached.client)
    show.data({"feeds": found})
    if not found:
        show.say(f"There are no feeds yet; {common.command('feeds add NAME URL')} adds one.")
        return Code.DONE
    right: dict[str, Any] = {"justify": "right"}
    columns = {"Feed": {"no_wrap": True}, "Name": {}, "Products": right, "Last import": {}, "When": {"no_wrap": True}}
    show.table(columns, [_row(feed) for feed in found])
    return Code.DONE


async def import_feed(common: Common, show: Show, named: str, file: Path | None) -> Code:
    """DONE once it was imported, FAILED if it could not be."""
    async with reach(common, show) as reached:
        feed = await meant(reached.client, named)
        asked = {} if file is None else {"table": await _table(reached.client, file, show)}
        begun = await reached.client.ask("POST", f"/v1/feeds/{feed['id']}/imports", asked, uuid4().hex)
        return await _read(reached.client, show, begun)


async def products(common: Common, show: Show, named: str, which: Which) -> Code:
    async with reach(common, show) as reached:
        feed = await meant(reached.client, named)
        found: list[dict[str, Any]] = []
        cursor: str | None = None
        while len(found) < which.limit:
            asked = {"q": which.q, "state": which.state, "limit": str(min(_PAGE, which.limit - len(found)))}
            page = await reached.client.get(feed["products_url"], cursor=cursor, **asked)
            found += page["items"]
            if (cursor := page["next_cursor"]) is None:
                break
    show.data({"feed": feed["id"], "products": found, "more": cursor is not None})
    if not found:
        show.say("There are no such products.")
        return Code.DONE
    right: dict[str, Any] = {"no_wrap": True, "justify": "right"}
    heads = {"Id": {"no_wrap": True}, "Title": {}, "Price": right, "Now": right, "Images": right, "State": {}}
    show.table(heads, [_product_row(each) for each in found])
    if cursor is not None:
        show.say("There are more; --limit shows them.")
    return Code.DONE


async def remove(common: Common, show: Show, named: str) -> Code:
    async with reach(common, show) as reached:
        feed = await meant(reached.client, named)
        await reached.client.ask("DELETE", f"/v1/feeds/{feed['id']}")
    show.data({"removed": feed["id"]})
    show.say(f"Feed {short(UUID(feed['id']))} ({one_line(feed['name'])}) is removed. Its videos stay.")
    return Code.DONE


def _is_address(source: str) -> bool:
    return source.startswith(("https://", "http://"))


async def _table(client: Client, file: Path, show: Show) -> str:
    if not await asyncio.to_thread(file.is_file):
        message = f"{file} is neither an address (https://…) nor a file"
        raise CommandFault(Code.USAGE, message, code="file_unreadable")
    return str((await upload(client, {file: AssetKind.TABLE}, show))[file])


async def _read(client: Client, show: Show, begun: dict[str, Any]) -> Code:
    """Waits for the end of an import and tells what it came to."""
    seen, wait_s, end = begun, _LOOK_EVERY_S, time.monotonic() + _PATIENCE_S
    while seen["state"] not in {"imported", "failed"}:
        if time.monotonic() > end:
            raise CommandFault(Code.UNREACHABLE, "the import has not ended", code="import_slow")
        await asyncio.sleep(wait_s)
        wait_s = min(_LOOK_EVERY_MAX_S, wait_s * 1.5)
        seen = await client.get(begun["import_url"])
    told = (await client.get(seen["problems_url"], limit=str(_TOLD_MAX)))["items"]
    show.data({"import": seen, "problems": told})
    if seen["state"] == "failed":
        show.say(f"The feed could not be imported: {one_line(seen['fault']['message'])}")
        if seen["number"] > 1:
            show.say("Its products are those of the import before.")
        return Code.FAILED
    _tell(show, seen["counts"], told)
    return Code.DONE


def _tell(show: Show, counts: dict[str, int], problems: list[dict[str, Any]]) -> None:
    new, changed, gone, same = (f"{counts[name]:,}" for name in ("new", "changed", "gone", "same"))
    show.say(f"{counts['products']:,} products: {new} new, {changed} changed, {gone} gone, {same} the same.")
    for what in ("image", "price"):
        if count := counts[f"without_{what}"]:
            show.say(f"without {what}: {count:,}")
    if counts["wrong"]:
        show.say(f"Rows that make no product: {counts['wrong']:,}")
    for each in problems:
        name = f" ({one_line(each['id'])})" if each["id"] else ""
        show.say(f"line {each['line']:,}{name}: {one_line(each['message'])}")
    if counts["wrong"] > len(problems):
        show.say(f"… and {counts['wrong'] - len(problems):,} more.")


async def _all(client: Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        page = await client.get("/v1/feeds", limit=str(_PAGE), cursor=cursor)
        found += page["items"]
        if (cursor := page["next_cursor"]) is None:
            return found


async def meant(client: Client, named: str) -> dict[str, Any]:
    """The feed of this id, beginning of an id, or name.

    Raises:
        CommandFault: none or several are meant.
    """
    there = await _all(client)
    prefix = named.lower().replace("-", "")
    found = [feed for feed in there if feed["name"] == named or feed["id"] == named] or [
        feed for feed in there if len(prefix) >= _PREFIX_MIN and UUID(feed["id"]).hex.startswith(prefix)
    ]
    if len(found) != 1:
        what = f"{len(found)} feeds are called {named!r}: give an id" if found else f"there is no feed {named!r}"
        raise CommandFault(Code.USAGE, what, code="not_found", hint="edit-factory feeds list")
    return found[0]


def _row(feed: dict[str, Any]) -> list[str]:
    last = feed["last_import"]
    at = datetime.fromisoformat(last["finished_at"] or last["requested_at"]).astimezone() if last else None
    counts = (last or {}).get("counts") or {}
    changes = ", ".join(f"{counts[each]:,} {each}" for each in ("new", "changed", "gone") if counts.get(each))
    return [
        short(UUID(feed["id"])),
        one_line(feed["name"]),
        f"{feed['products']:,}",
        (changes or "nothing new") if counts else (last or {}).get("state", ""),
        at.strftime("%Y-%m-%d %H:%M") if at else "",
    ]


def _product_row(product: dict[str, Any]) -> list[str]:
    title = one_line(product["title"])
    shown = title if len(title) <= _TITLE_CHARS else title[: _TITLE_CHARS - 1] + "…"
    prices = [_money(product[name]) for name in ("price", "sale_price")]
    return [one_line(product["id"]), shown, *prices, str(len(product["images"])), product["state"]]


def _money(money: dict[str, str] | None) -> str:
    return f"{money['amount']} {money['currency']}" if money else ""
