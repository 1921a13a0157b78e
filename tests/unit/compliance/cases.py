"""Attempts to judge, one ordinary lawful text to change one thing at a time."""

from datetime import UTC, datetime

from msgspec.structs import replace

from domain.addresses import Address
from domain.compliance.attempt import Attempt, LedgerEvent, Recipient, Residence, Sender, Tenant
from domain.consent.evidence import ConsentType, Evidence, Grant

AFTERNOON = datetime(2026, 11, 23, 19, tzinfo=UTC)
NEW_YORK = Residence(country="US", region="NY", tz="America/New_York")
AGREED = Evidence(
    type=ConsentType.PEWC,
    source="first_party",
    affirmative_act="checkbox_checked",
    disclosure_text_verbatim="I agree to receive marketing texts.",
    categories=("marketing",),
    sellers_named=("acme",),
    not_condition_of_purchase_disclosed=True,
    autodialer_disclosed=True,
)
PEWC = Grant(
    id="entry-1",
    timestamp=datetime(2026, 3, 1, 12, tzinfo=UTC),
    channels=("sms",),
    program="promo",
    brand="acme",
    facts=AGREED.facts(),
)
STOP = LedgerEvent(
    type="revoked", via="sms_keyword", in_reply_to_program="promo", at=datetime(2026, 11, 20, 15, tzinfo=UTC)
)
LAWFUL = Attempt(
    recipient=Recipient(phone=Address.parse("+12125550101"), declared=NEW_YORK),
    sender=Sender(id="S-PROMO", brand="acme"),
    tenant=Tenant(tx_registration="registered"),
    channel="sms",
    category="marketing",
    program="promo",
    at=AFTERNOON,
    consents=(PEWC,),
)


def attempt(**changes: object) -> Attempt:
    return replace(LAWFUL, **changes)


def phone(number: str, **declared: object) -> Recipient:
    return Recipient(phone=Address.parse(number), declared=Residence(**declared) if declared else None)
