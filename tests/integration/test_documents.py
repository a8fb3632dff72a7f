"""The API describes itself, truly."""

from __future__ import annotations

from openapi_spec_validator import OpenAPIV31SpecValidator

from contracts.asyncapi import document
from services.gateway.version import VERSION
from tests.client import Client


async def test_the_openapi_document_is_valid_and_whole(api: Client):
    spec = (await api.http.get("/v1/openapi.json")).json()
    assert spec["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(spec).validate()
    assert {
        "/v1/assets",
        "/v1/jobs",
        "/v1/jobs/{job}",
        "/v1/jobs/{job}/events",
        "/v1/jobs/{job}/cancel",
        "/v1/videos/{video}/files/{preset}",
        "/v1/videos/{video}/timeline",
        "/v1/videos/{video}/match-report",
        "/health/ready",
    } <= set(spec["paths"])
    brief = spec["components"]["schemas"]["ScriptBrief"]
    assert set(brief["required"]) == {"script", "footage"}
    for path in ("/v1/assets", "/v1/subtitles", "/v1/jobs"):
        assert spec["paths"][path]["post"]["requestBody"]["content"], f"{path} takes a body"
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            assert operation.get("summary") or operation.get("description"), f"{method} {path} says nothing"


async def test_refusals_are_described_as_problem_details(api: Client):
    spec = (await api.http.get("/v1/openapi.json")).json()
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            for status, answer in operation["responses"].items():
                if status.startswith(("4", "5")) or status == "default":
                    assert set(answer["content"]) == {"application/problem+json"}, f"{method} {path} {status}"
    post = spec["paths"]["/v1/jobs"]["post"]["responses"]
    assert {"400", "422"} <= set(post)


async def test_the_asyncapi_document_is_served(api: Client):
    assert (await api.http.get("/v1/asyncapi.json")).json() == document(VERSION)


async def test_the_index_leads_on(api: Client):
    index = (await api.http.get("/")).json()
    for name in ("api", "events", "jobs", "health"):
        assert (await api.http.get(index[name])).status_code == 200


async def test_ready_and_live(api: Client):
    assert (await api.http.get("/health/live")).json() == {"status": "ok"}
    ready = await api.http.get("/health/ready")
    assert ready.json()["status"] == "ok"
    assert ready.headers["cache-control"] == "no-store"
