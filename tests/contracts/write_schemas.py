"""Writes the JSON Schemas and the AsyncAPI document of the contracts; the tests hold the committed ones against it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
from pydantic import TypeAdapter

from contracts.asyncapi import document
from contracts.brief import AnyBrief
from contracts.events import BY_NAME
from contracts.progress import ProgressV1
from contracts.timeline import MatchReport, Timeline

FOLDER = Path(__file__).parents[2] / "contracts" / "schemas"
ASYNCAPI_VERSION = "1"


def documents() -> dict[str, Any]:
    """Every committed document by its file name."""
    models: dict[str, Any] = {
        **BY_NAME,
        "progress.v1": ProgressV1,
        "brief": AnyBrief,
        "timeline.v1": Timeline,
        "match_report": MatchReport,
    }
    found = {f"{name}.json": TypeAdapter(model).json_schema() for name, model in models.items()}
    found["asyncapi.json"] = document(ASYNCAPI_VERSION)
    return found


def rendered(content: Any) -> bytes:
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, content in documents().items():
        (FOLDER / name).write_bytes(rendered(content))


if __name__ == "__main__":
    main()
