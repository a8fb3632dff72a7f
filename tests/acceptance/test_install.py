"""What a user installs works: the package in an empty environment, with nothing of this checkout around it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import venv
from collections.abc import Iterator
from pathlib import Path

import httpx
import orjson
import pytest

from tests import material
from tests.client import Client

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SOURCE = ("contracts", "kit", "services", "edit_factory", "pyproject.toml", "README.md", "LICENSE", "NOTICE")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of an empty environment after ``pip install .``."""
    folder = tmp_path_factory.mktemp("installed")
    source = folder / "source"
    source.mkdir()
    for name in SOURCE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy(ROOT / name, source / name)
    page = source / "services/gateway/page"
    (page / "assets").mkdir(parents=True, exist_ok=True)
    (page / "index.html").write_text("<!doctype html><title>A page</title>")
    (page / "assets" / "app-0123abcd.js").write_text("export {}")
    venv.create(folder / "venv", with_pip=True)
    binaries = folder / "venv" / "bin"
    done = subprocess.run(
        [binaries / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", source],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return binaries


@pytest.fixture
def up(installed: Path, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The ready line of a system started by the installed command."""
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "HOME", "TMPDIR") if name in os.environ}
    process = subprocess.Popen(
        [installed / "edit-factory", "--json", "--home", tmp_path / "home", "up", "--port", "0"],
        stdout=subprocess.PIPE,
        cwd=tmp_path,
        env=environment,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    yield orjson.loads(line)
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    process.stdout.close()


async def test_the_installed_package_makes_a_video(up: dict[str, str], tmp_path: Path):
    assert up["ready"]
    async with httpx.AsyncClient(base_url=up["url"], timeout=60) as http:
        api = Client(http)
        clip = material.video("installed.mp4", seconds=6, size=(640, 360))
        job = await api.made(await api.brief(clip, script="Installed, started, and done."))
        path = await api.download(job, tmp_path)
        page = await http.get("/", headers={"Accept": "text/html"})
        script = await http.get("/page/assets/app-0123abcd.js")
    assert path.read_bytes()[4:8] == b"ftyp"
    assert (page.status_code, script.status_code) == (200, 200)  # the web page comes with the package


def test_the_installed_command_says_what_it_is(installed: Path):
    told = subprocess.run(
        [installed / "edit-factory", "--version"], capture_output=True, text=True, check=True, timeout=60
    )
    assert "0.1.0" in told.stdout
