"""What a cue looks like while it is shown: one function a preset, from a laid-out cue to events.

All of them stand still but for the spoken word: no preset ever moves a word that is not spoken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from contracts.brief import SubtitleStyle
from contracts.speech import Word
from kit.fonts import Face
from services.render.plan.subtitles import drawing
from services.render.plan.subtitles.layout import BOX_ABOVE, BOX_BELOW, Block, Canvas, Line, Piece, halo, ruler
from services.render.plan.subtitles.text import alpha, as_data, colour
from services.render.plan.subtitles.timing import Frames, Lit, hundredths_at, lit

BEHIND, TEXT, ABOVE = 0, 1, 2  # layers

# The pop of a word: grown after RISE_MS, back to what it keeps while it is spoken after SETTLE_MS, its old self
# RELEASE_MS after it was spoken, of its own colour again after FADE_MS. Growing slows down towards its end (_EASE).
RISE_MS, SETTLE_MS, RELEASE_MS, FADE_MS = 90, 190, 120, 50
KEPT = 0.5  # of what it had grown
_EASE = 0.6

# Light around letters: how strong it is around the line, close to the spoken word, and further away from it.
_FAINT, _BRIGHT, _BLOOM = 0.3, 0.9, 0.5
_NO_FILL = "\\1a&HFF&\\shad0"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the file: shown on ``frames``, with override tags before its text. Higher layers lie above."""

    layer: int
    frames: Frames
    tags: str
    text: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A cue that was laid out: its words, its frames, and where its lines stand (``baselines``, canvas pixels)."""

    words: tuple[Word, ...]
    frames: Frames
    block: Block
    baselines: Sequence[float]
    style: SubtitleStyle
    face: Face
    plane: Canvas
    fps: int

    def lines(self) -> Iterator[tuple[Line, float]]:
        yield from zip(self.block.lines, self.baselines, strict=True)

    def lit(self) -> list[Lit]:
        return lit(self.words, self.frames, self.fps)

    def place(self, baseline: float) -> str:
        """Centred on a baseline. ASS knows of boxes around lines only, and they hang lower."""
        return f"\\pos({self.plane.width / 2:g},{self._bottom(baseline):.2f}){self.size()}"

    def place_of_word(self, baseline: float, middle: float) -> str:
        """The middle of a word's box on a point, so that it grows to all sides."""
        high = self.block.size * (self.face.ascent + self.face.descent) / self.face.units_per_em
        x = self.plane.width / 2 + middle * self.block.size
        return f"\\an5\\pos({x:.2f},{self._bottom(baseline) - high / 2:.2f}){self.size()}"

    def size(self) -> str:
        return "" if self.block.size == self.style.size else f"\\fs{ass_size(self.face, self.block.size):.2f}"

    def hundredths(self, time_s: float) -> int:
        """A time within the cue as its events have it: hundredths of a second from their start."""
        first, last = (hundredths_at(frame, self.fps) for frame in (self.frames.start, self.frames.end))
        return min(max(round(time_s * 100) - first, 0), last - first)

    def _bottom(self, baseline: float) -> float:
        return baseline + self.block.size * self.face.descent / self.face.units_per_em


def ass_size(face: Face, size: float) -> float:
    """ASS sizes are of the line's box, not of the em: this one draws an em of ``size`` pixels in every font."""
    return size * (face.ascent + face.descent) / face.units_per_em


def clean(scene: Scene) -> Iterator[Event]:
    """The words, and nothing happens to them."""
    for line, baseline in scene.lines():
        yield from _lit_from_behind(scene, line, baseline)
        yield Event(TEXT, scene.frames, scene.place(baseline), _plain(line))


def karaoke(scene: Scene) -> Iterator[Event]:
    """The highlight runs through the words as they are spoken, and stays on those that were."""
    style = scene.style
    colours = f"\\1c{colour(style.highlight)}&\\2c{colour(style.colour)}&"
    for line, baseline in scene.lines():
        yield from _lit_from_behind(scene, line, baseline)
        yield Event(TEXT, scene.frames, scene.place(baseline) + colours, _sung(scene, line))


