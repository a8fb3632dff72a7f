"""What the command reads of the gateway's answers: no more than it uses, so that it gets on with newer gateways."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from contracts.faults import FaultReport
from contracts.story import State, StepView
from contracts.values import Value


class FileSeen(Value):
    """A finished file. ``url`` is below the gateway's own; loudness in LUFS and dBTP."""

    preset: str
    url: str
    size: int
    sha256: str
    width: int
    height: int
    duration_s: float
    integrated_lufs: float
    true_peak_dbtp: float


class FindingSeen(Value):
    """Something that is wrong with a file; with all of them where there is no preset."""

    code: str
    message: str
    preset: str | None = None
    start_s: float | None = None
    end_s: float | None = None


class CheckSeen(Value):
    """What the quality gate says of a video's files."""

    verdict: str
    findings: tuple[FindingSeen, ...] = ()


class VideoSeen(Value):
    """One variant. Gateways that have no quality gate tell no ``check``."""

    id: UUID
    number: int
    run: int = 1
    state: State
    review: str | None = None
    share: float
    steps: tuple[StepView, ...]
    files: tuple[FileSeen, ...] = ()
    check: CheckSeen | None = None
    publishable: bool = False
    fault: FaultReport | None = None


class JobSeen(Value):
    """A job; ``share`` is 0..1."""

    id: UUID
    title: str = ""
    quality: str
    presets: tuple[str, ...]
    state: State
    share: float
    created_at: datetime | None = None
    finished_at: datetime | None = None
    videos: tuple[VideoSeen, ...]
    fault: FaultReport | None = None


class JobPage(Value):
    items: tuple[JobSeen, ...]
    next_cursor: str | None = None


class AssetSeen(Value):
    """An upload."""

    id: UUID
    name: str
