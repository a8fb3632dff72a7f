"""Pictures of a made-up shop's goods, drawn, for the pictures of the page."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Final

from PIL import Image, ImageDraw

_SIZE: Final = 480
Pen = ImageDraw.ImageDraw


def picture(name: str) -> bytes:
    """One of ``GOODS`` as a PNG, 480 x 480."""
    ground, draw = GOODS[name]
    sheet = Image.new("RGB", (_SIZE, _SIZE), ground)
    draw(ImageDraw.Draw(sheet))
    held = io.BytesIO()
    sheet.save(held, "PNG")
    return held.getvalue()


def _mug(pen: Pen) -> None:
    pen.ellipse((120, 370, 360, 420), fill="#D9D2C6")
    pen.arc((285, 170, 405, 310), -90, 90, fill="#3F6F7F", width=26)
    pen.rounded_rectangle((130, 120, 320, 400), 34, fill="#3F6F7F")
    pen.rectangle((130, 250, 320, 300), fill="#E7DCC8")
    pen.ellipse((130, 100, 320, 145), fill="#2C4F5B")


def _board(pen: Pen) -> None:
    pen.rounded_rectangle((90, 150, 390, 350), 40, fill="#B98551")
    pen.rounded_rectangle((370, 225, 450, 275), 24, fill="#B98551")
    pen.ellipse((415, 238, 438, 262), fill="#F1ECE4")
    for place in range(4):
        pen.line((120, 190 + 40 * place, 360, 190 + 40 * place), fill="#A57340", width=4)


def _spoon(pen: Pen) -> None:
    pen.line((330, 110, 190, 330), fill="#D2A773", width=26)
    pen.ellipse((120, 280, 230, 410), fill="#D2A773")
    pen.ellipse((142, 306, 206, 384), fill="#BC8F5B")


def _pot(pen: Pen) -> None:
    pen.rectangle((70, 215, 410, 240), fill="#8E2B2B")
    pen.rounded_rectangle((110, 200, 370, 390), 46, fill="#B23A3A")
    pen.ellipse((110, 170, 370, 232), fill="#8E2B2B")
    pen.ellipse((220, 140, 260, 180), fill="#2B2B2B")


def _soap(pen: Pen) -> None:
    pen.rounded_rectangle((110, 180, 370, 350), 60, fill="#AFC08B")
    pen.rounded_rectangle((140, 205, 340, 325), 44, fill="#BDCE9A")
    for place in range(4):
        pen.ellipse((180 + 36 * place, 240, 198 + 36 * place, 290), fill="#8470A6")


def _towels(pen: Pen) -> None:
    for place, colour in enumerate(("#C9D3DA", "#E9E2D4", "#9DB2BF")):
        pen.rounded_rectangle((100, 290 - 70 * place, 380, 350 - 70 * place), 26, fill=colour)


def _pan(pen: Pen) -> None:
    pen.rounded_rectangle((290, 222, 460, 258), 18, fill="#2E2E30")
    pen.ellipse((60, 110, 320, 370), fill="#2E2E30")
    pen.ellipse((90, 140, 290, 340), fill="#444448")


def _carafe(pen: Pen) -> None:
    pen.polygon(((205, 130), (275, 130), (340, 400), (140, 400)), fill="#CFE3E6")
    pen.polygon(((172, 270), (308, 270), (340, 400), (140, 400)), fill="#9CCAD1")
    pen.rounded_rectangle((205, 80, 275, 140), 12, fill="#B98551")


GOODS: Final[dict[str, tuple[str, Callable[[Pen], None]]]] = {
    "mug": ("#F4EFE6", _mug),
    "board": ("#F1ECE4", _board),
    "spoon": ("#EEF1EC", _spoon),
    "pot": ("#F3E9E6", _pot),
    "soap": ("#F0F2E6", _soap),
    "towels": ("#F6F4F0", _towels),
    "pan": ("#ECECEE", _pan),
    "carafe": ("#EEF4F5", _carafe),
}
