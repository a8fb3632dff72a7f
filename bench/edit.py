"""The reference edit as plain values, for whoever makes it without the system. Imports nothing of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Span:
    """``frames`` frames of a source, from ``in_s`` seconds on."""

    path: str
    in_s: float
    frames: int


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Cue:
    """Words shown together, the spoken one lit."""

    start_s: float
    end_s: float
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """A vertical video: spans end to end, words over them, a voice, and music that is looped under it."""

    spans: tuple[Span, ...]
    cues: tuple[Cue, ...]
    voice: str
    music: str
    music_db: float
    font: str  # the file
    colour: str
    highlight: str
    fps: int = 30
    width: int = 1080
    height: int = 1920
    crf: int = 23

    @property
    def frames(self) -> int:
        return sum(span.frames for span in self.spans)

    @property
    def length_s(self) -> float:
        return self.frames / self.fps


def write(edit: Edit, path: Path) -> None:
    path.write_text(json.dumps(asdict(edit)), "utf-8")


def read(path: Path) -> Edit:
    told = json.loads(path.read_text("utf-8"))
    spans = tuple(Span(**span) for span in told.pop("spans"))
    cues = tuple(
        Cue(cue["start_s"], cue["end_s"], tuple(Word(**word) for word in cue["words"])) for cue in told.pop("cues")
    )
    return Edit(spans=spans, cues=cues, **told)
