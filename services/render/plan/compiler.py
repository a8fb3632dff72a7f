"""The one place that knows ffmpeg-python: nodes in, an argument list out. Nothing is run here."""

from __future__ import annotations

from typing import Any

import ffmpeg

Stream = Any  # a node of the graph with its chosen output; ffmpeg-python has no types


def source(name: str, **options: Any) -> Stream:
    """An input file of the folder ffmpeg runs in. It can open nothing but files, and must be what it is said to be."""
    return ffmpeg.input(f"file:{name}", protocol_whitelist="file", **options)


def heard_after(streams: list[Stream]) -> Stream:
    """Sounds one after another."""
    return streams[0] if len(streams) == 1 else ffmpeg.concat(*streams, v=0, a=1)


def generated(description: str) -> Stream:
    """Pictures or sound that ffmpeg makes up by itself, as one of its own sources describes them."""
    return ffmpeg.input(description, format="lavfi")


def joined(streams: list[Stream]) -> Stream:
    """Pictures one after another."""
    return streams[0] if len(streams) == 1 else ffmpeg.concat(*streams, v=1, a=0)


def mixed(streams: list[Stream], name: str, **options: Any) -> Stream:
    """Several streams into one by a filter."""
    return ffmpeg.filter(streams, name, **options)


def arguments(streams: list[Stream], target: str, **options: Any) -> tuple[str, ...]:
    """What stands after ``ffmpeg``: inputs, the filter graph, and one output with its options."""
    return tuple(str(part) for part in ffmpeg.get_args(ffmpeg.output(*streams, target, **options)))
