"""The command's own logic: briefs from files, events, progress, texts, how it ends."""

from __future__ import annotations

import asyncio
import hashlib
import json
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from contracts.faults import FaultReport, LogicalFault, Unavailable
from contracts.media import AssetKind
from contracts.progress import STEPS, StepName
from contracts.story import FINAL, State, StepState
from edit_factory.cli import client as client_module
from edit_factory.cli.brief import load
from edit_factory.cli.client import Client, refused
from edit_factory.cli.doctor import memory_available, names_listed
from edit_factory.cli.faults import EXIT_CODES, Code, CommandFault, Detail, Refused, Unreachable, exit_code_of, of_fault
from edit_factory.cli.progress import Board, Line, left_s, milestone, outcome
from edit_factory.cli.running import Interrupted, run
from edit_factory.cli.seen import CheckSeen, FileSeen, FindingSeen, JobSeen
from edit_factory.cli.show import JsonShow, PlainShow, fault_lines, job_picture
from edit_factory.cli.sse import LONGEST, Decoder, Message, TooLong
from edit_factory.cli.texts import one_line, short, size_text, slug, time_text
from edit_factory.cli.verdicts import tell_checks
from edit_factory.cli.watching import end, find, together

UPLOAD = "0b0f3c52-3d7e-4c55-9d0a-5c1f57a0f001"


# Briefs


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("clips/c1.mp4", "clips/c2.mp4", "clips/c10.mp4", "music.mp3"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"media")
    return tmp_path


