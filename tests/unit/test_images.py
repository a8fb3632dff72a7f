"""Images are measured before they are decoded, and decoded before they are taken."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from pathlib import Path

import av
import pytest

from contracts.faults import BadMedia
from contracts.media import AssetKind, MediaFacts
from kit import media
from kit.media import ProbeBounds, probe
from kit.pictures import fitting, shrunk
from tests import material
from tests.material.hostile import huge_png

IMAGE = AssetKind.IMAGE
PEAK = """
import json, resource, sys
sys.path[:0] = sys.argv[1:]
import image_child
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
answer = image_child.answer_to(json.load(sys.stdin))
print(json.dumps(answer | {"kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before}))
"""


def turned(jpeg: bytes, orientation: int) -> bytes:
    """The same JPEG with an Exif orientation (6: hold it turned clockwise by a quarter)."""
    tiff = b"MM\0\x2a\0\0\0\x08\0\x01" + struct.pack(">HHIHH", 0x112, 3, 1, orientation, 0) + bytes(4)
    exif = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:]


def resized(jpeg: bytes, width: int, height: int) -> bytes:
    """The same JPEG with another size in its header."""
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + struct.pack(">HH", height, width) + jpeg[at + 4 :]


def written(folder: Path, data: bytes) -> Path:
    path = folder / "upload"
    path.write_bytes(data)
    return path


async def refused(folder: Path, data: bytes, code: str) -> str:
    with pytest.raises(BadMedia) as fault:
        await probe(written(folder, data), IMAGE)
    assert fault.value.code == code
    return fault.value.message


@pytest.mark.parametrize(
    ("name", "media_type"), [("a.png", "image/png"), ("a.jpg", "image/jpeg"), ("a.webp", "image/webp")]
)
async def test_an_image_has_a_size_and_no_time(name: str, media_type: str):
    facts, seen = await probe(material.picture(name), IMAGE)
    assert seen == media_type
    demuxer = {"jpg": "jpeg"}.get(name[2:], name[2:])
    assert facts == MediaFacts(
        container=demuxer, demuxer=f"{demuxer}_pipe", duration_s=0.0, width=320, height=240, rotation=0
    )


async def test_a_photograph_held_upright(tmp_path: Path):
    path = written(tmp_path, turned(material.picture("a.jpg").read_bytes(), 6))
    facts, _ = await probe(path, IMAGE)
    assert (facts.width, facts.height, facts.rotation) == (240, 320, 90)
    await shrunk(path, facts.demuxer, fitting(facts.width, facts.height, (120, 240)), tmp_path / "small.jpg")
    with av.open(str(tmp_path / "small.jpg")) as box:
        frame = next(box.decode(video=0))
    assert (frame.width, frame.height) == (120, 160)


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp"])
@pytest.mark.parametrize("part", [0.02, 0.5, 0.95])
async def test_a_cut_image_is_refused(tmp_path: Path, name: str, part: float):
    await refused(tmp_path, material.cut(material.picture(name), part), "media_unreadable")


async def test_an_animation_is_no_image(tmp_path: Path):
    pattern = ("-f", "lavfi", "-i", "testsrc2=size=64x64:rate=5:duration=1")
    animated = material.made("moving.webp", *pattern, "-c:v", "libwebp_anim")
    assert "animation" in await refused(tmp_path, animated.read_bytes(), "unsupported_media_type")
    await refused(tmp_path, material.gif().read_bytes(), "unsupported_media_type")


@pytest.mark.parametrize("make", [material.video, material.sound])
async def test_what_moves_or_sounds_is_no_image(make):
    with pytest.raises(BadMedia) as fault:
        await probe(make(), IMAGE)
    assert fault.value.code == "unsupported_media_type"


async def test_fifty_million_pixels_and_no_more(tmp_path: Path):
    jpeg = material.picture("a.jpg").read_bytes()
    assert "8000 x 6251" in await refused(tmp_path, resized(jpeg, 8000, 6251), "image_too_large")
    facts, _ = await probe(material.picture("a.png"), IMAGE, bounds=ProbeBounds(max_image_pixels=320 * 240))
    assert facts.width == 320


async def test_no_pixels_at_all(tmp_path: Path):
    await refused(tmp_path, resized(material.picture("a.jpg").read_bytes(), 0, 100), "media_unreadable")


async def test_a_webp_whose_canvas_lies(tmp_path: Path):
    """The canvas says 1 x 1; the picture inside is what it is."""
    plain = material.picture("a.webp").read_bytes()
    canvas = b"VP8X" + struct.pack("<I", 10) + bytes(10)
    body = b"WEBP" + canvas + plain[12:]
    path = written(tmp_path, b"RIFF" + struct.pack("<I", len(body)) + body)
    with pytest.raises(BadMedia) as fault:
        await probe(path, IMAGE, bounds=ProbeBounds(max_image_pixels=1000))
    assert fault.value.code == "image_too_large"


@pytest.mark.parametrize("ending", ["png", "jpg"])
def test_a_large_one_is_refused_before_it_is_decoded(tmp_path: Path, ending: str):
    data = huge_png(16_000) if ending == "png" else resized(material.picture("a.jpg").read_bytes(), 65_000, 65_000)
    question = {"path": str(written(tmp_path, data)), "bounds": {"max_image_pixels": 50_000_000}}
    question["demuxer"] = "png_pipe" if data.startswith(b"\x89PNG") else "jpeg_pipe"
    child: list[str | Path] = [sys.executable, "-c", PEAK, Path(av.__file__).parents[1], Path(media.__file__).parent]
    done = subprocess.run(child, input=json.dumps(question), capture_output=True, text=True, timeout=30, check=True)
    answer = json.loads(done.stdout)
    assert answer["refused"] == "image"
    assert answer["kib"] < 4 << 10


@pytest.mark.parametrize(
    ("size", "small"),
    [((4000, 3000), (480, 360)), ((1, 50_000), (2, 960)), ((50_000, 1), (480, 2)), ((3000, 4000), (480, 640))],
)
def test_a_small_picture_keeps_its_shape_as_far_as_it_can(size: tuple[int, int], small: tuple[int, int]):
    assert fitting(*size, (480, 960)) == small


async def test_what_can_be_seen_through_is_white(tmp_path: Path):
    clear = ("-f", "lavfi", "-i", "color=black@0.0:size=64x64,format=rgba", "-frames:v", "1")
    await shrunk(material.made("clear.png", *clear), "png_pipe", (32, 32), tmp_path / "small.jpg")
    with av.open(str(tmp_path / "small.jpg")) as box:
        assert next(box.decode(video=0)).to_ndarray(format="gray").min() > 250
