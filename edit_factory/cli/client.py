"""The gateway over HTTP, from outside: the same routes as every other program uses."""

from __future__ import annotations

import asyncio
import hashlib
import ipaddress
import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self
from uuid import UUID

import httpx
import orjson
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt, stop_after_delay
from tenacity.wait import wait_random_exponential

from contracts.footage import Notes
from contracts.media import AssetKind
from contracts.story import AT_REST
from edit_factory.cli.faults import Code, CommandFault, Detail, Refused, Unreachable
from edit_factory.cli.seen import AssetSeen, FileSeen, JobPage, JobSeen, VideoSeen
from edit_factory.cli.sse import Decoder, Message, TooLong

CHUNK = 1 << 20  # bytes
PATIENCE_S = 300.0  # without a word from the gateway, while a job is watched
SAY_SO_S = 2.0  # of silence, before somebody who watches is told
SILENCE_S = 45.0  # three of the gateway's pings
POLL_S = 1.0
POLLS = 5  # before live events are tried again

_TRIES, _TRYING_S = 6, 45
_LATER = frozenset({429, 502, 503, 504})
_ENDS = frozenset(f"job.{state.value}" for state in AT_REST)
_KEY_HINTS = {
    "key_missing": "set EDIT_FACTORY_KEY to a key of this system",
    "key_invalid": "set EDIT_FACTORY_KEY to another key, or unset it where none is needed",
}
_BODY_MAX = 16 << 20
_SAVING = httpx.Timeout(60.0, read=120.0)


