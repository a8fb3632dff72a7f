"""What is known of footage: what the station saw in an upload, and what its owner says of it.

Times are seconds from the first picture of the source; places in the picture are shares of its width and height as
displayed, (0, 0) at the top left.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from contracts.media import BlobRef
from contracts.values import Asked, Value

NOTES_MAX_CHARS = 2_000
KEYWORDS_MAX = 50
MARKS_MAX = 200
ANALYSIS_MAX_BYTES = 32 << 20  # as JSON; that of an hour with a cut every second has 4 MB


class Stretch(Value):
    """A part of a source, from ``start_s`` until ``end_s`` (exclusive)."""

    start_s: float = Field(ge=0)
    end_s: float = Field(ge=0)

    @property
    def length_s(self) -> float:
        return self.end_s - self.start_s


class Scores(Value):
    """How worth showing a segment is, in parts; each 0..1, more is better."""

    motion: float
    variance: float
    sharpness: float
    contrast: float
    brightness: float


class Focus(Value):
    """Where in the picture the eye goes at a moment: the middle of the faces, else of what moves."""

    at_s: float = Field(ge=0)
    x: float = Field(ge=0, le=1)
    y: float = Field(ge=0, le=1)


Unfit = Literal["dark", "still", "blurred", "duplicate"]


class Segment(Stretch):
    """A part of one scene that can be shown by itself. ``score`` is 0..1; ``phash`` a 64-bit perceptual hash as 16 hex
    digits: two pictures that look alike differ in few bits. ``unfit`` tells why it had better not be shown.
    """

    number: int = Field(ge=0)
    score: float
    scores: Scores
    phash: str = Field(pattern=r"^[0-9a-f]{16}$")
    faces: int = 0  # most seen at once
    focus: tuple[Focus, ...] = ()
    unfit: Unfit | None = None


class Analysis(Value):
    """All that was seen and heard in one upload. Segments are in order and don't overlap.

    ``filmstrip`` is one image of ``filmstrip_frames`` pictures side by side, evenly spread; ``waveform`` an image;
    ``proxy`` a small MP4 that any browser plays and seeks in. An image has no segments but a ``phash``, ``faces`` and a
    ``focus`` of its own.
    """

    version: Literal[1] = 1
    duration_s: float
    scenes: tuple[Stretch, ...] = ()
    segments: tuple[Segment, ...] = ()
    speech: tuple[Stretch, ...] = ()
    keyframes_s: tuple[float, ...] = ()
    filmstrip: BlobRef | None = None
    filmstrip_frames: int = 0
    waveform: BlobRef | None = None
    proxy: BlobRef | None = None
    phash: str | None = Field(default=None, pattern=r"^[0-9a-f]{16}$")
    faces: int = 0
    focus: tuple[Focus, ...] = ()


Keyword = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f]+$")]
NoteText = Annotated[str, StringConstraints(max_length=NOTES_MAX_CHARS, pattern=r"^[^\x00]*$")]


class Transform(Asked):
    """How a picture is laid into the frame, applied in this order: flipped, rotated (degrees clockwise), scaled beyond
    what fills the frame, moved (shares of what lies outside the frame, -1..1), made see-through over black.
    """

    flip_x: bool = False
    flip_y: bool = False
    rotate: Literal[0, 90, 180, 270] = 0
    scale: float = Field(default=1.0, ge=1.0, le=4.0)
    pan_x: float = Field(default=0.0, ge=-1.0, le=1.0)
    pan_y: float = Field(default=0.0, ge=-1.0, le=1.0)
    opacity: float = Field(default=1.0, ge=0.0, le=1.0)


class Mark(Asked):
    """A part of a source between an in and an out mark, with what its owner says of it."""

    start_s: float = Field(ge=0)
    end_s: float = Field(gt=0)
    keywords: Annotated[tuple[Keyword, ...], Field(max_length=KEYWORDS_MAX)] = ()
    notes: NoteText = ""
    favourite: bool = False
    hidden: bool = Field(default=False, description="Never shown")
    transform: Transform = Transform()

    @model_validator(mode="after")
    def _has_a_length(self) -> Self:
        if self.end_s <= self.start_s:
            raise ValueError("the out mark must come after the in mark")
        return self


class Notes(Asked):
    """What the owner of an upload says of it: of the whole, and of the parts marked in it."""

    keywords: Annotated[tuple[Keyword, ...], Field(max_length=KEYWORDS_MAX)] = ()
    notes: NoteText = ""
    favourite: bool = False
    marks: Annotated[tuple[Mark, ...], Field(max_length=MARKS_MAX)] = ()


class Described(Value):
    """One of a job's clips with what was said of it when the job was asked for."""

    asset: UUID
    notes: Notes