def pop(scene: Scene) -> Iterator[Event]:
    """Each word is an event of its own, in a place of its own; the spoken one grows, with a soft overshoot."""
    measure = ruler(scene.style, scene.face)
    runs = scene.lit()
    for line, baseline in scene.lines():
        for piece, middle in zip(line, measure.middles(line), strict=True):
            place = scene.place_of_word(baseline, middle)
            yield from _popping(scene, piece, place, runs, _growth(scene.style, measure.reach, scene.face, piece))


def boxed(scene: Scene) -> Iterator[Event]:
    """A box behind the lines; the spoken word has the highlight's colour."""
    style = scene.style
    look = f"\\an7\\pos(0,0)\\bord0\\shad0\\1c{colour(style.box_colour)}&\\1a{alpha(style.box_opacity)}\\p4"
    yield Event(BEHIND, scene.frames, look, drawing.rounded(*_box(scene)))
    for line, baseline in scene.lines():
        for run in _runs(line, scene.lit()):
            text = _marked(line, run.word, f"\\1c{colour(style.highlight)}&", f"\\1c{colour(style.colour)}&")
            yield Event(TEXT, Frames(run.start, run.end), scene.place(baseline) + "\\bord0", text)


def glow(scene: Scene) -> Iterator[Event]:
    """Light around the letters, faint around the line and strong around the spoken word."""
    for line, baseline in scene.lines():
        place = scene.place(baseline)
        near, far = (f"{place}{shine}" for shine in _shines(scene.style))
        yield Event(BEHIND, scene.frames, f"{near}\\3a{alpha(_FAINT)}", _plain(line))
        for run in _runs(line, scene.lit()):
            if run.word is not None:
                frames = Frames(run.start, run.end)
                for light, strength in ((far, _BLOOM), (near, _BRIGHT)):
                    text = _marked(line, run.word, f"\\3a{alpha(strength)}", "\\3a&HFF&")
                    yield Event(TEXT, frames, f"{light}\\3a&HFF&", text)
        yield Event(ABOVE, scene.frames, place, _plain(line))


def _shines(style: SubtitleStyle) -> tuple[str, str]:
    """Light close to the letters, and its bloom around them."""
    far = halo(style)
    light = f"{_NO_FILL}\\3c{colour(style.glow_colour or style.highlight)}&"
    near = f"{light}\\bord{style.outline + far * 0.6:g}\\blur{far * 0.8:g}"
    return near, f"{light}\\bord{style.outline + far * 1.2:g}\\blur{far * 2.4:g}"


PRESETS: dict[str, Callable[[Scene], Iterator[Event]]] = {
    "clean": clean,
    "karaoke": karaoke,
    "pop": pop,
    "boxed": boxed,
    "glow": glow,
    "none": lambda _scene: iter(()),
}


def _lit_from_behind(scene: Scene, line: Line, baseline: float) -> Iterator[Event]:
    """The glow that any preset can have: around all words alike."""
    if scene.style.glow:
        yield Event(BEHIND, scene.frames, scene.place(baseline) + _shine(scene.style), _plain(line))


def _shine(style: SubtitleStyle) -> str:
    light = f"\\3c{colour(style.glow_colour)}&" if style.glow_colour else ""
    return f"{_NO_FILL}{light}\\bord{style.outline + style.glow}\\blur{style.glow}"


def _plain(line: Line) -> str:
    return " ".join(as_data(piece.text) for piece in line)


def _marked(line: Line, word: int | None, on: str, off: str) -> str:
    return " ".join(
        f"{{{on}}}{as_data(piece.text)}{{{off}}}" if piece.word == word else as_data(piece.text) for piece in line
    )


def _runs(line: Line, ranges: Sequence[Lit]) -> list[Lit]:
    """The ranges as this line sees them: other lines' words are none, and equal neighbours are one."""
    own = {piece.word for piece in line}
    merged: list[Lit] = []
    for run in ranges:
        seen = run.word if run.word in own else None
        if merged and merged[-1].word == seen:
            merged[-1] = Lit(merged[-1].start, run.end, seen)
        else:
            merged.append(Lit(run.start, run.end, seen))
    return merged


