"""A template and a row become a brief, or a fault that says where."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from contracts.batching import BadRow, BatchRow, Pattern, WrongTemplate, label_of, made_of, patched, row_job
from contracts.brief import FootageBrief, ProductBrief, ScriptBrief
from contracts.faults import FaultReport
from contracts.product import Money, Product
from contracts.showcase import Price, ShownProduct

CLIP = "8f9d2b34-6c1e-5a57-9e0b-2f6a7d3c4e51"
SOCKS = Product(
    id="A1",
    title="Wool {socks}",
    brand="Knit",
    price=Money(amount=Decimal("12.50"), currency="EUR"),
    link="https://x.example",
)
SHOWN = ShownProduct(
    name="Wool {socks}",
    picture_urls=("https://x.example/a.jpg",),
    price=Price(amount=Decimal("12.50"), currency="EUR"),
)


def row(**given: Any) -> BatchRow:
    return BatchRow.model_validate({"number": 1, "key": "A1", "label": "one"} | given)


def spelled(template: dict[str, Any], of: BatchRow) -> Any:
    return Pattern(template).spelled(of)


def test_any_text_of_a_brief_has_fields():
    brief = spelled(
        {"title": "{name}", "script": "{name}, {price|free}.", "footage": ["{clip}"], "project": "p-{id}"},
        row(values={"name": "Soft socks", "price": " ", "clip": CLIP, "id": "7"}),
    )
    assert isinstance(brief, ScriptBrief)
    assert (brief.title, brief.script, brief.project) == ("Soft socks", "Soft socks, free.", "p-7")
    assert [str(clip) for clip in brief.footage] == [CLIP]


def test_a_field_that_is_all_of_a_text_may_stand_for_a_number_or_a_list():
    brief = spelled(
        {"kind": "footage", "footage": "{clips}", "length_s": "{length}", "title": "{length}", "variants": "{many}"},
        row(values={"clips": f'["{CLIP}"]', "length": "12.5", "many": "2"}),
    )
    assert isinstance(brief, FootageBrief)
    assert (brief.length_s, brief.title, brief.variants) == (12.5, "12.5", 2)


def test_values_are_data():
    brief = spelled({"script": "{a} {{b}}", "footage": [CLIP]}, row(values={"a": "{b} }} {", "b": "never"}))
    assert brief.script == "{b} }} { {b}"


def test_a_row_shows_its_product():
    brief = spelled({"kind": "product", "script": "{name} for {price}: {link}"}, row(product=SOCKS, shown=SHOWN))
    assert isinstance(brief, ProductBrief)
    assert brief.products == (SHOWN,)
    assert brief.script == "Wool {{socks}} for €12.50: https://x.example"  # the station fills it once more


def test_a_product_without_pictures_still_fills_other_briefs():
    bare = row(product=SOCKS, not_shown=FaultReport(code="product_without_image", message="no"))
    assert spelled({"script": "{title}.", "footage": [CLIP]}, bare).script == "Wool {socks}."


def test_prices_are_written_as_the_brief_s_language_writes_them():
    template = {"kind": "product", "script": "{price}", "language": "de"}
    assert spelled(template, row(product=SOCKS, shown=SHOWN)).script == "12,50\u00a0€"
    assert spelled(template, row(product=SOCKS, shown=SHOWN, overrides=({"language": "en"},))).script == "€12.50"


def test_products_of_the_template_itself_leave_their_fields_to_the_station():
    template = {
        "kind": "product",
        "script": "{name|it} for {price}, says {who}",
        "products": [{"name": "{what}", "picture_urls": ["{image}"]}],
    }
    given = row(values={"who": "{Ann}", "what": "Socks", "image": "https://x.example/a.jpg"})
    Pattern(template).check_names(frozenset(given.values))
    brief = spelled(template, given)
    assert brief.script == "{name|it} for {price}, says {{Ann}}"
    assert brief.products[0].name == "Socks"


def test_cells_and_overrides_change_fields_the_last_word_has_the_request():
    cells = {"title": "2024", "encoder.crf": "22", "variants": "2", "presets": '["reels"]'}
    brief = spelled(
        {"script": "Hi", "footage": [CLIP], "music": {"asset": CLIP}},
        row(cells=cells, overrides=({"variants": 3, "music": None, "encoder": {"speed": "slow"}, "script": "{name}"},)),
    )
    assert (brief.title, brief.variants, brief.music, brief.script) == ("2024", 3, None, "{name}")
    assert (brief.encoder.crf, brief.encoder.speed) == (22, "slow")
    assert [preset.value for preset in brief.presets] == ["reels"]


@pytest.mark.parametrize(
    ("template", "given", "code", "pointer"),
    [
        ({"script": "{a}", "footage": [CLIP]}, {"values": {"a": ""}}, "merge_field_empty", "/script"),
        ({"script": "{a}", "footage": [CLIP]}, {"values": {"a": "x" * 6000}}, "row_invalid", "/script"),
        ({"script": "Hi", "footage": ["{a}"]}, {"values": {"a": "no id"}}, "row_invalid", "/footage/0"),
        ({"script": "Hi", "footage": [CLIP]}, {"cells": {"variants": "many"}}, "row_invalid", "/variants"),
        ({"script": "Hi", "footage": [CLIP]}, {"cells": {"colour": "red"}}, "row_invalid", "/colour"),
        ({"script": "Hi"}, {"fault": FaultReport(code="row_unreadable", message="no")}, "row_unreadable", ""),
        ({"kind": "product"}, {}, "row_invalid", "/products"),
        (
            {"kind": "product"},
            {"product": SOCKS, "not_shown": FaultReport(code="product_without_image", message="no")},
            "product_without_image",
            "/products",
        ),
    ],
)
def test_a_bad_row_says_where(template: dict[str, Any], given: dict[str, Any], code: str, pointer: str):
    with pytest.raises(BadRow) as bad:
        spelled(template, row(**given))
    assert (bad.value.code, bad.value.pointer) == (code, pointer)


@pytest.mark.parametrize(
    ("template", "pointer"),
    [
        ({"script": "Hi {name}"}, "/footage"),
        ({"script": "Hi {name}", "footage": [CLIP], "foo": 1}, "/foo"),
        ({"script": "Hi {name}", "footage": [CLIP], "variants": 99}, "/variants"),
        ({"kind": "sonnet"}, "/kind"),
        ({"kind": "product", "template": "huge"}, "/template"),
    ],
)
def test_what_no_row_has_a_say_in_is_the_template_s_fault(template: dict[str, Any], pointer: str):
    given = row(values={"name": "x"}, product=SOCKS, shown=SHOWN)
    found = Pattern(template).complaints(given)
    assert [each.pointer for each in found] == [pointer]


def test_what_a_row_says_is_not_the_template_s_fault():
    pattern = Pattern({"script": "{a}", "footage": ["{clip}"], "encoder": {"crf": 20}})
    assert pattern.complaints(row(values={"a": "", "clip": CLIP})) == ()
    assert pattern.complaints(row(values={"a": "Hi", "clip": "no"})) == ()
    assert pattern.complaints(row(values={"a": "Hi", "clip": CLIP}, cells={"variants": "no"})) == ()
    assert pattern.complaints(row(values={"a": "Hi", "clip": CLIP}, overrides=({"encoder": {"crf": 99}},))) == ()


def test_fields_that_no_row_has_are_refused_with_what_there_is():
    pattern = Pattern({"script": "{titel} {price}", "footage": [CLIP], "title": "{x"[:0] + "{y}"})
    with pytest.raises(WrongTemplate) as wrong:
        pattern.check_names(frozenset({"title", "price"}))
    assert [each.pointer for each in wrong.value.complaints] == ["/script", "/title"]
    assert "price, title" in wrong.value.message


def test_a_template_is_checked_whole():
    with pytest.raises(WrongTemplate) as wrong:
        Pattern({"script": "{a", "subtitles": {"font": "a}"}})
    assert [each.pointer for each in wrong.value.complaints] == ["/script", "/subtitles/font"]
    deep: dict[str, Any] = {}
    for _ in range(30):
        deep = {"a": deep}
    with pytest.raises(WrongTemplate, match="too deep"):
        Pattern(deep)
    with pytest.raises(WrongTemplate, match="65,536"):
        Pattern({"script": "x" * 70_000})


@pytest.mark.parametrize(
    ("target", "patch", "result"),
    [
        ({"a": 1}, {"a": None, "b": 2}, {"b": 2}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": None}}, {"a": {"c": 2}}),
        ({"a": [1, 2]}, {"a": [3]}, {"a": [3]}),
        ({"a": "x"}, {"a": {"b": 1}}, {"a": {"b": 1}}),
        ("x", {"a": {"b": None}}, {"a": {}}),
        ({"a": 1}, "x", "x"),
    ],
)
def test_merge_patch(target: Any, patch: Any, result: Any):
    assert patched(target, patch) == result


def test_a_row_s_job_is_the_same_however_often_it_is_asked_for():
    batch = uuid4()
    assert row_job(batch, "1", 0) == row_job(batch, "1", 0)
    others = {row_job(batch, "2", 0), row_job(batch, "1", 1), row_job(batch, "1/1", 0), row_job(uuid4(), "1", 0)}
    assert len({row_job(batch, "1", 0), *others}) == 5


def test_what_a_video_is_made_of():
    one = row(product=SOCKS, number=1)
    assert made_of("t", one) == made_of("t", one.model_copy(update={"number": 2}))
    changed = SOCKS.model_copy(update={"title": "Other"})
    others = [row(product=changed), row(product=SOCKS, overrides=({"title": "x"},))]
    assert len({made_of("t", one), made_of("u", one), *(made_of("t", other) for other in others)}) == 4


def test_labels():
    assert label_of({"price": "5", "title": " Soft\n socks "}, "k") == "Soft socks"
    assert label_of({"price": "5"}, "k") == "5"
    assert label_of({}, "k") == "k"
