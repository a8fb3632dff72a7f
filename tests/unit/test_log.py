"""What a log line says, and what it never says."""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest
from pydantic import SecretStr

from kit import redact as redacting
from kit.log import LOG_BYTES, LOGS_KEPT, LONGEST_LINE, JsonLines, bound, rotating
from kit.redact import HIDDEN, know, know_settings, redact
from kit.settings import Settings

KEY = "ef_k7Qp2w_c2VjcmV0LXNlY3JldC1zZWNyZXQ"
PASSWORD = "pq8d7e6c5b4a39281"


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redacting, "_known", {})
    monkeypatch.setattr(redacting, "_by_value", None)


@pytest.fixture
def lines() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines())
    log = logging.getLogger("tests.log")
    log.handlers[:], log.propagate = [handler], False
    log.setLevel(logging.DEBUG)
    yield log, out
    log.handlers[:], log.propagate = [], True


def told(out: io.StringIO) -> dict[str, Any]:
    (line,) = out.getvalue().splitlines()
    found: dict[str, Any] = orjson.loads(line)
    return found


SECRETS = {
    "a password in a URL": (f"can't reach nats://service:{PASSWORD}@10.0.0.1:4222", PASSWORD),
    "one with strange letters": ("postgresql://ef:p@ss:w0rd!x@db:5432/ef", "p@ss:w0rd!x"),
    "a token in a URL": (f"nats://{PASSWORD}@host:4222", PASSWORD),
    "a bearer": (f"Authorization: Bearer {PASSWORD}", PASSWORD),
    "a bearer in a dict": (f"{{'Authorization': 'Bearer {PASSWORD}', 'Accept': '*/*'}}", PASSWORD),
    "a bearer in raw headers": (f"[(b'authorization', b'Bearer {PASSWORD}')]", PASSWORD),
    "basic": ("Authorization: Basic dXNlcjpwYXNzd29yZA==", "dXNlcjpwYXNzd29yZA"),
    "a cookie": (f"Cookie: session={PASSWORD}; other=1", PASSWORD),
    "our own key": (f"no such key: {KEY}", "c2VjcmV0LXNlY3JldC1zZWNyZXQ"),
    "a webhook's": ("signed with whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
    "a voice maker's": ("sk_0123456789abcdef0123456789abcdef said 401", "0123456789abcdef"),
    "a writer's": ("Incorrect API key provided: sk-proj-abcdEFGH1234", "abcdEFGH1234"),
    "a header of a voice maker": ("xi-api-key: 0a1b2c3d4e5f60718293", "0a1b2c3d4e5f60718293"),
    "JSON": (f'{{"api_key": "{PASSWORD}", "n": 1}}', PASSWORD),
    "a query": (f"GET https://bucket/x?X-Amz-Signature={PASSWORD}&n=1", PASSWORD),
    "a form": (f"password={PASSWORD}&user=me", PASSWORD),
    "a variable": (f"AWS_SECRET_ACCESS_KEY={PASSWORD}", PASSWORD),
    "Google's": ("key AIzaSyA1234567890abcdefghijklmnopqrstu", "AIzaSyA1234567890abcdefghijklmnopqrstu"),
    "Amazon's": ("AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE"),
}
HARMLESS = [
    "the token of the day is three words long",
    "http://127.0.0.1:8000/v1/jobs?limit=5",
    "postgresql://edit_factory@db:5432/edit_factory",
    "mail ana@example.com at 10:30",
    "a task-skeleton, a keyframe every 2 s, a monkey",
    "nats://127.0.0.1:4222",
]


@pytest.mark.parametrize("name", SECRETS)
class TestSecrets:
    def test_TEST_03_are_not_in_a_message(self, lines, name):
        log, out = lines
        text, secret = SECRETS[name]
        log.info(text)
        log.info("%s and %d", text, 5)
        assert secret not in out.getvalue()
        assert out.getvalue().count(HIDDEN) >= 2

    def test_TEST_03_nor_in_what_is_added_however_deep(self, lines, name):
        log, out = lines
        text, secret = SECRETS[name]

        class Told:
            def __str__(self) -> str:
                return text

        log.info("x", extra={"a": text, "b": {"c": [{"d": text}, (text,)], text: 1}, "e": Told(), "f": text.encode()})
        assert secret not in out.getvalue()

    def test_TEST_03_nor_in_the_story_of_an_exception(self, lines, name):
        log, out = lines
        text, secret = SECRETS[name]
        try:
            try:
                raise OSError(text)
            except OSError as cause:
                raise RuntimeError(f"while {text}") from cause
        except RuntimeError:
            log.exception("it broke")
        line = told(out)
        assert secret not in out.getvalue()
        assert "RuntimeError" in line["exception"]
        assert "test_log.py" in line["exception"]


@pytest.mark.parametrize("text", HARMLESS)
def test_TEST_03_what_is_no_secret_is_told(text):
    assert redact(text) == text


def test_TEST_03_known_secrets_are_hidden_wherever_they_are(lines):
    log, out = lines
    given = {
        "nats_url": "nats://service:fir%24t-pass@a:4222, nats://service:second-pass@b:4222",
        "postgres_dsn": "postgresql://ef:third-pass@db/ef",
        "elevenlabs_api_key": "fourth-pass",
        "keys": {"openai_api_key": SecretStr("fifth-pass")},
        "providers": [{"token": "sixth-pass"}],
        "home": "/var/lib/edit-factory",
    }
    know_settings(given, {"AWS_SECRET_ACCESS_KEY": "seventh-pass", "LANG": "C.UTF-8-locale"})
    log.info("fir$t-pass fir%24t-pass second-pass third-pass fourth-pass fifth-pass sixth-pass seventh-pass")
    log.info("/var/lib/edit-factory C.UTF-8-locale")
    hidden, shown = (orjson.loads(line)["message"] for line in out.getvalue().splitlines())
    assert hidden == " ".join([HIDDEN] * 8)
    assert shown == "/var/lib/edit-factory C.UTF-8-locale"


def test_TEST_03_a_service_knows_its_secrets_before_it_starts(tmp_path):
    from edit_factory.registry import build

    build("script", Settings(home=tmp_path, nats_url=f"nats://service:{PASSWORD}@host:4222"))
    assert redact(f"refused {PASSWORD}.") == f"refused {HIDDEN}."


def test_TEST_03_short_words_are_never_taken_for_secrets():
    know("abc", "")
    assert redact("abc") == "abc"


def test_TEST_03_a_field_named_as_a_secret_is_hidden_and_a_number_is_not(lines):
    log, out = lines
    log.info(
        "x", extra={"password": "abc", "headers": {"Authorization": "abc", "n": 1}, "tokens": 130, "api_key": None}
    )
    line = told(out)
    assert (line["password"], line["headers"]) == (HIDDEN, {"Authorization": HIDDEN, "n": 1})
    assert (line["tokens"], line["api_key"]) == (130, None)


def test_TEST_03_a_line_says_when_how_grave_and_whose(lines):
    log, out = lines
    with bound(service="render", job="j"), bound(video="v", step="render", trace="t", request="r"):
        log.warning("it %s", "went wrong", extra={"asset": UUID(int=5), "path": Path("/x"), "share": 0.5})
    line = told(out)
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "warning",
        "logger": "tests.log",
        "message": "it went wrong",
        "service": "render",
        "job": "j",
        "video": "v",
        "step": "render",
        "trace": "t",
        "request": "r",
        "asset": "00000000-0000-0000-0000-000000000005",
        "path": "/x",
        "share": 0.5,
    }


