"""What may be deleted, and why. Pure: facts and a listing in, a plan out.

``Known`` is folded from the whole event log. It only ever errs to the side of keeping: what it can't place it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from contracts.events import (
    Event,
    FeedEvent,
    FeedFiledV1,
    FeedImportedV1,
    JobEvent,
    JobExpiredV1,
    VideoEvent,
    VideoFiledV1,
    VideoStoredV1,
)
from contracts.faults import LogicalFault
from contracts.progress import StepName
from contracts.story import FINAL, JobStory, State, StepState, fold, is_of_a_job, view
from kit.blobs import BlobInfo
from kit.steps import blob_refs

# Between putting (or touching) media and speaking of them in the log lie seconds; an hour is beyond any doubt.
GRACE = timedelta(hours=1)
# How long the log remembers that a job was forgotten, for readers that were away.
TOMBSTONE = timedelta(days=90)

Hash = bytes


class StoreMismatch(LogicalFault):
    """The log and the blob store are not of the same system."""

    code = "retention_mismatch"


@dataclass(frozen=True, slots=True)
class Policy:
    """How long is kept what nobody needs for sure. None: for ever, or however much it is (bytes)."""

    ended_jobs: timedelta | None
    unused: timedelta | None
    intermediate: timedelta | None
    intermediate_bytes: int | None
    trash: timedelta | None = None


class Reason(StrEnum):
    """Why a blob goes; the value is for a person."""

    UNUSED = "no job and no upload refers to it"
    OLD = "made on the way to a finished video, long ago"
    DELETED = "of a video its owner deleted, which was in the trash for long enough"
    TOO_MANY = "made on the way to a finished video; there are too many of them"


@dataclass(frozen=True, slots=True)
class Doomed:
    """A blob to delete."""

    blob: BlobInfo
    reason: Reason


@dataclass(frozen=True, slots=True)
class Ended:
    """A failed or cancelled job to forget, if ``last_seq`` still is its last fact."""

    job: UUID
    owner: str
    lane: str
    state: State
    ended_at: datetime
    last_seq: int


@dataclass(frozen=True, slots=True)
class Trashed:
    """A video to purge, if its owner's last word still is that it is deleted."""

    job: UUID
    video: UUID
    number: int
    revision: int
    deleted_at: datetime


