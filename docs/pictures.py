"""Makes ``docs/images/subtitles.jpg``: every preset of subtitles over photographs, drawn by the render's own hand.

    python docs/pictures.py

Needs the demo extra (scikit-image) for the photographs.
"""

from __future__ import annotations

import asyncio
import io
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import yaml
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1]))

from contracts.brief import SubtitleStyle
from contracts.outputs import FPS, PresetName, output
from contracts.speech import Word
from contracts.timeline import Cue
from services.render.preview import draw

HERE = Path(__file__).parent
TARGET = HERE / "images" / "subtitles.jpg"
PAGE = HERE / "subtitles.md"  # the looks are the examples of this page, so that picture and text are the same
SEEN = (0, 1240, 1080, 1800)  # of a picture of 1080 x 1920: where the words are
CELL = (600, 311)  # pixels of that on the sheet
QUALITY = 88


@dataclass(frozen=True)
class Shot:
    """A cue over a photograph; of word number ``word`` a little more than half has been spoken."""

    text: str
    photo: str
    word: int


SHOTS = (
    Shot("Bună dimineața!", "coffee.png", 1),
    Shot("Țărmul e liniștit, iar apa înghețată", "rocket.jpg", 5),
)


def looks() -> list[SubtitleStyle]:
    """The styles of the page's examples, in its order."""
    blocks = PAGE.read_text("utf-8").split("```yaml\n")[1:]
    found = [yaml.safe_load(block.split("```")[0]) for block in blocks]
    return [SubtitleStyle.model_validate(each["subtitles"]) for each in found if "subtitles" in each]


def spoken(text: str) -> Cue:
    words, at_s = [], 0.0
    for part in text.split():
        length_s = 0.12 + 0.045 * len(part)
        words.append(Word(text=part, start_s=at_s, end_s=at_s + length_s, phrase=0))
        at_s += length_s + 0.02
    return Cue(words=tuple(words), start_s=0.0, end_s=at_s)


def background(photo: str, folder: Path) -> Path:
    found = find_spec("skimage")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("the photographs come with scikit-image: install the demo extra")
    path = folder / "background.jpg"
    Image.open(Path(found.submodule_search_locations[0]) / "data" / photo).convert("RGB").save(path, quality=95)
    return path


async def picture(style: SubtitleStyle, shot: Shot) -> Image.Image:
    cue = spoken(shot.text)
    with tempfile.TemporaryDirectory() as folder:
        under = background(shot.photo, Path(folder))
        work = Path(folder) / "work"
        work.mkdir()
        word = cue.words[shot.word]
        frame = round((word.start_s + 0.55 * (word.end_s - word.start_s)) * FPS)
        jpeg = await draw([cue], style, output(PresetName.TIKTOK), frame, background=under, folder=work)
    return Image.open(io.BytesIO(jpeg)).crop(SEEN).resize(CELL, Image.Resampling.LANCZOS)


async def sheet() -> Image.Image:
    rows = [[await picture(style, shot) for shot in SHOTS] for style in looks()]
    width, height = CELL
    made = Image.new("RGB", (width * len(rows[0]), height * len(rows)))
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            made.paste(cell, (x * width, y * height))
    return made


if __name__ == "__main__":
    asyncio.run(sheet()).save(TARGET, quality=QUALITY, optimize=True)
    print(TARGET, TARGET.stat().st_size)  # noqa: T201
