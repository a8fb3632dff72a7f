"""What a child process cannot do, in each kind of cage that holds on this machine: tried, not read from settings."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from fractions import Fraction
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import psutil
import pytest

from contracts.brief import SubtitleStyle
from contracts.faults import Unavailable
from contracts.media import AssetKind
from contracts.speech import Phrase, Word
from contracts.timeline import Cue
from kit.cages import FILES, KINDS, NETWORK, PLAIN, Cage, CageUnavailable, Chooser
from kit.ffmpeg import find_ffmpeg
from kit.media import probe
from kit.pictures import thumbnail
from kit.process import Limits, ProcessFailed, cages, run
from kit.sees import Sees, view
from kit.service import Service
from kit.settings import Settings
from services.tts.providers import offline_providers
from tests import material
from tests.limits import SOON_S
from tests.unit.test_process import PARENT, gone, until
from tests.unit.test_rendering import SMALL, clip, edit, facts, numbered, rendered, talk

CALM = Limits(wall_s=20)
SECRET = "p4ssw0rd-of-the-server"
HERE = Path(__file__).parents[2]


# The one that is taken first on most machines; the others in the longer proofs.
@pytest.fixture(params=[KINDS[0], *(pytest.param(kind, marks=pytest.mark.slow) for kind in KINDS[1:-1])])
async def kind(request: pytest.FixtureRequest) -> Any:
    """Each cage; one that does not hold here is skipped with the reason."""
    try:
        await cages.choose(request.param)
    except CageUnavailable as why:
        await cages.choose("auto")
        pytest.skip(why.message)
    yield request.param
    await cages.choose("auto")


async def keeping_out(kind: str, what: str) -> None:
    cage = await cages.current()
    if what not in cage.keeps_out:
        pytest.skip(f"{kind} is not there to keep out {what}")


@pytest.fixture
def server() -> Iterator[int]:
    """A TCP server on this machine that must not be reached; its port."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield int(door.getsockname()[1])


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home as the embedded servers leave it, with a scratch folder to work in."""
    for place in ("nats/service.password", "postgres/password", "scratch/work/own.txt"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(SECRET)
    return tmp_path


def tries(step: str) -> list[str]:
    """A program that does one thing and says what came of it."""
    script = f"import socket, sys, os\ntry:\n    {step}\n    print('done')\nexcept OSError as no:\n    print('refused')"
    return [sys.executable, "-I", "-S", "-c", script]


async def outcome(step: str, *arguments: Any, **how: Any) -> str:
    return (await run([*tries(step), *map(str, arguments)], limits=CALM, **how)).stdout.decode().strip()


class TestEachCage:
    @pytest.mark.parametrize(
        "step",
        [
            "socket.create_connection(('127.0.0.1', int(sys.argv[1])), 2)",
            "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', int(sys.argv[1])))",
        ],
        ids=["tcp", "udp"],
    )
    async def test_SEC_02_reaches_no_server(self, kind, server, home, step):
        await keeping_out(kind, NETWORK)
        if kind == "bwrap" and "DGRAM" in step:
            pytest.skip("its loopback is its own: a datagram can be sent there, and nobody hears it")
        assert await outcome(step, server, cwd=home / "scratch/work") == "refused"
        assert await outcome(step, server, cwd=home / "scratch/work", cage=PLAIN) == "done", "the server is there"

    async def test_SEC_02_reaches_no_local_socket_of_a_server(self, kind, tmp_path):
        cage = await cages.current()
        if cage.kind != "bwrap" and "sockets" not in cage.layers:
            pytest.skip("a network namespace alone leaves local sockets open")
        path = tmp_path / "door"
        step = "socket.socket(socket.AF_UNIX).connect(sys.argv[1])"
        with contextlib.chdir(tmp_path), socket.socket(socket.AF_UNIX) as door:
            door.bind("door")
            door.listen()
            assert await outcome(step, path) == "refused"
            assert await outcome(step, path, cage=PLAIN) == "done"

    @pytest.mark.parametrize("place", ["nats/service.password", "postgres/password"])
    async def test_SEC_02_reads_no_password_of_a_server(self, kind, home, place):
        await keeping_out(kind, FILES)
        step = "open(sys.argv[1]).read()"
        assert await outcome(step, home / place, cwd=home / "scratch/work") == "refused"
        assert await outcome(step, home / "scratch/work/own.txt", cwd=home / "scratch/work") == "done"
        assert await outcome(step, home / place, cwd=home / "scratch/work", cage=PLAIN) == "done"

    async def test_SEC_02_a_link_in_its_folder_leads_nowhere_it_was_not_let(self, kind, home):
        await keeping_out(kind, FILES)
        (home / "scratch/work/link").symlink_to(home / "nats/service.password")
        (home / "blob").write_text("media")
        (home / "scratch/work/clip").symlink_to(home / "blob")
        how = {"cwd": home / "scratch/work", "sees": Sees(read=(home / "blob",))}
        assert await outcome("open('link').read()", **how) == "refused"
        assert await outcome("open('clip').read()", **how) == "done"
        assert await outcome("open('clip', 'a').write('x')", **how) == "refused"

    @pytest.mark.parametrize(
        "step", ["open(sys.argv[1] + '/new', 'w')", "os.remove(sys.argv[1] + '/kept')", "os.mkdir(sys.argv[1] + '/d')"]
    )
    async def test_SEC_02_writes_nothing_outside_its_folder(self, kind, home, step):
        await keeping_out(kind, FILES)
        (home / "kept").touch()
        await outcome(step, home, cwd=home / "scratch/work")
        assert {path.name for path in home.iterdir()} == {"kept", "nats", "postgres", "scratch"}
        assert await outcome("open('new', 'w').write('x')", cwd=home / "scratch/work") == "done"
        assert (home / "scratch/work/new").read_text() == "x"

    @pytest.mark.parametrize("name", ["environ", "mem", "root/etc/hostname"])
    async def test_SEC_02_learns_nothing_from_the_process_table(self, kind, name):
        await keeping_out(kind, FILES)
        assert await outcome("open(sys.argv[1], 'rb').read(1)", f"/proc/{os.getpid()}/{name}") == "refused"

    async def test_SEC_02_has_no_variable_of_ours(self, kind, monkeypatch, tmp_path):
        monkeypatch.setenv("EDIT_FACTORY_NATS_URL", f"nats://service:{SECRET}@host:4222")
        seen: list[str] = []
        asleep = asyncio.Event()
        script = "env > own.txt; echo ready; exec sleep 313.5"

        def look(_: str) -> None:
            for child in psutil.Process().children(recursive=True):
                with contextlib.suppress(psutil.NoSuchProcess):  # and zombies: children of other tests
                    if "313.5" in " ".join(child.cmdline()):
                        seen.append(f"{child.environ()}")
            asleep.set()

        running = asyncio.create_task(run(["sh", "-c", script], limits=CALM, cwd=tmp_path, on_line=look))
        await asyncio.wait_for(asleep.wait(), 30)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        own = (tmp_path / "own.txt").read_text()
        assert seen
        assert "TRACEPARENT" in own
        assert SECRET not in "".join(seen) + own

    async def test_SEC_02_dies_with_its_worker(self, kind):
        parent = PARENT.replace(
            "asyncio.run(", f"from kit.process import cages\nasyncio.run(cages.choose({kind!r}))\nasyncio.run("
        )
        command = [sys.executable, "-c", parent.replace("sleep 300", "sleep 311.5")]
        with subprocess.Popen(command, cwd=HERE, env=dict(os.environ), stdout=subprocess.PIPE, text=True) as worker:
            assert worker.stdout is not None
            assert await asyncio.to_thread(worker.stdout.readline)
            await until(lambda: len(sleepers("311.5")) == 1, SOON_S)
            (child,) = sleepers("311.5")
            worker.send_signal(signal.SIGKILL)
        await until(lambda: gone(child), SOON_S)

    async def test_SEC_02_its_whole_group_is_killed_with_it(self, kind):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(run(["sh", "-c", "sleep 312.5 & sleep 312.5"], limits=CALM), 0.5)
        await until(lambda: not sleepers("312.5"), SOON_S)

    async def test_SEC_02_a_signal_that_killed_it_is_told(self, kind):
        with pytest.raises(ProcessFailed, match="killed by SIGSEGV"):
            await run(["sh", "-c", "kill -SEGV $$"], limits=CALM)

    async def test_SEC_02_powers_of_root_are_gone(self, kind):
        if os.geteuid() != 0:
            pytest.skip("we are not root")
        step = "print(open('/proc/self/status').read())"
        said = (await run(tries(step), limits=CALM)).stdout.decode()
        (powers,) = [int(line.split()[1], 16) for line in said.splitlines() if line.startswith("CapEff")]
        assert powers & ~0b110 == 0, "all but reading and writing files of other users"
        assert "NoNewPrivs:\t1" in said


def sleepers(seconds: str) -> list[int]:
    return [
        process.pid
        for process in psutil.process_iter(["cmdline", "status"])
        if process.info["cmdline"] == ["sleep", seconds] and process.info["status"] != psutil.STATUS_ZOMBIE
    ]


class TestItsWorkIsDone:
    """What the children are for works in each cage."""

    async def test_SEC_02_a_probe(self, kind, tmp_path):
        upload = tmp_path / "upload"
        upload.write_bytes(material.video("cage.mp4", seconds=1, size=(64, 48)).read_bytes())
        seen, _ = await probe(upload, AssetKind.FOOTAGE)
        assert (seen.width, seen.height) == (64, 48)

    async def test_SEC_02_a_whole_render_with_subtitles_and_a_still(self, kind, tmp_path, monkeypatch):
        monkeypatch.setenv("EDIT_FACTORY_HOME", str(tmp_path / "home"))
        blobs = tmp_path / "blobs"
        blobs.mkdir()
        source = numbered(blobs / "clip", Fraction(30), 2, "-f", "mp4")
        cue = Cue(words=(Word(text="Bună", start_s=0.1, end_s=0.9, phrase=0),), start_s=0.1, end_s=0.9)
        whole = edit(clip("a", facts(source), 0.0, 0, 30), cues=(cue,), style=SubtitleStyle(font="Kanit"))
        made = await rendered(whole, {"a" * 64: source, "f" * 64: talk(blobs / "voice", 1.0)}, tmp_path / "out")
        assert (made.frames, made.width, made.missing_glyphs) == (30, SMALL.width, ())
        await thumbnail(made.path, 0.5, 96, tmp_path / "still.jpg")
        assert (tmp_path / "still.jpg").stat().st_size > 300

    @pytest.mark.parametrize("name", ["piper", "espeak"])
    async def test_SEC_02_a_voice(self, kind, tmp_path, name):
        (provider,) = [provider for provider in offline_providers(None) if provider.name == name]
        voice = next(voice for voice in provider.voices() if voice.language == "en")
        try:
            spoken = await provider.speak([Phrase(index=0, text="Hello there.")], voice, 1.0, tmp_path, lambda _: None)
        finally:
            await provider.close()
        assert [word.text for word in spoken.words] == ["Hello", "there."]
        assert spoken.path.stat().st_size > 20_000
        assert [path.name for path in tmp_path.iterdir()] == [f"{name}.wav"]


class TestLures:
    """Files that name other files or servers, given to ffmpeg with every door in ffmpeg itself open."""

    @pytest.fixture
    def web(self) -> Iterator[tuple[str, list[str]]]:
        asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_error(404)

            def log_message(self, *_: object) -> None:
                """Nobody reads it."""

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            yield f"http://127.0.0.1:{server.server_port}", asked
            server.shutdown()

    @staticmethod
    def lures(secret: str) -> dict[str, str]:
        return {
            "concat": f"ffconcat version 1.0\nfile {secret}\n",
            "hls": f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{secret}\n#EXT-X-ENDLIST\n",
            "dash": (
                '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
                'mediaPresentationDuration="PT1S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period>'
                f'<AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>{secret}</BaseURL>'
                "<SegmentBase/></Representation></AdaptationSet></Period></MPD>"
            ),
        }

    @staticmethod
    def wide_open(name: str, folder: Path) -> list[str | Path]:
        """As no call of ours is: any protocol, any file name, any extension."""
        open_doors: list[str | Path] = ["-protocol_whitelist", "file,http,tcp,concat,crypto,data"]
        if name == "concat":
            open_doors += ["-safe", "0"]
        if name == "hls":
            open_doors += ["-allowed_extensions", "ALL", "-extension_picky", "0"]
        read = [*open_doors, "-f", name, "-i", folder / "lure.mp4"]
        return [find_ffmpeg(), "-hide_banner", "-nostdin", "-v", "error", *read, "-c", "copy", "-f", "matroska", "-"]

    @pytest.mark.parametrize("name", ["concat", "hls"])
    async def test_SEC_02_a_playlist_reads_no_other_file(self, kind, tmp_path, name):
        await keeping_out(kind, FILES)
        other = tmp_path / "other.ts"
        subprocess.run(
            [find_ffmpeg(), "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=64x48:d=1", "-f", "mpegts", other],
            check=True,
        )
        own = tmp_path / "work"
        own.mkdir()
        (own / "lure.mp4").write_text(self.lures(f"file://{other}" if name == "hls" else str(other))[name])
        how: dict[str, Any] = {"limits": CALM, "cwd": own, "check": False, "max_stdout": 8 << 20}
        caged = await run(self.wide_open(name, own), **how)
        assert (caged.returncode != 0, caged.stdout) == (True, b"")
        opened = await run(self.wide_open(name, own), **how, cage=PLAIN)
        assert len(opened.stdout) > 1000, "without a cage the lure works"

    @pytest.mark.parametrize("name", ["concat", "hls", "dash"])
    async def test_SEC_02_a_playlist_reaches_no_server(self, kind, tmp_path, web, name):
        await keeping_out(kind, NETWORK)
        url, asked = web
        (tmp_path / "lure.mp4").write_text(self.lures(f"{url}/secret.ts")[name])
        how: dict[str, Any] = {"limits": CALM, "cwd": tmp_path, "check": False}
        assert (await run(self.wide_open(name, tmp_path), **how)).returncode != 0
        assert asked == []
        if name in find_demuxers():
            await run(self.wide_open(name, tmp_path), **how, cage=PLAIN)
            assert asked, "without a cage the lure works"


def find_demuxers() -> str:
    return subprocess.run(
        [find_ffmpeg(), "-hide_banner", "-demuxers"], capture_output=True, text=True, check=True
    ).stdout


class TestChoosing:
    async def test_SEC_02_the_strongest_that_holds_is_taken(self):
        held = []
        for kind in KINDS:
            with contextlib.suppress(CageUnavailable):
                held.append((await Chooser(cages._attempt).choose(kind)).kind)
        assert (await cages.choose("auto")).kind == held[0]
        assert "plain" in held

    async def test_SEC_02_what_holds_is_found_by_trying_once(self):
        tried: list[str] = []

        async def attempt(cage: Cage, arguments: Any, folder: Path) -> bytes:
            tried.append(cage.kind)
            done = {
                "read": cage.kind != "landlock",
                "write": cage.kind != "landlock",
                "reach": False,
                "layers": "landlock",
            }
            return json.dumps(done).encode()

        chooser = Chooser(attempt)
        await asyncio.gather(*(chooser.choose("auto") for _ in range(7)))
        cage = await chooser.current()
        assert (cage.kind, cage.layers, cage.keeps_out) == ("landlock", ("landlock",), frozenset({FILES, NETWORK}))
        assert tried.count("landlock") == 1

    @pytest.mark.parametrize("says", [b"", b"{}", b'{"read": true, "write": false, "reach": true, "layers": ""}'])
    async def test_SEC_02_one_that_does_not_hold_is_refused_by_name_and_passed_over_by_auto(self, says):
        async def attempt(*_: Any) -> bytes:
            return bytes(says)

        chooser = Chooser(attempt)
        with pytest.raises(CageUnavailable, match="EDIT_FACTORY_CAGE"):
            await chooser.choose("landlock")
        assert (await chooser.choose("auto")) == PLAIN
        with pytest.raises(CageUnavailable, match="there is no cage"):
            await chooser.choose("iron")

    async def test_SEC_02_a_service_does_not_start_in_a_cage_that_does_not_hold(self, tmp_path, monkeypatch):
        monkeypatch.setattr("shutil.which", lambda *_: None)
        monkeypatch.setattr(cages, "_chosen", {})
        settings = Settings(home=tmp_path, nats_url="nats://127.0.0.1:1", cage="bwrap")
        with pytest.raises(CageUnavailable, match="bwrap"):
            await Service("script", settings, lambda _: contextlib.nullcontext()).start()

    async def test_SEC_02_a_layer_that_is_lost_later_starts_nothing(self, tmp_path):
        """A cage never becomes weaker than it was found to be."""
        with pytest.raises(Unavailable, match="could not be started"):
            await run(["true"], limits=CALM, cwd=tmp_path, cage=Cage("landlock", ("landlock", "no-such-layer")))

    def test_SEC_02_a_normal_user_is_caged_as_well(self, tmp_path):
        """In a user namespace of its own, with the same user in it and no powers."""
        python = shutil.which("python3", path="/usr/bin:/usr/local/bin")
        if os.geteuid() != 0 or python is None:
            pytest.skip("only root can become another user, who needs a Python he can read")
        nobody = pwd.getpwnam("nobody")
        script = tmp_path / "cage.py"
        shutil.copy(HERE / "kit/cage.py", script)
        own = tmp_path / "own"
        own.mkdir()
        os.chown(own, nobody.pw_uid, nobody.pw_gid)
        for folder in (own, *own.parents):
            if str(folder).startswith(str(tmp_path.parents[2])) and folder != Path("/tmp"):
                folder.chmod(0o755)
        said = as_user(nobody, python, script, own)
        assert "landlock" in said["layers"] or "netns" in said["layers"] or "sockets" in said["layers"]
        assert said["uid"] == nobody.pw_uid
        assert said["powers"] == 0
        if "landlock" in said["layers"]:
            assert (said["passwd"], said["own"]) == (False, True)
        if "netns" in said["layers"] or "sockets" in said["layers"]:
            assert not said["reach"]


LOOKS = """
import json, os, socket, sys
def can(step):
    try: step()
    except OSError: return False
    return True
