"""What the holder of a video and its helpers tell one another. Both may be of different versions for a while."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter

from contracts.outputs import Output
from contracts.timeline import Timeline
from contracts.values import Value

WARNINGS_MOST = 2000  # characters of what an encoder said


class Offer(Value):
    """Help is wanted with a video; more is told at ``holder``."""

    job: UUID
    video: UUID
    holder: str


class Hello(Value):
    """What is to be made? Answered by ``Told``."""

    ask: Literal["hello"] = "hello"


class Next(Value):
    """Is there a run for this worker? Answered by ``Handed``."""

    ask: Literal["next"] = "next"
    worker: str


class Far(Value):
    """So far is a share: frames encoded, GOPs finished and put away. Answered by ``Wanted``."""

    ask: Literal["far"] = "far"
    share: int
    frames: int = 0
    finished: tuple[int, ...] = ()


class Left(Value):
    """A share is done with, or given back. Not answered."""

    ask: Literal["left"] = "left"
    share: int
    finished: tuple[int, ...] = ()
    failed: bool = False
    warnings: str = ""


class Told(Value):
    """The video that is made. ``make``: the fingerprint of its GOPs' keys."""

    timeline: Timeline
    output: Output
    make: str


class Handed(Value):
    """A run of so many GOPs. With none of them there is no run."""

    share: int = 0
    first: int = 0
    count: int = 0


class Wanted(Value):
    """The first GOP after those of a share that are still wanted; 0: none is."""

    end: int


Question = Annotated[Hello | Next | Far | Left, Field(discriminator="ask")]
QUESTIONS: TypeAdapter[Question] = TypeAdapter(Question)
