"""Is the line well? What is seen of each inbox, what that amounts to, and the words for it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from contracts.values import Value

LAG_TOLERATED_S = 30.0


class Presence(Value):
    """A process that says it lives. ``slots``: how many workers of it take from each inbox at this moment."""

    service: str
    instance: str
    worker: str
    version: str
    started_at: datetime
    slots: dict[str, int] = Field(default_factory=dict)


class Verdict(StrEnum):
    """How an inbox does."""

    OK = "ok"  # a worker is there and nothing has to wait
    BUSY = "busy"  # something waits for a worker that has its hands full
    STUCK = "stuck"  # a worker is there, and yet nothing moves
    NO_WORKER = "no_worker"  # nobody takes anything


class InboxSeen(Value):
    """What is seen of one inbox, its lanes together. Counts are messages, but for ``slots`` and ``asking``, its workers
    and those without any; ``oldest_s`` and ``idle_s`` are seconds.

    ``oldest_s``: since when the oldest message waits; ``idle_s``: since when nothing was taken, finished or told any
    progress, None where that is not known.
    """

    name: str
    service: str
    slots: int
    asking: int
    in_work: int
    waiting: int
    redelivered: int
    oldest_s: float | None = None
    idle_s: float | None = None
    versions: dict[str, int] = Field(default_factory=dict)


class InboxHealth(InboxSeen):
    """An inbox, judged."""

    verdict: Verdict
    words: str


class ServiceSeen(Value):
    """How many processes of a service live, by version."""

    name: str
    running: int
    versions: dict[str, int]


class StuckJob(Value):
    """A job or an upload that has not moved for long, and why."""

    job: UUID
    inbox: str
    since: datetime
    why: str


class Look(Value):
    """What the reconciler found when it last looked. ``again``: work that it asked for once more."""

    at: datetime
    looked_at: int = 0
    again: int = 0
    failed: int = 0
    stuck: int = 0
    jobs: tuple[StuckJob, ...] = ()


class LogSeen(Value):
    """How far the database is behind the log. ``lag`` in messages, ``lag_s`` since when, in seconds."""

    last_seq: int
    written_down: int
    lag: int
    lag_s: float


class LettersSeen(Value):
    """Dead letters that were not replayed. ``more``: there are older ones that were not counted."""

    open: int
    more: bool = False


class PipelineHealth(Value):
    """The whole line. ``status``: ok, degraded (videos are made, something is wrong) or down (some can't be).

    ``stuck`` and ``dead_letters`` are of all users, and told to admins alone.
    """

    status: str
    words: tuple[str, ...]
    at: datetime
    inboxes: tuple[InboxHealth, ...]
    services: tuple[ServiceSeen, ...]
    log: LogSeen
    jobs_open: int
    jobs_stuck: int
    stuck: tuple[StuckJob, ...]
    dead_letters: LettersSeen | None
    reconciled_at: datetime | None


_THINGS = {"script": "job", "footage-assets": "upload"}
_BESIDE = frozenset({"quality"})  # videos are made without it
# Services without an inbox of their own: what is missing while none of them runs.
_NEEDED = {
    "projection": "what the API shows does not change",
    "reconciler": "work that gets lost stays lost",
}


def judged(seen: InboxSeen, stuck_after_s: float) -> InboxHealth:
    """An inbox with its verdict, in words."""
    verdict = _verdict(seen, stuck_after_s)
    return InboxHealth(**seen.model_dump(), verdict=verdict, words=_words(seen, verdict))


def _verdict(seen: InboxSeen, stuck_after_s: float) -> Verdict:
    if seen.slots == 0:
        return Verdict.NO_WORKER
    if _still_s(seen) > stuck_after_s:
        return Verdict.STUCK
    return Verdict.BUSY if seen.waiting else Verdict.OK


def _still_s(seen: InboxSeen) -> float:
    """For how long something could have moved and has not; 0 where there is nothing to move, or that is not known."""
    if seen.in_work:
        return seen.idle_s or 0.0
    known = [since for since in (seen.idle_s, seen.oldest_s) if since is not None]
    return min(known) if seen.waiting and known else 0.0


def _words(seen: InboxSeen, verdict: Verdict) -> str:
    if verdict is Verdict.NO_WORKER:
        left = seen.model_copy(update={"waiting": seen.waiting + seen.in_work})
        return f"no worker for {seen.name}; {_waiting(left)}"
    if verdict is Verdict.STUCK:
        return f"{seen.name} has not moved for {span(_still_s(seen))}; {seen.in_work} in work, {_waiting(seen)}"
    return f"{seen.in_work} in work, {_waiting(seen)}"


def _waiting(seen: InboxSeen) -> str:
    if seen.waiting == 0:
        return "nothing waits"
    thing = _THINGS.get(seen.name, "video")
    count = f"1 {thing} waits" if seen.waiting == 1 else f"{seen.waiting} {thing}s wait"
    if seen.oldest_s is None:
        return count
    return f"{count}, {'' if seen.waiting == 1 else 'the oldest '}for {span(seen.oldest_s)}"


def span(seconds: float) -> str:
    """A time in the one unit that says most: ``12 s``, ``4 min``, ``3 h``, ``2 days``."""
    for unit, length, enough in (("s", 1, 90), ("min", 60, 5400), ("h", 3600, 172_800)):
        if seconds < enough:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds / 86_400:.0f} days"


def running(presences: Iterable[Presence], known: Iterable[str]) -> tuple[ServiceSeen, ...]:
    """Each known service with its live processes."""
    versions: dict[str, dict[str, int]] = {name: {} for name in known}
    for presence in presences:
        of_service = versions.setdefault(presence.service, {})
        of_service[presence.version] = of_service.get(presence.version, 0) + 1
    return tuple(ServiceSeen(name=name, running=sum(by.values()), versions=by) for name, by in versions.items())


def status_of(
    inboxes: Iterable[InboxHealth], services: Iterable[ServiceSeen], log: LogSeen, jobs_stuck: int
) -> tuple[str, tuple[str, ...]]:
    """The overall status, and what is wrong, the worst first."""
    found = tuple(inboxes)
    deserted = [inbox for inbox in found if inbox.verdict is Verdict.NO_WORKER]
    dead = [inbox.words for inbox in deserted if inbox.name not in _BESIDE]
    wrong = [f"{inbox.words}: nothing is checked" for inbox in deserted if inbox.name in _BESIDE]
    wrong += [inbox.words for inbox in found if inbox.verdict is Verdict.STUCK]
    wrong += [
        f"no {service.name} runs: {_NEEDED[service.name]}"
        for service in services
        if service.name in _NEEDED and service.running == 0
    ]
    if log.lag_s > LAG_TOLERATED_S:
        wrong.append(f"the database is {log.lag} events behind, for {span(log.lag_s)}")
    if jobs_stuck:
        wrong.append(f"{jobs_stuck} {'job has' if jobs_stuck == 1 else 'jobs have'} not moved for long")
    status = "down" if dead else "degraded" if wrong else "ok"
    return status, (*dead, *wrong)


def slots_of(presences: Iterable[Presence], inbox: str) -> Mapping[str, int]:
    """How many live workers take from an inbox, by version."""
    found: dict[str, int] = {}
    for presence in presences:
        if (count := presence.slots.get(inbox, 0)) > 0:
            found[presence.version] = found.get(presence.version, 0) + count
    return found
