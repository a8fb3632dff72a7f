"""Sample footage: photographs that are free to use, filmed by a camera that is not there.

Run as a program of its own, ``pictures.py SHOT TARGET FFMPEG``; it prints the share of frames done, a line each time.
Each photograph is given a rough relief, so that what is near moves more than what is far; a slider, a slow push and a
hand that is never quite still move the view with subpixel steps; steam, a light leak, a vignette and grain do the rest.

The photographs come with scikit-image. Its documentation says of each: coffee, CC0 by Rachel Michetti; chelsea, CC0 by
Stefan van der Walt; camera, CC0 by Lav Varshney; rocket, public domain, SpaceX; hubble_deep_field, public domain, NASA.
"""

from __future__ import annotations

import importlib.util
import math
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops, ImageFilter

Floats = npt.NDArray[np.float64]
Pixels = npt.NDArray[np.float32]
Point = tuple[float, float]

FPS = 30
INNER_SCALE = 0.5  # pictures are made at this share of the output's size: still finer than the photographs
CRISP_SCALE = 2.4  # edges are made steep at this enlargement; more costs much and shows nothing
GRID = 14  # cells across the shorter side; the relief is smooth, so this is plenty


@dataclass(frozen=True, slots=True)
class View:
    """Where the camera looks: the middle and the height of what it sees, in pixels of the photograph; degrees."""

    x: float
    y: float
    height: float
    turn: float = 0.0


@dataclass(frozen=True, slots=True)
class Bump:
    """A soft hill of the relief: middle and radii in pixels of the photograph; ``near`` is its height, 0 is far."""

    x: float
    y: float
    rx: float
    ry: float
    near: float


@dataclass(frozen=True, slots=True)
class Shot:
    """One clip. ``drift`` is how far, in pixels of the photograph, a point at relief 1 moves against one at 0."""

    photo: str
    upright: bool
    seconds: float
    start: View
    end: View
    bumps: tuple[Bump, ...] = ()
    ground: float = 0.0
    drift: Point = (0.0, 0.0)
    steam: tuple[float, float, float] | None = None  # foot x, y and width in pixels of the photograph
    leak: float = 0.3
    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)
    contrast: float = 1.06
    crisp: float = 0.6
    grain: int = 3

    @property
    def size(self) -> tuple[int, int]:
        return (1080, 1920) if self.upright else (1920, 1080)

    @property
    def frames(self) -> int:
        return round(self.seconds * FPS)


SHOTS = {
    "coffee": Shot(
        photo="coffee.png",
        upright=False,
        seconds=6.0,
        start=View(298, 176, 306, -0.8),
        end=View(288, 164, 262, 0.6),
        bumps=(Bump(290, 110, 120, 100, 0.9), Bump(365, 275, 60, 50, 0.7), Bump(280, 240, 210, 130, 0.35)),
        ground=0.3,
        drift=(13.0, 5.0),
        steam=(285.0, 115.0, 95.0),
        leak=0.5,
        tint=(1.03, 1.0, 0.96),
    ),
    "cup": Shot(
        photo="coffee.png",
        upright=True,
        seconds=6.5,
        start=View(346, 244, 294, 1.6),
        end=View(288, 153, 292, -1.0),
        bumps=(Bump(290, 110, 120, 100, 0.9), Bump(365, 275, 60, 50, 0.7), Bump(280, 240, 210, 130, 0.35)),
        ground=0.3,
        drift=(-15.0, 4.0),
        steam=(288.0, 112.0, 90.0),
        leak=0.35,
        tint=(1.03, 1.0, 0.96),
    ),
    "cat": Shot(
        photo="chelsea.png",
        upright=True,
        seconds=6.0,
        start=View(206, 152, 282, -1.2),
        end=View(186, 132, 212, 1.0),
        bumps=(Bump(262, 240, 60, 55, 0.8), Bump(225, 130, 150, 120, 0.6)),
        ground=0.1,
        drift=(-12.0, -4.0),
        leak=0.35,
        tint=(1.03, 1.0, 0.97),
        contrast=1.1,
    ),
    "rocket": Shot(
        photo="rocket.jpg",
        upright=True,
        seconds=7.0,
        start=View(330, 246, 300, 0.0),
        end=View(318, 214, 414, 0.0),
        bumps=(Bump(320, 260, 40, 190, 0.35), Bump(60, 200, 70, 260, 0.9), Bump(610, 200, 70, 260, 0.9)),
        ground=0.25,
        drift=(-9.0, 6.0),
        leak=0.25,
        tint=(1.0, 1.0, 1.05),
        contrast=1.1,
    ),
    "stars": Shot(
        photo="hubble_deep_field.jpg",
        upright=False,
        seconds=7.0,
        start=View(505, 430, 500, -4.0),
        end=View(470, 440, 345, 4.0),
        bumps=(Bump(480, 450, 260, 260, -0.5), Bump(330, 250, 120, 160, 0.6), Bump(640, 640, 130, 150, 0.7)),
        drift=(16.0, 10.0),
        leak=0.2,
        tint=(1.14, 1.16, 1.24),
        contrast=1.06,
        crisp=0.3,
        grain=3,
    ),
    "photographer": Shot(
        photo="camera.png",
        upright=False,
        seconds=8.0,
        start=View(262, 204, 258, 0.6),
        end=View(250, 188, 224, -0.5),
        bumps=(Bump(180, 300, 120, 240, 0.8), Bump(300, 200, 60, 120, 0.7), Bump(300, 400, 60, 170, 0.7)),
        ground=0.5,
        drift=(12.0, 3.0),
        leak=0.55,
        tint=(1.05, 1.0, 0.9),
    ),
}


