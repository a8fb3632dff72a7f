"""Footage: what was seen in an upload, and what its owner says of it."""

from __future__ import annotations

from typing import Any
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


async def show_footage(common: Common, show: Show, asset: str) -> Code:
    async with reach(common, show) as reached:
        found = await reached.client.get(f"/v1/assets/{asset}/analysis")
    show.data(found)
    show.say(
        f"{found['duration_s']:.1f} s, {len(found['scenes'])} scenes; somebody speaks for {_spoken_s(found):.1f} s"
    )
    columns: dict[str, Any] = {
        name: {"no_wrap": True, "justify": "right"} for name in ("Segment", "From", "Until", "Score", "Faces")
    }
    parts = {name: {"no_wrap": True, "justify": "right"} for name in ("Motion", "Sharp", "Light")}
    show.table(columns | parts | {"Better not": {"no_wrap": True}}, [_row(segment) for segment in found["segments"]])
    return Code.DONE


def _spoken_s(found: dict[str, Any]) -> float:
    return float(sum(stretch["end_s"] - stretch["start_s"] for stretch in found["speech"]))


def _row(segment: dict[str, Any]) -> list[str]:
    scores = segment["scores"]
    return [
        str(segment["number"]),
        f"{segment['start_s']:.2f}",
        f"{segment['end_s']:.2f}",
        f"{segment['score']:.2f}",
        str(segment["faces"] or ""),
        f"{scores['motion']:.2f}",
        f"{scores['sharpness']:.2f}",
        f"{scores['brightness']:.2f}",
        segment["unfit"] or "",
    ]
