"""``edit-factory``: every command, what it takes, and how it ends."""

# ruff: noqa: PLR0917  (typer calls a command with its options by name)

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from contracts.accounts import LOCAL
from contracts.faults import Fault
from contracts.outputs import PresetName
from contracts.story import State
from edit_factory.cli.common import Common, log_file
from edit_factory.cli.faults import EXIT_CODES, Code, CommandFault, of_fault
from edit_factory.cli.formats import Format
from edit_factory.cli.running import Interrupted, run
from edit_factory.cli.show import Show, show
from kit.log import rotating

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
projection = typer.Typer(help="The database of jobs, which is made from the log of events.", no_args_is_help=True)
app.add_typer(projection, name="projection")
keys = typer.Typer(help="API keys, by which users are told apart.", no_args_is_help=True)
app.add_typer(keys, name="keys")
profiles = typer.Typer(help="Profiles: users, each with uploads, jobs and voices of its own.", no_args_is_help=True)
app.add_typer(profiles, name="profiles")
letters = typer.Typer(help="Messages that could not be worked on: why, and once more.", no_args_is_help=True)
app.add_typer(letters, name="letters")
videos = typer.Typer(help="The library: videos found, named, deleted and restored.", no_args_is_help=True)
app.add_typer(videos, name="videos")
footage = typer.Typer(help="Uploads: what was seen in them, and what you say of them.", no_args_is_help=True)
app.add_typer(footage, name="footage")
feeds = typer.Typer(help="Product feeds: what is in them, and what changed.", no_args_is_help=True)
app.add_typer(feeds, name="feeds")
batch = typer.Typer(help="Batches: a video of each row of a table, or of each product of a feed.", no_args_is_help=True)
app.add_typer(batch, name="batch")

Json = Annotated[bool, typer.Option("--json", help="JSON on standard output and nothing else.")]
Url = Annotated[
    str | None,
    typer.Option("--url", envvar="EDIT_FACTORY_URL", help="A system that runs elsewhere, such as http://host:8000."),
]
Home = Annotated[
    Path | None,
    typer.Option("--home", help="Folder of data, logs and servers (or EDIT_FACTORY_HOME).", show_default=False),
]
Host = Annotated[str | None, typer.Option("--host", help="Address to listen on; 127.0.0.1 if not given.")]
Port = Annotated[
    int | None, typer.Option("--port", min=0, max=65535, help="Port; 8000 or the next free one if not given.")
]


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


def _common(context: typer.Context, json: bool, url: str | None = None, home: Path | None = None) -> Common:
    """Options may stand before or after the command's name."""
    above = context.find_object(Common) or Common()
    return Common(json=json or above.json, url=url or above.url, home=home or above.home, api_key=above.api_key)


def _perform(
    common: Common, act: Callable[[Show], Code], interrupted: Callable[[], CommandFault | None] | None = None
) -> None:
    """Runs a command to its exit code; every expected fault is told in a few lines.

    ``interrupted`` says what Ctrl-C left behind; None if all was done.
    """
    shown = show(json=common.json)
    try:
        code = act(shown)
    except Interrupted:
        fault = interrupted() if interrupted else CommandFault(Code.INTERRUPTED, "interrupted", code="interrupted")
        code = _told(fault, shown) if fault else Code.DONE
    except CommandFault as fault:
        code = _told(fault, shown)
    except Fault as fault:
        code = _told(of_fault(fault), shown)
    except Exception as broken:  # noqa: BLE001  (the last door: nobody is shown a traceback)
        code = _told(_unexpected(common, broken), shown)
    raise typer.Exit(int(code))


def _left(makings: list[Making], out: Path) -> CommandFault:
    if makings:
        return makings[0].interrupted(out)
    return CommandFault(Code.INTERRUPTED, "interrupted before anything was done", code="interrupted")


def _told(fault: CommandFault, shown: Show) -> Code:
    shown.fault(fault)
    return fault.exit_code


