"""The reference job as a user of MoviePy 2 would write it: ``python -m bench.moviepy_job EDIT.json PRESET OUT.mp4``.

It is let off some of the work: no ducking and no loudness (MoviePy has neither), and pictures are cropped before they
are scaled, which is the cheaper way round. Encoder, preset, CRF and the ffmpeg program are the same.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import moviepy

from bench.edit import Cue, Edit, Span, read

_FONT_SIZE = 48
_SPACE = 14  # pixels between words
_LINE = 62
_Y = 0.85


def make(edit: Edit, preset: str, target: Path) -> None:
    pictures = moviepy.concatenate_videoclips([_picture(edit, span) for span in edit.spans])
    words = [clip for cue in edit.cues for clip in _shown(edit, cue)]
    video = moviepy.CompositeVideoClip([pictures, *words], size=(edit.width, edit.height)).with_duration(edit.length_s)
    video.with_audio(_sound(edit)).write_videofile(
        str(target),
        fps=edit.fps,
        codec="libx264",
        preset=preset,
        pixel_format="yuv420p",
        audio_codec="aac",
        audio_bitrate="192k",
        audio_fps=48_000,
        temp_audiofile_path=str(target.parent),
        ffmpeg_params=["-crf", str(edit.crf), "-movflags", "+faststart"],
        logger=None,
    )


def _picture(edit: Edit, span: Span) -> moviepy.VideoClip:
    clip = moviepy.VideoFileClip(span.path, audio=False)
    clip = clip.subclipped(span.in_s, span.in_s + span.frames / edit.fps)
    wide = min(clip.w, clip.h * edit.width / edit.height)
    high = min(clip.h, clip.w * edit.height / edit.width)
    clip = clip.cropped(x_center=clip.w / 2, y_center=clip.h / 2, width=int(wide), height=int(high))
    return clip.resized((edit.width, edit.height))


def _shown(edit: Edit, cue: Cue) -> Iterator[moviepy.VideoClip]:
    """Each word twice: plain for as long as the cue stands, and lit over it while it is spoken."""
    plain = [_text(edit, word.text, edit.colour) for word in cue.words]
    for word, clip, (x, y) in zip(cue.words, plain, _places(edit, [clip.w for clip in plain]), strict=True):
        yield clip.with_start(cue.start_s).with_end(cue.end_s).with_position((x, y))
        lit = _text(edit, word.text, edit.highlight)
        yield lit.with_start(word.start_s).with_end(max(word.end_s, word.start_s + 0.05)).with_position((x, y))


def _text(edit: Edit, text: str, colour: str) -> moviepy.TextClip:
    return moviepy.TextClip(
        font=edit.font,
        text=text,
        font_size=_FONT_SIZE,
        color=colour,
        stroke_color="black",
        stroke_width=3,
        margin=(4, 12),
    )


def _places(edit: Edit, widths: list[int]) -> Iterator[tuple[int, int]]:
    """Centred lines that end at the usual height."""
    lines: list[list[int]] = [[]]
    for width in widths:
        if lines[-1] and sum(lines[-1]) + _SPACE * len(lines[-1]) + width > edit.width * 0.8:
            lines.append([])
        lines[-1].append(width)
    for number, line in enumerate(lines):
        x = (edit.width - sum(line) - _SPACE * (len(line) - 1)) // 2
        for width in line:
            yield x, round(edit.height * _Y) - _LINE * (len(lines) - number)
            x += width + _SPACE


def _sound(edit: Edit) -> moviepy.AudioClip:
    voice = moviepy.AudioFileClip(edit.voice)
    music = moviepy.AudioFileClip(edit.music).with_effects(
        [moviepy.afx.AudioLoop(duration=edit.length_s), moviepy.afx.MultiplyVolume(10 ** (edit.music_db / 20))]
    )
    return moviepy.CompositeAudioClip([voice, music]).with_duration(edit.length_s)


if __name__ == "__main__":
    make(read(Path(sys.argv[1])), sys.argv[2], Path(sys.argv[3]))
