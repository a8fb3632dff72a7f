"""Every look, rendered: any span by itself shows what the whole shows, and nothing jumps or trembles."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest

from contracts.blends import blends
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
        noisy = "smptehdbars=size=480x270:rate=25:duration=6,noise=alls=6:allf=t"
        yield {
            MOVIE: str(made("movie.mp4", "-f", "lavfi", "-i", scene, *coded)),
            NOISE: str(made("noise.mp4", "-f", "lavfi", "-i", noisy, *coded)),
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
    fonts, lato = str(fonts_folder()), face("Lato")
    return plan(timeline, size, span, sources=sources, fonts=fonts, face=lato, threads=1, loudness=None)


def frames_of(
    timeline: Timeline, sources: dict[str, str], folder: Path, span: Span | None = None, size: Output = SMALL
) -> Array:
    """The pictures of a span before they are encoded: an array of frames, rows (Y, then U, then V) and columns."""
    span = span or Span(0, timeline.frames)
    folder.mkdir(exist_ok=True)
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


SEEN_AT = 240  # a blob's grey level over a dark ground


def blob(path: Path, size: tuple[int, int], *options: str) -> Path:
    """A soft white disc in the middle of a dark picture, of a known width."""
    width, height = size
    disc = f"255*exp(-((X-{width / 2})^2+(Y-{height / 2})^2)/(2*({width}/48)^2))"
    still = ("-f", "lavfi", "-i", f"color=black:s={width}x{height}:r=30:d=3,format=gray,geq=lum='{disc}'")
    subprocess.run([str(find_ffmpeg()), "-v", "error", "-y", *still, *options, str(path)], check=True, timeout=60)
    return path


def middles(frames: Array) -> Array:
    """Where the disc's middle is in each picture: x and y, to a small fraction of a pixel."""
    grey = np.clip(luma(frames) - 17, 0, None)
    rows, columns = np.mgrid[: grey.shape[1], : grey.shape[2]]
    weight = grey.sum(axis=(1, 2))
    return np.stack([(grey * columns).sum(axis=(1, 2)) / weight, (grey * rows).sum(axis=(1, 2)) / weight], axis=1)


@pytest.mark.parametrize("move", ["in", "out", "left", "right"])
def test_a_still_moves_without_a_tremble(move, sources, tmp_path):
    """Second differences of a disc's place stay under 0.05 pixels; zoompan's are 1."""
    photo = blob(tmp_path / "disc.png", (WIDTH * 2, HEIGHT * 2), "-frames:v", "1")
    # off the middle by a crop, so that a zoom moves it, too
    known = facts(PHOTO).model_copy(update={"width": WIDTH * 2, "height": HEIGHT * 2})
    aside = Transform(scale=1.4, pan_x=0.5, pan_y=0.3)
    shot = clip(PHOTO, 0, 60, move=move, transform=aside).model_copy(update={"facts": known})
    seen = middles(frames_of(edit(shot), sources | {PHOTO: str(photo)}, tmp_path))
    steps = np.diff(seen, axis=0)
    assert np.abs(np.diff(steps, axis=0)).max() < 0.05
    assert 1 < np.abs(seen[-1] - seen[0]).max() < 40
    assert len(set(np.sign(np.round(steps[:, 0], 3)))) == 1


def test_a_slow_crop_glides(sources, tmp_path):
    """A fifth of a pixel a frame, straight there and back: no step of one pixel or two, no jump where it turns."""
    disc = blob(tmp_path / "disc.mp4", (480, 270), "-c:v", "libx264", "-qp", "0", "-pix_fmt", "yuv420p")
    path = tuple(CropPoint(frame=frame, x=x, y=0.5) for frame, x in ((0, 0.49), (30, 0.5), (60, 0.49)))
    seen = middles(frames_of(edit(clip(MOVIE, 0, 60, 0.0, crop=path)), sources | {MOVIE: str(disc)}, tmp_path))
    steps = np.diff(seen[:, 0])
    pace = 0.01 * (WIDTH + 6) / (270 * 9 / 16 / 480) / 30  # a hundredth of the scaled width in 30 frames
    assert np.abs(np.abs(steps) - pace).max() < 0.06  # perspective's kernel is off by up to a fiftieth of a pixel
    assert np.abs(seen[30, 0] - seen[0, 0] + 30 * pace) < 0.05
    assert np.abs(np.diff(seen[:, 1])).max() < 0.01
    assert (steps[:30] < 0).all()
    assert (steps[30:] > 0).all()


