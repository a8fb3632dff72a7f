"""The web page's files: which there are, what they are, in which encoding they are sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.gateway.pages import Page, is_of_the_page, read_page, wants_page


def written(folder: Path, **files: bytes) -> Page:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return read_page(folder)


def test_a_file_and_its_precompressed_forms_are_one(tmp_path: Path):
    page = written(tmp_path, **{"assets/a-Bx_12345.js": b"plain", "assets/a-Bx_12345.js.br": b"brotli"})
    (name,) = page.files
    file = page.files[name]
    assert (name, file.media_type, file.lasting) == ("assets/a-Bx_12345.js", "text/javascript", True)
    assert file.body("gzip, br") == ("br", b"brotli")
    assert file.body("gzip") == file.body("") == file.body("br;q=0") == file.body("br; q=0.0") == ("", b"plain")
    assert file.body("br;q=0.1")[0] == "br"


def test_a_compressed_file_alone_and_a_link_to_elsewhere_are_no_files(tmp_path: Path):
    (tmp_path / "secret").write_text("not of the page")
    folder = tmp_path / "page"
    folder.mkdir()
    (folder / "link.js").symlink_to(tmp_path / "secret")
    assert written(folder, **{"index.html": b"<p>", "a.js.gz": b"x"}).files.keys() == {"index.html"}


def test_names_without_a_hash_are_asked_for_again(tmp_path: Path):
    page = written(tmp_path, **{"favicon.svg": b"<svg/>", "chunk-vendors.js": b"1", "i.D8fjsQ2k.css": b"2"})
    assert {name for name, file in page.files.items() if file.lasting} == {"i.D8fjsQ2k.css"}


def test_without_a_folder_it_says_how_to_build_it(tmp_path: Path):
    page = read_page(tmp_path / "none")
    assert not page.built
    assert b"make web" in page.index.bodies[""]


@pytest.mark.parametrize(
    ("accept", "browses"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", True),
        ("TEXT/HTML;q=0.9", True),
        ("*/*", False),
        ("application/json", False),
        ("", False),
        ("application/text/htmlx", False),
    ],
)
def test_who_looks_at_pages(accept: str, browses: bool):
    assert wants_page(accept) is browses


@pytest.mark.parametrize(
    ("path", "its"),
    [("/", True), ("/jobs/1", True), ("/v1x", True), ("/v1/jobs", False), ("/v1", False), ("/health/x", False)],
)
def test_the_paths_of_the_pages_own_router(path: str, its: bool):
    assert is_of_the_page(path) is its