@dataclass(frozen=True, slots=True)
class Leftover:
    """Facts of a forgotten job that are to be removed: those below ``before``."""

    job: UUID
    before: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do. A blob that was put or touched after ``unless_put_since`` is to be left alone."""

    unless_put_since: datetime
    blobs: tuple[Doomed, ...] = ()
    jobs: tuple[Ended, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    trash: tuple[Trashed, ...] = ()

    @property
    def size(self) -> int:
        return sum(doomed.blob.size for doomed in self.blobs)


@dataclass(slots=True)
class _Job:
    """A job that is not finished: its story, and all media its facts refer to."""

    story: JobStory
    refs: set[Hash] = field(default_factory=set)
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Stored:
    """The finished files of a video, and the run they are of."""

    run: int
    files: frozenset[Hash]


@dataclass(frozen=True, slots=True)
class _Tombstone:
    seq: int
    at: datetime
    leftovers: bool


class Known:
    """What the log says of media and jobs, up to ``position``. Grows by 32 bytes a reference, some hundred a finished
    video, and the open jobs.
    """

    def __init__(self) -> None:
        self.position = 0
        self._kept: set[Hash] = set()  # uploads: for ever
        self._stored: dict[UUID, _Stored] = {}  # by video: its files, until it has newer ones
        self._spare: set[Hash] = set()  # of finished jobs: what was made on the way, and files that were made anew
        self._jobs: dict[UUID, _Job] = {}
        self._finished: set[UUID] = set()
        self._trash: dict[UUID, Trashed] = {}  # by video
        self._purged: set[Hash] = set()  # of videos that were purged
        self._again: dict[UUID, _Job] = {}  # finished jobs of which something is made anew: since then
        self._tombstones: dict[UUID, _Tombstone] = {}
        self._feeds: dict[UUID, frozenset[Hash]] = {}  # what each was read from the last time

    def take(self, event: Event, seq: int) -> None:
        """One more fact, in the log's order. Those that were taken before change nothing."""
        if seq <= self.position:
            return
        self.position = seq
        if isinstance(event, VideoFiledV1):
            self._file(event)
        if isinstance(event, JobExpiredV1):
            self._forget(event, seq)
        elif isinstance(event, VideoFiledV1) and event.job in self._finished and event.job not in self._again:
            pass  # nothing is made anew
        elif isinstance(event, FeedEvent):
            self._feed(event)
        elif is_of_a_job(event):
            self._fold(event, seq)
        else:  # an upload
            self._kept.update(_hashes(event))

    def _fold(self, event: JobEvent | VideoEvent, seq: int) -> None:
        finished = event.job in self._finished
        job = (self._again if finished else self._jobs).setdefault(event.job, _Job(JobStory(job=event.job)))
        job.story = fold(job.story, event, seq)
        job.refs.update(_hashes(event))
        job.last_at = max(job.last_at or event.at, event.at)
        if not isinstance(event, VideoStoredV1):
            return
        if job.story.cancel_seq is None:
            self._store(event)
        if finished and _ended_well(job.story):
            self._spare |= job.refs
            del self._again[event.job]
        elif not finished and view(job.story).state is State.COMPLETED:
            self._spare |= job.refs
            self._finished.add(event.job)
            del self._jobs[event.job]

    def _file(self, event: VideoFiledV1) -> None:
        """The revisions of a video lie in the log in their order, so the last one is the last word."""
        self._trash.pop(event.video, None)
        if event.purged_at is not None:
            stored = self._stored.pop(event.video, None)
            self._give_up(event.job, stored.files if stored else frozenset())
        elif event.deleted_at is not None:
            self._trash[event.video] = Trashed(event.job, event.video, event.number, event.revision, event.deleted_at)

    def _feed(self, event: FeedEvent) -> None:
        """What an older import read is not read again. An upload that was read is kept as one."""
        if isinstance(event, FeedImportedV1):
            self._feeds[event.feed] = frozenset(_hashes(event))
        elif isinstance(event, FeedFiledV1) and event.deleted_at is not None:
            self._feeds.pop(event.feed, None)

    def _give_up(self, job: UUID, files: frozenset[Hash]) -> None:
        self._purged |= files
        for jobs in (self._jobs, self._again):
            if job in jobs:
                jobs[job].refs -= files

    def _store(self, event: VideoStoredV1) -> None:
        """The files of a video in the place of those of its earlier runs, which nobody can download any more."""
        before = self._stored.get(event.video)
        if before is None or event.run > before.run:
            self._spare.update(before.files if before else ())
            self._stored[event.video] = _Stored(event.run, frozenset(_hashes(event)))

    def _forget(self, event: JobExpiredV1, seq: int) -> None:
        left = self._jobs.pop(event.job, None) is not None
        self._tombstones[event.job] = _Tombstone(seq, event.at, leftovers=left)

    def settled(self, leftover: Leftover) -> None:
        """The facts are removed."""
        found = self._tombstones.get(leftover.job)
        if found is not None and leftover.before == found.seq:
            self._tombstones[leftover.job] = _Tombstone(found.seq, found.at, leftovers=False)
        elif found is not None and leftover.before > found.seq:
            del self._tombstones[leftover.job]

    def needed(self) -> set[Hash]:
        """Media nobody may delete: of uploads, feeds, finished videos, jobs that are neither finished nor forgotten."""
        files = (stored.files for stored in self._stored.values())
        jobs = (job.refs for jobs in (self._jobs, self._again) for job in jobs.values())
        return self._kept.union(*files, *jobs, *self._feeds.values())

    @property
    def purged(self) -> set[Hash]:
        return self._purged

    def trash(self) -> Iterator[Trashed]:
        """Deleted videos of jobs of which nothing is being made."""
        for each in self._trash.values():
            job = self._again.get(each.job) or self._jobs.get(each.job)
            if job is None or (job.story.requested_seq is not None and view(job.story).state in FINAL):
                yield each

    @property
    def spare(self) -> set[Hash]:
        return self._spare

    def ended(self) -> Iterator[Ended]:
        """Jobs that failed or were cancelled and have not a single finished video."""
        for job in self._jobs.values():
            story = job.story
            state = view(story).state if story.requested_seq is not None else State.CANCELLED
            if state in FINAL and job.last_at is not None and not _files(story):
                yield Ended(story.job, story.owner, story.lane, state, job.last_at, story.last_seq)

    def leftovers(self, now: datetime) -> Iterator[Leftover]:
        """Facts of forgotten jobs; after ``TOMBSTONE`` also the one that says so, unless it is the log's very last."""
        for job, stone in self._tombstones.items():
            if now - stone.at > TOMBSTONE and stone.seq < self.position:
                yield Leftover(job, stone.seq + 1)
            elif stone.leftovers:
                yield Leftover(job, stone.seq)


