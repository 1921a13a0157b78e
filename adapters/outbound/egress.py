"""Calls that leave the installation go to the world outside, not back inside (CWE-918).

A name is looked up once, what it means is judged, and the call goes to that very address, so that a name which means
something else a moment later (DNS rebinding) gains nothing. Redirects are not followed.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias

import httpx

from domain.errors import Unavailable

# IETF protocol assignments (RFC 6890): some clouds answer there, and Python 3.11 calls part of it global.
_ASSIGNED = IPv4Network("192.0.0.0/24")
Ip: TypeAlias = IPv4Address | IPv6Address
# From a host and port to the address to call, as `Egress.resolve`.
Resolve: TypeAlias = Callable[[str, int], Awaitable[str]]
_PORTS = frozenset({80, 443, 25, 465, 587, 2525, 8200, 8443})
_PATIENCE = httpx.Timeout(10.0)
# IPv6 addresses that are a way to an IPv4 address: RFC 6052, RFC 8215.
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))


class NotOutside(Unavailable):
    """The address is inside: private, local, reserved, or where a cloud keeps its secrets."""


class NoSuchHost(Unavailable):
    """The name means nothing now."""


@dataclass(frozen=True, slots=True)
class Egress:
    """`inside` are networks of our own that may be called all the same."""

    inside: tuple[str, ...] = ()

    async def resolve(self, host: str, port: int) -> str:
        """The address to call. Every address the name has must be one that may be called.

        Raises NotOutside, NoSuchHost.
        """
        found = await _looked_up(host, port)
        for address in found:
            known = self._known(address)
            if not known and (port not in _PORTS or not _outside(address)):
                raise NotOutside(
                    "The host is not on the outside, or the port not one that is called; OPTIN_EGRESS_ALLOW names"
                    " networks of your own that may be."
                )
        return str(found[0])

    def own(self, address: str) -> bool:
        """Whether it is in a network of our own that may be called."""
        return self._known(ip_address(address))

    def client(self, **options: object) -> httpx.AsyncClient:
        """A client that calls nothing inside, follows no redirect and reads no proxy from the environment."""
        transport = GuardedTransport(self, httpx.AsyncHTTPTransport(trust_env=False))
        return httpx.AsyncClient(
            transport=transport,
            timeout=_PATIENCE,
            follow_redirects=False,
            trust_env=False,
            **options,  # type: ignore[arg-type]
        )

    def _known(self, address: Ip) -> bool:
        return any(address in network for network in map(ip_network, self.inside) if network.version == address.version)


class GuardedTransport(httpx.AsyncBaseTransport):
    def __init__(self, egress: Egress, inner: httpx.AsyncBaseTransport) -> None:
        self._egress = egress
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The certificate is still that of the name. Raises NotOutside, NoSuchHost."""
        host, encrypted = request.url.host, request.url.scheme == "https"
        address = await self._egress.resolve(host, request.url.port or (443 if encrypted else 80))
        called = httpx.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": host},
        )
        return await self._inner.handle_async_request(called)

    async def aclose(self) -> None:
        await self._inner.aclose()


def networks(text: str) -> tuple[str, ...]:
    """From `10.0.0.0/8, fd00::/8`. Raises ValueError."""
    return tuple(str(ip_network(one.strip())) for one in text.split(",") if one.strip())


async def _looked_up(host: str, port: int) -> Sequence[Ip]:
    """Raises NoSuchHost."""
    try:
        answers = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NoSuchHost("The host's name cannot be looked up.") from None
    return [ip_address(str(answer[4][0]).partition("%")[0]) for answer in answers]


def _outside(address: Ip) -> bool:
    return all(
        one.is_global and not (one.is_multicast or one.is_reserved or one.is_unspecified or one in _ASSIGNED)
        for one in _meant(address)
    )


def _meant(address: Ip) -> Iterable[Ip]:
    """The address, and the IPv4 address that stands for, where one is inside it."""
    if isinstance(address, IPv4Address):
        return [address]
    within = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in network for network in _NAT64):
        within.append(IPv4Address(int(address) & 0xFFFF_FFFF))
    inner = [one for one in within if one is not None]
    # What only stands for an IPv4 address is judged by that; `is_global` knows none of these.
    return inner if address.ipv4_mapped or any(address in network for network in _NAT64) else [address, *inner]
