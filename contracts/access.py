"""Who may say and hear what on the bus: derived from the story, the inboxes and the duties below.

A new fact in ``FLOW`` or inbox in ``DURABLES`` is permitted by being there. What is here is data; who makes accounts of
it is ``edit_factory.sidecars.accounts``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from contracts import subjects, webhooks
from contracts.events import Event, JobCancelRequestedV1, RetryRequestedV1
from contracts.flow import FLOW, STATIONS
from contracts.progress import StepName
from contracts.streams import (
    ALIVE,
    DEAD_LETTERS,
    DURABLES,
    EVENTS,
    PROGRESS,
    READERS,
    REGISTER,
    STEP_RESULTS,
    STREAMS,
)

OPERATOR = "operator"  # a person, or a command a person gave: everything inside the factory
LAYS_OUT = "projection"  # makes streams and inboxes, and brings them back; the others wait for it

# Shelves of the step results that no step is named after.
_GIVEN_BACK, _TRIES, _LEASE, _PAID, _TURN, _LOOK = "given-back", "tries", "lease", "paid", "turn", "reconciler"
_CANCELS = subjects.heard(JobCancelRequestedV1)  # every worker's process listens for them, station or not


@dataclass(frozen=True, slots=True)
class Access:
    """Subjects a service may send to (but those denied) and may hear. To those in ``many`` come several answers. What
    its processes ask one another (``among``) concerns nobody else.
    """

    sends: tuple[str, ...]
    hears: tuple[str, ...]
    many: frozenset[str]
    denied: tuple[str, ...]
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """What a service does beyond what the story says of it. Streams by their names.

    ``follows`` reads a stream from any place on, ``looks_up`` the last message on a subject, ``keeps`` writes shelves
    of the step results, ``writes`` and ``listens`` are subjects, ``purges`` and ``deletes_from`` remove messages;
    ``looks_at_inboxes`` is to see how all of them are; ``among`` are subjects at which its processes ask one another.
    """

    follows: tuple[str, ...] = ()
    looks_up: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    listens: tuple[str, ...] = ()
    purges: tuple[str, ...] = ()
    deletes_from: tuple[str, ...] = ()
    looks_at_inboxes: bool = False
    among: tuple[str, ...] = ()


def _letters(service: str) -> Iterator[str]:
    """A station puts aside what came to its own inboxes, and nothing else."""
    yield from (subjects.dead_letters(durable.name) for durable in DURABLES if durable.service == service)


def _station(step: StepName) -> Duty:
    return Duty(
        looks_up=(STEP_RESULTS.name, DEAD_LETTERS.name),
        keeps=(step.value, _GIVEN_BACK, _TRIES),
        writes=(subjects.PROGRESS, *_letters(step.value)),
    )


def _leasing_station(step: StepName, *shelves: str) -> Duty:
    """Has one worker at a time do some of its work: by a lease, which it takes away when it is done."""
    keeps = (step.value, _GIVEN_BACK, _TRIES, *shelves, _LEASE)
    return replace(_station(step), keeps=keeps, deletes_from=(STEP_RESULTS.name,))


def _paying_station(step: StepName) -> Duty:
    """Pays others for its work, once."""
    return _leasing_station(step, _PAID)


def _sharing_station(step: StepName) -> Duty:
    """Several of its processes may work on one video."""
    own = _station(step)
    offers, asks = subjects.offers(step.value), subjects.helping(step.value, ">")
    return replace(own, writes=(*own.writes, offers), among=(asks,))


_DUTIES = {
    "gateway": Duty(
        follows=(EVENTS.name, REGISTER.name, DEAD_LETTERS.name, ALIVE.name),
        looks_up=(PROGRESS.name, REGISTER.name, DEAD_LETTERS.name, STEP_RESULTS.name),
        writes=(subjects.REGISTER, subjects.DEAD_LETTERS),  # a letter is marked when it is replayed
        listens=(subjects.PROGRESS,),
        purges=(EVENTS.name,),  # what is left of a forgotten job, when its key is used again
        looks_at_inboxes=True,
    ),
    "projection": Duty(follows=(EVENTS.name,), listens=(subjects.PROGRESS, _CANCELS)),
    "script": _paying_station(StepName.SCRIPT),
    "tts": _paying_station(StepName.TTS),
    "footage": _leasing_station(StepName.FOOTAGE),
    "render": _sharing_station(StepName.RENDER),
    "storage": replace(  # retention
        _station(StepName.STORAGE),
        keeps=(StepName.STORAGE.value, _GIVEN_BACK, _TRIES, _TURN),
        follows=(EVENTS.name,),
        purges=(EVENTS.name,),
    ),
    "reconciler": Duty(
        follows=(EVENTS.name, ALIVE.name),
        looks_up=(DEAD_LETTERS.name, PROGRESS.name, STEP_RESULTS.name),
        keeps=(_LOOK,),  # when it last looked, and what it found
        writes=(subjects.DEAD_LETTERS,),
        listens=(_CANCELS,),
        looks_at_inboxes=True,
    ),
    "publish": Duty(
        follows=(EVENTS.name, REGISTER.name),
        looks_up=(REGISTER.name,),
        writes=(subjects.entry(webhooks.KIND, "*"),),  # an endpoint that is gone is disabled
        listens=(_CANCELS,),
    ),
    "catalog": Duty(
        follows=(EVENTS.name, REGISTER.name, ALIVE.name),
        looks_up=(REGISTER.name,),
        listens=(_CANCELS,),
    ),
}

SERVICES = tuple(_DUTIES)


def access(service: str) -> Access:
    """What one service may do.

    Raises:
        KeyError: there is no such service.
    """
    duty = _DUTIES[service]
    sends = dict.fromkeys((*_facts(service), *duty.writes, *_shelves(duty), *_everybody(service), *_inboxes(service)))
    many = set(_fetches(service))
    for stream in duty.follows:
        sends |= dict.fromkeys(_following(stream))
        many.add(f"$JS.API.CONSUMER.MSG.NEXT.{stream}.*")
    sends |= dict.fromkeys(_reading(duty)) | dict.fromkeys(_laying_out() if service == LAYS_OUT else ())
    return Access(
        sends=tuple(sends),
        hears=tuple(dict.fromkeys((*_heard(service), *duty.listens))),
        many=frozenset(many & sends.keys()),
        denied=tuple(_others_inboxes(service)) if duty.follows else (),
        among=duty.among,
    )


def _facts(service: str) -> Iterator[str]:
    yield from (subjects.heard(leg.fact) for leg in FLOW if service in leg.emitted_by)


def _heard(service: str) -> Iterator[str]:
    """Live, beside the inboxes: what a station hears that does not wait there."""
    waiting = {durable.hears for durable in DURABLES if durable.service == service} | {RetryRequestedV1}
    facts: list[type[Event]] = [leg.fact for leg in FLOW if service in leg.heard_by and leg.fact not in waiting]
    if service in STATIONS:
        yield from (subjects.heard(fact) for fact in facts)


def _shelves(duty: Duty) -> Iterator[str]:
    yield from (subjects.step_result(shelf, ">") for shelf in duty.keeps)


def _everybody(service: str) -> Iterator[str]:
    """To say it is alive, to see whether the log is there, whether the streams are laid out, and who was first.

    An account that doesn't import the first of them is given an interface of its own, which knows no streams.
    """
    yield subjects.alive(service, "*")
    yield "$JS.API.INFO"
    yield from (f"$JS.API.STREAM.INFO.{stream.name}" for stream in STREAMS)
    yield from (f"$JS.API.DIRECT.GET.{EVENTS.name}", f"$JS.API.DIRECT.GET.{EVENTS.name}.>")


def _reading(duty: Duty) -> Iterator[str]:
    yield from (f"$JS.API.DIRECT.GET.{stream}.>" for stream in duty.looks_up)
    yield from (f"$JS.API.STREAM.INFO.{stream}" for stream in (*duty.follows, *duty.looks_up))
    if duty.looks_at_inboxes:
        yield from (f"$JS.API.CONSUMER.INFO.{EVENTS.name}.{durable.name}" for durable in DURABLES)
    yield from (f"$JS.API.STREAM.PURGE.{stream}" for stream in duty.purges)
    yield from (f"$JS.API.STREAM.MSG.DELETE.{stream}" for stream in duty.deletes_from)


def _inboxes(service: str) -> Iterator[str]:
    for own in (durable.name for durable in DURABLES if durable.service == service):
        yield f"$JS.API.CONSUMER.INFO.{EVENTS.name}.{own}"
        yield f"$JS.ACK.{EVENTS.name}.{own}.>"
    for reader in (reader for reader in READERS if reader.service == service):
        yield f"$JS.API.CONSUMER.INFO.{reader.stream.name}.{reader.name}"
        yield f"$JS.ACK.{reader.stream.name}.{reader.name}.>"
    yield from _fetches(service)


def _fetches(service: str) -> Iterator[str]:
    yield from (f"$JS.API.CONSUMER.MSG.NEXT.{EVENTS.name}.{own.name}" for own in DURABLES if own.service == service)
    for reader in (reader for reader in READERS if reader.service == service):
        yield f"$JS.API.CONSUMER.MSG.NEXT.{reader.stream.name}.{reader.name}"


def _following(stream: str) -> Iterator[str]:
    """A reader of one's own, by a name made up for it, and without acknowledgements."""
    yield f"$JS.API.CONSUMER.CREATE.{stream}.>"
    yield from (f"$JS.API.CONSUMER.{what}.{stream}.*" for what in ("INFO", "MSG.NEXT", "DELETE"))


