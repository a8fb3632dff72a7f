"""Scratch folders: private, removed however the work ends, and swept only when their process is gone."""

import asyncio
import gc
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kit.scratch import Scratch

HOLDER = """
import sys, pathlib
from kit.scratch import Scratch
scratch = Scratch(pathlib.Path(sys.argv[1]))
with scratch.folder("work") as folder:
    (folder / "part").write_bytes(b"x" * 1000)
    print(folder, flush=True)
    sys.stdin.read()
"""


def test_a_folder_is_private_and_gone_afterwards(tmp_path):
    scratch = Scratch(tmp_path / "scratch")
    with scratch.folder("render") as one, scratch.folder("render") as two:
        assert one != two
        assert one.name.startswith("render-")
        assert stat.S_IMODE(one.stat().st_mode) == 0o700
        assert stat.S_IMODE(one.parent.stat().st_mode) == 0o700
        (one / "sub").mkdir()
        (one / "sub" / "part").write_bytes(b"x")
    assert not one.exists()
    assert not two.exists()


async def test_a_folder_goes_with_its_cancelled_work(tmp_path):
    seen: list[Path] = []

    async def work() -> None:
        with Scratch(tmp_path).folder("work") as folder:
            seen.append(folder)
            await asyncio.sleep(60)

    task = asyncio.create_task(work())
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not seen[0].exists()


@pytest.mark.parametrize("purpose", ["", "../up", "a/b", "A", "-x", "x" * 41])
def test_a_purpose_cannot_lead_elsewhere(tmp_path, purpose):
    with pytest.raises(ValueError, match="not a purpose"), Scratch(tmp_path).folder(purpose):
        pass


def test_nothing_is_left_of_a_scratch_nobody_uses(tmp_path):
    scratch = Scratch(tmp_path)
    with scratch.folder("work"):
        pass
    del scratch
    gc.collect()
    assert list(tmp_path.iterdir()) == []


def test_a_sweep_takes_the_dead_and_spares_the_living(tmp_path):
    mine = Scratch(tmp_path)
    with mine.folder("work") as my_folder, _holder(tmp_path) as living, _holder(tmp_path) as doomed:
        their_folder, dead_folder = _says(living), _says(doomed)
        doomed.kill()
        doomed.wait()
        assert dead_folder.exists()

        assert mine.abandoned() == 1
        assert dead_folder.exists()
        assert mine.sweep() == 1

        assert not dead_folder.parent.exists()
        assert their_folder.exists()
        assert my_folder.exists()
        assert mine.sweep() == mine.abandoned() == 0
        living.communicate()
    assert not their_folder.exists()


def test_many_sweeps_at_once_take_each_folder_once(tmp_path):
    for number in range(40):
        name = f"{number}-gone"
        (tmp_path / name / "work-1").mkdir(parents=True)
        (tmp_path / f"{name}.lock").touch()
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda _: Scratch(tmp_path).sweep(), range(8)))
    assert sum(counts) == 40
    assert list(tmp_path.iterdir()) == []


def test_folders_are_never_swept_while_they_are_being_made(tmp_path):
    def work(_):
        scratch = Scratch(tmp_path)
        for _ in range(5):
            with scratch.folder("work") as folder:
                (folder / "part").touch()
                scratch.sweep()
                assert (folder / "part").exists()
        return scratch

    with ThreadPoolExecutor(8) as pool:
        assert len(list(pool.map(work, range(32)))) == 32


def test_a_sweep_of_nothing(tmp_path):
    assert Scratch(tmp_path / "never").sweep() == 0


def _holder(root: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(root)],
        cwd=Path(__file__).parents[2],
        env=dict(os.environ),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _says(process: subprocess.Popen[str]) -> Path:
    assert process.stdout is not None
    return Path(process.stdout.readline().strip())
