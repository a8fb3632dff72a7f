"""Commands of videos that are finished, and of uploads."""

# ruff: noqa: PLR0917  (typer calls a command with its options by name)

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from contracts.story import State
from edit_factory.cli.performing import Home, Json, Url, awaited, common_of, perform

footage = typer.Typer(help="Uploads: what was seen in them, and what you say of them.", no_args_is_help=True)
videos = typer.Typer(help="The library: videos found, named, deleted and restored.", no_args_is_help=True)


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

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: write_note(common, shown, asset, keyword or [], text, favourite)))


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

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: show_it(common, shown, asset)))


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

    common = common_of(context, json, url, home)
    wanted = Wanted(q, state.value if state else None, sort, trash)
    perform(common, awaited(lambda shown: list_them(common, shown, wanted, limit)))


OneVideo = Annotated[str, typer.Argument(metavar="VIDEO", help="Its id, or the beginning of it.")]


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

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: rename(common, shown, video, name)))


@videos.command("delete")
def delete_video(
    context: typer.Context, video: OneVideo, url: Url = None, home: Home = None, json: Json = False
) -> None:
    """Put a video into the trash."""
    from edit_factory.cli.videos import delete  # noqa: PLC0415

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: delete(common, shown, video)))


@videos.command("restore")
def restore_video(
    context: typer.Context, video: OneVideo, url: Url = None, home: Home = None, json: Json = False
) -> None:
    """Take a video out of the trash."""
    from edit_factory.cli.videos import restore  # noqa: PLC0415

    common = common_of(context, json, url, home)
    perform(common, awaited(lambda shown: restore(common, shown, video)))
