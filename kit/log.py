"""Logs as JSON lines on standard error, each with the ids of the work it belongs to."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import orjson

_context: ContextVar[dict[str, str] | None] = ContextVar("log_context", default=None)
_PLAIN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName", "color_message"}
_MAX_TEXT = 4_000


class JsonLines(logging.Formatter):
    """One JSON object a record: time, level, logger, message, the ids in ``bound``, and ``extra``."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage()[:_MAX_TEXT],
            **(_context.get() or {}),
            **{key: value for key, value in record.__dict__.items() if key not in _PLAIN},
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)[-_MAX_TEXT:]
        return orjson.dumps(line, default=str).decode()


def set_up_logs(level: str = "INFO", stream: Any = None) -> None:
    """Sends all logs of this process through one handler; noisy libraries only speak up when something is wrong."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for noisy in ("faststream", "nats", "httpx", "httpcore", "uvicorn.access", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


@contextmanager
def bound(**ids: str) -> Iterator[None]:
    """Adds ids (job, video, step, trace ...) to every log line of this task and its children."""
    token = _context.set((_context.get() or {}) | ids)
    try:
        yield
    finally:
        _context.reset(token)
