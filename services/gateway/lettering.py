"""What the gateway has drawn by others: services are blind to each other, so whoever starts it hands it in."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, runtime_checkable

from contracts.outputs import Output
from contracts.preview import SubtitlePreview
from contracts.timeline import Timeline


@runtime_checkable  # handlers are handed one by name, and what they are handed is checked
class Lettering(Protocol):
    """Subtitles as the render station draws them."""

    def ass(self, timeline: Timeline, output: Output) -> str:
        """The subtitles of one file, as text, exactly as the render station was told them."""
        ...

    def identity(self, asked: SubtitlePreview) -> object:
        """All that shapes a preview beside what was asked and the picture behind: something that can be JSON."""
        ...

    async def preview(self, asked: SubtitlePreview, background: Path | None, folder: Path) -> bytes:
        """A JPEG of the moment that was asked for. ``background``: a JPEG; ``folder``: an empty one to work in."""
        ...