def main(name: str, target: Path, ffmpeg: Path) -> None:
    shot = SHOTS[name]
    encoder = subprocess.Popen(_encode(shot, target, ffmpeg), stdin=subprocess.PIPE)
    pipe = encoder.stdin
    if pipe is None:
        raise RuntimeError("the encoder has no way in")
    for number, frame in enumerate(frames(shot), start=1):
        pipe.write(frame.tobytes())
        if number % 10 == 0:
            sys.stdout.write(f"{number / shot.frames:.3f}\n")
            sys.stdout.flush()
    pipe.close()
    sys.exit(encoder.wait())


def _encode(shot: Shot, target: Path, ffmpeg: Path) -> list[str | Path]:
    (width, height), (inner_width, inner_height) = shot.size, inner_size(shot)
    look = f"noise=c0s={shot.grain}:c0f=t,scale={width}:{height}:flags=bicubic,format=yuv420p"
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{inner_width}x{inner_height}", "-r", str(FPS), "-i", "-"]
    colour = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]
    to_bt709 = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,"
    x264 = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "24", "-g", str(2 * FPS), "-threads", "1"]
    return [
        ffmpeg, "-v", "error", "-nostdin", "-y", *raw, "-vf", to_bt709 + look, *x264, *colour,
        "-movflags", "+faststart", "-f", "mp4", target,
    ]  # fmt: skip


def inner_size(shot: Shot) -> tuple[int, int]:
    width, height = shot.size
    return round(width * INNER_SCALE), round(height * INNER_SCALE)


def frames(shot: Shot) -> Iterator[Image.Image]:
    """Every picture of a clip, in RGB at the inner size."""
    plate, scale = _plate(shot)
    vignette = _vignette(inner_size(shot))
    air = _Air(shot)
    for index in range(shot.frames):
        at = index / max(1, shot.frames - 1)
        filmed = plate.transform(
            inner_size(shot), Image.Transform.MESH, _mesh(shot, at, scale), Image.Resampling.BILINEAR
        )
        lit = ImageChops.screen(filmed, air.light(at))
        yield ImageChops.multiply(lit, vignette)


def photo_path(name: str) -> Path:
    spec = importlib.util.find_spec("skimage")
    if spec is None or spec.origin is None:
        raise SystemExit("scikit-image is not installed")
    return Path(spec.origin).parent / "data" / name


def _plate(shot: Shot) -> tuple[Image.Image, float]:
    """The photograph, enlarged so that it is sampled about one to one where the camera is closest, and its scale."""
    photo = Image.open(photo_path(shot.photo)).convert("RGB")
    scale = inner_size(shot)[1] / min(shot.start.height, shot.end.height)
    fine = min(scale, CRISP_SCALE)
    crisp = _crisper(_enlarged(photo, fine), shot.crisp, fine)
    large = _enlarged(crisp, scale / fine)
    sharp = large.filter(ImageFilter.UnsharpMask(radius=scale * 0.7, percent=80, threshold=1))
    return _graded(sharp, shot), scale


def _enlarged(picture: Image.Image, scale: float) -> Image.Image:
    return picture.resize((round(picture.width * scale), round(picture.height * scale)), Image.Resampling.LANCZOS)


