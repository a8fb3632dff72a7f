"""espeak-ng: a plain voice for more than a hundred languages, in a child process kept alive."""

from __future__ import annotations

import asyncio
import base64
import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from contracts.faults import TechnicalFault, Unavailable
from contracts.speech import Phrase
from kit.kept import KeptChild
from kit.process import Limits
from kit.sees import Sees
from services.tts.align import Span, spread
from services.tts.normalise import SpokenWord
from services.tts.performance import Heard, breath_text, perform
from services.tts.provider import VOICE_FAILED, Spoken, Voice
from services.tts.wav import write_wav

_CHILD = Path(__file__).with_name("espeak_child.py")
_REVISION = 1  # of the child and the settings below: count up when the same words sound different

_RATE_HZ = 22_050
_WORDS_A_MINUTE = 165  # at speed 1; espeak-ng's own 175 is fast for a listener who reads along
_SLOWEST, _FASTEST = 80, 450  # what espeak-ng takes
_HIGHER = "+f3"  # a variant of every voice that sounds like a woman

_LIFE_S = 6 * 3600.0
_IDLE_S = 60.0
_A_BREATH_S = 30.0  # measured 0.02 s
_CHILD_BYTES = 2 << 30
_CPU_S = 3600  # five times what a day of speech takes

_USUAL_RANK = 5  # espeak-ng's own, for a file that gives none
_FIRST = frozenset(["en-us"])  # the accent of the neural voice

_TAG = re.compile(r"[A-Za-z0-9\-]{2,40}")


@dataclass(frozen=True, slots=True)
class _Listed:
    """A language file of espeak-ng. ``file`` is what the library knows it by; the lower ``rank`` the more usual."""

    file: str
    name: str
    title: str
    language: str
    rank: int


class Espeak:
    """``idle_s``: the process is kept so long without a question, in seconds."""

    name = "espeak"

    def __init__(self, *, idle_s: float = _IDLE_S) -> None:
        self.version = f"{version('espeakng-loader')}+{_REVISION}"
        self._folder = _package_folder()
        listed = _distinct(_listed(self._folder / "espeak-ng-data" / "lang"))
        self._voices = _voices(listed)
        self._files = {entry.name: entry.file for entry in listed}
        limits = Limits(wall_s=_LIFE_S, address_space=_CHILD_BYTES, cpu_s=_CPU_S, file_size=0)
        sees = Sees(read=(_CHILD, self._folder))
        self._child = KeptChild([sys.executable, "-I", _CHILD, self._folder], limits, sees, idle_s, fault=VOICE_FAILED)

    def voices(self) -> Sequence[Voice]:
        return self._voices

    async def speak(
        self, phrases: Sequence[Phrase], voice: Voice, speed: float, folder: Path, on_progress: Callable[[float], None]
    ) -> Spoken:
        name, plus, variant = voice.name.partition("+")
        library_voice = self._files[name] + plus + variant
        rate = min(max(round(_WORDS_A_MINUTE * speed), _SLOWEST), _FASTEST)

        async def say(words: Sequence[SpokenWord]) -> Heard:
            question = {"text": breath_text(words), "voice": library_voice, "rate_wpm": rate}
            answer = await self._child.ask(question, _A_BREATH_S)
            return await asyncio.to_thread(_understood, answer, words)

        track = await perform(phrases, voice.language, speed, _RATE_HZ, say=say, on_progress=on_progress)
        path = folder / "espeak.wav"
        await asyncio.to_thread(write_wav, path, track.samples, _RATE_HZ)
        return Spoken(path, _RATE_HZ, track.words)

    async def close(self) -> None:
        await self._child.close()


def _understood(answer: dict[str, Any], words: Sequence[SpokenWord]) -> Heard:
    samples = np.frombuffer(base64.b64decode(answer["sound"]), dtype="<i2").astype(np.float32) / np.float32(32768.0)
    if answer["rate_hz"] != _RATE_HZ or answer["samples"] != len(samples):
        raise TechnicalFault("the voice's sound is not what was announced", code="voice_failed")
    sounds = list(_sounding(answer["phonemes"], len(samples)))
    return Heard(samples, _word_spans(words, answer["words"], sounds, len(samples)))


