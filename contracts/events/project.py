"""Facts about projects, each of which has at most one job that has not ended."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID, uuid5

from contracts.events.base import NOBODY, Event

_PROJECTS = UUID("5d0c5c52-6a3e-5c0e-9b0b-0a9e1f6f2b77")


def project_id(owner: str, project: str) -> UUID:
    """The id of an owner's project; no other owner can name it."""
    return uuid5(_PROJECTS, f"{owner}\n{project}")


class ProjectClaimedV1(Event):
    """A project's one place was given to a job. It is taken for as long as that job has not ended, and free from then
    on, whatever the end was: there is nothing to give back.
    """

    TYPE: ClassVar[str] = "project.claimed"

    project: str
    job: UUID

    @property
    def about(self) -> tuple[str, str, str]:
        return str(project_id(self.owner, self.project)), NOBODY, "0"
