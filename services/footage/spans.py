from dataclasses import dataclass
from contracts.media import MediaFacts


@dataclass(frozen=True)
class Usable:
    start_s: float
    end_s: float


def usable(facts: MediaFacts) -> Usable:
    return Usable(0.0, facts.duration_s)
