"""Sentences and pictures as the planner is given them, and how many it gets right: those of ``matching.yaml``, by which
it was tuned, and those of ``matching_unseen.yaml``, which judge it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from contracts.footage import Analysis, Described, Notes, Scores, Segment
from contracts.media import Asset, AssetKind, BlobRef, MediaFacts
from contracts.speech import Narration, Phrase, Word
from services.footage.likeness import Likeness
from services.footage.meaning import Meaning
from services.footage.planning import plan, texts
from services.footage.takes import Footage

KINDS = ("word", "synonym", "free", "across")
SECONDS = 8.0
Counted = Mapping[tuple[str, str], tuple[int, int]]  # by kind and language: how many are right, of how many
_SAID_S = 3.0


@dataclass(frozen=True, slots=True)
class Sentence:
    language: str
    kind: str
    right: str
    text: str


@dataclass(frozen=True, slots=True)
class MatchingSet:
    sentences: tuple[Sentence, ...]
    footage: Footage
    ids: Mapping[UUID, str]
    words: Mapping[str, str] = field(default_factory=dict)  # all that is said of a segment


def load() -> MatchingSet:
    """The sentences and pictures that weights and scales were chosen with."""
    read = _read("matching.yaml")
    return _made(read["segments"], read["phrases"])


def unseen() -> MatchingSet:
    """Others, among as many pictures: their own and those that no sentence of the first wants."""
    first, read = _read("matching.yaml"), _read("matching_unseen.yaml")
    wanted = {right for _, _, right, _ in first["phrases"]}
    others = {name: segment for name, segment in first["segments"].items() if name not in wanted}
    return _made({**read["segments"], **others}, read["phrases"])


def _read(name: str) -> Any:
    return yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def _made(segments: Mapping[str, Any], phrases: Sequence[Any]) -> MatchingSet:
    clips, described, seen, ids, said = [], [], {}, {}, {}
    for number, (name, (_, file, keywords, notes)) in enumerate(segments.items(), start=1):
        asset = _asset(number, file)
        clips.append(asset)
        described.append(Described(asset=asset.id, notes=Notes(keywords=tuple(keywords), notes=notes)))
        seen[asset.id] = _analysis(number)
        ids[asset.id] = name
        said[name] = " ".join([*keywords, notes])
    sentences = tuple(Sentence(*each) for each in phrases)
    return MatchingSet(sentences, Footage(clips, seen, described), ids, said)


async def asked(given: MatchingSet, maker: Meaning) -> Likeness:
    """What is told of all sentences, those of each language together."""
    pairs: dict[tuple[str, str], float] = {}
    for language in dict.fromkeys(each.language for each in given.sentences):
        those = [each.text for each in given.sentences if each.language == language]
        pairs.update((await maker.likeness(those, texts(given.footage), language)).pairs)
    return Likeness(maker.identity, pairs)


def told(sentences: Sequence[str], language: str) -> tuple[Narration, list[Word], float]:
    """A script of these sentences, each spoken in three seconds."""
    words = [
        Word(text=text, start_s=index * _SAID_S + 0.2, end_s=(index + 1) * _SAID_S, phrase=index)
        for index, text in enumerate(sentences)
    ]
    phrases = tuple(Phrase(index=index, text=text) for index, text in enumerate(sentences))
    return Narration(language=language, phrases=phrases), words, len(sentences) * _SAID_S


def alone(given: MatchingSet, sentence: Sentence, likeness: Likeness) -> str:
    """The picture that is shown for one sentence if it is all there is to say."""
    clips, _ = plan(*told([sentence.text], sentence.language), given.footage, 1, likeness=likeness)
    return given.ids[clips[0].asset]


def together(given: MatchingSet, language: str, likeness: Likeness, number: int = 1) -> dict[Sentence, str]:
    """The pictures that are shown where all sentences in a language are one script."""
    mine = [each for each in given.sentences if each.language == language and each.kind != "across"]
    clips, _ = plan(*told([each.text for each in mine], language), given.footage, number, likeness=likeness)
    first = {clip.phrase: given.ids[clip.asset] for clip in reversed(clips)}
    return {sentence: first[index] for index, sentence in enumerate(mine)}


def shares(shown: Iterable[tuple[Sentence, str]]) -> Counted:
    """By kind and language how many are right, of how many."""
    right: Counter[tuple[str, str]] = Counter()
    of: Counter[tuple[str, str]] = Counter()
    for sentence, segment in shown:
        of[sentence.kind, sentence.language] += 1
        right[sentence.kind, sentence.language] += segment == sentence.right
    return {key: (right[key], of[key]) for key in of}


def share(counted: Counted, *kinds: str) -> float:
    those = [pair for (kind, _), pair in counted.items() if kind in kinds]
    return sum(right for right, _ in those) / sum(of for _, of in those)


def _asset(number: int, name: str) -> Asset:
    facts = MediaFacts(container="mp4", demuxer="mov", duration_s=SECONDS, width=1920, height=1080, fps=30)
    blob = BlobRef(sha256=f"{number:064x}", size=1, media_type="video/mp4")
    return Asset(id=UUID(int=number), owner="someone", kind=AssetKind.FOOTAGE, name=name, blob=blob, facts=facts)


def _analysis(number: int) -> Analysis:
    """One good segment; how good has nothing to do with what is said."""
    score = 0.5 + 0.4 * ((number * 37) % 101) / 101
    parts: Any = dict.fromkeys(("motion", "variance", "sharpness", "contrast", "brightness"), score)
    phash = f"{(number * 0x9E3779B97F4A7C15) % (1 << 64):016x}"
    segment = Segment(start_s=0.5, end_s=7.0, number=0, score=score, scores=Scores(**parts), phash=phash)
    return Analysis(duration_s=SECONDS, segments=(segment,))
