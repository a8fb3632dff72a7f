"""Streams and durable consumers as data. Who turns them into real ones is in ``kit.topology``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from contracts import subjects
from contracts.events import (
    AssetUploadedV1,
    Event,
    JobRequestedV1,
    RetryRequestedV1,
    ScriptReadyV1,
    SpeechReadyV1,
    TimelineReadyV1,
    VideoRenderedV1,
    VideoStoredV1,
)

DAY_S = 86_400.0
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Stream:
    """A log. ``max_age_s`` 0 keeps for ever; ``when_full`` tells whether the old is dropped or the new refused. From a
    work queue a message goes as soon as it is acknowledged.
    """

    name: str
    subjects: tuple[str, ...]
    storage: Literal["file", "memory"]
    max_bytes: int
    max_age_s: float = 0.0
    max_per_subject: int = -1
    when_full: Literal["drop_old", "refuse_new"] = "drop_old"
    mirror_of: str | None = None
    work_queue: bool = False


EVENTS = Stream(
    "EF_EVENTS", (subjects.EVENTS,), storage="file", max_bytes=0, when_full="refuse_new"
)  # the source of truth: never silently shortened; its size is a setting
PROGRESS = Stream(
    "EF_PROGRESS", (subjects.PROGRESS,), storage="memory", max_bytes=64 * MIB, max_age_s=DAY_S / 24, max_per_subject=1
)
STEP_RESULTS = Stream(
    "EF_STEPS", (subjects.STEP_RESULTS,), storage="file", max_bytes=512 * MIB, max_age_s=30 * DAY_S, max_per_subject=1
)
# What could not be worked on, for a person to look at: one letter a message, until it is a month old.
DEAD_LETTERS = Stream(
    "EF_DEAD", (subjects.DEAD_LETTERS,), storage="file", max_bytes=128 * MIB, max_age_s=30 * DAY_S, max_per_subject=1
)
# The server's word that it gave a message up, until it is made a dead letter of.
ADVISORIES = Stream(
    "EF_ADVISORIES",
    (subjects.UNDELIVERED, subjects.TERMINATED),
    storage="file",
    max_bytes=16 * MIB,
    max_age_s=3 * DAY_S,
)
# Which processes live: each says so every few seconds, and is forgotten when it does not.
ALIVE = Stream("EF_ALIVE", (subjects.ALIVE,), storage="memory", max_bytes=4 * MIB, max_age_s=8.0, max_per_subject=1)
# Places at which a long piece of work can be helped with. Offered again for as long as they are free, so what its
# holder has left behind is soon forgotten.
OFFERS = Stream(
    "EF_OFFERS",
    (subjects.OFFERS,),
    storage="memory",
    max_bytes=4 * MIB,
    max_age_s=20.0,
    max_per_subject=1,
    work_queue=True,
)
# Who may come in and what they set up: small, compacted, followed by whoever needs it.
REGISTER = Stream(
    "EF_REGISTER", (subjects.REGISTER,), storage="file", max_bytes=128 * MIB, max_per_subject=1, when_full="refuse_new"
)
# Outsiders read a mirror in an account of their own; who runs the server makes it, see docs/operating.md.
FEED = Stream("EF_FEED", (), storage="file", max_bytes=1024 * MIB, max_age_s=7 * DAY_S, mirror_of="EF_EVENTS")

STREAMS = (EVENTS, PROGRESS, STEP_RESULTS, DEAD_LETTERS, REGISTER, ADVISORIES, ALIVE, OFFERS)


@dataclass(frozen=True, slots=True)
class Consumer:
    """A durable pull consumer on the events stream: what comes to one inbox in one lane."""

    name: str
    inbox: str
    lane: str
    filters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Durable:
    """One station's inbox: a durable consumer for each lane, which its workers take from in turn. Retries are heard by
    all of them.
    """

    name: str
    service: str
    hears: type[Event]

    @property
    def heard(self) -> tuple[type[Event], ...]:
        return self.hears, RetryRequestedV1

    @property
    def consumers(self) -> tuple[Consumer, ...]:
        return tuple(self.consumer(lane) for lane in subjects.LANES)

    def consumer(self, lane: str) -> Consumer:
        filters = tuple(subjects.heard_in(event, lane) for event in self.heard)
        return Consumer(f"{self.name}-{lane}", self.name, lane, filters)


DURABLES = (
    Durable("script", "script", JobRequestedV1),
    Durable("tts", "tts", ScriptReadyV1),
    Durable("footage", "footage", SpeechReadyV1),
    Durable("footage-assets", "footage", AssetUploadedV1),
    Durable("render", "render", TimelineReadyV1),
    Durable("storage", "storage", VideoRenderedV1),
    Durable("quality", "quality", VideoStoredV1),
)


CONSUMERS = {consumer.name: consumer for durable in DURABLES for consumer in durable.consumers}


def durable(name: str) -> Durable:
    return next(found for found in DURABLES if found.name == name)


@dataclass(frozen=True, slots=True)
class Reader:
    """A durable pull consumer on another stream than that of the events; it reads all of it."""

    name: str
    service: str
    stream: Stream


ADVISORY_READER = Reader("reconciler-advisories", "reconciler", ADVISORIES)
LETTER_READER = Reader("reconciler-letters", "reconciler", DEAD_LETTERS)
RENDER_HELPERS = Reader("render-help", "render", OFFERS)
READERS = (ADVISORY_READER, LETTER_READER, RENDER_HELPERS)
