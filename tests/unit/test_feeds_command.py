"""``edit-factory feeds check``: what it tells of a feed, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from edit_factory.cli.brief import load
from edit_factory.cli.faults import Code, CommandFault
from edit_factory.cli.feeds import brief, check, columns_of
from edit_factory.cli.show import JsonShow, PlainShow

FEED = "id,title,price\n1,Cup,12 RON\n2,Socks,20 RON\n3,,5 RON\n"


def written(folder: Path, text: str, name: str = "feed.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


async def asked(
    path: Path, capsys: pytest.CaptureFixture[str], before: Path | None = None
) -> tuple[Code, dict[str, Any]]:
    code = await check(JsonShow(), path, before, [], None)
    return code, json.loads(capsys.readouterr().out)


async def test_it_counts_and_names_bad_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    code, told = await asked(written(tmp_path, FEED), capsys)
    assert code is Code.FAILED
    assert (told["products"], told["without_image"], told["without_price"], told["wrong"]) == (2, 2, 0, 1)
    assert told["wrong_rows"] == [{"line": 4, "message": "The product has no title.", "column": "title", "id": "3"}]
    assert told["changes"] is None


async def test_it_ends_well_if_all_rows_are_products(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    old = written(tmp_path, "id,title\n1,Cup\n2,Socks\n", "old.csv")
    new = written(tmp_path, "id,title\n1,Mug\n3,Hat\n", "new.csv")
    code, told = await asked(new, capsys, old)
    assert code is Code.DONE
    assert told["changes"] == {"new": ["3"], "changed": ["1"], "gone": ["2"], "same": 0}


async def test_it_speaks_to_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    await check(PlainShow(), written(tmp_path, FEED + "4,\x1b[31mred\x1b[0m,1 EUR\n"), None, [], None)
    said = capsys.readouterr()
    text = said.out + said.err
    assert "products 3, rows that make none 1" in text
    assert "line 4 (3): The product has no title." in text
    assert "\x1b[31m" not in text


@pytest.mark.parametrize(
    ("text", "columns", "currency", "code"),
    [
        ("<html/>", [], None, "feed_unreadable"),
        (FEED, ["heading=x"], None, "column_invalid"),
        (FEED, ["title"], None, "column_invalid"),
        (FEED, [], "euro", "column_invalid"),
    ],
)
async def test_what_is_refused(tmp_path: Path, text: str, columns: list[str], currency: str | None, code: str):
    with pytest.raises(CommandFault) as refused:
        await check(JsonShow(), written(tmp_path, text), None, columns, currency)
    assert (refused.value.code, refused.value.exit_code) == (code, Code.USAGE)


async def test_a_file_that_is_not_there(tmp_path: Path):
    with pytest.raises(CommandFault, match="No such file"):
        await check(JsonShow(), tmp_path / "none.xml", None, [], None)


SHOP = (
    "id,title,brand,price,sale_price,image_link\n"
    "1,Cană,Șoim,99.90 RON,79.90 RON,https://shop.example/a.jpg\n"
    '2,Socks,,0 RON,,"https://shop.example/b.jpg,https://shop.example/c.jpg"\n'
    "3,Hat,,5 RON,,\n"
)


async def test_a_brief_of_products_is_one_that_can_be_made(tmp_path: Path):
    feed, out = written(tmp_path, SHOP), tmp_path / "made.yaml"
    asked = {"template": "collection", "language": "ro", "call": ""}

    code = await brief(PlainShow(), feed, ["2", "1"], out=out, columns=columns_of([], None), asked=asked)

    made = load(out).body({})
    assert code is Code.DONE
    assert (made["kind"], made["template"], made["language"]) == ("product", "collection", "ro")
    assert [product["name"] for product in made["products"]] == ["Socks", "Cană"]
    assert made["products"][0]["picture_urls"] == ["https://shop.example/b.jpg", "https://shop.example/c.jpg"]
    assert "price" not in made["products"][0]
    assert made["products"][1]["sale_price"] == {"amount": "79.90", "currency": "RON"}


@pytest.mark.parametrize(
    ("ids", "template", "code"),
    [
        (["9"], "", "product_unknown"),
        (["3"], "", "product_without_image"),
        (["1"], "poster", "brief_invalid"),
        (["1", "2"], "sale", "brief_invalid"),
    ],
)
async def test_what_makes_no_brief_is_told(tmp_path: Path, ids: list[str], template: str, code: str):
    feed = written(tmp_path, SHOP)
    with pytest.raises(CommandFault) as refused:
        await brief(PlainShow(), feed, ids, out=None, columns=columns_of([], None), asked={"template": template})
    assert refused.value.code == code
