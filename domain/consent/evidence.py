"""Why an entry of the ledger may be believed: what the person was shown, what they did, and who can say so.

`Evidence` holds personal data and is kept sealed; `Facts` is what a rule needs to know about it and names nobody.
"""

from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from operator import attrgetter

from msgspec import Struct

# How a code is asked for: by whoever typed the address, who may be anybody.
BY_ASKING_FOR_CODE = "code_asked"


def hash_of(text: str) -> str:
    """How evidence names a text it refers to."""
    return f"sha256:{sha256(text.encode()).hexdigest()}"


class ConsentType(StrEnum):
    """What the law calls the consent; a higher standard includes no lower one of another jurisdiction."""

    PEWC = "PEWC"
    PEC = "PEC"
    EXPRESS = "EXPRESS"
    GDPR = "GDPR"
    EMAIL_OPTIN = "EMAIL_OPTIN"


class Facts(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The evidence as the rules see it: present or absent, never the words, the name or the address itself.

    The last group speaks about an opt-out: by which means it came (`via`), what it answered, and who `confirmed` it to
    the person: a message of ours, by its id, or `provider` or `network`.
    """

    type: ConsentType | None = None
    source: str | None = None
    medium: str | None = None
    affirmative_act: str | None = None
    disclosure_kept: bool = False
    disclosure_hash: str | None = None
    disclosure_version: str | None = None
    language: str | None = None
    categories: tuple[str, ...] = ()
    purpose: str | None = None
    sellers_named: tuple[str, ...] = ()
    not_condition_of_purchase_disclosed: bool = False
    autodialer_disclosed: bool = False
    phone_in_record: bool | None = None
    sender_named: bool = False
    mailing_address_shown: bool = False
    contact_shown: bool = False
    postal_address_shown: bool = False
    withdrawal_statement: bool = False
    bundled_with_terms: bool = False
    conditional_on_service: bool = False
    rates_disclosed: bool | None = None
    place_recorded: bool = False
    identity_recorded: bool = False
    jurisdiction_claimed: str | None = None
    ip_country: str | None = None
    parental_authorisation: bool = False
    original_consent_holder_named: bool = False
    holder_notification_channel: bool = False
    doi_requested_at: datetime | None = None
    doi_confirmed_at: datetime | None = None
    sms_handset_confirmed: bool = False

    via: str | None = None
    keyword: str | None = None
    scope: str | None = None
    category: str | None = None
    to_sender: str | None = None
    in_reply_to_program: str | None = None
    in_reply_to_category: str | None = None
    clarification: bool = False
    confirmed: str | None = None
    asked_in: str | None = None


class Evidence(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Everything that was recorded. What is missing is simply absent: the rules decide whether the rest suffices.

    `snapshot` is the whole of what was shown and done, as canonical JSON, with its hash beside it. `asked_in` is the
    message that asks the person to confirm a request. The last four are those of a consent somebody else wrote down:
    who saw or heard it, what they vouch for, when it was given, and where the recording or the paper lies.
    """

    type: ConsentType | None = None
    source: str | None = None
    medium: str | None = None
    affirmative_act: str | None = None
    disclosure_text_verbatim: str | None = None
    disclosure_hash: str | None = None
    disclosure_version: str | None = None
    language: str | None = None
    categories: tuple[str, ...] = ()
    purpose: str | None = None
    sellers_named: tuple[str, ...] = ()
    not_condition_of_purchase_disclosed: bool = False
    autodialer_disclosed: bool = False
    phone_in_record: bool | None = None
    request_sender_name: str | None = None
    request_mailing_address: str | None = None
    request_contact: str | None = None
    postal_address_shown: bool = False
    withdrawal_statement: bool = False
    bundled_with_terms: bool = False
    conditional_on_service: bool = False
    rates_disclosed: bool | None = None
    url: str | None = None
    form_id: str | None = None
    ip: str | None = None
    ip_country: str | None = None
    user_agent: str | None = None
    session_id: str | None = None
    identity: str | None = None
    screenshot_ref: str | None = None
    jurisdiction_claimed: str | None = None
    parental_authorisation: bool = False
    original_consent_holder: str | None = None
    holder_notification_channel: str | None = None
    doi_requested_at: datetime | None = None
    doi_confirmed_at: datetime | None = None
    doi_token_id: str | None = None
    sms_handset_confirmed: bool = False
    snapshot: str | None = None
    snapshot_hash: str | None = None

    via: str | None = None
    keyword: str | None = None
    scope: str | None = None
    category: str | None = None
    to_sender: str | None = None
    in_reply_to_program: str | None = None
    in_reply_to_category: str | None = None
    clarification: bool = False
    confirmed: str | None = None
    asked_in: str | None = None
    statement: str | None = None
    attested_by: str | None = None
    attestation: str | None = None
    agreed_at: str | None = None
    document_ref: str | None = None

    def __repr__(self) -> str:
        return f"Evidence(type={self.type}, source={self.source}, medium={self.medium}, via={self.via})"

    @property
    def hash_of_disclosure(self) -> str | None:
        """The hash recorded, or that of the words kept."""
        if self.disclosure_hash or self.disclosure_text_verbatim is None:
            return self.disclosure_hash
        return hash_of(self.disclosure_text_verbatim)

    def facts(self) -> Facts:
        """What may be stored in clear beside the entry."""
        return Facts(
            disclosure_kept=bool(self.disclosure_text_verbatim),
            disclosure_hash=self.hash_of_disclosure,
            sender_named=bool(self.request_sender_name),
            mailing_address_shown=bool(self.request_mailing_address),
            contact_shown=bool(self.request_contact),
            place_recorded=bool(self.url or self.form_id),
            identity_recorded=bool(self.identity or self.session_id),
            original_consent_holder_named=bool(self.original_consent_holder),
            holder_notification_channel=bool(self.holder_notification_channel),
            **dict(zip(_SHARED, _shared(self), strict=True)),
        )


class Grant(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One consent as the rules see it: an entry of the ledger that grants, with its facts.

    Without a program it stands for the whole brand.
    """

    id: str = ""
    timestamp: datetime | None = None
    channels: tuple[str, ...] = ()
    program: str | None = None
    brand: str | None = None
    expires_at: datetime | None = None
    facts: Facts = Facts()


_SHARED = tuple(
    name
    for name in Facts.__struct_fields__
    if name in Evidence.__struct_fields__ and name not in ("disclosure_hash", "holder_notification_channel")
)
_shared = attrgetter(*_SHARED)
