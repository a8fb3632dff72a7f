"""``edit-factory batch`` against a running system."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from edit_factory.embedded import Embedded
from tests import material


async def batch(factory: Embedded, home: Path, *arguments: str, code: int = 0) -> str:
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    environment = kept | {"EDIT_FACTORY_URL": factory.url, "EDIT_FACTORY_HOME": str(home)}
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "edit_factory", "batch", *arguments],
        env=environment,
        cwd=home,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def told(text: str) -> list[Any]:
    return [json.loads(line) for line in text.strip().splitlines()]


def template(folder: Path) -> Path:
    clip = material.video("cli-batch.mp4", seconds=3, size=(320, 180))
    (folder / "clip.mp4").write_bytes(clip.read_bytes())
    path = folder / "socks.yaml"
    path.write_text(
        'script: "{name}."\ntitle: "{name}"\nfootage: [clip.mp4]\nquality: draft\nsubtitles: {preset: none}\n', "utf-8"
    )
    return path


async def test_a_batch_from_its_template_to_its_files(factory: Embedded, tmp_path: Path):
    (tmp_path / "rows.csv").write_text("key,name\na,One\nb,\nc,Three\n", "utf-8")
    said = await batch(factory, tmp_path, "make", str(template(tmp_path)), "--rows", "rows.csv", code=1)
    assert "2 completed, 1 refused" in said
    assert "row 2 (b): The row has no “name”" in said
    assert "socks" in await batch(factory, tmp_path, "list")

    await batch(factory, tmp_path, "results", "latest", "--out", "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert sorted(archive.namelist()) == ["00001_a_One_tiktok.mp4", "00003_c_Three_tiktok.mp4", "report.csv"]
    await batch(factory, tmp_path, "results", "latest", "--out", "report.csv")
    assert "merge_field_empty" in (tmp_path / "report.csv").read_text("utf-8-sig")
    assert not list(tmp_path.glob("*.part"))


async def test_steered_by_its_id(factory: Embedded, tmp_path: Path):
    lines = "".join(f"k{number},Row number {number} goes on\n" for number in range(20))
    (tmp_path / "rows.csv").write_text("key,name\n" + lines, "utf-8")
    made = told(
        await batch(factory, tmp_path, "make", str(template(tmp_path)), "--rows", "rows.csv", "--detach", "--json")
    )
    ident = next(each["batch"] for each in made if each.get("event") == "accepted")
    assert told(await batch(factory, tmp_path, "pause", ident[:8], "--json"))[-1]["state"] == "paused"
    assert "is cancelled" in await batch(factory, tmp_path, "cancel", ident)
    assert "cancelled" in await batch(factory, tmp_path, "watch", ident[:8], code=5)
    assert "there is nothing left" in await batch(factory, tmp_path, "resume", ident, code=3)
    assert "there is no batch" in await batch(factory, tmp_path, "watch", "nobody", code=2)


async def test_what_is_wrong_is_said_before_anything_is_made(factory: Embedded, tmp_path: Path):
    path = template(tmp_path)
    assert "--rows FILE" in await batch(factory, tmp_path, "make", str(path), code=2)
    assert "no file" in await batch(factory, tmp_path, "make", str(path), "--rows", "none.csv", code=2)
    (tmp_path / "rows.csv").write_text("key,label\na,One\n", "utf-8")
    said = await batch(factory, tmp_path, "make", str(path), "--rows", "rows.csv", code=2)
    assert "There is no field “name”" in said
