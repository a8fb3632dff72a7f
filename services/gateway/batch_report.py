"""What became of a batch as a table that any spreadsheet reads. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any, Final

from contracts.story import JobStory, view

COLUMNS: Final = (
    *("row", "key", "label", "state", "job", "videos", "check"),
    *("fault_code", "fault_message", "fault_pointer"),
)
BOM: Final = "\ufeff"  # without it some take UTF-8 for something else
# What spreadsheets take for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def head() -> bytes:
    return (BOM + _lines([COLUMNS])).encode()


def lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Of rows of the query ``results``."""
    return _lines(_line(row) for row in rows).encode()


def _line(row: Mapping[str, Any]) -> tuple[str, ...]:
    fault = row["fault"] or {}
    videos = " ".join(str(video["id"]) for video in row["videos"])
    state = {"again": "waiting"}.get(row["state"], row["state"])
    told = (row["key"], row["label"], state, str(row["job"] or ""), videos, _checks(row["story"]))
    cells = (*told, *(str(fault.get(name, "")) for name in ("code", "message", "pointer")))
    return (str(row["number"]), *map(_harmless, cells))


def _checks(story: Any) -> str:
    """What the quality gate says of each video, in the order of their ids; ``deleted`` of one in the trash."""
    if story is None:
        return ""
    return " ".join(
        "deleted" if video.deleted_at is not None else video.check.verdict.value if video.check is not None else "none"
        for video in view(JobStory.model_validate(story)).videos
    )


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _lines(rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()
