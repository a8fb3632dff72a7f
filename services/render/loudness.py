"""Listening before and after: the gains that bring the sound to its level, and what the finished file measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from contracts.faults import TechnicalFault
from contracts.timeline import Timeline
from services.render.ffmpeg import Tool
from services.render.plan import Loudness, Measured, RenderPlan
from services.render.plan.audio import (
    TARGET_LUFS,
    VOICE_LUFS,
    levelled,
    next_gain,
    read_summary,
)
from services.render.plan.command import measure_file, measure_mix, measure_original, measure_voice

_CLOSE_LU = 0.15
_TRIES = 6  # the limiter bends the way from gain to loudness; from a straight line this is always enough


async def measure(tool: Tool, timeline: Timeline, sources: Mapping[str, str]) -> Measured:
    """The gains for this timeline's sound, found by listening to it; some 20 ms for each second of sound."""
    found = Measured(0.0, 0.0)
    if timeline.voice is not None:
        voice = await _hear(tool, measure_voice(timeline, sources))
        found = replace(found, voice_gain_db=levelled(voice, VOICE_LUFS))
    if timeline.original is not None:
        own = await _hear(tool, measure_original(timeline, sources))
        found = replace(found, original_gain_db=levelled(own, VOICE_LUFS))
    plain = await _hear(tool, measure_mix(timeline, sources, found))
    if plain.silent:
        return found
    tried = [(0.0, plain.integrated_lufs)]
    while abs(tried[-1][1] - TARGET_LUFS) > _CLOSE_LU and len(tried) <= _TRIES:
        gain = next_gain(tried)
        heard = await _hear(tool, measure_mix(timeline, sources, replace(found, gain_db=gain)))
        tried.append((gain, heard.integrated_lufs))
    return replace(found, gain_db=_closest(tried))


def corrected(loudness: Measured, heard: Loudness) -> Measured:
    """The gains after hearing the encoded sound: by as much more as it is too quiet, or less as it is too loud."""
    return replace(loudness, gain_db=loudness.gain_db + TARGET_LUFS - heard.integrated_lufs)


async def hear_file(tool: Tool, name: str) -> Loudness:
    """What an encoded file of the folder measures."""
    return await _hear(tool, measure_file(name))


def _closest(tried: list[tuple[float, float]]) -> float:
    return min(tried, key=lambda pair: abs(pair[1] - TARGET_LUFS))[0]


async def _hear(tool: Tool, plan: RenderPlan) -> Loudness:
    try:
        return read_summary(await tool.listen(plan))
    except ValueError as unheard:
        raise TechnicalFault("the loudness could not be measured", code="loudness_unmeasured") from unheard
