"""The bare work of a video: the voice spoken and the picture encoded, by the same functions and nothing around them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.meter import Spent, metered
from contracts.brief import ScriptBrief
from contracts.outputs import Output
from contracts.timeline import Timeline
from kit.blobs import Blobs
from kit.steps import blob_refs
from services.render.rendering import render
from services.script.narrate import narrate
from services.tts.providers import offline_providers
from services.tts.voicing import Voicing


class Bare:
    """A voice of its own, kept warm as the tts station keeps its own."""

    def __init__(self, voicing: Voicing, blobs: Blobs, scratch: Path) -> None:
        self._voicing = voicing
        self._blobs = blobs
        self._scratch = scratch

    async def make(self, brief: ScriptBrief, timeline: Timeline, outputs: Sequence[Output]) -> Spent:
        """What voice and encode take for a job whose edit is known."""
        narration = narrate(brief.script, brief.language, 1)
        async with AsyncExitStack() as held:
            refs = {ref.sha256: ref for ref in blob_refs(timeline)}
            sources = {name: await held.enter_async_context(self._blobs.local(ref)) for name, ref in refs.items()}
            folder = Path(held.enter_context(TemporaryDirectory(dir=self._scratch)))
            with metered() as spent:
                await self._voicing.voice(narration, brief.voice, brief.silence, folder, lambda _share: None)
                for output in outputs:
                    made = folder / output.preset.value
                    made.mkdir()
                    await render(timeline, output, sources, made, on_progress=lambda _progress: None)
        return spent


@asynccontextmanager
async def bare(blobs: Blobs, scratch: Path) -> AsyncIterator[Bare]:
    voicing = Voicing(offline_providers(None))
    try:
        yield Bare(voicing, blobs, scratch)
    finally:
        await voicing.close()
