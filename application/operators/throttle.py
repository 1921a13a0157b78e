"""Counting who guesses, before it is known whether they guessed right."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from application.operators.ports import SignInTries
from application.ports import Transaction
from domain.operators import TooManyTries
from domain.sign_in_tries import Allowed

_IP = re.compile(r"[0-9A-Fa-f:.]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Throttle:
    sign_in_tries: SignInTries
    transaction: Transaction

    async def charge(self, allowed: Sequence[Allowed], now: datetime) -> None:
        """One transaction of its own. Raises TooManyTries."""
        async with self.transaction():
            known = await self.sign_in_tries.locked([one.subject for one in allowed], now)
            wait = max(one.wait(now) for one in known)
            if not wait:
                for one, tries in zip(allowed, known, strict=True):
                    await self.sign_in_tries.keep(one.subject, tries.charged(one, now))
        if wait:
            raise _too_many(wait)

    async def refund(self, allowed: Sequence[Allowed], now: datetime) -> None:
        """In the caller's transaction, when it was no failure."""
        known = await self.sign_in_tries.locked([one.subject for one in allowed], now)
        for one, tries in zip(allowed, known, strict=True):
            await self.sign_in_tries.keep(one.subject, tries.refunded(now))


def _too_many(wait: timedelta) -> TooManyTries:
    seconds = max(1, ceil(wait.total_seconds()))
    refusal = TooManyTries(f"Too many tries; wait {seconds} seconds.")
    refusal.retry_after = seconds
    return refusal


def network_of(ip: str | None) -> str:
    """The part of the network one subscriber usually has all of: /24, or /56 of IPv6 (RFC 6177)."""
    if ip is None or not _IP.fullmatch(ip):
        return "unknown"
    try:
        address = ip_address(ip)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is None:
            return str(ip_network((address, 56), strict=False))
        address = address.ipv4_mapped
    return str(ip_network((address, 24), strict=False))
