"""One trace from the HTTP request to the last fact of a job, by W3C trace context in message headers."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_HEADER = re.compile(r"^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$")
_trace: ContextVar[str | None] = ContextVar("trace_id", default=None)


def trace_id() -> str:
    """The trace this task belongs to; a new one if none was begun."""
    return _trace.get() or secrets.token_hex(16)


def traceparent() -> str:
    """A header that makes whoever receives it part of the same trace."""
    return f"00-{trace_id()}-{secrets.token_hex(8)}-01"


@contextmanager
def following(header: str | None) -> Iterator[str]:
    """Goes on with the trace of a received header, or begins one."""
    match = _HEADER.match(header or "")
    token = _trace.set(match.group(1) if match else secrets.token_hex(16))
    try:
        yield trace_id()
    finally:
        _trace.reset(token)