def shown(**record: Any) -> str:
    """One record as a line, past the handlers that pytest puts everywhere."""
    return JsonLines().format(logging.makeLogRecord({"levelname": "INFO", "name": "x"} | record))


def test_TEST_03_nothing_makes_a_line_long_or_breaks_it():
    class Broken:
        def __str__(self) -> str:
            raise LookupError("no text")

    loop: list[Any] = []
    loop.append(loop)
    odd = {"text": "x" * 10**6, "many": list(range(10**5)), "loop": loop, "half": "\ud800", "big": 1 << 80}
    line = orjson.loads(shown(msg="y" * 10**6, **odd, broken=Broken(), nan=float("nan")))
    assert (len(line["message"]), len(line["text"]), len(line["many"])) == (4000, 4000, 50)
    assert "LookupError" in line["broken"]
    assert orjson.loads(shown(msg="%d", args=("no number",)))["message"].startswith("%d")


def test_TEST_03_what_is_too_much_for_a_line_leaves_what_it_is_about():
    cut = shown(msg="z", job="kept", **{f"key{number}": "\u0001" * 4000 for number in range(30)})
    assert len(cut) <= LONGEST_LINE
    line = orjson.loads(cut)
    assert (line["job"], line["message"], line["too_long"]) == ("kept", "z", True)


def test_TEST_03_a_secret_is_taken_out_before_a_text_is_cut(lines):
    log, out = lines
    log.info("x" * 3985 + f" whsec_{PASSWORD}")
    assert PASSWORD[:6] not in out.getvalue()


@pytest.mark.parametrize("part", ["a-", "a.", "://a:", "secret", "token =", "Bearer ", "sk_", "authorization: "])
def test_TEST_03_no_text_takes_long(part):
    """A pattern that backtracks would let whoever sends a header stop the service."""
    began = time.thread_time()
    redact(part * (64_000 // len(part)))
    assert time.thread_time() - began < 2


def test_TEST_03_log_files_are_bounded(tmp_path, monkeypatch):
    assert LOG_BYTES * (LOGS_KEPT + 1) <= 50 << 20
    monkeypatch.setattr("kit.log.LOG_BYTES", 20_000)
    handler = rotating(tmp_path / "logs/x.log")
    for number in range(3000):
        handler.handle(logging.makeLogRecord({"msg": f"line {number} nats://a:{PASSWORD}@b", "levelname": "INFO"}))
    handler.close()
    files = list((tmp_path / "logs").iterdir())
    assert len(files) == LOGS_KEPT + 1
    assert sum(file.stat().st_size for file in files) <= 20_000 * (LOGS_KEPT + 1)
    assert not any(PASSWORD in file.read_text() for file in files)
