"""A ready script becomes the narration of a variant. Pure."""

from __future__ import annotations

from contracts.speech import Narration
from services.script.cleaning import clean
from services.script.phrases import split


def narrate(script: str, language: str, number: int) -> Narration:
    """The words of variant ``number`` (1..n). With a script given by the user all variants speak the same words.

    Raises:
        LogicalFault: the script has no word to speak (``script_empty``).
    """
    return Narration(language=language, phrases=split(clean(script), language))
