"""The report and the archive of a batch, and what is shown of it: the pure parts."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from contracts.story import JobStory, fold, view
from services.gateway.batch_report import head, lines
from services.gateway.batch_resources import (
    BatchState,
    RowAsked,
    RowsAsked,
    batch_resource,
    given_rows,
    unfit_rows,
)
from services.gateway.batch_results import _files
from services.gateway.zipping import Packed, safe_name, zipped
from tests.builders import BATCH, NOON, line, requested


def result(**given: Any) -> dict[str, Any]:
    row = {
        "number": 1,
        "key": "a",
        "label": "Socks",
        "state": "completed",
        "job": None,
        "fault": None,
        "videos": [],
        "story": None,
    }
    return row | given


def plain(story: JobStory) -> Any:
    return story.model_dump(mode="json")


def test_a_report_is_read_as_it_was_meant():
    video = uuid4()
    fault = {"code": "row_invalid", "message": 'He said "no"; \nagain', "pointer": "/script"}
    rows = [
        result(videos=[{"id": str(video)}], job=uuid4()),
        result(number=2, key='=HYPERLINK("x")', label="+1", state="again", fault=fault),
    ]
    one, two = csv.DictReader(io.StringIO((head() + lines(rows)).decode("utf-8-sig")))
    assert (one["videos"], one["check"]) == (str(video), "")
    assert (two["key"], two["label"], two["state"]) == ('\'=HYPERLINK("x")', "'+1", "waiting")
    assert (two["fault_message"], two["fault_pointer"]) == (fault["message"], "/script")


def test_a_report_says_what_the_quality_gate_said():
    job = uuid4()
    story = JobStory(job=job)
    for place, event in enumerate((requested(job), *line(job=job)), start=1):
        story = fold(story, event, place)
    (unchecked,) = csv.DictReader(
        io.StringIO((head() + lines([result(job=job, story=plain(story))])).decode("utf-8-sig"))
    )
    assert unchecked["check"] == view(story).videos[0].check.verdict.value  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Căni de țărm", "Cani-de-tarm"),
        ("../../etc/passwd", "etc-passwd"),
        (".hidden", "hidden"),
        ("con", "_con"),
        ("COM1.txt", "_COM1.txt"),
        ("日本", ""),
        ('a"b\\c\n', "a-b-c"),
        ("x" * 100, "x" * 60),
    ],
)
def test_names_of_files_are_nobody_s_way_out(text: str, name: str):
    assert safe_name(text) == name


async def pieces(data: bytes, size: int = 1000) -> AsyncIterator[bytes]:
    for at in range(0, len(data), size):
        yield data[at : at + size]


async def test_an_archive_is_read_by_others_and_never_held():
    bodies = {"one.mp4": b"\0" * 5000, "two.mp4": b"x" * 3, "empty.csv": b""}

    async def files() -> AsyncIterator[Packed]:
        for name, body in bodies.items():
            yield Packed(name, len(body), datetime(2026, 1, 2, 3, 4, 6, tzinfo=UTC), pieces(body))

    sent = [piece async for piece in zipped(files())]
    assert max(map(len, sent)) < 1500
    with zipfile.ZipFile(io.BytesIO(b"".join(sent))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == bodies
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}


async def test_an_archive_breaks_off_where_a_file_does():
    async def broken() -> AsyncIterator[bytes]:
        yield b"half"
        raise OSError("gone")

    async def files() -> AsyncIterator[Packed]:
        yield Packed("one.mp4", 8, NOON, broken())

    sent = b""

    async def send() -> None:
        nonlocal sent
        async for piece in zipped(files()):
            sent += piece

    with pytest.raises(OSError, match="gone"):
        await send()
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(sent))


def test_files_are_named_by_row_variant_and_preset():
    file = {
        "preset": "tiktok",
        "blob": {"sha256": "a" * 64, "size": 3, "media_type": "video/mp4"},
        "width": 1080,
        "height": 1920,
        "duration_s": 1.0,
        "frames": 30,
        "integrated_lufs": -14.0,
        "true_peak_dbtp": -2.0,
    }
    video = {"id": str(uuid4()), "number": 1, "files": [file], "deleted": False}
    second = video | {"number": 2, "files": [file, file | {"preset": "square"}]}
    gone = video | {"number": 3, "deleted": True}
    row = result(number=7, key="Socks", videos=[video, second, gone])
    names = ["00007_Socks_v1_tiktok.mp4", "00007_Socks_v2_tiktok.mp4", "00007_Socks_v2_square.mp4"]
    assert [name for name, _ in _files(row, None)] == names
    assert [name for name, _ in _files(result(key="日", label="", videos=[video]), None)] == ["00001_tiktok.mp4"]


# --- resources ----------------------------------------------------------------------------------------------------


def seen(**given: Any) -> dict[str, Any]:
    nothing = dict.fromkeys(("feed", "expected", "fault", "counts", "ended_at", "moving", "since_s", "lately"))
    flags = {"prepared": True, "paused": False, "cancelled": False, "open": True}
    row = {"id": BATCH, "title": "Socks", "template": {"kind": "product"}, "created_at": NOON}
    return nothing | flags | row | given


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"prepared": False}, BatchState.PREPARING),
        ({}, BatchState.RUNNING),
        ({"paused": True}, BatchState.PAUSED),
        ({"paused": True, "prepared": False}, BatchState.PAUSED),
        ({"cancelled": True, "paused": True}, BatchState.CANCELLED),
        ({"open": False}, BatchState.COMPLETED),
        ({"open": False, "fault": {"code": "x", "message": "y"}}, BatchState.FAILED),
    ],
)
def test_states(given: dict[str, Any], state: BatchState):
    assert batch_resource(seen(**given)).state is state


def test_shares_and_what_is_left():
    row = seen(r_waiting=5, r_completed=3, r_refused=1, j_running=1, moving=0.5, lately=3, since_s=30.0)
    found = batch_resource(row)
    assert (found.rows, found.share, found.eta_s) == (10, 0.45, 60.0)
    assert found.template is None
    assert batch_resource(row | {"lately": 2}).eta_s is None
    assert batch_resource(row | {"paused": True}).eta_s is None
    assert batch_resource(row, whole=True).template == {"kind": "product"}


def test_a_closed_batch_is_counted_by_what_was_kept():
    kept = {"done": 193, "failed": 2, "refused": 5, "cancelled": 0}
    found = batch_resource(seen(open=False, counts=kept, ended_at=NOON))
    assert (found.rows, found.share, found.counts.completed, found.ended_at) == (200, 1.0, 193, NOON)
    assert batch_resource(seen(prepared=False, expected=10_000)).rows == 10_000


def test_given_rows_are_spelled_as_columns_are():
    asked = RowsAsked.model_validate(
        {"given": [{"values": {"Sale Price": 5, "new": True, "x": None, "f": 1.5}}, {"key": "k", "label": "L"}]}
    )
    one, two = given_rows(asked.given or ())
    assert one.values == {"sale_price": "5", "new": "true", "x": "", "f": "1.5"}
    assert (one.number, one.key, two.number, two.key, two.label) == (1, "1", 2, "k", "L")
    wrong = (RowAsked.model_validate({"values": {"a": "\0"}}), RowAsked.model_validate({"overrides": {"a": 1 << 70}}))
    assert [error.pointer for error in unfit_rows(wrong)] == ["/rows/given/0", "/rows/given/1"]
