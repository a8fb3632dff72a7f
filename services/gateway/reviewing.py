"""Reviews: what was made of a video is read, approved or changed, and the line goes on from there.

A user's word becomes one fact, announced on the condition that nothing of the job has changed since it was read: of two
at once the log lets one in. Nothing is kept but that fact, so a gateway that dies has said nothing or all of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias
from uuid import UUID, uuid4, uuid5

from contracts import subjects
from contracts.brief import Brief, SubtitleStyle
from contracts.events import ReviewableEvent, Reviewed
from contracts.faults import LogicalFault, Unavailable
from contracts.inserts import WordsNotSaid, standing_at
from contracts.media import BlobRef
from contracts.reviewing import Made, Word, approved, chosen, made, scripted, styled
from contracts.speech import Narration, Phrase
from contracts.speech import Word as SpokenWord
from contracts.story import FINAL, JobStory, State, fold, view
from contracts.timeline import Candidate, Cue
from contracts.values import fingerprint
from kit.blobs import Blobs
from kit.bus import Bus, Guarded, now
from kit.crash import CrashPoints
from kit.fonts import covers
from kit.steps import blob_refs
from services.gateway.claims import Claims
from services.gateway.problems import FieldError, Problem, not_found
from services.gateway.profiles import Profiles
from services.gateway.reading import Reading
from services.gateway.resources import VideoResource, video_resource
from services.gateway.review_resources import MatchEdit, ReviewResource, ScriptEdit, StyleEdit, review_resource

RUNS_MAX = 100  # of one video: each is a story to fold and facts to keep
_RACES = 5  # a race is lost only to somebody who won it
_WORDS = UUID("3b2e7a2c-52f7-5d0e-9f0a-6c1d8a4b7e15")
_GLYPHS_TOLD = 10
_SAID = {
    "approved": "it was approved",
    "script": "its script or voice was changed",
    "style": "its style was changed",
    "match": "another picture was chosen",
}
What: TypeAlias = Literal["approved", "script", "style", "match"]


@dataclass(frozen=True, slots=True)
class Crafts:
    """What the stations would make of a user's words. Handed in: services don't know each other.

    ``narrated`` and ``cleaned`` raise LogicalFault if nothing can be spoken; ``cued`` takes words, style and frames.
    """

    narrated: Callable[[str, str], Narration]
    cleaned: Callable[[str], str]
    cued: Callable[[Sequence[SpokenWord], SubtitleStyle, int], tuple[Cue, ...]]


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, of which video, under which Idempotency-Key, for which version (If-Match) of it."""

    video: UUID
    owner: str
    key: str | None = None
    if_match: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The video as it goes on; ``before``: the same was asked for before."""

    video: VideoResource
    version: str
    before: bool


@dataclass(frozen=True, slots=True)
class _Seen:
    """A video as the log has it. What is announced under ``last_seq`` is refused if anything was added to its job."""

    story: JobStory
    brief: Brief
    made: Made
    last_seq: int


class Reviewing:
    """Everything a user can say of what was made."""

    def __init__(  # noqa: PLR0917  (handed in once)
        self, bus: Bus, reading: Reading, blobs: Blobs, profiles: Profiles, crafts: Crafts, crash: CrashPoints
    ) -> None:
        self._bus = bus
        self._reading = reading
        self._blobs = blobs
        self._profiles = profiles
        self._crafts = crafts
        self._crash = crash
        self._claims = Claims(bus, reading)

    async def read(self, video: UUID, owner: str) -> ReviewResource:
        """What was made of a video so far."""
        return review_resource((await self._seen(video, owner)).made)

    async def voice(self, video: UUID, owner: str) -> BlobRef:
        """The voice-over of a video."""
        speech = (await self._seen(video, owner)).made.speech
        voice = None if speech is None else speech.speech.voice
        if voice is None:
            raise not_found("voice (yet)")
        return voice

    async def approve(self, asking: Asking) -> Answer:
        """Has a video that waits go on. Raises as ``_said``."""
        return await self._said(asking, "approved", {}, approved)

    async def edit_script(self, asking: Asking, edit: ScriptEdit) -> Answer:
        """Other words or another voice; nothing before the voice is made again. Raises as ``_said``."""

        def change(before: Made, word: Word) -> ReviewableEvent:
            if before.script is None:
                raise LogicalFault("there is not a script yet", code="nothing_made")
            brief = before.script.order.brief
            voice = None
            if edit.voice is not None:
                asked = brief.model_copy(update={"voice": edit.voice})
                voice = self._profiles.with_voice(asked, asking.owner).voice
            narration = self._narration(edit, before.script.narration.language)
            style = before.timeline.timeline.subtitles if before.timeline else brief.subtitles
            if narration is not None:
                pointer = "/script" if edit.script else "/phrases"
                _check_glyphs(style, narration.text, pointer)
                _check_inserts(brief, narration.text, pointer)
            return scripted(before, word, narration, voice)

        return await self._said(asking, "script", _told(edit), change, hold=edit.hold)

    async def edit_style(self, asking: Asking, edit: StyleEdit) -> Answer:
        """Other subtitles or music levels; nothing before the render is made again. Raises as ``_said``."""

        def change(before: Made, word: Word) -> ReviewableEvent:
            if before.timeline is None or before.speech is None:
                raise LogicalFault("there is not a plan yet", code="nothing_made")
            plan, speech = before.timeline.timeline, before.speech
            subtitles, cues = plan.subtitles, plan.cues
            if edit.subtitles is not None:
                subtitles = _merged(plan.subtitles, edit.subtitles)
                _check_glyphs(subtitles, speech.narration.text, "/subtitles/font")
                cues = self._crafts.cued(speech.speech.words, subtitles, plan.frames)
            level = {} if edit.music is None else edit.music.model_dump(exclude_none=True)
            return styled(before, word, subtitles, cues, level)

        return await self._said(asking, "style", _told(edit), change, hold=edit.hold)

    async def edit_match(self, asking: Asking, phrase: int, edit: MatchEdit) -> Answer:
        """Another picture for a phrase; nothing before the render is made again. Raises as ``_said``."""

        def change(before: Made, word: Word) -> ReviewableEvent:
            return chosen(before, word, phrase, _candidate(before, phrase, edit))

        return await self._said(asking, "match", {"phrase": phrase, **_told(edit)}, change, hold=edit.hold)

    async def _said(
        self,
        asking: Asking,
        what: What,
        body: dict[str, Any],
        change: Callable[[Made, Word], ReviewableEvent],
        *,
        hold: bool = False,
    ) -> Answer:
        """A user's word as the fact that the next run begins with.

        Raises:
            Problem: 404 no such video; 409 it is not in a state for it; 412 it is not the version it was asked for; 422
                it can't be carried out, or the key was used for something else.
        """
        ident = uuid4() if asking.key is None else uuid5(_WORDS, f"{asking.owner}\n{asking.video}\n{asking.key}")
        reviewed = Reviewed(id=ident, what=what, fingerprint=fingerprint({"what": what, "body": body}))
        for _ in range(_RACES):
            seen = await self._seen(asking.video, asking.owner)
            if (before := seen.made.word(ident)) is not None:
                return _answered_before(seen.made, before, reviewed)
            _check_version(seen.made, asking.if_match)
            _check_state(seen.story, seen.made, what)
            event = await asyncio.to_thread(_carried_out, change, seen.made, Word(reviewed, now(), hold))
            await self._touch(event)
            self._crash.reach("gateway", "before-announce")
            seq = await self._announced(event, seen, asking.owner)
            if seq is not None:
                self._crash.reach("gateway", "after-announce")
                return _answer(fold(seen.story, event, seq), event, seq)
        raise Unavailable("the job changes all the time; try again", code="job_contended")

    async def _announced(self, event: ReviewableEvent, seen: _Seen, owner: str) -> int | None:
        """The fact's place in the log; None if anything of the job has changed since it was read."""
        facts = [Guarded(event, after=seen.last_seq, guard=subjects.facts_of(event.job))]
        if seen.brief.project is not None and view(seen.story).state in FINAL:  # its place was free meanwhile
            facts.insert(0, await self._claims.of(owner, seen.brief.project, event.job, event.lane))
        return await self._bus.announce_together(facts)

    async def _touch(self, event: ReviewableEvent) -> None:
        """What a new run of a finished job uses, the clean-up must know of before it is announced."""
        refs = {ref.sha256: ref for ref in blob_refs(event)}
        there = await asyncio.gather(*(self._blobs.touch(ref) for ref in refs.values()))
        if not all(there):
            detail = "The voice of this video was cleaned up since; send its script again to have it spoken anew."
            raise Problem(409, "media_gone", detail)

    async def _seen(self, video: UUID, owner: str) -> _Seen:
        job = await self._reading.job_of(video, owner)
        last = await self._bus.last_raw(subjects.facts_of(job))
        story, brief, facts = await self._reading.log_of(job, owner)
        try:
            stands = made(story, facts, video)
        except KeyError:
            raise not_found("video") from None
        # The last fact may be one that can't be read.
        return _Seen(story, brief, stands, max(story.last_seq, (last.seq or 0) if last else 0))

    def _narration(self, edit: ScriptEdit, language: str) -> Narration | None:
        """The words that are asked for, as they will be spoken.

        Raises:
            Problem: 422, there is nothing to speak.
        """
        if edit.script is not None:
            try:
                return self._crafts.narrated(edit.script, language)
            except LogicalFault as none:
                raise _unspeakable(none, "/script") from none
        if edit.phrases is None:
            return None
        phrases = tuple(self._phrase(place, text) for place, text in enumerate(edit.phrases))
        return Narration(language=language, phrases=phrases)

    def _phrase(self, place: int, text: str) -> Phrase:
        try:
            said = " ".join(self._crafts.cleaned(text).split())
        except LogicalFault as none:
            raise _unspeakable(none, f"/phrases/{place}") from none
        return Phrase(index=place, text=said)


