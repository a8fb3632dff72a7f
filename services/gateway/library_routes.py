"""The HTTP API of the library: all of a user's videos, found, named, deleted and restored."""

from __future__ import annotations

import re
from typing import Annotated, TypeVar

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency, Provide
from litestar.params import JSONBody, QueryParameter
from litestar.response import Stream

from contracts.brief import NO_NUL
from contracts.outputs import PresetName
from contracts.story import State
from services.gateway.admission import STREAMS
from services.gateway.library import Done, Library, Naming, Several
from services.gateway.library_query import Sort, Wanted
from services.gateway.resources import Page, VideoCard
from services.gateway.routes import Id, LastEventId, Limit, Owner
from services.gateway.watching import Watching

Shown = TypeVar("Shown", VideoCard, Page[VideoCard])
Shelf = NamedDependency[Library]
Words = Annotated[
    str, QueryParameter(max_length=200, pattern=NO_NUL, description="Words of the name, or parts of words")
]
After = Annotated[
    str | None, QueryParameter(name="cursor", max_length=2000, description="next_cursor of the page before")
]


def provide_wanted(
    q: Words = "",
    in_state: Annotated[State | None, QueryParameter(name="state", description="Only videos in this state")] = None,
    preset: Annotated[PresetName | None, QueryParameter(description="Only videos with a file of it")] = None,
    project: Annotated[
        str | None, QueryParameter(max_length=64, pattern=NO_NUL, description="Only videos of this project")
    ] = None,
    kind: Annotated[str | None, QueryParameter(max_length=20, pattern=NO_NUL, description="Of which way in")] = None,
    deleted: Annotated[bool, QueryParameter(description="What is in the trash instead of the rest")] = False,
    sort: Annotated[Sort, QueryParameter(description="newest, oldest, name or longest first")] = Sort.NEWEST,
) -> Wanted:
    return Wanted(q=q, state=in_state, preset=preset, project=project, kind=kind, deleted=deleted, sort=sort)


@get("/videos", tags=["library"], dependencies={"wanted": Provide(provide_wanted, sync_to_thread=False)})
async def list_videos(
    library: Shelf, owner: Owner, wanted: NamedDependency[Wanted], after: After = None, limit: Limit = 24
) -> Response[Page[VideoCard]]:
    """All videos of all jobs, as the library shows them."""
    return _now(await library.page(owner, wanted, after, limit))


@patch("/videos/{video:uuid}", tags=["library"])
async def rename_video(data: JSONBody[Naming], library: Shelf, owner: Owner, video: Id) -> Response[VideoCard]:
    """Give a video a name."""
    return _now(await library.rename(video, owner, data.name))


@delete("/videos/{video:uuid}", status_code=200, tags=["library"])
async def delete_video(library: Shelf, owner: Owner, video: Id) -> Response[VideoCard]:
    """Put a video into the trash. It can be restored until it has lain there for the days the system keeps it."""
    return _now(await library.delete(video, owner))


@post("/videos/{video:uuid}/restore", status_code=200, tags=["library"])
async def restore_video(library: Shelf, owner: Owner, video: Id) -> Response[VideoCard]:
    """Take a video out of the trash."""
    return _now(await library.restore(video, owner))


@post("/videos/delete", status_code=200, tags=["library"])
async def delete_videos(data: JSONBody[Several], library: Shelf, owner: Owner) -> Done:
    """Put many videos into the trash. What is refused of one does not touch the others."""
    return await library.delete_many(data.ids, owner)


@post("/videos/restore", status_code=200, tags=["library"])
async def restore_videos(data: JSONBody[Several], library: Shelf, owner: Owner) -> Done:
    """Take many videos out of the trash."""
    return await library.restore_many(data.ids, owner)


def _now(shown: Shown) -> Response[Shown]:
    return Response(shown, headers={"Cache-Control": "no-store"})


@get("/events", tags=["events"], media_type="text/event-stream", opt=STREAMS)
async def all_events(watching: NamedDependency[Watching], owner: Owner, last_event_id: LastEventId = None) -> Stream:
    """All that happens to your jobs, uploads and feeds (server-sent events): `open`, then `job`, `asset` and `feed`,
    each with the whole new state of one. With Last-Event-ID what changed since comes first; `reset` in `open` tells to
    read the lists again instead."""
    after = int(last_event_id) if last_event_id and re.fullmatch(r"[0-9]{1,18}", last_event_id) else None
    return Stream(
        watching.stream(owner, after),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


LIBRARY = (all_events, list_videos, rename_video, delete_video, restore_video, delete_videos, restore_videos)
