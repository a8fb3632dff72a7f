"""Where a failed job goes on: the step of each failed video, and the fact that the step has to take up again. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from contracts.events import RetryRequestedV1
from contracts.progress import STEPS, StepName
from contracts.story import JobStory, State, StepState, VideoView, view
from contracts.waiting import Sequenced, input_of


def retries(
    story: JobStory, log: Iterable[Sequenced], at: datetime, only: UUID | None = None
) -> tuple[RetryRequestedV1, ...]:
    """What to announce so that each failed video goes on from its failed step; empty if none failed.

    ``log``: the job's facts with their sequences, in order. ``only``: no other video than this one.
    """
    facts = tuple(log)

    def retry(step: StepName, run: int, video: VideoView | None) -> RetryRequestedV1:
        begun = input_of(facts, step, None if video is None else video.id)
        return RetryRequestedV1(
            owner=story.owner,
            lane=story.lane,
            at=at,
            job=story.job,
            video=None if video is None else video.id,
            number=0 if video is None else video.number,
            run=run,
            inbox=step.value,
            input_seq=0 if begun is None else begun[1],
        )

    there = (video for video in view(story).videos if video.deleted_at is None)
    videos = [video for video in there if video.state is State.FAILED and only in {None, video.id}]
    failed = [(video, _step_to_begin_with(facts, video)) for video in videos]
    if any(step is StepName.SCRIPT for _, step in failed):  # it makes the words of all variants at once
        return (retry(StepName.SCRIPT, 1 + max(video.run for video in view(story).videos), None),)
    return tuple(retry(step, video.run + 1, video) for video, step in failed)


def _step_to_begin_with(facts: tuple[Sequenced, ...], video: VideoView) -> StepName:
    """The failed step; if nothing that can be read asks for it, the last one before it that has an input."""
    failed = next(step.step for step in video.steps if step.state is StepState.FAILED)
    before = STEPS[: STEPS.index(failed) + 1]
    return next((step for step in reversed(before) if input_of(facts, step, video.id) is not None), StepName.SCRIPT)