def _told(edit: ScriptEdit | StyleEdit | MatchEdit) -> dict[str, Any]:
    return edit.model_dump(mode="json", exclude_unset=True)


def _carried_out(change: Callable[[Made, Word], ReviewableEvent], before: Made, word: Word) -> ReviewableEvent:
    try:
        return change(before, word)
    except LogicalFault as fault:
        if fault.code == "phrase_unknown":
            raise not_found("phrase") from fault
        status = 409 if fault.code in {"nothing_made", "no_music"} else 422
        raise Problem(status, fault.code, f"{fault.message[:1].upper()}{fault.message[1:]}.") from fault


def _candidate(before: Made, phrase: int, edit: MatchEdit) -> Candidate:
    """The picture that is meant.

    Raises:
        Problem: 404, there is no such phrase or runner-up.
    """
    matches = before.timeline.match_report.matches if before.timeline else ()
    match = next((match for match in matches if match.phrase == phrase), None)
    if match is None:
        raise not_found("phrase (yet)")
    if edit.runner_up is not None:
        if edit.runner_up >= len(match.runners_up):
            error = FieldError(pointer="/runner_up", message=f"the phrase has {len(match.runners_up)} runners-up")
            raise Problem(422, "choice_unknown", "There is no such runner-up.", errors=[error])
        return match.runners_up[edit.runner_up]
    clips = before.script.order.clips if before.script else ()
    name = next((clip.name for clip in clips if clip.id == edit.asset), "")
    return Candidate(
        asset=edit.asset or UUID(int=0), name=name, source_in_s=edit.source_in_s or 0.0, score=0.0, parts={}
    )


