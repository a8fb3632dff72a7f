"""One job under way a project, for as many gateways as there are.

A claim is a fact of the log, announced in one atomic batch with what the job begins with, on the condition that the
project's last claim is the one that was looked at. Whether a project is taken follows from its last claim: it is for as
long as that job has not ended. So there is no lock to give back, and none that a crash could leave behind.
"""

from __future__ import annotations

from uuid import UUID

from contracts import subjects
from contracts.events import ProjectClaimedV1, project_id
from kit.bus import Bus, Guarded, decode, now
from services.gateway.problems import Problem
from services.gateway.reading import Reading


class Claims:
    """Who may go on in a project."""

    def __init__(self, bus: Bus, reading: Reading) -> None:
        self._bus = bus
        self._reading = reading

    async def of(self, owner: str, project: str, job: UUID, lane: str) -> Guarded:
        """The claim of a project for a job, to be announced with the job's own fact.

        Raises:
            Problem: 409, another job of the project is under way; it is named.
        """
        after = 0
        last = await self._bus.last_raw(subjects.project_claims(project_id(owner, project)))
        if last is not None:
            claim = decode(last.subject or "", last.data or b"")
            after = last.seq or 0
            if (
                isinstance(claim, ProjectClaimedV1)
                and claim.job != job
                and not await self._reading.is_over(claim.job, owner)
            ):
                raise _busy(project, claim.job)
        event = ProjectClaimedV1(owner=owner, lane=lane, at=now(), project=project, job=job)
        return Guarded(event, after=after)


def _busy(project: str, job: UUID) -> Problem:
    detail = f"A job of the project {project} is under way: {job}. Wait for its end or cancel it."
    return Problem(409, "project_busy", detail, more={"job": str(job), "job_url": f"/v1/jobs/{job}"})
