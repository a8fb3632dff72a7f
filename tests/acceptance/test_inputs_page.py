"""The page on inputs is true: its commands run as they stand, its limits are those of the code."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

import orjson
import pytest

from contracts.brief import SCRIPT_MAX_CHARS
from contracts.srt import CUES_MAX, SRT_MAX_BYTES
from edit_factory.embedded import Embedded
from kit.media import ProbeBounds
from kit.settings import MIB, Settings
from tests import material
from tests.acceptance.test_readme import shell

PAGE = (Path(__file__).parents[2] / "docs" / "inputs.md").read_text("utf-8")
COMMANDS = re.findall(r"```bash\n(.*?)```", PAGE, re.DOTALL)
ANSWERS = [("kind", "music"), ("name", "Our logo"), ("duration_s", 2.0)]


@pytest.mark.parametrize("place", range(len(ANSWERS)))
async def test_a_command_of_the_page(factory: Embedded, tmp_path: Path, place: int):
    (tmp_path / "song.mp3").write_bytes(material.sound("song.mp3").read_bytes())
    (tmp_path / "logo.png").write_bytes(material.picture("logo.png").read_bytes() + uuid4().bytes)
    (tmp_path / "talk.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nHello.\n")
    assert len(COMMANDS) == len(ANSWERS)
    answer = orjson.loads(await shell(COMMANDS[place], tmp_path, URL=factory.url))
    key, value = ANSWERS[place]
    assert answer[key] == value


def test_the_limits_of_the_page():
    limits, bounds = Settings(), ProbeBounds()
    minutes = f"{bounds.max_duration_s / 60:g}"
    said = [
        f"{limits.upload_max_bytes // MIB} MiB, 3840x2160 pixels, {minutes} minutes, {bounds.max_streams} streams",
        f"{limits.music_max_bytes // MIB} MiB, {minutes} minutes",
        f"{limits.image_max_bytes // MIB} MiB, {bounds.max_image_pixels // 1_000_000} million pixels",
        f"At most {SCRIPT_MAX_CHARS:,} characters, in JSON of at most {limits.json_max_bytes // MIB} MiB",
        f"At most {SRT_MAX_BYTES // MIB} MiB and {CUES_MAX:,} cues",
    ]
    assert bounds.max_pixels == 3840 * 2160
    assert [line for line in said if line not in PAGE] == []
