"""Media is judged by what it is, not by its name; each bad file here is really made and really looked at."""

import asyncio
import json
import os
import shutil
import struct
import sys
from pathlib import Path

import av
import psutil
import pytest

from contracts.faults import BadMedia
from contracts.media import AssetKind
from kit import media
from kit.media import ProbeBounds, probe, sniff
from kit.process import Limits, run
from kit.sees import Sees
from tests import material
from tests.material.hostile import huge_png, many_streams, with_duration

FOOTAGE, MUSIC, IMAGE, TABLE = AssetKind

TEXTS = {
    "words": b"Just some words, nothing to see here.\n" * 50,
    "playlist": b"#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
    "ffconcat": b"ffconcat version 1.0\nfile '/etc/passwd'\n",
    "dash": b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>',
    "html": b"<!doctype html><html><script>alert(1)</script></html>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "zip": b"PK\x03\x04" + b"\0" * 60,
    "program": b"\x7fELF\x02\x01\x01" + b"\0" * 200,
    "text with a box name": b"the free encyclopedia that anyone can edit" * 9,
    "utf-16": "\ufeffSubtitles\n".encode("utf-16-le") * 40,
    "zeros": bytes(4096),
    "one byte": b"\x1a",
    "nothing": b"",
}


HURRIED_CHILD = """
import itertools, json, sys
sys.path[:0] = sys.argv[1:]
import probe_child
ticks = itertools.chain(itertools.repeat(0, 20), itertools.repeat(99))  # the time is up after 19 packets
probe_child.time.monotonic = lambda: next(ticks)
print(json.dumps(probe_child.answer_to(json.load(sys.stdin))))
"""


class TestSniff:
    @pytest.mark.parametrize(
        ("make", "demuxer", "container", "media_type", "kind"),
        [
            (lambda: material.video("a.mp4"), "mov", "mp4", "video/mp4", "video"),
            (lambda: material.video("a.mov"), "mov", "mov", "video/quicktime", "video"),
            (lambda: material.video("a.mkv"), "matroska", "matroska", "video/x-matroska", "video"),
            (lambda: material.video("a.avi"), "avi", "avi", "video/x-msvideo", "video"),
            (lambda: material.video("a.ts"), "mpegts", "mpegts", "video/mp2t", "video"),
            (lambda: material.video("a.m2ts"), "mpegts", "mpegts", "video/mp2t", "video"),
            (material.gif, "gif", "gif", "image/gif", "video"),
            (lambda: material.sound("a.wav"), "wav", "wav", "audio/wav", "audio"),
            (lambda: material.sound("a.flac"), "flac", "flac", "audio/flac", "audio"),
            (lambda: material.sound("a.m4a"), "mov", "m4a", "audio/mp4", "audio"),
            (lambda: material.sound("a.ogg", options=("-c:a", "libvorbis")), "ogg", "ogg", "audio/ogg", "audio"),
            (lambda: material.sound("a.mp3"), "mp3", "mp3", "audio/mpeg", "audio"),
            (lambda: material.sound("b.mp3", options=("-id3v2_version", "0")), "mp3", "mp3", "audio/mpeg", "audio"),
            (material.covered_sound, "mp3", "mp3", "audio/mpeg", "audio"),
            (material.picture, "png_pipe", "png", "image/png", "image"),
            (lambda: material.picture("a.jpg"), "jpeg_pipe", "jpeg", "image/jpeg", "image"),
            (lambda: material.picture("a.webp"), "webp_pipe", "webp", "image/webp", "image"),
        ],
    )
    def test_what_ffmpeg_writes_is_known(self, make, demuxer, container, media_type, kind):
        seen = sniff(make().read_bytes()[: media.HEAD])
        assert seen == media.Sniffed(demuxer, container, media_type, kind)

    def test_webm_is_told_from_matroska(self):
        options = ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus")
        seen = sniff(material.video("a.webm", seconds=0.5, options=options).read_bytes()[: media.HEAD])
        assert seen == media.WEBM

    @pytest.mark.parametrize("first", [b"wide", b"free", b"mdat", b"moov"])
    def test_old_quicktime_has_no_brand(self, first):
        assert sniff(struct.pack(">I", 16) + first + bytes(64)) == media.QUICKTIME

    @pytest.mark.parametrize("name", TEXTS)
    def test_what_is_not_media_is_not_on_the_list(self, name):
        assert sniff(TEXTS[name]) is None

    def test_any_head_cut_anywhere_gives_an_answer(self):
        for make in (material.video("a.mkv"), material.covered_sound(), material.video("a.ts")):
            head = make.read_bytes()[:600]
            for length in range(len(head)):
                sniff(head[:length])


