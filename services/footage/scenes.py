"""Where one shot ends and another begins, and where somebody speaks. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.footage import Stretch

# A cut is a picture that differs much more from the one before it than its neighbours do from theirs, as in
# PySceneDetect's AdaptiveDetector, whose ratio (3.0) and window (two pictures each way) these are. Its floor of 15 is
# for the mean of three channels; luma and chroma are summed here and chroma changes less, so that it is lower.
RATIO = 3.0
WINDOW = 2
FLOOR = 12.0  # grey levels
SHORTEST_SCENE_S = 0.2  # two cuts closer than that are a flash

# Silero's own: what is speech, what no longer is, and how short a stretch or a pause may be. Seconds.
SPEECH, SILENCE = 0.5, 0.35
SHORTEST_SPEECH_S, SHORTEST_PAUSE_S, PAD_S = 0.25, 0.1, 0.03


def scenes(
    frames: Sequence[float], changes: Sequence[float], across: Sequence[float], duration_s: float
) -> tuple[Stretch, ...]:
    """The shots end to end over the whole; each starts exactly with its first picture.

    ``changes``: by how much each picture differs from the one before, ``across``: from the one before that.
    """
    if duration_s <= 0:
        return ()
    starts = [0.0]
    for place in range(1, len(changes)):
        at = frames[place]
        if (
            _is_cut(changes, place)
            and not _is_flash(changes, across, place)
            and at - starts[-1] >= SHORTEST_SCENE_S
            and duration_s - at > 0
        ):
            starts.append(at)
    return tuple(
        Stretch(start_s=start, end_s=end) for start, end in zip(starts, [*starts[1:], duration_s], strict=True)
    )


def _is_cut(changes: Sequence[float], place: int) -> bool:
    here = changes[place]
    if here < FLOOR:
        return False
    # The first picture has none before it, so its change says nothing.
    around = [changes[i] for i in range(max(1, place - WINDOW), min(len(changes), place + WINDOW + 1)) if i != place]
    return not around or here >= RATIO * sum(around) / len(around)


def _is_flash(changes: Sequence[float], across: Sequence[float], place: int) -> bool:
    """Whether this picture is alone in being different, or the first after one that was."""
    alike = changes[place] / 2
    comes_back = place + 1 < len(across) and across[place + 1] < alike
    return comes_back or (place >= 2 and across[place] < alike)


def speech(voice: Sequence[float], chunk_s: float, from_s: float, duration_s: float) -> tuple[Stretch, ...]:
    """The stretches in which somebody speaks, from how likely each chunk is speech."""
    said = _joined(_runs(voice, chunk_s))
    long_enough = [(start, end) for start, end in said if end - start >= SHORTEST_SPEECH_S]
    padded = [(from_s + start - PAD_S, from_s + end + PAD_S) for start, end in long_enough]
    within = [(max(0.0, start), min(end, duration_s)) for start, end in padded]
    return tuple(Stretch(start_s=round(s, 3), end_s=round(e, 3)) for s, e in within if s < e)


def _runs(voice: Sequence[float], chunk_s: float) -> list[tuple[float, float]]:
    """From where it is likely until where it is unlikely: in between it stays what it was."""
    runs: list[tuple[float, float]] = []
    since: int | None = None
    for place, likely in enumerate(voice):
        if since is None and likely >= SPEECH:
            since = place
        elif since is not None and likely < SILENCE:
            runs.append((since * chunk_s, place * chunk_s))
            since = None
    if since is not None:
        runs.append((since * chunk_s, len(voice) * chunk_s))
    return runs


def _joined(runs: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Without the pauses too short to be one."""
    out: list[tuple[float, float]] = []
    for start, end in runs:
        if out and start - out[-1][1] < SHORTEST_PAUSE_S + 2 * PAD_S:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out
