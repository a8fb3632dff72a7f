"""What a file really is: decided by its content, measured by its packets, in a child that may crash alone."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import sys
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal
from weakref import WeakKeyDictionary

from contracts.faults import BadMedia, TimedOut, Unavailable
from contracts.media import AssetKind, MediaFacts
from kit.process import Limits, ProcessFailed, ProcessTimedOut, run
from kit.sees import Sees
from kit.tables import is_old_text, table_of

HEAD = 64 << 10  # bytes; all that is looked at to tell the type


@dataclass(frozen=True, slots=True)
class Sniffed:
    """A type told by content. ``demuxer`` is libav's name for it; ``kind`` what such a file usually holds."""

    demuxer: str
    container: str
    media_type: str
    kind: Literal["video", "audio", "image"]


@dataclass(frozen=True, slots=True)
class ProbeBounds:
    """What is accepted, and what looking at it may cost. Seconds, pixels, bytes."""

    max_duration_s: float = 3600.0
    max_pixels: int = 3840 * 2160
    max_image_pixels: int = 50_000_000
    max_streams: int = 8
    scan_s: float = 8.0
    wall_s: float = 20.0
    cpu_s: int = 15
    address_space: int = 2 << 30


MP4 = Sniffed("mov", "mp4", "video/mp4", "video")
QUICKTIME = Sniffed("mov", "mov", "video/quicktime", "video")
M4A = Sniffed("mov", "m4a", "audio/mp4", "audio")
MATROSKA = Sniffed("matroska", "matroska", "video/x-matroska", "video")
WEBM = Sniffed("matroska", "webm", "video/webm", "video")
AVI = Sniffed("avi", "avi", "video/x-msvideo", "video")
MPEGTS = Sniffed("mpegts", "mpegts", "video/mp2t", "video")
GIF = Sniffed("gif", "gif", "image/gif", "video")
OGV = Sniffed("ogg", "ogg", "video/ogg", "video")
OGG = Sniffed("ogg", "ogg", "audio/ogg", "audio")
WAV = Sniffed("wav", "wav", "audio/wav", "audio")
MP3 = Sniffed("mp3", "mp3", "audio/mpeg", "audio")
FLAC = Sniffed("flac", "flac", "audio/flac", "audio")
PNG = Sniffed("png_pipe", "png", "image/png", "image")
JPEG = Sniffed("jpeg_pipe", "jpeg", "image/jpeg", "image")
WEBP = Sniffed("webp_pipe", "webp", "image/webp", "image")
HEIF = Sniffed("mov", "heif", "image/heif", "image")

_SIGNATURES = (
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"fLaC", FLAC),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
)
_RIFF_FORMS = {b"AVI ": AVI, b"WAVE": WAV, b"WEBP": WEBP}
_FIRST_BOXES = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
_AUDIO_BRANDS = frozenset({b"M4A ", b"M4B ", b"M4P "})
_IMAGE_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis"})
_EBML_ID = b"\x1a\x45\xdf\xa3"
_DOCTYPE_ID = b"\x42\x82"
_DOCTYPES = {b"matroska": MATROSKA, b"webm": WEBM}
_TS_LAYOUTS = ((188, 0), (192, 4), (204, 0))  # packet size, offset of the sync byte: plain, M2TS, with FEC
_AUDIO_ONLY_TYPES = {"matroska": "audio/x-matroska", "webm": "audio/webm", "ogg": "audio/ogg"}
_MIXED = frozenset({"mov", "matroska", "ogg"})  # demuxers of containers that hold pictures, sound, or both


def sniff(head: bytes) -> Sniffed | None:
    """The type of a file whose first bytes are ``head`` (up to 64 KiB); ``None`` for whatever is not on the list."""
    for signature, found in _SIGNATURES:
        if head.startswith(signature):
            return found
    return _riff(head) or _boxes(head) or _ebml(head) or _ogg(head) or _ts(head) or _mp3(head)


def _riff(head: bytes) -> Sniffed | None:
    return _RIFF_FORMS.get(head[8:12]) if head[:4] in {b"RIFF", b"RF64"} else None


def _boxes(head: bytes) -> Sniffed | None:
    size, box, brand = int.from_bytes(head[:4]), head[4:8], head[8:12]
    if box in _FIRST_BOXES:
        return QUICKTIME if head[0] < 0x20 else None  # a larger "size" is text that happens to say "free"
    if box != b"ftyp" or not 16 <= size <= HEAD:
        return None
    if brand in _AUDIO_BRANDS:
        return M4A
    if brand in _IMAGE_BRANDS:
        return HEIF
    return QUICKTIME if brand == b"qt  " else MP4


