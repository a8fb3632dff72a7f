"""Commands of batches."""

# ruff: noqa: PLR0917  (typer calls a command with its options by name)

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from edit_factory.cli.common import Common
from edit_factory.cli.performing import Home, Json, Url, awaited, common_of, perform

batch = typer.Typer(help="Batches: a video of each row of a table, or of each product of a feed.", no_args_is_help=True)


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

    common = common_of(context, json, url, home)
    wanted = Wanted(template, rows, feed, which, tuple(ids or ()), title, detach)
    perform(common, awaited(lambda shown: make(common, shown, wanted)))


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

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: list_them(common, shown, limit)))


BatchName = Annotated[
    str, typer.Argument(metavar="BATCH", help="A batch's id, how that begins, its title, or: latest.")
]


@batch.command("watch")
def watch_batch(
    context: typer.Context, name: BatchName, url: Url = None, home: Home = None, json: Json = False
) -> None:
    """Show how far a batch is, until nothing is left to do."""
    from edit_factory.cli.batches import watch as watch_it  # noqa: PLC0415

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: watch_it(common, shown, name)))


@batch.command("pause")
def pause_batch(
    context: typer.Context, name: BatchName, url: Url = None, home: Home = None, json: Json = False
) -> None:
    """Begin no more rows of a batch; what is under way goes on."""
    _steer(common_of(context, json, url, home), name, "pause")


@batch.command("resume")
def resume_batch(
    context: typer.Context, name: BatchName, url: Url = None, home: Home = None, json: Json = False
) -> None:
    """Go on with a paused batch."""
    _steer(common_of(context, json, url, home), name, "resume")


@batch.command("cancel")
def cancel_batch(
    context: typer.Context, name: BatchName, url: Url = None, home: Home = None, json: Json = False
) -> None:
    """Give up all of a batch that is not finished."""
    _steer(common_of(context, json, url, home), name, "cancel")


@batch.command("retry")
def retry_batch(
    context: typer.Context, name: BatchName, url: Url = None, home: Home = None, json: Json = False
) -> None:
    """Try again what failed of a batch, or was refused."""
    _steer(common_of(context, json, url, home), name, "retry")


def _steer(common: Common, name: str, what: str) -> None:
    from edit_factory.cli.batches import steer  # noqa: PLC0415

    perform(common, awaited(lambda shown: steer(common, shown, name, what)))


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

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: results(common, shown, name, out, preset)))
