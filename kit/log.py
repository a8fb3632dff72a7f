"""Logs as JSON lines on standard error, each with the ids of the work it belongs to, none with a secret.

Levels: ``error`` is a fault of this program, for a developer; ``warning`` is work that failed or a server that is away,
for whoever runs it; ``info`` is what happened, once for each piece of work; ``debug`` is all else.
"""

from __future__ import annotations

import logging
import math
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from itertools import islice
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

import orjson

from kit.redact import HIDDEN, names_a_secret, redact

LOG_BYTES = 10 << 20
LOGS_KEPT = 4
LONGEST_LINE = 32 << 10  # bytes

_context: ContextVar[dict[str, str] | None] = ContextVar("log_context", default=None)
_PLAIN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName", "color_message"}
_OURS = frozenset({"time", "level", "logger", "message"})
_MAX_TEXT = 4_000  # characters of one text
_MAX_READ = 64_000  # characters of a text that are looked through at all
_MAX_ITEMS = 50  # of a list or a mapping
_MAX_DEPTH = 4


class JsonLines(logging.Formatter):
    """One JSON object a record: time, level, logger, message, the ids in ``bound``, and ``extra``.

    Secrets are taken out here, of the message, of every value at any depth, and of tracebacks: no caller can go round.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _cut(_message(record)),
            **{key: _cut(str(value)) for key, value in (_context.get() or {}).items()},
            **{key: _shown(key, value) for key, value in record.__dict__.items() if key not in _PLAIN | _OURS},
        }
        if record.exc_info:
            line["exception"] = _cut(self.formatException(record.exc_info), end=True)
        if record.stack_info:
            line["stack"] = _cut(record.stack_info, end=True)
        text = orjson.dumps(line, option=orjson.OPT_NON_STR_KEYS)
        return (text if len(text) <= LONGEST_LINE else _shortened(line)).decode()


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception as broken:  # noqa: BLE001  (a slip in a log call must not lose the line, nor what it was about)
        return f"{record.msg!s} ({type(broken).__name__} in its arguments)"


def _cut(text: str, *, end: bool = False) -> str:
    """Secrets out first: a cut through the middle of one would leave what no pattern knows."""
    text = text.encode("utf-8", "replace").decode() if not text.isascii() else text  # half a surrogate is no JSON
    if end:
        return redact(text[-_MAX_READ:])[-_MAX_TEXT:]
    return redact(text[:_MAX_READ])[:_MAX_TEXT]


def _shown(name: str, value: Any, depth: int = 0) -> Any:
    """A value as it may stand in a log."""
    if value is None or isinstance(value, bool) or _is_number(value):
        return value
    if names_a_secret(name) and value:
        return HIDDEN
    if depth < _MAX_DEPTH and isinstance(value, Mapping):
        some = islice(value.items(), _MAX_ITEMS)
        return {_cut(str(key)): _shown(str(key), inner, depth + 1) for key, inner in some}
    if depth < _MAX_DEPTH and isinstance(value, list | tuple | set | frozenset):
        return [_shown("", inner, depth + 1) for inner in islice(value, _MAX_ITEMS)]
    try:
        return _cut(str(value))
    except Exception as broken:  # noqa: BLE001  (some object's own text)
        return f"({type(value).__name__}: {type(broken).__name__})"


def _is_number(value: Any) -> bool:
    """Whether it is one that JSON has."""
    return (isinstance(value, int) and value.bit_length() < 64) or (isinstance(value, float) and math.isfinite(value))


def _shortened(line: dict[str, Any]) -> bytes:
    """What tells where a line belongs; of the rest only that there was too much of it."""
    ids = [(name, text) for name, text in line.items() if isinstance(text, str) and len(name) + len(text) <= 100]
    return orjson.dumps(dict(ids[:20]) | {"message": line["message"][:1000], "too_long": True})


def set_up_logs(level: str = "INFO", stream: Any = None) -> None:
    """Sends all logs of this process through one handler; noisy libraries only speak up when something is wrong."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for noisy in ("faststream", "nats", "httpx", "httpcore", "uvicorn.access", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def rotating(path: Path) -> logging.Handler:
    """A handler for a file that with its forerunners never takes more than ``LOG_BYTES`` times ``LOGS_KEPT`` + 1.

    Raises:
        OSError: the folder can't be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    file = RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8", delay=True)
    file.setFormatter(JsonLines())
    return file


@contextmanager
def bound(**ids: str) -> Iterator[None]:
    """Adds ids (job, video, step, trace ...) to every log line of this task and its children."""
    token = _context.set((_context.get() or {}) | ids)
    try:
        yield
    finally:
        _context.reset(token)
