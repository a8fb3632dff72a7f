"""What is said of a product: a text with merge fields, or a few sentences made of its facts. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contracts.brief import ProductBrief
from contracts.merging import check, template
from contracts.naming import merge_values
from contracts.showcase import ShownProduct

# What a text may name: the facts of a product by the names of its fields, and its name.
NAMES = frozenset({"name", "title", "brand", "description", "price", "old_price", "discount"})

_ABOUT_WORDS, _ABOUT_WORDS_OF_MANY = 45, 16  # taken of a description, in whole sentences
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]+|[^.!?…]+$")


@dataclass(frozen=True, slots=True)
class _Wordings:
    """Sentences of one language. What a product has no fact for is left out."""

    made_by: str
    costs: str
    was: str
    off: str


_IN = {
    "en": _Wordings("{name}, by {brand}.", "For {price}.", "It was {old_price}. Now it is {price}.", "{percent}% off."),
    "ro": _Wordings(
        "{name}, de la {brand}.", "La {price}.", "A fost {old_price}. Acum este {price}.", "Reducere de {percent}%."
    ),
    "de": _Wordings(
        "{name}, von {brand}.", "Für {price}.", "Bisher {old_price}. Jetzt nur {price}.", "{percent} % günstiger."
    ),
    "fr": _Wordings(
        "{name}, par {brand}.", "À {price}.", "Avant, {old_price}. Maintenant, {price}.", "{percent} % de remise."
    ),
    "es": _Wordings(
        "{name}, de {brand}.", "Por {price}.", "Antes, {old_price}. Ahora, {price}.", "{percent} % de descuento."
    ),
    "it": _Wordings("{name}, di {brand}.", "A {price}.", "Prima {old_price}. Ora {price}.", "Sconto del {percent}%."),
}
_ELSEWHERE = _Wordings("{name}, {brand}.", "{price}.", "{old_price} → {price}.", "-{percent}%.")


def product_texts(brief: ProductBrief) -> tuple[str, ...]:
    """What is said of each product, in order; the call to action ends the last one.

    Raises:
        BadTemplate: the script names no such field, or can't be read.
        LacksValue: a product has nothing for a field of it.
    """
    if not brief.script:
        return tuple(" ".join(_written(brief, place)) for place in range(len(brief.products)))
    asked = template(brief.script)
    check(asked, NAMES)
    return tuple(asked.filled(_values(product, brief.language)) for product in brief.products)


def _values(product: ShownProduct, language: str) -> dict[str, str]:
    facts = merge_values(product.product, language)
    known = {name: facts[name] for name in NAMES if name in facts}
    return known | {"name": facts["title"], "percent": "".join(re.findall(r"\d", facts["discount"]))}


def _written(brief: ProductBrief, place: int) -> Iterator[str]:
    """Sentence by sentence."""
    values = _values(brief.products[place], brief.language)
    values["name"] = values["name"].rstrip(" .!?")
    wordings = _IN.get(brief.language.partition("-")[0], _ELSEWHERE)
    many = len(brief.products) > 1
    if brief.template == "sale" and values["percent"]:
        yield _filled(wordings.off, values)
    yield _filled(wordings.made_by if values["brand"] and not many else "{name}.", values)
    yield from _about(values["description"], _ABOUT_WORDS_OF_MANY if many else _ABOUT_WORDS)
    if values["price"]:
        yield _filled(wordings.was if values["old_price"] else wordings.costs, values)
    if brief.call and place == len(brief.products) - 1:
        yield brief.call.rstrip(" .") + "."


def _filled(wording: str, values: Mapping[str, str]) -> str:
    return template(wording).filled(values)


def _about(description: str, most: int) -> Iterator[str]:
    """Its first whole sentences, as long as they are few words."""
    words = 0
    for found in _SENTENCE.findall(" ".join(description.split())):
        words += len(found.split())
        if words > most:
            return
        yield found.strip()
