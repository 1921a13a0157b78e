"""From the facts of a vector to an attempt: every group of `given` has one function, which reads all its keys."""

from datetime import datetime

from domain.addresses import Address, Channel
from domain.compliance import attempt as facts
from domain.compliance.profile import STRICT, Profile, overridden
from domain.compliance.vectors import surroundings
from domain.compliance.vectors.reading import Facts, Reader, UnreadableVector, build, merged

SENDER = {
    "id": "S-PROMO",
    "brand": "acme",
    "number_type": "10dlc",
    "country": "US",
    "campaign_status": "approved",
    "provider": "generic_no_autoreply",
    "two_way": True,
    "type": "company",
}
_USE_CASES = {
    "2fa": ("otp",),
    "account_notification": ("informational", "transactional"),
    "customer_care": ("informational", "transactional"),
    "delivery_notification": ("informational", "transactional"),
}
TENANT = {"tx_registration": "exempt_consent_based"}
DNC = {"national_listed": False, "registry_version_date": "within 31 days", "internal_request": None}
_KINDS = {
    "corporate": "organisation",
    "corporation": "organisation",
    "company": "organisation",
    "limited_company": "organisation",
    "llp": "organisation",
    "legal_person": "organisation",
    "organisation": "organisation",
    "organization": "organisation",
    "partnership": "individual",
    "consumer": "individual",
}


