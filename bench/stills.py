"""Product photos for the batch, made once and kept: photographs (scikit-image's) cut upright, 1440 x 1600 pixels."""

from __future__ import annotations

from pathlib import Path

from bench.material import kept, photograph

WIDTH, HEIGHT = 1440, 1600
_PHOTOS = ("coffee.png", "astronaut.png", "chelsea.png", "rocket.jpg", "motorcycle_left.png", "hubble_deep_field.jpg")


def stills(folder: Path, many: int) -> tuple[Path, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_still(folder, number) for number in range(many))


def _still(folder: Path, number: int) -> Path:
    photo = _PHOTOS[number % len(_PHOTOS)]
    turned = "hflip," if number // len(_PHOTOS) % 2 else ""
    view = f"{turned}scale={WIDTH}:{HEIGHT}:force_original_aspect_ratio=increase:flags=bicubic,crop={WIDTH}:{HEIGHT}"
    command = ("-i", str(photograph(photo)), "-vf", view, "-frames:v", "1", "-q:v", "2")
    return kept(folder, f"{Path(photo).stem}-{number}.jpg", command)
