"""The quality station: every finished file is measured as it will be seen and heard, and a verdict is announced."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from contracts.events import Event, VideoCheckedV1, VideoFile, VideoStoredV1
from contracts.faults import FaultReport
from contracts.progress import StepName
from contracts.quality import FINDINGS_MAX, CheckVerdict, Expected, FileChecked, Finding
from contracts.streams import durable
from contracts.values import Value
from kit.blobs import Blobs
from kit.desk import Desk
from kit.encoded import NotRead
from kit.ffmpeg import ffmpeg_identity
from kit.station import Station
from kit.work import Done, Line, Ticket
from services.quality.judging import Measured, judged, undrawn
from services.quality.measuring import measured

NICE = 10  # behind every render
_TELL_EVERY_S = 2.0


class Looked(Value):
    """What was found in the files of one video."""

    findings: tuple[Finding, ...]
    files: tuple[FileChecked, ...]
    verdict: CheckVerdict


class QualityStep:
    """video.stored -> video.checked. However the check ends there is a verdict, so it never fails."""

    name = StepName.QUALITY
    code_version = 1  # goes up with every limit that changes
    result = Looked

    def __init__(self, blobs: Blobs, *, stalled_s: float, nice: int = NICE) -> None:
        self._blobs = blobs
        self._stalled_s = stalled_s
        self._nice = nice

    def ticket(self, event: VideoStoredV1) -> Ticket:
        return Ticket(job=event.job, videos=((event.video, event.number),), run=event.run)

    def recipe(self, event: VideoStoredV1) -> Any:
        return {"files": event.files, "expected": event.expected, "ffmpeg": ffmpeg_identity()}

    async def make(self, event: VideoStoredV1, desk: Desk) -> Looked:
        if event.expected is None:
            return Looked(findings=(_TOO_OLD,), files=_unmeasured(event.files), verdict=CheckVerdict.UNKNOWN)
        findings = list(undrawn(event.expected))
        files: list[FileChecked] = []
        tell = _Teller(desk, sum(file.duration_s for file in event.files))
        for place, file in enumerate(event.files):
            found, checked = await self._one(event.expected, file, await _folder(desk, place), tell.of(file))
            findings += found
            files.append(checked)
            desk.reach("mid-work")
        verdict = CheckVerdict.FAILED if findings else CheckVerdict.PASSED
        return Looked(findings=tuple(findings[:FINDINGS_MAX]), files=tuple(files), verdict=verdict)

    async def _one(
        self, expected: Expected, file: VideoFile, folder: Path, tell: Callable[[float], None]
    ) -> tuple[Sequence[Finding], FileChecked]:
        """What is wrong with one file, and what was measured in it."""
        asked = next((each for each in expected.files if each.preset is file.preset), None)
        plain = FileChecked(preset=file.preset, sha256=file.blob.sha256)
        if asked is None:
            return [Finding(code="unexpected", message="nobody asked for this file", preset=file.preset)], plain
        try:
            async with self._blobs.local(file.blob) as path:
                found = await measured(
                    path.absolute(), asked, folder, nice=self._nice, stalled_s=self._stalled_s, tell=tell
                )
        except NotRead as broken:
            return [Finding(code="unreadable", message=broken.message, preset=file.preset)], plain
        return judged(expected, asked, found), _numbers(file, expected, found)

    def facts(self, event: VideoStoredV1, result: Looked, done: Done) -> Sequence[Event]:
        return [_checked(event, done, result.verdict, result.findings, result.files)]

    def failed(self, event: VideoStoredV1, done: Done, fault: FaultReport) -> Sequence[Event]:
        why = Finding(code="check_failed", message=f"the files could not be checked: {fault.message}"[:500])
        return [_checked(event, done, CheckVerdict.UNKNOWN, (why,), _unmeasured(event.files))]

    def cancelled(self, event: VideoStoredV1, done: Done) -> Sequence[Event]:
        why = Finding(code="check_cancelled", message="the job was cancelled before the files were checked")
        return [_checked(event, done, CheckVerdict.UNKNOWN, (why,), _unmeasured(event.files))]


_TOO_OLD = Finding(code="made_before", message="the files are from before there was a quality gate; make them anew")


def _checked(
    event: VideoStoredV1, done: Done, verdict: CheckVerdict, findings: Sequence[Finding], files: Sequence[FileChecked]
) -> VideoCheckedV1:
    return VideoCheckedV1(
        owner=event.owner,
        lane=event.lane,
        at=done.at,
        job=event.job,
        video=event.video,
        number=event.number,
        run=event.run,
        verdict=verdict,
        findings=tuple(findings),
        files=tuple(files),
    )


def _unmeasured(files: Sequence[VideoFile]) -> tuple[FileChecked, ...]:
    return tuple(FileChecked(preset=file.preset, sha256=file.blob.sha256) for file in files)


def _numbers(file: VideoFile, expected: Expected, found: Measured) -> FileChecked:
    return FileChecked(
        preset=file.preset,
        sha256=file.blob.sha256,
        integrated_lufs=found.told.integrated_lufs,
        true_peak_dbtp=found.told.true_peak_dbtp,
        video_s=round(found.frames / expected.fps, 3),
        audio_s=round(found.audio_s, 3),
    )


class _Teller:
    """Tells how far all files together are, now and then: nobody waits for the check with a watch in hand."""

    def __init__(self, desk: Desk, whole_s: float) -> None:
        self._desk = desk
        self._whole_s = max(whole_s, 0.1)
        self._before_s = 0.0
        self._told_at = -math.inf

    def of(self, file: VideoFile) -> Callable[[float], None]:
        before_s, self._before_s = self._before_s, self._before_s + file.duration_s
        return lambda done_s: self._tell((before_s + min(done_s, file.duration_s)) / self._whole_s)

    def _tell(self, share: float) -> None:
        if time.monotonic() - self._told_at >= _TELL_EVERY_S:
            self._told_at = time.monotonic()
            self._desk.progress(min(share, 0.999))


async def _folder(desk: Desk, place: int) -> Path:
    folder = desk.folder / str(place)
    await asyncio.to_thread(folder.mkdir)
    return folder


@asynccontextmanager
async def wiring(line: Line) -> AsyncIterator[None]:
    step = QualityStep(line.blobs, stalled_s=line.settings.stall_s)
    Station(line, step, durable("quality")).register(line.settings.quality_slots)
    yield
