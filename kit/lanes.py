"""Whose turn it is: which lane of an inbox is asked next, and when each is looked at again. Pure: times are handed in.

The fast lane goes first, but after so many of its messages in a row another lane that has one gets a turn; the others
take theirs round robin, behind the one that was served last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FAST_IN_A_ROW = 4
# A lane that a message was heard of is looked at again after 1, 2, 4 ... ms: it may be told before it is stored.
_FIRST_LOOK_S, _LAST_LOOK_S = 0.001, 0.064
# And any lane after 1, 2, 4, 4 ... s: what comes back to it (a worker died, a try failed) is told by nobody.
REST_S, LONGEST_REST_S = 1.0, 4.0


@dataclass(slots=True)
class _Lane:
    """``due``: when it is to be asked; ``owed``: messages that were heard of and not taken; ``pause``: until the next
    look for them; ``rest``: until one for what nobody tells of; ``heard``: whether there was word since it was asked.
    """

    due: float = 0.0
    owed: int = 0
    pause: float = _FIRST_LOOK_S
    rest: float = REST_S
    heard: bool = False


class Turns:
    """The turns of one inbox's lanes. Each ``next`` is followed by ``took`` or ``empty``, ``heard`` comes any time."""

    def __init__(self, lanes: Sequence[str], fast: str) -> None:
        self._fast = fast
        self._others = [lane for lane in lanes if lane != fast]
        self._lanes = {lane: _Lane() for lane in lanes}
        self._in_a_row = 0

    def heard(self, lane: str, now: float) -> None:
        """There is word of a message in a lane."""
        if (known := self._lanes.get(lane)) is not None:
            known.due, known.owed, known.pause, known.rest, known.heard = (
                now,
                known.owed + 1,
                _FIRST_LOOK_S,
                REST_S,
                True,
            )

    def next(self, now: float) -> str | None:
        """The lane to ask; None if none may have anything before ``due``."""
        lane = self._whose(now)
        if lane is not None:
            self._lanes[lane].heard = False
            self._lanes[lane].due = now + REST_S
        return lane

    def _whose(self, now: float) -> str | None:
        fast = self._lanes[self._fast].due <= now
        if fast and self._in_a_row < FAST_IN_A_ROW:
            return self._fast
        return next((lane for lane in self._others if self._lanes[lane].due <= now), self._fast if fast else None)

    def due(self) -> float:
        """When a lane is to be asked next."""
        return min(lane.due for lane in self._lanes.values())

    def took(self, lane: str, now: float) -> None:
        """It had a message, and may have more."""
        known = self._lanes[lane]
        known.due, known.owed, known.rest = now, max(0, known.owed - 1), REST_S
        if lane == self._fast:
            self._in_a_row += 1
            return
        self._in_a_row = 0
        served = self._others.index(lane) + 1
        self._others = self._others[served:] + self._others[:served]

    def empty(self, lane: str, now: float) -> None:
        """It had none."""
        known = self._lanes[lane]
        if known.heard:
            return  # asked too early; it is due
        if known.owed and known.pause <= _LAST_LOOK_S:
            known.due, known.pause = now + known.pause, known.pause * 2
        else:
            known.due, known.owed, known.rest = now + known.rest, 0, min(known.rest * 2, LONGEST_REST_S)


def place(own: int, lane: str, waiting: Mapping[str, int], fast: str) -> int:
    """Roughly as how manyeth a message is taken that is number ``own`` of its lane, with so many waiting in each."""
    others = sorted(count for name, count in waiting.items() if name not in {lane, fast})
    if lane == fast:
        return own + min(sum(others), (own - 1) // FAST_IN_A_ROW)
    turns = own + sum(min(count, own) for count in others)
    return turns + min(waiting.get(fast, 0), FAST_IN_A_ROW * turns)
