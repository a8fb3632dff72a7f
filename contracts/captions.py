"""Cues as the subtitle files of others: SubRip (SRT) and WebVTT. Pure.

Text is data here, too. WebVTT has escapes for what its markup is made of. SubRip has none: there a word joiner, which
draws nothing, stands behind what a player would take for a tag or for the next cue's times.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from contracts.timeline import Cue

_JOINER = "\u2060"
_TAG_OPENS = re.compile(r"<(?=[/A-Za-z])")
_LINE = 42  # characters; the usual measure of what is read at a glance
_VTT_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def one_at_a_time(cues: Sequence[Cue]) -> Iterator[tuple[Cue, float]]:
    """Cues with their ends (seconds); one that would run into the next ends where that begins."""
    for cue, follower in pairwise(cues):
        yield cue, min(cue.end_s, max(follower.start_s, cue.start_s))
    if cues:
        yield cues[-1], cues[-1].end_s


def write_srt(cues: Sequence[Cue]) -> str:
    """A SubRip file, in UTF-8 as everybody reads it: no byte order mark, LF."""
    return "\n".join(
        f"{number}\n{_clock(start, ',')} --> {_clock(end, ',')}\n{_plain_for_srt(text)}\n"
        for number, (start, end, text) in enumerate(_timed(cues), 1)
    )


def write_vtt(cues: Sequence[Cue]) -> str:
    """A WebVTT file."""
    return "WEBVTT\n" + "".join(
        f"\n{number}\n{_clock(start, '.')} --> {_clock(end, '.')}\n{text.translate(_VTT_ESCAPES)}\n"
        for number, (start, end, text) in enumerate(_timed(cues), 1)
    )


def _timed(cues: Sequence[Cue]) -> Iterator[tuple[int, int, str]]:
    """Start and end in whole milliseconds and the text; a cue that is shown for less than one is left out."""
    for cue, end_s in one_at_a_time(cues):
        start, end = round(cue.start_s * 1000), round(end_s * 1000)
        text = _lines(cue)
        if start < end and text:
            yield start, end, text


def _lines(cue: Cue) -> str:
    """The words in one line, or in two of about the same length. None is blank: a blank line ends a cue."""
    words = [word for entry in cue.words for word in _one_line(entry.text).split()]
    whole = " ".join(words)
    if len(whole) <= _LINE or len(words) == 1:
        return whole
    breaks = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return "\n".join(min(breaks, key=lambda pair: max(map(len, pair))))


def _one_line(text: str) -> str:
    return "".join(" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in text)


def _plain_for_srt(text: str) -> str:
    return _TAG_OPENS.sub(f"<{_JOINER}", text).replace("-->", f"--{_JOINER}>")


def _clock(milliseconds: int, point: str) -> str:
    seconds, milliseconds = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{milliseconds:03}"
