"""The accounts of a NATS server: the factory, one for each service, the feed, the outsiders.

Permissions on subjects alone do not close anything: whoever may send a request also chooses where the answer goes, and
the server does not check that. (Tried: a user who could only ask for information wrote into the events stream by
naming a subject of it as the reply.) So everybody lives in an account of their own, blind to the others' subjects, into
which only the subjects they need are imported; answers come back into that account, and what is imported nowhere
reaches nobody. Permissions say the same once more, so that a refusal is told. What the processes of one service ask one
another never leaves its account, and neither do the answers.

    FACTORY   all streams but the feed; only the operator's user is in here
    RENDER... one for each service
    FEED      the feed, a mirror of the events stream; nobody works here, so a delivery gone astray harms nothing
    OUTSIDE   subscribers; of FEED's interface they see what reads

``python -m edit_factory.sidecars.accounts`` prints the configuration for a server of one's own, ``deploy/nats.conf``.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contracts.access import OPERATOR, SERVICES, Access, access
from contracts.streams import FEED, Stream

FEEDER = "feeder"
SUBSCRIBER = "subscriber"
USERS = (OPERATOR, FEEDER, SUBSCRIBER, *SERVICES)

MAX_PAYLOAD_BYTES = 2 * 1024**2
MAX_MEMORY_BYTES = 256 * 1024**2
MAX_FILE_BYTES = 8 * 1024**3
# Where FEED finds FACTORY's interface: under ``$JS.API`` it has its own.
FACTORY_API = "$JS.FACTORY.API"
DELIVERY = "feed.mirror"

_FACTORY, _FEED, _OUTSIDE = "FACTORY", "FEED", "OUTSIDE"
_OUTSIDE_CONNECTIONS = 256
_OUTSIDE_CONSUMERS = 1000
_MANY = "stream"
_ANSWERS = "_INBOX.>"

Grants = Mapping[str, bool]  # subject: whether it gets many answers


def accounts(passwords: Mapping[str, str], feed: Stream = FEED) -> dict[str, Any]:
    """The server's ``accounts``; ``passwords`` has one for each of ``USERS``."""
    granted = {name: access(name) for name in SERVICES}
    told = list(_told(granted))
    mirroring = _mirroring(feed.mirror_of or "")
    sent = [(_FEED, subject, False) for subject in mirroring]
    sent += [(_account(name), subject, subject in may.many) for name, may in granted.items() for subject in may.sends]
    delivered = [(_FACTORY, _FEED, f"{DELIVERY}.>"), *told]
    return {
        _FACTORY: {
            "jetstream": "enabled",
            "users": [{"user": OPERATOR, "password": passwords[OPERATOR]}],
            "exports": [*_services(sent), *_streams(delivered, _FACTORY)],
        },
        **{_account(name): _of_service(name, may, passwords[name], told) for name, may in granted.items()},
        _FEED: _of_feed(feed, mirroring, passwords[FEEDER]),
        _OUTSIDE: _of_outsiders(feed, passwords[SUBSCRIBER]),
    }


def _account(service: str) -> str:
    return service.upper()


def _told(granted: Mapping[str, Access]) -> Iterator[tuple[str, str, str]]:
    """Teller, hearer and subject of what is heard live: straight from whoever says it.

    (The server does not hand a message on to a third account that came into the second one as a request.) What no
    service says, the server itself tells in the factory's account.
    """
    for hearer, may in granted.items():
        for subject in may.hears:
            tellers = [name for name, of in granted.items() if subject in of.sends and name != hearer]
            yield from ((_account(teller), _account(hearer), subject) for teller in tellers)
            if not tellers:
                yield _FACTORY, _account(hearer), subject


def _of_service(name: str, may: Access, password: str, told: Iterable[tuple[str, str, str]]) -> dict[str, Any]:
    exports = _streams(told, _account(name))
    return {
        "users": [
            {
                "user": name,
                "password": password,
                "permissions": {
                    "publish": {"allow": [*may.sends, *may.among]} | ({"deny": list(may.denied)} if may.denied else {}),
                    "subscribe": {"allow": [*may.hears, *may.among, _ANSWERS]},
                    **({"allow_responses": True} if may.among else {}),
                },
            }
        ],
        **({"exports": exports} if exports else {}),
        "imports": [
            *(_import(subject, _FACTORY) for subject in may.sends),
            *(
                {"stream": {"account": teller, "subject": subject}}
                for teller, hearer, subject in told
                if hearer == _account(name)
            ),
        ],
    }


def _mirroring(origin: str) -> tuple[str, ...]:
    """What a mirror, and who makes it, ask of its origin."""
    return (
        f"$JS.API.CONSUMER.CREATE.{origin}",
        f"$JS.API.CONSUMER.CREATE.{origin}.>",
        f"$JS.API.STREAM.INFO.{origin}",
        "$JS.FC.>",
    )


