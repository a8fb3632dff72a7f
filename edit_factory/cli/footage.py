"""Uploads: what their owner says of them."""

from __future__ import annotations

from uuid import UUID

import pydantic

from contracts.footage import Notes
from edit_factory.cli.common import Common
from edit_factory.cli.faults import Code, CommandFault
from edit_factory.cli.show import Show
from edit_factory.cli.system import reach
from edit_factory.cli.texts import one_line


async def note(  # noqa: PLR0917  (what the command was given)
    common: Common, show: Show, asset: UUID, keywords: list[str], text: str | None, favourite: bool | None
) -> Code:
    """Adds keywords, replaces the text, marks a favourite; with nothing of these, only reads."""
    async with reach(common, show) as reached:
        notes, etag = await reached.client.notes(asset)
        changed = _changed(notes, keywords, text, favourite)
        if changed != notes:
            notes = await reached.client.note(asset, changed, etag)
    show.data({"asset": str(asset), "notes": notes.model_dump(mode="json")})
    show.say(f"Keywords:  {', '.join(map(one_line, notes.keywords)) or '(none)'}")
    show.say(f"Favourite: {'yes' if notes.favourite else 'no'}")
    if notes.notes:
        show.say(f"Notes:     {one_line(notes.notes)}")
    for mark in notes.marks:
        said = ", ".join(map(one_line, mark.keywords)) + (" (hidden)" if mark.hidden else "")
        show.say(f"Mark:      {mark.start_s:g}-{mark.end_s:g} s {said}".rstrip())
    return Code.DONE


def _changed(notes: Notes, keywords: list[str], text: str | None, favourite: bool | None) -> Notes:
    """Raises:
    CommandFault: that can't be said.
    """
    body = notes.model_dump(mode="json")
    body["keywords"] = [*dict.fromkeys([*notes.keywords, *keywords])]
    body |= {} if text is None else {"notes": text}
    body |= {} if favourite is None else {"favourite": favourite}
    try:
        return Notes.model_validate(body)
    except pydantic.ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise CommandFault(Code.USAGE, f"{where}: {first['msg']}", code="notes_invalid") from wrong
