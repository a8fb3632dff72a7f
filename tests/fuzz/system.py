"""A whole system as a child process, with one of everything in it that a path can name."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import orjson

from tests import material
from tests.limits import UNLIMITED

Ids = Mapping[str, list[str]]
_FINAL = frozenset({"completed", "failed", "cancelled", "waiting_for_review"})
_PATIENCE_S = 90.0
# By what is asked of each at once; of those of which nothing is, the end is waited for.
_BATCHES = {
    "batch": None,
    "batch_to_retry": None,
    "batch_to_pause": "pause",
    "batch_to_resume": "pause",
    "batch_to_cancel": "cancel",
}
_MORE_ROWS_THAN_GO_AT_ONCE = 10
NOBODY = "http://127.0.0.1:9"  # where nothing listens: what is asked there fails technically, and leaves a letter


@contextmanager
def started(home: Path, **settings: Any) -> Iterator[str]:
    """``edit-factory up`` as a user runs it; the URL of its gateway."""
    keep = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR", "PYTHONPATH") if name in os.environ}
    told = {f"EDIT_FACTORY_{name.upper()}": str(value) for name, value in (UNLIMITED | settings).items()}
    with (home / "stderr.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "edit_factory", "--json", "--home", str(home), "up", "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=log,
            env=keep | told,
            start_new_session=True,
        )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert line, (home / "stderr.log").read_text()
        yield str(orjson.loads(line)["url"])
        assert process.poll() is None, "the system has ended by itself"
        assert "NATS refused a subject" not in (home / "logs/edit-factory.log").read_text()  # a right that is missing
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(40)
        finally:
            process.kill()
            process.stdout.close()


def one_of_everything(url: str) -> Ids:
    """Ids by the names that the paths have for them."""
    with httpx.Client(base_url=url, timeout=60) as http:
        making = _Making(http)
        making.uploads()
        making.jobs()
        making.webhooks()
        making.profiles()
        making.feeds()
        making.batches()
        return making.ids


@dataclass
class _Making:
    http: httpx.Client
    ids: dict[str, list[str]] = field(default_factory=dict)

    def uploads(self) -> None:
        clip = material.video("fuzz.mp4", seconds=5, size=(320, 180)).read_bytes()
        tune = material.sound("fuzz.wav").read_bytes()
        short = material.video("fuzz-short.mp4", seconds=0.2, size=(320, 180)).read_bytes()
        for kind, name, data in (("footage", "footage", clip), ("music", "music", tune), ("footage", "short", short)):
            made = self._asked("POST", "/v1/assets", params={"kind": kind, "name": name}, content=data)
            self._keep(asset=made["id"], **{name: made["id"]})
        begun = self.http.post("/v1/uploads", headers={"Tus-Resumable": "1.0.0", "Upload-Length": "1000"})
        self._keep(upload=begun.headers["location"].rpartition("/")[2])
        self._keep(part="proxy", voice="en-us")
        self._keep(part="waveform")

    def jobs(self) -> None:
        brief = {"script": "A calm sea.", "quality": "draft", "footage": self.ids["footage"], "project": "sea"}
        speechless = brief | {"project": None, "voice": {"provider": "elevenlabs", "name": "a" * 20}}
        done = self._ended(self._asked("POST", "/v1/jobs", json=brief))
        failed = self._ended(self._asked("POST", "/v1/jobs", json=speechless))
        assert (done["state"], failed["state"]) == ("completed", "failed"), (done["fault"], failed["fault"])
        video = done["videos"][0]
        self._keep(job=done["id"], video=video["id"], preset=video["files"][0]["preset"])
        self._keep(version=video["files"][0]["sha256"])
        self._keep(version=video["thumbnail_url"].partition("v=")[2])
        review = self._asked("GET", f"/v1/videos/{video['id']}/review")
        self._keep(version=review["voice"]["url"].partition("v=")[2])
        self._keep(job=failed["id"], video=failed["videos"][0]["id"])
        letters = self._asked("GET", "/v1/dead-letters")["items"]
        assert letters, "the failed job left no letter"
        self._keep(letter=letters[0]["id"])
        hopeless = self._ended(self._asked("POST", "/v1/jobs", json=brief | {"footage": self.ids["short"]}))
        assert hopeless["fault"]["code"] == "footage_too_short", hopeless["fault"]
        self._keep(job_to_retry=hopeless["id"])  # it left no letter, so nothing else brings it to life again
        reviewed = brief | {"project": None, "review": ["script"]}
        held, given_up = (self._ended(self._asked("POST", "/v1/jobs", json=reviewed)) for _ in range(2))
        self._keep(video_to_approve=held["videos"][0]["id"], job_to_cancel=given_up["id"])
        for change in ("video_to_change", "video_to_rewrite"):  # of jobs whose live events nobody waits for the end of
            other = self._ended(self._asked("POST", "/v1/jobs", json=brief | {"project": None}))
            self._keep(**{change: other["videos"][0]["id"]})

    def webhooks(self) -> None:
        for name in ("webhook", "webhook_to_change", "webhook_to_remove"):
            made = self._asked("POST", "/v1/webhooks", json={"url": f"https://192.0.2.1/{name}"})
            self._keep(**{name: made["id"]})
        self._keep(url_to_tell="https://192.0.2.1/another")
        self._keep(delivery=self._asked("POST", f"/v1/webhooks/{self.ids['webhook'][0]}/test")["id"])

    def feeds(self) -> None:
        rows = b"id,title,price\n1,Cup,9 EUR\n2,,9 EUR\n"
        table = self._asked("POST", "/v1/assets", params={"kind": "table", "name": "rows.csv"}, content=rows)["id"]
        self._keep(table=table)
        for name in ("feed", "feed_to_change", "feed_to_remove", "feed_to_read"):
            made = self._asked("POST", "/v1/feeds", json={"name": name, "table": table})
            self._keep(**{name: made["id"]})
            self._imported(made["last_import"]["import_url"])
            if name == "feed":
                self._keep(feed_import=made["last_import"]["id"])

    def _imported(self, url: str) -> None:
        """Else another import of the same feed would be refused for as long as this one runs."""
        end = time.monotonic() + 60
        while self._asked("GET", url)["state"] not in {"imported", "failed"}:
            assert time.monotonic() < end, "an import does not end"
            time.sleep(0.1)

    def batches(self) -> None:
        """One that has ended, with a row of each kind; and of those that are steered one each."""
        template = {"script": "{title} is here.", "quality": "draft", "footage": self.ids["footage"]}
        many = [{"values": {"title": f"Cup {number}"}} for number in range(_MORE_ROWS_THAN_GO_AT_ONCE)]
        for name, steering in _BATCHES.items():
            rows = {"table": self.ids["table"][0]} if steering is None else {"given": many}
            made = self._asked("POST", "/v1/batches", json={"template": template, "rows": rows, "title": name})
            self._keep(**{name: made["id"]})
            if steering is not None:
                self._asked("POST", f"{made['url']}/{steering}")
                continue
            end = time.monotonic() + _PATIENCE_S
            while (seen := self._asked("GET", made["url"]))["state"] != "completed":
                assert time.monotonic() < end, seen
                time.sleep(0.2)
            assert (seen["counts"]["completed"], seen["counts"]["refused"]) == (1, 1), seen

    def profiles(self) -> None:
        self._asked("POST", "/v1/profiles", json={"id": "guest"})
        self._keep(profile="guest", key=self._asked("POST", "/v1/profiles/guest/keys", json={})["id"])

    def _keep(self, **found: str) -> None:
        for name, value in found.items():
            self.ids.setdefault(name, []).append(value)

    def _asked(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        answer = self.http.request(method, path, **more)
        assert answer.is_success, f"{method} {path}: {answer.text}"
        return dict(answer.json())

    def _ended(self, job: dict[str, Any]) -> dict[str, Any]:
        until = time.monotonic() + _PATIENCE_S
        while job["state"] not in _FINAL:
            assert time.monotonic() < until, job
            time.sleep(0.2)
            job = self._asked("GET", job["url"])
        return job