def _unexpected(common: Common, broken: Exception) -> CommandFault:
    """An error of ours: its story goes to the log, one line to the person."""
    message = f"{type(broken).__name__}: {broken}"
    try:
        path = log_file(common.settings())
        story = {"levelname": "ERROR", "name": __name__, "msg": "a command broke", "exc_info": sys.exc_info()}
        file = rotating(path)
        file.handle(logging.makeLogRecord(story))
        file.close()
    except (OSError, CommandFault):
        return CommandFault(Code.FAILED, message, code="unexpected")
    return CommandFault(Code.FAILED, f"{message}; the details are in {path}", code="unexpected")


def _awaited(work: Callable[[Show], Coroutine[Any, Any, Code]]) -> Callable[[Show], Code]:
    return lambda shown: run(work(shown))


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

    common = _common(context, json, home=home)
    _perform(common, lambda shown: run_up(common, shown, host=host, port=port, verbose=verbose))


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

    common = _common(context, json, url, home)
    changes: dict[str, Any] = {"quality": "draft"} if draft else {}
    changes |= {"presets": [name.value for name in preset]} if preset else {}
    changes |= {"variants": variants} if variants is not None else {}
    makings: list[Making] = []

    async def work(shown: Show) -> Code:
        makings.append(Making(common, shown))
        code, _ = await makings[0].make(Wish(load(brief).changed(**changes), out, key, detach))
        return code

    _perform(common, _awaited(work), lambda: _left(makings, out))


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

    common = _common(context, json, url, home)
    demos: list[Demo] = []

    async def work(shown: Show) -> Code:
        demos.append(Demo(common, shown))
        return await demos[0].make(out)

    def left() -> CommandFault | None:
        return None if demos and demos[0].looked_at else _left([one.making for one in demos], out)

    _perform(common, _awaited(work), left)


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

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: list_jobs(common, shown, state, limit)))


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

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: watch_job(common, shown, job, out)))


@app.command()
def cancel(context: typer.Context, job: JobName, url: Url = None, home: Home = None, json: Json = False) -> None:
    """Cancel a job; what is being made for it stops at once."""
    from edit_factory.cli.jobs import cancel as cancel_job  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: cancel_job(common, shown, job)))


@app.command()
def retry(context: typer.Context, job: JobName, url: Url = None, home: Home = None, json: Json = False) -> None:
    """Try a failed job again, from the step that failed."""
    from edit_factory.cli.jobs import retry as retry_job  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: retry_job(common, shown, job)))


VideoName = Annotated[str, typer.Argument(metavar="VIDEO", help="A video's id; or a job, for all that waits of it")]


@app.command()
def review(context: typer.Context, video: VideoName, url: Url = None, home: Home = None, json: Json = False) -> None:
    """Read what waits for your review: the script, the voice or the choice of pictures."""
    from edit_factory.cli.reviews import review as read_review  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: read_review(common, shown, video)))


@app.command()
def approve(context: typer.Context, video: VideoName, url: Url = None, home: Home = None, json: Json = False) -> None:
    """Approve what waits for your review; it goes on from there."""
    from edit_factory.cli.reviews import approve as approve_it  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: approve_it(common, shown, video)))


