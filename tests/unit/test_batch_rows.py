"""Rows of a batch out of tables and products."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from contracts.batching import BatchRow, Pattern
from contracts.product import Product
from services.catalog.batch_rows import columns_of, from_lines, from_products, from_table, overridden
from services.catalog.rows import BadFeed

ON = datetime(2026, 1, 2, tzinfo=UTC)
CLIP = "8f9d2b34-6c1e-5a57-9e0b-2f6a7d3c4e51"


def table(text: str, *, products: bool = False) -> list[BatchRow]:
    data = text.encode()
    pieces = [data[place : place + 7] for place in range(0, len(data), 7)]
    return list(from_table(pieces, ON, products=products))


def test_columns_become_values():
    one, two = table("Sale Price;Name;id\n5 lei;Șosete;a\n;Căciulă;\n")
    assert (one.number, one.key, one.label) == (1, "a", "Șosete")
    assert one.values == {"sale_price": "5 lei", "name": "Șosete", "id": "a"}
    assert (two.number, two.key, two.values) == (2, "2", {"name": "Căciulă"})


def test_columns_of_the_brief_override_it():
    (row,) = table('name,brief.encoder.crf,Brief.Title,brief.footage\nSocks,22,,"[""' + CLIP + '""]"\n')
    assert row.cells == {"encoder.crf": "22", "footage": f'["{CLIP}"]'}
    brief = Pattern({"script": "{name}"}).spelled(row)
    assert (brief.encoder.crf, [str(clip) for clip in brief.footage]) == (22, [CLIP])


def test_a_row_that_can_t_be_read_is_one_bad_row():
    rows = table("name,id\nSocks,a\nToo,many,cells\nHat,b\n")
    assert [row.fault and row.fault.code for row in rows] == [None, "row_unreadable", None]
    assert "Line 3" in (rows[1].fault.message if rows[1].fault else "")


def test_a_key_stands_for_one_row():
    rows = table("id,name\na,Socks\na,Others\nb,Hat\n")
    assert [row.fault and row.fault.code for row in rows] == [None, "row_key_twice", None]


def test_a_table_of_products():
    text = (
        "id,title,price,image_link,colour,brief.call\n"
        "A1,Wool socks,12.50 EUR,https://x.example/a.jpg,red,Buy now\n"
        "A2,No picture,5 EUR,,blue,\n"
        "A3,Odd price,cheap,https://x.example/a.jpg,,\n"
    )
    good, bare, odd = table(text, products=True)
    assert good.product is not None
    assert good.shown is not None
    assert good.values == {"image_link": "https://x.example/a.jpg", "colour": "red"}
    brief = Pattern({"kind": "product", "script": "{name} in {colour} for {price}"}).spelled(good)
    assert brief.script == "Wool socks in red for €12.50"
    assert getattr(brief, "call", "") == "Buy now"
    assert (bare.not_shown and bare.not_shown.code) == "product_without_image"
    assert (odd.fault and odd.fault.code) == "row_unreadable"


def test_what_there_is_to_fill():
    assert columns_of(b"Sale Price,brief.title,Name\n1,2,3", products=False) == {"sale_price", "name"}
    assert columns_of(b"colour,id\n", products=True) >= {"colour", "id", "price", "name"}
    assert "price" in columns_of(b" <rss>", products=False)


def test_products_of_a_feed():
    seen = list(
        from_products([Product(id="a", title="Socks", images=("https://x.example/a.jpg",)), Product(id="b", title="–")])
    )
    assert [(row.number, row.key, row.label) for row in seen] == [(1, "a", "Socks"), (2, "b", "–")]
    assert [row.not_shown and row.not_shown.code for row in seen] == [None, "product_unnamed"]


def test_given_rows_come_back():
    rows = [BatchRow(number=n, key=str(n), label="x", values={"a": "é"}, overrides=({"title": None},)) for n in (1, 2)]
    data = b"\n".join(row.model_dump_json().encode() for row in rows)
    assert list(from_lines([data[:50], data[50:]])) == rows
    with pytest.raises(BadFeed):
        list(from_lines([b"nonsense\n"]))


def test_a_nul_is_in_the_way_of_its_row_alone():
    rows = [BatchRow(number=n, key=key, label="x", values={"a": key}) for n, key in enumerate(("a", "b\0"), start=1)]
    data = b"\n".join(row.model_dump_json().encode() for row in rows)
    assert [(row.key, row.fault and row.fault.code) for row in from_lines([data])] == [
        ("a", None),
        ("2", "row_unreadable"),
    ]


def test_a_patch_by_key():
    row = BatchRow(number=1, key="a", label="x", overrides=({"title": "x", "encoder": {"crf": 20}},))
    assert overridden(row, {"b": {"title": "y"}}) == row
    assert overridden(row, {"a": {"encoder": {"speed": "slow"}}}).overrides == (
        {"title": "x", "encoder": {"crf": 20}},
        {"encoder": {"speed": "slow"}},
    )


def test_too_many_rows_are_no_batch():
    with pytest.raises(BadFeed, match="50,000"):
        table("id\n" + "\n".join(map(str, range(50_001))))
