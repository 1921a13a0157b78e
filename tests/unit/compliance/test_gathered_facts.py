"""Every fact a rule may look at is gathered, or stands on the list of what is not known, with how that is judged."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import fields, replace

import domain.compliance.attempt as rules
from application.compliance.attempts import attempt
from application.compliance.not_known import NOT_KNOWN
from application.messages.ports import Known, PastSend
from domain.addresses import Address, Channel
from domain.channels import NumberType
from domain.compliance.content import inspect
from domain.compliance.engine import judge
from domain.compliance.mailboxes import mailbox_provider
from domain.consent.evidence import Evidence
from domain.consent.ledger import Fact, Status
from domain.contacts import Kind, PointState
from domain.ids import ContactId, ContactPointId, EntryId, ProgramId, new_id
from domain.messages import Content
from domain.programs import OptIn
from domain.suppression import Reason, Scope, Suppression
from tests.unit.compliance.acme import ACME, WEEKLY_OFFERS

NOW = datetime(2026, 11, 23, 19, tzinfo=UTC)
GROUPS = {
    "recipient": rules.Recipient,
    "recipient.declared": rules.Residence,
    "sender": rules.Sender,
    "tenant": rules.Tenant,
    "relationship": rules.Relationship,
    "dnc": rules.Dnc,
    "number_status": rules.NumberStatus,
    "content": rules.Content,
    "mailbox": rules.Mailbox,
    "pending_optin": rules.PendingOptIn,
    "dlt": rules.Dlt,
    "ledger": rules.LedgerEvent,
    "suppression": rules.Suppressed,
    "recent_sends": rules.RecentSend,
}
SENDER = replace(
    ACME,
    postal_address="1 Main St, Toronto, ON, CA",
    sms_from="+14165550100",
    country="CA",
    sms_number_type=NumberType.ALPHANUMERIC,
    campaign_approved=False,
)
PROGRAM = replace(WEEKLY_OFFERS, opt_in=OptIn.DOUBLE, frequency="up to 4 messages a month")
WORDS = (
    "Acme Ltd: 20% off beer today!",
    "(Ad) You were referred by Pat Doe. You gave your consent to Partner Ltd. You signed up for this. Whisky sale.",
    "<ADV> Please log in to opt out. Fee 1 EUR. We cannot receive replies. Call us to opt out. Only by texting STOP.",
    "Acme: you are in. Reply STOP to opt out.",
    "Acme: you may opt out only by texting STOP.",
    "Acme: log in to your account to unsubscribe. There is a fee to unsubscribe.",
)
MAILS = (
    ("Re: your invoice", "<p>Free offer, 50% off! ADVERTISEMENT</p>"),
    ("50% off everything", "<p>Buy now</p>"),
    ("Your order", "Your order is on its way.\n\nAlso: 20% off.\nhttps://optin.example/u/x unsubscribe"),
)


def fact(status, *, at=NOW - timedelta(hours=1), channel=Channel.SMS, **evidence):
    return Fact(
        id=EntryId(new_id(at)),
        program_id=PROGRAM.id,
        program=PROGRAM.slug,
        brand="acme",
        channel=channel,
        status=status,
        at=at,
        recorded_at=at,
        facts=Evidence(**evidence).facts(),
    )


def known(**more):
    return Known(
        contact_id=ContactId(new_id(NOW)),
        contact_point_id=ContactPointId(new_id(NOW)),
        data_key=b"",
        state=PointState.ACTIVE,
        kind=Kind.ORGANISATION,
        locale="fr",
        time_zone="America/Toronto",
        country=more.get("country", "CA"),
        region="ON",
        residence_verified_at=date(2026, 1, 1),
        sends=(PastSend(NOW, PROGRAM.id, "transactional"), PastSend(NOW, ProgramId(new_id(NOW)), "marketing")),
        last_sent_at=more.get("last_sent_at", NOW),
    )


SAID_NO = {
    "via": "sms_keyword",
    "keyword": "STOP",
    "scope": "program",
    "category": "marketing",
    "source": "provider",
    "to_sender": "acme",
    "in_reply_to_program": "orders",
    "in_reply_to_category": "transactional",
    "clarification": True,
}


def laid_out(to="+14165550101", facts=(), content=None, **more):
    address = Address.parse(to)
    return attempt(
        address=address,
        known=more.pop("known", known()),
        suppressions=more.pop("suppressions", ()),
        program=PROGRAM,
        sender=SENDER,
        channel=address.channel,
        category="marketing",
        at=NOW,
        content=content or rules.Content(),
        tenant=rules.Tenant(tx_registration="registered"),
        facts=facts,
        enqueued_at=NOW - timedelta(hours=2),
        **more,
    )


def looked_at(text, subject=None, category="marketing"):
    channel = Channel.EMAIL if subject else Channel.SMS
    content = Content(text=text, subject=subject, html=f"<p>{text}</p>" if subject else None)
    return inspect(content, channel=channel, category=category, program=PROGRAM, sender=ACME)


def everything():
    """Attempts that together show each fact the product can know at something else than its default."""
    asked = fact(
        Status.REQUESTED, not_condition_of_purchase_disclosed=True, autodialer_disclosed=True, asked_in="a message"
    )
    by_us = fact(Status.REQUESTED, via="opt_in_request", asked_in="a message")
    barred = [
        Suppression(
            channel=Channel.SMS, scope=scope, reason=Reason.COMPLAINT, date=NOW, category=cat, program_id=program
        )
        for scope, cat, program in ((Scope.CATEGORY, "marketing", None), (Scope.PROGRAM, None, PROGRAM.id))
    ]
    yield laid_out(facts=[fact(Status.REVOKED, **SAID_NO)], suppressions=barred)
    yield laid_out(facts=[fact(Status.GRANTED, ip_country="de"), asked])
    yield laid_out(facts=[by_us])
    yield laid_out(to="pat@gmail.com", known=known(country=None, last_sent_at=None))
    for text in WORDS:
        yield laid_out(content=looked_at(text))
        yield laid_out(content=looked_at(text, category="optin_confirmation"))
    for subject, text in MAILS:
        yield laid_out(to="pat@example.com", content=looked_at(text, subject))
        yield laid_out(to="pat@example.com", content=looked_at(text, subject, "transactional"))


def told():
    """Every fact that differs from its default somewhere."""
    found = set()
    for one in everything():
        _collect("", one, found)
    return found


def _collect(path, struct, found):
    for field in fields(struct):
        value, name = getattr(struct, field.name), f"{path}{field.name}"
        default = () if field.required else field.default
        if field.required or value != default:
            found.add(name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Struct) and name in GROUPS:
                _collect(f"{name}.", part, found)


ALL = sorted(
    {field.name for field in fields(rules.Attempt)}
    | {f"{group}.{field.name}" for group, struct in GROUPS.items() for field in fields(struct)}
)
TOLD = told()


def not_known(name):
    return name in NOT_KNOWN or name.partition(".")[0] in NOT_KNOWN


@pytest.mark.parametrize("name", [name for name in ALL if name not in ("mailbox", "number_status")])
def test_a_fact_is_gathered_or_said_not_to_be_known(name):
    assert (name in TOLD) is not not_known(name), "it is gathered, or else it stands on the list"


@pytest.mark.parametrize("name", NOT_KNOWN)
def test_what_is_not_known_is_a_fact_there_is_and_integrators_are_told(name):
    assert name in ALL
    row = f"| `{name}` | {NOT_KNOWN[name]} |"
    assert row in (Path(__file__).parents[3] / "docs/facts.md").read_text()


@pytest.mark.parametrize(
    ("to", "category", "rule"),
    [
        ("+919876543210", "transactional", "IN-DLT-01"),
        ("+6581234567", "marketing", "SG-01"),
        ("+61412345678", "marketing", "AU-SPAM-01"),
        ("+14165550101", "marketing", "CA-CASL-01"),
        ("+12125550101", "marketing", "US-TCPA-CONS-01"),
        ("+12125550101", "exempted_informational", "US-TCPA-EXEMPT-01"),
    ],
)
def test_nothing_known_opens_no_way_the_law_keeps_shut(to, category, rule):
    bare = rules.Attempt(
        recipient=rules.Recipient(phone=Address.parse(to)),
        sender=rules.Sender(id="acme", brand="acme"),
        channel="sms",
        category=category,
        program="weekly-offers",
        at=NOW,
    )
    decision = judge(bare)
    assert not decision.allowed
    assert rule in {decision.rule, *decision.also_rules}


@pytest.mark.parametrize(
    ("address", "provider"),
    [
        ("pat@gmail.com", "gmail"),
        ("pat@googlemail.com", "gmail"),
        ("pat@yahoo.co.uk", "yahoo"),
        ("pat@aol.com", "yahoo"),
        ("pat@hotmail.fr", "microsoft_consumer"),
        ("pat@outlook.com", "microsoft_consumer"),
        ("pat@notgmail.com", "other"),
        ("pat@gmail.com.example.com", "other"),
        ("+12125550101", "other"),
    ],
)
def test_consumer_addresses_tell_their_mailbox_provider(address, provider):
    assert mailbox_provider(Address.parse(address)) == provider