class TestFacts:
    async def test_a_video_with_sound(self):
        facts, media_type = await probe(material.video("a.mp4", fps="30000/1001"), FOOTAGE)
        assert media_type == "video/mp4"
        assert facts.duration_s == pytest.approx(2.0, abs=0.04)
        assert facts.fps == pytest.approx(30000 / 1001)
        assert (facts.width, facts.height, facts.rotation, facts.start_s) == (320, 240, 0, 0)
        assert (facts.video_codec, facts.audio_codec) == ("h264", "aac")
        assert (facts.audio_channels, facts.audio_rate_hz) == (1, 48000)
        assert (facts.container, facts.demuxer) == ("mp4", "mov")

    @pytest.mark.parametrize("ending", ["mov", "mkv", "avi", "ts", "m2ts"])
    async def test_each_container_says_the_same(self, ending):
        facts, _ = await probe(material.video(f"a.{ending}"), FOOTAGE)
        assert facts.duration_s == pytest.approx(2.0, abs=0.035)
        assert facts.fps == pytest.approx(30)
        assert (facts.width, facts.height, facts.video_codec, facts.audio_codec) == (
            320,
            240,
            "h264",
            facts.audio_codec,
        )

    async def test_a_video_without_sound_is_fine(self):
        facts, _ = await probe(material.video("mute.mp4", sound=False), FOOTAGE)
        assert facts.audio_codec is None
        assert facts.duration_s == pytest.approx(2.0)

    async def test_a_phone_held_upright(self):
        facts, _ = await probe(material.portrait(), FOOTAGE)
        assert (facts.width, facts.height, facts.rotation) == (240, 320, 90)

    async def test_pixels_that_are_not_square(self):
        facts, _ = await probe(material.video("wide.mp4", options=("-vf", "setsar=4/3")), FOOTAGE)
        assert (facts.width, facts.height) == (427, 240)

    async def test_a_gif_that_loops_for_ever_counts_once(self):
        facts, media_type = await probe(material.gif(), FOOTAGE)
        assert media_type == "image/gif"
        assert facts.duration_s == pytest.approx(1.0)
        assert facts.fps == pytest.approx(10)

    async def test_the_clock_of_the_file_need_not_start_at_zero(self):
        facts, _ = await probe(material.video("a.ts"), FOOTAGE)
        assert facts.start_s > 1
        assert facts.duration_s == pytest.approx(2.0, abs=0.035)

    async def test_a_trimmed_copy_lasts_as_long_as_it_shows(self):
        source = material.video("a.mp4", seconds=4)
        trimmed = material.made("trimmed.mp4", "-ss", "1.3", "-i", source, "-c", "copy")
        facts, _ = await probe(trimmed, FOOTAGE)
        assert facts.duration_s == pytest.approx(2.7, abs=0.04)

    async def test_a_single_picture(self):
        facts, _ = await probe(material.video("one.mp4", seconds=0.03, sound=False), FOOTAGE)
        assert facts.duration_s == pytest.approx(1 / 30, abs=0.001)

    async def test_a_longer_sound_than_picture_is_no_cut(self):
        still = ("-i", material.video("short.mp4", seconds=1, sound=False), "-i", material.sound("long.wav", seconds=4))
        facts, _ = await probe(material.made("longer.mp4", *still, "-c:v", "copy", "-c:a", "aac"), FOOTAGE)
        assert facts.duration_s == pytest.approx(1.0, abs=0.04)

    @pytest.mark.parametrize(
        ("ending", "media_type", "codec"),
        [
            ("wav", "audio/wav", "pcm_s16le"),
            ("mp3", "audio/mpeg", "mp3"),
            ("flac", "audio/flac", "flac"),
            ("m4a", "audio/mp4", "aac"),
            ("mka", "audio/x-matroska", "vorbis"),
        ],
    )
    async def test_music(self, ending, media_type, codec):
        options = ("-c:a", "libvorbis") if ending == "mka" else ()
        facts, seen = await probe(material.sound(f"a.{ending}", options=options), MUSIC)
        assert seen == media_type
        assert facts.audio_codec == codec
        assert facts.duration_s == pytest.approx(2.0, abs=0.06)
        assert (facts.audio_rate_hz, facts.width, facts.video_codec) == (44100, 0, None)

    async def test_music_out_of_a_video_and_under_a_cover(self):
        facts, media_type = await probe(material.video("a.mp4"), MUSIC)
        assert (media_type, facts.audio_codec) == ("video/mp4", "aac")
        facts, media_type = await probe(material.covered_sound(), MUSIC)
        assert (media_type, facts.audio_codec, facts.video_codec) == ("audio/mpeg", "mp3", None)

    async def test_a_guessed_length_is_no_claim(self, tmp_path):
        """A variable bit rate without a frame count: libav's guess from the first frames is far off."""
        loud = material.sound(
            "loud.mp3", seconds=1, options=("-b:a", "320k", "-write_xing", "0", "-id3v2_version", "0")
        )
        soft = material.sound("soft.mp3", seconds=6, options=("-b:a", "32k", "-write_xing", "0", "-id3v2_version", "0"))
        for number, parts in enumerate([(loud, soft), (soft, loud)]):
            path = tmp_path / f"{number}.mp3"
            path.write_bytes(b"".join(part.read_bytes() for part in parts))
            facts, _ = await probe(path, MUSIC)
            assert facts.duration_s == pytest.approx(7.0, abs=0.2)

    async def test_SEC_02_a_name_is_only_a_name(self, tmp_path):
        path = tmp_path / "it's [1],a;b:c%02d \u202e\n-y.mp4"
        shutil.copy(material.video("a.mkv"), path)
        facts, media_type = await probe(path, FOOTAGE)
        assert (facts.container, media_type) == ("matroska", "video/x-matroska")


