from pathlib import Path

import pytest
import pytest_asyncio

from contracts.brief import SilenceRule, VoiceChoice
from contracts.faults import BadBrief
from contracts.speech import Narration
from services.tts import providers
from services.tts.providers import offline_providers
from services.tts.silence import WINDOW_S, find_gaps
from services.tts.voicing import Voicing
from services.tts.wav import read_wav
from tests.providers.suite import nobody_listens, phrases


def test_every_provider_has_a_test_that_inherits_the_suite():
    modules = {path.stem for path in Path(providers.__path__[0]).glob("*.py")} - {"__init__"}
    here = Path(__file__).parent
    for name in (module for module in modules if not module.endswith("_child")):
        assert "(ProviderSuite)" in (here / f"test_{name}.py").read_text(), f"{name} is not held to the suite"
    children = {module for module in modules if module.endswith("_child")}
    assert {child.removesuffix("_child") for child in children} <= modules


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def voicing():
    made = Voicing(offline_providers())
    yield made
    await made.close()


@pytest.mark.parametrize(
    ("choice", "language", "provider", "voice"),
    [
        (VoiceChoice(), "en", "piper", "en_US-joe-medium"),
        (VoiceChoice(), "en-GB", "piper", "en_US-joe-medium"),
        (VoiceChoice(), "ro", "espeak", "ro"),
        (VoiceChoice(), "ro-RO", "espeak", "ro"),
        (VoiceChoice(provider="espeak"), "en", "espeak", "en-us"),
        (VoiceChoice(provider="espeak"), "en-GB", "espeak", "en-gb"),
        (VoiceChoice(provider="espeak"), "pt-br", "espeak", "pt-br"),
        (VoiceChoice(name="ro+f3"), "ro", "espeak", "ro+f3"),
    ],
)
def test_who_speaks(voicing, choice, language, provider, voice):
    chosen, who = voicing.pick(choice, language)
    assert (chosen.name, who.name) == (provider, voice)


@pytest.mark.parametrize(
    ("choice", "language", "code"),
    [
        (VoiceChoice(), "xx", "language_unsupported"),
        (VoiceChoice(provider="piper"), "ro", "language_unsupported"),
        (VoiceChoice(name="en_US-joe-medium"), "ro", "language_unsupported"),
        (VoiceChoice(name="nobody"), "en", "voice_unknown"),
        (VoiceChoice(provider="piper", name="ro"), "ro", "voice_unknown"),
    ],
)
def test_a_voice_that_cannot_speak_is_a_fault_of_the_brief(voicing, choice, language, code):
    with pytest.raises(BadBrief) as fault:
        voicing.pick(choice, language)
    assert fault.value.code == code


def test_identity_tells_apart_what_sounds_different(voicing):
    choices = [
        (VoiceChoice(), "en"),
        (VoiceChoice(speed=1.1), "en"),
        (VoiceChoice(provider="espeak"), "en"),
        (VoiceChoice(), "ro"),
        (VoiceChoice(name="ro+f3"), "ro"),
    ]
    assert len({str(voicing.identity(*choice)) for choice in choices}) == len(choices)
    assert voicing.identity(VoiceChoice(), "en") == voicing.identity(VoiceChoice(name="en_US-joe-medium"), "en")


@pytest.mark.parametrize("provider", ["piper", "espeak"])
async def test_long_silences_go_and_the_words_stay_on_their_sound(voicing, tmp_path, provider):
    texts = ("Take your time. There is no hurry, none at all.", "Then go!", "— … —", "It costs $5.50.")
    narration = Narration(language="en", phrases=tuple(phrases(*texts)))
    rule = SilenceRule(over_s=0.2, keep_s=0.05)
    whole = await voicing.voice(
        narration, VoiceChoice(provider=provider), SilenceRule(shorten=False), tmp_path, nobody_listens
    )
    samples, rate_hz = read_wav(whole.path)
    assert find_gaps(samples, rate_hz, rule.over_s)

    voiced = await voicing.voice(narration, VoiceChoice(provider=provider), rule, tmp_path, nobody_listens)
    samples, rate_hz = read_wav(voiced.path)
    assert list(tmp_path.iterdir()) == [voiced.path]
    assert find_gaps(samples, rate_hz, rule.over_s + 2 * WINDOW_S) == []
    assert voiced.duration_s == len(samples) / rate_hz < whole.duration_s - 0.5
    assert [word.text for word in voiced.words] == [token for text in texts for token in text.split()]
    edges = [edge for word in voiced.words for edge in (word.start_s, word.end_s)]
    assert edges == sorted(edges)
    assert edges[-1] <= voiced.duration_s


async def test_a_script_without_a_sound_is_a_fault_of_the_brief(voicing, tmp_path):
    narration = Narration(language="en", phrases=tuple(phrases("— *** —")))
    with pytest.raises(BadBrief) as fault:
        await voicing.voice(narration, VoiceChoice(), SilenceRule(), tmp_path, nobody_listens)
    assert fault.value.code == "nothing_to_say"