def _crisper(picture: Image.Image, share: float, scale: float) -> Image.Image:
    """Enlarged edges made steep again: each pixel leans to the side of the edge it lies on (a shock filter)."""
    pixels = np.asarray(picture, dtype=np.float32)
    soft = np.asarray(picture.filter(ImageFilter.GaussianBlur(scale * 0.35)), dtype=np.float32)
    for _ in range(5):
        smooth = np.asarray(_as_image(soft).filter(ImageFilter.GaussianBlur(scale * 0.6)), dtype=np.float32)
        bend = -4 * smooth
        for step, axis in ((1, 0), (-1, 0), (1, 1), (-1, 1)):
            bend += np.roll(smooth, step, axis)
        steps = [soft - np.roll(soft, 1, axis) for axis in (0, 1)]
        slope = np.sqrt(sum(_least(step, np.roll(step, -1, axis)) ** 2 for axis, step in enumerate(steps)))
        soft = np.clip(soft - 0.45 * np.tanh(bend) * slope, 0.0, 255.0)
    return _as_image(pixels * (1 - share) + soft * share)


def _least(a: Pixels, b: Pixels) -> Pixels:
    return np.where(a * b > 0, np.minimum(np.abs(a), np.abs(b)), np.float32(0.0))


def _as_image(pixels: Floats | Pixels) -> Image.Image:
    return Image.fromarray(np.clip(np.rint(pixels), 0, 255).astype(np.uint8))


def _graded(picture: Image.Image, shot: Shot) -> Image.Image:
    """Contrast as a soft S around the middle, and a tint, by one table for each channel."""
    tone = np.arange(256) / 255.0
    curve = tone + (shot.contrast - 1.0) * np.sin(2 * np.pi * (tone - 0.5)) / (2 * np.pi) * 2
    table = [round(255 * min(1.0, max(0.0, value * gain))) for gain in shot.tint for value in curve]
    return picture.point(table)


Quads = list[tuple[tuple[int, int, int, int], tuple[float, ...]]]


def _mesh(shot: Shot, at: float, scale: float) -> Quads:
    """Which quadrilateral of the plate each cell of the picture shows at ``at`` (0..1)."""
    width, height = inner_size(shot)
    cells = [max(2, round(GRID * side / min(width, height))) for side in (width, height)]
    xs, ys = (
        np.linspace(0, side, count + 1).round().astype(int) for side, count in zip((width, height), cells, strict=True)
    )
    px, py = seen(shot, at, np.meshgrid(xs / width - 0.5, ys / height - 0.5))
    px, py = px * scale, py * scale
    quads: Quads = []
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            corners = ((row, column), (row + 1, column), (row + 1, column + 1), (row, column + 1))
            quads.append(
                (
                    (int(xs[column]), int(ys[row]), int(xs[column + 1]), int(ys[row + 1])),
                    tuple(float(value) for corner in corners for value in (px[corner], py[corner])),
                )
            )
    return quads


def seen(shot: Shot, at: float, screen: Sequence[Floats]) -> tuple[Floats, Floats]:
    """The points of the photograph seen at points of the screen (-0.5..0.5 each way)."""
    view = camera(shot, at)
    aspect = shot.size[0] / shot.size[1]
    angle = math.radians(view.turn)
    u, v = screen[0] * view.height * aspect, screen[1] * view.height
    x = view.x + u * math.cos(angle) - v * math.sin(angle)
    y = view.y + u * math.sin(angle) + v * math.cos(angle)
    relief = _relief(shot, x, y)
    offset = at - 0.5
    return x + relief * shot.drift[0] * offset, y + relief * shot.drift[1] * offset


def camera(shot: Shot, at: float) -> View:
    """The view at ``at`` (0..1): from start to end at an even pace with soft ends, held by a hand."""
    pace = 0.75 * at + 0.25 * (3 * at**2 - 2 * at**3)
    seconds = at * shot.seconds
    unrest = min(shot.start.height, shot.end.height) * 0.0035
    sway = math.sin(2.1 * seconds + 0.4) + 0.5 * math.sin(4.7 * seconds + 1.9) + 0.2 * math.sin(9.1 * seconds)
    heave = math.sin(1.7 * seconds + 2.2) + 0.5 * math.sin(3.9 * seconds + 0.3) + 0.2 * math.sin(8.3 * seconds + 1.0)

    def between(start: float, end: float) -> float:
        return start + (end - start) * pace

    return View(
        x=between(shot.start.x, shot.end.x) + unrest * sway,
        y=between(shot.start.y, shot.end.y) + unrest * heave,
        height=shot.start.height * (shot.end.height / shot.start.height) ** pace,
        turn=between(shot.start.turn, shot.end.turn) + 0.12 * math.sin(1.3 * seconds),
    )