def _sung(scene: Scene, line: Line) -> str:
    """A line with how long the highlight takes for each word (``\\kf``) and stands before it (``\\k``)."""
    at, parts = 0, list[str]()
    for piece in line:
        start, end = _spoken(scene, piece)
        start = max(start, at)
        end = max(end, start)
        parts.append(f"{{\\k{start - at}}}{' ' if parts else ''}{{\\kf{end - start}}}{as_data(piece.text)}")
        at = end
    return "".join(parts)


def _spoken(scene: Scene, piece: Piece) -> tuple[int, int]:
    """When a piece is spoken, in hundredths from the cue's start; parts of a word share its time by their length."""
    word = scene.words[piece.word]
    parts = [part for line in scene.block.lines for part in line if part.word == piece.word]
    place = next(place for place, part in enumerate(parts) if part is piece)  # others may have the same letters
    before = sum(len(part.text) for part in parts[:place])
    whole = max(1, sum(len(part.text) for part in parts))
    length_s = word.end_s - word.start_s
    shares = (before / whole, (before + len(piece.text)) / whole)
    start, end = (scene.hundredths(word.start_s + length_s * share) for share in shares)
    return start, end


def _growth(style: SubtitleStyle, reach: float, face: Face, piece: Piece) -> float:
    """By what share a word grows: as asked, but never over its neighbours. ``reach`` in ems."""
    wide = face.width(piece.text)
    return min(style.pop_strength, 2 * reach / wide) if wide else 0.0


def _popping(scene: Scene, piece: Piece, place: str, runs: Sequence[Lit], growth: float) -> Iterator[Event]:
    """A word before, while and after it is spoken. The three events share no frame and leave none out."""
    text, at = as_data(piece.text), scene.frames.start
    quiet = partial(Event, TEXT, tags=place, text=text)
    for run in runs:
        if run.word != piece.word:
            continue
        end = min(run.end + _frames_of(RELEASE_MS, scene.fps), scene.frames.end)
        yield from _if_any(quiet(frames=Frames(at, run.start)))
        spoken_ms = (hundredths_at(run.end, scene.fps) - hundredths_at(run.start, scene.fps)) * 10
        tags = place + _bounce(scene.style, growth, spoken_ms)
        yield from _if_any(Event(ABOVE, Frames(run.start, end), tags, text))
        at = end
    yield from _if_any(quiet(frames=Frames(at, scene.frames.end)))


def _bounce(style: SubtitleStyle, growth: float, spoken_ms: int) -> str:
    grown, kept = (f"\\fscx{100 + 100 * by:.1f}\\fscy{100 + 100 * by:.1f}" for by in (growth, growth * KEPT))
    return (
        f"\\1c{colour(style.highlight)}&\\t(0,{RISE_MS},{_EASE},{grown})\\t({RISE_MS},{SETTLE_MS},{kept})"
        f"\\t({spoken_ms},{spoken_ms + FADE_MS},\\1c{colour(style.colour)}&)"
        f"\\t({spoken_ms},{spoken_ms + RELEASE_MS},\\fscx100\\fscy100)"
    )


def _if_any(event: Event) -> Iterator[Event]:
    if event.frames.start < event.frames.end:
        yield event


def _frames_of(time_ms: int, fps: int) -> int:
    return -(-time_ms * fps // 1000)


def _box(scene: Scene) -> tuple[list[drawing.Point], float]:
    """The path around the boxes of all lines, and the radius of its corners."""
    style, size = scene.style, scene.block.size
    measure, aside = ruler(style, scene.face), style.box_padding / 2
    rows = [
        drawing.Row(
            half=measure.width(line) * size / 2 + style.box_padding,
            top=baseline - size * BOX_ABOVE,
            bottom=baseline + size * BOX_BELOW,
        )
        for line, baseline in scene.lines()
    ]
    rows[0] = drawing.Row(rows[0].half, rows[0].top - aside, rows[0].bottom)
    rows[-1] = drawing.Row(rows[-1].half, rows[-1].top, rows[-1].bottom + aside)
    return drawing.outline(drawing.evened(rows, style.box_radius), scene.plane.width / 2), style.box_radius