def written(folder: Path, text: str, name: str = "brief.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def faults_of(path: Path) -> dict[str, tuple[str, int | None]]:
    with pytest.raises(CommandFault) as raised:
        load(path)
    assert raised.value.exit_code is Code.USAGE
    return {detail.where: (detail.message, detail.line) for detail in raised.value.details}


def test_a_brief_names_files_patterns_and_uploads(project: Path) -> None:
    brief = load(
        written(
            project,
            f"script: Hello there.\nfootage: [clips/c10.mp4, 'clips/*.mp4', {UPLOAD}]\nmusic: {{asset: music.mp3}}",
        )
    )
    clips = project / "clips"
    assert brief.footage == (clips / "c10.mp4", clips / "c1.mp4", clips / "c2.mp4", UUID(UPLOAD))
    assert brief.files == {
        clips / "c10.mp4": AssetKind.FOOTAGE,
        clips / "c1.mp4": AssetKind.FOOTAGE,
        clips / "c2.mp4": AssetKind.FOOTAGE,
        project / "music.mp3": AssetKind.MUSIC,
    }


def test_paths_are_relative_to_the_brief_and_not_to_where_one_stands(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(project, "script: Hello.\nfootage: clips/c1.mp4")
    monkeypatch.chdir(project / "clips")
    assert load(Path("../brief.yaml")).footage == (project / "clips/c1.mp4",)


def test_the_body_has_ids_for_files_and_what_was_written_and_a_name_to_find_it_by(project: Path) -> None:
    path = written(project, "script: Hello.\nfootage: clips/*.mp4\nmusic: {asset: music.mp3, duck: false}\nvariants: 2")
    brief = load(path)
    ids = {file: uuid4() for file in brief.files}
    ids[project / "clips/c10.mp4"] = ids[project / "clips/c1.mp4"]  # the same bytes give the same asset
    assert brief.body(ids) == {
        "title": "brief",
        "script": "Hello.",
        "footage": [str(ids[project / "clips/c1.mp4"]), str(ids[project / "clips/c2.mp4"])],
        "music": {"asset": str(ids[project / "music.mp3"]), "duck": False},
        "variants": 2,
    }


def test_images_and_branding_are_uploaded_as_what_they_are(project: Path) -> None:
    for name in ("photo.JPG", "logo.png", "card.webp"):
        (project / name).write_bytes(b"x")
    branding = (
        "{logo: {asset: logo.png, size: 0.2}, intro: {asset: clips/c1.mp4, sound: true}, outro: {asset: card.webp}}"
    )
    text = f"script: Hello.\nfootage: [clips/c2.mp4, photo.JPG]\nbranding: {branding}\ntransition: {{kind: zoom}}"
    brief = load(written(project, text))
    assert brief.files == {
        project / "clips/c2.mp4": AssetKind.FOOTAGE,
        project / "photo.JPG": AssetKind.IMAGE,
        project / "clips/c1.mp4": AssetKind.FOOTAGE,
        project / "card.webp": AssetKind.IMAGE,
        project / "logo.png": AssetKind.IMAGE,
    }
    ids = {file: uuid4() for file in brief.files}
    body = brief.changed(quality="draft").body(ids)
    assert body["branding"] == {
        "logo": {"asset": str(ids[project / "logo.png"]), "size": 0.2},
        "intro": {"asset": str(ids[project / "clips/c1.mp4"]), "sound": True},
        "outro": {"asset": str(ids[project / "card.webp"])},
    }
    faults = faults_of(
        written(project, "script: Hello.\nfootage: clips/*.mp4\nbranding: {logo: {asset: none.png}, outtro: {}}")
    )
    assert "there is no such file" in faults["branding.logo.asset"][0]


def test_inserts_name_files_too(project: Path) -> None:
    (project / "mug.png").write_bytes(b"x")
    listed = f"[{{asset: mug.png, when: Hello}}, {{asset: clips/c1.mp4, mode: interstitial}}, {{asset: {UPLOAD}}}]"
    brief = load(written(project, f"script: Hello.\nfootage: [clips/c2.mp4]\ninserts: {listed}"))
    assert brief.files == {
        project / "clips/c2.mp4": AssetKind.FOOTAGE,
        project / "mug.png": AssetKind.IMAGE,
        project / "clips/c1.mp4": AssetKind.FOOTAGE,
    }
    ids = {file: uuid4() for file in brief.files}
    assert brief.changed(quality="draft").body(ids)["inserts"] == [
        {"asset": str(ids[project / "mug.png"]), "when": "Hello"},
        {"asset": str(ids[project / "clips/c1.mp4"]), "mode": "interstitial"},
        {"asset": UPLOAD},
    ]
    faults = faults_of(
        written(project, "script: Hello.\nfootage: clips/*.mp4\ninserts: [{asset: none.png}, {asset: mug.png, wen: x}]")
    )
    assert "there is no such file" in faults["inserts[0].asset"][0]
    wrong = faults_of(written(project, "script: Hello.\nfootage: clips/*.mp4\ninserts: [{asset: mug.png, wen: x}]"))
    assert "did you mean when?" in wrong["inserts[0].wen"][0]


def test_json_is_taken_and_a_script_may_be_a_file(project: Path) -> None:
    (project / "words.txt").write_text("\ufeffBună dimineața.\n", encoding="utf-8")
    path = written(project, json.dumps({"script_file": "words.txt", "footage": [UPLOAD]}), "brief.json")
    assert load(path).fields == {"title": "brief", "script": "Bună dimineața."}


def test_every_fault_of_a_brief_is_told_at_once_with_its_line(project: Path) -> None:
    (project / "empty.mp4").touch()
    path = written(
        project,
        "script: Hello.\nfootage:\n- clips/c1.mp4\n- none.mp4\n- clips\n- empty.mp4\n- 'x*.mp4'\n- clips/c1.mp4\n"
        "music:\n  asset: [1]\nsubtitles:\n  size: 200\n  colour: #FFFFFF\n  fonts: Lato\nvariants: 11\n",
    )
    found = faults_of(path)
    assert {where: line for where, (_, line) in found.items()} == {
        "footage[1]": 4,
        "footage[2]": 5,
        "footage[3]": 6,
        "footage[4]": 7,
        "footage[5]": 8,
        "music.asset": 10,
        "subtitles.size": 12,
        "subtitles.colour": 13,
        "subtitles.fonts": 14,
        "variants": 15,
    }
    assert "no such file" in found["footage[1]"][0]
    assert "clips/*.mp4" in found["footage[2]"][0] or "folder/*.mp4" in found["footage[2]"][0]
    assert "empty" in found["footage[3]"][0]
    assert "matches no file" in found["footage[4]"][0]
    assert "named twice" in found["footage[5]"][0]
    assert "quoted" in found["subtitles.colour"][0]
    assert found["subtitles.fonts"][0] == "there is no such field; did you mean font?"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("footage: [clips/c1.mp4]", "script"),
        ("script: Hello.", "footage"),
        ("script: Hello.\nfootage: []", "footage"),
        ("script: Hello.\nfootage: 7", "footage"),
        ("script: '...'\nfootage: [clips/c1.mp4]", "the brief"),
        ("script: Hello.\nscript_file: a.txt\nfootage: [clips/c1.mp4]", "script_file"),
        ("script_file: missing.txt\nfootage: [clips/c1.mp4]", "script_file"),
        ("script: Hello.\nfootage: [clips/c1.mp4]\nmusic: music.mp3", "music"),
        ('script: Hello.\nfootage: ["a\\0b"]', "footage[0]"),
    ],
)
def test_what_a_brief_lacks_is_named_once(project: Path, text: str, where: str) -> None:
    assert list(faults_of(written(project, text))) == [where]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("script: a\nscript: b\n", "named twice"),
        ("script: [a\n", "expected"),
        ("- a\n- b\n", "list of fields"),
        ("", "list of fields"),
        ("1: a\n", "list of fields"),
        ("[" * 5000, ""),
        ("when: 2024-99-99\n", "month"),
        ("!!python/object/apply:os.getcwd []", "tag"),
        ("script: \x01", ""),
    ],
)
def test_what_is_no_brief_is_refused_in_words(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(CommandFault) as raised:
        load(written(tmp_path, text))
    assert raised.value.code == "brief_malformed"
    assert told in " ".join([raised.value.message, *(detail.message for detail in raised.value.details)])


def test_a_brief_that_is_no_text_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandFault, match="can't read"):
        load(tmp_path / "none.yaml")
    (tmp_path / "large.yaml").write_bytes(b"#" * (2 << 20))
    with pytest.raises(CommandFault, match="over 1 MiB"):
        load(tmp_path / "large.yaml")


