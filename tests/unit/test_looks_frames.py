"""Every look, rendered: any span by itself shows what the whole shows, and nothing jumps or trembles."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest

from contracts.brief import SubtitleStyle
from contracts.footage import Transform
from contracts.looks import Filters, LogoPlace, TransitionStyle
from contracts.media import BlobRef, MediaFacts
from contracts.outputs import Output, PresetName
from contracts.timeline import Clip, CropPoint, Logo, Timeline, VoiceTrack
from kit.ffmpeg import find_ffmpeg
from kit.fonts import face, fonts_folder
from services.render.ffmpeg import _write
from services.render.plan import RenderPlan, Span, plan
from tests.material import made

WIDTH, HEIGHT = 180, 320
SMALL = Output(preset=PresetName.GENERIC, width=WIDTH, height=HEIGHT, crf=20, speed="ultrafast")
MOVIE, PHOTO, BADGE, NOISE = "a" * 64, "b" * 64, "c" * 64, "d" * 64
Array = np.ndarray


@pytest.fixture(scope="module")
def sources(tmp_path_factory) -> Iterator[dict[str, str]]:
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EDIT_FACTORY_HOME", str(home))
        coded = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "14", "-pix_fmt", "yuv420p", "-g", "25")
        scene = "testsrc2=size=480x270:rate=25:duration=6"
        yield {
            MOVIE: str(made("movie.mp4", "-f", "lavfi", "-i", scene, *coded)),
            NOISE: str(made("noise.mp4", "-f", "lavfi", "-i", f"{scene},noise=alls=18:allf=t", *coded)),
            PHOTO: str(made("photo.png", "-f", "lavfi", "-i", "mandelbrot=size=700x900", "-frames:v", "1")),
            BADGE: str(made("badge.png", "-f", "lavfi", "-i", "color=red:s=100x50,format=rgba", "-frames:v", "1")),
        }


def facts(sha256: str) -> MediaFacts:
    if sha256 in {MOVIE, NOISE}:
        values = {"container": "mp4", "demuxer": "mov", "duration_s": 6.0, "width": 480, "height": 270, "fps": 25}
        return MediaFacts(**values, video_codec="h264")
    width, height = (700, 900) if sha256 == PHOTO else (100, 50)
    return MediaFacts(container="png", demuxer="png_pipe", duration_s=0, width=width, height=height)


def ref(sha256: str) -> BlobRef:
    return BlobRef(sha256=sha256, size=1, media_type="video/mp4")


def clip(sha256: str, start: int, frames: int, source_in_s: float = 1.0, **changes) -> Clip:
    values = {"asset": UUID(int=0), "source": ref(sha256), "facts": facts(sha256), "phrase": 0}
    source_in_s = 0.0 if facts(sha256).still else source_in_s
    return Clip(**values, source_in_s=source_in_s, start=start, frames=frames, **changes)


def edit(*clips: Clip, **changes) -> Timeline:
    voice = VoiceTrack(source=ref("f" * 64), duration_s=clips[-1].end / 30)
    quiet = SubtitleStyle(preset="none")
    return Timeline(frames=clips[-1].end, clips=clips, cues=(), subtitles=quiet, voice=voice, **changes)


def command(timeline: Timeline, span: Span, sources: dict[str, str], size: Output = SMALL) -> RenderPlan:
    look = {"fonts": str(fonts_folder()), "face": face("Lato"), "threads": 1, "loudness": None}
    return plan(timeline, size, span, sources=sources, **look)


def frames_of(
    timeline: Timeline, sources: dict[str, str], folder: Path, span: Span | None = None, size: Output = SMALL
) -> Array:
    """The pictures of a span before they are encoded: an array of frames, rows (Y, then U, then V) and columns."""
    span = span or Span(0, timeline.frames)
    folder = folder / f"{span.first}-{span.frames}-{timeline.transition.kind}"
    folder.mkdir()
    planned = command(timeline, span, sources, size)
    _write(folder, planned)
    raw = planned.argv[: planned.argv.index("-map") + 2]
    argv = [str(find_ffmpeg()), *raw, "-fps_mode", "passthrough", "-pix_fmt", "yuv420p", "-f", "rawvideo", "out.yuv"]
    done = subprocess.run(argv, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    data = np.frombuffer((folder / "out.yuv").read_bytes(), np.uint8)
    assert data.size == span.frames * size.width * size.height * 3 // 2
    return data.reshape(span.frames, size.height * 3 // 2, size.width)


def luma(frames: Array) -> Array:
    return frames[:, : frames.shape[1] * 2 // 3, :].astype(float)


WANDER = tuple(CropPoint(frame=frame, x=x, y=0.5) for frame, x in ((0, 0.35), (20, 0.52), (33, 0.4), (50, 0.7)))
TWO = (clip(MOVIE, 0, 40), clip(MOVIE, 40, 35, 3.0))
LOOKS = {
    "crossfade": edit(*TWO, transition=TransitionStyle(kind="crossfade")),
    "zoom": edit(*TWO, transition=TransitionStyle(kind="zoom", duration_s=0.6)),
    "path": edit(clip(MOVIE, 0, 75, crop=WANDER)),
    "path turned": edit(clip(MOVIE, 0, 60, crop=WANDER, transform=Transform(rotate=90, flip_x=True, scale=1.3))),
    "transform": edit(clip(MOVIE, 0, 50, transform=Transform(rotate=180, scale=1.5, pan_x=-1, opacity=0.5))),
    "colours": edit(*TWO, filters=Filters(sharpen=0.8, brightness=0.1, contrast=1.2, saturation=0.9)),
    "still": edit(clip(PHOTO, 0, 60, move="in"), filters=Filters(denoise=2)),
    "stills across": edit(
        clip(PHOTO, 0, 30, move="left"), clip(MOVIE, 30, 45, crop=WANDER), transition=TransitionStyle(kind="crossfade")
    ),
    "logo": edit(*TWO, logo=Logo(source=ref(BADGE), facts=facts(BADGE), place=LogoPlace(), start=20, frames=30)),
}


@pytest.mark.parametrize("name", LOOKS)
def test_a_span_by_itself_shows_what_the_whole_shows(name, sources, tmp_path):
    timeline = LOOKS[name]
    whole = frames_of(timeline, sources, tmp_path)
    for first, frames in ((0, 36), (36, 7), (43, timeline.frames - 43)):
        part = frames_of(timeline, sources, tmp_path, Span(first, frames))
        different = [first + at for at in range(frames) if not np.array_equal(part[at], whole[first + at])]
        assert not different
