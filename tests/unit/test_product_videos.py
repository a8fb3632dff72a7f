"""Products: what is said of them, how long each picture is shown, and what is written beside it."""

from __future__ import annotations

from itertools import pairwise, product
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from contracts.brief import BRIEF, ProductBrief, SubtitleStyle
from contracts.faults import LogicalFault
from contracts.media import Asset, AssetKind, BlobRef, MediaFacts
from contracts.merging import BadTemplate, LacksValue
from contracts.outputs import PresetName, output
from contracts.showcase import _AMOUNT, TEMPLATES, Card, CardLook, Price, Showcase
from contracts.speech import Narration, Phrase, Speech, Word
from contracts.timeline import Clip, Cue, Timeline
from kit.fonts import face
from services.footage.displaying import LONGEST_S, display
from services.render.plan import cards
from services.render.plan.cards.board import Board, Box, board
from services.render.plan.cards.shapes import Shape, Words, ink_on
from services.render.plan.subtitles import canvas
from services.script.narrate import narrated
from services.script.product_texts import product_texts

SPACE = UUID(int=5)
EURO = {"amount": 1, "currency": "EUR"}
PHOTO = MediaFacts(container="jpeg", demuxer="jpeg_pipe", duration_s=0, width=800, height=800)
CUP = {
    "name": "Cup",
    "brand": "Șoim",
    "description": "It keeps coffee warm. Made by hand.",
    "price": {"amount": 99.9, "currency": "RON"},
    "sale_price": {"amount": "79.90", "currency": "RON"},
}


def asset(name: str, seconds: float = 0.0) -> Asset:
    moving = {"container": "mp4", "demuxer": "mov", "duration_s": seconds, "fps": 30.0, "video_codec": "h264"}
    return Asset(
        id=uuid5(SPACE, name),
        owner="u",
        kind=AssetKind.FOOTAGE if seconds else AssetKind.IMAGE,
        name=name,
        blob=BlobRef(sha256=uuid5(SPACE, name).hex * 2, size=9, media_type="image/jpeg"),
        facts=PHOTO.model_copy(update=moving) if seconds else PHOTO,
    )


def brief(*products: dict[str, Any], **changes: Any) -> ProductBrief:
    shown = [{"pictures": [str(uuid5(SPACE, "a"))]} | one for one in products or ({"name": "Cup"},)]
    made = BRIEF.validate_python({"kind": "product", "products": shown} | changes)
    assert isinstance(made, ProductBrief)
    return made


def spoken(seconds: float, *per_product: int) -> tuple[Narration, Speech]:
    """So many phrases of one word for each product, spoken evenly."""
    owners = [place for place, count in enumerate(per_product) for _ in range(count)]
    each = seconds / len(owners)
    phrases = tuple(Phrase(index=place, text="Word.", product=owner) for place, owner in enumerate(owners))
    words = tuple(
        Word(text="Word.", start_s=place * each, end_s=(place + 0.9) * each, phrase=place)
        for place in range(len(owners))
    )
    speech = Speech(duration_s=seconds, words=words, provider="x", voice_name="x", sample_rate_hz=1)
    return Narration(language="en", phrases=phrases), speech


def shown(seconds: float, *pictures: Asset, number: int = 1) -> tuple[Clip, ...]:
    asked = brief({"name": "Cup", "pictures": [str(picture.id) for picture in pictures]})
    return display(*spoken(seconds, 1), pictures, asked, number)[0].clips


class TestPictures:
    def test_one_photo_moves_nearer_and_back_without_a_jump(self):
        clips = shown(20.0, asset("a"))
        assert [clip.move for clip in clips] == ["in", "out", "in", "out"]
        assert all(clip.frames <= LONGEST_S * 30 for clip in clips)

    def test_of_many_photos_only_so_many_are_shown_as_can_be_seen(self):
        pictures = [asset(name) for name in "abcdefghij"]
        clips = shown(8.0, *pictures)
        assert [clip.asset for clip in clips] == [picture.id for picture in pictures[:5]]
        assert {clip.frames for clip in clips} == {48}

    def test_each_variant_begins_with_another_one(self):
        pictures = [asset(name) for name in "abc"]
        assert len({shown(9.0, *pictures, number=number)[0].asset for number in (1, 2, 3)}) == 3

    def test_a_clip_is_never_shown_for_longer_than_it_is(self):
        clips = shown(12.0, asset("a", 2.0), asset("b"))
        assert all(clip.frames <= 58 for clip in clips if not clip.facts.still)

    def test_a_clip_that_is_a_blink_is_refused(self):
        with pytest.raises(LogicalFault, match="too short"):
            shown(5.0, asset("a", 0.3))

    @given(st.floats(0.5, 170), st.lists(st.sampled_from([0.0, 0.6, 2.0, 30.0]), min_size=1, max_size=12))
    @settings(max_examples=60, deadline=None)
    def test_every_frame_has_a_picture(self, seconds: float, lengths: list[float]):
        shown(seconds, *(asset(str(place), length) for place, length in enumerate(lengths)))  # a Timeline checks itself


