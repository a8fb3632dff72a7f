"""The page on product videos is true: its brief is made by its command, and it names what there is."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from contracts.showcase import PICTURES_MAX, PRODUCTS_MAX, TEMPLATES
from edit_factory.embedded import Embedded
from services.footage.displaying import SHORTEST_S
from services.script.product_texts import NAMES
from tests.acceptance.test_products import drawn
from tests.acceptance.test_readme import shell
from tests.acceptance.watching import probe

PAGE = (Path(__file__).parents[2] / "docs" / "product-videos.md").read_text("utf-8")


def block(kind: str) -> str:
    found = re.search(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


async def test_its_brief_becomes_a_video(factory: Embedded, tmp_path: Path):
    (tmp_path / "cup.yaml").write_text(block("yaml"), "utf-8")
    for name, colour in (("cup-front.jpg", "#B03020"), ("cup-side.jpg", "#3060B0")):
        drawn(tmp_path / name, colour)

    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    await shell(block("bash"), tmp_path, EDIT_FACTORY_URL=factory.url, PATH=path)

    (made,) = tmp_path.rglob("*.mp4")
    assert probe(made).size == (360, 640)


def test_it_names_what_there_is():
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE) == list(TEMPLATES)
    assert f"1 to {PICTURES_MAX} for each product" in PAGE
    assert f"up to {PRODUCTS_MAX} products" in PAGE
    assert f"({SHORTEST_S:g} s each)" in PAGE
    named = set(re.findall(r"`\{(\w+)\}`", PAGE))
    assert named == NAMES - {"title"}
