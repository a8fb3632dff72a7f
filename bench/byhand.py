"""The reference job as one ffmpeg command, the way somebody who knows ffmpeg would write it. Nothing of ours is used.

Two runs: one that only listens (loudnorm's measuring pass), one that makes the file. Spans are counted in frames on the
output's own clock: ``-t 5`` after ``-ss`` gives 149 or 150 of them, and a drift by the end.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from bench.edit import Cue, Edit
from bench.proctree import Cost, run

TARGET = "loudnorm=I=-14:TP=-1.5:LRA=7"
_SPARE_S = 0.5  # read beyond a span's end
_MEASURED = ("input_i", "input_tp", "input_lra", "input_thresh", "target_offset")

_ASS = """\
[Script Info]
ScriptType: v4.00+
PlayResX: {width}
PlayResY: {height}

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, \
BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Lato,58,{highlight},{colour},&H00000000,&H60000000,-1,0,1,3,0,2,110,110,288,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


def subtitles(edit: Edit) -> str:
    return words_of(edit.cues, edit.width, edit.height, edit.highlight, edit.colour)


def words_of(cues: Sequence[Cue], width: int, height: int, highlight: str, colour: str) -> str:
    """Karaoke by libass's own tags: each word is lit for its time."""
    head = _ASS.format(width=width, height=height, highlight=_bgr(highlight), colour=_bgr(colour))
    return head + "".join(_line(cue) for cue in cues)


def _line(cue: Cue) -> str:
    text, at = "", cue.start_s
    for word in cue.words:
        text += (
            f"{{\\k{round((word.start_s - at) * 100)}}}{{\\k{round((word.end_s - word.start_s) * 100)}}}{word.text} "
        )
        at = word.end_s
    return f"Dialogue: 0,{_clock(cue.start_s)},{_clock(cue.end_s)},Default,,0,0,0,,{text.rstrip()}\n"


def _clock(time_s: float) -> str:
    minutes, seconds = divmod(round(time_s * 100), 6000)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds / 100:05.2f}"


def _bgr(rgb: str) -> str:
    return f"&H00{rgb[5:7]}{rgb[3:5]}{rgb[1:3]}"


def listening(edit: Edit) -> list[str]:
    graph = f"{_mix(edit, 0)};[mix]{TARGET}:print_format=json[out]"
    return [*QUIET, *_sounds(edit), "-filter_complex", graph, "-map", "[out]", "-f", "null", "-"]


def making(edit: Edit, measured: dict[str, str], preset: str, words: Path, target: Path) -> list[str]:
    """Everything in one pass."""
    inputs = [part for span in edit.spans for part in _opening(span.path, span.in_s, span.frames / edit.fps)]
    known = ":".join(f"{name}={measured[seen]}" for name, seen in zip(_KNOWN, _MEASURED, strict=True))
    graph = ";".join(
        [
            *(_picture(edit, place, span.frames) for place, span in enumerate(edit.spans)),
            "".join(f"[v{place}]" for place in range(len(edit.spans))) + f"concat=n={len(edit.spans)}:v=1:a=0[cut]",
            f"[cut]ass=filename={words}:fontsdir={Path(edit.font).parent}[picture]",
            _mix(edit, len(edit.spans)),
            f"[mix]{TARGET}:{known}:linear=true,aresample=48000[sound]",
        ]
    )
    return [
        *QUIET,
        *inputs,
        *_sounds(edit),
        *("-filter_complex", graph, "-map", "[picture]", "-map", "[sound]"),
        *("-c:v", "libx264", "-preset", preset, "-crf", str(edit.crf), "-profile:v", "high", "-pix_fmt", "yuv420p"),
        *("-g", str(2 * edit.fps), "-keyint_min", str(2 * edit.fps), "-sc_threshold", "0", "-bf", "2"),
        *("-c:a", "aac", "-b:a", "192k", "-ar", "48000", "-movflags", "+faststart", str(target)),
    ]


QUIET = ["-hide_banner", "-nostdin", "-nostats", "-y"]
_KNOWN = ("measured_I", "measured_TP", "measured_LRA", "measured_thresh", "offset")


def _opening(path: str, in_s: float, length_s: float) -> list[str]:
    return ["-ss", f"{in_s:.3f}", "-t", f"{length_s + _SPARE_S:.3f}", "-i", path]


def _picture(edit: Edit, place: int, frames: int) -> str:
    size = f"{edit.width}:{edit.height}"
    cover = f"scale={size}:force_original_aspect_ratio=increase:flags=bicubic,crop={size},setsar=1"
    return f"[{place}:v]fps={edit.fps}:start_time=0,trim=end_frame={frames},setpts=N/{edit.fps}/TB,{cover}[v{place}]"


def _sounds(edit: Edit) -> list[str]:
    return ["-i", edit.voice, "-stream_loop", "-1", "-i", edit.music]


def _mix(edit: Edit, first: int) -> str:
    """The voice, and the music that steps back while it speaks."""
    same = "aresample=48000,aformat=channel_layouts=stereo"
    until = f"atrim=end={edit.length_s:.4f}"
    return (
        f"[{first}:a]{same},apad,{until},asplit[voice][key];"
        f"[{first + 1}:a]{same},volume={edit.music_db}dB,{until}[music];"
        "[music][key]sidechaincompress=threshold=0.03:ratio=6:attack=15:release=400[ducked];"
        "[voice][ducked]amix=inputs=2:duration=first:normalize=0[mix]"
    )


def read_loudness(log: str) -> dict[str, str]:
    """What loudnorm printed last.

    Raises:
        ValueError: it printed nothing.
    """
    found = re.findall(r"^\{[^{}]*\}", log, re.MULTILINE)
    if not found:
        raise ValueError("loudnorm told nothing")
    told: dict[str, str] = json.loads(found[-1])
    return told


def make(ffmpeg: Path, edit: Edit, preset: str, folder: Path, target: Path) -> Cost:
    """Both passes: their times added, the higher of their peaks."""
    words, log = folder / "words.ass", folder / "byhand.log"
    words.write_text(subtitles(edit), "utf-8")
    heard = run([ffmpeg, *listening(edit)], log)
    made = run([ffmpeg, *making(edit, read_loudness(log.read_text()), preset, words, target)], log)
    wall_s = heard.wall_s + made.wall_s
    return Cost(wall_s, heard.cpu_s + made.cpu_s, max(heard.peak, made.peak), made.others)
