r"""Subtitles as ASS text: our own layout, our own timing, and nothing a user typed but the letters.

``layout`` says where each line stands and how large it is, ``timing`` when, ``text`` how words are told to libass,
``presets`` what a cue looks like over its time, ``drawing`` the shapes behind it, ``ass`` puts the file together.

What is drawn on a frame follows from the cue of that frame, the beginning of the next one and the style alone: the
cues that touch a span, with the one behind them, write the same picture as all of them.
"""

from services.render.plan.subtitles.ass import write
from services.render.plan.subtitles.drawing import rounded
from services.render.plan.subtitles.layout import Block, Canvas, Piece, band, canvas, lay_out, top_of
from services.render.plan.subtitles.presets import ass_size
from services.render.plan.subtitles.text import as_data, colour
from services.render.plan.subtitles.timing import clock, first_frame_at

__all__ = [
    "Block",
    "Canvas",
    "Piece",
    "as_data",
    "ass_size",
    "band",
    "canvas",
    "clock",
    "colour",
    "first_frame_at",
    "lay_out",
    "rounded",
    "top_of",
    "write",
]
