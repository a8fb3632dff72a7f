"""An upload as a plain HTML form sends it: the same answers, and for each fault the part it lies in."""

from __future__ import annotations

import asyncio
import random
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest

from edit_factory.embedded import Embedded
from tests import material
from tests.client import Client
from tests.integration.refusing import not_stored, nothing_left, pointers, refused

TYPE = {"Content-Type": "multipart/form-data; boundary=xx"}


@pytest.fixture(autouse=True)
async def _nothing_is_left(factory: Embedded):
    async with nothing_left(factory):
        yield


@pytest.fixture(scope="module")
def clip() -> bytes:
    return material.video("form.mp4").read_bytes()


def part(name: str, content: bytes, more: str = "") -> bytes:
    return f'--xx\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + content + b"\r\n"


def a_file(content: bytes, name: str = "clip.mp4") -> bytes:
    return part("file", content, f'; filename="{name}"')


async def posted(api: Client, *parts: bytes, query: str = "", end: bytes = b"--xx--\r\n") -> httpx.Response:
    return await api.http.post(f"/v1/assets{query}", content=b"".join(parts) + end, headers=TYPE)


async def test_a_file_alone_is_footage_under_its_own_name(api: Client):
    clip = material.video("alone.mp4", seconds=1.7).read_bytes()
    answer = await posted(api, a_file(clip, "Vacanță (2).mp4"))
    assert answer.status_code in {200, 201}
    seen = answer.json()
    assert (seen["kind"], seen["size"], seen["name"]) == ("footage", len(clip), "Vacanță (2).mp4")
    plain = await api.http.post("/v1/assets", content=clip)
    assert (plain.status_code, plain.json()["id"]) == (200, seen["id"])


@pytest.mark.parametrize("order", [1, -1])
async def test_the_order_of_parts_is_free(api: Client, order: int):
    details = part("details", b'{"kind": "music", "name": "The tune"}')
    song = a_file(material.sound(f"form{order}.mp3", seconds=2 + order / 10).read_bytes(), "track01.mp3")
    seen = (await posted(api, *[details, song][::order])).json()
    assert (seen["kind"], seen["name"]) == ("music", "The tune")


async def test_what_the_details_leave_open_the_query_says(api: Client):
    song = a_file(
        material.sound("query.mp3", options=("-metadata", f"comment={uuid4().hex}")).read_bytes(), "track02.mp3"
    )
    seen = (await posted(api, part("details", b"{}"), song, query="?kind=music&name=other")).json()
    assert (seen["kind"], seen["name"]) == ("music", "track02.mp3")


async def test_curl_sends_it_as_the_documentation_says(factory: Embedded, clip: bytes, tmp_path: Path):
    (tmp_path / "clip.mp4").write_bytes(clip)
    command = ("curl", "-fsS", "-F", 'details={"name": "By curl"}', "-F", "file=@clip.mp4", f"{factory.url}/v1/assets")
    process = await asyncio.create_subprocess_exec(*command, cwd=tmp_path, stdout=asyncio.subprocess.PIPE)
    out, _ = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0
    assert b'"footage"' in out


async def test_a_form_may_come_in_any_pieces(api: Client, clip: bytes):
    """Cut at random, through headers and boundaries: the bytes of the file come out the same."""
    body = part("details", b'{"kind": "footage"}') + a_file(clip) + b"--xx--\r\n"
    dice = random.Random(7)

    async def pieces() -> AsyncIterator[bytes]:
        at = 0
        while at < len(body):
            size = dice.choice([1, 2, 7, 200, 70_000])
            yield body[at : at + size]
            at += size

    answer = await api.http.post("/v1/assets", content=pieces(), headers=TYPE)
    assert answer.json()["size"] == len(clip)
    assert answer.json()["id"] == (await api.http.post("/v1/assets", content=clip)).json()["id"]


