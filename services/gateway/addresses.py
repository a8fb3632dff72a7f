"""Where a request comes from: the client's address behind trusted proxies, and whether a name is this machine. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_SUBSCRIBER_BITS = 64  # of IPv6: who has one address has all of its /64
UNKNOWN = "unknown"


def client_of(peer: str, forwarded_for: Sequence[str], trusted: Sequence[Network]) -> str:
    """Whom to count a request for: the right-most address that no trusted proxy vouches for.

    ``forwarded_for``: the X-Forwarded-For headers in order. What stands left of an untrusted or unreadable address was
    written by whoever sent the request, and is not believed.
    """
    address = _read(peer)
    hops = [hop.strip() for header in forwarded_for for hop in header.split(",")]
    while address is not None and hops and any(address in network for network in trusted):
        before = _read(hops.pop())
        if before is None:
            break
        address = before
    return UNKNOWN if address is None else _subscriber(address)


def is_among(address: str, networks: Sequence[Network]) -> bool:
    """Whether an address lies in one of the networks."""
    found = _read(address)
    return found is not None and any(found in network for network in networks)


def _subscriber(address: Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    return str(ip_network((address, _SUBSCRIBER_BITS), strict=False))


def _read(text: str) -> Address | None:
    """An address, with or without a port (proxies write both)."""
    for candidate in (text, text.strip("[]"), _host(text)):
        try:
            address = ip_address(candidate)
        except ValueError:
            continue
        mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
        return mapped or address
    return None


def is_loopback(address: str) -> bool:
    """Only this machine itself reaches it."""
    found = _read(address)
    return found is not None and found.is_loopback


def names_this_machine(host_header: str) -> bool:
    """A Host header that no page of another site can bring about by pointing its own name here (DNS rebinding)."""
    host = _host(host_header)
    return host == "localhost" or is_loopback(host)


def _host(written: str) -> str:
    try:
        return urlsplit(f"//{written}").hostname or ""
    except ValueError:
        return ""


def is_same_origin(origin: str, scheme: str, host_header: str) -> bool:
    """An Origin header that is the address the request was sent to."""
    return origin.casefold() == f"{scheme}://{host_header}".casefold()
