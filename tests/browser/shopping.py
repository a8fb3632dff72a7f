"""A shop for the pictures of the page: a feed that has been imported twice, and a batch that is under way."""

from __future__ import annotations

import asyncio
import csv
import io
from pathlib import Path
from typing import Final

from tests.browser.goods import GOODS, picture
from tests.client import Client, Json
from tests.doubles.receiver import Receiver, answers

_GOODS: Final = (
    ("Stoneware mug “Shore”, glazed by hand", "Atelier Heron", "24.90", "19.90"),
    ("Oak serving board, large", "Holz & Co", "55.50", ""),
    ("Beech cooking spoon", "Mara", "9.90", ""),
    ("Enamel pot, 3 l", "Northby", "73.50", "58.80"),
    ("Olive oil soap with lavender", "Mara", "7.20", ""),
    ("Linen kitchen towels, set of three", "Atelier Heron", "32.00", "25.60"),
    ("Cast iron pan, 24 cm", "Northby", "89.00", ""),
    ("Glass carafe with cork", "Holz & Co", "28.40", ""),
)
_PLACES: Final = (
    ("Nice", "300 days of sun"), ("Oslo", "a fjord in the city"), ("Faro", "beaches of gold"), ("Ghent", ""),
    ("Bergen", "rain and colours"), ("Lucca", "walls to walk on"), ("Cork", "an English market"), ("Graz", "its clock"),
)  # fmt: skip


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> bytes:
    held = io.StringIO()
    csv.writer(held).writerows([head, *rows])
    return held.getvalue().encode()


def _products(pictures: list[str], changed: frozenset[int]) -> bytes:
    head = ("id", "title", "brand", "price", "sale_price", "image_link")
    rows = [
        (f"HER-{place + 1}", title, brand, f"{float(price) - (place in changed):.2f} EUR", sale and f"{sale} EUR",
         pictures[place])
        for place, (title, brand, price, sale) in enumerate(_GOODS)
    ]  # fmt: skip
    return _table(head, [*rows, ("HER-99", "Gift card", "", "on request", "", "")])


async def feed(api: Client, folder: Path, server: Receiver) -> str:
    """The id of a feed whose second import has changed some products; their pictures are at the server."""
    pictures = [server.on(f"/{name}.png", answers(200, picture(name), content_type="image/png")) for name in GOODS]
    made: Json = {}
    for number, changed in enumerate((frozenset[int](), frozenset({1, 4, 6}))):
        path = folder / f"heron-{number}.csv"
        path.write_bytes(_products(pictures, changed))
        table = (await api.upload(path, kind="table"))["id"]
        if not made:
            made = (await api.http.post("/v1/feeds", json={"name": "Heron shop", "table": table})).json()
        else:
            (await api.http.post(f"/v1/feeds/{made['id']}/imports", json={"table": table})).raise_for_status()
        await _imported(api, made["id"], number + 1)
    return str(made["id"])


async def _imported(api: Client, feed_id: str, number: int) -> None:
    async with asyncio.timeout(60):
        while True:
            last = (await api.http.get(f"/v1/feeds/{feed_id}")).json()["last_import"]
            if last["number"] == number and last["state"] == "imported":
                return
            await asyncio.sleep(0.2)


async def batch(api: Client, folder: Path) -> str:
    """The id of a batch of which some videos are made; one of its rows lacks a word."""
    path = folder / "places.csv"
    path.write_bytes(_table(("city", "known_for"), list(_PLACES)))
    table = (await api.upload(path, kind="table"))["id"]
    clips = [each["id"] for each in (await api.http.get("/v1/assets", params={"kind": "footage"})).json()["items"]]
    template = {
        "title": "A weekend in {city}",
        "script": "This weekend, go to {city}. It is known for {known_for}. You will not regret it.",
        "footage": clips,
        "quality": "draft",
    }
    body = {"title": "Weekends away", "template": template, "rows": {"table": table}}
    made = (await api.http.post("/v1/batches", json=body)).json()
    async with asyncio.timeout(240):
        while (await api.http.get(f"/v1/batches/{made['id']}")).json()["counts"]["completed"] < 3:
            await asyncio.sleep(0.5)
    return str(made["id"])
