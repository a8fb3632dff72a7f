"""Commands of product feeds."""

# ruff: noqa: PLR0917  (typer calls a command with its options by name)

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from edit_factory.cli.performing import Home, Json, Url, awaited, common_of, perform

feeds = typer.Typer(help="Product feeds: what is in them, and what changed.", no_args_is_help=True)
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

    common = common_of(context, json, None, None)
    perform(common, awaited(lambda shown: check(shown, feed, before, column or [], currency)))


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
    common = common_of(context, json, None, None)
    perform(
        common,
        awaited(
            lambda shown: brief(shown, feed, ids, out=out, columns=columns_of(column or [], currency), asked=asked)
        ),
    )


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

    common = common_of(context, json, url, home)
    perform(
        common,
        awaited(lambda shown: add(common, shown, NewFeed(name, source, columns_of(column or [], currency), language))),
    )


@feeds.command("list")
def list_feeds(context: typer.Context, url: Url = None, home: Home = None, json: Json = False) -> None:
    """List the feeds, each with its last import."""
    from edit_factory.cli.shop_feeds import list_feeds as list_them  # noqa: PLC0415

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: list_them(common, shown)))


FeedName = Annotated[str, typer.Argument(metavar="FEED", help="A feed's name, its id, or how that begins.")]


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

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: import_it(common, shown, feed, file)))


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

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: products(common, shown, feed, Which(q, state, limit))))


@feeds.command("remove")
def remove_feed(context: typer.Context, feed: FeedName, url: Url = None, home: Home = None, json: Json = False) -> None:
    """Remove a feed with its products; videos made of them stay."""
    from edit_factory.cli.shop_feeds import remove  # noqa: PLC0415

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: remove(common, shown, feed)))
