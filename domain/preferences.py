"""Where an address stands with each program, as its owner sees it and may change it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from domain.addresses import Channel
from domain.channels import Sender
from domain.consent.ledger import AGREED, Consent, Fact, Status, all_revoked
from domain.errors import Conflict
from domain.forms import Form, Offer
from domain.ids import ProgramId
from domain.programs import Program
from domain.suppression import OVERCOME_BY_A_YES, Suppression

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_LONGEST_WORDS = 500
_REASON = "reason: "


class Standing(StrEnum):
    """`written_to`: messages went there, and nobody was ever asked, as the law allows for some."""

    ON = "on"
    ASKED = "asked"
    OFF = "off"
    WRITTEN_TO = "written_to"


class Why(StrEnum):
    TOO_MANY = "too_many"
    NOT_FOR_ME = "not_for_me"
    NEVER_ASKED = "never_asked"
    OTHER = "other"


class ShownOtherwise(Conflict):
    """The words somebody agreed to are not the words that stand there now."""


class Choice(Struct, frozen=True, kw_only=True):
    """`offer` is what one agrees to again, or has not confirmed; none where nothing may be agreed to here."""

    program: Program
    sender: Sender
    standing: Standing
    since: datetime | None
    offer: Offer | None

    @property
    def may_stop(self) -> bool:
        return self.standing is not Standing.OFF


class Choices(Struct, frozen=True, kw_only=True):
    """All of one address and nothing of any other. `barred`: nothing is sent there, for a reason that is not theirs
    to take back here, such as mail that came back.
    """

    channel: Channel
    all_stopped: bool
    barred: bool
    choices: tuple[Choice, ...]

    @property
    def nothing(self) -> bool:
        return not (self.choices or self.barred or self.all_stopped)

    def of(self, slug: str) -> Choice | None:
        return next((one for one in self.choices if one.program.slug == slug), None)


def choices_of(
    channel: Channel,
    programs: Sequence[tuple[Program, Sender]],
    facts: Sequence[Fact],
    suppressions: Iterable[Suppression],
    *,
    locale: str | None,
    now: datetime,
) -> Choices:
    """`facts` come oldest first."""
    mine = [one for one in suppressions if one.channel is channel]
    noes = {one.program_id: one.date for one in mine if one.reason in OVERCOME_BY_A_YES}
    barred = any(one.reason not in OVERCOME_BY_A_YES for one in mine)
    found: list[Choice] = []
    for program, sender in programs:
        standing, since = _standing(Consent(program_id=program.id, channel=channel).replay(facts), noes, now)
        offered = standing in (Standing.OFF, Standing.ASKED) and not barred
        offer = _offer(program, sender, channel, locale) if offered else None
        found.append(Choice(program=program, sender=sender, standing=standing, since=since, offer=offer))
    return Choices(
        channel=channel,
        all_stopped=None in noes or all_revoked(facts),
        barred=barred,
        choices=tuple(found),
    )


def _standing(
    consent: Consent, noes: Mapping[ProgramId | None, datetime], now: datetime
) -> tuple[Standing, datetime | None]:
    """A no kept as a suppression counts as one on the ledger does: from its day on."""
    no = max((at for one, at in noes.items() if one in (consent.program_id, None)), default=None)
    if no is not None and (consent.since is None or no >= consent.since):
        return Standing.OFF, no
    status = consent.as_of(now)
    if status in AGREED:
        return Standing.ON, consent.since
    if status is Status.REQUESTED:
        return Standing.ASKED, consent.since
    return (Standing.WRITTEN_TO if status is Status.NONE else Standing.OFF), consent.since


def _offer(program: Program, sender: Sender, channel: Channel, locale: str | None) -> Offer | None:
    offers = Form(sender=sender, programs=(program,)).offers(locale)
    return next((offer for offer in offers if offer.channel is channel), None)


def reason_given(why: str | None, words: str | None) -> str | None:
    """What is kept of a reason: a word of ours, what was written beside it, or both."""
    named = why if why in set(Why) else None
    written = _CONTROL.sub(" ", words or "").strip()[:_LONGEST_WORDS]
    told = ", ".join(part for part in (named, written) if part)
    return f"{_REASON}{told}" if told else None


def tells_reason(statement: str | None) -> bool:
    return (statement or "").startswith(_REASON)