class GivenFacts:
    """The groups of one vector, and what nobody read in them."""

    def __init__(self, given: Facts, when: Facts) -> None:
        self.given = Reader(given, "given")
        self.when = Reader(when, "when")
        self._groups = [self.given, self.when]

    def group(self, name: str, *more: str, defaults: Facts | None = None, inside: Reader | None = None) -> Reader:
        """One group, with the defaults laid under it where it is a mapping."""
        own = (inside or self.given).get(name, *more)
        reader = Reader(merged(defaults or {}, own if isinstance(own, dict) else None), f"given.{name}")
        self._groups.append(reader)
        return reader

    def rows(self, name: str) -> list[Reader]:
        readers = [Reader(row, f"given.{name}") for row in self.given.get(name) or []]
        self._groups.extend(readers)
        return readers

    @property
    def unread(self) -> list[str]:
        return sorted({name for reader in self._groups for name in reader.unread})

    def profile(self) -> Profile:
        policy = self.given.get("policy") or {}
        known = {key: value for key, value in policy.items() if key in Profile.__struct_fields__}
        return overridden(known) if known else STRICT

    def recipient(self) -> facts.Recipient:
        contact = self.group("contact")
        contact.skip("number_meta", "id", "name", "reference")  # the product works out itself what a number means
        declared = contact.get("declared", "residence")
        kind = contact.get("subscriber_type", "kind", "type", default="individual")
        return facts.Recipient(
            phone=_address(contact.get("phone"), Channel.SMS),
            email=_address(contact.get("email"), Channel.EMAIL),
            declared=self._residence(contact) if declared else None,
            time_zone=contact.get("time_zone"),
            kind=_KINDS.get(str(kind), str(kind)),
            ip_country=contact.get("ip_country"),
            locale=contact.get("locale", "language"),
            age=contact.get("age"),
            of_age_verified=bool(contact.get("of_age_verified", "age_gate", "age_verified", default=False)),
            last_engaged_at=contact.day("last_engaged_at", "last_engagement_at", "last_engagement", "last_interaction")
            or self.given.day("last_engaged_at", "last_engagement_at", "last_engagement", "last_interaction"),
            last_sent_on=contact.day("last_sent_on", "last_send_at", "last_send")
            or self.given.day("last_send_at", "last_send"),
        )

    def _residence(self, contact: Reader) -> facts.Residence:
        declared = self.group("declared", "residence", inside=contact)
        verified_at = declared.day("verified_at")
        return facts.Residence(
            country=declared.get("country"),
            region=declared.get("region"),
            tz=declared.get("tz", "time_zone"),
            verified=bool(declared.get("verified", default=verified_at is not None)),
            verified_at=verified_at,
        )

    def sender(self) -> facts.Sender:
        sender = self.group("sender", defaults=SENDER)
        sender.skip("programs_on_sender", "name", "legal_name", "messaging_service")
        fields = sender.fill(facts.Sender)
        use_case = sender.get("campaign_use_case", "use_case", "campaign_categories")
        if use_case is not None:
            fields["campaign_categories"] = _categories([use_case] if isinstance(use_case, str) else use_case)
        fields["free_to_end_user"] = bool(sender.get("free_to_end_user", "fteu", "ftue", default=False))
        if sender.get("campaign_status") is None:
            fields["campaign_status"] = "none"
        return build(facts.Sender, fields)

    def tenant(self) -> facts.Tenant:
        tenant = self.group("tenant", defaults=TENANT)
        flagged = tenant.get("exempted_programs", "flagged_programs", default=())
        return build(facts.Tenant, {"tx_registration": tenant.get("tx_registration"), "exempted_programs": flagged})

    def attempt(self, *, category: str | None = None) -> facts.Attempt:
        at = self.when.instant("at", "received_at") or self.given.instant("at")
        if at is None:
            raise UnreadableVector("The vector does not say when.", field="when.at")
        content = Reader(self.when.get("content"), "when.content")
        self._groups.append(content)
        return facts.Attempt(
            recipient=self.recipient(),
            sender=self.sender(),
            channel=self.when.get("channel", default="sms"),
            category=category or self.when.get("category", default="marketing"),
            program=self.when.get("program", default=""),
            at=at,
            enqueued_at=self.given.instant("enqueued_at") or self.when.instant("enqueued_at"),
            subject=self.when.get("subject"),
            first_message=bool(self.when.get("first_message", default=self.given.get("first_message", default=False))),
            consents=tuple(surroundings.grant(row, number) for number, row in enumerate(self.rows("consents"), 1)),
            ledger=tuple(surroundings.event(row) for row in self.rows("ledger")),
            suppression=tuple(surroundings.suppressed(row) for row in self.rows("suppression")),
            recent_sends=tuple(
                build(facts.RecentSend, row.fill(facts.RecentSend)) for row in self.rows("recent_sends")
            ),
            consent_requests_sent=int(self.given.get("consent_requests_sent", "consent_requests", default=0)),
            pending_optin=surroundings.pending_optin(self.group("pending_optin"), at),
            relationship=surroundings.relationship(self.group("relationship")),
            dnc=self._dnc(at),
            number_status=surroundings.number_status(self.group("number_status"), self._number_meta()),
            content=surroundings.content(content),
            mailbox=surroundings.mailbox(self.given, self._authentication(), self.when.get("content") or {}),
            tenant=self.tenant(),
            dlt=surroundings.dlt(self.group("dlt"), self.given.get("dnd")),
        )

    def _dnc(self, at: datetime) -> facts.Dnc:
        listed = bool(self.given.get("ecg_listed", default=False))
        singapore = self.group("sg_dnc", "singapore_dnc")
        return surroundings.dnc(self.group("dnc", defaults=DNC), singapore, ecg_listed=listed, at=at)

    def _number_meta(self) -> Facts:
        return (self.given.get("contact") or {}).get("number_meta") or {}

    def _authentication(self) -> Reader:
        return self.group("mail_auth", "auth", "authentication", "email_auth")


def _categories(use_cases: list[str]) -> list[str] | None:
    """What a registered use case covers; a mixed one covers everything."""
    covered = [category for use_case in use_cases for category in _USE_CASES.get(use_case.lower(), (use_case.lower(),))]
    return None if "mixed" in covered or "low_volume" in covered else covered


def _address(text: str | None, channel: Channel) -> Address | None:
    return Address.parse(text, channel) if text else None
