"""Which addresses a user may name: what a URL may look like, and which IP addresses are anybody's. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

import httpx

from contracts.faults import LogicalFault

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

URL_MAX = 2_000  # characters
_HTTPS = 443
_PRIVILEGED = 1024
_PORT_MOST = 65_535
_OLD_ADDRESS = re.compile(r"(.*\.)?(\d+|0[xX][0-9a-fA-F]*)\.?")
_NOT_PUBLIC = "The host is not on the public internet."
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052
_UNICAST = IPv6Network("2000::/3")  # all that was ever given out for the public, RFC 4291
# Not for the public, although not every Python's tables say so.
_OTHERS: tuple[Network, ...] = (
    IPv4Network("192.0.0.0/24"),  # IETF protocol assignments
    IPv4Network("192.88.99.0/24"),  # relays of 6to4, withdrawn
    IPv4Network("168.63.129.16/32"),  # a cloud's own server, seen from its machines alone
    IPv6Network("2001::/23"),  # Teredo and other IETF protocol assignments
    IPv6Network("3fff::/20"),  # documentation
)


class UrlForbidden(LogicalFault):
    """A URL that must not be asked."""

    code = "url_forbidden"


@dataclass(frozen=True, slots=True)
class Target:
    """A URL taken apart. ``host`` is a name or an IP address without brackets."""

    url: str
    scheme: str
    host: str
    port: int


def target(url: str) -> Target:
    """What a URL names, if it may be named at all; where that is, is not known yet.

    Raises:
        UrlForbidden: not http(s), with credentials, without a host, or with a port that no web server has.
    """
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as wrong:
        raise UrlForbidden("This is not a URL.") from wrong
    if len(url) > URL_MAX or parsed.scheme not in {"http", "https"}:
        raise UrlForbidden("Only https:// addresses are taken.")
    if parsed.userinfo:
        raise UrlForbidden("A URL with a user name or password in it is not taken.")
    if not parsed.host or "%" in parsed.host:
        raise UrlForbidden("The URL names no host.")
    if parsed.port is not None and not 0 < parsed.port <= _PORT_MOST:
        raise UrlForbidden("The URL's port is none.")
    port = parsed.port or (_HTTPS if parsed.scheme == "https" else 80)
    return Target(str(parsed), parsed.scheme, parsed.host, port)


def is_this_machine(host: str) -> bool:
    """Names that always mean the machine itself, whatever a resolver says (RFC 6761, 6.3)."""
    return f".{host.rstrip('.').lower()}".endswith(".localhost")


def is_public(address: Address) -> bool:
    """Whether anybody on the internet could reach it; what is wrapped in an IPv6 address is looked at."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or _of_nat64(address)
        if inner is not None:
            return is_public(inner)
        if address not in _UNICAST:
            return False
    if any(address in network for network in _OTHERS if network.version == address.version):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _of_nat64(address: IPv6Address) -> IPv4Address | None:
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None


@dataclass(frozen=True, slots=True)
class Allowed:
    """Places of one's own network that may be named besides: ``host:port`` entries and networks."""

    places: frozenset[tuple[str, int]] = frozenset()
    networks: tuple[Network, ...] = ()

    @staticmethod
    def parse(text: str) -> Allowed:
        """The comma separated entries of ``EDIT_FACTORY_OUTBOUND_ALLOW``.

        Raises:
            LogicalFault: an entry is neither host:port nor a network.
        """
        places: set[tuple[str, int]] = set()
        networks: list[Network] = []
        for entry in filter(None, (part.strip() for part in text.split(","))):
            host, _, port = entry.rpartition(":")
            if "/" not in entry and host and port.isdecimal():
                places.add((host.strip("[]").lower(), int(port)))
            else:
                networks.append(_network(entry))
        return Allowed(frozenset(places), tuple(networks))

    def holds(self, address: Address) -> bool:
        return any(address in network for network in self.networks if network.version == address.version)

    def check_named(self, wanted: Target) -> None:
        """Refuses what can be refused without a resolver; the rest is for ``check``, once the addresses are known.

        Raises:
            UrlForbidden: it names the machine itself or an IP address that is not public, or is not asked by https on a
                port of web servers. A name may lead into an allowed network; then all of it is left to ``check``.
        """
        literal = _literal(wanted.host)
        if literal is not None:
            self.check(wanted, [literal])
            return
        if (wanted.host, wanted.port) in self.places or self.networks:
            return
        _check_form(wanted)
        if is_this_machine(wanted.host):
            raise UrlForbidden(_NOT_PUBLIC)

    def check(self, wanted: Target, addresses: Sequence[Address]) -> None:
        """Refuses a target unless every address it has may be asked.

        Raises:
            UrlForbidden: one is not public, or it is not asked by https on a port of web servers.
        """
        if (wanted.host, wanted.port) in self.places:
            return
        if addresses and all(self.holds(address) for address in addresses):
            return
        _check_form(wanted)
        if not addresses or not all(is_public(address) or self.holds(address) for address in addresses):
            raise UrlForbidden(_NOT_PUBLIC)


def _check_form(wanted: Target) -> None:
    if wanted.scheme != "https":
        raise UrlForbidden("Only https:// addresses are taken.")
    if wanted.port != _HTTPS and wanted.port < _PRIVILEGED:
        raise UrlForbidden("Only port 443 and ports from 1024 on are taken.")


def _literal(host: str) -> Address | None:
    """The IP address that a host is written as, None for a name.

    Raises:
        UrlForbidden: an address in one of the old ways that some resolvers still take (``127.1``, ``0x7f000001``).
    """
    try:
        return ip_address(host)
    except ValueError as name:
        if _OLD_ADDRESS.fullmatch(host):
            raise UrlForbidden(_NOT_PUBLIC) from name
        return None


def _network(entry: str) -> Network:
    try:
        return ip_network(entry)
    except ValueError as wrong:
        told = f"EDIT_FACTORY_OUTBOUND_ALLOW: {entry!r} is neither host:port nor a network such as 10.1.0.0/16"
        raise LogicalFault(told, code="setting_invalid") from wrong


def addresses_of(texts: Sequence[str]) -> list[Address]:
    """IP addresses without their zones, each once, in order."""
    return list(dict.fromkeys(ip_address(text.partition("%")[0]) for text in texts))
