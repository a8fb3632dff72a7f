"""What every command can be told, and the settings that follow from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pydantic

from edit_factory.cli.faults import Code, CommandFault, Detail
from kit.settings import Settings


@dataclass(frozen=True, slots=True)
class Common:
    """What every command can be told."""

    json: bool = False
    url: str | None = None
    home: Path | None = None
    api_key: str | None = field(default=None, repr=False)

    def command(self, text: str) -> str:
        """A command to type next, for the same system."""
        named = f" --url {self.url}" if self.url else f" --home {self.home}" if self.home else ""
        return f"edit-factory {text}{named}"

    def settings(self, **given: Any) -> Settings:
        """The settings, with what the command line says above the environment.

        Raises:
            CommandFault: a setting is not taken.
        """
        named = {name: value for name, value in {"home": self.home, **given}.items() if value is not None}
        if "home" in named:
            named["home"] = Path(named["home"]).expanduser().absolute()
        try:
            return Settings(**named)
        except pydantic.ValidationError as wrong:
            details = [
                Detail(f"EDIT_FACTORY_{'_'.join(map(str, error['loc'])).upper()}", error["msg"])
                for error in wrong.errors(include_url=False)
            ]
            raise CommandFault(Code.USAGE, "a setting is not taken", code="setting_invalid", details=details) from wrong


def log_file(settings: Settings) -> Path:
    return settings.home / "logs" / "edit-factory.log"
