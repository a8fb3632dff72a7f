"""ElevenLabs against its double: the suite every provider is held to, what can go wrong, and what is paid."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Coroutine
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import yaml
from pydantic import SecretStr, ValidationError

from contracts.brief import SCRIPT_MAX_CHARS, SilenceRule, VoiceChoice
from contracts.faults import BadBrief, Fault
from contracts.speech import Narration
from edit_factory.sidecars.nats import NatsServer
from kit.blobs import Blobs
from kit.bus import Bus
from kit.keyring import KeyRefused, KeyRing, QuotaExhausted
from kit.leases import Leases
from kit.outside import Outside, OutsideAway, OutsideNonsense, Policy
from kit.paid import PaidOnce
from kit.service import connected
from kit.settings import Settings
from kit.topology import lay_out
from services.tts.normalise import spoken_words
from services.tts.performance import breath_text, breaths
from services.tts.provider import Spoken, Voice
from services.tts.providers import offline_providers
from services.tts.providers.elevenlabs import MODEL, SERVICE, ElevenLabs, VoiceUnknown, _request
from services.tts.voicing import Voicing
from tests.doubles import elevenlabs as double
from tests.doubles.elevenlabs import KEY, OTHER_KEY, VOICE, ElevenLabsDouble
from tests.limits import SOON_S
from tests.providers.suite import ProviderSuite, nobody_listens, phrases

CHOICE = VoiceChoice(provider="elevenlabs", name=VOICE)
QUICK = Policy(tries=3, total_s=20, attempt_s=5, first_wait_s=0.01, longest_wait_s=0.05)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def bus(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bus]:
    home = tmp_path_factory.mktemp("elevenlabs")
    server = NatsServer(home)
    settings = Settings(home=home, nats_url=(await server.start()).url)
    async with connected(settings, "test") as made:
        await lay_out(made.jetstream, settings)
        yield made
    await server.stop()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def outside() -> AsyncIterator[ElevenLabsDouble]:
    made = ElevenLabsDouble()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture(autouse=True)
def as_new(outside: ElevenLabsDouble) -> None:
    outside.forget()


class Making:
    """Makes providers as a worker each would, over one bus; ``blobs`` is fresh for each test, so nothing is kept."""

    def __init__(self, bus: Bus, outside: ElevenLabsDouble, folder: Path) -> None:
        self._bus = bus
        self._outside = outside
        self.blobs = Blobs.open(str(folder / "blobs"), cache=folder / "cache")
        self.made: list[ElevenLabs] = []
        self.clock = 0.0

    def __call__(
        self, keys: str = f"{KEY},{OTHER_KEY}", policy: Policy = QUICK, patience_s: float = 45.0
    ) -> ElevenLabs:
        ring = KeyRing(SERVICE, SecretStr(keys), clock=lambda: self.clock)
        leases = Leases(self._bus, renew_s=0.2, silent_s=1.0, look_every_s=0.02)
        paid = PaidOnce(self._bus, self.blobs, leases=leases, patience_s=patience_s)
        self.made.append(ElevenLabs(ring, Outside(SERVICE, self._outside.url, policy), paid, self.blobs))
        return self.made[-1]


@pytest.fixture
async def making(bus: Bus, outside: ElevenLabsDouble, tmp_path_factory: Any) -> AsyncIterator[Making]:
    made = Making(bus, outside, tmp_path_factory.mktemp("worker"))
    yield made
    for provider in made.made:
        await provider.close()


@pytest.fixture
def provider(making: Making) -> ElevenLabs:
    return making()


async def say(provider: ElevenLabs, folder: Path, *texts: str, **choice: Any) -> Spoken:
    asked = CHOICE.model_copy(update=choice)
    return await provider.speak(phrases(*texts), provider.chosen(asked, "en"), asked.speed, folder, nobody_listens)


class TestElevenLabs(ProviderSuite):
    def own_voice(self, provider: Any) -> Voice:
        voice: Voice = provider.chosen(CHOICE, self.language)
        return voice

    def test_every_voice_can_be_asked_for_by_name(self, provider):
        """There is no list; whoever is named is asked for."""
        assert provider.voices() == ()
        voice = provider.chosen(CHOICE, "en-GB")
        assert (voice.name, voice.language, voice.provider) == (VOICE, "en", "elevenlabs")

    async def test_a_child_that_died_is_started_anew_and_none_is_left(  # type: ignore[override]
        self, making, outside, tmp_path
    ):
        """It has no child, but connections."""
        provider = making()
        await self.say(provider, tmp_path, "Fine.")
        outside.hang_up()
        await self.say(provider, tmp_path, "Fine again.")
        await provider.close()
        await asyncio.sleep(0.1)
        assert outside._talking == set()
        assert [asked.status for asked in outside.asked] == [200, 200]


# --- what is asked -----------------------------------------------------------------------------------------------


async def test_what_was_chosen_is_what_is_asked_for(provider, outside, tmp_path):
    await say(provider, tmp_path, "It costs $5.", stability=0.3, similarity=0.9, style=0.1, speed=1.1)
    (asked,) = outside.asked
    assert asked.voice == VOICE
    assert asked.body == {
        "text": "It costs five dollars.",
        "model_id": "eleven_flash_v2_5",
        "language_code": "en",
        "voice_settings": {"stability": 0.3, "similarity_boost": 0.9, "style": 0.1, "speed": 1.1},
    }
    assert outside.paid == {"It costs five dollars.": 1}


async def test_a_model_that_takes_no_language_is_given_none(provider, outside, tmp_path):
    await say(provider, tmp_path, "Hello there.", model="eleven_multilingual_v2")
    assert "language_code" not in outside.asked[0].body


async def test_words_are_where_the_service_says_they_are(provider, outside, tmp_path):
    spoken = await say(provider, tmp_path, "Seven men came home.")
    (_, alignment) = outside._spoken["Seven men came home.", 1.0]
    starts = alignment["character_start_times_seconds"]
    assert [word.start_s for word in spoken.words] == pytest.approx([starts[at] for at in (0, 6, 10, 15)], abs=0.001)


@pytest.mark.parametrize(
    "text", ["x" * 5000, "9" * 5000, "a b " * 1250, "word, " * 833, "Yes! " * 1000, "\u4f60" * 5000]
)
@pytest.mark.parametrize("language", ["en", "ro", "zh"])
def test_SEC_04_no_request_for_the_longest_script_is_longer_than_a_voice_takes(provider, text, language):
    assert len(text) <= SCRIPT_MAX_CHARS
    requests = [breath_text(breath) for breath in breaths(spoken_words(text.split(), language))]
    voice = provider.chosen(CHOICE, language)
    assert [_request(request, voice, 1.0)["text"] for request in requests] == requests


@pytest.mark.parametrize("text", ["", "x" * (SCRIPT_MAX_CHARS + 1)], ids=len)
def test_SEC_04_a_request_that_is_too_long_or_empty_is_never_made(provider, text):
    with pytest.raises(BadBrief) as fault:
        _request(text, provider.chosen(CHOICE, "en"), 1.0)
    assert fault.value.code == "text_length"


# --- the choice --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"provider": "elevenlabs"},
        {"provider": "elevenlabs", "name": "../voices"},
        {"provider": "elevenlabs", "name": VOICE, "stability": 1.1},
        {"provider": "elevenlabs", "name": VOICE, "style": -0.1},
        {"provider": "elevenlabs", "name": VOICE, "model": "a/b"},
        {"provider": "elevenlabs", "name": VOICE, "fallback": "perhaps"},
        {"provider": "piper", "stability": 0.1},
        {"model": "eleven_flash_v2_5"},
    ],
)
def test_a_choice_that_cannot_be_carried_out_is_refused_at_the_door(wrong):
    with pytest.raises(ValidationError):
        VoiceChoice.model_validate(wrong)


def test_a_choice_written_before_there_were_more_voices_still_reads():
    old = VoiceChoice.model_validate({"provider": "espeak", "name": "ro", "speed": 1.2})
    assert (old.fallback, old.model) == ("none", None)


def test_the_choice_in_the_documentation_is_one_and_has_the_defaults():
    text = (Path(__file__).parents[2] / "docs/voices.md").read_text("utf-8")
    written = yaml.safe_load(text.split("```yaml\n")[1].split("```")[0])["voice"]
    assert set(written) == set(VoiceChoice.model_fields) - {"saved"}
    assert VoiceChoice.model_validate(written) == CHOICE.model_copy(update={"model": MODEL})


def test_everything_that_shapes_the_sound_is_in_the_identity(making):
    voicing = Voicing((), (making(),))
    base = CHOICE.model_dump()
    changes: list[dict[str, Any]] = [
        {},
        {"name": "another"},
        {"model": "eleven_multilingual_v2"},
        {"stability": 0.4},
        {"similarity": 0.5},
        {"style": 0.2},
        {"speed": 1.2},
    ]
    identities = [str(voicing.identity(VoiceChoice(**base | change), "en")) for change in changes]
    assert len(set(identities)) == len(changes)
    same = [
        str(voicing.identity(VoiceChoice(**base | {"fallback": fallback}), "en")) for fallback in ("none", "offline")
    ]
    assert same == [identities[0], identities[0]]


def test_without_a_key_the_fault_says_what_to_set():
    with pytest.raises(BadBrief) as fault:
        Voicing(()).pick(CHOICE, "en")
    assert fault.value.code == "voice_unknown"
    assert "EDIT_FACTORY_ELEVENLABS_KEYS" in fault.value.message


# --- what goes wrong ---------------------------------------------------------------------------------------------

TEXT = "This is not going well."


@pytest.mark.parametrize(
    ("troubles", "requests"),
    [
        ([double.busy("0")], 2),
        ([double.busy_until(-5), double.DOWN], 3),
        ([double.TOO_MANY], 2),
        ([double.BROKEN, double.DOWN], 3),
    ],
    ids=["429 with seconds", "429 with a date", "too many at once", "5xx"],
)
async def test_STAB_06_what_passes_is_waited_for(provider, outside, tmp_path, troubles, requests):
    outside.next(*troubles)
    await say(provider, tmp_path, TEXT)
    assert len(outside.asked) == requests
    assert outside.paid == {TEXT: 1}


async def test_STAB_06_a_retry_after_is_kept_to(making, outside, tmp_path):
    outside.next(double.busy("1"))
    await say(making(), tmp_path, TEXT)
    first, second = outside.asked
    assert 1 <= second.at - first.at < 3


@pytest.mark.parametrize("trouble", [double.DOWN, double.busy(None), double.TOO_MANY], ids=["5xx", "429", "too many"])
async def test_STAB_06_what_does_not_pass_is_a_technical_fault_in_bounded_time(provider, outside, tmp_path, trouble):
    outside.always(trouble)
    with pytest.raises(OutsideAway) as fault:
        await say(provider, tmp_path, TEXT)
    assert len(outside.asked) == QUICK.tries
    assert f"HTTP {trouble.status}" in fault.value.message
    assert outside.paid == {}


async def test_STAB_06_silence_is_a_technical_fault_in_bounded_time(making, outside, tmp_path):
    outside.always(double.SLOW)
    with pytest.raises(OutsideAway):
        await say(making(policy=Policy(tries=2, attempt_s=0.2, first_wait_s=0.01)), tmp_path, TEXT)
    assert len(outside.asked) == 2


async def test_STAB_06_a_connection_cut_in_the_middle_is_made_again(provider, outside, tmp_path):
    outside.next(double.CUT)
    await say(provider, tmp_path, TEXT)
    assert len(outside.asked) == 2


@pytest.mark.parametrize(
    "trouble", [double.HTML, double.HALF, double.UNALIGNED, double.SHUFFLED], ids=lambda t: t.manner
)
async def test_STAB_06_nonsense_is_found_out_before_it_is_used_and_never_used_later(making, outside, tmp_path, trouble):
    provider = making()
    outside.next(trouble)
    with pytest.raises(OutsideNonsense) as fault:
        await say(provider, tmp_path, TEXT)
    assert fault.value.technical
    assert list(tmp_path.iterdir()) == []
    assert len(outside.asked) == 1  # asking at once for what was paid is no matter of patience
    spoken = await say(provider, tmp_path, TEXT)
    assert spoken.words[-1].text == "well."
    assert len(outside.asked) == 2


async def test_a_text_that_is_told_a_little_differently_still_has_its_times(provider, outside, tmp_path):
    await say(provider, tmp_path, TEXT)
    audio, alignment = outside._spoken[TEXT, 1.0]
    other = alignment | {"characters": list(TEXT.replace("not", "nOt"))}
    outside._spoken["It is odd.", 1.0] = audio, other
    outside._spoken[TEXT, 1.0] = audio, other
    again = await say(provider, tmp_path, TEXT, style=0.5)
    assert [word.text for word in again.words] == TEXT.split()
    outside._spoken.clear()


async def test_STAB_06_the_next_key_is_taken_when_one_is_used_up_or_refused(making, outside, tmp_path):
    for trouble in (double.SPENT, double.UNPAID, double.REFUSED):
        outside.forget()
        outside.next(trouble)
        await say(making(), tmp_path, f"It is {trouble.status} and {trouble.code}.")
        assert [asked.key for asked in outside.asked] == [KEY, OTHER_KEY]


async def test_STAB_06_a_key_that_is_used_up_is_left_alone_for_a_while(making, outside, tmp_path):
    provider = making()
    outside.accounts[KEY].credits = 30
    for number in ("one", "two", "three"):
        await say(provider, tmp_path, f"This is number {number}.")
    assert [asked.key for asked in outside.asked] == [KEY, KEY, OTHER_KEY, OTHER_KEY]
    outside.accounts[KEY].credits = None
    making.clock = 301
    await say(provider, tmp_path, "This is number four.")
    assert outside.asked[-1].key == KEY


async def test_STAB_06_no_quota_anywhere_is_told_at_once_and_not_tried_again(making, outside, tmp_path):
    provider = making()
    for account in outside.accounts.values():
        account.credits = 3
    for _ in range(3):
        with pytest.raises(QuotaExhausted) as fault:
            await say(provider, tmp_path, TEXT)
        assert (fault.value.code, fault.value.technical) == ("quota_exhausted", False)
    assert len(outside.asked) == 2


async def test_STAB_06_no_key_that_is_taken_is_told_without_the_key(making, outside, tmp_path, caplog):
    caplog.set_level(logging.DEBUG, "kit")
    provider = making(keys="sk_wrong_one_of_them,sk_wrong_too_this_one,short,t\u0103t\u0103l de la chei")
    with pytest.raises(KeyRefused) as fault:
        await say(provider, tmp_path, TEXT)
    assert (fault.value.code, fault.value.technical) == ("key_refused", False)
    assert [asked.key for asked in outside.asked] == ["sk_wrong_one_of_them", "sk_wrong_too_this_one"]
    told = f"{fault.value.message} {[record.__dict__ for record in caplog.records]}"
    assert not any(secret in told for secret in ("sk_wrong", "short", "chei"))


async def test_one_key_refused_and_one_used_up_is_told_as_used_up(making, outside, tmp_path):
    outside.accounts[OTHER_KEY].credits = 0
    with pytest.raises(QuotaExhausted):
        await say(making(keys=f"sk_wrong_one_of_them,{OTHER_KEY}"), tmp_path, TEXT)


async def test_a_voice_nobody_has_is_a_fault_of_the_brief(provider, outside, tmp_path):
    with pytest.raises(VoiceUnknown) as fault:
        await say(provider, tmp_path, TEXT, name="nobody")
    assert (fault.value.code, fault.value.technical) == ("voice_unknown", False)
    assert len(outside.asked) == 2  # another account may have it
    await say(provider, tmp_path, TEXT)
    assert outside.asked[-1].key == KEY


async def test_a_request_that_is_refused_is_told_in_the_service_s_own_word(provider, outside, tmp_path):
    with pytest.raises(BadBrief) as fault:
        await say(provider, tmp_path, TEXT, model="eleven_of_tomorrow")
    assert fault.value.code == "voice_refused"
    assert "model_not_found" in fault.value.message


async def test_a_cancelled_voice_hangs_up_at_once(making, outside, tmp_path):
    outside.always(double.SLOW)
    task = asyncio.create_task(say(making(policy=Policy(tries=1, attempt_s=60)), tmp_path, TEXT))
    await outside.first_asked()
    began = time.monotonic()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await outside.hung_up() - began < SOON_S
    assert list(tmp_path.iterdir()) == []
    outside.forget()
    await say(making(patience_s=0.0), tmp_path, TEXT)  # nobody waits for who has left


async def test_QUAL_02_the_event_loop_goes_on_while_a_voice_is_asked_and_decoded(provider, outside, tmp_path):
    await say(provider, tmp_path, TEXT)  # the double has made its sound
    paused = [await longest_pause(say(provider, tmp_path, TEXT, style=style)) for style in (0.5, 0.6, 0.7, 0.8, 0.9)]
    assert min(paused) < 0.25  # what blocks does so each time; a busy machine, now and then


async def longest_pause(work: Coroutine[Any, Any, Any]) -> float:
    """Seconds for which nothing else came to its turn while the work was done."""
    longest, last = 0.0, time.perf_counter()
    task = asyncio.create_task(work)
    while not task.done():
        await asyncio.sleep(0.005)
        longest, last = max(longest, time.perf_counter() - last), time.perf_counter()
    await task
    return longest


# --- what is paid ------------------------------------------------------------------------------------------------


async def test_STAB_06_a_sentence_is_paid_once_whoever_says_it(making, outside, tmp_path):
    first = await say(making(), tmp_path, "Said before.", "And this is new.")
    sound = first.path.read_bytes()
    second = await say(making(), tmp_path, "Said before.", "And this is new.")
    assert second.path.read_bytes() == sound
    assert second.words == first.words
    await say(making(), tmp_path, "Said before.", "This is newer.")
    assert outside.paid == {"Said before.": 1, "And this is new.": 1, "This is newer.": 1}
    assert outside.paid_characters == len("Said before.And this is new.This is newer.")


async def test_STAB_06_ten_workers_at_once_pay_once(making, outside, tmp_path):
    outside.delay_s = 0.5
    folders = [tmp_path / str(number) for number in range(10)]
    for folder in folders:
        folder.mkdir()
    spoken = await asyncio.gather(*(say(making(), folder, "All at once.", "Two of them.") for folder in folders))
    assert outside.paid == {"All at once.": 1, "Two of them.": 1}
    assert len(outside.asked) == 2
    assert len({said.path.read_bytes() for said in spoken}) == 1


async def test_STAB_06_another_takes_over_when_the_payer_gives_up(making, outside, tmp_path):
    """The first is cancelled in mid-call, the second has waited for it."""
    outside.next(double.SLOW)
    (tmp_path / "other").mkdir()
    first = asyncio.create_task(say(making(), tmp_path, TEXT))
    await outside.first_asked()
    second = asyncio.create_task(say(making(), tmp_path / "other", TEXT))
    await asyncio.sleep(0.3)
    assert len(outside.asked) == 1
    first.cancel()
    await second
    assert len(outside.asked) == 2
    assert outside.paid == {TEXT: 1}


async def test_STAB_06_waiting_for_another_who_asks_in_vain_is_bounded(making, outside, tmp_path):
    outside.always(double.SLOW)
    (tmp_path / "other").mkdir()
    first = asyncio.create_task(say(making(policy=Policy(attempt_s=30)), tmp_path, TEXT))
    await outside.first_asked()
    began = time.monotonic()
    with pytest.raises(OutsideAway):
        await say(making(patience_s=0.5), tmp_path / "other", TEXT)
    assert time.monotonic() - began < SOON_S
    first.cancel()
    await asyncio.wait({first})
    assert len(outside.asked) == 1


async def test_a_kept_answer_whose_sound_is_gone_is_paid_for_anew(making, outside, tmp_path):
    provider = making()
    await say(provider, tmp_path, TEXT)
    async for blob in making.blobs.list():
        await making.blobs.delete(blob.sha256)
    await say(provider, tmp_path, TEXT)
    assert outside.paid == {TEXT: 2}


async def test_a_speed_beyond_what_the_service_takes_is_paid_once(making, outside, tmp_path):
    provider = making()
    for speed in (1.2, 1.5, 2.0):
        await say(provider, tmp_path, "Quick now, quick.", speed=speed)
    assert outside.paid == {"Quick now, quick.": 1}


# --- who speaks instead ------------------------------------------------------------------------------------------

NARRATION = Narration(language="en", phrases=tuple(phrases("Somebody has to say it.", "So be it.")))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def offline() -> AsyncIterator[Any]:
    made = offline_providers()
    yield made
    for provider in made:
        await provider.close()


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (double.SPENT, "quota_exhausted"),
        (double.REFUSED, "key_refused"),
        (double.DOWN, "outside_unavailable"),
        (double.HTML, "outside_nonsense"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_STAB_06_an_offline_voice_speaks_the_whole_instead_if_it_may(
    making, outside, offline, tmp_path, trouble, code
):
    voicing = Voicing(offline, (making(),))
    outside.next(double.Trouble(), *[trouble] * 5)
    outside.next(*[trouble] * 5, key=OTHER_KEY)
    may = CHOICE.model_copy(update={"fallback": "offline"})
    notes: list[str] = []
    voiced = await voicing.voice(NARRATION, may, SilenceRule(), tmp_path, nobody_listens, on_note=notes.append)
    assert (voiced.provider, voiced.voice_name, voiced.makeshift) == ("piper", "en_US-joe-medium", True)
    assert [word.text for word in voiced.words][:2] == ["Somebody", "has"]
    assert len(notes) == 1
    assert notes[0].startswith("piper speaks instead")
    outside.always(trouble)
    with pytest.raises(Fault) as fault:
        await voicing.voice(NARRATION, CHOICE, SilenceRule(), tmp_path, nobody_listens)
    assert fault.value.code == code


async def test_who_could_not_speak_does_once_there_is_quota_again(making, outside, offline, tmp_path):
    voicing = Voicing(offline, (making(),))
    may = CHOICE.model_copy(update={"fallback": "offline"})
    for account in outside.accounts.values():
        account.credits = 0
    assert (await voicing.voice(NARRATION, may, SilenceRule(), tmp_path, nobody_listens)).makeshift
    for account in outside.accounts.values():
        account.credits = None
    making.clock = 301
    voiced = await voicing.voice(NARRATION, may, SilenceRule(), tmp_path, nobody_listens)
    assert (voiced.provider, voiced.voice_name, voiced.makeshift) == ("elevenlabs", VOICE, False)