@footage.command()
def note(
    context: typer.Context,
    asset: Annotated[UUID, typer.Argument(metavar="ASSET", help="The id of an upload")],
    keyword: Annotated[list[str] | None, typer.Option("--keyword", help="Add a keyword; may be repeated.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="What there is to say, instead of what was said.")] = None,
    favourite: Annotated[bool | None, typer.Option("--favourite/--no-favourite", help="Mark it as one.")] = None,
    url: Url = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Say something of a clip; without options: read what was said."""
    from edit_factory.cli.footage import note as write_note  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: write_note(common, shown, asset, keyword or [], text, favourite)))


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

    common = _common(context, json, url, home)
    wanted = Wanted(video, kind, variant, preset)
    _perform(common, _awaited(lambda shown: export_video(common, shown, wanted, out)))


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

    common = _common(context, json, home=home)
    _perform(common, lambda shown: run_service(common, shown, name, host=host, port=port))


@app.command()
def doctor(context: typer.Context, url: Url = None, home: Home = None, json: Json = False) -> None:
    """Check that everything a video needs is there and works."""
    from edit_factory.cli.doctor import doctor as examine  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: examine(common, shown)))


@app.command()
def retention(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would go, and why.")] = False,
    home: Home = None,
    json: Json = False,
) -> None:
    """Delete what nobody needs any more; a running system does so by itself."""
    from edit_factory.cli.retention import clean_up  # noqa: PLC0415

    common = _common(context, json, home=home)
    _perform(common, _awaited(lambda shown: clean_up(common, shown, dry_run=dry_run)))


Inbox = Annotated[str | None, typer.Option("--inbox", help="Only those of this inbox, such as render.")]
Because = Annotated[str | None, typer.Option("--reason", help="Only those put aside for it, such as failed.")]


@letters.command("list")
def list_letters(
    context: typer.Context,
    inbox: Inbox = None,
    reason: Because = None,
    every: Annotated[bool, typer.Option("--all", help="Those that were replayed, too.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="At most so many, newest first.")] = 20,
    url: Url = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """List the dead letters."""
    from edit_factory.cli.letters import Wanted  # noqa: PLC0415
    from edit_factory.cli.letters import list_letters as list_them  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: list_them(common, shown, Wanted(inbox, reason, every), limit)))


@footage.command("show")
def show_footage(
    context: typer.Context,
    asset: Annotated[str, typer.Argument(metavar="ASSET", help="An upload's id")],
    url: Url = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Show an upload's scenes and segments, each with its worth."""
    from edit_factory.cli.footage import show_footage as show_it  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: show_it(common, shown, asset)))


FeedFile = Annotated[Path, typer.Argument(metavar="FILE", help="Google Shopping XML (RSS or Atom), CSV or TSV")]
FeedColumns = Annotated[
    list[str] | None,
    typer.Option("--column", help="Which column a field is in: title=Headline. As often as needed."),
]
FeedCurrency = Annotated[str | None, typer.Option(help="Of prices that name none, such as EUR.")]


@feeds.command("check")
def check_feed(
    context: typer.Context,
    feed: FeedFile,
    before: Annotated[
        Path | None, typer.Option("--before", help="The same feed as it was: says what changed since.")
    ] = None,
    column: FeedColumns = None,
    currency: FeedCurrency = None,
    json: Json = False,
) -> None:
    """Read a product feed: its products, and every row that makes none, by line."""
    from edit_factory.cli.feeds import check  # noqa: PLC0415

    common = _common(context, json, None, None)
    _perform(common, _awaited(lambda shown: check(shown, feed, before, column or [], currency)))


@feeds.command("brief")
def brief_of_feed(
    context: typer.Context,
    feed: FeedFile,
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="The shop's own ids of the products.")],
    template: Annotated[str, typer.Option(help="spotlight, sale or collection")] = "",
    language: Annotated[str, typer.Option(help="Of the words, such as ro.")] = "",
    call: Annotated[str, typer.Option(help="The call to action.")] = "",
    out: Annotated[Path | None, typer.Option("--out", help="File to write it to, instead of showing it.")] = None,
    column: FeedColumns = None,
    currency: FeedCurrency = None,
    json: Json = False,
) -> None:
    """Write a brief of products of a feed, for `edit-factory make`."""
    from edit_factory.cli.feeds import brief, columns_of  # noqa: PLC0415

    asked = {"template": template or ("collection" if len(ids) > 1 else ""), "language": language, "call": call}
    common = _common(context, json, None, None)
    _perform(
        common,
        _awaited(
            lambda shown: brief(shown, feed, ids, out=out, columns=columns_of(column or [], currency), asked=asked)
        ),
    )


FeedName = Annotated[str, typer.Argument(metavar="FEED", help="A feed's name, its id, or how that begins.")]


