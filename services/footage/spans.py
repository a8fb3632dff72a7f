"""Which part of an upload is worth showing. Pure."""

from __future__ import annotations

from contracts.media import MediaFacts
from contracts.values import Value

# Hands shake when a recording is started and stopped. Of a short clip nothing is given away.
SHORT_S = 4.0
TRIM_SHARE = 0.1  # of what a clip has beyond SHORT_S, at each end
TRIM_MAX_S = 0.75
STILL_S = 3600.0  # longer than any video


class Usable(Value):
    """The span of a source that may be shown, in seconds from its first picture."""

    start_s: float
    end_s: float

    @property
    def length_s(self) -> float:
        return self.end_s - self.start_s


def usable(facts: MediaFacts) -> Usable:
    trim = min(TRIM_MAX_S, TRIM_SHARE * max(0.0, facts.duration_s - SHORT_S))
    return Usable(start_s=trim, end_s=facts.duration_s - trim)


def showable(facts: MediaFacts) -> Usable:
    """The same, for whoever looks for a picture: an image has one for as long as anybody likes."""
    return Usable(start_s=0.0, end_s=STILL_S) if facts.still else usable(facts)
