import asyncio
import json
import shutil

import pytest
import pytest_asyncio

from contracts.faults import TechnicalFault
from services.tts.providers.piper import Piper
from tests.providers.suite import ProviderSuite, children_running, nobody_listens, phrases


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def provider():
    piper = Piper()
    yield piper
    await piper.close()


class TestPiper(ProviderSuite):
    script = "piper_child.py"

    def fresh(self):
        return Piper()

    async def test_a_voice_that_is_cut_off_leaves_no_process_and_speaks_again(self, provider, tmp_path):
        long = asyncio.create_task(self.say(provider, tmp_path, " ".join(["many words"] * 300)))
        await asyncio.sleep(0.3)
        long.cancel()
        with pytest.raises(asyncio.CancelledError):
            await long
        assert list(tmp_path.iterdir()) == []
        assert (await self.say(provider, tmp_path, "Fine.")).words[0].text == "Fine."


async def test_a_quiet_child_is_ended(tmp_path):
    before = set(children_running("piper_child.py"))
    piper = Piper(idle_s=0.1)
    await piper.speak(phrases("Fine."), piper.voices()[0], 1.0, tmp_path, nobody_listens)
    for _ in range(600):
        await asyncio.sleep(0.05)
        if set(children_running("piper_child.py")) <= before:  # an earlier one may end meanwhile
            break
    assert set(children_running("piper_child.py")) <= before
    await piper.close()


def test_voices_in_a_folder_are_found_and_broken_ones_left_out(tmp_path, caplog):
    own = next(iter(Piper()._models.values()))
    shutil.copy(own.config, tmp_path / "de_DE-eva-low.onnx.json")
    settings = json.loads(own.config.read_text()) | {"espeak": {"voice": "de"}}
    (tmp_path / "de_DE-eva-low.onnx.json").write_text(json.dumps(settings))
    (tmp_path / "de_DE-eva-low.onnx").write_bytes(b"a model")
    (tmp_path / "no-settings.onnx").write_bytes(b"a model")
    (tmp_path / "half.onnx").write_bytes(b"a model")
    (tmp_path / "half.onnx.json").write_text('{"espeak": {}')
    names = {voice.name: voice for voice in Piper(tmp_path).voices()}
    assert set(names) == {own.voice.name, "de_DE-eva-low"}
    assert (names["de_DE-eva-low"].language, names["de_DE-eva-low"].title) == ("de", "Eva")
    assert names["de_DE-eva-low"].fingerprint != Piper().voices()[0].fingerprint
    assert "no-settings.onnx" in caplog.text
    assert "half.onnx" in caplog.text


async def test_a_model_that_is_none_is_a_technical_fault_without_a_path(tmp_path):
    own = next(iter(Piper()._models.values()))
    shutil.copy(own.config, tmp_path / "bad.onnx.json")
    (tmp_path / "bad.onnx").write_bytes(b"not a model")
    piper = Piper(tmp_path)
    bad = next(voice for voice in piper.voices() if voice.name == "bad")
    with pytest.raises(TechnicalFault) as fault:
        await piper.speak(phrases("Fine."), bad, 1.0, tmp_path, nobody_listens)
    assert "/" not in fault.value.message
    await piper.close()
