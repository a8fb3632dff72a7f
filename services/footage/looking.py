"""Looks one upload through, whatever it is: small copy, pictures, measures, and what they mean."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from contracts.faults import TechnicalFault
from contracts.footage import Analysis
from contracts.media import Asset, AssetKind, BlobRef, MediaFacts
from contracts.values import Value
from kit.blobs import Blobs
from kit.media import home_of_av
from kit.pictures import fitting, shrunk, thumbnail
from kit.process import Limits, ProcessFailed, ProcessTimedOut, run
from kit.sees import Sees
from services.footage.attention import faces, focus
from services.footage.proxy import make_proxy, size_of
from services.footage.scenes import scenes, speech
from services.footage.seen import CHUNK_S, LOOK_EVERY_S, Seen, seen
from services.footage.segments import segments
from services.footage.spans import usable

log = logging.getLogger(__name__)

THUMBNAIL_ROOM = (480, 960)  # for an image, which may be of any shape; pixels
STRIP_HEIGHT, STRIP_MOST, STRIP_EVERY_S = 90, 24, 1.0
NICE = 10  # a video that somebody waits for comes first
SEEN_MOST = 64 << 20  # bytes; an hour has 6 MB

_CHILD = Path(__file__).with_name("look_child.py")
_PACKETS_S = 20.0  # for reading the keyframes' times off a slow disk
_COPIED = 0.7  # of the work is done once the small copy is made
# Generous: it reads a small copy, and its memory does not grow with the length.
_WALL_S, _WALL_PER_SECOND, _ADDRESS_SPACE = 90.0, 1.0, 3 << 30
# One thread each: several cost a voice detector of this size fourteen times what one does.
_VARIABLES = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class Look(Value):
    """What was found in an upload. Seconds. ``analysis`` is an ``Analysis`` as JSON, the rest what that refers to."""

    usable_start_s: float
    usable_end_s: float
    thumbnail: BlobRef | None
    analysis: BlobRef | None = None
    filmstrip: BlobRef | None = None
    waveform: BlobRef | None = None
    proxy: BlobRef | None = None


@dataclass(slots=True)
class Looking:
    """One upload being looked through, in a folder of its own. ``tell`` gets shares of the work, ``reach`` points."""

    blobs: Blobs
    asset: Asset
    folder: Path
    tell: Callable[[float], None]
    reach: Callable[[str], None]

    async def look(self) -> Look:
        """All there is to know of it, kept in the blob store.

        Raises:
            BadMedia: nothing of it can be decoded.
            TechnicalFault: a program failed, or took too long.
        """
        if self.asset.kind is AssetKind.TABLE:  # nothing to see
            return Look(usable_start_s=0.0, usable_end_s=0.0, thumbnail=None)
        by_kind = {AssetKind.FOOTAGE: self._footage, AssetKind.IMAGE: self._image, AssetKind.MUSIC: self._music}
        async with self.blobs.local(self.asset.blob) as path:
            analysis, picture = await by_kind[self.asset.kind](path)
        self.reach("mid-work")
        kept = await self.blobs.put_bytes(orjson.dumps(analysis.model_dump(mode="json")), "application/json")
        self.reach("after-rename")
        span = usable(self.asset.facts)
        return Look(
            usable_start_s=span.start_s,
            usable_end_s=span.end_s,
            thumbnail=picture,
            analysis=kept,
            filmstrip=analysis.filmstrip,
            waveform=analysis.waveform,
            proxy=analysis.proxy,
        )

    async def _footage(self, path: Path) -> tuple[Analysis, BlobRef]:
        facts = self.asset.facts
        copy = await make_proxy(path, facts, self.folder, lambda share: self.tell(share * _COPIED), NICE)
        found = await self._looked(pictures=copy.path, sound=copy.path if copy.sound else None, source=path)
        shots = scenes(found.frames, found.changes, found.across, facts.duration_s)
        parts = await asyncio.to_thread(segments, shots, found.glimpses, usable(facts))
        best = max(parts, key=lambda part: (part.unfit is None, part.score), default=None)
        middle = (best.start_s + best.end_s) / 2 if best else facts.duration_s / 2
        shown_s = max((look.at_s for look in found.glimpses if look.at_s <= middle), default=0.0)
        picture = await self._thumbnail(copy.path, shown_s, size_of(facts)[0])
        return (
            Analysis(
                duration_s=facts.duration_s,
                scenes=shots,
                segments=parts,
                speech=speech(found.voice, CHUNK_S, found.voice_from_s, facts.duration_s),
                keyframes_s=found.keyframes_s,
                filmstrip=await self._kept("filmstrip.jpg", "image/jpeg"),
                filmstrip_frames=found.filmstrip_frames,
                waveform=await self._kept("waveform.png", "image/png"),
                proxy=await self._kept("proxy.mp4", "video/mp4"),
            ),
            picture,
        )

    async def _image(self, path: Path) -> tuple[Analysis, BlobRef]:
        facts, target = self.asset.facts, self.folder / "thumbnail.jpg"
        await shrunk(path, facts.demuxer, fitting(facts.width, facts.height, THUMBNAIL_ROOM), target)
        looks = (await self._looked(pictures=target, demuxer="jpeg_pipe")).glimpses
        picture = await self.blobs.put_file(target, "image/jpeg")
        hashed = looks[0].phash if looks else None
        return Analysis(duration_s=0.0, phash=hashed, faces=faces(looks), focus=focus(looks)), picture

    async def _music(self, path: Path) -> tuple[Analysis, None]:
        try:
            await self._looked(sound=path, demuxer=self.asset.facts.demuxer, listen=False)
        except (ProcessFailed, ProcessTimedOut) as failed:  # music does without a picture of it
            log.warning("no waveform of a piece of music", extra={"reason": failed.message})
        waveform = await self._kept("waveform.png", "image/png")
        return Analysis(duration_s=self.asset.facts.duration_s, waveform=waveform), None

    async def _thumbnail(self, path: Path, at_s: float, width: int) -> BlobRef:
        target = self.folder / "thumbnail.jpg"
        await thumbnail(path, at_s, width, target)
        return await self.blobs.put_file(target, "image/jpeg")

    async def _kept(self, name: str, media_type: str) -> BlobRef | None:
        """What the child made of that name, if it could."""
        made = self.folder / name
        if not await asyncio.to_thread(made.exists):
            return None
        return await self.blobs.put_file(made, media_type)

    async def _looked(
        self,
        *,
        pictures: Path | None = None,
        sound: Path | None = None,
        source: Path | None = None,
        demuxer: str = "mov",
        listen: bool = True,
    ) -> Seen:
        files = {"pictures": pictures, "sound": sound, "source": source}
        question = {name: str(path) for name, path in files.items() if path is not None}
        asked = _question(self.asset.facts, demuxer, listen=listen) | question
        read = (_CHILD, Path(home_of_av()), *(path for path in files.values() if path is not None))
        await run(
            [sys.executable, "-I", "-S", _CHILD, home_of_av()],
            limits=_limits(self.asset.facts),
            cwd=self.folder,
            sees=Sees(read=read),
            variables=_VARIABLES,
            stdin=json.dumps(asked).encode(),
            on_line=self._heard,
        )
        found = await asyncio.to_thread(_read, self.folder)
        for fault in found.faults:
            log.warning("a part of the analysis is left out", extra={"reason": fault, "asset": str(self.asset.id)})
        return found

    def _heard(self, line: str) -> None:
        self.tell(_COPIED + (1 - _COPIED) * float(line))


def _question(facts: MediaFacts, demuxer: str, *, listen: bool) -> dict[str, Any]:
    width, height = size_of(facts)
    strip = fitting(width, height, (STRIP_HEIGHT * 4, STRIP_HEIGHT))
    return {
        "duration_s": facts.duration_s,
        "start_s": facts.start_s,
        "look_every_s": LOOK_EVERY_S,
        "strip_frames": min(STRIP_MOST, max(1, round(facts.duration_s / STRIP_EVERY_S))),
        "strip_size": strip,
        "packets_s": _PACKETS_S,
        "pictures_demuxer": demuxer,
        "sound_demuxer": demuxer,
        "source_demuxer": facts.demuxer,
        "listen": listen,
    }


def _limits(facts: MediaFacts) -> Limits:
    wall_s = _WALL_S + _WALL_PER_SECOND * facts.duration_s
    return Limits(
        wall_s=wall_s,
        address_space=_ADDRESS_SPACE + (os.cpu_count() or 1) * (64 << 20),
        cpu_s=int(wall_s),
        file_size=SEEN_MOST,
        nice=NICE,
    )


def _read(folder: Path) -> Seen:
    summary, lines = folder / "seen.json", folder / "glimpses.jsonl"
    try:
        if max(file.stat().st_size for file in (summary, lines) if file.exists()) > SEEN_MOST:
            raise ValueError("more than can be true")
        return seen(orjson.loads(summary.read_bytes()), lines.read_bytes().splitlines() if lines.exists() else ())
    except (OSError, ValueError, KeyError, TypeError) as unreadable:
        raise TechnicalFault("what the analysis wrote down can't be read", code="analysis_unsound") from unreadable
