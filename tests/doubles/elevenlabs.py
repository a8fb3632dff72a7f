"""ElevenLabs as its documentation describes it, on this machine: a real HTTP server with real speech and MP3.

espeak-ng speaks, ffmpeg encodes; each key has a quota of its own, and what is paid is counted as the service does: one
credit a character, due when the sound is made, whether or not it arrives.
"""

from __future__ import annotations

import asyncio
import base64
import re
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Literal, TypeVar
from urllib.parse import parse_qs, urlsplit

import orjson

from contracts.speech import Phrase, Word
from kit.ffmpeg import find_ffmpeg
from services.tts.providers.espeak import Espeak

T = TypeVar("T")

VOICE = "JBFqnCBsd6RMkjVDRZzb"
KEY = "sk_the_first_key_of_this_double"
OTHER_KEY = "sk_another_key_of_this_double"

_PATH = re.compile(r"/v1/text-to-speech/([^/]+)/with-timestamps")
_MODELS = {"eleven_flash_v2_5": 40_000, "eleven_turbo_v2_5": 40_000, "eleven_multilingual_v2": 10_000}
_FORMATS = frozenset({"mp3_44100_128", "mp3_22050_32"})
_REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 402: "Payment Required", 404: "Not Found"}


@dataclass(frozen=True, slots=True)
class Trouble:
    """How one request goes wrong. ``manner`` other than ``answer`` shapes what comes instead of speech."""

    status: int = 200
    code: str = ""
    retry_after: str | None = None
    manner: Literal["answer", "cut", "slow", "html", "half", "unaligned", "shuffled"] = "answer"


def busy(retry_after: str | None = "1") -> Trouble:
    return Trouble(429, "system_busy", retry_after)


def busy_until(seconds: float) -> Trouble:
    """The same with the moment as an HTTP date, which knows whole seconds only."""
    moment = datetime.now(UTC) + timedelta(seconds=seconds)
    return busy(format_datetime(moment.replace(microsecond=0), usegmt=True))


TOO_MANY = Trouble(429, "too_many_concurrent_requests")
DOWN = Trouble(503, "service_unavailable")
BROKEN = Trouble(500, "internal_server_error")
REFUSED = Trouble(401, "invalid_api_key")
SPENT = Trouble(401, "quota_exceeded")
UNPAID = Trouble(402, "quota_exceeded")
SLOW = Trouble(manner="slow")
CUT = Trouble(manner="cut")
HTML = Trouble(manner="html")
HALF = Trouble(manner="half")
UNALIGNED = Trouble(manner="unaligned")
SHUFFLED = Trouble(manner="shuffled")


@dataclass(slots=True)
class Asked:
    """One request, and what became of it."""

    key: str
    voice: str
    body: dict[str, Any]
    at: float
    status: int = 0
    hung_up_at: float | None = None


@dataclass(slots=True)
class Account:
    """``credits`` are characters left; None is no end of them."""

    credits: int | None = None
    troubles: deque[Trouble] = field(default_factory=deque)


