"""The page on resumable uploads is true: its command runs as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import orjson

from edit_factory.embedded import Embedded
from services.gateway.partials import HELD_S
from services.gateway.resuming import IDLE_S, KEPT, PART_BYTES, PARTS_MAX
from tests import material
from tests.acceptance.test_readme import shell

PAGE = (Path(__file__).parents[2] / "docs" / "uploads.md").read_text("utf-8")


async def test_the_command_of_the_page(factory: Embedded, tmp_path: Path):
    (tmp_path / "clip.mp4").write_bytes(material.video("clip.mp4").read_bytes())
    (command,) = re.findall(r"```bash\n(.*?)```", PAGE, re.DOTALL)
    told = orjson.loads(await shell(command, tmp_path, URL=factory.url))
    assert (told["state"], told["name"], told["asset"]["kind"]) == ("done", "clip.mp4", "footage")


def test_the_figures_of_the_page():
    assert f"{PART_BYTES >> 20} MiB" in PAGE
    assert f"{PARTS_MAX:,} parts" in PAGE
    assert f"{KEPT.total_seconds() / 3600:.0f} hours" in PAGE
    assert f"{IDLE_S:.0f} seconds" in PAGE
    assert HELD_S < 30  # within half a minute
