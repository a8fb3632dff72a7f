"""Samples of voices: spoken once by the engine that speaks videos, or fetched from their provider; then kept."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar
from weakref import WeakValueDictionary

import asyncpg

from contracts.faults import TechnicalFault, Unavailable
from contracts.media import BlobRef
from contracts.values import fingerprint
from kit.blobs import Blobs
from kit.database import AWAY, Connection, Pool
from kit.ffmpeg import find_ffmpeg
from kit.outbound import Outbound
from kit.process import Limits, ProcessFailed, run
from kit.scratch import Scratch
from kit.sees import Sees
from kit.sql import queries
from services.gateway.places import Places
from services.gateway.problems import Problem, not_found
from services.gateway.sentences import sentence
from services.gateway.speaking import Speaker, Speaking

SQL = queries("services.gateway", "samples.sql")
MEDIA_TYPE = "audio/mpeg"
LONGEST_S = 15.0
_REVISION = 1  # of how a sample is made: count up when it would sound different
_SLOTS = 2  # loading a voice takes memory
_RETRY_AFTER_S = 2
_PREVIEW_BYTES = 4 << 20
_PREVIEW_S = 20.0
_PATIENCE_S = 2.0
_ENCODING = Limits(wall_s=30.0, address_space=4 << 30, cpu_s=30, file_size=16 << 20)

T = TypeVar("T")


class Samples:
    """Makes two at a time, each once; one owner gets half of the places."""

    def __init__(self, speaking: Speaking, pool: Pool, blobs: Blobs, scratch: Scratch, outbound: Outbound) -> None:
        self._speaking = speaking
        self._pool = pool
        self._blobs = blobs
        self._scratch = scratch
        self._outbound = outbound
        self._making: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._places = Places(
            _SLOTS,
            _RETRY_AFTER_S,
            mine=("too_many_samples", "Wait until your other voice sample is made."),
            full=("samples_busy", "Too many voice samples are being made; try again soon."),
        )

    async def take(self, voice: str, language: str | None, owner: str) -> BlobRef:
        """The sample (MP3) of a voice in one of its languages; its own, if none is named.

        Raises:
            Problem: 404, there is no such voice, or none that can be heard before it is paid; 422
                ``language_unsupported``; 429 or 503, too many are being made.
            UrlUnreachable: its provider does not hand it out now.
        """
        speaker = next((each for each in await self._speaking.speakers() if each.name == voice), None)
        if speaker is None:
            raise not_found("voice")
        spoken = _language(speaker, language)
        key = await self._key(speaker, spoken)
        async with self._making.setdefault(key, asyncio.Lock()):
            kept = await self._kept(key)
            return kept if kept is not None else await self._made(key, speaker, spoken, owner)

    async def _key(self, speaker: Speaker, language: str) -> str:
        if speaker.paid:
            return fingerprint([_REVISION, speaker.provider, speaker.name, speaker.preview_url])
        return fingerprint([_REVISION, sentence(language), language, await self._speaking.identity(speaker, language)])

    async def _kept(self, key: str) -> BlobRef | None:
        row = await self._ask(lambda link: link.fetchrow(SQL["find"], key))
        found = None if row is None else BlobRef(sha256=row["sha256"], size=row["size"], media_type=MEDIA_TYPE)
        return found if found is not None and await self._blobs.touch(found) else None

    async def _made(self, key: str, speaker: Speaker, language: str, owner: str) -> BlobRef:
        with self._places.held(owner):
            async with self._scratch.held("sample") as folder:
                sound = await self._sound(speaker, language, folder)
                coded = await _encoded(sound, "mp3" if speaker.paid else "wav", folder)
                ref = await self._blobs.put_file(coded, MEDIA_TYPE)
        await self._ask(lambda link: link.execute(SQL["keep"], key, ref.sha256, ref.size))
        await self._ask(lambda link: link.execute(SQL["forget_old"]))
        return ref

    async def _sound(self, speaker: Speaker, language: str, folder: Path) -> Path:
        """Nothing is ever paid for a sample: what costs money is only heard where its provider gives one away."""
        if not speaker.paid:
            return await self._speaking.say(speaker, language, sentence(language), folder)
        if not speaker.preview_url:
            raise Problem(404, "no_sample", "This voice is paid by the word and has no sample of its provider's own.")
        url = speaker.preview_url
        async with self._outbound.get(url, _PREVIEW_BYTES, total_s=_PREVIEW_S, idle_s=_PREVIEW_S) as download:
            return (await self._blobs.receive(download.chunks, _PREVIEW_BYTES, folder)).path

    async def _ask(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        try:
            async with self._pool.acquire(timeout=_PATIENCE_S) as connection:
                return await work(connection)
        except (*AWAY, asyncpg.UndefinedTableError) as away:
            raise Unavailable("the database does not answer", code="database_unavailable") from away


def _language(speaker: Speaker, wanted: str | None) -> str:
    if wanted is None:
        return speaker.languages[0] if speaker.languages else "en"
    if not speaker.paid and wanted.lower().partition("-")[0] not in speaker.languages:
        raise Problem(422, "language_unsupported", f"The voice {speaker.name} does not speak {wanted}.")
    return wanted


async def _encoded(sound: Path, demuxer: str, folder: Path) -> Path:
    """As a small MP3, in a cage: what comes from elsewhere is not trusted to be one."""
    target = folder / "sample.mp3"
    source = (
        "-protocol_whitelist",
        "file",
        "-f",
        demuxer,
        "-i",
        f"file:{sound}",
        "-map",
        "0:a:0",
        "-t",
        f"{LONGEST_S:g}",
    )
    coded = ("-ac", "1", "-c:a", "libmp3lame", "-b:a", "64k", "-map_metadata", "-1", "-fflags", "+bitexact")
    command: list[str | Path] = [find_ffmpeg(), "-nostdin", "-v", "error", "-y", *source, *coded, f"file:{target}"]
    try:
        await run(command, limits=_ENCODING, sees=Sees(read=(sound,), write=(folder,)))
    except ProcessFailed as failed:
        raise TechnicalFault("the sample can't be read", code="sample_failed") from failed
    return target
