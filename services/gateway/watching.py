"""One stream of all that happens to a user's jobs, uploads and feeds: whole new states, a few times a second at most.

It is made once for each user however many listen, from the one subscription of ``live``.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts import subjects
from contracts.events import AssetEvent, BatchEvent, Event, FeedEvent
from contracts.faults import Unavailable
from contracts.progress import ProgressV1
from contracts.story import FINAL, JobStory, JobView, fold, is_of_a_job, view
from kit.bus import Bus
from kit.tasks import ended
from services.gateway.feeds import Feeds
from services.gateway.live import LONGEST_S, PING_EVERY_S, RETRY_MS, Listener, LiveFeed, message
from services.gateway.problems import Problem
from services.gateway.reading import Reading
from services.gateway.resources import Running, job_resource

log = logging.getLogger(__name__)

TELL_EVERY_S = 0.25
_AGAIN_S = 1.0
_OPEN_MAX = 500  # jobs and uploads of one user that are looked after without having moved
_CHANGED_MAX = 200  # states that a client which comes back is told; of more it reads the lists again
_GAP_MAX = 2_000  # facts between the database and the log, read one by one
_STORIES_MAX = 500


@dataclass(slots=True)
class _Progress:
    running: Running
    at: datetime


class _Ear(Listener[bytes]):
    """One client. While it ``catches_up`` it is told no place, or it might come back behind what it was not told."""

    def __init__(self) -> None:
        super().__init__()
        self.catches_up = True


class _Desk:
    """Whoever listens for one user, and what of theirs is to be told."""

    def __init__(self, owner: str, feed: LiveFeed, reading: Reading, feeds: Feeds) -> None:
        self.owner = owner
        self.ears: set[_Ear] = set()
        self._feed = feed
        self._reading = reading
        self._of_feeds = feeds
        self._feeds: set[UUID] = set()  # to be told
        self._jobs: set[UUID] = set()  # to be told
        self._assets: dict[UUID, int] = {}  # to be told, once the database has so much of the log
        self._batches: set[UUID] = set()  # of which there is news
        self._stories: dict[UUID, JobStory] = {}
        self._behind: set[UUID] = set()  # moved while nobody kept their story
        self._progress: dict[UUID, dict[UUID, _Progress]] = {}  # by job and video
        self._looked_through: dict[UUID, float] = {}
        self._woken = asyncio.Event()

    def heard(self, event: Event, seq: int) -> None:
        if isinstance(event, AssetEvent):
            self._assets[event.asset.id] = seq
        elif isinstance(event, FeedEvent):
            self._feeds.add(event.feed)
        elif isinstance(event, BatchEvent):
            self._batches.add(event.batch)
        elif is_of_a_job(event):
            self.moved(event.job)
            if event.job in self._stories:
                self._stories[event.job] = fold(self._stories[event.job], event, seq)
            else:
                self._behind.add(event.job)
        self._woken.set()

    def moved(self, job: UUID) -> None:
        self._jobs.add(job)
        self._woken.set()

    def progressed(self, word: ProgressV1) -> None:
        if word.video == word.job:  # an upload that is looked through, told under its own id
            self._looked_through[word.job] = word.share
            self._assets.setdefault(word.job, 0)
            self._woken.set()
            return
        known = self._progress.setdefault(word.job, {})
        if word.video not in known or known[word.video].at < word.at:
            running = Running.model_validate(word.model_dump(include=set(Running.model_fields)))
            known[word.video] = _Progress(running, word.at)
            self.moved(word.job)

    def missed(self, kind: str, ident: UUID, seq: int) -> None:
        """To be told to somebody who comes back."""
        if kind == "job":
            self.moved(ident)
        else:
            self._assets[ident] = max(seq, self._assets.get(ident, 0))
            self._woken.set()

    async def run(self) -> None:
        """Tells what moved, until cancelled. What can't be looked up now is told later."""
        while True:
            await self._woken.wait()
            self._woken.clear()
            jobs, self._jobs = self._jobs, set()
            assets, self._assets = self._assets, {}
            feeds, self._feeds = self._feeds, set()
            batches, self._batches = self._batches, set()
            self._behind.clear()
            place = self._feed.position  # all facts up to here were heard
            try:
                told = [*await self._job_messages(jobs, batches), *await self._asset_messages(assets)]
                told += await self._feed_messages(feeds)
            except Unavailable as away:
                log.info("live states wait for a server", extra={"fault": away.code})
                self._jobs |= jobs
                self._assets = assets | self._assets
                self._feeds |= feeds
                self._batches |= batches
                self._woken.set()
                await asyncio.sleep(_AGAIN_S)
                continue
            self._tell([*told, *(("batch", {"id": str(batch)}) for batch in sorted(batches))], place)
            await asyncio.sleep(TELL_EVERY_S)

    def _tell(self, told: list[tuple[str, object]], place: int) -> None:
        for number, (kind, body) in enumerate(told, start=1):
            plain = message(kind, body)
            placed = message(kind, body, str(place)) if number == len(told) else plain
            for ear in self.ears:
                ear.put(plain if ear.catches_up else placed)

    async def _job_messages(self, jobs: set[UUID], batches: set[UUID]) -> list[tuple[str, object]]:
        """The batches of jobs that moved have moved with them."""
        stories = [await self._story(job) for job in jobs]
        found = [view(story) for story in stories if story is not None and not story.gone]
        outlook = await self._reading.outlooks(found)
        told: list[tuple[str, object]] = []
        for seen in sorted(found, key=lambda seen: seen.version):
            running = [each.running for each in self._progress.get(seen.id, {}).values()]
            resource = job_resource(seen, running, None, outlook(seen))
            told.append(("job", resource.model_dump(mode="json", exclude={"brief"})))
            self._put_away(seen)
            if seen.batch is not None:
                batches.add(seen.batch)
        return told

    async def _story(self, job: UUID) -> JobStory | None:
        if job in self._stories:
            return self._stories[job]
        try:
            story, _ = await self._reading.told(job, self.owner)
        except Problem:  # forgotten meanwhile, or of an upload
            self._progress.pop(job, None)
            return None
        with suppress(Unavailable):
            for each in await self._reading.running([job]):
                at = each.began_at or story.requested_at
                if at is not None:
                    self._progress.setdefault(job, {}).setdefault(each.video, _Progress(each, at))
        if job not in self._behind:
            self._stories[job] = story
        return story

    def _put_away(self, seen: JobView) -> None:
        if seen.state in FINAL or len(self._stories) > _STORIES_MAX:
            self._stories.pop(seen.id, None)
            self._progress.pop(seen.id, None)

    async def _asset_messages(self, assets: dict[UUID, int]) -> list[tuple[str, object]]:
        if assets and not await self._reading.written(max(assets.values())):
            raise Unavailable("the database is behind the log", code="database_behind")
        told: list[tuple[str, object]] = []
        for asset in assets:
            with suppress(Problem):
                found = await self._reading.asset(asset, self.owner)
                if found.state != "uploaded":
                    self._looked_through.pop(asset, None)
                share = self._looked_through.get(asset, found.progress)
                told.append(("asset", found.model_copy(update={"progress": share}).model_dump(mode="json")))
        return told

    async def _feed_messages(self, feeds: set[UUID]) -> list[tuple[str, object]]:
        told: list[tuple[str, object]] = []
        for feed in feeds:
            try:
                found = await self._of_feeds.get(feed, self.owner)
            except Problem:
                told.append(("feed_removed", {"id": str(feed)}))
            else:
                told.append(("feed", found.model_dump(mode="json")))
        return told


