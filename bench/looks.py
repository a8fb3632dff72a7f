"""Contact sheets of the looks, rendered as every video is: ``python -m bench.looks [FOLDER]`` writes them there, by
default where docs/looks.md shows them; with ``--ratios`` it measures what looks cost instead. The sample footage is
made first if it is not there yet.
"""

from __future__ import annotations

import asyncio
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import av
from PIL import Image, ImageDraw, ImageFont

from contracts.brief import SubtitleStyle
from contracts.looks import MOVES, Filters, LogoPlace, TransitionStyle
from contracts.media import BlobRef, MediaFacts
from contracts.outputs import Output, PresetName, output
from contracts.showcase import TEMPLATES, Card, Showcase
from contracts.timeline import Clip, CropPoint, Insert, Logo, Timeline, VoiceTrack
from edit_factory.demo import material
from edit_factory.demo.pictures import photo_path
from kit.fonts import face, fonts_folder
from kit.settings import Settings
from services.render.ffmpeg import Tool
from services.render.plan import Span, plan
from services.render.plan.command import PART_NAME

DOCS = Path(__file__).parents[1] / "docs" / "images"
SMALL = output(PresetName.TIKTOK, "draft", crf=12)
FULL = output(PresetName.TIKTOK, speed="veryfast")
CELL = (180, 320)
QUALITY = 76  # JPEG


@dataclass(frozen=True, slots=True)
class Source:
    """A file and what is known of it."""

    path: Path
    facts: MediaFacts

    def clip(self, start: int, frames: int, source_in_s: float = 0.0, **changes: object) -> Clip:
        values = {"asset": UUID(int=0), "source": self.ref, "facts": self.facts, "phrase": 0}
        return Clip.model_validate(values | {"start": start, "frames": frames, "source_in_s": source_in_s} | changes)

    @property
    def ref(self) -> BlobRef:
        return BlobRef(sha256=self.path.name.encode().hex().ljust(64, "0")[:64], size=1, media_type="video/mp4")


def film(path: Path, size: tuple[int, int]) -> Source:
    known = {"container": "mp4", "demuxer": "mov", "duration_s": 6.0, "fps": 30.0, "video_codec": "h264"}
    return Source(path, MediaFacts.model_validate(known | {"width": size[0], "height": size[1]}))


def still(path: Path) -> Source:
    with Image.open(path) as picture:
        width, height = picture.size
    demuxer = "png_pipe" if path.suffix == ".png" else "jpeg_pipe"
    return Source(path, MediaFacts(container="image", demuxer=demuxer, duration_s=0, width=width, height=height))


def edit(*clips: Clip, **looks: object) -> Timeline:
    values = {"frames": clips[-1].end, "clips": clips, "cues": (), "subtitles": SubtitleStyle(preset="none")}
    voice = VoiceTrack(source=clips[0].source, duration_s=1)
    return Timeline.model_validate(values | {"voice": voice} | looks)


async def encoded(timeline: Timeline, known: Sequence[Source], folder: Path, size: Output = SMALL) -> Path:
    made = folder / str(time.monotonic_ns())
    made.mkdir()
    planned = plan(
        timeline,
        size,
        Span(0, timeline.frames),
        sources={source.ref.sha256: str(source.path) for source in known},
        fonts=str(fonts_folder()),
        face=face("Lato"),
        threads=0,
        loudness=None,
    )
    await Tool(made, nice=10).encode(planned, timeline.fps, lambda _progress: None)
    return made / PART_NAME


def moments(path: Path, wanted: Sequence[int]) -> list[Image.Image]:
    with av.open(str(path)) as file:
        frames = [frame.to_ndarray(format="rgb24") for frame in file.decode(video=0)]
    return [Image.fromarray(frames[at]).resize(CELL, Image.Resampling.LANCZOS) for at in wanted]


