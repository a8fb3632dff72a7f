"""The reference job by one ffmpeg command, by the running system, and by MoviePy 2. ``python -m bench.reference``.

30 s at 1080x1920 and 30 frames a second from six clips of 1080p (four lying, two upright), cropped and scaled, karaoke
subtitles, a voice, looped music that is ducked, two-pass loudness, x264 at CRF 23. The three alternate in one run, so
that what disturbs one disturbs the others; the first round is thrown away; told are medians of each round's ratio, and
how noisy the machine was: on a noisy one the verdicts say nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import av

from bench import byhand, edit, workers
from bench.changes import Change, changes
from bench.material import KINDS, Material, material
from bench.proctree import Cost, run
from bench.running import System, fresh_brief, running
from bench.verdicts import Result, Sample, report
from kit.ffmpeg import find_ffmpeg

ROUNDS = 3
SECONDS = 30.0
WARM_UP_S = 10.0
PRESETS = ("veryfast", "medium")
PARTS = ("floor", "changes", "killed")


@dataclass(frozen=True, slots=True)
class Asked:
    rounds: int
    seconds: float
    presets: tuple[str, ...]
    moviepy: tuple[str, ...]
    parts: frozenset[str]
    long: float


async def measure(asked: Asked, given: Material, home: Path) -> Result:
    result = Result()
    if asked.parts & {"floor", "changes"}:
        async with running(home / "system", given) as system:
            if "floor" in asked.parts:
                await _floor(asked, system, home, result)
            if "changes" in asked.parts:
                _say("changes")
                result.changes = [change async for change in _changes(asked, system)]
    if "killed" in asked.parts:
        _say("a render worker killed")
        result.killed = await workers.killed(home / "killed", given, asked.presets[0], asked.seconds)
    if asked.long:
        _say(f"two workers on {asked.long:.0f} s")
        result.shared = await workers.shared(home / "shared", given, asked.presets[0], asked.long)
    return result


async def _floor(asked: Asked, system: System, home: Path, result: Result) -> None:
    _say("warm-up")
    await _sample(system, asked.presets[0], WARM_UP_S, home, with_moviepy=False)
    for number in range(1, asked.rounds + 1):
        for preset in asked.presets:
            _say(f"round {number} of {asked.rounds}, {preset}")
            sample = await _sample(system, preset, asked.seconds, home, with_moviepy=preset in asked.moviepy)
            result.samples.setdefault(preset, []).append(sample)


async def _sample(system: System, preset: str, seconds: float, home: Path, *, with_moviepy: bool) -> Sample:
    made = await system.make(fresh_brief(system.given, preset, seconds))
    if len(made.ran) < len(made.job["videos"][0]["steps"]):
        raise RuntimeError(f"a step of a fresh job was reused; only {', '.join(made.ran)} ran")
    await system.settled()
    asked = await system.edit(made)
    with tempfile.TemporaryDirectory(dir=home) as name:
        folder = Path(name)
        by_hand, theirs = folder / "byhand.mp4", folder / "moviepy.mp4"
        bare = await asyncio.to_thread(byhand.make, find_ffmpeg(), asked, preset, folder, by_hand)
        _same_length(by_hand, asked)
        ours = await system.api.download(made.job, folder)
        _same_length(ours, asked)
        moviepy = await asyncio.to_thread(_moviepy, asked, preset, folder, theirs) if with_moviepy else None
        size = ours.stat().st_size / by_hand.stat().st_size
        return Sample(made.cost, made.render, made.held, bare, moviepy, size)


def _moviepy(asked: edit.Edit, preset: str, folder: Path, target: Path) -> Cost:
    told = folder / "edit.json"
    edit.write(asked, told)
    argv: list[str | Path] = [sys.executable, "-m", "bench.moviepy_job", told, preset, target]
    cost = run(argv, folder / "moviepy.log")
    _same_length(target, asked, give=1)
    return cost


def _same_length(path: Path, asked: edit.Edit, give: int = 0) -> None:
    """Raises:
    RuntimeError: the file has not the frames that were asked for, so its cost can't be compared.
    """
    with av.open(str(path)) as box:
        frames = sum(1 for packet in box.demux(video=0) if packet.size)
    if abs(frames - asked.frames) > give:
        raise RuntimeError(f"{path.name} has {frames} frames, not {asked.frames}")


async def _changes(asked: Asked, system: System) -> AsyncIterator[Change]:
    brief = fresh_brief(system.given, asked.presets[0], asked.seconds)
    full = await system.make(brief)
    async for change in changes(system, brief, full):
        yield change


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.reference", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="after a warm-up; 3 or more to believe it")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="about how long the video is; 5 s a span")
    parser.add_argument(
        "--presets", nargs="+", default=PRESETS, metavar="PRESET", help="of x264; the first for changes"
    )
    parser.add_argument("--moviepy", nargs="*", default=("medium",), metavar="PRESET", help="at which MoviePy runs too")
    parser.add_argument("--parts", nargs="*", default=PARTS, choices=PARTS)
    parser.add_argument(
        "--long",
        type=float,
        nargs="?",
        const=workers.LONG_S,
        default=0.0,
        metavar="SECONDS",
        help="also two workers on one video of so many, by default five minutes (takes long)",
    )
    parser.add_argument("--footage", choices=KINDS, default="phone", help="how the clips are encoded")
    parser.add_argument(
        "--material", type=Path, default=Path(tempfile.gettempdir()) / "edit-factory-bench", help="where clips are kept"
    )
    return parser.parse_args()


def main() -> None:
    told = _read_arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that nothing is left running, and no folder
    asked = Asked(
        max(1, told.rounds), told.seconds, tuple(told.presets), tuple(told.moviepy), frozenset(told.parts), told.long
    )
    _say("material")
    given = material(told.material, told.footage)
    with tempfile.TemporaryDirectory(prefix="edit-factory-bench-") as home:
        result = asyncio.run(measure(asked, given, Path(home)))
    print(f"{find_ffmpeg().name}, MoviePy {version('moviepy')}, footage as from a {told.footage}")
    print(report(result))


if __name__ == "__main__":
    main()
