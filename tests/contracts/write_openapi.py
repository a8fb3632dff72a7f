"""Writes the gateway's OpenAPI document for the web page's types; a test holds the committed types against it."""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
from pathlib import Path

import orjson

from edit_factory.cli.upkeep import openapi_document
from kit.settings import Settings

WEB = Path(__file__).parents[2] / "web"
TYPES = WEB / "src" / "lib" / "api" / "schema.d.ts"


def rendered() -> bytes:
    """The document of a gateway with default settings, always in the same order."""
    with tempfile.TemporaryDirectory() as home:
        document = asyncio.run(openapi_document(Settings(home=Path(home))))
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def named(document: bytes) -> str:
    """How the types' first line names the document they were made from."""
    return hashlib.sha256(document).hexdigest()


def main() -> None:
    (WEB / "openapi.json").write_bytes(rendered())


if __name__ == "__main__":
    main()
