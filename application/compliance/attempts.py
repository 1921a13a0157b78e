"""From what is on record to what the rules look at. The same for sending, handing off and asking."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import takewhile

import msgspec

from application.messages.ports import Known, PastSend
from domain.addresses import Address, Channel
from domain.channels import Sender
from domain.compliance import attempt as rules
from domain.compliance.link_requests import still_open
from domain.compliance.mailboxes import mailbox_provider
from domain.consent.evidence import Grant
from domain.consent.ledger import AGREED, Fact, Status, words_about
from domain.contacts import Kind
from domain.ids import EntryId, MessageId
from domain.programs import Program
from domain.suppression import Suppression

_ALLOWS = AGREED | {Status.CODE_ASKED}
_SAYS_NO_NO = _ALLOWS | {Status.REQUESTED}
_KINDS = {
    **dict.fromkeys(AGREED, "granted"),
    Status.REVOKED: "revoked",
    Status.RESTARTED: "opt_in_keyword",
    Status.SUSPENDED: "suspended",
}
# How the ledger marks a request the product made on its own account, because a message was to be sent.
ASKED_BY_MESSAGE = "opt_in_request"
_COUNTRY = re.compile("[A-Za-z]{2}")
_facts = msgspec.msgpack.Decoder(Fact)


def decode_facts(history: Iterable[bytes]) -> list[Fact]:
    """Oldest first, however they came: sorting two lines here costs less than asking the database to."""
    facts = [_facts.decode(line) for line in history]
    if len(facts) > 1:
        facts.sort(key=_in_time)
    return facts


def _in_time(fact: Fact) -> tuple[datetime, bool, datetime, EntryId]:
    """At the same instant, the no counts."""
    return fact.at, fact.status is Status.REVOKED, fact.recorded_at, fact.id


def attempt(
    *,
    address: Address,
    known: Known | None,
    suppressions: Sequence[Suppression],
    program: Program,
    sender: Sender,
    channel: Channel,
    category: str,
    at: datetime,
    content: rules.Content,
    tenant: rules.Tenant,
    facts: Sequence[Fact],
    itself: MessageId | None = None,
    enqueued_at: datetime | None = None,
) -> rules.Attempt:
    """`itself` is the message that is judged: what it has to say has not been said by it before. What is missing here
    and why stands in `not_known.py`.
    """
    return rules.Attempt(
        recipient=recipient_of(address, known, facts),
        sender=rules_sender(sender, channel),
        channel=channel,
        category=category,
        program=program.slug,
        at=at,
        enqueued_at=enqueued_at,
        subject=program.slug,
        first_message=known is None or known.last_sent_at is None,
        consents=tuple(_grant(fact) for fact in facts if fact.status in _ALLOWS),
        ledger=tuple(_events(facts, at, itself)),
        suppression=(*_restricted(known), *(_suppressed(one, program) for one in suppressions)),
        recent_sends=tuple(_recent(send, program, sender) for send in known.sends) if known else (),
        consent_requests_sent=_requests_sent(facts, sender, itself),
        pending_optin=_pending(facts, program, itself),
        content=content,
        mailbox=rules.Mailbox(provider=mailbox_provider(address)),
        tenant=tenant,
    )


def recipient_of(address: Address, known: Known | None, facts: Sequence[Fact]) -> rules.Recipient:
    phone = address if address.channel is Channel.SMS else None
    email = address if address.channel is Channel.EMAIL else None
    if known is None:
        return rules.Recipient(phone=phone, email=email)
    declared = None
    if known.country is not None:
        declared = rules.Residence(
            country=known.country,
            region=known.region,
            tz=known.time_zone,
            verified=known.residence_verified_at is not None,
            verified_at=known.residence_verified_at,
        )
    return rules.Recipient(
        phone=phone,
        email=email,
        declared=declared,
        time_zone=known.time_zone if declared is None else None,
        kind=known.kind or Kind.INDIVIDUAL,
        ip_country=_country_of_consent(facts),
        locale=known.locale,
        last_sent_on=known.last_sent_at.date() if known.last_sent_at is not None else None,
    )


def _country_of_consent(facts: Sequence[Fact]) -> str | None:
    """Of the newest consent that tells it. It is the customer's word: what cannot be a country's code tells nothing."""
    told = (fact.facts.ip_country for fact in reversed(facts) if fact.status in AGREED)
    country = next((country for country in told if country is not None), None)
    return country.upper() if country is not None and _COUNTRY.fullmatch(country) else None


@lru_cache(maxsize=1024)
def rules_sender(sender: Sender, channel: Channel) -> rules.Sender:
    return rules.Sender(
        id=sender.slug,
        brand=sender.slug,
        number_type=sender.sms_number_type,
        country=sender.country,
        campaign_status="approved" if sender.campaign_approved else "pending",
        two_way=channel is Channel.EMAIL or sender.sms_number_type != "alphanumeric",
    )


def _grant(fact: Fact) -> Grant:
    return Grant(
        id=str(fact.id),
        timestamp=fact.at,
        channels=(fact.channel,),
        program=fact.program,
        brand=fact.brand,
        expires_at=fact.expires_at,
        facts=fact.facts,
    )


def _events(facts: Sequence[Fact], at: datetime, itself: MessageId | None) -> Iterator[rules.LedgerEvent]:
    """Of those who never said no, nothing: what they agreed to stands among the consents."""
    if all(fact.status in _SAYS_NO_NO for fact in facts):
        return
    resumed = max((place for place, fact in enumerate(facts) if _resumes(fact, at)), default=-1)
    for place, fact in enumerate(facts):
        if fact.status is Status.SUSPENDED and place < resumed:
            continue
        kind = _KINDS.get(fact.status)
        if kind is not None:
            yield _event(fact, kind, at)
        if fact.facts.confirmed is not None and fact.facts.confirmed != str(itself):
            yield _event(fact, "optout_confirmation_sent", at)


def _resumes(fact: Fact, at: datetime) -> bool:
    return fact.status is Status.RESUMED and min(fact.at, fact.recorded_at) <= at


def _event(fact: Fact, kind: str, at: datetime) -> rules.LedgerEvent:
    """It binds from when it was recorded, whatever the other clock said."""
    return rules.LedgerEvent(
        type=kind,
        at=min(fact.at, at) if fact.recorded_at <= at else fact.at,
        id=str(fact.id),
        brand=fact.brand,
        channel=fact.channel,
        program=fact.program,
        category=fact.facts.category,
        scope=fact.facts.scope,
        via=fact.facts.via,
        keyword=fact.facts.keyword,
        source=fact.facts.source,
        to_sender=fact.facts.to_sender,
        in_reply_to_program=fact.facts.in_reply_to_program,
        in_reply_to_category=fact.facts.in_reply_to_category,
        clarification=fact.facts.clarification,
    )


def _restricted(known: Known | None) -> tuple[rules.Suppressed, ...]:
    """Whose data may only be kept is written to by nobody, on no channel (GDPR 18(2))."""
    if known is None or known.restricted_at is None:
        return ()
    return (rules.Suppressed(reason="restriction", date=known.restricted_at.date()),)


def _suppressed(one: Suppression, program: Program) -> rules.Suppressed:
    return rules.Suppressed(
        channel=one.channel,
        scope=one.scope,
        reason=one.reason,
        date=one.date.date(),
        category=one.category,
        program=program.slug if one.program_id == program.id else str(one.program_id) if one.program_id else None,
    )


def _recent(send: PastSend, program: Program, sender: Sender) -> rules.RecentSend:
    """The subject of a message is its program; a cap that counts the same subject compares them."""
    subject = program.slug if send.program_id == program.id else str(send.program_id)
    return rules.RecentSend(at=send.at, subject=subject, category=send.category, program=subject, brand=sender.slug)


def _requests_sent(facts: Sequence[Fact], sender: Sender, itself: MessageId | None) -> int:
    """How often this brand asked on its own account."""
    return sum(
        1
        for fact in facts
        if fact.facts.via == ASKED_BY_MESSAGE and fact.brand == sender.slug and fact.facts.asked_in != str(itself)
    )


def _pending(facts: Sequence[Fact], program: Program, itself: MessageId | None) -> rules.PendingOptIn | None:
    """Requests sent count until somebody answers: to ask for the same once more sends nothing more."""
    mine = words_about(facts, program.id)
    if not mine or mine[-1].status is not Status.REQUESTED:
        return None
    waiting = list(takewhile(lambda fact: fact.status is Status.REQUESTED, reversed(mine)))
    sent = [fact for fact in waiting if fact.facts.asked_in not in (None, str(itself))]
    return rules.PendingOptIn(
        requests_sent=sum(1 for fact in sent if still_open(fact.at, fact.channel, mine[-1].at)),
        requested_at=mine[-1].at,
        program=program.slug,
        pewc_disclosures_shown=mine[-1].facts.not_condition_of_purchase_disclosed
        and mine[-1].facts.autodialer_disclosed,
    )
