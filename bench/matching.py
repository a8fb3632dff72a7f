"""How often the picture is the right one: sentences in three languages over 120 described pieces of footage.

``python -m bench.matching``. Each sentence alone, and all of a language as one script; with the language models, if
they are installed, and by spelling. First the 81 sentences that weights and scales were chosen with, then the 48 that
nobody looked at before: the latter judge. How they were written: tests/material/matching.yaml, matching_unseen.yaml.
"""

from __future__ import annotations

import asyncio
import time

from kit.process import cages
from services.footage.likeness import Likeness
from services.footage.meaning import Meaning, Spelling, meaning
from services.footage.planning import plan
from tests.material.matching import (
    KINDS,
    MatchingSet,
    Sentence,
    alone,
    asked,
    load,
    share,
    shares,
    together,
    told,
    unseen,
)

LANGUAGES = ("en", "de", "ro")
_SHOTS, _VARIANTS = 60, 10


async def main() -> None:
    await cages.choose("auto")
    makers: list[Meaning] = [Spelling()]
    if not isinstance(best := meaning(), Spelling):
        makers.insert(0, best)
    for maker in makers:
        for name, given in (("tuned with", load()), ("unseen before", unseen())):
            print(f"\n===== {name}: {len(given.sentences)} sentences, {len(given.footage.clips)} pictures")
            likeness = await _asked(given, maker)
            _figures("each sentence alone", [(each, alone(given, each, likeness)) for each in given.sentences])
            scripts = {language: together(given, language, likeness) for language in LANGUAGES}
            _figures("a script a language", [pair for shown in scripts.values() for pair in shown.items()])
            _variants(given, likeness)
        await maker.close()


async def _asked(given: MatchingSet, maker: Meaning) -> Likeness:
    began = time.perf_counter()
    likeness = await asked(given, maker)
    print(f"\n== {maker.identity}: {1000 * (time.perf_counter() - began):.0f} ms for all sentences and descriptions")
    return likeness


def _figures(what: str, shown: list[tuple[Sentence, str]]) -> None:
    counted = shares(shown)
    print(f"\n{what}, right at first:")
    for kind in KINDS:
        if any(key[0] == kind for key in counted):
            by_language = "  ".join(f"{k[1]} {right}/{of}" for k, (right, of) in counted.items() if k[0] == kind)
            print(f"  {kind:8} {share(counted, kind):4.0%}   {by_language}")
    print(f"  words and synonyms together {share(counted, 'word', 'synonym'):.0%}")


def _variants(given: MatchingSet, likeness: Likeness) -> None:
    told_of = told([each.text for each in given.sentences[:_SHOTS]], "en")
    began = time.perf_counter()
    plan(*told_of, given.footage, 1, likeness=likeness)
    one = time.perf_counter() - began
    clips, _ = plan(*told_of, given.footage, _VARIANTS, likeness=likeness)
    both = time.perf_counter() - began - one
    print(f"\n{len(clips)} shots: variant 1 in {1000 * one:.0f} ms, variant {_VARIANTS} in {1000 * both:.0f} ms")
    print(f"clips shown twice: {len(clips) - len({clip.asset for clip in clips})}")


if __name__ == "__main__":
    asyncio.run(main())