def test_the_command_line_stands_above_the_brief_and_is_checked(project: Path) -> None:
    brief = load(written(project, "script: Hello.\nfootage: clips/c1.mp4\nvariants: 1"))
    assert brief.changed(variants=3, quality="draft").fields["variants"] == 3
    with pytest.raises(CommandFault) as raised:
        brief.changed(variants=99)
    assert raised.value.details[0].where == "variants"


# Server-sent events


STREAM = (
    b'retry: 250\n\n: ping\n\nid: 7\nevent: speech.ready\ndata: {"a":1}\n\n'
    b"event: progress\r\ndata: one\r\ndata: two\r\n\r\nid: 9\rdata: caf\xc3\xa9 \xe2\x80\xa8 end\r\rdata: cut off"
)
HEARD = [
    Message("speech.ready", '{"a":1}', "7"),
    Message("progress", "one\ntwo"),
    Message("message", "café \u2028 end", "9"),
]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_events_are_the_same_however_they_are_cut(size: int) -> None:
    decoder = Decoder()
    heard = [message for at in range(0, len(STREAM), size) for message in decoder.feed(STREAM[at : at + size])]
    assert heard == HEARD
    assert decoder.retry_s == 0.25


@pytest.mark.parametrize("end", [b"", b"\n"])
def test_an_event_without_an_end_is_not_kept_for_ever(end: bytes) -> None:
    decoder = Decoder()

    def feed_on() -> None:
        for _ in range(LONGEST // 65_536 + 2):
            decoder.feed(b"data: " + b"x" * 65_536 + end)

    with pytest.raises(TooLong):
        feed_on()


# Progress


def told(step: str, share: float = 0.0, *, number: int = 1, run_number: int = 1, **more: Any) -> dict[str, Any]:
    return {"number": number, "run": run_number, "step": step, "share": share, **more}


def test_a_step_goes_from_waiting_to_done_and_never_back() -> None:
    board = Board(1)
    assert board.heard("progress", told("render", 0.5, eta_s=4.0), now=10.0)
    assert board.heard("progress", told("render", 0.25), now=11.0) is not None
    line = board.of_video(1)[3]
    assert (line.state, line.share, line.eta_s) == (StepState.RUNNING, 0.5, None)
    board.heard("video.rendered", told("render", took_s=8.25), now=12.0)
    assert board.heard("progress", told("render", 0.9), now=13.0) is None
    line = board.of_video(1)[3]
    assert (line.state, line.share, outcome(line)) == (StepState.DONE, 1.0, "done in 8.2 s")


def test_a_new_run_starts_its_step_afresh_and_an_old_one_is_not_heard() -> None:
    board = Board(1)
    fault = FaultReport(code="x", message="broke").model_dump()
    board.heard("video.failed", told("render", fault=fault), now=0)
    assert outcome(board.of_video(1)[3]) == "failed: broke"
    board.heard("progress", told("render", 0.1, run_number=2), now=1)
    assert board.heard("video.failed", told("render", fault=fault), now=2) is None
    assert board.of_video(1)[3] == Line(1, StepName.RENDER, 2, StepState.RUNNING, 0.1, None, 1)


def test_what_waits_for_a_review_says_so_and_what_is_made_anew_begins_again() -> None:
    board = Board(1)
    for kind, step in (("script.ready", "script"), ("speech.ready", "tts"), ("timeline.ready", "footage")):
        change = board.heard(kind, told(step, held=step == "footage"), now=0)
    assert change is not None
    assert milestone(change) == "done; waits for your review"
    board.heard("script.ready", told("script", run_number=2, held=False), now=1)
    assert [line.state for line in board.of_video(1)] == [StepState.DONE, *[StepState.WAITING] * 4]
    assert board.heard("timeline.ready", told("footage"), now=2) is None, "it is of the old words"


def test_a_job_that_is_made_anew_is_shown_so_where_it_is_polled() -> None:
    board = Board(2)
    board.seen(job_seen(done=5, state=State.COMPLETED), now=0)
    again = job_seen(done=3)
    newer = [video.model_copy(update={"run": 2}) for video in again.videos]
    board.seen(again.model_copy(update={"videos": tuple(newer)}), now=1)
    assert [line.state for line in board.of_video(2)][-2:] == [StepState.WAITING] * 2


def test_the_end_of_a_job_that_waits_says_what_waits_and_which_command_goes_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    job = job_seen(done=1, state=State.WAITING)
    waiting = [
        video.model_copy(update={"review": gate}) for video, gate in zip(job.videos, ("script", None), strict=True)
    ]
    assert end(job.model_copy(update={"videos": tuple(waiting)}), PlainShow()) is Code.WAITING
    said = capsys.readouterr().out
    assert "video 1: its script" in said
    assert "video 2" not in said
    assert f"edit-factory approve {short(job.id)}" in said


def test_what_the_quality_gate_says_is_told_in_lines_and_its_faults_by_their_preset(
    capsys: pytest.CaptureFixture[str],
) -> None:
    job = job_seen(done=5, state=State.COMPLETED)
    silence = FindingSeen(code="silence", message="nothing can be heard for 4.0 s", preset="tiktok")
    glyphs = FindingSeen(code="glyphs_missing", message="no typeface has these")
    verdicts = (CheckSeen(verdict="failed", findings=(silence, glyphs)), CheckSeen(verdict="passed"))
    videos = [video.model_copy(update={"check": said}) for video, said in zip(job.videos, verdicts, strict=True)]
    tell_checks(job.model_copy(update={"videos": tuple(videos)}), PlainShow())
    assert capsys.readouterr().out.splitlines() == [
        "Video 1 FAILED the quality gate; don't publish it:",
        "  tiktok: nothing can be heard for 4.0 s (silence)",
        "  no typeface has these (glyphs_missing)",
        "Video 2 was checked: nothing is wrong with it.",
    ]
    tell_checks(job, PlainShow())  # of a gateway that has no gate
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("kind", "data"),
    [("job.requested", {"job": "x"}), ("progress", told("tts", 0.5, number=9)), ("job.completed", {"videos": []})],
)
def test_what_is_not_about_a_step_of_ours_changes_nothing(kind: str, data: dict[str, Any]) -> None:
    assert Board(1).heard(kind, data, now=0) is None


