"""Looks into one media file with libav and says what it saw, as one JSON object on stdout. Run as a script, caged.

It trusts nothing in the file: the demuxer is forced, only the file itself may be opened, and every loop is bounded.
argv: the folder the av package is in; stdin: the question (see ``kit.media``).
"""

from __future__ import annotations

import json
import math
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.append(sys.argv[1])

import av
import av.error
from av.stream import Disposition

DECODE_TRIES = 500  # packets; after 20 s of pictures without one that decodes there is none
TOLERANCE_S, TOLERANCE = 0.5, 0.02  # how much less than it claims a file may hold: both are exceeded in a cut one
TAIL_S = 10.0  # how far before its claimed end a file is read that is too long to read through
NOT_VIDEO = Disposition.attached_pic | Disposition.timed_thumbnails
MP3_COUNTERS = (b"Xing", b"Info", b"VBRI")  # frame counts; without one libav guesses the length from the bit rate
RIFF_UNKNOWN = 0x7FFFFF00  # sizes from here on are placeholders of writers that could not seek back


class Refused(Exception):
    """The file cannot be accepted."""

    def __init__(self, reason: str, **details: Any) -> None:
        super().__init__(reason)
        self.answer = {"refused": reason, "details": details}


class Slow(Exception):
    """The file could not be read through in time."""


@dataclass
class Scan:
    """What the packets said. Times in seconds on the file's own clock."""

    ends: dict[int, float] = field(default_factory=dict)  # by stream, incl. packets that are decoded but not shown
    shown_end: float = -math.inf
    shown: int = 0
    first: Any = None  # the first frame of the wanted stream

    @property
    def end(self) -> float:
        return max(self.ends.values(), default=0.0)


def answer_to(question: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"facts": look_at(question)}
    except Refused as refused:
        return refused.answer
    except Slow:
        return {"slow": True}
    except MemoryError:
        return {"refused": "unreadable"}


def look_at(question: dict[str, Any]) -> dict[str, Any]:
    bounds = question["bounds"]
    path, wanted = Path(question["path"]), question["wanted"]
    if question["demuxer"] == "gif":
        check_picture(question, *gif_size(path))
    with opened(path, question["demuxer"]) as container:
        check_count(len(container.streams), bounds)
        video, audio = first_of(container, "video"), first_of(container, "audio")
        stream = video if wanted == "video" else audio
        if stream is None:
            raise Refused("no_index" if lacks_index(path, question["demuxer"]) else f"no_{wanted}")
        if stream is video:
            check_picture(question, video.codec_context.width, video.codec_context.height)
        claimed = claim(container, stream, path)
        check_duration(claimed or 0.0, bounds)
        seen = scan(container, stream, claimed, bounds)
        times = time_facts(seen)
        if question["demuxer"] == "wav":
            claimed = riff_claim(path, times["duration_s"])
        check_whole(claimed, container, stream, seen)
        check_duration(times["duration_s"], bounds)
        return {**times, **picture_facts(question, video, seen, times["duration_s"]), **sound_facts(audio)}


def opened(path: Path, demuxer: str) -> Any:
    options = {"protocol_whitelist": "file", "format_whitelist": demuxer}
    if demuxer == "gif":
        options["ignore_loop"] = "1"
    try:
        return av.open(f"file:{path}", format=demuxer, container_options=options, metadata_errors="replace")
    except av.error.FFmpegError as why:
        raise Refused("no_index" if lacks_index(path, demuxer) else "unreadable") from why


def lacks_index(path: Path, demuxer: str) -> bool:
    """Whether this is an MP4 without a whole ``moov`` among its first thousand boxes."""
    if demuxer != "mov":
        return False
    size = path.stat().st_size
    with path.open("rb") as file:
        at = 0
        for _ in range(1000):
            file.seek(at)
            header = file.read(16)
            if len(header) < 8:
                return True
            length = int.from_bytes(header[:4])
            if length == 1:
                length = int.from_bytes(header[8:])
            if header[4:8] == b"moov":
                return at + length > size
            if length < 8:
                return True
            at += length
    return True


