"""Real encodes in pieces: they show what one pass shows, and nothing is encoded that was encoded before."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from operator import sub
from pathlib import Path
from shutil import copyfile
from statistics import mean
from typing import Any

import pytest

from contracts.brief import SubtitleStyle
from contracts.faults import BadMedia
from contracts.media import BlobRef
from contracts.outputs import Output, PresetName
from contracts.speech import Word
from contracts.timeline import Cue, Insert, Timeline
from kit.fonts import face, fonts_folder
from kit.process import run as run_child
from services.render import verify
from services.render.ffmpeg import RenderProgress, Tool
from services.render.plan import Measured, RenderPlan, Span, plan
from services.render.plan.chunks import Lanes, Run, run_plan
from services.render.plan.command import PART_NAME
from services.render.plan.keyframes import keyframes
from services.render.rendering import Rendered, render, soundtrack
from services.render.shelf import Kept, Piece
from tests.acceptance import scenery
from tests.unit.test_rendering import SMALL, TUNE, VOICE, clip, edit, facts, ffmpeg, numbered, numbers_in, talk

TWO = Lanes(2, 1, 2)
SHOTS = ((0.5, 95), (1.2, 70), (0.1, 110), (2.3, 40), (0.7, 85), (1.5, 50))  # seconds into the source, frames
GOPS = 13  # of these: one every 60 frames, and one from each cut on that is not close to one of them


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EDIT_FACTORY_HOME", str(folder))
        yield folder


@pytest.fixture(scope="module")
def sources(tmp_path_factory) -> dict[str, Path]:
    """Numbered pictures at two rates, with keyframes far apart; a voice and a tune."""
    folder = tmp_path_factory.mktemp("material")
    return {
        "a" * 64: numbered(folder / "a.mp4", Fraction(30), 5),
        "b" * 64: numbered(folder / "b.mp4", Fraction(25), 5),
        "c" * 64: numbered(folder / "c.mp4", Fraction(25), 5, "-bf", "0"),
        VOICE: talk(folder / "voice.wav", 15.0),
        TUNE: talk(folder / "tune.wav", 1.0, level=0.5),
    }


def shots(sources: dict[str, Path], **swapped: str) -> Timeline:
    """15 s in ``GOPS`` pieces, with seams within shots and between them. ``swapped``: another source for a shot."""
    clips, at = [], 0
    for place, (into_s, frames) in enumerate(SHOTS):
        digit = swapped.get(f"shot{place}", "ab"[place % 2])
        clips.append(clip(digit, facts(sources[digit * 64]), into_s, at, frames))
        at += frames
    return edit(*clips, style=SubtitleStyle(preset="none"))


@dataclass
class Drawer:
    """A shelf in one folder."""

    folder: Path
    kept: dict[str, tuple[Kept, Path]] = field(default_factory=dict)

    async def take(self, key: str, kind: type[Piece], to: Path) -> Piece | None:
        if key not in self.kept:
            return None
        about, path = self.kept[key]
        copyfile(path, to)
        assert isinstance(about, kind)
        return about

    async def put(self, key: str, path: Path, about: Callable[[BlobRef], Kept]) -> None:
        copyfile(path, self.folder / key)
        ref = BlobRef(sha256="0" * 64, size=path.stat().st_size, media_type="video/mp4")
        self.kept[key] = (about(ref), self.folder / key)


@pytest.fixture
def drawer(tmp_path: Path) -> Drawer:
    folder = tmp_path / "drawer"
    folder.mkdir()
    return Drawer(folder)


@dataclass
class Started:
    """What was begun: the command of every ffmpeg, in words, and each run of GOPs."""

    commands: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    def clear(self) -> None:
        self.commands.clear()
        self.runs.clear()

    @property
    def encoded(self) -> list[int]:
        """The GOPs for which an encoder was started."""
        assert len(self.runs) == len(self.saying("libx264"))
        return sorted(number for run in self.runs for number in range(run.first, run.first + run.count))

    def saying(self, word: str) -> list[str]:
        return [command for command in self.commands if word in command]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    found = Started()
    start, planned = run_child, run_plan

    async def noted(argv, **more):
        found.commands.append(" ".join(map(str, argv)))
        return await start(argv, **more)

    def planned_run(timeline, size, run, **more):
        found.runs.append(run)
        return planned(timeline, size, run, **more)

    monkeypatch.setattr("services.render.ffmpeg.run", noted)
    monkeypatch.setattr("services.render.pictures.run_plan", planned_run)
    return found


async def made(timeline: Timeline, sources: dict[str, Path], folder: Path, **more: Any) -> Rendered:
    await asyncio.to_thread(folder.mkdir)
    values: dict[str, Any] = {"lanes": TWO, "on_progress": lambda _progress: None} | more
    size = values.pop("size", SMALL)
    return await render(timeline, size, sources, folder, **values)


async def one_pass(
    timeline: Timeline, size: Output, sources: dict[str, Path], folder: Path, *, lossless: bool = False
) -> Path:
    folder.mkdir()
    planned: RenderPlan = plan(
        timeline,
        size,
        Span(0, timeline.frames),
        sources={sha256: str(path) for sha256, path in sources.items()},
        fonts=str(fonts_folder()),
        face=face(timeline.subtitles.font),
        threads=1,
        loudness=None,
    )
    if lossless:
        swap = {str(size.crf): "0", "high": "high444"}
        argv = tuple(
            swap.get(part, part) if before in {"-crf", "-profile:v"} else part
            for before, part in zip(("", *planned.argv), planned.argv, strict=False)
        )
        planned = replace(planned, argv=argv)
    await Tool(folder, nice=5).encode(planned, timeline.fps, lambda _progress: None)
    return folder / PART_NAME


async def test_pieces_show_the_pictures_of_one_pass(sources, tmp_path, started):
    timeline = shots(sources)
    file = await made(timeline, sources, tmp_path / "pieces")
    assert started.encoded == list(range(GOPS))
    assert len(started.runs) >= 3
    verify.check(await verify.examine(file.path), SMALL, verify.length(timeline))
    whole = await one_pass(timeline, SMALL, sources, tmp_path / "whole")
    assert numbers_in(file.path) == numbers_in(whole)


@pytest.mark.parametrize("frames", [1, 2, 61, 62, 120])
async def test_a_last_piece_may_be_as_short_as_one_picture(sources, tmp_path, drawer, frames):
    """Each piece made with the others, and the last one by itself."""
    timeline = edit(clip("a", facts(sources["a" * 64]), 0.5, 0, frames), style=SubtitleStyle(preset="none"))
    first = await made(timeline, sources, tmp_path / "first", shelf=drawer)
    assert first.frames == frames
    for key, (about, _) in tuple(drawer.kept.items()):
        if getattr(about, "frames", 60) < 60:
            del drawer.kept[key]
    again = await made(timeline, sources, tmp_path / "again", shelf=drawer)
    assert again.reused == frames // 60
    assert numbers_in(again.path) == numbers_in(first.path) == [15 + frame for frame in range(frames)]


async def test_joined_pieces_decode_without_a_word(sources, tmp_path, caplog):
    file = await made(shots(sources), sources, tmp_path / "pieces")
    assert "joined with a warning" not in caplog.text
    told = await Tool(tmp_path, nice=5).listen(
        RenderPlan(
            ("-hide_banner", "-nostats", "-v", "warning", "-i", "file:in.mp4", "-f", "null", "-"),
            frames=0,
            links={"in.mp4": str(file.path)},
        )
    )
    assert told == ""


async def test_the_sound_is_what_one_pass_makes_of_it(sources, tmp_path, monkeypatch):
    """To the sample, from the first to the last: no click at a seam, no shift."""
    gains = Measured(1.5, 3.0)

    async def known(*_):
        return gains

    monkeypatch.setattr("services.render.loudness.measure", known)
    monkeypatch.setattr("services.render.plan.Loudness.on_target", True)
    timeline = shots(sources)
    file = await made(timeline, sources, tmp_path / "pieces")
    folder = tmp_path / "whole"
    folder.mkdir()
    planned = plan(
        timeline,
        SMALL,
        Span(0, timeline.frames),
        sources={sha256: str(path) for sha256, path in sources.items()},
        fonts=str(fonts_folder()),
        face=face("Lato"),
        threads=1,
        loudness=gains,
    )
    await Tool(folder, nice=5).encode(planned, 30, lambda _progress: None)
    heard = []
    for place, path in enumerate((file.path, folder / PART_NAME)):
        ffmpeg("-i", path, "-vn", "-f", "s16le", tmp_path / f"{place}.pcm")
        heard.append((tmp_path / f"{place}.pcm").read_bytes())
    assert len(heard[0]) == timeline.frames * 1600 * 4
    assert heard[0] == heard[1]


async def test_a_video_made_again_encodes_nothing(sources, tmp_path, drawer, started):
    timeline = shots(sources)
    first = await made(timeline, sources, tmp_path / "first", shelf=drawer)
    assert (first.gops, first.reused) == (GOPS, 0)
    started.clear()
    told: list[RenderProgress] = []
    again = await made(timeline, sources, tmp_path / "again", shelf=drawer, on_progress=told.append)
    assert (again.gops, again.reused) == (GOPS, GOPS)
    assert started.saying("libx264") + started.saying("-c:a aac") == []
    assert again.path.read_bytes() == first.path.read_bytes()
    assert told[0].share > 0.85
    assert told[-1].share == 1.0


async def test_another_clip_encodes_the_gops_it_is_seen_in(sources, tmp_path, drawer, started):
    await made(shots(sources), sources, tmp_path / "first", shelf=drawer)
    started.clear()
    swapped = shots(sources, shot3="c")  # frames 275 to 314
    changed = await made(swapped, sources, tmp_path / "changed", shelf=drawer)
    assert started.encoded == [7, 8]
    assert changed.reused == GOPS - 2
    whole = await one_pass(swapped, SMALL, sources, tmp_path / "whole")
    assert numbers_in(changed.path) == numbers_in(whole)
    verify.check(await verify.examine(changed.path), SMALL, verify.length(swapped))


def with_insert(timeline: Timeline, sources: dict[str, Path], digit: str, start: int, frames: int) -> Timeline:
    shown = clip(digit, facts(sources[digit * 64]), 0.2, start, frames)
    return timeline.model_copy(update={"inserts": (Insert(clip=shown, mode="interstitial"),)})


async def test_an_insert_shows_the_same_across_seams_and_encodes_its_own_gops(sources, tmp_path, drawer, started):
    bare = shots(sources)
    await made(bare, sources, tmp_path / "first", shelf=drawer)
    started.clear()
    inserted = with_insert(bare, sources, "c", 281, 98)  # frames 281 to 378, over two seams of those of the shots
    changed = await made(inserted, sources, tmp_path / "changed", shelf=drawer)
    borders = (*keyframes(inserted), inserted.frames)
    touched = [number for number, (a, b) in enumerate(pairwise(borders)) if a <= 379 and b > 281]
    assert started.encoded == touched
    assert changed.reused == changed.gops - len(touched)
    whole = await one_pass(inserted, SMALL, sources, tmp_path / "whole")
    assert numbers_in(changed.path) == numbers_in(whole)
    assert numbers_in(whole)[281:379] != numbers_in(await one_pass(bare, SMALL, sources, tmp_path / "bare"))[281:379]
    verify.check(await verify.examine(changed.path), SMALL, verify.length(inserted))


async def test_an_insert_that_ends_before_it_should_is_told_of(sources, tmp_path, drawer):
    bare = shots(sources)
    lied = facts(sources["a" * 64]).model_copy(update={"duration_s": 99.0})
    shown = clip("a", lied, 3.0, 30, 150)  # has pictures for 60 frames
    inserted = bare.model_copy(update={"inserts": (Insert(clip=shown, mode="pip"),)})
    with pytest.raises(BadMedia) as told:
        await made(inserted, sources, tmp_path / "out", shelf=drawer, lanes=Lanes(1, 1, 1))
    assert told.value.code == "media_too_short"


async def test_other_music_encodes_no_picture(sources, tmp_path, drawer, started):
    timeline = shots(sources)
    first = await made(timeline, sources, tmp_path / "first", shelf=drawer)
    started.clear()
    tuned = edit(*timeline.clips, style=timeline.subtitles, tune=True)
    changed = await made(tuned, sources, tmp_path / "changed", shelf=drawer)
    assert started.encoded == []
    assert changed.reused == GOPS
    assert len(started.saying("-c:a aac")) == 1
    assert changed.path.read_bytes() != first.path.read_bytes()
    assert changed.integrated_lufs == pytest.approx(-14, abs=0.5)


async def test_outputs_share_their_sound_and_what_is_the_same_of_their_pictures(sources, tmp_path, drawer, started):
    timeline = shots(sources)
    (tmp_path / "sound").mkdir()
    sound = soundtrack(timeline, sources, tmp_path / "sound", shelf=drawer)
    wide = SMALL.model_copy(update={"preset": PresetName.SQUARE, "width": 96})
    await made(timeline, sources, tmp_path / "one", shelf=drawer, sound=sound)
    other = await made(timeline, sources, tmp_path / "two", shelf=drawer, sound=sound, size=wide)
    assert (other.width, other.reused) == (96, 0)
    assert len(started.saying("-c:a aac")) == 1
    twin = SMALL.model_copy(update={"preset": PresetName.REELS})
    assert (await made(timeline, sources, tmp_path / "three", shelf=drawer, sound=sound, size=twin)).reused == GOPS


async def test_a_render_that_was_stopped_goes_on_from_what_is_finished(sources, tmp_path, drawer, started):
    timeline = shots(sources)
    stopped = asyncio.Event()

    def at(_name: str) -> None:
        stopped.set()

    work = asyncio.create_task(made(timeline, sources, tmp_path / "first", shelf=drawer, at=at))
    await stopped.wait()
    while len(drawer.kept) < 3:
        await asyncio.sleep(0.005)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    there = {int(path.stem[3:]) for path in tmp_path.glob("first/gop*.mp4")}
    kept = sum(1 for about, _ in drawer.kept.values() if hasattr(about, "frames"))
    assert 0 < kept <= len(there)
    started.clear()
    again = await made(timeline, sources, tmp_path / "again", shelf=drawer)
    assert again.reused == kept
    assert len(started.encoded) == GOPS - kept
    whole = await one_pass(timeline, SMALL, sources, tmp_path / "whole")
    assert numbers_in(again.path) == numbers_in(whole)


async def test_a_kept_piece_that_is_cut_off_is_made_again(sources, tmp_path, drawer, started):
    timeline = shots(sources)
    await made(timeline, sources, tmp_path / "first", shelf=drawer)
    pieces = [path for about, path in drawer.kept.values() if hasattr(about, "frames")]
    pieces[2].write_bytes(pieces[2].read_bytes()[:-700])
    started.clear()
    again = await made(timeline, sources, tmp_path / "again", shelf=drawer)
    assert again.reused == GOPS - 1
    assert len(started.encoded) == 1


async def test_kept_pieces_that_do_not_fit_together_are_made_again_and_replaced(sources, tmp_path, drawer, started):
    timeline = shots(sources)
    first = await made(timeline, sources, tmp_path / "first", shelf=drawer)
    for about, path in drawer.kept.values():
        if not hasattr(about, "frames"):
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])  # the sound
    again = await made(timeline, sources, tmp_path / "again", shelf=drawer)
    assert again.integrated_lufs == pytest.approx(first.integrated_lufs, abs=0.1)
    verify.check(await verify.examine(again.path), SMALL, verify.length(timeline))
    started.clear()
    assert (await made(timeline, sources, tmp_path / "third", shelf=drawer)).reused == GOPS
    assert started.saying("-c:a aac") == []


async def test_no_piece_is_kept_from_where_a_source_ends_early(sources, tmp_path, drawer):
    """The pictures after it would stand where others belong: a later render must not take them."""
    lied = facts(sources["a" * 64]).model_copy(update={"duration_s": 99.0})
    honest = facts(sources["b" * 64])
    timeline = edit(
        clip("b", honest, 0.0, 0, 60),
        clip("a", lied, 3.0, 60, 150),  # has pictures for 60 frames more
        clip("b", honest, 0.0, 210, 90),
        style=SubtitleStyle(preset="none"),
    )
    with pytest.raises(BadMedia) as told:
        await made(timeline, sources, tmp_path / "out", shelf=drawer, lanes=Lanes(1, 1, 1))
    assert told.value.code == "media_too_short"
    assert "between 4.00 s and 6.00 s" in told.value.message
    assert not (tmp_path / "out" / "out.mp4").exists()
    mended = edit(clip("b", honest, 0.0, 0, 60), clip("a", lied, 3.0, 60, 60), style=SubtitleStyle(preset="none"))
    assert (await made(mended, sources, tmp_path / "mended", shelf=drawer)).reused == 2  # those before it
    gops = [about for about, _ in drawer.kept.values() if hasattr(about, "frames")]
    assert len(gops) <= 4  # the others are of clips that are whole


REAL = Output(preset=PresetName.GENERIC, width=360, height=640, crf=23, speed="veryfast")


def lossy_against(lossless: Path, path: Path, measure: str, folder: Path) -> list[float]:
    """Of each frame against the same of another file: PSNR in dB, or SSIM."""
    stats = folder / f"{path.parent.name}-{measure}"
    ffmpeg("-i", path, "-i", lossless, "-lavfi", f"[0:v][1:v]{measure}=stats_file={stats}", "-f", "null", "-")
    value = re.compile({"psnr": r"psnr_avg:(\S+)", "ssim": r"All:(\S+)"}[measure])
    return [float(found[1]) for line in stats.read_text().splitlines() if (found := value.search(line))]


@pytest.mark.slow
async def test_pieces_lose_no_more_than_one_pass_loses(tmp_path):
    """Seams within shots, a cue and its karaoke across them; both held against the same edit without loss."""
    footage = {"a" * 64: scenery.clip("coffee.png", seconds=8.0), "b" * 64: scenery.clip("rocket.jpg", seconds=8.0)}
    spoken = ("all", "of", "these", "are", "in", "one", "cue")
    words = tuple(
        Word(text=text, start_s=1.0 + place * 0.45, end_s=1.4 + place * 0.45, phrase=0)
        for place, text in enumerate(spoken)
    )
    cues = (Cue(words=words, start_s=1.0, end_s=4.4), Cue(words=words[:1], start_s=9.7, end_s=10.4))
    known = [facts(path) for path in footage.values()]
    timeline = edit(clip("a", known[0], 0.3, 0, 200), clip("b", known[1], 1.1, 200, 190), cues=cues)
    sources = footage | {VOICE: talk(tmp_path / "voice.wav", 13.0)}
    pieces = (await made(timeline, sources, tmp_path / "pieces", size=REAL)).path
    whole = await one_pass(timeline, REAL, sources, tmp_path / "whole")
    lossless = await one_pass(timeline, REAL, sources, tmp_path / "lossless", lossless=True)
    for measure, slack in (("psnr", 0.2), ("ssim", 0.001)):
        ours, theirs = (lossy_against(lossless, path, measure, tmp_path) for path in (pieces, whole))
        assert len(ours) == len(theirs) == timeline.frames
        assert mean(ours) > mean(theirs) - slack / 4
        for seam in keyframes(timeline)[1:]:
            around = slice(seam - 15, seam + 15)
            assert mean(ours[around]) > mean(theirs[around]) - slack, (measure, seam)
        assert min(map(sub, ours, theirs)) > -8 * slack, "a frame shows something else"
