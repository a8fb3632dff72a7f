"""Reads what the projection wrote down, and, where it has not caught up yet, the stream itself."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal
from uuid import UUID

import asyncpg

from contracts import streams, subjects
from contracts.brief import BRIEF, Brief
from contracts.events import (
    AssetAnalysedV1,
    AssetDescribedV1,
    AssetUploadedV1,
    Event,
    JobRequestedV1,
    TimelineReadyV1,
    VideoEvent,
)
from contracts.faults import Unavailable
from contracts.letters import about
from contracts.media import Asset, BlobRef
from contracts.searching import folded, patterns
from contracts.story import FINAL, JobStory, JobView, VideoView, fold, view
from kit.bus import Bus
from kit.database import AWAY, Pool
from kit.sql import queries
from services.gateway.forecasting import Forecasting
from services.gateway.outlook import Outlook
from services.gateway.problems import Problem, not_found
from services.gateway.resources import (
    AssetResource,
    JobResource,
    Page,
    ProjectResource,
    Running,
    cursor_of,
    job_resource,
    seq_of,
    thumbnail_url,
)

log = logging.getLogger(__name__)

SQL = queries("services.gateway")
_ANSWER_S = 4.0
_LOOK_AGAIN_S = 2
_PATIENCE_S = 1.0
_LOOK_S = 0.01
_MEDIA = {"analysis", "filmstrip", "waveform", "proxy"}


class Reading:
    """Everything the gateway can tell. Every question names its owner; a stranger's id is not found."""

    def __init__(self, pool: Pool, bus: Bus) -> None:
        self._pool = pool
        self._bus = bus
        self._forecasting = Forecasting(bus, self._rows)

    async def job(self, job: UUID, owner: str) -> JobResource:
        """One job, with its brief and the steps that are being worked on."""
        row = next(iter(await self._rows("job", job, owner)), None)
        if row is None:
            story, brief = await self.told(job, owner)
            return job_resource(view(story), brief=brief)
        running = await self.running([job])
        asked = BRIEF.validate_python(row["brief"], extra="ignore") if row["brief"] else None
        seen = view(await self._up_to_date(row["story"], owner))
        return job_resource(seen, running, asked, (await self.outlooks([seen]))(seen))

    async def outlooks(self, jobs: Iterable[JobView]) -> Callable[[JobView], Outlook | None]:
        """What is to be expected of each of these jobs."""
        return await self._forecasting.of(jobs)

    async def _up_to_date(self, written: object, owner: str) -> JobStory:
        """A story as it was written down, or as the log has it where the projection is a moment behind."""
        story = JobStory.model_validate(written)
        try:
            last = await self._bus.last_raw(subjects.facts_of(story.job))
            if last is not None and (last.seq or 0) > story.last_seq:
                story, _ = await self.told(story.job, owner)
        except Unavailable:
            log.info("answering from the database alone")
        return story

    async def told(self, job: UUID, owner: str) -> tuple[JobStory, Brief]:
        """A job as the log has it at this moment."""
        story, brief, _ = await self.log_of(job, owner)
        return story, brief

    async def log_of(self, job: UUID, owner: str) -> tuple[JobStory, Brief, list[tuple[Event, int]]]:
        """``told``, with the facts it was told from and their sequences."""
        if await self._bus.last_raw(subjects.last_of(JobRequestedV1, job)) is None:
            raise not_found("job")
        story = JobStory(job=job)
        brief: Brief | None = None
        facts: list[tuple[Event, int]] = []
        async for heard in self._bus.history(subjects.facts_of(job)):
            story = fold(story, heard.event, heard.seq)
            facts.append((heard.event, heard.seq))
            if isinstance(heard.event, JobRequestedV1):
                brief = heard.event.order.brief
        if brief is None or story.gone or story.owner != owner:
            raise not_found("job")
        return story, brief, facts

    async def projects(self, owner: str, after: str, limit: int) -> list[ProjectResource]:
        """A page by name; whether a job is under way is told as the log has it."""
        found = [ProjectResource.model_validate(dict(row)) for row in await self._rows("projects", owner, after, limit)]
        return [await self._checked(project, owner) for project in found]

    async def _checked(self, project: ProjectResource, owner: str) -> ProjectResource:
        if project.active_job is None or not await self.is_over(project.active_job, owner):
            return project
        return project.model_copy(update={"active_job": None})

    async def is_over(self, job: UUID, owner: str) -> bool:
        """Whether a job has ended, or is not (any more) in the log."""
        try:
            story, _ = await self.told(job, owner)
        except Problem:
            return True
        return view(story).state in FINAL

    async def jobs(  # noqa: PLR0917  (a page, and what it is filtered by)
        self,
        owner: str,
        cursor: str | None,
        state: str | None,
        limit: int,
        q: str = "",
        batch: UUID | Literal["none"] | None = None,
    ) -> Page[JobResource]:
        """``batch``: of one batch, or of none."""
        of = None if batch == "none" else batch
        words = patterns(folded(q))
        rows = await self._rows("jobs", owner, seq_of(cursor), state, limit + 1, words, of, batch == "none")
        found = [view(JobStory.model_validate(row["story"])) for row in rows[:limit]]
        running = await self.running([seen.id for seen in found])
        outlook = await self.outlooks(found)
        more = cursor_of(rows[limit - 1]["requested_seq"]) if len(rows) > limit else None
        return Page(items=tuple(job_resource(seen, running, None, outlook(seen)) for seen in found), next_cursor=more)

    async def running(self, jobs: list[UUID]) -> list[Running]:
        return [Running.model_validate(dict(row)) for row in await self._rows("progress", jobs)]

    async def video(self, video: UUID, owner: str) -> tuple[JobView, VideoView]:
        row = next(iter(await self._rows("video", video, owner)), None)
        if row is None:
            seen = view((await self.told(await self._job_of(video, owner), owner))[0])
            return seen, next(found for found in seen.videos if found.id == video)
        seen = view(await self._up_to_date(row["story"], owner))
        return seen, next(found for found in seen.videos if found.id == video)

    async def job_of(self, video: UUID, owner: str) -> UUID:
        """The job a video belongs to."""
        row = next(iter(await self._rows("video", video, owner)), None)
        return await self._job_of(video, owner) if row is None else row["job"]

    async def edit(self, part: str, video: UUID, owner: str) -> Mapping[str, Any]:
        """``timeline`` or ``match_report`` of a video, as it was written down."""
        row = next(iter(await self._rows(part, video, owner)), None)
        if row is not None:
            found: Mapping[str, Any] = row[part]
            return found
        heard = await self._bus.last_of_video(TimelineReadyV1, video)
        if heard is None or heard.owner != owner:
            raise not_found(f"{part.replace('_', ' ')} (yet)")
        return heard.model_dump(mode="json", include={part})[part]  # type: ignore[no-any-return]

    async def planned(self, video: UUID, owner: str) -> TimelineReadyV1:
        """The edit of a video's latest run, whole, as the log has it."""
        heard = await self._bus.last_of_video(TimelineReadyV1, video)
        if heard is None or heard.owner != owner:
            raise not_found("timeline (yet)")
        return heard

    async def upload(self, asset: UUID, owner: str) -> Asset:
        """An upload as the log has it, with its bytes' reference."""
        found = (await self.assets_by_id([asset], owner)).get(asset)
        if found is None:
            raise not_found("asset")
        return found[0]

    async def _job_of(self, video: UUID, owner: str) -> UUID:
        """The job of a video the projection does not know (yet): from the log, or, if nothing was made of it so far, as
        soon as its job is written down.
        """
        last = await self._bus.last_raw(subjects.last_of_video(VideoEvent, video))
        if last is not None and (job := about(last.subject or "").job) is not None:
            return job
        await self.written((await self._bus.ping())["last_seq"])
        row = next(iter(await self._rows("video", video, owner)), None)
        if row is None:
            raise not_found("video")
        found: UUID = row["job"]
        return found

    async def asset(self, asset: UUID, owner: str) -> AssetResource:
        row = next(iter(await self._rows("asset", asset, owner)), None)
        if row is not None:
            return _asset_resource(row).model_copy(update={"progress": await self._looked_through(asset, row["state"])})
        uploaded = await self._uploaded(asset, owner)
        if uploaded is None:
            raise not_found("asset")
        return fresh_asset(uploaded)

    async def _looked_through(self, asset: UUID, state: str) -> float | None:
        running = await self.running([asset]) if state == "uploaded" else []
        return running[0].share if running else None

    async def asset_thumbnail(self, asset: UUID, owner: str) -> BlobRef:
        row = next(iter(await self._rows("asset", asset, owner)), None)
        if row is not None and row["thumbnail"]:
            return BlobRef.model_validate(row["thumbnail"])
        heard = await self._bus.last(AssetAnalysedV1, asset)
        if heard is None or heard.event.owner != owner or not isinstance(heard.event, AssetAnalysedV1):
            raise not_found("thumbnail (yet)")
        if heard.event.thumbnail is None:
            raise not_found("thumbnail")
        return heard.event.thumbnail

    async def asset_media(self, asset: UUID, owner: str) -> Mapping[str, BlobRef]:
        """What was made of an upload, by name: analysis, filmstrip, waveform, proxy; those that there are.

        Raises:
            Problem: 404; or 409, it was not looked through yet (``asset_not_analysed``), or is of no use.
        """
        row = next(iter(await self._rows("asset", asset, owner)), None)
        if row is not None and row["state"] == "analysed":
            return _refs(row["media"] or {})
        heard = await self._bus.last(AssetAnalysedV1, asset)
        if heard is not None and isinstance(heard.event, AssetAnalysedV1) and heard.event.owner == owner:
            return _refs(heard.event.model_dump(mode="json", include=_MEDIA))
        if row is None and await self._uploaded(asset, owner) is None:
            raise not_found("asset")
        if row is not None and row["state"] == "rejected":
            raise Problem(409, "asset_rejected", "This upload turned out to be unusable; read it for the reason.")
        waits = {"Retry-After": str(_LOOK_AGAIN_S)}
        raise Problem(409, "asset_not_analysed", "This upload has not been looked through yet.", headers=waits)

    async def described(self, asset: UUID) -> AssetDescribedV1 | None:
        """The last word on an upload, as the log has it."""
        heard = await self._bus.last(AssetDescribedV1, asset)
        return heard.event if heard is not None and isinstance(heard.event, AssetDescribedV1) else None

    async def assets(  # noqa: PLR0917  (a page, and what it is filtered by)
        self,
        owner: str,
        cursor: str | None,
        kind: str | None,
        limit: int,
        keyword: str | None = None,
        favourite: bool | None = None,
    ) -> Page[AssetResource]:
        word = None if keyword is None else keyword.casefold()
        rows = await self._rows("assets", owner, seq_of(cursor), kind, limit + 1, word, favourite)
        more = cursor_of(rows[limit - 1]["uploaded_seq"]) if len(rows) > limit else None
        return Page(items=tuple(_asset_resource(row) for row in rows[:limit]), next_cursor=more)

    async def assets_by_id(self, ids: Iterable[UUID], owner: str) -> dict[UUID, tuple[Asset, str]]:
        """Those of the assets that exist and are the owner's, with their state."""
        wanted = list(dict.fromkeys(ids))
        found = {row["id"]: (_asset(row), row["state"]) for row in await self._rows("assets_by_id", wanted, owner)}
        for asset in wanted:
            if asset not in found:
                uploaded = await self._uploaded(asset, owner)
                if uploaded is not None:
                    found[asset] = (uploaded.asset, "uploaded")
        return found

    async def _uploaded(self, asset: UUID, owner: str) -> AssetUploadedV1 | None:
        heard = await self._bus.last(AssetUploadedV1, asset)
        if heard is None or heard.event.owner != owner:
            return None
        return heard.event if isinstance(heard.event, AssetUploadedV1) else None

    async def ping(self) -> None:
        await self._rows("progress", [])

    async def position(self) -> int:
        """How far the log has been written down."""
        rows = await self._rows("position", streams.EVENTS.name)
        return int(rows[0]["seq"]) if rows else 0

    async def written(self, seq: int, patience_s: float = _PATIENCE_S) -> bool:
        """Waits a moment until a fact was written down, so that lists show it too. False: it was not in time."""
        end = time.monotonic() + patience_s
        while await self.position() < seq:
            if time.monotonic() > end:
                return False
            await asyncio.sleep(_LOOK_S)
        return True

    async def asked(self, sql: str, arguments: Sequence[Any]) -> list[Any]:
        """The rows of a question that has no name. Raises as all others."""
        return await self._fetched(sql, *arguments)

    async def named(self, name: str, *arguments: Any) -> list[Any]:
        return await self._rows(name, *arguments)

    async def _rows(self, name: str, *arguments: Any) -> list[Any]:
        return await self._fetched(SQL[name], *arguments)

    async def _fetched(self, sql: str, *arguments: Any) -> list[Any]:
        try:
            async with self._pool.acquire(timeout=2) as connection:
                return list(await connection.fetch(sql, *arguments, timeout=_ANSWER_S))
        except (*AWAY, asyncpg.UndefinedTableError) as away:  # no tables: the projection has not started yet
            raise Unavailable("the database does not answer", code="database_unavailable") from away


