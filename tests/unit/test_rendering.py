"""Real encodes, small and short: which pictures come out, how loud, and what happens with broken sources."""

from __future__ import annotations

import math
import subprocess
import wave
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from uuid import UUID

import av
import numpy as np
import pytest

from contracts.brief import SubtitleStyle
from contracts.faults import BadMedia, TechnicalFault
from contracts.media import BlobRef, MediaFacts
from contracts.outputs import Output, PresetName, SafeZone
from contracts.speech import Word
from contracts.timeline import Clip, Cue, MusicTrack, Timeline, VoiceTrack
from kit.ffmpeg import find_ffmpeg
from kit.fonts import face, fonts_folder
from kit.pictures import thumbnail
from kit.process import ProcessFailed, ProcessTimedOut
from services.render import loudness, verify
from services.render.ffmpeg import Follower, RenderProgress, Tool, _named, missing_glyphs
from services.render.plan import Measured, RenderPlan, Span, plan
from services.render.plan.chunks import Lanes
from services.render.plan.command import PART_NAME
from services.render.rendering import Rendered, render

WIDTH, HEIGHT, BITS = 192, 96, 8
SMALL = Output(preset=PresetName.GENERIC, width=WIDTH, height=HEIGHT, crf=20, speed="ultrafast")
RATES = {"25": Fraction(25), "29.97": Fraction(30000, 1001), "30": Fraction(30), "60": Fraction(60)}
VOICE, TUNE = "f" * 64, "e" * 64
GRACE_S = 0.003333


def ffmpeg(*arguments: str | Path, stdin: bytes | None = None) -> None:
    command = [str(find_ffmpeg()), "-hide_banner", "-nostdin", "-v", "error", "-y", *map(str, arguments)]
    if stdin is not None:
        command.remove("-nostdin")
    subprocess.run(command, input=stdin, check=True, timeout=60)


