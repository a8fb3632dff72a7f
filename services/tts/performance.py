"""From phrases to one track: each phrase in breaths a synthesiser can take, joined with pauses, tokens timed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from contracts.speech import Phrase, Word
from services.tts.align import Span, token_spans
from services.tts.normalise import SpokenWord, spoken_words
from services.tts.wav import Samples, levelled

# Between phrases, by the mark the phrase ends with, in seconds at speed 1: about what readers of audio books leave.
_PAUSES_S = {".": 0.40, "!": 0.40, "?": 0.40, ":": 0.30, ";": 0.30, ",": 0.20, "": 0.15}

_SLIVER_S = 0.06  # longest time of a token that is not heard: two frames of a picture

BREATH_WORDS = 40
BREATH_CHARS = 240  # a breath bounds the memory and time of one synthesis: at 15 characters a second 16 s
_SENTENCE_ENDS = ".!?"


@dataclass(frozen=True, slots=True)
class Heard:
    """One breath: its samples, and for each spoken word where it is in them, if it is."""

    samples: Samples
    spans: Sequence[Span | None]


Say = Callable[[Sequence[SpokenWord]], Awaitable[Heard]]


@dataclass(frozen=True, slots=True)
class Track:
    """All phrases, and every typed token with its time in seconds."""

    samples: Samples
    words: tuple[Word, ...]


async def perform(
    phrases: Sequence[Phrase],
    language: str,
    speed: float,
    rate_hz: int,
    *,
    say: Say,
    on_progress: Callable[[float], None],
) -> Track:
    """Say all phrases one after another. ``on_progress`` hears the share done after each breath."""
    parts: list[Samples] = []
    words: list[Word] = []
    at = 0
    for done, phrase in enumerate(phrases, start=1):
        tokens = phrase.text.split()
        spoken = spoken_words(tokens, language)
        heard = await _phrase(spoken, say, _part_of(on_progress, done - 1, len(phrases)))
        pause = _pause(spoken, speed, rate_hz) if done < len(phrases) else 0
        length = len(heard.samples) or (pause if tokens else 0)  # only signs: they are shown in the pause
        spans = token_spans(len(tokens), spoken, heard.spans, (0, length), round(_SLIVER_S * rate_hz))
        words.extend(_word(token, span, at, rate_hz, phrase.index) for token, span in zip(tokens, spans, strict=True))
        parts += [heard.samples, np.zeros(pause, np.float32)]
        at += len(heard.samples) + pause
        on_progress(done / len(phrases))
    return Track(await asyncio.to_thread(_joined, parts), tuple(words))


def _joined(parts: Sequence[Samples]) -> Samples:
    return levelled(np.concatenate(parts) if parts else np.zeros(0, np.float32))


def breaths(words: Sequence[SpokenWord]) -> Iterator[Sequence[SpokenWord]]:
    """Cut at the ends of sentences, and inside one that is too long for a breath at its last pause, or anywhere."""
    start = 0
    while start < len(words):
        end = start + _breath(words[start:])
        yield words[start:end]
        start = end


def breath_text(words: Sequence[SpokenWord]) -> str:
    return " ".join(word.text + word.pause for word in words)


def _breath(words: Sequence[SpokenWord]) -> int:
    """How many of ``words`` are said in one go: at least one."""
    chars, last_pause = 0, 0
    for count, word in enumerate(words):
        chars += len(word.text) + 2
        if count and (count >= BREATH_WORDS or chars > BREATH_CHARS):
            return last_pause or count
        if word.pause and word.pause in _SENTENCE_ENDS:
            return count + 1
        if word.pause:
            last_pause = count + 1
    return len(words)


async def _phrase(spoken: Sequence[SpokenWord], say: Say, on_progress: Callable[[float], None]) -> Heard:
    samples: list[Samples] = []
    spans: list[Span | None] = []
    at = 0
    for breath in breaths(spoken):
        heard = await say(breath)
        samples.append(heard.samples)
        spans.extend(span and (span[0] + at, span[1] + at) for span in heard.spans)
        at += len(heard.samples)
        on_progress(len(spans) / len(spoken))
    return Heard(np.concatenate(samples) if samples else np.zeros(0, np.float32), spans)


def _part_of(on_progress: Callable[[float], None], done: int, total: int) -> Callable[[float], None]:
    return lambda share: on_progress((done + share) / total)


def _pause(spoken: Sequence[SpokenWord], speed: float, rate_hz: int) -> int:
    mark = spoken[-1].pause if spoken else ""
    return round(_PAUSES_S[mark] / speed * rate_hz)


def _word(token: str, span: Span, at: int, rate_hz: int, phrase: int) -> Word:
    return Word(text=token, start_s=(at + span[0]) / rate_hz, end_s=(at + span[1]) / rate_hz, phrase=phrase)
