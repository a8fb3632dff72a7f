"""The versioned edit: everything render needs to make the picture and the sound, whatever the preset.

Picture time is counted in whole frames of ``fps`` from the start of the video; sound and word times are seconds.
"""

from __future__ import annotations

from typing import Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from contracts.brief import SubtitleStyle
from contracts.footage import Transform
from contracts.inserts import InsertMode, Inset
from contracts.looks import Filters, LogoPlace, Move, TransitionStyle
from contracts.media import BlobRef, MediaFacts
from contracts.showcase import Showcase
from contracts.speech import Word
from contracts.values import Value

NO_PHRASE = -1


class CropPoint(Value):
    """Where the middle of the crop lies ``frame`` frames into a clip, as shares of the source's width and height."""

    frame: int = Field(ge=0)
    x: float = Field(ge=0, le=1)
    y: float = Field(ge=0, le=1)


class Clip(Value):
    """A span of one source on the timeline.

    Shown from frame ``start`` for ``frames`` frames; the first one is the source's picture at ``source_in_s``
    (seconds from the first picture of the source). What does not fit the output is cropped: along ``crop``, straight
    from point to point, or at the middle where it is empty. ``segment`` is the number of the source's segment.

    An image is shown for as long as is asked; ``move`` is how the view moves over it. Intro and outro belong to no
    phrase (``NO_PHRASE``). ``heard``: with its own sound.
    """

    asset: UUID
    source: BlobRef
    facts: MediaFacts
    source_in_s: float = Field(ge=0)
    start: int = Field(ge=0)
    frames: int = Field(gt=0)
    phrase: int
    segment: int | None = None
    crop: tuple[CropPoint, ...] = ()
    transform: Transform = Transform()
    move: Move | None = None
    heard: bool = False

    @property
    def end(self) -> int:
        return self.start + self.frames


class Cue(Value):
    """A subtitle: words shown together from ``start_s`` until ``end_s`` (exclusive)."""

    words: tuple[Word, ...]
    start_s: float
    end_s: float

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


class VoiceTrack(Value):
    """The voice-over. ``start_s``: how long nobody speaks yet, because there is an intro."""

    source: BlobRef
    duration_s: float
    start_s: float = Field(default=0.0, ge=0)


class MusicTrack(Value):
    """Music under the voice, looped if it is shorter. ``gain_db`` before ducking."""

    source: BlobRef
    facts: MediaFacts
    gain_db: float
    duck: bool


class OriginalSound(Value):
    """The sound of the clips that are ``heard``, at ``gain_db``. Where the voice speaks it is turned down (``duck``),
    or so far that nobody hears it (``mute``).
    """

    gain_db: float = 0.0
    under_voice: Literal["duck", "mute"] = "duck"


class Logo(Value):
    """An image in a corner, from frame ``start`` on for ``frames`` frames."""

    source: BlobRef
    facts: MediaFacts
    place: LogoPlace
    start: int = Field(ge=0)
    frames: int = Field(gt=0)


class Insert(Value):
    """A clip shown over the others on its frames, silently: filling the frame, or framed where ``inset`` says."""

    clip: Clip
    mode: InsertMode
    inset: Inset = Inset()

    @property
    def start(self) -> int:
        return self.clip.start

    @property
    def end(self) -> int:
        return self.clip.end


class Timeline(Value):
    """The edit of one variant. Clips lie end to end and cover every frame; ``transition`` lies around each cut, as far
    as the clips have pictures for it, and moves none. ``inserts`` lie above them, in order, one at a time.
    """

    version: Literal[1] = 1
    fps: int = 30
    frames: int = Field(gt=0)
    clips: tuple[Clip, ...]
    cues: tuple[Cue, ...]
    subtitles: SubtitleStyle
    voice: VoiceTrack | None = None
    music: MusicTrack | None = None
    original: OriginalSound | None = None
    filters: Filters = Filters()
    transition: TransitionStyle = TransitionStyle()
    logo: Logo | None = None
    showcase: Showcase | None = Field(default=None, exclude_if=lambda showcase: showcase is None)
    inserts: tuple[Insert, ...] = Field(default=(), exclude_if=lambda inserts: not inserts)

    @property
    def duration_s(self) -> float:
        return self.frames / self.fps

    @model_validator(mode="after")
    def _covered_end_to_end(self) -> Self:
        at = 0
        for clip in self.clips:
            if clip.start != at:
                raise ValueError(
                    f"clips must lie end to end: one starts at frame {clip.start}, the one before ends at {at}"
                )
            at = clip.end
        if at != self.frames:
            raise ValueError(f"the clips cover {at} frames of {self.frames}")
        return self

    @model_validator(mode="after")
    def _one_insert_at_a_time(self) -> Self:
        at = 0
        for insert in self.inserts:
            if insert.start < at or insert.end > self.frames:
                raise ValueError(
                    f"inserts lie one after another: one from frame {insert.start} until {insert.end} of {self.frames} "
                    f"comes after one that ends at {at}"
                )
            at = insert.end
        return self


class Candidate(Value):
    """A clip that was weighed for a phrase. ``score`` is 0..1, ``parts`` what it is made of.

    It would be shown from ``source_in_s`` on, laid into the frame by ``crop`` and ``transform``, and can be shown until
    ``source_out_s``. A runner-up can be shown for as long as the phrase's picture is wanted.
    """

    asset: UUID
    name: str
    source_in_s: float
    score: float
    parts: dict[str, float]
    segment: int | None = None
    source_out_s: float | None = None
    crop: tuple[CropPoint, ...] = ()
    transform: Transform = Transform()


class Match(Value):
    """Why one phrase got its picture."""

    phrase: int
    text: str
    chosen: Candidate
    runners_up: tuple[Candidate, ...]
    reason: str


class MatchReport(Value):
    """For each phrase: the choice, its score in parts, the runners-up and the reason in words."""

    matches: tuple[Match, ...]
