"""How well each take suits each shot, in parts. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contracts.speech import Narration
from services.footage.hits import Hit, Index, total
from services.footage.likeness import Likeness
from services.footage.shots import Shot
from services.footage.takes import Take

Grid = NDArray[np.float64]  # a row a shot, a column a take

# What a score is made of; each part is 0..1. What is said decides. Meaning has the greatest weight because it differs
# little from clip to clip, and because what shares a keyword is close in meaning too; a single word that is on another
# clip by chance must not outweigh it. Then length (a change in the middle of a sentence is seen), how good it looks and
# how seldom it is shown; the order among equals. Figures: python -m bench.matching.
WEIGHTS = {
    "keyword": 0.20,
    "meaning": 0.64,
    "length_fit": 0.07,
    "footage": 0.04,
    "freshness": 0.03,
    "favourite": 0.01,
    "order": 0.01,
}
# Where no clip has a word, their weight goes to length and order: a clip that is too short comes when it fits, the
# others in the order they were given in.
WORDLESS = {
    "keyword": 0.0,
    "meaning": 0.0,
    "length_fit": 0.60,
    "order": 0.20,
    "footage": 0.10,
    "freshness": 0.08,
    "favourite": 0.02,
}
_PLAYS_ON = 0.9  # long enough only with what follows in its scene
_TOO_SHORT = 0.5  # most that a take too short for the shot can reach in length_fit
SAID = 0.2  # of keyword, from which on the words count as the reason
MEANT = 0.3  # of meaning, likewise


@dataclass(frozen=True, slots=True)
class Scores:
    """The parts of all scores that do not depend on what else is shown, and the words that were found."""

    weights: dict[str, float]
    parts: dict[str, Grid]
    hits: tuple[dict[int, list[Hit]], ...]  # a shot each: by number of text
    texts: tuple[int, ...]  # a take each: number of its text

    @property
    def fixed(self) -> Grid:
        first, *others = (self.weights[name] * grid for name, grid in self.parts.items())
        return np.asarray(sum(others, first))

    def best_hit(self, shot: int, take: int) -> Hit | None:
        found = self.hits[shot].get(self.texts[take])
        return found[0] if found else None


def score(narration: Narration, wanted: Sequence[Shot], pool: Sequence[Take], likeness: Likeness) -> Scores:
    distinct = list(dict.fromkeys(take.said for take in pool))
    number_of = {said: number for number, said in enumerate(distinct)}
    texts = tuple(number_of[take.said] for take in pool)
    index = Index(distinct, narration.language)
    spoken = {phrase.index: phrase.text for phrase in narration.phrases}
    sentences = [[spoken[index] for index in shot.phrases] for shot in wanted]
    hits = tuple(index.hits(" ".join(those)) for those in sentences)
    said = np.zeros((len(wanted), len(distinct)))
    for row, found in enumerate(hits):
        for number, its in found.items():
            said[row, number] = total(its)
    meant = np.array([[max(likeness.of(one, each.text) for one in those) for each in distinct] for those in sentences])
    rows = np.ones((len(wanted), 1))
    return Scores(
        weights=WEIGHTS if any(distinct) else WORDLESS,
        parts={
            "keyword": said[:, texts],
            "meaning": meant[:, texts],
            "length_fit": length_fit([shot.frames for shot in wanted], pool),
            "footage": rows * np.array([min(1.0, max(0.0, take.score)) for take in pool]),
            "favourite": rows * np.array([float(take.favourite) for take in pool]),
        },
        hits=hits,
        texts=texts,
    )


def length_fit(frames: Sequence[int], pool: Sequence[Take]) -> Grid:
    """1 where a take covers so many frames, a little less where it does by playing on, else the share it covers."""
    wanted = np.array(frames, dtype=np.float64)[:, None]
    own = np.array([take.frames for take in pool])
    reach = np.array([take.reach for take in pool])
    partly = _TOO_SHORT * reach / wanted
    return np.where(own >= wanted, 1.0, np.where(reach >= wanted, _PLAYS_ON, partly))


def order(wanted: int, pool: Sequence[Take], number: int, clips: int) -> Grid:
    """1 for the clip whose turn it is: shots go through the clips in their order, each variant from another one on."""
    turn = np.array([take.clip - (number - 1) for take in pool])
    return 1.0 - ((turn - np.arange(wanted)[:, None]) % clips) / clips


def places(pool: Sequence[Take], groups: Sequence[int]) -> NDArray[np.float64]:
    """For each take how many better ones its clip has that show something else."""
    ahead = np.zeros(len(pool))
    by_clip: dict[int, list[int]] = {}
    for index, take in enumerate(pool):
        by_clip.setdefault(take.clip, []).append(index)
    for indices in by_clip.values():
        seen: dict[int, int] = {}
        for index in sorted(indices, key=lambda index: (pool[index].unfit is not None, -pool[index].score)):
            ahead[index] = seen.setdefault(groups[index], len(seen))
    return ahead
