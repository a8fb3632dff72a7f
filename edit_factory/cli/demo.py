"""The first video: sample footage, a packaged brief, the same way through the API as every other."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from edit_factory.cli.brief import resolve
from edit_factory.cli.common import Common
from edit_factory.cli.faults import Code
from edit_factory.cli.make import Making, Wish
from edit_factory.cli.seen import JobSeen
from edit_factory.cli.show import Show
from edit_factory.cli.system import Reached
from edit_factory.cli.watching import Kept


class Demo:
    """The sample video. ``looked_at`` once it is made and only the page is left to look at."""

    def __init__(self, common: Common, show: Show) -> None:
        self._common = common
        self._show = show
        self.making = Making(common, show)
        self.looked_at = False

    async def make(self, out: Path) -> Code:
        from edit_factory.demo import material  # noqa: PLC0415  (drawing material takes libraries nothing else needs)

        folder = self._common.settings().home / "demo"
        self._show.say("Preparing the sample footage; the first time takes about half a minute ...")
        found = await material(folder, _quarters(self._show))
        brief = resolve(_packaged(found), folder, "the demo's brief")
        code, _ = await self.making.make(Wish(brief, out), self._shown)
        return code

    async def _shown(self, reached: Reached, job: JobSeen, kept: list[Kept]) -> None:
        """Where it is, as a file and on the page. At a terminal the page stays up until Ctrl-C."""
        stays = reached.temporary and not self._common.json and sys.stdin.isatty() and sys.stdout.isatty()
        here = not reached.temporary or stays
        url = reached.client.url if here else f"http://127.0.0.1:{self._common.settings().port}"
        say = self._show.say
        say()
        for entry in kept[:1]:
            say(f"Your first video: {entry.path.absolute()}")
        say("Go on with a brief of your own:  edit-factory make BRIEF.yaml")
        say("or make, watch and change videos in the browser" + (":" if here else ", after  edit-factory up:"))
        if stays:
            say("(the page is there until you press Ctrl-C; later:  edit-factory up)")
        say(f"  {url}/videos/{job.videos[0].id}")
        if stays:
            self.looked_at = True
            await asyncio.Event().wait()


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
