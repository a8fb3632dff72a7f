"""The command ``edit-factory``."""

from __future__ import annotations


def main() -> None:
    """The console script's entry."""
    from edit_factory.cli.app import main as run  # noqa: PLC0415  (nothing is imported that only --help needs)

    run()


__all__ = ["main"]
