"""Where words stand: at most two balanced lines, inside the platform's safe zone, as large as was asked or smaller.

Each line is placed by its baseline, so that the lines stand as close as they should whatever the font's own spacing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from contracts.brief import SubtitleStyle
from contracts.outputs import Output, SafeZone
from kit.fonts import Face

SHORT_SIDE = 1080  # pixels of the canvas that sizes are given in, whatever the output's own size
GLOW = 7  # of the preset glow where the style names none
BOX_ABOVE, BOX_BELOW = 0.95, 0.35  # what a box covers from the baseline, in font sizes; together its line's height

_LEADING = 1.2  # line to line, in font sizes
_LEADINGS = {"boxed": BOX_ABOVE + BOX_BELOW, "pop": 1.28}  # boxes touch and don't overlap; words that grow need room
_DESCENT = 0.24  # what hangs below the baseline (g, ț), in font sizes
_SMALLEST = 0.6  # of the asked size; smaller only if a word would not fit otherwise
_STEPS = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.65, _SMALLEST)
_WHOLE = 0.35  # of the asked size: a word is made so small rather than cut in two
_SHRINK = 0.85
_TINY = 8.0  # pixels; below this nobody reads, so what overflows then may
_SPARE = 0.97  # of the width: shaping may come out a little wider than the sum of the advances
_POP_SPREAD = 0.15  # ems that words which grow stand further apart
_POP_REACH = 0.65  # of a gap between words: so much of it a grown word takes on each side


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
class Ruler:
    """How wide lines are in a face: in ems. ``spread`` is added to each space between words."""

    face: Face
    spread: float = 0.0

    @property
    def gap(self) -> float:
        return self.face.width(" ") + self.spread

    @property
    def reach(self) -> float:
        """How far a grown word sticks out on each side, at most."""
        return self.gap * _POP_REACH if self.spread else 0.0

    def width(self, line: Sequence[Piece]) -> float:
        return self.face.width(" ".join(piece.text for piece in line)) + self.spread * (len(line) - 1)

    def middles(self, line: Line) -> list[float]:
        """The middle of each word, from the middle of the line."""
        at = -self.width(line) / 2
        places = []
        for piece in line:
            wide = self.face.width(piece.text)
            places.append(at + wide / 2)
            at += wide + self.gap
        return places


def ruler(style: SubtitleStyle, face: Face) -> Ruler:
    return Ruler(face, _POP_SPREAD if style.preset == "pop" else 0.0)


def canvas(output: Output) -> Canvas:
    scale = SHORT_SIDE / min(output.width, output.height)
    return Canvas(round(output.width * scale), round(output.height * scale), output.safe_zone)


def lay_out(words: Sequence[str], style: SubtitleStyle, face: Face, plane: Canvas) -> Block:
    """Words in at most two balanced lines at the asked size or a little smaller; long ones smaller still, or broken."""
    measure = ruler(style, face)
    room = (plane.room - 2 * _beside(style)) * _SPARE
    for step in _STEPS:
        size = style.size * step
        lines = _balanced(words, measure, room / size - 2 * measure.reach)
        if lines:
            return Block(lines, size)
    return _made_small(words, style, measure, room, plane)


def _made_small(words: Sequence[str], style: SubtitleStyle, measure: Ruler, room: float, plane: Canvas) -> Block:
    high = plane.height * (1 - plane.zone.top - plane.zone.bottom) - 2 * _over(style)
    size = style.size * _SMALLEST
    widest = max(map(measure.face.width, words), default=0.0) + 2 * measure.reach
    if widest * size > room >= widest * style.size * _WHOLE:
        size = room / widest
    while True:
        lines = _broken(words, measure, room / size - 2 * measure.reach)
        if len(lines) * size * leading(style) <= high or size <= _TINY:
            return Block(lines, size)
        size *= _SHRINK


def leading(style: SubtitleStyle) -> float:
    """Line to line, in font sizes."""
    return _LEADINGS.get(style.preset, _LEADING)


def halo(style: SubtitleStyle) -> int:
    """How far light shines around the letters, in pixels."""
    return style.glow or (GLOW if style.preset == "glow" else 0)


def baselines(block: Block, style: SubtitleStyle, plane: Canvas) -> list[float]:
    """Of each line from the top down, in canvas pixels: the last one at ``style.y``, all inside the safe zone."""
    above, below = (BOX_ABOVE, BOX_BELOW) if style.preset == "boxed" else (1.0, _DESCENT)
    step = block.size * leading(style)
    lowest = plane.height * (1 - plane.zone.bottom) - block.size * below - _over(style)
    highest = plane.height * plane.zone.top + block.size * above + _over(style) + step * (len(block.lines) - 1)
    last = max(min(plane.height * style.y, lowest), min(highest, lowest))
    return [last - step * lower for lower in reversed(range(len(block.lines)))]


def top_of(style: SubtitleStyle, plane: Canvas) -> float:
    """Where subtitles of two full lines begin, in canvas pixels."""
    two = Block(((), ()), style.size)
    return baselines(two, style, plane)[0] - style.size * BOX_ABOVE - _over(style)


def band(cues: Iterable[Sequence[str]], style: SubtitleStyle, face: Face, plane: Canvas) -> tuple[float, float]:
    """What these cues may cover, from top to bottom in canvas pixels: two full lines at least, so that it is the same
    for most.
    """
    blocks = [Block(((), ()), style.size), *(lay_out(words, style, face, plane) for words in cues)]
    spread = style.size * style.pop_strength / 2 if style.preset == "pop" else 0.0
    lines = [(baselines(block, style, plane), block.size) for block in blocks]
    top = min(places[0] - size * BOX_ABOVE for places, size in lines)
    bottom = max(places[-1] + size * BOX_BELOW for places, size in lines)
    return top - _over(style) - spread, bottom + _over(style) + spread


def _beside(style: SubtitleStyle) -> float:
    """What is drawn beyond the letters to each side, in pixels."""
    return style.box_padding if style.preset == "boxed" else style.outline + halo(style)


def _over(style: SubtitleStyle) -> float:
    """The same above the first line and below the last."""
    return style.box_padding / 2 if style.preset == "boxed" else style.outline + halo(style)


def _balanced(words: Sequence[str], measure: Ruler, room: float) -> tuple[Line, ...]:
    """One line, or two of the most equal width; empty if neither fits. ``room`` in ems."""
    pieces = tuple(Piece(place, word) for place, word in enumerate(words))
    if measure.width(pieces) <= room:
        return (pieces,)
    breaks = [(pieces[:at], pieces[at:]) for at in range(1, len(pieces))]
    fitting = [pair for pair in breaks if all(measure.width(line) <= room for line in pair)]
    return min(fitting, key=lambda pair: max(measure.width(line) for line in pair), default=())


def _broken(words: Sequence[str], measure: Ruler, room: float) -> tuple[Line, ...]:
    """As many full lines as it takes; words longer than a line are cut."""
    lines: list[list[Piece]] = [[]]
    for place, word in enumerate(words):
        for piece in (Piece(place, part) for part in _parts(word, measure.face, room)):
            if lines[-1] and measure.width((*lines[-1], piece)) > room:
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
