"""The web page as a browser gets it: one document behind all its paths, its files, and what keeps others out of it."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from edit_factory.embedded import Embedded
from tests.client import Client
from tests.guarded import calling, gateway
from tests.integration.refusing import refused

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
DOCUMENT = b"<!doctype html><title>A made-up page</title>" + b" " * 4096
SCRIPT = b"console.log(1);" * 400
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


@pytest.fixture(scope="module")
async def page(factory: Embedded, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    """A gateway that asks for keys and has a small page."""
    folder: Path = tmp_path_factory.mktemp("page")
    (folder / "assets").mkdir()
    (folder / "index.html").write_bytes(DOCUMENT)
    (folder / "favicon.svg").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / "assets" / "app-Bq3_xY9z.js").write_bytes(SCRIPT)
    (folder / "assets" / "app-Bq3_xY9z.js.gz").write_bytes(gzip.compress(SCRIPT))
    async with gateway(factory, page=folder) as running, calling(running.url, None) as http:
        yield http


@pytest.mark.parametrize("path", ["/", "/jobs", "/library/0193/edit", "/page/index.html"])
async def test_a_browser_is_shown_the_page_at_every_path_of_its_router(page: httpx.AsyncClient, path: str):
    shown = await page.get(path, headers=BROWSER)
    assert (shown.status_code, shown.content) == (200, DOCUMENT)
    assert shown.headers["content-type"] == "text/html; charset=utf-8"
    assert shown.headers["content-security-policy"] == POLICY
    assert shown.headers["cross-origin-opener-policy"] == "same-origin"
    assert shown.headers["cache-control"] == "no-cache"
    again = await page.get(path, headers=BROWSER | {"If-None-Match": shown.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_programs_see_the_api_as_before(page: httpx.AsyncClient):
    for accept in ("application/json", "*/*"):
        told = await page.get("/", headers={"Accept": accept})
        assert told.json()["api"] == "/v1/openapi.json"
    refused(await page.get("/jobs"), 404, "not_found")
    refused(await page.post("/jobs", headers=BROWSER), 404, "not_found")
    for path in ("/v1/nothing", "/health/nothing", "/page/nothing.js", "/page/%2e%2e/pages.py"):
        refused(await page.get(path, headers=BROWSER), 404, "not_found")
    refused(await page.get("/v1/jobs", headers=BROWSER), 401, "key_missing")


async def test_its_files_last_for_ever_if_their_names_have_a_hash(page: httpx.AsyncClient):
    script = await page.get("/page/assets/app-Bq3_xY9z.js", headers={"Accept-Encoding": "gzip, br"})
    assert (script.status_code, script.content) == (200, SCRIPT)
    assert script.headers["content-encoding"] == "gzip"
    assert int(script.headers["content-length"]) < len(SCRIPT)
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert script.headers["content-type"].startswith("text/javascript")
    plain = await page.get("/page/assets/app-Bq3_xY9z.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.headers["etag"] != script.headers["etag"]
    head = await page.head("/page/assets/app-Bq3_xY9z.js", headers={"Accept-Encoding": "identity"})
    assert (head.content, head.headers["content-length"]) == (b"", str(len(SCRIPT)))
    icon = await page.get("/page/favicon.svg")
    assert (icon.headers["cache-control"], icon.headers["content-type"]) == ("no-cache", "image/svg+xml; charset=utf-8")


async def test_every_answer_keeps_pages_of_elsewhere_out(page: httpx.AsyncClient):
    for path in ("/", "/page/favicon.svg", "/v1/openapi.json", "/v1/jobs", "/nothing", "/health/live"):
        answer = await page.get(path)
        assert answer.headers.get_list("x-content-type-options") == ["nosniff"], path
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"


async def test_without_a_page_it_says_how_to_build_one(factory: Embedded, tmp_path: Path):
    async with gateway(factory, page=tmp_path / "none") as running, calling(running.url, None) as http:
        shown = await http.get("/", headers=BROWSER)
        assert shown.status_code == 404
        assert "make web" in shown.text
        assert (await http.get("/")).json()["name"] == "Edit Factory"


async def test_the_running_system_still_answers_programs(api: Client):
    assert (await api.http.get("/", headers={"Accept": "application/json"})).json()["jobs"] == "/v1/jobs"
