"""What all commands have in common: the options they share, and how one is run to its exit code."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer

from contracts.faults import Fault
from edit_factory.cli.common import Common, log_file
from edit_factory.cli.faults import Code, CommandFault, of_fault
from edit_factory.cli.running import Interrupted, run
from edit_factory.cli.show import Show, show
from kit.log import rotating

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


def common_of(context: typer.Context, json: bool, url: str | None = None, home: Path | None = None) -> Common:
    """Options may stand before or after the command's name."""
    above = context.find_object(Common) or Common()
    return Common(json=json or above.json, url=url or above.url, home=home or above.home, api_key=above.api_key)


def perform(
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


def awaited(work: Callable[[Show], Coroutine[Any, Any, Code]]) -> Callable[[Show], Code]:
    return lambda shown: run(work(shown))