def test_a_crop_shows_what_it_is_told_and_nothing_beyond_the_source(sources, tmp_path):
    disc = blob(tmp_path / "disc.mp4", (480, 270), "-c:v", "libx264", "-qp", "0", "-pix_fmt", "yuv420p")
    files = sources | {MOVIE: str(disc)}
    wide = 480 / (270 * WIDTH / HEIGHT)  # of the source, in widths of the window
    for x in (0.4, 0.5, 0.58):
        one = edit(clip(MOVIE, 0, 2, 0.0, crop=(CropPoint(frame=0, x=x, y=0.5),)))
        (at, height), _ = middles(frames_of(one, files, tmp_path / str(x)))
        assert abs(at - (0.5 + (0.5 - x) * wide) * WIDTH) < 2
        assert abs(height - HEIGHT / 2) < 2
    grey = made("grey.mp4", "-f", "lavfi", "-i", "color=gray:s=480x270:d=2", "-pix_fmt", "yuv420p", "-qp", "0")
    across = tuple(CropPoint(frame=frame, x=x, y=y) for frame, x, y in ((0, 0, 0), (5, 0.001, 1), (20, 1, 1)))
    seen = luma(frames_of(edit(clip(MOVIE, 0, 24, 0.0, crop=across)), sources | {MOVIE: str(grey)}, tmp_path))
    assert np.ptp(seen) <= 1


def test_a_picture_is_flipped_rotated_moved_and_seen_through(sources, tmp_path):
    """A disc at the right of a still: where each step takes it."""
    right = ("-vf", f"crop={WIDTH}:{HEIGHT}:60:{HEIGHT // 2}", "-frames:v", "1")
    photo = blob(tmp_path / "disc.png", (WIDTH * 2, HEIGHT * 2), *right)
    known = facts(PHOTO).model_copy(update={"width": WIDTH, "height": HEIGHT})

    def shown(name: str, **how) -> tuple[Array, Array]:
        shot = clip(PHOTO, 0, 1, transform=Transform(**how)).model_copy(update={"facts": known})
        frames = frames_of(edit(shot), sources | {PHOTO: str(photo)}, tmp_path / name)
        return middles(frames)[0], luma(frames)[0]

    (x, y), plain = shown("plain")
    assert abs(x - 120) < 1
    assert abs(y - 160) < 1
    assert abs(shown("flipped", flip_x=True)[0][0] - (WIDTH - 1 - x)) < 1
    turned, _ = shown("turned", rotate=180, flip_y=True)
    assert abs(turned[0] - (WIDTH - 1 - x)) < 1
    larger, _ = shown("larger", scale=1.5)
    assert abs(larger[0] - (90 + 30 * 1.5)) < 2
    moved, _ = shown("moved", scale=1.5, pan_x=-1.0)  # the picture to the left, by all that lies outside on one side
    assert abs(moved[0] - larger[0] + 0.25 * WIDTH) < 2
    _, dim = shown("dim", opacity=0.5)
    assert abs((dim.max() - 16) / (plain.max() - 16) - 0.5) < 0.02
    assert dim.min() == 16


def test_a_crossfade_goes_evenly_from_one_clip_to_the_next(sources, tmp_path):
    plain = frames_of(edit(*TWO), sources, tmp_path)
    timeline = LOOKS["crossfade"]
    (_, around) = blends(timeline)
    assert (around.before, around.after) == (7, 8)
    seen = frames_of(timeline, sources, tmp_path)
    assert np.array_equal(seen[:33], plain[:33])
    assert np.array_equal(seen[48:], plain[48:])
    assert not any(np.array_equal(seen[at], plain[at]) for at in range(33, 48))
    on = edit(clip(MOVIE, 0, 75))  # the first clip goes on, the second was there before
    back = edit(clip(MOVIE, 0, 75, 3.0 - 40 / 30))
    first, second = luma(frames_of(on, sources, tmp_path / "on")), luma(frames_of(back, sources, tmp_path / "back"))
    for step, at in enumerate(range(33, 48), start=1):
        expected = first[at] + (second[at] - first[at]) * step / 16
        assert np.abs(luma(seen[at : at + 1])[0] - expected).max() <= 2


