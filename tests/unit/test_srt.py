"""Subtitles as people write them are read; what can't be is refused with its line."""

from __future__ import annotations

import time

import pytest

from contracts.srt import CUES_MAX, SRT_MAX_BYTES, BadSrt, SrtCue, SrtTooLarge, parse_srt

PLAIN = "1\n00:00:01,000 --> 00:00:02,500\nGood morning,\nștampilă.\n\n2\n00:00:03,000 --> 00:00:04,000\nBye.\n"
CUES = (
    SrtCue(index=1, start_s=1.0, end_s=2.5, lines=("Good morning,", "ștampilă.")),
    SrtCue(index=2, start_s=3.0, end_s=4.0, lines=("Bye.",)),
)


def faults(text: str | bytes, code: str = "srt_invalid") -> list[tuple[int, str]]:
    with pytest.raises(BadSrt) as refused:
        parse_srt(text.encode() if isinstance(text, str) else text)
    assert refused.value.code == code
    return [(fault.line, fault.message) for fault in refused.value.faults]


@pytest.mark.parametrize(
    "written",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        b"\xfe\xff" + PLAIN.encode("utf-16-be"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.replace(",000", ".000").replace(",500", ".5").encode(),
        PLAIN.replace("00:00:0", "00:0").encode(),
        PLAIN.replace("1\n", "", 1).replace("2\n", "", 1).encode(),
        PLAIN.replace("\n\n", "\n").encode(),
        PLAIN.replace("\n\n", "\n \t\n\n").encode(),
        PLAIN.replace("02,500", "02,500 X1:100 X2:200 Y1:10 Y2:20").encode(),
        PLAIN.replace(" --> ", "-->").encode(),
        PLAIN.replace("Good", '<i><font color="#ff0000">Good</font>').replace("Bye.", "</i><B>Bye.</B>").encode(),
        b"\n\n" + PLAIN.encode().rstrip(),
    ],
    ids=range(15),
)
def test_what_is_only_written_differently_reads_the_same(written: bytes):
    assert parse_srt(written) == CUES


def test_old_files_are_read_as_windows_1252():
    written = "1\n00:00:01,000 --> 00:00:02,000\nCafé “là” €5\n".encode("cp1252")
    assert parse_srt(written)[0].lines == ("Café “là” €5",)


@pytest.mark.parametrize(
    "text", ["a < b > c", r"{\b1}bold?", r"one\Ntwo", "<script>alert(1)</script>", "<bold>", "{\\pos(0,0)}", "%{pts}"]
)
def test_SEC_02_text_is_data(text: str):
    assert parse_srt(f"1\n00:00:01,000 --> 00:00:02,000\n{text}\n".encode())[0].lines == (text,)


@pytest.mark.parametrize(
    ("times", "why"),
    [
        ("00:00:05,000 --> 00:00:04,000", "it ends before it begins"),
        ("00:00:05,000 --> 00:00:05,000", "it ends when it begins"),
        ("-00:00:05,000 --> 00:00:06,000", "a time is negative"),
        ("00:00:05,000 --> -00:00:06,000", "a time is negative"),
        ("00:00:02,000 --> 00:00:09,000", "it begins before the one above it"),
        ("00:61:05,000 --> 00:62:06,000", "minutes and seconds go up to 59"),
        ("00:00:05,000 -> 00:00:06,000", "times such as 00:00:01,500 --> 00:00:04,000 are needed here"),
        ("٠٠:٠٠:٠٥,٠٠٠ --> ٠٠:٠٠:٠٦,٠٠٠", "times such as 00:00:01,500 --> 00:00:04,000 are needed here"),
    ],
)
def test_times_that_make_no_sense_are_told_with_their_line(times: str, why: str):
    text = PLAIN.replace("00:00:01", "00:00:02").replace(
        "00:00:03,000 --> 00:00:04,000", times.replace("02,000", "01,000")
    )
    expected = 7 if "-->" in times else 6
    assert faults(text)[0] == (expected, why)


def test_every_fault_is_told_up_to_fifty():
    assert [line for line, _ in faults("1\n00:00:02,000 --> 00:00:01,000\na\n\nnonsense\n\n" + PLAIN)] == [2, 5]
    assert len(faults("nonsense\n\n" * 200)) == 50


@pytest.mark.parametrize("empty", [b"", b"\n\n \n", b"\xef\xbb\xbf"])
def test_no_subtitle_at_all(empty: bytes):
    assert faults(empty) == [(1, "there is no subtitle in it")]


def test_bytes_that_are_no_text():
    assert faults(b"1\n00:00:01,000 --> 00:00:02,000\n\x81\x8d\n")[0][0] == 3
    assert faults(b"\xff\xfe1")[0][0] == 1
    assert faults(PLAIN.encode("utf-16-le"))  # without a mark it is text with a NUL in every other place
    assert faults("1\n00:00:01,000 --> 00:00:02,000\nok\na\0b\n") == [(4, "it holds a NUL character")]


def many(count: int) -> bytes:
    return "".join(
        f"{n}\n00:{n // 60 % 60:02}:{n % 60:02},000 --> 00:{n // 60 % 60:02}:{n % 60:02},900\nx\n\n"
        for n in range(count)
    ).encode()


def test_no_more_than_so_many():
    hour = 3599
    assert len(parse_srt(many(hour))) == hour
    full = ("00:00:01,000 --> 00:00:02,000\nx\n\n" * CUES_MAX).encode()
    assert len(parse_srt(full)) == CUES_MAX
    line, why = faults(full + b"00:00:01,000 --> 00:00:02,000\nx\n", "srt_too_many_cues")[0]
    assert (line, "5,000" in why) == (3 * CUES_MAX + 1, True)
    with pytest.raises(SrtTooLarge) as refused:
        parse_srt(b" " * (SRT_MAX_BYTES + 1))
    assert refused.value.code == "srt_too_large"


@pytest.mark.parametrize("unit", [" ", "1\n", "\n", "<", "-->", "<font ", "00:00:01,000 --> ", "0:", "1 \t"])
def test_no_text_takes_long(unit: str):
    data = (unit * (SRT_MAX_BYTES // len(unit))).encode()
    began = time.process_time()
    with pytest.raises(BadSrt):
        parse_srt(data)
    assert time.process_time() - began < 2
