"""Projects, and failed jobs that go on."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from contracts.brief import NO_NUL
from services.gateway.accepting import Accepting
from services.gateway.reading import Reading
from services.gateway.resources import JobResource, Page, ProjectResource

After = Annotated[
    str | None,
    QueryParameter(name="cursor", max_length=64, pattern=NO_NUL, description="next_cursor of the page before"),
]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="Items a page")]


@post("/jobs/{job:uuid}/retry", status_code=202, tags=["jobs"])
async def retry_job(
    accepting: NamedDependency[Accepting], owner: NamedDependency[str], job: FromPath[UUID]
) -> JobResource:
    """Try a failed job again. Each failed video goes on from its failed step; what was finished is not made again."""
    return await accepting.retry(job, owner)


@get("/projects", tags=["projects"])
async def list_projects(
    reading: NamedDependency[Reading], owner: NamedDependency[str], after: After = None, limit: Limit = 50
) -> Page[ProjectResource]:
    """The projects by name, each with the job that is under way in it, if any."""
    found = await reading.projects(owner, after or "", limit + 1)
    more = found[limit - 1].project if len(found) > limit else None
    return Page(items=tuple(found[:limit]), next_cursor=more)


PROJECTS = (retry_job, list_projects)
