"""Named points at which a process can be made to kill itself, to prove that nothing is lost there.

The points of a step are in its code path: after-claim, mid-work, after-rename, before-announce, after-announce,
before-ack. A step that pays somebody outside has one of its own: after-paid.
"""

from __future__ import annotations

import os
import signal

POINTS = ("after-claim", "mid-work", "after-rename", "before-announce", "after-announce", "before-ack")


class CrashPoints:
    """Kills the process (SIGKILL) at ``inbox:point``; an empty wish never does anything."""

    def __init__(self, wish: str = "") -> None:
        self._wish = wish

    def reach(self, inbox: str, point: str) -> None:
        if self._wish and self._wish == f"{inbox}:{point}":
            os.kill(os.getpid(), signal.SIGKILL)
