"""Which part of an upload is worth showing. Pure."""

from __future__ import annotations

from contracts.media import MediaFacts
from contracts.values import Value

# Hands shake when a recording is started and stopped. Of a short clip nothing is given away.
SHORT_S = 4.0
TRIM_SHARE = 0.1  # of what a clip has beyond SHORT_S, at each end
TRIM_MAX_S = 0.75


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
