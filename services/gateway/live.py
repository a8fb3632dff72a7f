"""Live events for any number of listeners from one subscription; a slow listener is let go, nobody waits for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Protocol, TypeVar
from uuid import UUID

import orjson
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from contracts import streams, subjects
from contracts.events import Event, JobEvent, ReviewableEvent, StepFailed, VideoCheckedV1, VideoEvent, VideoStoredV1
from contracts.faults import Unavailable
from contracts.progress import STEPS, ProgressV1
from contracts.story import FINAL, JobStory, State, fold, view
from kit.bus import Bus
from kit.follow import follow
from kit.tasks import ended
from services.gateway.resources import job_resource

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Word:
    """Progress, ready to send: encoded once, however many listen."""

    step: tuple[UUID, str, int]
    at: datetime
    message: bytes


Said = TypeVar("Said")
Seen = dict[tuple[UUID, str, int], datetime]  # when the last word on a video's step was said
Told = tuple[Event, int] | Word | None  # a fact, progress, or None: nothing new

QUEUE_MAX = 256
PING_EVERY_S = 15.0
LONGEST_S = 3600.0
RETRY_MS = 1000


class Listener(Generic[Said]):
    """One client's bounded queue. ``lost`` is set when it did not keep up."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[Said | None] = asyncio.Queue(QUEUE_MAX)
        self.lost = False

    def put(self, told: Said | None) -> None:
        try:
            self.queue.put_nowait(told)
        except asyncio.QueueFull:
            self.lost = True

    def hang_up(self) -> None:
        self.lost = True
        self.put(None)

    async def next(self, patience_s: float) -> Said | None:
        """What it hears next; None after a time of silence."""
        try:
            async with asyncio.timeout(patience_s):
                return await self.queue.get()
        except TimeoutError:
            return None


class Overhearing(Protocol):
    """Whoever else wants to know all that a feed hears."""

    def heard(self, event: Event, seq: int) -> None: ...

    def progressed(self, whom: UUID, data: bytes) -> None: ...

    def let_go(self) -> None: ...

    async def stop(self) -> None: ...


