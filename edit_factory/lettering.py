"""Subtitles for the gateway: cut into cues by the footage station's own hand, drawn by the render station's."""

from __future__ import annotations

from pathlib import Path

from contracts.outputs import FPS, PRESETS, Output
from contracts.preview import SubtitlePreview
from contracts.speech import Word
from contracts.timeline import Cue, Timeline
from kit.ffmpeg import ffmpeg_identity
from kit.fonts import face, font_identity
from services.footage.cues import cues
from services.render.plan import subtitles
from services.render.preview import PREVIEW_VERSION, draw

# How long a word takes a voice, about: what is spoken when is made up here, as there is no voice yet.
_WORD_S, _LETTER_S = 0.12, 0.045


class RenderLettering:
    """The render station's subtitles, without the station."""

    def ass(self, timeline: Timeline, output: Output) -> str:
        style = timeline.subtitles
        return subtitles.write(timeline.cues, style, face(style.font), subtitles.canvas(output), timeline.fps)

    def identity(self, asked: SubtitlePreview) -> object:
        return [PREVIEW_VERSION, ffmpeg_identity(), font_identity(asked.style.font)]

    async def preview(self, asked: SubtitlePreview, background: Path | None, folder: Path) -> bytes:
        shown = () if asked.style.preset == "none" else cues(spoken_evenly(asked.text))
        output, frame = PRESETS[asked.preset], frame_at(shown, asked.at)
        return await draw(shown, asked.style, output, frame, background=background, folder=folder)


def spoken_evenly(text: str) -> tuple[Word, ...]:
    """Words with times, as if somebody spoke them without a pause."""
    words: list[Word] = []
    at_s = 0.0
    for part in text.split():
        end_s = at_s + _WORD_S + _LETTER_S * len(part)
        words.append(Word(text=part, start_s=at_s, end_s=end_s, phrase=0))
        at_s = end_s
    return tuple(words)


def frame_at(shown: tuple[Cue, ...], share: float) -> int:
    """The frame when this share of all words has been spoken."""
    if not shown:
        return 0
    end_s = max(word.end_s for cue in shown for word in cue.words)
    last = subtitles.first_frame_at(shown[-1].end_s, FPS) - 1
    return min(int(end_s * share * FPS), last)
