"""Who may say and hear what on the bus: derived from the story, the inboxes and the duties below.

A new fact in ``FLOW`` or inbox in ``DURABLES`` is permitted by being there. What is here is data; who makes accounts of
it is ``edit_factory.sidecars.accounts``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from contracts import subjects
from contracts.events import ALL_EVENTS, Event, JobCancelRequestedV1, StepFailed
from contracts.flow import FLOW, STATIONS
from contracts.progress import StepName
from contracts.streams import DURABLES, EVENTS, PROGRESS, REGISTER, STEP_RESULTS, STREAMS

OPERATOR = "operator"  # a person, or a command a person gave: everything inside the factory
LAYS_OUT = "projection"  # makes streams and inboxes, and brings them back; the others wait for it

_DEAD = "EF_DEAD"
_GIVEN_BACK, _LEASE, _PAID = "given-back", "lease", "paid"  # shelves of the step results that no step is named after
_CANCELS = subjects.heard(JobCancelRequestedV1)  # every worker's process listens for them, station or not
_ADVISORY = "$JS.EVENT.ADVISORY.CONSUMER"


@dataclass(frozen=True, slots=True)
class Access:
    """Subjects a service may send to (but those denied) and may hear. To those in ``many`` come several answers."""

    sends: tuple[str, ...]
    hears: tuple[str, ...]
    many: frozenset[str]
    denied: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """What a service does beyond what the story says of it. Streams by their names.

    ``follows`` reads a stream from any place on, ``looks_up`` the last message on a subject, ``keeps`` writes shelves
    of the step results, ``writes`` and ``listens`` are subjects, ``purges`` and ``deletes_from`` remove messages.
    """

    follows: tuple[str, ...] = ()
    looks_up: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    listens: tuple[str, ...] = ()
    purges: tuple[str, ...] = ()
    deletes_from: tuple[str, ...] = ()
    fails_for_others: bool = False


def _station(step: StepName) -> Duty:
    return Duty(
        looks_up=(STEP_RESULTS.name,), keeps=(step.value, _GIVEN_BACK), writes=(subjects.PROGRESS, subjects.DEAD)
    )


def _paying_station(step: StepName) -> Duty:
    """Pays others for its work: once, by a lease, which it takes away when it is done."""
    return replace(_station(step), keeps=(step.value, _GIVEN_BACK, _PAID, _LEASE), deletes_from=(STEP_RESULTS.name,))


_DUTIES = {
    "gateway": Duty(
        follows=(EVENTS.name, REGISTER.name, _DEAD),
        looks_up=(PROGRESS.name, REGISTER.name, _DEAD),
        writes=(subjects.REGISTER,),
        listens=(subjects.PROGRESS,),
        purges=(EVENTS.name,),  # what is left of a forgotten job, when its key is used again
    ),
    "projection": Duty(follows=(EVENTS.name,), listens=(subjects.PROGRESS, _CANCELS)),
    "script": _paying_station(StepName.SCRIPT),
    "tts": _paying_station(StepName.TTS),
    "footage": _station(StepName.FOOTAGE),
    "render": _station(StepName.RENDER),
    "storage": replace(_station(StepName.STORAGE), follows=(EVENTS.name,), purges=(EVENTS.name,)),  # retention
    "reconciler": Duty(
        follows=(EVENTS.name, _DEAD),
        looks_up=(_DEAD,),
        writes=(subjects.DEAD,),
        listens=(
            _CANCELS,
            f"{_ADVISORY}.MAX_DELIVERIES.{EVENTS.name}.>",
            f"{_ADVISORY}.MSG_TERMINATED.{EVENTS.name}.>",
        ),
        fails_for_others=True,
    ),
    "publish": Duty(follows=(EVENTS.name, REGISTER.name), looks_up=(REGISTER.name,), listens=(_CANCELS,)),
}

SERVICES = tuple(_DUTIES)


def access(service: str) -> Access:
    """What one service may do.

    Raises:
        KeyError: there is no such service.
    """
    duty = _DUTIES[service]
    sends = dict.fromkeys((*_facts(service, duty), *duty.writes, *_shelves(duty), *_everybody(), *_inboxes(service)))
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
    )


def _facts(service: str, duty: Duty) -> Iterator[str]:
    yield from (subjects.heard(leg.fact) for leg in FLOW if service in leg.emitted_by)
    if duty.fails_for_others:
        yield from (subjects.heard(event) for event in ALL_EVENTS if issubclass(event, StepFailed))


def _heard(service: str) -> Iterator[str]:
    """Live, beside the inboxes: what a station hears that does not wait there."""
    waiting = {durable.hears for durable in DURABLES if durable.service == service}
    facts: list[type[Event]] = [leg.fact for leg in FLOW if service in leg.heard_by and leg.fact not in waiting]
    if service in STATIONS:
        yield from (subjects.heard(fact) for fact in facts)


def _shelves(duty: Duty) -> Iterator[str]:
    yield from (subjects.step_result(shelf, ">") for shelf in duty.keeps)


def _everybody() -> Iterator[str]:
    """To see whether the log is there, whether the streams are laid out, and who was first.

    An account that doesn't import the first of them is given an interface of its own, which knows no streams.
    """
    yield "$JS.API.INFO"
    yield from (f"$JS.API.STREAM.INFO.{stream.name}" for stream in STREAMS)
    yield f"$JS.API.DIRECT.GET.{EVENTS.name}.>"


def _reading(duty: Duty) -> Iterator[str]:
    yield from (f"$JS.API.DIRECT.GET.{stream}.>" for stream in duty.looks_up)
    yield from (f"$JS.API.STREAM.INFO.{stream}" for stream in (*duty.follows, *duty.looks_up))
    yield from (f"$JS.API.STREAM.PURGE.{stream}" for stream in duty.purges)
    yield from (f"$JS.API.STREAM.MSG.DELETE.{stream}" for stream in duty.deletes_from)


def _inboxes(service: str) -> Iterator[str]:
    for own in (durable.name for durable in DURABLES if durable.service == service):
        yield f"$JS.API.CONSUMER.INFO.{EVENTS.name}.{own}"
        yield f"$JS.ACK.{EVENTS.name}.{own}.>"
    yield from _fetches(service)


def _fetches(service: str) -> Iterator[str]:
    yield from (f"$JS.API.CONSUMER.MSG.NEXT.{EVENTS.name}.{own.name}" for own in DURABLES if own.service == service)


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


def _laying_out() -> Iterator[str]:
    for stream in STREAMS:
        yield from (f"$JS.API.STREAM.{what}.{stream.name}" for what in ("CREATE", "UPDATE"))
    yield from (f"$JS.API.CONSUMER.DURABLE.CREATE.{EVENTS.name}.{durable.name}" for durable in DURABLES)
