"""How a command ends: its exit codes, and the one exception that carries a person's message to the door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from contracts.faults import Fault


class Code(IntEnum):
    """Exit codes; 130 is what shells expect after Ctrl-C."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    CONFLICT = 3
    UNREACHABLE = 4
    CANCELLED = 5
    WAITING = 6
    INTERRUPTED = 130


EXIT_CODES: dict[Code, str] = {
    Code.DONE: "done",
    Code.FAILED: "a job, a check or the command itself failed",
    Code.USAGE: "wrong usage, a brief or a file that is not taken, no such job",
    Code.CONFLICT: "not in this state: already running, already finished",
    Code.UNREACHABLE: "the system or one of its servers does not answer",
    Code.CANCELLED: "the job was cancelled",
    Code.WAITING: "the job waits for your review",
    Code.INTERRUPTED: "interrupted by Ctrl-C; the job goes on",
}


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that is wrong: where (a path such as ``subtitles.size``, or a pointer), what, and on which line."""

    where: str
    message: str
    line: int | None = None


class CommandFault(Exception):
    """An expected end that is no success. ``code`` is stable, ``hint`` says what to do next."""

    def __init__(
        self,
        exit_code: Code,
        message: str,
        *,
        code: str = "",
        details: Sequence[Detail] = (),
        request_id: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.message = message
        self.code = code or exit_code.name.lower()
        self.details = tuple(details)
        self.request_id = request_id
        self.hint = hint

    def as_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {"code": self.code, "message": self.message, "exit_code": int(self.exit_code)}
        if self.details:
            told["details"] = [
                {"where": detail.where, "message": detail.message}
                | ({"line": detail.line} if detail.line is not None else {})
                for detail in self.details
            ]
        if self.request_id:
            told["request_id"] = self.request_id
        if self.hint:
            told["hint"] = self.hint
        return {"error": told}


class Unreachable(CommandFault):
    """The system does not answer."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(Code.UNREACHABLE, message, code="unreachable", hint=hint)


class Refused(CommandFault):
    """The gateway said no, with problem details."""

    def __init__(
        self, status: int, code: str, detail: str, details: Sequence[Detail], request_id: str, *, hint: str = ""
    ) -> None:
        super().__init__(exit_code_of(status), detail, code=code, details=details, request_id=request_id, hint=hint)
        self.status = status


def exit_code_of(status: int) -> Code:
    """What an HTTP status means to whoever called the command."""
    if status == 409:
        return Code.CONFLICT
    if status in {429, 502, 503, 504}:
        return Code.UNREACHABLE
    return Code.USAGE if status < 500 else Code.FAILED


def of_fault(fault: Fault) -> CommandFault:
    """A fault of the factory itself, raised while it ran in this process."""
    if fault.code in {"already_running", "port_taken"}:
        return CommandFault(Code.CONFLICT, fault.message, code=fault.code)
    return CommandFault(Code.UNREACHABLE if fault.technical else Code.FAILED, fault.message, code=fault.code)
