"""Makes ``docs/images/inserts.jpg``: frames of videos with inserts, drawn by the render's own commands.

    python docs/insert_pictures.py

Needs the demo extra (scikit-image) for the photographs: coffee (by Rachel Michetti) and Chelsea the cat (by Stéfan van
der Walt) are CC0, the astronaut is NASA's.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import av
from PIL import Image, ImageDraw

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.looks import Source, edit, encoded, still
from contracts.brief import SubtitleStyle
from contracts.inserts import Inset
from contracts.outputs import PresetName, output
from contracts.speech import Word
from contracts.timeline import Cue, Insert
from edit_factory.demo.pictures import photo_path

TARGET = Path(__file__).parent / "images" / "inserts.jpg"
HEIGHT, APART, QUALITY = 640, 14, 86
GROUND = "#C9CED4"  # so that a white picture is seen
FRAMES, AT = 45, 30  # of each video, and the one that is shown
MUG = {"ground": "#FFFFFF", "mug": "#2F6F8F", "rim": "#245A75", "shade": "#E4E4E4"}

Shot = tuple[str, str, Inset | None, PresetName]  # footage, what is shown over it, where; None: all of the frame
SHOTS: tuple[Shot, ...] = (
    ("cat", "mug", Inset(size=0.55), PresetName.TIKTOK),
    ("cat", "mug", None, PresetName.TIKTOK),
    ("cat", "coffee", None, PresetName.TIKTOK),
    ("coffee", "mug", Inset(place="top_right", size=0.4), PresetName.SQUARE),
    ("cat", "astronaut", Inset(place="bottom_right", size=0.6), PresetName.LANDSCAPE),
)


def photographs(folder: Path) -> dict[str, Source]:
    for name, file in (("cat", "chelsea.png"), ("coffee", "coffee.png"), ("astronaut", "astronaut.png")):
        with Image.open(photo_path(file)) as photo:
            whole = photo.convert("RGB")
            box = (80, 0, 400, 512) if name == "astronaut" else (0, 0, *whole.size)
            whole.crop(box).save(folder / f"{name}.jpg", quality=95)
    shop = Image.new("RGB", (1200, 1200), MUG["ground"])
    pen = ImageDraw.Draw(shop)
    pen.ellipse((300, 880, 860, 970), fill=MUG["shade"])
    pen.arc((690, 450, 950, 780), -90, 90, fill=MUG["mug"], width=56)
    pen.rounded_rectangle((360, 330, 780, 930), 60, fill=MUG["mug"])
    pen.ellipse((360, 290, 780, 390), fill=MUG["rim"])
    shop.save(folder / "mug.jpg", quality=95)
    return {name: still(folder / f"{name}.jpg") for name in ("cat", "coffee", "astronaut", "mug")}


async def drawn(shot: Shot, known: dict[str, Source], folder: Path) -> Image.Image:
    below, above, inset, preset = shot
    over = known[above].clip(0, FRAMES, move=None if inset else "in")
    insert = Insert(clip=over, mode="pip", inset=inset) if inset else Insert(clip=over, mode="interstitial")
    words = ["Then", "our", "new", "mug", "comes", "out"]
    said = tuple(Word(text=word, start_s=at * 0.3, end_s=at * 0.3 + 0.3, phrase=0) for at, word in enumerate(words))
    timeline = edit(
        known[below].clip(0, FRAMES, move="in"),
        inserts=(insert,),
        cues=(Cue(words=said, start_s=0, end_s=FRAMES / 30),),
        subtitles=SubtitleStyle(),
    )
    path = await encoded(timeline, tuple(known.values()), folder, output(preset, crf=14, speed="veryfast"))
    with av.open(str(path)) as file:
        frames = [frame.to_ndarray(format="rgb24") for frame in file.decode(video=0)]
    return Image.fromarray(frames[AT])


def sheet(pictures: Sequence[Image.Image]) -> Image.Image:
    """Upright ones side by side, the others one above the other beside them."""
    upright = [each for each in pictures if each.height > each.width]
    others = [each for each in pictures if each not in upright]
    shares = sum(each.height / each.width for each in others)
    beside = round((HEIGHT - APART * (len(others) - 1)) / shares)
    wide = round(HEIGHT * upright[0].width / upright[0].height)
    page = Image.new("RGB", ((wide + APART) * len(upright) + beside, HEIGHT), GROUND)
    for place, each in enumerate(upright):
        page.paste(each.resize((wide, HEIGHT), Image.Resampling.LANCZOS), (place * (wide + APART), 0))
    top = 0
    for each in others:
        high = round(beside * each.height / each.width)
        page.paste(each.resize((beside, high), Image.Resampling.LANCZOS), ((wide + APART) * len(upright), top))
        top += high + APART
    return page


async def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        known = photographs(folder)
        pictures = [await drawn(shot, known, folder) for shot in SHOTS]
    sheet(pictures).save(TARGET, quality=QUALITY, optimize=True)
    print(TARGET, TARGET.stat().st_size)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main())
