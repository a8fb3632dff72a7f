"""Images and clips shown over footage: what is asked for, and where in a text the words are that one stands at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from contracts.faults import LogicalFault
from contracts.looks import Corner
from contracts.searching import folded
from contracts.values import Asked

INSERTS_MAX = 20
INSERT_MIN_S, INSERT_MAX_S = 1.0, 10.0
WHEN_CHARS = 200

InsertMode = Literal["interstitial", "pip"]
PipPlace = Corner | Literal["top", "centre", "bottom"]

_READ = r"^[^\x00]*[^\W_][^\x00]*$"
_WORD = re.compile(r"[^\W_]+")


class Inset(Asked):
    """Where a picture in picture stands. ``size`` is the side of the square it is fitted into, as a share of the
    picture's shorter side.
    """

    place: PipPlace = "top_left"
    size: float = Field(default=0.5, ge=0.2, le=0.9)


class InsertChoice(Inset):
    """An image or a clip over the footage: filling the frame, or framed in a part of it.

    It begins when the words ``when`` are spoken, or ``at_s`` seconds into the video (an intro not counted). Inserts
    with neither are spread over the rest.
    """

    asset: UUID
    mode: InsertMode = Field(
        default="pip", description="interstitial: fills the frame; pip: framed, in a part of the picture"
    )
    when: Annotated[str, StringConstraints(min_length=1, max_length=WHEN_CHARS, pattern=_READ)] | None = Field(
        default=None,
        description="Words of the script. Named by several inserts, each stands at the next place they are said",
    )
    at_s: float | None = Field(default=None, ge=0, le=3600)
    length_s: float = Field(default=3.0, ge=INSERT_MIN_S, le=INSERT_MAX_S)

    @property
    def inset(self) -> Inset:
        return Inset(place=self.place, size=self.size)

    @model_validator(mode="after")
    def _stands_at_one_moment(self) -> Self:
        if self.when is not None and self.at_s is not None:
            raise ValueError("an insert stands at words (when) or at a moment (at_s), not at both")
        return self

    @model_validator(mode="after")
    def _fits_its_mode(self) -> Self:
        if self.mode == "interstitial" and self.inset != Inset():
            raise ValueError("place and size are only for the mode pip; an interstitial fills the frame")
        return self


def standing_at(inserts: Sequence[InsertChoice], words: Sequence[str]) -> dict[int, int]:
    """For each insert (by place) that names words the number of the word at which they begin. Case, accents and marks
    don't count; what an earlier insert stands at is taken.

    Raises:
        WordsNotSaid: the words are not said (again).
    """
    said = [(part, number) for number, word in enumerate(words) for part in _WORD.findall(folded(word))]
    parts = [part for part, _ in said]
    taken: set[int] = set()
    found: dict[int, int] = {}
    for place, insert in enumerate(inserts):
        if insert.when is None:
            continue
        wanted = _WORD.findall(folded(insert.when))
        places = [at for at in range(len(parts)) if wanted and parts[at : at + len(wanted)] == wanted]
        free = next((at for at in places if at not in taken), None)
        if free is None:
            raise WordsNotSaid(place, insert.when, len(places))
        taken.add(free)
        found[place] = said[free][1]
    return found


class WordsNotSaid(LogicalFault):
    """The words at which insert number ``place`` should begin are not said, or not as often as inserts name them."""

    def __init__(self, place: int, words: str, times: int) -> None:
        often = "only once" if times == 1 else f"only {times} times"
        why = f"are said {often}, and other inserts stand there" if times else "are not said in the script"
        super().__init__(f"the words “{words}” of insert {place + 1} {why}", code="insert_words_missing")
        self.place = place
