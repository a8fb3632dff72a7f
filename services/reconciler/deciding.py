"""What to do about work that has not moved for long, by what its inbox says of the messages that ask for it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from contracts.progress import STEPS, StepName
from contracts.story import AT_REST, JobStory, StepState, VideoView, view
from contracts.waiting import Wait, next_step

# Work that gets lost more often than this fails; each time takes as long as a job may stand still.
MOST_AGAIN = 3


@dataclass(frozen=True, slots=True)
class Inbox:
    """The server's record of an inbox. Everything up to ``floor`` is settled, nothing above ``delivered`` was taken,
    and ``in_work`` messages in between are neither. ``workers``: how many live.
    """

    delivered: int
    floor: int
    in_work: int
    workers: int


class Fate(Enum):
    """What became of a message at an inbox."""

    PENDING = auto()  # nobody has taken it
    IN_WORK = auto()  # a worker has it, or it waits for its next try; or that can't be told apart from settled
    SETTLED = auto()  # acknowledged or given up: it never comes again


def fate(seq: int, inbox: Inbox) -> Fate:
    if seq > inbox.delivered:
        return Fate.PENDING
    return Fate.SETTLED if seq <= inbox.floor or inbox.in_work == 0 else Fate.IN_WORK


class Act(Enum):
    """What to do about it."""

    QUEUED = auto()  # nothing: its turn has not come
    LEAVE = auto()  # say so; it is not lost
    AGAIN = auto()  # it is lost: have it done once more
    GIVE_UP = auto()  # it was lost too often


@dataclass(frozen=True, slots=True)
class Judgement:
    """What to do, and why, for a person."""

    act: Act
    why: str


def judge(wait: Wait, inbox: Inbox, name: str = "") -> Judgement:
    """Work is lost if every message that asks for it is settled and the log has no outcome; else it is only slow."""
    name = name or wait.inbox
    fates = {fate(seq, inbox) for seq in wait.asked_by}
    if Fate.PENDING in fates:
        if inbox.workers == 0:
            return Judgement(Act.LEAVE, f"no worker for {name}")
        return Judgement(Act.QUEUED, f"waits for its turn at {name}")
    if Fate.IN_WORK in fates:
        return Judgement(Act.LEAVE, f"in work at {name}, without any progress")
    lost = f"{name} took it and said nothing"
    if wait.again >= MOST_AGAIN:
        return Judgement(Act.GIVE_UP, f"{lost}, {wait.again + 1} times")
    return Judgement(Act.AGAIN, f"{lost}; it is asked for once more")


def only_queued(story: JobStory, inboxes: Mapping[str, Inbox]) -> bool:
    """Whether a job just waits for its turn everywhere, told by what was written down of it alone."""
    return all(
        inboxes[next_step(video).value].workers > 0
        and _input_seq(story, video) > inboxes[next_step(video).value].delivered
        for video in view(story).videos
        if video.state not in AT_REST
    )


def _input_seq(story: JobStory, video: VideoView) -> int:
    """The place of what the next step of a video takes, as far as it was written down."""
    step = next_step(video)
    if step is StepName.SCRIPT:
        return story.requested_seq or 0
    before = STEPS[STEPS.index(step) - 1]
    return max(
        (
            fact.seq
            for fact in story.facts.values()
            if (fact.video, fact.step, fact.state) == (video.id, before, StepState.DONE)
        ),
        default=0,
    )