def barcode(number: int) -> np.ndarray:
    """A grey picture that carries its number as eight bright or dark columns."""
    columns = [230 if number >> bit & 1 else 25 for bit in range(BITS)]
    return np.repeat(np.repeat(np.array([columns], np.uint8), WIDTH // BITS, axis=1), HEIGHT, axis=0)


def numbers_in(path: Path) -> list[int]:
    with av.open(str(path)) as file:
        greys = [frame.to_ndarray(format="gray") for frame in file.decode(video=0)]
    middles = [WIDTH // BITS * bit + WIDTH // BITS // 2 for bit in range(BITS)]
    return [sum(int(grey[HEIGHT // 2, x] > 128) << bit for bit, x in enumerate(middles)) for grey in greys]


def numbered(path: Path, rate: Fraction, seconds: float, *options: str) -> Path:
    pictures = b"".join(barcode(number).tobytes() for number in range(math.ceil(rate * Fraction(seconds))))
    raw = ("-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(rate), "-i", "-")
    coded = ("-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "45", "-pix_fmt", "yuv420p")
    ffmpeg(*raw, *coded, *options, path, stdin=pictures)
    return path


def talk(path: Path, seconds: float, level: float = 0.3) -> Path:
    """A mono WAV of noisy syllables with peaks far above their loudness, as synthetic voices have."""
    chance = np.random.default_rng(7)
    at = np.arange(int(22_050 * seconds)) / 22_050
    syllables = np.clip(np.sin(2 * np.pi * 3.3 * at), 0, 1) ** 2
    tone = sum(np.sin(2 * np.pi * 140 * harmonic * at) / harmonic for harmonic in range(1, 9))
    sound = syllables * (tone + chance.normal(0, 0.3, at.size)) * 0.2
    sound[:: 22_050 // 2] += 2.0
    samples = (np.clip(sound * level / 0.6, -1, 1) * 32_000).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 22_050, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    return path


def facts(path: Path, demuxer: str = "mov") -> MediaFacts:
    with av.open(str(path), format=demuxer) as file:
        stream = file.streams.video[0]
        first = next(file.decode(stream))
        return MediaFacts(
            container=demuxer,
            demuxer=demuxer,
            duration_s=float(file.duration or 0) / av.time_base,
            start_s=float((first.pts or 0) * (first.time_base or 0)),
            width=stream.codec_context.width,
            height=stream.codec_context.height,
            fps=float(stream.average_rate or 0),
        )


def ref(digit: str) -> BlobRef:
    return BlobRef(sha256=digit * 64, size=1, media_type="video/mp4")


def clip(digit: str, known: MediaFacts, source_in_s: float, start: int, frames: int) -> Clip:
    values = {"asset": UUID(int=0), "source": ref(digit), "facts": known, "phrase": 0}
    return Clip(**values, source_in_s=source_in_s, start=start, frames=frames)


def edit(*clips: Clip, cues: tuple[Cue, ...] = (), style: SubtitleStyle | None = None, tune: bool = False) -> Timeline:
    music = MusicTrack(
        source=ref("e"), facts=MediaFacts(container="wav", demuxer="wav", duration_s=1), gain_db=-14, duck=True
    )
    return Timeline(
        frames=clips[-1].end,
        clips=clips,
        cues=cues,
        subtitles=style or SubtitleStyle(),
        voice=VoiceTrack(source=ref("f"), duration_s=clips[-1].end / 30),
        music=music if tune else None,
    )


async def pictures_of(
    edit_: Timeline, span: Span, sources: dict[str, Path], folder: Path, size: Output = SMALL
) -> Path:
    """A span encoded on its own, pictures only."""
    folder.mkdir()
    made: RenderPlan = plan(
        edit_,
        size,
        span,
        sources={sha256: str(path) for sha256, path in sources.items()},
        fonts=str(fonts_folder()),
        face=face(edit_.subtitles.font),
        threads=1,
        loudness=None,
    )
    await Tool(folder, nice=0).encode(made, 30, lambda _progress: None)
    return folder / PART_NAME


async def rendered(
    edit_: Timeline,
    sources: dict[str, Path],
    folder: Path,
    *,
    on_progress: Callable[[RenderProgress], None] = lambda _progress: None,
    at: Callable[[str], None] = lambda _name: None,
) -> Rendered:
    folder.mkdir()
    return await render(edit_, SMALL, sources, folder, lanes=Lanes(1, 1, 1), on_progress=on_progress, at=at)


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EDIT_FACTORY_HOME", str(folder))
        yield folder


@pytest.fixture(scope="module")
def material(tmp_path_factory, home) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("material")
    return {name: numbered(folder / f"{name}.mp4", rate, 4) for name, rate in RATES.items()} | {
        "voice": talk(folder / "voice.wav", 3.0)
    }


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("source_in_s", [0.0, 0.51, 1.9])
async def test_a_span_on_its_own_shows_the_pictures_of_the_whole(material, tmp_path, rate, source_in_s):
    known = facts(material[rate])
    whole = edit(clip("a", known, source_in_s, 0, 31), clip("a", known, source_in_s + 0.3, 31, 29))
    sources = {"a" * 64: material[rate]}
    all_numbers = numbers_in(await pictures_of(whole, Span(0, 60), sources, tmp_path / "whole"))
    meant = [
        math.floor((into + frame / 30 + GRACE_S) * RATES[rate])
        for into, frames in ((source_in_s, 31), (source_in_s + 0.3, 29))
        for frame in range(frames)
    ]
    assert all_numbers == meant
    for first, frames in ((1, 10), (17, 30), (44, 16)):
        part = await pictures_of(whole, Span(first, frames), sources, tmp_path / f"from{first}")
        assert numbers_in(part) == all_numbers[first : first + frames]


@pytest.mark.parametrize(("name", "demuxer"), [("a.mkv", "matroska"), ("a.ts", "mpegts"), ("a.avi", "avi")])
async def test_every_container_is_entered_at_the_right_picture(tmp_path, home, name, demuxer):
    options = ("-c:v", "mpeg4", "-bf", "0", "-q:v", "2") if demuxer == "avi" else ()
    source = numbered(tmp_path / name, Fraction(25), 5, *options)
    whole = edit(clip("a", facts(source, demuxer), 2.5, 0, 30))
    part = await pictures_of(whole, Span(7, 15), {"a" * 64: source}, tmp_path / "part")
    assert numbers_in(part) == [math.floor((2.5 + frame / 30 + GRACE_S) * 25) for frame in range(7, 22)]


async def test_a_source_two_frames_short_is_held(material, tmp_path):
    known = facts(material["30"])
    whole = edit(clip("a", known, known.duration_s - 28 / 30, 0, 30))
    shown = numbers_in(await pictures_of(whole, Span(0, 30), {"a" * 64: material["30"]}, tmp_path / "held"))
    assert shown == [*range(92, 120), 119, 119]


async def test_a_whole_video_is_what_was_asked(material, tmp_path):
    known = facts(material["25"])
    tune = talk(tmp_path / "tune.wav", 1.0, level=0.5)
    words = (Word(text="Bună", start_s=0.2, end_s=0.6, phrase=0), Word(text="ziua", start_s=0.6, end_s=1, phrase=0))
    cues = (Cue(words=words, start_s=0.2, end_s=1.1),)
    whole = edit(clip("a", known, 0.5, 0, 40), clip("a", known, 1.0, 40, 50), cues=cues, tune=True)
    sources = {"a" * 64: material["25"], VOICE: material["voice"], TUNE: tune}
    told: list[RenderProgress] = []
    reached: list[str] = []
    made = await rendered(whole, sources, tmp_path / "out", on_progress=told.append, at=reached.append)
    assert (made.frames, made.duration_s, made.width, made.height) == (90, 3.0, WIDTH, HEIGHT)
    assert made.integrated_lufs == pytest.approx(-14, abs=0.5)
    assert made.true_peak_dbtp <= -1.0
    assert made.missing_glyphs == ()
    assert reached == ["mid-work"]
    shares = [progress.share for progress in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert not list(made.path.parent.glob("*.part.*"))
    verify.check(await verify.examine(made.path), SMALL, verify.Length(30, 90, (0, 40, 60)))


@pytest.mark.parametrize(("seconds", "level"), [(1.2, 0.3), (3.0, 0.02), (3.0, 0.9)])
async def test_short_quiet_and_hot_voices_come_out_at_the_same_level(material, tmp_path, seconds, level):
    frames = int(seconds * 30)
    sources = {"a" * 64: material["30"], VOICE: talk(tmp_path / "voice.wav", seconds, level)}
    made = await rendered(edit(clip("a", facts(material["30"]), 0.0, 0, frames)), sources, tmp_path / "out")
    assert made.integrated_lufs == pytest.approx(-14, abs=0.5)
    assert made.true_peak_dbtp <= -1.0


async def test_silence_stays_silent(material, tmp_path):
    sources = {"a" * 64: material["30"], VOICE: talk(tmp_path / "voice.wav", 1.0, 0.0)}
    made = await rendered(edit(clip("a", facts(material["30"]), 0.0, 0, 45)), sources, tmp_path / "out")
    assert made.integrated_lufs == -70.0
    assert made.frames == 45


async def test_a_level_that_was_missed_is_corrected_in_the_finished_file(material, tmp_path, monkeypatch):
    right = loudness.measure

    async def too_quiet(tool, edit_, paths):
        found = await right(tool, edit_, paths)
        return Measured(found.voice_gain_db, found.gain_db - 2.0)

    monkeypatch.setattr(loudness, "measure", too_quiet)
    sources = {"a" * 64: material["30"], VOICE: material["voice"]}
    made = await rendered(edit(clip("a", facts(material["30"]), 0.0, 0, 90)), sources, tmp_path / "out")
    assert made.integrated_lufs == pytest.approx(-14, abs=1.0)
    assert made.integrated_lufs > -15.5
    verify.check(await verify.examine(made.path), SMALL, verify.Length(30, 90, (0, 60)))


async def test_a_source_cut_off_is_told_and_leaves_no_video(tmp_path, material):
    entire = numbered(tmp_path / "entire.mkv", Fraction(30), 6)
    known = facts(entire, "matroska")
    cut = tmp_path / "cut.mkv"
    cut.write_bytes(entire.read_bytes()[: entire.stat().st_size // 2])
    sources = {"a" * 64: cut, VOICE: material["voice"]}
    with pytest.raises(BadMedia) as told:
        await rendered(edit(clip("a", known, 2.0, 0, 60)), sources, tmp_path / "out")
    assert told.value.code == "media_truncated"
    assert not (tmp_path / "out" / "out.mp4").exists()


async def test_a_source_shorter_than_it_claims_is_told(material, tmp_path):
    lied = facts(material["30"]).model_copy(update={"duration_s": 9.0})
    sources = {"a" * 64: material["30"], VOICE: material["voice"]}
    with pytest.raises(BadMedia) as told:
        await rendered(edit(clip("a", lied, 3.5, 0, 40)), sources, tmp_path / "out")
    assert told.value.code == "media_too_short"


async def test_SEC_02_a_source_that_is_something_else_is_told(material, tmp_path):
    other = tmp_path / "other"
    other.write_text("#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n")
    sources = {"a" * 64: other, VOICE: material["voice"]}
    with pytest.raises(BadMedia):
        await rendered(edit(clip("a", facts(material["30"]), 0.0, 0, 40)), sources, tmp_path / "out")


def black(path: Path, size: str, seconds: float = 2.0) -> Path:
    ffmpeg("-f", "lavfi", "-i", f"color=black:s={size}:r=30:d={seconds}", "-c:v", "libx264", "-g", "30", path)
    return path


def brightness(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as file:
        return [frame.to_ndarray(format="gray") for frame in file.decode(video=0)]


async def test_subtitles_are_on_their_frames_and_a_span_shows_the_same_word(tmp_path, home):
    source = black(tmp_path / "black.mp4", "360x640")
    size = SMALL.model_copy(update={"width": 360, "height": 640, "crf": 10})
    words = tuple(Word(text=text, start_s=at, end_s=at + 0.4, phrase=0) for text, at in (("one", 0.31), ("two", 0.71)))
    cue = Cue(words=words, start_s=0.31, end_s=1.12)
    whole = edit(clip("a", facts(source), 0.0, 0, 50), cues=(cue,), style=SubtitleStyle(colour="#FF0000"))
    sources = {"a" * 64: source}
    greys = brightness(await pictures_of(whole, Span(0, 50), sources, tmp_path / "whole", size))
    shown = [frame for frame, grey in enumerate(greys) if grey.max() > 60]
    assert shown == list(range(10, 34))
    part = brightness(await pictures_of(whole, Span(18, 20), sources, tmp_path / "part", size))
    assert max(float(np.abs(a.astype(int) - b).mean()) for a, b in zip(part, greys[18:38], strict=True)) < 0.6
    lit = [int((grey > 150).any(axis=0).sum()) for grey in greys[10:34]]
    assert lit == sorted(lit), "the highlight runs on and never back"
    assert lit[0] < 0.1 * lit[-1]
    assert 0.3 * lit[-1] < lit[12] < 0.7 * lit[-1], "the first of two words was spoken"


@pytest.mark.parametrize(
    "text",
    [
        r"{\pos(0,0)\fs900}",
        r"a\Nb\nc\hd",
        r"{\b1}",
        "a<b>c",
        "<script>%{pts}",
        r"\{x\}",
        r"':x=0,[in]drawbox",
        "ăâîșț ȘȚ",
        r"C:\{",
    ],
)
async def test_SEC_02_text_comes_out_as_typed(tmp_path, home, text):
    """The same text drawn by another hand, ffmpeg's drawtext, from the same typeface."""
    source = black(tmp_path / "black.mp4", "720x720", 0.2)
    size = SMALL.model_copy(
        update={"width": 720, "height": 720, "crf": 1, "safe_zone": SafeZone(top=0, bottom=0, left=0, right=0)}
    )
    word = Word(text=text, start_s=0, end_s=1, phrase=0)
    style = SubtitleStyle(preset="clean", outline=0, size=60, y=0.5)
    whole = edit(clip("a", facts(source), 0, 0, 2), cues=(Cue(words=(word,), start_s=0, end_s=1),), style=style)
    ours = brightness(await pictures_of(whole, Span(0, 2), {"a" * 64: source}, tmp_path / "ours", size))[0]
    (tmp_path / "text").write_text(text, encoding="utf-8")
    (tmp_path / "font.ttf").symlink_to(fonts_folder() / "Lato-Bold.ttf")
    drawn = f"drawtext=textfile={tmp_path}/text:expansion=none:fontfile={tmp_path}/font.ttf:fontsize=40:fontcolor=white"
    ffmpeg("-f", "lavfi", "-i", f"color=black:s=720x720,{drawn}:x=20:y=300", "-frames:v", "1", tmp_path / "theirs.png")
    theirs = brightness(tmp_path / "theirs.png")[0]
    a, b = inked(ours), inked(theirs)
    assert abs(a.shape[0] - b.shape[0]) <= 2
    assert abs(a.shape[1] - b.shape[1]) <= 3 + len(text) // 4
    assert float(np.corrcoef(profile(a), profile(b))[0, 1]) > 0.9


def inked(grey: np.ndarray) -> np.ndarray:
    rows, columns = np.flatnonzero((grey > 90).any(axis=1)), np.flatnonzero((grey > 90).any(axis=0))
    return grey[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def profile(ink: np.ndarray) -> np.ndarray:
    """How much is drawn in each hundredth of the width."""
    columns: np.ndarray = ink.mean(axis=0)
    return np.asarray(np.interp(np.linspace(0, columns.size - 1, 100), np.arange(columns.size), columns))


@pytest.mark.parametrize(("tags", "hd"), [("", True), ("smpte170m", False), ("bt709", True)])
async def test_red_stays_red_whatever_the_source_s_matrix(tmp_path, home, tags, hd):
    """The same red as BT.709 and as BT.601 code values, tagged or not, comes out as BT.709's."""
    luma, blue, red = (63, 102, 240) if hd else (81, 90, 240)
    tag = f",setparams=colorspace={tags}:color_primaries={tags}:color_trc={tags}:range=tv" if tags else ""
    colour = f"color=gray:s=1280x720:r=30:d=0.4,format=yuv420p,geq=lum={luma}:cb={blue}:cr={red}{tag}"
    source = tmp_path / "red.mp4"
    ffmpeg("-f", "lavfi", "-i", colour, "-c:v", "libx264", "-preset", "ultrafast", "-crf", "4", source)
    whole = edit(clip("a", facts(source), 0.0, 0, 10))
    made = await pictures_of(whole, Span(0, 10), {"a" * 64: source}, tmp_path / "out")
    with av.open(str(made)) as file:
        planes = next(file.decode(video=0)).to_ndarray(format="yuv420p")
    middle = (planes[48, 96], planes[96 + 12].ravel()[48], planes[96 + 24 + 12].ravel()[48])
    assert middle == pytest.approx((63, 102, 240), abs=3)


async def test_what_a_typeface_lacks_is_not_borrowed_from_the_system(material, tmp_path, caplog):
    """U+0623 is in many systems' fonts and in none of ours: it is told, and drawn as Lato draws any unknown."""
    shown = []
    for name, letter in (("known", "\u0623"), ("unknown", "\U0010fffd")):
        word = Word(text=letter, start_s=0, end_s=1, phrase=0)
        cues = (Cue(words=(word,), start_s=0, end_s=1),)
        whole = edit(clip("a", facts(material["30"]), 0, 0, 30), cues=cues, style=SubtitleStyle(size=160))
        made = await rendered(whole, {"a" * 64: material["30"], VOICE: material["voice"]}, tmp_path / name)
        assert made.missing_glyphs == (letter,)
        shown.append(brightness(made.path)[10].astype(int))
    assert int(np.abs(shown[0] - shown[1]).max()) <= 8
    assert "not drawn" in caplog.text


async def test_a_still_is_taken_out_of_a_video(material, tmp_path):
    await thumbnail(material["30"], 1.0, 96, tmp_path / "still.jpg")
    with av.open(str(tmp_path / "still.jpg")) as file:
        frame = next(file.decode(video=0))
    assert (frame.width, frame.height) == (96, 48)
    assert [path.name for path in tmp_path.iterdir()] == ["still.jpg"]
    with pytest.raises((BadMedia, ProcessFailed)):
        await thumbnail(material["30"], 60.0, 96, tmp_path / "none.jpg")
    assert [path.name for path in tmp_path.iterdir()] == ["still.jpg"]


async def test_SEC_02_a_playlist_gives_no_still(tmp_path):
    lure = tmp_path / "lure.mp4"
    lure.write_text("ffconcat version 1.0\nfile /etc/hostname\n")
    with pytest.raises(ProcessFailed):
        await thumbnail(lure, 0.0, 96, tmp_path / "still.jpg")


async def test_a_file_that_is_not_as_asked_is_refused(material, tmp_path):
    seen = await verify.examine(material["30"])
    with pytest.raises(TechnicalFault) as refused:
        verify.check(seen, SMALL, verify.Length(30, 121, (0, 60, 120)))
    told = str(refused.value)
    assert refused.value.code == "render_unsound"
    for fault in ("number of frames is 120, not 121", "index does not come first", "sound", "keyframes", "colour"):
        assert fault in told


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def say(follower: Follower, frame: int, time_us: str = "N/A") -> None:
    for line in (f"frame={frame}", "fps=20.5", f"out_time_us={time_us}", "total_size=1", "progress=continue"):
        follower.line(line)


def test_an_encode_that_stands_still_is_given_up():
    clock = Clock()
    follower = Follower(100, 4.0, lambda _progress: None, clock)
    for moment in range(0, 100, 10):
        clock.now = float(moment)
        say(follower, 7 + moment)
    clock.now = 140.0
    say(follower, 97)
    clock.now = 151.0
    with pytest.raises(ProcessTimedOut):
        say(follower, 97)


def test_progress_is_the_lesser_of_pictures_and_sound_and_tells_the_time_left():
    clock = Clock()
    told: list[RenderProgress] = []
    follower = Follower(100, 4.0, told.append, clock)
    clock.now = 10.0
    for frame, time_us in ((50, "N/A"), (50, "1000000"), (60, "2000000")):
        say(follower, frame, time_us)
    assert [progress.share for progress in told] == [0.5, 0.5, 0.5]
    assert told[0] == RenderProgress(0.5, 10.0, 20.5)


def test_no_space_is_a_fault_of_its_own():
    full = ProcessFailed("ffmpeg", returncode=228, stderr="[out#0/mp4] Error writing trailer: No space left on device")
    assert _named(full).code == "storage_full"
    assert _named(full).technical
    killed = ProcessFailed("ffmpeg", returncode=-9, stderr="Invalid data found when processing input")
    assert _named(killed) is killed


def test_missing_glyphs_are_read_from_the_warnings():
    log = "[ass] fontselect: failed to find any fallback with glyph 0x1F389 for font: (Lato, 700, 0)\nGlyph 0x1F389"
    assert missing_glyphs(log) == ("🎉",)
