"""Dead letters: messages that could not be worked on, with what is known of why."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from contracts.events.base import NOBODY
from contracts.faults import FaultReport
from contracts.values import Value

TRIES_KEPT = 20
Reason = Literal["unreadable", "failed", "worker_lost", "terminated", "undelivered", "work_lost"]
# The step such a message asks for has no outcome yet: its worker never got to announce one.
NO_OUTCOME: frozenset[Reason] = frozenset({"unreadable", "terminated", "undelivered"})


class Try(Value):
    """One try that came to nothing: when it ended, in which process, and why."""

    at: datetime
    worker: str
    code: str
    message: str


class DeadLetter(Value):
    """One message of the event log that a station could not work on.

    ``reason``: ``unreadable`` (no event this version knows), ``failed`` (its tries are used up), ``worker_lost`` (it
    stopped every worker that took it up), ``terminated`` or ``undelivered`` (the server gave it up), ``work_lost``
    (acknowledged again and again without an outcome). ``seq`` is the message's place in the log, where it still lies.
    ``replayed_at`` is set once it was sent on its way again, or was found to need that no more.
    """

    inbox: str
    seq: int
    subject: str
    reason: Reason
    fault: FaultReport
    at: datetime
    owner: str = ""
    job: UUID | None = None
    video: UUID | None = None
    run: int = 1
    history: tuple[Try, ...] = ()
    replayed_at: datetime | None = None

    @property
    def id(self) -> str:
        return f"{self.inbox}-{self.seq}"


class About(Value):
    """Whom a message is about, read from its subject alone: it is right even where the body can't be read."""

    job: UUID | None = None
    video: UUID | None = None
    run: int = 1


def about(subject: str) -> About:
    """What the last three tokens of a fact's subject say; nothing where they say nothing."""
    tokens = subject.split(".")
    if len(tokens) != 9:
        return About()
    job, video, run = tokens[6:]
    try:
        return About(
            job=UUID(job), video=None if video == NOBODY else UUID(video), run=max(1, int(run)) if run.isdigit() else 1
        )
    except ValueError:
        return About()