class TestCardsInTime:
    def test_a_card_lasts_while_its_product_is_spoken_of(self):
        asked = brief({"name": "One"}, {"name": "Two"}, template="collection", call="Buy")
        timeline = display(*spoken(12.0, 1, 3), [asset("a")], asked, 1)[0]
        assert timeline.showcase is not None
        one, two = timeline.showcase.cards
        assert (one.start, one.frames, two.start, two.end) == (0, 87, 87, 360)
        assert (one.call, two.call, two.call_from) == ("", "Buy", 240)

    def test_where_it_is_not_known_all_have_as_long(self):
        asked = brief({"name": "One"}, {"name": "Two"}, template="collection")
        timeline = display(*spoken(12.0, 2), [asset("a")], asked, 1)[0]
        assert timeline.showcase is not None
        assert [card.frames for card in timeline.showcase.cards] == [180, 180]


class TestWords:
    def test_facts_make_sentences_and_what_is_missing_makes_none(self):
        said = product_texts(brief(CUP, language="en", call="Order now"))
        assert said == (
            "Cup, by Șoim. It keeps coffee warm. Made by hand. It was RON\xa099.90. Now it is RON\xa079.90. Order now.",
        )
        assert product_texts(brief({"name": "Cup."})) == ("Cup.",)

    def test_a_sale_begins_with_how_much_less_it_is(self):
        assert product_texts(brief(CUP, language="ro", template="sale"))[0].startswith("Reducere de 20%. Cup, de la")

    def test_a_long_description_ends_with_a_sentence(self):
        said = product_texts(brief({"name": "Cup", "description": "Six words are in this one. " * 30}))[0]
        assert said == "Cup. " + " ".join(["Six words are in this one."] * 7)

    def test_a_script_is_said_of_each_product(self):
        asked = brief({"name": "A"}, {"name": "B"}, template="collection", script="Look at {name}{price|}. Good.")
        narration = narrated(asked, 1)
        assert [(phrase.text, phrase.product) for phrase in narration.phrases] == [
            ("Look at A. Good.", 0),
            ("Look at B. Good.", 1),
        ]
        assert [phrase.index for phrase in narration.phrases] == [0, 1]

    def test_what_can_not_be_filled_is_told(self):
        with pytest.raises(BadTemplate, match="nmae"):
            product_texts(brief(script="{nmae}"))
        with pytest.raises(LacksValue, match="brand"):
            product_texts(brief(script="By {brand}."))
        with pytest.raises(LogicalFault, match="5,000"):
            narrated(brief({"name": "A", "description": "word " * 900}, script="{description} {description}"), 1)


@pytest.mark.parametrize(
    ("product", "reason"),
    [
        ({"name": "  "}, "name"),
        ({"name": "A", "sale_price": {"amount": 1, "currency": "EUR"}}, "needs a price"),
        (
            {"name": "A", "price": {"amount": 1, "currency": "EUR"}, "sale_price": {"amount": 1, "currency": "EUR"}},
            "lower",
        ),
        ({"name": "A", "price": {"amount": -1, "currency": "EUR"}}, "amount"),
    ],
)
def test_a_product_that_makes_no_sense_is_refused(product: dict[str, Any], reason: str):
    with pytest.raises(ValidationError, match=reason):
        brief(product)


@given(st.floats(min_value=0.0001, max_value=1e9, exclude_max=True) | st.from_regex(_AMOUNT, fullmatch=True))
def test_every_amount_as_described_is_taken_and_read_back_as_it_is(amount: float | str):
    price = Price.model_validate({"amount": amount, "currency": "EUR"})
    assert Price.model_validate_json(price.model_dump_json()) == price
    assert abs(float(price.amount) - float(amount)) <= 0.0001


