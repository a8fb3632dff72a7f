"""Looking at a finished file as somebody who was not there when it was made: by PyAV and by ffmpeg's own detectors."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from av.video.frame import PictureType

from kit.ffmpeg import find_ffmpeg

Plane = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
Samples = npt.NDArray[np.float32]

_INKED = 60  # of 255 in luma: more than two encodes of one picture ever differ by, less than black or white text does
_YELLOW_CB = 85  # the highlight #FFD60A has a Cb of 34 in BT.709, white and black have 128
_TURNED_YELLOW = 40  # by so much Cb must be below that of the same picture without text


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file holds. ``keyframes`` are frame numbers; ``b_frames`` the longest run; lengths in seconds."""

    codec: str
    profile: str
    pixel_format: str
    size: tuple[int, int]
    rate: Fraction
    frames: int
    even: bool  # each frame exactly one frame's time after the one before, the first at 0
    keyframes: list[int]
    b_frames: int
    colours: tuple[int, int, int, int]  # matrix, primaries, transfer, range: ITU-T H.273 numbers
    sample_aspect: Fraction
    audio_codec: str
    audio_profile: str
    audio_rate_hz: int
    audio_channels: int
    audio_bits_per_s: int
    audio_s: float
    boxes: list[str]

    @property
    def video_s(self) -> float:
        return float(self.frames / self.rate)


def probe(path: Path) -> Facts:
    """Decodes the whole file."""
    with av.open(str(path)) as box:
        video, audio = box.streams.video[0], box.streams.audio[0]
        video.thread_type = "AUTO"
        rate = video.average_rate or Fraction(1)
        kinds, keys, times = [], [], []
        for number, frame in enumerate(box.decode(video)):
            kinds.append(frame.pict_type)
            times.append((frame.pts or 0) * (frame.time_base or 0))
            if frame.key_frame:
                keys.append(number)
        context = video.codec_context
        return Facts(
            codec=context.name,
            profile=context.profile or "",
            pixel_format=context.pix_fmt or "",
            size=(context.width, context.height),
            rate=rate,
            frames=len(kinds),
            even=all(at == number / rate for number, at in enumerate(times)),
            keyframes=keys,
            b_frames=max((len(list(run)) for kind, run in groupby(kinds) if kind == PictureType.B), default=0),
            colours=(
                int(context.colorspace),
                int(context.color_primaries),
                int(context.color_trc),
                int(context.color_range),
            ),
            sample_aspect=video.sample_aspect_ratio or Fraction(1),
            audio_codec=audio.codec_context.name,
            audio_profile=audio.codec_context.profile or "",
            audio_rate_hz=audio.codec_context.sample_rate,
            audio_channels=audio.codec_context.channels,
            audio_bits_per_s=audio.codec_context.bit_rate or 0,
            audio_s=len(heard(path)) / audio.codec_context.sample_rate,
            boxes=boxes(path),
        )


def boxes(path: Path) -> list[str]:
    """The kinds of an MP4's outermost boxes, in order."""
    data = path.read_bytes()
    found, at = [], 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        found.append(data[at + 4 : at + 8].decode("latin-1"))
        at += size if size >= 8 else len(data)
    return found


def heard(path: Path) -> Samples:
    """The sound as one channel, -1..1, at the file's own rate."""
    with av.open(str(path)) as box:
        parts = [frame.to_ndarray().mean(axis=0) for frame in box.decode(box.streams.audio[0])]
    return np.concatenate(parts).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What ffmpeg's detectors say. Loudness in LUFS, peak in dBTP; spans as the detectors write them."""

    integrated_lufs: float
    true_peak_dbtp: float
    black: list[str] = field(default_factory=list)
    frozen: list[str] = field(default_factory=list)


