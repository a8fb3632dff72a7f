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
class Lane:
    """The server's record of one lane of an inbox. Everything up to ``floor`` is settled, nothing above ``delivered``
    was taken, and ``in_work`` messages in between are neither.
    """

    delivered: int
    floor: int
    in_work: int


@dataclass(frozen=True, slots=True)
class Inbox:
    """A lane of an inbox, and how many workers live that take from it."""

    lane: Lane
    workers: int


@dataclass(frozen=True, slots=True)
class Inboxes:
    """All of them: their lanes, and their workers, by name."""

    lanes: Mapping[str, Mapping[str, Lane]]
    workers: Mapping[str, int]

    def at(self, inbox: str, lane: str) -> Inbox:
        """One of a newer version's lanes, which nothing was made for yet, has no worker either."""
        known = self.lanes.get(inbox, {}).get(lane)
        return Inbox(_NOTHING_TAKEN, 0) if known is None else Inbox(known, self.workers.get(inbox, 0))


_NOTHING_TAKEN = Lane(delivered=0, floor=0, in_work=0)


class Fate(Enum):
    """What became of a message at an inbox."""

    PENDING = auto()  # nobody has taken it
    IN_WORK = auto()  # a worker has it, or it waits for its next try; or that can't be told apart from settled
    SETTLED = auto()  # acknowledged or given up: it never comes again


def fate(seq: int, lane: Lane) -> Fate:
    if seq > lane.delivered:
        return Fate.PENDING
    return Fate.SETTLED if seq <= lane.floor or lane.in_work == 0 else Fate.IN_WORK


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
    fates = {fate(seq, inbox.lane) for seq in wait.asked_by}
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


def only_queued(story: JobStory, inboxes: Inboxes) -> bool:
    """Whether a job just waits for its turn everywhere, told by what was written down of it alone."""
    return all(
        _is_queued(_input_seq(story, video), inboxes.at(next_step(video).value, story.lane))
        for video in view(story).videos
        if video.state not in AT_REST
    )


def _is_queued(seq: int, inbox: Inbox) -> bool:
    return inbox.workers > 0 and seq > inbox.lane.delivered


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