def _others_inboxes(service: str) -> Iterator[str]:
    """Whoever makes readers with names made up may not take, replace or delete those with known ones."""
    for durable in DURABLES:
        yield f"$JS.API.CONSUMER.DELETE.{EVENTS.name}.{durable.name}"
        yield f"$JS.API.CONSUMER.CREATE.{EVENTS.name}.{durable.name}"
        yield f"$JS.API.CONSUMER.CREATE.{EVENTS.name}.{durable.name}.>"
        if durable.service != service:
            yield f"$JS.API.CONSUMER.MSG.NEXT.{EVENTS.name}.{durable.name}"
    for reader in READERS:
        yield f"$JS.API.CONSUMER.DELETE.{reader.stream.name}.{reader.name}"
        yield f"$JS.API.CONSUMER.CREATE.{reader.stream.name}.{reader.name}"
        yield f"$JS.API.CONSUMER.CREATE.{reader.stream.name}.{reader.name}.>"
        if reader.service != service:
            yield f"$JS.API.CONSUMER.MSG.NEXT.{reader.stream.name}.{reader.name}"


def _laying_out() -> Iterator[str]:
    for stream in STREAMS:
        yield from (f"$JS.API.STREAM.{what}.{stream.name}" for what in ("CREATE", "UPDATE"))
    yield from (f"$JS.API.CONSUMER.DURABLE.CREATE.{EVENTS.name}.{durable.name}" for durable in DURABLES)
    yield from (f"$JS.API.CONSUMER.DURABLE.CREATE.{reader.stream.name}.{reader.name}" for reader in READERS)