def _sounding(phonemes: Sequence[tuple[str, int]], length: int) -> Iterator[Span]:
    """Spans that are not pauses (``_:``, ``_!``), nor marks of a change of language (``(en)``)."""
    ends = [start for _, start in phonemes[1:]] + [length]
    for (name, start), end in zip(phonemes, ends, strict=True):
        if name and name[0] not in "_(" and end > start:
            yield start, end


def _word_spans(
    words: Sequence[SpokenWord], events: Sequence[tuple[int, int]], sounds: Sequence[Span], length: int
) -> list[Span | None]:
    """Each event opens a stretch of sound for the word at its character; words without one share the one before."""
    starts = _character_starts(words)
    begun = [(max(bisect_right(starts, at) - 1, 0), sample) for at, sample in events]
    firsts = [(word, min(sample for _, sample in same)) for word, same in groupby(begun, key=lambda event: event[0])]
    spans: list[Span | None] = [None] * len(words)
    for position, (word, sample) in enumerate(firsts):
        following, until = firsts[position + 1] if position + 1 < len(firsts) else (len(words), length)
        stretch = _tight((sample, until), sounds)
        fused = words[word : max(following, word + 1)]
        for offset, part in enumerate(spread(stretch, [len(each.text) for each in fused]) if stretch else ()):
            spans[word + offset] = part
    return spans


def _character_starts(words: Sequence[SpokenWord]) -> list[int]:
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word.text) + len(word.pause) + 1
    return starts


def _tight(span: Span, sounds: Sequence[Span]) -> Span | None:
    """``span`` without pauses at its ends."""
    first = bisect_left(sounds, span[0], key=lambda sound: sound[0])
    last = bisect_left(sounds, span[1], key=lambda sound: sound[0])
    if first == last:
        return None
    return sounds[first][0], min(sounds[last - 1][1], span[1])


def _package_folder() -> Path:
    spec = find_spec("espeakng_loader")
    if spec is None or not spec.submodule_search_locations:
        raise Unavailable("espeak-ng is not installed", code="espeak_missing")
    return Path(next(iter(spec.submodule_search_locations)))


def _voices(listed: Sequence[_Listed]) -> list[Voice]:
    """Every language twice, plain and higher; the most usual voice of a language first."""
    plain = [Voice(entry.name, entry.language, entry.title, "espeak") for entry in listed]
    higher = [Voice(v.name + _HIGHER, v.language, f"{v.title}, higher", "espeak") for v in plain]
    return plain + higher


def _listed(folder: Path) -> Iterator[_Listed]:
    """espeak-ng's language files begin with lines such as ``name English (America)`` and ``language en-us 2``.

    A file that names several languages (``nb`` and ``no``) is listed for each.
    """
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        pairs = [line.partition(" ")[::2] for line in path.read_text(encoding="utf-8", errors="replace").splitlines()]
        title = next((rest.strip() for key, rest in pairs if key == "name"), path.name)
        tags = [tag for key, rest in pairs if key == "language" and (tag := rest.split("//")[0].lower().split())]
        if not tags or not _TAG.fullmatch(tags[0][0]):
            continue
        for base, rank in _ranks(tags).items():
            yield _Listed(path.relative_to(folder).as_posix(), tags[0][0], title, base, rank)


def _distinct(listed: Iterable[_Listed]) -> list[_Listed]:
    """The more usual first; of two files for one tag (two spellings of Cantonese) the plain one."""
    found: dict[tuple[str, str], _Listed] = {}
    for entry in sorted(listed, key=lambda entry: (entry.rank, entry.name, entry.file)):
        found.setdefault((entry.name, entry.language), entry)
    return list(found.values())


def _ranks(tags: Sequence[Sequence[str]]) -> dict[str, int]:
    """For each bare language the rank of the voice in it. A file that does not name it bare comes later."""
    ranks: dict[str, int] = {}
    for tag in tags:
        base, _, region = tag[0].partition("-")
        given = int(tag[1]) if len(tag) > 1 and tag[1].isdigit() else _USUAL_RANK
        rank = 0 if tag[0] in _FIRST else given + (_USUAL_RANK if region else 0)
        ranks[base] = min(rank, ranks.get(base, rank))
    return ranks
