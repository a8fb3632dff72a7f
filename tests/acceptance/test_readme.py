"""The README is true: its commands run as they stand, its brief is taken, its links lead somewhere."""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path
from typing import Any

import orjson
import yaml

from contracts.brief import ScriptBrief, SubtitleStyle
from contracts.looks import FONTS
from contracts.outputs import PresetName
from edit_factory.embedded import Embedded
from tests import material

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str, section: str = "") -> list[str]:
    text = README.split(f"\n{section}\n", 1)[1] if section else README
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


async def shell(command: str, folder: Path, **environment: str) -> str:
    process = await asyncio.create_subprocess_exec(
        "bash",
        "-euo",
        "pipefail",
        "-c",
        command,
        cwd=folder,
        env=os.environ | environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), 120)
    assert process.returncode == 0, f"{command}\n{err.decode()}\n{out.decode()}"
    return out.decode()


async def test_the_five_curls(factory: Embedded, tmp_path: Path):
    upload, submit, watch, read, download = [
        block for block in blocks("bash", "## The API in five curls") if "curl" in block
    ]
    (tmp_path / "clip.mp4").write_bytes(material.video("readme.mp4", seconds=6, size=(640, 360)).read_bytes())
    url = {"URL": factory.url}
    asset: dict[str, Any] = orjson.loads(await shell(upload, tmp_path, **url))
    job = orjson.loads(await shell(submit, tmp_path, ASSET=asset["id"], **url))
    told = await shell(watch, tmp_path, JOB=job["id"], **url)
    assert "event: job.completed" in told
    seen = orjson.loads(await shell(read, tmp_path, JOB=job["id"], **url))
    await shell(download, tmp_path, VIDEO=seen["videos"][0]["id"], **url)
    assert (tmp_path / "video.mp4").stat().st_size == seen["videos"][0]["files"][0]["size"]


async def test_the_short_brief_is_made_by_the_command(factory: Embedded, tmp_path: Path):
    short = next(block for block in blocks("yaml") if "beach.mp4" in block)
    command = next(block for block in blocks("bash") if "make holiday.yaml" in block)
    (tmp_path / "holiday.yaml").write_text(short)
    (tmp_path / "waves").mkdir()
    for place, name in enumerate(("beach.mp4", "waves/one.mp4", "waves/two.mp4")):
        clip = material.video(f"readme-{place}.mp4", seconds=5 + place, size=(640, 360))
        (tmp_path / name).write_bytes(clip.read_bytes())
    (tmp_path / "guitar.mp3").write_bytes(material.sound("guitar.mp3", seconds=4).read_bytes())
    (tmp_path / ".venv").symlink_to(Path(os.environ.get("VIRTUAL_ENV", ROOT / ".venv")))
    await shell(command.strip() + " --draft", tmp_path, EDIT_FACTORY_URL=factory.url)
    (finished,) = (tmp_path / "videos").rglob("*.mp4")
    assert finished.read_bytes()[4:8] == b"ftyp"


def test_the_whole_brief_says_every_field_and_its_default():
    said = yaml.safe_load(next(block for block in blocks("yaml") if "presets: [tiktok]" in block))
    assert set(said) | {"kind"} == set(ScriptBrief.model_fields)
    stand_in = "00000000-0000-0000-0000-000000000001"
    asked = ScriptBrief.model_validate(said | {"footage": [stand_in]})
    least = ScriptBrief.model_validate({"script": said["script"], "footage": [stand_in]})
    assert asked == least
    assert set(said["subtitles"]) == set(SubtitleStyle.model_fields)


def test_fonts_and_presets_are_all_named():
    for name in (*FONTS, *PresetName):
        assert str(name) in README


def test_links_lead_somewhere():
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    for page in pages:
        for link in re.findall(r"\]\(([^)#\s]+)\)", page.read_text("utf-8")):
            if not link.startswith("http"):
                assert (page.parent / link).exists(), f"{page.name} links to {link}"


def test_make_knows_the_two_commands():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for block in blocks("bash", "## Two commands")[:2]:
        assert f"\n{block.strip().removeprefix('make ')}:" in makefile