NAMES = [
    "../../etc/passwd",
    "\u202egpj.mp4",
    "n" * 300 + ".mp4",
    "it's [1],a;b:c%02d.png",
    "-y.mp4",
    "",
    "a%0D%0ASet-Cookie: x=1",
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
async def test_row_13_odd_file_names_in_a_form(api: Client, clip: bytes, name: str):
    answer = await posted(api, a_file(clip, name))
    assert answer.status_code in {200, 201}
    assert "set-cookie" not in answer.headers
    shown = answer.json()["name"]
    assert 0 < len(shown) <= 120
    assert not set(shown) & set("/\\\0\r\n\u202e")


DETAILS: list[tuple[bytes, str]] = [
    (b'{"kind": "song"}', "/details/kind"),
    (b'{"kind": 5}', "/details/kind"),
    (b'{"kind": ["footage"]}', "/details/kind"),
    (b'{"name": 5}', "/details/name"),
    (b'{"name": "%s"}' % (b"n" * 2001), "/details/name"),
    (b'{"kinds": "footage"}', "/details/kinds"),
    (b'{"a/b~c": 1}', "/details/a~1b~0c"),
    (b"[]", "/details"),
    (b'"footage"', "/details"),
    (b"null", "/details"),
    (b'{"kind": "foot', "/details"),
    (b"", "/details"),
    (b"\xff\xfe", "/details"),
    (b"[" * 10_000, "/details"),
    (b'{"name": "\\ud800"}', "/details"),
]


@pytest.mark.parametrize(("details", "pointer"), DETAILS, ids=range(len(DETAILS)))
@pytest.mark.parametrize("order", [1, -1], ids=["before", "after"])
async def test_row_21_STAB_04_a_field_of_the_wrong_shape(
    api: Client, factory: Embedded, details: bytes, pointer: str, order: int
):
    """400 with the path of the fault, wherever the field stands, and no file."""
    content = b"\0\0\0\x20ftypisom" + details
    answer = await posted(api, *[part("details", details), a_file(content)][::order])
    assert pointer in pointers(refused(answer, 400, "form_invalid"))
    assert not_stored(factory, content)


def _forms() -> dict[str, tuple[bytes, list[str]]]:
    small = a_file(b"x")
    return {
        "nothing": (b"--xx--\r\n", ["/file"]),
        "no file": (part("details", b"{}") + b"--xx--\r\n", ["/file"]),
        "no file, a stranger": (part("clip", b"x") + b"--xx--\r\n", ["/clip", "/file"]),
        "a stranger": (part("colour", b"red") + small + b"--xx--\r\n", ["/colour"]),
        "a stranger behind": (small + part("a/b~c", b"red") + b"--xx--\r\n", ["/a~1b~0c"]),
        "two files": (small + small + b"--xx--\r\n", ["/file"]),
        "two details": (part("details", b"{}") * 2 + small + b"--xx--\r\n", ["/details"]),
        "no name": (
            b'--xx\r\nContent-Disposition: form-data; filename="a"\r\n\r\nx\r\n' + b"--xx--\r\n",
            ["/", "/file"],
        ),
        "empty": (b"", []),
        "no boundary in it": (b"just some words" * 50, []),
        "another boundary": (small.replace(b"--xx", b"--yy") + b"--yy--\r\n", []),
        "no end": (small, []),
        "cut in the file": (small[:-4], []),
        "cut in a header": (small[:20], []),
        "odd headers": (b"--xx\r\nno colon\r\n\r\nx\r\n--xx--\r\n", []),
        "headers in no alphabet": (b'--xx\r\nContent-Disposition: form-data; name="\xff"\r\n\r\nx\r\n--xx--\r\n', []),
    }


@pytest.mark.parametrize("form", _forms())
async def test_STAB_04_a_form_that_is_none(api: Client, form: str):
    body, at = _forms()[form]
    answer = await api.http.post("/v1/assets", content=body, headers=TYPE)
    assert pointers(refused(answer, 400, "form_invalid")) == at


@pytest.mark.parametrize("boundary", ["", "; boundary=", f"; boundary={'b' * 300}", '; boundary="a\\\nb"'])
async def test_STAB_04_a_form_without_a_boundary(api: Client, boundary: str):
    if "\n" in boundary:
        boundary = "; boundary=\xe9\xe9"
    headers = [(b"Content-Type", b"multipart/form-data" + boundary.encode("latin-1"))]
    refused(await api.http.post("/v1/assets", content=a_file(b"x"), headers=headers), 400, "form_invalid")


@pytest.mark.parametrize("name", ["part{}", "file", "details"])
async def test_row_15_a_thousand_and_one_parts(api: Client, name: str):
    answer = await posted(api, *(part(name.format(number), b"x") for number in range(1001)))
    refused(answer, 413, "too_many_parts")


async def test_row_15_a_field_that_is_a_file(api: Client):
    refused(await posted(api, part("details", b" " * 20_000), a_file(b"x")), 413, "payload_too_large")


async def test_row_15_a_header_without_end(api: Client):
    refused(await posted(api, part("details", b"{}", "; x=" + "y" * 9_000)), 413, "payload_too_large")
    many = b"--xx\r\n" + b"X-Y: z\r\n" * 50 + b"\r\nx\r\n"
    refused(await posted(api, many), 413, "payload_too_large")


BAD_FILES: list[tuple[Any, int, str]] = [
    (lambda: b"", 422, "media_empty"),
    (lambda: b"just some words\n" * 50, 415, "unsupported_media_type"),
    (lambda: material.cut(material.video("cut.mkv")), 422, "media_truncated"),
]


@pytest.mark.parametrize(("make", "status", "code"), BAD_FILES, ids=[code for _, _, code in BAD_FILES])
async def test_a_bad_file_is_as_bad_in_a_form(api: Client, factory: Embedded, make: Any, status: int, code: str):
    refused(await posted(api, a_file(make())), status, code)
    assert not make() or not_stored(factory, make())


async def test_a_client_that_goes_away_leaves_nothing(factory: Embedded, clip: bytes):
    """What the fixture looks at afterwards is the point: no scratch folder, no child."""
    address = urlsplit(factory.url)
    body = part("details", b"{}") + a_file(clip)[:-2000]

    def leave() -> None:
        with socket.create_connection((address.hostname, address.port), timeout=5) as peer:
            head = f"POST /v1/assets HTTP/1.1\r\nHost: localhost\r\nContent-Type: {TYPE['Content-Type']}\r\n"
            peer.sendall(f"{head}Content-Length: {len(body) + 9000}\r\n\r\n".encode() + body)

    await asyncio.to_thread(leave)
