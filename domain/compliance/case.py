"""One attempt laid out for the rules: the place resolved, the category settled, the consents and opt-outs that bear
on it.
"""

from datetime import date, datetime
from typing import Any, Self

from msgspec import Struct

from domain.compliance.attempt import Attempt, Content, Sender
from domain.compliance.jurisdiction import Whereabouts
from domain.compliance.optouts import START_RULE, OptOut, opt_outs_bearing_on, stands, start_restores
from domain.compliance.profile import Profile
from domain.consent.evidence import Grant

_NONE: tuple[OptOut, ...] = ()


class Case(Struct, frozen=True, kw_only=True, eq=False, gc=False):
    """`grants` are the unexpired consents of this brand on this channel; `standing` is the opt-out that bars, if any.

    `asked` are the rules put to this case: one may leave the word to another only if that one is asked, too.
    Where it is `lawless` no law of the place speaks about such a message. In `memory` rules keep what several of them
    would otherwise work out again.
    """

    attempt: Attempt
    place: Whereabouts
    profile: Profile
    at: datetime
    channel: str
    category: str
    sender: Sender
    content: Content
    grants: tuple[Grant, ...]
    opt_outs: tuple[OptOut, ...]
    standing: OptOut | None
    asked: frozenset[str]
    lawless: bool
    memory: dict[str, Any]

    @classmethod
    def of(
        cls,
        attempt: Attempt,
        place: Whereabouts,
        profile: Profile,
        category: str,
        *,
        asked: frozenset[str],
        lawless: bool,
    ) -> Self:
        grants = grants_bearing_on(attempt)
        opt_outs = opt_outs_bearing_on(attempt, category, grants, profile) if attempt.ledger else _NONE
        given_back = START_RULE in asked or start_restores(category, profile)
        return cls(
            attempt=attempt,
            place=place,
            profile=profile,
            at=attempt.at,
            channel=attempt.channel,
            category=category,
            sender=attempt.sender,
            content=attempt.content,
            grants=grants,
            opt_outs=opt_outs,
            standing=next((one for one in opt_outs if stands(one, given_back=given_back)), None) if opt_outs else None,
            asked=asked,
            lawless=lawless,
            memory={},
        )

    @property
    def day(self) -> date:
        """The day of sending where the contact is; between two zones the later, because periods then end sooner."""
        return max([self.at.astimezone(zone).date() for zone in self.place.zones], default=self.at.date())


def grants_bearing_on(attempt: Attempt) -> tuple[Grant, ...]:
    """Given by the time of sending, not expired, to this brand, for this channel."""
    return tuple([grant for grant in attempt.consents if _bears(grant, attempt)])


def _bears(grant: Grant, attempt: Attempt) -> bool:
    at, brand = attempt.at, attempt.sender.brand
    if attempt.channel not in grant.channels or (grant.timestamp is not None and grant.timestamp > at):
        return False
    if grant.expires_at is not None and grant.expires_at <= at:
        return False
    return grant.brand in (None, brand) or brand in grant.facts.sellers_named