class LiveFeed:
    """Reads the events stream and the progress once, and hands both out by job."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._listeners: dict[UUID, set[Listener[Told]]] = {}
        self.overheard: Overhearing | None = None
        self.position = 0  # all facts up to here were handed out
        self._following: asyncio.Task[None] | None = None
        self._progress: Subscription | None = None

    async def start(self) -> None:
        self.position = last = (await self._bus.ping())["last_seq"]
        self._following = asyncio.create_task(self._follow(last), name="live feed")
        self._progress = await self._bus.client.subscribe(subjects.PROGRESS, cb=self._told)

    async def stop(self) -> None:
        if self._progress is not None and not self._bus.client.is_closed:
            await self._progress.unsubscribe()
        if self._following is not None:
            await ended(self._following)
        if self.overheard is not None:
            await self.overheard.stop()

    async def _follow(self, after: int) -> None:
        async with aclosing(follow(self._bus, subjects.EVENTS, after)) as batches:
            async for batch in batches:
                for event, seq in batch:
                    if isinstance(event, JobEvent | VideoEvent):
                        self._hand_out(event.job, (event, seq))
                    if event is not None and self.overheard is not None:
                        self.overheard.heard(event, seq)
                    self.position = seq

    async def _told(self, word: Msg) -> None:
        job = UUID(word.subject.split(".")[2])
        if job in self._listeners and (told := _word(word.data)) is not None:
            self._hand_out(job, told)
        if self.overheard is not None:
            self.overheard.progressed(job, word.data)

    def _hand_out(self, job: UUID, told: Told) -> None:
        for listener in self._listeners.get(job, ()):
            listener.put(told)

    def let_go(self) -> None:
        """Ends every stream: this gateway is stopping, and the clients find another one or come back."""
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.hang_up()
        if self.overheard is not None:
            self.overheard.let_go()

    @contextmanager
    def listening(self, job: UUID) -> Iterator[Listener[Told]]:
        listener: Listener[Told] = Listener()
        self._listeners.setdefault(job, set()).add(listener)
        try:
            yield listener
        finally:
            listeners = self._listeners[job]
            listeners.discard(listener)
            if not listeners:
                del self._listeners[job]


async def job_stream(bus: Bus, feed: LiveFeed, job: UUID, after: int) -> AsyncIterator[bytes]:
    """What ``_told`` tells; if the log is away meanwhile, it ends, and the client comes back for the rest."""
    try:
        async for told in _told(bus, feed, job, after):
            yield told
    except Unavailable as away:
        log.warning("a live stream ends early", extra={"fault": away.code})


@dataclass(slots=True)
class _Account:
    """What one client was told of a job. Folded once a fact: far more progress than facts goes by."""

    story: JobStory
    over: bool = False
    waits: bool = False
    seen: Seen = field(default_factory=dict)

    def take(self, event: Event, seq: int) -> None:
        self.story = fold(self.story, event, seq)
        state = view(self.story).state
        self.over = self.story.gone or state in FINAL
        self.waits = state is State.WAITING

    def tells(self, told: Told) -> bytes | None:
        """What to send of it, if anything: no fact twice, no progress backwards."""
        if told is None:
            return b": ping\n\n"
        if isinstance(told, Word):
            return told.message if _is_news(told, self.seen) else None
        if told[1] <= self.story.last_seq:
            return None
        waited = self.waits
        self.take(*told)
        return _fact(*told) + (b"" if waited else self.waiting())

    def waiting(self) -> bytes:
        """That nothing moves until its user has approved something, for as long as that is so."""
        return _whole(self.story) if self.waits else b""


async def _told(bus: Bus, feed: LiveFeed, job: UUID, after: int) -> AsyncIterator[bytes]:
    """A job's facts as server-sent events: those after ``after`` from the log, then live ones, until the job ends.

    Each fact's ``id`` is its sequence in the log, so that a client that comes back misses nothing and hears nothing
    twice. Progress has no id. The last message tells how the job ended.
    """
    yield f"retry: {RETRY_MS}\n\n".encode()
    account = _Account(JobStory(job=job))
    with feed.listening(job) as listener:
        async for heard in bus.history(subjects.facts_of(job)):
            account.take(heard.event, heard.seq)
            if heard.seq > after:
                yield _fact(heard.event, heard.seq)
        for word in () if account.over else await _last_progress(bus, account.story):
            yield account.tells(word) or b""
        if account.waits:
            yield account.waiting()
        end = asyncio.get_running_loop().time() + LONGEST_S
        while not account.over and not listener.lost and asyncio.get_running_loop().time() < end:
            if told := account.tells(await listener.next(PING_EVERY_S)):
                yield told
    if account.over and not account.story.gone:  # else the client comes back with its last id, and is told the rest
        yield _whole(account.story)


async def _last_progress(bus: Bus, story: JobStory) -> list[Word]:
    """The last word on each video, for whoever comes late."""
    found: list[Word] = []
    for video in view(story).videos:
        try:
            raw = await bus.last_raw(subjects.progress(story.job, video.id), streams.PROGRESS.name)
        except Unavailable:
            return found  # progress is worth less than the facts
        if raw is not None and raw.data and (word := _word(raw.data)) is not None:
            found.append(word)
    return found


def _whole(story: JobStory) -> bytes:
    """A job with all that is known of it, under the name of its state."""
    seen = view(story)
    return message(f"job.{seen.state.value}", job_resource(seen).model_dump(mode="json"))


def _is_news(word: Word, seen: Seen) -> bool:
    """Not older than what was told of the same step: the last word may be read before those that wait in the queue."""
    if word.step in seen and word.at <= seen[word.step]:
        return False
    seen[word.step] = word.at
    return True


def _fact(event: Event, seq: int) -> bytes:
    """What a listener needs of a fact; the large parts (scripts, timelines) are read by their own routes."""
    body: dict[str, object] = {"seq": seq, "type": event.TYPE, "at": event.at.isoformat()}
    if isinstance(event, JobEvent | VideoEvent):
        body["job"] = str(event.job)
    if isinstance(event, VideoEvent):
        body |= {
            "video": str(event.video),
            "number": event.number,
            "run": event.run,
            "step": event.step.value,
            "reused": event.reused,
            "took_s": round((event.at - event.received_at).total_seconds(), 3),
        }
    if isinstance(event, ReviewableEvent):
        body["held"] = event.held
    if isinstance(event, StepFailed):
        body["fault"] = event.fault.model_dump(mode="json")
    if isinstance(event, VideoCheckedV1):
        body |= {"video": str(event.video), "number": event.number, "run": event.run, "verdict": event.verdict.value}
    if isinstance(event, VideoStoredV1):
        body["presets"] = [file.preset.value for file in event.files]
    return message(event.TYPE, body, str(seq))


def _word(data: bytes) -> Word | None:
    """None for the quality gate's: a video is finished by then, and clients know of the line's steps alone."""
    progress = ProgressV1.model_validate_json(data)
    if progress.step not in STEPS:
        return None
    key = progress.video, progress.step.value, progress.run
    return Word(key, progress.at, message("progress", progress.model_dump(mode="json")))


def message(kind: str, body: object, ident: str | None = None) -> bytes:
    """One server-sent event."""
    head = f"id: {ident}\n" if ident else ""
    return f"{head}event: {kind}\ndata: ".encode() + orjson.dumps(body) + b"\n\n"
