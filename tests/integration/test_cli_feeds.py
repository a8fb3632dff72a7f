"""``edit-factory feeds`` against a running system."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from edit_factory.embedded import Embedded
from tests.material.feeds import table


async def feeds(factory: Embedded, home: Path, *arguments: str, code: int = 0) -> str:
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    environment = kept | {"EDIT_FACTORY_URL": factory.url, "EDIT_FACTORY_HOME": str(home)}
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "edit_factory", "feeds", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def told(text: str) -> Any:
    return json.loads(text.strip().splitlines()[-1])


async def test_a_feed_of_a_file_from_its_first_import_to_its_end(factory: Embedded, tmp_path: Path):
    file = tmp_path / "shop.csv"
    file.write_bytes(table(range(1, 31), ",No id,1 EUR,,\n"))
    name = f"Căni {tmp_path.name}"

    said = await feeds(factory, tmp_path, "add", name, str(file), "--language", "ro")
    assert "30 products: 30 new, 0 changed, 0 gone, 0 the same." in said
    assert "line 32: The product has no id." in said

    assert name in await feeds(factory, tmp_path, "list")
    file.write_bytes(table(range(5, 36)))
    again = told(await feeds(factory, tmp_path, "import", name, str(file), "--json"))
    assert {state: again["import"]["counts"][state] for state in ("new", "gone", "same")} == {
        "new": 5,
        "gone": 4,
        "same": 26,
    }
    found = told(await feeds(factory, tmp_path, "products", name, "--state", "new", "--limit", "3", "--json"))
    assert [each["id"] for each in found["products"]] == ["31", "32", "33"]
    assert found["more"] is True
    assert "Cană de lut 7" in await feeds(factory, tmp_path, "products", name, "--q", "lut 7")

    file.write_bytes(b"<rss><channel>")
    assert "Its products are those of the import before." in await feeds(
        factory, tmp_path, "import", name, str(file), code=1
    )
    await feeds(factory, tmp_path, "remove", name)
    assert "there is no feed" in await feeds(factory, tmp_path, "products", name, code=2)


async def test_what_is_neither_an_address_nor_a_file(factory: Embedded, tmp_path: Path):
    assert "neither an address" in await feeds(factory, tmp_path, "add", "x", str(tmp_path / "none.csv"), code=2)
