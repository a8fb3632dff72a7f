r"""Subtitles as ASS text: our own layout, our own timing, and nothing a user typed but the letters.

Each line of a cue is an event of its own, placed by its baseline, so that the lines stand as close as they should
whatever the font's own spacing; in karaoke a line is shown anew for each word, with that word coloured.
Times are put between frames, so a cue is on exactly the frames it was planned for.

Text is data: ``{`` and ``}`` are escaped, and after each backslash stands a word joiner, which draws nothing, so that
no backslash forms a command with what follows.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from contracts.brief import SubtitleStyle
from contracts.outputs import Output, SafeZone
from contracts.speech import Word
from contracts.timeline import Cue
from kit.fonts import Face

SHORT_SIDE = 1080  # pixels of the canvas that sizes are given in, whatever the output's own size

_LINES = 2
_LEADING = 1.2  # line to line, in font sizes
_DESCENT = 0.24  # what hangs below the baseline (g, ț), in font sizes
_SMALLEST = 0.6  # of the asked size; smaller only if a word would not fit otherwise
_STEPS = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.65, _SMALLEST)
_WHOLE = 0.35  # of the asked size: a word is made so small rather than cut in two
_SHRINK = 0.85
_TINY = 8.0  # pixels; below this nobody reads, so what overflows then may
_SPARE = 0.97  # of the width: shaping may come out a little wider than the sum of the advances
_BRIDGED_S = 0.35  # a pause up to this keeps the word before it lit, so the highlight does not flicker
_JOINER = "\u2060"

_HEADER = """\
[Script Info]
ScriptType: v4.00+
PlayResX: {width}
PlayResY: {height}
WrapStyle: 2
ScaledBorderAndShadow: yes
YCbCr Matrix: TV.709

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, \
StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Words,{font},{size:.2f},{colour},{colour},{outline_colour},&H60000000,{bold},0,0,0,100,100,0,0,1,{outline},\
{shadow},2,0,0,0,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


@dataclass(frozen=True, slots=True)
class Canvas:
    """The plane subtitles are laid out on, in pixels of a picture ``SHORT_SIDE`` wide or high."""

    width: int
    height: int
    zone: SafeZone

    @property
    def room(self) -> float:
        """Width a line may take: centred, and inside the wider of the two side margins."""
        return self.width * (1 - 2 * max(self.zone.left, self.zone.right))


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or a part of one too long for a line; ``word`` is its place in the cue."""

    word: int
    text: str


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A cue's lines and the font size, in canvas pixels, at which they fit."""

    lines: tuple[Line, ...]
    size: float


@dataclass(frozen=True, slots=True)
class _Look:
    """What all events of a file share."""

    style: SubtitleStyle
    face: Face
    plane: Canvas
    fps: int


def canvas(output: Output) -> Canvas:
    scale = SHORT_SIDE / min(output.width, output.height)
    return Canvas(round(output.width * scale), round(output.height * scale), output.safe_zone)


def write(cues: Sequence[Cue], style: SubtitleStyle, face: Face, plane: Canvas, fps: int) -> str:
    """The whole ASS file. ``fps`` is the clock the cues are rounded to."""
    header = _HEADER.format(
        width=plane.width,
        height=plane.height,
        font=face.family,
        size=_ass_size(face, style.size),
        colour=_colour(style.colour),
        outline_colour=_colour(style.outline_colour),
        bold=-1 if face.bold else 0,
        outline=style.outline,
        shadow=style.shadow,
    )
    return header + "".join(f"{event}\n" for event in _events(cues, _Look(style, face, plane, fps)))


def lay_out(words: Sequence[str], style: SubtitleStyle, face: Face, plane: Canvas) -> Block:
    """Words in at most two balanced lines at the asked size or a little smaller; long ones smaller still, or broken."""
    border = 2 * (style.outline + style.glow)
    room = (plane.room - border) * _SPARE
    for step in _STEPS:
        size = style.size * step
        lines = _balanced(words, face, room / size)
        if lines:
            return Block(lines, size)
    high = plane.height * (1 - plane.zone.top - plane.zone.bottom)
    size = style.size * _SMALLEST
    widest = max(map(face.width, words), default=0.0)
    if widest * size > room >= widest * style.size * _WHOLE:
        size = room / widest
    while True:
        lines = _broken(words, face, room / size)
        if len(lines) * size * _LEADING <= high or size <= _TINY:
            return Block(lines, size)
        size *= _SHRINK


def as_data(text: str) -> str:
    """Text as libass must be told it, so that exactly this is drawn."""
    plain = "".join(" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in text)
    return plain.replace("\\", "\\" + _JOINER).replace("{", "\\{").replace("}", "\\}")


def first_frame_at(time_s: float, fps: int) -> int:
    """The first frame that is not before a time."""
    return math.ceil(time_s * fps - 1e-6)


def clock(frame: int, fps: int) -> str:
    """An ASS time that is not after the frame and after the one before it (h:mm:ss.cc)."""
    hundredths = frame * 100 // fps
    seconds, hundredths = divmod(hundredths, 100)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}.{hundredths:02}"


def _events(cues: Sequence[Cue], look: _Look) -> Iterator[str]:
    for cue, end_s in _one_at_a_time(cues):
        frames = (first_frame_at(cue.start_s, look.fps), first_frame_at(end_s, look.fps))
        if frames[0] < frames[1] and cue.words:
            yield from _cue_events(cue, frames, look)


def _one_at_a_time(cues: Sequence[Cue]) -> Iterator[tuple[Cue, float]]:
    """Cues with their ends; one that would run into the next ends where that begins."""
    for cue, follower in pairwise(cues):
        yield cue, min(cue.end_s, max(follower.start_s, cue.start_s))
    if cues:
        yield cues[-1], cues[-1].end_s


