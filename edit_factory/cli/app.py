"""``edit-factory``: every command, what it takes, and how it ends. Groups of commands have modules of their own."""

# ruff: noqa: PLR0917  (typer calls a command with its options by name)

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from contracts.outputs import PresetName
from contracts.story import State
from edit_factory.cli.access_commands import keys, profiles, projection
from edit_factory.cli.batch_commands import batch
from edit_factory.cli.common import Common
from edit_factory.cli.faults import EXIT_CODES, Code, CommandFault
from edit_factory.cli.feed_commands import feeds
from edit_factory.cli.formats import Format
from edit_factory.cli.letter_commands import letters
from edit_factory.cli.library_commands import footage, videos
from edit_factory.cli.performing import Home, Host, Json, Port, Url, awaited, common_of, perform
from edit_factory.cli.show import Show

if TYPE_CHECKING:
    from edit_factory.cli.make import Making

_CODES = "\n".join(f"{int(code):>3}  {meaning}" for code, meaning in EXIT_CODES.items())

app = typer.Typer(
    name="edit-factory",
    help="Scripts and footage in, finished social-media videos out.",
    epilog=f"\b\nExit codes:\n{_CODES}",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for group, name in (
    (projection, "projection"),
    (keys, "keys"),
    (profiles, "profiles"),
    (letters, "letters"),
    (videos, "videos"),
    (footage, "footage"),
    (feeds, "feeds"),
    (batch, "batch"),
):
    app.add_typer(group, name=name)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version  # noqa: PLC0415

        typer.echo(f"edit-factory {version('edit-factory')}")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    json: Json = False,
    url: Url = None,
    home: Home = None,
    api_key: Annotated[
        str | None,
        typer.Option("--api-key", envvar="EDIT_FACTORY_KEY", help="A key of the system, where one is needed."),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Tell the version.")
    ] = False,
) -> None:
    context.obj = Common(json=json, url=url, home=home, api_key=api_key)


def _left(makings: list[Making], out: Path) -> CommandFault:
    if makings:
        return makings[0].interrupted(out)
    return CommandFault(Code.INTERRUPTED, "interrupted before anything was done", code="interrupted")


@app.command()
def up(
    context: typer.Context,
    host: Host = None,
    port: Port = None,
    home: Home = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Logs on standard error as well.")] = False,
    json: Json = False,
) -> None:
    """Run the whole system on this machine: its servers, every service, the HTTP API."""
    from edit_factory.cli.up import up as run_up  # noqa: PLC0415

    common = common_of(context, json, home=home)
    perform(common, lambda shown: run_up(common, shown, host=host, port=port, verbose=verbose))


