from pathlib import Path

import pytest
import pytest_asyncio

from services.tts.providers.espeak import Espeak
from services.tts.wav import read_wav
from tests.providers.suite import ProviderSuite, nobody_listens, phrases


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def provider():
    espeak = Espeak()
    yield espeak
    await espeak.close()


class TestEspeakInEnglish(ProviderSuite):
    script = "espeak_child.py"

    def fresh(self):
        return Espeak()


class TestEspeakInRomanian(ProviderSuite):
    script = "espeak_child.py"
    language = "ro"
    sentences = (
        "Țara și școala sunt în fața mării, iar de la un timp încoace e liniște.",
        "La sfârșitul zilei, depinde de tine și de restul echipei!",
        "În 2024 o cafea era 5,50 lei — cu 12% mai mult decât înainte.",
    )

    def fresh(self):
        return Espeak()


async def lengths(espeak: Espeak, voice_name: str, *texts: str, folder: Path) -> list[float]:
    """Seconds of each word."""
    voice = next(voice for voice in espeak.voices() if voice.name == voice_name)
    spoken = await espeak.speak(phrases(*texts), voice, 1.0, folder, nobody_listens)
    return [word.end_s - word.start_s for word in spoken.words]


async def test_diacritics_are_heard_and_cedillas_are_commas(provider, tmp_path):
    """A voice that does not know a letter spells its name, which takes much longer."""
    comma = await lengths(provider, "ro", "știință țară", folder=tmp_path)
    cedilla = await lengths(provider, "ro", "ştiinţă ţară", folder=tmp_path)
    plain = await lengths(provider, "ro", "stiinta tara", folder=tmp_path)
    assert comma == cedilla
    assert comma == pytest.approx(plain, rel=0.4)
    assert comma != plain


@pytest.mark.parametrize("voice_name", ["de", "fr-fr", "es", "en-us+f3", "en-gb", "ru", "hu"])
async def test_other_voices_speak(provider, tmp_path, voice_name):
    voice = next(voice for voice in provider.voices() if voice.name == voice_name)
    spoken = await provider.speak(phrases("Radio 25 Musik, Taxi!"), voice, 1.0, tmp_path, nobody_listens)
    samples, rate_hz = read_wav(spoken.path)
    assert [word.text for word in spoken.words] == ["Radio", "25", "Musik,", "Taxi!"]
    assert 1 < len(samples) / rate_hz < 6
    assert all(word.end_s > word.start_s for word in spoken.words)


def test_the_usual_voice_of_a_language_comes_first():
    voices = Espeak().voices()
    first = {
        language: next(voice.name for voice in voices if voice.language == language)
        for language in ("en", "ro", "no", "zh")
    }
    assert first == {"en": "en-us", "ro": "ro", "no": "nb", "zh": "cmn"}
