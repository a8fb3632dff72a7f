"""The ASS file: its header, and the events of all cues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contracts.brief import SubtitleStyle
from contracts.captions import one_at_a_time
from contracts.timeline import Cue
from kit.fonts import Face
from services.render.plan.subtitles.layout import Canvas, baselines, lay_out
from services.render.plan.subtitles.presets import PRESETS, Event, Scene, ass_size
from services.render.plan.subtitles.text import colour
from services.render.plan.subtitles.timing import Frames, clock, first_frame_at

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


def write(cues: Sequence[Cue], style: SubtitleStyle, face: Face, plane: Canvas, fps: int) -> str:
    """The whole ASS file. ``fps`` is the clock the cues are rounded to."""
    header = _HEADER.format(
        width=plane.width,
        height=plane.height,
        font=face.family,
        size=ass_size(face, style.size),
        colour=colour(style.colour),
        outline_colour=colour(style.outline_colour),
        bold=-1 if face.bold else 0,
        outline=style.outline,
        shadow=style.shadow,
    )
    events = (event for scene in _scenes(cues, style, face, plane, fps) for event in PRESETS[style.preset](scene))
    return header + "".join(f"{_written(event, fps)}\n" for event in events)


def _scenes(cues: Sequence[Cue], style: SubtitleStyle, face: Face, plane: Canvas, fps: int) -> Iterator[Scene]:
    for cue, end_s in one_at_a_time(cues):
        frames = Frames(first_frame_at(cue.start_s, fps), first_frame_at(end_s, fps))
        if frames.start < frames.end and cue.words:
            block = lay_out([word.text for word in cue.words], style, face, plane)
            yield Scene(cue.words, frames, block, baselines(block, style, plane), style, face, plane, fps)


def _written(event: Event, fps: int) -> str:
    start, end = clock(event.frames.start, fps), clock(event.frames.end, fps)
    return f"Dialogue: {event.layer},{start},{end},Words,,0,0,0,,{{{event.tags}}}{event.text}"
