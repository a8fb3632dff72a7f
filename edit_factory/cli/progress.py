"""How far each step of each video is, told by facts, progress messages and polled jobs in any order. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from contracts.faults import FaultReport
from contracts.progress import STEPS, StepName
from contracts.story import StepState
from edit_factory.cli.seen import JobSeen
from edit_factory.cli.texts import one_line, time_text

OVER = frozenset({StepState.DONE, StepState.FAILED, StepState.CANCELLED})
_TENTHS = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One step of one video. ``share`` 0..1; seconds; ``told_at`` is this machine's clock when ``eta_s`` was told."""

    number: int
    step: StepName
    run: int = 1
    state: StepState = StepState.WAITING
    share: float = 0.0
    eta_s: float | None = None
    told_at: float = 0.0
    took_s: float | None = None
    reused: bool = False
    held: bool = False
    fault: FaultReport | None = None


@dataclass(frozen=True, slots=True)
class Change:
    before: Line
    after: Line


class Board:
    """All lines of a job; ``heard`` and ``seen`` give back what changed."""

    def __init__(self, variants: int) -> None:
        self._lines = {(number, step): Line(number, step) for number in range(1, variants + 1) for step in STEPS}

    def __iter__(self) -> Iterator[Line]:
        return iter(self._lines.values())

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(number for number, _ in self._lines))

    def of_video(self, number: int) -> tuple[Line, ...]:
        return tuple(self._lines[number, step] for step in STEPS)

    @property
    def share(self) -> float:
        """0..1 over all steps of all videos."""
        return sum(line.share for line in self) / len(self._lines)

    def heard(self, kind: str, data: Mapping[str, Any], now: float) -> Change | None:
        """A message of the job's event stream; None if it changes nothing."""
        if "step" not in data or "number" not in data:
            return None
        line = self._lines.get((data["number"], StepName(data["step"])))
        run = int(data.get("run", 1))
        if line is None or run < line.run:
            return None
        if run > line.run:
            line = Line(line.number, line.step, run)
        told = _progressed(line, data, now) if kind == "progress" else _ended(line, kind, data)
        if told.state is StepState.DONE:
            self._begin_anew_after(told)
        return self._put(told)

    def _begin_anew_after(self, done: Line) -> None:
        """What was made of an earlier run's outcome of this step is to be made again."""
        for step in STEPS[STEPS.index(done.step) + 1 :]:
            if self._lines[done.number, step].run < done.run:
                self._lines[done.number, step] = Line(done.number, step, done.run)

    def seen(self, job: JobSeen, now: float) -> list[Change]:
        """A job as the gateway shows it; never takes a step back in the same run."""
        changes = []
        for video in job.videos:
            for step in video.steps:
                line = self._lines.get((video.number, step.step))
                if line is None or (line.run == video.run and line.state in OVER) or line.run > video.run:
                    continue
                if step.state is StepState.WAITING:
                    if line.run < video.run:
                        self._lines[video.number, step.step] = Line(video.number, step.step, video.run)
                    continue
                took = (
                    (step.finished_at - step.started_at).total_seconds()
                    if step.finished_at and step.started_at
                    else None
                )
                told = replace(
                    line,
                    run=video.run,
                    state=step.state,
                    share=max(step.share, line.share) if line.run == video.run else step.share,
                    eta_s=step.eta_s,
                    told_at=now,
                    took_s=took,
                    reused=step.reused,
                    fault=step.fault,
                )
                if (change := self._put(told)) is not None:
                    changes.append(change)
        return changes

    def _put(self, line: Line) -> Change | None:
        before = self._lines[line.number, line.step]
        if line == before:
            return None
        self._lines[line.number, line.step] = line
        return Change(before, line)


def _progressed(line: Line, data: Mapping[str, Any], now: float) -> Line:
    if line.state in OVER:
        return line
    return replace(
        line,
        state=StepState.RUNNING,
        share=max(line.share, min(1.0, float(data["share"]))),
        eta_s=data.get("eta_s"),
        told_at=now,
    )


def _ended(line: Line, kind: str, data: Mapping[str, Any]) -> Line:
    ended = replace(
        line,
        eta_s=None,
        took_s=data.get("took_s"),
        reused=bool(data.get("reused", False)),
        held=bool(data.get("held", False)),
    )
    if kind.endswith(".failed"):
        return replace(ended, state=StepState.FAILED, fault=FaultReport.model_validate(data["fault"]))
    if kind.endswith(".cancelled"):
        return replace(ended, state=StepState.CANCELLED)
    return replace(ended, state=StepState.DONE, share=1.0)


def left_s(line: Line, now: float) -> float | None:
    """Seconds until a running step ends, counted on from when it was told."""
    if line.state is not StepState.RUNNING or line.eta_s is None:
        return None
    return max(0.0, line.eta_s - (now - line.told_at))


def outcome(line: Line) -> str:
    """How a step ended, in words."""
    if line.state is StepState.FAILED:
        return f"failed: {one_line(line.fault.message)}" if line.fault else "failed"
    if line.state is StepState.CANCELLED:
        return "cancelled"
    waits = "; waits for your review" if line.held else ""
    if line.reused:
        return f"reused{waits}"
    took = "" if line.took_s is None or line.took_s < 0.05 else f" in {time_text(line.took_s)}"
    return f"done{took}{waits}"


def milestone(change: Change) -> str | None:
    """What is worth a line of its own where nothing can be redrawn: begin, every 10 %, end."""
    before, after = change.before, change.after
    if after.state in OVER:
        return outcome(after) if before.state is not after.state else None
    if after.state is not StepState.RUNNING:
        return None
    tenths = int(after.share * _TENTHS + 1e-9)
    told_before = before.state is StepState.RUNNING and before.run == after.run
    if tenths == _TENTHS or (told_before and tenths <= int(before.share * _TENTHS + 1e-9)):
        return None  # whole: the fact that it is done comes in a moment
    if tenths == 0:
        return "begins"
    soon = after.eta_s is None or after.eta_s < 1
    return f"{tenths * _TENTHS} %" + ("" if soon else f", {time_text(after.eta_s or 0)} left")
