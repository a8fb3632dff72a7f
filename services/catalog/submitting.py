"""What making jobs of rows takes: the gateway's own door, handed in by whoever puts the services together."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from contracts.brief import Brief
from contracts.faults import TechnicalFault
from kit.work import Line


class NotNow(TechnicalFault):
    """Another job is in the way, which will have ended some time."""

    code = "not_now"


@dataclass(frozen=True, slots=True)
class RowJob:
    """The job that a row is to become."""

    batch: UUID
    row: int
    job: UUID


class Submitting(Protocol):
    """Takes briefs in as if their owner had submitted them. Whatever is asked for twice is done once."""

    async def submit(self, brief: Brief, owner: str, of: RowJob) -> int:
        """The place in the log of what is known of the job.

        Raises:
            BadRow: the brief is refused.
            NotNow: not as long as another job is under way.
            Unavailable: a server is away; nothing is known of the outcome.
        """

    async def retry(self, job: UUID, owner: str) -> int | None:
        """Has a failed job go on; the place in the log of the last fact about it. None: it can't, and is to be made
        anew. Raises as ``submit``.
        """

    async def cancel(self, job: UUID, owner: str) -> None:
        """Stops a job that has not ended. Raises Unavailable."""


Opening = Callable[[Line], AbstractAsyncContextManager[Submitting]]