def _ebml(head: bytes) -> Sniffed | None:
    if not head.startswith(_EBML_ID):
        return None
    size, at = _vint(head, len(_EBML_ID))
    end = min(at + size, len(head))
    while at < end:
        name_length = 9 - head[at].bit_length()
        name = head[at : at + name_length]
        size, at = _vint(head, at + name_length)
        if name == _DOCTYPE_ID:
            return _DOCTYPES.get(head[at : at + size].rstrip(b"\0"))
        at += size
    return None


def _vint(data: bytes, at: int) -> tuple[int, int]:
    """An EBML variable-length number at ``at``, and the offset behind it. Past the end: one that ends every loop."""
    if at >= len(data) or data[at] == 0:
        return len(data), len(data)
    length = 9 - data[at].bit_length()
    number = int.from_bytes(data[at : at + length]) & ((1 << 7 * length) - 1)
    return number, at + length


def _ogg(head: bytes) -> Sniffed | None:
    if not head.startswith(b"OggS"):
        return None
    return OGV if b"\x80theora" in head[:4096] else OGG


def _ts(head: bytes) -> Sniffed | None:
    for size, offset in _TS_LAYOUTS:
        syncs = head[offset : offset + 8 * size : size]
        if len(syncs) >= 3 and not syncs.strip(b"\x47"):
            return MPEGTS
    return None


def _mp3(head: bytes) -> Sniffed | None:
    if not head.startswith(b"ID3"):
        return MP3 if _has_two_frames(head) else None
    behind = head[10 + _synchsafe(head[6:10]) :]
    if behind.startswith(b"fLaC"):
        return FLAC
    is_adts = len(behind) > 1 and behind[0] == 0xFF and behind[1] & 0xF6 == 0xF0
    return None if is_adts else MP3


def _synchsafe(data: bytes) -> int:
    number = 0
    for byte in data:
        number = number << 7 | byte & 0x7F
    return number


def _has_two_frames(head: bytes) -> bool:
    """Two MPEG layer III frame headers, the second where the first one says: one alone is too often chance."""
    length = _frame_length(head[:4])
    return length is not None and _frame_length(head[length : length + 4]) is not None


_KBITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)  # ISO 11172-3, layer III
_KBITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)  # ISO 13818-3, layer III
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}  # by version bits


