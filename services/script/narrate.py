"""What a brief has to say becomes the narration of a variant. Pure."""

from __future__ import annotations

from contracts.brief import SCRIPT_MAX_CHARS, Brief, ProductBrief
from contracts.faults import LogicalFault
from contracts.speech import Narration, Phrase
from services.script.cleaning import clean
from services.script.phrases import split
from services.script.product_texts import product_texts


def narrate(script: str, language: str, number: int) -> Narration:
    """The words of variant ``number`` (1..n). With a script given by the user all variants speak the same words.

    Raises:
        LogicalFault: the script has no word to speak (``script_empty``).
    """
    return Narration(language=language, phrases=split(clean(script), language))


def narrated(brief: Brief, number: int) -> Narration:
    """The same of a brief of any kind; no phrase where footage speaks for itself.

    Raises:
        LogicalFault: as ``narrate``, and as ``product_texts``; ``script_too_long``.
    """
    if isinstance(brief, ProductBrief):
        return _of_products(brief, number)
    if not brief.script:
        return Narration(language=brief.language, phrases=())
    return narrate(brief.script, brief.language, number)


def _of_products(brief: ProductBrief, number: int) -> Narration:
    """Product by product, so that each phrase is known to belong to one."""
    texts = product_texts(brief)
    if (length := sum(map(len, texts))) > SCRIPT_MAX_CHARS:
        raise LogicalFault(
            f"with its fields filled the script has {length:,} characters; at most {SCRIPT_MAX_CHARS:,} are spoken",
            code="script_too_long",
        )
    phrases: list[Phrase] = []
    for place, text in enumerate(texts):
        for phrase in narrate(text, brief.language, number).phrases:
            phrases.append(Phrase(index=len(phrases), text=phrase.text, product=place))
    return Narration(language=brief.language, phrases=tuple(phrases))
