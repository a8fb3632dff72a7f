"""Reads SubRip subtitles (SRT): bytes that anybody may have written, to cues, or to what is wrong on which line. Pure.

Taken as people write it: line ends of any kind, a point for the comma, no hours, no numbers, no blank line between
cues, positions behind the times. Refused is what can only be guessed at. Words are data: of all that looks like markup
only SubRip's own tags (``<b> <i> <u> <s> <font ...>`` and their ends) are taken out, as they say how to draw the words
around them; everything else, ``{\\an8}`` and ``<script>`` too, is text and stays as it was typed.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from contracts.faults import LogicalFault
from contracts.values import Value

SRT_MAX_BYTES = 1 << 20
CUES_MAX = 5_000
FAULTS_MAX = 50  # that are told of one file

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NUMBER = re.compile(r"[ \t]*[0-9]{1,9}[ \t]*")
_TIME = r"(?P<{0}>-?(?:[0-9]{{1,2}}:)?[0-9]{{1,2}}:[0-9]{{1,2}}[,.][0-9]{{1,3}})"
_TIMES = re.compile(rf"\s*{_TIME.format('start')}\s*-->\s*{_TIME.format('end')}(?:\s.*)?")
_ARROW = "-->"
_TAG = re.compile(r"</?(?:[bius]|font(?:\s[^<>]{0,200})?)>", re.IGNORECASE)


class SrtCue(Value):
    """One subtitle. ``index`` is its place in the file from 1; times in seconds; ``lines`` are its text, top down."""

    index: int
    start_s: float
    end_s: float
    lines: tuple[str, ...]


class LineFault(Value):
    """What is wrong on one line, counted from 1."""

    line: int
    message: str


class BadSrt(LogicalFault):
    """Subtitles that cannot be read. ``faults`` tells it line by line, at most 50 of them."""

    code = "srt_invalid"

    def __init__(self, faults: list[LineFault], *, code: str | None = None) -> None:
        told = "; ".join(f"line {fault.line}: {fault.message}" for fault in faults[:3])
        super().__init__(told, code=code)
        self.faults = tuple(faults)


class SrtTooLarge(LogicalFault):
    """More bytes than subtitles may have."""

    code = "srt_too_large"

    def __init__(self) -> None:
        super().__init__(f"Subtitles may have at most {SRT_MAX_BYTES >> 20} MiB.")


class _Wrong(Exception):
    """A fault on the line that is being read."""


def parse_srt(data: bytes) -> tuple[SrtCue, ...]:
    """The cues of a file, in its order, which is that of their starts.

    Raises:
        SrtTooLarge: over 1 MiB.
        BadSrt: with the lines. ``srt_invalid`` if it can't be read or its times make no sense, ``srt_too_many_cues``
            from cue 5,001 on.
    """
    if len(data) > SRT_MAX_BYTES:
        raise SrtTooLarge
    lines = decode_srt(data).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    cues: list[SrtCue] = []
    faults: list[LineFault] = []
    for found in _read(lines):
        if isinstance(found, LineFault):
            faults.append(found)
        else:
            cues.append(found)
        if len(faults) == FAULTS_MAX:
            break
    if not cues and not faults:
        faults.append(LineFault(line=1, message="there is no subtitle in it"))
    if faults:
        raise BadSrt(faults)
    return tuple(cues)


def decode_srt(data: bytes) -> str:
    """The text: UTF-8, UTF-16 with a byte order mark, or else Windows-1252, the usual one of old files.

    Raises:
        BadSrt: it is none of these.
    """
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), None)
    for name in (encoding,) if encoding else ("utf-8", "cp1252"):
        try:
            return data.decode(name)
        except UnicodeDecodeError as wrong:
            line = 1 + data.count(b"\n", 0, wrong.start)
    raise BadSrt([LineFault(line=line, message="this is neither UTF-8, UTF-16 with a mark, nor Windows-1252 text")])


def _read(lines: list[str]) -> Iterator[SrtCue | LineFault]:
    """Each cue, or what is wrong with it; after a fault it goes on at the next blank line."""
    at, count, before_s = 0, 0, 0.0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        timed = at + 1 if _is_numbered(lines, at) else at
        end = _end_of(lines, timed + 1)
        count += 1
        if count > CUES_MAX:
            raise BadSrt(
                [LineFault(line=at + 1, message=f"at most {CUES_MAX:,} subtitles are taken")], code="srt_too_many_cues"
            )
        try:
            start_s, end_s = _times(lines[timed], before_s)
        except _Wrong as wrong:
            yield LineFault(line=timed + 1, message=str(wrong))
        else:
            before_s = start_s
            yield _cue(count, start_s, end_s, lines[timed + 1 : end], timed + 2)
        at = end


def _is_numbered(lines: list[str], at: int) -> bool:
    return at + 1 < len(lines) and _NUMBER.fullmatch(lines[at]) is not None and _ARROW in lines[at + 1]


def _end_of(lines: list[str], at: int) -> int:
    """Where a cue's text ends: at a blank line, or where the next cue plainly begins without one."""
    while at < len(lines) and lines[at].strip():
        begins = at + 1 if _is_numbered(lines, at) else at
        if _TIMES.fullmatch(lines[begins]):
            break
        at += 1
    return at


def _times(line: str, before_s: float) -> tuple[float, float]:
    found = _TIMES.fullmatch(line)
    if found is None:
        raise _Wrong("times such as 00:00:01,500 --> 00:00:04,000 are needed here")
    start_s, end_s = _seconds(found["start"]), _seconds(found["end"])
    if end_s <= start_s:
        raise _Wrong("it ends before it begins" if end_s < start_s else "it ends when it begins")
    if start_s < before_s:
        raise _Wrong("it begins before the one above it")
    return start_s, end_s


def _seconds(time: str) -> float:
    if time.startswith("-"):
        raise _Wrong("a time is negative")
    clock, fraction = re.split("[,.]", time)
    *hours, minutes, seconds = map(int, clock.split(":"))
    if minutes > 59 or seconds > 59:
        raise _Wrong("minutes and seconds go up to 59")
    whole = (sum(hours) * 60 + minutes) * 60 + seconds
    return whole + int(fraction.ljust(3, "0")) / 1000


def _cue(index: int, start_s: float, end_s: float, text: list[str], first: int) -> SrtCue | LineFault:
    """``first`` is the number of the text's first line."""
    for place, line in enumerate(text):
        if "\0" in line:
            return LineFault(line=first + place, message="it holds a NUL character")
    lines = tuple(_TAG.sub("", line).strip() for line in text)
    return SrtCue(index=index, start_s=start_s, end_s=end_s, lines=tuple(filter(None, lines)))
