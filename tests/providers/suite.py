"""What every provider of voices must do, written once. A provider's test inherits it and brings ``provider``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import psutil
import pytest

from contracts.speech import Phrase, Word
from services.tts.provider import Provider, Spoken, Voice
from services.tts.wav import Samples, read_wav

ODD_TEXTS = [
    "50% off %{pts}",
    "':x=0,[in]drawbox",
    r"{\pos(0,0)\fs900}",
    "<script>alert(1)</script>",
    '<speak><break time="60s"/></speak>',
    "[[evil]] [[h@l'oU",
    "nul\x00 and \x01\x1b[9S bells \x07",
    "— ... *** —",
    "a",
    "?",
    "x" * 300,
    "你好 Привет \u202eabc \ud800",
]


def phrases(*texts: str) -> list[Phrase]:
    return [Phrase(index=index, text=text) for index, text in enumerate(texts)]


def nobody_listens(share: float) -> None:
    assert 0 <= share <= 1


def loudness(samples: Samples, rate_hz: int, start_s: float, end_s: float) -> float:
    """Root mean square, in dB of full scale."""
    part = samples[round(start_s * rate_hz) : max(round(end_s * rate_hz), round(start_s * rate_hz) + 1)]
    return float(20 * np.log10(np.sqrt((part.astype(np.float64) ** 2).mean()) + 1e-6))


def pauses(words: Sequence[Word], over_s: float) -> Iterator[tuple[Word, Word]]:
    for before, after in pairwise(words):
        if after.start_s - before.end_s > over_s:
            yield before, after


def children_running(script: str) -> list[psutil.Process]:
    found = []
    for child in psutil.Process().children(recursive=True):
        try:
            if any(script in part for part in child.cmdline()):
                found.append(child)
        except psutil.NoSuchProcess:
            continue
    return found


class ProviderSuite:
    """``language``: one the provider speaks. ``script``: the file its child process runs."""

    language = "en"
    script = ""
    sentences = (
        "Coffee keeps you awake, but the right amount matters.",
        "At the end of the day, it's up to you and to the rest of the team!",
        "In 2024 a cup was $5.50 — up 12% from the year before.",
    )

    def fresh(self) -> Provider:
        raise NotImplementedError

    def own_voice(self, provider: Provider) -> Voice:
        return next(voice for voice in provider.voices() if voice.language == self.language)

    async def say(self, provider: Provider, folder: Path, *texts: str, speed: float = 1.0) -> Spoken:
        return await provider.speak(phrases(*texts), self.own_voice(provider), speed, folder, nobody_listens)

    def test_every_voice_can_be_asked_for_by_name(self, provider):
        voices = provider.voices()
        assert voices
        assert len({(voice.name, voice.language) for voice in voices}) == len(voices)
        for voice in voices:
            assert voice.provider == provider.name
            assert set(voice.name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+")
            assert voice.language.isalpha()

    async def test_words_are_the_typed_tokens_with_times_in_order_and_inside(self, provider, tmp_path):
        spoken = await self.say(provider, tmp_path, *self.sentences)
        samples, rate_hz = read_wav(spoken.path)
        assert rate_hz == spoken.sample_rate_hz
        typed = [(token, index) for index, text in enumerate(self.sentences) for token in text.split()]
        assert [(word.text, word.phrase) for word in spoken.words] == typed
        edges = [edge for word in spoken.words for edge in (word.start_s, word.end_s)]
        assert edges == sorted(edges)
        assert edges[-1] <= len(samples) / rate_hz
        assert all(word.end_s - word.start_s >= 0.02 for word in spoken.words)

    async def test_words_are_loud_and_pauses_are_not(self, provider, tmp_path):
        spoken = await self.say(provider, tmp_path, *self.sentences)
        samples, rate_hz = read_wav(spoken.path)
        said = [word for word in spoken.words if any(char.isalnum() for char in word.text)]
        levels = [loudness(samples, rate_hz, word.start_s, word.end_s) for word in said]
        assert min(levels) > -45
        between = [(before.end_s, after.start_s) for before, after in pauses(said, 0.12)]
        assert len(between) >= 2
        for start_s, end_s in between:
            margin = (end_s - start_s) * 0.25
            assert loudness(samples, rate_hz, start_s + margin, end_s - margin) < np.median(levels) - 20

    async def test_words_beside_a_pause_begin_and_end_with_their_sound(self, provider, tmp_path):
        """The pauses between phrases are known from the sound alone: 0.1 s or more in which nothing is heard."""
        spoken = await self.say(provider, tmp_path, "Seven men.", "Mother and mine.", "Nobody and nine.", "Money.")
        samples, rate_hz = read_wav(spoken.path)
        window = rate_hz // 100
        blocks = samples[: len(samples) // window * window].reshape(-1, window)
        heard = np.sqrt((blocks.astype(np.float64) ** 2).mean(axis=1)) > 0.01
        for before, after in pairwise(spoken.words):
            if before.phrase == after.phrase:
                continue
            middle = round((before.end_s + after.start_s) / 2 * 100)
            assert not heard[middle]
            last = middle - int(np.argmax(heard[middle::-1]))
            first = middle + int(np.argmax(heard[middle:]))
            assert before.end_s == pytest.approx((last + 1) / 100, abs=0.12)
            assert after.start_s == pytest.approx(first / 100, abs=0.08)

    async def test_speed_changes_the_length(self, provider, tmp_path):
        lengths = {}
        for speed in (0.7, 1.0, 1.5):
            folder = tmp_path / str(speed)
            folder.mkdir()
            spoken = await self.say(provider, folder, self.sentences[0], speed=speed)
            lengths[speed] = spoken.words[-1].end_s
        assert lengths[0.7] == pytest.approx(lengths[1.0] / 0.7, rel=0.2)
        assert lengths[1.5] == pytest.approx(lengths[1.0] / 1.5, rel=0.2)

    async def test_the_same_words_sound_the_same_whatever_was_said_before(self, provider, tmp_path):
        sounds = []
        for between in ("Something else.", self.sentences[1]):
            spoken = await self.say(provider, tmp_path, self.sentences[0])
            sounds.append((spoken.path.read_bytes(), spoken.words))
            await self.say(provider, tmp_path, between)
        assert sounds[0] == sounds[1]

    @pytest.mark.parametrize("text", ODD_TEXTS)
    async def test_odd_text_is_only_text(self, provider, tmp_path, text):
        spoken = await self.say(provider, tmp_path, text, "Fine.")
        samples, rate_hz = read_wav(spoken.path)
        assert [word.text for word in spoken.words] == [*text.split(), "Fine."]
        edges = [edge for word in spoken.words for edge in (word.start_s, word.end_s)]
        assert edges == sorted(edges)
        assert edges[-1] <= len(samples) / rate_hz < 4 + 0.6 * len(text)
        last = spoken.words[-1]
        assert loudness(samples, rate_hz, last.start_s, last.end_s) > -45

    async def test_progress_grows_to_the_end(self, provider, tmp_path):
        heard: list[float] = []
        await provider.speak(phrases(*self.sentences), self.own_voice(provider), 1.0, tmp_path, heard.append)
        assert len(heard) > len(self.sentences)
        assert heard == sorted(heard)
        assert heard[-1] == 1.0

    async def test_only_the_sound_is_left_in_the_folder(self, provider, tmp_path):
        spoken = await self.say(provider, tmp_path, "Fine.")
        assert list(tmp_path.iterdir()) == [spoken.path]

    async def test_a_child_that_died_is_started_anew_and_none_is_left(self, tmp_path):
        before = set(children_running(self.script))
        provider = self.fresh()
        try:
            await self.say(provider, tmp_path, "Fine.")
            (child,) = set(children_running(self.script)) - before
            child.kill()
            await self.say(provider, tmp_path, "Fine again.")
            assert len(set(children_running(self.script)) - before) == 1
        finally:
            await provider.close()
        assert set(children_running(self.script)) - before == set()
