"""The shipped typefaces: complete, private, and made in place whole."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from contracts.looks import FONTS
from kit.fonts import covers, face, fonts_folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.setenv("EDIT_FACTORY_HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("family", FONTS)
def test_every_family_writes_romanian_and_its_neighbours(family):
    assert covers(family, "Ăă Ââ Îî Șș Țț Şş Ţţ éèêëçñöüß „citat” — 100% €5.50 {a} \\N <b> [c] @#&*+=/?!") == []


def test_what_a_font_lacks_is_told_once_and_in_order():
    assert covers("Lato", "a 漢b字\u200d漢🎉\n") == ["漢", "字", "🎉"]


@pytest.mark.parametrize("family", FONTS)
def test_a_face_knows_its_measures(family):
    known = face(family)
    assert known.width("iii") < known.width("MMM") < 3.6
    assert known.width("") == 0
    assert 0.5 < known.cap_height / known.units_per_em < 1.0
    assert 1.0 < (known.ascent + known.descent) / known.units_per_em < 2.0


def test_the_folder_holds_one_face_of_each_family_and_nothing_else(home):
    folder = fonts_folder()
    assert folder.is_relative_to(home)
    assert len(list(folder.iterdir())) == len(FONTS)
    assert all(file.suffix == ".ttf" and file.stat().st_size > 10_000 for file in folder.iterdir())


def test_a_damaged_folder_is_mended(home):
    folder = fonts_folder()
    sizes = {file.name: file.stat().st_size for file in folder.iterdir()}
    (folder / "Lato-Bold.ttf").write_bytes(b"half")
    (folder / "Kanit-Bold.ttf").unlink()
    fonts_folder()
    assert {file.name: file.stat().st_size for file in folder.iterdir()} == sizes


def test_without_a_home_the_folder_is_nobody_else_s(tmp_path, monkeypatch):
    monkeypatch.delenv("EDIT_FACTORY_HOME", raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    taken = fonts_folder().parent
    assert taken.stat().st_mode & 0o077 == 0
    taken.chmod(0o777)
    other = fonts_folder().parent
    assert other != taken
    assert other.stat().st_mode & 0o077 == 0


def test_many_processes_make_it_at_once(home):
    with ProcessPoolExecutor(4, mp_context=multiprocessing.get_context("spawn")) as pool:
        folders = [made.result() for made in [pool.submit(fonts_folder) for _ in range(8)]]
    assert set(folders) == {home / "cache" / "fonts"}
    assert len(list(folders[0].iterdir())) == len(FONTS)
    assert list((home / "cache").glob(".font-*")) == []
