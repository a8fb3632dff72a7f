"""Users by the command: the first key on the machine itself, everything else through the API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration.test_cli_client import command, next_line, started, told

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("access")


@pytest.fixture(scope="module")
def admin_key(home: Path) -> str:
    """Made before anything has ever run, for a system that others reach."""
    refused = command(home, "up", "--json", EDIT_FACTORY_LOGIN="required")
    [fault] = told(refused, code=1)
    assert fault["error"]["code"] == "no_admin_key"
    assert "edit-factory keys create --admin" in fault["error"]["message"]
    [made] = told(command(home, "keys", "create", "--admin", "--json", EDIT_FACTORY_LOGIN="required"))
    assert made["admin"]
    return str(made["key"])


@pytest.fixture(scope="module")
def ready(home: Path, admin_key: str) -> Iterator[dict[str, Any]]:
    with started(home, "up", "--json", EDIT_FACTORY_LOGIN="required") as process:
        yield next_line(process)


def test_SEC_01_the_first_key_lets_its_admin_in_and_nobody_else(home: Path, admin_key: str, ready: dict[str, Any]):
    [fault] = told(command(home, "jobs", "--json"), code=2)
    assert fault["error"]["code"] == "key_missing"
    assert "EDIT_FACTORY_KEY" in fault["error"]["hint"]
    [fault] = told(command(home, "--api-key", "ef_wrong", "jobs", "--json"), code=2)
    assert fault["error"]["code"] == "key_invalid"
    assert told(command(home, "jobs", "--json", EDIT_FACTORY_KEY=admin_key)) == [{"jobs": []}]


def test_users_are_made_from_afar_with_an_admins_key(home: Path, admin_key: str, ready: dict[str, Any]):
    there = {"EDIT_FACTORY_URL": ready["url"], "EDIT_FACTORY_KEY": admin_key}
    [profile] = told(command(home, "profiles", "create", "anna", "--title", "Anna", "--json", **there))
    assert (profile["id"], profile["title"]) == ("anna", "Anna")
    [key] = told(command(home, "keys", "create", "--profile", "anna", "--days", "7", "--json", **there))
    [listed] = told(command(home, "profiles", "list", "--json", **there))
    assert [found["id"] for found in listed["profiles"]] == ["anna", "local"]
    asked = there | {"EDIT_FACTORY_KEY": key["key"]}
    assert told(command(home, "jobs", "--json", **asked)) == [{"jobs": []}]
    [fault] = told(command(home, "profiles", "list", "--json", **asked), code=2)
    assert fault["error"]["code"] == "admin_only"
    told(command(home, "keys", "revoke", key["id"], "--profile", "anna", "--json", **there))
    [fault] = told(command(home, "jobs", "--json", **asked), code=2)
    assert fault["error"]["code"] == "key_invalid"
    shown = command(home, "keys", "list", "--profile", "anna", **there)
    assert key["id"] in shown.stdout
    assert "revoked" in shown.stdout
    assert key["key"] not in shown.stdout


def test_on_the_machine_itself_no_key_is_needed_to_make_one(home: Path, ready: dict[str, Any]):
    done = command(home, "keys", "create", "--title", "spare")
    assert done.returncode == 0, done
    assert "ef_" in done.stdout
    [fault] = told(command(home, "keys", "create", "--profile", "nobody", "--json"), code=2)
    assert fault["error"]["code"] == "not_found"
    [fault] = told(command(home, "profiles", "create", "Not An Id", "--json"), code=2)
    assert fault["error"]["details"][0]["where"] == "/id"
    logs = (home / "logs" / "edit-factory.log").read_text(encoding="utf-8")
    assert "ef_" not in json.dumps(logs)
