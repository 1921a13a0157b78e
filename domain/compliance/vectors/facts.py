"""From the facts of a vector to an attempt: every group of `given` has one function, which reads all its keys."""

from typing import Any

from msgspec.structs import replace

from domain.addresses import Address, Channel
from domain.compliance import attempt as facts
from domain.compliance.profile import STRICT, Profile, overridden
from domain.compliance.vectors.reading import Facts, Reader, build, instant, merged
from domain.consent.evidence import Evidence, Grant

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
_MAIL_CHECKS = ("spf", "dkim", "dmarc", "alignment", "ptr", "tls")
_FAILING = (False, "fail", "none", "missing", None)


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
        contact.skip("number_meta", "id", "name", "reference")
        declared = contact.get("declared", "residence")
        kind = contact.get("subscriber_type", "kind", "type", default="individual")
        return facts.Recipient(
            phone=_address(contact.get("phone"), Channel.SMS),
            email=_address(contact.get("email"), Channel.EMAIL),
            declared=self._residence(contact) if declared else None,
            kind=_KINDS.get(str(kind), str(kind)),
            ip_country=contact.get("ip_country"),
            locale=contact.get("locale", "language"),
            age=contact.get("age"),
            of_age_verified=bool(contact.get("of_age_verified", "age_gate", "age_verified", default=False)),
            last_engaged_at=contact.day("last_engaged_at", "last_engagement_at", "last_engagement", "last_interaction")
            or self.given.day("last_engaged_at", "last_engagement_at", "last_engagement", "last_interaction"),
            last_sent_on=contact.day("last_sent_on", "last_send_at", "last_send") or self.given.day("last_send_at", "last_send"),
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
            fields["campaign_categories"] = [use_case] if isinstance(use_case, str) else use_case
        fields["free_to_end_user"] = bool(sender.get("free_to_end_user", "fteu", "ftue", default=False))
        if sender.get("campaign_status") is None:
            fields["campaign_status"] = "none"
        return build(facts.Sender, fields)

    def tenant(self) -> facts.Tenant:
        tenant = self.group("tenant", defaults=TENANT)
        flagged = tenant.get("exempted_programs", "flagged_programs", default=())
        return build(facts.Tenant, {"tx_registration": tenant.get("tx_registration"), "exempted_programs": flagged})

    def dnc(self, at: Any) -> facts.Dnc:
        group = self.group("dnc", defaults=DNC)
        version = group.get("registry_version_date")
        asked = group.get("internal_request")
        if isinstance(asked, dict):
            asked = asked.get("date") or asked.get("at")
        fresh = isinstance(version, str) and not version[:1].isdigit()
        sg = self.group("sg_dnc", "singapore_dnc")
        return facts.Dnc(
            national_listed=group.get("national_listed"),
            registry_version_date=at.date() if fresh else group.day("registry_version_date"),
            internal_request=at.date() if asked is True else (moment.date() if (moment := instant(asked or None)) else None),
            texas_listed=group.day("texas_listed", "tx_listed_since", "texas_listed_at", "tx_listed_at", "tx_listed"),
            singapore_listed=group.get("singapore_listed", "sg_listed", default=sg.get("listed", "registered")),
            singapore_checked=group.day("singapore_checked", "sg_checked_at", "checked_at")
            or sg.day("checked_at", "checked", "check_date"),
            south_africa_listed=bool(group.get("south_africa_listed", "za_listed", "za_opt_out_registry", default=False)),
            ecg_listed=bool(group.get("ecg_listed", default=self.given.get("ecg_listed", default=False))),
            wireless_domain_since=group.day("wireless_domain_since"),
        )

    def number_status(self) -> facts.NumberStatus:
        status = self.group("number_status")
        return facts.NumberStatus(
            line=status.get("line", "line_type", "type"),
            rnd_answer=str(status.get("rnd_answer", default="no")),
            disconnected_at=status.day("disconnected_at", "rnd_disconnect_date", "permanent_disconnect_date", "disconnect_date"),
            deactivated_at=status.day("deactivated_at", "deactivation_date", "deactivation_file_date", "deactivated"),
        )

    def mailbox(self) -> facts.Mailbox:
        auth = self.group("mail_auth", "auth", "authentication", "email_auth")
        content = self.when.get("content") or {}
        failing = {check for check in _MAIL_CHECKS if _says(auth, content, check) in _FAILING}
        rate = self.given.get("spam_rate", default=self.given.get("user_reported_spam_rate", default=0.0))
        return facts.Mailbox(
            provider=str(self.given.get("mailbox_provider", default="other")),
            daily_volume=int(self.given.get("daily_volume", default=100)),
            spam_rate=float(rate),
            measured_on=self.given.day("spam_rate_on", "spam_rate_measured_on"),
            below_since=self.given.day("spam_rate_below_since", "below_since"),
            failing=frozenset(failing),
        )

    def attempt(self, *, category: str | None = None) -> facts.Attempt:
        at = self.when.instant("at", "received_at") or self.given.instant("at")
        if at is None:
            raise ValueError("The vector does not say when.")
        relationship = self.relationship()
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
            consents=tuple(grant(row, number) for number, row in enumerate(self.rows("consents"), 1)),
            ledger=tuple(_event(row) for row in self.rows("ledger")),
            suppression=tuple(_suppressed(row) for row in self.rows("suppression")),
            recent_sends=tuple(build(facts.RecentSend, row.fill(facts.RecentSend)) for row in self.rows("recent_sends")),
            consent_requests_sent=int(self.given.get("consent_requests_sent", "consent_requests", default=0)),
            pending_optin=self.pending_optin(at),
            relationship=relationship,
            dnc=self.dnc(at),
            number_status=self.number_status(),
            content=self.content(relationship),
            mailbox=self.mailbox(),
            tenant=self.tenant(),
            dlt=self.dlt(),
        )

    def content(self, relationship: facts.Relationship) -> facts.Content:
        del relationship
        group = Reader(self.when.get("content"), "when.content")
        self._groups.append(group)
        group.skip(*_MAIL_CHECKS, "text", "subject", "body")
        fields = group.fill(facts.Content, skip=("elements", "topics"))
        if group.get("elements") is not None:
            fields["elements"] = group.get("elements")
            fields["one_way_disclosure"] = "one_way_disclosure" in group.get("elements")
            fields["alternative_optout"] = "alternative_optout" in group.get("elements")
        topics = group.get("topics", "shaft", "content_types", "topic", default=())
        fields["topics"] = [topics] if isinstance(topics, str) else list(topics or ())
        if "unsub_requires_login" not in fields and group.get("requires_login") is not None:
            fields["unsub_requires_login"] = group.get("requires_login")
        if group.get("subject_promotional", "subject_advertises", "subject_commercial"):
            fields["subject_promotional"] = True
        first = group.get("transactional_first", "transactional_content_first", "transactional_at_top")
        if first is not None:
            fields["transactional_first"] = bool(first)
        return build(facts.Content, fields)

    def pending_optin(self, at: Any) -> facts.PendingOptIn | None:
        pending = self.group("pending_optin")
        if not pending:
            return None
        pending.skip("token")
        return facts.PendingOptIn(
            requested_at=pending.instant("requested_at") or at,
            program=pending.get("program"),
            pewc_disclosures_shown=bool(pending.get("pewc_disclosures_shown", default=False)),
            requests_sent=int(pending.get("requests_sent", "messages_sent", "doi_sent", "reminders_sent", default=0)),
        )

    def dlt(self) -> facts.Dlt | None:
        dlt = self.group("dlt")
        dnd = self.given.get("dnd")
        if not dlt:
            return None
        fields = dlt.fill(facts.Dlt)
        fields["consent"] = bool(dlt.get("consent", "consent_registered", "recorded_consent", default=False))
        return replace(build(facts.Dlt, fields), dnd=str(dnd or fields.get("dnd", "none")))

    def relationship(self) -> facts.Relationship:
        group = self.group("relationship")
        fields = group.fill(facts.Relationship)
        fields["date"] = group.day("date", "event_date", "start", "started", "since")
        fields["ended"] = group.day("ended", "termination_date", "terminated_at", "terminated_on", "expired", "expiry_date", "end")
        fields["ongoing"] = bool(group.get("ongoing", "active", "in_force", default=False))
        fields["referrer_named"] = bool(group.get("referrer_full_name", "referrer_named", default=False))
        fields["terminated"] = bool(group.get("terminated", "terminated_by_consumer", default=False))
        fields["source_kept"] = bool(group.get("source_url", "source_kept", default=False))
        fields["capture_kept"] = bool(group.get("capture", "screenshot", "capture_kept", default=False))
        fields["relevant_to_role"] = bool(group.get("relevance_to_role", "relevant_to_role", "relevant", default=False))
        fields["no_refusal_statement"] = bool(group.get("no_refusal_statement", default=False))
        fields["registered_charity_or_party"] = bool(group.get("registered_charity", "registered_charity_or_party", default=True))
        fields["collected"] = group.day("collected", "collected_at")
        return build(facts.Relationship, {name: value for name, value in fields.items() if value is not None})