class TestRefusals:
    @pytest.mark.parametrize("kind", AssetKind)
    async def test_empty(self, tmp_path, kind):
        await refused(tmp_path, b"", kind, "media_empty")

    @pytest.mark.parametrize("kind", [FOOTAGE, MUSIC, IMAGE])
    @pytest.mark.parametrize("name", [name for name, text in TEXTS.items() if text])
    async def test_not_media(self, tmp_path, name, kind):
        await refused(tmp_path, TEXTS[name], kind, "unsupported_media_type")

    async def test_a_table_is_what_is_text(self, tmp_path):
        for data, container, media_type in (
            (b"id;title\n1;Cup\n", "csv", "text/csv"),
            ("id,title\n1,Căni\n".encode("utf-16"), "csv", "text/csv"),
            (b"\xef\xbb\xbf<?xml version='1.0'?><rss/>", "xml", "application/xml"),
            (("é" * 40_000).encode(), "csv", "text/csv"),
        ):
            path = tmp_path / "upload.mp4"
            path.write_bytes(data)
            facts, told = await probe(path, TABLE)
            assert (facts.container, told, facts.duration_s, facts.still) == (container, media_type, 0.0, False)

    @pytest.mark.parametrize(
        "data", [b"<!DOCTYPE html><p>Not found", b"id,title\n1,\xff\xfe", b"a\0b", b" \n\t ", b"%PDF-1.4\n1 0 obj\n"]
    )
    async def test_what_is_no_table(self, tmp_path, data):
        await refused(tmp_path, data, TABLE, "unsupported_media_type")

    async def test_a_table_as_windows_writes_it_says_what_to_do(self, tmp_path):
        path = tmp_path / "upload.csv"
        path.write_bytes("id;nume\n1;Căni și farfurii\n".replace("ș", "s").encode("cp1250"))
        with pytest.raises(BadMedia, match="CSV UTF-8"):
            await probe(path, TABLE)

    async def test_a_picture_is_no_table(self, tmp_path):
        await refused(tmp_path, material.picture().read_bytes(), TABLE, "unsupported_media_type")

    @pytest.mark.parametrize("kind", [FOOTAGE, MUSIC])
    async def test_a_picture(self, tmp_path, kind):
        await refused(tmp_path, material.picture().read_bytes(), kind, "unsupported_media_type")

    async def test_a_huge_picture_costs_nothing(self, tmp_path):
        before = psutil.Process().memory_info().rss
        await refused(tmp_path, huge_png(16_000), FOOTAGE, "unsupported_media_type")
        assert psutil.Process().memory_info().rss - before < 20 << 20

    @pytest.mark.parametrize("ending", ["avi", "ts"])
    async def test_a_video_container_that_is_no_music(self, tmp_path, ending):
        await refused(tmp_path, material.video(f"a.{ending}").read_bytes(), MUSIC, "unsupported_media_type")

    async def test_no_index(self, tmp_path):
        data = material.video("a.mp4").read_bytes()
        fault = await refused(tmp_path, data[: data.rindex(b"moov") - 4], FOOTAGE, "media_unreadable")
        assert "moov" in fault.message

    async def test_half_an_index(self, tmp_path):
        data = material.video("a.mp4").read_bytes()
        fault = await refused(tmp_path, data[: data.rindex(b"moov") + 100], FOOTAGE, "media_unreadable")
        assert "moov" in fault.message

    @pytest.mark.parametrize("ending", ["mkv", "avi"])
    async def test_cut_at_half(self, tmp_path, ending):
        data = material.cut(material.video(f"long.{ending}", seconds=4))
        fault = await refused(tmp_path, data, FOOTAGE, "media_truncated")
        assert "4.0 s" in fault.message

    async def test_cut_at_half_with_its_index_in_front(self, tmp_path):
        whole = material.video("front.mp4", seconds=4, options=("-movflags", "+faststart"))
        await refused(tmp_path, material.cut(whole), FOOTAGE, "media_truncated")
        await refused(tmp_path, material.cut(whole), MUSIC, "media_truncated")

    @pytest.mark.parametrize("ending", ["wav", "mp3", "flac"])
    async def test_music_cut_at_half(self, tmp_path, ending):
        data = material.cut(material.sound(f"long.{ending}", seconds=6))
        await refused(tmp_path, data, MUSIC, "media_truncated")

    async def test_a_scratch_at_the_end_is_forgiven(self, tmp_path):
        path = tmp_path / "upload"
        path.write_bytes(material.cut(material.video("long.mkv", seconds=4), 0.97))
        facts, _ = await probe(path, FOOTAGE)
        assert 3.4 < facts.duration_s < 4.0

    @pytest.mark.parametrize("name", ["a.wav", "a.mp3", "a.m4a", "a.flac"])
    async def test_sound_where_pictures_are_asked(self, tmp_path, name):
        await refused(tmp_path, material.sound(name).read_bytes(), FOOTAGE, "no_video_stream")

    @pytest.mark.parametrize("name", ["song.mp3", "song.m4a", "song.mp4"])
    async def test_a_cover_is_no_video(self, tmp_path, name):
        await refused(tmp_path, material.covered_sound(name).read_bytes(), FOOTAGE, "no_video_stream")

    async def test_a_mute_video_as_music(self, tmp_path):
        await refused(tmp_path, material.video("mute.mp4", sound=False).read_bytes(), MUSIC, "no_audio_stream")

    async def test_SEC_02_very_many_streams(self, tmp_path):
        fault = await refused(tmp_path, many_streams(990), FOOTAGE, "too_many_streams")
        assert "990" in fault.message

    async def test_eight_streams_are_accepted_and_nine_are_not(self, tmp_path):
        eight = ("-map", "0:v", *("-map", "0:a") * 7)
        source = ("-i", material.video("a.mkv", seconds=2))
        assert (await probe(material.made("eight.mkv", *source, *eight, "-c", "copy"), FOOTAGE))[0].width == 320
        nine = material.made("nine.mkv", *source, *eight, "-map", "0:a", "-c", "copy")
        await refused(tmp_path, nine.read_bytes(), FOOTAGE, "too_many_streams")

    @pytest.mark.parametrize("size", [(3842, 2160), (2160, 3842), (8192, 1024)])
    async def test_SEC_02_too_large(self, tmp_path, size):
        large = material.video("large.mp4", size=size, seconds=0.04, sound=False)
        fault = await refused(tmp_path, large.read_bytes(), FOOTAGE, "picture_too_large")
        assert f"{size[0]} x {size[1]}" in fault.message

    @pytest.mark.parametrize("size", [(3840, 2160), (2160, 3840)])
    async def test_the_largest(self, size):
        facts, _ = await probe(material.video("large.mp4", size=size, seconds=0.04, sound=False), FOOTAGE)
        assert (facts.width, facts.height) == size

    async def test_a_gif_too_large(self, tmp_path):
        data = bytearray(material.gif().read_bytes())
        data[6:10] = struct.pack("<HH", 60_000, 60_000)
        await refused(tmp_path, bytes(data), FOOTAGE, "image_too_large")

    async def test_SEC_02_a_claim_of_a_hundred_days(self, tmp_path):
        data = with_duration(material.video("a.mkv").read_bytes(), 9_000_000)
        await refused(tmp_path, data, FOOTAGE, "duration_too_long")

    async def test_really_too_long(self, tmp_path):
        """A clip of one picture every ten minutes, in a container that makes no claim."""
        slow = ("-f", "lavfi", "-i", "testsrc2=size=64x64:rate=1/600:duration=4200", "-c:v", "mpeg4", "-f", "matroska")
        path = material.made("slow.mkv", *slow, "-vf", "setpts=PTS", "-live", "1")
        await refused(tmp_path, path.read_bytes(), FOOTAGE, "duration_too_long")

    async def test_no_picture_decodes(self, tmp_path):
        data = material.video("front.mp4", seconds=2, sound=False, options=("-movflags", "+faststart")).read_bytes()
        at = data.index(b"mdat") + 4
        await refused(tmp_path, data[:at] + b"\xff" * (len(data) - at), FOOTAGE, "media_unreadable")

    async def test_a_container_full_of_noise(self, tmp_path):
        head = material.video("a.mkv").read_bytes()[:48]
        await refused(tmp_path, head + os.urandom(20_000), FOOTAGE, "media_unreadable")


