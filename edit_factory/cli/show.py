"""What is seen of a command: a live picture on a terminal, plain lines elsewhere, JSON for machines."""

from __future__ import annotations

import os
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import orjson
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from contracts.progress import STEPS
from contracts.story import StepState
from edit_factory.cli.faults import Code, CommandFault
from edit_factory.cli.progress import OVER, Board, Change, Line, left_s, milestone, outcome
from edit_factory.cli.texts import one_line, size_text, time_text

Transferred = Callable[[str, int], None]
Changed = Callable[[Change], None]
Counted = Callable[[float, str, float | None], None]

_WIDE = 200  # columns of a table where there is no terminal
_FPS = 8
_BAR = 32


class Show(ABC):
    """Where a command's words go. Only what a command was asked for goes to stdout under ``--json``."""

    @abstractmethod
    def say(self, text: str = "") -> None:
        """A line for a person."""

    @abstractmethod
    def data(self, value: Mapping[str, Any]) -> None:
        """A line for a machine."""

    @abstractmethod
    def fault(self, fault: CommandFault) -> None: ...

    @abstractmethod
    def transfer(self, title: str, sizes: Mapping[str, int]) -> Any:
        """A context in which files are on their way; gives what to call with a file's name and its bytes so far."""

    @abstractmethod
    def watching(self, board: Board) -> Any:
        """A context in which a job is made; gives what to call with each change."""

    @abstractmethod
    def counting(self, title: str) -> Any:
        """A context in which much is made; gives what to call with a share (0..1), words, and seconds left or None."""

    @abstractmethod
    def table(self, columns: Mapping[str, Any], rows: list[list[Any]]) -> None:
        """A table for a person; ``columns`` are titles with rich's options."""


def show(*, json: bool) -> Show:
    """The one that fits where stdout goes."""
    if json:
        return JsonShow()
    live = sys.stdout.isatty() and os.environ.get("TERM", "") not in {"", "dumb"}
    return LiveShow() if live else PlainShow()


class PlainShow(Show):
    """Plain lines, no colour, nothing redrawn."""

    def __init__(self) -> None:
        self.console = Console(
            no_color=True, highlight=False, markup=False, emoji=False, force_terminal=False, width=_WIDE
        )
        self.errors = Console(stderr=True, highlight=False, markup=False, emoji=False)

    def say(self, text: str = "") -> None:
        self.console.print(text, soft_wrap=True)

    def data(self, value: Mapping[str, Any]) -> None:
        """Nothing: a person reads this."""

    def fault(self, fault: CommandFault) -> None:
        for text in fault_lines(fault):
            self.errors.print(text, soft_wrap=True)

    def table(self, columns: Mapping[str, Any], rows: list[list[Any]]) -> None:
        table = Table(box=None, pad_edge=False, header_style="bold")
        for title, options in columns.items():
            table.add_column(title, **options)
        for row in rows:
            table.add_row(*row)
        self.console.print(table)

    @contextmanager
    def transfer(self, title: str, sizes: Mapping[str, int]) -> Iterator[Transferred]:
        done: set[str] = set()

        def moved(name: str, size: int) -> None:
            if size >= sizes[name] and name not in done:
                done.add(name)
                self.say(f"{title} {name}: {size_text(size)}, {len(done)} of {len(sizes)}")

        yield moved

    @contextmanager
    def watching(self, board: Board) -> Iterator[Changed]:
        many = len(board.numbers) > 1

        def changed(change: Change) -> None:
            told = milestone(change)
            if told is not None:
                who = f"video {change.after.number}  " if many else ""
                self.say(f"{who}{change.after.step:<8} {told}")

        yield changed

    @contextmanager
    def counting(self, title: str) -> Iterator[Counted]:
        told = -1

        def moved(share: float, words: str, _: float | None) -> None:
            nonlocal told
            if (tenth := int(share * 10)) > told:
                told = tenth
                self.say(f"{title}: {share:.0%}{', ' if words else ''}{words}")

        yield moved


class LiveShow(PlainShow):
    """A terminal: bars that move, and colour unless NO_COLOR is set."""

    def __init__(self) -> None:
        super().__init__()
        self.console = Console(highlight=False, markup=False, emoji=False)

    @contextmanager
    def transfer(self, title: str, sizes: Mapping[str, int]) -> Iterator[Transferred]:
        total = sum(sizes.values())
        so_far = dict.fromkeys(sizes, 0)
        with Progress(
            TextColumn("{task.description}"),
            BarColumn(_BAR),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
            console=self.console,
        ) as progress:
            task = progress.add_task(f"{title} {len(sizes)} file{'s' * (len(sizes) != 1)}", total=total)

            def moved(name: str, size: int) -> None:
                so_far[name] = size
                progress.update(task, completed=sum(so_far.values()))

            yield moved

    @contextmanager
    def watching(self, board: Board) -> Iterator[Changed]:
        def picture() -> RenderableType:
            return job_picture(board, time.monotonic(), self.console.height - 2)

        with Live(get_renderable=picture, console=self.console, refresh_per_second=_FPS) as live:
            yield lambda _: None
            live.refresh()

    @contextmanager
    def counting(self, title: str) -> Iterator[Counted]:
        columns = (TextColumn("{task.description}"), BarColumn(_BAR), TextColumn("{task.percentage:>3.0f}%"))
        with Progress(*columns, TextColumn("{task.fields[words]}"), console=self.console) as progress:
            task = progress.add_task(title, total=1.0, words="")

            def moved(share: float, words: str, left_s: float | None) -> None:
                left = "" if left_s is None else f", {time_text(left_s)} left"
                progress.update(task, completed=share, words=words + left)

            yield moved


