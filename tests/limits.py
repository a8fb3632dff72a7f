"""Tests ask more of the system than a person would; what is counted has tests of its own."""

from __future__ import annotations

from typing import Any

_MANY = 1_000_000

# What ends or is told "at once" has this many seconds for it: a busy machine may need them, and whatever waits for its
# own time-out instead of being told takes longer. How fast it is on a quiet machine is a matter of the benchmarks.
SOON_S = 15.0
UNLIMITED: dict[str, Any] = {
    f"limit_{kind}": _MANY for kind in ("reads", "writes", "uploads", "stream_opens", "streams", "failed_keys")
}
