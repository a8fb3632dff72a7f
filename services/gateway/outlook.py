"""What is to be expected of videos that are being made: how long it will take, and how many come first. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from contracts.outputs import Quality
from contracts.progress import StepName
from contracts.story import AT_REST, Awaited, StepState, StepView, VideoView
from contracts.subjects import FAST_LANE
from kit.lanes import place

_TELLING = 0.05  # below this share of a step the time so far says little about the rest


@dataclass(frozen=True, slots=True)
class Typical:
    """Medians of recent finished steps: seconds, and seconds for each second of video that was made."""

    took_s: float
    per_s: float | None = None

    def of(self, made_s: float | None) -> float:
        return self.took_s if made_s is None or self.per_s is None else self.per_s * made_s


@dataclass(frozen=True, slots=True)
class Queues:
    """By inbox and lane: the last message that was handed out, and how many were not yet."""

    taken: Mapping[tuple[str, str], int] = field(default_factory=dict)
    waiting: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def taken_in(self, lane: str) -> dict[str, int]:
        return {inbox: seq for (inbox, each), seq in self.taken.items() if each == lane}

    def waits(self, awaited: Awaited, lane: str) -> bool:
        """Whether a message is known not to have been handed out."""
        return awaited.seq > self.taken.get((awaited.step.value, lane), awaited.seq)

    def place(self, inbox: str, lane: str, own: int) -> int:
        """Roughly as how manyeth a message is handed out, of all lanes, that is number ``own`` in its own."""
        waiting = {each: count for (name, each), count in self.waiting.items() if name == inbox}
        return place(own, lane, waiting, FAST_LANE)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is known of the line at a moment, for one job. ``files``: how many each of its videos has; ``taken``: the
    last message that was handed out of its lane of each inbox; ``places``: by step and message, the place of those that
    were not.
    """

    at: datetime
    quality: Quality = "final"
    files: int = 1
    typical: Mapping[tuple[str, str], Typical] = field(default_factory=dict)
    taken: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[Awaited, int] = field(default_factory=dict)

    def place(self, awaited: Awaited) -> int | None:
        return self.places.get(awaited)

    def eta_s(self, video: VideoView, steps: Sequence[StepView]) -> float | None:
        """Seconds until a video is finished, if nothing else has to be waited for; None if that is not known.

        A step in a queue makes it unknown: how long the others take is not ours to promise.
        """
        if video.state in AT_REST or any(step.queue_place is not None for step in steps):
            return None
        parts = [self._left_s(video, step) for step in steps]
        known = [part for part in parts if part is not None]
        return round(sum(known), 1) if len(known) == len(parts) else None

    def _left_s(self, video: VideoView, step: StepView) -> float | None:
        if step.state is StepState.DONE:
            return 0.0
        usual = self._usual_s(video, step.step)
        if step.state is not StepState.RUNNING:
            return usual if self._is_or_will_be_taken(video, step.step) else None
        if step.eta_s is not None:
            return step.eta_s
        so_far = 0.0 if step.began_at is None else max(0.0, (self.at - step.began_at).total_seconds())
        if step.share >= _TELLING and so_far:
            return so_far * (1 - step.share) / step.share
        return None if usual is None else max(0.0, usual - so_far)

    def _usual_s(self, video: VideoView, step: StepName) -> float | None:
        typical = self.typical.get((step.value, self.quality))
        if typical is None:
            return None
        made = None if video.length_s is None else video.length_s * (self.files if step is StepName.RENDER else 1)
        return typical.of(made)

    def _is_or_will_be_taken(self, video: VideoView, step: StepName) -> bool:
        """Whether nobody has to be waited for, as far as it is known: true of steps that are still to be asked for."""
        if video.awaited is None or video.awaited.step is not step:
            return True
        return video.awaited.seq <= self.taken.get(step.value, 0)
