"""Whose request it is when proxies stand in front: what they say is believed of those we were told to trust, only.

Each proxy appends whom it heard (RFC 7239 §4, and the older X-Forwarded-For). So the list is read from its end, past
our own proxies, to the first address that none of them is: what stands before that came from the caller and may be
made up.
"""

import re
from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias

from litestar.types import HTTPScope
from msgspec import Struct

Network: TypeAlias = IPv4Network | IPv6Network
Address: TypeAlias = IPv4Address | IPv6Address
_MOST_HOPS = 30
_PAIR = re.compile(r'\s*([A-Za-z]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s;,"]*)\s*(?:;|$)')
_HOST = re.compile(r"\[([0-9A-Fa-f:.]+)\](?::\w+)?|([0-9.]+)(?::\w+)?|([0-9A-Fa-f:.]+)")


class Proxies(Struct, frozen=True, kw_only=True):
    """`header` is the one our proxies write; the other is the caller's own and is never looked at."""

    networks: tuple[Network, ...] = ()
    header: str = "x-forwarded-for"

    def caller(self, scope: HTTPScope) -> tuple[str, int] | None:
        peer = scope.get("client")
        if not self.networks or peer is None:
            return peer
        nearest = _address(peer[0])
        if nearest is None or not self._ours(nearest):
            return peer
        for text in list(_told(scope, self.header.encode()))[::-1][:_MOST_HOPS]:
            heard = _address(text)
            if heard is None:
                # Not even our proxy knows whom it heard: the last one known stands for them.
                break
            nearest = heard
            if not self._ours(heard):
                break
        return str(nearest), 0

    def _ours(self, address: Address) -> bool:
        return any(address in network for network in self.networks)


def networks_in(text: str) -> tuple[Network, ...]:
    """Raises ValueError."""
    return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())


def _told(scope: HTTPScope, header: bytes) -> Iterator[str]:
    """Every hop in the order it was appended, over however many lines."""
    for name, value in scope["headers"]:
        if name == header:
            for element in _elements(value.decode("latin-1")):
                yield element if header == b"x-forwarded-for" else _heard_from(element)


def _elements(line: str) -> Sequence[str]:
    return [part.strip() for part in re.findall(r'(?:"(?:[^"\\]|\\.)*"|[^,])+', line)]


def _heard_from(element: str) -> str:
    """`for` of one element of Forwarded; nothing where it is hidden or missing."""
    pairs: dict[str, str] = {name.lower(): value.strip('"') for name, value in _PAIR.findall(element)}
    return pairs.get("for", "")


def _address(text: str) -> Address | None:
    """An address with or without brackets and port. One of IPv4 in the clothes of IPv6 is one of IPv4."""
    found = _HOST.fullmatch(text.strip())
    if not found:
        return None
    try:
        address = ip_address(next(part for part in found.groups() if part))
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address