def _relief(shot: Shot, x: Floats, y: Floats) -> Floats:
    ground = shot.ground * y / max(1.0, shot.start.height)
    hills = (
        bump.near * np.exp(-(((x - bump.x) / bump.rx) ** 2) - ((y - bump.y) / bump.ry) ** 2) for bump in shot.bumps
    )
    return np.asarray(ground + sum(hills), dtype=np.float64)


def _vignette(size: tuple[int, int]) -> Image.Image:
    width, height = size
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    shade = 1.0 - 0.30 * np.clip((x**2 + y**2) / 2.0, 0, 1) ** 1.4
    return _as_image(np.repeat(shade[:, :, None] * 255, 3, axis=2))


class _Air:
    """Light that lies over the picture: a leak at the edge, and steam. Soft, so it is made small and enlarged."""

    def __init__(self, shot: Shot) -> None:
        self._shot = shot
        self._size = inner_size(shot)
        self._small = (max(2, self._size[0] // 9), max(2, self._size[1] // 9))
        chance = np.random.default_rng(7)
        self._wisps = [_soft_noise(chance, 256, grain) for grain in (34.0, 17.0, 9.0)]
        width, height = self._small
        self._x, self._y = np.meshgrid((np.arange(width) + 0.5) / width - 0.5, (np.arange(height) + 0.5) / height - 0.5)

    def light(self, at: float) -> Image.Image:
        light = self._leak(at)
        if self._shot.steam is not None:
            light = light + self._steam(at)[:, :, None] * np.array([1.0, 0.97, 0.93])
        return _as_image(light * 255).resize(self._size, Image.Resampling.BICUBIC)

    def _leak(self, at: float) -> Floats:
        middle_x, middle_y = -0.62 + 0.35 * at, -0.5 + 0.3 * math.sin(2.0 * at + 0.5)
        glow = np.exp(-(((self._x - middle_x) / 0.42) ** 2) - ((self._y - middle_y) / 0.5) ** 2)
        breath = 0.8 + 0.2 * math.sin(5.0 * at)
        light = self._shot.leak * 0.42 * breath * glow[:, :, None] * np.array([1.0, 0.55, 0.22])
        return np.asarray(light, dtype=np.float64)

    def _steam(self, at: float) -> Floats:
        """Wisps that rise, widen and fade above the cup. 0..1."""
        foot_x, foot_y, breadth = self._shot.steam or (0.0, 0.0, 1.0)
        view = camera(self._shot, at)
        aspect = self._size[0] / self._size[1]
        x = view.x + self._x * view.height * aspect - foot_x
        y = foot_y - (view.y + self._y * view.height)
        rise = np.clip(y / (breadth * 1.9), 0.0, 1.0)
        lean = breadth * 0.22 * np.sin(3.0 * rise + 5.0 * at) * rise
        body = np.exp(-(((x - lean) / (breadth * (0.34 + 0.30 * rise))) ** 2))
        body = body * np.clip(y / (breadth * 0.35) + 0.35, 0, 1) * (1 - rise) ** 1.3
        seconds = at * self._shot.seconds
        wisps = np.ones_like(x)
        for field, speed, stretch in zip(self._wisps, (26.0, 40.0, 58.0), (0.8, 1.0, 1.2), strict=True):
            column = ((x - lean) / breadth * 70 * stretch + 128).astype(int) % 256
            row = ((-y / breadth * 48 * stretch) + speed * seconds).astype(int) % 256
            wisps = wisps * (0.35 + 1.25 * field[row, column])
        return np.asarray(np.clip(0.42 * body * wisps, 0.0, 0.5), dtype=np.float64)


def _soft_noise(chance: np.random.Generator, size: int, grain: float) -> Floats:
    """Noise without a seam, 0..1, with spots about ``grain`` wide."""
    spectrum = np.fft.rfft2(chance.standard_normal((size, size)))
    rows, columns = np.meshgrid(np.fft.fftfreq(size), np.fft.rfftfreq(size), indexing="ij")
    noise = np.fft.irfft2(spectrum * np.exp(-((rows**2 + columns**2) * (grain * 1.8) ** 2)), s=(size, size))
    return np.asarray((noise - noise.min()) / np.ptp(noise), dtype=np.float64)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
