"""For each phrase what was chosen, what else would do, and why in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from contracts.choosing import CHOSEN_BY_HAND
from contracts.speech import Narration
from contracts.timeline import Candidate, Match, MatchReport
from services.footage.assigning import Laid, Layout, Material
from services.footage.scoring import MEANT, SAID, WORDLESS
from services.footage.takes import Framing, Take

RUNNERS_UP = 3
_WHERE = {"keyword": "a keyword of this clip", "name": "in the name of this clip", "notes": "in the notes on this clip"}


class Reporter:
    """Tells of one variant."""

    def __init__(self, material: Material, layout: Layout, framing: Framing) -> None:
        self._given = material
        self._layout = layout
        self._framing = framing
        self._weights = material.scores.weights

    def report(self, narration: Narration) -> MatchReport:
        texts = {phrase.index: phrase.text for phrase in narration.phrases}
        matches = (match for shot in range(len(self._given.wanted)) for match in self._of_shot(shot, texts))
        return MatchReport(matches=tuple(matches))

    def _of_shot(self, shot: int, texts: dict[int, str]) -> Iterator[Match]:
        pieces = [laid for laid in self._layout.pieces if laid.piece.shot == shot]
        phrases = self._given.wanted[shot].phrases
        chosen, others = self.chosen(pieces[0]), self.runners_up(shot, pieces[0])
        for index in phrases:
            shared = f"shares the picture of phrase {phrases[0] + 1}: on its own it would only flash up"
            reason = self.reason(pieces) if index == phrases[0] else shared
            yield Match(phrase=index, text=texts[index], chosen=chosen, runners_up=others, reason=reason)

    def chosen(self, laid: Laid) -> Candidate:
        return self._candidate(laid.take, laid.start_s, laid.piece.frames, laid.parts)

    def runners_up(self, shot: int, first: Laid) -> tuple[Candidate, ...]:
        """The best of each other group that can be shown for the whole shot."""
        frames = self._given.wanted[shot].frames
        ranked = sorted(self._whole(shot, frames), key=lambda found: -found[0])
        known = {self._given.groups[first.take]}
        found: list[Candidate] = []
        for _, take, parts in ranked:
            if len(found) < RUNNERS_UP and self._given.groups[take] not in known:
                known.add(self._given.groups[take])
                found.append(self._candidate(take, self._layout.shown.in_point(take, frames), frames, parts))
        return tuple(found)

    def _whole(self, shot: int, frames: int) -> Iterator[tuple[float, int, dict[str, float]]]:
        for index, take in enumerate(self._given.pool):
            if take.reach >= frames:
                parts = {name: float(grid[shot, index]) for name, grid in self._given.scores.parts.items()}
                parts["freshness"] = float(self._layout.freshness[index])
                parts["order"] = float(self._layout.turns[shot, index])
                yield self._score(parts), index, parts

    def _candidate(self, index: int, start_s: float, frames: int, parts: dict[str, float]) -> Candidate:
        take, fps = self._given.pool[index], self._given.fps
        return Candidate(
            asset=take.asset.id,
            name=take.asset.name,
            source_in_s=start_s,
            source_out_s=max(take.reach_s, start_s + frames / fps),
            score=round(self._score(parts), 4),
            parts={name: round(parts[name], 4) for name in self._weights},
            segment=take.segment,
            crop=self._framing(take.focus, take.asset.facts, start_s, frames, fps),
            transform=take.transform,
        )

    def _score(self, parts: dict[str, float]) -> float:
        return sum(weight * parts[name] for name, weight in self._weights.items())

    # --- in words ----------------------------------------------------------------------------------------------------

    def reason(self, pieces: Sequence[Laid]) -> str:
        first = pieces[0]
        told = [CHOSEN_BY_HAND if first.pinned else self._why(first), *self._again(first), self._for_how_long(pieces)]
        return "; ".join(told)

    def _why(self, laid: Laid) -> str:
        take = self._given.pool[laid.take]
        hit = self._given.scores.best_hit(laid.piece.shot, laid.take)
        if laid.parts["keyword"] >= SAID and hit is not None:
            return f"“{hit.text}” is {_WHERE[hit.where]}"
        if laid.parts["meaning"] >= MEANT:
            return self._closest(laid)
        if self._weights is WORDLESS:
            return self._in_order(laid)
        if take.favourite:
            return "one of your favourites; nothing matches the words"
        if take.unfit is not None:
            return f"{take.unfit}, but all that looks better is shown already; nothing matches the words"
        return "least used good clip; nothing matches the words"

    def _closest(self, laid: Laid) -> str:
        grid, groups = self._given.scores.parts["meaning"][laid.piece.shot], self._given.groups
        better = np.flatnonzero(grid > laid.parts["meaning"] + 1e-9).tolist()
        closer = {groups[index] for index in better} - {groups[laid.take]}
        if not closer:
            return "closest in meaning of all clips"
        if laid.again == 0 and all(self._layout.shown.uses.get(group) for group in closer):
            return "closest in meaning of the clips not shown yet"
        return "close in meaning; what is closer suits another phrase better or is too short"

    def _in_order(self, laid: Laid) -> str:
        if laid.again:
            return "least used clip"
        if laid.parts["order"] < 1.0:
            turn = int(np.argmax(self._layout.turns[laid.piece.shot]))
            if self._given.pool[turn].reach < self._given.wanted[laid.piece.shot].frames:
                return f"unused clip, taken before its turn because {self._given.pool[turn].asset.name} is too short"
            return "unused clip"
        return "next unused clip in your order"

    def _again(self, laid: Laid) -> Iterator[str]:
        if laid.again:
            part = "a part not shown yet" if laid.unseen else "from another point"
            times = "once" if laid.again == 1 else f"{laid.again} times"
            yield f"shown {times} before, now {part}"

    def _for_how_long(self, pieces: Sequence[Laid]) -> str:
        frames = pieces[0].piece.frames
        if len(pieces) == 1:
            return f"long enough for {frames / self._given.fps:.1f} s"
        names = ", ".join(self._named(laid.take, pieces) for laid in pieces[1:])
        return f"lasts {frames / self._given.fps:.1f} s, then {names}"

    def _named(self, index: int, pieces: Sequence[Laid]) -> str:
        take: Take = self._given.pool[index]
        return f"more of {take.asset.name}" if take.clip == self._given.pool[pieces[0].take].clip else take.asset.name
