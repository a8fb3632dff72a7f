"""When a delivery is tried again, and when it is not. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MINUTE_S = 60.0
HOUR_S = 3_600.0
DAY_S = 86_400.0

_GONE = 410
_JITTER = 0.2  # share of a delay by which it may grow
_RETRY_AFTER_MOST_S = DAY_S


@dataclass(frozen=True, slots=True)
class Timing:
    """All times in seconds. ``delays`` follow the advice of Standard Webhooks: nine tries in a day and a half."""

    delays: tuple[float, ...] = (
        5,
        MINUTE_S,
        5 * MINUTE_S,
        30 * MINUTE_S,
        2 * HOUR_S,
        5 * HOUR_S,
        10 * HOUR_S,
        14 * HOUR_S,
    )
    answer_s: float = 15
    lease_s: float = MINUTE_S  # well over an answer's time: after it a delivery belongs to nobody
    look_every_s: float = 0.5
    drain_s: float = 3  # at the end, for what is in hand
    disable_after_s: float = 5 * DAY_S
    keep_s: float = 30 * DAY_S


@dataclass(frozen=True, slots=True)
class Verdict:
    """What follows from a try. ``again_in_s`` None: it was the last. ``gone``: the endpoint wants no more."""

    delivered: bool = False
    gone: bool = False
    again_in_s: float | None = None


def verdict(status: int | None, tries: int, retry_after_s: float | None, luck: float, timing: Timing) -> Verdict:
    """What follows from try number ``tries`` (from 1) with a status, or none; ``luck`` is 0..1."""
    if status is not None and 200 <= status < 300:
        return Verdict(delivered=True)
    if status == _GONE:
        return Verdict(gone=True)
    if tries > len(timing.delays):
        return Verdict()
    delay = timing.delays[tries - 1] * (1 + _JITTER * luck)
    return Verdict(again_in_s=max(delay, min(retry_after_s or 0.0, _RETRY_AFTER_MOST_S)))


def retry_after_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds a server asks to be left alone for, given as such or as a date (RFC 9110, 10.2.3)."""
    given = headers.get("retry-after", "").strip()
    if given.isdecimal() and len(given) < 10:
        return float(given)
    try:
        at = parsedate_to_datetime(given)
    except (ValueError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())