def _cue_events(cue: Cue, frames: tuple[int, int], look: _Look) -> Iterator[str]:
    style, fps = look.style, look.fps
    block = lay_out([word.text for word in cue.words], style, look.face, look.plane)
    lit = _lit(cue.words, frames, fps) if style.preset == "karaoke" else [(*frames, None)]
    for line, baseline in zip(block.lines, _baselines(block, style, look.plane), strict=True):
        place = _place(block, baseline, look)
        if style.glow:
            yield _event(0, frames, place + _glow(style), _text(line, None, style), fps)
        for start, end, word in _runs(line, lit):
            yield _event(1, (start, end), place, _text(line, word, style), fps)


def _lit(words: Sequence[Word], frames: tuple[int, int], fps: int) -> list[tuple[int, int, int | None]]:
    """Frame ranges that fill the cue, each with the word lit in it."""
    ranges: list[tuple[int, int, int | None]] = []
    at = frames[0]
    for place, word in enumerate(words):
        end_s = word.end_s
        if place + 1 < len(words) and words[place + 1].start_s - end_s <= _BRIDGED_S:
            end_s = words[place + 1].start_s
        start = min(max(first_frame_at(word.start_s, fps), at), frames[1])
        end = min(max(first_frame_at(end_s, fps), start), frames[1])
        ranges += [(at, start, None), (start, end, place)]
        at = end
    ranges.append((at, frames[1], None))
    return [run for run in ranges if run[0] < run[1]]


def _runs(line: Line, lit: Sequence[tuple[int, int, int | None]]) -> Iterator[tuple[int, int, int | None]]:
    """The ranges as this line sees them: other lines' words are none, and equal neighbours are one."""
    own = {piece.word for piece in line}
    merged: list[tuple[int, int, int | None]] = []
    for start, end, word in lit:
        seen = word if word in own else None
        if merged and merged[-1][2] == seen:
            merged[-1] = (merged[-1][0], end, seen)
        else:
            merged.append((start, end, seen))
    return iter(merged)


def _baselines(block: Block, style: SubtitleStyle, plane: Canvas) -> list[float]:
    """Of each line from the top down, in canvas pixels: the last one at ``style.y``, all inside the safe zone."""
    border = style.outline + style.glow
    step = block.size * _LEADING
    lowest = plane.height * (1 - plane.zone.bottom) - block.size * _DESCENT - border
    highest = plane.height * plane.zone.top + block.size + border + step * (len(block.lines) - 1)
    last = max(min(plane.height * style.y, lowest), min(highest, lowest))
    return [last - step * below for below in reversed(range(len(block.lines)))]


def _place(block: Block, baseline: float, look: _Look) -> str:
    bottom = baseline + block.size * look.face.descent / look.face.units_per_em
    size = "" if block.size == look.style.size else f"\\fs{_ass_size(look.face, block.size):.2f}"
    return f"\\pos({look.plane.width / 2:g},{bottom:.2f}){size}"


def _glow(style: SubtitleStyle) -> str:
    return f"\\1a&HFF&\\bord{style.outline + style.glow}\\blur{style.glow}\\shad0"


def _text(line: Line, lit: int | None, style: SubtitleStyle) -> str:
    return " ".join(
        f"{{\\1c{_colour(style.highlight)}&}}{as_data(piece.text)}{{\\1c{_colour(style.colour)}&}}"
        if piece.word == lit
        else as_data(piece.text)
        for piece in line
    )


def _event(layer: int, frames: tuple[int, int], overrides: str, text: str, fps: int) -> str:
    return f"Dialogue: {layer},{clock(frames[0], fps)},{clock(frames[1], fps)},Words,,0,0,0,,{{{overrides}}}{text}"


def _ass_size(face: Face, size: float) -> float:
    """ASS sizes are of the line's box, not of the em: this one draws an em of ``size`` pixels in every font."""
    return size * (face.ascent + face.descent) / face.units_per_em


def _colour(rgb: str) -> str:
    return f"&H00{rgb[5:7]}{rgb[3:5]}{rgb[1:3]}".upper()


def _balanced(words: Sequence[str], face: Face, room: float) -> tuple[Line, ...]:
    """One line, or two of the most equal width; empty if neither fits. ``room`` in ems."""
    pieces = tuple(Piece(place, word) for place, word in enumerate(words))
    if _width(pieces, face) <= room:
        return (pieces,)
    breaks = [(pieces[:at], pieces[at:]) for at in range(1, len(pieces))]
    fitting = [pair for pair in breaks if all(_width(line, face) <= room for line in pair)]
    return min(fitting, key=lambda pair: max(_width(line, face) for line in pair), default=())


def _broken(words: Sequence[str], face: Face, room: float) -> tuple[Line, ...]:
    """As many full lines as it takes; words longer than a line are cut."""
    lines: list[list[Piece]] = [[]]
    for place, word in enumerate(words):
        for piece in (Piece(place, part) for part in _parts(word, face, room)):
            if lines[-1] and _width((*lines[-1], piece), face) > room:
                lines.append([])
            lines[-1].append(piece)
    return tuple(tuple(line) for line in lines if line)


def _parts(word: str, face: Face, room: float) -> Iterator[str]:
    part, width = "", 0.0
    for letter in word:
        more = face.width(letter)
        if part and width + more > room:
            yield part
            part, width = "", 0.0
        part, width = part + letter, width + more
    if part:
        yield part


def _width(line: Sequence[Piece], face: Face) -> float:
    return face.width(" ".join(piece.text for piece in line))