def test_a_zoom_rushes_in_and_comes_to_rest(sources, tmp_path):
    plain, seen = (frames_of(LOOKS[name] if name else edit(*TWO), sources, tmp_path) for name in ("", "zoom"))
    assert np.array_equal(seen[:31], plain[:31])
    assert np.array_equal(seen[49:], plain[49:])
    off = [np.abs(luma(seen[at : at + 1]) - luma(plain[at : at + 1])).mean() for at in range(31, 49)]
    assert max(off[7:11]) > 4 * off[0]
    assert max(off[7:11]) > 4 * off[-1]


@pytest.mark.parametrize("end", [32, 33, 36, 40, 47])
def test_a_span_may_end_anywhere_in_a_transition(end, sources, tmp_path):
    for kind in ("crossfade", "zoom"):
        whole = frames_of(LOOKS[kind], sources, tmp_path)
        part = frames_of(LOOKS[kind], sources, tmp_path, Span(end - 2, 2))
        assert np.array_equal(part, whole[end - 2 : end])


@pytest.mark.parametrize("strength", [1.0, 4.0])
def test_less_noise_looks_the_same_from_wherever_a_span_begins(strength, sources, tmp_path):
    """hqdn3d looks back for ever; after the run-up what is left of it is a rounding here and there."""
    timeline = edit(clip(NOISE, 0, 80), filters=Filters(denoise=strength))
    whole = luma(frames_of(timeline, sources, tmp_path))
    raw = luma(frames_of(edit(clip(NOISE, 0, 80)), sources, tmp_path / "raw"))
    part = luma(frames_of(timeline, sources, tmp_path, Span(40, 40)))
    off = np.abs(part - whole[40:])
    assert off.max() <= 1
    assert (off[0] > 0).mean() < 0.04
    assert (off[25:] > 0).mean() < 0.005
    flicker = [np.abs(np.diff(frames[50:54, 60:260], axis=0)).mean() for frames in (raw, whole)]
    assert flicker[1] < flicker[0] * (0.95 if strength == 1.0 else 0.6)


def test_filters_do_what_they_say(sources, tmp_path):
    def seen(name: str, **filters) -> Array:
        return frames_of(edit(clip(MOVIE, 0, 1), filters=Filters(**filters)), sources, tmp_path / name)

    plain = seen("plain")
    edges = [np.abs(np.diff(luma(frames), axis=2)).mean() for frames in (plain, seen("sharp", sharpen=1.0))]
    assert edges[1] > edges[0] * 1.05
    assert luma(seen("bright", brightness=0.1)).mean() > luma(plain).mean() + 10
    assert luma(seen("contrast", contrast=1.3)).std() > luma(plain).std() * 1.1
    colour = [np.abs(frames[0, HEIGHT:].astype(float) - 128).mean() for frames in (plain, seen("pale", saturation=0.8))]
    assert colour[1] < colour[0] * 0.9


def test_a_logo_stands_inside_the_safe_zone_and_only_when_it_is_told(sources, tmp_path):
    place = LogoPlace(corner="bottom_left", size=0.2, margin=0.05)
    logo = Logo(source=ref(BADGE), facts=facts(BADGE), place=place, start=3, frames=4)
    plain, marked = (
        luma(frames_of(edit(clip(MOVIE, 0, 10), **more), sources, tmp_path / name))
        for name, more in (("plain", {}), ("marked", {"logo": logo}))
    )
    changed = np.abs(marked - plain) > 8
    assert [bool(frame.any()) for frame in changed] == [False] * 3 + [True] * 4 + [False] * 3
    rows, columns = np.where(changed[4])
    assert columns.min() >= round((0.05 + 0.05) * WIDTH) - 1
    assert columns.max() < 0.3 * WIDTH
    assert rows.max() <= HEIGHT - 0.05 * HEIGHT - 0.05 * WIDTH
    assert abs((columns.max() - columns.min() + 1) - 0.2 * WIDTH) <= 2