class Survey:
    """The blobs that are there, sifted as they are listed: those nobody needs are held, the others counted."""

    def __init__(self, known: Known) -> None:
        self._needed = known.needed()
        self._found = 0
        self.idle: list[BlobInfo] = []

    def add(self, blob: BlobInfo) -> None:
        if bytes.fromhex(blob.sha256) in self._needed:
            self._found += 1
        else:
            self.idle.append(blob)

    def same_system(self) -> None:
        """A wrong address, or a log that was lost, would make everything look unused.

        Raises:
            StoreMismatch: the log needs other media than those that are there.
        """
        if 2 * self._found < max(len(self._needed), 1):
            raise StoreMismatch(
                f"The event log needs {len(self._needed)} media; {self._found} of them are in this blob store, which "
                f"has {len(self.idle)} others. They don't seem to belong together, so nothing is deleted. Are "
                "EDIT_FACTORY_NATS_URL and EDIT_FACTORY_BLOBS_URL right?"
            )


def plan(known: Known, survey: Survey, policy: Policy, now: datetime) -> Plan:
    """What to do about all there is. ``now`` is a moment before the log was read and the blobs were listed.

    Raises:
        StoreMismatch: as ``Survey.same_system``, if there is something to delete.
    """
    doomed = tuple(_doomed(known, survey.idle, policy, now))
    if doomed:
        survey.same_system()
    return Plan(
        unless_put_since=now - GRACE,
        blobs=doomed,
        jobs=tuple(job for job in known.ended() if _older(job.ended_at, policy.ended_jobs, now)),
        leftovers=tuple(known.leftovers(now)),
        trash=tuple(each for each in known.trash() if _older(each.deleted_at, policy.trash, now)),
    )


def _doomed(known: Known, idle: Iterable[BlobInfo], policy: Policy, now: datetime) -> Iterator[Doomed]:
    left: list[BlobInfo] = []
    for blob in idle:
        name = bytes.fromhex(blob.sha256)
        if name in known.purged:
            if _older(blob.modified, GRACE, now):
                yield Doomed(blob, Reason.DELETED)
        elif name not in known.spare:
            if _older(blob.modified, policy.unused, now):
                yield Doomed(blob, Reason.UNUSED)
        elif _older(blob.modified, policy.intermediate, now):
            yield Doomed(blob, Reason.OLD)
        else:
            left.append(blob)
    yield from _over(left, policy.intermediate_bytes, now)


def _over(left: list[BlobInfo], limit: int | None, now: datetime) -> Iterator[Doomed]:
    """The oldest, until no more than ``limit`` bytes are left."""
    over = 0 if limit is None else sum(blob.size for blob in left) - limit
    for blob in sorted(left, key=lambda blob: blob.modified):
        if over <= 0 or not _older(blob.modified, GRACE, now):
            return
        over -= blob.size
        yield Doomed(blob, Reason.TOO_MANY)


def _older(moment: datetime, age: timedelta | None, now: datetime) -> bool:
    return age is not None and now - moment > max(age, GRACE)


def _files(story: JobStory) -> bool:
    """Whether any video of a job was finished and not purged since."""
    gone = {video: word.seq for video, word in story.filed.items() if word.purged_at is not None}
    return any(fact.files and fact.seq > gone.get(str(fact.video), 0) for fact in story.facts.values())


def _ended_well(again: JobStory) -> bool:
    """Whether the newest run of each video of which something was made anew is stored, and counts."""
    runs: dict[UUID, int] = {}
    for fact in again.facts.values():
        runs[fact.video] = max(runs.get(fact.video, 0), fact.run)
    stored = {
        (fact.video, fact.run)
        for fact in again.facts.values()
        if fact.step is StepName.STORAGE and fact.state is StepState.DONE
    }
    return again.cancel_seq is None and set(runs.items()) <= stored


def _hashes(event: Event) -> Iterator[Hash]:
    for ref in blob_refs(event):
        yield bytes.fromhex(ref.sha256)