def _of_feed(feed: Stream, mirroring: Iterable[str], password: str) -> dict[str, Any]:
    return {
        "jetstream": {"max_streams": 1, "max_consumers": _OUTSIDE_CONSUMERS},
        "users": [{"user": FEEDER, "password": password}],
        "imports": [
            *({**_import(subject, _FACTORY), **_renamed(subject)} for subject in mirroring),
            {"stream": {"account": _FACTORY, "subject": f"{DELIVERY}.>"}},
        ],
        "exports": _services((_OUTSIDE, subject, many) for subject, many in _reading(feed.name).items()),
    }


def _renamed(subject: str) -> dict[str, str]:
    return {"to": subject.replace("$JS.API", FACTORY_API, 1)} if subject.startswith("$JS.API.") else {}


def _of_outsiders(feed: Stream, password: str) -> dict[str, Any]:
    reading = _reading(feed.name)
    return {
        "limits": {"max_connections": _OUTSIDE_CONNECTIONS},
        "users": [
            {
                "user": SUBSCRIBER,
                "password": password,
                "permissions": {"publish": {"allow": [*reading]}, "subscribe": {"allow": [_ANSWERS]}},
            }
        ],
        "imports": [_import(subject, _FEED) for subject in reading],
    }


def _reading(stream: str) -> Grants:
    return {
        "$JS.API.INFO": False,
        "$JS.API.STREAM.NAMES": False,
        "$JS.API.STREAM.LIST": False,
        f"$JS.API.STREAM.INFO.{stream}": False,
        f"$JS.API.STREAM.MSG.GET.{stream}": False,
        f"$JS.API.DIRECT.GET.{stream}": True,
        f"$JS.API.DIRECT.GET.{stream}.>": True,
        f"$JS.API.CONSUMER.CREATE.{stream}": False,
        f"$JS.API.CONSUMER.CREATE.{stream}.>": False,
        f"$JS.API.CONSUMER.DURABLE.CREATE.{stream}.*": False,
        f"$JS.API.CONSUMER.INFO.{stream}.*": False,
        f"$JS.API.CONSUMER.NAMES.{stream}": False,
        f"$JS.API.CONSUMER.LIST.{stream}": False,
        f"$JS.API.CONSUMER.DELETE.{stream}.*": False,
        f"$JS.API.CONSUMER.MSG.NEXT.{stream}.*": True,
        f"$JS.ACK.{stream}.>": False,
    }


def _services(granted: Iterable[tuple[str, str, bool]]) -> list[dict[str, Any]]:
    """One export a subject, to all accounts it is granted to."""
    exports: dict[str, dict[str, Any]] = {}
    for account, subject, many in granted:
        export = exports.setdefault(subject, {"service": subject, "accounts": []})
        export["accounts"].append(account)
        if many:
            export["response"] = _MANY
    return list(exports.values())


def _streams(told: Iterable[tuple[str, str, str]], teller: str) -> list[dict[str, Any]]:
    exports: dict[str, dict[str, Any]] = {}
    for says, hears, subject in told:
        if says == teller:
            exports.setdefault(subject, {"stream": subject, "accounts": []})["accounts"].append(hears)
    return list(exports.values())


def _import(subject: str, account: str) -> dict[str, Any]:
    return {"service": {"account": account, "subject": subject}}


def variable(user: str) -> str:
    """The variable of the environment with a user's password, in ``deploy/nats.conf`` and ``compose.yaml``."""
    return f"NATS_{user.upper()}_PASSWORD"


_HEAD = """\
# NATS for a system of several containers or machines: the same accounts as the embedded server has. Written by
#   python -m edit_factory.sidecars.accounts > deploy/nats.conf
#
# Passwords come from the environment; each must begin with a letter and have no character that means something in a
# URL. Where the data lie is said on the command line (--store_dir), and so is TLS. See docs/operating.md.

listen: 0.0.0.0:4222
http: 0.0.0.0:8222
max_payload: 2MB

jetstream {
  sync_interval: "always"  # an acknowledged event survives a power cut
  max_mem: 256MB
  max_file: 8GB
}

accounts """


def as_file() -> str:
    """``deploy/nats.conf``: as above, with variables for passwords."""
    found = accounts({user: f"\0{variable(user)}" for user in USERS})
    text = "".join(f"  {name} {{\n{_lines(account)}  }}\n" for name, account in found.items())
    return _HEAD + "{\n" + _WITH_VARIABLE.sub(r"$\1", text) + "}\n"


_WITH_VARIABLE = re.compile(r'"\\u0000(\w+)"')


def _lines(account: Mapping[str, Any]) -> str:
    """One line for each thing granted."""
    text = ""
    for key, value in account.items():
        if key == "users":
            text += f"    {key}: {json.dumps(value, indent=2)}\n".replace("\n  ", "\n      ").replace("\n]", "\n    ]")
        elif isinstance(value, list):
            text += f"    {key}: [\n" + "".join(f"      {json.dumps(item)}\n" for item in value) + "    ]\n"
        else:
            text += f"    {key}: {json.dumps(value)}\n"
    return text


if __name__ == "__main__":
    sys.stdout.write(as_file())
