"""Everything a rule may look at when a message is about to go out: facts, gathered once, that name nobody but the
address.

Field names are those of the policy vectors. What is not known keeps its default, and the default is what holds when
nobody looked: no consent, no relationship, an unknown place. Only content defaults to compliant, because an inspector
always looks.
"""

from datetime import date, datetime
from typing import TypeAlias

from msgspec import Struct

from domain.addresses import Address
from domain.consent.evidence import Grant

TEXT = frozenset({"sms", "mms", "rcs"})
# A field named date hides the class of that name.
Day: TypeAlias = date

VOICE = frozenset({"voice_live", "voice_prerecorded"})


class Residence(Struct, frozen=True, kw_only=True):
    country: str
    region: str | None = None
    tz: str | None = None
    verified: bool = False
    verified_at: Day | None = None


class Recipient(Struct, frozen=True, kw_only=True):
    """`kind` is individual, sole_trader or organisation; `time_zone` what somebody without a residence says their clock
    shows; `ip_country` where the consent was given from.
    """

    phone: Address | None = None
    email: Address | None = None
    declared: Residence | None = None
    time_zone: str | None = None
    kind: str = "individual"
    ip_country: str | None = None
    locale: str | None = None
    age: int | None = None
    of_age_verified: bool = False
    last_engaged_at: Day | None = None
    last_sent_on: Day | None = None


class Sender(Struct, frozen=True, kw_only=True):
    id: str
    brand: str
    number_type: str = "10dlc"
    country: str = "US"
    campaign_status: str = "approved"
    campaign_categories: frozenset[str] | None = None
    provider: str = "generic_no_autoreply"
    two_way: bool = True
    type: str = "company"
    free_to_end_user: bool = False


class Tenant(Struct, frozen=True, kw_only=True):
    tx_registration: str | None = None
    exempted_programs: frozenset[str] = frozenset()


class LedgerEvent(Struct, frozen=True, kw_only=True):
    """What the ledger holds besides grants: opt-outs, keywords, confirmations sent, blocks reported by a provider, and
    what is suspended until somebody has read an unclear reply.
    """

    type: str
    at: datetime
    id: str = ""
    brand: str | None = None
    channel: str | None = None
    program: str | None = None
    category: str | None = None
    scope: str | None = None
    via: str | None = None
    keyword: str | None = None
    source: str | None = None
    to_sender: str | None = None
    in_reply_to_program: str | None = None
    in_reply_to_category: str | None = None
    clarification: bool = False


class Suppressed(Struct, frozen=True, kw_only=True):
    """A match of the address in the suppression store."""

    channel: str | None = None
    scope: str = "brand"
    reason: str = "opt_out"
    date: Day | None = None
    category: str | None = None
    program: str | None = None


class RecentSend(Struct, frozen=True, kw_only=True):
    at: datetime
    subject: str | None = None
    category: str = "marketing"
    program: str | None = None
    brand: str | None = None


class Relationship(Struct, frozen=True, kw_only=True):
    """What ties the contact to the sender besides a consent."""

    type: str | None = None
    date: Day | None = None
    ended: Day | None = None
    ongoing: bool = False
    last_purchase: Day | None = None
    last_inquiry: Day | None = None
    personal: bool = False
    terminated: bool = False
    context: str | None = None
    sale_date: Day | None = None
    collected: Day | None = None
    same_controller: bool = False
    own_similar: bool = False
    objection_offered_at_collection: bool = False
    objection_in_each_message: bool = True
    refused: bool = False
    purpose_charitable_only: bool = False
    registered_charity_or_party: bool = True
    referrer_named: bool = False
    messages_sent: int = 0
    no_refusal_statement: bool = False
    relevant_to_role: bool = False
    source_kept: bool = False
    capture_kept: bool = False


class Dnc(Struct, frozen=True, kw_only=True):
    """What the registries say; None means nobody asked them."""

    national_listed: bool | None = None
    registry_version_date: Day | None = None
    internal_request: Day | None = None
    texas_listed: Day | None = None
    singapore_listed: bool | None = None
    singapore_checked: Day | None = None
    south_africa_listed: bool = False
    ecg_listed: bool = False
    wireless_domain_since: Day | None = None


class NumberStatus(Struct, frozen=True, kw_only=True):
    line: str | None = None
    rnd_answer: str = "no"
    disconnected_at: Day | None = None
    deactivated_at: Day | None = None


class Content(Struct, frozen=True, kw_only=True):
    """What the inspector found in the message. `elements` None means the message was built from a checked template."""

    contains_promotion: bool = False
    elements: frozenset[str] | None = None
    has_identification: bool = True
    postal_address: bool = True
    has_unsubscribe: bool = True
    unsubscribe_valid_days: int | None = None
    unsub_requires_login: bool = False
    unsub_fee: bool = False
    unsub_pages: int = 1
    unsub_inputs: frozenset[str] = frozenset()
    one_click: bool = True
    dkim_covers_list_unsubscribe: bool = True
    subject_deceptive: bool = False
    subject_promotional: bool = False
    transactional_first: bool = True
    from_accurate: bool = True
    ad_label: bool = False
    adv_label: bool = False
    one_way_disclosure: bool = False
    alternative_optout: bool = False
    exclusive_optout: bool = False
    objection_notice: bool = True
    referrer_named: bool = True
    third_party_holder_named: bool = False
    reconfirms_consent: bool = False
    topics: frozenset[str] = frozenset()


class Mailbox(Struct, frozen=True, kw_only=True):
    """How this mail authenticates, and what the receiving provider says of us."""

    provider: str = "other"
    daily_volume: int = 0
    spam_rate: float = 0.0
    measured_on: Day | None = None
    below_since: Day | None = None
    failing: frozenset[str] = frozenset()


class PendingOptIn(Struct, frozen=True, kw_only=True):
    requested_at: datetime
    program: str | None = None
    pewc_disclosures_shown: bool = False
    requests_sent: int = 0


class Dlt(Struct, frozen=True, kw_only=True):
    """Registration with India's distributed ledger, and the number's preference there."""

    entity: bool = False
    header: str | None = None
    template: bool = False
    consent: bool = False
    links_whitelisted: bool = True
    dnd: str = "none"


_NOTHING_FOUND = Content()
_NO_RELATIONSHIP = Relationship()
_NOT_ASKED = Dnc()
_NUMBER_UNCHECKED = NumberStatus()
_OTHER_MAILBOX = Mailbox()
_ORDINARY_TENANT = Tenant()


class Attempt(Struct, frozen=True, kw_only=True):
    recipient: Recipient
    sender: Sender
    channel: str
    category: str
    program: str
    at: datetime
    enqueued_at: datetime | None = None
    subject: str | None = None
    consents: tuple[Grant, ...] = ()
    ledger: tuple[LedgerEvent, ...] = ()
    suppression: tuple[Suppressed, ...] = ()
    recent_sends: tuple[RecentSend, ...] = ()
    first_message: bool = False
    consent_requests_sent: int = 0
    pending_optin: PendingOptIn | None = None
    relationship: Relationship = _NO_RELATIONSHIP
    dnc: Dnc = _NOT_ASKED
    number_status: NumberStatus = _NUMBER_UNCHECKED
    content: Content = _NOTHING_FOUND
    mailbox: Mailbox = _OTHER_MAILBOX
    tenant: Tenant = _ORDINARY_TENANT
    dlt: Dlt | None = None
