"""Who makes which GOPs of a video that several workers share: the book of the one that holds it.

Whoever ends, nothing is lost: what was not delivered goes back to the rest, and what comes twice counts once. Times are
seconds of the holder's own clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from services.render.plan.chunks import Gop, Run, contiguous, length_of, room_of

OWN = ""
"""The worker that is the holder itself."""

_MOST, _LEAST = 8, 2  # GOPs of a run, each of which costs its start, its seek and some frames at its end
_SHARE = 0.8  # of what is left for each: the first runs are long, the last ones short, so that all end together
_SILENT_S = 5.0  # without a word, of which there are two a second
_WORTH_SPLITTING = 3  # GOPs not begun: whoever is cut short has encoded some frames of the next one for nothing
_BOUNCES = 2  # times a GOP may come back from helpers before its holder makes it itself
_PACE_S = 10.0  # for a GOP, until the holder knows its own
_OVERDUE = 2.0  # of the holder's own time for a GOP, and no less than the next
_OVERDUE_AT_LEAST_S = 4.0


@dataclass(frozen=True, slots=True)
class Share:
    """A run that was given to somebody."""

    number: int
    run: Run


@dataclass(slots=True)
class _Given:
    """``end``: the first GOP after those still wanted; ``moved_at``: when it was given or last finished one."""

    worker: str
    run: Run
    end: int
    at: float
    heard_at: float
    moved_at: float
    frames: int = 0
    finished: set[int] = field(default_factory=set)

    def unbegun(self, every: int) -> int:
        in_work = max([self.run.first + self.frames // every, *(number + 1 for number in self.finished)])
        return max(0, self.end - in_work - 1)


class Shares:
    """The GOPs that have to be made, and what has become of each."""

    def __init__(self, missing: Sequence[Gop]) -> None:
        self._gops = {gop.number: gop for gop in missing}
        self._every = max((gop.span.frames for gop in missing), default=1)
        self._waiting = set(self._gops)
        self._made: set[int] = set()
        self._fetched: set[int] = set()  # finished by others, and on their way here
        self._given: dict[int, _Given] = {}
        self._bounced: Counter[int] = Counter()
        self._count = 0
        self._pace_s = _PACE_S

    @property
    def done(self) -> bool:
        return len(self._made) == len(self._gops)

    @property
    def waiting(self) -> int:
        """GOPs that nobody has in hand."""
        return len(self._waiting)

    @property
    def helpers(self) -> int:
        return sum(given.worker != OWN for given in self._given.values())

    @property
    def frames(self) -> int:
        """How many are done, those of unfinished GOPs among them."""
        whole = sum(self._gops[number].span.frames for number in self._made | self._fetched)
        return whole + sum(max(0, each.frames - len(each.finished) * self._every) for each in self._given.values())

    def next(self, worker: str, at: float) -> Share | None:
        """A run for a worker that has none; None if there is nothing it could do now."""
        if not (wanted := self._open_to(worker)):
            self._split_for(worker)
            wanted = self._open_to(worker)
        if not wanted:
            return None
        together = next(iter(contiguous(wanted)))
        wished = round(len(self._waiting) * _SHARE / (len(self._given) + 1))
        count = length_of(together, min(max(wished, _LEAST), _MOST, room_of(together)))
        run = Run(together[0].number, count)
        self._waiting -= _numbers(run)
        self._count += 1
        self._given[self._count] = _Given(worker, run, run.first + count, at, at, at)
        return Share(self._count, run)

    def end_of(self, number: int) -> int:
        """The first GOP after those of a share that are still wanted; 0 if none is."""
        given = self._given.get(number)
        return 0 if given is None else given.end

    def heard(self, number: int, at: float, frames: int, finished: Iterable[int] = ()) -> tuple[Gop, ...]:
        """Word of a share: so many frames are encoded, these GOPs finished. Those that were not known of yet."""
        given = self._given.get(number)
        if given is None:
            return ()
        new = sorted((set(finished) & _numbers(given.run)) - given.finished)
        given.heard_at, given.frames = at, max(frames, given.frames)
        given.finished.update(new)
        given.moved_at = at if new else given.moved_at
        fresh = [gop for gop in new if gop not in self._made | self._fetched]
        self._fetched.update(fresh)
        self._waiting.difference_update(fresh)
        return tuple(self._gops[gop] for gop in fresh)

    def made(self, gop: int) -> None:
        """It lies where it is wanted."""
        self._fetched.discard(gop)
        self._waiting.discard(gop)
        self._made.add(gop)

    def lost(self, gop: int) -> None:
        """It was said to be finished, and can't be had."""
        if gop in self._fetched:
            self._fetched.discard(gop)
            self._waiting.add(gop)
            self._bounced[gop] += 1

    def closed(self, number: int, at: float, *, failed: bool = False) -> None:
        """A worker is done with its share, or has left it; after a failure its holder makes what is left itself."""
        given = self._given.pop(number, None)
        if given is None:
            return
        left = {gop for gop in _numbers(given.run) if gop < given.end} - self._made - self._fetched
        held = {gop for other in self._given.values() for gop in _numbers(other.run) if gop < other.end}
        self._waiting |= left - held
        if given.worker == OWN:
            self._pace_s = (at - given.at) / max(1, len(given.finished))
        else:
            self._bounced.update(dict.fromkeys(left, _BOUNCES if failed else 1))

    def overdue(self, at: float, *, idle: bool) -> tuple[int, ...]:
        """Shares whose worker says nothing any more; with an ``idle`` holder also those that it would be faster at."""
        patience_s = max(_OVERDUE_AT_LEAST_S, self._pace_s * _OVERDUE)
        return tuple(
            number
            for number, given in self._given.items()
            if given.worker != OWN and (at - given.heard_at > _SILENT_S or (idle and at - given.moved_at > patience_s))
        )

    def _open_to(self, worker: str) -> list[Gop]:
        return [
            self._gops[number] for number in sorted(self._waiting) if worker == OWN or self._bounced[number] < _BOUNCES
        ]

    def _split_for(self, worker: str) -> None:
        """Takes half of what somebody has not begun. The holder waits for no helper while there is one GOP to take."""
        best = max(self._given.values(), key=lambda each: each.unbegun(self._every), default=None)
        if best is None:
            return
        unbegun = best.unbegun(self._every)
        if unbegun >= (1 if worker == OWN != best.worker else _WORTH_SPLITTING):
            keep = best.end - (unbegun + 1) // 2
            self._waiting |= set(range(keep, best.end)) - self._made - self._fetched
            best.end = keep


def _numbers(run: Run) -> set[int]:
    return set(range(run.first, run.first + run.count))
