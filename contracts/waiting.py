"""What a job that has not ended waits for: the step, and the messages of the log that ask for it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from contracts.events import Event, JobRequestedV1, RetryRequestedV1, VideoEvent
from contracts.progress import STEPS, StepName
from contracts.story import AT_REST, JobStory, StepState, VideoView, view
from contracts.streams import durable

Sequenced = tuple[Event, int]


@dataclass(frozen=True, slots=True)
class Wait:
    """A step that has no outcome yet, for one video or (``video`` None) for all of a job.

    ``input_seq`` is the place of its input in the log, ``asked_by`` the places of all messages that ask for it in this
    run. ``again``: how often it was asked for again within the run.
    """

    step: StepName
    video: UUID | None
    number: int
    run: int
    input_seq: int
    asked_by: tuple[int, ...]
    again: int

    @property
    def inbox(self) -> str:
        return self.step.value


def waits(story: JobStory, log: Iterable[Sequenced]) -> tuple[Wait, ...]:
    """What each video that the line works on waits for. ``log``: the job's facts with their sequences, in order."""
    facts = tuple(log)
    found: dict[tuple[StepName, UUID | None], Wait] = {}
    for video in view(story).videos:
        if video.state not in AT_REST:
            wait = _wait(facts, video)
            found.setdefault((wait.step, wait.video), wait)
    return tuple(found.values())


def _wait(facts: tuple[Sequenced, ...], video: VideoView) -> Wait:
    step = next_step(video)
    whom = None if step is StepName.SCRIPT else video.id
    asked_by = [
        seq
        for event, seq in facts
        if isinstance(event, RetryRequestedV1)
        and (event.inbox, event.video, event.run) == (step.value, whom, video.run)
    ]
    begun = input_of(facts, step, video.id)
    input_seq = 0 if begun is None else begun[1]
    in_this_run = begun is not None and getattr(begun[0], "run", 1) == video.run
    again = len(asked_by) if in_this_run else max(0, len(asked_by) - 1)  # the run's first message is no repetition
    return Wait(
        step=step,
        video=whom,
        number=0 if whom is None else video.number,
        run=video.run,
        input_seq=input_seq,
        asked_by=tuple(sorted({input_seq, *asked_by})),
        again=again,
    )


def check_wait(log: Iterable[Sequenced], video: VideoView) -> Wait | None:
    """What a finished video waits for that the quality gate has said nothing of; None if that can't be told."""
    facts = tuple(log)
    begun = input_of(facts, StepName.QUALITY, video.id)
    if begun is None or not video.waits_for_check:
        return None
    asked_by = [
        seq
        for event, seq in facts
        if isinstance(event, RetryRequestedV1)
        and (event.inbox, event.video, event.run) == (StepName.QUALITY.value, video.id, video.run)
    ]
    return Wait(
        step=StepName.QUALITY,
        video=video.id,
        number=video.number,
        run=video.run,
        input_seq=begun[1],
        asked_by=tuple(sorted({begun[1], *asked_by})),
        again=len(asked_by),
    )


def next_step(video: VideoView) -> StepName:
    """The first step that is not done."""
    done = {step.step for step in video.steps if step.state is StepState.DONE}
    return next((step for step in STEPS if step not in done), STEPS[-1])


def input_of(facts: Iterable[Sequenced], step: StepName, video: UUID | None) -> Sequenced | None:
    """The last fact that is a step's input, with its place, or None if there is none that can be read."""
    hears = durable(step.value).hears
    found = None
    for event, seq in facts:
        mine = isinstance(event, JobRequestedV1) or (isinstance(event, VideoEvent) and event.video == video)
        if isinstance(event, hears) and mine:
            found = event, seq
    return found
