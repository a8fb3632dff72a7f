"""Which addresses a user may name."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from contracts.faults import LogicalFault
from kit.addresses import Allowed, UrlForbidden, addresses_of, is_public, target

PUBLIC = ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"]
NOT_PUBLIC = [
    "127.0.0.1",
    "127.8.9.1",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "192.0.0.192",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.88.99.1",
    "168.63.129.16",
    "::",
    "::1",
    "fe80::1",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "2001:db8::1",
    "2001::1",
    "3fff::1",
    "100::1",
    "5f00::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:10.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::a00:1",
    "64:ff9b:1::8.8.8.8",
    "2002:7f00:1::1",
    "2002:c0a8:101::1",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str):
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_not_public(address: str):
    assert not is_public(ip_address(address))


def test_a_zone_changes_nothing():
    assert [is_public(address) for address in addresses_of(["fe80::1%lo", "fe80::1%eth0"])] == [False]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com",
        "//example.com/x",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "https://",
        "https:///path",
        "https://user:secret@example.com/",
        "https://user@example.com/",
        "https://:pass@example.com/",
        "https://example.com\\@127.0.0.1/",
        "https://[fe80::1%25lo]/",
        "https://[::1/",
        "https://exa mple.com:x/",
        "https://example.com:99999999/",
        "https://example.com/" + "a" * 2000,
    ],
)
def test_what_is_no_address_to_take(url: str):
    with pytest.raises(UrlForbidden):
        Allowed().check(target(url), addresses_of(["8.8.8.8"]))


@pytest.mark.parametrize("port", [80, 22, 25, 444, 1023])
def test_ports_of_other_servers(port: int):
    with pytest.raises(UrlForbidden):
        Allowed().check(target(f"https://example.com:{port}/"), addresses_of(["8.8.8.8"]))


@pytest.mark.parametrize("url", ["https://example.com/hook?x=1", "https://example.com:8443/", "https://8.8.8.8/"])
def test_what_anybody_may_name(url: str):
    Allowed().check(target(url), addresses_of(["8.8.8.8"]))


def test_of_many_addresses_each_must_be_public():
    with pytest.raises(UrlForbidden):
        Allowed().check(target("https://example.com/"), addresses_of(["8.8.8.8", "10.0.0.1"]))
    with pytest.raises(UrlForbidden):
        Allowed().check(target("https://example.com/"), [])


def test_ones_own_network_by_place():
    allowed = Allowed.parse("hooks.lan:8080, [::1]:9000")
    allowed.check(target("http://hooks.lan:8080/x"), addresses_of(["10.0.0.1"]))
    allowed.check(target("http://[::1]:9000/x"), addresses_of(["::1"]))
    for url in ("http://hooks.lan:8081/", "http://other.lan:8080/", "https://hooks.lan/"):
        with pytest.raises(UrlForbidden):
            allowed.check(target(url), addresses_of(["10.0.0.1"]))


def test_ones_own_network_by_addresses():
    allowed = Allowed.parse("10.1.0.0/16,fd00::/8")
    allowed.check(target("http://any.name:81/"), addresses_of(["10.1.2.3", "fd00::1"]))
    allowed.check(target("https://any.name/"), addresses_of(["10.1.2.3", "8.8.8.8"]))
    for url, address in (("http://any.name/", "10.2.0.1"), ("http://any.name/", "8.8.8.8")):
        with pytest.raises(UrlForbidden):
            allowed.check(target(url), addresses_of([address]))


@pytest.mark.parametrize("text", ["example.com", "10.0.0.1/8", "10.0.0.0/99", ":80", "host:http"])
def test_a_setting_that_is_neither_is_refused(text: str):
    with pytest.raises(LogicalFault, match="EDIT_FACTORY_OUTBOUND_ALLOW"):
        Allowed.parse(text)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/a.jpg",
        "https://example.com:22/",
        "https://127.0.0.1/",
        "https://10.0.0.1:8443/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://localhost/",
        "https://db.localhost./",
    ],
)
def test_what_needs_no_resolver_to_be_refused(url: str):
    with pytest.raises(UrlForbidden):
        Allowed().check_named(target(url))


@pytest.mark.parametrize(
    "url", ["https://example.com/a.jpg", "https://example.com:8443/", "https://8.8.8.8/", "https://a1.b2/"]
)
def test_a_name_that_may_be_public_is_left_to_the_resolver(url: str):
    Allowed().check_named(target(url))


def test_ones_own_network_without_a_resolver():
    place = Allowed.parse("localhost:8080,127.0.0.1:9000")
    place.check_named(target("http://localhost:8080/a.jpg"))
    place.check_named(target("http://127.0.0.1:9000/a.jpg"))
    for url in ("http://localhost:8081/", "http://127.0.0.1:9001/", "http://example.com/"):
        with pytest.raises(UrlForbidden):
            place.check_named(target(url))
    network = Allowed.parse("127.0.0.0/8")
    for url in ("http://any.name:81/", "http://127.0.0.1:81/", "http://localhost/"):
        network.check_named(target(url))
    with pytest.raises(UrlForbidden):
        network.check_named(target("https://10.0.0.1/"))
