r"""Words as libass must be told them. Text is data.

``{`` and ``}`` are escaped, and after each backslash stands a word joiner, which draws nothing, so that no backslash
forms a command with what follows.
"""

from __future__ import annotations

import unicodedata

_JOINER = "\u2060"


def as_data(text: str) -> str:
    """Text as libass must be told it, so that exactly this is drawn."""
    plain = "".join(" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in text)
    return plain.replace("\\", "\\" + _JOINER).replace("{", "\\{").replace("}", "\\}")


def colour(rgb: str) -> str:
    """``#RRGGBB`` as ASS has it: ``&H00BBGGRR``, opaque."""
    return f"&H00{rgb[5:7]}{rgb[3:5]}{rgb[1:3]}".upper()


def alpha(opacity: float) -> str:
    """How see-through, as ASS has it: 00 is opaque, FF is nothing."""
    return f"&H{round((1 - opacity) * 255):02X}&"