class TestTheChild:
    async def test_nothing_is_left_after_a_cancel(self):
        task = asyncio.create_task(probe(material.video("a.mp4"), FOOTAGE))
        await asyncio.sleep(0.03)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        children = psutil.Process().children(recursive=True)
        assert not [child for child in children if "probe_child" in " ".join(child.cmdline())]

    async def test_one_that_takes_too_long_is_an_unreadable_file(self):
        material.video("a.mp4")
        with pytest.raises(BadMedia) as fault:
            await probe(material.video("a.mp4"), FOOTAGE, bounds=ProbeBounds(wall_s=0.005))
        assert fault.value.code == "media_unreadable"

    async def test_one_that_crashes_is_an_unreadable_file(self, monkeypatch, tmp_path):
        """As when libav runs into a fault of its own: the child dies by a signal."""
        crash = tmp_path / "media.py"
        (tmp_path / "probe_child.py").write_text("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
        monkeypatch.setattr(media, "__file__", str(crash))
        with pytest.raises(BadMedia) as fault:
            await probe(material.video("a.mp4"), FOOTAGE)
        assert fault.value.code == "media_unreadable"

    async def test_many_at_once(self):
        probes = [probe(material.video("a.mp4"), FOOTAGE) for _ in range(12)]
        answers = await asyncio.gather(*probes)
        assert len({answer[0] for answer in answers}) == 1

    @pytest.mark.parametrize(("part", "expected"), [(1.0, "facts"), (0.6, "refused")])
    async def test_a_long_file_is_judged_by_its_end(self, tmp_path, part, expected):
        """With no time to read it through, the packets before the claimed end decide."""
        whole = material.video("calm.mp4", seconds=40, size=(64, 48), fps=10, options=("-movflags", "+faststart"))
        path = tmp_path / "upload"
        path.write_bytes(material.cut(whole, part))
        bounds = {"max_streams": 8, "max_pixels": 10**7, "max_duration_s": 3600, "scan_s": 8}
        question = {"path": str(path), "demuxer": "mov", "wanted": "video", "bounds": bounds}
        hurried: list[str | Path] = [
            sys.executable,
            "-I",
            "-c",
            HURRIED_CHILD,
            Path(av.__file__).parents[1],
            Path(media.__file__).parent,
        ]
        sees = Sees(read=(path, Path(media.__file__).parent, Path(av.__file__).parents[1]))
        done = await run(hurried, limits=Limits(wall_s=20), sees=sees, stdin=json.dumps(question).encode())
        answer = json.loads(done.stdout)
        assert list(answer) == [expected] or answer[expected] == "truncated"
        if expected == "facts":
            assert answer["facts"]["duration_s"] == pytest.approx(40, abs=0.1)


async def refused(tmp_path: Path, data: bytes, kind: AssetKind, code: str) -> BadMedia:
    """The fault with this code that these bytes, named .mp4, are refused with."""
    path = tmp_path / "upload.mp4"
    path.write_bytes(data)
    with pytest.raises(BadMedia) as fault:
        await probe(path, kind)
    assert fault.value.code == code
    assert str(tmp_path) not in fault.value.message
    return fault.value
