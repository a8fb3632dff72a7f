"""What can go wrong, as a tree. A technical fault may pass if tried again; a logical one will not, and says why.

Fault
├── TechnicalFault      tried again, a bounded number of times
│   ├── Unavailable     a server, a disk or a process that is needed is away
│   └── TimedOut        it took longer than it may
└── LogicalFault        told to the user at once
    ├── BadMedia        a file that is not what it is asked to be
    └── BadBrief        a brief that cannot be carried out
"""

from __future__ import annotations

from contracts.values import Value


class FaultReport(Value):
    """A fault as it travels and as it is shown. ``code`` is stable; ``message`` is for a person."""

    code: str
    message: str
    technical: bool = False
    tries: int = 1


class Fault(Exception):
    """Something went wrong."""

    technical = False
    code = "fault"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code

    def report(self, tries: int = 1) -> FaultReport:
        return FaultReport(code=self.code, message=self.message, technical=self.technical, tries=tries)


class TechnicalFault(Fault):
    """Something the work needs did not answer as it should; trying again may help."""

    technical = True
    code = "technical"


class Unavailable(TechnicalFault):
    """A server, a disk or a process that is needed is away."""

    code = "unavailable"


class TimedOut(TechnicalFault):
    """It took longer than it may."""

    code = "timed_out"


class LogicalFault(Fault):
    """The work cannot be done as asked; trying again will not help."""

    code = "logical"


class BadMedia(LogicalFault):
    """A file that is not what it is asked to be."""

    code = "media_unreadable"


class BadBrief(LogicalFault):
    """A brief that cannot be carried out."""

    code = "brief_invalid"
