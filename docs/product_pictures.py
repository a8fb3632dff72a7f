"""Makes ``docs/images/product-templates.jpg``: frames of the three templates, drawn by the render's own commands.

    python docs/product_pictures.py

Needs the demo extra (scikit-image) for the photograph, which is CC0 (coffee, by Rachel Michetti).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from uuid import UUID

from PIL import Image, ImageDraw

sys.path.insert(0, str(Path(__file__).parents[1]))

from contracts.media import BlobRef, MediaFacts
from contracts.outputs import PresetName, output
from contracts.showcase import Card, CardLook, Showcase
from contracts.speech import Word
from contracts.timeline import Clip, Cue, Timeline
from kit.ffmpeg import find_ffmpeg
from kit.fonts import face, fonts_folder
from services.render.plan.command import PART_NAME, plan
from services.render.plan.graph import Span

TARGET = Path(__file__).parent / "images" / "product-templates.jpg"
HEIGHT, APART, QUALITY = 760, 14, 88
FRAMES, AT = 90, 75  # of each video, and the one that is shown

CUP = Card(
    start=0,
    frames=FRAMES,
    name="Cană de ceramică „Țărm”, smălțuită manual, 350 ml",
    brand="Atelier Șoim",
    price="79,90 lei",
    old_price="99,90 lei",
    badge="-20 %",
    call="Comandă acum",
)
SET = Card(start=0, frames=FRAMES, name="Cană de voiaj", price="120 lei", badge="Nou", number=2, count=3)
WARM = CardLook(background="#F4EFE6", text="#20242A", accent="#B4532A", font="Lato")
RED = CardLook(background="#7A1020", accent="#FFE14D")
SHOTS = (
    ("spotlight", CUP, CardLook(), PresetName.TIKTOK, "photo.jpg"),
    ("sale", CUP, RED, PresetName.TIKTOK, "photo.jpg"),
    ("collection", SET, WARM, PresetName.TIKTOK, "shop.jpg"),
    ("spotlight", CUP, CardLook(), PresetName.SQUARE, "photo.jpg"),
)


def photographs(folder: Path) -> None:
    spec = find_spec("skimage")
    if spec is None or spec.origin is None:
        raise SystemExit("scikit-image is missing: pip install 'edit-factory[demo]'")
    with Image.open(Path(spec.origin).parent / "data" / "coffee.png") as photo:
        photo.convert("RGB").save(folder / "photo.jpg", quality=95)
    shop = Image.new("RGB", (1200, 1200), "white")
    pen = ImageDraw.Draw(shop)
    pen.ellipse((300, 880, 860, 970), fill="#E4E4E4")
    pen.arc((690, 450, 950, 780), -90, 90, fill="#2F6F8F", width=56)
    pen.rounded_rectangle((360, 330, 780, 930), 60, fill="#2F6F8F")
    pen.ellipse((360, 290, 780, 390), fill="#245A75")
    shop.save(folder / "shop.jpg", quality=95)


def drawn(shot: tuple[str, Card, CardLook, PresetName, str], folder: Path, number: int) -> Image.Image:
    template, card, look, preset, photo = shot
    with Image.open(folder / photo) as opened:
        width, height = opened.size
    facts = MediaFacts(container="jpeg", demuxer="jpeg_pipe", duration_s=0, width=width, height=height)
    blob = BlobRef(sha256="0" * 64, size=1, media_type="image/jpeg")
    clip = Clip(asset=UUID(int=1), source=blob, facts=facts, source_in_s=0, start=0, frames=FRAMES, phrase=0, move="in")
    words = ["Cana", "care", "ține", "cafeaua", "caldă"]
    cue = Cue(
        words=tuple(Word(text=word, start_s=at * 0.7, end_s=at * 0.7 + 0.6, phrase=0) for at, word in enumerate(words)),
        start_s=0,
        end_s=3,
    )
    showcase = Showcase.model_validate({"template": template, "look": look, "cards": (card,)})
    asked = Timeline.model_validate(
        {"frames": FRAMES, "clips": (clip,), "cues": (cue,), "subtitles": {}, "showcase": showcase}
    )
    made = plan(
        asked,
        output(preset),
        Span(0, FRAMES),
        sources={blob.sha256: str(folder / photo)},
        fonts=str(fonts_folder()),
        face=face("Lato"),
        threads=0,
        loudness=None,
    )
    work = folder / str(number)
    work.mkdir()
    for name, text in made.texts.items():
        (work / name).write_text(text, "utf-8")
    for name, target in made.links.items():
        (work / name).symlink_to(target)
    subprocess.run([find_ffmpeg(), *made.argv], cwd=work, check=True, stdout=subprocess.DEVNULL)
    picture = work / "frame.png"
    chosen = ("-vf", f"select=eq(n\\,{AT})", "-frames:v", "1", picture)
    subprocess.run([find_ffmpeg(), "-loglevel", "error", "-i", work / PART_NAME, *chosen], check=True)
    with Image.open(picture) as frame:
        return frame.convert("RGB")


def sheet() -> Image.Image:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        photographs(folder)
        pictures = [drawn(shot, folder, number) for number, shot in enumerate(SHOTS)]
    scaled = [picture.resize((round(picture.width * HEIGHT / picture.height), HEIGHT)) for picture in pictures]
    whole = Image.new("RGB", (sum(each.width for each in scaled) + APART * (len(scaled) - 1), HEIGHT), "white")
    left = 0
    for each in scaled:
        whole.paste(each, (left, 0))
        left += each.width + APART
    return whole


if __name__ == "__main__":
    sheet().save(TARGET, quality=QUALITY, optimize=True)
    print(TARGET, TARGET.stat().st_size)  # noqa: T201