def _merged(present: SubtitleStyle, wished: SubtitleStyle) -> SubtitleStyle:
    named = {name: getattr(wished, name) for name in wished.model_fields_set}
    return SubtitleStyle.model_validate(dict(present) | named)


def _check_glyphs(style: SubtitleStyle, text: str, pointer: str) -> None:
    if style.preset == "none":
        return
    if missing := covers(style.font, text):
        shown = " ".join(missing[:_GLYPHS_TOLD])
        message = f"the font {style.font} can't show: {shown}; take another font, other words, or no subtitles"
        raise Problem(422, "glyph_missing", message, errors=[FieldError(pointer=pointer, message=message)])


def _check_inserts(brief: Brief, words: str, pointer: str) -> None:
    """Raises:
    Problem: 422, other words would leave an insert with none to stand at.
    """
    try:
        standing_at(brief.inserts, words.split())
    except WordsNotSaid as missing:
        error = FieldError(pointer=pointer, message=missing.message)
        raise Problem(422, missing.code, missing.message, errors=[error]) from missing


def _check_version(before: Made, if_match: str | None) -> None:
    """Raises:
    Problem: 412, it is not (any more) the version that was read.
    """
    if if_match is None:
        return
    tags = {tag.strip().removeprefix("W/").strip('"') for tag in if_match.split(",")}
    if not tags & {before.version, "*"}:
        raise Problem(412, "version_changed", f"The video has changed since it was read: {_what_happened(before)}.")


def _check_state(story: JobStory, before: Made, what: What) -> None:
    """Raises:
    Problem: 409, this can't be said of the video now.
    """
    seen = before.video
    if story.cancel_seq is not None:
        raise Problem(409, "job_cancelled", "The job was cancelled; submit its brief again.")
    if seen.deleted_at is not None:
        raise Problem(409, "video_deleted", "The video is in the trash; restore it first.")
    if what == "approved" and seen.state is not State.WAITING:
        raise Problem(409, "not_waiting", f"Nothing waits to be approved: {_what_happened(before)}.")
    if seen.state in {State.QUEUED, State.RUNNING}:
        detail = f"The video is being made: {_what_happened(before)}. Change it when it waits or is done."
        raise Problem(409, "video_running", detail)
    if seen.run >= RUNS_MAX:
        raise Problem(409, "too_many_runs", f"The video was made {RUNS_MAX} times; submit a new brief instead.")


def _what_happened(before: Made) -> str:
    seen, word = before.video, before.last_word
    stands = f"it is {seen.state.value.replace('_', ' ')} in run {seen.run}"
    if word is None or word.reviewed is None:
        return stands
    return f"{_SAID[word.reviewed.what]} at {word.at:%Y-%m-%d %H:%M:%S} UTC as run {word.run}, and {stands}"


def _unspeakable(fault: LogicalFault, pointer: str) -> Problem:
    return Problem(422, fault.code, fault.message, errors=[FieldError(pointer=pointer, message=fault.message)])


def _answer(story: JobStory, event: ReviewableEvent, seq: int) -> Answer:
    seen = next(video for video in view(story).videos if video.id == event.video)
    return Answer(video_resource(seen), f"{seen.run}-{seq}", before=False)


def _answered_before(present: Made, before: Reviewed, asked: Reviewed) -> Answer:
    if before.fingerprint != asked.fingerprint:
        detail = "This Idempotency-Key was used for something else of this video; use a new one."
        raise Problem(422, "idempotency_key_reused", detail)
    return Answer(video_resource(present.video), present.version, before=True)
