"""The pure parts of the benchmark: what it reads from /proc, the commands it writes, and the verdicts it gives."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench import byhand, model
from bench.changes import Change
from bench.edit import Cue, Edit, Span, Word, read, write
from bench.meter import noise_note
from bench.proctree import Cost, Look, Stat, Watch, busy_s, cpu_s_of, now_below, pss, read_stat, run, tree
from bench.verdicts import Result, Sample, noise, report, rows
from bench.workers import Killed, Shared

MIB = 1 << 20
PERFORMANCE = Path(__file__).parents[2] / "docs/performance.md"


# --- /proc -------------------------------------------------------------------------------------------------------


def test_a_stat_line_is_read_whatever_the_program_is_called():
    ticks = os.sysconf("SC_CLK_TCK")
    numbers = (
        f"S 41 7 7 0 -1 4194560 100 555 0 0 {3 * ticks} {2 * ticks} {ticks} {ticks} 20 0 1 0 99 14491648 256 18446"
    )
    stat = read_stat(f"42 (a (b) c) d) {numbers} 0 0")
    assert stat == Stat(42, 41, "a (b) c) d", 7.0, 555, 256 * os.sysconf("SC_PAGE_SIZE"))


def stat(pid: int, parent: int) -> Stat:
    return Stat(pid, parent, "x", 1.0, 0, 0)


def test_a_tree_is_the_root_and_all_below_it():
    stats = [stat(1, 0), stat(5, 1), stat(7, 5), stat(3, 7), stat(8, 1), stat(9, 8)]
    assert [one.pid for one in tree(5, stats)] == [5, 7, 3]
    assert tree(99, stats) == []


def test_pss_and_busy_time_are_read():
    assert pss("0-1 ---p 0 00:00 0 [rollup]\nRss: 10980 kB\nPss:  7237 kB\nPss_Dirty: 1 kB\n") == 7237 * 1024
    hundredth = 1 / os.sysconf("SC_CLK_TCK")
    assert busy_s("cpu  100 20 30 1000 500 4 5 6 77 0\ncpu0 1 1 1 1\n") == pytest.approx(165 * hundredth)


def test_what_a_child_used_is_counted_when_it_is_gone():
    before, ended = cpu_s_of(os.getpid()), now_below(os.getpid())[0].ended_faults
    subprocess.run([sys.executable, "-c", "sum(range(4_000_000))"], check=True)
    assert cpu_s_of(os.getpid()) - before >= 0.049  # ticks of a hundredth, of which one may be lost
    assert now_below(os.getpid())[0].ended_faults > ended


def test_cpu_and_memory_of_a_part_of_the_time():
    watch = Watch(1, [Look(10, 1.0, 5), Look(11, 2.0, None), Look(13, 6.0, 9), Look(14, 6.5, 7)])
    assert watch.cpu_s(10, 12) == pytest.approx(3.0)
    assert watch.cpu_s(9, 99) == pytest.approx(5.5)
    assert watch.peak() == 9
    assert watch.peak(lambda at: at > 13) == 7


def test_a_run_is_metered_and_a_failed_one_says_why(tmp_path: Path):
    greedy = "held = b'x' * (64 << 20); import time; time.sleep(0.3)"
    cost = run([sys.executable, "-c", greedy], tmp_path / "log")
    assert 64 * MIB < cost.peak < 200 * MIB
    assert cost.wall_s >= 0.3
    assert 0 < cost.cpu_s < cost.wall_s * 2
    with pytest.raises(RuntimeError, match="no such thing"):
        run([sys.executable, "-c", "raise SystemExit('no such thing')"], tmp_path / "log")


# --- the command by hand -----------------------------------------------------------------------------------------

EDIT = Edit(
    spans=(Span("a.mp4", 0.5, 150), Span("b.mp4", 2.0, 149)),
    cues=(Cue(1.0, 2.5, (Word("good", 1.0, 1.4), Word("day", 1.5, 2.3))),),
    voice="voice.wav",
    music="music.mp3",
    music_db=-14.0,
    font="/fonts/Lato-Bold.ttf",
    colour="#FFFFFF",
    highlight="#FFD60A",
)


def test_an_edit_survives_its_file(tmp_path: Path):
    write(EDIT, tmp_path / "edit.json")
    assert read(tmp_path / "edit.json") == EDIT


def test_the_command_seeks_before_it_opens_and_counts_frames():
    measured = dict.fromkeys(("input_i", "input_tp", "input_lra", "input_thresh", "target_offset"), "-1.00")
    command = byhand.making(EDIT, measured, "medium", Path("w.ass"), Path("o.mp4"))
    assert command[command.index("a.mp4") - 5 : command.index("a.mp4")] == ["-ss", "0.500", "-t", "5.500", "-i"]
    graph = command[command.index("-filter_complex") + 1]
    assert "trim=end_frame=150" in graph
    assert "trim=end_frame=149" in graph
    assert "measured_I=-1.00" in graph
    assert command.count("-i") == 4


def test_words_are_lit_one_after_another():
    line = byhand.subtitles(EDIT).splitlines()[-1]
    assert line.startswith("Dialogue: 0,0:00:01.00,0:00:02.50,")
    assert line.endswith(r"{\k0}{\k40}good {\k10}{\k80}day")


def test_loudness_is_read_from_the_end_of_a_log():
    assert byhand.read_loudness('x {no}\n{\n"input_i" : "-20.1"\n}\n')["input_i"] == "-20.1"
    with pytest.raises(ValueError, match="nothing"):
        byhand.read_loudness("silence")


# --- the verdicts ------------------------------------------------------------------------------------------------


def sample(bare_s: float, ratio: float, *, moviepy: float | None = None, others: float = 0.0) -> Sample:
    bare = Cost(bare_s, 2 * bare_s, 700 * MIB, others)
    system = Cost(bare_s * ratio, 2 * bare_s * ratio, 350 * MIB)
    its = None if moviepy is None else Cost(system.wall_s * moviepy, system.cpu_s * moviepy, 700 * MIB)
    return Sample(system, system, 150 * MIB, bare, its, 1.0)


def test_ratios_are_made_round_by_round_and_their_median_is_judged():
    told = {
        row.what.strip(): row for row in rows("medium", [sample(10, 1.0), sample(20, 1.04, moviepy=4.1), sample(11, 9)])
    }
    wall = told["system over ffmpeg, wall"]
    assert wall.value == pytest.approx(1.04)
    assert wall.kept
    assert told["system over ffmpeg, peak memory"].kept
    assert told["MoviePy over system, wall"].kept
    assert not next(row for row in rows("medium", [sample(10, 1.06)]) if row.limit).kept
    assert not next(row for row in rows("medium", [sample(9, 1, moviepy=3.9)]) if row.at_least).kept


def test_moviepy_is_judged_at_medium_only():
    limits = {row.what: row.limit for row in rows("veryfast", [sample(10, 1.0, moviepy=2.0)])}
    assert limits["MoviePy over system, wall"] is None


def test_a_noisy_run_says_so_and_a_short_one_too():
    quiet = [sample(10, 1), sample(10.5, 1), sample(10.9, 1)]
    assert noise(quiet).startswith("noise:")
    assert "TOO NOISY" in noise([*quiet, sample(12, 1)])
    assert "TOO NOISY" in noise([sample(10, 1, others=0.4)] * 3)
    assert noise(quiet[:2]).startswith("FEW ROUNDS (2)")
    assert "TOO NOISY" in noise_note(0.0, 0.16)


def test_the_report_has_a_line_for_everything_that_was_measured():
    result = Result(
        samples={"veryfast": [sample(10, 1.0)]},
        changes=[Change("only the music's volume", 0.5, 0.08, kept=False, seen="ran: render")],
        killed=Killed(10.0, 8.0, 3.0, 0.8),
        shared=Shared((6.0, 4.0), 10.0, 300.0),
    )
    text = report(result)
    assert "veryfast: medians of 1 rounds" in text
    assert "MISSED <= 0.08   ran: render" in text
    assert "1.10  kept   <= 1.15" in text
    assert "the workers did 60% and 40%" in text


# --- the model ---------------------------------------------------------------------------------------------------


def test_a_video_has_no_use_for_more_slots_than_chunks():
    given = model.Inputs(encode=2.0, chunk_overhead=0.5, unsplit=0.1, chunk_s=5.0, slots=2)
    assert model.alone_s(1, 30, given) == pytest.approx(3 + 3 * 10.5)
    assert model.alone_s(3, 30, given) == pytest.approx(3 + 10.5)
    assert model.alone_s(100, 30, given) == model.alone_s(3, 30, given)
    assert model.an_hour(10, 30, given) == pytest.approx(3600 * 20 / (60 + 3 + 3))


def test_the_page_shows_the_model_as_it_is():
    page = PERFORMANCE.read_text("utf-8")
    assert "\n".join(model.table()) in page
    for value in (model.VERYFAST.encode, model.MEDIUM.encode):
        assert f"{value:g}" in page
