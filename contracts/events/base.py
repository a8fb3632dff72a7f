"""What all facts have in common."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID, uuid5

from contracts.faults import FaultReport
from contracts.progress import StepName
from contracts.values import Value

NOBODY = "-"


class Event(Value):
    """A fact: something that happened and can't be undone. ``TYPE`` is noun.verb, past tense."""

    TYPE: ClassVar[str]
    VERSION: ClassVar[int] = 1

    owner: str
    lane: str
    at: datetime

    @property
    def about(self) -> tuple[str, str, str]:
        """Whom it is about, as the last tokens of its subject: job (or asset), video, run."""
        raise NotImplementedError

    @classmethod
    def noun(cls) -> str:
        return cls.TYPE.split(".")[0]

    @classmethod
    def verb(cls) -> str:
        return cls.TYPE.split(".")[1]


class JobEvent(Event):
    """A fact about a whole job."""

    job: UUID

    @property
    def about(self) -> tuple[str, str, str]:
        return str(self.job), NOBODY, "0"


class VideoEvent(Event):
    """The outcome of one step for one video (a variant of a job), in one run of the line.

    ``received_at`` is when the station took the work up, ``at`` when it was finished; ``reused`` tells that the
    result came from an earlier job with the same input.
    """

    STEP: ClassVar[StepName]

    job: UUID
    video: UUID
    number: int
    run: int = 1
    received_at: datetime
    reused: bool = False

    @property
    def about(self) -> tuple[str, str, str]:
        return str(self.job), str(self.video), str(self.run)

    @property
    def step(self) -> StepName:
        return self.STEP


class Reviewed(Value):
    """A user's word on what was made. ``id`` names their request, so that a repeated one is known again;
    ``fingerprint`` is the SHA-256 of its canonical body.
    """

    id: UUID
    what: Literal["approved", "script", "style", "match"]
    fingerprint: str


class ReviewableEvent(VideoEvent):
    """The outcome of a step that its user may want to see first. ``held``: it waits for them, and the next station does
    nothing; ``reviewed``: it is what they said, announced by the gateway as the beginning of a new run.
    """

    held: bool = False
    reviewed: Reviewed | None = None


class StepFailed(VideoEvent):
    """A step can't be done. ``fault`` says why, for a person."""

    fault: FaultReport


class StepCancelled(VideoEvent):
    """A step was stopped because its job was cancelled."""


def video_id(job: UUID, number: int) -> UUID:
    """The id of a job's variant; ``number`` counts from 1."""
    return uuid5(job, f"video:{number}")
