"""Dead letters: listed, shown, and sent on their way again."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from contracts import streams, subjects
from contracts.events import AssetUploadedV1, RetryRequestedV1
from contracts.faults import FaultReport, Unavailable
from contracts.letters import DeadLetter, Reason, Try
from contracts.progress import StepName
from contracts.quality import CheckVerdict
from contracts.story import AT_REST, JobStory, State, VideoView, fold, view
from contracts.streams import DURABLES
from contracts.values import Value
from contracts.waiting import next_step
from kit.bus import Bus, UnknownEvent, decode, now
from services.gateway.accepting import Accepting
from services.gateway.identity import Caller
from services.gateway.problems import Problem, not_found
from services.gateway.resources import Page, cursor_of, seq_of

log = logging.getLogger(__name__)

_WINDOW = 500  # letters read at a time
_WINDOWS_MAX = 20  # read for one answer
COUNTED_MAX = 1000
_EXCERPT_BYTES = 4096
_HEADERS_SHOWN = ("ce-", "traceparent")
_NOT_AS_TEXT = {code: f"\\x{code:02x}" for code in (*range(9), 11, 12, *range(14, 32), 127)}


class LetterResource(Value):
    """A message that could not be worked on, and why. ``replayed_at``: it was sent on its way, or needs it no more."""

    id: str
    inbox: str
    seq: int
    subject: str
    reason: Reason
    fault: FaultReport
    at: datetime
    job: UUID | None
    video: UUID | None
    run: int
    tries: tuple[Try, ...]
    replayed_at: datetime | None
    url: str


class MessageResource(Value):
    """A message as it lies in the log. ``excerpt``: the first 4 KiB; what is not text is escaped."""

    subject: str
    seq: int
    at: datetime | None
    size: int
    headers: dict[str, str]
    excerpt: str
    cut: bool


class LetterDetail(LetterResource):
    """A dead letter with its message, None once the log has it no more."""

    message: MessageResource | None


class Skipped(Value):
    """A letter that was not replayed, and why."""

    id: str
    code: str
    detail: str


class Replayed(Value):
    """What became of several letters. ``next_cursor`` asks for what follows; null at the end."""

    replayed: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which letters."""

    inbox: str | None = None
    reason: Reason | None = None
    replayed: bool | None = None

    def takes(self, letter: DeadLetter) -> bool:
        return (
            self.inbox in {None, letter.inbox}
            and self.reason in {None, letter.reason}
            and self.replayed in {None, letter.replayed_at is not None}
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """A letter and its place among the letters, which whoever replaces it must name."""

    letter: DeadLetter
    seq: int


_SEQ = re.compile(r"[0-9]{1,18}")


def may_see(letter: DeadLetter, caller: Caller) -> bool:
    """A letter is its job's owner's; whoever looks after the system sees all, those without an owner too."""
    return caller.admin or (letter.owner != "" and letter.owner == caller.profile)


class Letters:
    """The letters, newest word first: replaying one is a word too. Whatever one may not see is not found."""

    def __init__(self, bus: Bus, accepting: Accepting) -> None:
        self._bus = bus
        self._accepting = accepting
        self._counted: tuple[tuple[int, int], tuple[int, bool]] | None = None

    async def page(self, caller: Caller, wanted: Wanted, cursor: str | None, limit: int) -> Page[LetterResource]:
        """Some of the letters. A page may be short, and yet not the last one, where few of very many are wanted."""
        found, more = await self._search(caller, wanted, cursor, limit)
        return Page(items=tuple(resource(kept.letter) for kept in found), next_cursor=more)

    async def detail(self, name: str, caller: Caller) -> LetterDetail:
        letter = (await self._find(name, caller)).letter
        raw = await self._bus.raw_at(letter.seq)
        message = None
        if raw is not None:
            message = _message(letter.seq, raw.subject or "", raw.data or b"", raw.headers or {}, raw.time)
        return LetterDetail(**resource(letter).model_dump(), message=message)

    async def replay(self, name: str, caller: Caller) -> LetterResource:
        """Sends a letter's work on its way again, then marks the letter.

        Whoever dies between the two has sent it: the next one finds the job under way, and marks the letter then.

        Raises:
            Problem: 409 if there is nothing (more) to replay.
        """
        kept = await self._find(name, caller)
        if kept.letter.replayed_at is not None:
            raise _settled(f"It was replayed at {kept.letter.replayed_at:%Y-%m-%d %H:%M:%S} UTC.")
        try:
            await self._again(kept.letter)
        except Problem as refused:
            if refused.code == "letter_settled":
                await self._mark(kept)
            raise
        return resource(await self._mark(kept))

    async def replay_some(self, caller: Caller, wanted: Wanted, cursor: str | None, limit: int) -> Replayed:
        """Replays those that are wanted, the newest first; what can't be replayed is skipped, with the reason."""
        found, more = await self._search(caller, wanted, cursor, limit)
        done: list[str] = []
        skipped: list[Skipped] = []
        for kept in found:
            try:
                await self.replay(kept.letter.id, caller)
                done.append(kept.letter.id)
            except Problem as refused:
                skipped.append(Skipped(id=kept.letter.id, code=refused.code, detail=refused.detail))
        return Replayed(replayed=tuple(done), skipped=tuple(skipped), next_cursor=more)

    async def count_open(self) -> tuple[int, bool]:
        """How many were not replayed among the newest thousand, and whether there are older ones."""
        ends = await self._bus.ends(streams.DEAD_LETTERS)
        if self._counted is None or self._counted[0] != ends:
            since = max(ends[0], ends[1] - COUNTED_MAX + 1)
            kept = await self._read(subjects.DEAD_LETTERS, since, COUNTED_MAX)
            waiting = sum(each.letter.replayed_at is None for each in kept)
            self._counted = ends, (waiting, since > max(1, ends[0]))
        return self._counted[1]

    async def _search(
        self, caller: Caller, wanted: Wanted, cursor: str | None, limit: int
    ) -> tuple[list[Kept], str | None]:
        first, last = await self._bus.ends(streams.DEAD_LETTERS)
        subject = subjects.dead_letters(wanted.inbox) if wanted.inbox else subjects.DEAD_LETTERS
        found: list[Kept] = []
        end = min(last + 1, seq_of(cursor))
        for _ in range(_WINDOWS_MAX):
            if end <= first:
                return found, None
            begin = max(first, end - _WINDOW)
            window = [kept for kept in await self._read(subject, begin, _WINDOW) if kept.seq < end]
            for kept in reversed(window):
                if wanted.takes(kept.letter) and may_see(kept.letter, caller):
                    found.append(kept)
                    if len(found) == limit:
                        return found, cursor_of(kept.seq) if kept.seq > first else None
            end = begin
        return found, cursor_of(end)

    async def _read(self, subject: str, since: int, most: int) -> list[Kept]:
        messages = await self._bus.between(streams.DEAD_LETTERS, subject, since, most)
        found = ((_letter(message.data), message.metadata.sequence.stream) for message in messages if message.data)
        return [Kept(letter, seq) for letter, seq in found if letter is not None]

    async def _find(self, name: str, caller: Caller) -> Kept:
        inbox, _, seq = name.rpartition("-")
        raw = None
        if _SEQ.fullmatch(seq) and any(durable.name == inbox for durable in DURABLES):
            raw = await self._bus.last_raw(subjects.dead_letter(inbox, int(seq)), streams.DEAD_LETTERS.name)
        letter = _letter(raw.data or b"") if raw is not None else None
        if raw is None or letter is None or not may_see(letter, caller):
            raise not_found("dead letter")
        return Kept(letter, raw.seq or 0)

    async def _mark(self, kept: Kept) -> DeadLetter:
        """Compare-and-set: of two who replayed the same letter one marks it, and that is enough."""
        marked = kept.letter.model_copy(update={"replayed_at": now()})
        subject = subjects.dead_letter(marked.inbox, marked.seq)
        try:
            await self._bus.put(streams.DEAD_LETTERS, subject, marked.model_dump_json().encode(), after=kept.seq)
        except Unavailable as away:  # it is on its way all the same
            log.warning("a replayed letter could not be marked", extra={"letter": marked.id, "fault": away.code})
        return marked

    async def _again(self, letter: DeadLetter) -> None:
        if letter.job is None:
            raise Problem(409, "letter_unaddressed", "The message does not say which job it is about.")
        if letter.inbox == "footage-assets":
            await self._look_again(letter, letter.job)
            return
        story, last = await self._story(letter.job)
        if story.gone:
            raise _settled("The job was forgotten since; nothing is left to replay.")
        if story.requested_seq is None:
            await self._name_it(letter, letter.job, last)
            return
        if letter.inbox == StepName.QUALITY.value:
            await self._check_again(letter, story, last)
            return
        numbers = {video.id: video.number for video in view(story).videos}
        videos = [video for video in view(story).videos if letter.video in {None, video.id}]
        if any(_has_failed(letter, video) for video in videos):
            await self._retry(letter, story)
        elif any(_waits_for(letter, video) for video in videos):
            await self._name_it(letter, letter.job, last, numbers.get(letter.video or letter.job, 0))
        else:
            raise _settled("The job has gone on since, or has ended; nothing is left to replay.")

    async def _retry(self, letter: DeadLetter, story: JobStory) -> None:
        try:
            await self._accepting.retry(story.job, story.owner, letter.video)
        except Problem as refused:
            if refused.code == "job_not_failed":  # somebody was faster
                raise _settled("The job goes on already, or was cancelled; nothing is left to replay.") from refused
            raise

    async def _look_again(self, letter: DeadLetter, asset: UUID) -> None:
        last = await self._bus.last_raw(subjects.facts_of(asset))
        outcome = await self._bus.last_raw(subjects.outcomes_of(AssetUploadedV1, asset))
        if last is None or outcome is None or not subjects.is_of(outcome.subject or "", AssetUploadedV1):
            raise _settled("The upload was looked through or rejected since; nothing is left to replay.")
        await self._name_it(letter, asset, last.seq or 0)

    async def _check_again(self, letter: DeadLetter, story: JobStory, last: int) -> None:
        """The video is there; only its verdict is made anew, as a run of its own."""
        video = next((each for each in view(story).videos if each.id == letter.video), None)
        if (
            video is None
            or video.check is None
            or video.check.verdict not in {CheckVerdict.PENDING, CheckVerdict.UNKNOWN}
        ):
            raise _settled("The files were checked since, or are gone; nothing is left to replay.")
        if video.state is not State.COMPLETED or letter.run < (video.files_run or 0):
            raise _settled("The video is being made anew, and will be checked then; nothing is left to replay.")
        await self._name_it(letter.model_copy(update={"run": video.run + 1}), story.job, last, video.number)

    async def _name_it(self, letter: DeadLetter, whom: UUID, last: int, number: int = 0) -> None:
        """Has the station take up the very message once more, in the run of the letter; refused if anything moved
        meanwhile.
        """
        retry = RetryRequestedV1(
            owner=letter.owner,
            lane=subjects.lane_of(letter.subject),
            at=now(),
            job=whom,
            video=letter.video,
            number=number,
            run=letter.run,
            inbox=letter.inbox,
            input_seq=await self._input_of(letter),
        )
        announced = await self._bus.announce(retry, after=last, guard=subjects.facts_of(whom))
        if not announced.won:
            raise Problem(409, "letter_contended", "The job moved at the same moment; look at it and try again.")

    async def _input_of(self, letter: DeadLetter) -> int:
        """The place of the message to work on: of a retry that could not be worked on, the one that it names."""
        raw = await self._bus.raw_at(letter.seq)
        if raw is None or not subjects.is_of(raw.subject or "", RetryRequestedV1):
            return letter.seq
        try:
            event = decode(raw.subject or "", raw.data or b"")
        except UnknownEvent:
            return letter.seq
        return event.input_seq if isinstance(event, RetryRequestedV1) else letter.seq

    async def _story(self, job: UUID) -> tuple[JobStory, int]:
        last = await self._bus.last_raw(subjects.facts_of(job))
        story = JobStory(job=job)
        async for heard in self._bus.history(subjects.facts_of(job)):
            story = fold(story, heard.event, heard.seq)
        return story, max(story.last_seq, (last.seq or 0) if last else 0)


def _has_failed(letter: DeadLetter, video: VideoView) -> bool:
    return video.state is State.FAILED and video.run == letter.run


def _waits_for(letter: DeadLetter, video: VideoView) -> bool:
    """Whether a video stands where the letter was put aside, or just before: the outcome there may be the letter."""
    if video.state in AT_REST or video.run != letter.run:
        return False
    steps = [step.step.value for step in video.steps]
    return steps.index(letter.inbox) - steps.index(next_step(video).value) in {0, 1}


def _settled(detail: str) -> Problem:
    return Problem(409, "letter_settled", detail)


def _letter(data: bytes) -> DeadLetter | None:
    try:
        return DeadLetter.model_validate_json(data)
    except ValueError:
        log.warning("a dead letter that can't be read", extra={"said": data[:200].decode("utf-8", "replace")})
        return None


def resource(letter: DeadLetter) -> LetterResource:
    told: dict[str, Any] = letter.model_dump(exclude={"history", "owner"})
    return LetterResource(**told, id=letter.id, tries=letter.history, url=f"/v1/dead-letters/{letter.id}")


def _message(seq: int, subject: str, data: bytes, headers: Mapping[str, str], at: datetime | None) -> MessageResource:
    return MessageResource(
        subject=subject,
        seq=seq,
        at=at,
        size=len(data),
        headers={name: value for name, value in headers.items() if name.lower().startswith(_HEADERS_SHOWN)},
        excerpt=excerpt(data),
        cut=len(data) > _EXCERPT_BYTES,
    )


def excerpt(data: bytes) -> str:
    """The first 4 KiB as text; bytes that are none, and control characters but for tabs and line ends, as ``\\xNN``."""
    return data[:_EXCERPT_BYTES].decode("utf-8", "backslashreplace").translate(_NOT_AS_TEXT)