def test_a_polled_job_moves_the_board_as_events_do_and_takes_nothing_back() -> None:
    board = Board(2)
    board.heard("progress", told("tts", 0.6), now=0)
    changes = board.seen(job_seen(done=1, running=("tts", 0.4)), now=1)
    assert [(change.after.number, change.after.step) for change in changes] == [
        (1, "script"),
        (1, "tts"),
        (2, "script"),
        (2, "tts"),
    ]
    first = board.of_video(1)
    assert (first[0].state, first[0].took_s, first[1].share) == (StepState.DONE, 2.0, 0.6)
    assert board.share == pytest.approx((1 + 0.6 + 1 + 0.4) / 10)


def test_each_tenth_is_told_once_with_a_beginning_and_an_end() -> None:
    board = Board(1)
    shares = [0.0, 0.04, 0.1, 0.15, 0.19, 0.33, 0.34, 0.999, 1.0]
    heard = [board.heard("progress", told("render", share, eta_s=(1 - share) * 30), now=0) for share in shares]
    heard.append(board.heard("video.rendered", told("render", reused=True), now=0))
    said = [text for change in heard if change is not None and (text := milestone(change))]
    assert said == ["begins", "10 %, 27 s left", "30 %, 20 s left", "90 %", "reused"]


def test_the_time_left_runs_on_between_messages() -> None:
    line = Line(1, StepName.RENDER, state=StepState.RUNNING, share=0.5, eta_s=10.0, told_at=100.0)
    assert left_s(line, 104.0) == 6.0
    assert left_s(line, 999.0) == 0.0
    assert left_s(Line(1, StepName.RENDER), 0) is None


