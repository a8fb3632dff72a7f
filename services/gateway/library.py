"""A user's library: their videos by name and state, renamed, put into the trash and taken out of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from contracts.brief import NO_NUL
from contracts.events import VideoFiledV1
from contracts.faults import Unavailable
from contracts.story import FINAL, JobStory, JobView, VideoView, fold, view
from contracts.values import Asked, Value
from kit.bus import Bus, now
from services.gateway.library_query import Wanted, cursor_after, page
from services.gateway.problems import Problem, not_found
from services.gateway.reading import Reading
from services.gateway.resources import Page, VideoCard, card

NAME_MAX = 200  # characters, as many as a brief's title has
MANY = 100
_RACES = 5
_AT_ONCE = 8


class Naming(Asked):
    """What a video is to be called; null: as its job."""

    name: (
        Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=NAME_MAX, pattern=NO_NUL)]
        | None
    )


class Several(Asked):
    """Videos to do the same with."""

    ids: tuple[UUID, ...] = Field(min_length=1, max_length=MANY)


class Refusal(Value):
    """A video that was left as it is, and why."""

    id: UUID
    code: str
    detail: str


class Done(Value):
    """What became of many: those that are as was asked, and those that are not."""

    done: tuple[UUID, ...]
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    """How a video is to stand in the library."""

    name: str | None
    deleted_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Filed:
    seen: JobView
    video: VideoView
    seq: int  # of the fact; 0: it stood so already


Change = Callable[[VideoView, _Word], _Word]


class Library:
    """Each word on a video is one fact with the next revision, of which the log lets in one."""

    def __init__(self, bus: Bus, reading: Reading) -> None:
        self._bus = bus
        self._reading = reading

    async def page(self, owner: str, wanted: Wanted, cursor: str | None, limit: int) -> Page[VideoCard]:
        """Some of an owner's videos.

        Raises:
            Problem: 400, the cursor is none of this list.
        """
        rows = await self._reading.asked(*page(owner, wanted, cursor, limit + 1))
        jobs = {row["id"]: view(JobStory.model_validate(row["story"])) for row in rows[:limit]}
        running = {each.video: each for each in await self._reading.running([seen.id for seen in jobs.values()])}
        items = tuple(card(seen, seen.videos[_index(seen, video)], running.get(video)) for video, seen in jobs.items())
        return Page(items=items, next_cursor=cursor_after(rows[limit - 1], wanted.sort) if len(rows) > limit else None)

    async def rename(self, video: UUID, owner: str, name: str | None) -> VideoCard:
        """Gives a video a name; None: that of its job. Raises as ``_said``."""
        return await self._shown(await self._said(video, owner, lambda _, word: _Word(name, word.deleted_at)))

    async def delete(self, video: UUID, owner: str) -> VideoCard:
        """Puts a video into the trash. Raises as ``_said``, and 409 if it is still being made."""
        return await self._shown(await self._said(video, owner, _deleted))

    async def restore(self, video: UUID, owner: str) -> VideoCard:
        """Takes a video out of the trash. Raises as ``_said``."""
        return await self._shown(await self._said(video, owner, _restored))

    async def delete_many(self, videos: Sequence[UUID], owner: str) -> Done:
        return await self._many(videos, owner, _deleted)

    async def restore_many(self, videos: Sequence[UUID], owner: str) -> Done:
        return await self._many(videos, owner, _restored)

    async def _many(self, videos: Sequence[UUID], owner: str, change: Change) -> Done:
        """The same for each; what is refused of one does not touch the others."""
        places = asyncio.Semaphore(_AT_ONCE)

        async def one(video: UUID) -> _Filed | Refusal:
            async with places:
                try:
                    return await self._said(video, owner, change)
                except Problem as refused:
                    return Refusal(id=video, code=refused.code, detail=refused.detail)

        answers = await asyncio.gather(*(one(video) for video in dict.fromkeys(videos)))
        done = [answer for answer in answers if isinstance(answer, _Filed)]
        await self._written(max((filed.seq for filed in done), default=0))
        return Done(
            done=tuple(filed.video.id for filed in done),
            refused=tuple(answer for answer in answers if isinstance(answer, Refusal)),
        )

    async def _said(self, video: UUID, owner: str, change: Change) -> _Filed:
        """A video as it is to stand; if it stands so already, nothing is said.

        Raises:
            Problem: 404 there is no such video; 409 its files are gone, or it can't be so now.
        """
        job = await self._reading.job_of(video, owner)
        for _ in range(_RACES):
            story, _brief = await self._reading.told(job, owner)
            filed = _filed(view(story), video)
            if filed.video.purged_at is not None:
                raise Problem(409, "video_purged", "The video was in the trash for too long; its files are gone.")
            kept = story.filed.get(str(video))
            before = _Word(kept.name if kept else None, filed.video.deleted_at)
            word = change(filed.video, before)
            if word == before:
                return filed
            event = _fact(story, filed.video, word)
            announced = await self._bus.announce(event)
            if announced.won:
                return _filed(view(fold(story, event, announced.seq)), video, announced.seq)
        raise Unavailable("the video is changed by many at once; try again", code="video_contended")

    async def _shown(self, filed: _Filed) -> VideoCard:
        await self._written(filed.seq)
        running = {each.video: each for each in await self._reading.running([filed.seen.id])}
        return card(filed.seen, filed.video, running.get(filed.video.id))

    async def _written(self, seq: int) -> None:
        """The next list shows what was said, unless the projection is far behind."""
        if seq:
            await self._reading.written(seq)


def _index(seen: JobView, video: UUID) -> int:
    return next(place for place, each in enumerate(seen.videos) if each.id == video)


def _filed(seen: JobView, video: UUID, seq: int = 0) -> _Filed:
    found = next((each for each in seen.videos if each.id == video), None)
    if found is None:
        raise not_found("video")
    return _Filed(seen, found, seq)


def _deleted(video: VideoView, word: _Word) -> _Word:
    if word.deleted_at is not None:
        return word
    if video.state not in FINAL:
        detail = "The video is not finished. Cancel its job first, then delete it."
        raise Problem(409, "video_unfinished", detail)
    return _Word(word.name, now())


def _restored(_: VideoView, word: _Word) -> _Word:
    return _Word(word.name, None)


def _fact(story: JobStory, video: VideoView, word: _Word) -> VideoFiledV1:
    return VideoFiledV1(
        owner=story.owner,
        lane=story.lane,
        at=now(),
        job=story.job,
        video=video.id,
        number=video.number,
        revision=video.filed + 1,
        name=word.name,
        deleted_at=word.deleted_at,
    )
