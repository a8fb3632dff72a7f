"""Dead letters and the health of the line."""

from __future__ import annotations

from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from pydantic import Field

from contracts.health import PipelineHealth
from contracts.letters import Reason
from contracts.values import Asked
from services.gateway.identity import Caller
from services.gateway.letters import LetterDetail, LetterResource, Letters, Replayed, Wanted
from services.gateway.pipeline import Pipeline
from services.gateway.resources import Page

Id = FromPath[str]
Cursor = Annotated[str | None, QueryParameter(max_length=64, description="next_cursor of the page before")]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="Items a page")]
OfInbox = Annotated[
    str | None, QueryParameter(name="inbox", max_length=40, pattern=r"^[a-z-]+$", description="Only of this inbox")
]
ForReason = Annotated[Reason | None, QueryParameter(name="reason", description="Only those put aside for this reason")]
WasReplayed = Annotated[bool | None, QueryParameter(name="replayed", description="Only those that were, or were not")]


class ReplaySome(Asked):
    """Which letters to replay; with none of it, the newest ones that were not."""

    inbox: str | None = Field(default=None, max_length=40, pattern=r"^[a-z-]+$")
    reason: Reason | None = None
    cursor: str | None = Field(default=None, max_length=64)
    limit: int = Field(default=20, ge=1, le=100)


@get("/dead-letters", tags=["dead letters"])
async def list_letters(
    letters: NamedDependency[Letters],
    caller: NamedDependency[Caller],
    *,
    cursor: Cursor = None,
    inbox: OfInbox = None,
    reason: ForReason = None,
    replayed: WasReplayed = None,
    limit: Limit = 20,
) -> Page[LetterResource]:
    """Messages that could not be worked on, the newest word first. A page may be short and yet have a next one."""
    return await letters.page(caller, Wanted(inbox, reason, replayed), cursor, limit)


@get("/dead-letters/{letter:str}", tags=["dead letters"])
async def read_letter(
    letters: NamedDependency[Letters], caller: NamedDependency[Caller], letter: Id
) -> Response[LetterDetail]:
    """One dead letter: why it is one, its tries, and its message as it lies in the log."""
    return Response(await letters.detail(letter, caller), headers={"Cache-Control": "no-store"})


@post("/dead-letters/{letter:str}/replay", status_code=202, tags=["dead letters"])
async def replay_letter(
    letters: NamedDependency[Letters], caller: NamedDependency[Caller], letter: Id
) -> LetterResource:
    """Have its work done again: the failed video goes on from its failed step, or the message is taken up once more."""
    return await letters.replay(letter, caller)


@post("/dead-letters/replay", status_code=202, tags=["dead letters"])
async def replay_letters(
    letters: NamedDependency[Letters], caller: NamedDependency[Caller], data: JSONBody[ReplaySome]
) -> Replayed:
    """Replay several letters at once; tells which were, and why the others were not."""
    wanted = Wanted(data.inbox, data.reason, replayed=False)
    return await letters.replay_some(caller, wanted, data.cursor, data.limit)


@get("/health/pipeline", tags=["health"])
async def pipeline_health(
    pipeline: NamedDependency[Pipeline], caller: NamedDependency[Caller]
) -> Response[PipelineHealth]:
    """Whether the line is well: a worker at each inbox, what waits and for how long, what is stuck, dead letters.

    200 with the verdict in `status` (ok, degraded or down), unless a server does not answer.
    """
    seen = await pipeline.health()
    if not caller.admin:
        seen = seen.model_copy(update={"stuck": (), "dead_letters": None})
    return Response(seen, headers={"Cache-Control": "no-store"})


LETTERS = (list_letters, read_letter, replay_letter, replay_letters)
