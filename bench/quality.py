"""What the quality gate costs, as a ratio to the render of the same video: ``python -m bench.quality``.

20 s at 1080 x 1920 of a hand-held camera, with a tune and karaoke subtitles, made as the render station makes it, at
two speeds of the encoder; then measured as the quality station measures it, and its words as the render station does.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from bench.meter import Spent, metered
from contracts.brief import SubtitleStyle
from contracts.media import BlobRef, MediaFacts
from contracts.outputs import Output, PresetName, Speed, output
from contracts.speech import Word
from contracts.timeline import Clip, Cue, MusicTrack, Timeline
from services.quality.judging import judged
from services.quality.measuring import measured
from services.render.expecting import expected
from services.render.rendering import render
from tests import material
from tests.acceptance import scenery

SECONDS = 20
SPEEDS: tuple[Speed, ...] = ("veryfast", "medium")
_FILM, _TUNE = "a" * 64, "b" * 64


def video() -> Timeline:
    facts = MediaFacts(
        container="mp4", demuxer="mov", duration_s=SECONDS, width=1920, height=1080, fps=30.0, video_codec="h264"
    )
    tune = MediaFacts(container="wav", demuxer="wav", duration_s=SECONDS, audio_codec="pcm_s16le")
    clip = Clip(
        asset=UUID(int=1),
        source=BlobRef(sha256=_FILM, size=1, media_type="video/mp4"),
        facts=facts,
        source_in_s=0,
        start=0,
        frames=SECONDS * 30,
        phrase=0,
    )
    words = [Word(text="word", start_s=at * 0.4, end_s=at * 0.4 + 0.3, phrase=0) for at in range(SECONDS * 5 // 2)]
    cues = [
        Cue(words=tuple(words[at : at + 5]), start_s=at * 0.4, end_s=at * 0.4 + 2) for at in range(0, len(words), 5)
    ]
    return Timeline(
        frames=SECONDS * 30,
        clips=(clip,),
        cues=tuple(cues),
        subtitles=SubtitleStyle(),
        music=MusicTrack(
            source=BlobRef(sha256=_TUNE, size=1, media_type="audio/wav"), facts=tune, gain_db=0, duck=False
        ),
    )


async def one(speed: Speed, folder: Path) -> None:
    timeline, asked = video(), output(PresetName.TIKTOK, speed=speed)
    sources = {
        _FILM: scenery.clip("coffee.png", seconds=SECONDS, size=(1920, 1080)),
        _TUNE: material.sound(seconds=float(SECONDS)),
    }
    rendered, proved, looked = await _costs(timeline, asked, sources, folder)
    print(f"x264 {speed}, {SECONDS} s: the render took {rendered.cpu_s:.1f} s of CPU")
    for name, spent in (("its words measured", proved), ("the file checked", looked)):
        ratio = spent.cpu_s / rendered.cpu_s
        print(f"  {name}: {spent.cpu_s:.2f} s of CPU, {ratio:.3f} of it, in {spent.wall_s:.1f} s")


async def _costs(
    timeline: Timeline, asked: Output, sources: dict[str, Path], folder: Path
) -> tuple[Spent, Spent, Spent]:
    places = [folder / name for name in ("render", "proof", "look")]
    for place in places:
        place.mkdir()
    with metered() as rendered:
        made = await render(timeline, asked, sources, places[0], on_progress=lambda _told: None)
    with metered() as proved:
        wish = await expected(timeline, (asked,), places[1], 0)
    with metered() as looked:
        found = await measured(made.path, wish.files[0], places[2], nice=0, stalled_s=60, tell=lambda _done: None)
    assert not judged(wish, wish.files[0], found), judged(wish, wish.files[0], found)
    return rendered, proved, looked


async def main() -> None:
    for speed in SPEEDS:
        with TemporaryDirectory() as folder:
            await one(speed, Path(folder))


if __name__ == "__main__":
    asyncio.run(main())