status = open("/proc/self/status").read()
print(json.dumps({
    "uid": os.getuid(), "layers": os.environ["CAGE_LAYERS"], "passwd": can(lambda: open("/etc/passwd")),
    "own": can(lambda: open("own", "w")), "powers": int(status.split("CapEff:")[1].split()[0], 16),
    "reach": can(lambda: socket.create_connection(("127.0.0.1", int(sys.argv[1])), 2)),
}))
"""


def as_user(user: pwd.struct_passwd, python: str, script: Path, folder: Path) -> dict[str, Any]:
    seen = view(Sees(), Path(python), folder)
    keys = [f"{key}={path}" for key in ("run", "read", "write") for path in getattr(seen, key)]
    with socket.create_server(("127.0.0.1", 0)) as door:
        program = [python, "-I", "-S", "-c", LOOKS, str(door.getsockname()[1])]
        layers = ["layers=netns,sockets,landlock", "trying=1", f"parent={os.getpid()}"]
        done = subprocess.run(
            [python, "-I", "-S", script, *layers, *keys, "--", *program],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            user=user.pw_uid,
            group=user.pw_gid,
            extra_groups=[],
        )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


class TestBubblewrap:
    """Its command as data, for machines without it."""

    def test_SEC_02_it_shows_what_is_seen_and_nothing_else(self, tmp_path, monkeypatch):
        monkeypatch.setattr("shutil.which", lambda *_: "/usr/bin/bwrap")
        real = tmp_path / "real"
        (real / "work").mkdir(parents=True)
        (real / "blob").touch()
        (tmp_path / "link").symlink_to(real)
        seen = view(Sees(read=(tmp_path / "link/blob",)), Path("/bin/true"), real / "work")
        command = Cage("bwrap").command(["parent=1"], Path("/bin/true"), ["x"], seen, real / "work")
        words = " ".join(command)
        assert "/usr/bin/bwrap --die-with-parent --unshare-pid --unshare-net" in words
        assert f"--ro-bind-try {real}/blob {real}/blob" in words
        assert f"--symlink {real}/blob {tmp_path}/link/blob" in words
        assert f"--bind-try {real}/work {real}/work --remount-ro / --chdir {real}/work -- /bin/true x" in words
        assert str(tmp_path.parent) not in command

    def test_SEC_02_it_tells_how_the_program_ended(self):
        cage = Cage("bwrap")
        assert [cage.returncode(code) for code in (0, 1, 139, 137, 183, -9)] == [0, 1, -11, -9, 183, -9]
        assert PLAIN.returncode(139) == 139
        assert cage.could_not_start(1, "bwrap: execvp /x: Exec format error")
        assert not cage.could_not_start(1, "Traceback")


async def test_SEC_02_a_cage_costs_little():
    """As a ratio, the quickest of each in the same run: against limits and a clean environment alone."""
    await cages.choose("auto")

    async def starts(cage: Cage) -> float:
        began = time.perf_counter()
        await run(["true"], limits=CALM, cage=cage)
        return time.perf_counter() - began

    full = await cages.current()
    pairs = [(await starts(PLAIN), await starts(full)) for _ in range(15)]
    assert min(caged for _, caged in pairs) / min(plain for plain, _ in pairs) < 2