def _says(auth: Reader, content: Facts, check: str) -> Any:
    if auth.has(check):
        return auth.get(check)
    return content.get(check, True)


def _address(text: str | None, channel: Channel) -> Address | None:
    return Address.parse(text, channel) if text else None


def grant(row: Reader, number: int) -> Grant:
    """A consent of a vector. Null means the field is absent; a number not in the record is missing, not unknown."""
    channels = row.get("channels") or str(row.get("channel") or "").split("+")
    row.skip("id", "jurisdiction", "form", "prev_hash", "row_hash")
    fields = row.fill(Evidence, skip=("phone_in_record",))
    fields["phone_in_record"] = bool(row.get("phone_in_record")) if row.has("phone_in_record") else None
    fields["identity"] = row.get("identity", "identity_asserted")
    fields["url"] = row.get("url", "source_url_or_form_id", "source_url")
    fields["sellers_named"] = row.get("sellers_named", "seller_names_shown") or ()
    for flag in ("holder_notification_channel", "original_consent_holder"):
        if isinstance(row.get(flag), bool):
            fields[flag] = "yes" if row.get(flag) else None
    evidence = build(Evidence, {name: value for name, value in fields.items() if value is not None})
    return Grant(
        id=str(row.get("consent_event_id", "entry_id", default=f"consent-{number}")),
        timestamp=row.instant("timestamp", "occurred_at"),
        channels=tuple(channel for channel in channels if channel),
        program=row.get("program"),
        brand=row.get("brand"),
        expires_at=row.instant("expires_at", "expiry"),
        facts=evidence.facts(),
    )


def _event(row: Reader) -> facts.LedgerEvent:
    fields = row.fill(facts.LedgerEvent, skip=("program", "at"))
    fields["at"] = row.instant("at", "occurred_at")
    fields["program"] = row.get("program", "program_id")
    return build(facts.LedgerEvent, {name: value for name, value in fields.items() if value is not None})


def _suppressed(row: Reader) -> facts.Suppressed:
    row.skip("token", "key_version")
    fields = row.fill(facts.Suppressed, skip=("reason", "date"))
    fields["reason"] = row.get("reason", "reason_class", default="opt_out")
    fields["date"] = row.day("date", "at")
    return build(facts.Suppressed, {name: value for name, value in fields.items() if value is not None})
