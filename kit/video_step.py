"""What all steps that follow one video have in common: whom they are for, and how they fail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from contracts.events import StepCancelled, StepFailed, VideoEvent
from contracts.faults import FaultReport
from contracts.progress import StepName
from kit.work import Done, Ticket


class VideoStep:
    """The base of a step that hears one video's fact and announces the next one."""

    name: ClassVar[StepName]
    failed_fact: ClassVar[type[StepFailed]]
    cancelled_fact: ClassVar[type[StepCancelled]]

    def ticket(self, event: VideoEvent) -> Ticket:
        return Ticket(
            job=event.job,
            videos=((event.video, event.number),),
            run=event.run,
        )

    def failed(self, event: VideoEvent, done: Done, fault: FaultReport) -> Sequence[StepFailed]:
        return [self.failed_fact(**passed_on(event, done), fault=fault, **self._station("failed_step"))]

    def cancelled(self, event: VideoEvent, done: Done) -> Sequence[StepCancelled]:
        return [self.cancelled_fact(**passed_on(event, done), **self._station("cancelled_step"))]

    def _station(self, field: str) -> dict[str, Any]:
        facts = (self.failed_fact, self.cancelled_fact)
        return {field: self.name} if any(field in fact.model_fields for fact in facts) else {}


def passed_on(event: VideoEvent, done: Done) -> dict[str, Any]:
    """The fields every fact of a video hands on to the next one."""
    return {
        "owner": event.owner,
        "lane": event.lane,
        "job": event.job,
        "video": event.video,
        "number": event.number,
        "run": event.run,
        "received_at": done.received_at,
        "at": done.at,
        "reused": done.reused,
    }
