"""Where a failed job goes on: the step of each failed video, and the fact that the step has to take up again. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from contracts.events import Event, JobRequestedV1, RetryRequestedV1, VideoEvent
from contracts.progress import StepName
from contracts.story import JobStory, State, StepState, VideoView, view
from contracts.streams import durable

Sequenced = tuple[Event, int]


def retries(story: JobStory, log: Iterable[Sequenced], at: datetime) -> tuple[RetryRequestedV1, ...]:
    """What to announce so that each failed video goes on from its failed step; empty if none failed.

    ``log``: the job's facts with their sequences, in order.
    """
    facts = tuple(log)

    def retry(step: StepName, run: int, video: VideoView | None) -> RetryRequestedV1:
        return RetryRequestedV1(
            owner=story.owner,
            lane=story.lane,
            at=at,
            job=story.job,
            video=None if video is None else video.id,
            number=0 if video is None else video.number,
            run=run,
            inbox=step.value,
            input_seq=_input_seq(facts, step, video),
        )

    failed = [(video, _failed_step(video)) for video in view(story).videos if video.state is State.FAILED]
    if any(step is StepName.SCRIPT for _, step in failed):  # it makes the words of all variants at once
        return (retry(StepName.SCRIPT, 1 + max(video.run for video, _ in failed), None),)
    return tuple(retry(step, video.run + 1, video) for video, step in failed)


def _failed_step(video: VideoView) -> StepName:
    return next(step.step for step in video.steps if step.state is StepState.FAILED)


def _input_seq(facts: tuple[Sequenced, ...], step: StepName, video: VideoView | None) -> int:
    """The place of the last fact that is the step's input."""
    hears = durable(step.value).hears
    found = 0
    for event, seq in facts:
        mine = isinstance(event, JobRequestedV1) or (
            isinstance(event, VideoEvent) and video is not None and event.video == video.id
        )
        if isinstance(event, hears) and mine:
            found = seq
    return found
