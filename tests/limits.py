"""Tests ask more of the system than a person would; what is counted has tests of its own."""

from __future__ import annotations

from typing import Any

_MANY = 1_000_000
UNLIMITED: dict[str, Any] = {
    f"limit_{kind}": _MANY for kind in ("reads", "writes", "uploads", "stream_opens", "streams", "failed_keys")
}
