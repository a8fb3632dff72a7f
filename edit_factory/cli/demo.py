"""The first video: sample footage, a packaged brief, the same way through the API as every other."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from edit_factory.cli.brief import resolve
from edit_factory.cli.common import Common
from edit_factory.cli.faults import Code
from edit_factory.cli.make import Making, Wish
from edit_factory.cli.show import Show


async def make_demo(common: Common, show: Show, making: Making, out: Path) -> Code:
    from edit_factory.demo import material  # noqa: PLC0415  (drawing material takes libraries nothing else needs)

    folder = common.settings().home / "demo"
    show.say("Preparing the sample footage; the first time takes about half a minute ...")
    found = await material(folder, _quarters(show))
    brief = resolve(_packaged(found), folder, "the demo's brief")
    code, kept = await making.make(Wish(brief, out))
    if code is Code.DONE and kept:
        show.say()
        show.say(f"Your first video: {kept[0].path.absolute()}")
        show.say("Go on: write a brief of your own and run  edit-factory make BRIEF.yaml")
    return code


def _quarters(show: Show) -> Callable[[float], None]:
    """Tells a share 0..1 at every quarter of the way."""
    told = 0

    def tell(share: float) -> None:
        nonlocal told
        if int(share * 4) > told:
            told = int(share * 4)
            show.say(f"  {told * 25} %")

    return tell


def _packaged(found: Any) -> dict[str, Any]:
    brief: dict[str, Any] = yaml.safe_load((files("edit_factory.demo") / "brief.yaml").read_text(encoding="utf-8"))
    brief["footage"] = [str(clip) for clip in found.clips]
    if found.music is not None:
        brief["music"] = {**(brief.get("music") or {}), "asset": str(found.music)}
    return brief