class Watching:
    """Hands what the live feed hears to the desks of those who listen."""

    def __init__(self, bus: Bus, feed: LiveFeed, reading: Reading, feeds: Feeds) -> None:
        self._bus = bus
        self._feeds = feeds
        self._feed = feed
        self._reading = reading
        self._desks: dict[str, tuple[_Desk, asyncio.Task[None]]] = {}
        self._owners: dict[UUID, str] = {}  # of jobs and uploads that may tell progress
        feed.overheard = self

    def heard(self, event: Event, seq: int) -> None:
        found = self._desks.get(event.owner)
        if found is None:
            return
        if isinstance(event, AssetEvent):
            self._owners[event.asset.id] = event.owner
        elif is_of_a_job(event):
            self._owners[event.job] = event.owner
        found[0].heard(event, seq)

    def progressed(self, whom: UUID, data: bytes) -> None:
        found = self._desks.get(self._owners.get(whom, ""))
        if found is not None:
            found[0].progressed(ProgressV1.model_validate_json(data))

    def let_go(self) -> None:
        for desk, _ in self._desks.values():
            for ear in desk.ears:
                ear.hang_up()

    async def stop(self) -> None:
        for _, task in list(self._desks.values()):
            await ended(task)

    @contextmanager
    def _listening(self, owner: str) -> Iterator[tuple[_Desk, _Ear]]:
        if owner not in self._desks:
            desk = _Desk(owner, self._feed, self._reading, self._feeds)
            task = asyncio.create_task(desk.run(), name="states of a user")
            task.add_done_callback(lambda done: self._broken(desk, done))
            self._desks[owner] = desk, task
        desk, task = self._desks[owner]
        ear = _Ear()
        desk.ears.add(ear)
        try:
            yield desk, ear
        finally:
            desk.ears.discard(ear)
            if not desk.ears and self._desks.get(owner) == (desk, task):
                del self._desks[owner]
                self._owners = {whom: whose for whom, whose in self._owners.items() if whose != owner}
                task.cancel()

    def _broken(self, desk: _Desk, done: asyncio.Task[None]) -> None:
        if done.cancelled():
            return
        log.error("live states of a user broke", exc_info=done.exception())
        self._desks.pop(desk.owner, None)
        for ear in desk.ears:
            ear.hang_up()

    async def stream(self, owner: str, after: int | None) -> AsyncIterator[bytes]:
        """Server-sent events: ``open``, then ``job``, ``asset`` and ``feed`` with the whole new state of one, or
        ``feed_removed`` with its id; ``batch`` with the id of one of which there is news.

        ``after``: the place a client was told last; what changed since is told first. An ``id`` is the place up to
        which everything was told, so it stands on the last message of several.
        """
        yield f"retry: {RETRY_MS}\n\n".encode()
        with self._listening(owner) as (desk, ear):
            try:
                cursor, reset = await self._caught_up(desk, after)
            except Unavailable as away:
                log.warning("a live stream ends early", extra={"fault": away.code})
                return
            ear.catches_up = False
            yield message("open", {"cursor": cursor, "reset": reset}, str(cursor))
            end = asyncio.get_running_loop().time() + LONGEST_S
            while not ear.lost and asyncio.get_running_loop().time() < end:
                yield await ear.next(PING_EVERY_S) or b": ping\n\n"

    async def _caught_up(self, desk: _Desk, after: int | None) -> tuple[int, bool]:
        """Marks what a client has missed; tells from where on it is told everything, and whether it has to read all
        lists anew, because too much has changed.
        """
        owner = desk.owner
        written = await self._reading.position()
        for row in await self._reading.named("moving", owner, _OPEN_MAX):
            self._owners[row["id"]] = owner
        reset = after is not None and after > max(written, self._feed.position)
        changed = []
        if after is not None and not reset:
            changed = await self._reading.named("changed", owner, after, _CHANGED_MAX + 1)
            reset = len(changed) > _CHANGED_MAX
        if after is not None and not reset:
            reset = not await self._read_feeds(desk, after)
        for row in [] if reset else changed:
            self._owners[row["id"]] = owner
            desk.missed(row["kind"], row["id"], row["seq"])
        await self._read_gap(desk, written)
        return (written, reset) if after is None or reset else (after, False)

    async def _read_feeds(self, desk: _Desk, after: int) -> bool:
        """What happened to feeds since then, out of the log; False: too much."""
        seen = 0
        async for heard in self._bus.history(subjects.OF_FEEDS, after + 1):
            seen += 1
            if seen > _GAP_MAX:
                return False
            if heard.event.owner == desk.owner:
                desk.heard(heard.event, heard.seq)
        return True

    async def _read_gap(self, desk: _Desk, written: int) -> None:
        """What the log has and the database has not yet."""
        gap = self._feed.position - written
        if gap <= 0:
            return
        if gap > _GAP_MAX:
            raise Unavailable("the database is far behind the log", code="database_behind")
        async for heard in self._bus.history(subjects.EVENTS, written + 1):
            if heard.event.owner == desk.owner:
                self.heard(heard.event, heard.seq)
