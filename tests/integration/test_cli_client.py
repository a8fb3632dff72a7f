"""The command as a person runs it: real processes, real signals, the whole system behind it."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import av
import psutil
import pytest

from tests.material import video

BASE = [sys.executable, "-m", "edit_factory"]
PATIENCE_S = 60.0
SCRIPT = "The kettle hums. The light comes in."


def environment(home: Path, **more: str) -> dict[str, str]:
    mine = {name: value for name, value in os.environ.items() if not name.startswith("EDIT_FACTORY_")}
    return {**mine, "EDIT_FACTORY_HOME": str(home), "EDIT_FACTORY_PORT": "0", "EDIT_FACTORY_ACK_WAIT_S": "3", **more}


def command(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*BASE, *arguments],
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def told(done: subprocess.CompletedProcess[str], code: int = 0) -> list[dict[str, Any]]:
    """What a command said under --json; nothing else may be on its stdout."""
    assert done.returncode == code, done
    return [json.loads(line) for line in done.stdout.splitlines()]


@contextmanager
def started(home: Path, *arguments: str, **more: str) -> Iterator[subprocess.Popen[str]]:
    with (home / f"{arguments[0]}-stderr.txt").open("a") as errors:
        process = subprocess.Popen(
            [*BASE, *arguments], env=environment(home, **more), stdout=subprocess.PIPE, stderr=errors, text=True
        )
    with process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def next_line(process: subprocess.Popen[str]) -> dict[str, Any]:
    """The next line of JSON that it says. It writes whole lines, so waiting for the pipe is enough."""
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], PATIENCE_S)
    line = process.stdout.readline() if ready else ""
    assert line, "it said nothing"
    found: dict[str, Any] = json.loads(line)
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cli")


@pytest.fixture(scope="module")
def ready(home: Path) -> Iterator[dict[str, Any]]:
    """What `up` says once it is ready; it must end well, with all its children, when it is asked to."""
    with started(home, "up", "--json") as process:
        said = next_line(process)
        children = psutil.Process(process.pid).children(recursive=True)
        yield said
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
        assert not psutil.wait_procs(children, timeout=5)[1]


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    (folder / "clip.mp4").write_bytes(video(seconds=6.0).read_bytes())
    (folder / "clip2.mp4").write_bytes(video(seconds=5.0).read_bytes())
    path = folder / "brief.yaml"
    path.write_text(f"title: Morning\nscript: {SCRIPT}\nfootage: '*.mp4'\nquality: draft\n", encoding="utf-8")
    return path


def test_up_tells_where_everything_is(home: Path, ready: dict[str, Any]) -> None:
    assert ready["ready"] is True
    assert ready["url"].startswith("http://127.0.0.1:")
    assert ready["events_url"].startswith("nats://")
    assert ready["home"] == str(home)
    assert Path(ready["log"]).read_text(encoding="utf-8").startswith("{")
    assert (home / "up-stderr.txt").read_text(encoding="utf-8") == ""


def test_a_second_up_is_told_of_the_first(home: Path, ready: dict[str, Any]) -> None:
    [fault] = told(command(home, "up", "--json"), code=3)
    assert fault["error"]["code"] == "already_running"
    assert ready["url"] in fault["error"]["message"]


def test_the_doctor_finds_all_well_and_a_worker_at_each_inbox(home: Path, ready: dict[str, Any]) -> None:
    [found] = told(command(home, "doctor", "--json"))
    assert found["ok"]
    states = {check["name"]: check["state"] for check in found["checks"]}
    assert states["gateway"] == "ok"
    assert all(states[f"worker {name}"] == "ok" for name in ("script", "tts", "footage", "render", "storage"))


def test_a_brief_becomes_a_file_and_the_same_key_the_same_file(
    home: Path, ready: dict[str, Any], brief: Path, tmp_path: Path
) -> None:
    asked = ("make", str(brief), "--out", str(tmp_path), "--key", "once", "--json")
    first = told(command(home, *asked))
    assert [line["event"] for line in first if line["event"] != "step"] == [
        "uploaded",
        "uploaded",
        "accepted",
        "downloaded",
        "ended",
    ]
    done = [line["step"] for line in first if line["event"] == "step" and line["state"] == "done"]
    assert done == ["script", "tts", "footage", "render", "storage"]
    [file] = first[-1]["files"]
    path = Path(file["path"])
    assert path.parent.parent == tmp_path
    assert path.name == "variant-1-tiktok.mp4"
    assert path.stat().st_size == file["size"]
    with av.open(str(path)) as media:
        assert media.streams.video[0].width == file["width"] == 360
        assert media.streams.video[0].frames == round(file["duration_s"] * 30)
    written = path.stat().st_mtime_ns
    again = told(command(home, *asked))
    assert again[-1] == first[-1]
    assert path.stat().st_mtime_ns == written
    [page] = told(command(home, "jobs", "--json", "--state", "completed"))
    assert page["jobs"][0]["id"] == first[-1]["job"]
    [finished] = told(command(home, "cancel", "latest", "--json"), code=3)
    assert finished["error"]["code"] == "job_finished"


def test_plain_lines_where_there_is_no_terminal(home: Path, ready: dict[str, Any], brief: Path, tmp_path: Path) -> None:
    done = command(home, "make", str(brief), "--out", str(tmp_path), "--variants", "2", FORCE_COLOR="1")
    assert done.returncode == 0, done
    assert "\x1b" not in done.stdout
    lines = done.stdout.splitlines()
    assert any(line.startswith("video 2  render") for line in lines)
    assert len([line for line in lines if line.endswith(".mp4")]) == 2


def test_what_is_refused_is_told_with_its_file_and_reference(home: Path, ready: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "notes.mp4").write_text("this is no video", encoding="utf-8")
    path = tmp_path / "brief.yaml"
    path.write_text("script: Hello there.\nfootage: notes.mp4\n", encoding="utf-8")
    done = command(home, "make", str(path))
    assert done.returncode == 2
    assert "notes.mp4 is not taken" in done.stderr
    assert "request " in done.stderr
    assert "Traceback" not in done.stderr
    path.write_text("script: Hello there.\nfootage: other.mp4\nvariants: 0\n", encoding="utf-8")
    [fault] = told(command(home, "make", str(path), "--json"), code=2)
    assert [detail["where"] for detail in fault["error"]["details"]] == ["footage[0]", "variants"]


def test_nobody_at_the_address(home: Path, brief: Path) -> None:
    [fault] = told(command(home, "make", str(brief), "--url", "http://127.0.0.1:9", "--json"), code=4)
    assert fault["error"]["code"] == "unreachable"


def test_upkeep_beneath_a_running_system(home: Path, ready: dict[str, Any]) -> None:
    [said] = told(command(home, "projection", "rebuild", "--json"))
    assert said["rebuilt"]
    [would_go] = told(command(home, "retention", "--dry-run", "--json"))
    assert (would_go["blobs"], would_go["jobs"], would_go["size"]) == ([], [], 0)
    assert told(command(home, "jobs", "--json"))


def test_a_service_of_its_own_needs_servers_and_ends_when_asked(home: Path, ready: dict[str, Any]) -> None:
    alone = command(home, "service", "storage")
    assert alone.returncode == 4
    assert "EDIT_FACTORY_NATS_URL" in alone.stderr
    password = (home / "nats" / "storage.password").read_text(encoding="utf-8")
    port = json.loads((home / "nats" / "ports.json").read_text(encoding="utf-8"))["client"]
    server = f"nats://storage:{password}@127.0.0.1:{port}"
    with started(home, "service", "storage", "--json", EDIT_FACTORY_NATS_URL=server) as process:
        assert next_line(process)["ready"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


@pytest.mark.slow
def test_ctrl_c_leaves_the_job_to_the_next_start(brief: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with started(home, "make", str(brief), "--out", str(tmp_path / "out"), "--json") as process:
        job = ""
        while not job:
            line = next_line(process)
            job = line.get("job", "")
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=30)
        assert process.returncode == 130
    fault = json.loads(output.splitlines()[-1])["error"]
    assert f"watch {job[:8]}" in fault["hint"]
    assert not (home / "run" / "gateway.json").exists()
    said = told(command(home, "watch", job[:8], "--out", str(tmp_path / "out"), "--json"))
    assert said[-1]["state"] == "completed"
    assert Path(said[-1]["files"][0]["path"]).is_file()


def test_a_job_that_waits_is_said_so_read_and_approved(
    home: Path, ready: dict[str, Any], brief: Path, tmp_path: Path
) -> None:
    asked = tmp_path / "asked.yaml"
    asked.write_text(brief.read_text() + "review: [script]\n")
    for clip in brief.parent.glob("*.mp4"):
        (tmp_path / clip.name).write_bytes(clip.read_bytes())
    made = command(home, "make", str(asked), "--draft", "--out", str(tmp_path / "out"))
    assert made.returncode == 6, made
    assert "waits for your review" in made.stdout
    job = next(line.split()[-1] for line in made.stdout.splitlines() if line.startswith("Go on:"))
    seen = command(home, "review", job)
    assert "The kettle hums." in seen.stdout
    [approved] = told(command(home, "approve", job, "--json"))
    assert (approved["approved"], approved["run"]) == ("script", 2)
    ended = told(command(home, "watch", job, "--out", str(tmp_path / "out"), "--json"))
    assert ended[-1]["state"] == "completed"
    [refused] = told(command(home, "approve", job, "--json"), code=3)
    assert refused["error"]["code"] == "not_waiting"
