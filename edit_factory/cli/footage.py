"""Footage: what was seen in an upload."""

from __future__ import annotations

from typing import Any

from edit_factory.cli.common import Common
from edit_factory.cli.faults import Code
from edit_factory.cli.show import Show
from edit_factory.cli.system import reach


async def show_footage(common: Common, show: Show, asset: str) -> Code:
    async with reach(common, show) as reached:
        found = await reached.client.get(f"/v1/assets/{asset}/analysis")
    show.data(found)
    show.say(
        f"{found['duration_s']:.1f} s, {len(found['scenes'])} scenes; somebody speaks for {_spoken_s(found):.1f} s"
    )
    columns: dict[str, Any] = {
        name: {"no_wrap": True, "justify": "right"} for name in ("Segment", "From", "Until", "Score", "Faces")
    }
    parts = {name: {"no_wrap": True, "justify": "right"} for name in ("Motion", "Sharp", "Light")}
    show.table(columns | parts | {"Better not": {"no_wrap": True}}, [_row(segment) for segment in found["segments"]])
    return Code.DONE


def _spoken_s(found: dict[str, Any]) -> float:
    return float(sum(stretch["end_s"] - stretch["start_s"] for stretch in found["speech"]))


def _row(segment: dict[str, Any]) -> list[str]:
    scores = segment["scores"]
    return [
        str(segment["number"]),
        f"{segment['start_s']:.2f}",
        f"{segment['end_s']:.2f}",
        f"{segment['score']:.2f}",
        str(segment["faces"] or ""),
        f"{scores['motion']:.2f}",
        f"{scores['sharpness']:.2f}",
        f"{scores['brightness']:.2f}",
        segment["unfit"] or "",
    ]