@feeds.command("add")
def add_feed(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is to be called.")],
    source: Annotated[str, typer.Argument(metavar="URL|FILE", help="Where it lies: an https:// address, or a file.")],
    column: FeedColumns = None,
    currency: FeedCurrency = None,
    language: Annotated[str, typer.Option(help="Of its texts, such as ro.")] = "",
    url: Url = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Add a product feed to the system, and import it."""
    from edit_factory.cli.feeds import columns_of  # noqa: PLC0415
    from edit_factory.cli.shop_feeds import NewFeed, add  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(
        common,
        _awaited(lambda shown: add(common, shown, NewFeed(name, source, columns_of(column or [], currency), language))),
    )


@feeds.command("list")
def list_feeds(context: typer.Context, url: Url = None, home: Home = None, json: Json = False) -> None:
    """List the feeds, each with its last import."""
    from edit_factory.cli.shop_feeds import list_feeds as list_them  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: list_them(common, shown)))


@feeds.command("import")
def import_feed(
    context: typer.Context,
    feed: FeedName,
    file: Annotated[Path | None, typer.Argument(help="A file to read in the place of its address.")] = None,
    url: Url = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Import a feed again: says what is new, changed and gone."""
    from edit_factory.cli.shop_feeds import import_feed as import_it  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: import_it(common, shown, feed, file)))


@feeds.command("products")
def list_products(
    context: typer.Context,
    feed: FeedName,
    q: Annotated[str | None, typer.Option("--q", help="Words of the title, the brand or the id.")] = None,
    state: Annotated[str | None, typer.Option(help="new, changed, same or gone")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="At most so many.")] = 20,
    url: Url = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """List the products of a feed, as its last import found them."""
    from edit_factory.cli.shop_feeds import Which, products  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: products(common, shown, feed, Which(q, state, limit))))


@feeds.command("remove")
def remove_feed(context: typer.Context, feed: FeedName, url: Url = None, home: Home = None, json: Json = False) -> None:
    """Remove a feed with its products; videos made of them stay."""
    from edit_factory.cli.shop_feeds import remove  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: remove(common, shown, feed)))


BatchName = Annotated[
    str, typer.Argument(metavar="BATCH", help="A batch's id, how that begins, its title, or: latest.")
]


