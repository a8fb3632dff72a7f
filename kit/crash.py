"""Named points at which a process can be made to kill itself, to prove that nothing is lost there.

The points of a step are in its code path: after-claim, mid-work, after-rename, before-announce, after-announce,
before-ack. A step that pays somebody outside has one of its own: after-paid. A worker that helps
another has two: mid-help, and after-help, when a piece is put away and nobody told of it. The gateway has two, around
the fact that makes a job: before-announce, after-announce.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path

POINTS = ("after-claim", "mid-work", "after-rename", "before-announce", "after-announce", "before-ack")


class CrashPoints:
    """Kills the process (SIGKILL) at ``inbox:point``; an empty wish never does anything.

    A wish such as ``@/folder/wish`` is read from that file each time, and whoever fulfils it takes the file away.
    """

    def __init__(self, wish: str = "") -> None:
        self._wish = wish

    def reach(self, inbox: str, point: str) -> None:
        if self._wish and self._is_wished(f"{inbox}:{point}"):
            os.kill(os.getpid(), signal.SIGKILL)

    def _is_wished(self, place: str) -> bool:
        if not self._wish.startswith("@"):
            return self._wish == place
        file = Path(self._wish[1:])
        with suppress(FileNotFoundError):
            if file.read_text("utf-8") == place:
                file.rename(file.with_suffix(".fulfilled"))  # of several processes one can
                return True
        return False
