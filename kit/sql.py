"""Named queries out of a ``.sql`` file, so that SQL is read and reviewed as SQL."""

from __future__ import annotations

import re
from importlib.resources import files

_NAME = re.compile(r"^-- name: (\w+)$", re.MULTILINE)


def queries(package: str, file: str = "queries.sql") -> dict[str, str]:
    """The queries of a package's file by the name in their ``-- name:`` line."""
    parts = _NAME.split(files(package).joinpath(file).read_text("utf-8"))
    return {name: text.strip() for name, text in zip(parts[1::2], parts[2::2], strict=True)}