@batch.command("make")
def make_batch(
    context: typer.Context,
    template: Annotated[Path, typer.Argument(metavar="TEMPLATE.yaml", help="A brief with merge fields: {name}.")],
    rows: Annotated[Path | None, typer.Option(help="A table (CSV, TSV): a row a video.")] = None,
    feed: Annotated[str | None, typer.Option(help="A feed's name or id: a product a video.")] = None,
    which: Annotated[
        str, typer.Option(help="Of a feed: changed (since they were last asked for), or all.")
    ] = "changed",
    ids: Annotated[
        list[str] | None, typer.Option("--id", help="Of a feed: this product alone; may be repeated.")
    ] = None,
    title: Annotated[str, typer.Option(help="What it is to be called.")] = "",
    detach: Annotated[bool, typer.Option("--detach", help="Don't wait for its end.")] = False,
    url: Url = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Make a video of each row, and watch how far it is."""
    from edit_factory.cli.batches import Wanted, make  # noqa: PLC0415

    common = _common(context, json, url, home)
    wanted = Wanted(template, rows, feed, which, tuple(ids or ()), title, detach)
    _perform(common, _awaited(lambda shown: make(common, shown, wanted)))


@batch.command("list")
def list_batches(
    context: typer.Context,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1_000, help="At most so many.")] = 20,
    url: Url = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """List the batches, newest first."""
    from edit_factory.cli.batches import list_batches as list_them  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: list_them(common, shown, limit)))


@batch.command("watch")
def watch_batch(
    context: typer.Context, name: BatchName, url: Url = None, home: Home = None, json: Json = False
) -> None:
    """Show how far a batch is, until nothing is left to do."""
    from edit_factory.cli.batches import watch as watch_it  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: watch_it(common, shown, name)))


@batch.command("pause")
def pause_batch(
    context: typer.Context, name: BatchName, url: Url = None, home: Home = None, json: Json = False
) -> None:
    """Begin no more rows of a batch; what is under way goes on."""
    _steer(_common(context, json, url, home), name, "pause")


@batch.command("resume")
def resume_batch(
    context: typer.Context, name: BatchName, url: Url = None, home: Home = None, json: Json = False
) -> None:
    """Go on with a paused batch."""
    _steer(_common(context, json, url, home), name, "resume")


@batch.command("cancel")
def cancel_batch(
    context: typer.Context, name: BatchName, url: Url = None, home: Home = None, json: Json = False
) -> None:
    """Give up all of a batch that is not finished."""
    _steer(_common(context, json, url, home), name, "cancel")


@batch.command("retry")
def retry_batch(
    context: typer.Context, name: BatchName, url: Url = None, home: Home = None, json: Json = False
) -> None:
    """Try again what failed of a batch, or was refused."""
    _steer(_common(context, json, url, home), name, "retry")


def _steer(common: Common, name: str, what: str) -> None:
    from edit_factory.cli.batches import steer  # noqa: PLC0415

    _perform(common, _awaited(lambda shown: steer(common, shown, name, what)))


@batch.command("results")
def batch_results(
    context: typer.Context,
    name: BatchName,
    out: Annotated[Path | None, typer.Option(help="Where to: a .zip, or a .csv for the report alone.")] = None,
    preset: Annotated[str | None, typer.Option(help="Only files of this preset.")] = None,
    url: Url = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Download all finished files of a batch as one ZIP, with a report."""
    from edit_factory.cli.batches import results  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: results(common, shown, name, out, preset)))


LetterName = Annotated[str, typer.Argument(metavar="LETTER", help="An id, such as render-1234")]


@letters.command("show")
def show_letter(
    context: typer.Context, letter: LetterName, url: Url = None, home: Home = None, json: Json = False
) -> None:
    """Show a dead letter: why it is one, its tries, its message."""
    from edit_factory.cli.letters import show_letter as show_it  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: show_it(common, shown, letter)))


@letters.command("replay")
def replay_letter(
    context: typer.Context,
    letter: Annotated[str | None, typer.Argument(metavar="LETTER", help="An id; without: those that match.")] = None,
    inbox: Inbox = None,
    reason: Because = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100, help="At most so many, newest first.")] = 20,
    url: Url = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Have the work of a dead letter, or of several, done again."""
    from edit_factory.cli.letters import Wanted, replay, replay_some  # noqa: PLC0415

    common = _common(context, json, url, home)
    wanted = Wanted(inbox, reason)
    _perform(
        common,
        _awaited(
            lambda shown: (
                replay(common, shown, letter) if letter is not None else replay_some(common, shown, wanted, limit)
            )
        ),
    )


OneVideo = Annotated[str, typer.Argument(metavar="VIDEO", help="Its id, or the beginning of it.")]


@videos.command("list")
def list_videos(
    context: typer.Context,
    q: Annotated[str | None, typer.Argument(metavar="WORDS", help="Words, or parts of them, of the name.")] = None,
    state: Annotated[State | None, typer.Option("--state", help="Only videos in this state.")] = None,
    sort: Annotated[str | None, typer.Option("--sort", help="newest, oldest, name or longest first.")] = None,
    trash: Annotated[bool, typer.Option("--trash", help="Those in the trash.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="At most so many.")] = 20,
    url: Url = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """List the videos of all jobs."""
    from edit_factory.cli.videos import Wanted  # noqa: PLC0415
    from edit_factory.cli.videos import list_videos as list_them  # noqa: PLC0415

    common = _common(context, json, url, home)
    wanted = Wanted(q, state.value if state else None, sort, trash)
    _perform(common, _awaited(lambda shown: list_them(common, shown, wanted, limit)))


@videos.command("rename")
def rename_video(
    context: typer.Context,
    video: OneVideo,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Without: as its job is called.")] = None,
    url: Url = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Give a video a name."""
    from edit_factory.cli.videos import rename  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: rename(common, shown, video, name)))


