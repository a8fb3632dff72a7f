"""The page on subtitles is true: its looks are taken, its fields are all there are, its commands run as they stand."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import get_args

import yaml

from contracts.brief import ScriptBrief, SubtitleStyle
from edit_factory.embedded import Embedded
from tests import material
from tests.acceptance.test_readme import shell
from tests.client import Client

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "subtitles.md").read_text("utf-8")
LOOKS = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]
PICTURE_MAX = 400_000


def test_the_looks_of_the_page_are_taken_and_show_each_preset():
    asked = {"script": "Hi.", "footage": ["00000000-0000-0000-0000-000000000001"]}
    styles = [ScriptBrief.model_validate(asked | look).subtitles for look in LOOKS]
    presets = get_args(SubtitleStyle.model_fields["preset"].annotation)
    assert {style.preset for style in styles} == {*presets} - {"none"}
    assert all(f"`{preset}`" in PAGE for preset in presets)


def test_the_picture_is_there_and_small():
    assert 50_000 < (DOCS / "images" / "subtitles.jpg").stat().st_size < PICTURE_MAX


def test_every_field_is_told():
    for name, field in SubtitleStyle.model_fields.items():
        assert f"`{name}`" in PAGE or name == "preset", name
        if isinstance(field.default, int | float):
            assert re.search(rf"`{name}`.*\|.*\b{field.default}\b", PAGE), f"{name}: {field.default}"


async def test_its_commands_run(factory: Embedded, api: Client, tmp_path: Path):
    brief = await api.brief(material.video("subtitles-page.mp4", seconds=6, size=(640, 360)), script="Just the sea.")
    video = (await api.made(brief))["videos"][0]
    here = {"URL": factory.url, "VIDEO": video["id"], "ASSET": brief["footage"][0], "EDIT_FACTORY_URL": factory.url}
    for block in re.findall(r"```bash\n(.*?)```", PAGE, re.DOTALL):
        await shell(block.replace("edit-factory ", f"{sys.executable} -m edit_factory "), tmp_path, **here)
    kinds = {path.suffix for path in tmp_path.iterdir()}
    assert kinds == {".jpg", ".srt", ".vtt", ".ass", ".otio", ".mp4", ".wav"}
    assert (tmp_path / "preview.jpg").read_bytes()[:2] == b"\xff\xd8"
