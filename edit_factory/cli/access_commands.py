"""Commands of keys, profiles and the database of jobs."""

# ruff: noqa: PLR0917  (typer calls a command with its options by name)

from __future__ import annotations

from typing import Annotated

import typer

from contracts.accounts import LOCAL
from edit_factory.cli.performing import Home, Json, Url, awaited, common_of, perform

profiles = typer.Typer(help="Profiles: users, each with uploads, jobs and voices of its own.", no_args_is_help=True)
keys = typer.Typer(help="API keys, by which users are told apart.", no_args_is_help=True)
projection = typer.Typer(help="The database of jobs, which is made from the log of events.", no_args_is_help=True)


@projection.command()
def rebuild(context: typer.Context, home: Home = None, json: Json = False) -> None:
    """Make the database anew from the log of events, beside the live one until it is complete."""
    from edit_factory.cli.upkeep import rebuild as rebuild_projection  # noqa: PLC0415

    common = common_of(context, json, home=home)
    perform(common, awaited(lambda shown: rebuild_projection(common, shown)))


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

    common = common_of(context, json, url, home)
    perform(
        common,
        awaited(lambda shown: access.create_key(common, shown, profile, title=title, admin=admin, days=days)),
    )


@keys.command("list")
def list_keys(
    context: typer.Context, profile: OfProfile = LOCAL, url: Url = None, home: Home = None, json: Json = False
) -> None:
    """List a profile's keys, without their secrets."""
    from edit_factory.cli import access  # noqa: PLC0415

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: access.list_keys(common, shown, profile)))


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

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: access.revoke_key(common, shown, profile, key)))


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

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: access.create_profile(common, shown, name, title)))


@profiles.command("list")
def list_profiles(context: typer.Context, url: Url = None, home: Home = None, json: Json = False) -> None:
    """List the profiles."""
    from edit_factory.cli import access  # noqa: PLC0415

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: access.list_profiles(common, shown)))
