"""The side of piper that runs apart: a script, never imported. One JSON line in, one JSON line out.

In:  {"text", "words": [...], "length_scale", "seed"}
Out: {"rate_hz", "samples", "phonemes": [[phoneme, samples], ...], "words": ["its phonemes", ...],
"sound": raw float32 samples in base64}, or {"error"}. It writes no file: the cage it runs in lets it write none.

Piper (GPL-3.0-or-later) and espeak-ng live only in this process. The model's two sources of chance are replaced by
noise that is fed in, so that the same seed and text give the same sound.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper
from piper import PiperConfig, PiperVoice
from piper.patch_voice_with_alignment import add_alignment_output

NOISE = "edit_factory_noise"
NOISE_LENGTH = 1 << 18  # numbers; read round and round. 192 for each 12 ms of sound: 16 s before the first one returns
SECOND_SOURCE_AT = 7919  # where the next node starts to read, so that the sources are not the same


def main() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints is no answer
    speaker = Speaker(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
    for line in sys.stdin:
        try:
            answer = speaker.speak(json.loads(line))
        except Exception as error:  # noqa: BLE001  (told to the other side, which decides)
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


class Speaker:
    """A loaded voice."""

    def __init__(self, model: Path, config: Path, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # cores are shared with encoders
        session = onnxruntime.InferenceSession(_prepared(model), options, providers=["CPUExecutionProvider"])
        settings = PiperConfig.from_dict(json.loads(config.read_text(encoding="utf-8")))
        self._voice = PiperVoice(session=session, config=settings)
        self._inputs = {given.name for given in session.get_inputs()}
        self._alone = lru_cache(maxsize=4096)(self._phonemes)

    def speak(self, question: dict[str, Any]) -> dict[str, Any]:
        sounds: list[np.ndarray[Any, np.dtype[np.float32]]] = []
        phonemes: list[tuple[str, int]] = []
        for part, sentence in enumerate(self._voice.phonemize(question["text"])):
            if sentence:
                samples, lengths = self._sound(sentence, question["length_scale"], question["seed"] + part)
                sounds.append(samples)
                phonemes.extend(lengths)
        whole = np.concatenate(sounds) if sounds else np.zeros(0, np.float32)
        return {
            "rate_hz": self._voice.config.sample_rate,
            "samples": len(whole),
            "phonemes": phonemes,
            "words": [self._alone(word) for word in question["words"]],
            "sound": base64.b64encode(whole.tobytes()).decode("ascii"),
        }

    def _phonemes(self, word: str) -> str:
        return "".join(phoneme for sentence in self._voice.phonemize(word) for phoneme in sentence)

    def _sound(
        self, sentence: list[str], length_scale: float, seed: int
    ) -> tuple[np.ndarray[Any, np.dtype[np.float32]], list[tuple[str, int]]]:
        config = self._voice.config
        ids = np.array([self._voice.phonemes_to_ids(sentence)], dtype=np.int64)
        scales = [config.noise_scale, config.length_scale * length_scale, config.noise_w_scale]
        given: dict[str, Any] = {
            "input": ids,
            "input_lengths": np.array([ids.shape[1]], dtype=np.int64),
            "scales": np.array(scales, dtype=np.float32),
        }
        if config.num_speakers > 1:
            given["sid"] = np.array([config.default_speaker_id], dtype=np.int64)
        if NOISE in self._inputs:
            given[NOISE] = np.random.default_rng(seed).standard_normal(NOISE_LENGTH, dtype=np.float32)
        audio, frames = self._voice.session.run(None, given)[:2]
        samples = audio.reshape(-1).astype(np.float32)
        lengths = (frames.reshape(-1) * config.hop_length).astype(int).tolist()
        return samples, list(_by_phoneme(sentence, lengths, config.phoneme_id_map))


def _by_phoneme(
    sentence: list[str], lengths: list[int], id_map: dict[str, list[int]] | Any
) -> Iterator[tuple[str, int]]:
    """Lengths of ids as lengths of phonemes. Each one's ids are followed by a pad; unknown phonemes have no id."""
    pad = len(id_map.get("_", []))
    at = 0
    for phoneme in ("^", *sentence, "$"):
        ids = id_map.get(phoneme)
        if ids is None:
            continue
        count = len(ids) + (pad if phoneme != "$" else 0)
        yield phoneme, sum(lengths[at : at + count])
        at += count
    if at != len(lengths):
        raise ValueError("the voice's phonemes and their lengths do not match")


def _prepared(model_path: Path) -> bytes:
    """The model with lengths of phonemes as a second output and its random numbers as an input."""
    model = onnx.load(str(model_path))
    add_alignment_output(model)
    nodes: list[onnx.NodeProto] = []
    sources = 0
    for node in model.graph.node:
        if node.op_type == "RandomNormalLike":
            nodes.extend(_fed(node, SECOND_SOURCE_AT * sources))
            sources += 1
        else:
            nodes.append(node)
    if sources:
        model.graph.input.append(helper.make_tensor_value_info(NOISE, TensorProto.FLOAT, ["n"]))
        del model.graph.node[:]
        model.graph.node.extend(nodes)
    return bytes(model.SerializeToString())


def _fed(node: onnx.NodeProto, offset: int) -> list[onnx.NodeProto]:
    """Nodes that give what ``node`` gave, its shape filled from the noise: noise[(offset + i) mod length]."""
    shaped, result = node.input[0], node.output[0]

    def name(what: str) -> str:
        return f"{result}_fed_{what}"

    def constant(what: str, value: int) -> onnx.NodeProto:
        tensor = helper.make_tensor(name(what), TensorProto.INT64, (), [value])
        return helper.make_node("Constant", [], [name(what)], value=tensor)

    return [
        constant("first", offset),
        constant("one", 1),
        helper.make_node("Size", [shaped], [name("size")]),
        helper.make_node("Add", [name("first"), name("size")], [name("last")]),
        helper.make_node("Range", [name("first"), name("last"), name("one")], [name("positions")]),
        helper.make_node("Size", [NOISE], [name("length")]),
        helper.make_node("Mod", [name("positions"), name("length")], [name("round")]),
        helper.make_node("Gather", [NOISE, name("round")], [name("flat")], axis=0),
        helper.make_node("Shape", [shaped], [name("shape")]),
        helper.make_node("Reshape", [name("flat"), name("shape")], [result]),
    ]


if __name__ == "__main__":
    main()
