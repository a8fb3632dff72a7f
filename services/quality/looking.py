"""How a finished file is looked and listened through in one go: the command, and what it tells. Pure.

Everything is decoded once, as a player would. What is written over the pictures is blackened before they are judged:
subtitles that move would hide that a picture stands, and white ones that it is black.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contracts.quality import ExpectedFile, Place, Span

FILE_NAME = "file.mp4"
SEEN_NAME, HEARD_NAME = "seen.txt", "heard.txt"

# Noted from here on; what counts as a fault is longer (``judging``).
_BLACK_FROM_S, _FROZEN_FROM_S, _SILENT_FROM_S = 0.1, 0.8, 0.5
_BLACK_PIXEL = 0.04  # of the range above black: no picture at all, where a night still has some
_BLACK_SHARE = 0.98  # of the pixels
# Mean difference per pixel, of the whole range, to where it began to stand. Found by trying: a picture with grain that
# is held stays below it, at CRF 18 as at 28; a view that moves over a gradient hardly to be seen passes it in 1.4 s.
_FROZEN_NOISE = 0.0007
_SILENT_LEVEL = 0.001  # -60 dBFS
_NUMBER = r"-?[\d.]+(?:e[-+]?\d+)?"
_INTEGRATED = re.compile(r"^\s*(?:\[info\])?\s*I:\s+(-?[\d.]+|-?inf|nan) LUFS", re.MULTILINE)
_PEAK = re.compile(r"^\s*(?:\[info\])?\s*Peak:\s+(-?[\d.]+|-?inf|nan) dBFS", re.MULTILINE)
_MARK = re.compile(
    rf"^lavfi\.(?:freezedetect\.)?(?P<what>black|freeze|silence)_(?P<edge>start|end)=(?P<at>{_NUMBER})$", re.MULTILINE
)
_DAMAGE = re.compile(r"\[(?:error|fatal|panic)\]")
SILENCE_LUFS, SILENCE_DBTP = -70.0, -120.0


@dataclass(frozen=True, slots=True)
class Told:
    """What was seen and heard. Spans have no end where it lasts to the end of the file (``math.inf``)."""

    integrated_lufs: float
    true_peak_dbtp: float
    black: tuple[Span, ...]
    frozen: tuple[Span, ...]
    silent: tuple[Span, ...]
    damaged: bool


def command(asked: ExpectedFile, threads: int, *, sound: bool) -> tuple[str, ...]:
    """What stands after ``ffmpeg``, to be run in a folder with the file. Progress comes on stdout."""
    heard = ("-map", "0:a:0", "-af", _listening()) if sound else ()
    return (
        *("-hide_banner", "-nostdin", "-nostats", "-y", "-loglevel", "level+info", "-progress", "pipe:1"),
        *("-filter_threads", "1", "-threads", str(threads), "-protocol_whitelist", "file", "-f", "mov"),
        *("-i", f"file:{FILE_NAME}", "-map", "0:v:0", "-vf", _watching(asked), *heard, "-f", "null", "-"),
    )


def _watching(asked: ExpectedFile) -> str:
    filters = [*_pictures_alone(asked)]
    filters.append(f"blackdetect=d={_BLACK_FROM_S}:pix_th={_BLACK_PIXEL}:pic_th={_BLACK_SHARE}")
    filters.append(f"freezedetect=n={_FROZEN_NOISE}:d={_FROZEN_FROM_S}")
    return ",".join([*filters, f"metadata=mode=print:file={SEEN_NAME}"])


def _listening() -> str:
    return ",".join(
        (
            "ebur128=peak=true:framelog=verbose",
            f"silencedetect=n={_SILENT_LEVEL}:d={_SILENT_FROM_S}",
            f"ametadata=mode=print:file={HEARD_NAME}",
        )
    )


def _pictures_alone(asked: ExpectedFile) -> Iterator[str]:
    """The part of the frame that has the pictures, without what is drawn over them: even numbers and nothing else."""
    part = _pixels(asked.pictures, asked)
    if part[2:] != (asked.width, asked.height):
        yield f"crop={part[2]}:{part[3]}:{part[0]}:{part[1]}"
    for place in asked.covered:
        x, y, width, height = _pixels(place, asked)
        left, top = max(x - part[0], 0), max(y - part[1], 0)
        right, bottom = min(x + width - part[0], part[2]), min(y + height - part[1], part[3])
        if right > left and bottom > top:
            yield f"drawbox=x={left}:y={top}:w={right - left}:h={bottom - top}:color=black:t=fill"


def _pixels(place: Place, asked: ExpectedFile) -> tuple[int, int, int, int]:
    left, top = _even(place.left * asked.width), _even(place.top * asked.height)
    right = min(_even(place.right * asked.width + 1), asked.width)
    bottom = min(_even(place.bottom * asked.height + 1), asked.height)
    return left, top, right - left, bottom - top


def _even(pixels: float) -> int:
    return max(0, round(pixels / 2) * 2)


def told(seen: str, heard: str, log: str, *, sound: bool) -> Told:
    """What the command told, in the files it wrote and at the end of stderr.

    Raises:
        ValueError: nothing is said of the loudness of a file with sound.
    """
    integrated, peaks = _INTEGRATED.findall(log), _PEAK.findall(log)
    if sound and not (integrated and peaks):
        raise ValueError("no loudness summary in the log")
    spans = _spans(f"{seen}\n{heard}")
    return Told(
        integrated_lufs=_level(integrated, SILENCE_LUFS),
        true_peak_dbtp=_level(peaks, SILENCE_DBTP),
        black=spans["black"],
        frozen=spans["freeze"],
        silent=spans["silence"],
        damaged=_DAMAGE.search(log) is not None,
    )


def _spans(text: str) -> Mapping[str, tuple[Span, ...]]:
    found: dict[str, list[Span]] = {"black": [], "freeze": [], "silence": []}
    begun: dict[str, float] = {}
    for mark in _MARK.finditer(text):
        what, at = mark["what"], float(mark["at"])
        if mark["edge"] == "start":
            begun[what] = max(at, 0.0)
        elif what in begun:
            found[what].append(Span(start_s=begun.pop(what), end_s=at))
    for what, at in begun.items():
        found[what].append(Span(start_s=at, end_s=float("inf")))
    return {what: tuple(spans) for what, spans in found.items()}


def _level(said: list[str], silence: float) -> float:
    if not said or said[-1].endswith(("inf", "nan")):
        return silence
    return max(float(said[-1]), silence)
