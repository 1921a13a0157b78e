"""Who may be sent a challenge now: caps, pauses, and numbers somebody is paid for (VER-04, VER-06, VER-09)."""

from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from msgspec import Struct
from msgspec.structs import replace

from domain.addresses import Address, Channel
from domain.compliance.codes import (
    COOLDOWN,
    Signals,
    Velocity,
    cooldown,
    may_request,
    may_send_mail,
    may_use_email_code,
    step_up_needed,
)
from domain.errors import Invalid
from domain.numbering.plan import Line, number_plan
from domain.verification.challenge import Challenge

DAY, HOUR = timedelta(hours=24), timedelta(hours=1)
_SUBSCRIBER = 4
# A share of very few says nothing. A block of numbers shows fraud sooner than a whole country does.
LEAST_OF_PREFIX, LEAST_OF_COUNTRY = 10, 100


class Share(Struct, frozen=True, kw_only=True):
    """Of the codes whose time to be used is over, how many were."""

    sent: int = 0
    used: int = 0

    def of_at_least(self, least: int) -> float | None:
        return self.used / self.sent if self.sent >= least else None


class Seen(Struct, frozen=True, kw_only=True):
    """What was issued lately to an address, its neighbours, its country, from its network, and in all.

    `unanswered` and `last` leave out what came before the address last proved itself; `carried` are the failures of
    the challenges this one follows on, `failures` those of the address in a day.
    """

    to_address: int = 0
    from_network: int = 0
    to_prefix: int = 0
    in_all: int = 0
    unanswered: int = 0
    last: datetime | None = None
    failures: int = 0
    carried: int = 0
    prefix: Share = Share()
    country: Share = Share()


class Ration(Struct, frozen=True, kw_only=True):
    """Sent now, sent later, or not at all, in a word that names nobody."""

    refused: str | None = None
    wait_until: datetime | None = None


class Limits(Struct, frozen=True, kw_only=True):
    """`countries` are those switched on for codes by text; `in_all` counts an hour of one world."""

    countries: frozenset[str]
    in_all: int


def ration(challenge: Challenge, address: Address, seen: Seen, limits: Limits, now: datetime) -> Ration:
    if now >= challenge.expires_at:
        return Ration(refused="too late")
    if replace(challenge, carried=seen.carried).locked(failures_24h=seen.failures):
        return Ration(refused="locked")
    if seen.in_all >= limits.in_all:
        return Ration(refused="in all")
    if _asks_too_much_of_the_line(challenge, address):
        return Ration(refused="kind of number")
    velocity = _velocity(seen, now)
    if address.channel is Channel.SMS:
        _, because = may_request(address.value, velocity, countries=limits.countries)
    else:
        _, because = may_send_mail(velocity)
    if because == COOLDOWN and seen.last is not None:
        until = seen.last + cooldown(velocity.resends)
        return Ration(wait_until=until) if until < challenge.expires_at else Ration(refused=COOLDOWN)
    return Ration(refused=because or None)


def _velocity(seen: Seen, now: datetime) -> Velocity:
    shares = [seen.prefix.of_at_least(LEAST_OF_PREFIX), seen.country.of_at_least(LEAST_OF_COUNTRY)]
    return Velocity(
        number_count_24h=seen.to_address,
        ip_count_1h=seen.from_network,
        prefix_count_1h=seen.to_prefix,
        conversion=min((share for share in shares if share is not None), default=None),
        seconds_since_last=(now - seen.last).total_seconds() if seen.last else None,
        resends=max(0, seen.unanswered - 1),
    )


def _asks_too_much_of_the_line(challenge: Challenge, address: Address) -> bool:
    """A number behind which there need be no telephone may be confirmed, and proves no more than that."""
    if address.channel is not Channel.SMS or may_use_email_code(challenge.purpose):
        return False
    return step_up_needed(Signals(voip=number_plan(address.value).line is Line.VOIP))


def prefix_of(address: Address) -> str | None:
    """The block of numbers a number lies in: what fraud by text runs through."""
    return address.value[:-_SUBSCRIBER] if address.channel is Channel.SMS else None


def country_of(address: Address) -> str | None:
    return number_plan(address.value).country if address.channel is Channel.SMS else None


def network_of(text: str, field: str = "ip") -> str:
    """The /24 or /64 an internet address lies in: as much as one subscriber commonly has. Raises Invalid."""
    try:
        found: IPv4Address | IPv6Address = ip_address(text)
    except ValueError:
        raise Invalid("Give the person's internet address, such as 203.0.113.7.", field=field) from None
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return str(ip_network(f"{found}/{24 if found.version == 4 else 64}", strict=False))
