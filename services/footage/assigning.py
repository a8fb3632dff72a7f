"""Which take is shown over which shot: the best for the whole script at once, not shot by shot. Pure.

It goes in rounds. In each, every shot that still wants a picture gets one by linear assignment, where a column is a
group of takes that show the same; so nothing comes twice in a round, and a second round is only begun when there are
more shots than groups, or when a take was too short and the rest of its shot wants another one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import lap
import numpy as np
from numpy.typing import NDArray

from services.footage.scoring import Grid, Scores, length_fit, order, places
from services.footage.shots import SHORTEST_S, Shot
from services.footage.showing import Shown
from services.footage.takes import Take

# What must not be outweighs all scores of a script, which are 1 a shot at most; in units of a score.
_NEVER = 1e7
_AGAIN = 1000.0  # for each time the group was shown in this video
_UNFIT = 1.5 * _AGAIN  # dark, still or blurred: after the second showing of what is fit, before the third
_AS_BEFORE = 300.0  # for each earlier variant that shows it over this shot; of these at most
_AS_BEFORE_MOST = 0.9 * _AGAIN
_SOON = 50.0  # shown again at once; less the later it is
_SOON_SHOTS = 8
_SAME_TAKE = 10.0  # another one of the group is preferred, for each time
_SAME_ZONE = 0.3  # a variant that starts where another one does, in place and time
_FOLLOWS, _SAME_CLIP = 0.3, 0.1  # what continues a shot: the part that comes next, or another of the same clip
_REGRET = 0.1  # a shot is worth keeping in another variant if all else is worse by so much


@dataclass(frozen=True, slots=True)
class Pinned:
    """A take that was chosen by hand for a shot, and where it starts in the source (seconds)."""

    take: int
    start_s: float


@dataclass(frozen=True, slots=True)
class Piece:
    """Frames of a shot that want a picture; ``start`` and ``end`` count from the start of the video."""

    shot: int
    start: int
    end: int

    @property
    def frames(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Laid:
    """A piece with its take, from ``start_s`` of the source on. ``parts`` are those of the score it had when it was
    chosen; ``again`` how often its group had been shown before, ``unseen`` whether this part of it had not.
    """

    piece: Piece
    take: int
    start_s: float
    parts: dict[str, float]
    again: int
    unseen: bool
    pinned: bool


@dataclass(frozen=True, slots=True)
class Material:
    """All that a variant is laid from, the same for each of them."""

    wanted: Sequence[Shot]
    pool: Sequence[Take]
    groups: Sequence[int]
    scores: Scores
    clips: int
    fps: int
    pins: Mapping[int, Pinned]  # by shot


@dataclass(frozen=True, slots=True)
class Layout:
    """The pieces of a variant in order, what it has shown in the end, and how fresh each take is to it then."""

    pieces: tuple[Laid, ...]
    shown: Shown
    freshness: NDArray[np.float64]
    turns: Grid  # a row a shot: 1 for the clip whose turn it is


def variant(material: Material, number: int) -> Layout:
    """Variant ``number`` (1..n). Those before it are laid first, so that it differs from them: the same input gives the
    same variants, wherever each is made.
    """
    earlier: list[Sequence[Laid]] = []
    for before in range(1, number):
        earlier.append(_Laying(material, before, earlier).all().pieces)
    return _Laying(material, number, earlier).all()


class _Laying:
    def __init__(self, material: Material, number: int, earlier: Sequence[Sequence[Laid]]) -> None:
        self._given = material
        self._group = np.array(material.groups)
        self._columns = int(self._group.max()) + 1
        self._shown = Shown(material.pool, material.groups, number, material.fps)
        self._places = places(material.pool, material.groups)
        self._before = self._shown_before(earlier)
        self._turns = order(len(material.wanted), material.pool, number, material.clips)
        self._value = material.scores.fixed + material.scores.weights["order"] * self._turns
        self._least = min(round(SHORTEST_S * material.fps), max(take.frames for take in material.pool))
        self._avoid = self._as_before(earlier)
        self._done: list[Laid] = []

    def all(self) -> Layout:
        todo = [Piece(index, shot.start, shot.end) for index, shot in enumerate(self._given.wanted)]
        todo = self._by_hand(todo)
        while todo:
            batch, rest = todo[: self._columns], todo[self._columns :]
            todo = sorted([*self._round(batch), *rest], key=lambda piece: piece.start)
        self._freshen()
        pieces = tuple(sorted(self._done, key=lambda laid: laid.piece.start))
        return Layout(pieces, self._shown, self._freshness(), self._turns)

    def _by_hand(self, todo: Sequence[Piece]) -> list[Piece]:
        left: list[Piece] = []
        for piece in todo:
            pin = self._given.pins.get(piece.shot)
            if pin is None:
                left.append(piece)
            else:
                left.extend(self._lay(piece, pin.take, pin.start_s, (), pinned=True))
        return left

    def _round(self, batch: Sequence[Piece]) -> list[Piece]:
        """Give each of these pieces a take of another group; what still wants one afterwards."""
        cost = self._cost(batch)
        best, by_group = self._by_group(cost)
        chosen = _assigned(by_group)
        pairs = [
            (piece, int(best[row, column]))
            for row, (piece, column) in enumerate(zip(batch, chosen, strict=True))
            if column >= 0 and by_group[row, column] < _NEVER
        ]
        served = {piece for piece, _ in pairs}
        left = [piece for piece in batch if piece not in served]
        for at, (piece, take) in enumerate(pairs):
            others = [self._given.pool[other] for _, other in pairs[at + 1 :]]
            same = self._given.pool[take].asset.blob.sha256
            reserved = [(other.start_s, other.end_s) for other in others if other.asset.blob.sha256 == same]
            start_s = self._shown.in_point(take, piece.frames)
            left.extend(self._parted(piece, take, start_s, reserved) or self._lay(piece, take, start_s, reserved))
        return left

    def _parted(
        self, piece: Piece, take: int, start_s: float, reserved: Sequence[tuple[float, float]]
    ) -> tuple[Piece, ...]:
        """The parts of a piece for which something is shown again and yet too short, if what was not shown at all is
        long enough for the first of them.
        """
        if not self._shown.uses.get(self._given.groups[take]):
            return ()
        lasts = self._shown.lasts(take, start_s, reserved)
        if lasts >= piece.frames:
            return ()
        end = cut_inside(self._given.wanted[piece.shot], piece, max(1, lasts), self._least)
        if not self._fresh(end - piece.start):
            return ()
        return Piece(piece.shot, piece.start, end), Piece(piece.shot, end, piece.end)

    def _freshen(self) -> None:
        """What is shown again gives way to what was not shown at all, where that turned out to be long enough: a piece
        that was cut short may be covered by what its whole was too long for.
        """
        for laid in sorted(self._done, key=lambda each: each.piece.start):
            group = self._given.groups[laid.take]
            same = [each for each in self._done if self._given.groups[each.take] == group]
            if laid.pinned or min(each.piece.start for each in same) == laid.piece.start:
                continue
            fresh = self._fresh(laid.piece.frames)
            if not fresh:
                continue
            take = max(fresh, key=lambda index: float(self._value[laid.piece.shot, index]))
            place = self._done.index(laid)
            self._done[place + 1 :] = [
                replace(each, again=each.again - 1) if each in same and each.again else each
                for each in self._done[place + 1 :]
            ]
            del self._done[place]
            self._lay(laid.piece, take, self._shown.in_point(take, laid.piece.frames), ())

    def _fresh(self, frames: int) -> list[int]:
        """The takes that cover so many frames of which nothing was shown."""
        return [
            index
            for index, (take, group) in enumerate(zip(self._given.pool, self._given.groups, strict=True))
            if take.unfit is None and take.frames >= frames and not self._shown.uses.get(group)
        ]

    def _lay(
        self, piece: Piece, take: int, start_s: float, reserved: Sequence[tuple[float, float]], *, pinned: bool = False
    ) -> list[Piece]:
        """Show as much of the piece as the take lasts; the rest of it, if any."""
        lasts = self._shown.lasts(take, start_s, reserved)
        shot = self._given.wanted[piece.shot]
        end = piece.end if lasts >= piece.frames else cut_inside(shot, piece, max(1, lasts), self._least)
        shown = Piece(piece.shot, piece.start, end)
        parts = self._parts(shown if end < piece.end else piece, take)
        again = self._shown.uses.get(self._given.groups[take], 0)
        unseen = self._shown.unseen(take, start_s, shown.frames)
        self._done.append(Laid(shown, take, start_s, parts, again, unseen, pinned))
        self._shown.show(take, start_s, shown.frames, piece.shot)
        return [Piece(piece.shot, end, piece.end)] if end < piece.end else []

    def _parts(self, piece: Piece, take: int) -> dict[str, float]:
        scores = self._given.scores
        parts = {name: float(grid[piece.shot, take]) for name, grid in scores.parts.items()}
        parts["length_fit"] = float(length_fit([piece.frames], [self._given.pool[take]])[0, 0])
        parts["freshness"] = float(self._freshness()[take])
        parts["order"] = float(self._turns[piece.shot, take])
        return parts

    # --- costs -------------------------------------------------------------------------------------------------------

    def _cost(self, batch: Sequence[Piece]) -> Grid:
        given, rows = self._given, [piece.shot for piece in batch]
        frames = [piece.frames for piece in batch]
        weights = given.scores.weights
        value = self._value[rows] - weights["length_fit"] * given.scores.parts["length_fit"][rows]
        value = (
            value + weights["length_fit"] * length_fit(frames, given.pool) + weights["freshness"] * self._freshness()
        )
        uses = np.array([self._shown.uses.get(group, 0) for group in given.groups], dtype=np.float64)
        takes = np.array([self._shown.takes.get(index, 0) for index in range(len(given.pool))])
        unfit = np.array([take.unfit is not None for take in given.pool])
        cost = -value + _AGAIN * uses + _UNFIT * unfit + _SAME_TAKE * takes
        for row, piece in enumerate(batch):
            if piece.start == given.wanted[piece.shot].start:
                cost[row] += self._avoid[piece.shot][self._group]
            else:
                cost[row] -= self._continues(piece)
            cost[row] += self._soon(piece.shot)[self._group]
        return np.where(self._fits(frames), cost, _NEVER)

    def _fits(self, frames: Sequence[int]) -> NDArray[np.bool_]:
        """Whether a take covers a piece, or enough of it that neither part is a flash."""
        wanted = np.array(frames)[:, None]
        own = np.array([take.frames for take in self._given.pool])
        reach = np.array([take.reach for take in self._given.pool])
        enough = own >= self._least
        fits = (own >= wanted) | (enough & (reach >= wanted)) | (enough & (wanted >= 2 * self._least))
        return np.where(fits.any(axis=1, keepdims=True), fits, enough)  # some part has to be short

    def _freshness(self) -> NDArray[np.float64]:
        shown = np.array([self._shown.uses.get(group, 0) for group in self._given.groups])
        return np.asarray(1.0 / (1.0 + self._places + self._before + shown))

    def _soon(self, shot: int) -> NDArray[np.float64]:
        """What it costs to show a group again so soon before or after it was shown."""
        cost = np.zeros(self._columns)
        within = min(_SOON_SHOTS, self._columns)
        for group, shots in self._shown.shots.items():
            gap = min(abs(shot - other) for other in shots)
            cost[group] = _SOON * max(0.0, 1.0 - gap / within)
        return cost

    def _continues(self, piece: Piece) -> NDArray[np.float64]:
        """What it is worth to go on with the clip that was shown up to this piece."""
        before = next((laid for laid in self._done if laid.piece.end == piece.start), None)
        if before is None:
            return np.zeros(len(self._given.pool))
        clip = self._given.pool[before.take].clip
        stopped = before.start_s + before.piece.frames / self._given.fps
        worth = [
            0.0 if take.clip != clip else _FOLLOWS if abs(take.start_s - stopped) < SHORTEST_S else _SAME_CLIP
            for take in self._given.pool
        ]
        return np.array(worth)

    def _by_group(self, cost: Grid) -> tuple[NDArray[np.int64], Grid]:
        """For each piece and group the take of it that costs least, and what it costs."""
        by_group = np.full((len(cost), self._columns), _NEVER)
        best = np.zeros((len(cost), self._columns), dtype=np.int64)
        for take, group in enumerate(self._given.groups):
            better = cost[:, take] < by_group[:, group]
            by_group[better, group] = cost[better, take]
            best[better, group] = take
        return best, by_group

    # --- other variants ----------------------------------------------------------------------------------------------

    def _shown_before(self, earlier: Sequence[Sequence[Laid]]) -> NDArray[np.float64]:
        counts = np.zeros(self._columns)
        for variant_before in earlier:
            for laid in variant_before:
                counts[self._given.groups[laid.take]] += 1
        return np.asarray(counts[self._group])

    def _as_before(self, earlier: Sequence[Sequence[Laid]]) -> Grid:
        """What it costs to begin a shot with a group that an earlier variant begins it with. In less than half of the
        shots, those where all else would be much worse, it costs nothing; in the first it always does.
        """
        shots = len(self._given.wanted)
        counts = np.zeros((shots, self._columns))
        for variant_before in earlier:
            for laid in variant_before:
                if laid.piece.start == self._given.wanted[laid.piece.shot].start and not laid.pinned:
                    counts[laid.piece.shot, self._given.groups[laid.take]] += 1
        cost = np.minimum(_AS_BEFORE * counts, _AS_BEFORE_MOST)
        for shot in self._worth_keeping(counts):
            cost[shot] = 0.0
        if earlier:
            cost[0] += self._zones(earlier)
        return cost

    def _worth_keeping(self, counts: Grid) -> list[int]:
        _, by_group = self._by_group(-self._value)
        others = np.where(counts > 0, _NEVER, by_group).min(axis=1)
        regret = np.where(counts.any(axis=1), others - by_group.min(axis=1), 0.0)
        most = (len(counts) + 1) // 2 - 1
        ranked = sorted(range(1, len(counts)), key=lambda shot: (-regret[shot], shot))
        return [shot for shot in ranked[:most] if regret[shot] > _REGRET]

    def _zones(self, earlier: Sequence[Sequence[Laid]]) -> NDArray[np.float64]:
        cost = np.zeros(self._columns)
        for variant_before in earlier:
            first = variant_before[0]
            clip = self._given.pool[first.take]
            zone_s = max(1.0, clip.asset.facts.duration_s / (len(earlier) + 1))
            for take, group in zip(self._given.pool, self._given.groups, strict=True):
                if take.clip == clip.clip:
                    away = abs(take.start_s - first.start_s) / zone_s
                    cost[group] = max(cost[group], _SAME_ZONE * max(0.0, 1.0 - away))
        return cost


def cut_inside(shot: Shot, piece: Piece, most: int, least: int) -> int:
    """Where a piece that is longer than its take changes to the next one: where a word begins, if neither part is then
    shorter than ``least`` frames; else where it must."""
    enough = min(least, most)
    latest = min(piece.start + most, piece.end - least)
    inside = [bound for bound in shot.bounds if piece.start + enough <= bound <= latest]
    if inside:
        return inside[-1]
    return latest if latest >= piece.start + enough else piece.start + min(most, (piece.frames + 1) // 2)


def _assigned(cost: Grid) -> list[int]:
    """For each row the column it gets, so that the sum is least; -1 for none."""
    _, rows, _ = lap.lapjv(np.ascontiguousarray(cost), extend_cost=True)
    return [int(column) for column in rows]
