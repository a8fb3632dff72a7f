"""A long video for render workers alone: media in a store, a timeline in the log, nothing of the rest of the line."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from uuid import UUID, uuid4

from contracts import subjects
from contracts.events import TimelineReadyV1, VideoEvent, VideoRenderedV1
from contracts.media import BlobRef
from contracts.outputs import Output
from contracts.timeline import Timeline
from kit.blobs import Blobs
from kit.bus import Bus
from tests.builders import match_report, of_video
from tests.unit.test_rendering import SMALL, clip, edit, facts, numbered, talk

FRAMES = 720
GOPS = 19  # one every 2 s, and one from each cut on that lies between
SHOT = 75  # frames: borders lie within GOPs and between them
LARGER = SMALL.model_copy(update={"width": 540, "height": 960, "speed": "slow"})
"""Takes long enough that a worker can be caught at it."""


_STARTS = itertools.count()


@dataclass(frozen=True)
class Media:
    """Numbered pictures and a voice, in a store."""

    paths: dict[str, Path]
    refs: dict[str, BlobRef]

    def timeline(self, frames: int = FRAMES) -> Timeline:
        """Each one of its own, so that nothing kept fits it: its pictures begin elsewhere in the sources.
        No two of its GOPs are the same.
        """
        known = {digit: facts(self.paths[digit]) for digit in "ab"}
        into_s = next(_STARTS) % 25 / 25  # a frame apart, at 25 a second and at 30
        shots = [
            clip(digit, known[digit], into_s + start / 2000, start, min(SHOT, frames - start))
            for start, digit in zip(range(0, frames, SHOT), "ab" * frames, strict=False)
        ]
        made = edit(*(shot.model_copy(update={"source": self.refs[shot.source.sha256[0]]}) for shot in shots))
        voice = made.voice.model_copy(update={"source": self.refs["f"]}) if made.voice else None
        return made.model_copy(update={"voice": voice})

    def sources(self) -> dict[str, Path]:
        return {self.refs[digit].sha256: path for digit, path in self.paths.items()}


async def media(folder: Path, blobs: Blobs) -> Media:
    folder.mkdir()
    paths = {
        "a": await asyncio.to_thread(numbered, folder / "a.mp4", Fraction(30), 6),
        "b": await asyncio.to_thread(numbered, folder / "b.mp4", Fraction(25), 6),
        "f": await asyncio.to_thread(talk, folder / "voice.wav", 20.0),
    }
    refs = {digit: await blobs.put_bytes(path.read_bytes(), "video/mp4") for digit, path in paths.items()}
    return Media(paths, refs)


async def asked_for(bus: Bus, timeline: Timeline, output: Output = SMALL) -> UUID:
    """Has a video made; the job."""
    job = uuid4()
    wanted = TimelineReadyV1(
        **of_video(job=job),
        title="Long",
        timeline=timeline,
        match_report=match_report(),
        outputs=(output,),
    )
    assert (await bus.announce(wanted)).won
    return job


async def rendered(bus: Bus, job: UUID, timeout_s: float = 90) -> VideoRenderedV1:
    """The one outcome of its render step."""
    async with asyncio.timeout(timeout_s):
        while not (found := await outcomes(bus, job)):
            await asyncio.sleep(0.05)
    assert [type(fact) for fact in found] == [VideoRenderedV1], found
    (made,) = found
    assert isinstance(made, VideoRenderedV1)
    return made


async def outcomes(bus: Bus, job: UUID) -> list[VideoEvent]:
    heard = [one.event async for one in bus.history(subjects.facts_of(job))]
    return [event for event in heard if isinstance(event, VideoEvent) and event.noun() == "video"]
