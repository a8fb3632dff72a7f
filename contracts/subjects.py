"""The only file with subject strings.

A fact lies at ``ef.evt.<noun>.<verb>.v<version>.<lane>.<job or asset>.<video>.<run>``, progress at
``ef.prg.<job>.<video>``, the kept result of a step at ``ef.step.<step>.<key>``, who is at work on one at
``ef.step.lease.<key>``, an entry of the register at ``ef.reg.<kind>.<name>``, a dead letter at
``ef.dead.<inbox>.<sequence of the message>``, a service's sign of life at ``ef.alive.<service>.<instance>``, an
offer of work that others may share at ``ef.work.<service>.<video>.<place>``; who made it is asked at
``ef.help.<service>.<holder>``.
"""

from __future__ import annotations

from uuid import UUID
from zlib import crc32

from contracts.events.base import Event, VideoEvent
from contracts.events.project import ProjectClaimedV1
from contracts.outputs import Quality

EVENTS = "ef.evt.>"
PROGRESS = "ef.prg.>"
STEP_RESULTS = "ef.step.>"
REGISTER = "ef.reg.>"
DEAD_LETTERS = "ef.dead.>"
ALIVE = "ef.alive.>"
OF_FEEDS = "ef.evt.feed.>"
OFFERS = "ef.work.>"
# The server's word that it gave a message of the events stream up.
ADVISORIES = "$JS.EVENT.ADVISORY.CONSUMER.*.EF_EVENTS.>"
UNDELIVERED = "$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.EF_EVENTS.>"
TERMINATED = "$JS.EVENT.ADVISORY.CONSUMER.MSG_TERMINATED.EF_EVENTS.>"

FAST_LANE = "fast"
SHARDS = 8


def lane(owner: str, quality: Quality, *, bulk: bool = False) -> str:
    """Drafts take the fast lane, unless they come in ``bulk``; the rest is spread by owner, so that nobody's batch
    blocks the others.
    """
    return FAST_LANE if quality == "draft" and not bulk else f"s{crc32(owner.encode()) % SHARDS}"


def fact(event: Event) -> str:
    """Where an event is published."""
    return f"ef.evt.{event.TYPE}.v{event.VERSION}.{event.lane}.{'.'.join(event.about)}"


def rivals(event: Event) -> str:
    """Every fact that would contradict this one: the other outcomes of the same step, whatever the lane or version.

    A job's request and its cancellation don't contradict each other, so those guard their own verb alone.
    """
    verb = event.verb() if event.noun() == "job" else "*"
    return f"ef.evt.{event.noun()}.{verb}.*.*.{'.'.join(event.about)}"


def heard(event: type[Event]) -> str:
    """What a station that hears this event subscribes to."""
    return f"ef.evt.{event.TYPE}.v{event.VERSION}.>"


def facts_of(entity: UUID) -> str:
    """Every fact about one job or asset."""
    return f"ef.evt.*.*.*.*.{entity}.>"


def last_of(event: type[Event], entity: UUID) -> str:
    """The fact of one type about one job or asset."""
    return f"ef.evt.{event.TYPE}.*.*.{entity}.>"


def last_of_video(event: type[VideoEvent], video: UUID) -> str:
    """The facts about one video, of one type or of any."""
    return f"ef.evt.{getattr(event, 'TYPE', '*.*')}.*.*.*.{video}.*"


def outcomes_of(event: type[Event], asset: UUID) -> str:
    """The facts of an upload that have a fact's noun: that it came, and what was found in it."""
    return f"ef.evt.{event.noun()}.*.*.*.{asset}.*.0"


def import_outcomes(feed: UUID, ident: UUID) -> str:
    """What became of one import of a feed."""
    return f"ef.evt.feed.*.*.*.{feed}.{ident}.1"


def progress(job: UUID, video: UUID) -> str:
    return f"ef.prg.{job}.{video}"


def step_result(step: str, key: str) -> str:
    return f"ef.step.{step}.{key}"


def entry(kind: str, name: str) -> str:
    """Where an entry of the register lies; ``name`` has no dots, spaces or wildcards."""
    return f"ef.reg.{kind}.{name}"


def dead_letter(inbox: str, seq: int) -> str:
    return f"ef.dead.{inbox}.{seq}"


def dead_letters(inbox: str) -> str:
    """All letters of one inbox."""
    return f"ef.dead.{inbox}.>"


def alive(service: str, instance: str) -> str:
    return f"ef.alive.{service}.{instance}"


def is_of(subject: str, event: type[Event]) -> bool:
    """Whether a fact of this type, in any version, lies at a subject."""
    return subject.startswith(f"ef.evt.{event.TYPE}.")


def lane_of(subject: str) -> str:
    """The lane in a fact's subject, which is right even where the body can't be read."""
    return subject.split(".")[5]


def project_claims(project: UUID) -> str:
    """The claims of one project."""
    return f"ef.evt.{ProjectClaimedV1.TYPE}.*.*.{project}.>"


def lease(key: str) -> str:
    return step_result("lease", key)


def offer(service: str, video: UUID, place: int) -> str:
    return f"ef.work.{service}.{video}.{place}"


def offers(service: str) -> str:
    """All that processes of a service offer to one another."""
    return f"ef.work.{service}.>"


def helping(service: str, holder: str) -> str:
    """Where the process that holds a piece of work is asked by those that help; with ``>`` any of them."""
    return f"ef.help.{service}.{holder}"