class ElevenLabsDouble:
    """``url`` after ``start``. Without troubles ahead it speaks."""

    def __init__(self) -> None:
        self.accounts = {KEY: Account(), OTHER_KEY: Account()}
        self.voices = {VOICE}
        self.asked: list[Asked] = []
        self.listed = 0
        self.paid: Counter[str] = Counter()
        self.delay_s = 0.0
        self.url = ""
        self._always: Trouble | None = None
        self._espeak = Espeak()
        self._spoken: dict[tuple[str, float], tuple[bytes, dict[str, Any]]] = {}
        self._one_at_a_time = asyncio.Lock()
        self._server: asyncio.Server | None = None
        self._talking: set[asyncio.StreamWriter] = set()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            self.hang_up()
            await self._server.wait_closed()
        await self._espeak.close()

    def hang_up(self) -> None:
        """Cuts every open connection."""
        for writer in self._talking:
            writer.close()

    def forget(self) -> None:
        """As new, but for speech that was made before."""
        self.accounts = {KEY: Account(), OTHER_KEY: Account()}
        self.asked.clear()
        self.paid.clear()
        self.delay_s = 0.0
        self._always = None

    def next(self, *troubles: Trouble, key: str = KEY) -> None:
        """What the next requests with a key meet, one each."""
        self.accounts[key].troubles.extend(troubles)

    def always(self, trouble: Trouble) -> None:
        self._always = trouble

    @property
    def paid_characters(self) -> int:
        return sum(len(text) * times for text, times in self.paid.items())

    # --- HTTP

    async def first_asked(self) -> Asked:
        """The first request, once there is one."""
        return await self._seen(lambda: self.asked[0] if self.asked else None)

    async def hung_up(self) -> float:
        """When the first request was given up by who made it."""
        return await self._seen(lambda: self.asked[0].hung_up_at if self.asked else None)

    async def _seen(self, look: Callable[[], T | None]) -> T:
        for _ in range(3000):
            if (found := look()) is not None:
                return found
            await asyncio.sleep(0.01)
        raise AssertionError("nothing of it in thirty seconds")

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._talking.add(writer)
        try:
            while (request := await _read(reader)) is not None:
                if not await self._answer(*request, reader, writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the other side has left
        finally:
            self._talking.discard(writer)
            writer.close()

    async def _answer(
        self,
        method: str,
        target: str,
        headers: dict[str, str],
        content: bytes,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> bool:
        """Whether the connection goes on."""
        url = urlsplit(target)
        path = _PATH.fullmatch(url.path)
        if method == "GET":
            return await self._list(url.path, headers.get("xi-api-key", ""), writer)
        if method != "POST" or path is None:
            return await _send(writer, 404, {"detail": "Not Found"})
        body = orjson.loads(content)
        asked = Asked(headers.get("xi-api-key", ""), path[1], body, time.monotonic())
        self.asked.append(asked)
        account = self.accounts.get(asked.key)
        if account is None:
            asked.status = 401
            return await _send(writer, 401, _detail("invalid_api_key"))
        trouble = account.troubles.popleft() if account.troubles else self._always or Trouble()
        if trouble.status != 200:
            asked.status = trouble.status
            return await _send(writer, trouble.status, _detail(trouble.code), trouble.retry_after)
        if (refusal := self._refusal(asked, account, parse_qs(url.query))) is not None:
            asked.status = refusal[0]
            return await _send(writer, *refusal)
        return await self._speak(asked, account, trouble, reader, writer)

    async def _list(self, path: str, key: str, writer: asyncio.StreamWriter) -> bool:
        """The account's voices, and their previews, which ask for no key."""
        if path == "/preview.mp3":
            audio, _ = await self._said("This is a preview.", 1.0)
            return await _send_raw(writer, 200, audio, "audio/mpeg")
        if path != "/v1/voices":
            return await _send(writer, 404, {"detail": "Not Found"})
        self.listed += 1
        if key not in self.accounts:
            return await _send(writer, 401, _detail("invalid_api_key"))
        if self._always is not None:
            return await _send(writer, self._always.status, _detail(self._always.code))
        spoken = [{"language": "en", "model_id": "eleven_flash_v2_5"}, {"language": "ro", "model_id": "x"}]
        heard = {"voice_id": VOICE, "name": "George", "preview_url": f"{self.url}/preview.mp3"}
        own = {"voice_id": "o" * 20, "name": "Own", "preview_url": None, "verified_languages": None}
        return await _send(writer, 200, {"voices": [heard | {"verified_languages": spoken}, own, {"name": "broken"}]})

    def _refusal(
        self, asked: Asked, account: Account, query: dict[str, list[str]]
    ) -> tuple[int, dict[str, Any]] | None:
        """What the service does not take, in the order in which it looks."""
        body, settings = asked.body, asked.body.get("voice_settings", {})
        longest = _MODELS.get(body.get("model_id", ""), 0)
        shares = [settings.get(name, 0.5) for name in ("stability", "similarity_boost", "style")]
        looks = [
            (query.get("output_format", [""])[0] not in _FORMATS, 403, "output_format_not_allowed"),
            (asked.voice not in self.voices, 404, "voice_not_found"),
            (longest == 0, 400, "model_not_found"),
            (not 0 < len(body["text"]) <= longest, 400, "max_character_limit_exceeded"),
            ("language_code" in body and not body["model_id"].endswith("_v2_5"), 400, "unsupported_language"),
            (not 0.7 <= settings.get("speed", 1.0) <= 1.2, 400, "invalid_voice_settings"),
            (not all(0 <= share <= 1 for share in shares), 422, "invalid_voice_settings"),
            (account.credits is not None and account.credits < len(body["text"]), 401, "quota_exceeded"),
        ]
        return next(((status, _detail(code)) for wrong, status, code in looks if wrong), None)

    async def _speak(
        self,
        asked: Asked,
        account: Account,
        trouble: Trouble,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> bool:
        asked.status = 200
        if trouble.manner == "html":
            return await _send_raw(writer, 200, b"<html><body>Please sign in to the guest network.</body></html>")
        if await _hung_up(reader, 60.0 if trouble.manner == "slow" else self.delay_s):
            asked.hung_up_at = time.monotonic()
            return False
        text = asked.body["text"]
        audio, alignment = await self._said(text, asked.body["voice_settings"].get("speed", 1.0))
        self.paid[text] += 1
        if account.credits is not None:
            account.credits -= len(text)
        if trouble.manner == "half":
            audio = audio[: len(audio) // 2]
        if trouble.manner == "shuffled":
            alignment = alignment | {"characters": list(reversed(["x" if c.isalpha() else "-" for c in text]))}
        answer: dict[str, Any] = {"audio_base64": base64.b64encode(audio).decode(), "alignment": alignment}
        if trouble.manner == "unaligned":
            answer["alignment"] = None
        answer["normalized_alignment"] = answer["alignment"]
        return await _send(writer, 200, answer, cut=trouble.manner == "cut")

    # --- speech

    async def _said(self, text: str, speed: float) -> tuple[bytes, dict[str, Any]]:
        async with self._one_at_a_time:
            if (text, speed) not in self._spoken:
                self._spoken[text, speed] = await self._made(text, speed)
            return self._spoken[text, speed]

    async def _made(self, text: str, speed: float) -> tuple[bytes, dict[str, Any]]:
        with tempfile.TemporaryDirectory(prefix="elevenlabs-double-") as scratch:
            voice = next(voice for voice in self._espeak.voices() if voice.name == "en-us")
            phrases = [Phrase(index=0, text=text)]
            spoken = await self._espeak.speak(phrases, voice, speed, Path(scratch), lambda _: None)
            out = Path(scratch) / "out.mp3"  # a file, since the coder's delay is noted at the start when all is done
            coding = ["-ar", "44100", "-b:a", "128k", str(out)]
            command = [str(find_ffmpeg()), "-v", "error", "-i", str(spoken.path), *coding]
            process = await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.DEVNULL)
            assert await process.wait() == 0
            return out.read_bytes(), _aligned(text, spoken.words)


def _aligned(text: str, words: tuple[Word, ...]) -> dict[str, Any]:
    """Characters of a word share its time; a mark is at its end, and a space has the time between two words."""
    edges: list[tuple[float, float]] = []
    for count, (token, word) in enumerate(zip(text.split(), words, strict=True)):
        if count:
            edges.append((edges[-1][1], word.start_s))
        letters = len(token.rstrip(".,;:!?")) or len(token)
        step = (word.end_s - word.start_s) / letters
        for place in range(len(token)):
            start, end = (min(at, letters) for at in (place, place + 1))
            edges.append((word.start_s + step * start, word.start_s + step * end))
    return {
        "characters": list(" ".join(text.split())),
        "character_start_times_seconds": [round(start, 3) for start, _ in edges],
        "character_end_times_seconds": [round(end, 3) for _, end in edges],
    }


def _detail(code: str) -> dict[str, Any]:
    return {"detail": {"status": code, "message": f"The request failed: {code}."}}


async def _read(reader: asyncio.StreamReader) -> tuple[str, str, dict[str, str], bytes] | None:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ")
    headers = dict(_pairs(lines))
    return method, target, headers, await reader.readexactly(int(headers.get("content-length", 0)))


def _pairs(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in filter(None, lines):
        name, _, value = line.partition(":")
        yield name.lower(), value.strip()


async def _hung_up(reader: asyncio.StreamReader, within_s: float) -> bool:
    """Whether the other side leaves while it is kept waiting."""
    try:
        return await asyncio.wait_for(reader.read(1), within_s) == b""
    except TimeoutError:
        return False


async def _send(
    writer: asyncio.StreamWriter,
    status: int,
    body: Any,
    retry_after: str | None = None,
    *,
    cut: bool = False,
) -> bool:
    extra = {} if retry_after is None else {"retry-after": retry_after}
    return await _send_raw(writer, status, orjson.dumps(body), "application/json", extra, cut=cut)


async def _send_raw(
    writer: asyncio.StreamWriter,
    status: int,
    content: bytes,
    media_type: str = "text/html",
    extra: dict[str, str] | None = None,
    *,
    cut: bool = False,
) -> bool:
    headers = {"content-type": media_type, "content-length": str(len(content)), **(extra or {})}
    lines = [
        f"HTTP/1.1 {status} {_REASONS.get(status, 'Other')}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    writer.write("\r\n".join([*lines, "", ""]).encode() + (content[: len(content) // 2] if cut else content))
    await writer.drain()
    return not cut