def job_seen(*, done: int, running: tuple[str, float] | None = None, state: State = State.RUNNING) -> JobSeen:
    began = datetime(2026, 1, 1, tzinfo=UTC)
    steps: list[dict[str, Any]] = []
    for place, step in enumerate(STEPS):
        told: dict[str, Any] = {"step": step, "state": "waiting"}
        if place < done:
            told = {
                "step": step,
                "state": "done",
                "share": 1.0,
                "started_at": began,
                "finished_at": began + timedelta(seconds=2),
            }
        elif running and running[0] == step:
            told = {"step": step, "state": "running", "share": running[1]}
        steps.append(told)
    videos = [{"id": uuid4(), "number": number, "state": state, "share": 0, "steps": steps} for number in (1, 2)]
    return JobSeen.model_validate(
        {"id": uuid4(), "quality": "draft", "presets": ["tiktok"], "state": state, "share": 0, "videos": videos}
    )


def rendered(board: Board, height: int) -> list[str]:
    console = PlainShow().console
    with console.capture() as captured:
        console.print(job_picture(board, 0.0, height))
    return [line.rstrip() for line in captured.get().splitlines()]


def test_many_videos_fold_into_a_line_each_when_the_terminal_is_low() -> None:
    board = Board(10)
    board.heard("script.ready", told("script", number=4, took_s=1.0), now=0)
    board.heard("progress", told("render", 0.42, number=4, eta_s=9.0), now=0)
    low = rendered(board, 20)
    assert len(low) <= 20
    assert sum(line.startswith("Video ") for line in low) == 10
    assert any("render" in line and "42%" in line and "9.0 s left" in line for line in low)
    assert len(rendered(board, 100)) == 60
    assert len(rendered(Board(1), 20)) == 5


# Texts


def test_figures_read_well() -> None:
    assert [size_text(size) for size in (0, 999, 1000, 123_456, 7_600_000, 3_000_000_000)] == [
        "0 B", "999 B", "1.0 kB", "123 kB", "7.6 MB", "3.0 GB",
    ]  # fmt: skip
    assert [time_text(seconds) for seconds in (0, 4.21, 9.97, 59.6, 187, 3729)] == [
        "0.0 s", "4.2 s", "10 s", "1:00", "3:07", "1:02:09",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Caffè & Morning light", "caffe-morning-light"),
        ("../../etc/passwd", "etc-passwd"),
        ("日本", "video"),
        ("", "video"),
    ],
)
def test_a_title_becomes_a_folder_that_can_only_lie_inside(title: str, name: str) -> None:
    assert slug(title) == name
    assert len(slug(title * 50)) <= 60


def test_text_from_outside_can_not_draw_on_the_terminal() -> None:
    assert one_line("a\x1b[31mb\nc\u202e") == "a[31mb c"


# How a command ends


def test_every_exit_code_is_explained() -> None:
    assert set(EXIT_CODES) == set(Code)


