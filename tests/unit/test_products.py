"""From a feed's rows to products, and what changed between two imports."""

from __future__ import annotations

import html
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from contracts.feeds import Columns
from contracts.product import Money, Product
from services.catalog.differing import difference
from services.catalog.products import products
from services.catalog.rows import BadFeed, BadRow

ON = datetime(2026, 11, 24, 12, tzinfo=UTC)
G = 'xmlns:g="http://base.google.com/ns/1.0"'


def read(text: str, columns: Columns | None = None) -> list[Product | BadRow]:
    return list(products([text.encode()], ON, columns or Columns.model_validate({})))


def one(text: str, columns: Columns | None = None) -> Product:
    (product,) = read(text, columns)
    assert isinstance(product, Product), product
    return product


def item(**cells: str) -> str:
    inside = "".join(f"<g:{name}>{text}</g:{name}>" for name, text in cells.items())
    return f"<rss {G}><channel><item>{inside}</item></channel></rss>"


def test_a_product_of_google_shopping():
    seen = one(
        f"""<rss {G}><channel><item><g:id>A-1</g:id><title>Șosete de lână</title>
        <description>&lt;p&gt;Calde &amp;amp; moi&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description>
        <g:brand>Lâna</g:brand><g:price>49,90 RON</g:price><g:sale_price>39.90 RON</g:sale_price>
        <g:image_link>https://shop.example/1.jpg</g:image_link>
        <g:additional_image_link>https://shop.example/2.jpg</g:additional_image_link>
        <g:additional_image_link>https://shop.example/1.jpg</g:additional_image_link>
        </item></channel></rss>"""
    )
    assert seen == Product(
        id="A-1",
        title="Șosete de lână",
        description="Calde & moi",
        brand="Lâna",
        price=Money(amount=Decimal("49.90"), currency="RON"),
        sale_price=Money(amount=Decimal("39.90"), currency="RON"),
        images=("https://shop.example/1.jpg", "https://shop.example/2.jpg"),
    )


def test_a_product_of_a_table():
    table = "SKU;Denumire;Pret;Images\n7;Cană;12,50;https://a.example/x,y.jpg,https://a.example/2.jpg\n"
    seen = one(table, Columns.model_validate({"currency": "RON"}))
    assert seen.price == Money(amount=Decimal("12.50"), currency="RON")
    assert seen.images == ("https://a.example/x,y.jpg", "https://a.example/2.jpg")


def test_columns_can_be_named():
    seen = one("nr,Headline,title\n1,Right,Wrong\n", Columns.model_validate({"id": "Nr", "title": "headline"}))
    assert (seen.id, seen.title) == ("1", "Right")


@pytest.mark.parametrize(
    ("cells", "on_sale"),
    [
        ({"sale_price": "5 EUR"}, True),
        ({"sale_price": "10 EUR"}, False),
        ({"sale_price": "0 EUR"}, False),
        ({"sale_price": "5 USD"}, False),
        ({"sale_price": "5 EUR", "sale_price_effective_date": "2026-11-20T00:00+0200/2026-11-30T23:59+0200"}, True),
        ({"sale_price": "5 EUR", "sale_price_effective_date": "2026-11-20/2026-11-23"}, False),
        ({"sale_price": "5 EUR", "sale_price_effective_date": "2027-01-01/2027-02-01"}, False),
        ({"sale_price": "5 EUR", "sale_price_effective_date": "whenever/"}, True),
    ],
)
def test_a_sale_holds_in_its_days_and_if_it_is_one(cells: dict[str, str], on_sale: bool):
    seen = one(item(id="1", title="Cup", price="10 EUR", **cells))
    assert (seen.sale_price is not None) is on_sale


@pytest.mark.parametrize(
    ("cells", "column", "why"),
    [
        ({"title": "Cup"}, "id", "no id"),
        ({"id": "x" * 201, "title": "Cup"}, "id", "longer"),
        ({"id": "1"}, "title", "no title"),
        ({"id": "1", "title": "&lt;b&gt; &lt;/b&gt;"}, "title", "no title"),
        ({"id": "1", "title": "Cup", "price": "soon"}, "price", "no price"),
        ({"id": "1", "title": "Cup", "price": "5 EUR", "sale_price": "4"}, "sale_price", "no currency"),
    ],
)
def test_a_row_that_makes_no_product(cells: dict[str, str], column: str, why: str):
    (bad,) = read(item(**cells))
    assert isinstance(bad, BadRow)
    assert (bad.line, bad.column) == (1, column)
    assert why in bad.message


def test_one_bad_row_harms_no_other():
    good, again, bad, last = read("id,title,price\n1,a,1 EUR\n1,b,1 EUR\n2,c,free\n3,d,\n")
    assert isinstance(good, Product)
    assert isinstance(last, Product)
    assert isinstance(again, BadRow)
    assert "line 2" in again.message
    assert isinstance(bad, BadRow)
    assert (bad.line, bad.id) == (4, "2")


def test_an_address_that_is_none_is_no_image():
    assert one(item(id="1", title="a", image_link="javascript:alert(1)")).images == ()
    assert one(item(id="1", title="a", image_link="file:///etc/passwd")).images == ()
    assert one(item(id="1", title="a", image_link="http://[bad")).images == ()


@pytest.mark.parametrize("nothing", ["", "  \n ", "\ufeff"])
def test_an_empty_file(nothing: str):
    with pytest.raises(BadFeed, match="empty"):
        read(nothing)


def test_paragraphs_and_lists_are_sentences():
    text = "<p>Cana noastră, pentru prânz.</p><ul><li>Lucrată manual</li><li>350 ml</li></ul>"
    assert one(item(id="1", title="Cană", description=html.escape(text))).description == (
        "Cana noastră, pentru prânz. Lucrată manual. 350 ml."
    )
    assert one(item(id="1", title="Cup", description="Blue &lt;b&gt;and&lt;/b&gt; red")).description == "Blue and red"


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({}, "no column for the id of products. Its columns are: artikel, preis, bild."),
        ({"id": "Artikel"}, "no column for the title"),
        ({"id": "Artikel", "title": "Nope"}, "no column “Nope”, which was named for the title"),
    ],
)
def test_a_table_without_the_columns_that_are_needed_says_so_once(columns: dict[str, str], why: str):
    with pytest.raises(BadFeed) as bad:
        read("Artikel,Preis,Bild\n1,2 EUR,x\n2,3 EUR,y\n", Columns.model_validate(columns))
    assert why in bad.value.message


def test_the_second_import_knows_what_changed():
    def shop(**prices: str) -> list[Product]:
        rows = "".join(f"{name},{name},{price}\n" for name, price in prices.items())
        return [each for each in read("id,title,price\n" + rows) if isinstance(each, Product)]

    before = {product.id: product.fingerprint for product in shop(a="1 EUR", b="2 EUR", c="3 EUR")}
    seen = difference(before, shop(c="3.00 EUR", b="2.50 EUR", d="4 EUR"))
    assert seen == (("d",), ("b",), ("a",), 1)
    assert difference(before, shop(a="1 EUR", b="2 EUR", c="3 EUR")) == ((), (), (), 3)
