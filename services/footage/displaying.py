"""Products become a timeline: each with its pictures and its card for as long as it is spoken of. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle, islice, pairwise
from uuid import UUID

from contracts.brief import ProductBrief
from contracts.faults import LogicalFault
from contracts.looks import Move
from contracts.media import Asset
from contracts.naming import merge_values
from contracts.outputs import FPS
from contracts.showcase import Card, Showcase, ShownProduct
from contracts.speech import Narration, Speech, Word
from contracts.timeline import Candidate, Clip, Match, MatchReport, Timeline, VoiceTrack
from services.footage.planning import subtitled
from services.footage.shots import frame_count
from services.footage.takes import GUARD_S

LEAD_S = 0.1  # a product is seen a moment before it is spoken of
LONGEST_S = 6.0  # one picture at a stretch
SHORTEST_S = 1.6  # less is not seen; then some pictures are left out
CALL_S = 4.0  # how long the call to action stands at the end

_BACK_AND_FORTH: tuple[Move, ...] = ("in", "out")  # of one picture alone: where one move ends the next one begins


def display(
    narration: Narration, speech: Speech, clips: Sequence[Asset], brief: ProductBrief, number: int
) -> tuple[Timeline, MatchReport]:
    """The edit of variant ``number`` (1..n), which begins with another picture of each product than the others.

    Raises:
        LogicalFault: a clip is too short to be shown (``footage_too_short``).
    """
    frames = frame_count(speech.duration_s, FPS)
    spans = _spans(narration, speech.words, len(brief.products), frames)
    known = {asset.id: asset for asset in clips}
    shown: list[Clip] = []
    for place, (product, (start, end)) in enumerate(zip(brief.products, pairwise(spans), strict=True)):
        pictures = [known[picture] for picture in product.shown]
        turn = (number - 1) % len(pictures)
        phrase = next((phrase.index for phrase in narration.phrases if phrase.product == place), 0)
        shown += _pictures((*pictures[turn:], *pictures[:turn]), start, end, phrase)
    timeline = Timeline(
        fps=FPS,
        frames=frames,
        clips=tuple(shown),
        cues=subtitled(speech.words, brief.subtitles, frames / FPS),
        subtitles=brief.subtitles,
        voice=None if speech.voice is None else VoiceTrack(source=speech.voice, duration_s=speech.duration_s),
        showcase=showcase(brief, spans),
    )
    return timeline, _report(narration, brief, shown, known, spans)


def showcase(brief: ProductBrief, spans: Sequence[int]) -> Showcase:
    """What is written about the products: one card each, between the ``spans`` (frames)."""
    cards = tuple(_card(brief, place, start, end) for place, (start, end) in enumerate(pairwise(spans)) if start < end)
    return Showcase(template=brief.template, look=brief.look, cards=cards)


def _card(brief: ProductBrief, place: int, start: int, end: int) -> Card:
    product, last = brief.products[place], place == len(brief.products) - 1
    facts = merge_values(product.product, brief.language)
    return Card(
        start=start,
        frames=end - start,
        name=" ".join(product.name.split()),
        brand=product.brand.strip(),
        price=facts["price"],
        old_price=facts["old_price"],
        badge=_badge(product, facts["discount"]),
        call=brief.call.strip() if last else "",
        call_from=max(start, end - round(CALL_S * FPS)),
        number=place + 1,
        count=len(brief.products),
    )


def _badge(product: ShownProduct, discount: str) -> str:
    return product.badge.strip() or discount


def _spans(narration: Narration, words: Sequence[Word], count: int, frames: int) -> tuple[int, ...]:
    """Where each product begins, and the end. If it is not known of each when it is spoken of, all have as long."""
    first_words: dict[int, float] = {}
    of_phrase = {phrase.index: phrase.product for phrase in narration.phrases}
    for word in words:
        first_words.setdefault(of_phrase.get(word.phrase, 0), word.start_s)
    if sorted(first_words) != list(range(count)):
        return tuple(round(frames * place / count) for place in range(count + 1))
    begins = [round(max(0.0, first_words[place] - LEAD_S) * FPS) for place in range(1, count)]
    return 0, *(min(begin, frames) for begin in begins), frames


def _pictures(pictures: Sequence[Asset], start: int, end: int, phrase: int) -> Iterator[Clip]:
    """Pictures over a span, one after the other and again from the first one if they are too few."""
    if end <= start:
        return
    lengths = _lengths(pictures, end - start)
    alone = len({picture.id for picture in pictures}) == 1
    at = start
    for place, (picture, frames) in enumerate(zip(cycle(pictures), lengths, strict=False)):
        move = _BACK_AND_FORTH[place % 2] if alone and picture.facts.still else None
        yield Clip(
            asset=picture.id,
            source=picture.blob,
            facts=picture.facts,
            source_in_s=0.0,
            start=at,
            frames=frames,
            phrase=phrase,
            move=move,
        )
        at += frames


def _lengths(pictures: Sequence[Asset], frames: int) -> list[int]:
    """How many frames each picture is shown, in turn: alike, but no clip for longer than it is."""
    shortest, longest = round(SHORTEST_S * FPS), round(LONGEST_S * FPS)
    seen = max(1, min(len(pictures), frames // shortest))
    count = max(seen, -(-frames // longest))
    most = [_most(picture) for picture in islice(cycle(pictures), count)]
    while sum(most) < frames:
        most.append(_most(pictures[len(most) % len(pictures)]))
    lengths: list[int] = []
    left = frames
    for place, room in enumerate(most):
        fair = left / (len(most) - place)
        rest = sum(most[place + 1 :])
        length = min(room, max(round(fair), left - rest, 1), left)
        lengths.append(length)
        left -= length
    return [length for length in lengths if length]


def _most(picture: Asset) -> int:
    """Frames that a picture can be shown at a stretch."""
    if picture.facts.still:
        return round(LONGEST_S * FPS)
    frames = int(max(0.0, picture.facts.duration_s - GUARD_S) * FPS)
    if frames < round(0.5 * FPS):
        raise LogicalFault(f"{picture.name} is too short to be shown", code="footage_too_short")
    return frames


def _report(
    narration: Narration, brief: ProductBrief, clips: Sequence[Clip], known: dict[UUID, Asset], spans: Sequence[int]
) -> MatchReport:
    matches = []
    for phrase in narration.phrases:
        place = min(phrase.product, len(spans) - 2)
        clip = next((clip for clip in clips if clip.start >= spans[place]), clips[-1])
        chosen = Candidate(
            asset=clip.asset, name=known[clip.asset].name, source_in_s=clip.source_in_s, score=1.0, parts={}
        )
        reason = f"a picture of {brief.products[place].name}, in the order they were given"
        matches.append(Match(phrase=phrase.index, text=phrase.text, chosen=chosen, runners_up=(), reason=reason))
    return MatchReport(matches=tuple(matches))