@pytest.mark.parametrize("amount", ["", "0", "0.0000", "1e5", "-1", "+1", "1.23456", ".5", "1\n", 0, 1e-9, 1e9])
def test_what_is_no_amount_is_refused(amount: float | str):
    with pytest.raises(ValidationError, match="amount"):
        Price.model_validate({"amount": amount, "currency": "EUR"})


def test_only_a_collection_shows_several():
    with pytest.raises(ValidationError, match="collection"):
        brief({"name": "A"}, {"name": "B"})


LONG = (
    "Professional waterproof ultra-lightweight Donaudampfschifffahrtsgesellschaftskapitän trekking jacket with "
    "removable hood and eleven pockets, men, XXL, midnight blue"
)
CARDS = {
    "bare": Card(start=0, frames=90, name="A"),
    "usual": Card(
        start=0, frames=90, name="Cană de ceramică „Țărm”", brand="Șoim", price="79,90 lei", old_price="99,90 lei",
        badge="-20 %", call="Comandă acum", number=2, count=3,
    ),
    "long": Card(
        start=0, frames=90, name=LONG, brand="M" * 80, price="1.249.999.999,99 RON", old_price="1.549.999.999,99 RON",
        badge="M" * 20, call="W" * 40, number=12, count=12,
    ),
}  # fmt: skip


EVERY = list(product(TEMPLATES, CARDS, PresetName))


def timeline_of(template: Any, card: Card, style: SubtitleStyle) -> Timeline:
    cue = Cue(words=(Word(text="Word", start_s=0, end_s=1, phrase=0),), start_s=0, end_s=1)
    clip = Clip(asset=SPACE, source=asset("a").blob, facts=PHOTO, source_in_s=0, start=0, frames=90, phrase=0)
    look = CardLook(font="Poppins")
    showcase = Showcase(template=template, look=look, cards=(card,))
    return Timeline(frames=90, clips=(clip,), cues=(cue,), subtitles=style, showcase=showcase)


def extent(shape: Shape, on: Board) -> Box:
    """What a shape covers; of words from the height of a capital to the baseline."""
    if not isinstance(shape, Words):
        return shape.box
    wide = on.face.width(shape.text) * shape.size
    return Box(shape.x - (wide / 2 if shape.centred else 0), shape.y - shape.size * 0.7, wide, shape.size * 0.7)


@pytest.mark.parametrize(("template", "name", "preset"), EVERY)
@pytest.mark.parametrize("size", [48, 110])
def test_all_that_is_written_lies_in_the_safe_zone_and_above_the_subtitles(
    template: Any, name: str, preset: PresetName, size: int
):
    timeline = timeline_of(template, CARDS[name], SubtitleStyle(size=size))
    on = board(timeline, canvas(output(preset)), face("Poppins"))
    shapes = list(cards.DRAWN_BY[template].drawn(CARDS[name], CardLook(), on))
    texts = [extent(shape, on) for shape in shapes if isinstance(shape, Words)]
    assert texts
    for box in texts:
        assert box.x >= on.safe.x - 1
        assert box.right <= on.safe.right + 1
        assert box.y >= on.safe.y - 1
        assert box.bottom <= on.floor + 1


@pytest.mark.parametrize(("template", "name", "preset"), EVERY)
def test_no_line_lies_on_another(template: Any, name: str, preset: PresetName):
    timeline = timeline_of(template, CARDS[name], SubtitleStyle())
    on = board(timeline, canvas(output(preset)), face("Poppins"))
    words = [shape for shape in cards.DRAWN_BY[template].drawn(CARDS[name], CardLook(), on) if isinstance(shape, Words)]
    boxes = sorted((extent(shape, on) for shape in words), key=lambda box: box.y)
    for above, below in pairwise(boxes):
        apart = below.y >= above.bottom - 0.5 or below.x >= above.right or above.x >= below.right
        assert apart, (above, below)


def test_every_template_has_its_file():
    assert set(cards.DRAWN_BY) == set(TEMPLATES)
    assert [module.__name__.rpartition(".")[2] for module in cards.DRAWN_BY.values()] == list(TEMPLATES)


def test_words_on_a_colour_are_dark_or_light_as_is_read_better():
    assert (ink_on("#FFD60A"), ink_on("#7A1020"), ink_on("#FFFFFF"), ink_on("#000000")) == (
        *("#101214", "#FFFFFF"),
        *("#101214", "#FFFFFF"),
    )