class _TryLater(Exception):
    """The gateway answers, but not now."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__(response.status_code)
        self.response = response


class _NoLiveEvents(Exception):
    """Something on the way does not let the stream of events through."""


class Client:
    """A connection to one gateway; use as a context manager. Every call is safe to repeat, and is, with patience."""

    def __init__(self, url: str, api_key: str | None = None) -> None:
        self.url = url.rstrip("/")
        try:
            parsed = httpx.URL(self.url)
        except httpx.InvalidURL as wrong:
            raise CommandFault(Code.USAGE, f"{url!r} is no address: {wrong}") from wrong
        if parsed.scheme not in {"http", "https"} or not parsed.host:
            raise CommandFault(Code.USAGE, f"{url!r} is no address such as http://127.0.0.1:8000")
        self.on_silence: Callable[[bool], None] = lambda silent: None
        self._http = httpx.AsyncClient(
            base_url=self.url,
            timeout=httpx.Timeout(10.0, read=120.0, write=60.0),
            trust_env=not _is_this_machine(parsed.host),  # a proxy has no way back to here
            headers={"User-Agent": "edit-factory"} | ({"Authorization": f"Bearer {api_key}"} if api_key else {}),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def ready(self) -> dict[str, Any]:
        """What the gateway says of itself.

        Raises:
            Unreachable: nobody answers there.
        """
        try:
            response = await self._http.get("/health/ready", timeout=10)
        except httpx.HTTPError as away:
            raise Unreachable(f"nothing answers at {self.url}", "edit-factory up") from away
        if response.is_success:
            found: dict[str, Any] = _json(response)
            return found
        raise refused(response)

    async def ask(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, key: str | None = None
    ) -> dict[str, Any]:
        """The answer of any route. ``key``: what a repeated request is known by, where the route takes one."""
        headers = {"Idempotency-Key": key} if key else {}
        given = None if body is None else dict(body)
        response = await self._patiently(lambda: self._http.request(method, path, json=given, headers=headers))
        found: dict[str, Any] = {} if response.status_code == httpx.codes.NO_CONTENT else _json(response)
        return found

    async def upload(self, path: Path, kind: AssetKind, sent: Callable[[int], None]) -> AssetSeen:
        """Uploads a file, streaming. ``sent`` hears how many bytes of it are on their way."""
        size = (await asyncio.to_thread(path.stat)).st_size

        async def send() -> httpx.Response:
            async with aclosing(_chunks(path, sent)) as content:
                return await self._http.post(
                    "/v1/assets",
                    params={"name": path.name, "kind": kind.value},
                    content=content,
                    headers={"Content-Length": str(size), "Content-Type": "application/octet-stream"},
                )

        return AssetSeen.model_validate(_json(await self._patiently(send)))

    async def submit(self, brief: dict[str, Any], key: str) -> tuple[JobSeen, bool]:
        """The job, and whether the same key had started it before."""
        response = await self._patiently(
            lambda: self._http.post("/v1/jobs", json=brief, headers={"Idempotency-Key": key})
        )
        return JobSeen.model_validate(_json(response)), response.headers.get("idempotent-replayed") == "true"

    async def job(self, job: UUID) -> JobSeen:
        return JobSeen.model_validate(_json(await self._patiently(lambda: self._http.get(f"/v1/jobs/{job}"))))

    async def raw_job(self, job: UUID) -> dict[str, Any]:
        """The job as the gateway shows it, every field."""
        found: dict[str, Any] = _json(await self._patiently(lambda: self._http.get(f"/v1/jobs/{job}")))
        return found

    async def get(self, path: str, **asked: str | None) -> Any:
        """What a route answers; parameters that are None are left out."""
        given = {name: value for name, value in asked.items() if value is not None}
        return _json(await self._patiently(lambda: self._http.get(path, params=given)))

    async def download_text(self, path: str, **asked: str | None) -> bytes:
        """A small file as it was sent; parameters that are None are left out."""
        given = {name: value for name, value in asked.items() if value is not None}
        return (await self._patiently(lambda: self._http.get(path, params=given))).content

    async def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        return _json(await self._patiently(lambda: self._http.post(path, json=body)))

    async def retry(self, job: UUID) -> JobSeen:
        response = await self._patiently(lambda: self._http.post(f"/v1/jobs/{job}/retry"))
        return JobSeen.model_validate(_json(response))

    async def approve(self, video: UUID, version: str, key: str) -> VideoSeen:
        """Approves what waits, if it still is the version that was read."""
        headers = {"If-Match": f'"{version}"', "Idempotency-Key": key}
        response = await self._patiently(lambda: self._http.post(f"/v1/videos/{video}/approve", headers=headers))
        return VideoSeen.model_validate(_json(response))

    async def notes(self, asset: UUID) -> tuple[Notes, str]:
        """What is said of an upload, and its ETag."""
        response = await self._patiently(lambda: self._http.get(f"/v1/assets/{asset}/notes"))
        return Notes.model_validate(_json(response), extra="ignore"), response.headers.get("etag", "*")

    async def note(self, asset: UUID, notes: Notes, etag: str) -> Notes:
        """Says something of an upload, if nobody else did since it was read."""
        body, headers = notes.model_dump(mode="json"), {"If-Match": etag}
        response = await self._patiently(
            lambda: self._http.put(f"/v1/assets/{asset}/notes", json=body, headers=headers)
        )
        return Notes.model_validate(_json(response), extra="ignore")

    async def cancel(self, job: UUID) -> JobSeen:
        response = await self._patiently(lambda: self._http.post(f"/v1/jobs/{job}/cancel"))
        return JobSeen.model_validate(_json(response))

    async def raw_jobs(self, state: str | None, limit: int, cursor: str | None = None) -> dict[str, Any]:
        """A page of jobs, newest first."""
        asked = {"limit": str(limit), "state": state, "cursor": cursor}
        given = {name: value for name, value in asked.items() if value is not None}
        found: dict[str, Any] = _json(await self._patiently(lambda: self._http.get("/v1/jobs", params=given)))
        return found

    async def jobs(self, most: int) -> AsyncGenerator[JobSeen, None]:
        """The newest jobs."""
        cursor = None
        while most > 0:
            page = JobPage.model_validate(await self.raw_jobs(None, min(100, most), cursor))
            for job in page.items:
                yield job
            most -= len(page.items)
            cursor = page.next_cursor
            if cursor is None:
                return

    async def follow(self, job: UUID) -> AsyncGenerator[Message | JobSeen, None]:
        """All that is told of a job until it ends or waits for its user: events live, and where they don't come
        through, the job polled.

        The last thing is either the message that says so or the job in that state.

        Raises:
            Unreachable: not a word for five minutes.
        """
        last, loop = "", asyncio.get_running_loop()
        heard_at = loop.time()
        while True:
            decoder = Decoder()
            fell = False
            try:
                async with aclosing(self._events(job, last, decoder)) as messages:
                    async for message in messages:
                        last, heard_at = message.ident or last, loop.time()
                        self.on_silence(False)
                        yield message
                        if message.kind in _ENDS:
                            return
            except (httpx.TransportError, _NoLiveEvents, TooLong):
                fell = True
            for _ in range(POLLS if fell else 1):
                with suppress(Unreachable):
                    seen = JobSeen.model_validate(_json(await self._once(f"/v1/jobs/{job}")))
                    heard_at = loop.time()
                    self.on_silence(False)
                    yield seen
                    if seen.state in AT_REST:
                        return
                if loop.time() - heard_at > SAY_SO_S:
                    self.on_silence(True)
                if loop.time() - heard_at > PATIENCE_S:
                    raise Unreachable(
                        f"{self.url} has not answered for {PATIENCE_S / 60:.0f} minutes; the job goes on when it does",
                        f"edit-factory watch {job}",
                    )
                await asyncio.sleep(POLL_S if fell else decoder.retry_s)

    async def _once(self, path: str) -> httpx.Response:
        """Asked a single time, for who asks again anyhow."""
        try:
            response = await self._http.get(path, timeout=10.0)
        except httpx.TransportError as away:
            raise Unreachable(f"{self.url} does not answer") from away
        if response.status_code >= 500 or response.status_code in _LATER:
            raise Unreachable(f"{self.url} is not ready")
        if not response.is_success:
            raise refused(response)
        return response

    async def _events(self, job: UUID, last: str, decoder: Decoder) -> AsyncGenerator[Message, None]:
        headers = {"Accept": "text/event-stream"} | ({"Last-Event-ID": last} if last else {})
        timeout = httpx.Timeout(10.0, read=SILENCE_S)
        async with self._http.stream("GET", f"/v1/jobs/{job}/events", headers=headers, timeout=timeout) as response:
            if response.status_code == 404:
                await response.aread()
                raise refused(response)
            if not response.headers.get("content-type", "").startswith("text/event-stream"):
                raise _NoLiveEvents
            async for chunk in response.aiter_bytes():
                for message in decoder.feed(chunk):
                    yield message

    async def download(self, file: FileSeen, target: Path, got: Callable[[int], None]) -> None:
        """Downloads a finished file: goes on where an earlier try ended, and only a whole, right file gets its name.

        ``got`` hears how many bytes of it are there.

        Raises:
            CommandFault: the bytes are not the ones the gateway promised, twice.
        """
        if await asyncio.to_thread(_is_right, target, file):
            got(file.size)
            return
        part = target.with_name(f"{target.name}.part")
        await asyncio.to_thread(target.parent.mkdir, parents=True, exist_ok=True)
        for _ in range(2):
            async for attempt in _patience():
                with attempt:
                    await self._fetch(file, part, got)
            if await asyncio.to_thread(_is_right, part, file):
                await asyncio.to_thread(part.replace, target)
                return
            await asyncio.to_thread(part.unlink, missing_ok=True)
        raise CommandFault(Code.FAILED, f"{target.name} arrived damaged twice", code="download_damaged")

    async def save(self, path: str, target: Path, **asked: str | None) -> int:
        """Saves what a route streams, and how many bytes it was; the file has its name once it is whole."""
        given = {name: value for name, value in asked.items() if value is not None}
        part = target.with_name(f"{target.name}.part")
        try:
            with await asyncio.to_thread(part.open, "wb") as output:
                async with self._http.stream("GET", path, params=given, timeout=_SAVING) as response:
                    if response.status_code != httpx.codes.OK:
                        await response.aread()
                        raise refused(response)
                    async for piece in response.aiter_bytes():
                        await asyncio.to_thread(output.write, piece)
                size = output.tell()
            await asyncio.to_thread(part.replace, target)
        except OSError as fault:
            message = f"can't write {fault.filename}: {fault.strerror}"
            raise CommandFault(Code.USAGE, message, code="file_unwritable") from fault
        except httpx.TransportError as fault:
            message = "the download broke off; try again"
            raise CommandFault(Code.UNREACHABLE, message, code="download_broken") from fault
        finally:
            await asyncio.to_thread(part.unlink, missing_ok=True)
        return size

    async def _fetch(self, file: FileSeen, part: Path, got: Callable[[int], None]) -> None:
        with await asyncio.to_thread(part.open, "ab") as output:
            have = output.tell()
            if have == file.size:
                return
            if have > file.size:
                have = output.truncate(0)
            headers = {"Range": f"bytes={have}-", "If-Range": f'"{file.sha256}"'} if have else {}
            headers["Accept-Encoding"] = "identity"
            async with self._http.stream("GET", file.url, headers=headers) as response:
                if response.status_code in _LATER:
                    await response.aread()
                    raise _TryLater(response)
                if response.status_code not in {200, 206}:
                    await response.aread()
                    raise refused(response)
                if response.status_code == 200:
                    output.truncate(0)
                await _written(response, output, file.size, got)

    async def _patiently(self, call: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
        """The answer to a call that may be repeated.

        Raises:
            Refused: the gateway said no.
            Unreachable: it did not answer in 45 s.
        """
        try:
            async for attempt in _patience():
                with attempt:
                    response = await call()
                    if response.status_code in _LATER:
                        raise _TryLater(response)
        except _TryLater as later:
            raise refused(later.response) from later
        except httpx.TransportError as away:
            raise Unreachable(f"{self.url} does not answer ({type(away).__name__})") from away
        if not response.is_success:
            raise refused(response)
        return response


def _patience() -> AsyncRetrying:
    return AsyncRetrying(
        retry=retry_if_exception_type((_TryLater, httpx.TransportError)),
        stop=stop_after_attempt(_TRIES) | stop_after_delay(_TRYING_S),
        wait=_wait,
        reraise=True,
    )


_backoff = wait_random_exponential(multiplier=0.3, max=8)


def _wait(state: RetryCallState) -> float:
    """As long as the gateway asked for, else a little longer each time."""
    raised = state.outcome.exception() if state.outcome else None
    if isinstance(raised, _TryLater):
        asked = raised.response.headers.get("retry-after", "")
        if asked.isdecimal():
            return min(float(asked), 30.0)
    return float(_backoff(state))


def refused(response: httpx.Response) -> Refused:
    """Problem details as a fault; whatever else answered, too."""
    try:
        problem = orjson.loads(response.content)
        details = [Detail(str(error["pointer"]), str(error["message"])) for error in problem.get("errors", ())]
        code, detail = str(problem["code"]), str(problem["detail"] or problem.get("title", ""))
        request = str(problem.get("request_id", ""))
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        code, details, request = f"http_{response.status_code}", [], response.headers.get("x-request-id", "")
        detail = f"the server answered {response.status_code} {response.reason_phrase}; is this an Edit Factory?"
    return Refused(response.status_code, code, detail, details, request, hint=_KEY_HINTS.get(code, ""))


def _json(response: httpx.Response) -> Any:
    try:
        return orjson.loads(response.content)
    except orjson.JSONDecodeError as wrong:
        raise Unreachable(f"{response.url.host} does not answer like an Edit Factory") from wrong


async def _chunks(path: Path, sent: Callable[[int], None]) -> AsyncGenerator[bytes, None]:
    file = await asyncio.to_thread(path.open, "rb")
    with file:
        at = 0
        while chunk := await asyncio.to_thread(file.read, CHUNK):
            yield chunk
            at += len(chunk)
            sent(at)


async def _written(response: httpx.Response, output: BinaryIO, size: int, got: Callable[[int], None]) -> None:
    """The body to disk, in pieces that are worth a thread; no more than the file should have."""
    at, waiting = output.tell(), bytearray()
    try:
        async for chunk in response.aiter_raw():
            waiting += chunk
            if at + len(waiting) > size:
                raise CommandFault(Code.FAILED, "more bytes arrive than the file has", code="download_damaged")
            if len(waiting) >= CHUNK:
                at += await asyncio.to_thread(output.write, bytes(waiting))
                waiting.clear()
                got(at)
    finally:
        at += await asyncio.to_thread(_flushed, output, bytes(waiting))
        got(at)


def _flushed(output: BinaryIO, data: bytes) -> int:
    written = output.write(data)
    output.flush()
    os.fsync(output.fileno())
    return written


def _is_right(path: Path, file: FileSeen) -> bool:
    try:
        if path.stat().st_size != file.size:
            return False
        with path.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest() == file.sha256
    except FileNotFoundError:
        return False


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
