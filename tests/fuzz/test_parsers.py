"""Whatever comes in, a parser answers or refuses: never another exception, and no text becomes a command.

A few seconds in the usual run, always the same examples. ``FUZZ=long`` tries many more, other ones each time.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pydantic
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.brief import ScriptBrief, SubtitleStyle
from contracts.faults import LogicalFault
from contracts.looks import FONTS
from contracts.outputs import PresetName, output
from contracts.speech import Word
from contracts.srt import BadSrt, parse_srt
from contracts.timeline import Cue
from contracts.values import fingerprint
from kit import image_child
from kit.blobs import Received
from kit.fonts import face
from kit.media import sniff
from services.gateway.forms import UploadDetails, UploadForm, read_form
from services.gateway.problems import Problem, of_validation
from services.render.plan.subtitles import canvas, write
from services.script.cleaning import clean
from tests.builders import JOB
from tests.unit.test_ass import seen_by_libass
from tests.unit.test_graph import planned, timeline

LONG = os.environ.get("FUZZ") == "long"
settings.register_profile(
    "quick", max_examples=80, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.register_profile("long", settings.get_profile("quick"), max_examples=10_000, derandomize=False)
effort = settings(settings.get_profile("long" if LONG else "quick"))

pytestmark = [pytest.mark.timeout(3600 if LONG else 180)]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)

Value = TypeVar("Value")
Wrong = TypeVar("Wrong", bound=Exception)


def tried(work: Callable[[], Value], refusal: type[Wrong]) -> tuple[Value | None, Wrong | None]:
    """What came of it, or the one way in which it may be refused."""
    try:
        return work(), None
    except refusal as refused:
        return None, refused


# --- subtitles that come in --------------------------------------------------------------------------------------

MARKS = [
    "\n",
    "\r\n",
    "\n\n",
    "1",
    "2\n",
    "00:00:01,000",
    "00:00:02.5",
    "-00:00:01,000",
    " --> ",
    "-->",
    "99:99:99,999",
]
TAGS = ["<i>", "</font>", "<font color=red>", "{\\an8}", "\0", "\ufeff", "words", "é", "\u2028", "\x85"]
UNICODE = st.characters(exclude_categories=["Cs"])
SRT = st.lists(st.sampled_from(MARKS + TAGS) | st.text(UNICODE, max_size=5), max_size=40).map("".join)


@effort
@given(st.binary(max_size=400) | SRT.map(lambda text: text.encode()))
def test_any_bytes_are_subtitles_or_are_refused_with_their_lines(data: bytes):
    cues, bad = tried(lambda: parse_srt(data), BadSrt)
    if bad is not None:
        assert bad.faults
        assert all(fault.line >= 1 and fault.message for fault in bad.faults)
        return
    assert cues
    assert [cue.index for cue in cues] == list(range(1, len(cues) + 1))
    assert all(0 <= cue.start_s < cue.end_s for cue in cues)
    assert [cue.start_s for cue in cues] == sorted(cue.start_s for cue in cues)


def written(cues: list[tuple[int, int, str]]) -> str:
    """As an editor writes SRT. Times in milliseconds."""

    def clock(ms: int) -> str:
        return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02},{ms % 1000:03}"

    return "\n".join(f"{n}\n{clock(a)} --> {clock(b)}\n{text}\n" for n, (a, b, text) in enumerate(cues, 1))


LINE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"], exclude_characters="<>"), min_size=1)


@effort
@given(st.lists(st.tuples(st.integers(0, 5_000_000), st.integers(1, 60_000), LINE), min_size=1, max_size=8))
def test_what_an_editor_writes_is_read_as_it_was_meant(asked: list[tuple[int, int, str]]):
    cues = sorted((start, start + length, text) for start, length, text in asked)
    read = parse_srt(written(cues).encode())
    assert [(round(cue.start_s * 1000), round(cue.end_s * 1000), cue.lines) for cue in read] == [
        (start, end, (text,)) for start, end, text in cues
    ]


# --- briefs ------------------------------------------------------------------------------------------------------

FIELDS = dict.fromkeys(ScriptBrief.model_fields, JSON)
NEARLY = st.fixed_dictionaries(
    {"script": st.text(max_size=60), "footage": st.just([str(JOB)])},
    optional={name: JSON for name in FIELDS if name not in {"script", "footage"}},
)


@effort
@given(JSON | NEARLY | st.fixed_dictionaries({}, optional=FIELDS))
def test_any_json_is_a_brief_or_is_refused_with_its_faults(body: Any):
    brief, wrong = tried(lambda: ScriptBrief.model_validate(body), pydantic.ValidationError)
    if wrong is not None:
        problem = of_validation(wrong)
        assert problem.status in {400, 422}
        assert problem.errors
        assert all(error.pointer == "" or error.pointer.startswith("/") for error in problem.errors)
        return
    assert brief is not None
    assert ScriptBrief.model_validate(brief.model_dump(mode="json")) == brief
    assert len(fingerprint(brief)) == 64


# --- uploads -----------------------------------------------------------------------------------------------------


STARTS = {
    "png_pipe": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "jpeg_pipe": b"\xff\xd8\xff",
    "webp_pipe": b"RIFF\0\0\0\0WEBPVP8",
}


@effort
@given(st.binary(max_size=300), st.sampled_from(sorted(image_child.SIZES)))
def test_any_bytes_have_the_size_of_an_image_or_none(data: bytes, demuxer: str):
    sniff(data)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        for content in (data, STARTS[demuxer] + data):
            path.write_bytes(content)
            with path.open("rb") as file:
                try:
                    sizes = list(image_child.SIZES[demuxer](file))
                except image_child.Refused:
                    continue
            assert all(width >= 0 and height >= 0 for width, height in sizes)


FORM = "multipart/form-data; boundary=xx"
EDGES = [
    b"--xx\r\n",
    b"--xx--",
    b"\r\n",
    b"\r\n\r\n",
    b"--x",
    b"\n",
    b"Content-Disposition: form-data",
    b"Content-Length: 3",
]
FIELDS_OF_FORMS = [b'; name="file"', b'; name="details"', b'; filename="a"', b'{"kind": "image"}', b"{}", b"[" * 500]
FORM_PARTS = st.sampled_from(EDGES + FIELDS_OF_FORMS)
WHOLE = b'--xx\r\nContent-Disposition: form-data; name="file"\r\n\r\n%b\r\n--xx--'


@effort
@given(st.lists(FORM_PARTS | st.binary(max_size=9), max_size=30), st.booleans())
def test_any_bytes_are_a_form_or_are_refused(pieces: list[bytes], start: bool):
    received: list[bytes] = []

    async def keep(content: AsyncIterator[bytes], _: UploadDetails | None) -> Received:
        received.extend([chunk async for chunk in content])
        return Received(Path("x"), 0, "", b"")

    async def chunks() -> AsyncIterator[bytes]:
        for piece in ([b"--xx\r\nContent-Disposition: form-data"] if start else []) + pieces:
            yield piece

    form, refused = tried(lambda: asyncio.run(read_form(chunks(), FORM, 5000, keep)), Problem)
    assert isinstance(form, UploadForm) or (refused is not None and refused.status in {400, 413})


@effort
@given(st.binary(max_size=300).filter(lambda data: b"\r\n--xx" not in data and not data.startswith(b"--xx")), st.data())
def test_a_file_comes_out_of_a_form_as_it_went_in(content: bytes, draw: st.DataObject):
    body = WHOLE % content
    received: list[bytes] = []

    async def keep(content: AsyncIterator[bytes], _: UploadDetails | None) -> Received:
        received.extend([chunk async for chunk in content])
        return Received(Path("x"), 0, "", b"")

    async def chunks() -> AsyncIterator[bytes]:
        at = 0
        while at < len(body):
            size = draw.draw(st.integers(1, 80))
            yield body[at : at + size]
            at += size

    asyncio.run(read_form(chunks(), FORM, 5000, keep))
    assert b"".join(received) == content


# --- text on its way out -----------------------------------------------------------------------------------------

TYPED = st.text(UNICODE, min_size=1, max_size=25)
COMMANDS = ["\\", "{", "}", "\\N", "\\pos(0,0)", "{\\fs900}", "'", ":x=0,[in]drawbox", "%{pts}", ";", "[v]", "\n"]
NASTY = st.lists(st.sampled_from(COMMANDS) | TYPED, min_size=1, max_size=5).map("".join)
MARKDOWN = st.lists(st.sampled_from([*"*_~`[]()#<>!|-> \n", "a", "[music]", "**b**", "\U0001f389"])).map("".join)


def cue_of(words: list[str]) -> Cue:
    each = 2.0 / len(words)
    said = [Word(text=text, start_s=n * each, end_s=(n + 1) * each, phrase=0) for n, text in enumerate(words)]
    return Cue(words=tuple(said), start_s=0.0, end_s=2.0)


@effort
@given(st.lists(TYPED | NASTY, min_size=1, max_size=6))
def test_SEC_02_no_text_of_a_user_gets_into_a_filter_graph(words: list[str]):
    plain, typed = planned(timeline(cues=(cue_of(["x"]),))), planned(timeline(cues=(cue_of(words),)))
    assert typed.argv == plain.argv
    assert typed.links == plain.links
    different = {name for name in typed.texts if typed.texts[name] != plain.texts.get(name)}
    assert different <= {"subs.ass"}


def bare(text: str) -> str:
    """Without what draws nothing: how lines are broken and padded is no matter of what was typed."""
    return "".join(letter for letter in text if letter.isprintable() and not letter.isspace() and letter != "\u2060")


@effort
@given(st.lists(TYPED | NASTY, min_size=1, max_size=6), st.sampled_from(FONTS), st.sampled_from(list(PresetName)))
def test_SEC_02_subtitles_are_drawn_as_typed(words: list[str], family: str, preset: PresetName):
    style = SubtitleStyle(preset="clean", font=family)
    ass = write([cue_of(words)], style, face(family), canvas(output(preset)), 30)
    head, _, events = ass.partition("\n[Events]\n")
    assert head == write([], style, face(family), canvas(output(preset)), 30).partition("\n[Events]\n")[0]
    rows = events.split("\n")[1:-1]
    assert all(row.startswith("Dialogue: 1,0:00:00.00,") for row in rows)
    assert bare("".join(seen_by_libass(row.split(",", 9)[9]) for row in rows)) == bare("".join(words))


@effort
@given(TYPED | NASTY | MARKDOWN)
def test_any_script_is_cleaned_or_is_refused_as_empty(script: str):
    words, none = tried(lambda: clean(script), LogicalFault)
    assert clean(words) == words if words else none is not None and none.code == "script_empty"
