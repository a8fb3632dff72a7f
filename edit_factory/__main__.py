"""``python -m edit_factory``: the command, where its script is not on the PATH."""

from edit_factory.cli import main

main()