class JsonShow(Show):
    """JSON lines on stdout and nothing else."""

    def say(self, text: str = "") -> None:
        """Nothing: a machine reads this."""

    def data(self, value: Mapping[str, Any]) -> None:
        sys.stdout.write(orjson.dumps(value, default=str).decode() + "\n")
        sys.stdout.flush()

    def fault(self, fault: CommandFault) -> None:
        self.data(fault.as_json())

    def table(self, columns: Mapping[str, Any], rows: list[list[Any]]) -> None:
        """Nothing: a machine reads this."""

    @contextmanager
    def transfer(self, title: str, sizes: Mapping[str, int]) -> Iterator[Transferred]:
        done: set[str] = set()

        def moved(name: str, size: int) -> None:
            if size >= sizes[name] and name not in done:
                done.add(name)
                self.data({"event": title, "file": name, "size": size})

        yield moved

    @contextmanager
    def counting(self, title: str) -> Iterator[Counted]:
        told = -1.0

        def moved(share: float, words: str, left_s: float | None) -> None:
            nonlocal told
            if share != told:
                told = share
                self.data({"event": "progress", "what": title, "share": share, "words": words, "eta_s": left_s})

        yield moved

    @contextmanager
    def watching(self, board: Board) -> Iterator[Changed]:
        def changed(change: Change) -> None:
            if milestone(change) is not None:
                self.data({"event": "step", **line_json(change.after)})

        yield changed


def line_json(line: Line) -> dict[str, Any]:
    told: dict[str, Any] = {
        "video": line.number,
        "step": line.step.value,
        "run": line.run,
        "state": line.state.value,
        "share": round(line.share, 4),
    }
    if line.state is StepState.RUNNING:
        told["eta_s"] = line.eta_s
    if line.state is StepState.DONE:
        told |= {"reused": line.reused, "took_s": line.took_s}
    if line.fault is not None:
        told["fault"] = line.fault.model_dump(mode="json")
    return told


def fault_lines(fault: CommandFault) -> list[Text]:
    """A fault for a person: what, where, what to do next."""
    if fault.exit_code is Code.INTERRUPTED:
        lines = [Text(one_line(fault.message))]
    else:
        lines = [Text.assemble(("error ", "bold red"), (fault.code, "bold"), f": {one_line(fault.message)}")]
    for detail in fault.details:
        at = f" (line {detail.line})" if detail.line is not None else ""
        where = f"{one_line(detail.where)}{at}: " if detail.where or at else ""
        lines.append(Text(f"  {where.lstrip()}{one_line(detail.message)}"))
    if fault.request_id:
        lines.append(Text(f"  request {one_line(fault.request_id)}", style="dim"))
    if fault.hint:
        lines.append(Text.assemble("  next: ", (fault.hint, "bold")))
    return lines


def job_picture(board: Board, now: float, height: int) -> RenderableType:
    """A bar for each step of each video; where the terminal is too low, one line for each video that isn't moving."""
    many = len(board.numbers) > 1
    whole = height >= len(board.numbers) * (len(STEPS) + many)
    parts: list[RenderableType] = []
    room = height
    for number in board.numbers:
        lines = board.of_video(number)
        open_up = whole or (_is_moving(lines) and room > len(STEPS) + 1)
        if many:
            parts.append(_heading(number, lines, with_state=not open_up))
            room -= 1
        if open_up:
            parts.append(_bars(lines, now))
            room -= len(STEPS)
    return Group(*parts)


def _is_moving(lines: tuple[Line, ...]) -> bool:
    return any(line.state is StepState.RUNNING for line in lines)


def _heading(number: int, lines: tuple[Line, ...], *, with_state: bool) -> Text:
    text = Text(f"Video {number}", style="bold")
    if with_state:
        mark, style, said = _in_short(lines)
        share = sum(line.share for line in lines) / len(lines)
        text.append(f"  {mark} {share:4.0%}  {said}", style=style or "not bold")
    return text


def _in_short(lines: tuple[Line, ...]) -> tuple[str, str, str]:
    """A video in a few words, by the first step that is not done."""
    line = next((line for line in lines if line.state is not StepState.DONE), None)
    if line is None:
        return "✓", "green", "done"
    mark, style = _mark(line)
    if line.state in OVER:
        return mark, style, f"{line.step} {outcome(line)}"
    return mark, style, f"waits for {line.step}" if line.state is StepState.WAITING else line.step.value


def _bars(lines: tuple[Line, ...], now: float) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(width=1)
    table.add_column(width=8)
    table.add_column(width=_BAR)
    table.add_column(width=5, justify="right")
    table.add_column(overflow="ellipsis", no_wrap=True)
    for line in lines:
        mark, style = _mark(line)
        waits = line.state is StepState.WAITING
        bar = ProgressBar(
            total=1.0,
            completed=line.share,
            complete_style="red" if line.state is StepState.FAILED else "bar.complete",
            width=_BAR,
        )
        percent = "" if waits else f"{line.share:.0%}"
        name = Text(line.step.value, style="dim" if waits else "")
        table.add_row(Text(mark, style=style), name, bar, percent, Text(_note(line, now), style=style or "dim"))
    return table


def _mark(line: Line) -> tuple[str, str]:
    return {
        StepState.DONE: ("✓", "green"),
        StepState.FAILED: ("✗", "red"),
        StepState.CANCELLED: ("–", "yellow"),
        StepState.RUNNING: ("▸", "cyan"),
        StepState.WAITING: (" ", ""),
    }[line.state]


def _note(line: Line, now: float) -> str:
    if line.state in OVER:
        return outcome(line)
    left = left_s(line, now)
    return f"{time_text(left)} left" if left and line.share > 0 else ""
