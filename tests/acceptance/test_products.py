"""Product videos, from pictures sent to files watched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from contracts.showcase import CardLook
from tests.acceptance.watching import pictures, probe
from tests.client import Client, Json

CUP = {
    "name": "Cană de ceramică „Țărm”, 350 ml",
    "brand": "Atelier Șoim",
    "price": {"amount": "99.90", "currency": "RON"},
    "sale_price": {"amount": "79.90", "currency": "RON"},
}


def drawn(path: Path, colour: str, size: tuple[int, int] = (600, 600)) -> Path:
    """A thing of one colour on white, as shops show them."""
    image = Image.new("RGB", size, "white")
    middle, reach = (size[0] // 2, size[1] // 2), min(size) // 3
    ImageDraw.Draw(image).ellipse(
        (middle[0] - reach, middle[1] - reach, middle[0] + reach, middle[1] + reach), fill=colour
    )
    image.save(path, quality=92)
    return path


async def sent(api: Client, folder: Path, *colours: str) -> list[str]:
    return [
        (await api.upload(drawn(folder / f"{place}.jpg", colour), "image"))["id"]
        for place, colour in enumerate(colours)
    ]


def asked(products: list[Json], **changes: Any) -> Json:
    return {
        "kind": "product",
        "products": products,
        "voice": {"provider": "espeak", "speed": 1.6},
        "quality": "draft",
    } | changes


def means(path: Path, box: tuple[float, float, float, float]) -> Iterator[tuple[float, float, float]]:
    """The mean of luma and both chromas in a part of each frame: left, top, right, bottom as shares."""
    for picture in pictures(path):
        planes = (picture.y, picture.cb, picture.cr)
        cut = [
            plane[
                int(box[1] * plane.shape[0]) : int(box[3] * plane.shape[0]),
                int(box[0] * plane.shape[1]) : int(box[2] * plane.shape[1]),
            ]
            for plane in planes
        ]
        yield tuple(float(np.mean(part)) for part in cut)  # type: ignore[misc]


async def test_a_product_becomes_a_video_that_names_its_price(api: Client, tmp_path: Path):
    shown = await sent(api, tmp_path, "#C02030", "#2030C0")
    brief = asked([CUP | {"pictures": shown}], language="ro", call="Comandă acum")

    job = await api.made(brief)
    path = await api.download(job, tmp_path)
    timeline = (await api.http.get(f"/v1/videos/{job['videos'][0]['id']}/timeline")).json()

    facts = probe(path)
    card = timeline["showcase"]["cards"][0]
    said = " ".join(word["text"] for cue in timeline["cues"] for word in cue["words"])
    assert (card["price"], card["old_price"], card["badge"]) == ("79,90\xa0lei", "99,90\xa0lei", "-20\xa0%")
    assert "Atelier Șoim" in said
    assert "Comandă acum" in said
    assert facts.video_s == pytest.approx(timeline["frames"] / 30, abs=0.05)
    # Both pictures are seen, each in its half of the time, above a card that has one colour all the time.
    reds = [v - 128 for _, _, v in means(path, (0.3, 0.15, 0.7, 0.4))]
    assert max(reds) > 20
    assert min(reds) < 0
    floor = np.array(list(means(path, (0.02, 0.93, 0.98, 0.99))))
    assert np.ptp(floor, axis=0).max() < 3


async def test_the_rest_of_the_frame_has_the_colour_that_was_asked_for(api: Client, tmp_path: Path):
    shown = await sent(api, tmp_path, "#2030C0")
    look = CardLook(background="#7A1020").model_dump()

    job = await api.made(asked([{"name": "Mug", "pictures": shown}], look=look, script="A mug.", template="sale"))
    path = await api.download(job, tmp_path)

    y, u, v = next(means(path, (0.02, 0.93, 0.98, 0.99)))
    red, green, blue = (0x7A, 0x10, 0x20)
    luma = 16 + (0.2126 * red + 0.7152 * green + 0.0722 * blue) * 219 / 255  # BT.709, limited range
    assert y == pytest.approx(luma, abs=2.5)
    assert u == pytest.approx(128 + (blue - (luma - 16) * 255 / 219) / 1.8556 * 224 / 255, abs=3)
    assert v == pytest.approx(128 + (red - (luma - 16) * 255 / 219) / 1.5748 * 224 / 255, abs=3)


async def test_a_collection_shows_each_product_while_it_is_spoken_of(api: Client, tmp_path: Path):
    shown = await sent(api, tmp_path, "#C02030", "#2030C0")
    products = [{"name": name, "pictures": [picture]} for name, picture in zip(("Red", "Blue"), shown, strict=True)]

    job = await api.made(asked(products, template="collection", script="Here is one called {name}, and it is good."))
    path = await api.download(job, tmp_path)
    timeline = (await api.http.get(f"/v1/videos/{job['videos'][0]['id']}/timeline")).json()

    first, second = timeline["showcase"]["cards"]
    spoken = {word["text"].strip(",."): word["start_s"] for cue in timeline["cues"] for word in cue["words"]}
    assert first["start"] == 0
    assert first["frames"] == second["start"]
    assert spoken["Red"] * 30 < second["start"] < spoken["Blue"] * 30
    reds = [v - 128 for _, _, v in means(path, (0.3, 0.15, 0.7, 0.4))]
    assert min(reds[: second["start"]]) > 15
    assert max(reds[second["start"] :]) < 5


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"script": "{nmae} for {price}"}, "/script"),
        ({"script": "{brand} made it."}, "/script"),
        ({"call": "立即购买"}, "/call"),
    ],
)
async def test_what_can_not_be_said_or_shown_is_refused_at_the_door(
    api: Client, tmp_path: Path, changes: Json, pointer: str
):
    shown = await sent(api, tmp_path, "#C02030")

    answer = await api.http.post("/v1/jobs", json=asked([{"name": "Mug", "pictures": shown}], **changes))

    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == pointer
