"""One frame of a video as a picture: the same fitting, the same subtitles, the same ffmpeg. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.brief import SubtitleStyle
from contracts.outputs import FPS, Output
from contracts.timeline import Cue
from kit.fonts import Face
from services.render.plan import graph, subtitles
from services.render.plan.command import FONT_RULES, FONT_RULES_NAME, FONTS_NAME, QUIET, SUBTITLES_NAME, RenderPlan
from services.render.plan.compiler import Stream, arguments, generated, source

STILL_NAME = "still.part.jpg"
BACKGROUND_NAME = "background"

_QUALITY = 3  # of a JPEG, ffmpeg's 2 (best) to 31
# Where there is no picture: from a bright sky to a dark ground, so that both can be judged.
_SKY, _GROUND = "0xB9C7D3", "0x27323D"


def still(
    cues: Sequence[Cue],
    style: SubtitleStyle,
    output: Output,
    frame: int,
    *,
    face: Face,
    fonts: str,
    background: str | None,
) -> RenderPlan:
    """Frame number ``frame`` of a video with these cues, over a JPEG. ``fonts``: folder of typefaces; ``background``:
    path of the JPEG, None for an empty scene.
    """
    links = {FONTS_NAME: fonts} | ({} if background is None else {BACKGROUND_NAME: background})
    scene = _empty(output) if background is None else source(BACKGROUND_NAME, format="jpeg_pipe").video
    pictures = graph.tagged(graph.covering(scene, output)).filter("settb", f"1/{FPS}").filter("setpts", "N")
    shown = graph.written_on(pictures, SUBTITLES_NAME, FONTS_NAME, frame)
    as_jpeg = shown.filter("scale", out_color_matrix="bt601", out_range="pc").filter("format", "yuvj420p")
    argv = (
        *QUIET,
        *("-loglevel", "level+warning"),
        *arguments(
            [as_jpeg],
            f"file:{STILL_NAME}",
            **{"frames:v": 1, "c:v": "mjpeg", "q:v": _QUALITY, "map_metadata": -1, "format": "mjpeg"},
        ),
    )
    texts = {
        SUBTITLES_NAME: subtitles.write(cues, style, face, subtitles.canvas(output), FPS),
        FONT_RULES_NAME: FONT_RULES,
    }
    return RenderPlan(argv, 1, texts, links)


def _empty(output: Output) -> Stream:
    width, height = output.width, output.height
    colours = f"c0={_SKY}:c1={_GROUND}:x0=0:y0=0:x1=0:y1={height - 1}"
    return generated(f"gradients=s={width}x{height}:n=2:{colours}:seed=1:speed=0.00001:d=1").video