@pytest.mark.parametrize(
    ("status", "code"),
    [(400, 2), (404, 2), (409, 3), (413, 2), (415, 2), (422, 2), (429, 4), (500, 1), (503, 4), (507, 1)],
)
def test_a_refusal_has_its_exit_code(status: int, code: int) -> None:
    assert exit_code_of(status) == code


def test_faults_of_the_factory_have_theirs() -> None:
    assert of_fault(Unavailable("away")).exit_code is Code.UNREACHABLE
    assert of_fault(LogicalFault("no")).exit_code is Code.FAILED
    assert of_fault(LogicalFault("it runs", code="already_running")).exit_code is Code.CONFLICT
    assert of_fault(Unavailable("taken", code="port_taken")).exit_code is Code.CONFLICT


def test_problem_details_are_told_whole() -> None:
    body = {
        "code": "asset_unusable",
        "detail": "c1.mp4 can't be used",
        "request_id": "abc",
        "errors": [{"pointer": "/footage/0", "message": "rejected"}],
    }
    fault = refused(httpx.Response(422, json=body))
    assert fault.as_json() == {
        "error": {
            "code": "asset_unusable",
            "message": "c1.mp4 can't be used",
            "exit_code": 2,
            "details": [{"where": "/footage/0", "message": "rejected"}],
            "request_id": "abc",
        }
    }
    assert [str(line) for line in fault_lines(fault)] == [
        "error asset_unusable: c1.mp4 can't be used",
        "  /footage/0: rejected",
        "  request abc",
    ]


@pytest.mark.parametrize(
    "content", [b"<html>", b"[]", b"null", b'{"code": 1}', b'{"code":"x","detail":"y","errors":[1]}']
)
def test_an_answer_that_is_no_problem_details_is_told_too(content: bytes) -> None:
    fault = refused(httpx.Response(502, content=content))
    assert (fault.code, fault.exit_code) == ("http_502", Code.UNREACHABLE)


def test_a_fault_shows_its_line_and_what_to_do_next() -> None:
    fault = CommandFault(
        Code.USAGE, "b.yaml is no YAML", details=[Detail("", "expected ']'", 3)], hint="edit-factory jobs"
    )
    assert [str(line) for line in fault_lines(fault)][1:] == ["  (line 3): expected ']'", "  next: edit-factory jobs"]


def test_json_shows_one_line_each_and_nothing_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    shown = JsonShow()
    shown.say("for people")
    board = Board(1)
    with shown.watching(board) as changed:
        for share in (0.0, 0.01, 0.5):
            change = board.heard("progress", told("render", share, eta_s=3.0), now=0)
            assert change is not None
            changed(change)
    shown.fault(Unreachable("away"))
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line.get("share") for line in lines] == [0.0, 0.5, None]
    assert lines[2]["error"]["exit_code"] == 4


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_lets_the_work_clean_up(number: signal.Signals) -> None:
    cleaned = []

    async def work() -> None:
        try:
            signal.raise_signal(number)
            await asyncio.sleep(30)
        finally:
            await asyncio.sleep(0)
            cleaned.append(True)

    with pytest.raises(Interrupted) as raised:
        run(work())
    assert raised.value.number is number
    assert cleaned == [True]


def test_a_second_ctrl_c_does_not_wait() -> None:
    program = (
        "import asyncio, signal\nfrom edit_factory.cli.running import run\n"
        "async def work():\n"
        "    try:\n        signal.raise_signal(2); await asyncio.sleep(30)\n"
        "    finally:\n        signal.raise_signal(2); await asyncio.sleep(30)\n"
        "run(work())\n"
    )
    assert subprocess.run([sys.executable, "-c", program], timeout=20, check=False).returncode == 130


async def test_of_many_works_the_first_fault_is_the_one_that_is_raised() -> None:
    stopped = []

    async def fails() -> None:
        raise CommandFault(Code.USAGE, "this one")

    async def goes_on() -> None:
        try:
            await asyncio.sleep(30)
        finally:
            stopped.append(True)

    with pytest.raises(CommandFault, match="this one"):
        await together([goes_on(), fails()])
    assert stopped == [True]


# The doctor


def test_names_are_read_out_of_ffmpegs_lists() -> None:
    assert {"ass", "libx264"} <= names_listed(" .. ass   V->V  Render\n V....D libx264  H.264\n\n ---\n")