def sheet(rows: Sequence[tuple[str, Sequence[Image.Image]]], target: Path) -> None:
    """Rows of pictures with their names at the left."""
    gap, side, high = 6, 120, CELL[1]
    width = side + max(len(row) for _, row in rows) * (CELL[0] + gap)
    page = Image.new("RGB", (width, len(rows) * (high + gap) + gap), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(size=16)
    for number, (name, row) in enumerate(rows):
        top = gap + number * (high + gap)
        pen.multiline_text((8, top + high // 2 - 16), name, "black", font=font)
        for place, picture in enumerate(row):
            page.paste(picture, (side + place * (CELL[0] + gap), top))
    page.save(target, quality=QUALITY, optimize=True)
    print(f"{target.name}: {target.stat().st_size // 1000} KB")


async def transitions(cup: Source, cat: Source, scratch: Path, target: Path) -> None:
    rows = []
    for kind, at in (("crossfade", (37, 41, 45, 49, 52)), ("zoom", (38, 43, 45, 48, 51))):
        clips = cup.clip(0, 45, 1.0), cat.clip(45, 45, 1.0)
        style = TransitionStyle.model_validate({"kind": kind, "duration_s": 0.5})
        rows.append((kind, moments(await encoded(edit(*clips, transition=style), (cup, cat), scratch), at)))
    sheet(rows, target)


def frame_of(source: Source, target: Path) -> Source:
    """The first picture of a film as an image."""
    with av.open(str(source.path)) as file:
        Image.fromarray(next(file.decode(video=0)).to_ndarray(format="rgb24")).save(target)
    return still(target)


async def stills(tall: Source, scratch: Path, target: Path) -> None:
    wide = still(photo_path("coffee.png"))
    rows = []
    for move in MOVES:
        made = await encoded(edit(tall.clip(0, 120, move=move)), (tall,), scratch)
        rows.append((f"move: {move}", moments(made, (0, 30, 60, 90, 119))))
    made = await encoded(edit(wide.clip(0, 120, move="in")), (wide,), scratch)
    rows.append(("a wide image,\nshown whole", moments(made, (0, 30, 60, 90, 119))))
    sheet(rows, target)


async def filters(cup: Source, coffee: Source, badge: Source, scratch: Path, target: Path) -> None:
    logo = Logo(source=badge.ref, facts=badge.facts, place=LogoPlace(), start=0, frames=30)
    path = tuple(CropPoint(frame=frame, x=x, y=0.5) for frame, x in ((0, 0.3), (29, 0.65)))
    looks: list[tuple[str, Timeline]] = [
        ("as it is", edit(cup.clip(0, 30, 1.0))),
        ("denoise 3,\nsharpen 0.8", edit(cup.clip(0, 30, 1.0), filters=Filters(denoise=3, sharpen=0.8))),
        (
            "contrast 1.2,\nsaturation 1.2",
            edit(cup.clip(0, 30, 1.0), filters=Filters(brightness=0.05, contrast=1.2, saturation=1.2)),
        ),
        ("a logo", edit(cup.clip(0, 30, 1.0), logo=logo)),
        ("a crop\nalong a path", edit(coffee.clip(0, 30, 1.0, crop=path))),
    ]
    known = (cup, coffee, badge)
    sheet([(name, moments(await encoded(look, known, scratch), (0, 15, 29))) for name, look in looks], target)


async def ratios(cup: Source, coffee: Source, upright: Source, scratch: Path) -> None:
    """What each look costs: CPU time of two seconds in full size, speed veryfast, as times of a plain clip's."""
    path = tuple(CropPoint(frame=frame, x=x, y=0.5) for frame, x in ((0, 0.3), (59, 0.65)))
    both = cup.clip(0, 30, 1.0), cup.clip(30, 30, 3.0)
    looks = {
        "plain": edit(*both),
        "plain, wide source": edit(coffee.clip(0, 60, 1.0)),
        "crop along a path": edit(coffee.clip(0, 60, 1.0, crop=path)),
        "still, moving": edit(upright.clip(0, 60, move="in")),
        "denoise": edit(*both, filters=Filters(denoise=3)),
        "sharpen and colours": edit(*both, filters=Filters(sharpen=0.8, contrast=1.1)),
        "crossfade of 0.5 s": edit(*both, transition=TransitionStyle(kind="crossfade")),
        "zoom of 0.5 s": edit(*both, transition=TransitionStyle(kind="zoom")),
    }
    over = upright.clip(0, 60)
    looks["picture in picture"] = edit(*both, inserts=(Insert(clip=over, mode="pip"),))
    over = upright.clip(0, 60, move="in")
    looks["interstitial"] = edit(*both, inserts=(Insert(clip=over, mode="interstitial"),))
    card = Card(start=0, frames=60, name="Ceramic cup", brand="Maker", price="€19.90", old_price="€24.90", badge="-20%")
    for template in TEMPLATES:
        showcase = Showcase(template=template, cards=(card,))
        looks[f"product, {template}"] = edit(upright.clip(0, 60, move="in"), showcase=showcase)
    plain = 0.0
    for name, look in looks.items():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        await encoded(look, (cup, coffee, upright), scratch, FULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        plain = plain or spent
        print(f"{name}: {spent:.1f} s of CPU, {spent / plain:.2f} of plain")


async def main(target: Path, *, measured: bool) -> None:
    found = await material(Settings().home / "demo")
    clips = {path.stem: path for path in found.clips}
    cup, cat = (film(clips[name], (1080, 1920)) for name in ("cup", "cat"))
    coffee = film(clips["coffee"], (1920, 1080))
    with TemporaryDirectory() as scratch:
        badge = Path(scratch) / "badge.png"
        drawn = Image.new("RGBA", (400, 160), (0, 0, 0, 0))
        pen = ImageDraw.Draw(drawn)
        pen.rounded_rectangle((0, 0, 399, 159), 40, "#FFD60A")
        pen.text((200, 80), "LOGO", "black", font=ImageFont.load_default(size=100), anchor="mm")
        drawn.save(badge)
        photo = frame_of(cat, Path(scratch) / "cat.png")
        if measured:
            await ratios(cup, coffee, photo, Path(scratch))
            return
        await transitions(cup, cat, Path(scratch), target / "looks-transitions.jpg")
        await stills(photo, Path(scratch), target / "looks-stills.jpg")
        await filters(cup, coffee, still(badge), Path(scratch), target / "looks-filters.jpg")


if __name__ == "__main__":
    given = [argument for argument in sys.argv[1:] if argument != "--ratios"]
    asyncio.run(main(Path(given[0]) if given else DOCS, measured="--ratios" in sys.argv))