@videos.command("delete")
def delete_video(
    context: typer.Context, video: OneVideo, url: Url = None, home: Home = None, json: Json = False
) -> None:
    """Put a video into the trash."""
    from edit_factory.cli.videos import delete  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: delete(common, shown, video)))


@videos.command("restore")
def restore_video(
    context: typer.Context, video: OneVideo, url: Url = None, home: Home = None, json: Json = False
) -> None:
    """Take a video out of the trash."""
    from edit_factory.cli.videos import restore  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: restore(common, shown, video)))


@projection.command()
def rebuild(context: typer.Context, home: Home = None, json: Json = False) -> None:
    """Make the database anew from the log of events, beside the live one until it is complete."""
    from edit_factory.cli.upkeep import rebuild as rebuild_projection  # noqa: PLC0415

    common = _common(context, json, home=home)
    _perform(common, _awaited(lambda shown: rebuild_projection(common, shown)))


OfProfile = Annotated[str, typer.Option("--profile", help="Whose key it is.")]


@keys.command("create")
def create_key(
    context: typer.Context,
    profile: OfProfile = LOCAL,
    admin: Annotated[bool, typer.Option("--admin", help="It may make profiles and keys.")] = False,
    title: Annotated[str, typer.Option("--title", help="What it is for, to tell it by.")] = "",
    days: Annotated[int | None, typer.Option("--days", min=1, max=36_500, help="Good for so many days.")] = None,
    url: Url = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Make an API key, and show it this once.

    Without --url on the machine that runs the system (or with EDIT_FACTORY_NATS_URL): no key is needed for it.
    """
    from edit_factory.cli import access  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(
        common,
        _awaited(lambda shown: access.create_key(common, shown, profile, title=title, admin=admin, days=days)),
    )


@keys.command("list")
def list_keys(
    context: typer.Context, profile: OfProfile = LOCAL, url: Url = None, home: Home = None, json: Json = False
) -> None:
    """List a profile's keys, without their secrets."""
    from edit_factory.cli import access  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: access.list_keys(common, shown, profile)))


@keys.command("revoke")
def revoke_key(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help="The id, as `keys list` shows it.")],
    profile: OfProfile = LOCAL,
    url: Url = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Make a key worthless at once."""
    from edit_factory.cli import access  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: access.revoke_key(common, shown, profile, key)))


@profiles.command("create")
def create_profile(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="Small letters, digits and -, such as anna.")],
    title: Annotated[str, typer.Option("--title", help="A name to show.")] = "",
    url: Url = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Make a profile."""
    from edit_factory.cli import access  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: access.create_profile(common, shown, name, title)))


@profiles.command("list")
def list_profiles(context: typer.Context, url: Url = None, home: Home = None, json: Json = False) -> None:
    """List the profiles."""
    from edit_factory.cli import access  # noqa: PLC0415

    common = _common(context, json, url, home)
    _perform(common, _awaited(lambda shown: access.list_profiles(common, shown)))


@app.command()
def openapi(context: typer.Context, json: Json = False) -> None:
    """Print the HTTP API as OpenAPI 3.1 (JSON)."""
    from edit_factory.cli.upkeep import print_openapi  # noqa: PLC0415

    common = _common(context, json)
    _perform(common, lambda _: print_openapi(common))


@app.command()
def asyncapi(context: typer.Context, json: Json = False) -> None:
    """Print the events as AsyncAPI 3.0 (JSON)."""
    from edit_factory.cli.upkeep import print_asyncapi  # noqa: PLC0415

    common = _common(context, json)
    _perform(common, lambda _: print_asyncapi())


def main() -> None:
    """Runs the command of this process's arguments."""
    try:
        app()
    except BrokenPipeError:  # whoever read us has gone
        sys.exit(int(Code.FAILED))
