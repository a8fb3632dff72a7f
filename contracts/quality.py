"""The quality gate: what a finished file is held against, and what was found. Times in seconds of the video; places are
shares of the frame's width and height, from its top left corner.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Literal

from contracts.outputs import PresetName, SafeZone
from contracts.values import Value

FINDINGS_MAX = 50  # of one video; what is worth telling stands in the first few
GLYPHS_MAX = 20


class Span(Value):
    """From ``start_s`` until ``end_s``."""

    start_s: float
    end_s: float


class Place(Value):
    """A box in the frame."""

    left: float
    top: float
    right: float
    bottom: float


WHOLE = Place(left=0.0, top=0.0, right=1.0, bottom=1.0)


class Written(Value):
    """Something to be read, with the box that was measured around it as it was drawn. ``text``: its first words."""

    what: Literal["subtitles", "card"]
    text: str
    at_s: float
    place: Place


class ExpectedFile(Value):
    """What one file has to be. ``outermost``: of all that is written on it, what reaches furthest to each side.

    ``pictures``: the part of the frame that its pictures have; ``covered``: what is drawn over them.
    """

    preset: PresetName
    width: int
    height: int
    safe_zone: SafeZone
    outermost: tuple[Written, ...] = ()
    pictures: Place = WHOLE
    covered: tuple[Place, ...] = ()


class Expected(Value):
    """What the files of one video have to be, whatever the preset.

    ``sounds``: something must be heard, but for where ``silent``. The picture stands where ``still`` and is black where
    ``dark`` because that was asked for. ``undrawn``: characters that no typeface has.
    """

    fps: int
    frames: int
    sounds: bool
    silent: tuple[Span, ...] = ()
    still: tuple[Span, ...] = ()
    dark: tuple[Span, ...] = ()
    undrawn: tuple[str, ...] = ()
    files: tuple[ExpectedFile, ...]


class CheckVerdict(StrEnum):
    """What the gate says of a video's files."""

    PENDING = "pending"  # they are being looked at, or wait for it
    PASSED = "passed"  # nothing is wrong with any of them
    FAILED = "failed"  # something is; the findings say what
    UNKNOWN = "unknown"  # they could not be looked at; the findings say why


class Finding(Value):
    """Something that is wrong. ``code`` is stable, ``message`` for a person. ``preset`` None: all files alike.

    ``measured`` and ``limit`` are in the unit that the message names, where there is a number.
    """

    code: str
    message: str
    preset: PresetName | None = None
    start_s: float | None = None
    end_s: float | None = None
    measured: float | None = None
    limit: float | None = None


class FileChecked(Value):
    """One file and what was measured in it: LUFS and dBTP of the encoded sound, seconds. None: it was not measured."""

    preset: PresetName
    sha256: str
    integrated_lufs: float | None = None
    true_peak_dbtp: float | None = None
    video_s: float | None = None
    audio_s: float | None = None


class Checked(Value):
    """The gate's word on files, and its place in the log."""

    run: int
    seq: int
    at: datetime
    verdict: CheckVerdict
    findings: tuple[Finding, ...] = ()
    files: tuple[str, ...] = ()  # their SHA-256


class CheckView(Value):
    """How the files of a video stand with the gate. ``checked_at`` None: not looked at yet."""

    verdict: CheckVerdict
    findings: tuple[Finding, ...] = ()
    checked_at: datetime | None = None