@app.command()
def make(
    context: typer.Context,
    brief: Annotated[
        Path,
        typer.Argument(metavar="BRIEF", help="YAML or JSON; media by file, pattern or upload id."),
    ],
    out: Annotated[Path, typer.Option("--out", help="Folder for the finished files.")] = Path("videos"),
    draft: Annotated[bool, typer.Option("--draft", help="A small, quick preview.")] = False,
    preset: Annotated[
        list[PresetName] | None, typer.Option("--preset", help="Instead of the brief's; may be repeated.")
    ] = None,
    variants: Annotated[int | None, typer.Option("--variants", help="Instead of the brief's.")] = None,
    key: Annotated[str | None, typer.Option("--key", help="Idempotency key: the same key gives the same job.")] = None,
    detach: Annotated[bool, typer.Option("--detach", help="Return as soon as the job is accepted.")] = False,
    url: Url = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Make the videos of a brief and bring them into a folder."""
    from edit_factory.cli.brief import load  # noqa: PLC0415
    from edit_factory.cli.make import Making, Wish  # noqa: PLC0415

    common = common_of(context, json, url, home)
    changes: dict[str, Any] = {"quality": "draft"} if draft else {}
    changes |= {"presets": [name.value for name in preset]} if preset else {}
    changes |= {"variants": variants} if variants is not None else {}
    makings: list[Making] = []

    async def work(shown: Show) -> Code:
        makings.append(Making(common, shown))
        code, _ = await makings[0].make(Wish(load(brief).changed(**changes), out, key, detach))
        return code

    perform(common, awaited(work), lambda: _left(makings, out))


@app.command()
def demo(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="Folder for the finished file.")] = Path("demo-output"),
    url: Url = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Make a first video from sample footage, with no key, no network and nothing to prepare."""
    from edit_factory.cli.demo import Demo  # noqa: PLC0415

    common = common_of(context, json, url, home)
    demos: list[Demo] = []

    async def work(shown: Show) -> Code:
        demos.append(Demo(common, shown))
        return await demos[0].make(out)

    def left() -> CommandFault | None:
        return None if demos and demos[0].looked_at else _left([one.making for one in demos], out)

    perform(common, awaited(work), left)


@app.command()
def jobs(
    context: typer.Context,
    state: Annotated[State | None, typer.Option("--state", help="Only those.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="At most so many, newest first.")] = 20,
    url: Url = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """List the jobs."""
    from edit_factory.cli.jobs import list_jobs  # noqa: PLC0415

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: list_jobs(common, shown, state, limit)))


JobName = Annotated[str, typer.Argument(metavar="JOB", help="An id, its first 6 or more characters, or: latest")]


@app.command()
def watch(
    context: typer.Context,
    job: JobName,
    out: Annotated[Path | None, typer.Option("--out", help="Bring the finished files into this folder.")] = None,
    url: Url = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Watch a job until it ends."""
    from edit_factory.cli.jobs import watch as watch_job  # noqa: PLC0415

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: watch_job(common, shown, job, out)))


@app.command()
def cancel(context: typer.Context, job: JobName, url: Url = None, home: Home = None, json: Json = False) -> None:
    """Cancel a job; what is being made for it stops at once."""
    from edit_factory.cli.jobs import cancel as cancel_job  # noqa: PLC0415

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: cancel_job(common, shown, job)))


@app.command()
def retry(context: typer.Context, job: JobName, url: Url = None, home: Home = None, json: Json = False) -> None:
    """Try a failed job again, from the step that failed."""
    from edit_factory.cli.jobs import retry as retry_job  # noqa: PLC0415

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: retry_job(common, shown, job)))


VideoName = Annotated[str, typer.Argument(metavar="VIDEO", help="A video's id; or a job, for all that waits of it")]


@app.command()
def review(context: typer.Context, video: VideoName, url: Url = None, home: Home = None, json: Json = False) -> None:
    """Read what waits for your review: the script, the voice or the choice of pictures."""
    from edit_factory.cli.reviews import review as read_review  # noqa: PLC0415

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: read_review(common, shown, video)))


@app.command()
def approve(context: typer.Context, video: VideoName, url: Url = None, home: Home = None, json: Json = False) -> None:
    """Approve what waits for your review; it goes on from there."""
    from edit_factory.cli.reviews import approve as approve_it  # noqa: PLC0415

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: approve_it(common, shown, video)))


@app.command()
def export(
    context: typer.Context,
    video: Annotated[str, typer.Argument(metavar="VIDEO", help="A video's id, or a job's, or: latest")],
    kind: Annotated[Format, typer.Option("--format", help="Subtitles, or the edit for editing programs.")],
    out: Annotated[
        str | None,
        typer.Option("--out", "-o", help="File to write, - for standard output; video-1.FORMAT if not given."),
    ] = None,
    variant: Annotated[int, typer.Option("--variant", min=1, help="Which of a job's videos.")] = 1,
    preset: Annotated[PresetName | None, typer.Option("--preset", help="With ass: of which file.")] = None,
    url: Url = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Write a video's subtitles or its timeline to a file."""
    from edit_factory.cli.export import Wanted  # noqa: PLC0415
    from edit_factory.cli.export import export as export_video  # noqa: PLC0415

    common = common_of(context, json, url, home)
    wanted = Wanted(video, kind, variant, preset)
    perform(common, awaited(lambda shown: export_video(common, shown, wanted, out)))


@app.command()
def service(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Such as gateway, projection, render.")],
    host: Host = None,
    port: Port = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Run one service as a process of its own, with servers named in the environment."""
    from edit_factory.cli.up import service as run_service  # noqa: PLC0415

    common = common_of(context, json, home=home)
    perform(common, lambda shown: run_service(common, shown, name, host=host, port=port))


@app.command()
def doctor(context: typer.Context, url: Url = None, home: Home = None, json: Json = False) -> None:
    """Check that everything a video needs is there and works."""
    from edit_factory.cli.doctor import doctor as examine  # noqa: PLC0415

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: examine(common, shown)))


@app.command()
def retention(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would go, and why.")] = False,
    home: Home = None,
    json: Json = False,
) -> None:
    """Delete what nobody needs any more; a running system does so by itself."""
    from edit_factory.cli.retention import clean_up  # noqa: PLC0415

    common = common_of(context, json, home=home)
    perform(common, awaited(lambda shown: clean_up(common, shown, dry_run=dry_run)))


@app.command()
def openapi(context: typer.Context, json: Json = False) -> None:
    """Print the HTTP API as OpenAPI 3.1 (JSON)."""
    from edit_factory.cli.upkeep import print_openapi  # noqa: PLC0415

    common = common_of(context, json)
    perform(common, lambda _: print_openapi(common))


@app.command()
def asyncapi(context: typer.Context, json: Json = False) -> None:
    """Print the events as AsyncAPI 3.0 (JSON)."""
    from edit_factory.cli.upkeep import print_asyncapi  # noqa: PLC0415

    common = common_of(context, json)
    perform(common, lambda _: print_asyncapi())


def main() -> None:
    """Runs the command of this process's arguments."""
    try:
        app()
    except BrokenPipeError:  # whoever read us has gone
        sys.exit(int(Code.FAILED))