def fresh_asset(event: AssetUploadedV1) -> AssetResource:
    """An upload nobody has looked through yet."""
    asset = event.asset
    return AssetResource(
        id=asset.id,
        kind=asset.kind,
        name=asset.name,
        state="uploaded",
        size=asset.blob.size,
        sha256=asset.blob.sha256,
        media_type=asset.blob.media_type,
        facts=asset.facts,
        created_at=event.at,
    )


def _refs(media: Mapping[str, Any]) -> dict[str, BlobRef]:
    return {name: BlobRef.model_validate(ref) for name, ref in media.items() if ref is not None}


def _asset(row: Mapping[str, Any]) -> Asset:
    return Asset.model_validate({key: row[key] for key in ("id", "owner", "kind", "name", "blob", "facts")})


def _asset_resource(row: Mapping[str, Any]) -> AssetResource:
    asset = _asset(row)
    thumbnail = BlobRef.model_validate(row["thumbnail"]) if row["thumbnail"] else None
    return AssetResource.model_validate(
        {
            "id": asset.id,
            "kind": asset.kind,
            "name": asset.name,
            "state": row["state"],
            "size": asset.blob.size,
            "sha256": asset.blob.sha256,
            "media_type": asset.blob.media_type,
            "facts": asset.facts,
            "usable_start_s": row["usable_start_s"],
            "usable_end_s": row["usable_end_s"],
            "thumbnail_url": thumbnail_url("assets", asset.id, thumbnail),
            "keywords": (row["notes"] or {}).get("keywords", ()),
            "favourite": row["favourite"],
            "marks": len((row["notes"] or {}).get("marks", ())),
            "fault": row["fault"],
            "created_at": row["created_at"],
        }
    )