def test_memory_is_what_the_container_leaves(tmp_path: Path) -> None:
    meminfo = tmp_path / "meminfo"
    meminfo.write_text("MemTotal: 8 kB\nMemAvailable: 4096 kB\n")
    assert memory_available(meminfo, tmp_path) == 4096 * 1024
    (tmp_path / "memory.max").write_text("3000000\n")
    (tmp_path / "memory.current").write_text("1000000\n")
    assert memory_available(meminfo, tmp_path) == 2_000_000
    (tmp_path / "memory.max").write_text("max\n")
    assert memory_available(meminfo, tmp_path) == 4096 * 1024
    assert memory_available(tmp_path / "none", tmp_path) is None


# The client, against a server that misbehaves as asked


class Gateway:
    """Answers each request with what ``answers`` says, raw, and hangs up; remembers what was asked."""

    def __init__(self, answer: Callable[[str, dict[str, str]], bytes]) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self._answer = answer

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        self.asked.append((head[0].rsplit(" ", 1)[0], headers))
        writer.write(self._answer(*self.asked[-1]))
        await writer.drain()
        writer.close()


@asynccontextmanager
async def gateway(answer: Callable[[str, dict[str, str]], bytes]) -> AsyncIterator[tuple[Client, Gateway]]:
    double = Gateway(answer)
    server = await asyncio.start_server(double.serve, "127.0.0.1", 0)
    async with server, Client(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/") as client:
        yield client, double


def http(
    body: bytes, kind: str = "application/json", status: str = "200 OK", *more: str, size: int | None = None
) -> bytes:
    length = len(body) if size is None else size
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {length}", "Connection: close", *more]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "POLL_S", 0.01)
    monkeypatch.setattr(client_module, "_backoff", lambda _: 0.01)


async def test_events_go_on_behind_the_last_one_when_the_connection_breaks(hurried: None) -> None:
    job = job_seen(done=1)

    def answer(line: str, headers: dict[str, str]) -> bytes:
        if not line.endswith("/events"):
            return http(job.model_dump_json().encode())
        if "last-event-id" not in headers:
            return http(b"retry: 10\n\nid: 5\nevent: script.ready\ndata: {}\n\n", "text/event-stream", size=9999)
        return http(b"id: 6\nevent: speech.ready\ndata: {}\n\nevent: job.completed\ndata: {}\n\n", "text/event-stream")

    async with gateway(answer) as (client, double), aclosing(client.follow(job.id)) as following:
        kinds = [said.kind async for said in following if isinstance(said, Message)]
    assert kinds == ["script.ready", "speech.ready", "job.completed"]
    assert [headers.get("last-event-id") for line, headers in double.asked if line.endswith("/events")] == [None, "5"]


async def test_a_job_is_polled_where_events_do_not_come_through(hurried: None) -> None:
    jobs = [job_seen(done=1), job_seen(done=3), job_seen(done=5, state=State.COMPLETED)]

    def answer(line: str, _: dict[str, str]) -> bytes:
        if line.endswith("/events"):
            return http(b"<html>a proxy</html>", "text/html")
        return http((jobs.pop(0) if len(jobs) > 1 else jobs[0]).model_dump_json().encode())

    async with gateway(answer) as (client, _), aclosing(client.follow(uuid4())) as following:
        said = [told async for told in following]
    assert [told.state for told in said if isinstance(told, JobSeen)][-1] in FINAL
    assert len(said) == 3


async def test_a_gateway_that_is_busy_is_asked_again_and_in_the_end_its_no_is_told(hurried: None) -> None:
    problem = b'{"code":"database_unavailable","detail":"the database does not answer","request_id":"r"}'
    async with gateway(lambda *_: http(problem, "application/problem+json", "503 X")) as (client, double):
        with pytest.raises(Refused) as raised:
            await client.job(uuid4())
    assert (raised.value.code, raised.value.exit_code) == ("database_unavailable", Code.UNREACHABLE)
    assert len(double.asked) == 6


async def test_a_submission_keeps_its_key_when_it_is_sent_again(hurried: None) -> None:
    job = job_seen(done=0)
    answers = [b"", http(job.model_dump_json().encode(), "application/json", "202 OK", "Idempotent-Replayed: true")]
    async with gateway(lambda *_: answers.pop(0)) as (client, double):
        found, before = await client.submit({"script": "x"}, "my-key")
    assert (found.id, before) == (job.id, True)
    assert [headers["idempotency-key"] for _, headers in double.asked] == ["my-key", "my-key"]


async def test_nobody_there_is_told_plainly() -> None:
    async with Client("http://127.0.0.1:9") as client:
        with pytest.raises(Unreachable, match="nothing answers at "):
            await client.ready()
    for wrong in ("gateway", "ftp://x", "http://"):
        with pytest.raises(CommandFault, match="no address"):
            Client(wrong)


CONTENT = bytes(range(256)) * 40


def finished(content: bytes = CONTENT) -> FileSeen:
    return FileSeen(
        preset="tiktok",
        url="/v1/videos/x/files/tiktok",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        width=1,
        height=1,
        duration_s=1,
        integrated_lufs=-14,
        true_peak_dbtp=-2,
    )


def ranged(_: str, headers: dict[str, str]) -> bytes:
    start = int(headers.get("range", "bytes=0-")[6:-1])
    return http(CONTENT[start:], "video/mp4", "206 Partial" if start else "200 OK")


async def test_a_download_goes_on_where_it_broke_off(hurried: None, tmp_path: Path) -> None:
    cut = [True]

    def answer(line: str, headers: dict[str, str]) -> bytes:
        if cut:
            cut.pop()
            return http(CONTENT[:1000], "video/mp4", size=len(CONTENT))
        return ranged(line, headers)

    got: list[int] = []
    async with gateway(answer) as (client, double):
        await client.download(finished(), tmp_path / "out" / "a.mp4", got.append)
        await client.download(finished(), tmp_path / "out" / "a.mp4", got.append)
    assert [headers.get("range") for _, headers in double.asked] == [None, "bytes=1000-"]
    assert (tmp_path / "out" / "a.mp4").read_bytes() == CONTENT
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.mp4"]
    assert got[-1] == len(CONTENT)


async def test_a_part_with_wrong_bytes_is_thrown_away(hurried: None, tmp_path: Path) -> None:
    (tmp_path / "a.mp4.part").write_bytes(b"x" * 500)
    async with gateway(ranged) as (client, double):
        await client.download(finished(), tmp_path / "a.mp4", lambda _: None)
    assert [headers.get("range") for _, headers in double.asked] == ["bytes=500-", None]
    assert (tmp_path / "a.mp4").read_bytes() == CONTENT


async def test_a_file_that_is_never_right_never_gets_its_name(hurried: None, tmp_path: Path) -> None:
    async with gateway(lambda *_: http(b"y" * len(CONTENT), "video/mp4")) as (client, _):
        with pytest.raises(CommandFault, match="damaged"):
            await client.download(finished(), tmp_path / "a.mp4", lambda _: None)
    assert list(tmp_path.iterdir()) == []


async def test_more_bytes_than_promised_are_not_taken(hurried: None, tmp_path: Path) -> None:
    async with gateway(lambda *_: http(CONTENT * 2, "video/mp4")) as (client, _):
        with pytest.raises(CommandFault, match="more bytes"):
            await client.download(finished(), tmp_path / "a.mp4", lambda _: None)
    assert not (tmp_path / "a.mp4").exists()


async def test_a_job_is_found_by_the_start_of_its_id() -> None:
    jobs = [job_seen(done=0), job_seen(done=0)]
    jobs = [
        job.model_copy(update={"id": UUID(f"abcdef0{place}-0000-4000-8000-000000000000")})
        for place, job in enumerate(jobs)
    ]
    page = b'{"next_cursor":null,"items":[' + b",".join(job.model_dump_json().encode() for job in jobs) + b"]}"
    async with gateway(lambda *_: http(page)) as (client, _):
        assert await find(client, "ABCDEF01") == jobs[1].id
        assert await find(client, "latest") == jobs[0].id
        assert await find(client, str(jobs[1].id)) == jobs[1].id
        for named, code in (
            ("abcdef", "ambiguous"),
            ("123456", "not_found"),
            ("abcde", "not_found"),
            ("../../x", "not_found"),
        ):
            with pytest.raises(CommandFault) as raised:
                await find(client, named)
            assert (raised.value.code, raised.value.exit_code) == (code, Code.USAGE)
