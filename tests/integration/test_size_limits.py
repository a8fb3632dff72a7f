"""Too large is 413 as soon as it is known: the rest is not read, not kept, and never held in memory."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import orjson
import pytest

from edit_factory.embedded import Embedded
from tests import material
from tests.client import Client
from tests.conftest import IMAGE_MAX, UPLOAD_MAX
from tests.integration.refusing import nothing_left, refused

MIB = 1 << 20
FORM = "multipart/form-data; boundary=xx"


@pytest.fixture(autouse=True)
async def _nothing_is_left(factory: Embedded):
    async with nothing_left(factory):
        yield


@dataclass(frozen=True)
class Told:
    """What a client that never stops sending by itself saw: the answer, and the bytes of body it got rid of before."""

    status: int
    code: str
    closed: bool
    sent: int


async def sending(factory: Embedded, path: str, headers: str, body: Callable[[], Iterator[bytes]]) -> Told:
    return await asyncio.to_thread(
        _send, factory.url, f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n", body
    )


def _send(url: str, head: str, body: Callable[[], Iterator[bytes]]) -> Told:
    address = urlsplit(url)
    sent, answer = 0, b""
    with socket.create_connection((address.hostname, address.port), timeout=60) as peer:
        peer.sendall(head.encode())
        try:
            for piece in body():
                peer.sendall(piece)
                sent += len(piece)
                if _answered(peer):
                    break
        except OSError:
            pass  # hung up on while sending, which is the server's right
        answer, closed = _read(peer)
    told = orjson.loads(answer.partition(b"\r\n\r\n")[2] or b"{}")
    status = int(answer.split(b" ", 2)[1]) if answer else 0
    return Told(status, told.get("code", ""), closed, sent)


def _answered(peer: socket.socket) -> bool:
    peer.setblocking(False)
    try:
        return bool(peer.recv(1, socket.MSG_PEEK))
    except BlockingIOError:
        return False
    finally:
        peer.settimeout(60)


def _read(peer: socket.socket) -> tuple[bytes, bool]:
    """Everything until the server closes; whether it did."""
    answer = b""
    try:
        while chunk := peer.recv(65536):
            answer += chunk
    except ConnectionError:
        return answer, True
    except TimeoutError:
        return answer, False
    return answer, True


def trickle() -> Iterator[bytes]:
    """A byte now and then: whoever waits for the whole will wait for long."""
    for _ in range(600):
        yield b"x"
        time.sleep(0.05)


DOORS = {
    "footage": ("/v1/assets?name=a.mp4", "application/octet-stream", UPLOAD_MAX + 1, "payload_too_large"),
    "music": ("/v1/assets?kind=music", "application/octet-stream", UPLOAD_MAX + 1, "payload_too_large"),
    "image": ("/v1/assets?kind=image", "application/octet-stream", IMAGE_MAX + 1, "payload_too_large"),
    "form": ("/v1/assets", FORM, UPLOAD_MAX + 2 * MIB, "payload_too_large"),
    "huge": ("/v1/assets", "application/octet-stream", 999_999_999_999, "payload_too_large"),
    "json": ("/v1/jobs", "application/json", MIB + 1, "payload_too_large"),
    "srt": ("/v1/subtitles", "application/x-subrip", MIB + 1, "srt_too_large"),
}


@pytest.mark.parametrize("door", DOORS)
async def test_row_11_STAB_05_a_declared_size_over_the_limit_is_refused_unread(factory: Embedded, door: str):
    path, media_type, size, code = DOORS[door]
    headers = f"Content-Type: {media_type}\r\nContent-Length: {size}\r\n"
    told = await sending(factory, path, headers, trickle)
    assert (told.status, told.code) == (413, code)
    assert told.closed
    assert told.sent < 600  # it was told before it had sent all it has


def chunked(total: int, start: bytes = b"") -> Callable[[], Iterator[bytes]]:
    """So many bytes in chunks of 256 KiB, all the same object, behind what opens the body."""
    piece = b"40000\r\n" + bytes(256 << 10) + b"\r\n"

    def body() -> Iterator[bytes]:
        if start:
            yield b"%x\r\n%b\r\n" % (len(start), start)
        for _ in range(total // (256 << 10)):
            yield piece
        yield b"0\r\n\r\n"

    return body


def form_head(details: str = "") -> bytes:
    told = f'--xx\r\nContent-Disposition: form-data; name="details"\r\n\r\n{details}\r\n' if details else ""
    return f'{told}--xx\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'.encode()


STREAMS = {
    "footage": ("/v1/assets?name=a.mp4", "application/octet-stream", b"", UPLOAD_MAX),
    "image": ("/v1/assets?kind=image", "application/octet-stream", b"", IMAGE_MAX),
    "form": ("/v1/assets", FORM, form_head(), UPLOAD_MAX),
    "image in a form": ("/v1/assets", FORM, form_head('{"kind": "image"}'), IMAGE_MAX),
    "field of a form": ("/v1/assets", FORM, b'--xx\r\nContent-Disposition: form-data; name="x"\r\n\r\n', 16 << 10),
    "preamble of a form": ("/v1/assets", FORM, b"", UPLOAD_MAX + MIB),
    "header of a form": ("/v1/assets", FORM, b"--xx\r\nContent-Disposition: ", 4 << 10),
    "json": ("/v1/jobs", "application/json", b"", MIB),
    "srt": ("/v1/subtitles", "text/plain", b"", MIB),
}


@pytest.mark.parametrize("stream", STREAMS)
async def test_row_12_STAB_05_a_chunked_body_that_passes_the_limit(factory: Embedded, stream: str):
    """The memory is watched, and the server stops reading: only what the sockets hold goes beyond the limit."""
    path, media_type, start, limit = STREAMS[stream]
    headers = f"Content-Type: {media_type}\r\nTransfer-Encoding: chunked\r\n"
    told = await sending(factory, path, headers, chunked(limit + 64 * MIB, start))
    assert told.status in {413, 0}  # 0: hung up on before the answer was read
    assert told.code in {"payload_too_large", "srt_too_large", ""}
    assert told.closed
    assert told.sent < limit + 16 * MIB


async def test_STAB_05_an_image_by_its_own_limit_when_the_form_says_so_last(api: Client):
    """Noise that no one could take for an image: what is refused is its size, before its kind is looked at."""
    files = {"file": ("a.png", bytes(IMAGE_MAX + 1)), "details": (None, b'{"kind": "image"}')}
    refused(await api.http.post("/v1/assets", files=files), 413, "payload_too_large")


async def test_STAB_05_a_whole_upload_of_twenty_megabytes_is_not_held_in_memory(api: Client, factory: Embedded):
    """Right up to the limit; what the fixture watches is the point."""

    async def slowly() -> AsyncIterator[bytes]:
        piece = bytes(MIB)
        for _ in range(UPLOAD_MAX // MIB):
            yield piece

    refused(await api.http.post("/v1/assets", content=slowly()), 415, "unsupported_media_type")


async def test_a_connection_is_used_again_after_an_upload_that_was_taken(api: Client):
    """Only what was too large costs the connection."""
    clip = material.video("named.mp4").read_bytes()
    for _ in range(2):
        answer = await api.http.post("/v1/assets", params={"name": "a.mp4"}, content=clip)
        assert answer.headers.get("connection") != "close"