@pytest.mark.parametrize("rotation", [1, 6])
def test_a_photograph_is_shown_upright_and_transparency_black(rotation, sources, tmp_path):
    """EXIF orientation 6: turned by a quarter to be upright. What can be seen through is black."""
    from PIL import Image

    picture = Image.new("RGB", (400, 300), "white")
    picture.paste("black", (0, 0, 200, 300))
    exif = Image.Exif()
    exif[0x0112] = rotation
    picture.save(tmp_path / "photo.jpg", exif=exif, quality=95)
    size = (300, 400) if rotation == 6 else (400, 300)
    known = facts(PHOTO).model_copy(update={"demuxer": "jpeg_pipe", "width": size[0], "height": size[1]})
    square = Output(preset=PresetName.SQUARE, width=240, height=240, crf=20, speed="ultrafast")
    shot = clip(PHOTO, 0, 1).model_copy(update={"facts": known})
    files = sources | {PHOTO: str(tmp_path / "photo.jpg")}
    seen = luma(frames_of(edit(shot), files, tmp_path, size=square))[0]
    dark, bright = (seen[60, 120], seen[180, 120]) if rotation == 6 else (seen[120, 60], seen[120, 180])
    assert dark < 22
    assert bright > 228
    clear = Image.new("RGBA", (300, 300), (255, 0, 0, 0))
    clear.paste((255, 255, 255, 255), (100, 100, 200, 200))
    clear.save(tmp_path / "clear.png")
    known = facts(PHOTO).model_copy(update={"width": 300, "height": 300})
    shot = clip(PHOTO, 0, 1).model_copy(update={"facts": known})
    files = sources | {PHOTO: str(tmp_path / "clear.png")}
    seen = luma(frames_of(edit(shot), files, tmp_path / "clear", size=square))[0]
    assert abs(seen[10, 10] - 16) <= 1
    assert abs(seen[120, 120] - 235) <= 1


def test_a_wide_photograph_is_shown_whole_over_a_darker_copy(sources, tmp_path):
    photo = made("wide.png", "-f", "lavfi", "-i", "color=white:s=640x360", "-frames:v", "1")
    known = facts(PHOTO).model_copy(update={"width": 640, "height": 360})
    shot = clip(PHOTO, 0, 1).model_copy(update={"facts": known})
    seen = luma(frames_of(edit(shot), sources | {PHOTO: str(photo)}, tmp_path))[0]
    height = WIDTH * 360 / 640
    bright = np.where(seen[:, WIDTH // 2] > 220)[0]
    assert abs(len(bright) - height) <= 3
    assert seen[10, WIDTH // 2] < 130
    chosen = shot.model_copy(update={"crop": (CropPoint(frame=0, x=0.5, y=0.5),)})
    assert luma(frames_of(edit(chosen), sources | {PHOTO: str(photo)}, tmp_path / "chosen"))[0].min() > 220


def test_a_graph_too_long_for_an_argument_is_a_file(sources, tmp_path):
    """The most there can be in one timeline: sixty clips, each with a crop of many points, filters, transitions."""
    zigzag = tuple(CropPoint(frame=frame, x=0.4 + 0.1 * (frame % 2), y=0.5) for frame in range(60))
    clips = [clip(MOVIE, place * 60, 60, 2.0, crop=zigzag) for place in range(60)]
    every = Filters(denoise=2, sharpen=0.5, contrast=1.1)
    timeline = edit(*clips, filters=every, transition=TransitionStyle(kind="zoom"))
    whole = command(timeline, Span(0, timeline.frames), sources)
    assert max(map(len, whole.argv)) < 100_000
    assert 100_000 < len(whole.texts["graph.txt"]) < 3_000_000
    assert whole.argv.count("-i") == 60
    chunk = command(timeline, Span(1800, 60), sources)
    assert chunk.texts == {}
    assert chunk.argv.count("-i") == 3
    few = edit(*clips[:6], transition=TransitionStyle(kind="crossfade"))
    assert "graph.txt" in command(few, Span(0, 360), sources).texts
    long, short = frames_of(few, sources, tmp_path), frames_of(few, sources, tmp_path, Span(300, 30))
    assert np.array_equal(long[300:330], short)
