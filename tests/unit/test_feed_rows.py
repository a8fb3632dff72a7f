"""Rows of feeds: CSV, TSV, RSS and Atom, in pieces of any size, and broken in all the ways that feeds are."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable, Iterator

import pytest

from services.catalog.rows import BadFeed, BadRow, Row
from services.catalog.table_rows import table_rows
from services.catalog.xml_rows import xml_rows

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>
<item>
  <g:id>1</g:id><title>Cană & farfurie <![CDATA[<b>mică</b>]]></title><link>https://shop.example/1</link>
  <g:additional_image_link>https://shop.example/a.jpg</g:additional_image_link>
  <g:additional_image_link>https://shop.example/b.jpg</g:additional_image_link>
  <g:shipping><g:country>RO</g:country></g:shipping>
</item>
<item><g:id>2</g:id></item>
</channel></rss>
"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0">
<entry><g:id>7</g:id><link href="https://shop.example/7"/></entry></feed>"""


def pieces(text: str | bytes, size: int) -> Iterator[bytes]:
    data = text if isinstance(text, bytes) else text.encode()
    return (data[at : at + size] for at in range(0, len(data), size))


def only_rows(found: Iterable[Row | BadRow]) -> list[Row]:
    rows = list(found)
    assert all(isinstance(row, Row) for row in rows)
    return [row for row in rows if isinstance(row, Row)]


@pytest.mark.parametrize("size", [1, 7, 1 << 16])
def test_rss(size: int):
    one, two = only_rows(xml_rows(pieces(RSS, size)))
    assert one.line == 3
    assert one.cells["id"] == ("1",)
    assert one.cells["link"] == ("https://shop.example/1",)
    assert one.cells["additional_image_link"] == ("https://shop.example/a.jpg", "https://shop.example/b.jpg")
    assert "farfurie" in one.cells["title"][0], "a bare & loses no product"
    assert "<b>mică</b>" in one.cells["title"][0]
    assert "shipping" not in one.cells
    assert (two.line, two.cells) == (9, {"id": ("2",)})


def test_atom():
    (row,) = only_rows(xml_rows([ATOM.encode()]))
    assert row.cells == {"id": ("7",), "link": ("https://shop.example/7",)}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (RSS[:-30], "breaks off .* at line [0-9]+:"),
        (RSS[:400], "breaks off"),
        (RSS.replace("</item>", "</itme>"), "line 8"),
        ("", "no XML"),
        ("hello", "no XML"),
        ("<html><body/></html>", "begins with <html>"),
        ("<rss>" + "<a>" * 101, "too deeply"),
    ],
)
def test_what_is_no_feed(text: str, why: str):
    with pytest.raises(BadFeed, match=why):
        list(xml_rows(pieces(text, 50)))


def test_entities_are_not_resolved():
    bomb = '<!DOCTYPE rss [<!ENTITY a "haha"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    (row,) = only_rows(xml_rows([f"{bomb}<rss><item><title>x &a; &f; y</title></item></rss>".encode()]))
    assert row.cells["title"] == ("x &a; &f; y",)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 100])
def test_what_is_mended(size: int):
    given = "A&B &amp; &nbsp;&eacute;&#206;&#x21; &bogus; &#0;\x0b&<![CDATA[&nbsp; ]] &]]><!-- & -->&"
    (row,) = only_rows(xml_rows(pieces(f"<rss><item><title>{given}</title></item></rss>", size)))
    assert row.cells["title"] == ("A&B & \u00a0éÎ! &bogus; &&nbsp; ]] &&",)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("size", [1, 5, 1 << 16])
def test_tables(mark: str, size: int):
    text = (
        mark.join(("g:ID", "Image Link", "title"))
        + "\r\n"
        + mark.join(("1", "", '"two\nlines ""quoted"""'))
        + "\r\n\r\n"
    )
    found = only_rows(table_rows(pieces("\ufeff" + text + mark.join(("2", "x", "Șosete")), size)))
    assert found == [Row(2, {"id": ("1",), "title": ('two\nlines "quoted"',)}), found[1]]
    assert found[1] == Row(5, {"id": ("2",), "image_link": ("x",), "title": ("Șosete",)})


def test_tables_in_utf_16():
    (row,) = only_rows(table_rows(pieces("id,title\n1,Cană\n".encode("utf-16"), 3)))
    assert row.cells["title"] == ("Cană",)


def test_a_line_with_too_much_is_told_and_the_next_one_goes_on():
    bad, good = table_rows([b"id,title\n1,a,b\n2,c\n"])
    assert isinstance(bad, BadRow)
    assert bad.line == 2
    assert "3 cells" in bad.message
    assert good == Row(3, {"id": ("2",), "title": ("c",)})


def test_a_table_that_can_not_be_read():
    with pytest.raises(BadFeed, match="empty"):
        list(table_rows([b"\n"]))
    with pytest.raises(BadFeed, match="UTF-8"):
        list(table_rows([b"id,title\n1,caf\xe9\n"]))
    with pytest.raises(BadFeed, match="no end"):
        list(table_rows([b"id,title\n", b"x" * ((1 << 20) + 1)]))
    with pytest.raises(BadFeed, match="columns"):
        list(table_rows([",".join(["a"] * 501).encode()]))


@pytest.mark.parametrize("kind", ["xml", "table"])
def test_memory_does_not_grow_with_the_feed(kind: str):
    def feed(rows: int) -> Iterator[bytes]:
        yield b"<rss><channel>" if kind == "xml" else b"id,title\n"
        for number in range(rows):
            words = f"{number} " * 20
            yield (
                f"<item><id>{number}</id><title>{words}</title></item>\n" if kind == "xml" else f"{number},{words}\n"
            ).encode()
        yield b"</channel></rss>" if kind == "xml" else b""

    def most(rows: int) -> int:
        tracemalloc.start()
        assert sum(1 for _ in (xml_rows if kind == "xml" else table_rows)(feed(rows))) == rows
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert most(5_000) < 2 * most(500) + 100_000
