"""What a step of the line is, and what whoever carries it out is handed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from pydantic import BaseModel

from contracts.events import Event
from contracts.faults import FaultReport
from contracts.progress import StepName
from kit.blobs import Blobs
from kit.bus import Bus
from kit.cancelling import CancelWatch
from kit.crash import CrashPoints
from kit.desk import Desk
from kit.scratch import Scratch
from kit.settings import Settings
from kit.steps import StepCache

In_contra = TypeVar("In_contra", bound=Event, contravariant=True)
Result = TypeVar("Result", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Done:
    """What a step's facts are told about how the work went."""

    received_at: datetime
    at: datetime
    reused: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """The fact to work on, and its place in the log (0: in another run), because what asks for the work is itself a
    rival of the outcome where both have the same noun.
    """

    event: Event
    after: int


@dataclass(frozen=True, slots=True)
class Ticket:
    """Whom a piece of work is for, read from the fact that asks for it."""

    job: UUID
    videos: tuple[tuple[UUID, int], ...]
    run: int


class Step(Protocol[In_contra, Result]):
    """One kind of work. Everything that shapes the result is in ``recipe``; ``make`` sees nothing else that varies."""

    @property
    def name(self) -> StepName: ...

    @property
    def code_version(self) -> int: ...

    @property
    def result(self) -> type[Result]: ...

    def ticket(self, event: In_contra) -> Ticket: ...

    def recipe(self, event: In_contra) -> Any: ...

    async def make(self, event: In_contra, desk: Desk) -> Result: ...

    def facts(self, event: In_contra, result: Result, done: Done) -> Sequence[Event]: ...

    def failed(self, event: In_contra, done: Done, fault: FaultReport) -> Sequence[Event]: ...

    def cancelled(self, event: In_contra, done: Done) -> Sequence[Event]: ...


@dataclass(frozen=True, slots=True)
class Line:
    """What every station of a process is handed."""

    settings: Settings
    bus: Bus
    blobs: Blobs
    scratch: Scratch
    cache: StepCache
    cancels: CancelWatch
    crash: CrashPoints