def gif_size(path: Path) -> tuple[int, int]:
    with path.open("rb") as file:
        head = file.read(10)
    return int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")


def first_of(container: Any, kind: str) -> Any:
    """The first real stream of this kind with a decoder; a cover picture is no video."""
    for stream in getattr(container.streams, kind):
        if stream.codec_context is not None and not stream.disposition & NOT_VIDEO:
            return stream
    return None


def claim(container: Any, stream: Any, path: Path) -> float | None:
    """Seconds the container says it holds; ``None`` if it says nothing, or libav only guessed."""
    name = container.format.name.split(",")[0]
    if name in {"mpegts", "wav", "ogg", "gif"} or (name == "mp3" and not counts_frames(path)):
        return None
    if name == "avi" and stream.frames and getattr(stream, "average_rate", None):
        return float(stream.frames / stream.average_rate)  # libav shortens the duration to what the file's size allows
    return container.duration / av.time_base if container.duration and container.duration > 0 else None


def counts_frames(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(10)
        if head.startswith(b"ID3"):
            size = 0
            for byte in head[6:10]:
                size = size << 7 | byte & 0x7F
            file.seek(10 + size)
        else:
            file.seek(0)
        first_frame = file.read(2048)
    return any(counter in first_frame for counter in MP3_COUNTERS)


def riff_claim(path: Path, held_s: float) -> float | None:
    """Seconds by the size that a WAV says it has; libav shortens its duration to the bytes that are there."""
    with path.open("rb") as file:
        head = file.read(8)
    said = int.from_bytes(head[4:8], "little")
    if not head.startswith(b"RIFF") or not 0 < said < RIFF_UNKNOWN:
        return None
    return held_s * (said + 8) / path.stat().st_size


def scan(container: Any, stream: Any, claimed: float | None, bounds: dict[str, Any]) -> Scan:
    """Read all packets, or if that takes too long those before the claimed end, and decode until the first frame."""
    seen = Scan()
    stream.codec_context.thread_count = 1
    stream.codec_context.options = {"max_pixels": str(2 * bounds["max_pixels"])}  # coded sizes are rounded up
    if not read_packets(container, stream, seen, bounds):
        if claimed is None or seen.first is None:
            raise Slow
        container.seek(int(max(0.0, claimed - TAIL_S) * av.time_base))
        if not read_packets(container, stream, seen, bounds):
            raise Slow
    if seen.first is None:
        raise Refused("no_picture" if stream.type == "video" else "no_sound")
    return seen


def read_packets(container: Any, stream: Any, seen: Scan, bounds: dict[str, Any]) -> bool:
    """Whether the end was reached in time. Where libav can read no further, there the file ends."""
    deadline = time.monotonic() + bounds["scan_s"]
    tries = 0
    try:
        for packet in container.demux():  # the last ones are empty, flush the decoders, and have only ``.stream`` right
            if time.monotonic() > deadline:
                return False
            if packet.stream.index == stream.index and seen.first is None and tries < DECODE_TRIES:
                tries += 1
                seen.first = first_frame(packet)
            note(packet, stream, seen)
            if seen.first is not None:
                check_duration(seen.shown_end - (seen.first.time or 0.0), bounds)
    except (
        av.error.FFmpegError,
        IndexError,
    ):  # IndexError: PyAV at the end of an MPEG-TS that had a stream appear late
        return True
    return True


def first_frame(packet: Any) -> Any:
    try:
        return next(iter(packet.decode()), None)
    except av.error.FFmpegError:
        return None  # it may begin in the middle of a group of pictures


def note(packet: Any, stream: Any, seen: Scan) -> None:
    at = packet.pts if packet.pts is not None else packet.dts
    if at is None or packet.is_corrupt:
        return
    end = float((at + (packet.duration or 0)) * packet.time_base)
    which = packet.stream.index
    seen.ends[which] = max(seen.ends.get(which, -math.inf), end)
    if which == stream.index and not packet.is_discard:
        seen.shown += 1
        rate = None if packet.duration else getattr(stream, "average_rate", None)
        seen.shown_end = max(seen.shown_end, end + (float(1 / rate) if rate else 0.0))


def time_facts(seen: Scan) -> dict[str, float]:
    start = seen.first.time or 0.0
    duration = seen.shown_end - start
    if duration <= 0:
        raise Refused("unreadable")
    return {"duration_s": round(duration, 6), "start_s": round(start, 6)}


def check_count(streams: int, bounds: dict[str, Any]) -> None:
    if streams > bounds["max_streams"]:
        raise Refused("streams", streams=streams, max_streams=bounds["max_streams"])


def check_picture(question: dict[str, Any], width: int, height: int) -> None:
    most = question["bounds"]["max_pixels"]
    if width * height > most:
        reason = "image" if question["demuxer"] == "gif" else "picture"
        raise Refused(reason, width=width, height=height, millions=f"{most / 1e6:.1f}")


def check_duration(seconds: float, bounds: dict[str, Any]) -> None:
    most = bounds["max_duration_s"]
    if seconds > most:
        raise Refused("duration", minutes=math.ceil(seconds / 60), max_minutes=f"{most / 60:g}")


def check_whole(claimed: float | None, container: Any, stream: Any, seen: Scan) -> None:
    """A claim counts from zero or from the file's start, by the format: the file gets the benefit of the doubt."""
    before_zero = min(0.0, (container.start_time or 0) / av.time_base)
    check_held(claimed, seen.end - before_zero)
    if container.format.name.startswith("mov") and stream.duration:  # each track has an index and so a claim of its own
        check_held(float(stream.duration * stream.time_base), seen.ends.get(stream.index, 0.0) - before_zero)


def check_held(claimed: float | None, held: float) -> None:
    if claimed is not None and claimed - held > max(TOLERANCE_S, TOLERANCE * claimed):
        raise Refused("truncated", claimed_s=f"{claimed:.1f}", held_s=f"{max(held, 0.0):.1f}")


def picture_facts(question: dict[str, Any], video: Any, seen: Scan, duration: float) -> dict[str, Any]:
    if video is None:
        return {}
    if question["wanted"] == "audio":  # a music file's pictures are not looked at, only named
        return {"video_codec": codec_name(video)}
    frame = seen.first
    check_picture(question, frame.width, frame.height)
    turned = -round(frame.rotation) % 360
    shape = video.sample_aspect_ratio or 1
    width, height = max(1, round(frame.width * shape)), frame.height
    if turned in {90, 270}:
        width, height = height, width
    check_picture(question, width, height)
    return {
        "width": width,
        "height": height,
        "rotation": turned,
        "fps": round(frame_rate(video, seen.shown, duration), 6),
        "video_codec": codec_name(video),
    }


def frame_rate(video: Any, frames: int, duration: float) -> float:
    """The average one, as the container says it if the packets agree within 5 %."""
    counted = frames / duration if duration > 0 else 0.0
    said = float(video.average_rate or 0)
    return said if said > 0 and (counted <= 0 or abs(said - counted) <= 0.05 * counted) else counted


def sound_facts(audio: Any) -> dict[str, Any]:
    if audio is None:
        return {}
    context = audio.codec_context
    return {"audio_codec": codec_name(audio), "audio_channels": context.channels, "audio_rate_hz": context.sample_rate}


def codec_name(stream: Any) -> str:
    return str(stream.codec_context.codec.canonical_name)


if __name__ == "__main__":
    av.logging.set_level(None)
    print(json.dumps(answer_to(json.load(sys.stdin))))  # noqa: T201
