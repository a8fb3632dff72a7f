"""What a review shows, and what may be asked of it."""

from __future__ import annotations

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from contracts.brief import NO_NUL, SCRIPT_MAX_CHARS, Gate, SubtitleStyle, VoiceChoice
from contracts.reviewing import Made
from contracts.speech import Phrase, Word
from contracts.story import State
from contracts.timeline import MatchReport, Timeline
from contracts.values import Asked, Value

PHRASES_MAX = 200
_PHRASE_MAX_CHARS = 1_000
_LONGEST_S = 86_400.0

PhraseText = Annotated[str, StringConstraints(min_length=1, max_length=_PHRASE_MAX_CHARS, pattern=NO_NUL)]


class ScriptMade(Value):
    """What is said, by the phrases that each get a picture."""

    language: str
    text: str
    phrases: tuple[Phrase, ...]


class VoiceMade(Value):
    """How it is spoken: the sound to listen to (WAV), and the time of each word in seconds."""

    url: str
    duration_s: float
    words: tuple[Word, ...]
    provider: str
    voice_name: str
    asked: VoiceChoice


class PlanMade(Value):
    """What is shown, and why."""

    timeline: Timeline
    match_report: MatchReport


class ReviewResource(Value):
    """All that was made of a video so far. ``review`` is what it waits for: the script, the voice or the plan; null if
    it does not wait. ``version`` is also the ETag: with If-Match, nobody's changes in between are lost.
    """

    video: UUID
    job: UUID
    number: int
    run: int
    state: State
    review: Gate | None
    version: str
    script: ScriptMade | None
    voice: VoiceMade | None
    plan: PlanMade | None


class _Edit(Asked):
    hold: bool = Field(default=False, description="Wait for a review of this change before going on")


class ScriptEdit(_Edit):
    """Other words, or another voice. ``script`` is cleaned and split into phrases; ``phrases`` are taken as they are
    split. What is left out stays.
    """

    script: Annotated[str, StringConstraints(min_length=1, max_length=SCRIPT_MAX_CHARS, pattern=NO_NUL)] | None = None
    phrases: Annotated[tuple[PhraseText, ...], Field(min_length=1, max_length=PHRASES_MAX)] | None = None
    voice: VoiceChoice | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if self.script is not None and self.phrases is not None:
            raise ValueError("give script or phrases, not both")
        if self.script is None and self.phrases is None and self.voice is None:
            raise ValueError("nothing is to be changed: give script, phrases or voice")
        if sum(map(len, self.phrases or ())) > SCRIPT_MAX_CHARS:
            raise ValueError(f"the phrases have more than {SCRIPT_MAX_CHARS} characters together")
        return self


class MusicLevel(Asked):
    """How loud the music is (dB, before it steps back), and whether it steps back when somebody talks."""

    gain_db: float | None = Field(default=None, ge=-40.0, le=6.0)
    duck: bool | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if self.gain_db is None and self.duck is None:
            raise ValueError("nothing is to be changed: give gain_db or duck")
        return self


class StyleEdit(_Edit):
    """Other subtitles or another level of the music. Fields of the subtitles that are not named stay as they are."""

    subtitles: SubtitleStyle | None = None
    music: MusicLevel | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if self.subtitles is None and self.music is None:
            raise ValueError("nothing is to be changed: give subtitles or music")
        return self


class MatchEdit(_Edit):
    """Another picture for a phrase: one of its runners-up, by place from 0, or any part of one of the job's clips, from
    ``source_in_s`` (seconds) on.
    """

    runner_up: int | None = Field(default=None, ge=0, le=100)
    asset: UUID | None = None
    source_in_s: float | None = Field(default=None, ge=0.0, le=_LONGEST_S)

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        by_place = self.asset is not None and self.source_in_s is not None and self.runner_up is None
        by_rank = self.runner_up is not None and self.asset is None and self.source_in_s is None
        if not (by_place or by_rank):
            raise ValueError("give runner_up, or asset and source_in_s")
        return self


def review_resource(made: Made) -> ReviewResource:
    seen = made.video
    return ReviewResource(
        video=seen.id,
        job=seen.job,
        number=seen.number,
        run=seen.run,
        state=seen.state,
        review=seen.review,
        version=made.version,
        script=_script(made),
        voice=_voice(made),
        plan=None
        if made.timeline is None
        else PlanMade(timeline=made.timeline.timeline, match_report=made.timeline.match_report),
    )


def _script(made: Made) -> ScriptMade | None:
    if made.script is None:
        return None
    narration = made.script.narration
    return ScriptMade(language=narration.language, text=narration.text, phrases=narration.phrases)


def _voice(made: Made) -> VoiceMade | None:
    if made.speech is None or made.speech.speech.voice is None:
        return None
    speech, voice = made.speech.speech, made.speech.speech.voice
    return VoiceMade(
        url=f"/v1/videos/{made.video.id}/voice.wav?v={voice.sha256}",
        duration_s=speech.duration_s,
        words=speech.words,
        provider=speech.provider,
        voice_name=speech.voice_name,
        asked=made.speech.order.brief.voice,
    )