def judge(path: Path) -> Verdict:
    """One run of ffmpeg: a tenth of a second of black, or a third of a second of standing still, is found."""
    detectors = "blackdetect=d=0.1:pic_th=0.95,freezedetect=n=0.001:d=0.3"
    command = [str(find_ffmpeg()), "-nostdin", "-hide_banner", "-nostats", "-i", str(path)]
    command += ["-vf", detectors, "-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    log = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stderr
    return Verdict(
        integrated_lufs=float(re.findall(r"^\s*I:\s+(\S+) LUFS", log, re.MULTILINE)[-1]),
        true_peak_dbtp=float(re.findall(r"^\s*Peak:\s+(\S+) dBFS", log, re.MULTILINE)[-1]),
        black=re.findall(r"black_start:.*", log),
        frozen=re.findall(r"freeze_start: .*", log),
    )


@dataclass(frozen=True, slots=True)
class Picture:
    """One frame: luma at full size, Cb and Cr at half of it."""

    y: Plane
    cb: Plane
    cr: Plane


def pictures(path: Path) -> Iterator[Picture]:
    """All frames of a yuv420p file, one after another."""
    with av.open(str(path)) as box:
        box.streams.video[0].thread_type = "AUTO"
        for frame in box.decode(box.streams.video[0]):
            y, cb, cr = (_plane(plane) for plane in frame.planes)
            yield Picture(y, cb, cr)


def _plane(plane: av.video.plane.VideoPlane) -> Plane:
    rows: Plane = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
    return rows[:, : plane.width].copy()


def tint(picture: Picture) -> tuple[float, float]:
    """The mean colour of the upper half, where no subtitle stands: Cb and Cr, 0 is grey."""
    upper = slice(0, picture.cb.shape[0] // 2)
    return float(picture.cb[upper].mean()) - 128, float(picture.cr[upper].mean()) - 128


def nearest(colour: tuple[float, float], known: Sequence[tuple[float, float]]) -> int:
    """Which of the known tints a colour's direction is closest to."""
    return min(range(len(known)), key=lambda place: abs(_angle(colour, known[place])))


def _angle(one: tuple[float, float], other: tuple[float, float]) -> float:
    turned = complex(*one) / complex(*other)
    return float(np.angle(turned))


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the picture, as shares of its width and height."""

    left: float
    top: float
    right: float
    bottom: float

    def cut(self, plane: Mask) -> Mask:
        height, width = plane.shape
        rows = slice(round(self.top * height), round(self.bottom * height))
        return plane[rows, round(self.left * width) : round(self.right * width)]


@dataclass(frozen=True, slots=True)
class Written:
    """What a frame has that the same frame without subtitles has not; masks of the box at half size.

    ``inside`` and ``outside`` count changed pixels of every second row and column.
    """

    tint: tuple[float, float]
    ink: Mask
    lit: Mask
    inside: int
    outside: int


def written(with_text: Path, without: Path, box: Box) -> list[Written]:
    """Two files frame by frame, one with subtitles and one without."""
    return [_compared(text, plain, box) for text, plain in zip(pictures(with_text), pictures(without), strict=True)]


def _compared(text: Picture, plain: Picture, box: Box) -> Written:
    ink = _apart(text.y[::2, ::2], plain.y[::2, ::2]) > _INKED
    lit = (text.cb < _YELLOW_CB) & (plain.cb > text.cb) & (_apart(text.cb, plain.cb) > _TURNED_YELLOW)
    inside = int(box.cut(ink).sum())
    return Written(
        tint=tint(text),
        ink=box.cut(ink).copy(),
        lit=box.cut(lit).copy(),
        inside=inside,
        outside=int(ink.sum()) - inside,
    )


def _apart(one: Plane, other: Plane) -> Plane:
    """The absolute difference, without leaving 8 bits."""
    apart: Plane = np.maximum(one, other) - np.minimum(one, other)
    return apart


def alike(one: Mask, other: Mask) -> float:
    """The share of what either mask has that both have."""
    either = int((one | other).sum())
    return int((one & other).sum()) / either if either else 1.0


def band_db(sound: Samples, rate_hz: int, spans: Sequence[tuple[float, float]], band_hz: tuple[float, float]) -> float:
    """The mean power of a band over some spans of time (seconds), in dB."""
    powers = []
    for start_s, end_s in spans:
        part = sound[round(start_s * rate_hz) : round(end_s * rate_hz)]
        spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part)))) ** 2 / len(part) ** 2
        hz = np.fft.rfftfreq(len(part), 1 / rate_hz)
        powers.append(float(spectrum[(hz >= band_hz[0]) & (hz <= band_hz[1])].sum()))
    return 10 * float(np.log10(np.mean(powers) + 1e-20))