def _frame_length(header: bytes) -> int | None:
    """Bytes of the layer III frame that starts with this header; ``None`` if it is not one."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return None
    version, rate_bits, bits = header[1] >> 3 & 3, header[2] >> 2 & 3, header[2] >> 4
    if version == 1 or rate_bits == 3 or bits in {0, 15}:
        return None
    samples_by_8, kbits = (144, _KBITS_1) if version == 3 else (72, _KBITS_2)
    return samples_by_8 * 1000 * kbits[bits] // _RATES[version][rate_bits] + (header[2] >> 1 & 1)


_REASONS = {
    "empty": ("media_empty", "The file is empty."),
    "type_footage": (
        "unsupported_media_type",
        "This is not a video we can read. Send MP4, MOV, MKV, WebM, AVI, MPEG-TS, OGG or GIF.",
    ),
    "type_music": (
        "unsupported_media_type",
        "This is not a sound file we can read. Send MP3, WAV, FLAC, M4A, OGG, or a video with sound.",
    ),
    "type_image": ("unsupported_media_type", "This is not an image we can read. Send PNG, JPEG or WebP."),
    "type_table": (
        "unsupported_media_type",
        "This is not a table we can read. Send CSV or TSV in UTF-8, or a feed in XML.",
    ),
    "encoding": (
        "unsupported_media_type",
        "The text is not in UTF-8. Save it as UTF-8: Excel calls that “CSV UTF-8”.",
    ),
    "animated": ("unsupported_media_type", "This WebP is an animation; send a still picture."),
    "image_unreadable": ("media_unreadable", "The image is damaged and cannot be decoded; export it again."),
    "no_index": (
        "media_unreadable",
        "The file ends before its index (moov) was written; export it again or finish the recording.",
    ),
    "unreadable": ("media_unreadable", "The file is damaged and cannot be opened; export it again."),
    "no_picture": (
        "media_unreadable",
        "No picture in the video can be decoded; export it again, as H.264 for instance.",
    ),
    "no_sound": (
        "media_unreadable",
        "No sound in the file can be decoded; export it again, as AAC or MP3 for instance.",
    ),
    "no_video": ("no_video_stream", "The file has no video in it, only sound or a cover picture."),
    "no_audio": ("no_audio_stream", "The file has no sound in it."),
    "streams": ("too_many_streams", "The file has {streams} streams; at most {max_streams} are accepted."),
    "picture": (
        "picture_too_large",
        "The picture is {width} x {height}; at most {millions} million pixels are accepted.",
    ),
    "image": ("image_too_large", "The image is {width} x {height}; at most {millions} million pixels are accepted."),
    "duration": (
        "duration_too_long",
        "The file is {minutes} minutes long, or says so; at most {max_minutes} are accepted.",
    ),
    "truncated": (
        "media_truncated",
        "The file says it lasts {claimed_s} s but holds only {held_s} s; it was cut off. Export or upload it again.",
    ),
}


_WANTED = {AssetKind.FOOTAGE: "video", AssetKind.MUSIC: "audio", AssetKind.IMAGE: "image"}
_TABLES = {"csv": "text/csv", "xml": "application/xml"}
_CHILDREN = {"video": "probe_child.py", "audio": "probe_child.py", "image": "image_child.py"}


async def probe(path: Path, kind: AssetKind, *, bounds: ProbeBounds | None = None) -> tuple[MediaFacts, str]:
    """What is in an upload, and its media type.

    ``duration_s`` is what the packets of the stream that matters (pictures of footage, sound of music) really hold
    from ``start_s`` on, the time of the first picture or sound. ``rotation``: degrees clockwise that a player turns
    the stored picture; width and height are those after it, with square pixels. An image has these three alone, a table
    none.

    Raises:
        BadMedia: the file is not acceptable as this kind; the code says why.
        TimedOut: the disk was too slow to read it through.
    """
    if kind is AssetKind.TABLE:
        return _table(await asyncio.to_thread(_head, path))
    bounds = bounds or ProbeBounds()
    seen = _accepted(await asyncio.to_thread(_head, path), kind)
    question = {"path": str(path), "demuxer": seen.demuxer, "wanted": _WANTED[kind], "bounds": asdict(bounds)}
    answer = await _asked_in_child(_CHILDREN[seen.kind], question, bounds)
    if "refused" in answer:
        raise _refusal(answer["refused"], **answer.get("details", {}))
    if "slow" in answer:
        raise TimedOut("the file could not be read through in time", code="probe_timed_out")
    facts = MediaFacts(container=seen.container, demuxer=seen.demuxer, **answer["facts"])
    return facts, _media_type(seen, facts)


def _table(head: bytes) -> tuple[MediaFacts, str]:
    if not head:
        raise _refusal("empty")
    seen = table_of(head)
    if seen is None:
        raise _refusal("encoding" if is_old_text(head) else "type_table")
    return MediaFacts(container=seen, demuxer="", duration_s=0.0), _TABLES[seen]


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def _accepted(head: bytes, kind: AssetKind) -> Sniffed:
    if not head:
        raise _refusal("empty")
    seen = sniff(head)
    if seen is None or (seen.kind == "image") != (kind is AssetKind.IMAGE) or seen is HEIF:
        raise _refusal(f"type_{kind}")
    if kind is AssetKind.FOOTAGE and seen.kind == "audio" and seen.demuxer not in _MIXED:
        raise _refusal("no_video")
    if kind is AssetKind.MUSIC and seen.kind == "video" and seen.demuxer not in _MIXED:
        raise _refusal("type_music")
    return seen


def _media_type(seen: Sniffed, facts: MediaFacts) -> str:
    if facts.video_codec is not None:
        return seen.media_type
    return _AUDIO_ONLY_TYPES.get(seen.container, "audio/mp4" if seen.demuxer == "mov" else seen.media_type)


def _refusal(reason: str, **details: Any) -> BadMedia:
    code, message = _REASONS[reason]
    return BadMedia(message.format(**details), code=code)


async def _asked_in_child(child: str, question: dict[str, Any], bounds: ProbeBounds) -> dict[str, Any]:
    limits = Limits(wall_s=bounds.wall_s, cpu_s=bounds.cpu_s, address_space=bounds.address_space, file_size=0)
    script = Path(__file__).with_name(child)
    # -I -S and the one folder it needs: a third faster than to start with all that is installed
    argv: list[str | Path] = [sys.executable, "-I", "-S", script, home_of_av()]
    sees = Sees(read=(script, Path(home_of_av()), Path(question["path"])))
    try:
        async with _slots():
            done = await run(argv, limits=limits, sees=sees, stdin=json.dumps(question).encode())
    except ProcessTimedOut as why:
        raise _refusal(_unreadable(question)) from why
    except ProcessFailed as why:
        if why.returncode < 0:  # libav crashed, or ran into a limit
            raise _refusal(_unreadable(question)) from why
        raise
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _unreadable(question: dict[str, Any]) -> str:
    return "image_unreadable" if question["wanted"] == "image" else "unreadable"


@cache
def home_of_av() -> str:
    """The folder the av package is in, for children that are started without the other packages.

    Raises:
        Unavailable: there is none.
    """
    found = importlib.util.find_spec("av")
    if found is None or found.origin is None:
        raise Unavailable("the av package is missing", code="av_missing")
    return str(Path(found.origin).parents[1])


_slots_of: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


def _slots() -> asyncio.Semaphore:
    """As many probes at once as there are cores: each may take a core and its memory limit."""
    loop = asyncio.get_running_loop()
    return _slots_of.setdefault(loop, asyncio.Semaphore(os.cpu_count() or 1))
