"""Commands of dead letters."""

# ruff: noqa: PLR0917  (typer calls a command with its options by name)

from __future__ import annotations

from typing import Annotated

import typer

from edit_factory.cli.performing import Home, Json, Url, awaited, common_of, perform

letters = typer.Typer(help="Messages that could not be worked on: why, and once more.", no_args_is_help=True)
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

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: list_them(common, shown, Wanted(inbox, reason, every), limit)))


LetterName = Annotated[str, typer.Argument(metavar="LETTER", help="An id, such as render-1234")]


@letters.command("show")
def show_letter(
    context: typer.Context, letter: LetterName, url: Url = None, home: Home = None, json: Json = False
) -> None:
    """Show a dead letter: why it is one, its tries, its message."""
    from edit_factory.cli.letters import show_letter as show_it  # noqa: PLC0415

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: show_it(common, shown, letter)))


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

    common = common_of(context, json, url, home)
    wanted = Wanted(inbox, reason)
    perform(
        common,
        awaited(
            lambda shown: (
                replay(common, shown, letter) if letter is not None else replay_some(common, shown, wanted, limit)
            )
        ),
    )
